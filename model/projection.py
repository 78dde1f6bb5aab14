"""From a scenario to every output: both companies, five fiscal years, the plant, the alliance.

How time and units work: years are the last axis, counted from 0 in the first fiscal year. Assumptions
are floats, or arrays of shape (draws,) to compute many scenarios in one call; every output then has
the shape (draws, 5). Money is JPY bn, cars are thousands a year, shares are fractions.

The reference has the edition's policies, choices and world with the scenario's own estimates. A scenario's
operating profit is the reference's plus the scenario's channels; in the guided year the reference is the published
guidance, whatever is estimated.

After the horizon the alliance goes on for some years: what it brings at full rate, at the trade of the last year,
times the progress of each programme.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache, partial
from types import EllipsisType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from model.blocks import blocks
from model.editions import COMPANIES, COMPANY_LABELS, EDITION_FACTS, HORIZON_YEARS, MOST_KEPT, Edition, edition
from model.formulas import alliance as al
from model.formulas import finance as fi
from model.formulas import market as ma
from model.formulas import plant as pl
from model.formulas import tariffs as ta
from model.outputs import ALLIANCE_CHANNELS, CHANNELS
from model.registry import ASSUMPTIONS, ESTIMATE
from model.tracing import Value, heading, labelled, named, plain, traces_all

YEAR_INDEX: Final = np.arange(HORIZON_YEARS, dtype=np.float64)
LAST_YEAR: Final = np.where(YEAR_INDEX == HORIZON_YEARS - 1, 1.0, 0.0)
LONG_INDEX: Final = np.arange(HORIZON_YEARS + ASSUMPTIONS["terminal_yr"].maximum)
LATER: Final = np.where(LONG_INDEX >= HORIZON_YEARS, 1.0, 0.0)

OFFSET: Final = "msrp_offset_share"
AT_ONCE: Final = frozenset({OFFSET, "other_tariff_share"})
"""What does not wait for "Months until your rates on cars, parts and metals apply".

The offset has been proclaimed through 2030, and the rate on other products is the average of a year.
"""

ESTIMATES: Final = frozenset(key for key, a in ASSUMPTIONS.items() if a.role == ESTIMATE)

Values = Mapping[str, Value]

_RATES: Final = "Rates as they reach cost"
_PROGRESS: Final = "Progress of the programmes"
AFTER: Final = "Years after the horizon"
_CANTON: Final = "Canton"
_CANTON_FULL: Final = "Canton at full rate"
_TRADE: Final = {company: f"{name}: cars, duty and prices" for company, name in COMPANY_LABELS.items()}
_FREED: Final = "Honda: the same with lines that trucks free"
_FREED_FULL: Final = "Honda: the same with lines that trucks free, at full rate"
_CHANNELS_OF: Final = {company: f"{name}: effects on profit" for company, name in COMPANY_LABELS.items()}
_PROFIT_OF: Final = {company: f"{name}: profit" for company, name in COMPANY_LABELS.items()}
_VALUE_OF: Final = {company: f"{name}: value today" for company, name in COMPANY_LABELS.items()}
SECTIONS: Final = (
    _RATES,
    *_TRADE.values(),
    _PROGRESS,
    _CANTON,
    _FREED,
    *_CHANNELS_OF.values(),
    *_PROFIT_OF.values(),
    _CANTON_FULL,
    _FREED_FULL,
    *_VALUE_OF.values(),
    AFTER,
)
"""Sections of the model where it is written down, in the order in which they are read; see `model.tracing.heading`."""

_BEFORE_DEMAND: Final = ", before demand reacts"
_ALONE: Final = ", without freed lines"
_WITH_FREED: Final = ", with freed lines"


class CapacityError(ValueError):
    """More cars asked of Canton than it can build; names the limit."""

    def __init__(self, asked_kveh: float, capacity_kveh: float, room_kveh: float) -> None:
        self.room_kveh = max(room_kveh, 0.0)
        super().__init__(
            f"Canton would build {asked_kveh:g} thousand cars a year, its capacity is {capacity_kveh:g} thousand: "
            f"there is room for {self.room_kveh:g} thousand trucks for Honda"
        )


@dataclass(frozen=True, slots=True)
class Projection:
    """All outputs of one scenario, or of many at once.

    years: labels of the five fiscal years
    company: outputs per company and year, {"honda": {name: (5,) or (draws, 5)}, "nissan": ...}
    plant: outputs of the plant per year, {name: (5,) or (draws, 5)}
    once: single outputs, {name: float or (draws,)}
    once_company: single outputs per company, {name: {"honda": float or (draws,), ...}}
    """

    years: tuple[str, ...]
    company: Mapping[str, Mapping[str, Value]]
    plant: Mapping[str, Value]
    once: Mapping[str, Value]
    once_company: Mapping[str, Mapping[str, Value]]


def _by_year(value: Value) -> Value:
    """An array over draws gets a year axis; a float stays as it is."""
    return value[:, np.newaxis] if isinstance(value, np.ndarray) else value


def check_capacity(values: Values) -> None:
    """Raise CapacityError where Nissan's own cars and Honda's trucks exceed Canton's capacity.

    Of many scenarios, the one that exceeds it most is named.
    """
    trucks, capacity, base = np.broadcast_arrays(
        *(np.asarray(values[f"canton_{name}_kveh"]) for name in ("honda_trucks", "capacity", "base"))
    )
    room = capacity - base
    over = trucks - room
    if np.any(over > np.spacing(capacity)):  # a plant filled exactly may exceed its capacity by rounding
        worst = int(np.argmax(over))
        asked = base.flat[worst] + trucks.flat[worst]
        raise CapacityError(float(asked), float(capacity.flat[worst]), float(room.flat[worst]))


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that a projection starts from: numbers, or `Node`s of numbers when it is to be explained.

    facts, defaults: of the edition, by name; values: the scenario's assumptions, complete
    year_index: 0 to 4; last_year: 1 in the last year, else 0; both (5,) or (draws, 5)
    long_index: 0 to 24, the years after the horizon included; later: 1 after the horizon, else 0; both (25,)
    horizon_yr: years of the horizon
    """

    facts: Values
    defaults: Values
    values: Values
    year_index: Value = field(default_factory=lambda: YEAR_INDEX)
    last_year: Value = field(default_factory=lambda: LAST_YEAR)
    long_index: Value = field(default_factory=lambda: LONG_INDEX)
    later: Value = field(default_factory=lambda: LATER)
    horizon_yr: Value = float(HORIZON_YEARS)


def complete_values(values: Values, world: Edition) -> dict[str, Value]:
    """The scenario's assumptions with the edition's defaults for those left out.

    Raises KeyError for an unknown key, CapacityError where Canton would overflow.
    """
    unknown = values.keys() - ASSUMPTIONS.keys()
    if unknown:
        raise KeyError(f"unknown assumption {sorted(unknown)[0]}")
    complete: dict[str, Value] = {**world.defaults, **values}
    check_capacity(complete)
    return complete


