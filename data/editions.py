"""Reads the editions: one CSV per edition, each row a value quoted from a fact or stated as a judgement."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from data.facts import KINDS, cell_error, facts, read_rows, require_known, require_number, require_text

FOLDER: Final = Path(__file__).parent / "editions"
COLUMNS: Final = ("key", "value", "unit", "fact", "source", "kind", "note")


@dataclass(frozen=True, slots=True)
class EditionRow:
    """One value of an edition: `fact` names the fact it quotes, or is empty.

    url: address of the source of the fact it quotes, where one is known
    """

    key: str
    value: float
    unit: str
    fact: str
    source: str
    kind: str
    note: str
    row_number: int
    url: str


@cache
def edition_names() -> tuple[str, ...]:
    """Names of the editions in the folder, oldest first."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.csv")))


def read_edition(name: str, folder: Path = FOLDER) -> Mapping[str, EditionRow]:
    """Rows of an edition by key.

    A row either quotes a fact (then value, source and kind come from the fact, in the same unit) or
    states value, source and kind itself. Raises DataError naming file, row and column.
    """
    path = folder / f"{name}.csv"
    rows: dict[str, EditionRow] = {}
    for row, cells in read_rows(path, COLUMNS):
        key = require_text(path, row, "key", cells["key"])
        if key in rows:
            raise cell_error(path, row, "key", f'"{key}" is already the key of row {rows[key].row_number}')
        url = ""
        if cells["fact"]:
            value, source, kind, url = _quoted(path, row, cells)
        else:
            value = require_number(path, row, "value", cells["value"])
            source = require_text(path, row, "source", cells["source"])
            kind = require_known(path, row, "kind", cells["kind"], list(KINDS), "kind")
        rows[key] = EditionRow(key, value, cells["unit"], cells["fact"], source, kind, cells["note"], row, url)
    return MappingProxyType(rows)


def _quoted(path: Path, row: int, cells: Mapping[str, str]) -> tuple[float, str, str, str]:
    """Value, source, kind and address of the fact that a row quotes."""
    for column in ("value", "source", "kind"):
        if cells[column]:
            raise cell_error(
                path,
                row,
                column,
                f'"{cells[column]}" where the fact {cells["fact"]} gives it: leave it empty',
            )
    if cells["fact"] not in facts():
        raise cell_error(path, row, "fact", f'"{cells["fact"]}" is not the id of a fact')
    fact = facts()[cells["fact"]]
    if fact.unit != cells["unit"]:
        raise cell_error(path, row, "unit", f'"{cells["unit"]}" where the fact {fact.id} is in "{fact.unit}"')
    if isinstance(fact.value, str):
        raise cell_error(path, row, "fact", f'"{fact.id}" is words, not a number')
    return fact.value, fact.source, fact.kind, fact.url
