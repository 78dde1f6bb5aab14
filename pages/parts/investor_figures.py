"""What the Investor page shows: earnings and value per share, what pays back, outcomes, milestones.

Share prices are facts of mid 2026, never live ones. Everything else is the model's.
"""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from data.facts import facts
from data.story import TimelineEvent, timeline
from model.editions import COMPANIES, COMPANY_LABELS, DEFAULT_EDITION
from model.registry import ASSUMPTIONS
from model.stance import (
    AS_IT_STANDS,
    DELIVERS,
    FAILS,
    HIGH,
    LOW,
    Outcome,
    Stance,
    outcomes,
    price_earnings_ratio,
    price_from_market_value_jpy,
    price_of_ads_jpy,
)
from pages.parts.charts import COMPANY_COLORS, GREY, Chart, company_color
from pages.parts.choices import BAR_SHARE, MILESTONES, PAYBACK_OF, Choice
from pages.parts.columns import Columns, rows_where
from pages.parts.sure.break_even import Payback, paybacks
from pages.parts.tables import MODEL_SOURCE, REFERENCE, SCENARIO, Table
from pages.parts.view import View
from pages.parts.words import assumption_value, figure, number, percent, signed

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


# ---------------------------------------------------------------------- share prices and earnings


@dataclass(frozen=True, slots=True)
class SharePrice:
    """The latest known price of a share [JPY], how it was derived, from when, and where its parts come from."""

    company: str
    price_jpy: float
    derivation: str
    as_of: str
    source: str
    kind: str


def share_prices() -> dict[str, SharePrice]:
    """The latest known share price of each company, worked out from facts."""
    f = facts()
    ads, per_ads, rate = f["hmc_price"], f["hmc_adr_ratio"], f["usdjpy_mid26"]
    worth, shares = f["nissan_mcap_feb26"], f["nissan_shares"]
    honda_sum = (
        f"USD {number(ads.number, 2)} for a depositary share (HMC), which stands for {number(per_ads.number)} shares, "
        f"at {figure(rate.number, 'JPY per USD')}"
    )
    nissan_sum = (
        f"market value of {figure(worth.number, worth.unit)} over {number(shares.number, 2)} bn shares "
        f"({shares.source}: {shares.kind})"
    )
    return {
        "honda": SharePrice(
            "honda",
            price_of_ads_jpy(ads.number, per_ads.number, rate.number),
            honda_sum,
            f"{date_words(ads.as_of)} ({ads.note})",
            f"{ads.source}; {per_ads.source}; {rate.source}",
            "derived",
        ),
        "nissan": SharePrice(
            "nissan",
            price_from_market_value_jpy(worth.number, shares.number),
            nissan_sum,
            date_words(worth.as_of),
            worth.source,
            "derived",
        ),
    }


def price_note(price: SharePrice) -> str:
    """How a price was worked out, from when and from whom, in one sentence."""
    return (
        f"{COMPANY_LABELS[price.company]} {figure(price.price_jpy, 'JPY')}, {price.kind}: {price.derivation}; "
        f"{price.as_of}; {price.source}."
    )


def date_words(as_of: str) -> str:
    """A fact's date in words: "2026-02-16", "2026-06" and "2026" are 16 February 2026, June 2026 and 2026."""
    if len(as_of) == 4:
        return as_of
    day = datetime.date.fromisoformat(as_of if len(as_of) == 10 else f"{as_of}-01")
    return f"{day:%-d %B %Y}" if len(as_of) == 10 else f"{day:%B %Y}"


def no_alliance(view: View) -> bool:
    """Whether the scenario holds no alliance: it changes no year's profit and is worth nothing."""
    benefits = [np.asarray(view.projection.company[c]["alliance_benefit_jpy_bn"]) for c in COMPANIES]
    return not any(np.any(benefit != 0.0) for benefit in benefits) and all(
        value_per_share_jpy(view, c) == 0.0 for c in COMPANIES
    )


