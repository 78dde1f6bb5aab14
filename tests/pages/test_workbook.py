"""The live workbook computes what the app computes, whatever is typed into it, and shows it before it computes."""

import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import ironcalc
import numpy as np
import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from model.editions import Edition, edition
from model.graph import ADD, FACT, MULTIPLY, REFERENCE, Term, Writer, model_graph
from model.links import Scenario, from_query, scenario_of_preset
from model.outputs import CHANNELS, OUTPUTS
from model.presets import DEFAULT_PRESET, PRESETS
from model.projection import project
from model.registry import ASSUMPTIONS
from pages.kit.view import View
from pages.workbook import book as written
from pages.workbook.book import (
    ASSUMPTIONS as ASSUMPTIONS_SHEET,
)
from pages.workbook.book import (
    EFFECTS,
    FACTS,
    FUNCTIONS,
    LINK_NAME,
    RESULTS,
    SHEETS,
    START,
    result_rows,
    workbook_bytes,
)
from pages.workbook.cells import CALCULATION, LATER, REFERENCE_SHEET, SheetWriter
from tests.model.scenarios import EDITIONS, everything_on, fitted, flat
from tests.model.test_graph import CLOSE, Numbers, computed_with, drawn, own_figures
from tests.pages.test_exports import HOSTILE_TITLES

ADDRESS = "https://example.org/app/"
LONGEST_FORMULA = 1_000
LARGEST_BYTES = 150_000


def view_of(edition_name: str, preset: str = DEFAULT_PRESET, values: Mapping[str, float] | None = None) -> View:
    return View.of(Scenario(edition_name, preset, fitted(values or {}, edition_name)), 4)


MOVED = View.of(scenario_of_preset("alliance_good"), 2)
EVERYTHING = view_of("2026-11", values=everything_on("2026-11"))
BYTES = workbook_bytes(EVERYTHING, ADDRESS)


@pytest.fixture(scope="module")
def formulas() -> dict[tuple[str, str], str]:
    """Every formula by sheet and cell."""
    book = openpyxl.load_workbook(io.BytesIO(BYTES))
    return {
        (sheet.title, cell.coordinate): str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


class Computed:
    """A workbook in an engine that computes it, as a spreadsheet would."""

    def __init__(self, content: bytes, folder: Path) -> None:
        file = folder / "workbook.xlsx"
        file.write_bytes(content)
        self.model = ironcalc.load_from_xlsx(str(file))
        self.names = {}
        for one in self.model.get_defined_name_list():
            sheet, _, cell = str(one["formula"]).lstrip("=").replace("$", "").partition("!")
            if one["scope"] is None:  # others are areas to print
                row, column = openpyxl.utils.cell.coordinate_to_tuple(cell)
                self.names[str(one["name"])] = SHEETS.index(sheet), row, column

    def type_in(self, values: Mapping[str, float]) -> None:
        for name, value in values.items():
            if name in self.names:
                self.model.update_cell_with_number(*self.names[name], float(value))
        self.model.evaluate()

    def of(self, name: str) -> Any:
        return self.model.get_cell_value(*self.names[name])

    def results(self) -> Numbers:
        found, sheet = {}, SHEETS.index(RESULTS)
        for one in result_rows():
            columns = range(4, 9) if one.yearly else (3,)
            values = [self.model.get_cell_value(sheet, one.row + 1, column) for column in columns]
            name = f"{one.company}.{one.output.name}" if one.company else one.output.name
            found[name] = np.array(values, dtype=np.float64) if one.yearly else np.float64(values[0])
        return found  # type: ignore[return-value]


def apart(found: Numbers, expected: Numbers) -> list[str]:
    """The outputs that are not the same."""
    assert found.keys() == expected.keys()
    return [
        name
        for name, values in expected.items()
        if not np.max(np.abs(found[name] - values) / np.maximum(1.0, np.abs(values))) <= CLOSE
    ]


def typed(values: Mapping[str, float], world: Edition) -> dict[str, float]:
    """What is typed so that the workbook is of this scenario and edition."""
    return {**values, **world.facts, **{f"{REFERENCE}_{key}": value for key, value in world.defaults.items()}}


def scenarios() -> Iterator[tuple[str, dict[str, float]]]:
    for name in EDITIONS:
        yield name, everything_on(name)
        yield from ((name, values) for values in drawn(seed=5, count=3))
    for preset in PRESETS:
        scenario = scenario_of_preset(preset)
        yield scenario.edition, fitted(scenario.values, scenario.edition)


def test_every_result_is_that_of_the_app_whatever_is_typed(tmp_path: Path) -> None:
    computed = Computed(BYTES, tmp_path)
    for name, values in scenarios():
        computed.type_in(typed(values, edition(name)))
        assert not apart(computed.results(), flat(project(values, name)))


def test_facts_and_references_can_be_typed_over(tmp_path: Path) -> None:
    computed = Computed(BYTES, tmp_path)
    for seed, values in enumerate(drawn(seed=6, count=2)):
        world = own_figures(edition(EDITIONS[seed % len(EDITIONS)]), seed)
        computed.type_in(typed(values, world))
        assert not apart(computed.results(), computed_with(values, world))


def without_brackets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SheetWriter, "right", lambda self, binds: binds, raising=True)


