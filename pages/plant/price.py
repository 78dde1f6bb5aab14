"""The price of a truck by who gets it."""

from typing import Final

import altair as alt

from pages.kit.charts import COMPANY_COLORS, GREY
from pages.kit.columns import Columns
from pages.kit.figure import Figure
from pages.kit.forms import Bars
from pages.kit.results import results_of
from pages.kit.tables import Table
from pages.kit.view import View
from pages.kit.words import LEAST_JPY_BN, markdown_text, quantity, signed
from pages.plant.canton import markup_usd, plant_at_year

_TONES: Final = {"Suppliers and workers": GREY, **COMPANY_COLORS, "Sum": "#5B6770"}


def _records(view: View) -> list[tuple[object, ...]]:
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
    return records


def transfer_words(view: View) -> str:
    """What the transfer price is and how money is counted, as Markdown."""
    v = view.scenario.values
    rate = v["jpy_per_usd"]
    text = (
        "The transfer price is what Honda pays Nissan for a truck: its variable cost (parts, labour, freight) plus a "
        "share of the plant's fixed cost per car plus a fee. Nissan gains what Honda pays above the variable cost. "
        f"All of it is judgement: no contract is known. Honda books a dollar at {quantity(rate, 'JPY')}, "
        f"Nissan at {quantity(rate + v['nissan_jpy_gap'], 'JPY')}."
    )
    paid, gap = (view.at_year("nissan", f"{name}_effect_jpy_bn")[0] for name in ("transfer", "planning_gap"))
    if paid > 0.0:
        worth = f", worth {signed(gap, 'JPY bn')} to Nissan at its own rate" if abs(gap) >= LEAST_JPY_BN else ""
        text += f" In {view.year_label} Honda pays {quantity(paid, 'JPY bn')} above the variable cost{worth}."
    if view.world:
        text += f" Gains are counted {view.world_words}, tooling in full."
    return markdown_text(text)


def _finding(view: View) -> str:
    """How the surplus over variable cost is split on a truck."""
    transfer, _ = plant_at_year(view, "plant_transfer_price_usd")
    left = view.scenario.values["truck_price_usd"] - transfer
    gets, rest = ("would get", "would ") if view.chance_share == 0.0 else ("gets", "")
    verb = ("lose" if left < 0 else "keep") + ("" if rest else "s")
    return (
        f"On each extra truck Nissan {gets} {quantity(markup_usd(view), 'USD')} above its cost and Honda {rest}{verb} "
        f"{quantity(abs(left), 'USD')}"
    )


def _marks(table: Table, view: View) -> Columns:
    """A stacked bar unfolded, one part per row, so that thin parts can be read; sums are pale."""
    values = table.values
    return {
        **values,
        "strength": [0.35 if whose == "Sum" else 1.0 for whose in values["goes_to"]],
        "label": [quantity(value, "USD") for value in values["usd_per_vehicle"]],
    }


PRICE_PER_TRUCK: Final = Figure(
    name="canton_price_per_truck",
    title=lambda view: f"A truck's price by who gets it, {view.year_label}",
    columns={
        "part": "Part of the price",
        "goes_to": "Who gets it",
        "usd_per_vehicle": "USD per truck",
        "from_usd": "Sum before the part, USD per truck",
        "to_usd": "Sum after the part, USD per truck",
    },
    results=results_of(("plant_transfer_price_usd",)),
    records=_records,
    form=Bars(
        _marks,
        name="part",
        reach=("from_usd", "to_usd"),
        axis=alt.Axis(title="USD per truck", format=",.0f", tickCount=4),
        told={"part": "Part", "goes_to": "Goes to", "label": "Per truck"},
        color=alt.Color("goes_to:N", scale=alt.Scale(domain=list(_TONES), range=list(_TONES.values())), legend=None),
    ),
    finding=_finding,
)