def value_per_share_jpy(view: View, company: str) -> float:
    """Value of the alliance per share [JPY]."""
    return float(view.projection.once_company["value_per_share_jpy"][company])


def earnings_by_year(view: View) -> Table:
    """Earnings per share by company, case and fiscal year."""
    records: list[tuple[object, ...]] = []
    for case, projection in ((SCENARIO, view.projection), (REFERENCE, view.reference)):
        for company in COMPANIES:
            eps = np.asarray(projection.company[company]["eps_jpy"])
            records += [
                (COMPANY_LABELS[company], case, y, float(v)) for y, v in zip(projection.years, eps, strict=True)
            ]
    columns = {
        "company": "Company",
        "case": "Scenario or reference",
        "fiscal_year": "Fiscal year, ending in March",
        "eps_jpy": "Earnings per share, JPY",
    }
    return Table.of("earnings_per_share", "Earnings per share", columns, records)


def earnings_finding(view: View) -> str:
    """Where earnings per share stand in the year in focus."""
    parts = []
    for company in COMPANIES:
        value, base = view.at_year(company, "eps_jpy")
        change = signed(value - base, "JPY")
        same = change == signed(0.0, "JPY")
        parts.append(f"{COMPANY_LABELS[company]} {figure(value, 'JPY')}{'' if same else f' ({change})'}")
    return f"Earnings per share in {view.year_label}: {' and '.join(parts)}"


def value_beside_price(view: View) -> Table:
    """Price of a share and what the alliance adds to it, by company."""
    records: list[tuple[object, ...]] = []
    for company, price in share_prices().items():
        value = value_per_share_jpy(view, company)
        name = COMPANY_LABELS[company]
        records.append((name, "Share price", price.price_jpy, 1.0, price.as_of, price.source, price.kind))
        records.append(
            (name, "Alliance per share", value, value / price.price_jpy, view.scenario.edition, MODEL_SOURCE, "model")
        )
    columns = {
        "company": "Company",
        "what": "Share price, or value of the alliance per share",
        "per_share_jpy": "JPY per share",
        "of_price_share": "Share of the share price",
        "as_of": "Date of the price, or edition of the model's facts",
        "source": "Source",
        "kind": "Kind of number",
    }
    sources = (MODEL_SOURCE, *(price_note(price) for price in share_prices().values()))
    return Table.of("value_per_share", "Value of the alliance beside the share price", columns, records, sources)


def with_value_labels(table: Table) -> Columns:
    """Value and price with the name and the label of each bar."""
    values = table.values
    amounts, is_price = values["per_share_jpy"], [what == "Share price" for what in values["what"]]
    rows = zip(values["company"], is_price, amounts, values["of_price_share"], strict=True)
    labels, bars = [], []
    for company, price, amount, share in rows:
        labels.append(figure(amount, "JPY") + ("" if price or amount == 0.0 else f" ({percent(share)})"))
        bars.append(f"{company}: {'price' if price else 'alliance'}")
    right = [max(amount, 0.0) for amount in amounts]
    return {**values, "bar": bars, "label": labels, "right_jpy": right, "room_jpy": [1.28 * max(right)] * len(right)}


def value_chart(rows: pd.DataFrame) -> Chart:
    """Price and value per share, a bar each, the price pale.

    rows: bar, company, what, per_share_jpy, label, as_of, right_jpy (where the label begins), room_jpy (where it
        ends at most)
    """
    base = alt.Chart(rows).encode(
        y=alt.Y("bar:N", sort=list(rows["bar"]), title=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=150)),
        tooltip=[
            alt.Tooltip("company:N", title="Company"),
            alt.Tooltip("what:N", title="What"),
            alt.Tooltip("label:N", title="Per share"),
            alt.Tooltip("as_of:N", title="As of"),
        ],
    )
    bars = base.mark_bar(height={"band": 0.66}).encode(
        x=alt.X("per_share_jpy:Q", title="JPY per share", axis=alt.Axis(tickCount=5, format=",.0f")),
        color=company_color(),
        opacity=alt.Opacity(
            "what:N", scale=alt.Scale(domain=["Share price", "Alliance per share"], range=[0.4, 1.0]), legend=None
        ),
    )
    labels = base.mark_text(align="left", dx=5).encode(x="right_jpy:Q", text="label:N")
    room = base.mark_point(opacity=0, aria=False).encode(x="room_jpy:Q")
    return alt.layer(bars, labels, room).properties(height=alt.Step(52))


