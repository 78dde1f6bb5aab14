"""The value per share by outcome beside the reader's bar, and the stance that follows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import altair as alt
import pandas as pd

from data.facts import facts
from model.editions import COMPANIES, COMPANY_LABELS
from model.registry import ASSUMPTIONS
from model.stance import AS_IT_STANDS, DELIVERS, FAILS, HIGH, LOW, Outcome, Stance, StanceInputs, outcomes, stance
from pages.investor.paying_back import SHORT_LABELS
from pages.kit.charts import COMPANY_COLORS, GREY, Chart
from pages.kit.columns import Columns
from pages.kit.figure import Custom, Figure
from pages.kit.results import result_name
from pages.kit.share_price import share_prices
from pages.kit.tables import MODEL_SOURCE, Table
from pages.kit.view import View, kept
from pages.kit.words import assumption_value, date_words, percent, quantity
from pages.session.choices import BAR_SHARE, CLEAR_SHARE, MILESTONES, MILESTONES_NEEDED, Choice


@kept
def outcomes_of(view: View, company: str) -> tuple[Outcome, ...]:
    """What the alliance is worth to a company in the scenario as it stands and in each variation."""
    return outcomes(view.scenario, company)


@kept
def stances_of(view: View) -> Mapping[str, Stance]:
    """What the rule says by company, with the reader's thresholds and milestones."""
    happened = {milestone.label: milestone.choice.of(view) for milestone in milestones()}
    return {
        company: stance(
            StanceInputs(
                tuple(o.value_per_share_jpy for o in outcomes_of(view, company)),
                price.price_jpy,
                BAR_SHARE.of(view),
                CLEAR_SHARE.of(view),
                happened,
                MILESTONES_NEEDED.of(view),
            )
        )
        for company, price in share_prices(view.scenario.edition).items()
    }


def _records(view: View, company: str) -> list[tuple[object, ...]]:
    """Value of the alliance per share of a company in each outcome, and whether it clears the chosen bar."""
    bar_share, price = BAR_SHARE.of(view), share_prices(view.scenario.edition)[company].price_jpy
    return [
        (
            _group(o),
            o.end,
            _label(o),
            o.value_per_share_jpy,
            o.value_per_share_jpy / price,
            "yes" if o.value_per_share_jpy >= bar_share * price else "no",
        )
        for o in outcomes_of(view, company)
    ]


def _columns(view: View) -> dict[str, str]:
    bar = f"{percent(BAR_SHARE.of(view))} of the price".replace("\N{NO-BREAK SPACE}", " ")
    return {
        "assumption": "What is moved",
        "end": "Which end of its range",
        "outcome": "The outcome",
        "value_per_share_jpy": "Value of the alliance per share, JPY",
        "of_price_share": "The same as share of the share price",
        "clears_bar": f"Whether it is worth at least {bar}",
    }


def _group(o: Outcome) -> str:
    """The row an outcome belongs to."""
    if o.end == AS_IT_STANDS:
        return "As it stands"
    return "Delivers or fails" if o.end in (DELIVERS, FAILS) else SHORT_LABELS[o.key]


def _label(o: Outcome) -> str:
    """The outcome in words."""
    if o.end == AS_IT_STANDS:
        return "The scenario as it stands"
    if o.end in (DELIVERS, FAILS):
        return f"The alliance {o.end} for certain"
    return f"{ASSUMPTIONS[o.key].label}: {assumption_value(o.key, o.value)}"


_END_SHAPES: Final = {
    AS_IT_STANDS: ("As it stands", "diamond"),
    LOW: ("Low value or fails", "triangle-down"),
    HIGH: ("High value or delivers", "triangle-up"),
}


def _marks(table: Table, view: View) -> Columns:
    """Outcomes with the shape and the words of each mark, whether it is filled, and the bar [share of the price]."""
    values = table.values
    same = {FAILS: LOW, DELIVERS: HIGH}
    amounts = zip(values["value_per_share_jpy"], values["of_price_share"], strict=True)
    return {
        "assumption": values["assumption"],
        "of_price_share": values["of_price_share"],
        "mark": [_END_SHAPES[str(same.get(end, end))][0] for end in values["end"]],
        "clears": [clears == "yes" for clears in values["clears_bar"]],
        "bar_share": [BAR_SHARE.of(view)] * len(values["end"]),
        "label_clears": values["clears_bar"],
        "label_outcome": values["outcome"],
        "label_value": [f"{quantity(value, 'JPY')} ({percent(share)} of the price)" for value, share in amounts],
    }


