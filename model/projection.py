"""From a scenario to every output: both companies, five fiscal years, the plant, the alliance.

How time and units work: years are the last axis, counted from 0 in the first fiscal year. Assumptions
are floats, or arrays of shape (draws,) to compute many scenarios in one call; every output then has
the shape (draws, 5). Money is JPY bn, cars are thousands a year, shares are fractions.

The reference is the edition with nothing moved. A scenario's operating profit is the published
guidance plus the scenario's channels less the reference's, so with nothing moved it is the guidance.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from model.editions import COMPANIES, DEFAULT_EDITION, HORIZON_YEARS, Edition, edition
from model.formulas import alliance as al
from model.formulas import finance as fi
from model.formulas import market as ma
from model.formulas import plant as pl
from model.formulas import tariffs as ta
from model.outputs import ALLIANCE_CHANNELS, CHANNELS, ONE_OFF_CHANNELS
from model.registry import ASSUMPTIONS
from model.tracing import Value, named, plain

YEAR_INDEX: Final = np.arange(HORIZON_YEARS, dtype=np.float64)
LAST_YEAR: Final = np.where(YEAR_INDEX == HORIZON_YEARS - 1, 1.0, 0.0)

Values = Mapping[str, Value]


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
    """

    facts: Values
    defaults: Values
    values: Values
    year_index: Value = field(default_factory=lambda: YEAR_INDEX)
    last_year: Value = field(default_factory=lambda: LAST_YEAR)


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


def project(values: Values, edition_name: str = DEFAULT_EDITION) -> Projection:
    """Every output of a scenario.

    values: assumptions by key, floats or arrays (draws,); those left out take the edition's default
    edition_name: the edition whose facts and defaults hold
    Raises KeyError for an unknown key or edition, CapacityError where Canton would overflow.
    """
    world = edition(edition_name)
    scenario = {key: _by_year(value) for key, value in complete_values(values, world).items()}
    draws = np.broadcast_shapes(*(v.shape[:1] for v in scenario.values() if isinstance(v, np.ndarray)))
    shape = (*draws, HORIZON_YEARS)
    # Fortran order: numpy then runs along the many draws, not along the five years.
    year_index, last_year = (np.asfortranarray(np.broadcast_to(axis, shape)) for axis in (YEAR_INDEX, LAST_YEAR))
    inputs = Inputs(world.facts, world.defaults, scenario, year_index, last_year)
    return _collect(world.years, compute(inputs, _reference_trades(edition_name)), shape)


@cache
def reference(edition_name: str = DEFAULT_EDITION) -> Projection:
    """The projection of an edition with nothing moved."""
    return project({}, edition_name)


def both_trades(inputs: Inputs) -> dict[str, "Trade"]:
    """The trade of both companies without an alliance, as a reference has it."""
    rates = tariff_rates(inputs)
    return {company: trade(inputs, rates, company) for company in COMPANIES}


@cache
def _reference_trades(edition_name: str) -> dict[str, "Trade"]:
    world = edition(edition_name)
    inputs = Inputs(world.facts, world.defaults, world.defaults)
    return both_trades(inputs)


@dataclass(frozen=True, slots=True)
class Trade:
    """Duty, price and volume of one company; money in JPY bn, cars in thousands a year."""

    usmca: Value
    japan: Value
    parts: Value
    other: Value
    mitigated: Value
    gross: Value
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


def _nissan_free_kveh(inputs: Inputs) -> Value:
    """Free capacity of Nissan's US plants beside what Honda's trucks take [thousand a year]."""
    capacity = ma.total_kveh(inputs.facts["nissan_other_us_capacity_kveh"], inputs.values["canton_capacity_kveh"])
    trucks = inputs.values["canton_honda_trucks_kveh"]
    return ma.free_capacity_kveh(capacity, inputs.facts["nissan_us_output_kveh"], trucks)


