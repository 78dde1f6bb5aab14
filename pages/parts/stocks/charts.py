"""The charts of the Stocks page: from rows to an Altair chart. No Streamlit, no prices of their own.

A company has the colour it has everywhere; two lines of one company, and every benchmark, are told apart by
their dashes and by the name at the end of the line. Events are a small mark each below the lines.
"""

from collections.abc import Mapping, Sequence
from itertools import cycle, pairwise
from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from data.prices.listings import INDEX, LISTINGS, label_of, short_of
from pages.parts.charts import COMPANY_COLORS, COMPANY_SCALE, GREY, ORIGIN_COLORS, Chart, unseen
from pages.parts.tables import Table
from pages.parts.words import NBSP, figure, in_sentence, number, percent, signed

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
_NAME_ROOM: Final = {"left": 5, "top": 5, "bottom": 5, "right": 66}
"""Padding of charts with names at the ends of lines [pixels]: the names stand in it."""
_SAME_HEIGHT: Final = 0.075
"""Names nearer to each other than this part of the height would overlap."""
MOST_DRAWN: Final = 260
"""More days than this are thinned to the last of each week, and more weeks to the last of each month."""

LINE: Final = "line"
EVENT: Final = "event"


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


def day_ms(days: pd.DatetimeIndex) -> np.ndarray:
    """Days as milliseconds since 1970."""
    since = (days - pd.Timestamp(0)) / pd.Timedelta(milliseconds=1)
    return np.asarray(since, dtype=float)


def thinned(days: pd.DatetimeIndex) -> pd.DatetimeIndex:
    """Days that are drawn: all, or the last of each week or month where there are many; ends are always among them."""
    for form in (None, "%G-%V", "%Y-%m"):
        kept = days if form is None else days[~days.strftime(form).duplicated(keep="last")]
        if len(kept) <= MOST_DRAWN:
            break
    return kept.union(days[[0, -1]])


def with_marks(table: Table, column: str, form: str, markers: Table | None = None, log: bool = False) -> pd.DataFrame:
    """Rows of lines by day, thinned, with what each mark says, names at the ends, and a row per event.

    form: "share", "number", or a currency for prices
    """
    rows = table.rows[["line", "symbol", "date", column]].rename(columns={column: "value"})
    days = {text: pd.Timestamp(text) for text in dict.fromkeys(rows["date"])}
    drawn = set(thinned(pd.DatetimeIndex(sorted(days.values()))))
    rows = rows[[days[text] in drawn for text in rows["date"]]].reset_index(drop=True)
    stamps = dict(zip(days, day_ms(pd.DatetimeIndex(list(days.values()))), strict=True))
    words = {text: f"{day:%-d %B %Y}" for text, day in days.items()}
    last = max(stamps.values())
    rows = rows.assign(
        what=LINE,
        day_ms=[stamps[text] for text in rows["date"]],
        label_day=[words[text] for text in rows["date"]],
        label_value=[_words(v, form) for v in rows["value"]],
        label_end="",
        label_y=rows["value"],
    ).drop(columns="date")
    ends = rows.index[rows["day_ms"] == last]
    for at, height in zip(ends, _heights_of_names(rows.loc[ends, "value"], rows["value"], log), strict=True):
        rows.loc[at, "label_end"], rows.loc[at, "label_y"] = _end_name(*rows.loc[at, ["line", "symbol"]]), height
    return pd.concat([rows, _events(markers, rows)], ignore_index=True) if markers is not None else rows


def _end_name(line: str, symbol: str) -> str:
    """What stands at the end of a line: a short name; of two lines made one, what was made of them."""
    if line == label_of(symbol):
        return short_of(symbol)
    return "Ratio" if "/" in line else "Gap"


