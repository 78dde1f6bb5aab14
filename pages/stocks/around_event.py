"""Returns around the chosen event, counted from the last shared close before it, against the benchmark."""

from typing import Final

import altair as alt
import pandas as pd

from data.prices.listings import label_of
from data.story import TimelineEvent
from pages.kit.charts import Chart
from pages.kit.figure import Custom, Figure
from pages.kit.tables import Table
from pages.kit.view import View, kept
from pages.kit.words import event_date_words, markdown_text
from pages.stocks.comparison import PriceComparison, await_prices, chosen_event, comparison_of, window_of
from pages.stocks.empty_cells import frame_of
from pages.stocks.lacking import lacking_of, sources_of
from pages.stocks.lines import ROOM_FOR_NAMES, line_scales, signed_axis, thin_line, with_end_names
from pages.stocks.words import change, day_words, first_told, kind_words, or_dash


def _columns(view: View) -> dict[str, str]:
    c = comparison_of(view)
    return {
        "event": "Event",
        "event_date": "Date of the event",
        "line": "Line",
        "symbol": "Yahoo symbol",
        "step": f"{_steps(c)} from the last close before the event",
        "return_share": "Return since that close, share",
        "benchmark_share": f"Return of {label_of(c.asked.benchmark)} since that close, share",
        "against_benchmark_share": "Return less the benchmark's, share",
    }


def _title(view: View) -> str:
    c = comparison_of(view)
    return f"Around the event: {chosen_event(c.asked).title}; {kind_words(c)}"


def _steps(c: PriceComparison) -> str:
    return "Month-ends" if c.monthly else "Shared trading days"


@kept
def _records(view: View) -> pd.DataFrame:
    c = comparison_of(view)
    window, event = window_of(c), chosen_event(c.asked)
    records: list[tuple[object, ...]] = []
    for symbol in c.symbols if window else []:
        assert window is not None
        markets = window.path[c.benchmark].tolist() if c.benchmark else [None] * len(window.path)
        for step, share, market in zip(window.path.index, window.path[symbol].tolist(), markets, strict=True):
            against = None if market is None else share - market
            records.append(
                (event.title, event.date.isoformat(), label_of(symbol), symbol, int(step), share, market, against)
            )
    return frame_of(records, _columns(view))


def _marks(table: Table, view: View) -> pd.DataFrame:
    """Rows with what each mark says and names at the ends."""
    rows = table.rows[["line", "symbol", "step", "return_share"]].reset_index(drop=True)
    rows = rows.assign(label_value=[change(v) for v in rows["return_share"]])
    return with_end_names(rows, "return_share", rows["step"] == rows["step"].max())


def _chart(rows: pd.DataFrame, title: str) -> Chart:
    """Returns around an event, counted from the last close before it.

    rows: line, symbol, step, return_share, label_value, label_end, label_y; title: of the horizontal axis
    """
    color, dash = line_scales(rows)
    y = alt.Y("return_share:Q", title="Change since the last close before", axis=signed_axis("+.0%", 5))
    base = alt.Chart(rows).encode(
        x=alt.X("step:Q", title=title, axis=signed_axis("+d", 8, 1.0), scale=alt.Scale(nice=False))
    )
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
    event, zero = thin_line(rows).encode(x=alt.XDatum(0)), thin_line(rows).encode(y=alt.YDatum(0))
    return alt.layer(zero, event, drawn, named).properties(height=280, padding=ROOM_FOR_NAMES)


def _finding(view: View) -> str:
    """What the lines did in the window after the event, against the benchmark."""
    c, rows = comparison_of(view), AROUND_EVENT.table(view).rows
    last = rows[rows["step"] == rows["step"].max()]
    told = []
    for symbol in first_told(c, 2):
        row = last[last["symbol"] == symbol].iloc[0]
        against = ""
        if row["against_benchmark_share"] is not None and not pd.isna(row["against_benchmark_share"]):
            against = f" ({change(float(row['against_benchmark_share']))} against {label_of(c.asked.benchmark)})"
        told.append(f"{label_of(symbol)} {change(float(row['return_share']))}{against}")
    steps = _window_word(int(rows["step"].max()), c.monthly)
    return f"{steps} from the last close before the event: {'; '.join(told)}"


def _window_word(steps: int, monthly: bool) -> str:
    """A window's length in words."""
    unit = "month" if monthly else "trading day"
    return f"{steps} {unit}{'' if steps == 1 else 's'}"


def window_note(c: PriceComparison) -> str:
    """From which day returns count, whether the window is cut, and what it does not show; as Markdown."""
    window = window_of(c)
    describes = "It describes what prices did around a date. It does not prove that the event was the cause."
    if window is None:
        first = f"{c.whole.days[0]:%B %Y}" if c.whole is not None else ""
        last = f"{c.whole.days[-1]:%B %Y}" if c.whole is not None else ""
        return f"The lines shown have no shared prices on both sides of this event: they go from {first} to {last}."
    cut = " The window is cut short: the data end within it." if window.cut else ""
    return f"Counted from the last shared close before it, {day_words(window.base, c.monthly)}.{cut} {describes}"


def event_option(event: TimelineEvent) -> str:
    """An event as an option of a list."""
    return f"{event_date_words(event.date.isoformat(), event.detail)}: {event.title}"


def event_in_words(c: PriceComparison, table: Table) -> pd.DataFrame:
    """Each line before and after the event, against the benchmark."""
    rows, found = table.rows, []
    for line, own in rows.groupby("line", sort=False):
        before = own[own["step"] == own["step"].min()].iloc[0]
        after = own[own["step"] == own["step"].max()].iloc[0]
        start = 1 + float(before["return_share"])
        against = "–" if after["symbol"] == c.benchmark else or_dash(after["against_benchmark_share"], change)
        found.append(
            {
                "Line": f"**{markdown_text(str(line))}**",
                "Before": change(1 / start - 1) if before["step"] < 0 else "–",
                "After": change(float(after["return_share"])),
                "After, against the benchmark": against,
            }
        )
    return pd.DataFrame(found)


AROUND_EVENT: Final = Figure(
    name="stock_event",
    title=_title,
    columns=_columns,
    records=_records,
    form=Custom(_chart, _marks, lambda view: (f"{_steps(comparison_of(view))} from the last close before",)),
    finding=_finding,
    sources=sources_of,
    lacking=lacking_of,
    awaited=await_prices,
)
