"""How lines are drawn: a colour and a dash each, names at their ends, and the axes beside them.

A company has the colour it has everywhere; two lines of one company, and every benchmark, are told apart by
their dashes and by the name at the end of the line.
"""

from collections.abc import Mapping, Sequence
from itertools import cycle, pairwise
from typing import Any, Final

import altair as alt
import numpy as np
import pandas as pd

from data.prices.listings import INDEX, LISTINGS, label_of, short_of
from pages.kit.charts import COMPANY_COLORS, GREY

COLORS: Final[Mapping[str, str]] = {
    **COMPANY_COLORS,
    "Tesla": "#CC79A7",
    "BYD": "#009E73",
    "Toyota": "#E69F00",
    "Ford": "#56B4E9",
    "General Motors": "#999999",
}
_FURTHER: Final = ("#56B4E9", "#E69F00", "#999999", "#CC79A7", "#009E73")
_DASHES: Final = ([1, 0], [7, 3], [2, 2], [9, 3, 2, 3], [4, 2], [12, 4], [1, 3], [6, 2, 1, 2, 1, 2])
ROOM_FOR_NAMES: Final = {"left": 5, "top": 5, "bottom": 5, "right": 66}
"""Padding of charts with names at the ends of lines [pixels]: the names stand in it."""
_SAME_HEIGHT: Final = 0.075
"""Names nearer to each other than this part of the height would overlap."""


def color_of(symbol: str, symbols: Sequence[str]) -> str:
    """The colour of a line among those shown."""
    listing = LISTINGS.get(symbol)
    if listing and listing.company:
        return COLORS[listing.company]
    if listing and listing.kind == INDEX:
        return GREY
    others = [s for s in symbols if s not in LISTINGS or (not LISTINGS[s].company and LISTINGS[s].kind != INDEX)]
    return dict(zip(others, cycle(_FURTHER), strict=False)).get(symbol, GREY)


def dashes_of(symbols: Sequence[str]) -> list[list[int]]:
    """Solid for the first line of a colour, a dash of its own for each further one; indices are never solid."""
    used: dict[str, int] = {}
    found = []
    for symbol in symbols:
        color = color_of(symbol, symbols)
        place = used.setdefault(color, 1 if color == GREY else 0)
        used[color] = place + 1
        found.append(list(_DASHES[place % len(_DASHES)]))
    return found


def with_end_names(rows: pd.DataFrame, column: str, at_end: pd.Series, log: bool = False) -> pd.DataFrame:
    """The rows with the name of each line beside its last, and how high it stands; nothing beside the others.

    column: what is drawn; at_end: which rows are the last of their lines; log: whether on a logarithmic scale
    """
    rows, ends = rows.assign(label_end="", label_y=rows[column]), rows.index[at_end]
    for at, height in zip(ends, _heights_of_names(rows.loc[ends, column], rows[column], log), strict=True):
        rows.loc[at, "label_end"], rows.loc[at, "label_y"] = _end_name(*rows.loc[at, ["line", "symbol"]]), height
    return rows


def _end_name(line: str, symbol: str) -> str:
    """What stands at the end of a line: a short name; of two lines made one, what was made of them."""
    if line == label_of(symbol):
        return short_of(symbol)
    return "Ratio" if "/" in line else "Gap"


def spread(heights: Sequence[float], low: float, high: float) -> list[float]:
    """Heights of the names, moved apart where they would overlap and kept below `high`, in the order given."""
    gap = _SAME_HEIGHT * (high - low)
    order = sorted(range(len(heights)), key=lambda at: heights[at])
    placed = list(heights)
    for before, at in pairwise(order):
        placed[at] = max(placed[at], placed[before] + gap)
    if order:
        placed[order[-1]] = min(placed[order[-1]], high)
    for after, at in pairwise(reversed(order)):
        placed[at] = min(placed[at], placed[after] - gap)
    return placed


def _heights_of_names(ends: pd.Series, everything: pd.Series, log: bool) -> list[float]:
    """Where the names at the ends of lines stand; equal distances are equal factors on a logarithmic scale."""
    values = [float(v) for v in ends]
    low, high = float(everything.min()), float(everything.max())
    if not log:
        return spread(values, low, high)
    return [
        float(np.exp(v)) for v in spread([float(np.log(v)) for v in values], float(np.log(low)), float(np.log(high)))
    ]


def line_scales(rows: pd.DataFrame) -> tuple[alt.Scale, alt.Scale]:
    """Colours and dashes by line."""
    symbols = dict(zip(rows["line"], rows["symbol"], strict=True))
    order = list(symbols.values())
    colors = [color_of(symbol, order) for symbol in order]
    return alt.Scale(domain=list(symbols), range=colors), alt.Scale(domain=list(symbols), range=dashes_of(order))


def signed_axis(form: str, ticks: int, least_step: float = 0.0, **further: Any) -> alt.Axis:
    """An axis whose labels have a sign where the format asks for one, except zero."""
    words = f"datum.value == 0 ? format(0, '{form.removeprefix('+')}') : format(datum.value, '{form}')"
    return alt.Axis(tickCount=ticks, labelExpr=words, tickMinStep=least_step, **further)


def thin_line(rows: pd.DataFrame) -> alt.Chart:
    """One thin line, whatever the number of rows."""
    once = alt.Chart(rows).transform_aggregate(lines="count()")
    rule: alt.Chart = once.mark_rule(strokeWidth=1.2, color=GREY, aria=False)
    return rule
