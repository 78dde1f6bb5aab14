"""The whole model a second time, in plain Python, from its description in words.

It shares facts, defaults, keys and roles with the model, and not one line of its arithmetic: floats and loops, one
scenario at a time. Where the two differ, one of them does not do what the words say.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from model.editions import Edition, edition
from model.registry import ASSUMPTIONS, ESTIMATE

YEARS = range(5)
YEARS_OF_VALUE = range(25)
"""The horizon, and the longest time that an alliance may go on after it."""

RATES = (
    "usmca_tariff_share",
    "usmca_deduction_share",
    "japan_tariff_share",
    "parts_tariff_share",
    "japan_parts_tariff_share",
    "usmca_parts_rule_share",
    "materials_tariff_share",
    "msrp_offset_share",
    "other_tariff_share",
)
AT_ONCE = {"msrp_offset_share", "other_tariff_share"}
"""What does not wait for the start of the scenario's rates."""
LINES = ("usmca", "japan", "parts", "materials", "other")
USD_BN = 1e-6
"""A thousand cars at one dollar, in billions of dollars."""

Values = Mapping[str, float]
Rates = dict[str, float]


@dataclass(frozen=True)
class Results:
    """Every output: by company and year, of the plant by year, once, and once for each company."""

    company: dict[str, dict[str, list[float]]]
    plant: dict[str, list[float]]
    once: dict[str, float]
    once_company: dict[str, dict[str, float]]


@dataclass(frozen=True)
class Room:
    """Cars that a company's US plants could build beyond what they build, and how many of them at Canton."""

    total: float
    canton: float = 0.0


@dataclass(frozen=True)
class Trade:
    """One company's US business in one year; money in JPY bn where it does not say USD."""

    usmca_imports: float
    japan_imports: float
    moved: float
    unplaced: float
    demand: float
    sold: float
    us_output: float
    gross: dict[str, float]
    net: dict[str, float]
    before_offset: float
    offset_used: float
    measures: float
    rise_usd: float
    customers_pay: float
    lost: float
    move_cost: float
    revenue: float
    usmca_usd_per_vehicle: float
    japan_usd_per_vehicle: float
    parts_usd_per_vehicle: float

    @property
    def result(self) -> float:
        """All of this that moves profit."""
        return self.customers_pay - sum(self.net.values()) - self.lost - self.move_cost


@dataclass(frozen=True)
class Plant:
    """Canton in one year, if the alliance delivers; thousands of cars, USD a car."""

    own: float
    moved_in: float
    output: float
    planned: float
    replaced: float
    utilisation: float
    fixed_per_car: float
    mark_up: float
    transfer_price: float
    gap: float
    result_usd_bn: float


def between(value: float, low: float, high: float) -> float:
    """The value, or the bound it has passed."""
    return low if value < low else high if value > high else value


def after(t: float, start: float) -> float:
    """Part of the year from t to t + 1 that lies after start."""
    return between(t + 1.0 - start, 0.0, 1.0)


def line(t: float, start: float, ramp: float) -> float:
    """0 until start, evenly rising to 1 at start + ramp."""
    return between((t - start) / ramp, 0.0, 1.0)


def area(t: float, start: float, ramp: float) -> float:
    """The line's sum from the beginning until t."""
    if t <= start:
        return 0.0
    if t >= start + ramp:
        return ramp / 2.0 + (t - start - ramp)
    return (t - start) * (t - start) / (2.0 * ramp)


def mean_of_ramp(t: float, start: float, ramp: float) -> float:
    """Mean of the line over the year from t to t + 1."""
    return area(t + 1.0, start, ramp) - area(t, start, ramp)


def overlap(t: float, first: float, last: float) -> float:
    """Part of the year from t to t + 1 that lies between first and last."""
    return max(min(t + 1.0, last) - max(t, first), 0.0)


def exchange_rate(company: str, v: Values) -> float:
    return v["jpy_per_usd"] + (v["nissan_jpy_gap"] if company == "nissan" else 0.0)


