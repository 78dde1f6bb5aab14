"""Lines by day, in which three figures of the Stocks page are drawn. Events are a small mark each below the lines."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from itertools import compress
from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from data.prices.listings import label_of
from pages.kit.charts import Chart
from pages.kit.columns import Columns
from pages.kit.figure import Figure, Told, of_view
from pages.kit.tables import Table
from pages.kit.view import View
from pages.kit.words import NBSP, number
from pages.stocks.lines import ROOM_FOR_NAMES, line_scales, signed_axis, thin_line, with_end_names
from pages.stocks.words import change

MOST_DRAWN: Final = 260
"""More days than this are thinned to the last of each week, and more weeks to the last of each month."""

_LINE: Final = "line"
_EVENT: Final = "event"


_EVENT_SCALE: Final = alt.Scale(domain=["tariff", "milestone"], range=["#CC79A7", "#0072B2"])


@dataclass(frozen=True, eq=False)
class LinesByDay:
    """Lines by shared day with their names at the end, and events as small marks below.

    The table has line, symbol, date and the column.
    title: of the vertical axis; digits: its labels, as d3 writes them
    said: how a value is said: "share", "number", or the currency of prices
    zero: where a thin line is drawn, or nothing; log: whether equal steps are equal factors
    events: those that are marked
    """

    column: str
    title: Told[str]
    digits: Told[str]
    said: Told[str]
    zero: Told[str] = ""
    log: Told[bool] = False
    events: Figure | None = None

    def marks(self, table: Table, view: View) -> pd.DataFrame:
        """The days that are drawn, with what each mark says, names at the ends, and a row per event."""
        rows = _rows_of_lines(table, self.column, of_view(self.said, view), of_view(self.log, view))
        if self.events is None:
            return rows
        return pd.concat([rows, _rows_of_events(self.events.table(view), rows)], ignore_index=True)

    def arguments(self, view: View) -> tuple[Hashable, ...]:
        """What depends on the look: title, digits, scale, and where the thin line stands."""
        return tuple(of_view(given, view) for given in (self.title, self.digits, self.log, self.zero))

    def chart(self, marks: pd.DataFrame, title: str, digits: str, log: bool, zero: str) -> Chart:
        """Lines, a point to hover at each day, names and events."""
        color, dash = line_scales(marks[marks["what"] == _LINE])
        base = alt.Chart(marks).encode(
            x=alt.X("day_ms:T", title=None, scale=alt.Scale(type="utc"), axis=alt.Axis(tickCount=6, labelOverlap=True))
        )
        kind = alt.Scale(type="log", nice=False) if log else alt.Scale(zero=False, nice=True)
        y = alt.Y("value:Q", title=title, scale=kind, axis=signed_axis(digits, 6))
        tooltip = [
            alt.Tooltip("line:N", title="Line"),
            alt.Tooltip("label_day:N", title="Day"),
            alt.Tooltip("label_value:N", title=title),
        ]
        lines = base.transform_filter(f"datum.what == '{_LINE}'")
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
        if (marks["what"] == _EVENT).any():  # a layer without marks would have nothing to tell a screen reader
            layers.append(_event_marks(base))
        if zero:
            layers.insert(0, thin_line(marks).encode(y=alt.YDatum(float(zero))))
        whole: Chart = alt.layer(*layers).resolve_scale(color="independent", strokeDash="independent")
        return whole.properties(height=320, padding=ROOM_FOR_NAMES)


def _event_marks(base: alt.Chart) -> alt.Chart:
    """A small mark at the foot of the plot for each event."""
    marks: alt.Chart = base.transform_filter(f"datum.what == '{_EVENT}'").mark_point(
        shape="triangle-up", size=55, filled=True, yOffset=-5
    )
    return marks.encode(
        y=alt.value("height"),
        color=alt.Color("line:N", scale=_EVENT_SCALE, legend=None),
        tooltip=[alt.Tooltip("label_day:N", title="Date"), alt.Tooltip("label_value:N", title="Event")],
    )


def thinned(days: pd.DatetimeIndex) -> pd.DatetimeIndex:
    """Days that are drawn: all, or the last of each week or month where there are many; ends are always among them."""
    for form in (None, "%G-%V", "%Y-%m"):
        kept = days if form is None else days[~days.strftime(form).duplicated(keep="last")]
        if len(kept) <= MOST_DRAWN:
            break
    return kept.union(days[[0, -1]])


def _rows_of_lines(table: Table, column: str, said: str, log: bool) -> pd.DataFrame:
    rows = table.rows[["line", "symbol", "date", column]].rename(columns={column: "value"})
    days = {text: pd.Timestamp(text) for text in dict.fromkeys(rows["date"])}
    drawn = set(thinned(pd.DatetimeIndex(sorted(days.values()))))
    rows = rows[[days[text] in drawn for text in rows["date"]]].reset_index(drop=True)
    stamps = dict(zip(days, _day_ms(pd.DatetimeIndex(list(days.values()))), strict=True))
    words = {text: f"{day:%-d %B %Y}" for text, day in days.items()}
    rows = rows.assign(
        what=_LINE,
        day_ms=[stamps[text] for text in rows["date"]],
        label_day=[words[text] for text in rows["date"]],
        label_value=[_value_words(v, said) for v in rows["value"]],
    ).drop(columns="date")
    return with_end_names(rows, "value", rows["day_ms"] == max(stamps.values()), log)


def _rows_of_events(markers: Table, lines: pd.DataFrame) -> pd.DataFrame:
    """A row per event, in the form of the lines' rows."""
    days = pd.DatetimeIndex(pd.to_datetime(markers.rows["date"]))
    inside = float(lines["value"].iloc[0])
    return pd.DataFrame(
        {
            "line": markers.rows["category"],
            "symbol": "",
            "value": inside,
            "what": _EVENT,
            "day_ms": _day_ms(days),
            "label_day": [f"{day:%-d %B %Y}" for day in days],
            "label_value": markers.rows["title"],
            "label_end": "",
            "label_y": inside,
        }
    )


def _value_words(value: float, said: str) -> str:
    if said == "share":
        return change(value)
    return number(value, 2 if abs(value) < 10 else 1) if said == "number" else f"{said}{NBSP}{number(value)}"


def _day_ms(days: pd.DatetimeIndex) -> np.ndarray:
    """Days as milliseconds since 1970."""
    since = (days - pd.Timestamp(0)) / pd.Timedelta(milliseconds=1)
    return np.asarray(since, dtype=float)


def columns_by_day(frame: pd.DataFrame, column: str, named: Callable[[str], str] = label_of) -> Columns:
    """A row for each line and day that has a value: line, symbol, date and the column, as the form reads them.

    frame: by day, a column for each symbol; named: from symbol to the name of its line
    """
    found: dict[str, list[object]] = {"line": [], "symbol": [], "date": [], column: []}
    days = [day.date().isoformat() for day in pd.DatetimeIndex(frame.index)]
    for symbol, values in frame.items():
        there = values.notna().tolist()
        dates = list(compress(days, there))
        found["line"] += [named(str(symbol))] * len(dates)
        found["symbol"] += [str(symbol)] * len(dates)
        found["date"] += dates
        found[column] += compress(values.tolist(), there)
    return found
