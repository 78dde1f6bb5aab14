"""What is at stake: spent either way, earned only if the alliance delivers, and the cases side by side."""

from typing import Final

from model.editions import COMPANIES, COMPANY_LABELS
from model.worlds import CHANCE
from pages.alliance import axes, colors, effects
from pages.alliance.effects import EVERYONE, SOURCES_OF_BENEFIT
from pages.alliance.labels import plain_signed, signed_yen
from pages.kit.axes import extent, with_ends
from pages.kit.columns import Columns, on_first_of_each, total_of_each
from pages.kit.figure import Figure
from pages.kit.forms import StackedBars
from pages.kit.tables import Table
from pages.kit.view import View
from pages.kit.words import DUST, moves, quantity

SPENT: Final = "Spent either way"
EARNED: Final = "Earned only if it delivers"


def spent_and_earned_jpy_bn(view: View) -> tuple[float, float]:
    """Of both over five years: spent either way, above zero, and earned only if it delivers [JPY bn]."""
    outcomes = effects.outcomes(view)
    delivered, failed = (float(sum(effects.benefit(outcomes, c)[k].sum() for c in COMPANIES)) for k in (1, 2))
    return 0.0 - failed, delivered - failed


def _stakes_records(view: View) -> list[tuple[object, ...]]:
    """Per company and source over five years: what is spent either way and what is earned only if it delivers."""
    outcomes = effects.outcomes(view)
    records: list[tuple[object, ...]] = []
    for company in COMPANIES:
        for source in SOURCES_OF_BENEFIT:
            effect = effects.of_source(outcomes, company, source).sum(axis=-1)
            for part, amount in ((SPENT, effect[2]), (EARNED, effect[1] - effect[2])):
                if moves(amount):
                    records.append((COMPANY_LABELS[company], part, source, float(amount)))
    return records


def _stakes_marks(table: Table, view: View) -> Columns:
    """Stakes with their place in the bar, and the sum of each side with its first part."""
    values = table.values
    amounts = values["five_years_jpy_bn"]
    sides = [(company, amount > 0.0) for company, amount in zip(values["company"], amounts, strict=True)]
    totals = total_of_each(sides, amounts)
    return with_ends(
        values,
        extent(totals, 0.2),
        rank=[list(SOURCES_OF_BENEFIT).index(s) for s in values["source"]],
        end=totals,
        label=signed_yen(amounts),
        label_total=on_first_of_each(sides, map(plain_signed, totals)),
    )


def _stakes_finding(view: View) -> str:
    """What is at stake: spent either way against earned only if it delivers."""
    spent, earned = spent_and_earned_jpy_bn(view)
    if spent <= DUST:
        return (
            f"This scenario leaves out every cost in advance; delivery earns {quantity(earned, 'JPY bn')} in five years"
        )
    if earned <= 0.0:
        return (
            f"{quantity(spent, 'JPY bn')} is spent either way in five years, "
            f"and delivery costs a further {quantity(0.0 - earned, 'JPY bn')}"
            if earned < -DUST
            else f"{quantity(spent, 'JPY bn')} is spent in five years and delivery earns nothing"
        )
    return (
        f"{quantity(spent, 'JPY bn')} is spent either way in five years; "
        f"{quantity(earned, 'JPY bn')} is earned only on delivery"
    )


STAKES: Final = Figure(
    name="alliance_stakes",
    title="Spent either way and earned only if it delivers, five years",
    columns={
        "company": "Company",
        "part": "Whether it depends on delivery",
        "source": "Where it comes from",
        "five_years_jpy_bn": "Effect on operating profit over the five years, before tax, JPY bn",
    },
    records=_stakes_records,
    form=StackedBars(
        _stakes_marks,
        name="company",
        amount="five_years_jpy_bn",
        axis=axes.across("Over five years, before tax, JPY bn"),
        told={"company": "Company", "part": "Kind", "source": "Source", "label": "Five years"},
        color=colors.of_sources,
        height=52,
    ),
    finding=_stakes_finding,
)


def _cases_records(view: View) -> list[tuple[object, ...]]:
    """Per case: benefits over five years and value today, of each company and of both."""
    records: list[tuple[object, ...]] = []
    for case, chance in effects.cases(view):
        outcome = effects.swept(view, CHANCE, chance)
        totals = (float(effects.benefit(outcome, c).sum()) for c in COMPANIES)
        values = (float(effects.value(outcome, who)[0]) for who in EVERYONE)
        records.append((case, chance, *totals, *values))
    return records


def cases_in_words(table: Table) -> Columns:
    """The cases as a reader wants them."""
    names = {
        "honda_five_years_jpy_bn": "Honda, five years",
        "nissan_five_years_jpy_bn": "Nissan, five years",
        "together_value_jpy_bn": "Both, value today",
    }
    words = {name: signed_yen(table.values[column]) for column, name in names.items()}
    return {"Case": table.values["case"], **words}


CASES: Final = Figure(
    name="alliance_cases",
    title="The alliance delivered, expected and failed",
    columns={
        "case": "Case",
        "chance_share": "Chance that the alliance delivers, share of 1",
        "honda_five_years_jpy_bn": "Honda: net benefit over five years, before tax, JPY bn",
        "nissan_five_years_jpy_bn": "Nissan: net benefit over five years, before tax, JPY bn",
        "honda_value_jpy_bn": "Honda: value today, after tax, JPY bn",
        "nissan_value_jpy_bn": "Nissan: value today, after tax, JPY bn",
        "together_value_jpy_bn": "Both: value today, after tax, JPY bn",
    },
    records=_cases_records,
)
