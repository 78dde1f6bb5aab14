"""What frees a line at Honda, which trucks avoid duty, and what the freed lines bring."""

from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from model import sweeps
from model.details import freed_places_kveh
from pages.parts.charts import COMPANY_COLORS, GAIN, LOSS, Chart
from pages.parts.columns import Columns
from pages.parts.plant.marks import TO_THE_ENDS, ends, row_axis, with_room, zero
from pages.parts.plant.reading import TOLERANCE_JPY_BN, TOLERANCE_KVEH, chance_share, plant_at_year, ridgeline_kveh
from pages.parts.plant.words import cars, short_change, thousands, trucks
from pages.parts.tables import Table
from pages.parts.view import View, kept
from pages.parts.words import figure, percent, signed

NET: Final = "Net"


@kept
def _freed_effect(view: View) -> dict[str, float]:
    """What freed lines change for Honda in the year in focus [JPY bn], by cause, in expectation."""
    use = view.scenario.values["freed_line_use_share"]
    both = sweeps.sweep(view.scenario, "freed_line_use_share", np.array([0.0, use])).company["honda"]

    def change(*names: str) -> float:
        total = np.sum([np.asarray(both[name])[:, view.year] for name in names], axis=0)
        return float(total[1] - total[0])

    net = float(np.asarray(view.projection.company["honda"]["freed_lines_effect_jpy_bn"])[view.year])
    avoided = -change("net_usmca_duty_jpy_bn", "net_japan_duty_jpy_bn")
    parts = -change("net_parts_duty_jpy_bn", "net_materials_duty_jpy_bn")
    sales = change("customers_pay_jpy_bn") - change("lost_contribution_jpy_bn")
    steps = {
        "Duty avoided on cars": avoided,
        "Duty on parts, materials": parts,
        "Prices and sales": sales,
        "Cost of US building": net - avoided - parts - sales,
        NET: net,
    }
    # Prices move only where tariff cost is passed on to customers.
    return {
        step: effect for step, effect in steps.items() if step != "Prices and sales" or abs(effect) > TOLERANCE_JPY_BN
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


def freed_lines_rows(table: Table) -> Columns:
    """Steps with their kind and labels."""
    values = table.values
    steps, effects, ends = values["step"], values["effect_jpy_bn"], (values["from_jpy_bn"], values["to_jpy_bn"])
    return {
        **with_room(values, [*ends[0], *ends[1]], 0.2),
        "kind": [
            "total" if step == NET else "gain" if effect >= 0.0 else "loss"
            for step, effect in zip(steps, effects, strict=True)
        ],
        "right_jpy_bn": [max(pair) for pair in zip(*ends, strict=True)],
        "label": [short_change(effect) for effect in effects],
        "label_effect": [signed(effect, "JPY bn") for effect in effects],
    }


def freed_lines_chart(rows: pd.DataFrame) -> Chart:
    """From the duty avoided to what is left of it, step by step.

    rows: of `freed_lines_rows`
    """
    base = alt.Chart(rows).encode(
        y=alt.Y("step:N", sort=list(rows["step"]), title=None, axis=row_axis(150)),
        tooltip=[alt.Tooltip("step:N", title="Cause"), alt.Tooltip("label_effect:N", title="Effect on Honda's profit")],
    )
    bars = base.mark_bar(height={"band": 0.64}).encode(
        x=alt.X(
            "from_jpy_bn:Q",
            title="Honda's operating profit, JPY bn a year",
            scale=TO_THE_ENDS,
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
    return alt.layer(ends(rows, "x"), zero(rows, "x"), bars, labels).properties(height=alt.Step(36))


def duty_explanation(view: View) -> str:
    """Which trucks avoid duty and which merely add, with the scenario's numbers, as Markdown."""
    built, _ = plant_at_year(view, "plant_trucks_kveh")
    replaced, _ = plant_at_year(view, "plant_replaced_kveh")
    freed = float(freed_places_kveh(view.scenario.values, view.projection)[view.year])
    extra = built - replaced
    lines = [
        "A truck from Canton avoids no duty by itself: Honda's only pickup, the Ridgeline, is built in Alabama "
        "already. Duty falls on the cars that Honda imports, and only a US line that becomes free can build those."
    ]
    if built <= TOLERANCE_KVEH:
        return f"{lines[0]} In {view.year_label} no truck is built yet; choose a later year in focus to see which do."
    if chance_share(view) == 0.0:
        lines[0] += " As planned, though none of it comes in this scenario:"
    if replaced > TOLERANCE_KVEH:
        lines.append(
            f"- **{trucks(replaced)}** replace Ridgelines (at most the {thousands(ridgeline_kveh(view))} that Honda "
            f"sells) and free as many places on Honda's own lines."
        )
        lines.append(
            f"- **{cars(round(freed, 1))}** imported until then are built on those places: they alone avoid duty."
            if freed > TOLERANCE_KVEH
            else "- None of those places is used for an imported car, so no duty is avoided."
        )
    else:
        lines.append("- **None** of the trucks replaces a Ridgeline, so no line becomes free and no duty is avoided.")
    if extra > TOLERANCE_KVEH:
        lines.append(
            f"- **{trucks(extra)}** are extra sales: they earn their margin and avoid no duty. "
            f"Someone must buy them: Honda sells about {thousands(ridgeline_kveh(view))} Ridgelines a year in the US "
            "(recalled)."
        )
    text = "\n".join(lines)
    if 0.0 < chance_share(view) < 1.0:
        text += f"\n\nTrucks and cars are counted as planned, yen at the {percent(chance_share(view), 0)} chance."
    return text
