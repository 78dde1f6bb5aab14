"""The Canton plant: its use, what the trucks would change, who gains, and the market they are for.

Tables are pure functions of a view, rows of a table, charts of rows, findings of a view. Cars and the plant are
shown as planned, which is if the alliance delivers; money is in expectation, at the chance that it does.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.facts import Fact, facts
from data.story import claims
from model import sweeps
from model.editions import COMPANIES, COMPANY_LABELS, edition
from model.formulas import market as ma
from model.formulas import plant as pl
from model.formulas.units import USD_BN_PER_KVEH_USD
from model.projection import Projection
from model.registry import ASSUMPTIONS
from pages.parts.charts import COMPANY_COLORS, COMPANY_SCALE, GAIN, LOSS, Chart, company_color
from pages.parts.sure.break_even import crossings
from pages.parts.tables import REFERENCE, SCENARIO, Table
from pages.parts.view import View
from pages.parts.words import figure, markdown_text, number, percent, signed

TRUCKS: Final = "canton_honda_trucks_kveh"
CAUSES: Final = {
    "extra_trucks_effect_jpy_bn": "Extra trucks",
    "transfer_effect_jpy_bn": "Pays Nissan",
    "freed_lines_effect_jpy_bn": "Freed lines",
    "tooling_effect_jpy_bn": "Tooling",
}
"""Honda's channels at Canton; Nissan has one, what Honda pays it."""

MODEL_SOURCE: Final = "Alliance Explorer model on the edition's facts; see the Sources page"
NEUTRAL: Final = "#8A949C"
_TONES: Final = {**COMPANY_COLORS, "Other": NEUTRAL}
_SWEEP_POINTS: Final = 41
_CURVE_POINTS: Final = 60
_FIRST_TRUCK_KVEH: Final = 1.0  # without a truck there is no tooling either
_CURVE_FROM_SHARE: Final = 0.25  # of capacity: below it fixed cost per car leaves the picture
_TOLERANCE_KVEH: Final = 1e-6
_TOLERANCE_JPY_BN: Final = 1e-9

Points = NDArray[np.float64]


# ---------------------------------------------------------------- reading a view


def plant_at_year(view: View, name: str) -> tuple[float, float]:
    """Scenario and reference value of an output of the plant in the year in focus."""
    return tuple(float(np.asarray(p.plant[name])[view.year]) for p in (view.projection, view.reference))  # type: ignore[return-value]


def standing(view: View, name: str) -> tuple[float, float]:
    """As `plant_at_year`, without the trucks where the alliance has no chance to deliver them."""
    value, reference = plant_at_year(view, name)
    if chance_share(view) == 0.0 and contract_kveh(view) > 0.0:
        without = sweeps.sweep(view.scenario, TRUCKS, np.array([0.0]))
        value = float(np.asarray(without.plant[name])[0, view.year])
    return value, reference


def contract_kveh(view: View) -> float:
    """Trucks for Honda at full rate [thousand a year]."""
    return view.scenario.values[TRUCKS]


def chance_share(view: View) -> float:
    """Chance that the alliance delivers [share]."""
    return view.scenario.values["success_probability_share"]


def has_trucks(view: View) -> bool:
    """Whether trucks are planned in the year in focus."""
    return plant_at_year(view, "plant_trucks_kveh")[0] > _TOLERANCE_KVEH


def first_truck_label(view: View) -> str | None:
    """The fiscal year of the first truck, or None where none comes within the horizon."""
    trucks = np.asarray(view.projection.plant["plant_trucks_kveh"])
    built = [label for label, cars in zip(view.projection.years, trucks, strict=True) if cars > _TOLERANCE_KVEH]
    return built[0] if built else None


def gain_by_year(projection: Projection, company: str) -> Points:
    """What Canton adds to a company's operating profit [JPY bn a year], in expectation (..., 5)."""
    outputs = projection.company[company]
    total: Points = np.sum([np.asarray(outputs[name]) for name in CAUSES], axis=0)
    return total


def gains(view: View) -> dict[str, float]:
    """What Canton adds to the operating profit of each company in the year in focus [JPY bn]."""
    return {company: float(gain_by_year(view.projection, company)[view.year]) for company in COMPANIES}


def trucks_to_cover_fixed_cost(view: View) -> float | None:
    """As `trucks_to_break_even`, counted in money at the transfer price."""

    def gap(p: Projection) -> Points:
        return np.asarray(p.plant["plant_result_usd_bn"])[:, -1]

    met = crossings(view.scenario, TRUCKS, gap)
    return met[0] if met else None


def ridgeline_kveh(view: View) -> float:
    """Ridgelines sold in the US a year, as the edition holds them [thousand]."""
    return edition(view.scenario.edition).facts["ridgeline_sales_kveh"]


def trucks_to_break_even(view: View) -> float | None:
    """Trucks a year at full rate with which Canton breaks even in the last year [thousand].

    Zero where it needs none, None where no number within the range does it.
    """
    at_none = sweeps.sweep(view.scenario, TRUCKS, np.array([0.0]))
    if float(np.asarray(at_none.once["canton_break_even_gap_kveh"])[0]) <= _TOLERANCE_KVEH:
        return 0.0
    met = crossings(view.scenario, TRUCKS, lambda p: np.asarray(p.once["canton_break_even_gap_kveh"]))
    return met[0] if met else None


def room_kveh(view: View) -> float:
    """Trucks that fit beside Nissan's own output [thousand a year]."""
    low, high = sweeps.feasible_range(view.scenario, TRUCKS)
    return max(high, low)


def discussed_trucks_kveh(view: View) -> float:
    """Trucks that capital and market are compared with [thousand a year].

    The contract; without one, what would break even, or else all that fit.
    """
    if contract_kveh(view) > 0.0:
        return contract_kveh(view)
    needed = trucks_to_break_even(view)
    return needed or room_kveh(view)


def has_freed_lines(view: View) -> bool:
    """Whether freed Honda lines build imported cars in the year in focus, with any chance at all."""
    replaced, _ = plant_at_year(view, "plant_replaced_kveh")
    used = view.scenario.values["freed_line_use_share"] * chance_share(view)
    return replaced * used > _TOLERANCE_KVEH


# ---------------------------------------------------------------- words


def cars(kveh: float) -> str:
    """A number of cars, to the hundred: 204.398 is "204,400 cars"."""
    return f"{thousands(kveh)} cars"


def trucks(kveh: float) -> str:
    """A number of trucks, to the hundred: 117.9993 is "118,000 trucks"."""
    return f"{thousands(kveh)} trucks"


def thousands(kveh: float) -> str:
    """A volume in full, to the hundred: 45.421 is "45,400"."""
    return number(round(kveh, 1) * 1000, 0)


def short_change(value_jpy_bn: float) -> str:
    """A change beside a bar whose axis names the unit: 3.4 is "+3.4"."""
    return signed(value_jpy_bn, "JPY bn").replace(figure(0.0, "JPY bn").partition("0")[0], "").partition(chr(160))[0]


def distance(gap_kveh: float) -> str:
    """Output against break-even in words."""
    size = thousands(abs(gap_kveh))
    if size == thousands(0.0):
        return "exactly at break-even"
    return f"{size} cars {'short of' if gap_kveh > 0 else 'past'} break-even"


def chance_words(view: View) -> str:
    """How money is counted, where the alliance is not certain."""
    chance = chance_share(view)
    return "" if chance == 1.0 else f", counted at the {percent(chance, 0)} chance that the alliance delivers"


def _gains_words(by_company: dict[str, float]) -> str:
    """Who gains and who pays, in one phrase."""
    parts = []
    for company, value in by_company.items():
        amount = figure(abs(value), "JPY bn")
        verb = "neither gains nor loses" if amount == figure(0.0, "JPY bn") else "gains" if value > 0 else "loses"
        parts.append(f"{COMPANY_LABELS[company]} {verb}" + ("" if verb.startswith("neither") else f" **{amount}**"))
    return " and ".join(parts)


def headline(view: View) -> str:
    """Whether the trucks make the plant pay, and who gains, as Markdown."""
    output, _ = plant_at_year(view, "plant_output_kveh")
    use, use_before = plant_at_year(view, "plant_utilisation_share")
    gap, _ = plant_at_year(view, "plant_break_even_gap_kveh")
    capacity = view.scenario.values["canton_capacity_kveh"]
    if contract_kveh(view) == 0.0:
        return (
            f"{'Not as it stands' if gap > _TOLERANCE_KVEH else 'It pays without them'}: Nissan builds {cars(output)} "
            f"a year in Canton, on a capacity of {thousands(capacity)}. At **{percent(use, 0)}** that is "
            f"**{distance(gap)}**. {_needed_words(view)} Talks were reported in July 2025; no contract is known."
        )
    if not has_trucks(view):
        first = first_truck_label(view)
        when = f"the first comes in {first}" if first else f"none comes by {view.projection.years[-1]}"
        return (
            f"Not in {view.year_label}: no truck is built yet ({when}). Canton runs at **{percent(use, 0)}**, "
            f"**{distance(gap)}**."
        )
    if chance_share(view) == 0.0:
        alone, gap_alone = (standing(view, f"plant_{name}")[0] for name in ("utilisation_share", "break_even_gap_kveh"))
        return (
            f"Not in this scenario: {trucks(contract_kveh(view))} a year are planned and never come. Canton stays at "
            f"**{percent(alone, 0)}**, {distance(gap_alone)}, and "
            f"in {view.year_label} {_gains_words({'honda': gains(view)['honda']})} by writing off its tooling."
        )
    answer = "For Canton, yes" if left_over(view) >= 0.0 else "Not by themselves"
    verb = "lift" if use >= use_before else "leave"
    return (
        f"{answer}: {trucks(plant_at_year(view, 'plant_trucks_kveh')[0])} for Honda {verb} Canton "
        f"{'from ' + percent(use_before, 0) + ' to' if verb == 'lift' else 'at'} **{percent(use, 0)}** "
        f"in {view.year_label}, {distance(gap)}. At the transfer price, **{_cover_words(view)}**. "
        f"{_gains_words(gains(view))} a year{chance_words(view)}."
    )


def left_over(view: View) -> float:
    """What the plant is left with after its fixed cost in the year in focus [USD bn], as planned; to 0.01."""
    return round(plant_at_year(view, "plant_result_usd_bn")[0], 2) + 0.0


