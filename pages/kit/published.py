"""A form for numbers as published, beside what is computed for them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import altair as alt
import pandas as pd

from pages.kit.charts import GREY, Chart, company_color, unseen
from pages.kit.columns import Columns
from pages.kit.figure import Plain
from pages.kit.tables import Table
from pages.kit.view import View

_KEY: Final = "#7B8794"  # of a legend that tells shapes alone: read on white and on dark
_NONE: Final = alt.Undefined
_PLACES: Final = {1: (10, (_NONE,)), 2: (12, (-7, 7))}  # of words at a row's end, by their number: right and down
_ROW_HEIGHT: Final = {1: 36, 2: 38}  # by number of words


@dataclass(frozen=True, eq=False)
class PublishedBeside(Plain):
    """A bar from zero for each number published, a point on it for the one computed, and words at its end.

    mark: from the table to the marks: row, a name of lines parted by bars; mark, what a point tells; labels; and
        published, right, room and what is computed, each column ending in the unit
    computed: how the column begins that points show
    title, axis: of the figures; tooltip: of a row
    points: by mark its shape and its colour; where that is empty, bars and points have their company's
    labels: columns of the words at the end of a row, one or two; the last is bold
    name_width: of the names [pixels]
    goal: whether a line leads from low to high, columns in the unit
    """

    mark: Callable[[Table], Columns]
    computed: str
    unit: str
    title: str
    axis: alt.Axis
    tooltip: tuple[alt.Tooltip, ...]
    points: Mapping[str, tuple[str, str]]
    labels: tuple[str, ...]
    name_width: int
    goal: bool = False

    def marks(self, table: Table, view: View) -> Columns:
        """What is drawn of the table."""
        return self.mark(table)

    def chart(self, marks: pd.DataFrame) -> Chart:
        """One row below the other."""
        names = alt.Axis(ticks=False, domain=False, labelLimit=self.name_width, labelExpr="split(datum.label, '|')")
        base = alt.Chart(marks).encode(
            y=alt.Y("row:N", sort=list(marks["row"]), title=None, axis=names), tooltip=list(self.tooltip)
        )
        quiet = alt.value(None) if self.goal else _NONE
        goal = base.mark_rule(strokeWidth=2, color=GREY, aria=False).encode(
            x=alt.X(f"low_{self.unit}:Q"), x2=alt.X2(f"high_{self.unit}:Q"), tooltip=quiet
        )
        room = unseen(base).encode(x=alt.X(f"room_{self.unit}:Q"), tooltip=quiet)
        layers = [self._bars(base), *([goal] if self.goal else []), self._points(base), *self._words(base), room]
        return alt.layer(*layers).properties(height=alt.Step(_ROW_HEIGHT[len(self.labels)]))

    @property
    def _of_company(self) -> bool:
        return not any(color for _, color in self.points.values())

    def _bars(self, base: alt.Chart) -> alt.Chart:
        color, of_company = (_NONE, company_color()) if self._of_company else (GREY, _NONE)
        scale = alt.Scale(zero=True, nice=False)
        bars: alt.Chart = base.mark_bar(height={"band": 0.5}, color=color, opacity=0.4).encode(
            x=alt.X(f"published_{self.unit}:Q", title=self.title, axis=self.axis, scale=scale), color=of_company
        )
        return bars

    def _points(self, base: alt.Chart) -> alt.Chart:
        names, key = list(self.points), _KEY if self._of_company else _NONE
        shapes, colors = ([looks[n] for looks in self.points.values()] for n in (0, 1))
        of_mark = alt.Color("mark:N", scale=alt.Scale(domain=names, range=colors))
        points: alt.Chart = base.mark_point(filled=True, size=130, opacity=1).encode(
            x=alt.X(f"{self.computed}_{self.unit}:Q"),
            color=company_color() if self._of_company else of_mark,
            shape=alt.Shape(
                "mark:N",
                scale=alt.Scale(domain=names, range=shapes),
                legend=alt.Legend(title=None, orient="top", columns=1, symbolFillColor=key, symbolStrokeColor=key),
            ),
        )
        return points

    def _words(self, base: alt.Chart) -> list[alt.Chart]:
        right, down = _PLACES[len(self.labels)]
        last = self.labels[-1]
        return [
            base.mark_text(align="left", dx=right, dy=dy, fontWeight="bold" if label == last else "normal").encode(
                x=alt.X(f"right_{self.unit}:Q"), text=alt.Text(f"{label}:N")
            )
            for label, dy in zip(self.labels, down, strict=True)
        ]