def _exchange_rate(inputs: Inputs, company: str) -> Value:
    v = inputs.values
    if company == "honda":
        return v["jpy_per_usd"]
    return fi.planning_rate_jpy_per_usd(v["jpy_per_usd"], v["nissan_jpy_gap"])


def _of_company(values: Values, company: str) -> Values:
    """A company's own values by their name without the company."""
    prefix = f"{company}_"
    return {name[len(prefix) :]: value for name, value in values.items() if name.startswith(prefix)}


Rates = tuple[Value, Value, Value]
"""Yearly rates on USMCA cars, cars from Japan and parts [share]."""


def tariff_rates(inputs: Inputs) -> Rates:
    """The rates of each fiscal year, the same for both companies."""
    v = inputs.values
    usmca, japan, parts = (
        ta.yearly_rate_share(inputs.defaults[key], v[key], v["tariff_start_months"], inputs.year_index)
        for key in ("usmca_tariff_share", "japan_tariff_share", "parts_tariff_share")
    )
    return usmca, japan, parts


def trade(inputs: Inputs, rates: Rates, company: str, freed_kveh: Value = 0.0, replaced_kveh: Value = 0.0) -> Trade:
    """Duty, price and volume of one company.

    freed_kveh: imports that its freed US lines build instead [thousand a year]
    replaced_kveh: cars that those lines no longer build [thousand a year]; their parts pay duty as before,
        at the plant that builds them now
    """
    v, year, honda = inputs.values, inputs.year_index, company == "honda"
    fact, own = _of_company(inputs.facts, company), _of_company(v, company)
    usmca_value = own["import_value_usd"] if honda else own["mexico_value_usd"]
    japan_value = own["import_value_usd"] if honda else own["japan_value_usd"]
    fx = _exchange_rate(inputs, company)
    usmca_rate, japan_rate, parts_rate = rates

    # Where the cars are built
    usmca_base, japan_base, sales = fact["usmca_imports_kveh"], fact["japan_imports_kveh"], fact["us_sales_kveh"]
    ramp = ma.ramp_share(year, v["reshoring_start_yr"], 0.0, 1.0)
    wanted = ma.wanted_move_kveh(usmca_base, japan_base, own["reshoring_share"], ramp)
    if honda:
        free = ma.free_capacity_kveh(fact["other_us_capacity_kveh"], fact["us_output_kveh"], 0.0)
    else:
        free = _nissan_free_kveh(inputs)
    moved = ma.moved_kveh(wanted, free)
    usmca = ma.remaining_imports_kveh(usmca_base, usmca_base, japan_base, moved)
    japan = ma.remaining_imports_kveh(japan_base, usmca_base, japan_base, moved)
    swapped = ma.replaced_imports_kveh(usmca, freed_kveh)
    usmca = ma.less_kveh(usmca, swapped)
    brought_home = ma.total_kveh(moved, swapped)
    us_built = ma.total_kveh(ma.us_built_sales_kveh(sales, usmca_base, japan_base), brought_home)
    us_output = ma.total_kveh(fact["us_output_kveh"], brought_home)
    dutiable = ta.usmca_dutiable_share(own["us_content_share"], v["usmca_deduction_share"])

    def duties_usd_bn(demand: Value) -> tuple[Value, Value, Value, Value]:
        output = ma.us_output_after_demand_kveh(us_output, us_built, demand)
        parts = ta.parts_value_usd_bn(own["parts_usd_bn"], output, fact["us_output_kveh"])
        offset = ta.msrp_offset_usd_bn(v["msrp_offset_share"], own["price_usd"], output)
        return (
            ta.vehicle_duty_usd_bn(ma.sold_kveh(usmca, demand), usmca_value, dutiable, usmca_rate),
            ta.vehicle_duty_usd_bn(ma.sold_kveh(japan, demand), japan_value, 1.0, japan_rate),
            ta.parts_duty_usd_bn(parts, v["parts_exempt_share"], parts_rate, offset),
            output,
        )

    # The price is set on the duty before demand reacts; the duty is then paid on the cars that remain.
    usmca_usd, japan_usd, parts_usd, _ = duties_usd_bn(1.0)
    to_pass_on = ta.net_vehicle_duty_usd_bn(usmca_usd, japan_usd, parts_usd, own["mitigation_share"])
    price_rise = ma.price_rise_usd(v["pass_through_share"], to_pass_on, sales)
    demand = ma.demand_share(price_rise, own["price_usd"], v["demand_elasticity"])
    sold = ma.sold_kveh(sales, demand)
    usmca_usd, japan_usd, parts_usd, output = duties_usd_bn(demand)
    other_usd = ta.other_products_duty_usd_bn(own["other_usd_bn"], v["other_tariff_share"]) if honda else 0.0
    usmca_duty, japan_duty = ta.jpy_bn(usmca_usd, fx), ta.jpy_bn(japan_usd, fx)
    parts_duty, other_duty = ta.jpy_bn(parts_usd, fx), ta.jpy_bn(other_usd, fx)
    gross = ta.gross_tariff_cost_jpy_bn(usmca_duty, japan_duty, parts_duty, other_duty)
    return Trade(
        usmca=usmca_duty,
        japan=japan_duty,
        parts=parts_duty,
        other=other_duty,
        mitigated=ta.mitigated_jpy_bn(gross, own["mitigation_share"]),
        gross=gross,
        net=ta.net_duty_jpy_bn(gross, own["mitigation_share"]),
        pass_through=ta.jpy_bn(ma.pass_through_usd_bn(price_rise, sold), fx),
        lost=ta.jpy_bn(ma.lost_contribution_usd_bn(sales, sold, own["contribution_usd"]), fx),
        move_cost=ta.jpy_bn(ma.move_cost_usd_bn(brought_home, demand, v["reshoring_penalty_usd"]), fx),
        demand_share=demand,
        price_rise_usd=price_rise,
        sold_kveh=sold,
        usmca_kveh=ma.sold_kveh(usmca, demand),
        japan_kveh=ma.sold_kveh(japan, demand),
        output_kveh=ma.less_kveh(output, replaced_kveh),
        moved_kveh=moved,
        unplaced_kveh=ma.unplaced_kveh(wanted, moved),
        us_revenue=ta.jpy_bn(ma.us_car_revenue_usd_bn(sold, own["price_usd"], price_rise), fx),
    )