def project(values: Values, edition_name: str) -> Projection:
    """Every output of a scenario.

    values: assumptions by key, floats or arrays (draws,); those left out take the edition's default
    edition_name: the edition whose facts and defaults hold
    Raises KeyError for an unknown key or edition, CapacityError where Canton would overflow.
    """
    world = edition(edition_name)
    complete = complete_values(values, world)
    draws = np.broadcast_shapes(*(v.shape for v in complete.values() if isinstance(v, np.ndarray)))
    outputs = _Outputs(draws)
    if not draws:
        outputs.take(..., _computed(complete, world, draws))
        return outputs.projection(world.years)
    whole = {key: np.broadcast_to(v, draws) if isinstance(v, np.ndarray) else v for key, v in complete.items()}
    for block in blocks(*draws):
        some = {key: v[block] if isinstance(v, np.ndarray) else v for key, v in whole.items()}
        outputs.take(block, _computed(some, world, (block.stop - block.start,)))
    return outputs.projection(world.years)


def _computed(complete: Values, world: Edition, draws: tuple[int, ...]) -> "Computed":
    """Every output of complete assumptions; draws: () for one scenario, (draws,) for few enough at once."""
    scenario = {key: _by_year(value) for key, value in complete.items()}
    years = _years_that_count(complete)
    # Fortran order: numpy then runs along the many draws, not along the few years.
    axes = (
        np.asfortranarray(np.broadcast_to(axis, (*draws, len(axis))))
        for axis in (YEAR_INDEX, LAST_YEAR, LONG_INDEX[:years], LATER[:years])
    )
    inputs = Inputs(world.facts, world.defaults, scenario, *axes)
    moved = any(isinstance(complete[key], np.ndarray) or complete[key] != world.defaults[key] for key in ESTIMATES)
    base = reference_trades(inputs) if moved else _reference_trades(world.name)
    return compute(inputs, base)


def _years_that_count(values: Values) -> int:
    """Years after which nothing is earned and nothing written off any more, the horizon at least."""
    goes_on = HORIZON_YEARS + np.asarray(values["terminal_yr"])
    written_off = np.asarray(values["canton_start_yr"]) + values["alliance_delay_yr"] + values["tooling_life_yr"]
    return int(np.ceil(max(goes_on.max(), written_off.max(), HORIZON_YEARS)))


@lru_cache(maxsize=MOST_KEPT)
def reference(edition_name: str) -> Projection:
    """The projection of an edition with nothing moved."""
    return project({}, edition_name)


def reference_values(values: Mapping[str, float], edition_name: str) -> dict[str, float]:
    """The assumptions of a scenario's reference: the edition's, with the scenario's own estimates.

    values: assumptions by key; those left out take the edition's default
    """
    return {**edition(edition_name).defaults, **{key: value for key, value in values.items() if key in ESTIMATES}}


def reference_of(values: Mapping[str, float], edition_name: str) -> Projection:
    """The projection of a scenario's reference."""
    defaults = edition(edition_name).defaults
    own = reference_values(values, edition_name)
    return reference(edition_name) if own == defaults else project(own, edition_name)


def reference_trades(inputs: Inputs) -> dict[str, "Trade"]:
    """The trade of both companies in the reference: the edition's policies, choices and world, their own estimates."""
    own = replace(inputs, values={**inputs.defaults, **{key: inputs.values[key] for key in ESTIMATES}})
    heading(_RATES)
    rates = _standing_rates(own)
    trades = {}
    for company in COMPANIES:
        heading(_TRADE[company])
        trades[company] = trade(own, rates, company)
    return trades


@lru_cache(maxsize=MOST_KEPT)
def _reference_trades(edition_name: str) -> dict[str, "Trade"]:
    world = edition(edition_name)
    return reference_trades(Inputs(world.facts, world.defaults, world.defaults))


@dataclass(frozen=True, slots=True)
class Trade:
    """Duty, price and volume of one company; money in JPY bn, cars in thousands a year."""

    usmca: Value
    japan: Value
    parts: Value
    materials: Value
    other: Value
    gross: Value
    measures: Value
    kept: Value
    net: Value
    pass_through: Value
    lost: Value
    move_cost: Value
    demand_share: Value
    price_rise_usd: Value
    sold_kveh: Value
    usmca_kveh: Value
    japan_kveh: Value
    output_kveh: Value
    moved_kveh: Value
    unplaced_kveh: Value
    us_revenue: Value
    before_offset_usd_bn: Value
    offset_used_usd_bn: Value
    parts_usd_per_vehicle: Value


def _nissan_free_kveh(inputs: Inputs) -> Value:
    """Free capacity of Nissan's US plants beside what Honda's trucks take [thousand a year]."""
    other, canton = inputs.facts["nissan_other_us_capacity_kveh"], inputs.values["canton_capacity_kveh"]
    capacity = labelled("Nissan's US capacity", ma.total_kveh(other, canton))
    trucks = inputs.values["canton_honda_trucks_kveh"]
    free = ma.free_capacity_kveh(capacity, inputs.facts["nissan_us_output_kveh"], trucks)
    return labelled("Free places in Nissan's US plants", free)


def _exchange_rate(inputs: Inputs, company: str) -> Value:
    v = inputs.values
    if company == "honda":
        return v["jpy_per_usd"]
    return fi.planning_rate_jpy_per_usd(v["jpy_per_usd"], v["nissan_jpy_gap"])


def _own_keys(keys: Iterable[str]) -> dict[str, tuple[tuple[str, str], ...]]:
    """By company, names without the company and the keys that are its own."""
    return {
        company: tuple((key.removeprefix(f"{company}_"), key) for key in keys if key.startswith(f"{company}_"))
        for company in COMPANIES
    }


_OWN_FACTS: Final = _own_keys(EDITION_FACTS)
_OWN_ASSUMPTIONS: Final = _own_keys(ASSUMPTIONS)


def _own_facts(inputs: Inputs, company: str) -> Values:
    """A company's own facts by their name without the company."""
    return {name: inputs.facts[key] for name, key in _OWN_FACTS[company]}


def _own_values(inputs: Inputs, company: str) -> Values:
    """A company's own assumptions by their name without the company."""
    return {name: inputs.values[key] for name, key in _OWN_ASSUMPTIONS[company]}


@dataclass(frozen=True, slots=True)
class Rates:
    """What the US charges in each fiscal year, as it reaches cost [share]; the same for both companies.

    japan: on cars, beyond the ordinary duty
    deduction, parts_rule: how far US content may be deducted, and how far USMCA parts stay exempt
    other: on other products, the surcharge of the first year included
    moving: progress of cars that are moved into US plants
    """

    usmca: Value
    deduction: Value
    japan: Value
    parts: Value
    japan_parts: Value
    parts_rule: Value
    materials: Value
    offset: Value
    other: Value
    moving: Value


