"""The map of two assumptions: the result of every pair, the line along which the target is met, and the scenario."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import altair as alt
import numpy as np
import pandas as pd
from contourpy import LineType, contour_generator
from numpy.typing import NDArray

from model.analysis.ranges import by_key
from model.measures import Points
from model.registry import ASSUMPTIONS
from model.sweeps import Range, map_of
from pages.kit.charts import Chart
from pages.kit.columns import Columns
from pages.kit.figure import Custom, Figure
from pages.kit.measure_words import (
    axis_form,
    axis_of,
    axis_title,
    measure_asked,
    measure_words,
    results_asked,
    short_value,
    unit_of,
    unit_words,
)
from pages.kit.tables import Table
from pages.kit.view import View, kept
from pages.kit.words import assumption_value, quantity
from pages.sensitivity.target import target_gap_of, target_label, target_words
from pages.session import choices

CELLS: Final = 24
"""Cells along each side. Each is a mark of its own: with 40 the browser took a quarter longer for the whole page."""

_OVERLAP: Final = 1.08  # cells reach a little under the next, so that no gaps show between them

_CELL: Final = 0
_LINE: Final = 1
_HERE: Final = 2


def _keys(view: View) -> tuple[str, str]:
    return choices.MAP_ACROSS.of(view), choices.MAP_UP.of(view)


def axis_range(view: View, key: str) -> Range:
    """What an axis of the map shows: the plausible range with the scenario's value, or all the slider can take."""
    a, now = ASSUMPTIONS[key], view.scenario.values[key]
    if choices.MAP_WHOLE.of(view):
        return a.minimum, a.maximum
    low, high = by_key(choices.RANGES.of(view)).get(key, (a.low, a.high))
    return min(low, now), max(high, now)