@dataclass(frozen=True, slots=True)
class Computed:
    """Outputs by scope before they are brought to one shape; see `Projection`."""

    company: dict[str, dict[str, Value]]
    plant: dict[str, Value]
    once: dict[str, Value]
    once_company: dict[str, dict[str, Value]]


@dataclass(frozen=True, slots=True)
class _Plant:
    """What the plant hands to the companies' profit; cars in thousands a year."""

    outputs: dict[str, Value]
    trucks: Value
    expected: Value
    extra: Value
    replaced: Value
    freed: Value
    markup_usd: Value


def _plant(inputs: Inputs, nissan: Trade) -> _Plant:
    v, p = inputs.values, inputs.values["success_probability_share"]
    ramp = ma.ramp_share(inputs.year_index, v["canton_start_yr"], v["alliance_delay_yr"], v["canton_ramp_yr"])
    trucks = pl.trucks_kveh(v["canton_honda_trucks_kveh"], ramp)
    canton_free = ma.free_capacity_kveh(v["canton_capacity_kveh"], v["canton_base_kveh"], v["canton_honda_trucks_kveh"])
    reshored = pl.canton_reshored_kveh(nissan.moved_kveh, canton_free, _nissan_free_kveh(inputs))
    output = pl.canton_output_kveh(v["canton_base_kveh"], nissan.demand_share, trucks, reshored)
    break_even = pl.break_even_output_kveh(v["break_even_share"], v["canton_capacity_kveh"])
    fixed_usd_bn = pl.fixed_cost_usd_bn(break_even, v["canton_contribution_usd"])
    fixed_usd = pl.fixed_cost_usd_per_vehicle(fixed_usd_bn, output)
    markup = pl.transfer_markup_usd(v["transfer_fixed_share"], fixed_usd, v["transfer_fee_usd"])
    replaced = pl.ridgelines_replaced_kveh(trucks, v["ridgeline_replaced_share"], inputs.facts["ridgeline_sales_kveh"])
    expected, expected_replaced = pl.expected_kveh(trucks, p), pl.expected_kveh(replaced, p)
    outputs = {
        "plant_output_kveh": output,
        "plant_trucks_kveh": trucks,
        "plant_replaced_kveh": replaced,
        "plant_utilisation_share": pl.utilisation_share(output, v["canton_capacity_kveh"]),
        "plant_fixed_cost_usd_per_vehicle": fixed_usd,
        "plant_transfer_price_usd": pl.transfer_price_usd(v["truck_cost_usd"], markup),
        "plant_break_even_gap_kveh": pl.break_even_gap_kveh(break_even, output),
        "plant_result_usd_bn": pl.plant_result_usd_bn(
            ma.less_kveh(output, trucks), v["canton_contribution_usd"], trucks, markup, fixed_usd_bn
        ),
    }
    return _Plant(
        outputs,
        trucks,
        expected,
        extra=ma.less_kveh(expected, expected_replaced),
        replaced=expected_replaced,
        freed=pl.freed_lines_kveh(expected_replaced, v["freed_line_use_share"]),
        markup_usd=markup,
    )


