"""The backtest as a chart: what companies published as bars, what the model says as points on them."""

from collections.abc import Hashable, Mapping
from typing import Final

import altair as alt
import pandas as pd

from model.backtest_inputs import CALIBRATED, GUIDED, NET, TEST, WHOLE
from pages.parts.charts import Chart, company_color, unseen
from pages.parts.words import number

ROLE_MARKS: Final = {CALIBRATED: "model, calibrated", TEST: "model, tested"}
_SHAPES: Final = ["diamond", "circle"]
_KEY: Final = "#7B8794"  # of the legend: read on white and on dark
_LABEL_ROOM: Final = 1.95  # the widest bar leaves this much of its own length for labels


_DRAWN: Final = [
    *("fact_id", "role", "row", "mark", "company", "period", "as_of", "published_jpy_bn", "model_jpy_bn"),
    *("label_published", "label_model", "right_jpy_bn", "room_jpy_bn"),
]
"""Columns that the chart shows."""


def with_marks(rows: pd.DataFrame, days: list[str], errors: list[str]) -> pd.DataFrame:
    """Whole costs that are calibrated or tested, with the names and labels of their marks.

    rows: company, period, as_of, role, reported, line, basis, published_jpy_bn, model_jpy_bn
    days, errors: the day and the error of each row in words
    """
    rows = rows.assign(day=days, error=errors)
    rows = rows[rows["role"].isin(list(ROLE_MARKS)) & (rows["line"] == WHOLE) & (rows["basis"] != NET)]
    longest = rows[["model_jpy_bn", "published_jpy_bn"]].max(axis=1)
    return rows.assign(
        row=[_row_name(row) for row in rows.to_dict("records")],
        mark=[ROLE_MARKS[role] for role in rows["role"]],
        label_published=[f"published {number(value, 0)}" for value in rows["published_jpy_bn"]],
        label_model=[
            f"model {number(value, 0)}: {error}"
            for value, error in zip(rows["model_jpy_bn"], rows["error"], strict=True)
        ],
        right_jpy_bn=longest,
        room_jpy_bn=_LABEL_ROOM * longest.max(),
    )[_DRAWN]


def _row_name(row: Mapping[Hashable, str]) -> str:
    """Two lines parted by a bar: company and role, and what was guided or booked when."""
    head = f"{row['company']}, calibrated" if row["role"] == CALIBRATED else row["company"]
    if row["reported"] == GUIDED:
        return f"{head}|guided {row['day']}"
    return f"{head}|{row['reported']} {_in_short(row['period'])}"


def _in_short(period: str) -> str:
    """April to September 2025 is Apr to Sep 2025."""
    return " ".join(word[:3] if word[0].isupper() else word for word in period.split(" "))


def published_and_model(rows: pd.DataFrame) -> Chart:
    """One row per published figure: a bar from zero, the model's point, and both figures with the error in words.

    rows: as `with_marks` gives them
    """
    base = alt.Chart(rows).encode(
        y=alt.Y(
            "row:N",
            sort=list(rows["row"]),
            title=None,
            axis=alt.Axis(ticks=False, domain=False, labelLimit=150, labelExpr="split(datum.label, '|')"),
        ),
        tooltip=[
            alt.Tooltip("company:N", title="Company"),
            alt.Tooltip("period:N", title="Cost of"),
            alt.Tooltip("as_of:N", title="As of"),
            alt.Tooltip("published_jpy_bn:Q", title="Published, JPY bn", format=",.1f"),
            alt.Tooltip("model_jpy_bn:Q", title="Model, JPY bn", format=",.1f"),
            alt.Tooltip("label_model:N", title="Error"),
        ],
    )
    color = company_color()
    bars = base.mark_bar(height={"band": 0.5}, opacity=0.4).encode(
        x=alt.X(
            "published_jpy_bn:Q",
            title="Tariff cost, JPY bn",
            axis=alt.Axis(tickCount=4, format=",.0f"),
            scale=alt.Scale(zero=True, nice=False),
        ),
        color=color,
    )
    points = base.mark_point(filled=True, size=130, opacity=1).encode(
        x=alt.X("model_jpy_bn:Q"),
        color=color,
        shape=alt.Shape(
            "mark:N",
            scale=alt.Scale(domain=list(ROLE_MARKS.values()), range=_SHAPES),
            legend=alt.Legend(title=None, orient="top", columns=1, symbolFillColor=_KEY, symbolStrokeColor=_KEY),
        ),
    )
    texts = [
        base.mark_text(align="left", dx=12, dy=dy, fontWeight="bold" if dy > 0 else "normal").encode(
            x=alt.X("right_jpy_bn:Q"), text=alt.Text(f"{label}:N")
        )
        for label, dy in (("label_published", -7), ("label_model", 7))
    ]
    room = unseen(base).encode(x=alt.X("room_jpy_bn:Q"))
    return alt.layer(bars, points, *texts, room).properties(height=alt.Step(38))