def tariff_rates(inputs: Inputs) -> Rates:
    """The rates of each fiscal year: the edition's until the scenario's apply and have reached cost."""
    return _rates(inputs, partial(charged_rate, inputs))


def charged_rate(inputs: Inputs, key: str) -> Value:
    """What is charged in each fiscal year by a rate or rule, as it reaches cost [share].

    key: the assumption that sets it, one of those `Rates` is made of
    """
    v = inputs.values
    # The offset is earned as cars are built, whatever stands in stock.
    lag = 0.0 if key == OFFSET else v["stock_months"]
    start = 0.0 if key in AT_ONCE else v["tariff_start_months"]
    rate = ta.yearly_rate_share(inputs.defaults[key], v[key], start, lag, inputs.year_index)
    return labelled(ASSUMPTIONS[key].label, rate)


def _standing_rates(inputs: Inputs) -> Rates:
    """The edition's own rates, which do not change."""
    return _rates(inputs, lambda key: inputs.defaults[key])


def _rates(inputs: Inputs, rate_of: Callable[[str], Value]) -> Rates:
    f, v = inputs.facts, inputs.values
    other = rate_of("other_tariff_share")
    if not _is_zero(v["other_surcharged_share"]):
        other = ta.other_rate_share(
            other, f["surcharge_share"], f["surcharge_months"], v["other_surcharged_share"], inputs.year_index
        )
        other = labelled("Rate on other products, surcharge included", other)
    moving: Value = 0.0
    if not all(_is_zero(v[f"{company}_reshoring_share"]) for company in COMPANIES):
        moving = labelled("Progress of cars moved", ma.ramp_share(inputs.year_index, v["reshoring_start_yr"], 0.0, 1.0))
    return Rates(
        usmca=rate_of("usmca_tariff_share"),
        deduction=rate_of("usmca_deduction_share"),
        japan=ta.added_rate_share(rate_of("japan_tariff_share"), f["ordinary_car_duty_share"]),
        parts=rate_of("parts_tariff_share"),
        japan_parts=rate_of("japan_parts_tariff_share"),
        parts_rule=rate_of("usmca_parts_rule_share"),
        materials=rate_of("materials_tariff_share"),
        offset=rate_of(OFFSET),
        other=other,
        moving=moving,
    )


def trade(inputs: Inputs, rates: Rates, company: str, freed_kveh: Value = 0.0, replaced_kveh: Value = 0.0) -> Trade:
    """Duty, price and volume of one company.

    freed_kveh: imports that its freed US lines build instead [thousand a year]
    replaced_kveh: cars that those lines no longer build, before demand reacts [thousand a year]; their parts
        pay duty as before, at the plant that builds them now
    """
    v, honda, fx = inputs.values, company == "honda", _exchange_rate(inputs, company)
    fact, own = _own_facts(inputs, company), _own_values(inputs, company)
    usmca_value, japan_value = _customs_values(own, company)

    # Where the cars are built
    usmca_base, japan_base, sales = fact["usmca_imports_kveh"], fact["japan_imports_kveh"], fact["us_sales_kveh"]
    wanted = ma.wanted_move_kveh(usmca_base, japan_base, own["reshoring_share"], rates.moving)
    wanted = labelled("Imports to move to US plants", wanted)
    if honda:
        free = ma.free_capacity_kveh(fact["other_us_capacity_kveh"], fact["us_output_kveh"], 0.0)
        free = labelled("Free places in Honda's US plants", free)
    else:
        free = _nissan_free_kveh(inputs)
    moved = labelled("Imports moved to US plants", ma.moved_kveh(wanted, free))
    usmca = ma.remaining_imports_kveh(usmca_base, usmca_base, japan_base, moved)
    usmca = labelled("Cars from Canada and Mexico after the move", usmca)
    japan = ma.remaining_imports_kveh(japan_base, usmca_base, japan_base, moved)
    japan = labelled("Cars from Japan after the move", japan)
    swapped = labelled("Imports built on freed lines", ma.replaced_imports_kveh(usmca, freed_kveh))
    usmca = labelled("Cars from Canada and Mexico that freed lines leave", ma.less_kveh(usmca, swapped))
    brought_home = labelled("Imports that US plants build", ma.total_kveh(moved, swapped))
    us_built = ma.total_kveh(ma.us_built_sales_kveh(sales, usmca_base, japan_base), brought_home)
    us_built = labelled("US-built cars sold, after the move", us_built)
    us_output = labelled("US output after the move", ma.total_kveh(fact["us_output_kveh"], brought_home))

    # What is charged on them
    dutiable = ta.usmca_dutiable_share(own["us_content_share"], rates.deduction)
    parts_rate = ta.parts_rate_share(
        v["parts_materials_share"],
        v["parts_exempt_share"],
        rates.parts_rule,
        own["parts_japan_share"],
        rates.japan_parts,
        rates.parts,
    )
    parts_rate = labelled("Rate on parts, over parts and materials", parts_rate)
    materials_rate = ta.materials_rate_share(v["parts_materials_share"], rates.materials)
    materials_rate = labelled("Rate on steel and aluminium, over parts and materials", materials_rate)
    other_usd: Value = 0.0
    if honda:
        other_usd = labelled("Duty on other products", ta.duty_on_value_usd_bn(own["other_usd_bn"], rates.other))

    def duties(demand: Value, when: str = "") -> _Duties:
        output = labelled("US output", ma.us_output_after_demand_kveh(us_output, us_built, demand), when)
        parts_value = ta.parts_value_usd_bn(own["parts_usd_bn"], output, fact["us_output_kveh"])
        parts_value = labelled("Parts and materials imported", parts_value, when)
        before_offset = ta.duty_on_value_usd_bn(parts_value, parts_rate)
        before_offset = labelled("Duty on parts before the offset", before_offset, when)
        earned = labelled("Offset earned", ta.msrp_offset_usd_bn(rates.offset, own["price_usd"], output), when)
        offset = labelled("Offset used", ta.offset_used_usd_bn(before_offset, earned), when)
        from_usmca = labelled("Cars from Canada and Mexico", ma.sold_kveh(usmca, demand), when)
        from_japan = labelled("Cars from Japan", ma.sold_kveh(japan, demand), when)
        usmca_duty = ta.vehicle_duty_usd_bn(from_usmca, usmca_value, dutiable, rates.usmca)
        japan_duty = ta.vehicle_duty_usd_bn(from_japan, japan_value, 1.0, rates.japan)
        lines = (
            labelled("Duty on cars from Canada and Mexico", usmca_duty, when),
            labelled("Duty on cars from Japan", japan_duty, when),
            labelled("Duty on parts after the offset", ta.parts_duty_usd_bn(before_offset, offset), when),
            labelled("Duty on steel and aluminium", ta.duty_on_value_usd_bn(parts_value, materials_rate), when),
        )
        gross = labelled("Gross duty", ta.gross_duty_usd_bn(*lines, other_usd), when)
        measures = ta.own_measures_usd_bn(gross, own["own_measures_jpy_bn"], fx)
        measures = labelled("Recovered by own measures", measures, when)
        kept = labelled("Part of gross duty that remains", ta.kept_share(gross, measures), when)
        return _Duties(*lines, before_offset, offset, output, gross, measures, kept)

    # The price is set on the duty before demand reacts; the duty is then paid on the cars that remain.
    paid = duties(1.0, _BEFORE_DEMAND)
    demand: Value = 1.0
    price_rise: Value = 0.0
    if not _is_zero(v["pass_through_share"]):
        price_rise, demand = _passed_on(inputs, paid, sales, own["price_usd"])
        paid = duties(demand)
    sold = labelled("Cars sold in the US", ma.sold_kveh(sales, demand))
    gross = ta.jpy_bn(paid.gross, fx)
    return Trade(
        usmca=ta.jpy_bn(paid.usmca, fx),
        japan=ta.jpy_bn(paid.japan, fx),
        parts=ta.jpy_bn(paid.parts, fx),
        materials=ta.jpy_bn(paid.materials, fx),
        other=ta.jpy_bn(other_usd, fx),
        gross=gross,
        measures=ta.jpy_bn(paid.measures, fx),
        kept=paid.kept,
        net=labelled("Net duty", ta.net_duty_jpy_bn(gross, paid.kept)),
        pass_through=ta.jpy_bn(ma.pass_through_usd_bn(price_rise, sold), fx),
        lost=ta.jpy_bn(ma.lost_contribution_usd_bn(sales, sold, own["contribution_usd"]), fx),
        move_cost=ta.jpy_bn(
            ma.move_cost_usd_bn(
                brought_home, demand, v["reshoring_penalty_usd"], v["reshoring_tooling_usd"], v["tooling_life_yr"]
            ),
            fx,
        ),
        demand_share=demand,
        price_rise_usd=price_rise,
        sold_kveh=sold,
        usmca_kveh=ma.sold_kveh(usmca, demand),
        japan_kveh=ma.sold_kveh(japan, demand),
        output_kveh=labelled(
            "US output that freed lines leave",
            ma.less_kveh(paid.output_kveh, labelled("Ridgelines no longer built", ma.sold_kveh(replaced_kveh, demand))),
        ),
        moved_kveh=moved,
        unplaced_kveh=ma.unplaced_kveh(wanted, moved),
        us_revenue=ta.jpy_bn(ma.us_car_revenue_usd_bn(sold, own["price_usd"], price_rise), fx),
        before_offset_usd_bn=paid.parts_before_offset,
        offset_used_usd_bn=paid.offset_used,
        parts_usd_per_vehicle=ta.parts_duty_per_vehicle_usd(paid.parts, paid.materials, paid.output_kveh),
    )


