"""Forms that several figures of the plant are drawn in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import altair as alt
import pandas as pd

from pages.kit.axes import TO_THE_ENDS, beside, ends, extent, with_ends, zero
from pages.kit.charts import COMPANY_COLORS, GREY, Chart, company_color
from pages.kit.columns import Columns
from pages.kit.figure import Plain
from pages.kit.forms import Bars
from pages.kit.tables import Table
from pages.kit.view import View
from pages.kit.words import signed
from pages.plant.canton import TOLERANCE_KVEH

PALE: Final = 0.45  # opacity of a figure that is weaker than the others
OTHER: Final = "Other"  # the tone of what belongs to no company
_TONES: Final = {**COMPANY_COLORS, OTHER: GREY}
_ROOM_SHARE: Final = 0.16  # of the span of gains, for names above and below the lines


TONE: Final = alt.Color("tone:N", scale=alt.Scale(domain=list(_TONES), range=list(_TONES.values())), legend=None)
"""A company's colour for what is its own, and grey for the rest."""


def told_of_facts(name: str) -> dict[str, str]:
    """What a tooltip says of a figure that others print; name: column of the bars' names."""
    titles = {"label": "Figure", "period": "Where and when", "kind": "Figure is", "source": "Source"}
    return {name: "What", **titles}


def fact_bars(
    name: str, value: str, axis: str, words: Callable[[float], str], top: float = 0.0, of_model: str = OTHER
) -> Bars:
    """Figures that others print, as bars with their sources; a recalled one is pale and named so.

    The table has name, value, kind and source, and maybe period.
    name, value: columns of the bars' names, which begin with a company's where it is one's, and of their lengths
    axis: its title; top: its end, nothing where it ends with room beyond the longest bar
    words: of a value; of_model: whose colour a figure of the model has
    """

    def tone(named: str, kind: str) -> str:
        if kind == "model":
            return of_model
        return next((company for company in COMPANY_COLORS if named.startswith(company)), OTHER)

    def mark(table: Table, view: View) -> Columns:
        values = table.values
        recalled = [kind == "recalled" for kind in values["kind"]]
        return {
            **(with_ends(values, (0.0, top)) if top else values),
            "tone": [tone(*bar) for bar in zip(values[name], values["kind"], strict=True)],
            "strength": [PALE if pale else 1.0 for pale in recalled],
            "label": [
                words(amount) + (", recalled" if pale else "")
                for amount, pale in zip(values[value], recalled, strict=True)
            ],
        }

    digits = ".0%" if value.endswith("_share") else alt.Undefined
    titled = alt.Axis(title=axis, format=digits, tickCount=5)
    return Bars(mark, name, (value,), titled, told_of_facts(name), TONE)


@dataclass(frozen=True, eq=False)
class GainsOver(Plain):
    """What each company gains over an assumption: a line per company, rules at marked values.

    The table has company, key and gain_jpy_bn.
    key: column of what is swept; axis: its title; words: of its value
    marked: from a view to name and value of what is marked, two at most; digits: of the axis, as d3 writes them
    """

    key: str
    axis: str
    words: Callable[[float], str]
    marked: Callable[[View], Mapping[str, float]]
    digits: str = ""

    def marks(self, table: Table, view: View) -> Columns:
        """The values with the lines' names at one of their ends; the first rows hold what is marked."""
        values = table.values
        companies, swept, gains = values["company"], values[self.key], values["gain_jpy_bn"]
        marked = self.marked(view)
        reach = max(*swept, *marked.values(), TOLERANCE_KVEH)
        right = list({company: row for row, company in enumerate(companies)}.values())
        left = [0, *(row + 1 for row in right[:-1])]

        def is_free_and_wide(ends: list[int]) -> tuple[bool, float]:
            place, reached = swept[ends[0]], [gains[row] for row in ends]
            return all(abs(at - place) >= 0.25 * reach for at in marked.values()), max(reached) - min(reached)

        # Named where the lines are farther apart, each on its outer side, so that the names never meet.
        named = max(left, right, key=is_free_and_wide)
        lower = min(named, key=lambda row: gains[row])
        bottom, top = extent(gains, _ROOM_SHARE, above=True)
        # The lower name has its room also where its line ends at zero, and no gain is below it.
        room = _ROOM_SHARE * (max(0.0, *gains) - min(0.0, *gains))
        return {
            **with_ends(values, (min(bottom, gains[lower] - room), top)),
            **_marked(marked, reach, len(companies)),
            "name_side": [-1.0 if named is right else 1.0] * len(companies),
            "name_dy": [16.0 if row == lower else -12.0 for row in range(len(companies))],
            "label_name": [company if row in named else "" for row, company in enumerate(companies)],
            "label_point": [self.words(value) for value in swept],
            "label": [signed(gain, "JPY bn") for gain in gains],
        }

    def chart(self, marks: pd.DataFrame) -> Chart:
        """Lines with their names, and rules."""
        axis = alt.Axis(format=self.digits, tickCount=5) if self.digits else alt.Axis(tickCount=5)
        base = alt.Chart(marks).encode(
            x=alt.X(f"{self.key}:Q", title=self.axis, axis=axis, scale=TO_THE_ENDS),
            y=alt.Y(
                "gain_jpy_bn:Q", title="Operating profit, JPY bn a year", scale=TO_THE_ENDS, axis=alt.Axis(tickCount=5)
            ),
            color=company_color(),
            tooltip=[
                alt.Tooltip("company:N", title="Company"),
                alt.Tooltip("label_point:N", title=self.axis),
                alt.Tooltip("label:N", title="Effect on operating profit"),
            ],
        )
        lines = base.mark_line(strokeWidth=2.5)
        names = (
            base.transform_filter("datum.label_name != ''")
            .mark_text(**beside("name_side", 4), dy=alt.expr("datum.name_dy"), fontWeight="bold")
            .encode(text=alt.Text("label_name:N"))
        )
        marked = alt.Chart(marks).transform_filter("datum.label_mark != ''").encode(x=alt.X("mark_at:Q"))
        rules = marked.mark_rule(strokeDash=[3, 3], strokeWidth=1.5, color=GREY)
        mark_names = marked.mark_text(**beside("mark_side", 5), dy=alt.expr("datum.mark_dy")).encode(
            y=alt.Y("room_low:Q"), text=alt.Text("label_mark:N")
        )
        layers = (ends(marks, "y"), zero(marks, "y"), lines, names, rules, mark_names)
        return alt.layer(*layers).properties(height=280)


def _marked(marked: Mapping[str, float], reach: float, count: int) -> Columns:
    """Where rules and their names stand, in the first rows of as many as count; reach: of the axis."""
    drawn: list[tuple[str, float, float, float]] = []
    for rank, (name, at) in enumerate(sorted(marked.items(), key=lambda mark: mark[1])):
        # The lower one is named on its left, the higher one on its right, as far as there is room.
        is_far = at > 0.75 * reach
        leftward = is_far or (len(marked) > 1 and rank == 0 and at > 0.3 * reach)
        drawn.append((name, at, -1.0 if leftward else 1.0, -9.0 - 15.0 * (rank if is_far else 0)))
    none = [("", 0.0, 0.0, 0.0)] * (count - len(drawn))
    columns = zip(*[*drawn, *none], strict=True)
    return dict(zip(("label_mark", "mark_at", "mark_side", "mark_dy"), map(list, columns), strict=True))
