"""Published numbers of other makers beside the formulas', in tables, words and bars."""

from collections.abc import Sequence
from typing import Final

import altair as alt
import pandas as pd

from data.facts import facts, sourced
from model.backtest import median_error_share
from model.peers import JUDGED, ROLES, SHOWN, WITHIN_SHARE, Peer, judged, peers
from pages.kit.charts import GAIN, LOSS
from pages.kit.columns import Columns
from pages.kit.figure import Figure
from pages.kit.published import PublishedBeside
from pages.kit.tables import Table
from pages.kit.view import View
from pages.kit.words import NBSP, URL_MEANING, listed, markdown_text, number, percent, short_date_words, source_link
from pages.sources.cells import held_text
from pages.sources.exact import error_text

GOAL: Final = percent(WITHIN_SHARE, 0)
_SOURCES: Final = ("data/facts.csv; the column source names the source of each figure",)
_WITHIN: Final = f"within {GOAL}"
_BEYOND: Final = f"off by more than {GOAL}"
_LABEL_ROOM: Final = 1.6  # the widest row leaves this much of its own length for its label


def amount(value: float, unit: str) -> str:
    """A number of a row with its unit: JPY 217 bn, USD 3,345 per car, 64 %."""
    if unit == "share":
        return percent(value, 0)
    if unit == "USD per vehicle":
        return f"USD{NBSP}{number(value, 0)} per car"
    return f"{unit.removesuffix(' bn')}{NBSP}{number(value, None if abs(value) >= 1 else 2)}{NBSP}bn"


def _instead(row: Peer) -> str:
    error = row.instead_error_share
    return "" if error is None else f" {row.instead_words}: {error_text(error)}."


def _records(view: View) -> list[tuple[object, ...]]:
    """Every published number beside the formulas'."""
    known = facts()
    records: list[tuple[object, ...]] = []
    for row in peers():
        fact = known[row.fact_id]
        records.append(
            (
                row.id,
                row.maker,
                row.what,
                row.period,
                fact.as_of,
                row.role,
                "yes" if row.whole_cars else "no",
                row.published,
                row.formula,
                row.unit,
                row.error_share,
                "yes" if row.within else "no",
                f"{row.teaches}{_instead(row)}",
                row.fact_id,
                fact.kind,
                "; ".join(text for text in (fact.source, fact.note) if text),
                fact.url,
            )
        )
    return records


# ------------------------------------------------------------------------ words


def _makers(rows: Sequence[Peer]) -> str:
    return listed(list(dict.fromkeys(row.maker for row in rows)))


def answer() -> str:
    """How many of the judged numbers lie within the goal, how far off the middle one is, and for whom it fails."""
    rows = judged(peers())
    close, whole = [row for row in rows if row.within], [row for row in rows if row.whole_cars]
    never = [row for row in rows if not any(row.maker == each.maker for each in close)]
    near = [row for row in whole if row.within]
    worst = max(rows, key=lambda row: abs(row.error_share))
    verdict = "Yes" if len(close) == len(rows) else "Partly" if close else "No"
    fails = f" No figure of {_makers(never)} is met" if never else " Every maker has a figure that is met"
    return (
        f"**{verdict}: {len(close)} of {len(rows)} judged figures lie within {GOAL}, and the median error is "
        f"{percent(median_error_share(rows))}.**{fails}; worst is {worst.maker}, {worst.what}, with "
        f"{error_text(worst.error_share)}. Of makers that import whole cars, over nine months or more, "
        f"{len(near)} of {len(whole)} figures are within {GOAL}: that was the goal for all of them, "
        f"and it is **{'met' if len(near) == len(whole) else 'not met'}**."
    )


def _finding(view: View) -> str:
    """What the chart shows: how many numbers are hit, and on which side the others are missed."""
    rows = judged(peers())
    beyond = [row for row in rows if not row.within]
    above = sum(row.error_share > 0 for row in beyond)
    return (
        f"{len(rows) - len(beyond)} of {len(rows)} figures are met within {GOAL}; "
        f"{above} of the others come out too high, {len(beyond) - above} too low"
    )


# ------------------------------------------------------------------------ chart


def _in_short(row: Peer) -> str:
    """How long the period is."""
    months = int(row.values["months"])
    return {1: "month", 12: "year"}.get(months, f"{months} months")


