"""Operating profit by year, a line per scenario."""

import textwrap
from collections.abc import Iterable
from functools import partial
from typing import Final, NamedTuple

import altair as alt
import numpy as np
import pandas as pd

from model.comparison import LETTERS
from model.editions import COMPANIES, COMPANY_LABELS
from pages.compare import columns
from pages.compare.columns import BASE_ROLE, OTHER_ROLE
from pages.compare.from_address import compared_in, refusals, told
from pages.compare.words import short, value_words, when
from pages.kit.charts import COMPANY_COLORS, Chart
from pages.kit.columns import Columns
from pages.kit.figure import Custom, Figure
from pages.kit.tables import Table
from pages.kit.view import View

COLORS: Final = dict(zip(LETTERS[1:], ("#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#999999", "#8C6D46"), strict=True))
"""Colour of each letter but A, which has its company's; each has a dash of its own besides."""

DASHES: Final = dict(
    zip(LETTERS, ([1, 0], [9, 3], [3, 2], [10, 3, 2, 3], [1, 3], [14, 4], [6, 2, 2, 2, 2, 2]), strict=True)
)

_LETTERS_A_LINE: Final = 2
_SAME_HEIGHT: Final = 0.075
_PLOT_HEIGHT: Final = 250
_LEGEND_ROW: Final = 18


def _records(view: View, company: str) -> list[tuple[object, ...]]:
    """Operating profit of one company by scenario and fiscal year."""
    c = compared_in(view)
    records: list[tuple[object, ...]] = []
    for member in c.members:
        profits = np.asarray(member.projection.company[company]["operating_profit_jpy_bn"])
        for year, profit in zip(member.projection.years, profits, strict=True):
            records.append(
                (*columns.who(c, member), COMPANY_LABELS[company], year, float(profit), columns.link(member))
            )
    return records


class _End(NamedTuple):
    """Where the line of a scenario ends: letter, fiscal year, operating profit [JPY bn] and row."""

    letter: str
    year: str
    profit_jpy_bn: float
    row: int


def _marks(table: Table, view: View) -> Columns:
    """Rows by year with the scenario's letter at the end of its line; letters that would overlap share one label."""
    values = {name: column for name, column in table.values.items() if name != "link"}
    letters, profits = values["letter"], values["operating_profit_jpy_bn"]
    room_jpy_bn = _SAME_HEIGHT * (max(*profits, 0.0) - min(*profits, 0.0))
    ends = [_End(*row) for row in zip(letters, values["fiscal_year"], profits, range(len(letters)), strict=True)]
    last = {end.letter: end for end in ends}  # years ascend
    labels, heights = [""] * len(letters), [0.0] * len(letters)
    for near in _that_overlap(last.values(), room_jpy_bn):
        row = near[0].row
        labels[row] = "\n".join(textwrap.wrap("".join(end.letter for end in near), _LETTERS_A_LINE))
        heights[row] = float(np.mean([end.profit_jpy_bn for end in near]))
    lines = [f"{letter} {name}" for letter, name in zip(letters, values["scenario"], strict=True)]
    return {**values, "line": lines, "label_end": labels, "label_y": heights}


def _that_overlap(ends: Iterable[_End], room_jpy_bn: float) -> list[list[_End]]:
    """Ends in groups, highest first: each within the room below the one before it, in the same year."""
    groups: list[list[_End]] = []
    for end in sorted(ends, key=lambda end: (end.year, -end.profit_jpy_bn, end.letter)):
        above = groups[-1][-1] if groups else None
        if above and above.year == end.year and above.profit_jpy_bn - end.profit_jpy_bn <= room_jpy_bn:
            groups[-1].append(end)
        else:
            groups.append([end])
    return groups


