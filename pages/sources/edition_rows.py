"""The rows of an edition, which have no address of their own: facts that hold in it, and defaults that it states."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from data.facts import KINDS
from model.editions import YOURS, base_of, edition, edition_words, editions
from model.registry import ASSUMPTIONS, BASE_FIGURES, FIRST_FISCAL_YEAR_LABEL
from pages.kit.tables import Table
from pages.kit.words import URL_MEANING, markdown_text
from pages.sources.cells import held_text, source_cell
from pages.sources.exact import exact_quantity, plain_number, unit_of

EDITION_SOURCES: Final = ("data/editions; the column source names the source of each row",)

YOURS_MEANS: Final = "Your own figure, in the place of the published one that its source names."


def kinds(name: str) -> Mapping[str, str]:
    """How the values of an edition are known, with what each kind means."""
    return {**KINDS, YOURS: YOURS_MEANS} if edition(name).own else KINDS


def file_word(name: str) -> str:
    """An edition in the name of a file."""
    return f"{base_of(name)}-{YOURS}" if edition(name).own else name


def beside(name: str) -> str:
    """The edition whose values stand beside those of another: the published one, or the newest of the others."""
    return base_of(name) if edition(name).own else next(other for other in reversed(editions()) if other != name)


def edition_table(name: str) -> Table:
    """Every row of an edition: facts that hold in it, and defaults that it states."""
    records: list[tuple[object, ...]] = [
        (key, edition_label(key), plain_number(row.value), row.unit, row.fact, row.source, row.kind, row.note, row.url)
        for key, row in edition(name).rows.items()
    ]
    columns = {
        "key": "Name of the value",
        "label": "What it is",
        "value": "Value in the unit; shares are fractions",
        "unit": "Unit",
        "fact": "Name of the fact that it quotes, if any",
        "source": "Source",
        "kind": "How the value is known",
        "note": "Note",
        "url": URL_MEANING,
    }
    return Table.of(f"edition-{file_word(name)}", f"Edition {edition_words(name)}", columns, records, EDITION_SOURCES)


def edition_label(key: str) -> str:
    """A value of an edition in words."""
    if key in ASSUMPTIONS:
        return ASSUMPTIONS[key].label
    return BASE_FIGURES[key].label if key in BASE_FIGURES else FIRST_FISCAL_YEAR_LABEL


def edition_in_words(table: Table, other: Table) -> pd.DataFrame:
    """Rows of an edition as Markdown cells beside the value of another edition."""
    elsewhere = {row["key"]: exact_quantity(row["value"], unit_of(row)) for row in other.rows.to_dict("records")}
    there_name = f"In {other.name.removeprefix('edition-')}"
    records = []
    for row in table.rows.to_dict("records"):
        value, there = exact_quantity(row["value"], unit_of(row)), elsewhere.get(row["key"], "its own default")
        quoted = f"fact {row['fact']}" if row["fact"] else ""
        records.append(
            {
                "What": held_text(row["label"], 24),
                "Value": value,
                there_name: "same" if value == there else there,
                "Source and note": source_cell(row, 30, quoted),
                "Name": markdown_text(row["key"]),
            }
        )
    return pd.DataFrame(records)
