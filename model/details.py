"""What stands behind the outputs: rates by year, the plant at any output, the steps of a saving, and three checks.

Pages draw these beside the outputs. They are computed with the same formulas, for one scenario at a time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from data.facts import facts
from model.editions import COMPANIES, base_of, edition
from model.formulas import market as ma
from model.formulas import plant as pl
from model.formulas.units import MONTHS_PER_YEAR, USD_BN_PER_KVEH_USD
from model.links import Scenario
from model.measures import Measure, Points
from model.projection import Inputs, Projection, charged_rate, project, tariff_rates
from model.registry import ASSUMPTIONS, ESTIMATE
from model.sweeps import Ends

Assumptions = Mapping[str, float]
"""A scenario's assumptions by key, complete."""

RATES: Final = (
    "usmca_tariff_share",
    "japan_tariff_share",
    "parts_tariff_share",
    "japan_parts_tariff_share",
    "materials_tariff_share",
    "other_tariff_share",
    "msrp_offset_share",
)
"""Rates that are charged, by the assumption that sets them."""


def rates_by_year(values: Assumptions, edition_name: str) -> dict[str, Points]:
    """Each rate by fiscal year as it reaches cost, everything included [share], (5,)."""
    world = edition(edition_name)
    inputs = Inputs(world.facts, world.defaults, dict(values))
    found = {key: charged_rate(inputs, key) for key in RATES}
    found["other_tariff_share"] = tariff_rates(inputs).other  # the surcharge of the first year is part of it
    shape = (len(world.years),)
    return {key: np.broadcast_to(np.asarray(rate, dtype=np.float64), shape) for key, rate in found.items()}


# ---------------------------------------------------------------------- Canton


@dataclass(frozen=True, slots=True)
class FixedCost:
    """Canton's fixed cost as the break-even rule implies it.

    break_even_kveh: output at break-even [thousand a year]; fixed_usd_bn: fixed cost [USD bn a year]
    """

    break_even_kveh: float
    fixed_usd_bn: float

    def per_vehicle_usd(self, output_kveh: Points) -> Points:
        """Average fixed cost at an output [USD per vehicle]; output_kveh: thousand a year, above zero."""
        return np.asarray(pl.fixed_cost_usd_per_vehicle(self.fixed_usd_bn, output_kveh))


def canton_fixed_cost(projection: Projection) -> FixedCost:
    """The fixed cost of the plant and its break-even, of one scenario."""
    once = projection.once
    return FixedCost(float(once["canton_break_even_kveh"]), float(once["canton_fixed_cost_usd_bn"]))


@dataclass(frozen=True, slots=True)
class NewPlant:
    """A new plant instead of Canton: its cost, and what is left of that after tooling at Canton [USD bn, once]."""

    plant_usd_bn: float
    avoided_usd_bn: float


def new_plant(trucks_kveh: float, unit_usd: float, tooling_usd_bn: float) -> NewPlant:
    """A plant for so many trucks a year.

    unit_usd: its cost per car of yearly capacity [USD]; tooling_usd_bn: tooling and launch at Canton [USD bn]
    """
    costs, avoided = (float(pl.capex_avoided_usd_bn(trucks_kveh, unit_usd, t)) for t in (0.0, tooling_usd_bn))
    return NewPlant(costs, avoided)


def unit_cost_usd(cost_usd_bn: float, capacity_kveh: float) -> float:
    """Cost of a plant per car of its yearly capacity [USD]."""
    return cost_usd_bn / (capacity_kveh * USD_BN_PER_KVEH_USD)


CLASS_LIMIT_SHARE: Final = 0.12
"""Part of the midsize class above which Honda's trucks are warned about. A judgement: Honda has 8 % today."""

_MONTHS_OF_FACT: Final = 9.0  # `midsize_9m_2025` counts January to September


def midsize_class_kveh() -> float:
    """Midsize pickups sold in the US in a year [thousand]: nine months of 2025, carried to twelve."""
    return facts()["midsize_9m_2025"].number * MONTHS_PER_YEAR / _MONTHS_OF_FACT


def class_share(values: Assumptions, edition_name: str) -> float:
    """Part of the midsize class that Honda would hold at full rate, if delivered [share]; the class does not grow."""
    ridgelines, trucks = edition(edition_name).facts["ridgeline_sales_kveh"], values["canton_honda_trucks_kveh"]
    replaced = pl.ridgelines_replaced_kveh(trucks, values["ridgeline_replaced_share"], ridgelines)
    return float(ridgelines - replaced + trucks) / midsize_class_kveh()


# ---------------------------------------------------------------------- joint software


@dataclass(frozen=True, slots=True)
class SoftwareStep:
    """A factor of the software saving, and what each company's amount is after it [JPY bn a year].

    name: key of the assumption, or "progress"; factor: share of 1
    """

    name: str
    factor: float
    amount_jpy_bn: Mapping[str, float]


