"""What Canton adds to each company's profit while one assumption is swept: records, rows and chart."""

from typing import Final

import altair as alt
import pandas as pd

from model import sweeps
from model.editions import COMPANIES, COMPANY_LABELS
from model.measures import Points
from model.projection import Projection
from pages.parts.charts import GREY, Chart, company_color
from pages.parts.columns import Columns
from pages.parts.plant.marks import TO_THE_ENDS, beside, ends, with_room, zero
from pages.parts.plant.reading import TOLERANCE_KVEH, gain_by_year
from pages.parts.tables import Table
from pages.parts.view import View
from pages.parts.words import signed

GAIN_COLUMN: Final = "What Canton adds to operating profit, JPY bn a year, in expectation"
SWEEP_POINTS: Final = 41

_ROOM_SHARE: Final = 0.16  # of the span of gains, for names above and below the lines


def gain_sweep(view: View, key: str, points: Points, year: int) -> tuple[Projection, list[tuple[object, ...]]]:
    """The sweep, and the gain of each company in a year at each point as records of company, point and gain."""
    swept = sweeps.sweep(view.scenario, key, points)
    records: list[tuple[object, ...]] = [
        (COMPANY_LABELS[company], float(point), float(gain))
        for company in COMPANIES
        for point, gain in zip(points, gain_by_year(swept, company)[:, year], strict=True)
    ]
    return swept, records


def sweep_rows(table: Table, key: str, points: list[str], marks: dict[str, float]) -> Columns:
    """What a sweep draws, with the lines' names at one of their ends; the first rows hold the marks.

    key: column of what is swept; points: its values in words; marks: name to place
    """
    values = table.values
    companies, swept, gains = values["company"], values[key], values["gain_jpy_bn"]
    reach = max(*swept, *marks.values(), TOLERANCE_KVEH)
    right = list({company: row for row, company in enumerate(companies)}.values())
    left = [0, *(row + 1 for row in right[:-1])]

    def is_free_and_wide(ends: list[int]) -> tuple[bool, float]:
        place, reached = swept[ends[0]], [gains[row] for row in ends]
        return all(abs(at - place) >= 0.25 * reach for at in marks.values()), max(reached) - min(reached)

    # Named where the lines are farther apart, each on its outer side, so that the names never meet.
    named = max(left, right, key=is_free_and_wide)
    lower = min(named, key=lambda row: gains[row])
    drawn: list[tuple[str, float, float, float]] = []
    for rank, (name, at) in enumerate(sorted(marks.items(), key=lambda mark: mark[1])):
        # The lower one is named on its left, the higher one on its right, as far as there is room.
        is_far = at > 0.75 * reach
        leftward = is_far or (len(marks) > 1 and rank == 0 and at > 0.3 * reach)
        drawn.append((name, at, -1.0 if leftward else 1.0, -9.0 - 15.0 * (rank if is_far else 0)))
    none = [("", 0.0, 0.0, 0.0)] * (len(companies) - len(drawn))
    marked = zip(("label_mark", "mark_at", "mark_side", "mark_dy"), zip(*[*drawn, *none], strict=True), strict=True)
    roomy = with_room(values, gains, _ROOM_SHARE)
    # The lower name has its room also where its line ends at zero, and no gain is below it.
    room = _ROOM_SHARE * (max(0.0, *gains) - min(0.0, *gains))
    bottom = min(roomy["room_low"][0], gains[lower] - room)
    return {
        **roomy,
        "room_low": [bottom] * len(companies),
        **{column: list(of_marks) for column, of_marks in marked},
        "name_side": [-1.0 if named is right else 1.0] * len(companies),
        "name_dy": [16.0 if row == lower else -12.0 for row in range(len(companies))],
        "label_name": [company if row in named else "" for row, company in enumerate(companies)],
        "label_point": points,
        "label": [signed(gain, "JPY bn") for gain in gains],
    }


def sweep_chart(rows: pd.DataFrame, key: str, x_title: str, axis: alt.Axis) -> Chart:
    """A line per company over an assumption, rules at marked values.

    rows: of `sweep_rows`; key: column of what is swept
    """
    base = alt.Chart(rows).encode(
        x=alt.X(f"{key}:Q", title=x_title, axis=axis, scale=TO_THE_ENDS),
        y=alt.Y(
            "gain_jpy_bn:Q", title="Operating profit, JPY bn a year", scale=TO_THE_ENDS, axis=alt.Axis(tickCount=5)
        ),
        color=company_color(),
        tooltip=[
            alt.Tooltip("company:N", title="Company"),
            alt.Tooltip("label_point:N", title=x_title),
            alt.Tooltip("label:N", title="Effect on operating profit"),
        ],
    )
    lines = base.mark_line(strokeWidth=2.5)
    names = (
        base.transform_filter("datum.label_name != ''")
        .mark_text(**beside("name_side", 4), dy=alt.expr("datum.name_dy"), fontWeight="bold")
        .encode(text=alt.Text("label_name:N"))
    )
    marked = alt.Chart(rows).transform_filter("datum.label_mark != ''").encode(x=alt.X("mark_at:Q"))
    rules = marked.mark_rule(strokeDash=[3, 3], strokeWidth=1.5, color=GREY)
    mark_names = marked.mark_text(**beside("mark_side", 5), dy=alt.expr("datum.mark_dy")).encode(
        y=alt.Y("room_low:Q"), text=alt.Text("label_mark:N")
    )
    layers = (ends(rows, "y"), zero(rows, "y"), lines, names, rules, mark_names)
    return alt.layer(*layers).properties(height=280)
