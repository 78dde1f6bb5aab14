"""One assumption over its range: what every output does, and where a target is met.

A sweep is one call of the model over an array; a crossing is found by narrowing such sweeps.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from model.editions import COMPANIES
from model.links import Scenario
from model.projection import Projection, project
from model.registry import ASSUMPTIONS

Points = NDArray[np.float64]

GRID_POINTS: Final = 201
NARROWINGS: Final = 3
"""Each narrowing divides the step by the grid's intervals: 201 points thrice reach 1e-7 of the range."""


def feasible_range(scenario: Scenario, key: str) -> tuple[float, float]:
    """Lowest and highest value of an assumption with all else held, as far as Canton can build it."""
    a, values = ASSUMPTIONS[key], scenario.values
    capacity, base = values["canton_capacity_kveh"], values["canton_base_kveh"]
    trucks = values["canton_honda_trucks_kveh"]
    low, high = a.minimum, a.maximum
    if key == "canton_honda_trucks_kveh":
        high = min(high, capacity - base)
    elif key == "canton_base_kveh":
        high = min(high, capacity - trucks)
    elif key == "canton_capacity_kveh":
        low = max(low, base + trucks)
    return low, high


def sweep(scenario: Scenario, key: str, points: Points) -> Projection:
    """Every output with one assumption at each of the points (points,), all else held."""
    return project({**scenario.values, key: points}, scenario.edition)


@dataclass(frozen=True, slots=True)
class Lever:
    """What an assumption does to the operating profit of both companies between its plausible low and high.

    low, high: the values tried; low_jpy_bn, high_jpy_bn: change of profit against the scenario [JPY bn]
    """

    key: str
    low: float
    high: float
    low_jpy_bn: float
    high_jpy_bn: float

    @property
    def reach_jpy_bn(self) -> float:
        """Distance between the lowest and the highest profit, the scenario's own included [JPY bn]."""
        return max(self.low_jpy_bn, self.high_jpy_bn, 0.0) - min(self.low_jpy_bn, self.high_jpy_bn, 0.0)


def levers(scenario: Scenario, year: int) -> tuple[Lever, ...]:
    """Every assumption moved alone to its plausible low and high, the farthest reaching first.

    year: index of the fiscal year; values that Canton could not build are brought to what it can
    """
    keys = list(ASSUMPTIONS)
    ends = []
    for key in keys:
        bottom, top = feasible_range(scenario, key)
        ends.append(tuple(min(max(end, bottom), top) for end in (ASSUMPTIONS[key].low, ASSUMPTIONS[key].high)))
    draws = {key: np.full(2 * len(keys), value) for key, value in scenario.values.items()}
    for i, key in enumerate(keys):
        draws[key][2 * i : 2 * i + 2] = ends[i]
    moved, base = project(draws, scenario.edition), project(scenario.values, scenario.edition)
    change = sum(
        np.asarray(moved.company[c]["operating_profit_jpy_bn"])[:, year]
        - np.asarray(base.company[c]["operating_profit_jpy_bn"])[year]
        for c in COMPANIES
    )
    changes = np.asarray(change, dtype=np.float64).reshape(-1, 2)
    found = (Lever(k, low, high, *map(float, c)) for k, (low, high), c in zip(keys, ends, changes, strict=True))
    return tuple(sorted(found, key=lambda lever: -lever.reach_jpy_bn))


Gap = Callable[[Projection], Points]
"""From a projection of many scenarios to the distance from a target (points,); zero is met."""


def crossings(
    scenario: Scenario, key: str, gap: Gap, low: float | None = None, high: float | None = None
) -> tuple[float, ...]:
    """Values of an assumption at which a target is met, lowest first; empty where it is met nowhere.

    gap: the distance from the target
    low, high: range to look in, the feasible range of the assumption unless given
    A target that is met over a whole stretch counts at the stretch's lower end.
    """
    feasible = feasible_range(scenario, key)
    bottom = feasible[0] if low is None else max(low, feasible[0])
    top = feasible[1] if high is None else min(high, feasible[1])
    if bottom >= top:
        return ()
    points = np.linspace(bottom, top, GRID_POINTS)
    brackets = _brackets(points, gap(sweep(scenario, key, points)))
    return tuple(_narrowed(scenario, key, gap, *bracket) for bracket in brackets)


def _brackets(points: Points, gaps: Points) -> list[tuple[float, float]]:
    """Neighbouring points between which the gap changes sign, or pairs of one point where it is zero."""
    signs = np.sign(gaps)
    brackets = []
    for i in range(len(points)):
        if signs[i] == 0.0 and (i == 0 or signs[i - 1] != 0.0):
            brackets.append((float(points[i]), float(points[i])))
        elif i > 0 and signs[i - 1] * signs[i] < 0.0:
            brackets.append((float(points[i - 1]), float(points[i])))
    return brackets


def _narrowed(scenario: Scenario, key: str, gap: Gap, low: float, high: float) -> float:
    """The crossing inside a bracket, to 1e-7 of its width or better."""
    for _ in range(NARROWINGS):
        if low == high:
            return low
        points = np.linspace(low, high, GRID_POINTS)
        brackets = _brackets(points, gap(sweep(scenario, key, points)))
        if not brackets:
            break
        low, high = brackets[0]
    return low + (high - low) / 2.0
