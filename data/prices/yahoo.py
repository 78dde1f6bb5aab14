"""One symbol's daily prices from Yahoo Finance, through yfinance, within bounds of time and size.

Imported only by whoever is about to download: yfinance is slow to import. Its connection is ours, by the
`session` that it takes: each request has a time limit, each symbol a limit for all of its requests, an
answer may not be larger than `LARGEST_ANSWER_BYTES` nor send us to another host, and ALLIANCE_PRICE_HOST may
name one that speaks Yahoo's format. Nothing is kept on disk.
"""

import datetime
import json
import logging
import math
import os
import re
import threading
import time
import warnings
from functools import cache
from typing import Any, Final
from urllib.parse import urljoin, urlsplit, urlunsplit

import numpy as np
import numpy.typing as npt
import pandas as pd
import yfinance
from curl_cffi import CurlECode, CurlOpt
from curl_cffi.requests import Session
from curl_cffi.requests import exceptions as failures
from yfinance.data import YfData
from yfinance.exceptions import YFRateLimitError

from data.prices.checks import checked, some_of
from data.prices.lines import DAILY, LIVE, Answer, Failure, PriceLine, Problem
from data.prices.settings import price_host

LONGEST_REQUEST_S: Final = 5.0
LONGEST_SYMBOL_S: Final = 8.0
LARGEST_ANSWER_BYTES: Final = 4_000_000
MOST_REDIRECTS: Final = 3
YEARS_ASKED: Final = 11
_CHART: Final = "/v8/finance/chart/"
_NEEDED: Final = ("Close", "Stock Splits")
_SUBUNITS: Final = {"GBp": ("GBP", 100.0), "ZAc": ("ZAR", 100.0), "ILA": ("ILS", 100.0)}
"""Currencies in which Yahoo quotes hundredths."""
_NO_CURRENCY: Final = "XXX"  # the ISO code that says so
SAME_AMOUNT_SHARE: Final = 0.99
"""Amounts of one payment may differ by their rounding."""

yfinance.config.debug.hide_exceptions = False  # otherwise every failure is an empty frame
warnings.filterwarnings("ignore", category=DeprecationWarning, module=r"yfinance\.")  # its own use of pandas
logging.getLogger("yfinance").setLevel(logging.CRITICAL)  # what goes wrong is named on the page
# A folder beneath the null device cannot exist: yfinance then keeps no cache on disk, which may be read-only.
yfinance.set_tz_cache_location(os.path.join(os.devnull, "no-cache"))


class _Call(threading.local):
    """What one thread is asking: until when it may, and the last answer to a question for prices."""

    deadline: float = 0.0
    status: int = 0
    text: str = ""


_call = _Call()


def _redirected(url: str) -> str:
    """The address, at the host that the setting names instead of Yahoo's."""
    host = price_host()
    if not host:
        return url
    target = urlsplit(host)
    return urlunsplit(urlsplit(url)._replace(scheme=target.scheme, netloc=target.netloc))


class BoundedSession(Session[Any]):
    """The connection that yfinance uses, with bounds on time, and a note of what was answered."""

    def request(self, method: Any, url: str, *arguments: Any, **named: Any) -> Any:
        """Ask, for no longer than is left for this symbol, and be sent on within the same host alone."""
        asked, named = _redirected(url), {**named, "allow_redirects": False}
        for _ in range(1 + MOST_REDIRECTS):
            left = _call.deadline - time.monotonic()
            if left <= 0:
                raise failures.Timeout("no time left for this symbol")
            named["timeout"] = min(LONGEST_REQUEST_S, left)
            response = super().request(method, asked, *arguments, **named)
            asked = _sent_on(asked, response)
            if method != "GET" or not asked:
                break
            named.pop("params", None)  # the new address has its own
        if _CHART in url:
            _call.status, _call.text = response.status_code, response.text
        return response


def _sent_on(asked: str, response: Any) -> str:
    """Where an answer sends its reader; empty where nowhere, or to another host or port."""
    target = urljoin(asked, response.headers.get("Location") or "") if 300 <= response.status_code < 400 else ""
    return target if urlsplit(target)[:2] == urlsplit(asked)[:2] else ""


@cache
def _session() -> BoundedSession:
    return BoundedSession(impersonate="chrome", curl_options={CurlOpt.MAXFILESIZE_LARGE: LARGEST_ANSWER_BYTES})


def download(symbol: str, known: bool, today: datetime.date) -> Answer:
    """Daily closes with dividends of the last eleven years, as far as finished trading days go.

    known: whether the app has had prices of this symbol, so that it is not simply mistyped
    Never raises: whatever goes wrong is a problem of the answer.
    """
    _call.deadline, _call.status, _call.text = time.monotonic() + LONGEST_SYMBOL_S, 0, ""
    start = today.replace(year=today.year - YEARS_ASKED, day=1)
    try:
        ticker = yfinance.Ticker(symbol, session=_session())
        frame = ticker.history(start=start, interval="1d", auto_adjust=False, actions=True, keepna=True)
        meta = ticker.get_history_metadata()
        return _read(symbol, frame, meta, start, today)
    except Exception as error:
        YfData.cache_get.cache_clear()  # it keeps failed answers too
        return Answer(symbol, None, (_problem(symbol, error, known),))


