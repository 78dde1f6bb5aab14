"""Colours of the page's charts, and their legends."""

from collections.abc import Iterable
from typing import Any, Final

import altair as alt
import pandas as pd

SOURCE_COLORS: Final = {
    "Shared platforms": "#009E73",
    "Joint software": "#56B4E9",
    "Cars earlier to market": "#E69F00",
    "Canton trucks": "#CC79A7",
    "Tooling": "#A6ADB3",
    "Integration": "#6B7780",
}


def legend(**settings: Any) -> alt.Legend:
    """A legend above the chart, in two columns."""
    return alt.Legend(title=None, orient="top", columns=2, labelLimit=230, **settings)


def scale(named: dict[str, str], held: Iterable[str] | None = None) -> alt.Scale:
    """A scale of named colours; held: those that the chart holds, all unless given."""
    names = set(named if held is None else held)
    domain = [name for name in named if name in names]
    return alt.Scale(domain=domain, range=[named[name] for name in domain])


def of_sources(marks: pd.DataFrame) -> alt.Color:
    """Colours of the sources that the marks hold."""
    return alt.Color("source:N", scale=scale(SOURCE_COLORS, marks["source"]), legend=legend())