def _passed_on(inputs: Inputs, planned: "_Duties", sales: Value, price_usd: Value) -> tuple[Value, Value]:
    """Price rise [USD per vehicle] and demand that remains [share] where part of the planned duty is passed on."""
    v = inputs.values
    to_pass_on = ta.duty_in_car_prices_usd_bn(
        planned.usmca, planned.japan, planned.parts, planned.materials, planned.kept
    )
    to_pass_on = labelled("Net duty that car prices can carry", to_pass_on)
    rise = ma.price_rise_usd(v["pass_through_share"], to_pass_on, sales)
    elasticity = ma.effective_elasticity(v["own_elasticity"], v["market_elasticity"], v["rivals_follow_share"])
    elasticity = labelled("Answer of sales to the price", elasticity)
    return rise, labelled("Demand that remains", ma.demand_share(rise, price_usd, elasticity))


def _is_zero(value: Value) -> bool:
    return isinstance(value, float) and value == 0.0


@dataclass(frozen=True, slots=True)
class _Duties:
    """Duty of one company at one level of demand [USD bn a year]; cars in thousands a year, shares of 1."""

    usmca: Value
    japan: Value
    parts: Value
    materials: Value
    parts_before_offset: Value
    offset_used: Value
    output_kveh: Value
    gross: Value
    measures: Value
    kept: Value


@dataclass(frozen=True, slots=True)
class Computed:
    """Outputs by scope before they are brought to one shape; see `Projection`."""

    company: dict[str, dict[str, Value]]
    plant: dict[str, Value]
    once: dict[str, Value]
    once_company: dict[str, dict[str, Value]]


@dataclass(frozen=True, slots=True)
class _Trucks:
    """Trucks for Honda, in expectation unless said otherwise [thousand a year], and what Honda pays for one.

    planned: if the alliance delivers; replaced: of them the ones that take a Ridgeline's place, if it delivers
    output: of the plant, if the alliance delivers
    """

    planned: Value
    replaced: Value
    own: Value
    moved_in: Value
    output: Value
    fixed_usd_per_vehicle: Value
    markup_usd: Value
    expected: Value
    expected_replaced: Value
    extra: Value
    freed: Value


def _fixed_cost(inputs: Inputs) -> tuple[Value, Value]:
    """Output of Canton at break-even [thousand a year], and the fixed cost it implies [USD bn a year]."""
    v = inputs.values
    break_even = pl.break_even_output_kveh(v["break_even_share"], v["canton_capacity_kveh"])
    return break_even, pl.fixed_cost_usd_bn(break_even, v["canton_contribution_usd"])


def _trucks(inputs: Inputs, ramp: Value, demand_share: Value, moved_kveh: Value) -> _Trucks:
    """The trucks at some progress of their programme [share], beside Nissan's own cars at Canton."""
    v, p = inputs.values, inputs.values["success_probability_share"]
    planned = labelled("Trucks for Honda", pl.trucks_kveh(v["canton_honda_trucks_kveh"], ramp))
    canton_free = ma.free_capacity_kveh(v["canton_capacity_kveh"], v["canton_base_kveh"], v["canton_honda_trucks_kveh"])
    canton_free = labelled("Free places at Canton", canton_free)
    reshored = pl.canton_reshored_kveh(moved_kveh, canton_free, _nissan_free_kveh(inputs))
    reshored = labelled("Imports moved to Canton, before demand reacts", reshored)
    output = pl.canton_output_kveh(v["canton_base_kveh"], demand_share, planned, reshored)
    _, fixed_usd_bn = _fixed_cost(inputs)
    fixed_usd = pl.fixed_cost_usd_per_vehicle(fixed_usd_bn, output)
    replaced = pl.ridgelines_replaced_kveh(planned, v["ridgeline_replaced_share"], inputs.facts["ridgeline_sales_kveh"])
    expected = labelled("Trucks for Honda, in expectation", pl.expected_kveh(planned, p))
    expected_replaced = labelled("Ridgelines replaced, in expectation", pl.expected_kveh(replaced, p))
    return _Trucks(
        planned,
        replaced,
        own=ma.sold_kveh(v["canton_base_kveh"], demand_share),
        moved_in=ma.sold_kveh(reshored, demand_share),
        output=output,
        fixed_usd_per_vehicle=fixed_usd,
        markup_usd=labelled(
            "Paid for a truck above its variable cost",
            pl.transfer_markup_usd(v["transfer_fixed_share"], fixed_usd, v["transfer_fee_usd"]),
        ),
        expected=expected,
        expected_replaced=expected_replaced,
        extra=labelled("Extra trucks, in expectation", ma.less_kveh(expected, expected_replaced)),
        freed=labelled(
            "Cars that freed lines build, in expectation",
            pl.freed_lines_kveh(expected_replaced, v["freed_line_use_share"]),
        ),
    )


