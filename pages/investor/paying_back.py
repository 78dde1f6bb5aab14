"""What would have to be true: where each assumption pays back the tariff cost, and how far its range reaches."""

from collections.abc import Mapping, Sequence
from typing import Final

import altair as alt
import pandas as pd

from model.analysis.break_even import Payback, paybacks
from model.editions import COMPANIES, COMPANY_LABELS
from model.registry import ASSUMPTIONS
from pages.kit.charts import GREY, Chart
from pages.kit.columns import Columns
from pages.kit.figure import Custom, Figure
from pages.kit.results import results_of
from pages.kit.tables import Table
from pages.kit.view import View, kept
from pages.kit.words import assumption_value, in_sentence, quantity
from pages.session.choices import PAYBACK_OF

SHORT_LABELS: Final = {
    "canton_honda_trucks_kveh": "Trucks for Honda",
    "ridgeline_replaced_share": "Ridgelines replaced",
    "transfer_fixed_share": "Fixed cost Honda pays",
    "platform_saving_jpy_bn": "Platform saving",
    "software_saving_share": "Software saving",
    "software_gain_months": "Months gained",
    "success_probability_share": "Chance it delivers",
    "integration_cost_jpy_bn": "Integration cost",
    "japan_tariff_share": "Japan tariff",
    "usmca_tariff_share": "Canada, Mexico tariff",
    "pass_through_share": "Passed to customers",
    "jpy_per_usd": "Exchange rate",
}
"""Names of the main assumptions that fit beside a bar on a phone."""
PAYBACK_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "Both": COMPANIES,
    **{COMPANY_LABELS[company]: (company,) for company in COMPANIES},
}
"""Whose tariff cost is to be paid back, as the picker names it."""


LEAST_SHOWN_JPY_BN: Final = 0.1
"""A bar shorter than this is left out: it could not be seen, nor its ends told apart in words."""


def _companies(view: View) -> tuple[str, ...]:
    """Those whose tariff cost the reader asks for."""
    return PAYBACK_CHOICES[PAYBACK_OF.of(view)]


def _whose(view: View) -> str:
    """The companies in a sentence."""
    companies = _companies(view)
    return "both companies" if len(companies) > 1 else COMPANY_LABELS[companies[0]]


@kept
def paybacks_of(view: View) -> tuple[Payback, ...]:
    """For each main assumption, where it alone lets the alliance pay back the tariffs of the chosen companies."""
    return paybacks(view.scenario, _companies(view), view.year)


def _records(view: View) -> list[tuple[object, ...]]:
    return [
        (
            SHORT_LABELS[p.key],
            ASSUMPTIONS[p.key].label,
            p.key,
            ASSUMPTIONS[p.key].unit,
            p.now,
            payback_words(p),
            *p.plausible,
            p.gap_now_jpy_bn,
            p.worst_jpy_bn,
            p.best_jpy_bn,
        )
        for p in paybacks_of(view)
    ]


def payback_words(p: Payback) -> str:
    """The values at which the cost is paid back, and how they lie to the plausible range."""
    if not p.moves:
        return "any value: it makes no difference" if p.gap_now_jpy_bn >= 0.0 else "no value: it makes no difference"
    if not p.met:
        value, gap = p.closest
        return f"not within its range; {quantity(-gap, 'JPY bn')} short at best, at {assumption_value(p.key, value)}"
    if p.met == (p.slider,):
        return "any value on its slider"
    words = " or ".join(_stretch_words(p, start, end) for start, end in p.met)
    return words if p.met_plausibly else f"{words}; beyond the plausible range"


def _stretch_words(p: Payback, start: float, end: float) -> str:
    low, high = assumption_value(p.key, start), assumption_value(p.key, end)
    if start == p.slider[0]:
        return f"{high} or less"
    if end == p.slider[1]:
        return f"{low} or more"
    return f"exactly {low}" if start == end else f"{low} to {high}"


def payback_in_words(view: View) -> Columns:
    """The same as a reader wants it: assumption, now, where it pays back, plausible range."""
    found = paybacks_of(view)
    return {
        "Assumption": [ASSUMPTIONS[p.key].label for p in found],
        "Now": [assumption_value(p.key, p.now) for p in found],
        "Pays back at": [payback_words(p) for p in found],
        "Plausible": [
            f"{assumption_value(p.key, p.plausible[0])} to {assumption_value(p.key, p.plausible[1])}" for p in found
        ],
    }


def _finding(view: View) -> str:
    """Whether one change alone would let the alliance pay back."""
    benefit, cost = benefit_and_cost_jpy_bn(view, _companies(view))
    names, found = _whose(view), paybacks_of(view)
    if cost <= 0.0:
        return f"{names[0].upper()}{names[1:]} pay no net tariff cost in {view.year_label}: nothing has to be paid back"
    if benefit >= cost:
        return f"The alliance already pays back the net tariff cost of {names} in {view.year_label}"
    plausible = [p for p in found if p.met_plausibly]
    beyond = [p for p in found if p.met and not p.met_plausibly]
    if plausible:
        return f"One change alone would pay back the tariffs of {names}: {_alternatives(plausible)}"
    if beyond:
        return f"Only beyond its plausible range would one change pay back for {names}: {_alternatives(beyond)}"
    return f"No single assumption, moved alone, pays back the tariffs of {names}"


