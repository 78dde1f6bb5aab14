"""Where each step of the model stands in the workbook, and how its formula is spelled there.

One quantity is one row: what is alike in all years stands in one column, what changes by year in a column for each
year, with the same formula across. Inputs are called by their keys, which are names of the workbook.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, cast

from xlsxwriter.utility import xl_col_to_name

from model.graph import AXIS, HORIZON, SCENARIO, Graph, Input, Step, Term, Writer
from model.projection import AFTER

CALCULATION: Final = "Calculation"
REFERENCE_SHEET: Final = "Reference"
LATER: Final = "Later"
"""Sheets of the calculation; on the last, years go on past the horizon."""

SINGLE_COLUMN: Final = 2
FIRST_YEAR_COLUMN: Final = 3
FIRST_ROW: Final = 3
"""Counted from 0: the column of what has no years, that of the first year, and the first row below the headings."""

_COLUMN: Final = "\0"
"""Stands for the letters of a year's column until a formula is put into its cell."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a calculation sheet, counted from 0: a step, an axis of years, or a heading."""

    number: int
    content: Step | Input | str


def sheet_of(step: Step) -> str:
    """The sheet that a step stands on."""
    if step.section == AFTER:
        return LATER
    return CALCULATION if step.part == SCENARIO else REFERENCE_SHEET


class Layout:
    """The rows of the calculation sheets; `years`: how many year columns a sheet has."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.rows: dict[str, list[Row]] = {}
        self.years: dict[str, int] = {}
        self._step_rows: dict[int, tuple[str, int]] = {}
        self._axis_rows: dict[str, tuple[str, int]] = {}
        axes = [one for one in graph.inputs.values() if one.kind == AXIS and one.name != HORIZON]
        horizon = min(axis.width for axis in axes)
        for sheet in (CALCULATION, REFERENCE_SHEET, LATER):
            self.years[sheet] = horizon if sheet != LATER else max(axis.width for axis in axes)
            self.rows[sheet] = []
            if sheet != REFERENCE_SHEET:
                self._add(sheet, "Years", [axis for axis in axes if axis.width == self.years[sheet]])
            for part in dict.fromkeys(step.part for step in graph.steps):
                for section, steps in graph.sections(part):
                    self._add(sheet, section, [step for step in steps if sheet_of(step) == sheet])

    def _add(self, sheet: str, section: str, contents: Sequence[Step | Input]) -> None:
        rows = self.rows[sheet]
        for content in (section, *contents) if contents else ():
            row = Row(FIRST_ROW + len(rows), content)
            rows.append(row)
            if isinstance(content, Step):
                self._step_rows[content.place] = sheet, row.number
            elif isinstance(content, Input):
                self._axis_rows[content.name] = sheet, row.number

    def reference(self, term: Term, sheet: str) -> str:
        """What a leaf is called in a formula on a sheet, with `_COLUMN` where it changes by year."""
        if term.operation == "input" and term.leaf not in self._axis_rows:
            return cast("str", term.leaf)
        found = self._axis_rows if term.operation == "input" else self._step_rows
        there, row = cast("Mapping[object, tuple[str, int]]", found)[term.leaf]
        column = f"${xl_col_to_name(SINGLE_COLUMN)}" if self.graph.width(term) == 1 else _COLUMN
        return f"{'' if there == sheet else f'{there}!'}{column}{row + 1}"

    def year_columns(self, sheet: str) -> tuple[str, ...]:
        """The letters of a sheet's year columns."""
        return tuple(xl_col_to_name(FIRST_YEAR_COLUMN + year) for year in range(self.years[sheet]))


class SheetWriter(Writer):
    """Spells terms as formulas of one sheet, in the functions that every spreadsheet has."""

    signs: ClassVar[Mapping[str, str]] = {**Writer.signs, "power": "^"}
    calls: ClassVar[Mapping[str, str]] = {"minimum": "MIN", "maximum": "MAX", "where": "IF", "sum": "SUM"}

    def __init__(self, layout: Layout, sheet: str) -> None:
        self._layout = layout
        self._sheet = sheet

    def leaf(self, term: Term) -> str:
        """The cell of a step, or the name of an input."""
        return self._layout.reference(term, self._sheet)

    def call(self, name: str, operands: Sequence[str]) -> str:
        """A function; what is summed is the row of years."""
        if name == "SUM":
            (row,) = operands
            columns = self._layout.year_columns(self._sheet)
            return f"SUM({row.replace(_COLUMN, columns[0])}:{row.replace(_COLUMN, columns[-1])})"
        return super().call(name, operands)

    def formulas(self, term: Term, columns: Sequence[str]) -> list[str]:
        """The formula for the cell in each of these columns."""
        text = f"={self.write(term)}"
        return [text.replace(_COLUMN, column) for column in columns]


class HowWriter(Writer):
    """Spells terms for people: steps by what they are, in brackets of their own, and inputs by their keys."""

    signs: ClassVar[Mapping[str, str]] = {**Writer.signs, "multiply": " × ", "divide": " / ", "power": " ^ "} | {
        "add": " + ", "subtract": " - ", "greater": " > ",
    }  # fmt: skip
    calls: ClassVar[Mapping[str, str]] = {
        "minimum": "lower of ", "maximum": "higher of ", "where": "if ", "sum": "sum of years "
    }  # fmt: skip

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def leaf(self, term: Term) -> str:
        """What a step or an input is called."""
        if term.operation == "input":
            return str(term.leaf)
        return f"[{self._graph.steps[cast('int', term.leaf)].label}]"

    def call(self, name: str, operands: Sequence[str]) -> str:
        """A function with its arguments."""
        return f"{name}({'; '.join(operands)})"
