"""A download opens again: the same rows, what documents them, and a link that makes the same rows once more."""

import io
import re
from datetime import datetime
from functools import cache
from xml.etree import ElementTree

import openpyxl
import pandas as pd
import pytest
from PIL import Image

from model import MODEL_VERSION
from model.links import from_query, scenario_of_preset
from model.registry import ASSUMPTIONS
from pages.catalog import FIGURES
from pages.kit.charts import Chart
from pages.kit.exports import csv_text, png_bytes, provenance, safe_cell, svg_text, xlsx_bytes
from pages.kit.figure import Figure
from pages.kit.tables import Table
from pages.kit.view import View
from tests.pages.opened import ADDRESS
from tests.pages.test_pages import assert_same

LAST_YEAR = 4
PRESETS = ("alliance_good", "article")


@cache
def view(preset: str) -> View:
    return View.of(scenario_of_preset(preset), LAST_YEAR)


@cache
def table_of(name: str, preset: str) -> Table:
    return FIGURES[name].table(view(preset))


def assert_link_makes(link: str, name: str, preset: str) -> None:
    """The link, read anew, gives the rows exactly."""
    assert link.startswith(f"{ADDRESS}?")
    scenario, refusals = from_query(link)
    assert not refusals
    assert scenario == view(preset).scenario
    pd.testing.assert_frame_equal(
        FIGURES[name].table(View.of(scenario, LAST_YEAR)).rows, table_of(name, preset).rows, check_exact=True
    )


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("name", FIGURES)
def test_a_csv_opens_as_its_table_and_its_link_makes_it_again(name: str, preset: str) -> None:
    table = table_of(name, preset)
    text = csv_text(table, view(preset), ADDRESS)
    assert_same(pd.read_csv(io.StringIO(text), comment="#"), table.rows)
    (link,) = re.findall(r"^# Link: (\S+)\r?$", text, re.MULTILINE)
    assert_link_makes(link, name, preset)


@pytest.mark.parametrize(("name", "preset"), [(name, PRESETS[n % 2]) for n, name in enumerate(FIGURES)])
def test_a_workbook_opens_with_its_table_its_origin_and_every_assumption(name: str, preset: str) -> None:
    table, seen = table_of(name, preset), view(preset)
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(table, seen, ADDRESS)), read_only=True)
    cells = {sheet.title: [list(row) for row in sheet.iter_rows()] for sheet in book}
    assert not [cell.coordinate for rows in cells.values() for row in rows for cell in row if cell.data_type == "f"]
    (header, *rows), about, (_, *assumptions) = (
        [[cell.value for cell in row] for row in cells[title]] for title in ("Data", "About", "Assumptions")
    )
    assert header == list(table.columns)
    for row, expected in zip(rows, table.rows.itertuples(index=False, name=None), strict=True):
        row += [None] * (len(expected) - len(row))
        for cell, value in zip(row, expected, strict=True):
            # A workbook holds 16 significant digits, days as dates, and an empty text as nothing.
            if isinstance(cell, datetime):
                cell = cell.date().isoformat()
            assert (cell or "") == safe_cell(value) if isinstance(value, str) else cell == pytest.approx(value, 1e-14)
    told = [str(row[0]) for row in about]
    assert told[0] == f"Alliance Explorer: {table.title}"
    assert f"Edition: {seen.scenario.edition}; model version {MODEL_VERSION}" in told
    (link,) = (line.removeprefix("Link: ") for line in told if line.startswith("Link: "))
    assert from_query(link)[0] == seen.scenario
    assert [row[0] for row in assumptions] == list(ASSUMPTIONS)
    defaults = {key: seen.scenario.changed().get(key, (value,))[0] for key, value in seen.scenario.values.items()}
    assert [row[2] for row in assumptions] == pytest.approx(list(seen.scenario.values.values()), rel=1e-14)
    assert [row[3] for row in assumptions] == pytest.approx(list(defaults.values()), rel=1e-14)


DRAWN = {figure.name: figure for figure in FIGURES.values() if figure.form}


@pytest.mark.parametrize("figure", DRAWN.values(), ids=DRAWN)
def test_an_svg_of_a_figure_opens_loads_nothing_and_says_where_it_comes_from(figure: Figure) -> None:
    seen = View.of(scenario_of_preset("article"), LAST_YEAR, choices={"with": "preset=alliance_good"})
    assert_svg_opens(figure.says(seen), figure.table(seen), figure.chart(seen), seen)


def assert_svg_opens(finding: str, table: Table, chart: Chart, seen: View) -> None:
    root = ElementTree.fromstring(svg_text(chart, finding, table, seen, ADDRESS))
    space = "{http://www.w3.org/2000/svg}"
    assert root.findtext(f"{space}title") == finding
    assert root.findtext(f"{space}desc") == "\n".join(provenance(table, seen, ADDRESS))
    assert not {"script", "foreignObject", "image"} & {element.tag.removeprefix(space) for element in root.iter()}
    named = [(key, value) for element in root.iter() for key, value in element.attrib.items()]
    assert not [value for key, value in named if key.endswith("href") or key.startswith("on") or "url(http" in value]


def test_a_finding_is_text_in_an_svg_whatever_it_holds() -> None:
    seen, figure = view("article"), DRAWN["tariff_by_origin"]
    assert_svg_opens("Tariffs & what is left <after> own measures", figure.table(seen), figure.chart(seen), seen)


@pytest.mark.parametrize("name", ["tariff_by_origin", "milestones"])
def test_a_png_of_a_figure_opens_and_says_where_it_comes_from(name: str) -> None:
    seen, figure = view("article"), DRAWN[name]
    table, finding = figure.table(seen), figure.says(seen)
    picture = Image.open(io.BytesIO(png_bytes(figure.chart(seen), finding, table, seen, ADDRESS)))
    picture.load()
    assert picture.text["Title"] == finding
    assert picture.text["Description"] == "\n".join(provenance(table, seen, ADDRESS))
