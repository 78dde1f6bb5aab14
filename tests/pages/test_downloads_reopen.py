"""A download opens again: the same rows, what documents them, and a link that makes the same rows once more."""

import io
import re
from collections.abc import Callable
from datetime import datetime
from functools import cache
from xml.etree import ElementTree

import openpyxl
import pandas as pd
import pytest
from PIL import Image

from model import MODEL_VERSION
from model.backtest import backtest
from model.links import from_query, scenario_of_preset
from model.registry import ASSUMPTIONS
from pages.parts import article_figures as article
from pages.parts import backtest_chart, charts, source_tables, source_words, tables
from pages.parts.alliance import others
from pages.parts.catalog import TABLES
from pages.parts.charts import Chart
from pages.parts.columns import Columns
from pages.parts.exports import csv_text, png_bytes, provenance, safe_cell, svg_text, xlsx_bytes
from pages.parts.investor import dated
from pages.parts.peers import beside
from pages.parts.plant import gains
from pages.parts.tables import Table
from pages.parts.tariffs import per_car
from pages.parts.view import View
from tests.pages.opened import ADDRESS
from tests.pages.test_pages import assert_same

LAST_YEAR = 4
PRESETS = ("alliance_good", "article")


@cache
def view(preset: str) -> View:
    return View.of(scenario_of_preset(preset), LAST_YEAR)


@cache
def table_of(name: str, preset: str) -> Table:
    return TABLES[name](view(preset))


def assert_link_makes(link: str, name: str, preset: str) -> None:
    """The link, read anew, gives the rows exactly."""
    assert link.startswith(f"{ADDRESS}?")
    scenario, refusals = from_query(link)
    assert not refusals
    assert scenario == view(preset).scenario
    pd.testing.assert_frame_equal(
        TABLES[name](View.of(scenario, LAST_YEAR)).rows, table_of(name, preset).rows, check_exact=True
    )


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("name", TABLES)
def test_a_csv_opens_as_its_table_and_its_link_makes_it_again(name: str, preset: str) -> None:
    table = table_of(name, preset)
    text = csv_text(table, view(preset), ADDRESS)
    assert_same(pd.read_csv(io.StringIO(text), comment="#"), table.rows)
    (link,) = re.findall(r"^# Link: (\S+)\r?$", text, re.MULTILINE)
    assert_link_makes(link, name, preset)


@pytest.mark.parametrize(("name", "preset"), [(name, PRESETS[n % 2]) for n, name in enumerate(TABLES)])
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


def _sources_picture() -> tuple[Table, Chart]:
    rows = backtest()
    table = source_tables.backtest_table(rows)
    days = [source_tables.day_text(row.as_of) for row in rows]
    errors = [source_tables.error_text(row.error_share) for row in rows]
    return table, backtest_chart.published_and_model(backtest_chart.with_marks(table.rows, days, errors))


def _picture(
    table: Table, chart: Callable[..., Chart], rows: Callable[[Table], Columns | pd.DataFrame]
) -> tuple[Table, Chart]:
    return table, chart(pd.DataFrame(rows(table)))


PICTURES: dict[str, tuple[str, Callable[[View], tuple[Table, Chart]]]] = {
    "overview": (
        "Tariffs & what is left <after> own measures",
        lambda v: _picture(tables.tariff_by_origin(v), charts.stacked_by_origin, tables.with_bar_labels),
    ),
    "tariffs": (
        per_car.per_car_finding(view("article")),
        lambda v: _picture(per_car.duty_per_car(v), per_car.per_car_chart, per_car.per_car_rows),
    ),
    "plant": (
        gains.gains_finding(view("article")),
        lambda v: _picture(gains.canton_gains(v), gains.gains_chart, lambda table: table.values),
    ),
    "alliance": (
        others.venture_finding(view("article")),
        lambda v: _picture(others.venture(v), others.venture_bars, others.venture_rows),
    ),
    "investor": (
        dated.milestone_finding(),
        lambda v: _picture(dated.milestone_table(), dated.milestone_chart, dated.with_heights),
    ),
    "article": (
        article.profit_finding(view("article")),
        lambda v: _picture(article.profit_table(v), article.profit_bars, article.with_bar_words),
    ),
    "peers": (
        beside.finding(),
        lambda v: _picture(beside.beside_table(v), beside.beside_chart, beside.beside_rows),
    ),
    "sources": (source_words.backtest_finding(backtest()), lambda v: _sources_picture()),
}
"""One chart of each page with its finding."""


@pytest.mark.parametrize("page", PICTURES)
def test_an_svg_of_a_page_opens_loads_nothing_and_says_where_it_comes_from(page: str) -> None:
    seen, (finding, draw) = view("article"), PICTURES[page]
    table, chart = draw(seen)
    root = ElementTree.fromstring(svg_text(chart, finding, table, seen, ADDRESS))
    space = "{http://www.w3.org/2000/svg}"
    assert root.findtext(f"{space}title") == finding
    assert root.findtext(f"{space}desc") == "\n".join(provenance(table, seen, ADDRESS))
    assert not {"script", "foreignObject", "image"} & {element.tag.removeprefix(space) for element in root.iter()}
    named = [(key, value) for element in root.iter() for key, value in element.attrib.items()]
    assert not [value for key, value in named if key.endswith("href") or key.startswith("on") or "url(http" in value]


@pytest.mark.parametrize("page", ["overview", "investor"])
def test_a_png_of_a_page_opens_and_says_where_it_comes_from(page: str) -> None:
    seen, (finding, draw) = view("article"), PICTURES[page]
    table, chart = draw(seen)
    picture = Image.open(io.BytesIO(png_bytes(chart, finding, table, seen, ADDRESS)))
    picture.load()
    assert picture.text["Title"] == finding
    assert picture.text["Description"] == "\n".join(provenance(table, seen, ADDRESS))
