"""When the alliance pays back: the year, its words, and the net benefit added up by case."""

from functools import partial
from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from model.editions import COMPANIES, COMPANY_LABELS
from model.worlds import CHANCE
from pages.alliance import axes, colors, effects
from pages.alliance.axes import YEARS
from pages.alliance.effects import DELIVERS, Years
from pages.alliance.labels import above_and_below, plain_signed, signed_yen, tips
from pages.kit.axes import extent, with_ends
from pages.kit.charts import COMPANY_COLORS, Chart
from pages.kit.columns import Columns
from pages.kit.figure import Custom, Figure
from pages.kit.tables import Table
from pages.kit.view import View, kept
from pages.kit.words import DUST


def payback_index(benefit_jpy_bn: Years) -> int | None:
    """Index of the year from which the benefits add up to zero or more and stay there; None if they do not.

    benefit_jpy_bn: net benefit by year [JPY bn] (5,)
    """
    below = np.flatnonzero(np.cumsum(benefit_jpy_bn) < -DUST)
    if not below.size:
        return 0
    return int(below[-1]) + 1 if below[-1] + 1 < len(benefit_jpy_bn) else None


def _payback_words(view: View, company: str, benefit_jpy_bn: Years) -> str:
    """When benefits have made up for costs, as a predicate: "pays back in FY2030/3"."""
    cumulative, years = np.cumsum(benefit_jpy_bn), view.projection.years
    if np.all(np.abs(cumulative) <= DUST):
        return "has nothing to pay back"
    at = payback_index(benefit_jpy_bn)
    if at is None:
        return "does not pay back within five years"
    return "is never in the red" if np.all(cumulative >= -DUST) else f"pays back in {years[at]}"


def payback_of_both(view: View) -> str:
    """When each company's benefits have made up for its costs, told once where it is the same."""
    honda, nissan = (_payback_words(view, c, effects.benefit(view.projection, c)) for c in COMPANIES)
    if honda != nissan:
        return f"Honda {honda} and Nissan {nissan}"
    if honda.startswith("pays back in "):
        return f"both pay back in {honda.removeprefix('pays back in ')}"
    return {
        "does not pay back within five years": "neither company pays back within five years",
        "is never in the red": "neither company is ever in the red",
    }.get(honda, "neither company has anything to pay back")


def unwritten_tooling_jpy_bn(view: View) -> float:
    """Honda's tooling that the five years do not yet bear [JPY bn]; its write-off runs over its life."""
    written = 0.0 - effects.of_source(view.projection, "honda", "Tooling")
    life = float(view.scenario.values["tooling_life_yr"])
    return max(0.0, float(written[-1]) * life - float(written.sum()))


def _records(view: View, company: str) -> list[tuple[object, ...]]:
    """A company's net benefit added up over the years, before tax, by case."""
    records: list[tuple[object, ...]] = []
    for case, chance in effects.cases(view):
        benefit = effects.benefit(effects.swept(view, CHANCE, chance), company)[0]
        for year, total in zip(view.projection.years, np.cumsum(benefit), strict=True):
            records.append((case, chance, year, float(total)))
    return records


@kept
def _ends(view: View) -> tuple[float, float]:
    """One axis for what adds up at both companies [JPY bn]."""
    tables = [one.table(view) for one in ADDED_UP.values()]
    return extent([total for table in tables for total in table.values["cumulative_jpy_bn"]])


def _marks(table: Table, view: View) -> Columns:
    """Sums by case, with a label at the end of the scenario's line."""
    values = table.values
    cases, years, sums = values["case"], values["fiscal_year"], values["cumulative_jpy_bn"]
    at_end = [
        plain_signed(total) if (case, year) == (cases[0], years[-1]) else ""
        for case, year, total in zip(cases, years, sums, strict=True)
    ]
    return with_ends(values, _ends(view), label=signed_yen(sums), label_end=at_end)


def _chart(marks: pd.DataFrame, color: str) -> Chart:
    """Net benefit added up: the scenario solid with its last value, delivered and failed beside it.

    marks: the scenario's case first; color: of the company
    """
    title, order = "Added up, JPY bn", list(dict.fromkeys(marks["case"]))
    base = alt.Chart(marks).encode(
        x=YEARS,
        y=axes.upward_unstacked("cumulative_jpy_bn:Q", title),
        tooltip=tips(case="Case", fiscal_year="By the end of", label="Net benefit so far"),
    )
    dashes = [[1, 0] if place == 0 else [6, 4] if case == DELIVERS else [2, 3] for place, case in enumerate(order)]
    widths = [3.0 if place == 0 else 1.5 for place in range(len(order))]
    lines = base.mark_line(color=color).encode(
        strokeDash=alt.StrokeDash(
            "case:N",
            scale=alt.Scale(domain=order, range=dashes),
            legend=colors.legend(symbolType="stroke", symbolSize=300),
        ),
        strokeWidth=alt.StrokeWidth("case:N", scale=alt.Scale(domain=order, range=widths), legend=None),
    )
    own = base.transform_filter(alt.datum.case == order[0])
    points = own.mark_point(filled=True, size=55, color=color, opacity=1)
    labels = above_and_below(base, "cumulative_jpy_bn", "label_end")
    return alt.layer(*axes.frame(marks, "y"), lines, points, *labels).properties(height=320)


def _finding(view: View, company: str) -> str:
    """When a company's benefits have made up for its costs, before tax, also if the alliance delivers."""
    name = COMPANY_LABELS[company]
    outcomes = effects.benefit(effects.outcomes(view), company)
    own, delivered = (_payback_words(view, company, outcomes[k]) for k in (0, 1))
    if own == delivered:
        return f"{name} {own}, before tax"
    return f"{name} {own}, before tax; with the alliance done, it {delivered}"


def _figure(company: str) -> Figure:
    name = COMPANY_LABELS[company]
    return Figure(
        name=f"alliance_cumulative_{company}",
        title=f"{name}: net benefit of the alliance, added up",
        columns={
            "case": "Case",
            "chance_share": "Chance that the alliance delivers, share of 1",
            "fiscal_year": "Fiscal year, ending in March",
            "cumulative_jpy_bn": "Net benefit since the first year, before tax and undiscounted, JPY bn",
        },
        records=partial(_records, company=company),
        form=Custom(_chart, _marks, (COMPANY_COLORS[name],)),
        finding=partial(_finding, company=company),
    )


ADDED_UP: Final = {company: _figure(company) for company in COMPANIES}
"""By company."""