def _cover_words(view: View) -> str:
    """Whether the plant covers its fixed cost in money."""
    result = left_over(view)
    if result < 0.0:
        return f"{figure(-result, 'USD bn')} of fixed cost a year stays uncovered"
    return "the plant covers its fixed cost" + (f" and keeps {figure(result, 'USD bn')} a year" if result else "")


def needed_figure(view: View) -> str:
    """Trucks a year that break even, as a headline figure."""
    needed = trucks_to_break_even(view)
    if needed is None:
        return "not in range"
    return "none" if needed == 0.0 else thousands(needed)


def _needed_words(view: View) -> str:
    """What it would take to break even, in one sentence."""
    needed = trucks_to_break_even(view)
    if needed == 0.0:
        return "It breaks even without a truck for Honda."
    if needed is None:
        room = room_kveh(view)
        if room <= 0.0:
            return "There is no room for trucks beside Nissan's own cars."
        return f"No number of trucks within the range, up to {thousands(room)} a year, would make it break even."
    times = number(needed / ridgeline_kveh(view), 1)
    gap, _ = plant_at_year(view, "plant_break_even_gap_kveh")
    many = "As many trucks" if thousands(gap) == thousands(needed) else f"**{trucks(needed)}**"
    text = f"{many} a year for Honda would close the gap: about {times} times the Ridgelines that it sells in the US."
    paying = trucks_to_cover_fixed_cost(view)
    if paying is None:
        return f"{text} In money no number that fits would, at the transfer price assumed."
    if thousands(paying) != thousands(needed):
        text += f" In money, at the transfer price assumed, it takes {thousands(paying)}."
    return text


# ---------------------------------------------------------------- (a) use of the plant

OWN: Final = "Nissan's own cars"
MOVED: Final = "Moved from abroad"
FOR_HONDA: Final = "Trucks for Honda"
FREE: Final = "Empty"
WITHOUT: Final = "Without trucks"


def _use_records(
    case: str, projection: Projection, values: dict[str, float], year: int, with_trucks: bool = True
) -> list[tuple[object, ...]]:
    plant = {name: float(np.asarray(value)[..., year].flat[0]) for name, value in projection.plant.items()}
    nissan = projection.company["nissan"]
    price_rise = float(np.asarray(nissan["price_rise_usd"])[..., year].flat[0])
    remains = ma.demand_share(price_rise, values["nissan_price_usd"], values["demand_elasticity"])
    capacity = values["canton_capacity_kveh"]
    own = float(ma.sold_kveh(values["canton_base_kveh"], remains))
    built = plant["plant_trucks_kveh"] if with_trucks else 0.0
    output = plant["plant_output_kveh"]
    moved = max(round(output - built - own, 6), 0.0)
    break_even = float(pl.break_even_output_kveh(values["break_even_share"], capacity))
    parts = {OWN: own, MOVED: moved, FOR_HONDA: built, FREE: max(round(capacity - output, 6), 0.0)}
    return [
        (case, part, volume, capacity, break_even, float(pl.utilisation_share(output, capacity)))
        for part, volume in parts.items()
    ]


def plant_use(view: View) -> Table:
    """Capacity of the plant by use in the year in focus, in scenario and reference."""
    values = dict(view.scenario.values)
    records = _use_records(SCENARIO, view.projection, values, view.year)
    if has_trucks(view) and chance_share(view) < 1.0:
        without = sweeps.sweep(view.scenario, TRUCKS, np.array([0.0]))
        records += _use_records(WITHOUT, without, values, view.year)
    records += _use_records(REFERENCE, view.reference, dict(edition(view.scenario.edition).defaults), view.year)
    columns = {
        "case": "Scenario with its trucks, the same without them, or reference",
        "use": "What the capacity is used for",
        "cars_kveh": "Cars, thousand a year",
        "capacity_kveh": "Capacity, thousand cars a year",
        "break_even_kveh": "Output at break-even, thousand cars a year",
        "utilisation_share": "Output over capacity, share",
    }
    return Table.of("canton_use", f"Canton: use of the capacity, {view.year_label}", columns, records)


def use_finding(view: View) -> str:
    """How full the plant is and how far from break-even."""
    use, before = plant_at_year(view, "plant_utilisation_share")
    gap, _ = plant_at_year(view, "plant_break_even_gap_kveh")
    output, _ = plant_at_year(view, "plant_output_kveh")
    where = distance(gap)
    now, was = percent(use, 0), percent(before, 0)
    if has_trucks(view):
        if chance_share(view) == 0.0:
            alone = percent(standing(view, "plant_utilisation_share")[0], 0)
            return f"Trucks would fill Canton to {now}, but they never come: it stays at {alone}"
        sure = "" if chance_share(view) == 1.0 else " if the alliance delivers"
        return f"Canton at {now}{sure}, against {was} in the reference: {where}"
    if now == was:
        empty = view.scenario.values["canton_capacity_kveh"] - output
        return f"{thousands(empty)} places a year stand empty in Canton: {where}"
    return f"Canton {'rises' if use > before else 'falls'} from {was} to {now} without a truck: {where}"


def use_rows(table: Table) -> pd.DataFrame:
    """Uses that any bar has, with their place in it, and labels; those of a whole bar are on its first row."""
    rows = table.rows
    rows = rows[rows.groupby("use")["cars_kveh"].transform("max") > 0.0]
    ends, first, free = rows.groupby("case")["cars_kveh"].cumsum(), ~rows.duplicated("case"), rows["use"] == FREE
    # Beside a row without the trucks, the scenario's row is what is planned.
    planned = {SCENARIO: "As planned"} if (rows["case"] == WITHOUT).any() else {}
    wide = rows["cars_kveh"] >= 0.13 * rows["capacity_kveh"].max()
    marks = [f"Break-even: {thousands(volume)}" for volume in rows["break_even_kveh"]]
    return rows.assign(
        row=rows["case"].replace(planned),
        strength=np.where(rows["case"] == SCENARIO, 1.0, 0.6),
        from_kveh=ends - rows["cars_kveh"],
        to_kveh=ends,
        label_kveh=np.where(free, ends, ends - rows["cars_kveh"]),
        label=np.where(wide, [thousands(volume) for volume in rows["cars_kveh"]], ""),
        label_cars=[cars(volume) for volume in rows["cars_kveh"]],
        label_share=np.where(first, [percent(share, 0) for share in rows["utilisation_share"]], ""),
        label_mark=marks,
        label_first_mark=np.where(rows.index == rows.index[0], marks, ""),
    )


def use_chart(rows: pd.DataFrame) -> Chart:
    """One bar per case: capacity by use, with the mark where the plant breaks even.

    rows: of `use_rows`
    """
    colors = {
        OWN: COMPANY_COLORS["Nissan"],
        MOVED: "#E69F00",
        FOR_HONDA: COMPANY_COLORS["Honda"],
        FREE: "rgba(138,148,156,0.35)",
    }
    present = [use for use in colors if use in set(rows["use"])]
    # The axis leaves room for each bar's share of capacity beside its name.
    axis = alt.Axis(labelLimit=120, ticks=False, domain=False, labelPadding=44)
    base = alt.Chart(rows).encode(
        y=alt.Y("row:N", sort=list(dict.fromkeys(rows["row"])), title=None, axis=axis),
        tooltip=[
            alt.Tooltip("case:N", title="Case"),
            alt.Tooltip("use:N", title="Used for"),
            alt.Tooltip("label_cars:N", title="A year"),
            alt.Tooltip("label_mark:N", title="Plant"),
        ],
    )
    bars = base.mark_bar(height=26).encode(
        x=alt.X("from_kveh:Q", title="Thousand cars a year", axis=alt.Axis(tickCount=5), scale=alt.Scale(zero=True)),
        x2=alt.X2("to_kveh:Q"),
        color=alt.Color(
            "use:N",
            scale=alt.Scale(domain=present, range=[colors[use] for use in present]),
            legend=alt.Legend(title=None, orient="top", columns=2, labelLimit=180),
        ),
        opacity=_strength(),
    )
    labels = base.mark_text(dy=-23, align=alt.expr(f"datum.use == '{FREE}' ? 'right' : 'left'")).encode(
        x=alt.X("label_kveh:Q"), text=alt.Text("label:N")
    )
    whole = base.transform_filter("datum.label_share != ''").encode(tooltip=alt.Tooltip("label_mark:N", title="Plant"))
    shares = whole.mark_text(align="right", dx=-8).encode(x=alt.value(0), text=alt.Text("label_share:N"))
    marks = whole.mark_tick(thickness=3, size=34, color=NEUTRAL, opacity=1.0).encode(x=alt.X("break_even_kveh:Q"))
    named = whole.mark_text(align="right", dx=4, dy=26).encode(
        x=alt.X("break_even_kveh:Q"), text=alt.Text("label_first_mark:N")
    )
    return alt.layer(bars, marks, labels, shares, named).properties(height=alt.Step(80))


# ---------------------------------------------------------------- (b) fixed cost per car

CURVE: Final = "Curve"
OUTPUT_POINT: Final = "Output"
BREAK_EVEN_POINT: Final = "Break-even"
_CURVE_KEYS: Final = ("canton_capacity_kveh", "break_even_share", "canton_contribution_usd")


def fixed_cost_curve(view: View) -> Table:
    """Fixed cost per car over output, with the points where the plant runs and where it breaks even."""
    defaults = edition(view.scenario.edition).defaults
    cases = [(SCENARIO, dict(view.scenario.values), view.projection), (REFERENCE, dict(defaults), view.reference)]
    outputs = {case: float(np.asarray(p.plant["plant_output_kveh"])[view.year]) for case, _, p in cases}
    same = all(view.scenario.values[key] == defaults[key] for key in _CURVE_KEYS)
    records: list[tuple[object, ...]] = []
    for case, values, projection in cases:
        capacity = values["canton_capacity_kveh"]
        break_even = float(pl.break_even_output_kveh(values["break_even_share"], capacity))
        fixed_usd_bn = float(pl.fixed_cost_usd_bn(break_even, values["canton_contribution_usd"]))
        if case == SCENARIO or not same:
            start = min(_CURVE_FROM_SHARE * capacity, 0.9 * min(outputs.values()))
            points = np.linspace(start, capacity, _CURVE_POINTS)
            curve = pl.fixed_cost_usd_per_vehicle(fixed_usd_bn, points)
            records += [(case, CURVE, float(x), float(y)) for x, y in zip(points, np.asarray(curve), strict=True)]
        per_car = float(np.asarray(projection.plant["plant_fixed_cost_usd_per_vehicle"])[view.year])
        records.append((case, OUTPUT_POINT, outputs[case], per_car))
        if case == SCENARIO:
            at_break_even = float(pl.fixed_cost_usd_per_vehicle(fixed_usd_bn, break_even))
            records.append((case, BREAK_EVEN_POINT, break_even, at_break_even))
    columns = {
        "case": "Scenario or reference",
        "point": "Point of the curve, output of the year in focus, or break-even",
        "output_kveh": "Output, thousand cars a year",
        "fixed_cost_usd_per_vehicle": "Fixed cost per car, USD",
    }
    return Table.of("canton_fixed_cost", f"Canton: fixed cost per car, {view.year_label}", columns, records)


