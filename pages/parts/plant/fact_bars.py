"""Figures that others print, as bars with their sources; pale where a figure is weaker."""

from collections.abc import Sequence
from typing import Final

import altair as alt
import pandas as pd

from data.facts import facts
from pages.parts.charts import COMPANY_COLORS, GREY
from pages.parts.columns import Columns
from pages.parts.plant.marks import row_axis, strength

PALE: Final = 0.45  # opacity of a figure that is weaker than the others
_TONES: Final = {**COMPANY_COLORS, "Other": GREY}


def fact_sources(*ids: str) -> tuple[str, ...]:
    """Sources of facts, each with its label, date and kind."""
    return tuple(f"{f.label}: {f.source} ({f.kind}, {f.as_of})" for f in (facts()[fact_id] for fact_id in ids))


def recalled_pale(columns: Columns, labels: Sequence[str], tones: Sequence[str]) -> Columns:
    """Columns for `fact_layers`; a recalled figure is pale and named so."""
    recalled = [kind == "recalled" for kind in columns["kind"]]
    return {
        **columns,
        "tone": tones,
        "strength": [PALE if pale else 1.0 for pale in recalled],
        "label": [label + (", recalled" if pale else "") for label, pale in zip(labels, recalled, strict=True)],
    }


def fact_layers(rows: pd.DataFrame, name: str, value: str, title: str, scale: alt.Scale) -> list[alt.Chart]:
    """Horizontal bars with their figure beside them; pale where a figure is weaker.

    rows: label, tone, strength (opacity), kind, source; name, value: columns of the bars' names and lengths
    """
    base = alt.Chart(rows).encode(
        y=alt.Y(f"{name}:N", sort=list(rows[name]), title=None, axis=row_axis(150)),
        tooltip=[
            alt.Tooltip(f"{name}:N", title="What"),
            alt.Tooltip("label:N", title="Figure"),
            *([alt.Tooltip("period:N", title="Where and when")] if "period" in rows else []),
            alt.Tooltip("kind:N", title="Figure is"),
            alt.Tooltip("source:N", title="Source"),
        ],
    )
    axis = alt.Axis(format=".0%", tickCount=5) if value.endswith("_share") else alt.Axis(tickCount=5)
    bars = base.mark_bar(height={"band": 0.62}).encode(
        x=alt.X(f"{value}:Q", title=title, axis=axis, scale=scale),
        color=alt.Color("tone:N", scale=alt.Scale(domain=list(_TONES), range=list(_TONES.values())), legend=None),
        opacity=strength(),
    )
    labels = base.mark_text(align="left", dx=5).encode(x=alt.X(f"{value}:Q"), text=alt.Text("label:N"))
    return [bars, labels]
