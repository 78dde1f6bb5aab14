"""A stand-in for Yahoo Finance on loopback: it speaks the chart format, and can play every failure.

Each symbol is a `Share` with daily closes, dividends and splits, or the name of a failure in `plays`.
`python -m tests.data.yahoo PORT MODE` serves made-up prices of every listing, for a server in a browser test.
"""

import datetime
import json
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from data.prices.listings import LISTINGS, RATE, SHARE

HANG_S = 60.0


@dataclass
class Share:
    """What the stand-in knows of a symbol; closes are as Yahoo gives them, restated for splits.

    paid_in: by day, the currency that is told with a dividend; of most shares Yahoo tells none
    gains: capital gains of a fund; kind: "EQUITY", "MUTUALFUND" or "ETF"
    """

    closes: Mapping[datetime.date, float | None]
    currency: str = "USD"
    zone: str = "America/New_York"
    dividends: Mapping[datetime.date, float] = field(default_factory=dict)
    paid_in: Mapping[datetime.date, str] = field(default_factory=dict)
    gains: Mapping[datetime.date, float] = field(default_factory=dict)
    kind: str = "EQUITY"
    splits: Mapping[datetime.date, tuple[int, int]] = field(default_factory=dict)
    first_trade: datetime.date | None = None

    def stamp(self, day: datetime.date) -> int:
        """Seconds since 1970 of the day's opening."""
        return int(datetime.datetime.combine(day, datetime.time(9, 30), ZoneInfo(self.zone)).timestamp())

    def chart(self, symbol: str) -> dict[str, Any]:
        """One result of Yahoo's chart endpoint."""
        days, closes = list(self.closes), list(self.closes.values())
        quote = {
            name: [None if c is None else c * factor for c in closes]
            for name, factor in (("open", 0.99), ("high", 1.01), ("low", 0.98), ("close", 1.0))
        }
        quote["volume"] = [None if c is None else 1000 for c in closes]
        meta = {
            "symbol": symbol,
            "currency": self.currency,
            "instrumentType": self.kind,
            "exchangeTimezoneName": self.zone,
            "firstTradeDate": self.stamp(self.first_trade or days[0]),
            "validRanges": ["1d", "5d", "1mo", "max"],
            "priceHint": 2,
        }
        events: dict[str, Any] = {}
        if self.dividends:
            events["dividends"] = {
                str(self.stamp(d)): {"amount": a, "date": self.stamp(d)}
                | ({"currency": self.paid_in[d]} if d in self.paid_in else {})
                for d, a in self.dividends.items()
            }
        if self.gains:
            events["capitalGains"] = {
                str(self.stamp(d)): {"amount": a, "date": self.stamp(d)} for d, a in self.gains.items()
            }
        if self.splits:
            events["splits"] = {
                str(self.stamp(d)): {"date": self.stamp(d), "numerator": n, "denominator": m, "splitRatio": f"{n}:{m}"}
                for d, (n, m) in self.splits.items()
            }
        return {
            "meta": meta,
            "timestamp": [self.stamp(day) for day in days],
            "events": events,
            "indicators": {"quote": [quote], "adjclose": [{"adjclose": closes}]},
        }


@dataclass
class Answer:
    """An answer by HTTP, sent after a pause; location: where it sends its reader."""

    status: int
    body: str
    kind: str = "application/json"
    pause_s: float = 0.0
    location: str = ""


def error(status: int, code: str, description: str) -> Answer:
    body = {"chart": {"result": None, "error": {"code": code, "description": description}}}
    return Answer(status, json.dumps(body))


def chart(result: object) -> Answer:
    return Answer(200, json.dumps({"chart": {"result": result, "error": None}}))


FAILURES: Mapping[str, Answer] = {
    "rate_limit": Answer(429, "Too Many Requests", "text/plain"),
    "hang": Answer(200, "{}", pause_s=HANG_S),
    "down": Answer(503, "<html>Service unavailable</html>", "text/html"),
    "forbidden": Answer(403, "<html>Forbidden</html>", "text/html"),
    "page": Answer(200, "<html>Read our new terms</html>", "text/html"),
    "other_json": Answer(200, json.dumps({"prices": {"v": 9}})),
    "unknown": error(404, "Not Found", "No data found, symbol may be delisted"),
    "gone": error(400, "Bad Request", "Data doesn't exist for startDate = 1, endDate = 2"),
    "nothing": chart(None),
    "no_result": chart([]),
    "nested": Answer(200, "[" * 200_000 + "]" * 200_000),
    "nested_chart": Answer(200, '{"chart": ' + "[" * 200_000 + "]" * 200_000 + "}"),
    "huge": Answer(200, json.dumps({"chart": "x" * 5_000_000})),
}


