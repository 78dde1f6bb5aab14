"""How far results spread: the fan over the years, the histogram with the reader's bar, and how settled both are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10, sqrt
from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from model.links import Refusal
from model.measures import Points, has_years
from model.registry import ASSUMPTIONS
from model.sampling import STAYS_SHARE, pulls
from pages.parts import choices
from pages.parts.charts import Chart
from pages.parts.sure.asked import (
    measure_asked,
    measure_name,
    measure_words,
    sampling_of,
    unit_of,
    unit_words,
    when_words,
)
from pages.parts.sure.draws import AT_ONCE, Drawn, drawn, so_far
from pages.parts.tables import Table
from pages.parts.view import View
from pages.parts.words import change_words, figure, in_sentence, percent, signed, size_words

LEVELS: Final = (0.05, 0.25, 0.5, 0.75, 0.95)
LEVEL_NAMES: Final = ("p5", "p25", "p50", "p75", "p95")
"""Shares of the draws that lie below, and the columns that hold the values."""

BINS: Final = 36
_NORMAL_95: Final = 1.959964
_BATCHES: Final = 10

CLEARS: Final = "reaches the bar"
MISSES: Final = "stays below it"
CLEARS_COLOR: Final = "#0072B2"
MISSES_COLOR: Final = "#B9A27C"
BAND_COLOR: Final = "#0072B2"
SCENARIO_COLOR: Final = "#B3478A"
REFERENCE_COLOR: Final = "#7A8791"


def drawn_of(view: View) -> Drawn:
    """The draws that the page is asked for: all of them where few are, those made so far where they are many."""
    sampling, measure, draws = sampling_of(view), measure_asked(view), choices.DRAWS.of(view)
    if draws <= AT_ONCE:
        return drawn(sampling, measure, draws)
    drawn(sampling, measure, AT_ONCE)
    return so_far(sampling, measure, draws)


def too_many(view: View) -> tuple[Refusal, ...]:
    """Why a data address does not make so many draws, or nothing."""
    draws = choices.DRAWS.of(view)
    if draws <= AT_ONCE:
        return ()
    reason = f"a data address makes {AT_ONCE:,} draws at most; the page makes more, and its downloads hold them"
    return (Refusal(choices.DRAWS.key, str(draws), reason, "nothing"),)


def bar_of(view: View) -> float:
    """What a draw must reach, in the unit of the output: the reader's bar, else the reference's result."""
    chosen = choices.BAR.of(view)
    if chosen is not None:
        return chosen
    return float(measure_asked(view).of(view.reference))


def in_year(values: Points, view: View) -> Points:
    """Draws (draws,) of the year in focus."""
    return values[:, view.year if values.shape[1] > 1 else 0]


# ---------------------------------------------------------------------- the fan


def fan_table(view: View) -> Table:
    """By year, the values below which 5, 25, 50, 75 and 95 % of the draws lie, with scenario and reference."""
    measure, found = measure_asked(view), drawn_of(view)
    years = view.projection.years if has_years(measure.output) else ("All years",)
    levels = np.quantile(found.values, LEVELS, axis=0)
    scenario, base = (measure.by_year(p) for p in (view.projection, view.reference))
    rows = pd.DataFrame({"fiscal_year": years})
    for name, values in zip(
        (*LEVEL_NAMES, "mean", "scenario", "reference"),
        (*levels, found.values.mean(axis=0), scenario, base),
        strict=True,
    ):
        rows[name] = np.asarray(values, dtype=np.float64)
    unit = unit_words(unit_of(measure))
    columns = {
        "fiscal_year": "Fiscal year, ending in March",
        **{
            n: f"Value below which {level:.0%} of the draws lie, {unit}"
            for n, level in zip(LEVEL_NAMES, LEVELS, strict=True)
        },
        "mean": f"Mean of the draws, {unit}",
        "scenario": f"The scenario, {unit}",
        "reference": f"The reference, {unit}",
    }
    return Table.framed(
        "fan", f"{measure_name(measure)}: {found.draws:,} draws by year, seed {choices.SEED.of(view)}", columns, rows
    )


def with_fan_labels(table: Table, unit: str) -> pd.DataFrame:
    """Rows with what each says when pointed at."""
    labels = [
        f"{row['fiscal_year']}: half of the draws between {figure(row['p25'], unit)} and {figure(row['p75'], unit)}, "
        f"nine in ten between {figure(row['p5'], unit)} and {figure(row['p95'], unit)}, "
        f"middle {figure(row['p50'], unit)}, "
        f"scenario {figure(row['scenario'], unit)}, reference {figure(row['reference'], unit)}"
        for row in table.rows.to_dict("records")
    ]
    return table.rows.assign(label=labels)


def fan_chart(rows: pd.DataFrame, title: str, form: str) -> Chart:
    """Bands that hold half and nine tenths of the draws, the middle one, the scenario and the reference.

    rows: of `with_fan_labels`; title and d3 format of the axis upwards
    """
    base = alt.Chart(rows).encode(
        x=alt.X("fiscal_year:O", title=None, axis=alt.Axis(labelAngle=0), scale=alt.Scale(padding=0.5)),
        tooltip=[alt.Tooltip("label:N", title="Year")],
    )
    axis = alt.Axis(format=form, tickCount=5)
    upward = alt.Scale(zero=False, nice=True)
    wide = base.mark_area(opacity=0.18, color=BAND_COLOR).encode(
        y=alt.Y("p5:Q", title=title, axis=axis, scale=upward), y2=alt.Y2("p95:Q")
    )
    half = base.mark_area(opacity=0.32, color=BAND_COLOR).encode(y=alt.Y("p25:Q"), y2=alt.Y2("p75:Q"))
    names = ["Middle draw", "Scenario", "Reference"]
    dash = alt.Scale(domain=names, range=[[2, 2], [1, 0], [6, 4]])
    color = alt.Scale(domain=names, range=[BAND_COLOR, SCENARIO_COLOR, REFERENCE_COLOR])
    legend = alt.Legend(title=None, orient="top", symbolType="stroke", symbolSize=300, symbolStrokeWidth=2.5)
    lines = [
        base.transform_calculate(case=f"'{name}'")
        .mark_line(strokeWidth=2.5)
        .encode(
            y=alt.Y(f"{column}:Q"),
            strokeDash=alt.StrokeDash("case:N", scale=dash, legend=legend),
            color=alt.Color("case:N", scale=color, legend=legend),
        )
        for name, column in zip(names, ("p50", "scenario", "reference"), strict=True)
    ]
    points = base.mark_point(filled=True, size=55, color=SCENARIO_COLOR, opacity=1).encode(y=alt.Y("scenario:Q"))
    return alt.layer(wide, half, *lines, points).properties(height=320)


def fan_finding(view: View, table: Table) -> str:
    """Between which values half and nine tenths of the draws lie in the year in focus."""
    measure = measure_asked(view)
    row = table.rows.iloc[view.year if len(table.rows) > 1 else 0]
    low, high, p5, p95 = (figure(float(row[name]), unit_of(measure)) for name in ("p25", "p75", "p5", "p95"))
    return (
        f"{measure_words(measure, view)}: half of the draws lie between {low} and {high}, "
        f"nine in ten between {p5} and {p95}"
    )


# ---------------------------------------------------------------------- the histogram


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


def histogram_table(view: View) -> Table:
    """How many draws lie in each stretch of results, and whether it reaches the bar."""
    measure, bar = measure_asked(view), bar_of(view)
    values = in_year(drawn_of(view).values, view)
    cuts = edges(values, bar)
    counts, _ = np.histogram(values, np.append(cuts[:-1], np.nextafter(cuts[-1], np.inf)))
    reaches = cuts[:-1] >= bar - 1e-9 * max(1.0, abs(bar)) if len(cuts) > 2 else values[:1] >= bar
    unit = unit_words(unit_of(measure))
    rows = pd.DataFrame(
        {
            "from_value": cuts[:-1],
            "to_value": cuts[1:],
            "draws": counts.astype(np.int64),
            "draws_share": counts / len(values),
            "reaches_bar": [CLEARS if over else MISSES for over in reaches],
        }
    )
    columns = {
        "from_value": f"Lower end of the stretch, {unit}",
        "to_value": f"Upper end of the stretch, {unit}",
        "draws": "Draws in it",
        "draws_share": "Share of all draws",
        "reaches_bar": f"Whether it reaches the bar, {figure(bar, unit_of(measure))}",
    }
    title = f"{measure_words(measure, view)}: {len(values):,} draws, seed {choices.SEED.of(view)}"
    return Table.framed("histogram", title, columns, rows)


def with_bar_line(table: Table, bar: float, unit: str) -> pd.DataFrame:
    """Rows with what they say, and where the bar stands."""
    rows = table.rows
    return pd.DataFrame(
        {
            "from_value": rows["from_value"],
            "to_value": rows["to_value"],
            "draws_share": rows["draws_share"],
            "clears": [1 if text == CLEARS else 0 for text in rows["reaches_bar"]],
            "bar": bar,
            "label_bar": [f"bar: {figure(bar, unit)}"] + [""] * (len(rows) - 1),
            "label": [
                f"{figure(row['from_value'], unit)} to {figure(row['to_value'], unit)}: {row['draws']:,} draws, "
                f"{percent(row['draws_share'])}"
                for row in rows.to_dict("records")
            ],
        }
    )


def histogram_chart(rows: pd.DataFrame, title: str, form: str) -> Chart:
    """Bars of the draws by result, those that reach the bar in another colour, the bar as a line.

    rows: of `with_bar_line`; title and d3 format of the axis across
    """
    base = alt.Chart(rows)
    kinds = alt.Scale(domain=[CLEARS, MISSES], range=[CLEARS_COLOR, MISSES_COLOR])
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


def chance_of(view: View) -> "Chance":
    """The chance of reaching the bar in the year in focus."""
    values = in_year(drawn_of(view).values, view)
    return Chance.of(int(np.count_nonzero(values >= bar_of(view))), len(values))


@dataclass(frozen=True, slots=True)
class Chance:
    """A share of draws with the ends between which it would lie in 19 of 20 repetitions (E. B. Wilson, 1927)."""

    share: float
    low: float
    high: float
    draws: int

    @classmethod
    def of(cls, hits: int, draws: int) -> "Chance":
        """From how many of the draws reached what was asked."""
        share, z2 = hits / draws, _NORMAL_95**2
        middle = (share + z2 / (2 * draws)) / (1 + z2 / draws)
        half = _NORMAL_95 * sqrt(share * (1 - share) / draws + z2 / (4 * draws**2)) / (1 + z2 / draws)
        return cls(
            share, max(middle - half, 0.0) if hits else 0.0, min(middle + half, 1.0) if hits < draws else 1.0, draws
        )

    @property
    def words(self) -> str:
        """The chance as a reader wants it: "63 %", near its ends "99.4 %"."""
        if min(self.share, 1.0 - self.share) < 0.01:
            return percent(self.share, 1)
        return percent(self.share, 0)


def histogram_finding(view: View) -> str:
    """The chance of reaching the bar, in one sentence."""
    measure, chance = measure_asked(view), chance_of(view)
    bar = figure(bar_of(view), unit_of(measure))
    name, when = in_sentence(measure_name(measure)), when_words(measure, view)
    if chance.share in (0.0, 1.0):
        how = "Every draw" if chance.share else "No draw"
        return f"{how} of {chance.draws:,} reaches {bar}{when}: {name}"
    return f"The chance that {name} reaches {bar}{when} is {chance.words}"


# ---------------------------------------------------------------------- convergence


def convergence_words(view: View) -> list[str]:
    """How settled the chance, the middle and the mean are, and what more draws would bring."""
    measure, found, chance = measure_asked(view), drawn_of(view), chance_of(view)
    values = in_year(found.values, view)
    unit, draws = unit_of(measure), found.draws
    if values.min() == values.max():
        return [f"All {draws:,} draws give the same result: nothing that is drawn touches it."]
    mean_error = _NORMAL_95 * float(values.std()) / sqrt(draws)
    middle_error = _NORMAL_95 * median_error(values)
    half = (chance.high - chance.low) / 2
    first, second = (
        Chance.of(int(np.count_nonzero(part >= bar_of(view))), len(part)) for part in np.array_split(values, 2)
    )
    sentences = [
        f"{draws:,} draws from seed {choices.SEED.of(view)}. Drawn again with another seed, the chance would lie "
        f"between {percent(chance.low)} and {percent(chance.high)} in 19 of 20 cases, the middle draw within "
        f"{figure(middle_error, unit)} and the mean within {figure(mean_error, unit)} of what is shown.",
        f"The first half of the draws gives a chance of {percent(first.share)}, the second {percent(second.share)}.",
    ]
    if half < 0.005:
        sentences.append("More draws would not change what is read here.")
    else:
        wanted = ceil(draws * (half / 0.005) ** 2 / 1000) * 1000
        sentences.append(
            f"Four times as many draws halve these errors; for half a percentage point about {wanted:,} are needed."
        )
    return sentences


def pull_words(view: View) -> str:
    """How far the mean of the draws lies off the scenario, and which assumptions pull it."""
    measure, sampling = measure_asked(view), sampling_of(view)
    unit = unit_of(measure)
    values = in_year(drawn_of(view).values, view)
    distance = float(values.mean()) - float(measure.of(view.projection))
    if abs(distance) <= float(values.std()) / sqrt(len(values)):
        return "The mean of the draws is the scenario's result, within its error."
    words = f"{size_words(distance, unit)} {'above' if distance > 0.0 else 'below'}"
    strongest = [pull for pull in pulls(sampling, measure)[:3] if change_words(pull.effect, unit, "")]
    if not strongest:
        return f"The mean of the draws is {words} the scenario: the result bends more one way than the other."
    named = "; ".join(f"“{ASSUMPTIONS[pull.key].label}” {signed(pull.effect, unit)}" for pull in strongest)
    return (
        f"The mean of the draws is {words} the scenario. What stands at an end of its range pulls it, most of all "
        f"{named}: each stays as it is with a chance of {percent(STAYS_SHARE, 0)}, else it lies within its range."
    )


def median_error(values: Points) -> float:
    """Standard error of the median, from the medians of batches of the draws."""
    medians = [float(np.median(batch)) for batch in np.array_split(values, _BATCHES)]
    return float(np.std(medians, ddof=1)) / sqrt(_BATCHES)


def cut_words(found: Drawn) -> str:
    """How many draws asked more of Canton than it can build, or nothing."""
    if not found.cut:
        return ""
    share = percent(found.cut / found.draws, 1)
    return (
        f"In {found.cut:,} draws ({share}) more cars were drawn for Canton than it can build: "
        "they were brought to what fits, trucks for Honda first."
    )


def quantile_words(view: View, table: Table) -> Sequence[tuple[str, str]]:
    """Headline figures of the draws in the year in focus: label and value."""
    measure = measure_asked(view)
    row = table.rows.iloc[view.year if len(table.rows) > 1 else 0]
    return [
        ("Middle of the draws", figure(float(row["p50"]), unit_of(measure))),
        ("One in twenty below", figure(float(row["p5"]), unit_of(measure))),
        ("One in twenty above", figure(float(row["p95"]), unit_of(measure))),
        (
            f"Chance of {figure(bar_of(view), unit_of(measure))} or more",
            percent(chance_of(view).share, 0 if 0.01 <= chance_of(view).share <= 0.99 else 1),
        ),
    ]


TABLES: Final[dict[str, Callable[[View], Table]]] = {"fan": fan_table, "histogram": histogram_table}
"""Tables of this module by name."""
