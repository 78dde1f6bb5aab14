"""What a figure is: one declaration, from which page, downloads, data address, embedding and tests follow.

    WHO_PAYS = Figure(
        name="who_pays",
        title=lambda view: f"Who pays the duty, {view.year_label}",
        columns={"company": "Company", "amount_jpy_bn": "Amount, JPY bn a year"},
        records=_records,
        finding=_finding,
        form=Custom(_chart, _marks),
    )

A page draws it with `show(WHO_PAYS, view)`; everything else finds it by itself, see `pages/catalog.py`.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeAlias, TypeVar

import pandas as pd

from model.links import Refusal
from model.outputs import OUTPUTS
from pages.kit.charts import Chart
from pages.kit.columns import Columns, as_columns
from pages.kit.results import results_of
from pages.kit.tables import MODEL_SOURCE, Table
from pages.kit.view import View, kept

T = TypeVar("T")

Told: TypeAlias = T | Callable[[View], T]
"""The same in every view, or worked out from one."""

Records: TypeAlias = Iterable[tuple[object, ...]] | Columns | pd.DataFrame
"""Rows in the order of the columns, or values by column, or what pandas worked out."""


class Form(Hashable, Protocol):
    """How a figure is drawn. Specifications are kept by form, so a form is made once, where it is declared."""

    def marks(self, table: Table, view: View) -> Columns | pd.DataFrame:
        """What is drawn: the table's values, with all that marks need beside them."""

    def arguments(self, view: View) -> tuple[Hashable, ...]:
        """What the chart needs to know beside the marks, such as the title of an axis."""

    @property
    def chart(self) -> Callable[..., Chart]:
        """From marks, as a frame, and the arguments to the chart.

        What it looks like may depend on texts in the marks, other than labels, and not on numbers.
        """


class Plain:
    """A base for forms whose settings say all: the chart needs to know nothing beside the marks."""

    def arguments(self, view: View) -> tuple[Hashable, ...]:
        """None."""
        return ()


@dataclass(frozen=True, eq=False)
class Custom:
    """A chart like no other.

    draw: from the marks, and the arguments, to the chart
    mark: from the table to what is drawn, where that is more than its values
    given: arguments of the chart
    """

    draw: Callable[..., Chart]
    mark: Callable[[Table, View], Columns | pd.DataFrame] | None = None
    given: Told[tuple[Hashable, ...]] = ()

    def marks(self, table: Table, view: View) -> Columns | pd.DataFrame:
        """What is drawn."""
        return self.mark(table, view) if self.mark else table.values

    def arguments(self, view: View) -> tuple[Hashable, ...]:
        """What the chart is told beside the marks."""
        return of_view(self.given, view)

    def chart(self, marks: pd.DataFrame, *arguments: Hashable) -> Chart:
        """The chart of marks."""
        return self.draw(marks, *arguments)


def _nothing(view: View) -> Sequence[Refusal]:
    return ()


@dataclass(frozen=True, eq=False, kw_only=True)
class Figure:
    """A table with a name, the sentence it says, and how it is drawn. Texts may be worked out from a view.

    name: of its address and its downloads: it is in links, and never changes
    columns: name to meaning with unit
    records: the rows; ValueError where a view has none, which `refused` names
    form: nothing where the table is not drawn
    finding: what it shows, computed from the data; plain text
    note: how to read it, as Markdown, below it; empty for none
    results: names of the model's results that it shows; left out, those that its columns name
    lacking: what was asked for and is not there; empty where the table is whole
    without_pin: why no pinned case stands in it beside a reference, as Markdown; said where one is pinned
    refused: what the table cannot be made of in a view; told: what of a view it uses in another form
    awaited: waits, for a short while, for newer data; nothing where the view alone decides
    """

    name: str
    title: Told[str]
    columns: Told[Mapping[str, str]]
    records: Callable[[View], Records]
    form: Form | None = None
    finding: Told[str] = ""
    note: Told[str] = ""
    results: Told[tuple[str, ...]] | None = None
    sources: Told[tuple[str, ...]] = (MODEL_SOURCE,)
    lacking: Told[tuple[str, ...]] = ()
    without_pin: str = ""
    refused: Callable[[View], Sequence[Refusal]] = _nothing
    told: Callable[[View], Sequence[Refusal]] = _nothing
    awaited: Callable[[View], None] | None = None

    def table(self, view: View) -> Table:
        """The table of a view; kept with the view where nothing newer is awaited."""
        return _table(self, view) if self.awaited else _kept_table(view, self)

    def says(self, view: View) -> str:
        """What it shows in a view, as plain text."""
        return of_view(self.finding, view)

    def shows(self, view: View) -> tuple[str, ...]:
        """Names of the results whose calculation can be asked for here."""
        if self.results is not None:
            return of_view(self.results, view)
        return results_of(column for column in of_view(self.columns, view) if column in OUTPUTS)

    def explained(self, view: View) -> str:
        """How to read it, as Markdown."""
        return of_view(self.note, view)

    def marks(self, view: View) -> pd.DataFrame:
        """What is drawn of a view."""
        return pd.DataFrame(dict(as_columns(self._drawn.marks(self.table(view), view))))

    def chart(self, view: View) -> Chart:
        """The chart of a view."""
        return self._drawn.chart(self.marks(view), *self._drawn.arguments(view))

    @property
    def _drawn(self) -> Form:
        if self.form is None:
            raise ValueError(f"{self.name} is not drawn")
        return self.form


def of_view(given: Told[T], view: View) -> T:
    """A text, or what else a declaration says, in a view."""
    return given(view) if callable(given) else given


def _table(figure: Figure, view: View) -> Table:
    """The table of a view, as its records say it."""
    columns, records = dict(of_view(figure.columns, view)), figure.records(view)
    about: dict[str, Any] = {"sources": of_view(figure.sources, view), "lacking": of_view(figure.lacking, view)}
    heads: Final = (figure.name, of_view(figure.title, view), columns)
    if isinstance(records, pd.DataFrame):
        return Table.framed(*heads, records, **about)
    if isinstance(records, Mapping):
        return Table(*heads, records, **about)
    return Table.of(*heads, records, **about)


@kept
def _kept_table(view: View, figure: Figure) -> Table:
    return _table(figure, view)
