"""Prices for every visitor of this process: one download for many, refreshed behind the page, bounded in size.

`quotes` never waits: it gives what there is, live or from the snapshot, names what is wrong with it, and has
the rest downloaded by one thread in the background. A page asks again to see what has arrived. Symbols that the app
offers go before those that visitors think of, of which few a minute are asked for: a service that is asked for many
takes no more questions from this server.
"""

import datetime
import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

from data.prices.askers import ASKER
from data.prices.lines import OF_SERVICE, Answer, Failure, PriceLine, Problem
from data.prices.listings import OFFERED
from data.prices.settings import price_host, switched_off
from data.prices.snapshot import snapshot

FRESH_S: Final = 3600.0
"""How long an answer counts as new: prices are closes of finished days, which change once a day."""
RETRY_S: Final = 120.0
RATE_LIMIT_RETRY_S: Final = 900.0
MOST_SYMBOLS: Final = 60
MOST_WAITING: Final = 30
MINUTE_S: Final = 60.0
MOST_OTHERS_A_MINUTE: Final = 10
"""So many symbols that the app does not offer are asked for in a minute."""
MOST_OF_ONE_A_MINUTE: Final = 3
"""Of them, those of one address."""
TIME_OUTS_IN_A_ROW: Final = 2
"""After so many the service counts as hanging, and what still waits is not asked for."""

Download = Callable[[str, bool, datetime.date], Answer]


@dataclass(frozen=True, slots=True)
class Quote:
    """What can be shown for a symbol now.

    line: nothing where neither the service nor the snapshot has one
    problems: what went wrong with the live prices; empty while they are awaited for the first time
    loading: whether a download is under way
    """

    symbol: str
    line: PriceLine | None
    problems: tuple[Problem, ...]
    loading: bool


@dataclass(slots=True)
class _Entry:
    """What is known of one symbol, and since when [seconds of the monotonic clock]."""

    line: PriceLine | None = None
    problems: tuple[Problem, ...] = ()
    tried_s: float = -1e9
    asked_s: float = 0.0


def _yahoo(symbol: str, known: bool, today: datetime.date) -> Answer:
    """Download by yfinance, which is imported here: importing it takes longer than drawing a page."""
    try:
        from data.prices.yahoo import download
    except ImportError as error:
        return Answer(symbol, None, (Problem(symbol, Failure.CHANGED_FORMAT, f"yfinance: {error}"),))
    return download(symbol, known, today)


