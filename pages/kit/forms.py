"""Forms that several figures are drawn in. One that needs more than ten settings is no form: see `Custom`."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import altair as alt
import pandas as pd

from pages.kit.axes import TO_THE_ENDS, ends, extent, named_rows, strength, with_ends, zero
from pages.kit.charts import CASE_DASH, CASE_DASH_PINNED, GAIN, LOSS, PIN_WIDTH, Chart, company_color, unseen, zero_line
from pages.kit.columns import Columns
from pages.kit.figure import Plain, Told, of_view
from pages.kit.tables import PINNED, SCENARIO, Table
from pages.kit.view import View
from pages.kit.words import quantity, signed

_ROW_PX: Final = 34
_GAP_PX: Final = 8
_RANK_PX: Final = 50
_LINE_PX: Final = 15


@dataclass(frozen=True, eq=False)
class LinesByYear(Plain):
    """One output over the fiscal years: a line per company, named at its end, the reference dashed, a pin thin.

    The table has company, case, fiscal_year and the column.
    axis: its title; digits: the axis' numbers, as d3 writes them
    """

    column: str
    axis: str
    digits: str

    def marks(self, table: Table, view: View) -> Columns:
        """The values with the company's name at the end of its line, above the upper and below the lower."""
        values = table.values
        companies, years = values["company"], values["fiscal_year"]
        at_end = [year == years[-1] and case == SCENARIO for year, case in zip(years, values["case"], strict=True)]
        last = zip(values[self.column], companies, at_end, strict=True)
        _, upper = max(((value, company) for value, company, end in last if end), key=lambda one: one[0])
        names = [company if end else "" for company, end in zip(companies, at_end, strict=True)]
        return {
            **values,
            "label_above": [name if name == upper else "" for name in names],
            "label_below": [name if name != upper else "" for name in names],
        }

    def chart(self, marks: pd.DataFrame) -> Chart:
        """Lines, points of the scenario, and names."""
        base = alt.Chart(marks).encode(
            x=alt.X("fiscal_year:O", title=None, axis=alt.Axis(labelAngle=0), scale=alt.Scale(padding=0.5)),
            y=alt.Y(
                f"{self.column}:Q",
                title=self.axis,
                axis=alt.Axis(format=self.digits, tickCount=5),
                scale=alt.Scale(zero=True, nice=True),
            ),
            color=company_color(),
        )
        tooltip = [
            alt.Tooltip("company:N", title="Company"),
            alt.Tooltip("case:N", title="Case"),
            alt.Tooltip("fiscal_year:O", title="Fiscal year"),
            alt.Tooltip(f"{self.column}:Q", title=self.axis, format=self.digits),
        ]
        has_pin = PINNED in set(marks["case"])
        lines = base.mark_line(strokeWidth=2.5).encode(
            strokeDash=alt.StrokeDash(
                "case:N",
                scale=CASE_DASH_PINNED if has_pin else CASE_DASH,
                legend=alt.Legend(title=None, orient="top", symbolType="stroke", symbolSize=300),
            ),
            tooltip=tooltip,
        )
        if has_pin:
            thin = alt.when(alt.datum.case == PINNED).then(alt.value(PIN_WIDTH)).otherwise(alt.value(2.5))
            lines = lines.encode(strokeWidth=thin)
        points = (
            base.transform_filter("datum.case == 'Scenario'").mark_point(filled=True, size=45).encode(tooltip=tooltip)
        )
        names = [
            base.mark_text(align="right", dy=dy, fontWeight="bold").encode(text=alt.Text(f"label_{place}:N"))
            for place, dy in (("above", -12), ("below", 16))
        ]
        return alt.layer(lines, points, *names).properties(height=280)


