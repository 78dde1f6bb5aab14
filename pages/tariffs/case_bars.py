"""Bars of scenario and reference one below the other: their names, their axis and their legend."""

import altair as alt
import pandas as pd

from pages.kit.columns import Columns, rows_where
from pages.kit.tables import REFERENCE, Table
from pages.kit.view import View
from pages.kit.words import in_sentence


def _differs(view: View) -> bool:
    return bool(view.scenario.changed())


def _bar_name(company: str, case: str, both: bool) -> str:
    return f"{company}, {in_sentence(case)}" if both else company


def of_cases(table: Table, view: View) -> Columns:
    """A table's values with the name of the bar each belongs to; without the reference where it is the scenario."""
    values, both = table.values, _differs(view)
    if not both:
        values = rows_where(values, [case != REFERENCE for case in values["case"]])
    several = both or table.has_pin
    return {**values, "bar": [_bar_name(c, k, several) for c, k in zip(values["company"], values["case"], strict=True)]}


def bar_axis(marks: pd.DataFrame) -> alt.Y:
    """Bars one below the other, in the order of the marks, their names on the left."""
    names = list(dict.fromkeys(marks["bar"]))
    return alt.Y(
        "bar:N", sort=names, title=None, axis=alt.Axis(ticks=False, domain=False, labelFlush=False, labelLimit=130)
    )


def legend(values: list[str], columns: int) -> alt.Legend:
    """A legend of what is drawn."""
    return alt.Legend(title=None, orient="top", columns=columns, labelLimit=200, symbolOpacity=1.0, values=values)