def _events(markers: Table, lines: pd.DataFrame) -> pd.DataFrame:
    """A row per event, in the form of the lines' rows."""
    days = pd.DatetimeIndex(pd.to_datetime(markers.rows["date"]))
    inside = float(lines["value"].iloc[0])
    return pd.DataFrame(
        {
            "line": markers.rows["category"],
            "symbol": "",
            "value": inside,
            "what": EVENT,
            "day_ms": day_ms(days),
            "label_day": [f"{day:%-d %B %Y}" for day in days],
            "label_value": markers.rows["title"],
            "label_end": "",
            "label_y": inside,
        }
    )


def _words(value: float, form: str) -> str:
    if form == "share":
        return signed(value, "share").replace("pp", "%")
    return number(value, 2 if abs(value) < 10 else 1) if form == "number" else f"{form}{NBSP}{number(value)}"


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


def _line_scales(rows: pd.DataFrame) -> tuple[alt.Scale, alt.Scale]:
    """Colours and dashes by line."""
    drawn = rows[rows["what"] == LINE] if "what" in rows else rows
    symbols = dict(zip(drawn["line"], drawn["symbol"], strict=True))
    order = list(symbols.values())
    colors = [color_of(symbol, order) for symbol in order]
    return alt.Scale(domain=list(symbols), range=colors), alt.Scale(domain=list(symbols), range=dashes_of(order))


_EVENT_SCALE: Final = alt.Scale(domain=["tariff", "milestone"], range=["#CC79A7", "#0072B2"])


def _axis(form: str, ticks: int, least_step: float = 0.0) -> alt.Axis:
    """An axis whose labels have a sign where the format asks for one, except zero."""
    words = f"datum.value == 0 ? format(0, '{form.removeprefix('+')}') : format(datum.value, '{form}')"
    return alt.Axis(tickCount=ticks, labelExpr=words, tickMinStep=least_step)


def _rule(rows: pd.DataFrame) -> alt.Chart:
    """One thin line, whatever the number of rows."""
    once = alt.Chart(rows).transform_aggregate(lines="count()")
    rule: alt.Chart = once.mark_rule(strokeWidth=1.2, color=GREY, aria=False)
    return rule


def _event_marks(base: alt.Chart) -> alt.Chart:
    """A small mark at the foot of the plot for each event."""
    marks: alt.Chart = base.transform_filter(f"datum.what == '{EVENT}'").mark_point(
        shape="triangle-up", size=55, filled=True, yOffset=-5
    )
    return marks.encode(
        y=alt.value("height"),
        color=alt.Color("line:N", scale=_EVENT_SCALE, legend=None),
        tooltip=[alt.Tooltip("label_day:N", title="Date"), alt.Tooltip("label_value:N", title="Event")],
    )


def lines_over_time(rows: pd.DataFrame, title: str, form: str, log: bool = False, zero: str = "") -> Chart:
    """Lines by day with their names at the end, and events as small marks below.

    rows: as `with_marks` makes them; title: of the vertical axis; form: d3 format of its labels
    log: whether equal steps are equal factors; zero: value at which a thin line is drawn, or nothing
    """
    color, dash = _line_scales(rows)
    base = alt.Chart(rows).encode(
        x=alt.X("day_ms:T", title=None, scale=alt.Scale(type="utc"), axis=alt.Axis(tickCount=6, labelOverlap=True))
    )
    kind = alt.Scale(type="log", nice=False) if log else alt.Scale(zero=False, nice=True)
    y = alt.Y("value:Q", title=title, scale=kind, axis=_axis(form, 6))
    tooltip = [
        alt.Tooltip("line:N", title="Line"),
        alt.Tooltip("label_day:N", title="Day"),
        alt.Tooltip("label_value:N", title=title),
    ]
    lines = base.transform_filter(f"datum.what == '{LINE}'")
    drawn = lines.mark_line(strokeWidth=2.2).encode(
        y=y,
        color=alt.Color("line:N", scale=color, legend=None),
        strokeDash=alt.StrokeDash("line:N", scale=dash, legend=None),
    )
    hover = lines.mark_point(size=60, opacity=0, aria=False).encode(y=y, tooltip=tooltip)
    names = lines.transform_filter("datum.label_end != ''").mark_text(align="left", dx=5, fontWeight="bold")
    named = names.encode(
        y=alt.Y("label_y:Q", title=title),
        text=alt.Text("label_end:N"),
        color=alt.Color("line:N", scale=color, legend=None),
    )
    layers = [drawn, hover, named]
    if (rows["what"] == EVENT).any():  # a layer without marks would have nothing to tell a screen reader
        layers.append(_event_marks(base))
    if zero:
        layers.insert(0, _rule(rows).encode(y=alt.YDatum(float(zero))))
    whole: Chart = alt.layer(*layers).resolve_scale(color="independent", strokeDash="independent")
    return whole.properties(height=320, padding=_NAME_ROOM)


