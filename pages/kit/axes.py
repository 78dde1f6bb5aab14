"""Axes that end where the marks say: their ends with room for labels, their zero, and how marks stand on them.

A chart's form depends on the texts of its marks only, so its axes follow numbers that the marks hold beside them.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import altair as alt
import pandas as pd

from pages.kit.charts import zero_line
from pages.kit.columns import Columns

TO_THE_ENDS: Final = alt.Scale(zero=True, nice=False)


def extent(
    amounts: Iterable[float], room_share: float = 0.14, least: float = 1.0, above: bool = False
) -> tuple[float, float]:
    """Ends of an axis that holds zero and all amounts, with room for labels on each side that holds any.

    room_share: of what the amounts span, which is at least the least, in their unit
    above: whether there is room above zero also where all amounts are below it, as their labels stand there
    """
    low, high = min(0.0, *amounts, 0.0), max(0.0, *amounts, 0.0)
    room = max(high - low, least) * room_share
    return (low - room if low < 0.0 else 0.0), (high + room if above or high > 0.0 or low == 0.0 else 0.0)


def with_ends(columns: Columns, ends: tuple[float, float], **further: Sequence[Any]) -> Columns:
    """Columns with the ends of their axis, and further ones."""
    count, (low, high) = len(next(iter(columns.values()))), ends
    return {**columns, "room_low": [low] * count, "room_high": [high] * count, **further}


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
    return zero_line(alt.Chart(rows).transform_aggregate(rows="count()"), axis)


def beside(side: str, gap: int) -> dict[str, Any]:
    """Where a text stands: left of its point where the column `side` is below zero, else right; gap: in pixels."""
    return {"align": alt.expr(f"datum.{side} < 0 ? 'right' : 'left'"), "dx": alt.expr(f"{gap} * datum.{side}")}


def named_rows(field: str, names: Iterable[str], name_width: int = 200) -> alt.Y:
    """Rows one below the other, in the order of their names, which stand on the left; name_width: at most [pixels]."""
    axis = alt.Axis(ticks=False, domain=False, labelLimit=name_width)
    return alt.Y(field, sort=list(dict.fromkeys(names)), title=None, axis=axis)


def strength() -> alt.Opacity:
    """Opacity as the rows' `strength` states it."""
    return alt.Opacity("strength:Q", scale=None, legend=None)
