"""Downloads carry the table's numbers exactly, everything that documents them, and nothing that a spreadsheet runs."""

import io
import re
from xml.etree import ElementTree

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from model import MODEL_VERSION
from model.links import from_query, number_text
from model.presets import MAIN_PRESETS
from model.projection import project
from model.registry import ASSUMPTIONS
from pages.parts import charts, tables
from pages.parts.exports import csv_text, png_bytes, provenance, safe_cell, svg_text, xlsx_bytes
from pages.parts.tables import Table
from pages.parts.view import View
from tests.pages.opened import ADDRESS
from tests.pages.test_tables import MAKERS, view

FINDING = 'Operating profit: Honda <b>+JPY 12 bn</b> & "more"'
EDITED = view("article", japan_tariff_share=0.2)


def documented(text: str) -> list[str]:
    """Lines below the table of a CSV."""
    return [line.removeprefix("# ") for line in text.splitlines() if line.startswith("# ")]


@pytest.mark.parametrize("preset", MAIN_PRESETS)
@pytest.mark.parametrize("name", MAKERS)
def test_a_csv_opens_as_the_table_with_its_exact_numbers(name: str, preset: str) -> None:
    seen = view(preset, japan_tariff_share=0.2)
    table = MAKERS[name](seen)
    text = csv_text(table, seen, ADDRESS)
    assert text.splitlines()[0] == ",".join(table.columns)
    assert text.splitlines()[len(table.rows) + 1] == ""
    pd.testing.assert_frame_equal(
        pd.read_csv(io.StringIO(text), comment="#"), table.rows, check_dtype=False, check_exact=True
    )


@pytest.mark.parametrize("seen", [EDITED, view("alliance_good"), view("status_quo", canton_honda_trucks_kveh=300.0)])
def test_a_download_says_title_units_edition_version_link_and_every_assumption(seen: View) -> None:
    table = tables.profit_by_year(seen)
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
    text = csv_text(tables.profit_by_year(seen), seen, ADDRESS)
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


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=HYPERLINK(1)"])
def test_text_that_looks_like_a_formula_is_neutralised_in_every_download(text: str) -> None:
    table = Table.of("hostile", "Hostile", {"what": "What", "jpy_bn": "Amount, JPY bn"}, [(text, -1.5)])
    (row,) = pd.read_csv(io.StringIO(csv_text(table, EDITED, ADDRESS)), comment="#").itertuples(index=False)
    assert row.what.startswith("'")
    assert row.jpy_bn == -1.5
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(table, EDITED, ADDRESS)))["Data"]
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value.startswith("'")
    assert (sheet["B2"].data_type, sheet["B2"].value) == ("n", -1.5)


@given(st.text())
@example("=")
def test_no_text_cell_begins_like_a_formula_and_other_text_stays(text: str) -> None:
    cell = safe_cell(text)
    assert isinstance(cell, str)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert cell in (text, f"'{text}")


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers() | st.none())
def test_numbers_are_not_touched(value: object) -> None:
    assert safe_cell(value) is value


@pytest.mark.parametrize("name", MAKERS)
def test_a_workbook_holds_the_table_what_documents_it_and_every_assumption(name: str) -> None:
    table = MAKERS[name](EDITED)
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


def _chart(seen: View) -> tuple[charts.Chart, Table]:
    table = tables.profit_by_year(seen)
    rows = pd.DataFrame(tables.with_line_labels(table, "operating_profit_jpy_bn"))
    return charts.lines_by_year(rows, "operating_profit_jpy_bn", "Operating profit, JPY bn", ",.0f"), table


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
