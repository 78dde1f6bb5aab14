"""What others spend: a real software venture beside the scenario, and budgets with their sources."""

from functools import cache
from typing import Final

import altair as alt
import pandas as pd

from data.facts import Fact, facts
from pages.alliance import at_stake, axes, colors, origin, savings
from pages.alliance.at_stake import STAKES
from pages.alliance.colors import SOURCE_COLORS
from pages.alliance.effects import COSTS
from pages.alliance.labels import in_yen
from pages.kit.axes import extent, with_ends
from pages.kit.columns import Columns, on_first_of_each, rows_where, total_of_each, totals
from pages.kit.figure import Figure
from pages.kit.forms import StackedBars
from pages.kit.tables import MODEL_SOURCE, Table
from pages.kit.view import View
from pages.kit.words import NBSP, markdown_text, number, quantity

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


def _converted_jpy_bn(fact: Fact) -> float | None:
    """A fact in JPY bn, at the realised rate of its year; None where the facts hold no rate for it."""
    if fact.unit == "JPY bn":
        return fact.number
    rate = _RATE_OF.get(fact.as_of[:4])
    return fact.number * facts()[rate].number if rate and fact.unit == "USD bn" else None


def _venture_records(view: View) -> list[tuple[object, ...]]:
    """The VW and Rivian venture by its parts, beside what the scenario spends either way in five years."""
    records: list[tuple[object, ...]] = []
    for fact_id, part in VENTURE_PARTS.items():
        fact = facts()[fact_id]
        records.append(("VW and Rivian", part, _converted_jpy_bn(fact) or 0.0))
    stakes = STAKES.table(view).values
    amounts = zip(stakes["part"], stakes["five_years_jpy_bn"], strict=True)
    costs = [0.0 - amount if part == at_stake.SPENT else 0.0 for part, amount in amounts]
    spent = totals(stakes["source"], costs)
    records += [("This scenario", source, spent.get(source, 0.0)) for source in COSTS]
    return records


def venture_totals_jpy_bn(view: View) -> dict[str, float]:
    """What the VW and Rivian venture takes, and what the scenario spends either way [JPY bn]."""
    values = VENTURE.table(view).values
    return totals(values["who"], values["amount_jpy_bn"])


def _venture_marks(table: Table, view: View) -> Columns:
    """Parts of the venture and of the scenario's costs, where there are any, with their sums."""
    values = rows_where(table.values, [amount > 0.0 for amount in table.values["amount_jpy_bn"]])
    bars, amounts = values["who"], values["amount_jpy_bn"]
    ends = total_of_each(bars, amounts)
    return with_ends(
        values,
        extent(ends, 0.3),
        rank=[list(_VENTURE_COLORS).index(part) for part in values["part"]],
        end=ends,
        label=in_yen(amounts),
        label_total=on_first_of_each(bars, in_yen(ends)),
    )


def _venture_color(marks: pd.DataFrame) -> alt.Color:
    return alt.Color("part:N", scale=colors.scale(_VENTURE_COLORS, marks["part"]), legend=colors.legend())


def _venture_finding(view: View) -> str:
    """A real venture beside what the scenario spends."""
    amounts = venture_totals_jpy_bn(view)
    total = quantity(facts()["vw_rivian_jv_total"].number, "USD bn")
    start = f"Volkswagen's venture with Rivian is put at {total}, about {quantity(amounts['VW and Rivian'], 'JPY bn')}"
    spent = amounts["This scenario"]
    return f"{start}; this scenario spends {quantity(spent, 'JPY bn')} in five years" if spent > 0.0 else start


def _venture_sources(view: View) -> tuple[str, ...]:
    used = (*VENTURE_PARTS, "nissan_fx_actual_fy25_3")
    return MODEL_SOURCE, *(origin.cited(facts()[i]) for i in used)


VENTURE: Final = Figure(
    name="alliance_venture",
    title="A real software venture beside the scenario",
    columns={
        "who": "Whose money",
        "part": "What it is spent on",
        "amount_jpy_bn": "Amount, JPY bn; of the scenario: both companies, five years, spent either way",
    },
    records=_venture_records,
    form=StackedBars(
        _venture_marks,
        name="who",
        amount="amount_jpy_bn",
        axis=axes.across("Amount, JPY bn"),
        told={"who": "Whose money", "part": "For", "label": "Amount"},
        color=_venture_color,
        height=44,
    ),
    finding=_venture_finding,
    note=(
        "Software and stake: software, patents and half of the joint company. The rest buys shares in Rivian and lends "
        "to it, so only a part is the price of software."
    ),
    sources=_venture_sources,
)


def _reference_facts(view: View) -> list[Fact]:
    """Facts to measure the alliance by: a comparable venture, and what makers spend on R&D."""
    venture = ("vw_rivian_jv_total", *VENTURE_PARTS, "vw_rivian_jv_milestone")
    peers = ("tesla_rd_2024", "tesla_rd_2025", "byd_rd_2024", "byd_rd_9m2025")
    own = [f for f in savings.rd_facts(view).values() if f]
    return [*(facts()[i] for i in venture), *own, *(facts()[i] for i in peers)]


def _references_records(view: View) -> list[tuple[object, ...]]:
    """Real ventures and budgets in their own currency, in yen where the facts hold a rate."""
    records: list[tuple[object, ...]] = []
    for fact in _reference_facts(view):
        yen = _converted_jpy_bn(fact)
        converted = "" if yen is None else yen
        records.append((fact.label, fact.number, fact.unit, converted, fact.as_of, fact.kind, fact.source))
    return records


def _references_sources(view: View) -> tuple[str, ...]:
    rates = (facts()[i] for i in _RATE_OF.values())
    return tuple(origin.cited(fact) for fact in (*_reference_facts(view), *rates))


REFERENCES: Final = Figure(
    name="alliance_references",
    title="What others spend on shared software and research",
    columns={
        "reference": "Venture or budget",
        "amount": "Amount in its own currency",
        "unit": "Unit of the amount",
        "converted_jpy_bn": "Amount in JPY bn, at the rate Nissan realised in that year; empty where no rate is held",
        "as_of": "Date, month or year that the amount belongs to",
        "kind": "How the amount is known",
        "source": "Source",
    },
    records=_references_records,
    sources=_references_sources,
)


def reference_lines(view: View) -> str:
    """The references as a Markdown list: amount as published, in yen, what it is, source and kind."""
    return "\n".join(_reference_line(fact) for fact in _reference_facts(view))


@cache
def _reference_line(fact: Fact) -> str:
    yen = _converted_jpy_bn(fact)
    native = f"CNY{NBSP}{number(fact.number)}{NBSP}bn" if fact.unit == "CNY bn" else quantity(fact.number, fact.unit)
    converted = "" if yen is None or fact.unit == "JPY bn" else f" ({quantity(yen, 'JPY bn')})"
    return f"- **{native}**{converted} {markdown_text(fact.label)}. {origin.gray_source(fact.source, fact.kind)}"


def rates_in_words() -> str:
    """The exchange rates behind the yen of the references."""
    rates = " and ".join(f"{number(facts()[rate].number)} from April {year}" for year, rate in _RATE_OF.items())
    return f"in yen, at what Nissan realised per dollar in the fiscal year: {rates}"