def fixed_cost_finding(view: View) -> str:
    """What fuller use does to fixed cost per car."""
    cost, before = plant_at_year(view, "plant_fixed_cost_usd_per_vehicle")
    contribution = view.scenario.values["canton_contribution_usd"]
    if figure(cost, "USD") == figure(before, "USD"):
        verdict = "more than" if cost > contribution else "no more than"
        earned = figure(contribution, "USD")
        return f"Each car carries {figure(cost, 'USD')} of fixed cost, {verdict} the {earned} it earns"
    verb = "falls" if cost < before else "rises"
    if has_trucks(view) and chance_share(view) == 0.0:
        verb = f"would {verb.removesuffix('s')}"
    planned = " with the trucks" if has_trucks(view) else ""
    return f"Fixed cost per car {verb} from {figure(before, 'USD')} to {figure(cost, 'USD')}{planned}"


def fixed_cost_rows(table: Table) -> pd.DataFrame:
    """Curves and points with their labels: one where the outputs are one, on two sides where they are close."""
    rows, cost = table.rows, table.rows["fixed_cost_usd_per_vehicle"]
    output, reference = rows["point"] == OUTPUT_POINT, rows["case"] == REFERENCE
    apart = float(np.ptp(cost[output]) / cost[rows["point"] == CURVE].max())
    together = apart < 0.005
    usd = [figure(value, "USD") for value in cost]
    named = [f"{'Both' if together else case}: {value}" for case, value in zip(rows["case"], usd, strict=True)]
    return rows.assign(
        side=np.where(reference & (apart <= 0.08), 1.0, -1.0),
        label_cars=[cars(volume) for volume in rows["output_kveh"]],
        label_usd=usd,
        label_output=np.where(output & ~(reference & together), named, ""),
        label_break_even=[f"Break-even {thousands(volume)}" for volume in rows["output_kveh"]],
    )


def fixed_cost_chart(rows: pd.DataFrame) -> Chart:
    """Fixed cost per car over output: the scenario's curve solid, the reference's dashed, points named.

    rows: of `fixed_cost_rows`
    """
    color = COMPANY_COLORS["Nissan"]
    over_output = alt.Chart(rows).encode(
        x=alt.X(
            "output_kveh:Q",
            title="Output, thousand cars a year",
            scale=alt.Scale(zero=True),
            axis=alt.Axis(tickCount=5),
        )
    )
    base = over_output.encode(
        y=alt.Y(
            "fixed_cost_usd_per_vehicle:Q",
            title="Fixed cost per car, USD",
            axis=alt.Axis(format=",.0f", tickCount=5),
            scale=alt.Scale(zero=True, nice=True),
        ),
        tooltip=[
            alt.Tooltip("case:N", title="Case"),
            alt.Tooltip("point:N", title="Point"),
            alt.Tooltip("label_cars:N", title="Output a year"),
            alt.Tooltip("label_usd:N", title="Fixed cost per car"),
        ],
    )
    lines = (
        base.transform_filter(alt.datum.point == CURVE)
        .mark_line(strokeWidth=2.5, color=color)
        .encode(
            strokeDash=alt.StrokeDash(
                "case:N", scale=alt.Scale(domain=[SCENARIO, REFERENCE], range=[[1, 0], [5, 4]]), legend=None
            )
        )
    )
    is_break_even = alt.datum.point == BREAK_EVEN_POINT
    at_break_even = over_output.transform_filter(is_break_even)
    rule = at_break_even.mark_rule(strokeWidth=1.5, strokeDash=[2, 3], color=NEUTRAL)
    rule_name = at_break_even.mark_text(align="right", dx=-6, dy=-8).encode(
        y=alt.datum(0), text=alt.Text("label_break_even:N")
    )
    diamond = base.transform_filter(is_break_even).mark_point(
        shape="diamond", size=90, color=color, filled=False, strokeWidth=2
    )
    outputs = base.transform_filter("datum.label_output != ''")
    dots = [
        outputs.transform_filter(alt.datum.case == case).mark_point(
            filled=filled, size=90, color=color, strokeWidth=2, opacity=1.0
        )
        for case, filled in ((REFERENCE, False), (SCENARIO, True))
    ]
    # Left of its point a name is below the curve, right of it above.
    names = outputs.mark_text(**_beside("side", 8), dy=alt.expr("datum.side < 0 ? 13 : -10")).encode(
        text=alt.Text("label_output:N")
    )
    return alt.layer(lines, rule, rule_name, diamond, *dots, names).properties(height=300)


# ---------------------------------------------------------------- (d) trucks by year

REPLACING: Final = "Replace Ridgelines"
EXTRA: Final = "Extra trucks"


def trucks_by_year(view: View) -> Table:
    """Trucks for Honda by year: those that replace Ridgelines and those that are extra, as planned."""
    plant = view.projection.plant
    built, replaced = np.asarray(plant["plant_trucks_kveh"]), np.asarray(plant["plant_replaced_kveh"])
    parts = {REPLACING: replaced, EXTRA: np.asarray(ma.less_kveh(built, replaced))}
    records: list[tuple[object, ...]] = [
        (year, part, float(volume), float(total))
        for part, volumes in parts.items()
        for year, volume, total in zip(view.projection.years, volumes, built, strict=True)
    ]
    columns = {
        "fiscal_year": "Fiscal year, ending in March",
        "part": "Replaces a Ridgeline or extra",
        "trucks_kveh": "Trucks, thousand a year, if the alliance delivers",
        "all_trucks_kveh": "Trucks of both parts, thousand a year",
    }
    return Table.of("canton_trucks", "Trucks built for Honda by year", columns, records)


def trucks_finding(view: View) -> str:
    """How many trucks, and how many of them replace a Ridgeline."""
    built, _ = plant_at_year(view, "plant_trucks_kveh")
    replaced, _ = plant_at_year(view, "plant_replaced_kveh")
    planned = "" if chance_share(view) == 1.0 else " planned"
    if built <= _TOLERANCE_KVEH:
        last = float(np.asarray(view.projection.plant["plant_trucks_kveh"])[-1])
        first, year = first_truck_label(view), view.projection.years[-1]
        return f"The first trucks come in {first}; in {year} there are {thousands(last)}"
    if replaced <= _TOLERANCE_KVEH:
        return f"All {trucks(built)}{planned} in {view.year_label} are extra: none replaces a Ridgeline"
    if built - replaced <= _TOLERANCE_KVEH:
        return f"All {trucks(built)}{planned} in {view.year_label} replace Ridgelines"
    return f"Of {trucks(built)}{planned} in {view.year_label}, {thousands(replaced)} replace Ridgelines"


def trucks_rows(table: Table) -> pd.DataFrame:
    """Trucks by year with their place in the bar, and labels."""
    rows = _with_room(table.rows, table.rows["all_trucks_kveh"], 0.15)
    return rows.assign(
        rank=np.where(rows["part"] == REPLACING, 0, 1),
        label=[trucks(volume) for volume in rows["trucks_kveh"]],
        label_total=[thousands(volume) if volume > 0 else "none" for volume in rows["all_trucks_kveh"]],
    )


def trucks_chart(rows: pd.DataFrame) -> Chart:
    """Trucks by year, stacked, with their total above.

    rows: of `trucks_rows`
    """
    base = alt.Chart(rows).encode(
        x=alt.X("fiscal_year:O", title=None, axis=alt.Axis(labelAngle=0)),
        tooltip=[
            alt.Tooltip("fiscal_year:O", title="Fiscal year"),
            alt.Tooltip("part:N", title="Trucks that"),
            alt.Tooltip("label:N", title="A year"),
        ],
    )
    bars = base.mark_bar(width={"band": 0.6}).encode(
        y=alt.Y(
            "trucks_kveh:Q",
            title="Thousand trucks a year",
            stack="zero",
            axis=alt.Axis(tickCount=5),
            scale=alt.Scale(zero=True),
        ),
        color=alt.Color(
            "part:N",
            scale=alt.Scale(domain=[REPLACING, EXTRA], range=[COMPANY_COLORS["Honda"], "#56B4E9"]),
            legend=alt.Legend(title=None, orient="top", columns=2),
        ),
        order=alt.Order("rank:Q"),
    )
    totals = (
        base.transform_filter(alt.datum.part == EXTRA)
        .mark_text(dy=-9)
        .encode(y=alt.Y("all_trucks_kveh:Q"), text=alt.Text("label_total:N"))
    )
    return alt.layer(_ends(rows, "y"), bars, totals).properties(height=260)


# ---------------------------------------------------------------- (g) what frees a line

NET: Final = "Net"


def _freed_effect(view: View) -> dict[str, float]:
    """What freed lines change for Honda in the year in focus [JPY bn], by cause, in expectation."""
    use = view.scenario.values["freed_line_use_share"]
    both = sweeps.sweep(view.scenario, "freed_line_use_share", np.array([0.0, use])).company["honda"]

    def change(*names: str) -> float:
        total = np.sum([np.asarray(both[name])[:, view.year] for name in names], axis=0)
        return float(total[1] - total[0])

    net = float(np.asarray(view.projection.company["honda"]["freed_lines_effect_jpy_bn"])[view.year])
    avoided = -change("net_usmca_duty_jpy_bn", "net_japan_duty_jpy_bn")
    parts = -change("net_parts_duty_jpy_bn")
    sales = change("customers_pay_jpy_bn") - change("lost_contribution_jpy_bn")
    steps = {
        "Duty avoided on cars": avoided,
        "Duty on parts": parts,
        "Prices and sales": sales,
        "Cost of US building": net - avoided - parts - sales,
        NET: net,
    }
    # Prices move only where tariff cost is passed on to customers.
    return {
        step: effect for step, effect in steps.items() if step != "Prices and sales" or abs(effect) > _TOLERANCE_JPY_BN
    }