def with_part_labels(table: Table) -> pd.DataFrame:
    """Rows of parts with the words of each, and the sum of each line where its label begins."""
    rows = table.rows
    ranks = {part: rank for rank, part in enumerate(dict.fromkeys(rows["part"]))}
    right = rows.groupby("line")["part_share"].transform(lambda own: own.clip(lower=0).sum())
    span = max(float(right.max()), 0.01) - min(float(rows["part_share"].min()), 0.0)
    return rows.assign(
        rank=[ranks[part] for part in rows["part"]],
        label_part=[signed(v, "share").replace("pp", "%") for v in rows["part_share"]],
        label_sum=[signed(v, "share").replace("pp", "%") for v in rows["return_share"]],
        right_share=right,
        room_share=right + 0.25 * span,
    )


def parts_chart(rows: pd.DataFrame) -> Chart:
    """What each return is made of: a bar per line, a segment per part, the sum beside it.

    rows: line, part, part_share, rank, label_part, label_sum, right_share (where the label begins), room_share
    """
    order = list(dict.fromkeys(rows["line"]))
    parts = list(dict.fromkeys(rows["part"]))
    base = alt.Chart(rows).encode(
        y=alt.Y("line:N", sort=order, title=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=120))
    )
    bars = base.mark_bar(height={"band": 0.62}).encode(
        x=alt.X("part_share:Q", title="Return over the period", stack="zero", axis=_axis("+.0%", 5)),
        color=alt.Color(
            "part:N",
            scale=alt.Scale(domain=parts, range=list(ORIGIN_COLORS[: len(parts)])),
            legend=alt.Legend(title=None, orient="top", columns=3, labelLimit=120),
        ),
        order=alt.Order("rank:Q"),
        tooltip=[
            alt.Tooltip("line:N", title="Line"),
            alt.Tooltip("part:N", title="Part"),
            alt.Tooltip("label_part:N", title="Part of the return"),
            alt.Tooltip("label_sum:N", title="Return"),
        ],
    )
    first = base.transform_filter("datum.rank == 0")
    sums = first.mark_text(align="left", dx=5, fontWeight="bold").encode(
        x=alt.X("right_share:Q"), text=alt.Text("label_sum:N")
    )
    room = unseen(first).encode(x=alt.X("room_share:Q"))
    zero = _rule(rows).encode(x=alt.XDatum(0))
    return alt.layer(bars, zero, sums, room).properties(height=alt.Step(34))


def with_step_marks(table: Table) -> pd.DataFrame:
    """Rows around an event with what each mark says and names at the ends."""
    rows = table.rows[["line", "symbol", "step", "return_share"]].reset_index(drop=True)
    last = rows["step"].max()
    rows = rows.assign(
        label_value=[signed(v, "share").replace("pp", "%") for v in rows["return_share"]],
        label_end="",
        label_y=rows["return_share"],
    )
    ends = rows.index[rows["step"] == last]
    for at, height in zip(
        ends, _heights_of_names(rows.loc[ends, "return_share"], rows["return_share"], False), strict=True
    ):
        rows.loc[at, "label_end"], rows.loc[at, "label_y"] = _end_name(*rows.loc[at, ["line", "symbol"]]), height
    return rows


