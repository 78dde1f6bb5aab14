"""The last price of each company's share, and the value of the alliance per share beside it."""

from collections.abc import Iterator
from typing import Final

import altair as alt
import pandas as pd

from data.prices.lines import LIVE, PriceLine
from model.editions import COMPANIES, COMPANY_LABELS
from pages.kit.charts import COMPANY_SCALE, Chart, unseen
from pages.kit.figure import Custom, Figure
from pages.kit.tables import MODEL_SOURCE, Table, cases
from pages.kit.view import View
from pages.kit.words import NBSP, in_sentence, listed, number, percent, quantity
from pages.stocks.comparison import HONDA, NISSAN, YEN_RATE, asked, await_value, quotes_beside_value
from pages.stocks.lacking import EMBEDDED, YAHOO, not_as_asked
from pages.stocks.price_sources import dated, last_close
from pages.stocks.words import name_and_symbol

_SYMBOLS: Final = {"honda": HONDA, "nissan": NISSAN}
_PRICE: Final = "Share price"


def _prices(view: View) -> Iterator[tuple[str, PriceLine]]:
    """The price line of each company that has one."""
    quotes = quotes_beside_value(view)
    for company in COMPANIES:
        line = quotes[_SYMBOLS[company]].line
        if line is not None:
            yield company, line


def _currency(view: View) -> tuple[str, float]:
    """The currency that amounts are in, and how many yen one unit of it is."""
    quotes = quotes_beside_value(view)
    per_dollar = quotes[YEN_RATE].line if YEN_RATE in quotes else None
    return ("USD", last_close(per_dollar)) if per_dollar else ("JPY", 1.0)


def _records(view: View) -> list[tuple[object, ...]]:
    """Price, then value in scenario and reference, by company."""
    currency, rate = _currency(view)
    records: list[tuple[object, ...]] = []
    for company, line in _prices(view):
        price, name = last_close(line), COMPANY_LABELS[company]
        records.append((name, _PRICE, price / rate, 1.0, currency, dated(line)))
        for case, projection in cases(view):
            value = float(projection.once_company["value_per_share_jpy"][company])
            what = f"Alliance, {in_sentence(case)}"
            records.append((name, what, value / rate, value / price, currency, f"edition {view.scenario.edition}"))
    return records


def _sources(view: View) -> tuple[str, ...]:
    of_prices = (
        f"{YAHOO if line.source == LIVE else EMBEDDED}: {line.symbol}, {dated(line)}" for _, line in _prices(view)
    )
    return (MODEL_SOURCE, *of_prices)


def _lacking(view: View) -> tuple[str, ...]:
    quotes = quotes_beside_value(view)
    gone = (f"There is no price of {name_and_symbol(s)}." for s, quote in quotes.items() if quote.line is None)
    return (*not_as_asked(quotes, asked(view).live), *gone)


def _marks(table: Table, view: View) -> pd.DataFrame:
    """Rows of price and value per share with the name and words of each bar."""
    rows = table.rows
    currency = str(rows["currency"].iloc[0])
    unit = "JPY" if currency == "JPY" else ""
    words = [
        "nothing" if v == 0 else quantity(v, unit) if unit else f"{currency}{NBSP}{number(v, 2)}"
        for v in rows["per_share"]
    ]
    labels = [
        text if what == _PRICE or share == 0 else f"{text} ({percent(share)})"
        for text, what, share in zip(words, rows["what"], rows["of_price_share"], strict=True)
    ]
    right = rows["per_share"].clip(lower=0.0)
    room = right.max() - min(float(rows["per_share"].min()), 0.0)
    names = [f"{c}: {in_sentence(w)}" for c, w in zip(rows["company"], rows["what"], strict=True)]
    return rows.assign(bar=names, label=labels, right_amount=right, room_amount=right.max() + 0.3 * room)


def _chart(rows: pd.DataFrame, currency: str) -> Chart:
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


def _finding(view: View) -> str:
    """What the alliance is worth beside the price."""
    rows = VALUE_PER_SHARE.table(view).rows
    rows = rows[rows["what"].str.startswith("Alliance, scenario")]
    if not rows["per_share"].any():
        return "No alliance in this scenario, so it adds nothing to either share"
    parts = [f"{percent(v)} of {c}'s price" for c, v in zip(rows["company"], rows["of_price_share"], strict=True)]
    return f"The alliance is worth {' and '.join(parts)} ({view.preset_label})"


def _note(view: View) -> str:
    """Which prices the value stands beside."""
    rows = VALUE_PER_SHARE.table(view).rows
    prices = rows[rows["what"] == _PRICE]
    told = [f"{c} {when}" for c, when in zip(prices["company"], prices["as_of"], strict=True)]
    missing = [COMPANY_LABELS[c] for c in COMPANIES if COMPANY_LABELS[c] not in set(rows["company"])]
    lost = f" No price of {listed(missing)} is there." if missing else ""
    return (
        f"Prices in Tokyo: {listed(told)}.{lost} The Investor page uses the dated prices of its facts instead, so "
        "that a link keeps its numbers. The reference holds no alliance."
    )


VALUE_PER_SHARE: Final = Figure(
    name="stock_value_per_share",
    title="The alliance per share beside the share price",
    columns={
        "company": "Company",
        "what": "Share price, or value of the alliance per share",
        "per_share": "Amount per share, in the currency named",
        "of_price_share": "Share of the share price",
        "currency": "Currency",
        "as_of": "Day and basis of the price, or edition of the model's facts",
    },
    records=_records,
    form=Custom(_chart, _marks, lambda view: _currency(view)[:1]),
    finding=_finding,
    note=_note,
    sources=_sources,
    lacking=_lacking,
    awaited=await_value,
)