@dataclass(frozen=True, eq=False)
class Waterfall:
    """From one total to another, one bar per cause from a line at the first total: effects are on a scale of their own.

    The table has step, effect_jpy_bn, from_jpy_bn, to_jpy_bn and kind: total, gain or loss. Of the first total its
    words stand on the line, of the last the distance is a bar.
    color: of the last total
    """

    color: Told[str]

    def marks(self, table: Table, view: View) -> Columns:
        """The values with the label of each bar, where it begins and where it ends at most."""
        values = table.values
        labels = [
            quantity(effect, "JPY bn") if kind == "total" else signed(effect, "JPY bn")
            for effect, kind in zip(values["effect_jpy_bn"], values["kind"], strict=True)
        ]
        first = values["to_jpy_bn"][0]
        begins = [
            0.0 if kind == "total" else begin - first
            for begin, kind in zip(values["from_jpy_bn"], values["kind"], strict=True)
        ]
        ends = [end - first for end in values["to_jpy_bn"]]
        right = [max(span) for span in zip(begins, ends, strict=True)]
        room = 0.3 * (max(*right, 0.0) - min(*begins, *ends, 0.0))
        return {
            **values,
            "label": labels,
            "begins_jpy_bn": begins,
            "ends_jpy_bn": ends,
            "right_jpy_bn": right,
            "room_jpy_bn": [end + room for end in right],
        }

    def arguments(self, view: View) -> tuple[Hashable, ...]:
        """The colour of the totals."""
        return (of_view(self.color, view),)

    def chart(self, marks: pd.DataFrame, color: str) -> Chart:
        """Bars from left to right, one below the other."""
        order = list(marks["step"])
        kinds = alt.Scale(domain=["total", "gain", "loss"], range=[color, GAIN, LOSS])
        base = alt.Chart(marks).encode(
            y=alt.Y("step:N", sort=order, title=None, axis=alt.Axis(labelLimit=190, ticks=False, domain=False)),
            tooltip=[alt.Tooltip("step:N", title="Cause"), alt.Tooltip("label:N", title="Effect on operating profit")],
        )
        axis = alt.Axis(tickCount=5, format="+,~f")
        bars = base.mark_bar(height={"band": 0.68}).encode(
            x=alt.X("begins_jpy_bn:Q", title="Change of operating profit, JPY bn", axis=axis),
            x2=alt.X2("ends_jpy_bn:Q"),
            color=alt.Color("kind:N", scale=kinds, legend=None),
        )
        labels = base.mark_text(align="left", dx=5).encode(x=alt.X("right_jpy_bn:Q"), text=alt.Text("label:N"))
        room = unseen(base).encode(x=alt.X("room_jpy_bn:Q"))
        return alt.layer(zero_line(alt.Chart(marks)), bars, labels, room).properties(height=alt.Step(30))


@dataclass(frozen=True, eq=False)
class NamedBars(Plain):
    """Bars by rank, the first on top: above each its name on the left, and its value in words on the right.

    mark: from the table to rank, column, words, label_name, and label, which is what a bar says
    column: how long a bar is, with title and d3 format of its axis; told: title of what a bar says
    words: column of the words on the right; small: smaller than the chart's other words
    color: of the bars; nothing where their sign tells gains from losses; height: in pixels
    over: what else is drawn on each row, made from its place
    """

    mark: Callable[[Table, View], Columns]
    column: str
    axis: str
    digits: str
    told: str
    words: str
    height: int
    color: str | None = None
    over: Callable[[alt.Chart], Sequence[alt.Chart]] | None = None
    small: bool = False

    def marks(self, table: Table, view: View) -> Columns:
        """What is drawn."""
        return self.mark(table, view)

    def chart(self, marks: pd.DataFrame) -> Chart:
        """Bars, what stands over them, names and words; the line at zero where bars go both ways."""
        base = alt.Chart(marks).encode(y=alt.Y("rank:O", axis=None), tooltip=[alt.Tooltip("label:N", title=self.told)])
        bars = base.mark_bar(height=self.height, color=self.color or alt.Undefined).encode(
            x=alt.X(f"{self.column}:Q", title=self.axis, axis=alt.Axis(format=self.digits, tickCount=5)),
            description=alt.Description("label:N"),
        )
        names = base.mark_text(align="left", dy=-_LINE_PX, fontWeight="bold").encode(
            x=alt.value(0), text=alt.Text("label_name:N")
        )
        size = 11 if self.small else alt.Undefined
        words = base.mark_text(align="right", dy=-_LINE_PX, fontSize=size).encode(
            x=alt.value("width"), text=alt.Text(f"{self.words}:N")
        )
        over = self.over(base) if self.over else ()
        if self.color:
            return alt.layer(bars, *over, names, words).properties(height=alt.Step(_RANK_PX))
        by_sign = alt.condition(getattr(alt.datum, self.column) < 0, alt.value(LOSS), alt.value(GAIN))
        line = zero_line(alt.Chart(marks).transform_filter(alt.datum.rank == 1))  # one line, not one for each row
        layers = (line, bars.encode(color=by_sign), *over, names, words)
        return alt.layer(*layers).properties(height=alt.Step(_RANK_PX))