def _freed_lines_effect(alone: Trade, freed: Trade) -> Value:
    """What freed lines change in duty, prices, volume and building cost [JPY bn a year]."""
    return fi.difference_jpy_bn(
        fi.sum_jpy_bn(freed.pass_through, fi.cost_jpy_bn(fi.sum_jpy_bn(freed.net, freed.lost, freed.move_cost))),
        fi.sum_jpy_bn(alone.pass_through, fi.cost_jpy_bn(fi.sum_jpy_bn(alone.net, alone.lost, alone.move_cost))),
    )


def _channels(
    inputs: Inputs, company: str, alone: Trade, with_freed: Trade, base: Trade, plant: _Plant
) -> dict[str, Value]:
    """Every channel of a company [JPY bn a year], as its effect on operating profit."""
    v, f, year, honda = inputs.values, inputs.facts, inputs.year_index, company == "honda"
    other = "nissan" if honda else "honda"
    p, fx = v["success_probability_share"], _exchange_rate(inputs, company)
    planned = _exchange_rate(Inputs(f, inputs.defaults, inputs.defaults), company)
    rd, part_of = f[f"{company}_rd_jpy_bn"], al.honda_part_share if honda else al.nissan_part_share
    rd_part = al.rd_part_share(rd, f[f"{other}_rd_jpy_bn"])
    platform_ramp = ma.ramp_share(year, v["platform_start_yr"], v["alliance_delay_yr"], v["platform_ramp_yr"])
    software = (v["software_start_yr"], v["alliance_delay_yr"], v["software_ramp_yr"])
    software_saving = al.software_saving_jpy_bn(
        rd,
        v["software_rd_share"],
        v["software_overlap_share"],
        v["software_saving_share"],
        ma.ramp_share(year, *software),
        p,
    )
    transfer = pl.transfer_income_jpy_bn(plant.expected, plant.markup_usd, fx)
    extra_trucks: Value = 0.0
    tooling: Value = 0.0
    if honda:
        extra_trucks = pl.extra_truck_contribution_jpy_bn(plant.extra, v["truck_price_usd"], v["truck_cost_usd"], fx)
        tooling = pl.tooling_jpy_bn(v["tooling_usd_bn"], v["tooling_life_yr"], plant.trucks, fx)
    return {
        "usmca_duty_effect_jpy_bn": fi.difference_jpy_bn(base.usmca, alone.usmca),
        "japan_duty_effect_jpy_bn": fi.difference_jpy_bn(base.japan, alone.japan),
        "parts_duty_effect_jpy_bn": fi.difference_jpy_bn(base.parts, alone.parts),
        "other_duty_effect_jpy_bn": fi.difference_jpy_bn(base.other, alone.other),
        "mitigation_effect_jpy_bn": fi.difference_jpy_bn(alone.mitigated, base.mitigated),
        "pass_through_effect_jpy_bn": fi.difference_jpy_bn(alone.pass_through, base.pass_through),
        "lost_sales_effect_jpy_bn": fi.difference_jpy_bn(base.lost, alone.lost),
        "reshoring_effect_jpy_bn": fi.difference_jpy_bn(base.move_cost, alone.move_cost),
        "freed_lines_effect_jpy_bn": _freed_lines_effect(alone, with_freed),
        "extra_trucks_effect_jpy_bn": extra_trucks,
        "transfer_effect_jpy_bn": fi.cost_jpy_bn(transfer) if honda else transfer,
        "tooling_effect_jpy_bn": fi.cost_jpy_bn(tooling),
        "platform_effect_jpy_bn": al.platform_saving_jpy_bn(
            v["platform_saving_jpy_bn"], platform_ramp, part_of(v["platform_honda_share"]), p
        ),
        "software_effect_jpy_bn": fi.difference_jpy_bn(
            software_saving, al.software_cost_jpy_bn(v["software_cost_jpy_bn"], rd_part)
        ),
        "earlier_sales_effect_jpy_bn": al.earlier_sales_jpy_bn(
            v["software_gain_months"],
            v["software_kveh"],
            rd_part,
            v[f"{company}_contribution_usd"],
            al.ramp_step_share(year, *software),
            p,
            fx,
        ),
        "integration_effect_jpy_bn": fi.cost_jpy_bn(
            al.integration_cost_jpy_bn(
                v["integration_cost_jpy_bn"], v["integration_yr"], year, part_of(v["integration_honda_share"])
            )
        ),
        "currency_effect_jpy_bn": fi.translation_jpy_bn(v[f"{company}_jpy_bn_per_yen"], fx, planned),
        "drift_effect_jpy_bn": fi.drift_jpy_bn(v[f"{company}_drift_jpy_bn"], year),
    }


