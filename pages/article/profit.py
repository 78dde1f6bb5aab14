"""What each claim, played as written, does to operating profit."""

import textwrap
from typing import Final

import altair as alt
import pandas as pd

from data.story import Claim
from model.editions import COMPANIES, COMPANY_LABELS
from model.presets import CLAIM_LABEL, PRESETS
from model.projection import reference
from pages.article.playing import moves_something, played, played_year, played_year_label
from pages.article.verdicts import numbered
from pages.kit.charts import COMPANY_COLORS, GREY, Chart, company_color, unseen
from pages.kit.columns import Columns
from pages.kit.figure import Custom, Figure
from pages.kit.results import value_of
from pages.kit.tables import Table
from pages.kit.view import View
from pages.kit.words import MINUS, NBSP, number, signed

_LINE_LETTERS: Final = 20


def _short_name(claim: Claim) -> str:
    """A claim in a few words, as its preset is labelled."""
    words = PRESETS[claim.preset].label.removeprefix(CLAIM_LABEL)
    return words[0].upper() + words[1:]


def _records(view: View) -> list[tuple[object, ...]]:
    """The change of each company by each claim that moves something, against the reference of its edition."""
    year = played_year(view)
    records: list[tuple[object, ...]] = []
    for n, claim in numbered():
        if moves_something(claim):
            for company in COMPANIES:
                profit, base = (
                    value_of(p, "operating_profit_jpy_bn", company, year)
                    for p in (played(claim.preset), reference(PRESETS[claim.preset].edition))
                )
                records.append((n, claim.id, _short_name(claim), COMPANY_LABELS[company], profit - base))
    return records


def _marks(table: Table, view: View) -> Columns:
    """The values with the name of each bar in two lines, its label, and room for the label."""
    values = table.values
    changes = values["profit_change_jpy_bn"]
    right = [max(change, 0.0) for change in changes]
    span = max(max(right) - min(*changes, 0.0), 1.0)
    return {
        **values,
        "bar": [_two_lines(f"{n}. {claim}") for n, claim in zip(values["number"], values["claim"], strict=True)],
        "label": [f"{company} {_change(v)}" for company, v in zip(values["company"], changes, strict=True)],
        "right_jpy_bn": right,
        "room_jpy_bn": [end + 0.34 * span for end in right],
    }


def _two_lines(text: str) -> str:
    """Lines parted by a bar."""
    return "|".join(textwrap.wrap(text.replace(" %", f"{NBSP}%"), _LINE_LETTERS))


def _change(value_jpy_bn: float) -> str:
    """A change with its sign, without its unit."""
    text = number(value_jpy_bn, 1 if abs(value_jpy_bn) < 10 and value_jpy_bn != round(value_jpy_bn) else 0)
    if not text.strip(f"{MINUS}0.,"):
        return "0"
    return text if text.startswith(MINUS) else f"+{text}"


def _chart(rows: pd.DataFrame) -> Chart:
    """Change of operating profit by claim, a bar per company from zero, labelled with company and change.

    rows: as `_marks` gives them
    """
    order = list(dict.fromkeys(rows["bar"]))
    base = alt.Chart(rows).encode(
        y=alt.Y(
            "bar:N",
            sort=order,
            title=None,
            axis=alt.Axis(ticks=False, domain=False, labelLimit=150, labelExpr="split(datum.label, '|')"),
            scale=alt.Scale(paddingInner=0.25),
        ),
        yOffset=alt.YOffset("company:N", sort=list(COMPANY_COLORS)),
        tooltip=[
            alt.Tooltip("claim:N", title="Claim"),
            alt.Tooltip("company:N", title="Company"),
            alt.Tooltip("profit_change_jpy_bn:Q", title="Change of operating profit, JPY bn", format="+,.1f"),
        ],
    )
    bars = base.mark_bar().encode(
        x=alt.X(
            "profit_change_jpy_bn:Q",
            title="Change of operating profit, JPY bn a year",
            axis=alt.Axis(tickCount=4, format=",.0f", labelBound=True),
            scale=alt.Scale(zero=True, nice=False),
        ),
        color=company_color(),
    )
    labels = base.mark_text(align="left", dx=5).encode(x=alt.X("right_jpy_bn:Q"), text=alt.Text("label:N"))
    room = unseen(base).encode(x=alt.X("room_jpy_bn:Q"))
    # One rule, not one for each row: they would add up to a thick line.
    zero = (
        alt.Chart(rows).transform_aggregate(count="count()").mark_rule(color=GREY, aria=False).encode(x=alt.XDatum(0))
    )
    return alt.layer(zero, bars, labels, room).properties(height=44 * len(order))


def _finding(view: View) -> str:
    """Which claim, played as written, changes a company's operating profit most."""
    values = PROFIT_BY_CLAIM.table(view).values
    changes = zip(values["profit_change_jpy_bn"], values["number"], values["company"], strict=True)
    change, claim, company = max(changes, key=lambda row: abs(row[0]))
    if change == 0.0:
        return f"Played as written, no claim changes operating profit in {played_year_label(view)}"
    effect = f"{company} {signed(change, 'JPY bn')}"
    return f"Played as written, claim {claim} changes profit most: {effect} in {played_year_label(view)}"


PROFIT_BY_CLAIM: Final = Figure(
    name="claims_profit",
    title=lambda view: f"Operating profit with each claim played as written, {played_year_label(view)}",
    columns=lambda view: {
        "number": "Number of the claim on the page",
        "claim_id": "Name of the claim and of the preset that plays it",
        "claim": "The claim in a few words",
        "company": "Company",
        "profit_change_jpy_bn": f"Change of operating profit against the reference, {played_year_label(view)}, JPY bn",
    },
    records=_records,
    form=Custom(_chart, _marks),
    finding=_finding,
    note=(
        "Each claim alone, against the reference of July 2025; its card says how it is played. Trucks are counted at "
        "100,000 a year, a judgement: the article names no number."
    ),
)
