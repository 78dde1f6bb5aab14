"""Which inputs drive the spread: shares of variance as a table, a chart and words."""

from collections.abc import Callable
from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from model.registry import ASSUMPTIONS, DISTRIBUTIONS
from model.sampling import drawn_range
from pages.parts import choices
from pages.parts.charts import Chart
from pages.parts.sure.asked import measure_asked, measure_words, sampling_of
from pages.parts.sure.variance import Drivers, design_points, drivers
from pages.parts.tables import Table
from pages.parts.view import View
from pages.parts.words import assumption_value, in_sentence, percent

SHOWN: Final = 8
BAR_COLOR: Final = "#0072B2"
TOTAL_COLOR: Final = "#D55E00"
_STEP_PX: Final = 50
_LINE_PX: Final = 15


def drivers_of(view: View) -> Drivers:
    """Shares of the variance of what the Uncertainty page is asked for."""
    return drivers(sampling_of(view), measure_asked(view), design_points(choices.DRAWS.of(view)))


def driver_table(view: View) -> Table:
    """Every drawn assumption with its shares of the variance and their errors, the largest first."""
    found = drivers_of(view)
    s = found.shares
    order = np.argsort(-s.total, kind="stable")
    records: list[tuple[object, ...]] = [
        (
            rank,
            ASSUMPTIONS[found.keys[i]].label,
            found.keys[i],
            *(float(part[i]) for part in (s.first, s.first_low, s.first_high, s.total, s.total_low, s.total_high)),
        )
        for rank, i in enumerate(order, start=1)
    ]
    columns = {
        "rank": "Rank by total share",
        "assumption": "Assumption",
        "key": "Name in links",
        "first_share": "Share of the variance that would go if it alone were known",
        "first_low": "Lower end of the error of that share (95 %)",
        "first_high": "Upper end of the error of that share (95 %)",
        "total_share": "Share of the variance that would stay if it alone were not known",
        "total_low": "Lower end of the error of that share (95 %)",
        "total_high": "Upper end of the error of that share (95 %)",
    }
    title = f"What drives the spread: {in_sentence(measure_words(measure_asked(view), view))}"
    return Table.of("drivers", title, columns, records)


def with_driver_marks(table: Table) -> pd.DataFrame:
    """The largest drivers with the words of their marks; errors are cut at none and at all of the variance."""
    rows = table.rows.head(SHOWN)
    cut = {name: rows[name].clip(0.0, 1.0) for name in ("first_share", "first_low", "first_high", "total_share")}
    return pd.DataFrame(
        {
            "rank": rows["rank"],
            **cut,
            "label_name": rows["assumption"],
            "label_share": [
                f"{percent(share, 0)} ({percent(low, 0)} to {percent(high, 0)})"
                for share, low, high in zip(cut["first_share"], cut["first_low"], cut["first_high"], strict=True)
            ],
            "label": [
                f"{name}: alone {percent(first, 0)}, with others {percent(total, 0)}"
                for name, first, total in zip(rows["assumption"], cut["first_share"], cut["total_share"], strict=True)
            ],
        }
    )


def driver_bars(rows: pd.DataFrame) -> Chart:
    """A bar for each assumption's own share with its error, and a diamond for its share with others.

    rows: of `with_driver_marks`
    """
    base = alt.Chart(rows).encode(y=alt.Y("rank:O", axis=None), tooltip=[alt.Tooltip("label:N", title="Share")])
    across = alt.X("first_share:Q", title="Share of the variance", axis=alt.Axis(format="~%", tickCount=5))
    bars = base.mark_bar(height=12, color=BAR_COLOR).encode(x=across, description=alt.Description("label:N"))
    errors = base.mark_rule(strokeWidth=2, color="#7A8791").encode(x=alt.X("first_low:Q"), x2=alt.X2("first_high:Q"))
    diamonds = base.mark_point(shape="diamond", size=90, filled=True, color=TOTAL_COLOR, opacity=1).encode(
        x=alt.X("total_share:Q")
    )
    names = base.mark_text(align="left", dy=-_LINE_PX, fontWeight="bold").encode(
        x=alt.value(0), text=alt.Text("label_name:N")
    )
    shares = base.mark_text(align="right", dy=-_LINE_PX).encode(x=alt.value("width"), text=alt.Text("label_share:N"))
    return alt.layer(bars, errors, diamonds, names, shares).properties(height=alt.Step(_STEP_PX))


def driver_finding(view: View, table: Table) -> str:
    """Which assumptions make most of the spread."""
    if table.rows.empty or not drivers_of(view).varies:
        return "Nothing that is drawn moves the result: there is no spread to explain"
    first = table.rows.iloc[0]
    own = percent(float(np.clip(first["first_share"], 0.0, 1.0)), 0)
    if len(table.rows) == 1:
        return f"“{first['assumption']}” makes all of the spread"
    second = table.rows.iloc[1]["assumption"]
    return f"“{first['assumption']}” drives the spread most: alone {own} of the variance; next is “{second}”"


def driver_note(view: View) -> str:
    """How the shares were computed and how sure they are."""
    found = drivers_of(view)
    return (
        f"From {found.runs:,} further runs of the model on an even design (Saltelli). The grey line is the "
        "error of the bar: 19 of 20 repetitions lie within it. A diamond beyond its bar is what "
        "an assumption does together with "
        "others. More draws above make the errors smaller."
    )


def drawn_table(view: View) -> Table:
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
            )
        )
    columns = {
        "assumption": "Assumption",
        "key": "Name in links",
        "unit": "Unit of its values",
        "distribution": "How it is drawn: "
        + "; ".join(f"{name}: {meaning}" for name, meaning in DISTRIBUTIONS.items())
        + "; held: not drawn",
        "low_value": "Lowest value drawn",
        "scenario_value": "Value in the scenario",
        "high_value": "Highest value drawn",
    }
    return Table.of("drawn", "How each assumption is drawn", columns, records)


def drawn_in_words(table: Table) -> pd.DataFrame:
    """How each assumption is drawn, as a reader wants it."""
    rows = table.rows.to_dict("records")
    return pd.DataFrame(
        {
            "Assumption, in the scenario": [
                f"{r['assumption']}, {assumption_value(r['key'], r['scenario_value'])}" for r in rows
            ],
            "Drawn": [r["distribution"] for r in rows],
            "From, to": [
                f"{assumption_value(r['key'], r['low_value'])} to {assumption_value(r['key'], r['high_value'])}"
                for r in rows
            ],
        }
    )


TABLES: Final[dict[str, Callable[[View], Table]]] = {"drivers": driver_table, "drawn": drawn_table}
"""Tables of this module by name."""
