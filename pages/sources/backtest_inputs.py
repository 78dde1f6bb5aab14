"""What goes into the backtest, fixed before it is run."""

from typing import Final

import pandas as pd

from model.backtest_inputs import SORTS, inputs
from pages.kit.figure import Figure
from pages.kit.tables import Table
from pages.kit.view import View
from pages.kit.words import URL_MEANING, markdown_text, short_date_words
from pages.sources.cells import held_text, meanings, source_cell
from pages.sources.exact import exact_quantity, plain_number
from pages.sources.facts import FACT_SOURCES


def _records(view: View) -> list[tuple[object, ...]]:
    return [
        (
            i.sort,
            i.id,
            i.label,
            plain_number(i.value),
            i.unit,
            i.start,
            i.known_since,
            i.source,
            i.kind,
            i.note,
            i.url,
        )
        for i in inputs().values()
    ]


def inputs_in_words(table: Table) -> pd.DataFrame:
    """What goes into the backtest, as Markdown cells."""
    return pd.DataFrame(
        [
            {
                "Sort": held_text(row["sort"], 12),
                "What it is": held_text(row["label"], 26),
                "Value": exact_quantity(row["value"], row["unit"]),
                "From": short_date_words(row["start"]) if row["start"] else "all year",
                "Known since": short_date_words(row["known_since"]),
                "Source and note": source_cell(row, 30),
                "Name": markdown_text(row["id"]),
            }
            for row in table.rows.to_dict("records")
        ]
    )


BACKTEST_INPUTS: Final = Figure(
    name="backtest_inputs",
    title="What goes into the backtest",
    columns={
        "sort": meanings(SORTS),
        "id": "Name of the input",
        "label": "What it is",
        "value": "Value in the unit; shares are fractions",
        "unit": "Unit",
        "start": "Day from which it holds at the border, or in the plants; empty where it holds all year",
        "known_since": "When it was published, or when a prior was stated",
        "source": "Source",
        "kind": "How the value is known",
        "note": "Note",
        "url": URL_MEANING,
    },
    records=_records,
    sources=FACT_SOURCES,
)
