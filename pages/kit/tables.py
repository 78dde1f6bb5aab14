"""The tables behind the charts: pure functions of a view, one row per mark, units in the column names.

What a chart shows, a download writes and a data address serves is the same table.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pandas as pd

from model.projection import Projection
from pages.kit.columns import Columns, columns_of
from pages.kit.view import View
from pages.kit.words import moves

# Tables of a few rows: here texts as Arrow arrays cost a third of the time of making them.
pd.set_option("mode.string_storage", "python")

SCENARIO: Final = "Scenario"
REFERENCE: Final = "Reference"
PINNED: Final = "Pinned"
_CASES: Final = ("case", "what", "printed_by")
"""Columns that tell these apart."""

MODEL_SOURCE: Final = "Alliance Explorer model on the edition's facts; see the Sources page"
"""Where a number of the model comes from."""


@dataclass(frozen=True, eq=False)
class Table:
    """A named table: its title, what its columns hold, its values, and where they come from.

    columns: name to meaning with unit; values: name to values, as many in each
    lacking: what was asked for and is not here, or not as asked, in words; empty where the table is whole
    """

    name: str
    title: str
    columns: dict[str, str]
    values: Columns
    sources: tuple[str, ...] = (MODEL_SOURCE,)
    lacking: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        name: str,
        title: str,
        columns: dict[str, str],
        records: Iterable[tuple[object, ...]],
        sources: tuple[str, ...] = (MODEL_SOURCE,),
        lacking: tuple[str, ...] = (),
    ) -> "Table":
        """A table from records in the order of its columns."""
        values = list(zip(*records, strict=True)) or [()] * len(columns)
        return cls(name, title, columns, dict(zip(columns, map(list, values), strict=True)), sources, lacking)

    @classmethod
    def framed(
        cls,
        name: str,
        title: str,
        columns: dict[str, str],
        rows: pd.DataFrame,
        sources: tuple[str, ...] = (MODEL_SOURCE,),
        lacking: tuple[str, ...] = (),
    ) -> "Table":
        """A table of what pandas worked out."""
        table = cls(name, title, columns, columns_of(rows), sources, lacking)
        table.__dict__["rows"] = rows
        return table

    @cached_property
    def has_pin(self) -> bool:
        """Whether the pinned case stands in it: in rows of its own, or in a column of its own."""
        rows = {str(text).lower() for column in _CASES for text in self.values.get(column, ())}
        return any(text.endswith(PINNED.lower()) for text in rows) or any(
            column.startswith(PINNED.lower()) for column in self.columns
        )

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The rows as pandas has them; made when they are first asked for."""
        return pd.DataFrame(dict(self.values))


def cases(view: View) -> Iterator[tuple[str, Projection]]:
    """Scenario and reference with their names, and the scenario that is pinned where it is another."""
    yield SCENARIO, view.projection
    yield REFERENCE, view.reference
    if view.pinned:
        yield PINNED, view.pinned.projection


NO_PIN_IN_BRIDGE: Final = "A bridge leads from the reference to the scenario: what is pinned is no part of it."


def bridge_records(reference: float, effects: Iterable[tuple[str, float]], scenario: float) -> list[tuple[object, ...]]:
    """From the reference's total to the scenario's: step, effect, from, to and kind; steps of zero are left out."""
    records: list[tuple[object, ...]] = [(REFERENCE, reference, 0.0, reference, "total")]
    level = reference
    for label, effect in effects:
        if moves(effect):
            records.append((label, effect, level, level + effect, "gain" if effect > 0.0 else "loss"))
            level += effect
    return [*records, (SCENARIO, scenario, 0.0, scenario, "total")]
