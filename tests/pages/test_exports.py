"""Downloads carry the table's numbers exactly, everything that documents them, and nothing that a spreadsheet runs."""

import csv
import io
import re
import unicodedata
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlencode
from xml.etree import ElementTree

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pandas.api.types import is_numeric_dtype
from PIL import Image

from model import MODEL_VERSION
from model.links import from_query, number_text
from model.presets import MAIN_PRESETS
from model.projection import project
from model.registry import ASSUMPTIONS
from pages.catalog import FIGURES
from pages.data_api import read_view
from pages.kit import charts
from pages.kit.exports import csv_text, plain_csv, png_bytes, provenance, safe_cell, svg_text, xlsx_bytes
from pages.kit.tables import Table
from pages.kit.view import View
from pages.overview.profit import PROFIT
from tests.pages.opened import ADDRESS
from tests.pages.test_tables import FIGURES as OF_OVERVIEW
from tests.pages.test_tables import view

FINDING = 'Operating profit: Honda <b>+JPY 12 bn</b> & "more"'
EDITED = view("article", japan_tariff_share=0.2)


def documented(text: str) -> list[str]:
    """Lines below the table of a CSV."""
    return [line.removeprefix("# ") for line in text.splitlines() if line.startswith("# ")]


@pytest.mark.parametrize("preset", MAIN_PRESETS)
@pytest.mark.parametrize("name", OF_OVERVIEW)
def test_a_csv_opens_as_the_table_with_its_exact_numbers(name: str, preset: str) -> None:
    seen = view(preset, japan_tariff_share=0.2)
    table = FIGURES[name].table(seen)
    text = csv_text(table, seen, ADDRESS)
    assert text.splitlines()[0] == ",".join(table.columns)
    assert text.splitlines()[len(table.rows) + 1] == ""
    pd.testing.assert_frame_equal(
        pd.read_csv(io.StringIO(text), comment="#"), table.rows, check_dtype=False, check_exact=True
    )


@pytest.mark.parametrize("seen", [EDITED, view("alliance_good"), view("status_quo", canton_honda_trucks_kveh=300.0)])
def test_a_download_says_title_units_edition_version_link_and_every_assumption(seen: View) -> None:
    table = PROFIT.table(seen)
    told = documented(csv_text(table, seen, ADDRESS))
    assert told == [line.replace(",", ";").replace('"', "'") for line in provenance(table, seen, ADDRESS)]
    text = "\n".join(told)
    assert "Alliance Explorer: Operating profit and margin" in told
    assert f"Edition: {seen.scenario.edition}; model version {MODEL_VERSION}" in told
    assert f"Scenario: {seen.preset_label.replace(',', ';')}" in told
    assert "JPY bn" in text
    assert "Source: " in text
    for column in table.columns:
        assert f"Column {column}: " in text
    for key, value in seen.scenario.values.items():
        assert f"Assumption {key} = {number_text(value)} ({ASSUMPTIONS[key].unit})" in text


@pytest.mark.parametrize("preset", MAIN_PRESETS)
def test_the_link_inside_a_download_gives_the_numbers_above_it(preset: str) -> None:
    seen = view(preset, jpy_per_usd=133.7)
    text = csv_text(PROFIT.table(seen), seen, ADDRESS)
    (link,) = re.findall(r"^# Link: (\S+)\r?$", text, re.MULTILINE)
    assert link.startswith(f"{ADDRESS}?")
    scenario, refusals = from_query(link)
    assert not refusals
    projection = project(scenario.values, scenario.edition)
    rows = pd.read_csv(io.StringIO(text), comment="#")
    for company in ("honda", "nissan"):
        own = rows[(rows["company"] == company.capitalize()) & (rows["case"] == "Scenario")]
        computed = np.asarray(projection.company[company]["operating_profit_jpy_bn"]).tolist()
        assert own["operating_profit_jpy_bn"].tolist() == computed


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=HYPERLINK(1)", "\N{FULLWIDTH EQUALS SIGN}1"]
)
def test_text_that_looks_like_a_formula_is_neutralised_in_every_download(text: str) -> None:
    table = Table.of("hostile", "Hostile", {"what": "What", "jpy_bn": "Amount, JPY bn"}, [(text, -1.5)])
    (row,) = pd.read_csv(io.StringIO(csv_text(table, EDITED, ADDRESS)), comment="#").itertuples(index=False)
    assert row.what.startswith("'")
    assert row.jpy_bn == -1.5
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(table, EDITED, ADDRESS)))["Data"]
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value.startswith("'")
    assert (sheet["B2"].data_type, sheet["B2"].value) == ("n", -1.5)