def centres(low: float, high: float, cells: int = CELLS) -> Points:
    """Values in the middle of the cells along an axis."""
    width = (high - low) / cells
    return np.asarray(low + width * (np.arange(cells) + 0.5), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Cells:
    """What the map shows of the model over its cells.

    across, up: values of the two assumptions (cells,)
    fits: whether Canton can build a cell; results, gaps_jpy_bn: there, NaN where it cannot; all (cells, cells)
    """

    across: Points
    up: Points
    fits: NDArray[np.bool_]
    results: Points
    gaps_jpy_bn: Points


@kept
def cells_of(view: View) -> Cells | None:
    """The map's cells; nothing where Canton can build none of them, or both axes are one."""
    across, up = _keys(view)
    try:
        found = map_of(view.scenario, across, up, *(centres(*axis_range(view, key)) for key in (across, up)))
    except ValueError:
        return None
    results, gaps = (found.values(each(found.projection)) for each in (measure_asked(view).of, target_gap_of(view)))
    return Cells(found.across, found.up, found.fits, results, gaps)


def _columns(view: View) -> dict[str, str]:
    across, up = _keys(view)
    measure = measure_asked(view)
    return {
        "across": f"{ASSUMPTIONS[across].label}, {unit_words(unit_of(across))}",
        "up": f"{ASSUMPTIONS[up].label}, {unit_words(unit_of(up))}",
        "result": f"{measure_words(measure, view)}, {unit_words(unit_of(measure))}",
        "target_gap_jpy_bn": f"Distance from the target ({target_label(view)}), JPY bn",
    }


def _records(view: View) -> Columns:
    """Every cell that Canton can build: both values, the result, and the distance from the target."""
    found, names = cells_of(view), _columns(view)
    if found is None:
        return {name: np.empty(0) for name in names}
    first, second = np.meshgrid(found.across, found.up)
    grids = (first, second, found.results, found.gaps_jpy_bn)
    return {name: grid[found.fits] for name, grid in zip(names, grids, strict=True)}


def target_lines(view: View) -> list[Points]:
    """The lines along which the target is met, each as points across and up (points, 2)."""
    found = cells_of(view)
    return [] if found is None else lines_of_zero(found.across, found.up, found.gaps_jpy_bn)


def lines_of_zero(across: Points, up: Points, gaps: Points) -> list[Points]:
    """Lines along which numbers on a grid are zero; NaN are holes.

    across (n,), up (m,): of the grid; gaps (m, n)
    """
    drawn = contour_generator(across, up, np.ma.masked_invalid(gaps), line_type=LineType.Separate)
    found = (np.asarray(line, dtype=np.float64) for line in drawn.lines(0.0))
    return [line for line in found if np.ptp(line, axis=0).any()]


def _marks(table: Table, view: View) -> Columns:
    """What is drawn: the cells with their edges, the points of the target's lines, and the scenario's place."""
    across, up = _keys(view)
    half_across, half_up = ((high - low) / CELLS / 2 for low, high in (axis_range(view, k) for k in (across, up)))
    unit = measure_asked(view).unit
    x, y, results = (np.asarray(table.values[name]) for name in ("across", "up", "result"))
    first, second = (
        {value: short_value(key, value) for value in np.unique(values).tolist()}
        for key, values in ((across, x), (up, y))
    )
    words = [
        f"{first[value]} and {second[other]}: {quantity(result, unit)}"
        for value, other, result in zip(x.tolist(), y.tolist(), results.tolist(), strict=True)
    ]
    here = np.array([[view.scenario.values[across], view.scenario.values[up]]])
    lines = [*target_lines(view), here]
    points = np.concatenate(lines)
    of_cells, of_lines = len(results), len(points) - len(here)
    middle = float(results.mean()) if of_cells else 0.0
    met = f"Here the target is met: {target_words(view)}"
    return {
        "kind": np.repeat([_CELL, _LINE, _HERE], [of_cells, of_lines, len(here)]),
        "x": np.append(x - half_across, points[:, 0]),
        "x2": np.append(x + half_across * _OVERLAP, points[:, 0]),
        "y": np.append(y - half_up, points[:, 1]),
        "y2": np.append(y + half_up * _OVERLAP, points[:, 1]),
        "result": np.append(results, np.full(len(points), middle)),
        "line": np.repeat([0, *range(len(lines))], [of_cells, *map(len, lines)]),
        "order": np.concatenate([np.zeros(of_cells, dtype=int), *(np.arange(len(line)) for line in lines)]),
        "label": [*words, *[met] * of_lines, "The scenario"],
    }


def _axes(view: View) -> tuple[str, ...]:
    """Titles and d3 formats of both axes, then of the colours."""
    keys = _keys(view)
    forms = (axis_form(ASSUMPTIONS[key].unit) for key in keys)
    return (*map(axis_title, keys), *forms, *axis_of(measure_asked(view)))


def _chart(
    rows: pd.DataFrame, across_title: str, up_title: str, across_form: str, up_form: str, title: str, form: str
) -> Chart:
    """Cells coloured by their result, the target's line over them, and a cross where the scenario is.

    rows: of `_marks`; all else: of `_axes`
    """
    scale = alt.Scale(zero=False, nice=False)
    base = alt.Chart(rows).encode(
        x=alt.X("x:Q", title=across_title, scale=scale, axis=alt.Axis(format=across_form, tickCount=5, grid=False)),
        y=alt.Y("y:Q", title=up_title, scale=scale, axis=alt.Axis(format=up_form, tickCount=5, grid=False)),
    )
    legend = alt.Legend(
        type="gradient", title=title, orient="top", format=form, gradientLength=220, tickCount=4, titleLimit=340
    )
    cells = (
        base.transform_filter(alt.datum.kind == _CELL)
        .mark_rect(aria=False)
        .encode(
            x2=alt.X2("x2:Q"),
            y2=alt.Y2("y2:Q"),
            color=alt.Color("result:Q", scale=alt.Scale(scheme="cividis"), legend=legend),
            tooltip=[alt.Tooltip("label:N", title="Result")],
        )
    )
    met = base.transform_filter(alt.datum.kind == _LINE).encode(detail=alt.Detail("line:N"), order=alt.Order("order:Q"))
    halo = met.mark_line(strokeWidth=6, color="black", aria=False)
    line = met.mark_line(strokeWidth=3, color="white").encode(tooltip=[alt.Tooltip("label:N", title="Line")])
    scenario = base.transform_filter(alt.datum.kind == _HERE).encode(tooltip=[alt.Tooltip("label:N", title="Mark")])
    ring = scenario.mark_point(shape="circle", size=260, filled=True, fill="white", stroke="black", opacity=1)
    cross = scenario.mark_point(shape="cross", size=90, filled=True, fill="#D55E00", opacity=1, aria=False)
    return alt.layer(cells, halo, line, ring, cross).properties(height=380)


def _finding(view: View) -> str:
    """Between which results the map lies, and where the target is met on it."""
    measure, values = measure_asked(view), MAP.table(view).values
    results, gaps = (np.asarray(values[name]) for name in ("result", "target_gap_jpy_bn"))
    if not len(results):
        return "Canton can build none of these pairs: choose other assumptions"
    low, high = (quantity(float(end), unit_of(measure)) for end in (results.min(), results.max()))
    target = target_words(view)
    if (gaps > 0.0).all():
        met = f"every pair shown is beyond the target ({target})"
    elif (gaps < 0.0).all():
        met = f"no pair shown reaches the target ({target})"
    else:
        share = float((gaps >= 0.0).mean())
        met = f"{quantity(round(share, 2), 'share')} of the pairs shown reach the target ({target})"
    return f"{measure_words(measure, view)} lies between {low} and {high}; {met}"


def map_in_words(view: View, steps: int = 3) -> Columns:
    """The map at a few values of each assumption: a row for each value upwards, a column for each across."""
    across, up = _keys(view)
    measure = measure_asked(view)
    columns, lines = (np.linspace(*axis_range(view, key), steps) for key in (across, up))
    try:
        found = map_of(view.scenario, across, up, columns, lines)
    except ValueError:
        return {}
    results = found.values(measure.of(found.projection))
    heads = _told_apart(across, columns)
    names = _told_apart(up, lines)
    downwards = zip(heads, results[::-1].T, strict=True)
    cells = {head: [_cell(value, unit_of(measure)) for value in column] for head, column in downwards}
    return {ASSUMPTIONS[up].label: names[::-1], **cells}


def _cell(value: float, unit: str) -> str:
    return "does not fit Canton" if np.isnan(value) else quantity(float(value), unit)


def _told_apart(key: str, values: Sequence[float] | Points) -> list[str]:
    """Values in words; where two would read alike, with their place."""
    words = [assumption_value(key, float(value)) for value in values]
    return words if len(set(words)) == len(words) else [f"{w} ({n})" for n, w in enumerate(words, start=1)]


def _note(view: View) -> str:
    return (
        f"White line: the target is met (“{target_label(view)}”). Ringed cross: the scenario. "
        "Light is high, dark is low. Pairs that Canton cannot build are left blank."
    )


MAP: Final = Figure(
    name="map",
    title=lambda view: f"{measure_words(measure_asked(view), view)} over two assumptions",
    columns=_columns,
    results=results_asked,
    records=_records,
    form=Custom(_chart, _marks, _axes),
    finding=_finding,
    note=_note,
)