def freed_lines(view: View) -> Table:
    """What the freed lines bring Honda in the year in focus, step by step."""
    level = 0.0
    records: list[tuple[object, ...]] = []
    for step, effect in _freed_effect(view).items():
        start = 0.0 if step == NET else level
        records.append((step, effect, start, start + effect))
        level = start + effect
    columns = {
        "step": "Cause",
        "effect_jpy_bn": "Effect on Honda's operating profit, JPY bn, in expectation",
        "from_jpy_bn": "Sum before the step, JPY bn",
        "to_jpy_bn": "Sum after the step, JPY bn",
    }
    return Table.of("canton_freed_lines", f"What freed Honda lines bring, {view.year_label}", columns, records)


def freed_lines_finding(view: View) -> str:
    """Whether building imported cars on freed lines pays."""
    effect = _freed_effect(view)
    net, avoided = effect[NET], effect["Duty avoided on cars"]
    verdict = "leave " + figure(net, "JPY bn") if net >= 0 else "cost " + figure(-net, "JPY bn") + " on balance"
    return f"Freed lines save {figure(avoided, 'JPY bn')} of duty on cars and {verdict}"


def freed_lines_rows(table: Table) -> pd.DataFrame:
    """Steps with their kind and labels."""
    rows, effects = table.rows, table.rows["effect_jpy_bn"]
    return _with_room(rows, rows[["from_jpy_bn", "to_jpy_bn"]], 0.2).assign(
        kind=np.where(rows["step"] == NET, "total", np.where(effects >= 0.0, "gain", "loss")),
        right_jpy_bn=rows[["from_jpy_bn", "to_jpy_bn"]].max(axis=1),
        label=[short_change(effect) for effect in effects],
        label_effect=[signed(effect, "JPY bn") for effect in effects],
    )


def freed_lines_chart(rows: pd.DataFrame) -> Chart:
    """From the duty avoided to what is left of it, step by step.

    rows: of `freed_lines_rows`
    """
    base = alt.Chart(rows).encode(
        y=alt.Y("step:N", sort=list(rows["step"]), title=None, axis=_row_axis(150)),
        tooltip=[alt.Tooltip("step:N", title="Cause"), alt.Tooltip("label_effect:N", title="Effect on Honda's profit")],
    )
    bars = base.mark_bar(height={"band": 0.64}).encode(
        x=alt.X(
            "from_jpy_bn:Q",
            title="Honda's operating profit, JPY bn a year",
            scale=_TO_THE_ENDS,
            axis=alt.Axis(tickCount=4),
        ),
        x2=alt.X2("to_jpy_bn:Q"),
        color=alt.Color(
            "kind:N",
            scale=alt.Scale(domain=["total", "gain", "loss"], range=[COMPANY_COLORS["Honda"], GAIN, LOSS]),
            legend=None,
        ),
    )
    labels = base.mark_text(align="left", dx=5).encode(x=alt.X("right_jpy_bn:Q"), text=alt.Text("label:N"))
    return alt.layer(_ends(rows, "x"), _zero(rows, "x"), bars, labels).properties(height=alt.Step(36))


def duty_explanation(view: View) -> str:
    """Which trucks avoid duty and which merely add, with the scenario's numbers, as Markdown."""
    built, _ = plant_at_year(view, "plant_trucks_kveh")
    replaced, _ = plant_at_year(view, "plant_replaced_kveh")
    freed = float(pl.freed_lines_kveh(replaced, view.scenario.values["freed_line_use_share"]))
    extra = built - replaced
    lines = [
        "A truck from Canton avoids no duty by itself: Honda's only pickup, the Ridgeline, is built in Alabama "
        "already. Duty falls on the cars that Honda imports, and only a US line that becomes free can build those."
    ]
    if built <= _TOLERANCE_KVEH:
        return f"{lines[0]} In {view.year_label} no truck is built yet; choose a later year in focus to see which do."
    if chance_share(view) == 0.0:
        lines[0] += " As planned, though none of it comes in this scenario:"
    if replaced > _TOLERANCE_KVEH:
        lines.append(
            f"- **{trucks(replaced)}** replace Ridgelines (at most the {thousands(ridgeline_kveh(view))} that Honda "
            f"sells) and free as many places on Honda's own lines."
        )
        lines.append(
            f"- **{cars(round(freed, 1))}** imported until then are built on those places: they alone avoid duty."
            if freed > _TOLERANCE_KVEH
            else "- None of those places is used for an imported car, so no duty is avoided."
        )
    else:
        lines.append("- **None** of the trucks replaces a Ridgeline, so no line becomes free and no duty is avoided.")
    if extra > _TOLERANCE_KVEH:
        lines.append(
            f"- **{trucks(extra)}** are extra sales: they earn their margin and avoid no duty. "
            f"Someone must buy them: Honda sells about {thousands(ridgeline_kveh(view))} Ridgelines a year in the US "
            "(recalled)."
        )
    text = "\n".join(lines)
    if 0.0 < chance_share(view) < 1.0:
        text += f"\n\nTrucks and cars are counted as planned, yen at the {percent(chance_share(view), 0)} chance."
    return text


# ---------------------------------------------------------------- (e) who gains what


def price_per_truck(view: View) -> Table:
    """Honda's revenue for a truck by who gets it, in the year in focus, as steps that add up."""
    v = view.scenario.values
    fixed, _ = plant_at_year(view, "plant_fixed_cost_usd_per_vehicle")
    transfer, _ = plant_at_year(view, "plant_transfer_price_usd")
    variable, fee, revenue = v["truck_cost_usd"], v["transfer_fee_usd"], v["truck_price_usd"]
    fixed_part = float(pl.transfer_markup_usd(v["transfer_fixed_share"], fixed, 0.0))
    records: list[tuple[object, ...]] = [
        ("Variable cost", "Suppliers and workers", variable, 0.0, variable),
        ("Share of fixed cost", "Nissan", fixed_part, variable, variable + fixed_part),
        ("Fee", "Nissan", fee, variable + fixed_part, transfer),
        ("Honda pays Nissan", "Sum", transfer, 0.0, transfer),
        ("Left for Honda", "Honda", revenue - transfer, transfer, revenue),
        ("Dealers pay Honda", "Sum", revenue, 0.0, revenue),
    ]
    columns = {
        "part": "Part of the price",
        "goes_to": "Who gets it",
        "usd_per_vehicle": "USD per truck",
        "from_usd": "Sum before the part, USD per truck",
        "to_usd": "Sum after the part, USD per truck",
    }
    return Table.of("canton_price_per_truck", f"A truck's price by who gets it, {view.year_label}", columns, records)


def transfer_words(view: View) -> str:
    """What the transfer price is and how money is counted, as Markdown."""
    v = view.scenario.values
    rate = v["jpy_per_usd"]
    text = (
        "The transfer price is what Honda pays Nissan for a truck: its variable cost (parts, labour, freight) plus a "
        "share of the plant's fixed cost per car plus a fee. Nissan gains what Honda pays above the variable cost. "
        f"All of it is judgement: no contract is known. Honda books a dollar at {figure(rate, 'JPY')}, "
        f"Nissan at {figure(rate + v['nissan_jpy_gap'], 'JPY')}."
    )
    chance = chance_share(view)
    if chance < 1.0:
        text += (
            f" Money is counted in expectation: gains at the {percent(chance, 0)} chance that the alliance delivers, "
            "tooling in full."
        )
    return markdown_text(text)


def price_finding(view: View) -> str:
    """How the surplus over variable cost is split on a truck."""
    v = view.scenario.values
    transfer, _ = plant_at_year(view, "plant_transfer_price_usd")
    markup, left = transfer - v["truck_cost_usd"], v["truck_price_usd"] - transfer
    gets, rest = ("would get", "would ") if chance_share(view) == 0.0 else ("gets", "")
    verb = ("lose" if left < 0 else "keep") + ("" if rest else "s")
    return (
        f"On each extra truck Nissan {gets} {figure(markup, 'USD')} above its cost and Honda {rest}{verb} "
        f"{figure(abs(left), 'USD')}"
    )


def price_rows(table: Table) -> pd.DataFrame:
    """Parts of the price with their labels, sums pale."""
    rows, right = table.rows, table.rows[["from_usd", "to_usd"]].max(axis=1)
    return _with_room(rows, right, 0.3).assign(
        right_usd=right,
        strength=np.where(rows["goes_to"] == "Sum", 0.35, 1.0),
        label=[figure(value, "USD") for value in rows["usd_per_vehicle"]],
    )


def price_chart(rows: pd.DataFrame) -> Chart:
    """A stacked bar unfolded, one part per row, so that thin parts can be read.

    rows: of `price_rows`
    """
    tones = {"Suppliers and workers": NEUTRAL, **COMPANY_COLORS, "Sum": "#5B6770"}
    base = alt.Chart(rows).encode(
        y=alt.Y("part:N", sort=list(rows["part"]), title=None, axis=_row_axis(150)),
        tooltip=[
            alt.Tooltip("part:N", title="Part"),
            alt.Tooltip("goes_to:N", title="Goes to"),
            alt.Tooltip("label:N", title="Per truck"),
        ],
    )
    bars = base.mark_bar(height={"band": 0.64}).encode(
        x=alt.X("from_usd:Q", title="USD per truck", scale=_TO_THE_ENDS, axis=alt.Axis(format=",.0f", tickCount=4)),
        x2=alt.X2("to_usd:Q"),
        color=alt.Color("goes_to:N", scale=alt.Scale(domain=list(tones), range=list(tones.values())), legend=None),
        opacity=_strength(),
    )
    labels = base.mark_text(align="left", dx=5).encode(x=alt.X("right_usd:Q"), text=alt.Text("label:N"))
    return alt.layer(_ends(rows, "x"), bars, labels).properties(height=alt.Step(34))


