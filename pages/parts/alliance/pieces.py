"""Pieces that the charts of the page share: rows with ends of their axis, labels, axes, legends, colours.

A chart draws one frame of rows; its form depends on their texts only, its axes follow their numbers.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

import altair as alt
import pandas as pd

from pages.parts.charts import GREY
from pages.parts.columns import Columns, Group, totals
from pages.parts.words import figure, signed

SOURCE_COLORS: Final = {
    "Shared platforms": "#009E73",
    "Joint software": "#56B4E9",
    "Cars earlier to market": "#E69F00",
    "Canton trucks": "#CC79A7",
    "Tooling": "#A6ADB3",
    "Integration": "#6B7780",
}

YEARS: Final = alt.X(
    "fiscal_year:O", title=None, axis=alt.Axis(labelAngle=0, ticks=False), scale=alt.Scale(padding=0.4)
)


def extent(amounts: Iterable[float], room_share: float = 0.14) -> tuple[float, float]:
    """Ends of an axis that holds zero and all amounts, with room for labels where there is something to label."""
    low, high = min(0.0, *amounts, 0.0), max(0.0, *amounts, 0.0)
    room = (high - low or 1.0) * room_share
    return (low - room if low < 0.0 else 0.0), (high + room if high > 0.0 or low == 0.0 else 0.0)


def drawn(rows: Columns, ends: tuple[float, float], **columns: Sequence[Any]) -> Columns:
    """Rows with the ends of their axis [JPY bn] and further columns."""
    count = len(next(iter(rows.values())))
    low, high = ends
    return {**rows, "room_low_jpy_bn": [low] * count, "room_high_jpy_bn": [high] * count, **columns}


def side_totals(groups: Iterable[Group], amounts: Iterable[float], sign: float) -> dict[Group, float]:
    """Sum of the amounts of each group on one side of zero."""
    return totals(groups, [amount if amount * sign > 0.0 else 0.0 for amount in amounts])


def in_yen(values: Iterable[float]) -> list[str]:
    """Amounts in words."""
    return [figure(float(value), "JPY bn") for value in values]


def signed_yen(values: Iterable[float]) -> list[str]:
    """Amounts in words, with their sign."""
    return [signed(float(value), "JPY bn") for value in values]


def plain_signed(value_jpy_bn: float) -> str:
    """A rounded amount with its sign and no unit, as the axis names it."""
    return re.sub(r"JPY.|.bn", "", signed(float(round(value_jpy_bn)), "JPY bn"))


def amount(field: str, title: str) -> dict[str, Any]:
    """Settings of an axis of amounts that ends where the rows say."""
    return {"shorthand": field, "title": title, "scale": alt.Scale(nice=False, zero=True)}


def across(field: str, title: str) -> alt.X:
    """Amounts from left to right, stacked."""
    return alt.X(**amount(field, title), stack="zero", axis=alt.Axis(tickCount=4, format=",.0f"))


def upward(field: str, title: str) -> alt.Y:
    """Amounts from below upwards, stacked."""
    return alt.Y(**amount(field, title), stack="zero", axis=alt.Axis(tickCount=5, format=",.0f"))


def upward_unstacked(field: str, title: str) -> alt.Y:
    """Amounts from below upwards, each from zero."""
    return alt.Y(**amount(field, title), axis=alt.Axis(tickCount=5, format=",.0f"))


def frame(rows: pd.DataFrame, axis: str, title: str) -> list[alt.Chart]:
    """A line at zero and the ends of the axis of amounts; axis: "x" or "y"."""
    once = alt.Chart(rows).transform_aggregate(low="min(room_low_jpy_bn)", high="max(room_high_jpy_bn)")
    channel = alt.X if axis == "x" else alt.Y
    line = once.mark_rule(strokeWidth=1, opacity=0.6, color=GREY, aria=False).encode(
        **{axis: channel(datum=0, title=title)}
    )
    ends = (
        once.mark_point(opacity=0, aria=False, tooltip=False).encode(**{axis: channel(f"{end}:Q", title=title)})
        for end in ("low", "high")
    )
    return [line, *ends]


def rows(field: str, order: Iterable[str]) -> alt.Y:
    """Bars one below the other, in this order, their names on the left."""
    return alt.Y(field, sort=list(order), title=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=200))


def tips(**titles: str) -> list[alt.Tooltip]:
    """What a tooltip says: column to title, words only."""
    return [alt.Tooltip(f"{column}:N", title=title) for column, title in titles.items()]


def legend(**settings: Any) -> alt.Legend:
    """A legend above the chart, in two columns."""
    return alt.Legend(title=None, orient="top", columns=2, labelLimit=230, **settings)


def colors(named: dict[str, str], shown: Iterable[str] | None = None) -> alt.Scale:
    """A scale of named colours; shown: those that the chart holds, all unless given."""
    held = set(named if shown is None else shown)
    domain = [name for name in named if name in held]
    return alt.Scale(domain=domain, range=[named[name] for name in domain])


def source_color(rows: pd.DataFrame) -> alt.Color:
    """Colours of the sources that the rows hold."""
    return alt.Color("source:N", scale=colors(SOURCE_COLORS, rows["source"]), legend=legend())


def on_both_sides(base: alt.Chart, column: str, text: str, vertical: bool, gap: int = 8) -> list[alt.Chart]:
    """A label beyond each amount: above or right of zero, below or left of it."""
    labels = []
    for test, side in ((">=", 1), ("<", -1)):
        shown = base.transform_filter(f"datum.{column} {test} 0 && datum.{text} != ''")
        if vertical:
            mark = shown.mark_text(dy=-gap * side, fontWeight="bold")
        else:
            mark = shown.mark_text(dx=gap * side, align="left" if side > 0 else "right", fontWeight="bold")
        labels.append(mark.encode(text=alt.Text(f"{text}:N")))
    return labels
