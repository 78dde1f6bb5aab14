"""Every page draws every preset, with charts that keep the rules of the house."""

import ast
import io
import json
from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest
from pandas.api.types import is_numeric_dtype
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df

from data.story import claims
from model.editions import COMPANY_LABELS
from model.links import from_query
from model.presets import MAIN_PRESETS, PRESETS
from model.projection import project
from pages import site
from pages.kit import show
from pages.kit.charts import COMPANY_COLORS
from pages.kit.exports import csv_text, safe_cell
from pages.kit.words import quantity
from pages.site import page_file
from tests.pages.opened import (
    ADDRESS,
    FOLDER,
    PAGES,
    chart_specs,
    drawn,
    metrics_of,
    opened,
    page_and_tables,
    page_of,
    parts_of,
    view_of,
)

ADDRESSES = {
    "overview",
    "tariffs",
    "plant",
    "alliance",
    "investor",
    "article",
    "sensitivity",
    "uncertainty",
    "peers",
    "compare",
    "stocks",
    "sources",
}
"""Pages whose address is the name of their folder: addresses are part of links and never change."""

CLAIM_PAGES = [(claim.page or "overview", claim.preset) for claim in claims()]
SHOWN = ("status_quo", "alliance_delivers", "alliance_lost", "alliance_good", "article")
EVERY_PAGE = [*((page, preset) for page in PAGES for preset in SHOWN), *CLAIM_PAGES]
"""Every page without an alliance, with one that delivers or fails, and on the older facts; and each claim's page."""


@pytest.mark.parametrize(("page", "preset"), EVERY_PAGE)
def test_a_page_draws_a_preset(page: str, preset: str) -> None:
    app = page_of(page, preset)
    assert len(app.title) == 1
    assert not app.warning
    assert view_of(app).scenario.preset == preset
    assert view_of(app).scenario.edition == PRESETS[preset].edition


@pytest.mark.parametrize(("page", "preset"), EVERY_PAGE)
def test_charts_have_words_finite_numbers_bars_from_zero_and_company_colours(page: str, preset: str) -> None:
    for spec, words in chart_specs(page_of(page, preset)):
        assert len(words) > 10
        assert "nan" not in words.lower().split()
        json.dumps(spec, allow_nan=False)
        for part in parts_of(spec):
            if mark_of(part) == "bar":
                assert_bars_include_zero(part)
            for encoding in part.get("encoding", {}).values():
                if isinstance(encoding, dict) and encoding.get("field") == "company" and "range" in scale_of(encoding):
                    assert scale_of(encoding)["range"] == [COMPANY_COLORS[c] for c in scale_of(encoding)["domain"]]


@pytest.mark.parametrize("page", PAGES)
def test_a_slider_moves_the_rows_of_charts_and_neither_their_form_nor_their_words(page: str) -> None:
    """A browser builds a chart anew when its form or its words change: ten times the time of new rows."""
    app = opened("preset=alliance_good&japan_tariff_share=0.2&canton_honda_trucks_kveh=22&jpy_per_usd=149", page)
    app.slider(key="japan_tariff_share").set_value(0.21)  # from now on what was opened is pinned beside it
    before = chart_specs(drawn(app))
    for key, value in (("japan_tariff_share", 0.205), ("canton_honda_trucks_kveh", 23.0), ("jpy_per_usd", 150.0)):
        app.slider(key=key).set_value(value)
    assert chart_specs(drawn(app)) == before


@pytest.mark.parametrize(("page", "preset"), EVERY_PAGE)
def test_charts_are_drawn_from_finite_numbers(page: str, preset: str) -> None:
    for chart in page_of(page, preset).get("vega_lite_chart"):
        for data in [chart.proto.data.data, *(part.data.data for part in chart.proto.datasets)]:
            if data:
                rows = convert_arrow_bytes_to_pandas_df(data)
                assert not rows.select_dtypes("number").isna().any(axis=None), rows


