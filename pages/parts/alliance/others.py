"""What others spend: a real software venture beside the scenario, and budgets with their sources."""

from functools import cache
from typing import Final

import altair as alt
import pandas as pd

from data.facts import Fact, facts
from pages.parts.alliance import at_stake, origin, pieces, savings
from pages.parts.alliance.pieces import SOURCE_COLORS
from pages.parts.alliance.reading import COSTS
from pages.parts.charts import Chart
from pages.parts.columns import Columns, on_first_of_each, rows_where, total_of_each, totals
from pages.parts.tables import MODEL_SOURCE, Table
from pages.parts.view import View, kept
from pages.parts.words import NBSP, figure, markdown_text, number

VENTURE_PARTS: Final = {
    "vw_rivian_jv_equity": "Shares in Rivian",
    "vw_rivian_jv_software": "Software and stake",
    "vw_rivian_jv_loan": "Loan",
}
"""The parts of the VW and Rivian venture, by the fact that states them."""

_RATE_OF: Final = {"2024": "nissan_fx_actual_fy25_3", "2025": "nissan_fx_actual_fy26_3"}
"""The realised exchange rate that stands for a calendar year: that of the fiscal year beginning in it."""

_VENTURE_COLORS: Final = {
    "Shares in Rivian": "#CC79A7",
    "Software and stake": "#009E73",
    "Loan": "#E69F00",
    **{source: SOURCE_COLORS[source] for source in COSTS},
}


def in_yen_jpy_bn(fact: Fact) -> float | None:
    """A fact in JPY bn, at the realised rate of its year; None where the facts hold no rate for it."""
    if fact.unit == "JPY bn":
        return fact.number
    rate = _RATE_OF.get(fact.as_of[:4])
    return fact.number * facts()[rate].number if rate and fact.unit == "USD bn" else None


@kept
def venture(view: View) -> Table:
    """The VW and Rivian venture by its parts, beside what the scenario spends either way in five years."""
    records: list[tuple[object, ...]] = []
    for fact_id, part in VENTURE_PARTS.items():
        fact = facts()[fact_id]
        records.append(("VW and Rivian", part, in_yen_jpy_bn(fact) or 0.0))
    stakes = at_stake.stakes(view).values
    amounts = zip(stakes["part"], stakes["five_years_jpy_bn"], strict=True)
    costs = [0.0 - amount if part == at_stake.SPENT else 0.0 for part, amount in amounts]
    spent = totals(stakes["source"], costs)
    records += [("This scenario", source, spent.get(source, 0.0)) for source in COSTS]
    columns = {
        "who": "Whose money",
        "part": "What it is spent on",
        "amount_jpy_bn": "Amount, JPY bn; of the scenario: both companies, five years, spent either way",
    }
    table = Table.of("alliance_venture", "A real software venture beside the scenario", columns, records)
    used = (*(facts()[i] for i in VENTURE_PARTS), facts()["nissan_fx_actual_fy25_3"])
    return origin.sourced(table, MODEL_SOURCE, *(origin.cited(f) for f in used))


def venture_totals_jpy_bn(view: View) -> dict[str, float]:
    """What the VW and Rivian venture takes, and what the scenario spends either way [JPY bn]."""
    values = venture(view).values
    return totals(values["who"], values["amount_jpy_bn"])


def venture_rows(table: Table) -> Columns:
    """Parts of the venture and of the scenario's costs, where there are any, with their sums."""
    shown = [amount > 0.0 for amount in table.values["amount_jpy_bn"]]
    values = rows_where(table.values, shown)
    bars, amounts = values["who"], values["amount_jpy_bn"]
    ends = total_of_each(bars, amounts)
    return pieces.drawn(
        values,
        pieces.extent(ends, 0.3),
        rank=[list(_VENTURE_COLORS).index(part) for part in values["part"]],
        total_jpy_bn=ends,
        label=pieces.in_yen(amounts),
        label_total=on_first_of_each(bars, pieces.in_yen(ends)),
    )


