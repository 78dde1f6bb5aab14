"""Charts: pure functions from a table to an Altair chart. No Streamlit, no model.

One colour per company; the scenario is solid and the reference dashed or pale, in the same colour;
gains and losses are told apart by sign and label as well as by colour. Bars start at zero.
"""

from typing import Final, TypeAlias

import altair as alt
import pandas as pd

Chart: TypeAlias = alt.Chart | alt.LayerChart | alt.HConcatChart | alt.VConcatChart | alt.FacetChart
"""Any chart this module makes."""

COMPANY_COLORS: Final = {"Honda": "#0072B2", "Nissan": "#D55E00"}
ORIGIN_COLORS: Final = ("#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#999999")
GAIN: Final = "#009E73"
LOSS: Final = "#CC79A7"
NUMBERS_FOR_PEOPLE: Final = {
    "number": {
        "decimal": ".",
        "thousands": ",",
        "grouping": [3],
        "currency": ["USD\N{NO-BREAK SPACE}", ""],
        "percent": "\N{NO-BREAK SPACE}%",
    }
}
"""How every axis and tooltip writes numbers: 25 % with its space, as in all words; a minus is a true one of itself."""

GREY: Final = "#8A949C"
"""What belongs to no company and to no case."""

COMPANY_SCALE: Final = alt.Scale(domain=list(COMPANY_COLORS), range=list(COMPANY_COLORS.values()))
_CASE_DASH: Final = alt.Scale(domain=["Scenario", "Reference"], range=[[1, 0], [5, 4]])


def unseen(base: alt.Chart) -> alt.Chart:
    """Points that nobody sees and no screen reader tells, for the room that an axis must have."""
    marks: alt.Chart = base.mark_point(opacity=0, aria=False)
    return marks


def zero_line(base: alt.Chart, axis: str = "x") -> alt.Chart:
    """A line where an axis is zero, to be seen on light and on dark ground; axis: "x" or "y"."""
    line: alt.Chart = base.mark_rule(strokeWidth=1, color=GREY, aria=False).encode(
        **{axis: alt.XDatum(0) if axis == "x" else alt.YDatum(0)}
    )
    return line


def company_color() -> alt.Color:
    """The company's colour, without a legend: charts name companies where their marks are."""
    return alt.Color("company:N", scale=COMPANY_SCALE, legend=None)


def lines_by_year(rows: pd.DataFrame, column: str, title: str, form: str) -> Chart:
    """One output over the fiscal years: a line per company, the reference dashed.

    rows: company, case, fiscal_year, the column, label_above, label_below; form: d3 format of its axis
    """
    base = alt.Chart(rows).encode(
        x=alt.X("fiscal_year:O", title=None, axis=alt.Axis(labelAngle=0), scale=alt.Scale(padding=0.5)),
        y=alt.Y(
            f"{column}:Q", title=title, axis=alt.Axis(format=form, tickCount=5), scale=alt.Scale(zero=True, nice=True)
        ),
        color=company_color(),
    )
    tooltip = [
        alt.Tooltip("company:N", title="Company"),
        alt.Tooltip("case:N", title="Case"),
        alt.Tooltip("fiscal_year:O", title="Fiscal year"),
        alt.Tooltip(f"{column}:Q", title=title, format=form),
    ]
    lines = base.mark_line(strokeWidth=2.5).encode(
        strokeDash=alt.StrokeDash(
            "case:N", scale=_CASE_DASH, legend=alt.Legend(title=None, orient="top", symbolType="stroke", symbolSize=300)
        ),
        tooltip=tooltip,
    )
    points = base.transform_filter("datum.case == 'Scenario'").mark_point(filled=True, size=45).encode(tooltip=tooltip)
    names = [
        base.mark_text(align="right", dy=dy, fontWeight="bold").encode(text=alt.Text(f"label_{place}:N"))
        for place, dy in (("above", -12), ("below", 16))
    ]
    return alt.layer(lines, points, *names).properties(height=280)


def waterfall(rows: pd.DataFrame, color: str) -> Chart:
    """From reference to scenario, one row per cause, effects labelled with their sign.

    rows: step, from_jpy_bn, to_jpy_bn, kind, label, right_jpy_bn (where the label begins), room_jpy_bn (where
        it ends at most); color: of the totals
    """
    order = list(rows["step"])
    kinds = alt.Scale(domain=["total", "gain", "loss"], range=[color, GAIN, LOSS])
    base = alt.Chart(rows).encode(
        y=alt.Y("step:N", sort=order, title=None, axis=alt.Axis(labelLimit=190, ticks=False, domain=False)),
        tooltip=[alt.Tooltip("step:N", title="Cause"), alt.Tooltip("label:N", title="Effect on operating profit")],
    )
    bars = base.mark_bar(height={"band": 0.68}).encode(
        x=alt.X("from_jpy_bn:Q", title="Operating profit, JPY bn", axis=alt.Axis(tickCount=5, format=",.0f")),
        x2=alt.X2("to_jpy_bn:Q"),
        color=alt.Color("kind:N", scale=kinds, legend=None),
    )
    labels = base.mark_text(align="left", dx=5).encode(x=alt.X("right_jpy_bn:Q"), text=alt.Text("label:N"))
    room = unseen(base).encode(x=alt.X("room_jpy_bn:Q"))
    zero = zero_line(alt.Chart(rows))
    return alt.layer(zero, bars, labels, room).properties(height=alt.Step(30))


def stacked_by_origin(rows: pd.DataFrame) -> Chart:
    """Net tariff cost by origin: a bar per company and case, scenario above its reference.

    rows: bar, case, origin, net_tariff_cost_jpy_bn, label
    """
    order = list(dict.fromkeys(rows["origin"]))
    scale = alt.Scale(domain=order, range=list(ORIGIN_COLORS))
    base = alt.Chart(rows).encode(
        y=alt.Y(
            "bar:N",
            sort=list(dict.fromkeys(rows["bar"])),
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
        opacity=alt.Opacity("case:N", scale=alt.Scale(domain=["Scenario", "Reference"], range=[1.0, 0.5]), legend=None),
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
