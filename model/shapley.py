"""A bridge that does not depend on the order of the changes: exact Shapley shares.

What a change brings depends on which other changes came before it. Its Shapley share is what it brings on
average over every order in which the changes could be made (L. S. Shapley, "A Value for n-Person Games", 1953).
All subsets of the changes are run in one call. Where there are too many changes, those of a group of
assumptions are made together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import factorial
from typing import Final

import numpy as np

from model.links import Scenario
from model.measures import Measure, Points
from model.projection import ESTIMATES, project, reference_values
from model.registry import ASSUMPTIONS, GROUPS
from model.sampling import fitting

MOST_ALONE: Final = 10
"""More changes than these are taken by group: the number of runs doubles with each."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one change, or one group of changes, brings to a measure, in the measure's unit.

    name: key of the assumption or of the group
    keys: the assumptions that change
    share: its Shapley share; the shares sum to the difference between reference and scenario
    alone: what it brings when it is the only change
    last: what it brings when all others are made before
    """

    name: str
    keys: tuple[str, ...]
    share: float
    alone: float
    last: float

    @property
    def interaction(self) -> float:
        """What it brings beyond its effect alone, through the other changes."""
        return self.share - self.alone


@dataclass(frozen=True, slots=True)
class Shapley:
    """The shares of all changes between reference and scenario; by_group: whether they are groups."""

    reference: float
    scenario: float
    shares: tuple[Share, ...]
    by_group: bool

    @property
    def interaction(self) -> float:
        """What the changes bring together beyond the sum of what each brings alone."""
        return self.scenario - self.reference - sum(share.alone for share in self.shares)


def _changed(scenario: Scenario) -> tuple[str, ...]:
    return tuple(key for key in scenario.changed() if key not in ESTIMATES and key not in scenario.fixed)


def players(scenario: Scenario, most_alone: int = MOST_ALONE) -> Mapping[str, tuple[str, ...]]:
    """The changes against the scenario's reference: each by itself, or by group where there are many.

    Estimates are none of them: the reference has the scenario's own. Nor is what the scenario's world fixes.
    """
    changed = _changed(scenario)
    if len(changed) <= most_alone:
        return {key: (key,) for key in changed}
    members = {group: tuple(key for key in changed if ASSUMPTIONS[key].group == group) for group in GROUPS}
    return {group: keys for group, keys in members.items() if keys}


def subset_values(scenario: Scenario, changes: Sequence[Sequence[str]], measure: Measure) -> Points:
    """The measure for every subset of the changes (2 ** changes,); bit i of a subset's number is change i.

    More cars than Canton can build are brought to what fits.
    """
    fixed = {key: scenario.values[key] for key in scenario.fixed}
    defaults = {**reference_values(scenario.values, scenario.edition), **fixed}
    subsets = np.arange(2 ** len(changes))
    values: dict[str, float | Points] = dict(defaults)
    for i, keys in enumerate(changes):
        made = (subsets >> i) & 1 == 1
        for key in keys:
            values[key] = np.where(made, scenario.values[key], defaults[key])
    found = measure.of(project(fitting(values), scenario.edition))
    return np.broadcast_to(found, subsets.shape)


def shapley_shares(values: Points) -> Points:
    """Shapley shares (players,) of a game given by the value of every subset (2 ** players,)."""
    count = len(values).bit_length() - 1
    subsets = np.arange(len(values))
    sizes = np.sum([(subsets >> i) & 1 for i in range(count)], axis=0) if count else np.zeros(1, dtype=int)
    weights = np.array([factorial(s) * factorial(count - s - 1) / factorial(count) for s in range(count)])
    shares = np.empty(count)
    for i in range(count):
        without = subsets[(subsets >> i) & 1 == 0]
        shares[i] = np.sum(weights[sizes[without]] * (values[without | (1 << i)] - values[without]))
    return shares


def shapley(scenario: Scenario, measure: Measure, most_alone: int = MOST_ALONE) -> Shapley:
    """What each change between the scenario's reference and the scenario brings to a measure, in whatever order."""
    changes = players(scenario, most_alone)
    values = subset_values(scenario, list(changes.values()), measure)
    first, whole = float(values[0]), float(values[-1])
    shares = tuple(
        Share(
            name,
            keys,
            float(share),
            float(values[1 << i]) - first,
            whole - float(values[(len(values) - 1) & ~(1 << i)]),
        )
        for i, ((name, keys), share) in enumerate(zip(changes.items(), shapley_shares(values), strict=True))
    )
    return Shapley(first, whole, shares, len(changes) != len(_changed(scenario)))