def event_chart(rows: pd.DataFrame, title: str) -> Chart:
    """Returns around an event, counted from the last close before it.

    rows: line, symbol, step, return_share, label_value, label_end, label_y; title: of the horizontal axis
    """
    color, dash = _line_scales(rows)
    y = alt.Y("return_share:Q", title="Change since the last close before", axis=_axis("+.0%", 5))
    base = alt.Chart(rows).encode(x=alt.X("step:Q", title=title, axis=_axis("+d", 8, 1.0), scale=alt.Scale(nice=False)))
    drawn = base.mark_line(strokeWidth=2.2, point={"size": 30, "filled": True}).encode(
        y=y,
        color=alt.Color("line:N", scale=color, legend=None),
        strokeDash=alt.StrokeDash("line:N", scale=dash, legend=None),
        tooltip=[
            alt.Tooltip("line:N", title="Line"),
            alt.Tooltip("step:Q", title=title),
            alt.Tooltip("label_value:N", title="Change since the last close before"),
        ],
    )
    names = base.transform_filter("datum.label_end != ''").mark_text(align="left", dx=7, fontWeight="bold")
    named = names.encode(
        y=alt.Y("label_y:Q"), text=alt.Text("label_end:N"), color=alt.Color("line:N", scale=color, legend=None)
    )
    event, zero = _rule(rows).encode(x=alt.XDatum(0)), _rule(rows).encode(y=alt.YDatum(0))
    return alt.layer(zero, event, drawn, named).properties(height=280, padding=_NAME_ROOM)


def with_value_labels(table: Table) -> pd.DataFrame:
    """Rows of price and value per share with the name and words of each bar."""
    rows = table.rows
    currency = str(rows["currency"].iloc[0])
    unit = "JPY" if currency == "JPY" else ""
    words = [
        "nothing" if v == 0 else figure(v, unit) if unit else f"{currency}{NBSP}{number(v, 2)}"
        for v in rows["per_share"]
    ]
    labels = [
        text if what == "Share price" or share == 0 else f"{text} ({percent(share)})"
        for text, what, share in zip(words, rows["what"], rows["of_price_share"], strict=True)
    ]
    right = rows["per_share"].clip(lower=0.0)
    room = right.max() - min(float(rows["per_share"].min()), 0.0)
    names = [f"{c}: {in_sentence(w)}" for c, w in zip(rows["company"], rows["what"], strict=True)]
    return rows.assign(bar=names, label=labels, right_amount=right, room_amount=right.max() + 0.3 * room)


def value_chart(rows: pd.DataFrame, currency: str) -> Chart:
    """Price and value per share: price pale, scenario full, reference outlined.

    rows: bar, company, what, per_share, label, as_of, right_amount (where the label begins), room_amount
    """
    what = list(dict.fromkeys(rows["what"]))
    base = alt.Chart(rows).encode(
        y=alt.Y("bar:N", sort=list(rows["bar"]), title=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=185)),
        tooltip=[
            alt.Tooltip("company:N", title="Company"),
            alt.Tooltip("what:N", title="What"),
            alt.Tooltip("label:N", title="Per share"),
            alt.Tooltip("as_of:N", title="As of"),
        ],
    )
    companies = COMPANY_SCALE
    bars = base.mark_bar(height={"band": 0.66}, strokeWidth=1.5).encode(
        x=alt.X("per_share:Q", title=f"{currency} per share", axis=alt.Axis(tickCount=5)),
        color=alt.Color("company:N", scale=companies, legend=None),
        stroke=alt.Stroke("company:N", scale=companies, legend=None),
        fillOpacity=alt.FillOpacity(
            "what:N", scale=alt.Scale(domain=what, range=[0.4, 1.0, 0.0][: len(what)]), legend=None
        ),
    )
    labels = base.mark_text(align="left", dx=5).encode(x=alt.X("right_amount:Q"), text=alt.Text("label:N"))
    room = unseen(base).encode(x=alt.X("room_amount:Q"))
    return alt.layer(bars, labels, room).properties(height=alt.Step(30))