def software_steps(values: Assumptions, projection: Projection, year: int) -> tuple[SoftwareStep, ...]:
    """The software saving, factor by factor, in a year of the horizon: 0 to 4; projection: of these assumptions."""
    v = values
    progress = ma.ramp_share(float(year), v["software_start_yr"], v["alliance_delay_yr"], v["software_ramp_yr"])
    factors = {
        "software_rd_share": ("software_rd_jpy_bn", v["software_rd_share"]),
        "software_overlap_share": ("software_shared_jpy_bn", v["software_overlap_share"]),
        "software_saving_share": ("software_saved_at_full_rate_jpy_bn", v["software_saving_share"]),
        "progress": ("software_saved_so_far_jpy_bn", float(np.asarray(progress))),
        "success_probability_share": ("software_saving_jpy_bn", v["success_probability_share"]),
    }
    return tuple(
        SoftwareStep(name, factor, {c: float(np.asarray(projection.company[c][output])[year]) for c in COMPANIES})
        for name, (output, factor) in factors.items()
    )


# ---------------------------------------------------------------------- checks that a reader is told of

AGREES_WITHIN: Final = 0.25
"""How far a contribution may lie from what the elasticity implies, as a part of that."""


@dataclass(frozen=True, slots=True)
class Lerner:
    """Contribution per car beside what a company's own elasticity implies (A. P. Lerner, 1934).

    A company that sets its price well earns 1 / elasticity of it on a car.
    share, implied_share: contribution over the price as assumed, and as implied; infinite where no sale is ever lost
    implied_usd: the contribution implied [USD per vehicle]
    """

    share: float
    implied_share: float
    implied_usd: float

    @property
    def agrees(self) -> bool:
        """Whether the two lie within a quarter of each other."""
        return abs(self.share - self.implied_share) <= AGREES_WITHIN * self.implied_share < np.inf


def lerner(values: Assumptions, company: str) -> Lerner:
    """Contribution and own elasticity of a company, one beside the other."""
    price, elasticity = values[f"{company}_price_usd"], abs(values["own_elasticity"])
    implied = 1.0 / elasticity if elasticity > 0.0 else np.inf
    return Lerner(values[f"{company}_contribution_usd"] / price, implied, implied * price)


@dataclass(frozen=True, slots=True)
class Ended:
    """One-off losses inside a company's guidance that end with the guided year [JPY bn]; kind: of the figure."""

    company: str
    amount_jpy_bn: float
    kind: str


def one_offs(scenario: Scenario) -> tuple[Ended, ...]:
    """What makes the reference rise after the guided year: companies whose edition or scenario counts one-offs."""
    world, found = edition(scenario.edition), []
    for company in COMPANIES:
        key = f"{company}_one_off_jpy_bn"
        amount, default = scenario.values[key], world.defaults[key]
        if amount != 0.0 or default != 0.0:
            found.append(Ended(company, amount, world.source_of(key)[1] if amount == default else ""))
    return tuple(found)


SPOT: Final = "usdjpy_mid26"
"""The fact that holds the market's exchange rate."""


@dataclass(frozen=True, slots=True)
class AtSpot:
    """Operating profit with both companies at the market's exchange rate.

    rate_jpy_per_usd: that rate; change_jpy_bn: profit there less profit in the scenario, by company and year (5,)
    """

    rate_jpy_per_usd: float
    change_jpy_bn: Mapping[str, Points]


def at_spot(scenario: Scenario, projection: Projection) -> AtSpot | None:
    """What the market's exchange rate moves; nothing where the edition is older than that rate, or both are at it.

    projection: of the scenario
    """
    fact = facts()[SPOT]
    if base_of(scenario.edition) < fact.as_of:
        return None
    spot = {"jpy_per_usd": fact.number, "nissan_jpy_gap": 0.0}
    if all(scenario.values[key] == value for key, value in spot.items()):
        return None
    there, name = project({**scenario.values, **spot}, scenario.edition), "operating_profit_jpy_bn"
    change = {c: np.asarray(there.company[c][name]) - np.asarray(projection.company[c][name]) for c in COMPANIES}
    return AtSpot(fact.number, change)


def alliance_reach_jpy_bn(ends: Ends, company: str, year: int) -> float:
    """How far the farthest reaching lever of the alliance moves a company's profit over its plausible range [JPY bn].

    Levers are what is planned together: at Canton and in the alliance, estimates left out. year: 0 to 4
    """
    levers = {key for key, a in ASSUMPTIONS.items() if a.group in ("plant", "alliance") and a.role != ESTIMATE}
    found = ends.swings(Measure("operating_profit_jpy_bn", company, year))
    return max(swing.reach for swing in found if swing.key in levers)
