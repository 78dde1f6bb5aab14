"""Values by column: what a chart draws and a table shows, worked out without the time that pandas takes."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import compress
from math import fsum
from typing import Any, ClassVar, Final, TypeAlias, TypeVar

import pandas as pd
from numpy.typing import NDArray

Columns: TypeAlias = Mapping[str, Sequence[Any] | NDArray[Any]]
"""Values by name, each column as long as the others."""

Group = TypeVar("Group", bound=Hashable)
"""What rows that belong together have in common, such as the bar they are drawn in."""

_NUMBERS: Final = "fiub"
"""Kinds of numpy's numbers and truths."""


class NamedRows(pd.DataFrame):
    """Rows with a name: without one Altair prints them for each layer of a chart, to tell layers apart."""

    name: ClassVar = "rows"


def columns_of(frame: pd.DataFrame) -> Columns:
    """The values of a frame by column: numbers as an array, all else as a list."""
    return {
        str(name): column.to_numpy() if column.dtype.kind in _NUMBERS else column.tolist()
        for name, column in frame.items()
    }


def as_columns(given: Columns | pd.DataFrame) -> Columns:
    """Values by column, whether they came so or in a frame."""
    return columns_of(given) if isinstance(given, pd.DataFrame) else given


def rows_where(columns: Columns, keep: Sequence[bool]) -> Columns:
    """The rows for which it holds."""
    return {name: list(compress(values, keep)) for name, values in columns.items()}


def totals(groups: Iterable[Group], amounts: Iterable[float]) -> dict[Group, float]:
    """Sum of the amounts of each group."""
    of_group: dict[Group, list[float]] = defaultdict(list)
    for group, amount in zip(groups, amounts, strict=True):
        of_group[group].append(amount)
    return {group: fsum(parts) for group, parts in of_group.items()}


def total_of_each(groups: Iterable[Hashable], amounts: Iterable[float]) -> list[float]:
    """Beside each row the sum of the amounts of its group."""
    of_rows = list(groups)
    total = totals(of_rows, amounts)
    return [total[group] for group in of_rows]


def on_first(labels: Sequence[str]) -> list[str]:
    """The first of the labels beside its row, and nothing beside the others."""
    return [*labels[:1], *[""] * len(labels[1:])]


def on_first_of_each(groups: Iterable[Hashable], labels: Iterable[str]) -> list[str]:
    """Labels of groups beside the first row of each, and nothing beside the others."""
    of_rows = list(groups)
    named = enumerate(zip(of_rows, labels, strict=True))
    return [label if of_rows.index(group) == row else "" for row, (group, label) in named]


def running_totals(groups: Iterable[Group], amounts: Iterable[float]) -> list[float]:
    """Where each amount ends when those of a group stand one after the other."""
    reached: dict[Group, float] = defaultdict(float)
    ends = []
    for group, amount in zip(groups, amounts, strict=True):
        reached[group] += amount
        ends.append(reached[group])
    return ends