def minimum_for_maximum(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SheetWriter, "calls", {**SheetWriter.calls, "maximum": "MIN"})


def without_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SheetWriter, "signs", {**SheetWriter.signs, "negate": ""})


def product_for_power(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SheetWriter, "signs", {**SheetWriter.signs, "power": "*"})


def turned_comparison(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SheetWriter, "signs", {**SheetWriter.signs, "greater": "<"})


@pytest.mark.parametrize(
    "mutate", [without_brackets, minimum_for_maximum, without_sign, product_for_power, turned_comparison]
)
def test_a_wrong_writer_is_found(mutate: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    mutate(monkeypatch)
    monkeypatch.setattr(written, "_lines", written._lines.__wrapped__)
    computed = Computed(workbook_bytes(EVERYTHING, ADDRESS), tmp_path)
    values = everything_on("2026-11")
    computed.type_in(values)
    assert apart(computed.results(), flat(project(values, "2026-11")))


@pytest.mark.parametrize("view", [EVERYTHING, MOVED], ids=["everything", "preset"])
def test_every_value_in_the_file_is_the_computed_one(view: View, tmp_path: Path) -> None:
    content = workbook_bytes(view, ADDRESS)
    computed, shown = Computed(content, tmp_path), openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    computed.model.evaluate()
    seen = 0
    for number, sheet in enumerate(shown):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is None:
                    continue
                value = computed.model.get_cell_value(number, cell.row, cell.column)
                same = isinstance(value, str) and isinstance(cell.value, str)
                meant = cell.value if same else pytest.approx(cell.value, rel=CLOSE, abs=CLOSE)
                assert value == meant, f"{sheet.title}!{cell.coordinate}"
                seen += 1
    assert seen > 5_000


def test_the_file_says_whether_it_is_equal_to_the_app(tmp_path: Path) -> None:
    computed, start = Computed(BYTES, tmp_path), SHEETS.index(START)
    computed.model.evaluate()

    def said() -> list[Any]:
        return [computed.model.get_cell_value(start, row, 2) for row in range(4, 9)]

    assert said() == [0, "yes", "yes", 0, 0]
    computed.type_in({"japan_tariff_share": 0.6, "honda_shares_bn": 4.0, "canton_base_kveh": 450.0})
    assert said() == [3, "inputs were moved", "no", 1, 1]
    computed.type_in({**EVERYTHING.scenario.values, "honda_shares_bn": edition("2026-11").facts["honda_shares_bn"]})
    assert said() == [0, "yes", "yes", 0, 0]
    cell = next(one.row for one in result_rows() if one.output.name == "eps_jpy")
    computed.model.update_cell_with_number(SHEETS.index("Check"), cell + 1, 6, 1.0)
    computed.model.evaluate()
    assert said()[1] == "no"


@pytest.mark.parametrize("view", [EVERYTHING, MOVED], ids=["everything", "preset"])
def test_the_link_opens_what_the_cells_say(view: View, tmp_path: Path) -> None:
    computed = Computed(workbook_bytes(view, ADDRESS), tmp_path)
    moves = [{}, {"japan_tariff_share": 0.125, "honda_reshoring_share": 0.07, "honda_drift_jpy_bn": -12.5}]
    for moved in moves:
        computed.type_in(moved)
        link = str(computed.of(LINK_NAME))
        assert link.startswith(f"{ADDRESS}?edition=")
        scenario, refused = from_query(link)
        assert not refused
        assert scenario == Scenario(view.scenario.edition, view.scenario.preset, {**view.scenario.values, **moved})


def test_every_input_is_a_name_and_every_output_a_row(formulas: dict[tuple[str, str], str]) -> None:
    names = openpyxl.load_workbook(io.BytesIO(BYTES)).defined_names
    assert set(ASSUMPTIONS) | {f"{REFERENCE}_{key}" for key in ASSUMPTIONS} <= set(names)
    facts = {one.name for one in model_graph().inputs.values() if one.kind == FACT} - {"first_fiscal_year"}
    assert facts <= set(names)
    assert {(one.output.name, one.company) for one in result_rows()} == set(model_graph().outputs)
    assert {one.output.name for one in result_rows()} == set(OUTPUTS)
    assert Counter(name for names in EFFECTS.values() for name in names) == Counter(CHANNELS)


def test_formulas_are_short_and_use_eight_functions(formulas: dict[tuple[str, str], str]) -> None:
    assert len(formulas) > 2_500
    assert max(map(len, formulas.values())) < LONGEST_FORMULA
    called = {name for text in formulas.values() for name in re.findall(r"([A-Z][A-Z.]*)\(", text)}
    assert called == FUNCTIONS
    assert len(FUNCTIONS) == 8
    assert not [text for text in formulas.values() if not re.fullmatch(r"=[\w\s.,:;?&!$()+\-*/^<>=\"']+", text)]


def test_a_row_has_the_same_formula_in_every_year(formulas: dict[tuple[str, str], str]) -> None:
    rows: dict[tuple[str, int], set[str]] = {}
    for (sheet, cell), text in formulas.items():
        if sheet in (CALCULATION, REFERENCE_SHEET, LATER, RESULTS):
            column, row = re.fullmatch(r"([A-Z]+)([0-9]+)", cell).groups()  # type: ignore[union-attr]
            alike = re.sub(rf"(?<![A-Z$]){column}(?=[0-9])", "@", text) if column != "C" else text
            rows.setdefault((sheet, int(row)), set()).add(alike)
    assert {len(texts) for texts in rows.values()} == {1}


@pytest.mark.parametrize("title", HOSTILE_TITLES[::5])
def test_a_title_is_text_whatever_it_begins_with(title: str) -> None:
    view = View.of(EVERYTHING.scenario, 0, title=title)
    sheet = openpyxl.load_workbook(io.BytesIO(workbook_bytes(view, ADDRESS)), read_only=True)[START]
    assert sheet["A1"].data_type == "s"
    assert sheet["A1"].value.startswith("Alliance Explorer: ")


def test_texts_of_data_are_texts() -> None:
    book = openpyxl.load_workbook(io.BytesIO(BYTES))
    for name, columns in ((ASSUMPTIONS_SHEET, "ACIJK"), (FACTS, "ACDEF")):
        cells = [cell for column in columns for cell in book[name][column] if cell.value is not None]
        assert {cell.data_type for cell in cells} == {"s"}


def test_inputs_are_checked_and_explained_where_they_are_typed() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(BYTES))[ASSUMPTIONS_SHEET]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    rows = {sheet.cell(row, 10).value: row for row in range(1, sheet.max_row + 1)}
    for key, assumption in ASSUMPTIONS.items():
        rule = rules[f"B{rows[key]}"]
        assert (float(rule.formula1), float(rule.formula2)) == (assumption.minimum, assumption.maximum)
        assert rule.prompt == assumption.help[:255]