def _plant_outputs(inputs: Inputs, trucks: _Trucks) -> dict[str, Value]:
    v = inputs.values
    break_even, fixed_usd_bn = _fixed_cost(inputs)
    return {
        "plant_output_kveh": trucks.output,
        "plant_own_kveh": trucks.own,
        "plant_moved_kveh": trucks.moved_in,
        "plant_trucks_kveh": trucks.planned,
        "plant_empty_kveh": ma.free_capacity_kveh(v["canton_capacity_kveh"], trucks.output, 0.0),
        "plant_replaced_kveh": trucks.replaced,
        "plant_extra_trucks_kveh": ma.less_kveh(trucks.planned, trucks.replaced),
        "plant_freed_lines_kveh": pl.freed_lines_kveh(trucks.replaced, v["freed_line_use_share"]),
        "plant_utilisation_share": pl.utilisation_share(trucks.output, v["canton_capacity_kveh"]),
        "plant_fixed_cost_usd_per_vehicle": trucks.fixed_usd_per_vehicle,
        "plant_transfer_price_usd": pl.transfer_price_usd(v["truck_cost_usd"], trucks.markup_usd),
        "plant_break_even_gap_kveh": pl.break_even_gap_kveh(break_even, trucks.output),
        "plant_result_usd_bn": pl.plant_result_usd_bn(
            labelled("Nissan's cars at Canton", ma.less_kveh(trucks.output, trucks.planned)),
            v["canton_contribution_usd"],
            trucks.planned,
            trucks.markup_usd,
            fixed_usd_bn,
        ),
    }


def _once_outputs(inputs: Inputs, full: _Trucks) -> dict[str, Value]:
    v = inputs.values
    break_even, fixed_usd_bn = _fixed_cost(inputs)
    return {
        "canton_output_kveh": full.output,
        "canton_utilisation_share": pl.utilisation_share(full.output, v["canton_capacity_kveh"]),
        "canton_fixed_cost_usd_per_vehicle": full.fixed_usd_per_vehicle,
        "canton_break_even_kveh": break_even,
        "canton_break_even_gap_kveh": pl.break_even_gap_kveh(break_even, full.output),
        "canton_fixed_cost_usd_bn": fixed_usd_bn,
        "capex_avoided_usd_bn": pl.capex_avoided_usd_bn(
            v["canton_honda_trucks_kveh"], inputs.facts["greenfield_usd_per_unit"], v["tooling_usd_bn"]
        ),
    }


def _freed_lines_effect(alone: Trade, freed: Trade) -> Value:
    """What freed lines change in duty, prices, volume and building cost [JPY bn a year]."""
    effect = fi.difference_jpy_bn(_result_jpy_bn(freed, _WITH_FREED), _result_jpy_bn(alone, _ALONE))
    return labelled("Freed Honda lines, net", effect)


def _result_jpy_bn(some: Trade, which: str) -> Value:
    """What customers pay more, less duty, lost contribution and the cost of moved cars [JPY bn a year]."""
    costs = labelled("Duty, lost sales and moved cars", fi.sum_jpy_bn(some.net, some.lost, some.move_cost), which)
    lost = labelled("Duty, lost sales and moved cars as they enter profit", fi.cost_jpy_bn(costs), which)
    return labelled("Higher prices less these costs", fi.sum_jpy_bn(some.pass_through, lost), which)


def _truck_channels(inputs: Inputs, company: str, trucks: _Trucks, freed_lines: Value) -> dict[str, Value]:
    """What trucks bring a company [JPY bn a year], tooling aside; both count the payment at the rate of who pays."""
    v, paid_rate = inputs.values, _exchange_rate(inputs, "honda")
    transfer = pl.transfer_income_jpy_bn(trucks.expected, trucks.markup_usd, paid_rate)
    transfer = labelled("Payment for Canton trucks", transfer)
    if company == "honda":
        return {
            "freed_lines_effect_jpy_bn": freed_lines,
            "extra_trucks_effect_jpy_bn": pl.extra_truck_contribution_jpy_bn(
                trucks.extra, v["truck_price_usd"], v["truck_cost_usd"], paid_rate
            ),
            "transfer_effect_jpy_bn": labelled("Payment for Canton trucks, to Nissan", fi.cost_jpy_bn(transfer)),
            "planning_gap_effect_jpy_bn": 0.0,
        }
    own_rate = _exchange_rate(inputs, company)
    return {
        "freed_lines_effect_jpy_bn": 0.0,
        "extra_trucks_effect_jpy_bn": 0.0,
        "transfer_effect_jpy_bn": transfer,
        "planning_gap_effect_jpy_bn": pl.planning_gap_jpy_bn(trucks.expected, trucks.markup_usd, own_rate, paid_rate),
    }


@dataclass(frozen=True, slots=True)
class _Progress:
    """How far each programme is: shares of a year, or of all years after the horizon, discounted and summed [years].

    working: joint software work runs; saving_due: its first saving is due; arriving: part that arrives
    """

    trucks: Value
    platform: Value
    software: Value
    working: Value
    saving_due: Value
    arriving: Value


def _progress(inputs: Inputs, year_index: Value) -> _Progress:
    v, delay = inputs.values, inputs.values["alliance_delay_yr"]
    software = (v["software_start_yr"], delay, v["software_ramp_yr"])
    work_start = al.work_start_yr(v["software_start_yr"], v["software_work_yr"])
    trucks = ma.ramp_share(year_index, v["canton_start_yr"], delay, v["canton_ramp_yr"])
    platform = ma.ramp_share(year_index, v["platform_start_yr"], delay, v["platform_ramp_yr"])
    due = ma.running_share(year_index, v["software_start_yr"], delay)
    return _Progress(
        trucks=labelled("Progress of trucks", trucks),
        platform=labelled("Progress of shared platforms", platform),
        software=labelled("Progress of joint software", ma.ramp_share(year_index, *software)),
        working=labelled("Joint software: work runs", ma.running_share(year_index, work_start, delay)),
        saving_due=labelled("Joint software: saving is due", due),
        arriving=labelled("Joint software: part that arrives", al.ramp_step_share(year_index, *software)),
    )