def canton_gains(view: View) -> Table:
    """What Canton adds to each company's operating profit in the year in focus, by cause."""
    v = view.scenario.values
    transfer_usd, _ = plant_at_year(view, "plant_transfer_price_usd")
    markup = transfer_usd - v["truck_cost_usd"]
    fee_share = v["transfer_fee_usd"] / markup if markup > 0.0 else 0.0
    records: list[tuple[object, ...]] = []
    honda = view.projection.company["honda"]
    for name, cause in CAUSES.items():
        records.append(("Honda", cause, float(np.asarray(honda[name])[view.year])))
    received = float(np.asarray(view.projection.company["nissan"]["transfer_effect_jpy_bn"])[view.year])
    records.append(("Honda", "Honda in all", gains(view)["honda"]))
    records.append(("Nissan", "Fixed cost paid by Honda", received - received * fee_share))
    records.append(("Nissan", "Fee", received * fee_share))
    records.append(("Nissan", "Nissan in all", gains(view)["nissan"]))
    columns = {
        "company": "Company",
        "cause": "Cause",
        "effect_jpy_bn": "Effect on operating profit, JPY bn, in expectation",
    }
    return Table.of("canton_gains", f"Who gains what from Canton, {view.year_label}", columns, records)


def gains_finding(view: View) -> str:
    """Who gains more."""
    words = _gains_words(gains(view)).replace("**", "")
    return f"In {view.year_label} {words}{chance_words(view)}"


def gains_rows(table: Table) -> pd.DataFrame:
    """Gains by cause with their labels, sums in full colour; without a cause that changes nothing."""
    rows = table.rows
    rows = rows[rows["cause"].str.endswith("in all") | (rows["effect_jpy_bn"].abs() > 0.0)]
    effects = rows["effect_jpy_bn"]
    return _with_room(rows, effects, 0.22).assign(
        right_jpy_bn=effects.clip(lower=0.0),
        strength=np.where(rows["cause"].str.endswith("in all"), 1.0, 0.55),
        label=[short_change(effect) for effect in effects],
        label_effect=[signed(effect, "JPY bn") for effect in effects],
    )


def gains_chart(rows: pd.DataFrame) -> Chart:
    """Gains and costs per company and cause, the sums last.

    rows: of `gains_rows`
    """
    base = alt.Chart(rows).encode(
        y=alt.Y("cause:N", sort=list(rows["cause"]), title=None, axis=_row_axis(170)),
        tooltip=[
            alt.Tooltip("company:N", title="Company"),
            alt.Tooltip("cause:N", title="Cause"),
            alt.Tooltip("label_effect:N", title="Effect on operating profit"),
        ],
    )
    bars = base.mark_bar(height={"band": 0.64}).encode(
        x=alt.X(
            "effect_jpy_bn:Q", title="Operating profit, JPY bn a year", scale=_TO_THE_ENDS, axis=alt.Axis(tickCount=5)
        ),
        color=company_color(),
        opacity=_strength(),
    )
    labels = base.mark_text(align="left", dx=5).encode(x=alt.X("right_jpy_bn:Q"), text=alt.Text("label:N"))
    return alt.layer(_ends(rows, "x"), _zero(rows, "x"), bars, labels).properties(height=alt.Step(31))


def gains_by_year(view: View) -> Table:
    """What Canton adds to each company's operating profit, by year and cause."""
    records: list[tuple[object, ...]] = []
    for company in COMPANIES:
        outputs = view.projection.company[company]
        total = gain_by_year(view.projection, company)
        for index, year in enumerate(view.projection.years):
            causes = (float(np.asarray(outputs[name])[index]) for name in CAUSES)
            records.append((COMPANY_LABELS[company], year, *causes, float(total[index])))
    columns = {
        "company": "Company",
        "fiscal_year": "Fiscal year, ending in March",
        "extra_trucks_jpy_bn": "Contribution of extra trucks, JPY bn",
        "transfer_jpy_bn": "Payment for the trucks above their variable cost, JPY bn; Honda pays, Nissan receives",
        "freed_lines_jpy_bn": "Freed Honda lines, net, JPY bn",
        "tooling_jpy_bn": "Write-off of tooling, JPY bn",
        "gain_jpy_bn": "Sum: effect on operating profit, JPY bn, in expectation",
    }
    return Table.of("canton_gains_by_year", "What Canton adds to operating profit by year", columns, records)


def gains_by_year_finding(view: View) -> str:
    """What the five years add up to."""
    sums = {company: float(gain_by_year(view.projection, company).sum()) for company in COMPANIES}
    words = [f"{COMPANY_LABELS[company]} {signed(total, 'JPY bn')}" for company, total in sums.items()]
    return f"Over the five years: {' and '.join(words)}"


def gains_by_year_rows(table: Table) -> pd.DataFrame:
    """Gains by year with their labels."""
    gain = table.rows["gain_jpy_bn"]
    return _with_room(table.rows, gain, 0.18).assign(
        top_jpy_bn=gain.clip(lower=0.0),
        label=[number(value, 0) if abs(value) >= 0.5 else "" for value in gain],
        label_gain=[signed(value, "JPY bn") for value in gain],
    )


def gains_by_year_chart(rows: pd.DataFrame) -> Chart:
    """The gain of each company by year, side by side.

    rows: of `gains_by_year_rows`
    """
    base = alt.Chart(rows).encode(
        x=alt.X("fiscal_year:O", title=None, axis=alt.Axis(labelAngle=0)),
        xOffset=alt.XOffset("company:N", sort=list(COMPANY_COLORS)),
        tooltip=[
            alt.Tooltip("company:N", title="Company"),
            alt.Tooltip("fiscal_year:O", title="Fiscal year"),
            alt.Tooltip("label_gain:N", title="Effect on operating profit"),
        ],
    )
    bars = base.mark_bar().encode(
        y=alt.Y(
            "gain_jpy_bn:Q", title="Operating profit, JPY bn a year", scale=_TO_THE_ENDS, axis=alt.Axis(tickCount=5)
        ),
        color=alt.Color(
            "company:N",
            scale=COMPANY_SCALE,
            legend=alt.Legend(title=None, orient="top"),
        ),
    )
    labels = base.mark_text(dy=-8).encode(y=alt.Y("top_jpy_bn:Q"), text=alt.Text("label:N"))
    return alt.layer(_ends(rows, "y"), _zero(rows, "y"), bars, labels).properties(height=260)


# ---------------------------------------------------------------- sweeps: the split and the number of trucks

_GAIN_COLUMN: Final = "What Canton adds to operating profit, JPY bn a year, in expectation"


def _gain_sweep(view: View, key: str, points: Points, year: int) -> tuple[Projection, list[tuple[object, ...]]]:
    swept = sweeps.sweep(view.scenario, key, points)
    records: list[tuple[object, ...]] = [
        (COMPANY_LABELS[company], float(point), float(gain))
        for company in COMPANIES
        for point, gain in zip(points, gain_by_year(swept, company)[:, year], strict=True)
    ]
    return swept, records


def split_by_fixed_share(view: View) -> Table:
    """What each company gains in the year in focus, over the share of fixed cost in the transfer price."""
    a = ASSUMPTIONS["transfer_fixed_share"]
    points = np.linspace(a.minimum, a.maximum, _SWEEP_POINTS)
    swept, records = _gain_sweep(view, a.key, points, view.year)
    prices = np.tile(np.asarray(swept.plant["plant_transfer_price_usd"])[:, view.year], len(COMPANIES))
    records = [(*record, float(price)) for record, price in zip(records, prices, strict=True)]
    columns = {
        "company": "Company",
        "transfer_fixed_share": "Fixed cost carried by the transfer price, share of the average per car",
        "gain_jpy_bn": _GAIN_COLUMN,
        "transfer_price_usd": "Transfer price, USD per truck",
    }
    title = f"Who gains, by the share of fixed cost that Honda pays, {view.year_label}"
    return Table.of("canton_split", title, columns, records)


def _even_split_share(view: View) -> tuple[float, ...]:
    """Shares of fixed cost at which both companies gain the same in the year in focus."""

    def gap(p: Projection) -> Points:
        return gain_by_year(p, "honda")[:, view.year] - gain_by_year(p, "nissan")[:, view.year]

    return crossings(view.scenario, "transfer_fixed_share", gap)


def split_finding(view: View) -> str:
    """How the split moves with the fixed-cost share, and where it is even."""
    a = ASSUMPTIONS["transfer_fixed_share"]
    ends = sweeps.sweep(view.scenario, a.key, np.array([a.minimum, a.maximum]))
    low, high = (gain_by_year(ends, "nissan")[i, view.year] for i in (0, 1))
    moved = figure(float(high - low), "JPY bn")
    if moved == figure(0.0, "JPY bn"):
        return "The split moves nothing: no truck is paid for"
    even = _even_split_share(view)
    if even:
        return f"The fixed-cost share moves {moved} a year; the gain is even at {percent(even[0], 0)}"
    more = max(gains(view), key=lambda company: gains(view)[company])
    return f"The fixed-cost share moves {moved} a year; {COMPANY_LABELS[more]} gains more at every share"


def parity_words(view: View) -> str:
    """What the trucks pay towards Canton's fixed cost, beside Nissan's own cars."""
    v = view.scenario.values
    own = v["canton_contribution_usd"]
    transfer, _ = plant_at_year(view, "plant_transfer_price_usd")
    markup = transfer - v["truck_cost_usd"]
    output, _ = plant_at_year(view, "plant_output_kveh")
    built, _ = plant_at_year(view, "plant_trucks_kveh")

    def gap(p: Projection) -> Points:
        price: Points = np.asarray(p.plant["plant_transfer_price_usd"])[:, view.year]
        return price - v["truck_cost_usd"] - own

    met = crossings(view.scenario, "transfer_fixed_share", gap)
    text = (
        f"Break-even counts cars. In money, {thousands(output - built)} of Nissan's own bring {figure(own, 'USD')} "
        f"each and {trucks(built)} bring {figure(markup, 'USD')} each, what Honda pays above variable cost: "
        f"{_cover_words(view)}."
    )
    if markup >= own:
        return text
    if met:
        share = percent(met[0], 0)
        return f"{text} A truck counts like one of Nissan's own cars only from a fixed-cost share of {share} on."
    return f"{text} At no fixed-cost share does a truck count like one of Nissan's own cars."


def break_even_words(view: View) -> str:
    """Where the break-even comes from, and what it leaves out, as Markdown."""
    v = view.scenario.values
    contribution = figure(v["canton_contribution_usd"], "USD")
    text = (
        f"{view.year_label}, trucks as planned. Break-even at {percent(v['break_even_share'], 0)} of capacity is a "
        f"rule of thumb (Nikkei, WSJ). With the {contribution} that each car contributes (judgement) it sets the "
        "plant's fixed cost, for which no published figure was found."
    )
    return markdown_text(f"{text} {parity_words(view)}" if has_trucks(view) and chance_share(view) > 0.0 else text)


