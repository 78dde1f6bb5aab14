"""A search in the tables of the page."""

from collections.abc import Collection
from typing import Final

import pandas as pd

from pages.kit.tables import Table
from pages.kit.words import NBSP
from pages.sources.exact import exact_quantity, unit_of

_NOT_SEARCHED: Final = frozenset({"group", "changed", "low", "high", "minimum", "maximum", "step", "unit", "help"})


def matching(table: Table, query: str, kinds: Collection[str] = ()) -> Table:
    """Rows in which every word of the query occurs somewhere, of these kinds (none: of any kind).

    Names, labels, sources, notes and values are searched, values as stored and as shown, upper and
    lower case alike. The words are only compared, never run as a pattern.
    """
    rows = table.rows
    if kinds:
        rows = rows[rows["kind"].isin(list(kinds))]
    words = query.casefold().split()
    if words:
        rows = rows[[all(word in text for word in words) for text in _searched(rows)]]
    return with_rows(table, rows.reset_index(drop=True))


def with_rows(table: Table, rows: pd.DataFrame) -> Table:
    """A table with some of its rows."""
    return Table.framed(table.name, table.title, table.columns, rows, table.sources)


def _searched(rows: pd.DataFrame) -> list[str]:
    """What a search looks at in each row: its cells, and its values as people read them."""
    columns = [name for name in rows.columns if name not in _NOT_SEARCHED]
    values = [name for name in columns if name in ("value", "default", "scenario")]
    texts = []
    for record in rows.to_dict("records"):
        shown = [exact_quantity(record[name], unit_of(record)).replace(NBSP, " ") for name in values]
        texts.append("\n".join([*(str(record[name]) for name in columns), *shown]).casefold())
    return texts
