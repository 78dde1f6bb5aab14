"""Fixed cost per car over output, and where the plant runs on it."""

from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from model.details import canton_fixed_cost
from model.projection import reference_values
from pages.kit.axes import beside
from pages.kit.charts import COMPANY_COLORS, GREY, Chart
from pages.kit.columns import Columns
from pages.kit.figure import Custom, Figure
from pages.kit.results import results_of
from pages.kit.tables import PINNED, REFERENCE, SCENARIO, Table
from pages.kit.view import View
from pages.kit.words import quantity
from pages.plant.canton import has_trucks, plant_at_year
from pages.plant.words import cars, thousands

CURVE: Final = "Curve"
OUTPUT_POINT: Final = "Output"
BREAK_EVEN_POINT: Final = "Break-even"
_CURVE_KEYS: Final = ("canton_capacity_kveh", "break_even_share", "canton_contribution_usd")
_CURVE_POINTS: Final = 60
_CURVE_FROM_SHARE: Final = 0.25  # of capacity: below it fixed cost per car leaves the picture


def _records(view: View) -> list[tuple[object, ...]]:
    """Fixed cost per car over output, with the points where the plant runs and where it breaks even."""
    own = reference_values(view.scenario.values, view.scenario.edition)
    cases = [(SCENARIO, view.scenario.values, view.projection), (REFERENCE, own, view.reference)]
    if view.pinned:
        cases.append((PINNED, view.pinned.scenario.values, view.pinned.projection))
    outputs = {case: float(np.asarray(p.plant["plant_output_kveh"])[view.year]) for case, _, p in cases}
    records: list[tuple[object, ...]] = []
    for case, values, projection in cases:
        capacity = values["canton_capacity_kveh"]
        fixed = canton_fixed_cost(projection)
        if case == SCENARIO or any(view.scenario.values[key] != values[key] for key in _CURVE_KEYS):
            start = min(_CURVE_FROM_SHARE * capacity, 0.9 * min(outputs.values()))
            points = np.linspace(start, capacity, _CURVE_POINTS)
            curve = fixed.per_vehicle_usd(points)
            records += [(case, CURVE, float(x), float(y)) for x, y in zip(points, curve, strict=True)]
        per_car = float(np.asarray(projection.plant["plant_fixed_cost_usd_per_vehicle"])[view.year])
        records.append((case, OUTPUT_POINT, outputs[case], per_car))
        if case == SCENARIO:
            at_break_even = float(fixed.per_vehicle_usd(np.asarray(fixed.break_even_kveh)))
            records.append((case, BREAK_EVEN_POINT, fixed.break_even_kveh, at_break_even))
    return records


def _finding(view: View) -> str:
    """What fuller use does to fixed cost per car."""
    cost, before = plant_at_year(view, "plant_fixed_cost_usd_per_vehicle")
    contribution = view.scenario.values["canton_contribution_usd"]
    if quantity(cost, "USD") == quantity(before, "USD"):
        verdict = "more than" if cost > contribution else "no more than"
        earned = quantity(contribution, "USD")
        return f"Each car carries {quantity(cost, 'USD')} of fixed cost, {verdict} the {earned} it earns"
    verb = "falls" if cost < before else "rises"
    if has_trucks(view) and view.chance_share == 0.0:
        verb = f"would {verb.removesuffix('s')}"
    planned = " with the trucks" if has_trucks(view) else ""
    return f"Fixed cost per car {verb} from {quantity(before, 'USD')} to {quantity(cost, 'USD')}{planned}"


def _marks(table: Table, view: View) -> Columns:
    """Curves and points with their labels: one where the outputs are one, on two sides where they are close."""
    values = table.values
    points, cases, costs = values["point"], values["case"], values["fixed_cost_usd_per_vehicle"]
    by_case = {case: cost for point, case, cost in zip(points, cases, costs, strict=True) if point == OUTPUT_POINT}
    at_output = [by_case[SCENARIO], by_case[REFERENCE]]
    highest = max(cost for point, cost in zip(points, costs, strict=True) if point == CURVE)
    apart = (max(at_output) - min(at_output)) / highest
    together = apart < 0.005
    shown = {SCENARIO} if together else {SCENARIO, REFERENCE}
    if PINNED in by_case and min(abs(by_case[PINNED] - cost) for cost in at_output) > 0.08 * highest:
        shown.add(PINNED)
    usd = [quantity(cost, "USD") for cost in costs]
    return {
        **values,
        "side": [1.0 if case == REFERENCE and apart <= 0.08 else -1.0 for case in cases],
        "label_cars": [cars(volume) for volume in values["output_kveh"]],
        "label_usd": usd,
        "label_output": [
            f"{'Both' if together else case}: {cost}" if point == OUTPUT_POINT and case in shown else ""
            for point, case, cost in zip(points, cases, usd, strict=True)
        ],
        "label_break_even": [f"Break-even {thousands(volume)}" for volume in values["output_kveh"]],
    }


def _chart(rows: pd.DataFrame) -> Chart:
    """Fixed cost per car over output: the scenario's curve solid, the reference's dashed, points named."""
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
                "case:N",
                scale=alt.Scale(domain=[SCENARIO, REFERENCE, PINNED], range=[[1, 0], [5, 4], [1, 2]]),
                legend=None,
            )
        )
    )
    is_break_even = alt.datum.point == BREAK_EVEN_POINT
    at_break_even = over_output.transform_filter(is_break_even)
    rule = at_break_even.mark_rule(strokeWidth=1.5, strokeDash=[2, 3], color=GREY)
    rule_name = at_break_even.mark_text(align="right", dx=-6, dy=-8).encode(
        y=alt.YDatum(0), text=alt.Text("label_break_even:N")
    )
    diamond = base.transform_filter(is_break_even).mark_point(
        shape="diamond", size=90, color=color, filled=False, strokeWidth=2
    )
    outputs = base.transform_filter("datum.label_output != ''")
    # One layer for both: a layer without a mark is a picture without a name to a screen reader.
    dots = outputs.mark_point(size=90, color=color, strokeWidth=2, opacity=1.0).encode(
        fill=alt.condition(alt.datum.case == SCENARIO, alt.value(color), alt.value("transparent"))
    )
    # Left of its point a name is below the curve, right of it above.
    names = outputs.mark_text(**beside("side", 8), dy=alt.expr("datum.side < 0 ? 13 : -10")).encode(
        text=alt.Text("label_output:N")
    )
    return alt.layer(lines, rule, rule_name, diamond, dots, names).properties(height=300)


FIXED_COST: Final = Figure(
    name="canton_fixed_cost",
    title=lambda view: f"Canton: fixed cost per car, {view.year_label}",
    columns={
        "case": "Scenario or reference",
        "point": "Point of the curve, output of the year in focus, or break-even",
        "output_kveh": "Output, thousand cars a year",
        "fixed_cost_usd_per_vehicle": "Fixed cost per car, USD",
    },
    results=results_of(("plant_fixed_cost_usd_per_vehicle", "canton_break_even_kveh")),
    records=_records,
    form=Custom(_chart, _marks),
    finding=_finding,
)
