"""Draws of all assumptions at once: how likely a result is, if every assumption may lie anywhere in its range.

Each assumption is drawn by itself, from the distribution that its declaration states. The chance that the
alliance delivers is drawn as an event: in each draw it delivers whole or not at all. Draws come in chunks,
each from a generator of its own seed, so that memory does not grow with their number and the first thousand
of a million draws are the thousand draws of the same seed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from model.links import Scenario
from model.measures import Points
from model.projection import Projection, project
from model.registry import ASSUMPTIONS, EVENT, GROUPS, TRIANGULAR, UNIFORM
from model.sweeps import BASE, CAPACITY, TRUCKS, Range

Flags = NDArray[np.bool_]

CHUNK_DRAWS: Final = 2_500
"""Draws per call of the model: few enough to stay near the processor, many enough that calls cost little."""

_KEPT_BYTES: Final = 31 * 2**20
"""A little below the largest block that the GNU C library still takes from memory it keeps."""

MOST_DRAWS: Final = 1_000_000
FEWEST_DRAWS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Sampling:
    """What is drawn: around which scenario, from which seed.

    groups: of assumptions that are drawn; all others keep the scenario's value
    ranges: by key, instead of the registry's plausible ranges
    """

    scenario: Scenario
    seed: int
    groups: frozenset[str] = frozenset(GROUPS)
    ranges: Mapping[str, Range] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def drawn(self) -> tuple[str, ...]:
        """Keys of the assumptions that are drawn."""
        return tuple(key for key, a in ASSUMPTIONS.items() if a.group in self.groups)

    @property
    def identity(self) -> tuple[object, ...]:
        """All that decides the draws, to compare and to keep results by."""
        values = tuple(self.scenario.values[key] for key in ASSUMPTIONS)
        return self.scenario.edition, values, self.seed, self.groups, tuple(sorted(self.ranges.items()))


def drawn_range(sampling: Sampling, key: str) -> Range:
    """Lowest and highest value that is drawn; a scenario's value outside the plausible range widens it."""
    a, value = ASSUMPTIONS[key], sampling.scenario.values[key]
    low, high = sampling.ranges.get(key, (a.low, a.high))
    return min(low, value), max(high, value)


def uniforms(seed: int, chunk: int, draws: int) -> Points:
    """Numbers between 0 and 1, one column per assumption of the registry (draws, assumptions).

    seed: from 0 on; chunk: number of the chunk
    """
    generator = np.random.Generator(np.random.PCG64((seed, chunk)))
    return generator.random((draws, len(ASSUMPTIONS)))


def triangular(chance: Points, low: float, mode: float, high: float) -> Points:
    """Values below which a triangular distribution lies with these chances [unit of low].

    chance: 0 to 1 (draws,); low, mode, high: ends and most likely value, in order
    """
    if low == high:
        return np.full(chance.shape, low)
    turn = (mode - low) / (high - low)
    rising = low + np.sqrt(chance * ((high - low) * (mode - low)))
    falling = high - np.sqrt((1.0 - chance) * ((high - low) * (high - mode)))
    return np.where(chance < turn, rising, falling)


def drawn_values(sampling: Sampling, chances: Points) -> dict[str, float | Points]:
    """Values of all assumptions for these chances, floats for what is not drawn, before they are made to fit.

    chances: 0 to 1, one column per assumption of the registry (draws, assumptions)
    """
    values: dict[str, float | Points] = dict(sampling.scenario.values)
    by_assumption = np.ascontiguousarray(chances.T)
    for chance, (key, a) in zip(by_assumption, ASSUMPTIONS.items(), strict=True):
        if a.group in sampling.groups:
            now = sampling.scenario.values[key]
            low, high = drawn_range(sampling, key)
            if a.distribution == EVENT:
                values[key] = np.where(chance < now, 1.0, 0.0)
            elif a.distribution == UNIFORM:
                values[key] = low + chance * (high - low)
            elif a.distribution == TRIANGULAR:
                values[key] = triangular(chance, low, now, high)
    return values


def fitting(values: Mapping[str, float | Points]) -> dict[str, float | Points]:
    """The values with no more cars at Canton than fit: first Nissan's own, then trucks in the room that is left."""
    fit = dict(values)
    fit[BASE] = np.minimum(fit[BASE], fit[CAPACITY])
    fit[TRUCKS] = np.minimum(fit[TRUCKS], np.asarray(fit[CAPACITY]) - fit[BASE])
    return fit


def evaluated(sampling: Sampling, chances: Points) -> tuple[Projection, Flags]:
    """Every output for these chances, and which draws asked more of Canton than it can build (draws,).

    chances: as in `drawn_values`
    """
    asked = drawn_values(sampling, chances)
    fit = fitting(asked)
    cut = (np.asarray(fit[TRUCKS]) < asked[TRUCKS]) | (np.asarray(fit[BASE]) < asked[BASE])
    # One array at least, so that outputs have an axis of draws where nothing is drawn.
    fit[CAPACITY] = np.broadcast_to(fit[CAPACITY], len(chances)).copy()
    found = project(fit, sampling.scenario.edition)
    return found, np.broadcast_to(cut, len(chances))


def keep_freed_memory() -> None:
    """Let the process keep memory that it frees: fetching it anew for each chunk costs a quarter of the time.

    The GNU C library keeps about twice the largest block that was ever freed. Elsewhere this does nothing.
    """
    np.empty(_KEPT_BYTES, dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Draws from number `start` on, and which of them Canton could not build as drawn (draws,)."""

    start: int
    projection: Projection
    cut: Flags


def chunk(sampling: Sampling, number: int, draws: int = CHUNK_DRAWS) -> Chunk:
    """The draws of one chunk; number: from 0 on."""
    projection, cut = evaluated(sampling, uniforms(sampling.seed, number, draws))
    return Chunk(number * CHUNK_DRAWS, projection, cut)


def chunks(sampling: Sampling, draws: int, done: int = 0) -> Iterator[Chunk]:
    """So many draws, chunk by chunk in their order, each computed when it is asked for.

    done: draws that are known already, a whole number of chunks; draws: at least one
    """
    for number, start in enumerate(range(0, draws, CHUNK_DRAWS)):
        if start >= done:
            yield chunk(sampling, number, min(CHUNK_DRAWS, draws - start))
