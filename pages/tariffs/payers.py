"""Who pays the duty: own measures, customers, the company, and the sales that are lost."""

from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from model.details import lerner
from model.editions import COMPANIES, COMPANY_LABELS
from pages.kit.charts import CASE_OPACITY, COMPANY_COLORS, LOSS, Chart, unseen
from pages.kit.columns import Columns, rows_where, running_totals, totals
from pages.kit.figure import Custom, Figure
from pages.kit.results import results_of
from pages.kit.tables import SCENARIO, Table, cases
from pages.kit.view import View
from pages.kit.words import DUST, amount_words, listed, number, percent, quantity
from pages.tariffs import basis, case_bars

_PAYERS: Final = {
    "Own measures": "own_measures_jpy_bn",
    "Customers": "customers_pay_jpy_bn",
    "Company": "company_bears_jpy_bn",
    "Lost sales": "lost_contribution_jpy_bn",
}
"""Who pays, in the order of the bar, with the output that says how much."""

_PAYER_COLORS: Final = {"Own measures": "#999999", "Customers": "#56B4E9", **COMPANY_COLORS, "Lost sales": LOSS}

_IDENTITY: Final = (
    "Own measures + customers + company = gross duty. Lost sales come on top: the contribution of cars "
    "that are not sold because prices rose; the duty on those cars is not paid."
)


def _records(view: View) -> list[tuple[object, ...]]:
    """Gross duty and lost contribution by who carries them, by company and case."""
    records: list[tuple[object, ...]] = []
    for company in COMPANIES:
        for case, projection in cases(view):
            for payer, name in _PAYERS.items():
                amount = float(np.asarray(projection.company[company][name])[view.year])
                records.append((COMPANY_LABELS[company], case, payer, amount))
    return records


def _marks(table: Table, view: View) -> Columns:
    """What the chart of payers draws: bar, where each part begins and ends, its colour's name and its label."""
    values = case_bars.of_cases(table, view)
    paid = zip(values["payer"], values["amount_jpy_bn"], strict=True)
    paying = {"Company", *(payer for payer, amount in paid if amount > DUST)}
    values = rows_where(values, [payer in paying for payer in values["payer"]])
    bars, amounts = values["bar"], values["amount_jpy_bn"]
    ends = running_totals(bars, amounts)
    whole = totals(bars, amounts)
    numbers = [number(value, 0) for value in amounts]
    wide = 0.09 * max(*ends, 1.0)
    roomy = [a > wide and case == SCENARIO for a, case in zip(amounts, values["case"], strict=True)]
    own = [payer == "Company" for payer in values["payer"]]
    inside = list(zip(numbers, roomy, own, strict=True))
    return {
        **values,
        "part": [c if o else payer for payer, c, o in zip(values["payer"], values["company"], own, strict=True)],
        "from_jpy_bn": [end - amount for end, amount in zip(ends, amounts, strict=True)],
        "to_jpy_bn": ends,
        "room_jpy_bn": [1.14 * whole[bar] for bar in bars],
        "label": [quantity(value, "JPY bn") for value in amounts],
        "label_on_dark": [text if room and mine else "" for text, room, mine in inside],
        "label_on_light": [text if room and not mine else "" for text, room, mine in inside],
        "label_total": [
            number(whole[bar], 0) if following != bar else ""
            for bar, following in zip(bars, [*bars[1:], ""], strict=True)
        ],
    }