def split_rows(table: Table, share: float) -> pd.DataFrame:
    """Gains over the fixed-cost share, with the scenario's own; share: of fixed cost in its transfer price."""
    shares = [percent(value, 0) for value in table.rows["transfer_fixed_share"]]
    return _sweep_rows(table, "transfer_fixed_share", shares, {f"now {percent(share, 0)}": share})


def split_chart(rows: pd.DataFrame) -> Chart:
    """Both companies' gain over the fixed-cost share, with the scenario's own share marked.

    rows: of `split_rows`
    """
    axis = alt.Axis(format=".0%", tickCount=5)
    return _sweep_chart(rows, "transfer_fixed_share", "Share of fixed cost that Honda pays", axis)


def gains_by_trucks(view: View) -> Table:
    """What each company gains in the last year, over the number of trucks at full rate."""
    room = room_kveh(view)
    points = np.linspace(min(_FIRST_TRUCK_KVEH, room), room, _SWEEP_POINTS)
    swept, records = _gain_sweep(view, TRUCKS, points, -1)
    use = np.tile(np.asarray(swept.once["canton_utilisation_share"]), len(COMPANIES))
    records = [(*record, float(share)) for record, share in zip(records, use, strict=True)]
    columns = {
        "company": "Company",
        "contract_kveh": "Trucks for Honda at full rate, thousand a year",
        "gain_jpy_bn": _GAIN_COLUMN,
        "utilisation_share": "Use of the plant if the alliance delivers, share of capacity",
    }
    title = f"Who gains, by the number of trucks, {view.projection.years[-1]}"
    return Table.of("canton_gains_by_trucks", title, columns, records)


def can_sweep_trucks(view: View) -> bool:
    """Whether the number of trucks changes anything in the last year."""
    return (
        chance_share(view) > 0.0
        and room_kveh(view) > 0.0
        and float(gains_by_trucks(view).rows["gain_jpy_bn"].abs().max()) > _TOLERANCE_JPY_BN
    )


def no_sweep_words(view: View) -> str:
    """Why no number of trucks changes anything, as Markdown."""
    if room_kveh(view) <= 0.0:
        return "Nissan's own cars fill the plant: there is no room for a truck."
    if chance_share(view) == 0.0:
        return (
            "No number of trucks helps here: the scenario gives the alliance no chance to deliver. "
            "Raise “Chance that the alliance delivers” to see who gains."
        )
    return f"No truck would be built by {view.projection.years[-1]}: it starts too late or is delayed too long."


def gains_by_trucks_finding(view: View) -> str:
    """From how many trucks on Honda gains."""

    def gap(p: Projection) -> Points:
        last: Points = gain_by_year(p, "honda")[:, -1]
        return last

    # At zero trucks nothing is earned or spent: look from the first truck on.
    met = crossings(view.scenario, TRUCKS, gap, low=_FIRST_TRUCK_KVEH)
    rows = gains_by_trucks(view).rows
    at_most = float(rows[rows["company"] == "Honda"]["gain_jpy_bn"].iloc[-1])
    year = view.projection.years[-1]
    if met and at_most > 0:
        return f"Honda gains from {trucks(met[-1])} a year on: fewer do not earn back tooling and the payment to Nissan"
    if met:
        return f"Honda gains only up to {trucks(met[0])} a year"
    if at_most < 0:
        return f"At no number of trucks does Honda gain in {year}"
    return f"Honda gains at any number of trucks in {year}, up to {figure(at_most, 'JPY bn')} a year"


def gains_by_trucks_rows(table: Table, contract_kveh: float, needed_kveh: float | None) -> pd.DataFrame:
    """Gains over the number of trucks, with marks at the scenario's and at what breaks even.

    contract_kveh, needed_kveh: of the scenario, and to break even [thousand a year]; no mark at zero
    """
    marks = {"scenario": contract_kveh, "break-even in cars": needed_kveh or 0.0}
    volumes = [trucks(volume) for volume in table.rows["contract_kveh"]]
    return _sweep_rows(table, "contract_kveh", volumes, {name: at for name, at in marks.items() if at > 0.0})


def gains_by_trucks_chart(rows: pd.DataFrame) -> Chart:
    """Both companies' gain over the number of trucks, with the contract and break-even marked.

    rows: of `gains_by_trucks_rows`
    """
    return _sweep_chart(rows, "contract_kveh", "Trucks for Honda, thousand a year", alt.Axis(tickCount=5))


def _sweep_rows(table: Table, key: str, points: list[str], marks: dict[str, float]) -> pd.DataFrame:
    """Rows of a sweep with the lines' names at one of their ends; the first rows hold the marks.

    key: column of what is swept; points: its values in words; marks: name to place
    """
    rows, point, gain = table.rows, table.rows[key], table.rows["gain_jpy_bn"]
    reach = max(float(point.max()), *marks.values(), _TOLERANCE_KVEH)
    left, right = ~rows.duplicated("company"), ~rows.duplicated("company", keep="last")

    def is_free_and_wide(end: pd.Series) -> tuple[bool, float]:
        place = float(point[end].iloc[0])
        return all(abs(at - place) >= 0.25 * reach for at in marks.values()), float(np.ptp(gain[end]))

    # Named where the lines are farther apart, each on its outer side, so that the names never meet.
    end = max(left, right, key=is_free_and_wide)
    is_lower = gain[end].rank(method="first").reindex(rows.index) == 1.0
    drawn: list[tuple[str, float, float, float]] = []
    for rank, (name, at) in enumerate(sorted(marks.items(), key=lambda mark: mark[1])):
        # The lower one is named on its left, the higher one on its right, as far as there is room.
        is_far = at > 0.75 * reach
        leftward = is_far or (len(marks) > 1 and rank == 0 and at > 0.3 * reach)
        drawn.append((name, at, -1.0 if leftward else 1.0, -9.0 - 15.0 * (rank if is_far else 0)))
    none = [("", 0.0, 0.0, 0.0)] * (len(rows) - len(drawn))
    marked = pd.DataFrame([*drawn, *none], columns=["label_mark", "mark_at", "mark_side", "mark_dy"])
    return _with_room(rows, gain, 0.16).assign(
        **marked,
        name_side=-1.0 if end is right else 1.0,
        name_dy=np.where(is_lower, 16.0, -12.0),
        label_name=rows["company"].where(end, ""),
        label_point=points,
        label=[signed(value, "JPY bn") for value in gain],
    )


def _sweep_chart(rows: pd.DataFrame, key: str, x_title: str, axis: alt.Axis) -> Chart:
    """A line per company over an assumption, rules at marked values.

    rows: of `_sweep_rows`; key: column of what is swept
    """
    base = alt.Chart(rows).encode(
        x=alt.X(f"{key}:Q", title=x_title, axis=axis, scale=_TO_THE_ENDS),
        y=alt.Y(
            "gain_jpy_bn:Q", title="Operating profit, JPY bn a year", scale=_TO_THE_ENDS, axis=alt.Axis(tickCount=5)
        ),
        color=company_color(),
        tooltip=[
            alt.Tooltip("company:N", title="Company"),
            alt.Tooltip("label_point:N", title=x_title),
            alt.Tooltip("label:N", title="Effect on operating profit"),
        ],
    )
    lines = base.mark_line(strokeWidth=2.5)
    names = (
        base.transform_filter("datum.label_name != ''")
        .mark_text(**_beside("name_side", 4), dy=alt.expr("datum.name_dy"), fontWeight="bold")
        .encode(text=alt.Text("label_name:N"))
    )
    marked = alt.Chart(rows).transform_filter("datum.label_mark != ''").encode(x=alt.X("mark_at:Q"))
    rules = marked.mark_rule(strokeDash=[3, 3], strokeWidth=1.5, color=NEUTRAL)
    mark_names = marked.mark_text(**_beside("mark_side", 5), dy=alt.expr("datum.mark_dy")).encode(
        y=alt.Y("room_low:Q"), text=alt.Text("label_mark:N")
    )
    layers = (_ends(rows, "y"), _zero(rows, "y"), lines, names, rules, mark_names)
    return alt.layer(*layers).properties(height=280)


# ---------------------------------------------------------------- (f) capital avoided


def _new_plants(view: View) -> list[tuple[str, float, str, str]]:
    """New plants: name, cost per unit of yearly capacity [USD], kind and source."""
    f = facts()
    model = edition(view.scenario.edition)
    source, kind = model.source_of("greenfield_usd_per_unit")
    built = f["greenfield_mtm_cost"].source

    def per_unit(cost_id: str, capacity_id: str) -> float:
        return f[cost_id].number / (f[capacity_id].number * USD_BN_PER_KVEH_USD)

    return [
        ("Mazda Toyota", model.facts["greenfield_usd_per_unit"], kind, f"{source}; {built}"),
        (
            "Scout",
            per_unit("greenfield_scout_cost", "greenfield_scout_capacity"),
            "recalled",
            f["greenfield_scout_cost"].source,
        ),
        (
            "Hyundai, built out",
            per_unit("greenfield_hyundai_cost", "greenfield_hyundai_capacity_high"),
            "recalled",
            f"{f['greenfield_hyundai_cost'].source}; with batteries",
        ),
        (
            "Hyundai, at first",
            per_unit("greenfield_hyundai_cost", "greenfield_hyundai_capacity_low"),
            "recalled",
            f"{f['greenfield_hyundai_cost'].source}; with batteries",
        ),
    ]


def capital_avoided(view: View) -> Table:
    """A new plant for the trucks, at the cost of four that were built, against tooling at Canton."""
    volume, tooling = discussed_trucks_kveh(view), view.scenario.values["tooling_usd_bn"]
    records: list[tuple[object, ...]] = []
    for name, unit_usd, kind, source in _new_plants(view):
        avoided = float(pl.capex_avoided_usd_bn(volume, unit_usd, tooling))
        plant_usd_bn = float(pl.capex_avoided_usd_bn(volume, unit_usd, 0.0))
        records.append((name, unit_usd, volume, plant_usd_bn, tooling, avoided, kind, source))
    columns = {
        "new_plant": "A new plant at the cost of",
        "usd_per_unit": "Cost of a new plant, USD per car of yearly capacity",
        "trucks_kveh": "Trucks, thousand a year: the scenario's, or else what would break even",
        "new_plant_usd_bn": "New plant for these trucks, USD bn",
        "tooling_usd_bn": "Tooling and launch at Canton, USD bn",
        "avoided_usd_bn": "Capital avoided, USD bn, once",
        "kind": "Kind of the figure",
        "source": "Source",
    }
    table = Table.of("canton_capital", "Capital avoided against a new plant for as many trucks", columns, records)
    return replace(
        table, sources=_fact_sources("greenfield_mtm_unit_cost", "greenfield_scout_cost", "greenfield_hyundai_cost")
    )


