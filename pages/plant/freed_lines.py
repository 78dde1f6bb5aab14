"""What frees a line at Honda, which trucks avoid duty, and what the freed lines bring."""

from typing import Final

import altair as alt
import numpy as np

from model import sweeps
from pages.kit.charts import COMPANY_COLORS, GAIN, LOSS
from pages.kit.columns import Columns
from pages.kit.figure import Figure
from pages.kit.forms import Bars
from pages.kit.tables import Table
from pages.kit.view import View
from pages.kit.words import moves, quantity, signed
from pages.plant.canton import TOLERANCE_KVEH, plant_at_year, ridgeline_kveh
from pages.plant.words import cars, short_change, thousands, trucks

NET: Final = "Net"
_TONES: Final = {"total": COMPANY_COLORS["Honda"], "gain": GAIN, "loss": LOSS}


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
    return {step: effect for step, effect in steps.items() if step != "Prices and sales" or moves(effect)}


def _records(view: View) -> list[tuple[object, ...]]:
    """What the freed lines bring Honda in the year in focus, step by step."""
    level = 0.0
    records: list[tuple[object, ...]] = []
    for step, effect in _freed_effect(view).items():
        start = 0.0 if step == NET else level
        records.append((step, effect, start, start + effect))
        level = start + effect
    return records


def _finding(view: View) -> str:
    """Whether building imported cars on freed lines pays."""
    found = FREED_LINES.table(view).values
    effect = dict(zip(found["step"], found["effect_jpy_bn"], strict=True))
    net, avoided = effect[NET], effect["Duty avoided on cars"]
    verdict = "leave " + quantity(net, "JPY bn") if net >= 0 else "cost " + quantity(-net, "JPY bn") + " on balance"
    return f"Freed lines save {quantity(avoided, 'JPY bn')} of duty on cars and {verdict}"


def _marks(table: Table, view: View) -> Columns:
    """Steps with their kind and labels."""
    values = table.values
    steps, effects = values["step"], values["effect_jpy_bn"]
    return {
        **values,
        "kind": [
            "total" if step == NET else "gain" if effect >= 0.0 else "loss"
            for step, effect in zip(steps, effects, strict=True)
        ],
        "label": [short_change(effect) for effect in effects],
        "label_effect": [signed(effect, "JPY bn") for effect in effects],
    }


def duty_explanation(view: View) -> str:
    """Which trucks avoid duty and which merely add, with the scenario's numbers, as Markdown."""
    built, _ = plant_at_year(view, "plant_trucks_kveh")
    replaced, _ = plant_at_year(view, "plant_replaced_kveh")
    freed, _ = plant_at_year(view, "plant_freed_lines_kveh")
    extra, _ = plant_at_year(view, "plant_extra_trucks_kveh")
    lines = [
        "A truck from Canton avoids no duty by itself: Honda's only pickup, the Ridgeline, is built in Alabama "
        "already. Duty falls on the cars that Honda imports, and only a US line that becomes free can build those."
    ]
    if built <= TOLERANCE_KVEH:
        return f"{lines[0]} In {view.year_label} no truck is built yet; choose a later year in focus to see which do."
    if view.chance_share == 0.0:
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
    if 0.0 < view.chance_share < 1.0:
        text += f"\n\nTrucks and cars are counted as planned, yen {view.world_words}."
    return text


FREED_LINES: Final = Figure(
    name="canton_freed_lines",
    title=lambda view: f"What freed Honda lines bring, {view.year_label}",
    columns={
        "step": "Cause",
        "effect_jpy_bn": "Effect on Honda's operating profit, JPY bn, in expectation",
        "from_jpy_bn": "Sum before the step, JPY bn",
        "to_jpy_bn": "Sum after the step, JPY bn",
    },
    results=("freed_lines_effect_jpy_bn.honda",),
    records=_records,
    form=Bars(
        _marks,
        name="step",
        reach=("from_jpy_bn", "to_jpy_bn"),
        axis=alt.Axis(title="Honda's operating profit, JPY bn a year", tickCount=4),
        told={"step": "Cause", "label_effect": "Effect on Honda's profit"},
        color=alt.Color("kind:N", scale=alt.Scale(domain=list(_TONES), range=list(_TONES.values())), legend=None),
        room=0.2,
        line=True,
    ),
    finding=_finding,
)
