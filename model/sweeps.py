"""One assumption over its range: what every output does, and where a target is met.

A sweep is one call of the model over an array; a crossing is found by narrowing such sweeps.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

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
