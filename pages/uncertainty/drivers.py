"""Which inputs drive the spread, and how each is drawn."""

from typing import Final

import altair as alt
import numpy as np

from model.analysis.variance import Drivers, design_points, drivers
from model.registry import ASSUMPTIONS, DISTRIBUTIONS, ROLES
from model.sampling import drawn_range
from pages.kit.columns import Columns
from pages.kit.figure import Figure
from pages.kit.forms import NamedBars
from pages.kit.given import given_words
from pages.kit.measure_words import measure_asked, measure_words
from pages.kit.tables import Table
from pages.kit.view import View, kept
from pages.kit.words import assumption_value, in_sentence, markdown_text, percent
from pages.session import choices
from pages.session.turns import heavy
from pages.uncertainty.draws import sampling_of, too_many

MOST_BARS: Final = 8
_BAR_COLOR: Final = "#0072B2"
_TOTAL_COLOR: Final = "#D55E00"


@kept
def drivers_of(view: View) -> Drivers:
    """Shares of the variance of what the Uncertainty page is asked for."""
    with heavy():
        return drivers(sampling_of(view), measure_asked(view), design_points(choices.DRAWS.of(view)))


def _shares(view: View) -> list[tuple[object, ...]]:
    """Every drawn assumption with its shares of the variance and their errors, the largest first."""
    found = drivers_of(view)
    s = found.shares
    order = np.argsort(-s.total, kind="stable")
    return [
        (
            rank,
            ASSUMPTIONS[found.keys[i]].label,
            found.keys[i],
            *(float(part[i]) for part in (s.first, s.first_low, s.first_high, s.total, s.total_low, s.total_high)),
        )
        for rank, i in enumerate(order, start=1)
    ]


def _marks(table: Table, view: View) -> Columns:
    """The largest drivers with the words of their marks; errors are cut at none and at all of the variance."""
    rows = {name: values[:MOST_BARS] for name, values in table.values.items()}
    shares = ("first_share", "first_low", "first_high", "total_share")
    cut = {name: [_cut(share) for share in rows[name]] for name in shares}
    first, low, high, total = cut.values()
    return {
        "rank": rows["rank"],
        **cut,
        "label_name": rows["assumption"],
        "label_share": [
            f"{percent(share, 0)} ({percent(least, 0)} to {percent(most, 0)})"
            for share, least, most in zip(first, low, high, strict=True)
        ],
        "label": [
            f"{name}: alone {percent(alone, 0)}, with others {percent(together, 0)}"
            for name, alone, together in zip(rows["assumption"], first, total, strict=True)
        ],
    }


def _cut(share: float) -> float:
    return min(max(share, 0.0), 1.0)


def _errors_and_totals(base: alt.Chart) -> list[alt.Chart]:
    """The error of each share as a line, and the share with others as a diamond."""
    errors = base.mark_rule(strokeWidth=2, color="#7A8791").encode(x=alt.X("first_low:Q"), x2=alt.X2("first_high:Q"))
    diamonds = base.mark_point(shape="diamond", size=90, filled=True, color=_TOTAL_COLOR, opacity=1).encode(
        x=alt.X("total_share:Q")
    )
    return [errors, diamonds]


def _finding(view: View) -> str:
    """Which assumptions make most of the spread."""
    if not drivers_of(view).varies:
        return "Nothing that is drawn moves the result: there is no spread to explain"
    values = DRIVERS.table(view).values
    first, *others = values["assumption"]
    if not others:
        return f"“{first}” makes all of the spread"
    own = percent(_cut(values["first_share"][0]), 0)
    return f"“{first}” drives the spread most: alone {own} of the variance; next is “{others[0]}”"


def _note(view: View) -> str:
    """How the shares were computed and how sure they are."""
    found = drivers_of(view)
    return markdown_text(
        f"From {found.runs:,} further runs of the model on an even design (Saltelli). The grey line is the "
        "error of the bar: 19 of 20 repetitions lie within it. A diamond beyond its bar is what "
        "an assumption does together with "
        "others. More draws above make the errors smaller."
    )


DRIVERS: Final = Figure(
    name="drivers",
    title=lambda view: (
        f"What drives the spread: {in_sentence(measure_words(measure_asked(view), view))}{given_words(view)}"
    ),
    columns={
        "rank": "Rank by total share",
        "assumption": "Assumption",
        "key": "Name in links",
        "first_share": "Share of the variance that would go if it alone were known",
        "first_low": "Lower end of the error of that share (95 %)",
        "first_high": "Upper end of the error of that share (95 %)",
        "total_share": "Share of the variance that would stay if it alone were not known",
        "total_low": "Lower end of the error of that share (95 %)",
        "total_high": "Upper end of the error of that share (95 %)",
    },
    records=_shares,
    form=NamedBars(
        _marks,
        column="first_share",
        axis="Share of the variance",
        digits="~%",
        told="Share",
        words="label_share",
        height=12,
        color=_BAR_COLOR,
        over=_errors_and_totals,
    ),
    finding=_finding,
    note=_note,
    refused=too_many,
)


def _drawn(view: View) -> list[tuple[object, ...]]:
    """How each assumption is drawn: its distribution, and the range."""
    sampling = sampling_of(view)
    drawn = set(sampling.drawn)
    records: list[tuple[object, ...]] = []
    for key, a in ASSUMPTIONS.items():
        low, high = drawn_range(sampling, key)
        is_drawn = key in drawn
        records.append(
            (
                a.label,
                key,
                a.unit,
                a.distribution if is_drawn else "held",
                low if is_drawn else sampling.scenario.values[key],
                sampling.scenario.values[key],
                high if is_drawn else sampling.scenario.values[key],
                a.role,
            )
        )
    return records


DRAWN: Final = Figure(
    name="drawn",
    title=lambda view: f"How each assumption is drawn{given_words(view)}",
    columns={
        "assumption": "Assumption",
        "key": "Name in links",
        "unit": "Unit of its values",
        "distribution": "How it is drawn: "
        + "; ".join(f"{name}: {meaning}" for name, meaning in DISTRIBUTIONS.items())
        + "; held: not drawn",
        "low_value": "Lowest value drawn",
        "scenario_value": "Value in the scenario",
        "high_value": "Highest value drawn",
        "role": "What kind of thing it is: " + "; ".join(f"{name}: {meaning}" for name, meaning in ROLES.items()),
    },
    records=_drawn,
)


def drawn_in_words(table: Table) -> Columns:
    """How each assumption is drawn, as a reader wants it."""
    values = table.values
    low, now, high = (
        [assumption_value(key, value) for key, value in zip(values["key"], values[f"{end}_value"], strict=True)]
        for end in ("low", "scenario", "high")
    )
    return {
        "Assumption, in the scenario": [
            f"{name}, {value}" for name, value in zip(values["assumption"], now, strict=True)
        ],
        "Drawn": values["distribution"],
        "From, to": [f"{least} to {most}" for least, most in zip(low, high, strict=True)],
    }
