"""Benefits and costs of the alliance by year and source: table, rows, chart and finding."""

from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from model.editions import COMPANIES, COMPANY_LABELS
from pages.parts.alliance import pieces, reading
from pages.parts.alliance.pieces import YEARS
from pages.parts.alliance.reading import SOURCES_OF_BENEFIT, TINY_JPY_BN, Years
from pages.parts.charts import Chart
from pages.parts.columns import Columns
from pages.parts.tables import Table
from pages.parts.view import View
from pages.parts.words import figure, in_sentence, signed

NET: Final = "Net benefit"


def benefits(view: View, company: str) -> Table:
    """Effect of each source of the alliance on a company's operating profit by year, and their sum."""
    shown = [
        s
        for s in SOURCES_OF_BENEFIT
        if _present(view, {c: reading.of_source(view.projection, c, s) for c in COMPANIES})
    ]
    records: list[tuple[object, ...]] = [
        (source, year, float(effect))
        for source in shown
        for year, effect in zip(view.projection.years, reading.of_source(view.projection, company, source), strict=True)
    ]
    records += [
        (NET, year, float(effect))
        for year, effect in zip(view.projection.years, reading.benefit(view.projection, company), strict=True)
    ]
    columns = {
        "source": "Where it comes from; the net benefit is the sum of the others",
        "fiscal_year": "Fiscal year, ending in March",
        "effect_jpy_bn": "Effect on operating profit at the scenario's chance of delivery, before tax, JPY bn",
    }
    title = f"{COMPANY_LABELS[company]}: benefits and costs of the alliance by year"
    return Table.of(f"alliance_benefits_{company}", title, columns, records)


def _present(view: View, effects: dict[str, Years]) -> bool:
    return any(bool(np.any(np.abs(e) > TINY_JPY_BN)) for e in effects.values())


def benefit_ends(*tables: Table) -> tuple[float, float]:
    """One axis for the benefits of both companies [JPY bn]."""
    ends: list[float] = []
    for table in tables:
        above, below = _sides(table)
        ends += [*above.values(), *below.values(), *table.values["effect_jpy_bn"]]
    return pieces.extent(ends)


def _sides(table: Table) -> tuple[dict[str, float], dict[str, float]]:
    """Sum of the benefits above zero and of the costs below it, by year [JPY bn]."""
    sources, years, effects = (table.values[name] for name in ("source", "fiscal_year", "effect_jpy_bn"))
    parts = [0.0 if source == NET else effect for source, effect in zip(sources, effects, strict=True)]
    return pieces.side_totals(years, parts, 1.0), pieces.side_totals(years, parts, -1.0)


def benefit_rows(table: Table, ends: tuple[float, float]) -> Columns:
    """Benefits with the place of each in its bar, and where the label of the year's sum stands."""
    values, (above, below) = table.values, _sides(table)
    years, effects = values["fiscal_year"], values["effect_jpy_bn"]
    return pieces.drawn(
        values,
        ends,
        rank=[list(SOURCES_OF_BENEFIT).index(s) if s != NET else -1 for s in values["source"]],
        edge_jpy_bn=[(above if e >= 0.0 else below)[year] for year, e in zip(years, effects, strict=True)],
        label=pieces.signed_yen(effects),
        label_net=[pieces.plain_signed(effect) for effect in effects],
    )


def stacked_benefits(rows: pd.DataFrame, color: str) -> Chart:
    """Benefits above and costs below zero by year, stacked by source, with their sum as a labelled line.

    rows: of `benefit_rows`; color: of the company
    """
    title = "Effect on profit, JPY bn"
    bars = (
        alt.Chart(rows)
        .transform_filter(alt.datum.source != NET)
        .mark_bar(width={"band": 0.62})
        .encode(
            x=YEARS,
            y=pieces.upward("effect_jpy_bn:Q", title),
            color=pieces.source_color(rows),
            order=alt.Order("rank:Q"),
            tooltip=pieces.tips(source="Source", fiscal_year="Fiscal year", label="Effect on profit"),
        )
    )
    net = (
        alt.Chart(rows)
        .transform_filter(alt.datum.source == NET)
        .encode(x=YEARS, tooltip=pieces.tips(fiscal_year="Fiscal year", label=NET))
    )
    height = alt.Y("effect_jpy_bn:Q", title=title)
    line = net.mark_line(strokeWidth=2.5, color=color).encode(y=height)
    points = net.mark_point(filled=True, size=70, color=color, stroke="white", strokeWidth=1.5, opacity=1)
    labels = pieces.on_both_sides(
        net.encode(y=alt.Y("edge_jpy_bn:Q", title=title)), "effect_jpy_bn", "label_net", True, 13
    )
    return alt.layer(*pieces.frame(rows, "y", title), bars, line, points.encode(y=height), *labels).properties(
        height=340
    )


def benefits_finding(view: View, company: str) -> str:
    """The net benefit in the year in focus and its largest source."""
    name, net = COMPANY_LABELS[company], float(reading.benefit(view.projection, company)[view.year])
    effects = {s: float(reading.of_source(view.projection, company, s)[view.year]) for s in SOURCES_OF_BENEFIT}
    if max(abs(effect) for effect in effects.values()) <= TINY_JPY_BN:
        return f"{name}: nothing earned or spent in {view.year_label}"
    direction, verb = (1.0, "gains") if net >= 0.0 else (-1.0, "loses")
    largest = max(effects, key=lambda source: effects[source] * direction)
    return (
        f"{name} {verb} {figure(abs(net), 'JPY bn')} in {view.year_label}; "
        f"largest part: {in_sentence(largest)} {signed(effects[largest], 'JPY bn')}"
    )
