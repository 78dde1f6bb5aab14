"""Every fact: as data, as a grid, and in words where it is words or a day."""

from typing import Final

import pandas as pd

from data.facts import DATE, TEXT, facts
from pages.kit.figure import Figure
from pages.kit.tables import Table
from pages.kit.view import View
from pages.kit.words import NBSP, URL_MEANING, markdown_text, one_notation, short_date_words
from pages.sources.cells import held_text, source_cell
from pages.sources.exact import exact_quantity, plain_number, unit_of
from pages.sources.search import with_rows

FACT_SOURCES: Final = ("data/facts.csv; the column source names the source of each row",)


def _records(view: View) -> list[tuple[object, ...]]:
    """In the order of the file."""
    return [
        (
            f.id,
            f.label,
            f.value if isinstance(f.value, str) else plain_number(f.value),
            f.unit,
            f.as_of,
            f.source,
            f.kind,
            f.note,
            f.url,
        )
        for f in facts().values()
    ]


def split_facts(table: Table) -> tuple[Table, Table]:
    """Facts that are numbers, and facts that are words or days."""
    in_words = table.rows["unit"].isin([TEXT, DATE])
    numbers, texts = table.rows[~in_words], table.rows[in_words]
    return with_rows(table, numbers), with_rows(table, texts)


def facts_in_grid(table: Table) -> pd.DataFrame:
    """Facts as a grid shows them: every value with its unit, every known address as a link."""
    rows = table.rows
    return pd.DataFrame(
        {
            "Fact": rows["label"],
            "Value": [exact_quantity(row["value"], unit_of(row)).replace(NBSP, " ") for row in rows.to_dict("records")],
            "As of": rows["as_of"],
            "Kind": rows["kind"],
            "Source": rows["source"].map(one_notation),
            "Address": rows["url"],
            "Note": rows["note"].map(one_notation),
            "Name": rows["id"],
        }
    )


def statements_in_words(table: Table) -> pd.DataFrame:
    """Facts that are words or days, as Markdown cells."""
    return pd.DataFrame(
        [
            {
                "Fact": held_text(row["label"], 24),
                "What it says": held_text(short_date_words(row["value"]) if row["unit"] == DATE else row["value"], 30),
                "As of": short_date_words(row["as_of"]),
                "Source and note": source_cell(row),
                "Name": markdown_text(row["id"]),
            }
            for row in table.rows.to_dict("records")
        ]
    )


ALL_FACTS: Final = Figure(
    name="facts",
    title="Facts",
    columns={
        "id": "Name of the fact",
        "label": "What it is",
        "value": "Value in the unit; shares are fractions",
        "unit": "Unit",
        "as_of": "Date, month or year that the value belongs to",
        "source": "Source",
        "kind": "How the value is known",
        "note": "Note",
        "url": URL_MEANING,
    },
    records=_records,
    sources=FACT_SOURCES,
)