_LATER_LABELS: Final = {
    "trucks": "Trucks: discounted years after the horizon",
    "platform": "Shared platforms: discounted years after the horizon",
    "software": "Joint software: discounted years after the horizon",
    "working": "Joint software: discounted years of work after the horizon",
    "saving_due": "Joint software: discounted years in which saving is due",
    "arriving": "Joint software: discounted part that arrives after the horizon",
}
"""What progress is called where all years after the horizon are summed, by its name."""


def _later_progress(inputs: Inputs, discount: Value) -> _Progress:
    """Progress of the years after the horizon as one number each, discounted and summed [years].

    What a programme brings is in proportion to its progress: the sum of its yearly values is its value at full rate
    times this.
    """
    terminal_yr = inputs.values["terminal_yr"]
    weight = fi.weight_after_horizon(inputs.long_index, inputs.horizon_yr, terminal_yr, inputs.later, discount)
    by_year = _progress(inputs, inputs.long_index)
    return _Progress(
        *(labelled(_LATER_LABELS[f.name], fi.present_value(getattr(by_year, f.name), weight)) for f in fields(by_year))
    )


def _programme_channels(inputs: Inputs, company: str, progress: _Progress) -> dict[str, Value]:
    """What platforms and software bring a company at this progress [JPY bn a year, or JPY bn for a sum of years]."""
    v, f, honda = inputs.values, inputs.facts, company == "honda"
    other = "nissan" if honda else "honda"
    p = v["success_probability_share"]
    part_of = al.honda_part_share if honda else al.nissan_part_share
    platform_part = labelled("Part of the platform saving", part_of(v["platform_honda_share"]))
    rd_part = al.part_of_both_share(f[f"{company}_rd_jpy_bn"], f[f"{other}_rd_jpy_bn"])
    rd_part = labelled("Part of both companies' R&D", rd_part)
    sales_part = al.part_of_both_share(f[f"{company}_us_sales_kveh"], f[f"{other}_us_sales_kveh"])
    sales_part = labelled("Part of both companies' US sales", sales_part)
    saving = al.software_saving_jpy_bn(
        f[f"{company}_rd_jpy_bn"],
        v["software_rd_share"],
        v["software_overlap_share"],
        v["software_saving_share"],
        progress.software,
        p,
    )
    cost = al.software_cost_jpy_bn(v["software_cost_jpy_bn"], rd_part, progress.working, progress.saving_due, p)
    return {
        "platform_effect_jpy_bn": al.platform_saving_jpy_bn(
            v["platform_saving_jpy_bn"], progress.platform, platform_part, p
        ),
        "software_effect_jpy_bn": labelled("Joint software, net", fi.difference_jpy_bn(saving, cost)),
        "earlier_sales_effect_jpy_bn": al.earlier_sales_jpy_bn(
            v["software_gain_months"],
            v["software_kveh"],
            sales_part,
            v[f"{company}_contribution_usd"],
            progress.arriving,
            v["software_incremental_share"],
            p,
            _exchange_rate(inputs, company),
        ),
    }


def _software_steps(inputs: Inputs, company: str, ramp: Value) -> dict[str, Value]:
    """The saving by joint software, one factor after the other [JPY bn a year]; ramp: its progress [share]."""
    v = inputs.values
    named_shares = (
        ("software_rd_jpy_bn", v["software_rd_share"]),
        ("software_shared_jpy_bn", v["software_overlap_share"]),
        ("software_saved_at_full_rate_jpy_bn", v["software_saving_share"]),
        ("software_saved_so_far_jpy_bn", ramp),
        ("software_saving_jpy_bn", v["success_probability_share"]),
    )
    steps: dict[str, Value] = {}
    amount: Value = inputs.facts[f"{company}_rd_jpy_bn"]
    for name, share in named_shares:
        amount = steps[name] = al.part_of_jpy_bn(amount, share)
    return steps


def _channels(
    inputs: Inputs, company: str, alone: Trade, with_freed: Trade, base: Trade, trucks: _Trucks, progress: _Progress
) -> dict[str, Value]:
    """Every channel of a company [JPY bn a year], as its effect on operating profit, in the bridge's order."""
    v, year, honda = inputs.values, inputs.year_index, company == "honda"
    fx = _exchange_rate(inputs, company)
    planned = _exchange_rate(replace(inputs, values=inputs.defaults), company)
    part_of = al.honda_part_share if honda else al.nissan_part_share
    integration_part = labelled("Part of the integration cost", part_of(v["integration_honda_share"]))
    tooling: Value = 0.0
    refund: Value = 0.0
    if honda:
        written_off = pl.written_off_share(year, v["canton_start_yr"], v["alliance_delay_yr"], v["tooling_life_yr"])
        written_off = labelled("Part of tooling written off in the year", written_off)
        tooling = pl.tooling_jpy_bn(v["tooling_usd_bn"], v["canton_honda_trucks_kveh"], written_off, fx)
        tooling = labelled("Tooling written off", tooling)
        refund = fi.first_year_jpy_bn(v["honda_refund_jpy_bn"], year)
    effects = {
        "usmca_duty_effect_jpy_bn": fi.difference_jpy_bn(base.usmca, alone.usmca),
        "japan_duty_effect_jpy_bn": fi.difference_jpy_bn(base.japan, alone.japan),
        "parts_duty_effect_jpy_bn": fi.difference_jpy_bn(base.parts, alone.parts),
        "materials_duty_effect_jpy_bn": fi.difference_jpy_bn(base.materials, alone.materials),
        "other_duty_effect_jpy_bn": fi.difference_jpy_bn(base.other, alone.other),
        "mitigation_effect_jpy_bn": fi.difference_jpy_bn(alone.measures, base.measures),
        "refund_effect_jpy_bn": refund,
        "pass_through_effect_jpy_bn": fi.difference_jpy_bn(alone.pass_through, base.pass_through),
        "lost_sales_effect_jpy_bn": fi.difference_jpy_bn(base.lost, alone.lost),
        "reshoring_effect_jpy_bn": fi.difference_jpy_bn(base.move_cost, alone.move_cost),
        **_truck_channels(inputs, company, trucks, _freed_lines_effect(alone, with_freed)),
        "tooling_effect_jpy_bn": fi.cost_jpy_bn(tooling),
        **_programme_channels(inputs, company, progress),
        "integration_effect_jpy_bn": fi.cost_jpy_bn(
            al.integration_cost_jpy_bn(v["integration_cost_jpy_bn"], v["integration_yr"], year, integration_part)
        ),
        "currency_effect_jpy_bn": fi.translation_jpy_bn(v[f"{company}_jpy_bn_per_yen"], fx, planned),
        "drift_effect_jpy_bn": fi.drift_jpy_bn(v[f"{company}_drift_jpy_bn"], year),
    }
    return {name: named(name, effect) for name, effect in effects.items()}