def _chart(marks: pd.DataFrame) -> Chart:
    """Who carries the duty: own measures, customers, the company, and the sales that are lost.

    marks: bar, company, case, payer, part, from_jpy_bn, to_jpy_bn, room_jpy_bn, label and labels by place
    """
    base = alt.Chart(marks).encode(y=case_bars.bar_axis(marks))
    bars = base.mark_bar(height={"band": 0.62}).encode(
        x=alt.X(
            "from_jpy_bn:Q",
            title="Gross duty and lost sales, JPY bn a year",
            axis=alt.Axis(tickCount=4, grid=False),
            scale=alt.Scale(nice=False),
        ),
        x2=alt.X2("to_jpy_bn:Q"),
        color=alt.Color(
            "part:N",
            scale=alt.Scale(domain=list(_PAYER_COLORS), range=list(_PAYER_COLORS.values())),
            legend=case_bars.legend([part for part in _PAYER_COLORS if part in set(marks["part"])], 3),
        ),
        opacity=CASE_OPACITY,
        tooltip=[
            alt.Tooltip("company:N", title="Duty of"),
            alt.Tooltip("case:N", title="Case"),
            alt.Tooltip("payer:N", title="Paid by"),
            alt.Tooltip("label:N", title="Amount"),
        ],
    )
    middle = base.transform_calculate(middle="(datum.from_jpy_bn + datum.to_jpy_bn) / 2")
    inside = [
        middle.mark_text(color=color, fontWeight="bold").encode(x=alt.X("middle:Q"), text=alt.Text(f"label_{ground}:N"))
        for ground, color in (("on_dark", "#FFFFFF"), ("on_light", "#1B2530"))
    ]
    totals = base.mark_text(align="left", dx=5).encode(x=alt.X("to_jpy_bn:Q"), text=alt.Text("label_total:N"))
    room = unseen(base).encode(x=alt.X("room_jpy_bn:Q"))
    return alt.layer(bars, *inside, totals, room).properties(height=alt.Step(40))


def contribution_words(view: View) -> str:
    """Where prices rise, that a company's contribution per car does not agree with its own elasticity; or nothing."""
    if view.scenario.values["pass_through_share"] == 0.0:
        return ""
    found = {company: lerner(view.scenario.values, company) for company in COMPANIES}
    if all(each.agrees for each in found.values()):
        return ""
    implied = found[COMPANIES[0]].implied_share
    suits = f"about {percent(implied, 0)} of the price" if implied < 1.0 else "the whole price or more"
    assumed = listed([f"{COMPANY_LABELS[c]} {percent(each.share, 0)}" for c, each in found.items()])
    too_good = all(each.share < implied for each in found.values())
    return (
        f"**Contribution and demand do not agree**: a maker whose sales answer its own price with "
        f"{number(view.scenario.values['own_elasticity'])} would set that price to earn {suits} on a car, and the "
        f"scenario has {assumed}. Higher prices look {'better' if too_good else 'other'} here than they are."
    )


def _finding(view: View) -> str:
    """What part of the gross duty each company bears, what customers pay, and what lost sales cost."""
    borne, paid, lost = [], [], []
    for company in COMPANIES:
        name = COMPANY_LABELS[company]
        gross = view.at_year(company, "gross_tariff_cost_jpy_bn")[0]
        bears = view.at_year(company, "company_bears_jpy_bn")[0]
        share = f" ({percent(bears / gross, 0)})" if gross > DUST else ""
        borne.append(f"{name} bears {amount_words(bears)}{share}")
        paid.append(view.at_year(company, "customers_pay_jpy_bn")[0])
        lost.append(view.at_year(company, "lost_contribution_jpy_bn")[0])
    start = f"{borne[0]}, {borne[1]}"
    if max(paid) <= DUST:
        return f"{start}. Customers pay nothing beyond the prices in guidance"
    pays = f"Customers pay {quantity(paid[0], 'JPY bn')} and {quantity(paid[1], 'JPY bn')}"
    if max(lost) <= DUST:
        return f"{start}. {pays}"
    return f"{start}. {pays}; lost sales cost {quantity(lost[0], 'JPY bn')} and {quantity(lost[1], 'JPY bn')}"


WHO_PAYS: Final = Figure(
    name="who_pays",
    title=lambda view: f"Who pays the duty, {view.year_label}",
    columns={
        "company": "Company",
        "case": "Scenario or reference",
        "payer": "Who carries it; together: gross duty plus lost sales",
        "amount_jpy_bn": "Amount, JPY bn a year",
    },
    results=results_of(
        ("own_measures_jpy_bn", "customers_pay_jpy_bn", "company_bears_jpy_bn", "lost_contribution_jpy_bn")
    ),
    records=_records,
    form=Custom(_chart, _marks),
    finding=_finding,
    note=lambda view: f"{_IDENTITY} {basis.basis(view, basis.BURDEN_BASIS)}",
)
