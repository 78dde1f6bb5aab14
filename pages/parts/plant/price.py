"""The price of a truck by who gets it."""

from typing import Final

import altair as alt
import pandas as pd

from pages.parts.charts import COMPANY_COLORS, GREY, Chart
from pages.parts.columns import Columns
from pages.parts.plant.marks import TO_THE_ENDS, ends, row_axis, strength, with_room
from pages.parts.plant.reading import chance_share, markup_usd, plant_at_year
from pages.parts.tables import Table
from pages.parts.view import View
from pages.parts.words import figure, markdown_text, percent, signed

SHOWN_JPY_BN: Final = 0.05  # what is less rounds to nothing


def price_per_truck(view: View) -> Table:
    """Honda's revenue for a truck by who gets it, in the year in focus, as steps that add up."""
    v = view.scenario.values
    transfer, _ = plant_at_year(view, "plant_transfer_price_usd")
    variable, fee, revenue = v["truck_cost_usd"], v["transfer_fee_usd"], v["truck_price_usd"]
    fixed_part = transfer - variable - fee
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
    paid, gap = (view.at_year("nissan", f"{name}_effect_jpy_bn")[0] for name in ("transfer", "planning_gap"))
    if paid > 0.0:
        worth = f", worth {signed(gap, 'JPY bn')} to Nissan at its own rate" if abs(gap) >= SHOWN_JPY_BN else ""
        text += f" In {view.year_label} Honda pays {figure(paid, 'JPY bn')} above the variable cost{worth}."
    chance = chance_share(view)
    if chance < 1.0:
        text += (
            f" Money is counted in expectation: gains at the {percent(chance, 0)} chance that the alliance delivers, "
            "tooling in full."
        )
    return markdown_text(text)


def price_finding(view: View) -> str:
    """How the surplus over variable cost is split on a truck."""
    transfer, _ = plant_at_year(view, "plant_transfer_price_usd")
    left = view.scenario.values["truck_price_usd"] - transfer
    gets, rest = ("would get", "would ") if chance_share(view) == 0.0 else ("gets", "")
    verb = ("lose" if left < 0 else "keep") + ("" if rest else "s")
    return (
        f"On each extra truck Nissan {gets} {figure(markup_usd(view), 'USD')} above its cost and Honda {rest}{verb} "
        f"{figure(abs(left), 'USD')}"
    )


def price_rows(table: Table) -> Columns:
    """Parts of the price with their labels, sums pale."""
    values = table.values
    right = [max(pair) for pair in zip(values["from_usd"], values["to_usd"], strict=True)]
    return {
        **with_room(values, right, 0.3),
        "right_usd": right,
        "strength": [0.35 if whose == "Sum" else 1.0 for whose in values["goes_to"]],
        "label": [figure(value, "USD") for value in values["usd_per_vehicle"]],
    }


def price_chart(rows: pd.DataFrame) -> Chart:
    """A stacked bar unfolded, one part per row, so that thin parts can be read.

    rows: of `price_rows`
    """
    tones = {"Suppliers and workers": GREY, **COMPANY_COLORS, "Sum": "#5B6770"}
    base = alt.Chart(rows).encode(
        y=alt.Y("part:N", sort=list(rows["part"]), title=None, axis=row_axis(150)),
        tooltip=[
            alt.Tooltip("part:N", title="Part"),
            alt.Tooltip("goes_to:N", title="Goes to"),
            alt.Tooltip("label:N", title="Per truck"),
        ],
    )
    bars = base.mark_bar(height={"band": 0.64}).encode(
        x=alt.X("from_usd:Q", title="USD per truck", scale=TO_THE_ENDS, axis=alt.Axis(format=",.0f", tickCount=4)),
        x2=alt.X2("to_usd:Q"),
        color=alt.Color("goes_to:N", scale=alt.Scale(domain=list(tones), range=list(tones.values())), legend=None),
        opacity=strength(),
    )
    labels = base.mark_text(align="left", dx=5).encode(x=alt.X("right_usd:Q"), text=alt.Text("label:N"))
    return alt.layer(ends(rows, "x"), bars, labels).properties(height=alt.Step(34))