@dataclass
class PriceStore:
    """Live prices by symbol, for one process.

    download: from a symbol, whether it is known, and today, to an answer; it may take long and does not raise
    """

    download: Download = _yahoo
    _entries: dict[str, _Entry] = field(default_factory=dict)
    _offered: deque[str] = field(default_factory=deque)
    _others: deque[str] = field(default_factory=deque)
    _taken: deque[tuple[float, str]] = field(default_factory=deque)
    _current: str = ""
    _busy: bool = False
    _host: str = ""
    _version: int = 0
    _slow_until_s: float = 0.0
    _patient: threading.Lock = field(default_factory=threading.Lock)
    _lock: threading.Condition = field(default_factory=threading.Condition)

    @property
    def version(self) -> int:
        """Counts what arrived: as long as it stays, quotes stay."""
        return self._version

    def quotes(self, symbols: Iterable[str], live: bool = True) -> dict[str, Quote]:
        """What can be shown for each symbol now, and a download of what is missing or old.

        live: whether live prices are wanted at all, rather than the snapshot
        """
        wanted = list(dict.fromkeys(symbols))
        if not live:
            return {symbol: self._of_snapshot(symbol) for symbol in wanted}
        if switched_off():
            return {symbol: self._instead(symbol, (Problem(symbol, Failure.SWITCHED_OFF),), False) for symbol in wanted}
        with self._lock:
            self._forget_other_hosts()
            found = {symbol: self._quote(symbol) for symbol in wanted}
            self._start()
        return found

    def wait(self, symbols: Iterable[str], longest_s: float) -> bool:
        """Wait until nothing is loading among the symbols; whether that happened in time."""
        wanted = set(symbols)
        with self._lock:
            return self._lock.wait_for(lambda: not any(map(self._is_loading, wanted)), longest_s)

    def wait_a_little(self, awaited: Callable[[], Collection[str]], longest_s: float) -> None:
        """Wait for a program that does not come back; one caller at a time, and none while nothing arrives.

        Who waits holds one of the few places at which data is served: a service that hangs may not hold them all.
        awaited: what is loading now; what has arrived may make more necessary, such as an exchange rate
        """
        until_s = time.monotonic() + longest_s
        if time.monotonic() < self._slow_until_s or not self._patient.acquire(blocking=False):
            return
        try:
            arrived = self._version
            while symbols := awaited():
                if not self.wait(symbols, until_s - time.monotonic()):
                    if self._version == arrived:
                        self._slow_until_s = time.monotonic() + RETRY_S
                    return
        finally:
            self._patient.release()

    def _forget_other_hosts(self) -> None:
        if self._host != price_host():
            self._host = price_host()
            self._slow_until_s = 0.0
            for what in (self._entries, self._offered, self._others, self._taken):
                what.clear()
            self._current = ""  # what is under way is another host's answer, and will not be kept
            self._version += 1

    def _quote(self, symbol: str) -> Quote:
        now = time.monotonic()
        entry = self._entries.get(symbol, _Entry())
        busy = False
        if now - entry.tried_s > _patience_s(entry) and not self._is_loading(symbol):
            busy = not self._queue(symbol, now)
        if busy and entry.line is None:  # not kept, so that what is refused drives out nothing
            return self._instead(symbol, (Problem(symbol, Failure.BUSY),), False)
        self._entries[symbol] = entry
        entry.asked_s = now
        self._drop_oldest(symbol)
        problems = (*entry.problems, Problem(symbol, Failure.BUSY)) if busy else entry.problems
        loading = self._is_loading(symbol)
        if entry.line is None or _covers_less(entry.line, entry.problems):
            return self._instead(symbol, problems, loading, entry.line)
        return Quote(symbol, entry.line, problems, loading)

    def _is_loading(self, symbol: str) -> bool:
        return symbol == self._current or symbol in self._offered or symbol in self._others

    def _queue(self, symbol: str, now: float) -> bool:
        """Have a symbol downloaded in its turn; whether it may be asked for in this minute."""
        if symbol in OFFERED:
            self._offered.append(symbol)
            return True
        while self._taken and now - self._taken[0][0] >= MINUTE_S:
            self._taken.popleft()
        asker = ASKER.get()
        own = sum(other == asker for _, other in self._taken)
        if own >= MOST_OF_ONE_A_MINUTE or len(self._taken) >= MOST_OTHERS_A_MINUTE or len(self._others) >= MOST_WAITING:
            return False
        self._taken.append((now, asker))
        self._others.append(symbol)
        return True

    def _drop_oldest(self, newest: str) -> None:
        """Forget the symbol that was not asked for the longest, where there are too many; offered ones stay."""
        others = [s for s in self._entries if s not in OFFERED and s != newest and s != self._current]
        if len(self._entries) > MOST_SYMBOLS and others:
            del self._entries[min(others, key=lambda s: self._entries[s].asked_s)]

    def _of_snapshot(self, symbol: str) -> Quote:
        line = snapshot().get(symbol)
        return Quote(symbol, line, () if line else (Problem(symbol, Failure.NO_SNAPSHOT),), False)

    def _instead(
        self, symbol: str, problems: tuple[Problem, ...], loading: bool, part: PriceLine | None = None
    ) -> Quote:
        """The snapshot's line, else the part that arrived."""
        embedded = snapshot().get(symbol)
        if part and embedded and not problems:  # no problem says yet why the live prices are not shown
            ends = f"on {part.last_day.isoformat()} and {embedded.last_day.isoformat()}"
            problems = (Problem(symbol, Failure.BEHIND, ends),)
        return Quote(symbol, embedded or part, problems, loading)

    def _start(self) -> None:
        if (self._offered or self._others) and not self._busy:
            self._busy = True
            threading.Thread(target=self._work, name="prices", daemon=True).start()

    def _work(self) -> None:
        """Download what waits, one symbol after another and offered ones first, until nothing does."""
        time_outs = 0
        while True:
            with self._lock:
                queue = self._offered or self._others
                if not queue:
                    self._busy, self._current = False, ""
                    self._lock.notify_all()
                    return
                self._current = symbol = queue.popleft()
                entry = self._entries.get(symbol)
                known = symbol in OFFERED or bool(entry and entry.line)
                host = self._host
            answer = self._downloaded(symbol, known)
            failed = answer.problems[0].failure if answer.line is None and answer.problems else None
            time_outs = time_outs + 1 if failed is Failure.TIME_OUT else 0
            with self._lock:
                if host == self._host:
                    self._keep(answer)
                    if (failed in OF_SERVICE and failed is not Failure.TIME_OUT) or time_outs >= TIME_OUTS_IN_A_ROW:
                        self._give_up(answer.problems[0])
                self._current = ""
                self._version += 1
                self._lock.notify_all()

    def _downloaded(self, symbol: str, known: bool) -> Answer:
        """The answer, whatever happens: a thread that died would leave the page waiting for ever."""
        try:
            return self.download(symbol, known, datetime.datetime.now(datetime.UTC).date())
        except Exception:
            return Answer(symbol, None, (Problem(symbol, Failure.CHANGED_FORMAT),))

    def _keep(self, answer: Answer) -> None:
        entry = self._entries.setdefault(answer.symbol, _Entry(asked_s=time.monotonic()))
        entry.tried_s, entry.problems = time.monotonic(), answer.problems
        entry.line = answer.line or entry.line  # an earlier answer is better than none

    def _give_up(self, problem: Problem) -> None:
        """Give everything that waits the service's failure, rather than ask a service that is not there.

        What a visitor thought of may have failed by itself: offered symbols are asked for all the same.
        """
        for queue in (self._offered, self._others) if problem.symbol in OFFERED else (self._others,):
            while queue:
                self._keep(Answer(symbol := queue.popleft(), None, (replace(problem, symbol=symbol),)))


def _patience_s(entry: _Entry) -> float:
    """How long an entry counts as new [seconds]."""
    failed = {problem.failure for problem in entry.problems}
    if Failure.RATE_LIMIT in failed:
        return RATE_LIMIT_RETRY_S
    return RETRY_S if failed & {*OF_SERVICE, Failure.EMPTY, Failure.CHANGED_FORMAT} else FRESH_S


def _covers_less(line: PriceLine, problems: tuple[Problem, ...]) -> bool:
    """Whether the snapshot is the better line: part of the live prices is missing, or they end before it."""
    embedded = snapshot().get(line.symbol)
    ends_early = embedded is not None and line.last_day < embedded.last_day
    return ends_early or any(problem.failure is Failure.PARTIAL for problem in problems)


@cache
def store() -> PriceStore:
    """The prices of this process."""
    return PriceStore()