def capital_finding(view: View) -> str:
    """What Honda need not spend, after tooling."""
    rows = capital_avoided(view).rows
    first = rows.iloc[0]
    volume, avoided = float(first["trucks_kveh"]), float(first["avoided_usd_bn"])
    if avoided < 0:
        return f"For {trucks(volume)} a year, tooling costs {figure(-avoided, 'USD bn')} more than a new plant"
    verb = "saves" if contract_kveh(view) > 0.0 and chance_share(view) > 0.0 else "would save"
    return f"For {trucks(volume)} a year, Canton {verb} Honda {figure(avoided, 'USD bn')} of capital, once"


def capital_words(view: View) -> str:
    """From how many trucks on capital is saved at all, and how the figures are known."""
    unit = edition(view.scenario.edition).facts["greenfield_usd_per_unit"]
    tooling = view.scenario.values["tooling_usd_bn"]
    # Without a truck there is neither plant nor tooling: look from the first truck on.
    met = crossings(view.scenario, TRUCKS, lambda p: np.asarray(p.once["capex_avoided_usd_bn"]), low=_FIRST_TRUCK_KVEH)
    if tooling == 0.0:
        least = "the scenario counts no tooling"
    elif met:
        least = f"tooling of {figure(tooling, 'USD bn')} (judgement) is covered from {trucks(met[0])} a year on"
    else:
        least = f"tooling of {figure(tooling, 'USD bn')} (judgement) is covered at no number that fits"
    return (
        f"The figure beside a bar is the plant less tooling. The model takes Mazda Toyota in Huntsville (2020), "
        f"{figure(unit, 'USD')} per car of yearly capacity: {least}. "
        "The pale bars are recalled, not verified; Hyundai's plant includes batteries. Capital is avoided only if "
        "Honda would otherwise have built a plant."
    )


def capital_rows(table: Table) -> pd.DataFrame:
    """New plants with their labels, recalled ones pale; the first row names the tooling."""
    rows, ends = table.rows, table.rows[["new_plant_usd_bn", "tooling_usd_bn"]].max(axis=1)
    tooling = [f"Tooling {figure(value, 'USD bn')}" for value in rows["tooling_usd_bn"]]
    return _with_room(rows, ends, 0.45, 0.1).assign(
        end_usd_bn=ends,
        strength=np.where(rows["kind"] == "recalled", 0.4, 1.0),
        label=[signed(value, "USD bn") for value in rows["avoided_usd_bn"]],
        label_cost=[figure(value, "USD bn") for value in rows["new_plant_usd_bn"]],
        label_unit=[figure(value, "USD") for value in rows["usd_per_unit"]],
        label_tooling=np.where(rows.index == rows.index[0], tooling, ""),
    )


def capital_chart(rows: pd.DataFrame) -> Chart:
    """The cost of a new plant as bars, tooling at Canton as a mark, what is avoided in words.

    rows: of `capital_rows`
    """
    base = alt.Chart(rows).encode(
        y=alt.Y("new_plant:N", sort=list(rows["new_plant"]), title=None, axis=_row_axis(130)),
        tooltip=[
            alt.Tooltip("new_plant:N", title="A new plant like"),
            alt.Tooltip("label_unit:N", title="Per car of yearly capacity"),
            alt.Tooltip("label_cost:N", title="New plant"),
            alt.Tooltip("label:N", title="Avoided after tooling"),
            alt.Tooltip("kind:N", title="Figure is"),
            alt.Tooltip("source:N", title="Source"),
        ],
    )
    bars = base.mark_bar(height={"band": 0.6}, color=COMPANY_COLORS["Honda"]).encode(
        x=alt.X("new_plant_usd_bn:Q", title="New plant, USD bn", scale=_TO_THE_ENDS, axis=alt.Axis(tickCount=5)),
        opacity=_strength(),
    )
    labels = base.mark_text(align="left", dx=6).encode(x=alt.X("end_usd_bn:Q"), text=alt.Text("label:N"))
    tooling = alt.Chart(rows).transform_filter("datum.label_tooling != ''").encode(x=alt.X("tooling_usd_bn:Q"))
    rule = tooling.mark_rule(strokeWidth=2, strokeDash=[3, 3], color="#E69F00")
    name = tooling.mark_text(align="left", dx=-2, dy=-8).encode(y=alt.value(0), text=alt.Text("label_tooling:N"))
    return alt.layer(_ends(rows, "x"), bars, rule, labels, name).properties(height=alt.Step(36))


# ---------------------------------------------------------------- (h) three printed figures


def utilisation_figures(view: View) -> Table:
    """Canton's use as three sources print it, beside the model's."""
    f = facts()
    derived, nikkei, news = (f[f"canton_utilisation_{name}"] for name in ("calc", "nikkei", "an"))
    use, before = standing(view, "plant_utilisation_share")
    half = 0.5
    records: list[tuple[object, ...]] = [
        ("Nikkei", nikkei.number, percent(nikkei.number, 0), nikkei.kind, nikkei.source),
        (
            "Worked out",
            derived.number,
            percent(derived.number, 0),
            derived.kind,
            f"{derived.source}; {f['canton_output_fy2024'].source}",
        ),
        ("Automotive News", half, str(news.value), news.kind, news.source),
        ("Model, reference", before, percent(before, 0), "model", MODEL_SOURCE),
    ]
    if percent(use, 0) != percent(before, 0):
        records.append(("Model, scenario", use, percent(use, 0), "model", MODEL_SOURCE))
    columns = {
        "printed_by": "Who prints it",
        "utilisation_share": "Use of the plant, share of capacity; an upper bound where the words say less than",
        "in_words": "As printed",
        "kind": "Kind of the figure",
        "source": "Source",
    }
    table = Table.of(
        "canton_utilisation", f"Canton: utilisation by source, model at {view.year_label}", columns, records
    )
    ids = (
        "canton_utilisation_calc",
        "canton_output_fy2024",
        "canton_capacity_current",
        "canton_utilisation_nikkei",
        "canton_utilisation_an",
    )
    return replace(table, sources=(*_fact_sources(*ids), MODEL_SOURCE))


def utilisation_finding(view: View) -> str:
    """Where the printed figures and the model's reference stand."""
    before = plant_at_year(view, "plant_utilisation_share")[1]
    f = facts()
    low, high = f["canton_utilisation_an"].value, percent(f["canton_utilisation_nikkei"].number, 0)
    return f"Three printed figures, from {low} to {high}: the model starts at {percent(before, 0)}"


def utilisation_rows(table: Table, break_even_share: float) -> pd.DataFrame:
    """Printed figures and the model's with their labels; the first row names break-even."""
    rows = table.rows
    return rows.drop(columns="in_words").assign(
        tone=np.where(rows["kind"] == "model", "Nissan", "Other"),
        strength=np.where(rows["in_words"].str.startswith("less"), _PALE, 1.0),
        break_even_share=break_even_share,
        label=rows["in_words"],
        label_mark=np.where(rows.index == rows.index[0], "break-even", ""),
    )


def utilisation_chart(rows: pd.DataFrame) -> Chart:
    """Printed figures and the model's as bars, with the break-even rule of thumb.

    rows: of `utilisation_rows`
    """
    bars = _fact_layers(rows, "printed_by", "utilisation_share", "Share of capacity", alt.Scale(domain=[0, 1]))
    mark = alt.Chart(rows).transform_filter("datum.label_mark != ''").encode(x=alt.X("break_even_share:Q"))
    rule = mark.mark_rule(strokeDash=[3, 3], strokeWidth=1.5, color=NEUTRAL)
    name = mark.mark_text(align="right", dx=-5, dy=-8).encode(y=alt.value(0), text=alt.Text("label_mark:N"))
    return alt.layer(*bars, rule, name).properties(height=alt.Step(32))


# ---------------------------------------------------------------- (i) the pickup market


def _market(name: str, title: str, ids: dict[str, str]) -> Table:
    f = facts()
    records: list[tuple[object, ...]] = [
        (maker, f[fact_id].number, _kind_of_share(f[fact_id]), f[fact_id].source, f[fact_id].note)
        for maker, fact_id in ids.items()
    ]
    columns = {
        "maker": "Maker",
        "market_share": "Share of the sales of this class",
        "kind": "Kind of the figure",
        "source": "Source",
        "note": "Note",
    }
    table = Table.of(name, title, columns, records)
    return replace(table, sources=_fact_sources(*ids.values()))


def _kind_of_share(fact: Fact) -> str:
    """A share is only as good as the maker's own sales: recalled where they are."""
    return "recalled" if "figure is recalled" in fact.note else fact.kind


def full_size_market(view: View) -> Table:
    """Full-size pickups in the US by maker, 2025."""
    makers = {"GM": "gm", "Ford": "ford", "Ram": "ram", "Toyota": "toyota", "Tesla": "tesla"}
    ids = {maker: f"fullsize_share_2025_{name}" for maker, name in makers.items()}
    return _market("pickups_full_size", "US full-size pickups by maker, 2025", ids)


def mid_size_market(view: View) -> Table:
    """Mid-size pickups in the US by maker, January to September 2025."""
    makers = ("Toyota", "GM", "Ford", "Nissan", "Jeep", "Honda")
    ids = {maker: f"midsize_share_9m_2025_{maker.lower()}" for maker in makers}
    return _market("pickups_mid_size", "US mid-size pickups by maker, January to September 2025", ids)


def full_size_finding() -> str:
    """The article's claim against the shares."""
    f = facts()
    gm, ford, tesla = (f[f"fullsize_share_2025_{name}"].number for name in ("gm", "ford", "tesla"))
    return f"Full-size: GM leads with {percent(gm, 0)}, Ford has {percent(ford, 0)}, Tesla {percent(tesla)}"


def mid_size_finding() -> str:
    """Where Honda and Nissan stand in the class of their trucks."""
    f = facts()
    toyota, nissan, honda = (f[f"midsize_share_9m_2025_{name}"].number for name in ("toyota", "nissan", "honda"))
    return f"Mid-size: Toyota leads with {percent(toyota)}; Nissan has {percent(nissan)} and Honda {percent(honda)}"


