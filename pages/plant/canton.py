"""Canton in a view: its trucks, its chance and what it adds to profit."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from model import sweeps
from model.editions import COMPANIES, edition
from model.measures import Points
from model.projection import Projection
from pages.kit.another import line_of, shown_in, view_of_line
from pages.kit.results import Known, result_name, value_of
from pages.kit.view import View, kept

GAP: Final = "Planning rates differ"
CAUSES: Final = {
    "extra_trucks_effect_jpy_bn": "Extra trucks",
    "transfer_effect_jpy_bn": "Pays Nissan",
    "planning_gap_effect_jpy_bn": GAP,
    "freed_lines_effect_jpy_bn": "Freed lines",
    "tooling_effect_jpy_bn": "Tooling",
}
"""Channels at Canton as Honda has them; Nissan has what Honda pays it, and what that is worth at its own rate."""
FIRST_TRUCK_KVEH: Final = 1.0  # without a truck there is no tooling either
TOLERANCE_KVEH: Final = 1e-6


def plant_at_year(view: View, name: str) -> tuple[float, float]:
    """Scenario and reference value of an output of the plant in the year in focus."""
    return tuple(float(np.asarray(p.plant[name])[view.year]) for p in (view.projection, view.reference))  # type: ignore[return-value]


def standing(view: View, name: str) -> tuple[float, float]:
    """As `plant_at_year`, without the trucks where the alliance has no chance to deliver them."""
    return value_of(_stands(view)[0].projection, name, "", view.year), plant_at_year(view, name)[1]


@kept
def _stands(view: View) -> tuple[View, str]:
    """The scenario without the trucks where they never come, else as it is; and its line, empty where it is itself."""
    if view.chance_share > 0.0 or contract_kveh(view) == 0.0:
        return view, ""
    without = replace(view.scenario, asked={**view.scenario.asked, sweeps.TRUCKS: 0.0})
    line = line_of(without, view.year_label, "Without the trucks")
    return view_of_line(line, view), line


def cards_from(view: View) -> list[Known]:
    """What the page's first numbers are: use, distance to break-even, then gains, or cost a car without trucks."""
    stands, line = _stands(view)
    known: list[Known] = [
        shown_in(stands, (name,), line) for name in ("plant_utilisation_share", "plant_break_even_gap_kveh")
    ]
    if has_trucks(view):
        return [*known, *(shown_in(view, tuple(result_name(name, k) for name in CAUSES)) for k in COMPANIES)]
    return [*known, shown_in(view, ("plant_fixed_cost_usd_per_vehicle",))]


def contract_kveh(view: View) -> float:
    """Trucks for Honda at full rate [thousand a year]."""
    return view.scenario.values[sweeps.TRUCKS]


def has_trucks(view: View) -> bool:
    """Whether trucks are planned in the year in focus."""
    return plant_at_year(view, "plant_trucks_kveh")[0] > TOLERANCE_KVEH


def first_truck_label(view: View) -> str | None:
    """The fiscal year of the first truck, or None where none comes within the horizon."""
    trucks = np.asarray(view.projection.plant["plant_trucks_kveh"])
    built = [label for label, cars in zip(view.projection.years, trucks, strict=True) if cars > TOLERANCE_KVEH]
    return built[0] if built else None


def has_freed_lines(view: View) -> bool:
    """Whether freed Honda lines build imported cars in the year in focus, with any chance at all."""
    replaced, _ = plant_at_year(view, "plant_replaced_kveh")
    used = view.scenario.values["freed_line_use_share"] * view.chance_share
    return replaced * used > TOLERANCE_KVEH


def ridgeline_kveh(view: View) -> float:
    """Ridgelines sold in the US a year, as the edition holds them [thousand]."""
    return edition(view.scenario.edition).facts["ridgeline_sales_kveh"]


def markup_by_year(view: View, projection: Projection) -> Points:
    """What Honda pays for a truck above its variable cost [USD per vehicle] (..., 5).

    projection: of the view's scenario, or of a sweep of it that leaves the variable cost as it is
    """
    price: Points = np.asarray(projection.plant["plant_transfer_price_usd"])
    return price - view.scenario.values["truck_cost_usd"]


def markup_usd(view: View) -> float:
    """What Honda pays for a truck above its variable cost in the year in focus [USD per vehicle]."""
    return float(markup_by_year(view, view.projection)[view.year])


def gain_by_year(projection: Projection, company: str) -> Points:
    """What Canton adds to a company's operating profit [JPY bn a year], in expectation (..., 5)."""
    outputs = projection.company[company]
    total: Points = np.sum([np.asarray(outputs[name]) for name in CAUSES], axis=0)
    return total


def gains(view: View) -> dict[str, float]:
    """What Canton adds to the operating profit of each company in the year in focus [JPY bn]."""
    return gains_in(view.projection, view.year)


def gain_of(company: str) -> Callable[[View], float]:
    """What tells the gain of a company in a scenario, as in `gains`."""
    return lambda view: gains(view)[company]


def gains_in(projection: Projection, year: int) -> dict[str, float]:
    """What Canton adds to the operating profit of each company in a year [JPY bn]; year: 0 to 4."""
    return {company: float(gain_by_year(projection, company)[year]) for company in COMPANIES}
