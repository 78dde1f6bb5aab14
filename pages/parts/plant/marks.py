"""Pieces of charts that several figures of the plant share."""

from collections.abc import Sequence
from typing import Any, Final

import altair as alt
import pandas as pd
from numpy.typing import NDArray

from pages.parts.charts import zero_line
from pages.parts.columns import Columns

TO_THE_ENDS: Final = alt.Scale(zero=True, nice=False)


def with_room(
    columns: Columns, values: Sequence[float] | NDArray[Any], room_share: float, least: float = 1.0
) -> Columns:
    """Columns with the ends of an axis that holds zero and all values, with room for labels where they are drawn.

    least: what the values span at least, in their unit
    """
    low, high = min(0.0, *values), max(0.0, *values)
    room = max(high - low, least) * room_share
    count = len(next(iter(columns.values())))
    bottom = low - room if low < 0.0 else 0.0
    return {**columns, "room_low": [bottom] * count, "room_high": [high + room] * count}


def ends(rows: pd.DataFrame, axis: str) -> alt.Chart:
    """The ends of an axis as the rows state them, in a mark that nobody sees; axis: "x" or "y"."""
    low, high = (
        (alt.X("room_low:Q"), alt.X2("room_high:Q")) if axis == "x" else (alt.Y("room_low:Q"), alt.Y2("room_high:Q"))
    )
    reach = {axis: low, f"{axis}2": high}
    unseen: alt.Chart = alt.Chart(rows).mark_rule(opacity=0, aria=False).encode(**reach)
    return unseen


def zero(rows: pd.DataFrame, axis: str) -> alt.Chart:
    """A line at zero, drawn once for all rows; axis: "x" or "y"."""
    once = alt.Chart(rows).transform_aggregate(rows="count()")
    return zero_line(once, axis)


def beside(side: str, gap: int) -> dict[str, Any]:
    """Where a text stands: left of its point where the column `side` is below zero, else right; gap: in pixels."""
    return {"align": alt.expr(f"datum.{side} < 0 ? 'right' : 'left'"), "dx": alt.expr(f"{gap} * datum.{side}")}


def row_axis(limit: int) -> alt.Axis:
    """An axis of named rows; limit: of a name's length, in pixels."""
    return alt.Axis(labelLimit=limit, ticks=False, domain=False)


def strength() -> alt.Opacity:
    """Opacity as the rows' `strength` states it."""
    return alt.Opacity("strength:Q", scale=None, legend=None)