SEPARATORS = (",", ";", "\t")
HOSTILE_TITLES = [
    "=1+1",
    "x;=1+1",
    "x,=1+1",
    "x;+1;y",
    "x,-1,y",
    "x;@SUM(1);y",
    "x\t=1+1",
    "x; =1+1",
    "x;\N{NO-BREAK SPACE}=1+1",
    "x;\N{ZERO WIDTH SPACE}=1+1",
    "x;\x0b=1+1",
    "x;\n=1+1",
    'x;"=1+1";y',
    'x,"=1+1",y',
    'x;""=1+1',
    "x;\N{FULLWIDTH EQUALS SIGN}1+1",
    "x;\N{FULLWIDTH PLUS SIGN}1",
    "x;\N{FULLWIDTH HYPHEN-MINUS}1",
    "x;\N{FULLWIDTH COMMERCIAL AT}SUM(1)",
    "x;\N{SMALL EQUALS SIGN}1",
    "x;\N{MINUS SIGN}1",
    "x;|calc",
    "x;=cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    ";;=1;;",
    "=1;=1;=1",
]


def begins_a_formula(cell: str) -> bool:
    """Whether a spreadsheet of any language could run a cell: a sign begins it, and it is no number."""
    seen = "".join(c for c in cell.strip() if unicodedata.category(c) not in ("Cc", "Cf")).strip(' \t"')
    try:
        float(seen)
    except ValueError:
        return unicodedata.normalize("NFKC", seen)[:1] in {"=", "+", "-", "@", "|", "\N{MINUS SIGN}"}
    return False


def formulas_in(text: str) -> set[str]:
    """Cells of a CSV that begin a formula at any separator, read with and without regard for quotes.

    A row that begins with a number begins no formula.
    """
    found = set()
    for sign in SEPARATORS:
        quoted = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
        for row in (*quoted, *(line.split(sign) for line in text.splitlines())):
            begins_with_number = bool(row) and re.match(r"-?[0-9.e-]+,", row[0])
            found |= set(filter(begins_a_formula, row[1:] if begins_with_number else row))
    return found


@given(st.text() | st.text(alphabet="=+-@|;,\t\n \"'1x\N{FULLWIDTH EQUALS SIGN}\N{MINUS SIGN}"))
@example("=")
def test_no_text_begins_a_formula_wherever_it_is_cut_and_nothing_of_it_is_lost(text: str) -> None:
    cell = safe_cell(text)
    assert isinstance(cell, str)
    assert cell.replace("'", "") == text.replace("'", "")
    for sign in SEPARATORS:
        assert not [part for line in cell.splitlines() for part in line.split(sign) if begins_formula_text(part)]


def begins_formula_text(part: str) -> bool:
    """As above, for a text cell, in which a number is a formula's beginning too."""
    return begins_a_formula(f"{part}x")


@pytest.mark.parametrize("text", ["plain", "'=1", "a-b; c+d, e@f", "year to March 2026; 5 % up", "x;'=1", ""])
def test_text_that_begins_no_formula_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == text


COMPARED = ("comparison_results", "comparison_differences", "comparison_assumptions", "comparison_profit_honda")


@pytest.mark.parametrize("title", HOSTILE_TITLES)
def test_no_title_of_a_link_plants_a_formula_in_a_file(title: str) -> None:
    compared = urlencode({"preset": "usmca_lapses", "title": title})
    seen = replace(read_view(urlencode({"preset": "article", "with": compared})), title=title)
    for name in (*COMPARED, "profit"):
        assert_runs_nothing(FIGURES[name].table(seen), seen)


@pytest.mark.parametrize("name", FIGURES)
def test_no_table_of_the_app_is_downloaded_with_a_formula_in_it(name: str) -> None:
    title = "x".join(HOSTILE_TITLES)
    lines = [("with", urlencode({"preset": "usmca_lapses", "title": one})) for one in HOSTILE_TITLES[1:6]]
    seen = replace(read_view(urlencode([("preset", "article"), *lines])), title=title)
    assert_runs_nothing(FIGURES[name].table(seen), seen)


def assert_runs_nothing(table: Table, seen: View) -> None:
    """No cell of the table's files begins a formula, and its numbers are numbers."""
    assert not formulas_in(csv_text(table, seen, ADDRESS))
    assert not formulas_in(plain_csv(table))
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(table, seen, ADDRESS)))
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert not formulas_in("\n".join(cell.value for cell in cells if cell.data_type == "s"))
    for column, name in zip(book["Data"].iter_cols(min_row=2), table.columns if len(table.rows) else (), strict=True):
        if is_numeric_dtype(table.rows[name]):
            assert {cell.data_type for cell in column} <= {"n"}, name


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers() | st.none())
def test_numbers_are_not_touched(value: object) -> None:
    assert safe_cell(value) is value