def _chart(rows: pd.DataFrame, company: str) -> Chart:
    """Each outcome as a mark beside the bar: filled where it clears it, open where it does not.

    rows: assumption, mark, of_price_share, clears, bar_share, label_clears, label_outcome, label_value
    """
    color = COMPANY_COLORS[COMPANY_LABELS[company]]
    names, shapes = zip(*_END_SHAPES.values(), strict=True)
    base = alt.Chart(rows)
    points = base.mark_point(size=85, strokeWidth=2, opacity=1, color=color, fill=color).encode(
        y=alt.Y(
            "assumption:N",
            sort=list(dict.fromkeys(rows["assumption"])),
            title=None,
            axis=alt.Axis(ticks=False, domain=False, labelLimit=150, grid=True),
        ),
        x=alt.X(
            "of_price_share:Q",
            title="Value per share, % of the price",
            scale=alt.Scale(zero=True, padding=10),
            axis=alt.Axis(tickCount=5, format=".0%"),
        ),
        shape=alt.Shape(
            "mark:N",
            scale=alt.Scale(domain=list(names), range=list(shapes)),
            legend=alt.Legend(title=None, orient="top", columns=1, labelLimit=200),
        ),
        fillOpacity=alt.condition("datum.clears", alt.value(1.0), alt.value(0.0)),
        tooltip=[
            alt.Tooltip("label_outcome:N", title="Outcome"),
            alt.Tooltip("label_value:N", title="Value per share"),
            alt.Tooltip("label_clears:N", title="Clears the bar"),
        ],
    )
    once = base.transform_aggregate(bar="mean(bar_share)")
    rule = once.mark_rule(strokeWidth=2, strokeDash=[5, 4], color=GREY).encode(x=alt.X("bar:Q"))
    name = once.mark_text(baseline="bottom", dy=-4, fontWeight="bold").encode(
        x=alt.X("bar:Q"), y=alt.value(0), text=alt.value("your bar")
    )
    return alt.layer(rule, points, name).properties(height=alt.Step(26))


def _finding(view: View, company: str) -> str:
    """How many outcomes clear the bar."""
    s = stances_of(view)[company]
    count = len(s.inputs.values_per_share_jpy)
    name = COMPANY_LABELS[company]
    bar = f"{quantity(s.inputs.bar_jpy, 'JPY')} per share"
    if not s.cleared:
        return f"{name}: none of {count} outcomes clears the bar of {bar}"
    verb = "clears" if s.cleared == 1 else "clear"
    return f"{name}: {s.cleared} of {count} outcomes {verb} the bar of {bar}"


def _figure(company: str) -> Figure:
    return Figure(
        name=f"outcomes_{company}",
        title=f"{COMPANY_LABELS[company]}: value of the alliance per share by outcome",
        columns=_columns,
        results=(result_name("value_per_share_jpy", company),),
        records=partial(_records, company=company),
        form=Custom(_chart, _marks, (company,)),
        finding=partial(_finding, company=company),
        sources=lambda view: (MODEL_SOURCE, share_prices(view.scenario.edition)[company].note),
    )


OUTCOMES: Final = {company: _figure(company) for company in COMPANIES}
"""By company."""


def stance_in_words(view: View) -> Columns:
    """What drives the stance: a line per input, a column per company, and what the reader asks for."""
    stances = stances_of(view)
    first = next(iter(stances.values()))
    asked = first.inputs
    count = len(asked.milestones)
    columns: dict[str, list[str]] = {
        "What drives it": [
            "An outcome counts from",
            "Outcomes that clear the bar",
            "Milestones that happened",
            "Stance",
        ]
    }
    for company, s in stances.items():
        outcomes_count = len(s.inputs.values_per_share_jpy)
        columns[COMPANY_LABELS[company]] = [
            f"{quantity(s.inputs.bar_jpy, 'JPY')} per share",
            f"{s.cleared} of {outcomes_count} ({percent(s.cleared_share, 0)})",
            f"{count - len(s.missing)} of {count}",
            s.name,
        ]
    columns["You ask for"] = [
        f"{percent(asked.bar_share, 0)} of the price",
        f"{percent(asked.clear_share, 0)} or more",
        f"{asked.milestones_needed} or more",
        "both for Hold",
    ]
    return columns


@dataclass(frozen=True, slots=True)
class Milestone:
    """A milestone of the rule: the choice whether it happened, what must have happened, and what is known of it."""

    choice: Choice[bool]
    label: str
    known: str


def milestones() -> tuple[Milestone, ...]:
    """The milestones of the rule with their state as known from the facts: none was found up to mid 2026."""
    stated = (
        ("Contract for trucks from Canton signed", ("pickup_report", "us_joint_dev")),
        ("Common software platform decided", ("os_report",)),
        ("Outcome of the USMCA review known", ("usmca_joint_review",)),
    )
    return tuple(
        Milestone(choice, label, _known(fact_ids)) for choice, (label, fact_ids) in zip(MILESTONES, stated, strict=True)
    )


def _known(fact_ids: Sequence[str]) -> str:
    told = (facts()[fact_id] for fact_id in fact_ids)
    last = "; ".join(f"{f.value} ({date_words(f.as_of)}, {f.source}, {f.kind})" for f in told)
    return f"Not found up to mid 2026. Last known: {last}."
