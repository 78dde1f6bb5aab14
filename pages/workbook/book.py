"""The live workbook of a scenario: inputs to move, every step as a formula, results, and what the app showed.

Each formula has the value that the app computed beside it in the file, so that previews, which compute nothing, show
the scenario. Texts are written as texts whatever they begin with.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final
from urllib.parse import urlencode

import numpy as np
from numpy.typing import NDArray
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from model import MODEL_VERSION
from model.editions import COMPANIES, COMPANY_LABELS, HORIZON_YEARS, edition, edition_words
from model.graph import (
    AXES,
    CONVERSIONS,
    FACT,
    HORIZON,
    REFERENCE,
    Input,
    Step,
    Term,
    input_values,
    model_graph,
    value_of,
    values_of,
)
from model.outputs import OUTPUTS, Output
from model.presets import preset_values
from model.projection import Projection
from model.receipt import HEADLINES
from model.registry import BY_GROUP, GROUPS, ROLES, Assumption
from pages.kit.charts import COMPANY_COLORS
from pages.kit.exports import safe_cell
from pages.kit.view import View
from pages.sources.edition_rows import edition_label
from pages.workbook.cells import (
    CALCULATION,
    FIRST_ROW,
    FIRST_YEAR_COLUMN,
    LATER,
    REFERENCE_SHEET,
    SINGLE_COLUMN,
    HowWriter,
    Layout,
    SheetWriter,
)

START, RESULTS, ASSUMPTIONS, FACTS, CHECK = "Start", "Results", "Assumptions", "Facts", "Check"
SHEETS: Final = (START, RESULTS, ASSUMPTIONS, FACTS, CALCULATION, REFERENCE_SHEET, LATER, CHECK)
FUNCTIONS: Final = frozenset({"MIN", "MAX", "IF", "SUM", "ABS", "INDEX", "MATCH", "SUBSTITUTE"})
"""All that the workbook calls: Excel, LibreOffice and Google Sheets have them under the same names."""

CLOSE: Final = 1e-9
"""How far a result may be from the app's, in its own size and at least in its unit, and still be equal."""

YEAR_NAME, POSITION_NAME, LINK_NAME = "year_in_focus", "year_position", "link_of_cells"

EFFECTS: Final = {
    "Duty on cars": ("usmca_duty_effect_jpy_bn", "japan_duty_effect_jpy_bn"),
    "Duty on parts, metals and other": (
        "parts_duty_effect_jpy_bn",
        "materials_duty_effect_jpy_bn",
        "other_duty_effect_jpy_bn",
        "refund_effect_jpy_bn",
    ),
    "Own measures": ("mitigation_effect_jpy_bn",),
    "Prices and lost sales": ("pass_through_effect_jpy_bn", "lost_sales_effect_jpy_bn"),
    "Cost of moved cars": ("reshoring_effect_jpy_bn",),
    "Trucks and freed lines": (
        "freed_lines_effect_jpy_bn",
        "extra_trucks_effect_jpy_bn",
        "transfer_effect_jpy_bn",
        "planning_gap_effect_jpy_bn",
        "tooling_effect_jpy_bn",
    ),
    "Platforms and software": ("platform_effect_jpy_bn", "software_effect_jpy_bn", "earlier_sales_effect_jpy_bn"),
    "Integration": ("integration_effect_jpy_bn",),
    "Exchange rate and underlying change": ("currency_effect_jpy_bn", "drift_effect_jpy_bn"),
}
"""The channels of profit in groups that a chart has room for."""

_NO_DAY: Final = datetime(1980, 1, 1)
"""When the file was made: the day of every file inside it, so that caches know the same file again."""