def _read(symbol: str, frame: pd.DataFrame, meta: dict[str, Any], start: datetime.date, today: datetime.date) -> Answer:
    """What arrived, checked; raises KeyError or ValueError where its form is not the one known."""
    missing = [name for name in _NEEDED if name not in frame.columns]
    if missing:
        raise KeyError(f"no column {missing[0]}")
    quoted, divisor = _whole_units(meta["currency"])
    if quoted == _NO_CURRENCY:
        raise ValueError(f"no currency such as USD but {meta['currency']!r}")
    days = pd.DatetimeIndex(frame.index)
    unfinished = pd.Timestamp(datetime.datetime.now(days.tz).date())  # at the exchange
    paid, gains_within = _paid(days, meta["currency"])
    rows = pd.DataFrame(
        {
            "close": frame["Close"].to_numpy(dtype=float) / divisor,
            "dividend": paid.pop(quoted, 0.0),
            **paid,
            "split": frame["Stock Splits"].to_numpy(dtype=float),
            "no_trade": frame[["Open", "High", "Low", "Close"]].isna().all(axis=1).to_numpy(),
        },
        index=days.tz_localize(None).normalize().rename("date"),
    )
    rows = rows[rows.index < unfinished]
    first_trade = meta.get("firstTradeDate")
    kept, problems = checked(symbol, rows, max(start, _day(first_trade, start)), today)
    if kept is None:
        return Answer(symbol, None, problems)
    if gains_within:
        problems += (Problem(symbol, Failure.CAPITAL_GAINS, some_of(gains_within)),)
    line = PriceLine(symbol, quoted, kept, DAILY, LIVE, True, datetime.datetime.now(datetime.UTC))
    return Answer(symbol, line, problems)


def _whole_units(currency: object) -> tuple[str, float]:
    """The ISO code of a currency as Yahoo writes it, and how many of Yahoo's units are one of it."""
    code, units = _SUBUNITS.get(str(currency), (str(currency), 1.0))
    return (code, units) if re.fullmatch("[A-Z]{3}", code, re.ASCII) else (_NO_CURRENCY, 1.0)


def _paid(days: pd.DatetimeIndex, quoted: str) -> tuple[dict[str, npt.NDArray[np.float64]], list[str]]:
    """What was paid for one unit on each day, by currency; and the capital gains that were not added, in words.

    From the answer itself: yfinance drops the currency of a dividend. Yahoo often counts a capital gain within the
    dividend as well, so that it is added only where the dividend is smaller and cannot hold it.
    """
    events = json.loads(_call.text)["chart"]["result"][0].get("events") or {}
    amounts: dict[tuple[int, str], dict[str, float]] = {}
    for kind in ("dividends", "capitalGains"):
        for event in (events.get(kind) or {}).values():
            day = pd.Timestamp(event["date"], unit="s", tz=days.tz).normalize()
            at = int(days.searchsorted(day, side="right")) - 1
            currency, units = _whole_units(event.get("currency") or quoted)
            if at >= 0:
                own = amounts.setdefault((at, currency), {"dividends": 0.0, "capitalGains": 0.0})
                own[kind] += float(event["amount"]) / units
    paid: dict[str, npt.NDArray[np.float64]] = {}
    within = []
    for (at, currency), own in sorted(amounts.items()):
        dividend, gain = own["dividends"], own["capitalGains"]
        if gain > 0 and dividend >= SAME_AMOUNT_SHARE * gain:
            within.append(f"{days[at].date().isoformat()} ({gain:.6g} within {dividend:.6g})")
            gain = 0.0
        paid.setdefault(currency, np.zeros(len(days)))[at] += dividend + gain
    return paid, within


def _day(stamp: object, otherwise: datetime.date) -> datetime.date:
    """A day from the seconds since 1970, or the moment, that Yahoo gives as a first day of trading."""
    if isinstance(stamp, pd.Timestamp):
        return stamp.date()
    if isinstance(stamp, int | float) and math.isfinite(stamp):
        return (datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=stamp)).date()
    return otherwise


def _problem(symbol: str, error: Exception, known: bool) -> Problem:
    """What a failed download means, from what was answered and, where nothing was, from what was raised."""
    if isinstance(error, YFRateLimitError) or _call.status == 429:
        return Problem(symbol, Failure.RATE_LIMIT)
    if isinstance(error, failures.Timeout):
        return Problem(symbol, Failure.TIME_OUT, f"nothing within {LONGEST_REQUEST_S:g} seconds")
    if isinstance(error, failures.RequestException) and error.code == CurlECode.FILESIZE_EXCEEDED:
        return Problem(symbol, Failure.CHANGED_FORMAT, "it is far too large")
    if isinstance(error, failures.ConnectionError | failures.ProxyError):
        return Problem(symbol, Failure.NO_NETWORK)
    if isinstance(error, failures.RequestException) and not _call.status:
        return Problem(symbol, Failure.NO_NETWORK)
    chart, said = _chart_of(_call.text)
    if "doesn't exist for startdate" in said.lower():
        return Problem(symbol, Failure.DELISTED)
    if _call.status == 404 or "no data found" in said.lower():
        return Problem(symbol, Failure.DELISTED if known else Failure.UNKNOWN)
    if _call.status >= 400:
        return Problem(symbol, Failure.REFUSED, f"HTTP {_call.status}")
    if chart is not None and not said and _has_no_rows(chart):
        return Problem(symbol, Failure.EMPTY)
    return Problem(symbol, Failure.CHANGED_FORMAT)


def _chart_of(text: str) -> tuple[dict[str, Any] | None, str]:
    """The chart in an answer, with what its error says; nothing where it is in another form."""
    try:
        chart = json.loads(text)["chart"]
        error = chart.get("error") or {}
        return chart, str(error.get("description", ""))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None, ""


def _has_no_rows(chart: dict[str, Any]) -> bool:
    """Whether a chart in the known form holds no time at all."""
    if "result" not in chart:
        return False
    result = chart["result"] or [{}]
    return isinstance(result, list) and isinstance(result[0], dict) and not result[0].get("timestamp")