def _alternatives(found: Sequence[Payback]) -> str:
    return ", or ".join(
        f"{in_sentence(SHORT_LABELS[p.key])} at " + " or ".join(_stretch_words(p, *stretch) for stretch in p.met)
        for p in found
    )


def benefit_and_cost_jpy_bn(view: View, companies: Sequence[str] = COMPANIES) -> tuple[float, float]:
    """Alliance benefit and net tariff cost of the companies together in the year in focus [JPY bn]."""
    benefit, cost = (
        sum(view.at_year(company, name)[0] for company in companies)
        for name in ("alliance_benefit_jpy_bn", "net_tariff_cost_jpy_bn")
    )
    return benefit, cost


def _marks(table: Table, view: View) -> Columns:
    """Ranges with their place, furthest first, whether there is a bar to see, and what it says when pointed at."""
    values = table.values
    ends = list(zip(values["gap_low_jpy_bn"], values["gap_high_jpy_bn"], strict=True))
    lengths = [high - low for low, high in ends]
    order = sorted(range(len(ends)), key=lambda row: (-ends[row][1], ends[row][0]))
    ranges = zip(values["key"], values["plausible_low"], values["plausible_high"], strict=True)
    drawn = ("name", "assumption", "gap_now_jpy_bn", "gap_low_jpy_bn", "gap_high_jpy_bn")
    least = min(LEAST_SHOWN_JPY_BN, max(lengths))
    return {
        **{name: values[name] for name in drawn},
        "place": [order.index(row) for row in range(len(order))],
        "visible": [length >= least for length in lengths],
        "label_gap": [f"{quantity(low, 'JPY bn')} to {quantity(high, 'JPY bn')}" for low, high in ends],
        "label_plausible": [
            f"{assumption_value(key, low)} to {assumption_value(key, high)}" for key, low, high in ranges
        ],
        "label_pays_back": values["pays_back_at"],
    }


def _chart(rows: pd.DataFrame) -> Chart:
    """How far each assumption alone moves benefit less cost within its plausible range.

    rows: name, assumption, place, visible, gap_now_jpy_bn, gap_low_jpy_bn, gap_high_jpy_bn, label_gap,
        label_plausible, label_pays_back
    """
    base = alt.Chart(rows)
    bars = (
        base.transform_filter("datum.visible")
        .mark_bar(height={"band": 0.6}, color="#56B4E9")
        .encode(
            y=alt.Y(
                "name:N",
                sort=alt.EncodingSortField("place", op="min"),
                title=None,
                axis=alt.Axis(ticks=False, domain=False, labelLimit=160),
            ),
            x=alt.X(
                "gap_low_jpy_bn:Q",
                title="Benefit less net tariff cost, JPY bn",
                axis=alt.Axis(tickCount=5, format=",.0f"),
            ),
            x2=alt.X2("gap_high_jpy_bn:Q"),
            tooltip=[
                alt.Tooltip("assumption:N", title="Assumption"),
                alt.Tooltip("label_plausible:N", title="Plausible range"),
                alt.Tooltip("label_gap:N", title="Benefit less cost"),
                alt.Tooltip("label_pays_back:N", title="Pays back at"),
            ],
        )
    )
    scale = alt.Scale(domain=["This scenario", "Paid back"], range=[[1, 0], [5, 4]])
    legend = alt.Legend(title=None, orient="top", symbolType="stroke", symbolSize=300, columns=2)
    now, zero = (
        base.transform_aggregate(now="mean(gap_now_jpy_bn)")
        .transform_calculate(at=at, line=f"'{line}'")
        .mark_rule(strokeWidth=2, color=GREY)
        .encode(x=alt.X("at:Q"), strokeDash=alt.StrokeDash("line:N", scale=scale, legend=legend))
        for at, line in (("datum.now", "This scenario"), ("0", "Paid back"))
    )
    return alt.layer(bars, now, zero).properties(height=alt.Step(25))


PAYBACK: Final = Figure(
    name="payback",
    title=lambda view: f"What would have to be true for {_whose(view)}, {view.year_label}",
    columns={
        "name": "Short name",
        "assumption": "Assumption",
        "key": "Name in links",
        "unit": "Unit of its values",
        "scenario_value": "Value in the scenario",
        "pays_back_at": "Values at which it alone pays back",
        "plausible_low": "Low plausible value",
        "plausible_high": "High plausible value",
        "gap_now_jpy_bn": "Alliance benefit less net tariff cost in the scenario, JPY bn a year",
        "gap_low_jpy_bn": "Lowest benefit less cost within the plausible range, JPY bn a year",
        "gap_high_jpy_bn": "Highest benefit less cost within the plausible range, JPY bn a year",
    },
    results=results_of(("alliance_benefit_jpy_bn", "net_tariff_cost_jpy_bn")),
    records=_records,
    form=Custom(_chart, _marks),
    finding=_finding,
)
