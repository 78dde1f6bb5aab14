"""What charts have in common: colours, numbers, marks that nobody sees. No Streamlit, no model.

One colour per company; the scenario is solid and the reference dashed or pale, in the same colour;
gains and losses are told apart by sign and label as well as by colour. Bars start at zero.
"""

from typing import Final, TypeAlias

import altair as alt

Chart: TypeAlias = alt.Chart | alt.LayerChart | alt.HConcatChart | alt.VConcatChart | alt.FacetChart
"""Any chart."""

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
CASE_DASH: Final = alt.Scale(domain=["Scenario", "Reference"], range=[[1, 0], [5, 4]])
CASE_DASH_PINNED: Final = alt.Scale(domain=["Scenario", "Reference", "Pinned"], range=[[1, 0], [5, 4], [1, 2]])
PIN_WIDTH: Final = 1.2
"""Width of a line of the pinned case [pixels]."""

CASE_OPACITY: Final = alt.Opacity(
    "case:N",
    # Left to itself, a scale from names to numbers spreads them evenly between the first and the last.
    scale=alt.Scale(type="ordinal", domain=["Scenario", "Reference", "Pinned"], range=[1.0, 0.5, 0.3]),
    legend=None,
)


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


def company_color(legend: alt.Legend | None = None) -> alt.Color:
    """The company's colour, without a legend where the chart names companies at their marks."""
    return alt.Color("company:N", scale=COMPANY_SCALE, legend=legend)