def _value_jpy_bn(
    inputs: Inputs, company: str, within: Value, full_rate: Mapping[str, Value], later: _Progress, discount: Value
) -> Value:
    """Value today of the alliance to a company [JPY bn]: the horizon, the years after it, and tooling as cash.

    within: value today of the benefit of the horizon without tooling, before tax [JPY bn]
    full_rate: what trucks bring at full rate [JPY bn a year]
    later: progress of the years after the horizon, discounted and summed
    discount: value today of one in each year (25,)
    """
    v, years, tax = inputs.values, inputs.long_index, inputs.values[f"{company}_tax_share"]
    at_full_rate = labelled("Trucks at full rate, a year", fi.sum_jpy_bn(*full_rate.values()))
    trucks = labelled("Trucks after the horizon, value today", pl.at_progress_jpy_bn(at_full_rate, later.trucks))
    after = fi.sum_jpy_bn(trucks, *_programme_channels(inputs, company, later).values())
    after = labelled("Alliance after the horizon, before tax, value today", after)
    value = labelled("Alliance before tax, value today", fi.sum_jpy_bn(within, after))
    value = labelled("Alliance after tax, before tooling, value today", fi.after_tax_jpy_bn(value, tax))
    if company != "honda":
        return value
    heading(AFTER)
    first_truck = (v["canton_start_yr"], v["alliance_delay_yr"])
    by_year = labelled("Part of tooling paid in a year", pl.spent_share(years, *first_truck, v["tooling_lead_yr"]))
    spent = labelled("Part of tooling paid, value today", fi.present_value(by_year, discount))
    by_year = pl.written_off_share(years, *first_truck, v["tooling_life_yr"])
    by_year = labelled("Part of tooling written off in a year", by_year)
    relieved = labelled("Part of tooling written off, value today", fi.present_value(by_year, discount))
    heading(_VALUE_OF[company])
    tooling = pl.tooling_jpy_bn(
        v["tooling_usd_bn"],
        v["canton_honda_trucks_kveh"],
        fi.after_relief_share(spent, relieved, tax),
        _exchange_rate(inputs, company),
    )
    return fi.difference_jpy_bn(value, labelled("Tooling after tax relief, value today", tooling))


def _duty_per_car(inputs: Inputs, rates: Rates, company: str) -> dict[str, Value]:
    """Duty on one imported car by where it is built [USD per vehicle]."""
    own = _own_values(inputs, company)
    usmca_value, japan_value = _customs_values(own, company)
    dutiable = ta.usmca_dutiable_share(own["us_content_share"], rates.deduction)
    return {
        "usmca_duty_usd_per_vehicle": ta.duty_per_vehicle_usd(usmca_value, dutiable, rates.usmca),
        "japan_duty_usd_per_vehicle": ta.duty_per_vehicle_usd(japan_value, 1.0, rates.japan),
    }


def _customs_values(own: Values, company: str) -> tuple[Value, Value]:
    """Customs value of a car from Canada or Mexico, and of one from Japan [USD per vehicle]."""
    if company == "honda":
        return own["import_value_usd"], own["import_value_usd"]
    return own["mexico_value_usd"], own["japan_value_usd"]


