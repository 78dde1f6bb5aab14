"""Benefits and costs of the alliance by year and source, for each company."""

from functools import partial
from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from model.editions import COMPANIES, COMPANY_LABELS
from model.outputs import ALLIANCE_CHANNELS
from pages.alliance import axes, colors, effects
from pages.alliance.axes import YEARS
from pages.alliance.effects import SOURCES_OF_BENEFIT
from pages.alliance.labels import above_and_below, plain_signed, signed_yen, tips
from pages.kit.axes import extent, with_ends
from pages.kit.charts import COMPANY_COLORS, Chart
from pages.kit.columns import Columns
from pages.kit.figure import Custom, Figure
from pages.kit.results import result_name
from pages.kit.tables import Table
from pages.kit.view import View, kept
from pages.kit.words import DUST, in_sentence, quantity, signed

NET: Final = "Net benefit"


def _records(view: View, company: str) -> list[tuple[object, ...]]:
    """Effect of each source of the alliance on a company's operating profit by year, and their sum."""
    records: list[tuple[object, ...]] = [
        (source, year, float(effect))
        for source in SOURCES_OF_BENEFIT
        if _matters(view, source)
        for year, effect in zip(view.projection.years, effects.of_source(view.projection, company, source), strict=True)
    ]
    records += [
        (NET, year, float(effect))
        for year, effect in zip(view.projection.years, effects.benefit(view.projection, company), strict=True)
    ]
    return records


def _matters(view: View, source: str) -> bool:
    """Whether a source moves the profit of either company in any year."""
    by_company = (effects.of_source(view.projection, c, source) for c in COMPANIES)
    return any(bool(np.any(np.abs(effect) > DUST)) for effect in by_company)


@kept
def _ends(view: View) -> tuple[float, float]:
    """One axis for the benefits of both companies [JPY bn]."""
    ends: list[float] = []
    for one in BENEFITS.values():
        table = one.table(view)
        above, below = _sides(table)
        ends += [*above.values(), *below.values(), *table.values["effect_jpy_bn"]]
    return extent(ends)


def _sides(table: Table) -> tuple[dict[str, float], dict[str, float]]:
    """Sum of the benefits above zero and of the costs below it, by year [JPY bn]."""
    sources, years, amounts = (table.values[name] for name in ("source", "fiscal_year", "effect_jpy_bn"))
    parts = [0.0 if source == NET else effect for source, effect in zip(sources, amounts, strict=True)]
    return axes.side_totals(years, parts, 1.0), axes.side_totals(years, parts, -1.0)


def _marks(table: Table, view: View) -> Columns:
    """Benefits with the place of each in its bar, and where the label of the year's sum stands."""
    values, (above, below) = table.values, _sides(table)
    years, amounts = values["fiscal_year"], values["effect_jpy_bn"]
    return with_ends(
        values,
        _ends(view),
        rank=[list(SOURCES_OF_BENEFIT).index(s) if s != NET else -1 for s in values["source"]],
        edge_jpy_bn=[(above if e >= 0.0 else below)[year] for year, e in zip(years, amounts, strict=True)],
        label=signed_yen(amounts),
        label_net=[plain_signed(effect) for effect in amounts],
    )


def _chart(marks: pd.DataFrame, color: str) -> Chart:
    """Benefits above and costs below zero by year, stacked by source, with their sum as a labelled line.

    color: of the company
    """
    title = "Effect on profit, JPY bn"
    bars = (
        alt.Chart(marks)
        .transform_filter(alt.datum.source != NET)
        .mark_bar(width={"band": 0.62})
        .encode(
            x=YEARS,
            y=axes.upward("effect_jpy_bn:Q", title),
            color=colors.of_sources(marks),
            order=alt.Order("rank:Q"),
            tooltip=tips(source="Source", fiscal_year="Fiscal year", label="Effect on profit"),
        )
    )
    net = (
        alt.Chart(marks)
        .transform_filter(alt.datum.source == NET)
        .encode(x=YEARS, tooltip=tips(fiscal_year="Fiscal year", label=NET))
    )
    height = alt.Y("effect_jpy_bn:Q", title=title)
    line = net.mark_line(strokeWidth=2.5, color=color).encode(y=height)
    points = net.mark_point(filled=True, size=70, color=color, stroke="white", strokeWidth=1.5, opacity=1)
    labels = above_and_below(net.encode(y=alt.Y("edge_jpy_bn:Q", title=title)), "effect_jpy_bn", "label_net")
    return alt.layer(*axes.frame(marks, "y"), bars, line, points.encode(y=height), *labels).properties(height=340)


def _finding(view: View, company: str) -> str:
    """The net benefit in the year in focus and its largest source."""
    name, net = COMPANY_LABELS[company], float(effects.benefit(view.projection, company)[view.year])
    by_source = {s: float(effects.of_source(view.projection, company, s)[view.year]) for s in SOURCES_OF_BENEFIT}
    if max(abs(effect) for effect in by_source.values()) <= DUST:
        return f"{name}: nothing earned or spent in {view.year_label}"
    direction, verb = (1.0, "gains") if net >= 0.0 else (-1.0, "loses")
    largest = max(by_source, key=lambda source: by_source[source] * direction)
    return (
        f"{name} {verb} {quantity(abs(net), 'JPY bn')} in {view.year_label}; "
        f"largest part: {in_sentence(largest)} {signed(by_source[largest], 'JPY bn')}"
    )


def _figure(company: str) -> Figure:
    name = COMPANY_LABELS[company]
    return Figure(
        name=f"alliance_benefits_{company}",
        title=f"{name}: benefits and costs of the alliance by year",
        columns={
            "source": "Where it comes from; the net benefit is the sum of the others",
            "fiscal_year": "Fiscal year, ending in March",
            "effect_jpy_bn": "Effect on operating profit, before tax, JPY bn",
        },
        results=tuple(result_name(name, company) for name in ("alliance_benefit_jpy_bn", *ALLIANCE_CHANNELS)),
        records=partial(_records, company=company),
        form=Custom(_chart, _marks, (COMPANY_COLORS[name],)),
        finding=partial(_finding, company=company),
    )


BENEFITS: Final = {company: _figure(company) for company in COMPANIES}
"""By company."""
