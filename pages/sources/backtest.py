"""The backtest: what companies published beside what the model says, calibration rows first."""

from typing import Final

import altair as alt
import pandas as pd

from data.facts import facts, sourced
from model.backtest import backtest, judged, median_error_share
from model.backtest_inputs import (
    BASES,
    CALIBRATED,
    CALIBRATION_EDITION,
    GROSS,
    GUIDED,
    NET,
    NOT_STATED,
    REPORTED,
    ROLES,
    TEST,
    WHOLE,
)
from model.editions import COMPANY_LABELS
from pages.kit.columns import Columns, rows_where
from pages.kit.figure import Figure
from pages.kit.published import PublishedBeside
from pages.kit.tables import Table
from pages.kit.view import View
from pages.kit.words import NBSP, URL_MEANING, number, percent, short_date_words
from pages.sources.cells import held_text, joined, linked, meanings
from pages.sources.exact import error_text, exact_number
from pages.sources.facts import FACT_SOURCES

_FITTED: Final = "Says nothing: inputs were worked out from it."

_MARKS: Final = {CALIBRATED: "model, calibrated", TEST: "model, tested"}
"""What is drawn, by role, and what its point is called."""

_LABEL_ROOM: Final = 1.95  # the widest bar leaves this much of its own length for labels

_OWN_MEASURES: Final = {GROSS: "before", NET: "after", NOT_STATED: f"not{NBSP}stated"}


def _records(view: View) -> list[tuple[object, ...]]:
    known = facts()
    return [
        (
            COMPANY_LABELS[r.company],
            r.period,
            r.as_of,
            r.role,
            r.published_jpy_bn,
            r.model_jpy_bn,
            r.error_share,
            r.unexplained or _FITTED,
            r.fact_id,
            known[r.fact_id].kind,
            joined(known[r.fact_id].source, known[r.fact_id].note),
            known[r.fact_id].url,
            r.span,
            r.reported,
            r.line,
            r.basis,
            r.edition,
        )
        for r in backtest()
    ]


def _marks(table: Table) -> Columns:
    """Whole costs that are calibrated or tested, with the names and labels of their marks."""
    values = table.values
    which = zip(values["role"], values["line"], values["basis"], strict=True)
    drawn = rows_where(values, [role in _MARKS and line == WHOLE and basis != NET for role, line, basis in which])
    published, model = drawn["published_jpy_bn"], drawn["model_jpy_bn"]
    longest = [max(pair) for pair in zip(published, model, strict=True)]
    names = zip(*(drawn[name] for name in ("company", "role", "reported", "as_of", "period")), strict=True)
    errors = zip(model, drawn["error_share"], strict=True)
    return {
        "fact_id": drawn["fact_id"],
        "role": drawn["role"],
        "row": [_row_name(*row) for row in names],
        "mark": [_MARKS[role] for role in drawn["role"]],
        "company": drawn["company"],
        "period": drawn["period"],
        "as_of": drawn["as_of"],
        "published_jpy_bn": published,
        "model_jpy_bn": model,
        "label_published": [f"published {number(value, 0)}" for value in published],
        "label_model": [f"model {number(value, 0)}: {error_text(error)}" for value, error in errors],
        "right_jpy_bn": longest,
        "room_jpy_bn": [_LABEL_ROOM * max(longest)] * len(longest),
    }


def _row_name(company: str, role: str, reported: str, as_of: str, period: str) -> str:
    """Two lines parted by a bar: company and role, and what was guided or booked when."""
    head = f"{company}, calibrated" if role == CALIBRATED else company
    return (
        f"{head}|guided {short_date_words(as_of)}" if reported == GUIDED else f"{head}|{reported} {_in_short(period)}"
    )


def _in_short(period: str) -> str:
    """April to September 2025 is Apr to Sep 2025."""
    return " ".join(word[:3] if word[0].isupper() else word for word in period.split(" "))


def _finding(view: View) -> str:
    """How far the model is from the half-years and years that are tests."""
    tested = judged(backtest())
    errors = [row.error_share for row in tested]
    return (
        f"Half-years and years after May 2025 are missed by a median of {percent(median_error_share(tested))}, "
        f"from {error_text(min(errors))} to {error_text(max(errors))}"
    )


def backtest_in_words(table: Table, role: str) -> pd.DataFrame:
    """The rows of a role as Markdown cells."""
    rows = table.rows[table.rows["role"] == role]
    return pd.DataFrame(
        [
            {
                "Company": row["company"],
                "Cost of": held_text(row["period"] if row["line"] == WHOLE else f"{row['line']}, {row['period']}", 16),
                "As of": f"{row['reported']} {short_date_words(row['as_of'])}",
                "Published, JPY bn": exact_number(row["published_jpy_bn"], "JPY bn"),
                "Model, JPY bn": number(row["model_jpy_bn"], 1),
                "Error": f"**{error_text(row['error_share'])}**",
                "Own measures": _OWN_MEASURES[row["basis"]],
                "What the model does not explain": held_text(row["unexplained"]),
                "Source and note": linked(held_text(sourced(row["kind"], row["source"])), row["url"]),
            }
            for row in rows.to_dict("records")
        ]
    )


BACKTEST: Final = Figure(
    name="backtest",
    title=f"Published tariff cost beside the model's, calibrated on the edition {CALIBRATION_EDITION}",
    columns={
        "company": "Company",
        "period": "Period that the cost belongs to",
        "as_of": "Day of the guidance, or the month to which cost was booked",
        "role": meanings(ROLES),
        "published_jpy_bn": "Tariff cost as published, JPY bn",
        "model_jpy_bn": "Tariff cost of the model, JPY bn, gross or net as published; gross where that is not stated",
        "error_share": "Model over published, less one; a fraction",
        "unexplained": "What the model does not explain",
        "fact_id": "Name of the fact",
        "kind": "How the published figure is known",
        "source": "Source of the published figure, and what it says of it",
        "url": URL_MEANING,
        "span": "Kind of period",
        "reported": meanings(REPORTED),
        "line": "Part of the cost",
        "basis": meanings(BASES),
        "edition": "Edition whose estimates the model's figure rests on",
    },
    records=_records,
    form=PublishedBeside(
        mark=_marks,
        computed="model",
        unit="jpy_bn",
        title="Tariff cost, JPY bn",
        axis=alt.Axis(tickCount=4, format=",.0f"),
        tooltip=(
            alt.Tooltip("company:N", title="Company"),
            alt.Tooltip("period:N", title="Cost of"),
            alt.Tooltip("as_of:N", title="As of"),
            alt.Tooltip("published_jpy_bn:Q", title="Published, JPY bn", format=",.1f"),
            alt.Tooltip("model_jpy_bn:Q", title="Model, JPY bn", format=",.1f"),
            alt.Tooltip("label_model:N", title="Error"),
        ),
        points={_MARKS[CALIBRATED]: ("diamond", ""), _MARKS[TEST]: ("circle", "")},
        labels=("label_published", "label_model"),
        name_width=150,
    ),
    finding=_finding,
    sources=FACT_SOURCES,
)
