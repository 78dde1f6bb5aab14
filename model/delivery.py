"""The same scenario in each world: done, weighted by its chance, and failed; and whether that makes a difference."""

from functools import lru_cache
from typing import Final

import numpy as np

from model.editions import COMPANIES
from model.links import Scenario
from model.measures import Points
from model.projection import Projection, project
from model.worlds import CHANCE, DONE, FAILS, world_of, world_words

LEVERS: Final = (
    "canton_honda_trucks_kveh",
    "platform_saving_jpy_bn",
    "software_saving_share",
    "software_cost_jpy_bn",
    "software_gain_months",
    "integration_cost_jpy_bn",
)
"""Assumptions of which at least one is above zero where an alliance is planned."""


@lru_cache(maxsize=64)
def _projected(edition_name: str, values: tuple[tuple[str, float], ...]) -> Projection:
    return project(dict(values), edition_name)


def projected(scenario: Scenario) -> Projection:
    """All outputs of a scenario; kept, as a page asks for several worlds of one scenario.

    Raises CapacityError where more cars are asked of Canton than it can build.
    """
    return _projected(scenario.edition, tuple(scenario.values.items()))


def in_world(scenario: Scenario, world: str) -> Projection:
    """All outputs of a scenario in a world, of `WORLDS`."""
    return projected(scenario.in_world(world))


def is_planned(scenario: Scenario) -> bool:
    """Whether the scenario has an alliance at all."""
    return any(scenario.asked[key] > 0.0 for key in LEVERS)


def world_matters(scenario: Scenario) -> bool:
    """Whether the scenario's results differ between an alliance that is done and one that fails."""
    return is_planned(scenario) and not np.array_equal(
        _of_companies(in_world(scenario, DONE)), _of_companies(in_world(scenario, FAILS))
    )


def told_world(scenario: Scenario) -> str:
    """The world that results are in, as it is told: empty where it makes no difference."""
    return world_of(scenario.world, scenario.values[CHANCE]) if world_matters(scenario) else ""


def told_world_words(scenario: Scenario) -> str:
    """The world that results are in where the scenario is named, in words; empty where it makes no difference."""
    world = told_world(scenario)
    return world_words(world, scenario.asked[CHANCE]) if world else ""


def _of_companies(projection: Projection) -> Points:
    """Every output that a company has, one behind the other."""
    by_year = [np.asarray(value) for company in COMPANIES for value in projection.company[company].values()]
    once = [np.asarray(value) for by_company in projection.once_company.values() for value in by_company.values()]
    return np.concatenate([*by_year, np.atleast_1d(once)])
