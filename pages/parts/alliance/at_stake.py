"""What is at stake: spent either way, earned only if the alliance delivers, and the cases side by side."""

from typing import Final

import altair as alt
import pandas as pd

from model.editions import COMPANIES, COMPANY_LABELS
from pages.parts.alliance import pieces, reading
from pages.parts.alliance.reading import CHANCE, EVERYONE, SOURCES_OF_BENEFIT, TINY_JPY_BN
from pages.parts.charts import COMPANY_COLORS, Chart
from pages.parts.columns import Columns, on_first_of_each, total_of_each
from pages.parts.tables import Table
from pages.parts.view import View, kept
from pages.parts.words import figure

SPENT: Final = "Spent either way"
EARNED: Final = "Earned only if it delivers"


def spent_and_earned_jpy_bn(view: View) -> tuple[float, float]:
    """Of both over five years: spent either way, above zero, and earned only if it delivers [JPY bn]."""
    outcomes = reading.outcomes(view)
    delivered, failed = (float(sum(reading.benefit(outcomes, c)[k].sum() for c in COMPANIES)) for k in (1, 2))
    return 0.0 - failed, delivered - failed


@kept
def stakes(view: View) -> Table:
    """Per company and source over five years: what is spent either way and what is earned only if it delivers."""
    outcomes = reading.outcomes(view)
    records: list[tuple[object, ...]] = []
    for company in COMPANIES:
        for source in SOURCES_OF_BENEFIT:
            effect = reading.of_source(outcomes, company, source).sum(axis=-1)
            for part, amount in ((SPENT, effect[2]), (EARNED, effect[1] - effect[2])):
                if abs(amount) > TINY_JPY_BN:
                    records.append((COMPANY_LABELS[company], part, source, float(amount)))
    columns = {
        "company": "Company",
        "part": "Whether it depends on delivery",
        "source": "Where it comes from",
        "five_years_jpy_bn": "Effect on operating profit over the five years, before tax, JPY bn",
    }
    return Table.of("alliance_stakes", "Spent either way and earned only if it delivers, five years", columns, records)


def stakes_rows(table: Table) -> Columns:
    """Stakes with their place in the bar, and the sum of each side with its first part."""
    values = table.values
    amounts = values["five_years_jpy_bn"]
    sides = [(company, amount > 0.0) for company, amount in zip(values["company"], amounts, strict=True)]
    totals = total_of_each(sides, amounts)
    return pieces.drawn(
        values,
        pieces.extent(totals, 0.2),
        rank=[list(SOURCES_OF_BENEFIT).index(s) for s in values["source"]],
        total_jpy_bn=totals,
        label=pieces.signed_yen(amounts),
        label_total=on_first_of_each(sides, map(pieces.plain_signed, totals)),
    )


def stakes_bars(rows: pd.DataFrame) -> Chart:
    """Per company: costs to the left of zero, what delivery earns to the right, each side with its sum.

    rows: of `stakes_rows`
    """
    title, companies = "Over five years, before tax, JPY bn", pieces.rows("company:N", COMPANY_COLORS)
    bars = (
        alt.Chart(rows)
        .mark_bar(height={"band": 0.6})
        .encode(
            y=companies,
            x=pieces.across("five_years_jpy_bn:Q", title),
            color=pieces.source_color(rows),
            order=alt.Order("rank:Q"),
            tooltip=pieces.tips(company="Company", part="Kind", source="Source", label="Five years"),
        )
    )
    base = alt.Chart(rows).encode(y=companies, x=alt.X("total_jpy_bn:Q", title=title))
    labels = pieces.on_both_sides(base, "total_jpy_bn", "label_total", False)
    return alt.layer(*pieces.frame(rows, "x", title), bars, *labels).properties(height=alt.Step(52))


def stakes_finding(view: View) -> str:
    """What is at stake: spent either way against earned only if it delivers."""
    spent, earned = spent_and_earned_jpy_bn(view)
    if spent <= TINY_JPY_BN:
        return (
            f"This scenario leaves out every cost in advance; delivery earns {figure(earned, 'JPY bn')} in five years"
        )
    if earned <= 0.0:
        return (
            f"{figure(spent, 'JPY bn')} is spent either way in five years, "
            f"and delivery costs a further {figure(0.0 - earned, 'JPY bn')}"
            if earned < -TINY_JPY_BN
            else f"{figure(spent, 'JPY bn')} is spent in five years and delivery earns nothing"
        )
    return (
        f"{figure(spent, 'JPY bn')} is spent either way in five years; "
        f"{figure(earned, 'JPY bn')} is earned only if the alliance delivers"
    )


def case_totals(view: View) -> Table:
    """Per case: benefits over five years and value today, of each company and of both."""
    records: list[tuple[object, ...]] = []
    for case, chance in reading.cases(view):
        outcome = reading.swept(view, CHANCE, chance)
        totals = (float(reading.benefit(outcome, c).sum()) for c in COMPANIES)
        values = (float(reading.value(outcome, who)[0]) for who in EVERYONE)
        records.append((case, chance, *totals, *values))
    columns = {
        "case": "Case",
        "chance_share": "Chance that the alliance delivers, share of 1",
        "honda_five_years_jpy_bn": "Honda: net benefit over five years, before tax, JPY bn",
        "nissan_five_years_jpy_bn": "Nissan: net benefit over five years, before tax, JPY bn",
        "honda_value_jpy_bn": "Honda: value today, after tax, JPY bn",
        "nissan_value_jpy_bn": "Nissan: value today, after tax, JPY bn",
        "together_value_jpy_bn": "Both: value today, after tax, JPY bn",
    }
    return Table.of("alliance_cases", "The alliance delivered, expected and failed", columns, records)


def case_totals_in_words(table: Table) -> Columns:
    """The cases as a reader wants them."""
    names = {
        "honda_five_years_jpy_bn": "Honda, five years",
        "nissan_five_years_jpy_bn": "Nissan, five years",
        "together_value_jpy_bn": "Both, value today",
    }
    words = {name: pieces.signed_yen(table.values[column]) for column, name in names.items()}
    return {"Case": table.values["case"], **words}