@dataclass(frozen=True, eq=False)
class Bars(Plain):
    """Bars one below the other, each with a label at its right end, and room for it.

    mark: from the table to what is drawn: label, and, where there are such, strength, which is a bar's opacity; right,
        where labels stand, if not at the ends of bars; room_low and room_high, the ends of the axis, if others
    name: column of the bars' names; reach: columns of where bars end, from zero, or of where they begin and end
    axis: with its title; told: column to title in tooltips, of what the marks hold
    color: of every bar, or by column; room: for labels, as a share of what the bars span
    line: whether there is one at zero; over: what else is drawn, from the marks
    """

    mark: Callable[[Table, View], Columns]
    name: str
    reach: tuple[str] | tuple[str, str]
    axis: alt.Axis
    told: Mapping[str, str]
    color: str | alt.Color
    room: float = 0.3
    line: bool = False
    over: Callable[[pd.DataFrame], Sequence[alt.Chart]] | None = None

    def marks(self, table: Table, view: View) -> Columns:
        """What is drawn, with the ends of the axis and where labels stand."""
        marks = self.mark(table, view)
        last = marks[self.reach[-1]]
        first = marks[self.reach[0]] if len(self.reach) > 1 else [0.0] * len(last)
        right = [max(pair) for pair in zip(first, last, strict=True)]
        # Labels stand right of zero also where bars go to its left.
        return {**with_ends({"right": right}, extent([*first, *last], self.room, above=True)), **marks}

    def chart(self, marks: pd.DataFrame) -> Chart:
        """Bars and labels, with what is drawn over them."""
        base = alt.Chart(marks).encode(
            y=named_rows(f"{self.name}:N", marks[self.name]),
            tooltip=[alt.Tooltip(f"{column}:N", title=title) for column, title in self.told.items() if column in marks],
        )
        reach: dict[str, alt.X | alt.X2] = {"x": alt.X(f"{self.reach[0]}:Q", axis=self.axis, scale=TO_THE_ENDS)}
        if len(self.reach) > 1:
            reach["x2"] = alt.X2(f"{self.reach[1]}:Q")
        color = alt.value(self.color) if isinstance(self.color, str) else self.color
        bars = base.mark_bar(height={"band": 0.62}).encode(**reach, color=color)
        if "strength" in marks:
            bars = bars.encode(opacity=strength())
        labels = base.mark_text(align="left", dx=5).encode(x=alt.X("right:Q"), text=alt.Text("label:N"))
        line = [zero(marks, "x")] if self.line else []
        over = self.over(marks) if self.over else ()
        return alt.layer(ends(marks, "x"), *line, bars, labels, *over).properties(height=alt.Step(_ROW_PX))


@dataclass(frozen=True, eq=False)
class StackedBars(Plain):
    """Bars one below the other, each of parts to the left and to the right of zero, its sum in words beyond an end.

    mark: from the table to what is drawn: rank, a part's place in its bar; label_total, the sum, beside one part of
        each bar or of each side of it; end, where it stands; room_low and room_high, the ends of the axis
    name: column of the bars' names; amount: how long a part is; axis: with its title; told: column to title in tooltips
    color: of the parts, from the marks; opacity: of parts that differ by it; height: of a row [pixels]
    rounded: whether the axis goes on to the next round number
    """

    mark: Callable[[Table, View], Columns]
    name: str
    amount: str
    axis: alt.Axis
    told: Mapping[str, str]
    color: Callable[[pd.DataFrame], alt.Color]
    height: int
    opacity: alt.Opacity | None = None
    rounded: bool = False

    def marks(self, table: Table, view: View) -> Columns:
        """What is drawn."""
        return self.mark(table, view)

    def chart(self, marks: pd.DataFrame) -> Chart:
        """A line at zero, bars of parts, and their sums."""
        base = alt.Chart(marks).encode(y=named_rows(f"{self.name}:N", marks[self.name]))
        scale = alt.Scale(zero=True, nice=True) if self.rounded else TO_THE_ENDS
        bars = base.mark_bar(height={"band": 0.6}).encode(
            x=alt.X(f"{self.amount}:Q", stack="zero", axis=self.axis, scale=scale),
            color=self.color(marks),
            order=alt.Order("rank:Q"),
            tooltip=[alt.Tooltip(f"{column}:N", title=title) for column, title in self.told.items()],
        )
        if self.opacity:
            bars = bars.encode(opacity=self.opacity)
        left, gap = "datum.end < 0", _GAP_PX
        sums = (
            base.transform_filter("datum.label_total != ''")
            .mark_text(
                align=alt.expr(f"{left} ? 'right' : 'left'"), dx=alt.expr(f"{left} ? -{gap} : {gap}"), fontWeight="bold"
            )
            .encode(x=alt.X("end:Q"), text=alt.Text("label_total:N"))
        )
        layers = (ends(marks, "x"), zero(marks, "x"), bars, sums)
        return alt.layer(*layers).properties(height=alt.Step(self.height))