@pytest.mark.parametrize(("page", "preset"), EVERY_PAGE)
def test_every_table_of_a_page_downloads_as_it_is(page: str, preset: str) -> None:
    app, tables = page_and_tables(page, preset)
    assert len({table.name for table in tables}) == len(tables)
    for table in tables:
        assert list(table.columns) == list(table.rows.columns)
        assert all(table.columns.values())
        assert table.name.replace("_", "").isalnum()
        assert_same(pd.read_csv(io.StringIO(csv_text(table, view_of(app), ADDRESS)), comment="#"), table.rows)


def assert_same(read: pd.DataFrame, rows: pd.DataFrame) -> None:
    """A table that was read back: numbers exactly, empty texts as nothing."""
    assert list(read.columns) == list(rows.columns)
    for name in rows:
        if is_numeric_dtype(rows[name]):
            assert read[name].to_list() == pytest.approx(rows[name].to_list(), rel=0, abs=0, nan_ok=True)
        else:
            texts = ["" if pd.isna(text) else str(safe_cell(text)) for text in rows[name]]
            assert ["" if pd.isna(text) else str(text) for text in read[name]] == texts


@pytest.mark.parametrize("page", PAGES)
def test_a_chart_kept_from_another_scenario_is_the_chart_drawn_anew(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page_of(page, "alliance_good")
    other = "preset=alliance_good&japan_tariff_share=0.5&jpy_per_usd=110"
    kept = chart_specs(opened(other, page))
    monkeypatch.setattr(show, "_spec", show._spec.__wrapped__)  # what other tests keep stays kept
    assert kept == chart_specs(opened(other, page))


def mark_of(part: dict) -> str:
    mark = part.get("mark", "")
    return mark if isinstance(mark, str) else mark["type"]


def scale_of(encoding: dict) -> dict:
    return encoding.get("scale") or {}


def assert_bars_include_zero(part: dict) -> None:
    for channel in ("x", "y"):
        encoding = part["encoding"].get(channel, {})
        if encoding.get("type") == "quantitative":
            scale = scale_of(encoding)
            assert scale.get("zero", True)
            assert scale.get("domainMin", 0) <= 0 <= scale.get("domainMax", 0) or "domainMax" in scale
            domain = scale.get("domain", [0])
            assert min(domain) <= 0 <= max(domain)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_in_the_navigation_under_its_own_name(page: str) -> None:
    assert page in ADDRESSES
    assert page in [file for file, *_ in site.PAGES]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_what_it_shows(page: str) -> None:
    assert ast.get_docstring(ast.parse((FOLDER / page_file(page)).read_text(encoding="utf-8")))


def profit(values: Mapping[str, float], edition_name: str, company: str, year: int) -> str:
    outputs = project(values, edition_name).company[company]
    return quantity(float(np.asarray(outputs["operating_profit_jpy_bn"])[year]), "JPY bn")


OVERVIEW_LINKS = [
    ("japan_tariff_share=0.25", 4),
    ("preset=article&japan_tariff_share=0.2", 4),
    ("preset=alliance_good&jpy_per_usd=140&year=FY2028/3", 1),
]


@pytest.mark.parametrize(("link", "year"), [*((f"preset={name}", 4) for name in MAIN_PRESETS), *OVERVIEW_LINKS])
def test_the_overview_shows_the_profits_that_the_model_computes_for_its_link(link: str, year: int) -> None:
    preset = link.removeprefix("preset=")
    app = page_of("overview", preset) if preset in MAIN_PRESETS else opened(link)
    scenario, _ = from_query(link)
    shown = metrics_of(app)
    for company, label in COMPANY_LABELS.items():
        profit_shown = shown[view_of(app).labelled(f"{label}: operating profit")]
        assert profit_shown == profit(scenario.values, scenario.edition, company, year)


def test_a_tariff_of_25_per_cent_on_cars_from_japan_changes_the_profit_shown() -> None:
    shown = metrics_of(page_of("overview", "status_quo")), metrics_of(opened("japan_tariff_share=0.25"))
    assert shown[0]["Nissan: operating profit"] == quantity(200.0, "JPY bn")
    assert shown[1]["Nissan: operating profit"] == profit({"japan_tariff_share": 0.25}, "2026-05", "nissan", 4)
    assert shown[0]["Nissan: operating profit"] != shown[1]["Nissan: operating profit"]
