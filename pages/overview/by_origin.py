"""Net tariff cost by what pays the duty."""

from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from model.editions import COMPANIES, COMPANY_LABELS
from model.outputs import OUTPUTS
from pages.kit.charts import CASE_OPACITY, ORIGIN_COLORS, Chart, unseen
from pages.kit.columns import Columns
from pages.kit.figure import Custom, Figure
from pages.kit.results import results_of
from pages.kit.tables import Table, cases
from pages.kit.view import View
from pages.kit.words import in_sentence, quantity, with_change

_ORIGINS: Final = (
    "net_usmca_duty_jpy_bn",
    "net_japan_duty_jpy_bn",
    "net_parts_duty_jpy_bn",
    "net_materials_duty_jpy_bn",
    "net_other_duty_jpy_bn",
)


def _records(view: View) -> list[tuple[object, ...]]:
    """Net tariff cost by company, origin and case in the year in focus."""
    return [
        (COMPANY_LABELS[company], case, OUTPUTS[origin].label, value)
        for company in COMPANIES
        for origin in _ORIGINS
        for case, projection in cases(view)
        for value in [float(np.asarray(projection.company[company][origin])[view.year])]
    ]


def _marks(table: Table, view: View) -> Columns:
    """Values by origin with the bar they belong to, their rank within it and their label."""
    values = table.values
    ranks = {origin: rank for rank, origin in enumerate(dict.fromkeys(values["origin"]))}
    return {
        **values,
        "bar": [
            f"{company}, {in_sentence(case)}" for company, case in zip(values["company"], values["case"], strict=True)
        ],
        "rank": [ranks[origin] for origin in values["origin"]],
        "label": [quantity(value, "JPY bn") for value in values["net_tariff_cost_jpy_bn"]],
    }


def _chart(marks: pd.DataFrame) -> Chart:
    """Net tariff cost by origin: a bar per company and case, scenario above its reference.

    marks: bar, case, origin, net_tariff_cost_jpy_bn, label
    """
    order = list(dict.fromkeys(marks["origin"]))
    scale = alt.Scale(domain=order, range=list(ORIGIN_COLORS))
    base = alt.Chart(marks).encode(
        y=alt.Y(
            "bar:N",
            sort=list(dict.fromkeys(marks["bar"])),
            title=None,
            axis=alt.Axis(ticks=False, domain=False, labelLimit=160),
        )
    )
    bars = base.mark_bar(height={"band": 0.66}).encode(
        x=alt.X(
            "net_tariff_cost_jpy_bn:Q",
            title="Net tariff cost, JPY bn a year",
            stack="zero",
            axis=alt.Axis(tickCount=5),
        ),
        color=alt.Color(
            "origin:N", scale=scale, legend=alt.Legend(title=None, orient="top", columns=2, labelLimit=260)
        ),
        order=alt.Order("rank:Q"),
        opacity=CASE_OPACITY,
        tooltip=[
            alt.Tooltip("company:N", title="Company"),
            alt.Tooltip("case:N", title="Case"),
            alt.Tooltip("origin:N", title="What pays"),
            alt.Tooltip("label:N", title="Net tariff cost"),
        ],
    )
    summed = base.transform_aggregate(total="sum(net_tariff_cost_jpy_bn)", groupby=["bar"])
    totals = summed.mark_text(align="left", dx=5).encode(x=alt.X("total:Q"), text=alt.Text("total:Q", format=",.0f"))
    room = unseen(summed.transform_calculate(room="datum.total * 1.12")).encode(x=alt.X("room:Q"))
    return alt.layer(bars, totals, room).properties(height=alt.Step(38))


def _finding(view: View) -> str:
    """How much tariff cost comes from the largest origin."""
    costs = {COMPANY_LABELS[c]: view.at_year(c, "net_tariff_cost_jpy_bn") for c in COMPANIES}
    parts = [f"{name} {with_change(*cost, 'JPY bn')}" for name, cost in costs.items()]
    return f"Tariffs after own measures cost {' and '.join(parts)}"


TARIFF_BY_ORIGIN: Final = Figure(
    name="tariff_by_origin",
    title=lambda view: f"Net tariff cost by origin, {view.year_label}",
    columns={
        "company": "Company",
        "case": "Scenario or reference",
        "origin": "What pays the duty",
        "net_tariff_cost_jpy_bn": "Net tariff cost, JPY bn",
    },
    results=results_of(("net_tariff_cost_jpy_bn", *_ORIGINS)),
    records=_records,
    form=Custom(_chart, _marks),
    finding=_finding,
)