def test_a_validator_of_the_format_finds_nothing(tmp_path: Path) -> None:
    file = tmp_path / "workbook.xlsx"
    file.write_bytes(BYTES)
    found = OpenXmlValidator().validate(str(file))
    assert found.is_valid
    assert not found.errors


def test_one_scenario_is_one_file() -> None:
    assert workbook_bytes(EVERYTHING, ADDRESS) == BYTES


def test_what_was_read_in_another_form_is_told_on_the_first_sheet() -> None:
    content = workbook_bytes(EVERYTHING, ADDRESS, ["=1+1: told"])
    sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True)[START]
    assert sheet["A10"].value == "Of the link: '=1+1: told"


def test_the_file_is_small() -> None:
    assert len(BYTES) < LARGEST_BYTES


def test_operands_are_bracketed_as_spreadsheets_need_it() -> None:
    class Plain(Writer):
        signs = SheetWriter.signs
        calls = SheetWriter.calls

        def leaf(self, term: Term) -> str:
            return str(term.leaf)

    a, b, c = (Term("input", leaf=name) for name in "abc")
    assert Plain().write((-a) ** b) == "(-a)^b"
    assert Plain().write(a - (b - c)) == "a-(b-c)"
    assert Plain().write(np.where(a > 0.0, b, c)) == "IF(a>0,b,c)"
    assert (Plain().right(ADD), Plain().right(MULTIPLY)) == (MULTIPLY, MULTIPLY + 1)