def compute(inputs: Inputs, base_trades: Mapping[str, Trade]) -> Computed:
    """Every output of a scenario against the trade of its reference; see `project`."""
    v, f = inputs.values, inputs.facts
    rates = tariff_rates(inputs)
    nissan_trade = trade(inputs, rates, "nissan")
    plant = _plant(inputs, nissan_trade)
    honda_alone = trade(inputs, rates, "honda")
    # Without freed lines the second sum is the first: most scenarios have none.
    frees = np.any(np.asarray(plain(plant.freed)) > 0.0) or np.any(np.asarray(plain(plant.replaced)) > 0.0)
    honda_freed = trade(inputs, rates, "honda", plant.freed, plant.replaced) if frees else honda_alone
    trades = {"honda": (honda_alone, honda_freed), "nissan": (nissan_trade, nissan_trade)}
    company_outputs: dict[str, dict[str, Value]] = {}
    once_company: dict[str, dict[str, Value]] = {"alliance_npv_jpy_bn": {}, "value_per_share_jpy": {}}
    for company, (alone, final) in trades.items():
        base, honda, fx = base_trades[company], company == "honda", _exchange_rate(inputs, company)
        channels = _channels(inputs, company, alone, final, base, plant)
        channels = {name: named(name, effect) for name, effect in channels.items()}
        guided = f[f"{company}_guided_operating_profit_jpy_bn"]
        recurring = fi.sum_jpy_bn(*(channels[n] for n in ALLIANCE_CHANNELS if n not in ONE_OFF_CHANNELS))
        benefit = fi.sum_jpy_bn(recurring, *(channels[n] for n in ONE_OFF_CHANNELS))
        profit = fi.sum_jpy_bn(guided, *(channels[n] for n in CHANNELS if n not in ALLIANCE_CHANNELS), benefit)
        truck_usd_bn = pl.truck_revenue_usd_bn(
            plant.extra if honda else plant.expected,
            v["truck_price_usd"] if honda else plant.outputs["plant_transfer_price_usd"],
        )
        revenue = fi.revenue_jpy_bn(
            f[f"{company}_guided_revenue_jpy_bn"], final.us_revenue, base.us_revenue, ta.jpy_bn(truck_usd_bn, fx)
        )
        written_off = fi.cost_jpy_bn(channels["tooling_effect_jpy_bn"])
        tooling_left = pl.tooling_left_jpy_bn(v["tooling_usd_bn"], plant.trucks, written_off, fx)
        mitigation, shares = v[f"{company}_mitigation_share"], f[f"{company}_shares_bn"]
        value = fi.present_value_jpy_bn(
            benefit,
            recurring,
            tooling_left if honda else 0.0,
            inputs.year_index,
            v["tax_share"],
            v["cost_of_capital_share"],
            v["terminal_yr"],
            inputs.last_year,
        )
        company_outputs[company] = {
            "operating_profit_jpy_bn": profit,
            "revenue_jpy_bn": revenue,
            "operating_margin_share": fi.operating_margin_share(profit, revenue),
            "eps_jpy": fi.eps_jpy(f[f"{company}_guided_net_income_jpy_bn"], profit, guided, v["tax_share"], shares),
            "gross_tariff_cost_jpy_bn": final.gross,
            "net_tariff_cost_jpy_bn": final.net,
            "net_usmca_duty_jpy_bn": ta.net_duty_jpy_bn(final.usmca, mitigation),
            "net_japan_duty_jpy_bn": ta.net_duty_jpy_bn(final.japan, mitigation),
            "net_parts_duty_jpy_bn": ta.net_duty_jpy_bn(final.parts, mitigation),
            "net_other_duty_jpy_bn": ta.net_duty_jpy_bn(final.other, mitigation),
            "gross_usmca_duty_jpy_bn": final.usmca,
            "gross_japan_duty_jpy_bn": final.japan,
            "gross_parts_duty_jpy_bn": final.parts,
            "own_measures_jpy_bn": final.mitigated,
            "us_sales_kveh": ma.total_kveh(final.sold_kveh, plant.extra) if honda else final.sold_kveh,
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
        once_company["value_per_share_jpy"][company] = fi.value_per_share_jpy(value, shares)
    once: dict[str, Value] = {
        "canton_output_kveh": plant.outputs["plant_output_kveh"],
        "canton_utilisation_share": plant.outputs["plant_utilisation_share"],
        "canton_fixed_cost_usd_per_vehicle": plant.outputs["plant_fixed_cost_usd_per_vehicle"],
        "canton_break_even_gap_kveh": plant.outputs["plant_break_even_gap_kveh"],
        "capex_avoided_usd_bn": pl.capex_avoided_usd_bn(
            v["canton_honda_trucks_kveh"], f["greenfield_usd_per_unit"], v["tooling_usd_bn"]
        ),
    }
    return Computed(company_outputs, plant.outputs, once, once_company)


def _collect(years: tuple[str, ...], computed: Computed, shape: tuple[int, ...]) -> Projection:
    """Bring every output to its final shape, (5,) or (draws, 5); single outputs are those of the last year."""
    many = len(shape) > 1

    def yearly(value: Value) -> NDArray[np.float64]:
        array = np.asarray(value, dtype=np.float64)
        array = array if array.shape == shape else np.broadcast_to(array, shape)
        array.setflags(write=False)  # results may be cached and shared
        return array

    def last(value: Value) -> Value:
        array = yearly(value)[..., -1]
        return array if many else float(array)

    return Projection(
        years,
        {
            company: {name: yearly(value) for name, value in outputs.items()}
            for company, outputs in computed.company.items()
        },
        {name: yearly(value) for name, value in computed.plant.items()},
        {name: last(value) for name, value in computed.once.items()},
        {name: {c: last(value) for c, value in by.items()} for name, by in computed.once_company.items()},
    )