def compute(inputs: Inputs, base_trades: Mapping[str, Trade]) -> Computed:
    """Every output of a scenario against the trade of its reference; see `project`."""
    v, f, year = inputs.values, inputs.facts, inputs.year_index
    heading(_RATES)
    rates = tariff_rates(inputs)
    heading(_TRADE["nissan"])
    nissan_trade = trade(inputs, rates, "nissan")
    heading(_PROGRESS)
    progress = _progress(inputs, year)
    heading(AFTER)
    discount = fi.discount_factor(inputs.long_index, v["cost_of_capital_share"])
    later = _later_progress(inputs, discount)
    heading(_CANTON)
    trucks = _trucks(inputs, progress.trucks, nissan_trade.demand_share, nissan_trade.moved_kveh)
    plant = _plant_outputs(inputs, trucks)
    heading(_CANTON_FULL)
    full = _trucks(
        inputs,
        1.0,
        labelled("Demand that remains in the last year", fi.at_last_year(nissan_trade.demand_share, inputs.last_year)),
        labelled("Imports moved in the last year", fi.at_last_year(nissan_trade.moved_kveh, inputs.last_year)),
    )
    once = _once_outputs(inputs, full)
    heading(_TRADE["honda"])
    honda_alone = trade(inputs, rates, "honda")

    def honda_with(some: _Trucks) -> Trade:
        """Honda's trade with the lines that these trucks free; most scenarios have none."""
        frees = traces_all() or (
            np.any(np.asarray(plain(full.freed)) > 0.0) or np.any(np.asarray(plain(full.replaced)) > 0.0)
        )
        return trade(inputs, rates, "honda", some.freed, some.expected_replaced) if frees else honda_alone

    heading(_FREED_FULL)
    freed_lines_after = fi.at_last_year(_freed_lines_effect(honda_alone, honda_with(full)), inputs.last_year)
    freed_lines_after = labelled("Freed Honda lines, net, in the last year", freed_lines_after)
    heading(_FREED)
    honda_freed = honda_with(trucks)
    trades = {"honda": (honda_alone, honda_freed), "nissan": (nissan_trade, nissan_trade)}
    company_outputs: dict[str, dict[str, Value]] = {}
    once_company: dict[str, dict[str, Value]] = {
        "alliance_npv_jpy_bn": {},
        "scenario_value_jpy_bn": {},
        "value_per_share_jpy": {},
    }
    heading(_PROGRESS)
    discount_within = fi.discount_factor(year, v["cost_of_capital_share"])
    for company, (alone, final) in trades.items():
        base, honda, fx = base_trades[company], company == "honda", _exchange_rate(inputs, company)
        heading(_CHANNELS_OF[company])
        channels = _channels(inputs, company, alone, final, base, trucks, progress)
        heading(_PROFIT_OF[company])
        guided = f[f"{company}_guided_operating_profit_jpy_bn"]
        first_net = labelled("Net duty of the reference in the first year", fi.in_first_year(base.net, year))
        ended_duty = labelled("Duty of the first year that has ended", fi.difference_jpy_bn(first_net, base.net))
        reference_profit = fi.reference_profit_jpy_bn(guided, v[f"{company}_one_off_jpy_bn"], ended_duty, year)
        cash = fi.sum_jpy_bn(*(channels[n] for n in ALLIANCE_CHANNELS if n != "tooling_effect_jpy_bn"))
        cash = labelled("Alliance benefit before tooling", cash)
        benefit = fi.sum_jpy_bn(cash, channels["tooling_effect_jpy_bn"])
        apart = fi.sum_jpy_bn(*(channels[n] for n in CHANNELS if n not in ALLIANCE_CHANNELS))
        apart = labelled("All effects but the alliance's", apart)
        profit = fi.sum_jpy_bn(reference_profit, apart, benefit)
        truck_usd_bn = pl.truck_revenue_usd_bn(
            trucks.extra if honda else trucks.expected,
            v["truck_price_usd"] if honda else plant["plant_transfer_price_usd"],
        )
        revenue = fi.revenue_jpy_bn(
            f[f"{company}_guided_revenue_jpy_bn"], final.us_revenue, base.us_revenue, ta.jpy_bn(truck_usd_bn, fx)
        )
        shares = f[f"{company}_shares_bn"]
        heading(_VALUE_OF[company])
        full_rate = _truck_channels(inputs, company, full, freed_lines_after)
        within = fi.present_value(cash, discount_within)
        within = labelled("Alliance benefit before tooling and tax, value today", within)
        value = _value_jpy_bn(inputs, company, within, full_rate, later, discount)
        apart_today = labelled("All effects but the alliance's, value today", fi.present_value(apart, discount_within))
        value_apart = fi.after_tax_jpy_bn(apart_today, v[f"{company}_tax_share"])
        value_apart = labelled("All effects but the alliance's, after tax, value today", value_apart)
        all_changes = fi.sum_jpy_bn(value_apart, value)
        per_share = fi.value_per_share_jpy(value, shares)
        heading(_PROFIT_OF[company])
        company_outputs[company] = {
            "operating_profit_jpy_bn": profit,
            "reference_profit_jpy_bn": reference_profit,
            "revenue_jpy_bn": revenue,
            "operating_margin_share": fi.operating_margin_share(profit, revenue),
            "eps_jpy": fi.eps_jpy(
                f[f"{company}_guided_net_income_jpy_bn"], profit, guided, v[f"{company}_tax_share"], shares
            ),
            "gross_tariff_cost_jpy_bn": final.gross,
            "net_tariff_cost_jpy_bn": final.net,
            "net_usmca_duty_jpy_bn": ta.net_duty_jpy_bn(final.usmca, final.kept),
            "net_japan_duty_jpy_bn": ta.net_duty_jpy_bn(final.japan, final.kept),
            "net_parts_duty_jpy_bn": ta.net_duty_jpy_bn(final.parts, final.kept),
            "net_materials_duty_jpy_bn": ta.net_duty_jpy_bn(final.materials, final.kept),
            "net_other_duty_jpy_bn": ta.net_duty_jpy_bn(final.other, final.kept),
            "gross_usmca_duty_jpy_bn": final.usmca,
            "gross_japan_duty_jpy_bn": final.japan,
            "gross_parts_duty_jpy_bn": final.parts,
            "gross_materials_duty_jpy_bn": final.materials,
            "gross_other_duty_jpy_bn": final.other,
            "parts_before_offset_jpy_bn": ta.jpy_bn(final.before_offset_usd_bn, fx),
            "offset_used_jpy_bn": ta.jpy_bn(final.offset_used_usd_bn, fx),
            **_duty_per_car(inputs, rates, company),
            **_software_steps(inputs, company, progress.software),
            "parts_duty_usd_per_vehicle": final.parts_usd_per_vehicle,
            "net_duty_of_revenue_share": fi.of_revenue_share(final.net, revenue),
            "kept_duty_share": final.kept,
            "own_measures_jpy_bn": final.measures,
            "us_sales_kveh": ma.total_kveh(final.sold_kveh, trucks.extra) if honda else final.sold_kveh,
            "usmca_imports_kveh": final.usmca_kveh,
            "japan_imports_kveh": final.japan_kveh,
            "us_output_kveh": final.output_kveh,
            "moved_kveh": final.moved_kveh,
            "unplaced_kveh": final.unplaced_kveh,
            "price_rise_usd": final.price_rise_usd,
            "customers_pay_jpy_bn": final.pass_through,
            "company_bears_jpy_bn": fi.difference_jpy_bn(final.net, final.pass_through),
            "lost_contribution_jpy_bn": final.lost,
            "alliance_benefit_jpy_bn": benefit,
            **channels,
        }
        once_company["alliance_npv_jpy_bn"][company] = value
        once_company["scenario_value_jpy_bn"][company] = all_changes
        once_company["value_per_share_jpy"][company] = per_share
    return Computed(company_outputs, plant, once, once_company)


class _Outputs:
    """Outputs in their final shape, (5,) or (draws, 5), filled block by block; single outputs are of the last year."""

    def __init__(self, draws: tuple[int, ...]) -> None:
        self._draws = draws
        self._company: dict[str, dict[str, NDArray[np.float64]]] = {company: {} for company in COMPANIES}
        self._plant: dict[str, NDArray[np.float64]] = {}
        self._once: dict[str, NDArray[np.float64]] = {}
        self._once_company: dict[str, dict[str, NDArray[np.float64]]] = {}

    def take(self, rows: slice | EllipsisType, computed: Computed) -> None:
        """Take over, out of what was computed, these rows of the draws; all of them where there are none."""
        for company, outputs in computed.company.items():
            self._take_years(rows, outputs, self._company[company])
        self._take_years(rows, computed.plant, self._plant)
        self._take_once(rows, computed.once, self._once)
        for name, by_company in computed.once_company.items():
            self._take_once(rows, by_company, self._once_company.setdefault(name, {}))

    def _take_years(
        self, rows: slice | EllipsisType, outputs: dict[str, Value], into: dict[str, NDArray[np.float64]]
    ) -> None:
        for name in list(outputs):
            if name not in into:
                into[name] = np.empty((*self._draws, HORIZON_YEARS), order="F")
            into[name][rows] = outputs.pop(name)  # which frees it: many draws are not held twice

    def _take_once(self, rows: slice | EllipsisType, outputs: Values, into: dict[str, NDArray[np.float64]]) -> None:
        for name, value in outputs.items():
            if name not in into:
                into[name] = np.empty(self._draws)
            array = np.asarray(value)
            into[name][rows] = array[..., -1] if array.ndim else array

    def projection(self, years: tuple[str, ...]) -> Projection:
        """What was taken over, closed: results may be cached and shared."""

        def closed(outputs: Mapping[str, NDArray[np.float64]]) -> dict[str, Value]:
            for array in outputs.values():
                array.setflags(write=False)
            return {name: array if array.ndim else float(array) for name, array in outputs.items()}

        return Projection(
            years,
            {company: closed(outputs) for company, outputs in self._company.items()},
            closed(self._plant),
            closed(self._once),
            {name: closed(by_company) for name, by_company in self._once_company.items()},
        )