@pytest.mark.parametrize("name", OF_OVERVIEW)
def test_a_workbook_holds_the_table_what_documents_it_and_every_assumption(name: str) -> None:
    table = FIGURES[name].table(EDITED)
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(table, EDITED, ADDRESS)))
    assert book.sheetnames[:3] == ["Data", "About", "Assumptions"]
    data = list(book["Data"].values)
    assert list(data[0]) == list(table.columns)
    # A workbook holds 16 significant digits.
    for row, expected in zip(data[1:], table.rows.itertuples(index=False, name=None), strict=True):
        for cell, value in zip(row, expected, strict=True):
            assert cell == (safe_cell(value) if isinstance(value, str) else pytest.approx(value, rel=1e-14))
    about = "\n".join(str(row[0]) for row in book["About"].values)
    assert f"Link: {ADDRESS}?{EDITED.link}" in about
    assert f"Edition: 2025-07; model version {MODEL_VERSION}" in about
    header, *rows = book["Assumptions"].values
    assert header[:5] == ("key", "label", "value", "default", "unit")
    assert {row[0]: row[2] for row in rows} == pytest.approx(dict(EDITED.scenario.values), rel=1e-14)
    assert {row[0]: row[4] for row in rows} == {key: a.unit for key, a in ASSUMPTIONS.items()}
    formulas = [cell.coordinate for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
    assert not formulas


@pytest.mark.parametrize("name", FIGURES)
def test_days_are_dates_in_a_workbook_and_nothing_else_is(name: str) -> None:
    seen = view("alliance_good")
    table = FIGURES[name].table(seen)
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(table, seen, ADDRESS)))["Data"]
    for place, column in enumerate(table.columns, start=1):
        cells = [sheet.cell(row, place) for row in range(2, len(table.rows) + 2)]
        texts = [str(value) for value in table.rows[column].dropna() if value != ""]
        if texts and all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) for text in texts):
            filled = [cell for cell in cells if cell.value is not None]
            assert [cell.value for cell in filled] == [datetime.fromisoformat(text) for text in texts]
            assert {(cell.data_type, cell.number_format) for cell in filled} == {("d", "yyyy-mm-dd")}
        else:
            assert not [cell.coordinate for cell in cells if cell.is_date or cell.data_type == "d"], column


def test_every_column_of_days_that_a_chart_or_a_pivot_needs_is_found() -> None:
    named = {
        ("stock_comparison", "date"),
        ("stock_period", "first_day"),
        ("stock_period", "last_day"),
        ("stock_event", "event_date"),
        ("real_tariff_rates", "start"),
        ("real_tariff_rates", "end"),
        ("milestones", "date"),
    }
    seen = view("alliance_good")
    for name, column in named:
        table = FIGURES[name].table(seen)
        sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(table, seen, ADDRESS)))["Data"]
        place = list(table.columns).index(column) + 1
        values = [sheet.cell(row, place).value for row in range(2, len(table.rows) + 2)]
        assert {type(value) for value in values} - {type(None)} == {datetime}


@pytest.mark.parametrize(
    ("texts", "read"),
    [
        (["2026-05-14", "2026-05-15"], [datetime(2026, 5, 14), datetime(2026, 5, 15)]),
        (["2026-05-14", ""], [datetime(2026, 5, 14), None]),
        (["2026-05-14", None], [datetime(2026, 5, 14), None]),
        (["2025-07", "2025-08"], ["2025-07", "2025-08"]),
        (["2026-05-14", "2026-05"], ["2026-05-14", "2026-05"]),
        (["2026-05-14", "2026-02-30"], ["2026-05-14", "2026-02-30"]),
        (["1850-01-01"], ["1850-01-01"]),
        (["2026-05-14 "], ["2026-05-14 "]),
        (["٢٠٢٦-٠٥-١٤"], ["٢٠٢٦-٠٥-١٤"]),
        ([20260514, 1], [20260514, 1]),
        (["", ""], [None, None]),
    ],
)
def test_a_column_is_dates_only_where_each_value_is_a_day(texts: list[object], read: list[object]) -> None:
    table = Table.of("days", "Days", {"when": "When", "place": "Place"}, [(text, 1) for text in texts])
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(table, EDITED, ADDRESS)))["Data"]
    assert [sheet.cell(row, 1).value for row in range(2, len(texts) + 2)] == read


def test_numbers_that_may_be_several_are_said_to_be_text() -> None:
    assert "as text, since there may be several" in FIGURES["break_even"].table(EDITED).columns["met_values"]


def _chart(seen: View) -> tuple[charts.Chart, Table]:
    return PROFIT.chart(seen), PROFIT.table(seen)


def test_an_svg_is_well_formed_names_its_finding_and_source_and_loads_nothing() -> None:
    chart, table = _chart(EDITED)
    text = svg_text(chart, FINDING, table, EDITED, ADDRESS)
    root = ElementTree.fromstring(text)
    space = {"svg": "http://www.w3.org/2000/svg"}
    assert root.findtext("svg:title", namespaces=space) == FINDING
    described = root.findtext("svg:desc", namespaces=space)
    assert described == "\n".join(provenance(table, EDITED, ADDRESS))
    assert not re.search(r"<script|<image|<foreignObject|\bhref=|url\((?!#)", text)


def test_a_png_is_of_double_size_and_says_inside_where_it_comes_from() -> None:
    chart, table = _chart(EDITED)
    picture = Image.open(io.BytesIO(png_bytes(chart, FINDING, table, EDITED, ADDRESS)))
    picture.load()
    assert picture.format == "PNG"
    assert picture.width > 1200
    assert picture.text["Title"] == FINDING
    assert picture.text["Description"] == "\n".join(provenance(table, EDITED, ADDRESS))