_LONGEST_PROMPT, _LONGEST_PROMPT_TITLE = 255, 32
_FORMATS: Final = {
    "share": "0.00%",
    "JPY bn": "#,##0.0",
    "USD bn": "#,##0.000",
    "kveh": "#,##0.0",
    "USD per vehicle": "#,##0",
    "USD": "#,##0",
    "JPY": "#,##0.0",
}

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a calculation sheet as it is written, but for its values."""

    sheet: str
    row: int
    content: Step | Input | str
    formulas: tuple[str, ...]
    how: str


@cache
def layout() -> Layout:
    """Where every step of the model stands."""
    return Layout(model_graph())


@cache
def _lines() -> tuple[_Line, ...]:
    place, how = layout(), HowWriter(model_graph())
    found = []
    for sheet, rows in place.rows.items():
        writer, years = SheetWriter(place, sheet), place.year_columns(sheet)
        for row in rows:
            formulas, words = [], ""
            if isinstance(row.content, Step):
                formulas = writer.formulas(row.content.term, years if row.content.width > 1 else ("C",))
                words = how.write(row.content.term)
            found.append(_Line(sheet, row.number, row.content, tuple(formulas), words))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A row of Results: an output, the company or none, and its row counted from 0."""

    output: Output
    company: str
    row: int

    @property
    def yearly(self) -> bool:
        """Whether it has a number for each year."""
        return self.output.scope in ("company", "plant")

    def of(self, projection: Projection) -> Numbers:
        """What the app computed."""
        name = self.output.name
        if self.output.scope == "company":
            found = projection.company[self.company][name]
        elif self.output.scope == "once_company":
            found = projection.once_company[name][self.company]
        else:
            found = (projection.plant if self.yearly else projection.once)[name]
        return np.atleast_1d(np.asarray(found))


@cache
def result_rows() -> tuple[ResultRow, ...]:
    """The rows of Results, and of Check, in their order."""
    which = sorted(model_graph().outputs, key=lambda one: ("honda", "nissan", "").index(one[1]))
    return tuple(ResultRow(OUTPUTS[name], company, FIRST_ROW + n) for n, (name, company) in enumerate(which))


def result_row(name: str, company: str = "") -> int:
    """The row of an output on Results, counted from 0."""
    return next(one.row for one in result_rows() if (one.output.name, one.company) == (name, company))


def workbook_bytes(view: View, address: str, told: Sequence[str] = ()) -> bytes:
    """The live workbook of what is shown, the same bytes for the same scenario.

    address: of the app, which ends in a slash
    told: what was read of a link in another form, in words
    """
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(out, options) as book:
        book.set_properties({"title": "Alliance Explorer", "created": _NO_DAY})
        _Book(book, view, address, told).write()
    return out.getvalue()


