"""What each return is made of: price at home, dividends and currency, which sum to it."""

from typing import Final

import altair as alt
import pandas as pd

from data.prices import returns
from data.prices.listings import label_of
from pages.kit.axes import with_ends
from pages.kit.charts import ORIGIN_COLORS
from pages.kit.columns import Columns, on_first_of_each, total_of_each
from pages.kit.figure import Figure
from pages.kit.forms import StackedBars
from pages.kit.tables import Table
from pages.kit.view import View, kept
from pages.kit.words import markdown_text
from pages.stocks.comparison import PriceComparison, await_prices, comparison_of
from pages.stocks.lacking import lacking_of, sources_of
from pages.stocks.lines import signed_axis
from pages.stocks.words import change, first_told, kind_words

_PARTS: Final = ("Price at home", "Dividends", "Currency")


@kept
def _records(view: View) -> list[tuple[object, ...]]:
    """Each line's return in the reader's currency, split into three parts that sum to it."""
    c = comparison_of(view)
    records: list[tuple[object, ...]] = []
    for symbol in c.symbols if c.panel is not None else []:
        assert c.panel is not None
        p = returns.parts_of_return(c.panel, symbol)
        for part, share in zip(_PARTS, (p.price, p.dividends, p.currency), strict=True):
            records.append((label_of(symbol), symbol, part, share, p.total, c.currency_of(symbol)))
    return records


def _marks(table: Table, view: View) -> Columns:
    """Parts with the words of each, and the sum of each line with its first part, where its bar ends at the right."""
    values = table.values
    lines, parts, shares = values["line"], values["part"], [float(share) for share in values["part_share"]]
    ranks = {part: rank for rank, part in enumerate(dict.fromkeys(parts))}
    right = total_of_each(lines, [max(share, 0.0) for share in shares])
    span = max([*right, 0.01]) - min([*shares, 0.0])
    sums = [change(total) for total in values["return_share"]]
    return with_ends(
        values,
        (0.0, max([*right, 0.0]) + 0.25 * span),
        rank=[ranks[part] for part in parts],
        end=right,
        label_part=[change(share) for share in shares],
        label_sum=sums,
        label_total=on_first_of_each(lines, sums),
    )


def _color(marks: pd.DataFrame) -> alt.Color:
    """A colour for each part."""
    parts = list(dict.fromkeys(marks["part"]))
    return alt.Color(
        "part:N",
        scale=alt.Scale(domain=parts, range=list(ORIGIN_COLORS[: len(parts)])),
        legend=alt.Legend(title=None, orient="top", columns=3, labelLimit=120),
    )


def _finding(view: View) -> str:
    """What currency and dividends did to the return of Honda and Nissan, or of the first line."""
    c = comparison_of(view)
    assert c.panel is not None
    told = []
    for symbol in first_told(c, 1):
        p = returns.parts_of_return(c.panel, symbol)
        parts = [f"{change(p.price)} price"]
        parts += [f"{change(p.dividends)} dividends"] if p.dividends else []
        parts += [f"{change(p.currency)} currency"] if c.asked.reader else []
        told.append(f"{label_of(symbol)} {change(p.total)} = {', '.join(parts)}")
    return "; ".join(told)


def how_parts_sum(c: PriceComparison) -> str:
    """How the parts are made to sum, and what is not known."""
    known = "" if c.counts_dividends else " Dividends are zero where they are not known or not counted."
    return (
        "Price at home, dividends and currency multiply, so their logarithms add up: each part is its share of the "
        f"sum of logarithms, and the three sum to the return exactly.{known}"
    )


def parts_in_words(c: PriceComparison, table: Table) -> pd.DataFrame:
    """Each line's parts and their sum."""
    known = {line.symbol: line.has_dividends for line in c.lines}
    found = []
    for symbol, own in table.rows.groupby("symbol", sort=False):
        name = f"**{markdown_text(own['line'].iloc[0])}**"
        parts = {part: change(share) for part, share in zip(own["part"], own["part_share"], strict=True)}
        if not c.asked.total or not known[str(symbol)]:
            parts["Dividends"] = "not counted" if known[str(symbol)] else "not known"
        found.append({"Line": name, **parts, "Return": change(own["return_share"].iloc[0])})
    return pd.DataFrame(found)


RETURN_PARTS: Final = Figure(
    name="stock_return_parts",
    title=lambda view: f"What each return is made of, {kind_words(comparison_of(view))}",
    columns={
        "line": "Line",
        "symbol": "Yahoo symbol",
        "part": "Part of the return",
        "part_share": "Part, share; the three sum to the return",
        "return_share": "Return in the currency named, share",
        "currency": "Currency of the return",
    },
    records=_records,
    form=StackedBars(
        _marks,
        name="line",
        amount="part_share",
        axis=signed_axis("+.0%", 5, title="Return over the period"),
        told={"line": "Line", "part": "Part", "label_part": "Part of the return", "label_sum": "Return"},
        color=_color,
        height=34,
        rounded=True,
    ),
    finding=_finding,
    sources=sources_of,
    lacking=lacking_of,
    awaited=await_prices,
)
