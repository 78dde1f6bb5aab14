"""Pieces that the charts of the page share: bars of scenario and reference, their axis and legend, colours of rates."""

from typing import Final

import altair as alt
import pandas as pd

from pages.parts.columns import Columns, rows_where
from pages.parts.tables import REFERENCE, SCENARIO, Table
from pages.parts.view import View
from pages.parts.words import in_sentence

CASE_OPACITY: Final = alt.Opacity(
    "case:N", scale=alt.Scale(domain=[SCENARIO, REFERENCE], range=[1.0, 0.5]), legend=None
)

RATE_COLOR: Final = "#56B4E9"
RATE_OPACITY: Final = alt.Scale(domain=[0.0, 0.5], range=[0.0, 0.75])


def _differs(view: View) -> bool:
    return bool(view.scenario.changed())


def _bar_name(company: str, case: str, both: bool) -> str:
    return f"{company}, {in_sentence(case)}" if both else company


def drawn(table: Table, view: View) -> Columns:
    """A table's values with the name of the bar each belongs to; without the reference where it is the scenario."""
    values, both = table.values, _differs(view)
    if not both:
        values = rows_where(values, [case == SCENARIO for case in values["case"]])
    return {**values, "bar": [_bar_name(c, k, both) for c, k in zip(values["company"], values["case"], strict=True)]}


def bar_axis(rows: pd.DataFrame) -> alt.Y:
    """Bars one below the other, in the order of the rows, their names on the left."""
    names = list(dict.fromkeys(rows["bar"]))
    return alt.Y(
        "bar:N", sort=names, title=None, axis=alt.Axis(ticks=False, domain=False, labelFlush=False, labelLimit=130)
    )


def legend(values: list[str], columns: int) -> alt.Legend:
    """A legend of what is drawn."""
    return alt.Legend(title=None, orient="top", columns=columns, labelLimit=200, symbolOpacity=1.0, values=values)