class Service:
    """The stand-in: shares by symbol, failures by symbol (or "*" for every one), and what was asked.

    sends_on: by symbol, the address to which who asks for its prices is sent

    asked: symbols whose prices were asked for; reached, answered: requests of any kind
    pause_s: before each answer
    open: while it is clear, nobody is answered
    """

    def __init__(self) -> None:
        self.shares: dict[str, Share] = {}
        self.plays: dict[str, str] = {}
        self.sends_on: dict[str, str] = {}
        self.asked: list[str] = []
        self.reached = self.answered = 0
        self.pause_s = 0.0
        self.closing = threading.Event()
        self.open = threading.Event()
        self.open.set()

    def answer(self, symbol: str) -> Answer:
        self.asked.append(symbol)
        if symbol in self.sends_on:
            return Answer(302, "", location=self.sends_on[symbol])
        play = self.plays.get(symbol) or self.plays.get("*", "")
        if play in FAILURES:
            return FAILURES[play]
        if symbol not in self.shares:
            return FAILURES["unknown"]
        result = self.shares[symbol].chart(symbol)
        if play:
            {
                "empty": _without_rows,
                "no_quote": _without_quotes,
                "no_currency": _without_currency,
                "words": _with_words,
            }[play](result)
        return chart([result])


def _without_rows(result: dict[str, Any]) -> None:
    result.pop("timestamp")
    result["indicators"] = {"quote": [{}], "adjclose": [{}]}


def _without_quotes(result: dict[str, Any]) -> None:
    result["indicators"] = {"quotes": []}


def _without_currency(result: dict[str, Any]) -> None:
    del result["meta"]["currency"]


def _with_words(result: dict[str, Any]) -> None:
    result["indicators"]["quote"][0]["close"] = ["about nine"] * len(result["timestamp"])


@contextmanager
def serving(service: Service, port: int = 0) -> Iterator[str]:
    """Serve on loopback; gives the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            service.reached += 1
            path = unquote(urlsplit(self.path).path)
            if path.startswith("/v8/finance/chart/"):
                answer = service.answer(path.rpartition("/")[2])
            elif service.plays.get("*") in ("hang", "rate_limit"):
                answer = FAILURES[service.plays["*"]]
            elif path == "/v1/test/getcrumb":
                answer = Answer(200, "crumb", "text/plain")
            else:
                answer = Answer(404, "{}")
            service.closing.wait(answer.pause_s + service.pause_s)
            service.open.wait(HANG_S)
            body = answer.body.encode()
            try:
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.kind)
                self.send_header("Content-Length", str(len(body)))
                if answer.location:
                    self.send_header("Location", answer.location)
                self.end_headers()
                self.wfile.write(body)
                service.answered += 1
            except OSError:  # the other side gave up
                return

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        service.closing.set()
        service.open.set()
        server.shutdown()
        server.server_close()
        thread.join()


def weekdays(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """Every Monday to Friday, both ends included."""
    days = (first + datetime.timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if day.weekday() < 5]


def up_to_now(years: int = 11) -> list[datetime.date]:
    """Weekdays of the last years, up to the day before yesterday, which is over everywhere."""
    today = datetime.datetime.now(datetime.UTC).date()
    return weekdays(today.replace(year=today.year - years, day=1), today - datetime.timedelta(days=2))


def made_up(days: list[datetime.date], start: float, drift: float, pattern: int = 0, **named: Any) -> Share:
    """A share whose price swings around a steady drift [share per day], by a fixed pattern of its own."""
    closes, level = {}, start
    for number, day in enumerate(days):
        level *= 1 + drift + 0.02 * (((number + 1) * (7919 + 104 * pattern) * (number % 17 + 3)) % 101 - 50) / 50
        closes[day] = level
    return Share(closes, **named)


def every_listing(days: list[datetime.date]) -> dict[str, Share]:
    """Made-up prices of every security that the app knows, shares with a dividend each quarter."""
    shares = {}
    for number, listing in enumerate(LISTINGS.values()):
        zone = "Asia/Tokyo" if listing.currency == "JPY" and listing.kind != RATE else "America/New_York"
        start, drift = (150.0, 0.0) if listing.kind == RATE else (100.0 + 10 * number, 0.0002)
        share = made_up(days, start, drift, number, currency=listing.currency, zone=zone)
        if listing.kind == SHARE:
            share.dividends = {day: 0.004 * (share.closes[day] or 0.0) for day in days[60::63]}
        shares[listing.symbol] = share
    shares["HKD=X"] = Share(dict.fromkeys(days, 7.8), "HKD", "Europe/London")
    return shares


if __name__ == "__main__":
    lonely = Service()
    lonely.shares = every_listing(up_to_now())
    if len(sys.argv) > 2:
        lonely.plays["*"] = sys.argv[2]
    with serving(lonely, int(sys.argv[1])) as address:
        print(address, flush=True)
        while True:
            time.sleep(60)
