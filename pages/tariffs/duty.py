"""Duty by origin, before and after own measures: table, marks, chart, words and finding."""

from collections.abc import Iterator, Mapping
from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from model.editions import COMPANIES, COMPANY_LABELS
from model.outputs import OUTPUTS
from pages.kit.charts import CASE_OPACITY, ORIGIN_COLORS, Chart, unseen
from pages.kit.columns import Columns, rows_where
from pages.kit.figure import Custom, Figure
from pages.kit.results import results_of
from pages.kit.tables import REFERENCE, SCENARIO, Table, cases
from pages.kit.view import View
from pages.kit.words import DUST, in_sentence, listed, number, percent, quantity, with_change
from pages.tariffs import basis, case_bars

ORIGINS: Final = ("usmca", "japan", "parts", "materials", "other")
"""What pays duty, as output names spell it."""


BEFORE_OFFSET: Final = "parts_before_offset_jpy_bn"
OFFSET_USED: Final = "offset_used_jpy_bn"


def origin_label(origin: str) -> str:
    """The name of what pays duty, such as "Japan cars"."""
    return OUTPUTS[f"net_{origin}_duty_jpy_bn"].label


def _records(view: View) -> list[tuple[object, ...]]:
    """Gross duty, what own measures recover of it, and net duty, by company, case and origin."""
    records: list[tuple[object, ...]] = []
    for company in COMPANIES:
        for case, projection in cases(view):
            outputs = projection.company[company]
            for origin, gross, net in _origins(outputs, view.year):
                records.append((COMPANY_LABELS[company], case, origin_label(origin), gross, gross - net, net))
    return records


def _origins(outputs: Mapping[str, object], year: int) -> Iterator[tuple[str, float, float]]:
    """Origin, gross and net duty."""
    for origin in ORIGINS:
        gross, net = (float(np.asarray(outputs[f"{form}_{origin}_duty_jpy_bn"])[year]) for form in ("gross", "net"))
        yield origin, gross, net


def _marks(table: Table, view: View) -> Columns:
    """What the duty chart draws: bar, rank within the bar, and amounts in words; no origin that pays nothing."""
    values = case_bars.of_cases(table, view)
    amounts = zip(values["origin"], values["gross_duty_jpy_bn"], strict=True)
    due = {origin_label(ORIGINS[0]), *(origin for origin, gross in amounts if gross > DUST)}
    values = rows_where(values, [origin in due for origin in values["origin"]])
    ranks = {origin: rank for rank, origin in enumerate(dict.fromkeys(values["origin"]))}
    return {
        **values,
        "rank": [ranks[origin] for origin in values["origin"]],
        "label_gross": [quantity(value, "JPY bn") for value in values["gross_duty_jpy_bn"]],
        "label_net": [quantity(value, "JPY bn") for value in values["net_duty_jpy_bn"]],
    }


def duty_in_words(table: Table) -> Columns:
    """The duty as a reader wants it: a line per origin, then own measures and what is left, changes in brackets."""
    values = table.values
    origins = list(dict.fromkeys(values["origin"]))
    sums = ("Gross duty", "Own measures", "Net duty")
    found = {"JPY bn a year": [*origins, *(f"**{line}**" for line in sums)]}
    for company in dict.fromkeys(values["company"]):
        amounts = []
        for case in (SCENARIO, REFERENCE):
            owners = zip(values["company"], values["case"], strict=True)
            own = rows_where(values, [owner == (company, case) for owner in owners])
            gross, measures, net = own["gross_duty_jpy_bn"], own["own_measures_jpy_bn"], own["net_duty_jpy_bn"]
            amounts.append([*gross, sum(gross), -sum(measures), sum(net)])
        found[company] = [_cell(value, base) for value, base in zip(*amounts, strict=True)]
    return found


def _cell(value: float, reference: float) -> str:
    """An amount without its unit, and its change in brackets."""
    change = number(value - reference, 0)
    if change == "0":
        return number(value, 0)
    return f"{number(value, 0)} ({'+' if value > reference else ''}{change})"


