"""What the model says of an alliance: its cases, its effects by source, its net benefit and its value.

chance: `success_probability_share`; what is spent at a chance of 0 is spent either way, and what a chance
of 1 adds to that is earned only if the alliance delivers
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from model import delivery
from model.editions import COMPANIES, COMPANY_LABELS
from model.outputs import ALLIANCE_CHANNELS
from model.projection import Projection
from model.sweeps import sweep
from model.worlds import CERTAIN_SHARE, CHANCE, DONE, WORLDS
from model.worlds import FAILS as FAILED
from pages.kit.view import View, kept
from pages.kit.words import DUST, in_sentence, percent

Years = NDArray[np.float64]
"""Amounts of a projection: by year, by draw, or by both."""

YEARS_AFTER: Final = "terminal_yr"
TOGETHER: Final = "Together"
EVERYONE: Final = (*COMPANIES, TOGETHER)
DELIVERS: Final = WORLDS[DONE]
FAILS: Final = WORLDS[FAILED]

SOURCES_OF_BENEFIT: Final = {
    "Shared platforms": ("platform_effect_jpy_bn",),
    "Joint software": ("software_effect_jpy_bn",),
    "Cars earlier to market": ("earlier_sales_effect_jpy_bn",),
    "Canton trucks": (
        "freed_lines_effect_jpy_bn",
        "extra_trucks_effect_jpy_bn",
        "transfer_effect_jpy_bn",
        "planning_gap_effect_jpy_bn",
    ),
    "Tooling": ("tooling_effect_jpy_bn",),
    "Integration": ("integration_effect_jpy_bn",),
}
"""The model's alliance channels, grouped as people speak of them."""

COSTS: Final = ("Joint software", "Tooling", "Integration")


def is_planned(view: View) -> bool:
    """Whether the scenario has an alliance at all."""
    return delivery.is_planned(view.scenario)


def has_effect(view: View) -> bool:
    """Whether any of it falls within the five years, whether it delivers or fails."""
    three = outcomes(view)
    return any(
        bool(np.any(np.abs(np.asarray(three.company[c][name])) > DUST)) for c in COMPANIES for name in ALLIANCE_CHANNELS
    )


def scenario_case(view: View) -> str:
    """The scenario's own case in words."""
    own = WORLDS[view.scenario.world] if view.scenario.fixed else f"{percent(view.chance_share, 0)} chance"
    return f"This scenario ({in_sentence(own)})"


def cases(view: View) -> list[tuple[str, float]]:
    """Cases to tell apart and their chances [share]: the scenario's, weighted, done and failed, without repeats."""
    asked = view.asked_chance_share
    weighted = (f"Weighted ({percent(asked, 0)} chance)", asked)
    others = (weighted, (DELIVERS, CERTAIN_SHARE[DONE]), (FAILS, CERTAIN_SHARE[FAILED]))
    found = {view.chance_share: scenario_case(view)}
    for label, chance in others:
        found.setdefault(chance, label)
    return [(label, chance) for chance, label in found.items()]


@kept
def swept(view: View, key: str, *points: float) -> Projection:
    """The scenario with one assumption at each of the points, all else held."""
    return sweep(view.scenario, key, np.array(points))


def outcomes(view: View) -> Projection:
    """The scenario at its own chance, at 1 and at 0, in this order."""
    return swept(view, CHANCE, view.chance_share, 1.0, 0.0)


def of_source(projection: Projection, company: str, source: str) -> Years:
    """Effect of one source on operating profit [JPY bn] (5,) or (draws, 5)."""
    effects = [np.asarray(projection.company[company][name]) for name in SOURCES_OF_BENEFIT[source]]
    total: Years = np.sum(effects, axis=0)
    return total


def benefit(projection: Projection, company: str) -> Years:
    """The alliance's net benefit [JPY bn a year] (5,) or (draws, 5)."""
    return np.asarray(projection.company[company]["alliance_benefit_jpy_bn"], dtype=np.float64)


def value(projection: Projection, who: str) -> Years:
    """Value of the alliance today [JPY bn] of a company or of both together, () or (draws,)."""
    values = projection.once_company["alliance_npv_jpy_bn"]
    total: Years = np.sum([np.asarray(values[c]) for c in (COMPANIES if who == TOGETHER else (who,))], axis=0)
    return total


def name(who: str) -> str:
    """What a company, or both together, is called."""
    return COMPANY_LABELS.get(who, who)
