"""Which choice is safest: choices of the companies against states of the world, and what each choice may cost.

A choice is what a preset plans: the assumptions that the two companies decide. A state of the world is what they
do not decide: tariffs, exchange rate, whether the alliance delivers. The regret of a choice in a state is what
the best choice for that state would have brought more, in value today: a plan whose benefits come late is not held
against one that brings them early. The safest choice is the one whose worst regret is least (L. J. Savage, "The
Theory of Statistical Decision", 1951). No chances are needed for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from model.editions import edition
from model.links import Scenario
from model.measures import Points, of_companies
from model.presets import PRESETS
from model.projection import project
from model.registry import ASSUMPTIONS, CHOICE
from model.sampling import fitting

AS_SET: Final = "current"
"""Name of the choice, and of the state, that the scenario itself holds."""

PLANS: Final = MappingProxyType(
    {
        AS_SET: "As in the sliders",
        "status_quo": "No alliance",
        "japan_deal_alliance": "A middling alliance",
        "alliance_delivers": "A good alliance",
        "alliance_good": "A large alliance",
        "article": "The article's plan",
    }
)
"""Choices by name: the scenario's own plan, and presets that plan something of their own."""

DECIDED: Final = frozenset(key for key, a in ASSUMPTIONS.items() if a.role == CHOICE)
"""Assumptions that the companies decide; all others are the world's, or not known."""


@dataclass(frozen=True, slots=True)
class State:
    """A state of the world: `values` (key to value) instead of the scenario's, told in one sentence."""

    name: str
    label: str
    values: Mapping[str, float]
    sentence: str


def _states(*states: State) -> Mapping[str, State]:
    return MappingProxyType({state.name: state for state in states})


def _end(key: str, end: str) -> dict[str, float]:
    return {key: ASSUMPTIONS[key].low if end == "low" else ASSUMPTIONS[key].high}


STATES: Final = _states(
    State(AS_SET, "As in the scenario", {}, "Nothing outside the companies' choice differs from the sliders."),
    State(
        "japan_25",
        "Japan back at 25 %",
        PRESETS["japan_back_at_25"].overrides,
        "Cars from Japan pay 25 % on top of the ordinary duty again.",
    ),
    State(
        "usmca_lapses",
        "USMCA deduction lapses",
        PRESETS["usmca_ends"].overrides,
        "Cars from Canada and Mexico pay on their full value, and parts from there pay too.",
    ),
    State(
        "tariffs_fall",
        "Tariffs fall away",
        {**PRESETS["tariffs_fall_away"].overrides, "other_tariff_share": 0.0},
        "Rates go back to those before April 2025.",
    ),
    State("strong_yen", "Strong yen", _end("jpy_per_usd", "low"), "The dollar costs as little as is plausible."),
    State("weak_yen", "Weak yen", _end("jpy_per_usd", "high"), "The dollar costs as much as is plausible."),
    State(
        "delivers", "The alliance delivers", {"success_probability_share": 1.0}, "Everything planned together arrives."
    ),
    State("fails", "The alliance fails", {"success_probability_share": 0.0}, "The money is spent, nothing arrives."),
    State("late", "The alliance is late", _end("alliance_delay_yr", "high"), "Every benefit comes late."),
    State("rivals_follow", "Rivals follow prices", {"rivals_follow_share": 1.0}, "All makers raise prices alike."),
    State("prices_alone", "Prices rise alone", {"rivals_follow_share": 0.0}, "No rival follows a price rise."),
)
"""States of the world by name."""


def moves(state: str) -> frozenset[str]:
    """Keys of what a state of the world moves."""
    return frozenset(STATES[state].values)


def plan_of(choice: str, scenario: Scenario) -> dict[str, float]:
    """What a choice decides: the scenario's own plan, or a preset's on the scenario's edition.

    choice: "current" or the name of a preset; KeyError for any other
    """
    values = (
        scenario.values if choice == AS_SET else {**edition(scenario.edition).defaults, **PRESETS[choice].overrides}
    )
    return {key: values[key] for key in ASSUMPTIONS if key in DECIDED}


@dataclass(frozen=True, slots=True)
class Regret:
    """Choices against states.

    value_jpy_bn: value today of all that the scenario changes (choices, states) [JPY bn]
    """

    choices: tuple[str, ...]
    states: tuple[str, ...]
    value_jpy_bn: Points

    @property
    def regret_jpy_bn(self) -> Points:
        """What the best of these choices would have brought more in each state (choices, states) [JPY bn]."""
        return np.asarray(self.value_jpy_bn.max(axis=0) - self.value_jpy_bn)

    @property
    def worst_jpy_bn(self) -> Points:
        """The highest regret of each choice (choices,) [JPY bn]."""
        return np.asarray(self.regret_jpy_bn.max(axis=1))

    @property
    def safest(self) -> tuple[str, ...]:
        """The choices whose worst regret is least; several where they are alike."""
        least = float(self.worst_jpy_bn.min())
        return tuple(
            c for c, worst in zip(self.choices, self.worst_jpy_bn, strict=True) if np.isclose(worst, least, atol=1e-9)
        )


def regret(scenario: Scenario, choices: Sequence[str], states: Sequence[str], whose: str) -> Regret:
    """Every choice in every state of the world, in one call.

    choices: names of presets, or "current"; states: names of `STATES`; at least one of each
    whose: "both" or a company
    """
    worlds = [
        {**scenario.values, **plan_of(choice, scenario), **STATES[state].values}
        for choice in choices
        for state in states
    ]
    columns: dict[str, float | Points] = {key: np.array([world[key] for world in worlds]) for key in ASSUMPTIONS}
    found = project(fitting(columns), scenario.edition)
    value = sum(np.asarray(found.once_company["scenario_value_jpy_bn"][c]) for c in of_companies(whose))
    return Regret(tuple(choices), tuple(states), np.asarray(value).reshape(len(choices), len(states)))
