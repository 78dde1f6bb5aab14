"""The capital that the trucks avoid, against new plants that were built."""

from typing import Final

import altair as alt
import pandas as pd

from data.facts import facts
from model.details import new_plant, unit_cost_usd
from model.editions import edition
from pages.kit.axes import extent, with_ends
from pages.kit.charts import COMPANY_COLORS
from pages.kit.columns import Columns, on_first
from pages.kit.figure import Figure
from pages.kit.forms import Bars
from pages.kit.results import results_of
from pages.kit.tables import Table
from pages.kit.view import View
from pages.kit.words import markdown_text, quantity, signed
from pages.plant.break_even import discussed_trucks_kveh
from pages.plant.canton import contract_kveh
from pages.plant.forms import PALE
from pages.plant.words import fact_sources, trucks


def _new_plants(view: View) -> list[tuple[str, float, str, str]]:
    """New plants: name, cost per unit of yearly capacity [USD], kind and source."""
    f = facts()
    model = edition(view.scenario.edition)
    source, kind = model.source_of("greenfield_usd_per_unit")
    built = f["greenfield_mtm_cost"].source

    def per_unit(cost_id: str, capacity_id: str) -> float:
        return unit_cost_usd(f[cost_id].number, f[capacity_id].number)

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


def _records(view: View) -> list[tuple[object, ...]]:
    """A new plant for the trucks, at the cost of four that were built, against tooling at Canton."""
    volume, tooling = discussed_trucks_kveh(view), view.scenario.values["tooling_usd_bn"]
    records: list[tuple[object, ...]] = []
    for name, unit_usd, kind, source in _new_plants(view):
        new = new_plant(volume, unit_usd, tooling)
        records.append((name, unit_usd, volume, new.plant_usd_bn, tooling, new.avoided_usd_bn, kind, source))
    return records


def _finding(view: View) -> str:
    """What Honda need not spend, after tooling."""
    found = CAPITAL.table(view).values
    volume, avoided = found["trucks_kveh"][0], found["avoided_usd_bn"][0]
    if avoided < 0:
        return f"For {trucks(volume)} a year, tooling costs {quantity(-avoided, 'USD bn')} more than a new plant"
    verb = "saves" if contract_kveh(view) > 0.0 and view.chance_share > 0.0 else "would save"
    return f"For {trucks(volume)} a year, Canton {verb} Honda {quantity(avoided, 'USD bn')} of capital, once"


def _note(view: View) -> str:
    """How the figures are known, and when capital is avoided."""
    unit = edition(view.scenario.edition).facts["greenfield_usd_per_unit"]
    tooling = view.scenario.values["tooling_usd_bn"]
    counted = "no tooling is counted" if tooling == 0.0 else f"tooling is {quantity(tooling, 'USD bn')} (judgement)"
    return markdown_text(
        f"The figure beside a bar is the plant less tooling. The model takes Mazda Toyota in Huntsville (2020), "
        f"{quantity(unit, 'USD')} per car of yearly capacity; {counted}. "
        "The pale bars are recalled, not verified; Hyundai's plant includes batteries. Capital is avoided only if "
        "Honda would otherwise have built a plant."
    )


def _marks(table: Table, view: View) -> Columns:
    """New plants with their labels, recalled ones pale; the first row names the tooling."""
    values = table.values
    reach = [max(pair) for pair in zip(values["new_plant_usd_bn"], values["tooling_usd_bn"], strict=True)]
    return {
        **with_ends(values, extent(reach, 0.45, 0.1)),
        "right": reach,
        "strength": [PALE if kind == "recalled" else 1.0 for kind in values["kind"]],
        "label": [signed(value, "USD bn") for value in values["avoided_usd_bn"]],
        "label_cost": [quantity(value, "USD bn") for value in values["new_plant_usd_bn"]],
        "label_unit": [quantity(value, "USD") for value in values["usd_per_unit"]],
        "label_tooling": on_first([f"Tooling {quantity(value, 'USD bn')}" for value in values["tooling_usd_bn"]]),
    }


def _tooling(rows: pd.DataFrame) -> list[alt.Chart]:
    """Tooling at Canton as a mark with its name."""
    tooling = alt.Chart(rows).transform_filter("datum.label_tooling != ''").encode(x=alt.X("tooling_usd_bn:Q"))
    rule = tooling.mark_rule(strokeWidth=2, strokeDash=[3, 3], color="#E69F00")
    name = tooling.mark_text(align="left", dx=-2, dy=-8).encode(y=alt.value(0), text=alt.Text("label_tooling:N"))
    return [rule, name]


CAPITAL: Final = Figure(
    name="canton_capital",
    title="Capital avoided against a new plant for as many trucks",
    columns={
        "new_plant": "A new plant at the cost of",
        "usd_per_unit": "Cost of a new plant, USD per car of yearly capacity",
        "trucks_kveh": "Trucks, thousand a year: the scenario's, or else what would break even",
        "new_plant_usd_bn": "New plant for these trucks, USD bn",
        "tooling_usd_bn": "Tooling and launch at Canton, USD bn",
        "avoided_usd_bn": "Capital avoided, USD bn, once",
        "kind": "Kind of the figure",
        "source": "Source",
    },
    results=results_of(("capex_avoided_usd_bn",)),
    records=_records,
    form=Bars(
        _marks,
        name="new_plant",
        reach=("new_plant_usd_bn",),
        axis=alt.Axis(title="New plant, USD bn", tickCount=5),
        told={
            "new_plant": "A new plant like",
            "label_unit": "Per car of yearly capacity",
            "label_cost": "New plant",
            "label": "Avoided after tooling",
            "kind": "Figure is",
            "source": "Source",
        },
        color=COMPANY_COLORS["Honda"],
        over=_tooling,
    ),
    finding=_finding,
    note=_note,
    sources=lambda view: fact_sources("greenfield_mtm_unit_cost", "greenfield_scout_cost", "greenfield_hyundai_cost"),
)