def value_finding(view: View) -> str:
    """What the alliance is worth beside the price."""
    if no_alliance(view):
        return "No alliance in this scenario, so it adds nothing to either share"
    parts = []
    for company, price in share_prices().items():
        value = value_per_share_jpy(view, company)
        parts.append(f"{percent(value / price.price_jpy)} of the {COMPANY_LABELS[company]} price")
    return f"The alliance is worth {' and '.join(parts)}"


def valuation_in_words(view: View) -> Columns:
    """Price, value and price-earnings ratios as a reader wants them: a line each, a column per company."""
    by_company = {COMPANY_LABELS[company]: _valuation_lines(view, company) for company in COMPANIES}
    lines, *_ = by_company.values()
    return {"Per share": list(lines), **{name: list(found.values()) for name, found in by_company.items()}}


def _valuation_lines(view: View, company: str) -> dict[str, str]:
    price, value = share_prices()[company].price_jpy, value_per_share_jpy(view, company)
    guided = float(np.asarray(view.reference.company[company]["eps_jpy"])[0])
    eps = view.at_year(company, "eps_jpy")[0]
    return {
        "Share price": figure(price, "JPY"),
        "Value of the alliance": figure(value, "JPY"),
        "Value as share of the price": percent(value / price),
        f"Guided earnings, {view.reference.years[0]}": figure(guided, "JPY"),
        "Price over guided earnings": ratio_words(price_earnings_ratio(price, guided)),
        f"Scenario earnings, {view.year_label}": figure(eps, "JPY"),
        "Price over scenario earnings": ratio_words(price_earnings_ratio(price, eps)),
    }


def ratio_words(ratio: float | None) -> str:
    """A price-earnings ratio in words."""
    return "not meaningful" if ratio is None else number(ratio, 1)


def age_note(view: View) -> str:
    """That the prices are newer than the edition's guidance, where they are."""
    if view.scenario.edition == DEFAULT_EDITION:
        return ""
    return " The prices are from 2026, later than the facts of this edition: the ratios mix two dates."


# ---------------------------------------------------------------------- what would have to be true

PAYBACK_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "Both": COMPANIES,
    **{COMPANY_LABELS[company]: (company,) for company in COMPANIES},
}
"""Whose tariff cost is to be paid back, as the picker names it."""


LEAST_SHOWN_JPY_BN: Final = 0.1
"""A bar shorter than this is left out: it could not be seen, nor its ends told apart in words."""


def whose(companies: Sequence[str]) -> str:
    """The companies in a sentence."""
    return "both companies" if len(companies) > 1 else COMPANY_LABELS[companies[0]]


def payback_table(view: View, found: Sequence[Payback] | None = None) -> Table:
    """For each main assumption, where it alone lets the alliance pay back the net tariff cost of the chosen companies.

    found: what was computed for them, where it already was
    """
    companies = PAYBACK_CHOICES[PAYBACK_OF.of(view)]
    if found is None:
        found = paybacks(view.scenario, companies, view.year)
    records: list[tuple[object, ...]] = [
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
        for p in found
    ]
    columns = {
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
    }
    title = f"What would have to be true for {whose(companies)}, {view.year_label}"
    return Table.of("payback", title, columns, records)


def payback_words(p: Payback) -> str:
    """The values at which the cost is paid back, and how they lie to the plausible range."""
    if not p.moves:
        return "any value: it makes no difference" if p.gap_now_jpy_bn >= 0.0 else "no value: it makes no difference"
    if not p.met:
        value, gap = p.closest
        return f"not within its range; {figure(-gap, 'JPY bn')} short at best, at {assumption_value(p.key, value)}"
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


