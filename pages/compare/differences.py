"""Differences from the base, in numbers, words and bars."""

import textwrap
from typing import Final

import altair as alt
import pandas as pd

from model.comparison import Compared, Comparison
from model.editions import COMPANIES, COMPANY_LABELS
from model.outputs import OUTPUTS
from pages.compare import columns
from pages.compare.columns import CANTON, MEASURES
from pages.compare.from_address import compared_in, refusals, told
from pages.compare.words import heads, labelled_results, short
from pages.kit.charts import COMPANY_COLORS, Chart, unseen, zero_line
from pages.kit.columns import Columns, rows_where
from pages.kit.figure import Custom, Figure
from pages.kit.tables import Table
from pages.kit.view import View
from pages.kit.words import NBSP, SAME, change_words

_NAME_LETTERS: Final = 22


def _records(view: View) -> list[tuple[object, ...]]:
    """What every other scenario gives more or less than the base, by company."""
    c = compared_in(view)
    return [
        (
            *columns.who(c, member),
            c.year_of(member),
            c.base.letter,
            c.year_of(c.base),
            COMPANY_LABELS[company],
            *(c.difference(member, name, company) for name in MEASURES),
            c.difference(member, CANTON),
            columns.link(member),
        )
        for member in c.others
        for company in COMPANIES
    ]


def in_words(c: Comparison) -> Columns:
    """Differences from the base, a row per measure that has any and a column per other scenario, as Markdown."""
    head, rows = heads(c.others, c.base), list(labelled_results())
    words = {
        head[m.letter]: [change_words(c.difference(m, name, k), OUTPUTS[name].unit) for _, name, k in rows]
        for m in c.others
    }
    differs = [any(word != SAME for word in of_row) for of_row in zip(*words.values(), strict=True)]
    return rows_where({"Result": [label for label, _, _ in rows], **words}, differs)


def _marks(table: Table, view: View) -> Columns:
    """Rows of differences in operating profit with the words beside each bar and where they are drawn."""
    names = ("letter", "scenario", "company", "fiscal_year", "operating_profit_jpy_bn")
    values = {name: table.values[name] for name in names}
    changes = values["operating_profit_jpy_bn"]
    words = [change_words(change, "JPY bn").replace(f"JPY{NBSP}", "").replace(f"{NBSP}bn", "") for change in changes]
    right = [max(change, 0.0) for change in changes]
    span = max(*changes, 0.0) - min(*changes, 0.0) or 1.0
    return {
        **values,
        "bar": [_wrapped(f"{k} {name}") for k, name in zip(values["letter"], values["scenario"], strict=True)],
        "label": [f"{company} {word}" for company, word in zip(values["company"], words, strict=True)],
        "label_x": right,
        "label_room": [end + 0.6 * span for end in right],
    }


def _wrapped(name: str) -> str:
    """A name on at most two lines that fit beside a bar on a phone."""
    return "\n".join(textwrap.wrap(name, _NAME_LETTERS, max_lines=2, placeholder="…"))


def _chart(rows: pd.DataFrame) -> Chart:
    """Differences in operating profit from the base, two bars per scenario, one of each company.

    rows: bar, company, fiscal_year, operating_profit_jpy_bn, label, label_x, label_room
    """
    companies = list(COMPANY_COLORS)
    base = alt.Chart(rows).encode(
        y=alt.Y(
            "bar:N",
            sort=list(dict.fromkeys(rows["bar"])),
            title=None,
            axis=alt.Axis(ticks=False, domain=False, labelLimit=170, labelExpr="split(datum.value, '\\n')"),
            scale=alt.Scale(paddingInner=0.3),
        ),
        yOffset=alt.YOffset("company:N", scale=alt.Scale(domain=companies)),
    )
    bars = base.mark_bar().encode(
        x=alt.X(
            "operating_profit_jpy_bn:Q",
            title="Difference in operating profit, JPY bn",
            axis=alt.Axis(tickCount=5, format="+,.0f"),
        ),
        color=alt.Color(
            "company:N", scale=alt.Scale(domain=companies, range=list(COMPANY_COLORS.values())), legend=None
        ),
        tooltip=[
            alt.Tooltip("scenario:N", title="Scenario"),
            alt.Tooltip("company:N", title="Company"),
            alt.Tooltip("fiscal_year:N", title="Fiscal year"),
            alt.Tooltip("label:N", title="Difference"),
        ],
    )
    words = base.mark_text(align="left", dx=5).encode(x=alt.X("label_x:Q"), text=alt.Text("label:N"))
    room = unseen(base).encode(x=alt.X("label_room:Q"))
    zero = zero_line(alt.Chart(rows))
    return alt.layer(zero, bars, words, room).properties(height=alt.Step(20))


def profit_change(c: Comparison, member: Compared, company: str) -> float:
    """What a scenario changes in a company's operating profit against the base [JPY bn]."""
    return c.difference(member, "operating_profit_jpy_bn", company)


def _finding(view: View) -> str:
    """What the other scenarios change at each company against the base, from the lowest to the highest."""
    c, parts = compared_in(view), []
    for company in COMPANIES:
        changes = sorted(profit_change(c, m, company) for m in c.others)
        low, high = (change_words(change, "JPY bn") for change in (changes[0], changes[-1]))
        parts.append(f"{COMPANY_LABELS[company]} {low if low == high else f'{low} to {high}'}")
    return f"Operating profit against {short(c.base.label)}: {', '.join(parts)}"


DIFFERENCES: Final = Figure(
    name="comparison_differences",
    title=lambda view: f"Differences from {short(compared_in(view).base.label)}",
    columns={
        **columns.WHO,
        "fiscal_year": "Fiscal year compared, ending in March",
        "base_letter": "Letter of the base",
        "base_fiscal_year": "Fiscal year of the base, ending in March",
        "company": "Company",
        **{name: f"Difference from the base: {columns.meaning(name)}" for name in (*MEASURES, CANTON)},
        **columns.LINK,
    },
    results=(),
    records=_records,
    form=Custom(_chart, _marks),
    finding=_finding,
    sources=columns.SOURCES,
    refused=refusals,
    told=told,
)