def venture_bars(rows: pd.DataFrame) -> Chart:
    """A real venture by its parts above what the scenario spends, with sums.

    rows: of `venture_rows`
    """
    title, who = "Amount, JPY bn", pieces.rows("who:N", dict.fromkeys(rows["who"]))
    bars = (
        alt.Chart(rows)
        .mark_bar(height={"band": 0.6})
        .encode(
            y=who,
            x=pieces.across("amount_jpy_bn:Q", title),
            color=alt.Color("part:N", scale=pieces.colors(_VENTURE_COLORS, rows["part"]), legend=pieces.legend()),
            order=alt.Order("rank:Q"),
            tooltip=pieces.tips(who="Whose money", part="For", label="Amount"),
        )
    )
    base = alt.Chart(rows).encode(y=who, x=alt.X("total_jpy_bn:Q", title=title))
    labels = pieces.on_both_sides(base, "total_jpy_bn", "label_total", False)
    return alt.layer(*pieces.frame(rows, "x", title), bars, *labels).properties(height=alt.Step(44))


def venture_finding(view: View) -> str:
    """A real venture beside what the scenario spends."""
    amounts = venture_totals_jpy_bn(view)
    total = figure(facts()["vw_rivian_jv_total"].number, "USD bn")
    start = f"Volkswagen's venture with Rivian is put at {total}, about {figure(amounts['VW and Rivian'], 'JPY bn')}"
    spent = amounts["This scenario"]
    return f"{start}; this scenario spends {figure(spent, 'JPY bn')} in five years" if spent > 0.0 else start


def reference_facts(view: View) -> list[Fact]:
    """Facts to measure the alliance by: a comparable venture, and what makers spend on R&D."""
    venture = ("vw_rivian_jv_total", *VENTURE_PARTS, "vw_rivian_jv_milestone")
    peers = ("tesla_rd_2024", "tesla_rd_2025", "byd_rd_2024", "byd_rd_9m2025")
    own = [f for f in savings.rd_facts(view).values() if f]
    return [*(facts()[i] for i in venture), *own, *(facts()[i] for i in peers)]


def references(view: View) -> Table:
    """Real ventures and budgets in their own currency, in yen where the facts hold a rate."""
    records: list[tuple[object, ...]] = []
    for fact in reference_facts(view):
        yen = in_yen_jpy_bn(fact)
        converted = "" if yen is None else yen
        records.append((fact.label, fact.number, fact.unit, converted, fact.as_of, fact.kind, fact.source))
    columns = {
        "reference": "Venture or budget",
        "amount": "Amount in its own currency",
        "unit": "Unit of the amount",
        "converted_jpy_bn": "Amount in JPY bn, at the rate Nissan realised in that year; empty where no rate is held",
        "as_of": "Date, month or year that the amount belongs to",
        "kind": "How the amount is known",
        "source": "Source",
    }
    table = Table.of("alliance_references", "What others spend on shared software and research", columns, records)
    rates = (facts()[i] for i in _RATE_OF.values())
    return origin.sourced(table, *(origin.cited(f) for f in (*reference_facts(view), *rates)))


def reference_lines(view: View) -> str:
    """The references as a Markdown list: amount as published, in yen, what it is, source and kind."""
    return "\n".join(_reference_line(fact) for fact in reference_facts(view))


@cache
def _reference_line(fact: Fact) -> str:
    yen = in_yen_jpy_bn(fact)
    native = f"CNY{NBSP}{number(fact.number)}{NBSP}bn" if fact.unit == "CNY bn" else figure(fact.number, fact.unit)
    in_yen = "" if yen is None or fact.unit == "JPY bn" else f" ({figure(yen, 'JPY bn')})"
    return f"- **{native}**{in_yen} {markdown_text(fact.label)}. {origin.gray_source(fact.source, fact.kind)}"


def rates_in_words() -> str:
    """The exchange rates behind the yen of the references."""
    rates = " and ".join(f"{number(facts()[rate].number)} from April {year}" for year, rate in _RATE_OF.items())
    return f"in yen, at what Nissan realised per dollar in the fiscal year: {rates}"