def payback_in_words(found: Sequence[Payback]) -> Columns:
    """The same as a reader wants it: assumption, now, where it pays back, plausible range."""
    return {
        "Assumption": [ASSUMPTIONS[p.key].label for p in found],
        "Now": [assumption_value(p.key, p.now) for p in found],
        "Pays back at": [payback_words(p) for p in found],
        "Plausible": [
            f"{assumption_value(p.key, p.plausible[0])} to {assumption_value(p.key, p.plausible[1])}" for p in found
        ],
    }


def payback_finding(view: View, companies: Sequence[str], found: Sequence[Payback]) -> str:
    """Whether one change alone would let the alliance pay back."""
    benefit, cost = benefit_and_cost_jpy_bn(view, companies)
    names = whose(companies)
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
        f"{SHORT_LABELS[p.key].lower() if p.key != 'usmca_tariff_share' else SHORT_LABELS[p.key]} at "
        + " or ".join(_stretch_words(p, *stretch) for stretch in p.met)
        for p in found
    )


def benefit_and_cost_jpy_bn(view: View, companies: Sequence[str] = COMPANIES) -> tuple[float, float]:
    """Alliance benefit and net tariff cost of the companies together in the year in focus [JPY bn]."""
    benefit, cost = (
        sum(view.at_year(company, name)[0] for company in companies)
        for name in ("alliance_benefit_jpy_bn", "net_tariff_cost_jpy_bn")
    )
    return benefit, cost


def with_payback_bars(table: Table) -> Columns:
    """Ranges with their place, furthest first, whether there is a bar to see, and what it says when pointed at."""
    values = table.values
    ends = list(zip(values["gap_low_jpy_bn"], values["gap_high_jpy_bn"], strict=True))
    lengths = [high - low for low, high in ends]
    order = sorted(range(len(ends)), key=lambda row: (-ends[row][1], ends[row][0]))
    ranges = zip(values["key"], values["plausible_low"], values["plausible_high"], strict=True)
    shown = ("name", "assumption", "gap_now_jpy_bn", "gap_low_jpy_bn", "gap_high_jpy_bn")
    least = min(LEAST_SHOWN_JPY_BN, max(lengths))
    return {
        **{name: values[name] for name in shown},
        "place": [order.index(row) for row in range(len(order))],
        "visible": [length >= least for length in lengths],
        "label_gap": [f"{figure(low, 'JPY bn')} to {figure(high, 'JPY bn')}" for low, high in ends],
        "label_plausible": [
            f"{assumption_value(key, low)} to {assumption_value(key, high)}" for key, low, high in ranges
        ],
        "label_pays_back": values["pays_back_at"],
    }


def payback_chart(rows: pd.DataFrame) -> Chart:
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
            x2="gap_high_jpy_bn:Q",
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
        .encode(x="at:Q", strokeDash=alt.StrokeDash("line:N", scale=scale, legend=legend))
        for at, line in (("datum.now", "This scenario"), ("0", "Paid back"))
    )
    return alt.layer(bars, now, zero).properties(height=alt.Step(25))


# ---------------------------------------------------------------------- outcomes against the bar


