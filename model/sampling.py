"""Draws of all assumptions at once: how likely a result is, if every assumption may lie anywhere in its range.

Each assumption is drawn from a stream of its own (seed and key), so that a new assumption moves no old draw; some
share the chance of another, as rates of one government move together. A value inside its range keeps the scenario's
value as its mean: the nearer end is the likelier side. A value at an end of its range can only move to one side: it
stays as it is with a fixed chance, else it lies within the range, and `pulls` says what that does to the mean. The
chance that the alliance delivers is drawn as an event: in each draw it delivers whole or not at all. In a world that
fixes it, it is not drawn.

Draws come in chunks, so that memory does not grow with their number and the first thousand of a million draws are the
thousand draws of the same seed.
"""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from model.links import Scenario
from model.measures import Measure, Points
from model.projection import Projection, project
from model.registry import ASSUMPTIONS, EVENT, GROUPS, HELD, UNIFORM
from model.sweeps import BASE, CAPACITY, TRUCKS, Range

Flags = NDArray[np.bool_]

CHUNK_DRAWS: Final = 2_500
"""Draws whose chances come from one place of their streams: a seed means other draws where it changes."""

_KEPT_BYTES: Final = 31 * 2**20
"""A little below the largest block that the GNU C library still takes from memory it keeps."""

STAYS_SHARE: Final = 0.5
"""Chance that a value at an end of its range stays as it is: a judgement, a policy or a plan changes or does not."""

MOST_DRAWS: Final = 1_000_000
FEWEST_DRAWS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Sampling:
    """What is drawn: around which scenario, from which seed.

    groups: of assumptions that are drawn; all others keep the scenario's value
    ranges: by key, instead of the registry's plausible ranges
    held: keys that keep the scenario's value; what is drawn is then conditional on them
    """

    scenario: Scenario
    seed: int
    groups: frozenset[str] = frozenset(GROUPS)
    ranges: Mapping[str, Range] = field(default_factory=lambda: MappingProxyType({}))
    held: frozenset[str] = frozenset()

    @property
    def drawn(self) -> tuple[str, ...]:
        """Keys of the assumptions that are drawn."""
        free = ASSUMPTIONS.keys() - self.scenario.fixed - self.held
        return tuple(
            key for key, a in ASSUMPTIONS.items() if key in free and a.group in self.groups and a.distribution != HELD
        )

    @property
    def streams(self) -> tuple[str, ...]:
        """Keys of the drawn assumptions whose chances are their own."""
        drawn = frozenset(self.drawn)
        return tuple(key for key in self.drawn if ASSUMPTIONS[key].moves_with not in drawn)

    @property
    def identity(self) -> tuple[object, ...]:
        """All that decides the draws, to compare and to keep results by."""
        values = tuple(self.scenario.values[key] for key in ASSUMPTIONS)
        ranges = tuple(sorted(self.ranges.items()))
        return self.scenario.edition, values, self.scenario.fixed, self.seed, self.groups, ranges, self.held


def drawn_range(sampling: Sampling, key: str) -> Range:
    """Lowest and highest value that is drawn; a scenario's value outside the plausible range widens it."""
    a, value = ASSUMPTIONS[key], sampling.scenario.values[key]
    low, high = sampling.ranges.get(key, (a.low, a.high))
    return min(low, value), max(high, value)


def uniforms(seed: int, chunk: int, draws: int) -> Points:
    """Numbers between 0 and 1, a column of its own stream for each assumption of the registry (draws, assumptions).

    seed: from 0 on; chunk: number of the chunk
    """
    chances = np.empty((draws, len(ASSUMPTIONS)), order="F")
    for column, key in enumerate(ASSUMPTIONS):
        bits = np.random.Philox(key=(zlib.crc32(key.encode()) << 64) + seed, counter=chunk << 128)
        chances[:, column] = np.random.Generator(bits).random(draws)
    return chances


def drawn_about(chance: Points, low: float, now: float, high: float, uniform: bool = False) -> Points:
    """Values below which lie these chances, with the mean at `now`; one-sided where that is an end [unit of low].

    chance: 0 to 1 (draws,); low, now, high: ends of the range and the scenario's value, in order
    uniform: whether on each side every value is as likely as any other, rather than ever less towards the end
    """
    if low == high:
        return np.full(chance.shape, low)
    at_end = {low: STAYS_SHARE, high: 1.0 - STAYS_SHARE}
    below = at_end.get(now, (high - now) / (high - low))
    # How far towards the end of its side a draw lies, 1 at the end. At an end of the range one side has no width.
    falling = 1.0 - np.minimum(chance / below, 1.0)
    rising = np.maximum(chance - below, 0.0) / (1.0 - below)
    if not uniform:
        falling, rising = 1.0 - np.sqrt(1.0 - falling), 1.0 - np.sqrt(1.0 - rising)
    return now - falling * (now - low) + rising * (high - now)


def drawn_values(sampling: Sampling, chances: Points) -> dict[str, float | Points]:
    """Values of all assumptions for these chances, floats for what is not drawn, before they are made to fit.

    chances: 0 to 1, one column per assumption of the registry (draws, assumptions)
    """
    values: dict[str, float | Points] = dict(sampling.scenario.values)
    columns = {key: column for column, key in enumerate(ASSUMPTIONS)}
    streams = frozenset(sampling.streams)
    by_assumption = np.ascontiguousarray(chances.T)
    for key in sampling.drawn:
        a, now = ASSUMPTIONS[key], sampling.scenario.values[key]
        chance = by_assumption[columns[key if key in streams else a.moves_with]]
        if a.distribution == EVENT:
            values[key] = np.where(chance < now, 1.0, 0.0)
        else:
            low, high = drawn_range(sampling, key)
            values[key] = drawn_about(chance, low, now, high, a.distribution == UNIFORM)
    return values


@dataclass(frozen=True, slots=True)
class Pull:
    """An assumption at an end of its range, whose draws have another mean than the scenario's value.

    mean: of its draws, in its unit
    effect: what the scenario's result moves when the assumption alone takes that mean, in the measure's unit
    """

    key: str
    mean: float
    effect: float


def pulls(sampling: Sampling, measure: Measure) -> tuple[Pull, ...]:
    """Assumptions whose draws pull the mean of a measure away from the scenario, the strongest first."""
    means: dict[str, float] = {}
    for key in sampling.drawn:
        a, now = ASSUMPTIONS[key], sampling.scenario.values[key]
        low, high = drawn_range(sampling, key)
        if a.distribution != EVENT and low < high and now in (low, high):
            middle = 1.0 / 2.0 if a.distribution == UNIFORM else 1.0 / 3.0
            means[key] = now + (1.0 - STAYS_SHARE) * middle * (low + high - 2.0 * now)
    if not means:
        return ()
    scenario = sampling.scenario
    rows = [{**scenario.values}, *({**scenario.values, key: mean} for key, mean in means.items())]
    columns: dict[str, float | Points] = {key: np.array([row[key] for row in rows]) for key in ASSUMPTIONS}
    first, *others = measure.of(project(fitting(columns), scenario.edition)).tolist()
    found = (Pull(key, mean, value - first) for (key, mean), value in zip(means.items(), others, strict=True))
    return tuple(sorted(found, key=lambda pull: -abs(pull.effect)))


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
