"""What a price series is, and every way in which the service can fail, each with its own sentence."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import pandas as pd

from data.prices.listings import hint

DAILY: Final = "daily closes"
MONTHLY: Final = "month-end closes"
LIVE: Final = "live"
SNAPSHOT: Final = "snapshot"


@dataclass(frozen=True, eq=False)
class PriceLine:
    """Closing prices of one security; two are the same only where they are one object.

    currency: of the prices, an ISO code
    rows: by date of the exchange, ascending and without repeats: `close` in the currency, restated for splits and
        not for dividends, and `dividend` in the currency per unit on the day from which a buyer goes without it;
        dividends in other currencies stand in a column of their own, named by its ISO code
    basis: DAILY or MONTHLY
    source: LIVE or SNAPSHOT
    has_dividends: whether dividends are known; where they are not, the column is zero and means nothing
    fetched: when the service gave them, in UTC; nothing for the snapshot
    """

    symbol: str
    currency: str
    rows: pd.DataFrame
    basis: str
    source: str
    has_dividends: bool
    fetched: datetime.datetime | None = None

    @property
    def first_day(self) -> datetime.date:
        """The day of the first price."""
        first: datetime.date = self.rows.index[0].date()
        return first

    @property
    def last_day(self) -> datetime.date:
        """The day of the last price."""
        last: datetime.date = self.rows.index[-1].date()
        return last

    @property
    def other_currencies(self) -> list[str]:
        """Currencies other than the line's own in which dividends are."""
        return [str(name) for name in self.rows.columns if name not in ("close", "dividend")]


class Failure(StrEnum):
    """Ways to fail that a reader has to tell apart."""

    NO_NETWORK = "no network"
    TIME_OUT = "time-out"
    RATE_LIMIT = "rate limit"
    REFUSED = "refused"
    EMPTY = "empty answer"
    PARTIAL = "partial answer"
    UNKNOWN = "unknown symbol"
    DELISTED = "delisted or renamed"
    BROKEN_ROWS = "broken rows"
    BROKEN = "unusable prices"
    JUMP = "unexplained jump"
    DIVIDENDS = "dividends left out"
    CAPITAL_GAINS = "capital gains not added"
    CHANGED_FORMAT = "changed format"
    SWITCHED_OFF = "switched off"
    BUSY = "too many symbols"
    NO_SNAPSHOT = "not in the snapshot"
    BEHIND = "behind the snapshot"


SENTENCES: Final[Mapping[Failure, str]] = MappingProxyType(
    {
        Failure.NO_NETWORK: "The price service cannot be reached: this server has no network to it.",
        Failure.TIME_OUT: "The price service did not answer in time.",
        Failure.RATE_LIMIT: "The price service takes no more questions from this server for now (rate limit).",
        Failure.REFUSED: "The price service refused to answer.",
        Failure.EMPTY: "The price service answered without a single price.",
        Failure.PARTIAL: "The price service sent only part of the prices.",
        Failure.UNKNOWN: "The price service knows no such symbol.",
        Failure.DELISTED: "The price service has no prices up to now: delisted or renamed.",
        Failure.BROKEN_ROWS: "Some rows of the price service are wrong and are left out.",
        Failure.BROKEN: "The prices of the service cannot be right and are not used.",
        Failure.JUMP: (
            "The price jumps in one step and stays there, and no split is named that would explain it; "
            "this may be true or a mistake."
        ),
        Failure.DIVIDENDS: "Dividends in another currency than the price are left out where no exchange rate is near.",
        Failure.CAPITAL_GAINS: (
            "Capital gains were paid beside dividends that may hold them already, so that they are not added."
        ),
        Failure.CHANGED_FORMAT: "The price service answered in a form that cannot be read.",
        Failure.SWITCHED_OFF: "Live prices are switched off on this server.",
        Failure.BUSY: (
            "Too many symbols that this app does not offer were asked for in this minute; try again in a minute."
        ),
        Failure.NO_SNAPSHOT: "The embedded snapshot does not hold this symbol.",
        Failure.BEHIND: "The prices that arrived end before the embedded ones; this server's clock may be behind.",
    }
)
"""What each failure means, in one sentence."""

OF_SERVICE: Final = frozenset(
    {Failure.NO_NETWORK, Failure.TIME_OUT, Failure.RATE_LIMIT, Failure.REFUSED, Failure.SWITCHED_OFF}
)
"""Failures of the service as a whole, rather than of one symbol."""

OF_DIVIDENDS: Final = frozenset({Failure.DIVIDENDS, Failure.CAPITAL_GAINS})
"""Failures that leave closes as they are."""

LONGEST_DETAIL: Final = 200


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong with one symbol; `detail` holds dates and numbers, or is empty."""

    symbol: str
    failure: Failure
    detail: str = ""

    @property
    def sentence(self) -> str:
        """The failure in words, with its detail, and what may have been meant by a symbol that is not known."""
        said = SENTENCES[self.failure]
        told = f"{said.removesuffix('.')}: {self.detail[:LONGEST_DETAIL]}." if self.detail else said
        meant = hint(self.symbol) if self.failure in (Failure.UNKNOWN, Failure.NO_SNAPSHOT) else ""
        return f"{told} {meant}" if meant else told


@dataclass(frozen=True, slots=True)
class Answer:
    """What the service gave for one symbol: a line that can be used, or none, and every problem with it."""

    symbol: str
    line: PriceLine | None
    problems: tuple[Problem, ...] = ()
