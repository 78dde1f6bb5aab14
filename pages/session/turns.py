"""Turns: one page is computed at a time, so that many visitors at once are answered sooner, and none waits for many.

Python runs one thread at a time. Threads that compute pages side by side do not finish earlier: they take the
interpreter from each other every few milliseconds, which costs nearly half of the answers (`tests/bench/FINDINGS.md`).
Who computes much waits behind who computes little: of all who wait, the next is who came first, counted as if it had
come later by a hundred times what its runs of this kind took lately, and by a while for each who waits at its address.
"""

import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock
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
    """Who wants something computed: session, address, and the kind of run, whose cost is known by itself."""

    session: str = ""
    address: str = ""
    kind: str = ""


@dataclass(eq=False, slots=True)
class _Place:
    """A place in the line; rank: when it is served [seconds of the monotonic clock], the smallest first."""

    asker: Asker
    rank: float
    called: Event = field(default_factory=Event)
    begun_s: float = 0.0


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
        place = self._take(asker, longest_turn_s)
        begun = time.thread_time()
        try:
            yield
        finally:
            self._give(place, time.thread_time() - begun)

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._line)

    def _take(self, asker: Asker, longest_turn_s: float) -> _Place:
        now = time.monotonic()
        with self._lock:
            place = _Place(asker, now + self._later_s(asker))
            if self._holder is None:
                self._hold(place)
                return place
            self._line.append(place)
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
        return place

    def _later_s(self, asker: Asker) -> float:
        cost = self._costs.get((asker.session, asker.kind), FIRST_COST_S)
        neighbours = sum(place.asker.address == asker.address for place in self._line)
        return min(LATER_BY_COST * cost, MOST_LATER_S) + LATER_BY_NEIGHBOUR_S * neighbours

    def _hold(self, place: _Place) -> None:
        place.begun_s, self._holder = time.monotonic(), place
        place.called.set()

    def _give(self, place: _Place, cost_s: float) -> None:
        key = (place.asker.session, place.asker.kind)
        with self._lock:
            self._costs[key] = (self._costs.get(key, cost_s) + cost_s) / 2.0
            self._costs.move_to_end(key)
            if len(self._costs) > _MOST_KNOWN:
                self._costs.popitem(last=False)
            if self._holder is not place:  # it took too long, and another has gone on
                return
            self._holder = None
            if self._line:
                first = min(self._line, key=_rank)
                self._line.remove(first)
                self._hold(first)


def _rank(place: _Place) -> float:
    return place.rank


TURNS: Final = Turns()
"""Of all pages of this process."""

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
    """Let pages that wait for their turn go first, for a short while."""
    end = time.monotonic() + _LONGEST_WAY_S
    while TURNS.waiting and time.monotonic() < end:
        time.sleep(_GIVE_WAY_S)
