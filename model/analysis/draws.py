"""Draws that are kept: one number per draw and year, so that a page that is drawn again does not draw again.

The first draws of a long run are those of a short one, and a run that was stopped goes on where it stopped.
All visitors share what is kept, and it is bounded: the longest unused goes first.
"""

import gc
import weakref
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import RLock
from typing import Final

import numpy as np

from model.measures import Measure, Points
from model.sampling import CHUNK_DRAWS, Chunk, Flags, Sampling, chunks

MOST_KEPT: Final = 2_000_000
"""Draws that are held in all, at most: five years of them are 80 MB. What a running page still holds counts too.

One run of a million takes 89 MB at its peak, with the shares that the page shows of it, and 25 MB where only one
chunk at a time is held (`python -m tests.bench.sure_speed`).
"""

AT_ONCE: Final = 10_000
"""As many draws are made without a word, and for a data address; more show their progress."""

Key = tuple[object, ...]


class NoRoomError(RuntimeError):
    """More draws than `AT_ONCE` were asked for while others' runs hold the memory for draws."""


@dataclass(slots=True)
class _Kept:
    """Draws made so far: the measure by year (draws, years), and which Canton could not build as drawn (draws,)."""

    values: Points
    cut: Flags
    done: int = 0


@dataclass(frozen=True, slots=True)
class Drawn:
    """Draws of a measure: its values by year (draws, years), and how many were brought to what Canton can build."""

    values: Points
    cut: int

    @property
    def draws(self) -> int:
        """How many there are."""
        return len(self.values)


_STORE: Final[OrderedDict[Key, _Kept]] = OrderedDict()
_LOCK: Final = RLock()
_HELD: Final[dict[int, int]] = {}
"""Draws by array: an array that was pushed out of the store is held until the last page lets go of it."""


def _key(sampling: Sampling, measure: Measure) -> Key:
    return (*sampling.identity, measure.output, measure.whose)


def known(sampling: Sampling, measure: Measure) -> int:
    """How many draws of a measure are kept."""
    with _LOCK:
        kept = _STORE.get(_key(sampling, measure))
        return kept.done if kept else 0


def more(sampling: Sampling, measure: Measure, draws: int) -> Iterator[int]:
    """Draw until there are so many, telling after each chunk how many there are. It may be stopped after any.

    NoRoomError where there is no memory for so many: few (`AT_ONCE`) always find room.
    """
    key, known_now = _key(sampling, measure), known(sampling, measure)
    if known_now >= draws:
        return
    own: _Kept | None = None
    for part in chunks(sampling, draws, known_now // CHUNK_DRAWS * CHUNK_DRAWS):
        own = _keep(key, own, part, measure.by_year(part.projection), draws)
        yield own.done


def _keep(key: Key, own: _Kept | None, part: Chunk, values: Points, draws: int) -> _Kept:
    """Add a chunk to what is kept, where it goes on from there.

    own: what this run has filled so far; it goes on even where others have pushed it out of the store
    """
    end = part.start + len(values)
    with _LOCK:
        kept = _STORE.get(key)
        if own is not None and (kept is None or kept.done < own.done):
            kept = own
        if kept is None or len(kept.cut) < draws:
            kept = _room(kept, draws, values.shape[1])
        _STORE[key] = kept
        _STORE.move_to_end(key)
        if kept.done >= part.start:  # another visitor may have been faster
            kept.values[part.start : end], kept.cut[part.start : end] = values, part.cut
            kept.done = max(kept.done, end)
        return kept


def held() -> int:
    """Draws that are held in all: kept for who comes next, or by a page that runs."""
    with _LOCK:
        return sum(list(_HELD.values()))  # arrays may be let go of meanwhile


def _room(kept: _Kept | None, draws: int, years: int) -> _Kept:
    """Room for so many draws, with those that are there; NoRoomError where others hold it."""
    while _STORE and held() + draws > MOST_KEPT:
        _STORE.popitem(last=False)
    if draws > AT_ONCE and held() + draws > MOST_KEPT:
        gc.collect()  # what pages held that have ended may still lie about
    if draws > AT_ONCE and held() + draws > MOST_KEPT:
        raise NoRoomError(f"no room for {draws:,} draws beside the {held():,} that are held")
    grown = _Kept(np.empty((draws, years)), np.empty(draws, dtype=np.bool_))
    number = id(grown.values)
    _HELD[number] = draws
    weakref.finalize(grown.values, _HELD.pop, number).atexit = False
    if kept is not None:
        grown.values[: kept.done], grown.cut[: kept.done] = kept.values[: kept.done], kept.cut[: kept.done]
        grown.done = kept.done
    return grown


def drawn(sampling: Sampling, measure: Measure, draws: int, between: Callable[[], None] = lambda: None) -> Drawn:
    """So many draws of a measure, made now as far as they are not kept; between: is called after each chunk."""
    for _ in more(sampling, measure, draws):
        between()
    return so_far(sampling, measure, draws)


def so_far(sampling: Sampling, measure: Measure, draws: int) -> Drawn:
    """The draws of a measure that are kept, so many at most."""
    with _LOCK:
        kept = _STORE.get(_key(sampling, measure))
        if kept is None:
            return Drawn(np.empty((0, 1)), 0)
        _STORE.move_to_end(_key(sampling, measure))
        count = min(kept.done, draws)
        return Drawn(kept.values[:count], int(np.count_nonzero(kept.cut[:count])))