class World:
    """One scenario on one edition."""

    def __init__(self, values: Values, edition_name: str) -> None:
        self.edition: Edition = edition(edition_name)
        self.facts = self.edition.facts
        self.v = {**self.edition.defaults, **values}
        self.p = self.v["success_probability_share"]
        self.delay = self.v["alliance_delay_yr"]
        self.base = {k: self.v[k] if a.role == ESTIMATE else self.edition.defaults[k] for k, a in ASSUMPTIONS.items()}
        self.room = {"honda": self.honda_room(), "nissan": self.nissan_room(self.v)}
        self.rates = [self.rates_of(t, self.v) for t in YEARS]
        self.trade = {c: [self.own_trade(c, t) for t in YEARS] for c in ("honda", "nissan")}
        self.plant = [self.plant_of(t, self.truck_ramp(t)) for t in YEARS]
        self.full = self.plant_of(YEARS[-1], 1.0)
        self.freed_trade = [self.own_trade("honda", t, self.freed(self.plant[t])) for t in YEARS]
        self.reference = {c: [self.reference_trade(c, t) for t in YEARS] for c in ("honda", "nissan")}

    # ------------------------------------------------------------------ rates
    def rates_of(self, t: int, v: Values) -> Rates:
        """Rates of a scenario's year, weighted by the months in which they reach cost."""
        found = {}
        for key in RATES:
            months = 0.0 if key in AT_ONCE else self.v["tariff_start_months"]
            months += 0.0 if key == "msrp_offset_share" else self.v["stock_months"]
            new = after(t, months / 12.0)
            found[key] = self.edition.defaults[key] * (1.0 - new) + v[key] * new
        return self.surcharged(t, found)

    def surcharged(self, t: int, rates: Rates) -> Rates:
        """With the general surcharge of the first year on the part of other products that paid it."""
        if t == 0:
            part_of_year = self.facts["surcharge_months"] / 12.0
            rates["other_tariff_share"] += (
                self.facts["surcharge_share"] * self.v["other_surcharged_share"] * part_of_year
            )
        return rates

    # ------------------------------------------------------------------ trade
    def honda_room(self) -> Room:
        return Room(max(self.facts["honda_other_us_capacity_kveh"] - self.facts["honda_us_output_kveh"], 0.0))

    def nissan_room(self, v: Values) -> Room:
        capacity = self.facts["nissan_other_us_capacity_kveh"] + v["canton_capacity_kveh"]
        total = capacity - self.facts["nissan_us_output_kveh"] - v["canton_honda_trucks_kveh"]
        canton = v["canton_capacity_kveh"] - v["canton_base_kveh"] - v["canton_honda_trucks_kveh"]
        return Room(max(total, 0.0), max(canton, 0.0))

    def own_trade(self, company: str, t: int, freed: float = 0.0) -> Trade:
        return self.trade_of(company, t, self.v, self.rates[t], self.room[company], freed)

    def reference_trade(self, company: str, t: int) -> Trade:
        """The edition's policies, choices and world with the scenario's estimates."""
        room = self.honda_room() if company == "honda" else self.nissan_room(self.base)
        rates = self.surcharged(t, {key: self.edition.defaults[key] for key in RATES})
        return self.trade_of(company, t, self.base, rates, room, 0.0)

    def trade_of(self, company: str, t: int, v: Values, rates: Rates, room: Room, freed: float) -> Trade:
        fact = self.facts
        base_usmca = fact[f"{company}_usmca_imports_kveh"]
        base_japan = fact[f"{company}_japan_imports_kveh"]
        base_imports = base_usmca + base_japan
        us_sales = fact[f"{company}_us_sales_kveh"]
        base_output = fact[f"{company}_us_output_kveh"]
        fx = exchange_rate(company, v)
        price = v[f"{company}_price_usd"]

        wanted = base_imports * v[f"{company}_reshoring_share"] * mean_of_ramp(t, v["reshoring_start_yr"], 1.0)
        moved = min(wanted, room.total)
        usmca = base_usmca * (1.0 - moved / base_imports)
        japan = base_japan * (1.0 - moved / base_imports)
        swapped = min(usmca, freed)
        usmca -= swapped
        brought_home = moved + swapped
        us_built_sales = us_sales - base_imports + brought_home
        full_output = base_output + brought_home

        honda = company == "honda"
        usmca_value = v["honda_import_value_usd"] if honda else v["nissan_mexico_value_usd"]
        japan_value = v["honda_import_value_usd"] if honda else v["nissan_japan_value_usd"]
        dutiable = 1.0 - v[f"{company}_us_content_share"] * rates["usmca_deduction_share"]
        usmca_each = usmca_value * dutiable * rates["usmca_tariff_share"]
        japan_each = japan_value * (rates["japan_tariff_share"] - fact["ordinary_car_duty_share"])

        def output_at(demand: float) -> float:
            return full_output - min(us_built_sales, full_output) * (1.0 - demand)

        def gross_usd_at(demand: float) -> tuple[dict[str, float], float, float]:
            """The five lines, duty on parts before the offset, and the offset used."""
            output = output_at(demand)
            value = v[f"{company}_parts_usd_bn"] * output / base_output
            paying = value * (1.0 - v["parts_materials_share"])
            paying *= 1.0 - v["parts_exempt_share"] * rates["usmca_parts_rule_share"]
            from_japan = v[f"{company}_parts_japan_share"]
            before = paying * from_japan * rates["japan_parts_tariff_share"]
            before += paying * (1.0 - from_japan) * rates["parts_tariff_share"]
            used = min(before, rates["msrp_offset_share"] * price * output * USD_BN)
            lines = {
                "usmca": usmca * demand * usmca_each * USD_BN,
                "japan": japan * demand * japan_each * USD_BN,
                "parts": before - used,
                "materials": value * v["parts_materials_share"] * rates["materials_tariff_share"],
                "other": v["honda_other_usd_bn"] * rates["other_tariff_share"] if honda else 0.0,
            }
            return lines, before, used

        def measures_of(gross: float) -> float:
            return min(v[f"{company}_own_measures_jpy_bn"] / fx, max(gross, 0.0))

        def kept_of(gross: float) -> float:
            return 1.0 - measures_of(gross) / gross if gross > 0.0 else 1.0

        planned, _, _ = gross_usd_at(1.0)
        planned_total = sum(planned.values())
        car_lines = max(planned_total - planned["other"], 0.0)
        rise = v["pass_through_share"] * car_lines * kept_of(planned_total) / (us_sales * USD_BN)
        follow = v["rivals_follow_share"]
        elasticity = v["own_elasticity"] * (1.0 - follow) + v["market_elasticity"] * follow
        demand = (1.0 + rise / price) ** elasticity

        gross, before, used = gross_usd_at(demand)
        total = sum(gross.values())
        kept = kept_of(total)
        sold = us_sales * demand
        to_move = demand * v["reshoring_penalty_usd"] + v["reshoring_tooling_usd"] / v["tooling_life_yr"]
        return Trade(
            usmca_imports=usmca * demand,
            japan_imports=japan * demand,
            moved=moved,
            unplaced=wanted - moved,
            demand=demand,
            sold=sold,
            us_output=output_at(demand),
            gross={name: gross[name] * fx for name in LINES},
            net={name: gross[name] * kept * fx for name in LINES},
            before_offset=before * fx,
            offset_used=used * fx,
            measures=measures_of(total) * fx,
            rise_usd=rise,
            customers_pay=rise * sold * USD_BN * fx,
            lost=(us_sales - sold) * v[f"{company}_contribution_usd"] * USD_BN * fx,
            move_cost=brought_home * to_move * USD_BN * fx,
            revenue=sold * (price + rise) * USD_BN * fx,
            usmca_usd_per_vehicle=usmca_each,
            japan_usd_per_vehicle=japan_each,
            parts_usd_per_vehicle=(gross["parts"] + gross["materials"]) / (output_at(demand) * USD_BN),
        )

    # ------------------------------------------------------------------ Canton
    def truck_ramp(self, t: int) -> float:
        return mean_of_ramp(t, self.v["canton_start_yr"] + self.delay, self.v["canton_ramp_yr"])

    def plant_of(self, t: int, ramp: float) -> Plant:
        """Canton with that part of the contract, at the demand and with the moved cars of year t."""
        v, nissan, room = self.v, self.trade["nissan"][t], self.room["nissan"]
        planned = v["canton_honda_trucks_kveh"] * ramp
        reshored = nissan.moved * room.canton / room.total if room.total > 0.0 else 0.0
        output = (v["canton_base_kveh"] + reshored) * nissan.demand + planned
        break_even = v["break_even_share"] * v["canton_capacity_kveh"]
        fixed = break_even * v["canton_contribution_usd"]
        fixed_per_car = fixed / output
        mark_up = v["transfer_fixed_share"] * fixed_per_car + v["transfer_fee_usd"]
        result = (output - planned) * v["canton_contribution_usd"] + planned * mark_up - fixed
        return Plant(
            own=v["canton_base_kveh"] * nissan.demand,
            moved_in=reshored * nissan.demand,
            output=output,
            planned=planned,
            replaced=min(planned * v["ridgeline_replaced_share"], self.facts["ridgeline_sales_kveh"]),
            utilisation=output / v["canton_capacity_kveh"],
            fixed_per_car=fixed_per_car,
            mark_up=mark_up,
            transfer_price=v["truck_cost_usd"] + mark_up,
            gap=break_even - output,
            result_usd_bn=result * USD_BN,
        )

    def freed(self, plant: Plant) -> float:
        return self.p * plant.replaced * self.v["freed_line_use_share"]

    def extra(self, plant: Plant) -> float:
        return self.p * (plant.planned - plant.replaced)

    # ------------------------------------------------------------------ what the alliance brings, in JPY bn
    def trucks(self, company: str, plant: Plant, with_freed: Trade, without: Trade) -> dict[str, float]:
        honda_fx = exchange_rate("honda", self.v)
        payment = self.p * plant.planned * plant.mark_up * USD_BN
        if company == "nissan":
            gap = exchange_rate("nissan", self.v) - honda_fx
            return {
                "freed_lines": 0.0,
                "extra_trucks": 0.0,
                "transfer": payment * honda_fx,
                "planning_gap": payment * gap,
            }
        margin = self.v["truck_price_usd"] - self.v["truck_cost_usd"]
        return {
            "freed_lines": with_freed.result - without.result,
            "extra_trucks": self.extra(plant) * margin * USD_BN * honda_fx,
            "transfer": -payment * honda_fx,
            "planning_gap": 0.0,
        }

    def programmes(self, company: str, t: int) -> dict[str, float]:
        """Platforms, software and earlier cars of a year, within the horizon or after it."""
        v, fact, p = self.v, self.facts, self.p
        part = v["platform_honda_share"] if company == "honda" else 1.0 - v["platform_honda_share"]
        platform = mean_of_ramp(t, v["platform_start_yr"] + self.delay, v["platform_ramp_yr"])
        rd = fact[f"{company}_rd_jpy_bn"]
        rd_part = rd / (fact["honda_rd_jpy_bn"] + fact["nissan_rd_jpy_bn"])
        start, ramp = v["software_start_yr"] + self.delay, v["software_ramp_yr"]
        shared = rd * v["software_rd_share"] * v["software_overlap_share"]
        saved = shared * v["software_saving_share"] * mean_of_ramp(t, start, ramp) * p
        working = after(t, start - v["software_work_yr"]) - (1.0 - p) * after(t, start)
        sales_part = fact[f"{company}_us_sales_kveh"] / (fact["honda_us_sales_kveh"] + fact["nissan_us_sales_kveh"])
        early = v["software_gain_months"] / 12.0 * v["software_kveh"] * sales_part * v["software_incremental_share"]
        early *= (line(t + 1.0, start, ramp) - line(t, start, ramp)) * p
        return {
            "platform": v["platform_saving_jpy_bn"] * part * platform * p,
            "software": saved - v["software_cost_jpy_bn"] * rd_part * working,
            "earlier_sales": early * v[f"{company}_contribution_usd"] * USD_BN * exchange_rate(company, v),
        }

    def software(self, company: str, t: int) -> dict[str, float]:
        """R&D of a year, and what is left of it as a saving after each question: is it software, is it done twice..."""
        v, start = self.v, self.v["software_start_yr"] + self.delay
        is_software = self.facts[f"{company}_rd_jpy_bn"] * v["software_rd_share"]
        is_done_twice = is_software * v["software_overlap_share"]
        falls_away = is_done_twice * v["software_saving_share"]
        has_come = falls_away * mean_of_ramp(t, start, v["software_ramp_yr"])
        return {
            "software_rd_jpy_bn": is_software,
            "software_shared_jpy_bn": is_done_twice,
            "software_saved_at_full_rate_jpy_bn": falls_away,
            "software_saved_so_far_jpy_bn": has_come,
            "software_saving_jpy_bn": has_come * self.p,
        }

    def tooling_written_off(self, t: int) -> float:
        """Part of the tooling that year t writes off."""
        first = self.v["canton_start_yr"] + self.delay
        return overlap(t, first, first + self.v["tooling_life_yr"]) / self.v["tooling_life_yr"]

    def tooling_jpy_bn(self, company: str) -> float:
        if company == "nissan" or self.v["canton_honda_trucks_kveh"] <= 0.0:
            return 0.0
        return self.v["tooling_usd_bn"] * exchange_rate("honda", self.v)

    def benefit(self, company: str, t: int) -> dict[str, float]:
        v = self.v
        part = v["integration_honda_share"] if company == "honda" else 1.0 - v["integration_honda_share"]
        integrating = between(v["integration_yr"] - t, 0.0, 1.0) / v["integration_yr"]
        return {
            **self.trucks(company, self.plant[t], self.freed_trade[t], self.trade["honda"][t]),
            "tooling": -self.tooling_jpy_bn(company) * self.tooling_written_off(t),
            **self.programmes(company, t),
            "integration": -v["integration_cost_jpy_bn"] * part * integrating,
        }

    def value(self, company: str) -> float:
        v = self.v
        tax = v[f"{company}_tax_share"]
        last = YEARS[-1]
        without = self.trade["honda"][last]
        with_freed = self.own_trade("honda", last, self.freed(self.full))
        at_full_rate = sum(self.trucks(company, self.full, with_freed, without).values())
        first_truck = v["canton_start_yr"] + self.delay
        paid_until = max(first_truck, 1.0)
        paid_from = max(paid_until - v["tooling_lead_yr"], 0.0)
        value = 0.0
        for t in YEARS_OF_VALUE:
            discount = (1.0 + v["cost_of_capital_share"]) ** (-t - 1)
            if t in YEARS:
                benefit = sum(amount for name, amount in self.benefit(company, t).items() if name != "tooling")
            else:
                goes_on = between(len(YEARS) + v["terminal_yr"] - t, 0.0, 1.0)
                benefit = goes_on * (at_full_rate * self.truck_ramp(t) + sum(self.programmes(company, t).values()))
            spent = overlap(t, paid_from, paid_until) / (paid_until - paid_from)
            tooling = self.tooling_jpy_bn(company) * (spent - tax * self.tooling_written_off(t))
            value += (benefit * (1.0 - tax) - tooling) * discount
        return value

    def value_of_changes(self, company: str) -> float:
        """After-tax changes of the horizon apart from the alliance, discounted, and the alliance's value."""
        kept, rate = 1.0 - self.v[f"{company}_tax_share"], 1.0 + self.v["cost_of_capital_share"]
        value = self.value(company)
        for t in YEARS:
            apart = sum(self.channels(company, t).values()) - sum(self.benefit(company, t).values())
            value += apart * kept * rate ** (-t - 1)
        return value

    # ------------------------------------------------------------------ a company's year
    def channels(self, company: str, t: int) -> dict[str, float]:
        v = self.v
        own, base = self.trade[company][t], self.reference[company][t]
        found = {f"{name}_duty": base.gross[name] - own.gross[name] for name in LINES}
        found["mitigation"] = own.measures - base.measures
        found["refund"] = v["honda_refund_jpy_bn"] if company == "honda" and t == 0 else 0.0
        found["pass_through"] = own.customers_pay - base.customers_pay
        found["lost_sales"] = base.lost - own.lost
        found["reshoring"] = base.move_cost - own.move_cost
        found |= self.benefit(company, t)
        moved_yen = exchange_rate(company, v) - exchange_rate(company, self.edition.defaults)
        found["currency"] = v[f"{company}_jpy_bn_per_yen"] * moved_yen
        found["drift"] = v[f"{company}_drift_jpy_bn"] * t
        return found

    def company_year(self, company: str, t: int) -> dict[str, float]:
        v, fact = self.v, self.facts
        shown = self.freed_trade[t] if company == "honda" else self.trade[company][t]
        plant, channels = self.plant[t], self.channels(company, t)
        fx = exchange_rate(company, v)
        guided = fact[f"{company}_guided_operating_profit_jpy_bn"]
        guided_year, this_year = (sum(self.reference[company][year].net.values()) for year in (0, t))
        reference = guided + (v[f"{company}_one_off_jpy_bn"] if t > 0 else 0.0) + guided_year - this_year
        profit = reference + sum(channels.values())
        if company == "honda":
            extra, replaced = self.extra(plant), self.p * plant.replaced * shown.demand
            truck_revenue = extra * v["truck_price_usd"] * USD_BN * fx
        else:
            extra, replaced = 0.0, 0.0
            truck_revenue = self.p * plant.planned * plant.transfer_price * USD_BN * fx
        revenue = fact[f"{company}_guided_revenue_jpy_bn"] + shown.revenue - self.reference[company][t].revenue
        revenue += truck_revenue
        net_income = fact[f"{company}_guided_net_income_jpy_bn"] + (profit - guided) * (1.0 - v[f"{company}_tax_share"])
        net_duty = sum(shown.net.values())
        return {
            "operating_profit_jpy_bn": profit,
            "reference_profit_jpy_bn": reference,
            "revenue_jpy_bn": revenue,
            "operating_margin_share": profit / revenue,
            "eps_jpy": net_income / fact[f"{company}_shares_bn"],
            "gross_tariff_cost_jpy_bn": sum(shown.gross.values()),
            "net_tariff_cost_jpy_bn": net_duty,
            **{f"net_{name}_duty_jpy_bn": shown.net[name] for name in LINES},
            **{f"gross_{name}_duty_jpy_bn": shown.gross[name] for name in LINES},
            "parts_before_offset_jpy_bn": shown.before_offset,
            "offset_used_jpy_bn": shown.offset_used,
            "usmca_duty_usd_per_vehicle": shown.usmca_usd_per_vehicle,
            "japan_duty_usd_per_vehicle": shown.japan_usd_per_vehicle,
            "parts_duty_usd_per_vehicle": shown.parts_usd_per_vehicle,
            "net_duty_of_revenue_share": net_duty / revenue,
            "own_measures_jpy_bn": shown.measures,
            "kept_duty_share": 1.0 - shown.measures / sum(shown.gross.values())
            if sum(shown.gross.values()) > 0.0
            else 1.0,
            "us_sales_kveh": shown.sold + extra,
            "usmca_imports_kveh": shown.usmca_imports,
            "japan_imports_kveh": shown.japan_imports,
            "us_output_kveh": shown.us_output - replaced,
            "moved_kveh": shown.moved,
            "unplaced_kveh": shown.unplaced,
            "price_rise_usd": shown.rise_usd,
            "customers_pay_jpy_bn": shown.customers_pay,
            "company_bears_jpy_bn": net_duty - shown.customers_pay,
            "lost_contribution_jpy_bn": shown.lost,
            "alliance_benefit_jpy_bn": sum(self.benefit(company, t).values()),
            **self.software(company, t),
            **{f"{name}_effect_jpy_bn": amount for name, amount in channels.items()},
        }

    def results(self) -> Results:
        companies = ("honda", "nissan")
        years = {c: [self.company_year(c, t) for t in YEARS] for c in companies}
        values = {c: self.value(c) for c in companies}
        by_year: dict[str, Callable[[Plant], float]] = {
            "plant_output_kveh": lambda plant: plant.output,
            "plant_own_kveh": lambda plant: plant.own,
            "plant_moved_kveh": lambda plant: plant.moved_in,
            "plant_trucks_kveh": lambda plant: plant.planned,
            "plant_empty_kveh": lambda plant: max(self.v["canton_capacity_kveh"] - plant.output, 0.0),
            "plant_replaced_kveh": lambda plant: plant.replaced,
            "plant_extra_trucks_kveh": lambda plant: plant.planned - plant.replaced,
            "plant_freed_lines_kveh": lambda plant: plant.replaced * self.v["freed_line_use_share"],
            "plant_utilisation_share": lambda plant: plant.utilisation,
            "plant_fixed_cost_usd_per_vehicle": lambda plant: plant.fixed_per_car,
            "plant_transfer_price_usd": lambda plant: plant.transfer_price,
            "plant_break_even_gap_kveh": lambda plant: plant.gap,
            "plant_result_usd_bn": lambda plant: plant.result_usd_bn,
        }
        trucks = self.v["canton_honda_trucks_kveh"]
        break_even = self.v["break_even_share"] * self.v["canton_capacity_kveh"]
        new_plant = trucks * self.facts["greenfield_usd_per_unit"] * USD_BN
        return Results(
            {c: {name: [year[name] for year in years[c]] for name in years[c][0]} for c in companies},
            {name: [read(plant) for plant in self.plant] for name, read in by_year.items()},
            {
                "canton_output_kveh": self.full.output,
                "canton_utilisation_share": self.full.utilisation,
                "canton_fixed_cost_usd_per_vehicle": self.full.fixed_per_car,
                "canton_break_even_kveh": break_even,
                "canton_break_even_gap_kveh": self.full.gap,
                "canton_fixed_cost_usd_bn": break_even * self.v["canton_contribution_usd"] * USD_BN,
                "capex_avoided_usd_bn": new_plant - self.v["tooling_usd_bn"] if trucks > 0.0 else 0.0,
            },
            {
                "alliance_npv_jpy_bn": values,
                "scenario_value_jpy_bn": {c: self.value_of_changes(c) for c in companies},
                "value_per_share_jpy": {c: values[c] / self.facts[f"{c}_shares_bn"] for c in companies},
            },
        )


def compute(values: Values, edition_name: str) -> Results:
    """Every output of a scenario, given by what differs from the edition's defaults."""
    return World(values, edition_name).results()
