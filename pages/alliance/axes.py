"""Axes of the page's charts: of amounts across and upwards, with a line at zero and ends that follow the marks."""

from collections.abc import Iterable
from typing import Any, Final

import altair as alt
import pandas as pd

from pages.kit.axes import TO_THE_ENDS, ends, zero
from pages.kit.columns import Group, totals

YEARS: Final = alt.X(
    "fiscal_year:O", title=None, axis=alt.Axis(labelAngle=0, ticks=False), scale=alt.Scale(padding=0.4)
)


def side_totals(groups: Iterable[Group], amounts: Iterable[float], sign: float) -> dict[Group, float]:
    """Sum of the amounts of each group on one side of zero."""
    return totals(groups, [amount if amount * sign > 0.0 else 0.0 for amount in amounts])


def amount(field: str, title: str) -> dict[str, Any]:
    """Settings of an axis of amounts that ends where the marks say."""
    return {"shorthand": field, "title": title, "scale": TO_THE_ENDS}


def across(title: str) -> alt.Axis:
    """An axis of amounts from left to right."""
    return alt.Axis(title=title, tickCount=4, format=",.0f", grid=False)


def upward(field: str, title: str) -> alt.Y:
    """Amounts from below upwards, stacked."""
    return alt.Y(**amount(field, title), stack="zero", axis=alt.Axis(tickCount=5, format=",.0f"))


def upward_unstacked(field: str, title: str) -> alt.Y:
    """Amounts from below upwards, each from zero."""
    return alt.Y(**amount(field, title), axis=alt.Axis(tickCount=5, format=",.0f"))


def frame(marks: pd.DataFrame, axis: str) -> list[alt.Chart]:
    """A line at zero and the ends of the axis of amounts; axis: "x" or "y"."""
    return [zero(marks, axis).encode(opacity=alt.value(0.6)), ends(marks, axis)]