class _Sheet(Worksheet):  # type: ignore[misc]  # XlsxWriter brings no types
    """A sheet that takes formulas as they are: looking each through for new functions took half of all the time."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


class _Book:
    """The sheets of one workbook while they are written."""

    def __init__(self, book: Workbook, view: View, address: str, told: Sequence[str]) -> None:
        self.book, self.view, self.address, self.told = book, view, address, told
        self.world = edition(view.scenario.edition)
        self.sheets = {name: book.add_worksheet(name, _Sheet) for name in SHEETS}
        self.inputs = input_values(view.scenario.values, self.world)
        self.steps = values_of(model_graph(), self.inputs)
        self.formats: dict[tuple[tuple[str, object], ...], Any] = {}
        self.last_assumption = self.last_fact = 0
        self.link = ""

    def format(self, **properties: object) -> Any:
        """A format, made once."""
        key = tuple(properties.items())
        if key not in self.formats:
            self.formats[key] = self.book.add_format(dict(key))
        return self.formats[key]

    def number_format(self, unit: str, **properties: object) -> Any:
        return self.format(num_format=_FORMATS.get(unit, "General"), **properties)

    def input_format(self, unit: str) -> Any:
        return self.number_format(unit, bg_color="#FFF2CC", border=1, border_color="#D6B656")

    def write(self) -> None:
        """Every sheet; Start last, which reads the others."""
        self._assumptions()
        self._facts()
        self._calculation()
        self._results()
        self._check()
        self._start()
        self.sheets[START].activate()

    def _titles(self, name: str, title: str, headings: Sequence[str], widths: Sequence[int]) -> Any:
        """A sheet with its title, its headings in the third row and both in sight."""
        sheet = self.sheets[name]
        sheet.write_string(0, 0, title, self.format(bold=True, font_size=14))
        for column, heading in enumerate(headings):
            sheet.write_string(FIRST_ROW - 1, column, heading, self.format(bold=True, bottom=1, text_wrap=True))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(FIRST_ROW, 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet

    def _named(self, name: str, sheet: str, row: int, column: int) -> None:
        self.book.define_name(name, f"={sheet}!{xl_rowcol_to_cell(row, column, True, True)}")

    def _assumptions(self) -> None:
        headings = (
            *("Assumption", "Value", "Unit", "Reference", "Plausible from", "to", "Lowest", "Highest"),
            *("What it is about", "Key", "Source of the reference"),
            *("Moved", "Out of bounds", "As downloaded", "Reference as downloaded", "Value of the preset", "Link"),
        )
        widths = (50, 12, 16, 12, 11, 11, 11, 11, 30, 28, 60)
        sheet = self._titles(ASSUMPTIONS, "Assumptions: change the yellow cells", headings, widths)
        sheet.write_string(
            1, 0, "Shares can be typed as per cent, such as 15%. What differs from the reference is bold."
        )
        sheet.set_column(11, 16, None, None, {"hidden": True})
        scenario = self.view.scenario
        preset = preset_values(scenario.preset, scenario.edition)
        head = {"edition": scenario.edition, "model_version": MODEL_VERSION, "preset": scenario.preset}
        row, self.link = FIRST_ROW, f"{self.address}?{urlencode(head)}"
        for group, assumptions in BY_GROUP.items():
            sheet.write_string(row, 0, GROUPS[group], self.format(bold=True))
            if row == FIRST_ROW:
                sheet.write_string(row, 16, self.link)
            else:
                sheet.write_formula(row, 16, f"=Q{row}", None, self.link)
            row += 1
            for one in assumptions:
                self._assumption(sheet, row, one, scenario.values[one.key], preset[one.key])
                row += 1
        self.last_assumption = row - 1
        bold = {
            "type": "formula",
            "criteria": f"=$B{FIRST_ROW + 1}<>$D{FIRST_ROW + 1}",
            "format": self.format(bold=True),
        }
        sheet.conditional_format(FIRST_ROW, 0, self.last_assumption, 1, bold)

    def _assumption(self, sheet: Any, row: int, one: Assumption, value: float, of_preset: float) -> None:
        default, excel_row = self.world.defaults[one.key], row + 1
        cell = self.input_format(one.unit)
        sheet.write_string(row, 0, one.label)
        sheet.write_number(row, 1, value, cell)
        sheet.write_string(row, 2, one.unit)
        sheet.write_number(row, 3, default, self.number_format(one.unit, bg_color="#FFFBEF"))
        for column, bound in enumerate((one.low, one.high, one.minimum, one.maximum), start=4):
            sheet.write_number(row, column, bound, self.number_format(one.unit))
        for column, text in enumerate((ROLES[one.role], one.key, self.world.source_of(one.key)[0]), start=8):
            sheet.write_string(row, column, text)
        moved = f"=IF(B{excel_row}=N{excel_row},0,1)+IF(D{excel_row}=O{excel_row},0,1)"
        beyond = f"=IF(B{excel_row}<G{excel_row},1,IF(B{excel_row}>H{excel_row},1,0))"
        sheet.write_formula(row, 11, moved, None, 0)
        sheet.write_formula(row, 12, beyond, None, 0)
        for column, number in enumerate((value, default, of_preset), start=13):
            sheet.write_number(row, column, number)
        pair = f'Q{row}&"&{one.key}="&SUBSTITUTE(B{excel_row},",",".")'
        self.link += "" if value == of_preset else f"&{one.key}={value:.15g}"
        sheet.write_formula(row, 16, f"=IF(B{excel_row}=P{excel_row},Q{row},{pair})", None, self.link)
        rule = {
            "validate": "decimal",
            "criteria": "between",
            "minimum": one.minimum,
            "maximum": one.maximum,
            "input_title": one.label[:_LONGEST_PROMPT_TITLE],
            "input_message": one.help[:_LONGEST_PROMPT],
            "error_title": "Out of bounds",
            "error_message": f"From {one.minimum:g} to {one.maximum:g}, in {one.unit}.",
        }
        sheet.data_validation(row, 1, row, 1, rule)
        sheet.data_validation(row, 3, row, 3, {**rule, "input_message": "The reference: what the edition says."})
        self._named(one.key, ASSUMPTIONS, row, 1)
        self._named(f"{REFERENCE}_{one.key}", ASSUMPTIONS, row, 3)

    def _facts(self) -> None:
        headings = ("Fact", "Value", "Unit", "How it is known", "Key", "Source", "Moved", "As downloaded")
        sheet = self._titles(FACTS, "Facts: a newer figure can be typed over", headings, (50, 12, 26, 14, 38, 80))
        sheet.write_string(1, 0, "A link holds no facts: what is changed here stays in this file.")
        sheet.set_column(6, 7, None, None, {"hidden": True})
        row = FIRST_ROW
        used = {leaf.leaf for step in model_graph().steps for leaf in step.term.leaves() if leaf.operation == "input"}
        for one in (one for one in model_graph().inputs.values() if one.kind == FACT):
            fact, movable = self.world.rows[one.key], one.name in used
            sheet.write_string(row, 0, edition_label(one.key))
            look = self.input_format(one.unit) if movable else self.number_format(one.unit)
            sheet.write_number(row, 1, fact.value, look)
            for column, text in enumerate((one.unit, fact.kind, one.key, fact.source), start=2):
                sheet.write_string(row, column, text)
            if movable:
                self._named(one.name, FACTS, row, 1)
                sheet.write_formula(row, 6, f"=IF(B{row + 1}=H{row + 1},0,1)", None, 0)
                sheet.write_number(row, 7, fact.value)
            row += 1
        self.last_fact = row - 1
        sheet.write_string(row + 1, 0, "Conversions: they do not change", self.format(bold=True))
        fixed = {name: words for name, (_, words) in CONVERSIONS.items()} | {HORIZON: AXES[HORIZON][1]}
        for at, (name, words) in enumerate(fixed.items(), start=row + 2):
            sheet.write_string(at, 0, words[0].upper() + words[1:])
            sheet.write_number(at, 1, self.inputs[name][0])
            sheet.write_string(at, 4, name)
            self._named(name, FACTS, at, 1)

    def _calculation(self) -> None:
        titles = {
            CALCULATION: "Calculation: the scenario, step by step",
            REFERENCE_SHEET: "Reference: the edition's own policies, choices and world, with your estimates",
            LATER: "Later: years on past the horizon, for value today; +0 is the first fiscal year",
        }
        for name, title in titles.items():
            count = layout().years[name]
            years = self.view.projection.years if name != LATER else [f"+{year}" for year in range(count)]
            headings = ("Step", "Unit", "All years", *years, "How", "Meaning")
            self._titles(name, title, headings, (56, 16, 12, *[11] * count, 70, 70))
        for line in _lines():
            sheet, content = self.sheets[line.sheet], line.content
            if isinstance(content, str):
                sheet.write_string(line.row, 0, content, self.format(bold=True, bg_color="#E8EEF3"))
            elif isinstance(content, Input):
                sheet.write_string(line.row, 0, AXES[content.name][1])
                sheet.write_row(line.row, FIRST_YEAR_COLUMN, self.inputs[content.name].tolist())
            else:
                self._step(sheet, line, content)

    def _step(self, sheet: Any, line: _Line, step: Step) -> None:
        look, last = self.number_format(step.unit), FIRST_YEAR_COLUMN + layout().years[line.sheet]
        sheet.write_string(line.row, 0, step.label)
        sheet.write_string(line.row, 1, step.unit)
        first = SINGLE_COLUMN if step.width == 1 else FIRST_YEAR_COLUMN
        for column, (text, value) in enumerate(
            zip(line.formulas, self.steps[step.place].tolist(), strict=True), start=first
        ):
            sheet.write_formula(line.row, column, text, look, value)
        sheet.write_string(line.row, last, line.how)
        sheet.write_string(line.row, last + 1, step.meaning)

    def _results(self) -> None:
        headings = ("Output", "Company", "One number", *self.view.projection.years, "Unit", "Meaning")
        widths = (46, 10, 13, *[13] * HORIZON_YEARS, 12, 90)
        sheet = self._titles(RESULTS, "Results: every output of the model", headings, widths)
        writer = SheetWriter(layout(), RESULTS)
        years = layout().year_columns(CALCULATION)
        for one in result_rows():
            term = model_graph().outputs[one.output.name, one.company]
            values = np.broadcast_to(value_of(term, self.inputs, self.steps), (self._width(term, one),))
            columns = years if one.yearly else years[-1:]  # of what has years, one number is the last year's
            look = self.number_format(one.output.unit)
            first = FIRST_YEAR_COLUMN if one.yearly else SINGLE_COLUMN
            for n, text in enumerate(writer.formulas(term, columns)):
                sheet.write_formula(one.row, first + n, text, look, float(values[n if one.yearly else -1]))
            texts = {
                0: one.output.label,
                1: COMPANY_LABELS.get(one.company, ""),
                8: one.output.unit,
                9: one.output.help,
            }
            for column, text in texts.items():
                sheet.write_string(one.row, column, text)

    def _width(self, term: Term, one: ResultRow) -> int:
        return HORIZON_YEARS if one.yearly else model_graph().width(term)

    def _check(self) -> None:
        headings = ("Output", "Company", "One number", *self.view.projection.years, "Distance")
        widths = (46, 10, 13, *[13] * HORIZON_YEARS, 13)
        sheet = self._titles(CHECK, "Check: what the app showed, and how far the cells are from it", headings, widths)
        sheet.write_string(
            1, 0, "The largest distance of a row, over the size of its largest number and at least over 1."
        )
        for one in result_rows():
            numbers = one.of(self.view.projection)
            sheet.write_string(one.row, 0, one.output.label)
            sheet.write_string(one.row, 1, COMPANY_LABELS.get(one.company, ""))
            first = FIRST_YEAR_COLUMN if one.yearly else SINGLE_COLUMN
            cells = [xl_rowcol_to_cell(one.row, first + n) for n in range(len(numbers))]
            look = self.number_format(one.output.unit)
            for n, number in enumerate(numbers.tolist()):
                sheet.write_number(one.row, first + n, number, look)
            apart = ",".join(f"ABS({RESULTS}!{cell}-{cell})" for cell in cells)
            sizes = ",".join(f"ABS({cell})" for cell in cells)
            sheet.write_formula(one.row, 8, f"=MAX({apart})/MAX(1,{sizes})", self.format(num_format="0.0E+00"), 0)

    def _start(self) -> None:
        sheet = self.sheets[START]
        view, bold = self.view, self.format(bold=True)
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 6, 17)
        sheet.hide_gridlines(2)
        title = f"Alliance Explorer: {view.title}" if view.title else "Alliance Explorer"
        sheet.write_string(0, 0, str(safe_cell(title)), self.format(bold=True, font_size=16))
        says = f"{view.preset_label}; edition {edition_words(view.scenario.edition)}, model {MODEL_VERSION}"
        sheet.write_string(1, 0, f"{says}. The whole model as formulas: change yellow cells on Assumptions and Facts.")
        self._state(sheet)
        sheet.write_string(10, 0, "Year in focus", bold)
        sheet.write_string(10, 1, view.year_label, self.input_format(""))
        self._named(YEAR_NAME, START, 10, 1)
        years = f"{RESULTS}!$D${FIRST_ROW}:$H${FIRST_ROW}"
        sheet.data_validation(10, 1, 10, 1, {"validate": "list", "source": f"={years}"})
        sheet.write_formula(10, 2, f"=MATCH({YEAR_NAME},{years},0)", self.format(font_color="#999999"), view.year + 1)
        self._named(POSITION_NAME, START, 10, 2)
        headings = (
            "",
            *(f"{COMPANY_LABELS[c]}{words}" for c in COMPANIES for words in ("", ", as downloaded")),
            "Unit",
        )
        self._heading_row(sheet, 12, headings)
        for row, name in enumerate(dict.fromkeys(name for _, name in HEADLINES), start=13):
            self._headline(sheet, row, OUTPUTS[name])
        self._heading_row(sheet, 17, ("What moves operating profit", *COMPANY_LABELS.values(), "Unit"))
        for row, (words, names) in enumerate(EFFECTS.items(), start=18):
            self._effect(sheet, row, words, names)
        last = 17 + len(EFFECTS)
        total = ("All of it", *(f"=SUM({c}19:{c}{last + 1})" for c in "BC"))
        sheet.write_string(last + 1, 0, total[0], bold)
        for column, company in enumerate(COMPANIES, start=1):
            value = sum(self._effect_value(company, names) for names in EFFECTS.values())
            sheet.write_formula(last + 1, column, total[column], self.number_format("JPY bn", bold=True, top=1), value)
        sheet.write_string(last + 1, 3, "JPY bn")
        self._charts(sheet, last)
        sheet.set_landscape()
        sheet.print_area(0, 0, last + 34, 6)
        sheet.fit_to_pages(1, 1)

    def _heading_row(self, sheet: Any, row: int, texts: Iterable[str]) -> None:
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text, self.format(bold=True, bottom=1, text_wrap=True))

    def _state(self, sheet: Any) -> None:
        """Whether the file is as it was downloaded, whether it agrees with the app, and its link."""
        first, last, facts = FIRST_ROW + 1, self.last_assumption + 1, self.last_fact + 1
        moved = f"SUM({ASSUMPTIONS}!L{first}:L{last})+SUM({FACTS}!G{first}:G{facts})"
        distance = f"MAX({CHECK}!I{first}:I{result_rows()[-1].row + 1})"
        equal = f'IF(B4=0,IF({distance}<={CLOSE:.9f},"yes","no"),"inputs were moved")'
        fits = 'IF(canton_base_kveh+canton_honda_trucks_kveh>canton_capacity_kveh+0.000000001,"no","yes")'
        not_in_link = f"SUM({FACTS}!G{first}:G{facts})"
        lines: tuple[tuple[str, str, str | int], ...] = (
            ("Inputs moved since download", moved, 0),
            ("Equal to the app", equal, "yes"),
            ("Do Canton's own cars and the trucks fit", fits, "yes"),
            ("Inputs out of bounds", f"SUM({ASSUMPTIONS}!M{first}:M{last})", 0),
            ("Facts moved, which the link does not hold", not_in_link, 0),
            ("Link of what the cells say now", f"{ASSUMPTIONS}!Q{last}", self.link),
        )
        for row, (words, formula, value) in enumerate(lines, start=3):
            sheet.write_string(row, 0, words)
            sheet.write_formula(row, 1, f"={formula}", self.format(align="left"), value)
        self._named(LINK_NAME, START, 8, 1)
        if self.told:
            sheet.write_string(9, 0, f"Of the link: {'; '.join(str(safe_cell(note)) for note in self.told)}")

    def _headline(self, sheet: Any, row: int, output: Output) -> None:
        sheet.write_string(row, 0, output.label)
        look, yearly = self.number_format(output.unit, bold=True), output.scope == "company"
        for column, company in ((1, "honda"), (3, "nissan")):
            line = result_row(output.name, company)
            one = ResultRow(output, company, line)
            shown = float(one.of(self.view.projection)[self.view.year if yearly else 0])
            cells = self._in_focus(line) if yearly else f"{RESULTS}!C{line + 1}"
            sheet.write_formula(row, column, f"={cells}", look, shown)
            sheet.write_number(row, column + 1, shown, self.number_format(output.unit))
        sheet.write_string(row, 5, output.unit)

    def _in_focus(self, line: int) -> str:
        """The number of a row of Results in the year in focus."""
        return f"INDEX({RESULTS}!$D${line + 1}:$H${line + 1},{POSITION_NAME})"

    def _effect_value(self, company: str, names: Iterable[str]) -> float:
        outputs = self.view.projection.company[company]
        return sum(float(np.asarray(outputs[name])[self.view.year]) for name in names)

    def _effect(self, sheet: Any, row: int, words: str, names: Sequence[str]) -> None:
        sheet.write_string(row, 0, words)
        for column, company in enumerate(COMPANIES, start=1):
            text = "+".join(self._in_focus(result_row(name, company)) for name in names)
            value = self._effect_value(company, names)
            sheet.write_formula(row, column, f"={text}", self.number_format("JPY bn"), value)
        sheet.write_string(row, 3, "JPY bn")

    def _charts(self, sheet: Any, last: int) -> None:
        """Profit by year of both companies, and what moves it in the year in focus."""
        for n, company in enumerate(COMPANIES):
            name, chart = COMPANY_LABELS[company], self.book.add_chart({"type": "line"})
            for words, output, line in (
                ("Scenario", "operating_profit_jpy_bn", {"width": 2.75}),
                ("Reference", "reference_profit_jpy_bn", {"width": 1.5, "dash_type": "dash"}),
            ):
                row = result_row(output, company)
                chart.add_series(
                    {
                        "name": words,
                        "categories": [RESULTS, FIRST_ROW - 1, FIRST_YEAR_COLUMN, FIRST_ROW - 1, 7],
                        "values": [RESULTS, row, FIRST_YEAR_COLUMN, row, 7],
                        "line": {"color": COMPANY_COLORS[name], **line},
                    }
                )
            self._place(sheet, chart, f"{name}: operating profit, JPY bn", last + 3, 3 * n)
        bars = self.book.add_chart({"type": "bar"})
        for column, name in enumerate(COMPANY_LABELS.values(), start=1):
            bars.add_series(
                {
                    "name": name,
                    "categories": [START, 18, 0, last, 0],
                    "values": [START, 18, column, last, column],
                    "fill": {"color": COMPANY_COLORS[name]},
                    "invert_if_negative": False,
                }
            )
        bars.set_y_axis({"reverse": True, "label_position": "low"})
        self._place(sheet, bars, "What moves operating profit in the year in focus, JPY bn", last + 19, 0)

    def _place(self, sheet: Any, chart: Any, title: str, row: int, column: int) -> None:
        chart.set_title({"name": title, "name_font": {"size": 12}})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 560, "height": 290})
        sheet.insert_chart(row, column, chart, {"description": title})
