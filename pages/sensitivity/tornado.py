"""The tornado: each assumption moved alone to its low and its high, and what the result then is."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import altair as alt
import pandas as pd

from model.registry import ASSUMPTIONS, DECIDERS, LEVERS_BY_ROLE, PLACEHOLDERS
from model.sweeps import Swing, swings
from pages.kit.charts import Chart, zero_line
from pages.kit.columns import Columns, rows_where
from pages.kit.figure import Custom, Figure
from pages.kit.given import given_words, ranges_of
from pages.kit.measure_words import (
    axis_of,
    measure_asked,
    measure_words,
    results_asked,
    short_value,
    unit_of,
    unit_words,
)
from pages.kit.tables import Table
from pages.kit.view import View, kept
from pages.kit.words import (
    ROLE_MEANING,
    assumption_value,
    change_words,
    in_sentence,
    listed,
    named_with_role,
    quantity,
    signed,
)
from pages.session import choices

MOST_BARS: Final = 10
"""Bars of the chart; the table below it and its download hold every assumption."""

LOW: Final = "low"
HIGH: Final = "high"
GLYPHS: Final = {LOW: "●", HIGH: "▲"}
LOW_COLOR: Final = "#56B4E9"
HIGH_COLOR: Final = "#E69F00"

CLICKED: Final = "end"
"""Name of the selection that a click on the end of a bar makes."""

MOST_NAMED: Final = 3
"""Levers named in the sentence, of each who decides."""

_STEP_PX: Final = 60
_LINE_PX: Final = 18


@kept
def swings_of(view: View) -> tuple[Swing, ...]:
    """What each assumption does alone to what the page is asked for, the farthest reaching first."""
    return swings(view.scenario, measure_asked(view), ranges_of(view))


def ranked(view: View) -> tuple[Swing, ...]:
    """The swings of what is ranked: of all assumptions, or of what one of three decides."""
    role = choices.RANKINGS[choices.RANKING.of(view)]
    return tuple(swing for swing in swings_of(view) if not role or swing.key in LEVERS_BY_ROLE[role])


def drawn_swings(view: View) -> list[Swing]:
    """The swings that the chart draws, the farthest reaching first: of what moves, without mere placeholders."""
    moving = [swing for swing in ranked(view) if swing.reach > 0.0 and swing.key not in PLACEHOLDERS]
    return moving[:MOST_BARS]


def _records(view: View) -> list[tuple[object, ...]]:
    """Every assumption at its low and its high, with the results, the farthest reaching first."""
    return [
        (
            rank,
            ASSUMPTIONS[s.key].label,
            s.key,
            ASSUMPTIONS[s.key].unit,
            view.scenario.values[s.key],
            s.low,
            s.high,
            s.at_low,
            s.at_high,
            s.now,
            s.reach,
            ASSUMPTIONS[s.key].role,
        )
        for rank, s in enumerate(ranked(view), start=1)
    ]


def _columns(view: View) -> dict[str, str]:
    unit = unit_words(unit_of(measure_asked(view)))
    return {
        "rank": "Rank by how far the result moves",
        "assumption": "Assumption",
        "key": "Name in links",
        "unit": "Unit of its values",
        "scenario_value": "Value in the scenario",
        "low_value": "Low value tried",
        "high_value": "High value tried",
        "result_at_low": f"Result at the low value, {unit}",
        "result_at_high": f"Result at the high value, {unit}",
        "result_now": f"Result in the scenario, {unit}",
        "reach": f"Distance between the lowest and the highest result, {unit}",
        "role": ROLE_MEANING,
    }


def end_words(end: str, value: str, result: str) -> str:
    """One end of a bar in words, with the shape that marks it."""
    return f"{GLYPHS[end]} {end} {value}: {result}"


def _moving(table: Table) -> Columns:
    """The assumptions that move the result at all."""
    return rows_where(table.values, [reach > 0.0 for reach in table.values["reach"]])


def any_moves(view: View) -> bool:
    """Whether any assumption moves the result."""
    return bool(drawn_swings(view))


def _marks(table: Table, view: View) -> Columns:
    """Two rows for each bar that is drawn, its low and its high end, with the words of both."""
    unit = unit_of(measure_asked(view))
    shown = {swing.key for swing in drawn_swings(view)}
    bars = rows_where(table.values, [key in shown for key in table.values["key"]])
    low, high = (
        [
            end_words(end, short_value(key, value), quantity(result, unit))
            for key, value, result in zip(bars["key"], bars[f"{end}_value"], bars[f"result_at_{end}"], strict=True)
        ]
        for end in (LOW, HIGH)
    )
    results = list(zip(bars["result_at_low"], bars["result_at_high"], bars["result_now"], strict=True))
    sides = [
        (of_low, of_high) if at_low <= at_high else (of_high, of_low)
        for (at_low, at_high, _), of_low, of_high in zip(results, low, high, strict=True)
    ]
    changes = [result - now for at_low, at_high, now in results for result in (at_low, at_high)]
    names = [name for name in bars["assumption"] for _ in (LOW, HIGH)]
    words = [of_end for of_bar in zip(low, high, strict=True) for of_end in of_bar]
    return {
        "rank": [rank for rank in bars["rank"] for _ in (LOW, HIGH)],
        "end": [LOW, HIGH] * len(bars["rank"]),
        "first": [int(row == 0) for row in range(len(changes))],
        "change": changes,
        "label_name": _once(map(named_with_role, bars["key"])),
        "label_left": _once(left for left, _ in sides),
        "label_right": _once(right for _, right in sides),
        "label": [
            f"{name}, {of_end} ({signed(change, unit)})"
            for name, of_end, change in zip(names, words, changes, strict=True)
        ],
    }


def _once(labels: Iterable[str]) -> list[str]:
    """Labels of bars beside their low ends, and nothing beside their high ends."""
    return [text for label in labels for text in (label, "")]


def _axis(view: View) -> tuple[str, str]:
    title, form = axis_of(measure_asked(view))
    return f"Change against the scenario: {title}", form


def _chart(rows: pd.DataFrame, title: str, form: str) -> Chart:
    """Bars from the scenario's result to that at each end, named above and told in words below.

    rows: of `_marks`; title and d3 format of the axis
    """
    kinds = [LOW, HIGH]
    legend = alt.Legend(
        title=None, orient="top", labelExpr="datum.label == 'low' ? 'at its low value' : 'at its high value'"
    )
    base = alt.Chart(rows).encode(y=alt.Y("rank:O", axis=None))
    across = alt.X("change:Q", title=title, axis=alt.Axis(format=form, tickCount=5), scale=alt.Scale(zero=True))
    color = alt.Color("end:N", scale=alt.Scale(domain=kinds, range=[LOW_COLOR, HIGH_COLOR]), legend=legend)
    tooltip = [alt.Tooltip("label:N", title="If only this moves")]
    clicked = alt.selection_point(name=CLICKED, fields=["rank", "end"], on="click", toggle=False, empty=False)
    told = base.encode(tooltip=tooltip, description=alt.Description("label:N"))
    bars = told.mark_bar(height=11, cursor="pointer").encode(x=across, x2=alt.X2Datum(0), color=color)
    ends = (
        told.mark_point(filled=True, size=110, opacity=1, stroke="#333333", strokeWidth=0.8, cursor="pointer")
        .encode(
            x=across,
            color=color,
            shape=alt.Shape("end:N", scale=alt.Scale(domain=kinds, range=["circle", "triangle-up"]), legend=legend),
        )
        .add_params(clicked)
        .properties(name="ends")
    )
    first = alt.Chart(rows).transform_filter(alt.datum.first == 1)  # one line, not one for each row
    zero = zero_line(first)
    names = base.mark_text(align="left", dy=-_LINE_PX, fontWeight="bold").encode(
        x=alt.value(0), text=alt.Text("label_name:N")
    )
    left = base.mark_text(align="left", dy=_LINE_PX, fontSize=11).encode(x=alt.value(0), text=alt.Text("label_left:N"))
    right = base.mark_text(align="right", dy=_LINE_PX, fontSize=11).encode(
        x=alt.value("width"), text=alt.Text("label_right:N")
    )
    return alt.layer(zero, bars, ends, names, left, right).properties(height=alt.Step(_STEP_PX))


def _of_role(view: View) -> str:
    role = choices.RANKINGS[choices.RANKING.of(view)]
    return f", of {DECIDERS[role]}" if role else ""


def _finding(view: View) -> str:
    """Which assumption moves the result most, and between which results."""
    measure = measure_asked(view)
    unit = unit_of(measure)
    words = measure_words(measure, view)
    of_role, moving = _of_role(view), drawn_swings(view)
    if not moving:
        return f"{words}: no assumption{of_role} moves it within its plausible range"
    low, high = sorted((moving[0].at_low, moving[0].at_high))
    return (
        f"{words} depends most{of_role and of_role + ','} on “{ASSUMPTIONS[moving[0].key].label}”: "
        f"{quantity(low, unit)} to {quantity(high, unit)} over its plausible range, "
        f"{quantity(moving[0].now, unit)} in the scenario"
    )


TORNADO: Final = Figure(
    name="tornado",
    title=lambda view: (
        f"What moves it most{_of_role(view)}: "
        f"{in_sentence(measure_words(measure_asked(view), view))}{given_words(view)}"
    ),
    columns=_columns,
    results=results_asked,
    records=_records,
    form=Custom(_chart, _marks, _axis),
    finding=_finding,
    note="Each bar: one assumption moved alone from its low to its high plausible value. ● marks the low value, "
    "▲ the high one. Click an end, or a button in the table below, to load that scenario; Undo brings this one back. "
    "“Underlying change a year” is your own view of all else, not a lever: it stands in the table only.",
)


def answer_words(view: View) -> list[str]:
    """What moves the result most: a lead, and the three strongest levers of what each decides with their reach."""
    measure = measure_asked(view)
    unit = unit_of(measure)
    lines = [
        f"What moves {in_sentence(measure_words(measure, view))} most{given_words(view)}, each alone in this model:"
    ]
    for role, decides in DECIDERS.items():
        levers = [swing for swing in swings_of(view) if swing.key in LEVERS_BY_ROLE[role] and swing.reach > 0.0]
        named = [f"“{ASSUMPTIONS[s.key].label}” ({_reach_words(s, unit)})" for s in levers[:MOST_NAMED]]
        lines.append(f"{decides[:1].upper()}{decides[1:]}: {listed(named) if named else 'nothing'}")
    return lines


def _reach_words(swing: Swing, unit: str) -> str:
    """What a lever brings at its ends, in brackets behind its name."""
    changes = (end - swing.now for end in sorted((swing.at_low, swing.at_high)))
    words = [told for told in (change_words(change, unit, "") for change in changes) if told]
    return " to ".join(words)


def tornado_in_words(view: View) -> Columns:
    """The table as a reader wants it: assumption with its value now, and each end with its result."""
    rows, unit = _moving(TORNADO.table(view)), unit_of(measure_asked(view))
    now = zip(rows["key"], rows["scenario_value"], strict=True)
    low, high = (
        [
            f"{assumption_value(key, value)}: {quantity(result, unit)}"
            for key, value, result in zip(rows["key"], rows[f"{end}_value"], rows[f"result_at_{end}"], strict=True)
        ]
        for end in (LOW, HIGH)
    )
    return {
        "Assumption, now": [f"{named_with_role(key)}, {assumption_value(key, value)}" for key, value in now],
        f"{GLYPHS[LOW]} Low: result": low,
        f"{GLYPHS[HIGH]} High: result": high,
    }


def clicked_values(table: Table, picked: Sequence[Mapping[str, object]]) -> tuple[str, float] | None:
    """Key and value of the end of a bar that was clicked; nothing where the click hit none.

    picked: what the chart's selection tells, by column
    """
    values = table.values
    ends = [
        ({"rank": rank, "end": end}, key, value)
        for end in (LOW, HIGH)
        for rank, key, value in zip(values["rank"], values["key"], values[f"{end}_value"], strict=True)
    ]
    clicked = ({name: one.get(name) for name in ("rank", "end")} for one in picked)
    return next(((key, value) for mark in clicked for end, key, value in ends if end == mark), None)