def _chart(marks: pd.DataFrame) -> Chart:
    """Gross duty by origin, a bar per company and case; a tick marks what is left after own measures.

    marks: bar, company, case, origin, gross_duty_jpy_bn, net_duty_jpy_bn, rank, label_gross, label_net
    """
    base = alt.Chart(marks).encode(y=case_bars.bar_axis(marks))
    bars = base.mark_bar(height={"band": 0.62}).encode(
        x=alt.X(
            "gross_duty_jpy_bn:Q",
            title="Gross duty, JPY bn a year",
            stack="zero",
            axis=alt.Axis(tickCount=4, grid=False),
            scale=alt.Scale(nice=False),
        ),
        color=alt.Color(
            "origin:N",
            scale=alt.Scale(domain=[origin_label(origin) for origin in ORIGINS], range=list(ORIGIN_COLORS)),
            legend=case_bars.legend(list(dict.fromkeys(marks["origin"])), 2),
        ),
        order=alt.Order("rank:Q"),
        opacity=CASE_OPACITY,
        tooltip=[
            alt.Tooltip("company:N", title="Company"),
            alt.Tooltip("case:N", title="Case"),
            alt.Tooltip("origin:N", title="What pays"),
            alt.Tooltip("label_gross:N", title="Gross duty"),
            alt.Tooltip("label_net:N", title="After own measures"),
        ],
    )
    summed = base.transform_aggregate(gross="sum(gross_duty_jpy_bn)", net="sum(net_duty_jpy_bn)", groupby=["bar"])
    words = "format(datum.gross, ',.0f') + ', net ' + format(datum.net, ',.0f')"
    ticks = summed.mark_tick(thickness=3, color="#E8EDF2", height={"band": 0.62}).encode(x=alt.X("net:Q"))
    inner = summed.mark_tick(thickness=1.5, color="#1B2530", height={"band": 0.62}).encode(x=alt.X("net:Q"))
    labels = (
        summed.transform_calculate(words=words)
        .mark_text(align="left", dx=5)
        .encode(x=alt.X("gross:Q"), text=alt.Text("words:N"))
    )
    room = unseen(summed.transform_calculate(room="datum.gross * 1.38")).encode(x=alt.X("room:Q"))
    return alt.layer(bars, ticks, inner, labels, room).properties(height=alt.Step(40))


def offset_words(view: View) -> str:
    """What the offset for cars built in the US takes off the duty on parts."""
    before, used = ([view.at_year(c, name)[0] for c in COMPANIES] for name in (BEFORE_OFFSET, OFFSET_USED))
    if max(used) <= DUST:
        return "No offset is used." if max(before) > DUST else ""
    names = list(COMPANY_LABELS.values())
    amounts = [
        f"{quantity(off, 'JPY bn')} of {quantity(due, 'JPY bn')} at {name}"
        for name, due, off in zip(names, before, used, strict=True)
    ]
    return f"The offset for cars built in the US takes {listed(amounts)} off the duty on parts."


def _finding(view: View) -> str:
    """The gross duty of both companies, its change, and where most of it falls."""
    amounts, where = [], []
    for company in COMPANIES:
        name = COMPANY_LABELS[company]
        gross, reference = view.at_year(company, "gross_tariff_cost_jpy_bn")
        amounts.append(f"{name} {with_change(gross, reference, 'JPY bn')}")
        if gross > DUST:
            origin, largest, _ = max(_origins(view.projection.company[company], view.year), key=lambda row: row[1])
            where.append(
                (
                    name,
                    in_sentence(origin_label(origin)),
                    percent(largest / gross, 0),
                )
            )
    start = f"Gross duty: {amounts[0]}, {amounts[1]}"
    if not where:
        return f"{start}. No duty is due"
    if len(where) == len(COMPANIES) and len({origin for _, origin, _ in where}) == 1:
        return f"{start}. {where[0][1]} make up {where[0][2]} and {where[1][2]}"
    return f"{start}. Most of it: {listed([f'{origin} at {name} ({share})' for name, origin, share in where])}"


def _note(view: View) -> str:
    tick = "The tick marks net duty: what is left after own measures."
    return f"{tick} {offset_words(view)} {basis.basis(view, basis.DUTY_BASIS)}"


DUTY_BY_ORIGIN: Final = Figure(
    name="duty_by_origin",
    title=lambda view: f"Duty by origin, {view.year_label}",
    columns={
        "company": "Company",
        "case": "Scenario or reference",
        "origin": "What pays the duty",
        "gross_duty_jpy_bn": "Duty before own measures, JPY bn a year",
        "own_measures_jpy_bn": "Recovered by the company's own measures, JPY bn a year",
        "net_duty_jpy_bn": "Duty after own measures, JPY bn a year",
    },
    results=results_of(
        (
            "gross_tariff_cost_jpy_bn",
            *(f"gross_{origin}_duty_jpy_bn" for origin in ORIGINS),
            "own_measures_jpy_bn",
            "net_tariff_cost_jpy_bn",
        )
    ),
    records=_records,
    form=Custom(_chart, _marks),
    finding=_finding,
    note=_note,
)