def market_rows(table: Table) -> pd.DataFrame:
    """Shares by maker with their labels."""
    rows = table.rows
    labels = [figure(share, "share") for share in rows["market_share"]]
    return _recalled_pale(rows, labels, rows["maker"].where(rows["maker"].isin(list(COMPANY_COLORS)), "Other"))


def market_chart(rows: pd.DataFrame) -> Chart:
    """Shares by maker, recalled figures pale and named.

    rows: of `market_rows`
    """
    bars = _fact_layers(rows, "maker", "market_share", "Share of the class", alt.Scale(domain=[0, 0.6]))
    return alt.layer(*bars).properties(height=alt.Step(32))


def truck_volumes(view: View) -> Table:
    """The trucks that are discussed beside the pickups that both companies sell, thousand a year."""
    f = facts()
    volume = discussed_trucks_kveh(view)
    what = "Trucks in the scenario" if contract_kveh(view) > 0.0 else "Trucks to break even"
    if contract_kveh(view) == 0.0 and not trucks_to_break_even(view):
        what = "Trucks that would fit"
    records: list[tuple[object, ...]] = [
        (what, "a year at full rate", volume, "model", MODEL_SOURCE),
        *(
            (name, period, f[fact_id].number, f[fact_id].kind, f[fact_id].source)
            for name, period, fact_id in (
                ("Honda Ridgeline", "US, 2024", "ridgeline_us_2024"),
                ("Nissan Frontier", "US and Canada, 2024", "frontier_2024"),
                ("Toyota Tacoma", "US, 9 months of 2025", "midsize_9m_2025_tacoma"),
                ("All mid-size", "US, 9 months of 2025", "midsize_9m_2025"),
            )
        ),
    ]
    columns = {
        "pickup": "Pickups",
        "period": "Where and when",
        "volume_kveh": "Trucks, thousand",
        "kind": "Kind of the figure",
        "source": "Source",
    }
    table = Table.of("pickups_in_context", "Trucks from Canton beside the pickups sold", columns, records)
    ids = ("ridgeline_us_2024", "ridgeline_2024", "frontier_2024", "midsize_9m_2025_tacoma", "midsize_9m_2025")
    return replace(table, sources=(MODEL_SOURCE, *_fact_sources(*ids)))


def volumes_finding(view: View) -> str:
    """How many trucks that is in Ridgelines."""
    volume = discussed_trucks_kveh(view)
    times = number(volume / facts()["ridgeline_us_2024"].number, 1)
    return f"{trucks(volume)} a year are {times} times the Ridgelines sold in the US"


def volumes_rows(table: Table) -> pd.DataFrame:
    """Volumes with their labels: Honda's first two, then Nissan's."""
    rows = _with_room(table.rows, table.rows["volume_kveh"], 0.3)
    labels = [thousands(volume) for volume in rows["volume_kveh"]]
    return _recalled_pale(
        rows, labels, ["Honda" if i < 2 else "Nissan" if i == 2 else "Other" for i in range(len(rows))]
    )


def volumes_chart(rows: pd.DataFrame) -> Chart:
    """Volumes as bars; recalled figures pale and named.

    rows: of `volumes_rows`
    """
    bars = _fact_layers(rows, "pickup", "volume_kveh", "Thousand trucks", _TO_THE_ENDS)
    return alt.layer(_ends(rows, "x"), *bars).properties(height=alt.Step(32))


def volumes_words() -> str:
    """Where the volumes come from, as Markdown."""
    f = facts()
    ridgeline, frontier, tacoma = (f[i] for i in ("ridgeline_us_2024", "frontier_2024", "midsize_9m_2025_tacoma"))
    return markdown_text(
        f"Ridgeline: US, 2024, {ridgeline.kind}; with Canada {thousands(f['ridgeline_2024'].number)} are printed "
        f"({f['ridgeline_2024'].source}). Frontier: US and Canada, 2024 ({frontier.source}). "
        f"Tacoma and all mid-size: US, January to September 2025 ({tacoma.source})."
    )


def utilisation_words() -> str:
    """Where the printed figures come from, as Markdown."""
    f = facts()
    derived, nikkei, news = (f[f"canton_utilisation_{name}"] for name in ("calc", "nikkei", "an"))
    output = f["canton_output_fy2024"]
    return markdown_text(
        f"{percent(nikkei.number, 0)}: {nikkei.source}, {nikkei.note}. {percent(derived.number, 0)}: derived, "
        f"{derived.source}, both from a weak source ({output.source}). Less than half: {news.source}."
    )


def claim_words() -> str:
    """The article's claim about the pickup market, corrected, as Markdown."""
    claim = next(claim for claim in claims() if claim.id == "claim_ford_tesla")
    return (
        f"The article says: “{markdown_text(claim.claim)}” That is **{markdown_text(claim.verdict)}**. "
        f"{markdown_text(claim.correction)} Tacoma leads the class of Ridgeline and Frontier."
    )


def market_words() -> str:
    """Where the market shares come from, as Markdown."""
    claim = next(claim for claim in claims() if claim.id == "claim_ford_tesla")
    return markdown_text(
        f"Full-size: {claim.source}; pale bars rest on recalled sales, and every share has them in its total. "
        f"Mid-size: seven models, January to September 2025 ({facts()['midsize_9m_2025_tacoma'].source}); "
        "shares are derived."
    )


# ---------------------------------------------------------------- shared pieces


def _fact_sources(*ids: str) -> tuple[str, ...]:
    """Sources of facts, each with its label, date and kind."""
    return tuple(f"{f.label}: {f.source} ({f.kind}, {f.as_of})" for f in (facts()[fact_id] for fact_id in ids))


_PALE: Final = 0.45  # opacity of a figure that is weaker than the others
_TO_THE_ENDS: Final = alt.Scale(zero=True, nice=False)


def _with_room(
    rows: pd.DataFrame, values: pd.Series | pd.DataFrame, room_share: float, least: float = 1.0
) -> pd.DataFrame:
    """Rows with the ends of an axis that holds zero and all values, with room for labels where they are drawn.

    least: what the values span at least, in their unit
    """
    low, high = min(float(np.min(values)), 0.0), max(float(np.max(values)), 0.0)
    room = max(high - low, least) * room_share
    return rows.assign(room_low=low - room if low < 0.0 else 0.0, room_high=high + room)


def _ends(rows: pd.DataFrame, axis: str) -> alt.Chart:
    """The ends of an axis as the rows state them, in a mark that nobody sees; axis: "x" or "y"."""
    ends = {axis: "room_low:Q", f"{axis}2": "room_high:Q"}
    unseen: alt.Chart = alt.Chart(rows).mark_rule(opacity=0, aria=False).encode(**ends)
    return unseen


def _zero(rows: pd.DataFrame, axis: str) -> alt.Chart:
    """A line at zero, drawn once for all rows; axis: "x" or "y"."""
    once = alt.Chart(rows).transform_aggregate(rows="count()")
    line: alt.Chart = once.mark_rule(strokeWidth=1, opacity=0.5, aria=False).encode(**{axis: alt.datum(0)})
    return line


def _beside(side: str, gap: int) -> dict[str, Any]:
    """Where a text stands: left of its point where the column `side` is below zero, else right; gap: in pixels."""
    return {"align": alt.expr(f"datum.{side} < 0 ? 'right' : 'left'"), "dx": alt.expr(f"{gap} * datum.{side}")}


def _row_axis(limit: int) -> alt.Axis:
    return alt.Axis(labelLimit=limit, ticks=False, domain=False)


def _strength() -> alt.Opacity:
    """Opacity as the rows' `strength` states it."""
    return alt.Opacity("strength:Q", scale=None, legend=None)


def _recalled_pale(rows: pd.DataFrame, labels: list[str], tones: pd.Series | list[str]) -> pd.DataFrame:
    """Rows for `_fact_layers`; a recalled figure is pale and named so."""
    recalled = rows["kind"] == "recalled"
    return rows.assign(
        tone=tones,
        strength=np.where(recalled, _PALE, 1.0),
        label=[label + (", recalled" if pale else "") for label, pale in zip(labels, recalled, strict=True)],
    )


def _fact_layers(rows: pd.DataFrame, name: str, value: str, title: str, scale: alt.Scale) -> list[alt.Chart]:
    """Horizontal bars with their figure beside them; pale where a figure is weaker.

    rows: label, tone, strength (opacity), kind, source; name, value: columns of the bars' names and lengths
    """
    base = alt.Chart(rows).encode(
        y=alt.Y(f"{name}:N", sort=list(rows[name]), title=None, axis=_row_axis(150)),
        tooltip=[
            alt.Tooltip(f"{name}:N", title="What"),
            alt.Tooltip("label:N", title="Figure"),
            *([alt.Tooltip("period:N", title="Where and when")] if "period" in rows else []),
            alt.Tooltip("kind:N", title="Figure is"),
            alt.Tooltip("source:N", title="Source"),
        ],
    )
    axis = alt.Axis(format=".0%", tickCount=5) if value.endswith("_share") else alt.Axis(tickCount=5)
    bars = base.mark_bar(height={"band": 0.62}).encode(
        x=alt.X(f"{value}:Q", title=title, axis=axis, scale=scale),
        color=alt.Color("tone:N", scale=alt.Scale(domain=list(_TONES), range=list(_TONES.values())), legend=None),
        opacity=_strength(),
    )
    labels = base.mark_text(align="left", dx=5).encode(x=alt.X(f"{value}:Q"), text=alt.Text("label:N"))
    return [bars, labels]


TABLES: Final[dict[str, Callable[[View], Table]]] = {
    "canton_use": plant_use,
    "canton_fixed_cost": fixed_cost_curve,
    "canton_trucks": trucks_by_year,
    "canton_freed_lines": freed_lines,
    "canton_price_per_truck": price_per_truck,
    "canton_gains": canton_gains,
    "canton_gains_by_year": gains_by_year,
    "canton_split": split_by_fixed_share,
    "canton_gains_by_trucks": gains_by_trucks,
    "canton_capital": capital_avoided,
    "canton_utilisation": utilisation_figures,
    "pickups_full_size": full_size_market,
    "pickups_mid_size": mid_size_market,
    "pickups_in_context": truck_volumes,
}
"""Every table of this page by its name."""
