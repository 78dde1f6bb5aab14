"""Assumptions moved over their ranges: what every output does, one assumption at a time or two.

Everything is one call of the model over an array. Where a target is met is found in `model/analysis`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from model.links import Scenario
from model.measures import Measure, Points
from model.projection import Projection, project
from model.registry import ASSUMPTIONS

Range = tuple[float, float]
"""Lowest and highest value of an assumption, in its unit."""

Variation = tuple[str, float]
"""An assumption's key and the value it takes instead."""

CAPACITY: Final = "canton_capacity_kveh"
BASE: Final = "canton_base_kveh"
TRUCKS: Final = "canton_honda_trucks_kveh"
"""What Canton can build, and what is asked of it [thousand a year]."""


def feasible_range(scenario: Scenario, key: str) -> Range:
    """Lowest and highest value of an assumption with all else held, as far as Canton can build it.

    What the scenario's world fixes has no other value than its own.
    """
    a, values = ASSUMPTIONS[key], scenario.values
    if key in scenario.fixed:
        return values[key], values[key]
    capacity, base, trucks = values[CAPACITY], values[BASE], values[TRUCKS]
    low, high = a.minimum, a.maximum
    if key == TRUCKS:
        high = min(high, capacity - base)
    elif key == BASE:
        high = min(high, capacity - trucks)
    elif key == CAPACITY:
        low = max(low, base + trucks)
    return low, high


def within(outer: Range, low: float, high: float) -> Range:
    """A range as far as another goes."""
    bottom, top = outer
    return min(max(low, bottom), top), min(max(high, bottom), top)


def plausible_range(scenario: Scenario, key: str, ranges: Mapping[str, Range] | None = None) -> Range:
    """The plausible range of an assumption, as far as Canton can build it.

    ranges: by key, instead of the registry's
    """
    a = ASSUMPTIONS[key]
    return within(feasible_range(scenario, key), *(ranges or {}).get(key, (a.low, a.high)))


def sweep(scenario: Scenario, key: str, points: Points) -> Projection:
    """Every output with one assumption at each of the points (points,), all else held."""
    return project({**scenario.values, key: points}, scenario.edition)


def one_at_a_time(scenario: Scenario, variations: Sequence[Variation]) -> Projection:
    """Every output with one assumption moved per row, all else held: outputs have shape (variations, 5).

    variations: key and value of each row, at least one; values beyond what Canton can build raise CapacityError
    """
    values: dict[str, float | Points] = dict(scenario.values)
    for row, (key, value) in enumerate(variations):
        column = values[key]
        if not isinstance(column, np.ndarray):
            column = np.full(len(variations), float(column))
            values[key] = column
        column[row] = value
    return project(values, scenario.edition)


@dataclass(frozen=True, slots=True)
class Swing:
    """What an assumption does to a measure between its plausible low and high, all else held.

    low, high: the values tried, in the unit of the assumption
    at_low, at_high, now: the measure there and in the scenario, in the unit of the output
    """

    key: str
    low: float
    high: float
    at_low: float
    at_high: float
    now: float

    @property
    def reach(self) -> float:
        """Distance between the lowest and the highest result, the scenario's own included."""
        return max(self.at_low, self.at_high, self.now) - min(self.at_low, self.at_high, self.now)


@dataclass(frozen=True, slots=True)
class Ends:
    """Every assumption moved alone to its plausible low and high, all else held, with every output of it.

    ends: low and high of each assumption, by key; values that Canton could not build are brought to what it can
    projection: a row for each end, in their order, and the scenario as it is last: (2 x assumptions + 1, 5)
    """

    ends: Mapping[str, Range]
    projection: Projection

    @classmethod
    def of(cls, scenario: Scenario, ranges: Mapping[str, Range] | None = None) -> "Ends":
        """Computed in one call of the model; ranges: by key, instead of the registry's."""
        ends = {key: plausible_range(scenario, key, ranges) for key in ASSUMPTIONS}
        rows = [(key, end) for key, pair in ends.items() for end in pair]
        first = next(iter(ends))
        return cls(ends, one_at_a_time(scenario, [*rows, (first, scenario.values[first])]))

    def swings(self, measure: Measure) -> tuple[Swing, ...]:
        """What they do to a measure, the farthest reaching first."""
        *results, now = measure.of(self.projection).tolist()
        found = zip(results[::2], results[1::2], strict=True)
        moved = (Swing(key, *self.ends[key], *pair, now) for key, pair in zip(self.ends, found, strict=True))
        return tuple(sorted(moved, key=lambda swing: -swing.reach))


def swings(scenario: Scenario, measure: Measure, ranges: Mapping[str, Range] | None = None) -> tuple[Swing, ...]:
    """Every assumption moved alone to its plausible low and high, the farthest reaching first.

    ranges: by key, instead of the registry's; values that Canton could not build are brought to what it can
    """
    return Ends.of(scenario, ranges).swings(measure)


@dataclass(frozen=True, slots=True)
class Map:
    """Every output over a grid of two assumptions.

    across, up: values of the two assumptions (points,)
    projection: of the cells that fit Canton, in the order of `fits`
    fits: whether Canton can build a cell, (len(up), len(across))
    """

    across: Points
    up: Points
    fits: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
    projection: Projection

    def values(self, found: Points) -> Points:
        """Numbers of the projection's cells laid out as (len(up), len(across)); NaN where nothing can be built."""
        laid = np.full(self.fits.shape, np.nan)
        laid[self.fits] = found
        return laid


def map_of(scenario: Scenario, key_across: str, key_up: str, across: Points, up: Points) -> Map:
    """The model over every pair of values of two assumptions, all else held, in one call.

    Raises ValueError where both are one, or no cell fits what Canton can build.
    """
    if key_across == key_up:
        raise ValueError("a map needs two assumptions")
    first, second = np.meshgrid(across, up)
    values: dict[str, float | Points] = {**scenario.values, key_across: first, key_up: second}
    room = np.asarray(values[CAPACITY]) - np.asarray(values[BASE]) - np.asarray(values[TRUCKS])
    fits = np.broadcast_to(room >= -np.spacing(ASSUMPTIONS[CAPACITY].maximum), first.shape)
    if not fits.any():
        raise ValueError("Canton can build no cell of this map")
    cells = {**scenario.values, key_across: first[fits], key_up: second[fits]}
    return Map(across, up, fits, project(cells, scenario.edition))