def outcome_table(view: View, company: str, found: Sequence[Outcome] | None = None) -> Table:
    """Value of the alliance per share of a company in each outcome, and whether it clears the chosen bar.

    found: outcomes, where computed
    """
    bar_share = BAR_SHARE.of(view)
    if found is None:
        found = outcomes(view.scenario, company)
    price = share_prices()[company].price_jpy
    records: list[tuple[object, ...]] = [
        (
            outcome_group(o),
            o.end,
            outcome_label(o),
            o.value_per_share_jpy,
            o.value_per_share_jpy / price,
            "yes" if o.value_per_share_jpy >= bar_share * price else "no",
        )
        for o in found
    ]
    columns = {
        "assumption": "What is moved",
        "end": "Which end of its range",
        "outcome": "The outcome",
        "value_per_share_jpy": "Value of the alliance per share, JPY",
        "of_price_share": "The same as share of the share price",
        "clears_bar": f"Whether it is worth at least {percent(bar_share)} of the price".replace(
            "\N{NO-BREAK SPACE}", " "
        ),
    }
    name = COMPANY_LABELS[company]
    title = f"{name}: value of the alliance per share by outcome"
    sources = (MODEL_SOURCE, price_note(share_prices()[company]))
    return Table.of(f"outcomes_{company}", title, columns, records, sources)


def outcome_group(o: Outcome) -> str:
    """The row an outcome belongs to."""
    if o.end == AS_IT_STANDS:
        return "As it stands"
    return "Delivers or fails" if o.end in (DELIVERS, FAILS) else SHORT_LABELS[o.key]


def outcome_label(o: Outcome) -> str:
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


def with_outcome_marks(table: Table, bar_share: float) -> Columns:
    """Outcomes with the shape and the words of each mark, whether it is filled, and the bar [share of the price]."""
    values = table.values
    same = {FAILS: LOW, DELIVERS: HIGH}
    amounts = zip(values["value_per_share_jpy"], values["of_price_share"], strict=True)
    return {
        "assumption": values["assumption"],
        "of_price_share": values["of_price_share"],
        "mark": [_END_SHAPES[str(same.get(end, end))][0] for end in values["end"]],
        "clears": [clears == "yes" for clears in values["clears_bar"]],
        "bar_share": [bar_share] * len(values["end"]),
        "label_clears": values["clears_bar"],
        "label_outcome": values["outcome"],
        "label_value": [f"{figure(value, 'JPY')} ({percent(share)} of the price)" for value, share in amounts],
    }


def outcome_chart(rows: pd.DataFrame, company: str) -> Chart:
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
    rule = once.mark_rule(strokeWidth=2, strokeDash=[5, 4], color=GREY).encode(x="bar:Q")
    name = once.mark_text(baseline="bottom", dy=-4, fontWeight="bold").encode(
        x="bar:Q", y=alt.value(0), text=alt.value("your bar")
    )
    return alt.layer(rule, points, name).properties(height=alt.Step(26))


def outcome_finding(company: str, s: Stance) -> str:
    """How many outcomes clear the bar."""
    count = len(s.inputs.values_per_share_jpy)
    name = COMPANY_LABELS[company]
    bar = f"{figure(s.inputs.bar_jpy, 'JPY')} per share"
    if not s.cleared:
        return f"{name}: none of {count} outcomes clears the bar of {bar}"
    verb = "clears" if s.cleared == 1 else "clear"
    return f"{name}: {s.cleared} of {count} outcomes {verb} the bar of {bar}"


def stance_in_words(stances: Mapping[str, Stance]) -> Columns:
    """What drives the stance: a line per input, a column per company, and what the reader asks for."""
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
            f"{figure(s.inputs.bar_jpy, 'JPY')} per share",
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


# ---------------------------------------------------------------------- headline


def headline(view: View, stances: Mapping[str, Stance]) -> str:
    """The answer in two or three sentences, as Markdown."""
    if no_alliance(view):
        eps = " and ".join(f"{COMPANY_LABELS[c]} **{figure(view.at_year(c, 'eps_jpy')[0], 'JPY')}**" for c in COMPANIES)
        when = f"in {view.year_label}" if view.scenario.changed() else "as guided"
        return (
            "There is no alliance in this scenario, so it adds nothing per share. "
            f"Earnings per share {when}: {eps}. {_verdict(stances)}"
        )
    worth = " and ".join(
        f"**{figure(value_per_share_jpy(view, c), 'JPY')}** per {COMPANY_LABELS[c]} share "
        f"({percent(value_per_share_jpy(view, c) / price.price_jpy)} of its price)"
        for c, price in share_prices().items()
    )
    return f"The alliance is worth {worth}. {_payback_sentence(view)} {_verdict(stances)}"


