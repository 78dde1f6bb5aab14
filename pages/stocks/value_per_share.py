"""The dated price of each company's share, and the value of the alliance per share beside it."""

from typing import Final

import altair as alt
import pandas as pd

from model.editions import COMPANY_LABELS, edition_words
from pages.kit.charts import COMPANY_SCALE, Chart, unseen
from pages.kit.figure import Custom, Figure
from pages.kit.results import results_of
from pages.kit.share_price import share_prices
from pages.kit.tables import MODEL_SOURCE, Table, cases
from pages.kit.view import View
from pages.kit.words import in_sentence, markdown_text, percent, quantity

_PRICE: Final = "Share price"


def _records(view: View) -> list[tuple[object, ...]]:
    """Price, then value in scenario and reference, by company."""
    records: list[tuple[object, ...]] = []
    for company, price in share_prices(view.scenario.edition).items():
        name = COMPANY_LABELS[company]
        records.append((name, _PRICE, price.price_jpy, 1.0, "JPY", f"{price.month}, month-end"))
        for case, projection in cases(view):
            value = float(projection.once_company["value_per_share_jpy"][company])
            what = f"Alliance, {in_sentence(case)}"
            records.append(
                (name, what, value, value / price.price_jpy, "JPY", f"edition {edition_words(view.scenario.edition)}")
            )
    return records


def _marks(table: Table, view: View) -> pd.DataFrame:
    """Rows of price and value per share with the name and words of each bar."""
    rows = table.rows
    words = ["nothing" if v == 0 else quantity(v, "JPY") for v in rows["per_share"]]
    labels = [
        text if what == _PRICE or share == 0 else f"{text} ({percent(share)})"
        for text, what, share in zip(words, rows["what"], rows["of_price_share"], strict=True)
    ]
    right = rows["per_share"].clip(lower=0.0)
    room = right.max() - min(float(rows["per_share"].min()), 0.0)
    names = [f"{c}: {in_sentence(w)}" for c, w in zip(rows["company"], rows["what"], strict=True)]
    return rows.assign(bar=names, label=labels, right_amount=right, room_amount=right.max() + 0.3 * room)


def _chart(rows: pd.DataFrame) -> Chart:
    """Price and value per share: price pale, scenario full, reference outlined, a pin faint.

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
        x=alt.X("per_share:Q", title="JPY per share", axis=alt.Axis(tickCount=5)),
        color=alt.Color("company:N", scale=companies, legend=None),
        stroke=alt.Stroke("company:N", scale=companies, legend=None),
        fillOpacity=alt.FillOpacity(
            "what:N", scale=alt.Scale(type="ordinal", domain=what, range=[0.4, 1.0, 0.0, 0.2][: len(what)]), legend=None
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
    return f"The alliance is worth {' and '.join(parts)} ({view.named})"


def _note(view: View) -> str:
    """Which prices the value stands beside."""
    told = [f"{COMPANY_LABELS[c]}, {price.named}" for c, price in share_prices(view.scenario.edition).items()]
    return markdown_text(
        f"Month-end closes in Tokyo: {'; '.join(told)}. They are the newest found that are not after the edition, the "
        "same as on Investor, and stay while live prices move. The reference holds no alliance."
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
        "as_of": "Month and basis of the price, or edition of the model's facts",
    },
    results=results_of(("value_per_share_jpy",)),
    records=_records,
    form=Custom(_chart, _marks),
    finding=_finding,
    note=_note,
    sources=lambda view: (MODEL_SOURCE, *(price.note for price in share_prices(view.scenario.edition).values())),
)
