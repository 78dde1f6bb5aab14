"""Turns: one page is computed at a time, so that many visitors at once are answered sooner, and none waits for many.

Python runs one thread at a time. Threads that compute pages side by side do not finish earlier: they take the
interpreter from each other every few milliseconds, which costs nearly half of the answers (`tests/bench/FINDINGS.md`).
Who computes much waits behind who computes little: of all who wait, the next is who came first, counted as if it had
come later by a hundred times what its runs of this kind took lately, and by a while for each who waits at its address.
Between two figures a page lets those pass who compute less than it does (`let_pass`), and what takes long is computed
beside the turns, one page's at a time (`heavy`).
"""

import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock, local
from typing import Final

LONGEST_TURN_S: Final = 10.0
"""Who computes for longer keeps no other page from being computed beside it."""

LATER_BY_COST: Final = 100.0
MOST_LATER_S: Final = 20.0
"""Nobody is put off for longer than this for what it costs: it waits, and is never left out."""
LATER_BY_NEIGHBOUR_S: Final = 0.2
FIRST_COST_S: Final = 0.1
"""What a run is taken to cost of whom nothing is known: as much as opening a page."""
_MOST_KNOWN: Final = 5_000
_LOOK_AGAIN_S: Final = 0.05


@dataclass(frozen=True, slots=True)
class Asker:
    """Who wants something computed: session, address, and the kind of run, whose cost is known by itself.

    turns: how many such turns its run takes in all: it is put off by what all of them take
    """

    session: str = ""
    address: str = ""
    kind: str = ""
    turns: int = 1


@dataclass(eq=False, slots=True)
class _Place:
    """A place in the line.

    rank: when it is served [seconds of the monotonic clock], the smallest first
    later_s: how much later than it came, for what it costs
    begun_s: since when it has the turn [seconds of the monotonic clock]
    spent_s: of the processor when its run began [seconds of the thread's clock]
    """

    asker: Asker
    rank: float
    later_s: float
    called: Event = field(default_factory=Event)
    begun_s: float = 0.0
    spent_s: float = field(default_factory=time.thread_time)


class Turns:
    """The line of all who wait, and who has the turn. Safe to be used from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._holder: _Place | None = None
        self._line: list[_Place] = []
        self._costs: OrderedDict[tuple[str, str], float] = OrderedDict()

    @contextmanager
    def turn(self, asker: Asker, longest_turn_s: float = LONGEST_TURN_S) -> Iterator[None]:
        """Compute within, while no other page does, or beside one that takes longer than the longest turn."""
        place = self._come(asker)
        self._wait(place, longest_turn_s)
        outer, _MINE.place = getattr(_MINE, "place", None), place
        try:
            yield
        finally:
            _MINE.place = outer
            self._give(place)
            self._count(place)

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._line)

    @property
    def taken(self) -> bool:
        """Whether anybody computes."""
        return self._holder is not None

    def let_pass(self, place: "_Place") -> None:
        """Let one who waits and computes less go first, where there is one."""
        mine_s = max(place.later_s, _later_for(time.thread_time() - place.spent_s))
        with self._lock:
            lighter = [other for other in self._line if other.later_s < mine_s]
            if self._holder is not place or not lighter:
                return
            first = min(lighter, key=_rank)
            self._line.remove(first)
            place.called.clear()
            self._line.append(place)
            self._hold(first)
        self._wait(place)

    @contextmanager
    def aside(self, place: "_Place") -> Iterator[None]:
        """Compute within while others have the turn."""
        place.called.clear()
        self._give(place)
        try:
            yield
        finally:
            with self._lock:
                self._join(place)
            self._wait(place)

    def _come(self, asker: Asker) -> _Place:
        with self._lock:
            cost_s = self._costs.get((asker.session, asker.kind), FIRST_COST_S)
            neighbours = sum(place.asker.address == asker.address for place in self._line)
            later_s = _later_for(asker.turns * cost_s)
            place = _Place(asker, time.monotonic() + later_s + LATER_BY_NEIGHBOUR_S * neighbours, later_s)
            self._join(place)
            return place

    def _join(self, place: _Place) -> None:
        if self._holder is None:
            self._hold(place)
        else:
            self._line.append(place)

    def _wait(self, place: _Place, longest_turn_s: float = LONGEST_TURN_S) -> None:
        left_s = longest_turn_s
        while not place.called.wait(max(left_s, 0.0)):
            with self._lock:
                if place.called.is_set():
                    break
                holder = self._holder
                left_s = holder.begun_s + longest_turn_s - time.monotonic() if holder else 0.0
                if left_s <= 0.0:
                    if min(self._line, key=_rank) is place:
                        self._line.remove(place)
                        self._hold(place)
                        break
                    left_s = _LOOK_AGAIN_S

    def _hold(self, place: _Place) -> None:
        place.begun_s, self._holder = time.monotonic(), place
        place.called.set()

    def _give(self, place: _Place) -> None:
        with self._lock:
            if self._holder is not place:  # it took too long, and another has gone on
                return
            self._holder = None
            if self._line:
                first = min(self._line, key=_rank)
                self._line.remove(first)
                self._hold(first)

    def _count(self, place: _Place) -> None:
        key, cost_s = (place.asker.session, place.asker.kind), time.thread_time() - place.spent_s
        with self._lock:
            self._costs[key] = min(cost_s, (self._costs.get(key, cost_s) + cost_s) / 2.0)
            self._costs.move_to_end(key)
            if len(self._costs) > _MOST_KNOWN:
                self._costs.popitem(last=False)


def _later_for(cost_s: float) -> float:
    return min(LATER_BY_COST * cost_s, MOST_LATER_S)


def _rank(place: _Place) -> float:
    return place.rank


TURNS: Final = Turns()
"""Of all pages of this process."""

_HEAVY: Final = Turns()
_MINE: Final = local()
"""The place of the run that a thread is in."""


def let_pass() -> None:
    """Let a page pass that computes less than the one that runs here; nothing outside a turn."""
    if place := getattr(_MINE, "place", None):
        TURNS.let_pass(place)


@contextmanager
def heavy() -> Iterator[None]:
    """What takes long: within, others have the turn, and one page's heavy work at a time goes on beside them."""
    if getattr(_MINE, "heavy", False):
        yield
        return
    place: _Place | None = getattr(_MINE, "place", None)
    with ExitStack() as stack:
        if place:
            stack.enter_context(TURNS.aside(place))
        stack.enter_context(_HEAVY.turn(place.asker if place else Asker()))
        _MINE.heavy = True
        stack.callback(setattr, _MINE, "heavy", False)
        yield


_LONG_WORK: Final = Lock()
_GIVE_WAY_S: Final = 0.005
_LONGEST_WAY_S: Final = 0.1


@contextmanager
def long_work() -> Iterator[bool]:
    """Work that goes on over many runs, beside the turns: one page's at a time. Gives whether it may go on now."""
    mine = _LONG_WORK.acquire(blocking=False)
    try:
        yield mine
    finally:
        if mine:
            _LONG_WORK.release()


def give_way() -> None:
    """Within heavy or long work: let pages go first that have a turn, for a short while."""
    end = time.monotonic() + _LONGEST_WAY_S
    while TURNS.taken and time.monotonic() < end:
        time.sleep(_GIVE_WAY_S)