def _payback_sentence(view: View) -> str:
    benefit, cost = benefit_and_cost_jpy_bn(view)
    if cost <= 0.0:
        return f"In {view.year_label} there is no net tariff cost to pay back."
    against = f"of the companies' {figure(cost, 'JPY bn')} net tariff cost"
    if benefit <= 0.0:
        own = f"; it costs {figure(-benefit, 'JPY bn')} itself" if benefit < 0.0 else ""
        return f"In {view.year_label} it pays back nothing {against}{own}."
    return f"In {view.year_label} it brings {figure(benefit, 'JPY bn')}, {percent(benefit / cost, 0)} {against}."


def _verdict(stances: Mapping[str, Stance]) -> str:
    names = {s.name for s in stances.values()}
    if len(names) == 1:
        return f"On your thresholds the rule says **{names.pop().lower()}** for both."
    told = " and ".join(f"**{s.name.lower()}** for {COMPANY_LABELS[c]}" for c, s in stances.items())
    return f"On your thresholds the rule says {told}."


# ---------------------------------------------------------------------- milestones over time

KEY_EVENTS: Final = (
    "mou_second",
    "merger_memorandum",
    "merger_talks_ended",
    "car_duty_starts",
    "pickup_report_out",
    "os_report_out",
    "japan_deal_in_force",
    "offset_extended",
    "us_joint_development",
    "court_ruling",
    "honda_results_fy26_3",
    "nissan_results_fy26_3",
    "usmca_review",
    "listing_fell_away",
)
"""Events that bear on the alliance or on the duty, by id: those that the chart numbers."""

OPEN_EVENTS: Final = {"usmca_review": "outcome not found", "listing_fell_away": "fell away"}
"""Events that had not come about in the newest text found, and what became of them."""

LANES: Final = {"milestone": "Companies", "tariff": "Tariffs"}
_LANE_COLORS: Final = {"Companies": "#56B4E9", "Tariffs": "#E69F00"}
_ROOM_DAYS: Final = 75
_TICK_HEIGHT: Final = 0.22
HAPPENED: Final = "happened"
KIND_WORDS: Final = {
    "derived": "derived",
    "weak": "weak source",
    "recalled": "day recalled, not verified",
    "judgement": "judgement",
}
"""How a date that is not simply quoted is marked."""


def _month(year: int, month: int) -> alt.DateTime:
    return alt.DateTime(year=year, month=month, date=1, utc=True)


_HALF_YEARS: Final = [_month(*half) for half in ((2024, 7), (2025, 1), (2025, 7), (2026, 1), (2026, 7))]


def milestone_table(_view: View | None = None) -> Table:
    """Every dated event, numbered where it bears on the alliance or on the duty."""
    numbers = {event_id: i for i, event_id in enumerate(_dated_ids(), start=1)}
    records: list[tuple[object, ...]] = [
        (
            numbers.get(event.id, 0),
            event.date.isoformat(),
            event_date(event),
            LANES[event.category],
            event.title,
            OPEN_EVENTS.get(event.id, HAPPENED),
            event.detail,
            event.source,
            event.kind,
        )
        for event in timeline()
    ]
    columns = {
        "number": "Number in the chart, 0 where it has none",
        "date": "Date, first day where only the month is known",
        "when": "Date in words",
        "lane": "Companies or tariffs",
        "event": "Event",
        "state": "State as known",
        "detail": "Detail",
        "source": "Source",
        "kind": "Kind of source",
    }
    sources = ("data/timeline.csv, source by row",)
    return Table.of("milestones", "Milestones and tariffs by date", columns, records, sources)


def _dated_ids() -> list[str]:
    return [event.id for event in timeline() if event.id in KEY_EVENTS]


