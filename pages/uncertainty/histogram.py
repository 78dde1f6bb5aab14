"""The histogram: how many draws lie where, and which of them reach the reader's bar."""

from math import ceil, floor, log10
from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from model.measures import Points
from pages.kit.charts import Chart
from pages.kit.columns import Columns, on_first
from pages.kit.figure import Custom, Figure
from pages.kit.given import given_words
from pages.kit.measure_words import (
    axis_of,
    measure_asked,
    measure_name,
    measure_words,
    results_asked,
    unit_of,
    unit_words,
    when_words,
)
from pages.kit.tables import Table
from pages.kit.view import View
from pages.kit.words import in_sentence, percent, quantity
from pages.session import choices
from pages.uncertainty.draws import bar_of, chance_of, drawn_of, in_year, too_many

BINS: Final = 36

CLEARS: Final = "reaches the bar"
MISSES: Final = "stays below it"
_CLEARS_COLOR: Final = "#0072B2"
_MISSES_COLOR: Final = "#B9A27C"


def edges(values: Points, bar: float, bins: int = BINS) -> Points:
    """Edges of a histogram's bins, one of them on the bar, so that no bin lies on both sides of it."""
    low, high = float(values.min()), float(values.max())
    if low == high:
        width = max(abs(low) * 0.01, 1e-3)
        return np.array([low - width / 2, low + width / 2])
    width = _round_up((high - low) / bins)
    first, last = floor((low - bar) / width), ceil((high - bar) / width)
    return np.asarray(bar + width * np.arange(first, max(last, first + 1) + 1), dtype=np.float64)


def _round_up(width: float) -> float:
    """The next of 1, 2, 2.5, 5 and 10 times a power of ten."""
    power = 10.0 ** floor(log10(width))
    return next(step * power for step in (1.0, 2.0, 2.5, 5.0, 10.0) if step * power >= width * (1 - 1e-12))


def _records(view: View) -> Columns:
    """How many draws lie in each stretch of results, and whether it reaches the bar."""
    bar, values = bar_of(view), in_year(drawn_of(view).values, view)
    cuts = edges(values, bar)
    counts, _ = np.histogram(values, np.append(cuts[:-1], np.nextafter(cuts[-1], np.inf)))
    reaches = cuts[:-1] >= bar - 1e-9 * max(1.0, abs(bar)) if len(cuts) > 2 else values[:1] >= bar
    return {
        "from_value": cuts[:-1],
        "to_value": cuts[1:],
        "draws": counts.astype(np.int64),
        "draws_share": counts / len(values),
        "reaches_bar": [CLEARS if over else MISSES for over in reaches],
    }


def _columns(view: View) -> dict[str, str]:
    unit = unit_of(measure_asked(view))
    return {
        "from_value": f"Lower end of the stretch, {unit_words(unit)}",
        "to_value": f"Upper end of the stretch, {unit_words(unit)}",
        "draws": "Draws in it",
        "draws_share": "Share of all draws",
        "reaches_bar": f"Whether it reaches the bar, {quantity(bar_of(view), unit)}",
    }


def _title(view: View) -> str:
    draws, seed = drawn_of(view).draws, choices.SEED.of(view)
    return f"{measure_words(measure_asked(view), view)}{given_words(view)}: {draws:,} draws, seed {seed}"


def _marks(table: Table, view: View) -> Columns:
    """The stretches with what they say, and where the bar stands."""
    values, bar, unit = table.values, bar_of(view), unit_of(measure_asked(view))
    rows = len(values["draws"])
    ends = zip(values["from_value"], values["to_value"], values["draws"], values["draws_share"], strict=True)
    return {
        "from_value": values["from_value"],
        "to_value": values["to_value"],
        "draws_share": values["draws_share"],
        "clears": [1 if text == CLEARS else 0 for text in values["reaches_bar"]],
        "bar": [bar] * rows,
        "label_bar": on_first([f"bar: {quantity(bar, unit)}"] * rows),
        "label": [
            f"{quantity(float(low), unit)} to {quantity(float(high), unit)}: {draws:,} draws, {percent(float(share))}"
            for low, high, draws, share in ends
        ],
    }


def _chart(rows: pd.DataFrame, title: str, form: str) -> Chart:
    """Bars of the draws by result, those that reach the bar in another colour, the bar as a line.

    rows: of `_marks`; title and d3 format of the axis across
    """
    base = alt.Chart(rows)
    kinds = alt.Scale(domain=[CLEARS, MISSES], range=[_CLEARS_COLOR, _MISSES_COLOR])
    bars = (
        base.transform_calculate(kind=f"datum.clears > 0 ? '{CLEARS}' : '{MISSES}'")
        .mark_bar(binSpacing=1)
        .encode(
            x=alt.X(
                "from_value:Q",
                title=title,
                axis=alt.Axis(format=form, tickCount=5, grid=False),
                scale=alt.Scale(zero=True, domain=alt.Undefined),
                bin="binned",
            ),
            x2=alt.X2("to_value:Q"),
            y=alt.Y("draws_share:Q", title="Share of the draws", axis=alt.Axis(format="~%", tickCount=4)),
            color=alt.Color("kind:N", scale=kinds, legend=alt.Legend(title=None, orient="top")),
            tooltip=[alt.Tooltip("label:N", title="Stretch")],
            description=alt.Description("label:N"),
        )
    )
    rule = base.mark_rule(strokeWidth=2, strokeDash=[4, 3]).encode(x=alt.X("min(bar):Q"))
    return alt.layer(bars, rule).properties(height=300)


def _finding(view: View) -> str:
    """The chance of reaching the bar, in one sentence."""
    measure, chance = measure_asked(view), chance_of(view)
    bar = quantity(bar_of(view), unit_of(measure))
    name, when = in_sentence(measure_name(measure)), when_words(measure, view)
    if chance.share in (0.0, 1.0):
        how = "Every draw" if chance.share else "No draw"
        return f"{how} of {chance.draws:,} reaches {bar}{when} in this model: {name}"
    return f"In this model {name} reaches {bar}{when} in {chance.words} of the draws"


HISTOGRAM: Final = Figure(
    name="histogram",
    title=_title,
    columns=_columns,
    results=results_asked,
    records=_records,
    form=Custom(_chart, _marks, lambda view: axis_of(measure_asked(view))),
    finding=_finding,
    refused=too_many,
)