def _marks(table: Table) -> Columns:
    """What the chart draws of the judged numbers, each as a share of what was published."""
    rows = [row for row in peers() if row.role == JUDGED]
    shares = [row.formula / row.published for row in rows]
    longest = max(*shares, 1.0)
    return {
        "row": [f"{row.maker}, {row.what}|{_in_short(row)}: {amount(row.published, row.unit)}" for row in rows],
        "maker": [row.maker for row in rows],
        "what": [row.what for row in rows],
        "period": [row.period for row in rows],
        "mark": [_WITHIN if row.within else _BEYOND for row in rows],
        "published_share": [1.0] * len(rows),
        "formula_share": shares,
        "right_share": [max(share, 1.0 + WITHIN_SHARE) for share in shares],
        "room_share": [_LABEL_ROOM * longest] * len(rows),
        "low_share": [1.0 - WITHIN_SHARE] * len(rows),
        "high_share": [1.0 + WITHIN_SHARE] * len(rows),
        "label_published": [amount(row.published, row.unit) for row in rows],
        "label_formula": [amount(row.formula, row.unit) for row in rows],
        "label_error": [error_text(row.error_share) for row in rows],
    }


# ------------------------------------------------------------------ as people read it


def beside_in_words(role: str) -> pd.DataFrame:
    """The rows of a role as Markdown cells."""
    known = facts()
    records = []
    for row in (row for row in peers() if row.role == role):
        fact = known[row.fact_id]
        named = f"**{markdown_text(row.maker)}**, {held_text(f'{row.what}, {row.period}', 20)}"
        source = held_text(f"{short_date_words(fact.as_of)}, {sourced(fact.kind, fact.source)}", 24)
        records.append(
            {
                "Figure and its source": f"{named}. *{source}* {source_link(fact.url)}".rstrip(),
                "Published": amount(row.published, row.unit),
                "Formula": amount(row.formula, row.unit),
                "Error": f"**{error_text(row.error_share)}**",
                "What it teaches": held_text(f"{row.teaches}{_instead(row)}", 24),
            }
        )
    return pd.DataFrame(records)


ROLE_HEADINGS: Final = {JUDGED: "Formula beside figure", SHOWN: "Quarters: shown, not judged"}
"""What stands over the rows of each role."""


PEERS: Final = Figure(
    name="peers",
    title="Published duty of other makers beside the formulas'",
    columns={
        "id": "Name of the row, as in links",
        "maker": "Maker, or customs",
        "what": "What was published, and how",
        "period": "Period that the figure belongs to",
        "as_of": "Day of the guidance, or the month to which cost was booked",
        "role": "; ".join(f"{word}: {meaning}" for word, meaning in ROLES.items()),
        "whole_cars": "Whether the maker imports whole cars and the period has nine months or more",
        "published": "Figure as published, in the unit of the row",
        "formula": "Figure of the formulas, in the unit of the row",
        "unit": "Unit of both figures; a share is a fraction",
        "error_share": "Formula over published, less one; a fraction",
        "within": f"Whether the error is within {GOAL}",
        "teaches": "What it teaches",
        "fact_id": "Name of the fact",
        "kind": "How the published figure is known",
        "source": "Source of the published figure, and what it says of it",
        "url": URL_MEANING,
    },
    records=_records,
    form=PublishedBeside(
        mark=_marks,
        computed="formula",
        unit="share",
        title="Of the published figure",
        axis=alt.Axis(values=[0, 0.5, 1, 1.5, 2], format="%"),
        tooltip=(
            alt.Tooltip("maker:N", title="Maker"),
            alt.Tooltip("what:N", title="Figure"),
            alt.Tooltip("period:N", title="Period"),
            alt.Tooltip("label_published:N", title="Published"),
            alt.Tooltip("label_formula:N", title="Formula"),
            alt.Tooltip("label_error:N", title="Error"),
        ),
        points={_WITHIN: ("circle", GAIN), _BEYOND: ("diamond", LOSS)},
        labels=("label_error",),
        name_width=175,
        goal=True,
    ),
    finding=_finding,
    note=(
        "Bar: the figure as published, set to 100 %. Point: what the formulas give. "
        f"Line across the bar's end: {GOAL} either way."
    ),
    sources=_SOURCES,
)