def event_date(event: TimelineEvent) -> str:
    """The date of an event in words, only the month where only that is known."""
    return date_words(event.date.isoformat()[:7] if event.detail.startswith("Month only") else event.date.isoformat())


def with_heights(table: Table) -> Columns:
    """Events with the height of each mark: small ones at the line, numbered ones one above another where they crowd."""
    values = table.values
    last: dict[tuple[str, int], datetime.date] = {}
    heights = []
    days = [datetime.date.fromisoformat(date) for date in values["date"]]
    for lane, number_shown, day in zip(values["lane"], values["number"], days, strict=True):
        height = _TICK_HEIGHT
        if number_shown:
            level = 1
            while (day - last.get((lane, level), datetime.date.min)).days < _ROOM_DAYS:
                level += 1
            last[lane, level] = day
            height = float(level)
        heights.append(height if lane == LANES["milestone"] else -height)
    return {
        **values,
        "day_ms": [(day - datetime.date(1970, 1, 1)) / datetime.timedelta(milliseconds=1) for day in days],
        "height": heights,
        "happened": [state == HAPPENED for state in values["state"]],
    }


def milestone_chart(rows: pd.DataFrame) -> Chart:
    """Events over time: companies above the line, tariffs below, a small mark each, key events numbered.

    rows: number, day_ms (since 1970), when, lane, event, state, detail, source, kind, height, happened
    """
    lanes = alt.Scale(domain=list(_LANE_COLORS), range=list(_LANE_COLORS.values()))
    legend = alt.Legend(title=None, orient="top", columns=2, symbolType="circle", symbolSize=120)
    highest, lowest = float(rows["height"].max()), float(rows["height"].min())
    y = alt.Y("height:Q", scale=alt.Scale(domain=[lowest - 0.7, highest + 0.7], nice=False), axis=None)
    base = alt.Chart(rows)
    placed = base.encode(
        x=alt.X(
            "day_ms:T",
            title=None,
            scale=alt.Scale(type="utc", domain=[_month(2024, 2), _month(2026, 11)]),
            axis=alt.Axis(format="%b %Y", values=_HALF_YEARS, labelOverlap=True),
        ),
        y=y,
        tooltip=[
            alt.Tooltip("when:N", title="Date"),
            alt.Tooltip("event:N", title="Event"),
            alt.Tooltip("state:N", title="State"),
            alt.Tooltip("detail:N", title="Detail"),
            alt.Tooltip("source:N", title="Source"),
            alt.Tooltip("kind:N", title="Kind"),
        ],
    )
    ticks = (
        placed.transform_filter("datum.number == 0")
        .mark_tick(orient="vertical", thickness=3, height=13)
        .encode(color=alt.Color("lane:N", scale=lanes, legend=legend))
    )
    numbered = placed.transform_filter("datum.number > 0")
    circles = numbered.mark_point(size=430, strokeWidth=2.5, opacity=1, shape="circle").encode(
        stroke=alt.Stroke("lane:N", scale=lanes, legend=None),
        fill=alt.Fill("lane:N", scale=lanes, legend=None),
        fillOpacity=alt.condition("datum.happened", alt.value(1.0), alt.value(0.0)),
    )
    inside = numbered.transform_filter("datum.happened").mark_text(fontWeight="bold", color="#12181F")
    alone = numbered.transform_filter("!datum.happened").mark_text(fontWeight="bold")
    line = base.transform_aggregate(events="count()").transform_calculate(height="0")
    rule = line.mark_rule(strokeWidth=1.5, color=GREY).encode(y=y)
    texts = (mark.encode(text="number:N") for mark in (inside, alone))
    return alt.layer(rule, ticks, circles, *texts).properties(height=60 + 42 * int(highest - lowest))


def milestones_in_words(table: Table) -> Columns:
    """The numbered events: number, date, and event with its state or kind where either has to be said."""
    values = rows_where(table.values, [number_shown > 0 for number_shown in table.values["number"]])
    events = [
        event + ("" if state == HAPPENED else f": {state}") + ("" if kind == "quoted" else f" ({KIND_WORDS[kind]})")
        for event, state, kind in zip(values["event"], values["state"], values["kind"], strict=True)
    ]
    return {"No.": list(map(str, values["number"])), "Date": values["when"], "Event": events}