def _chart(rows: pd.DataFrame, color: str) -> Chart:
    """Operating profit of one company over the fiscal years, a line per scenario, the base bold.

    rows: line, letter, role, fiscal_year, operating_profit_jpy_bn, label_end, label_y; color: of letter A
    """
    lines = dict(zip(rows["line"], rows["letter"], strict=True))
    colors = {"A": color, **COLORS}
    legend = alt.Legend(
        title=None, orient="top", columns=1, labelLimit=215, symbolType="stroke", symbolSize=400, symbolStrokeWidth=2.5
    )
    title = "Operating profit, JPY bn"
    base = alt.Chart(rows).encode(
        x=alt.X(
            "fiscal_year:O",
            title=None,
            sort=sorted(set(rows["fiscal_year"])),
            axis=alt.Axis(labelAngle=0, labelOverlap="greedy"),
            scale=alt.Scale(padding=0.5),
        )
    )
    height = alt.Y(
        "operating_profit_jpy_bn:Q",
        title=title,
        axis=alt.Axis(format=",.0f", tickCount=5),
        scale=alt.Scale(zero=True, nice=True),
    )
    shade = alt.Color("line:N", scale=alt.Scale(domain=list(lines), range=[colors[k] for k in lines.values()]))
    dash = alt.StrokeDash("line:N", scale=alt.Scale(domain=list(lines), range=[DASHES[k] for k in lines.values()]))
    tooltip = [
        alt.Tooltip("line:N", title="Scenario"),
        alt.Tooltip("company:N", title="Company"),
        alt.Tooltip("fiscal_year:O", title="Fiscal year"),
        alt.Tooltip("operating_profit_jpy_bn:Q", title=title, format=",.1f"),
    ]
    width = alt.StrokeWidth("role:N", scale=alt.Scale(domain=[BASE_ROLE, OTHER_ROLE], range=[4.5, 2]), legend=None)
    drawn = base.mark_line().encode(
        y=height, color=shade.legend(legend), strokeDash=dash.legend(legend), strokeWidth=width, tooltip=tooltip
    )
    points = base.mark_point(filled=True, size=40).encode(y=height, color=shade.legend(legend), tooltip=tooltip)
    ends = base.transform_filter("datum.label_end != ''")
    letters = ends.mark_text(align="left", baseline="middle", dx=8, fontWeight="bold", lineBreak="\n").encode(
        y=alt.Y("label_y:Q", title=title), text=alt.Text("label_end:N")
    )
    return alt.layer(drawn, points, letters).properties(height=_PLOT_HEIGHT + _LEGEND_ROW * len(lines))


def _finding(view: View, company: str) -> str:
    """Which scenario gives a company most and least."""
    c, name = compared_in(view), COMPANY_LABELS[company]
    ranked = sorted(c.members, key=lambda m: c.value(m, "operating_profit_jpy_bn", company))
    low, high = ranked[0], ranked[-1]
    least, most = (value_words(c, m, "operating_profit_jpy_bn", company) for m in (low, high))
    if least == most:
        values = {c.value(m, "operating_profit_jpy_bn", company) for m in c.members}
        return f"{name}: all give {'' if len(values) == 1 else 'about '}{most} {when(c)}"
    return f"{name}: most with {short(high.label)}, {most}; least with {short(low.label)}, {least} {when(c)}"


def _figure(company: str) -> Figure:
    name = COMPANY_LABELS[company]
    return Figure(
        name=f"comparison_profit_{company}",
        title=f"{name}: operating profit by scenario",
        columns={
            **columns.WHO,
            "company": "Company",
            "fiscal_year": "Fiscal year, ending in March",
            "operating_profit_jpy_bn": "Operating profit, JPY bn",
            **columns.LINK,
        },
        results=(),
        records=partial(_records, company=company),
        form=Custom(_chart, _marks, (COMPANY_COLORS[name],)),
        finding=partial(_finding, company=company),
        sources=columns.SOURCES,
        refused=refusals,
        told=told,
    )


PROFIT_BY_SCENARIO: Final = {company: _figure(company) for company in COMPANIES}
"""By company."""