def milestone_finding() -> str:
    """Where the alliance stands, from the dated events."""
    events = {event.id: event for event in timeline()}
    ended, listing = events["merger_talks_ended"], events["listing_fell_away"]
    return (
        f"Merger talks ended in {ended.date:%B %Y}; the listing planned for {listing.date:%B %Y} fell away, "
        "and no contract is known"
    )


# ---------------------------------------------------------------------- figures to watch

_WATCHED: Final = (
    (
        "honda_tariff_gross_feb26",
        "Honda: tariff cost guided, gross",
        "The net figure was last told in May 2025, and no level for the year to March 2027 was found.",
    ),
    ("nissan_tariff_feb26", "Nissan: tariff cost guided", "What the alliance would have to pay back."),
    ("honda_op_guid_fy27_3", "Honda: operating profit guided", "Every scenario starts here."),
    (
        "nissan_op_guid_fy27_3",
        "Nissan: operating profit guided",
        "Little of it is left per share, so small changes weigh much.",
    ),
    ("nissan_na_op_fy26_3", "Nissan: North America profit", "Tariffs and Canton are felt here first."),
    ("canton_utilisation_calc", "Canton: utilisation", "Trucks for Honda matter while lines stand idle."),
    ("canton_utilisation_nikkei", "Canton: utilisation, Nikkei", "Sources differ: a third says less than half."),
    ("honda_us_sales_2025", "Honda: US sales", "Duty, and what a price rise costs, grow with them."),
    ("nissan_us_sales_2025", "Nissan: US sales", "Duty, and what a price rise costs, grow with them."),
    ("usmca_joint_review", "USMCA review", "Decides what cars from Canada and Mexico pay."),
    ("usdjpy_mid26", "Exchange rate", "A weaker yen makes duty dearer in yen and US earnings larger."),
)


def watch_table(_view: View | None = None) -> Table:
    """Figures to watch: latest published value, date, source, kind, and why it matters."""
    records: list[tuple[object, ...]] = []
    for fact_id, label, why in _WATCHED:
        f = facts()[fact_id]
        records.append((label, f.value, f.unit, f.as_of, f.note, why, f.source, f.kind, f.label))
    columns = {
        "figure": "Figure to watch",
        "value": "Latest published value, in its unit",
        "unit": "Unit",
        "as_of": "Date",
        "note": "Note",
        "why": "Why it matters",
        "source": "Source",
        "kind": "Kind of source",
        "fact": "Fact",
    }
    table = Table.of("figures_to_watch", "Figures to watch", columns, records)
    return replace(table, sources=tuple(dict.fromkeys(table.values["source"])))


def watch_in_words(table: Table) -> Columns:
    """The same as a reader wants it: figure, why it matters, latest value with date, source and kind."""
    values = table.values
    told_of = zip(*(values[name] for name in ("value", "unit", "as_of", "note", "source", "kind")), strict=True)
    latest = []
    for value, unit, as_of, noted, source, kind in told_of:
        text = value if isinstance(value, str) else figure(float(value), unit)
        date = date_words(as_of)
        told = text if date in text else f"{text}, {date}"
        latest.append(f"{told}: {source} ({kind}{f'; {noted}' if noted else ''})")
    return {"Figure": values["figure"], "Why it matters": values["why"], "Latest published, source (kind)": latest}


TABLES: Final[dict[str, Callable[[View], Table]]] = {
    "earnings_per_share": earnings_by_year,
    "value_per_share": value_beside_price,
    "payback": payback_table,
    **{f"outcomes_{company}": partial(outcome_table, company=company) for company in COMPANIES},
    "milestones": milestone_table,
    "figures_to_watch": watch_table,
}
"""Every table of the page by name."""
