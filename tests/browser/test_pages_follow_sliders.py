"""A slider moved by keyboard changes what each page shows, and what it shows is what the model computes."""

import io
import re

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from data.story import claims
from model.links import from_query
from model.presets import preset_values
from model.registry import ASSUMPTIONS
from pages.catalog import FIGURES
from pages.kit.view import View
from tests.browser.conftest import Visit, rerun
from tests.browser.seen import downloaded, expect_slider, link_of, open_group, slider
from tests.browser.test_accessibility import DRAWN
from tests.pages.test_pages import assert_same

LAST_YEAR = 4


def move(page: Page, key: str, press: str) -> None:
    """Move a slider one step by keyboard."""
    open_group(page, key)
    with rerun(page):
        slider(page, key).press(press)


def rows_downloaded(page: Page, table: str) -> pd.DataFrame:
    """The table behind a chart, which is what the model computes for the link inside it."""
    _, content = downloaded(page, table)
    rows = pd.read_csv(io.BytesIO(content), comment="#")
    scenario, refusals = from_query(link_of(content))
    assert not refusals
    assert_same(rows, FIGURES[table].table(View.of(scenario, LAST_YEAR)).rows)
    return rows


def charts_told(page: Page) -> list[str]:
    """What a screen reader tells of the page's charts: the finding above each, and its marks."""
    page.wait_for_function(DRAWN)
    marks = page.locator('[data-testid="stVegaLiteChart"] [role="graphics-symbol"]').all()
    return [
        *page.get_by_test_id("stMain").locator(":is(h2, h3)").all_inner_texts(),
        *(mark.get_attribute("aria-label") or "" for mark in marks[:30]),
    ]


@pytest.mark.parametrize(
    ("address", "key", "press", "table"),
    [
        ("", "usmca_tariff_share", "ArrowLeft", "profit"),
        ("tariffs", "japan_tariff_share", "ArrowRight", "duty_by_origin"),
        ("plant", "canton_honda_trucks_kveh", "ArrowRight", "canton_use"),
        ("alliance?preset=alliance_good", "platform_saving_jpy_bn", "ArrowRight", "alliance_benefits_honda"),
        ("investor?preset=alliance_good", "success_probability_share", "ArrowLeft", "value_per_share"),
    ],
)
def test_a_page_follows_a_slider_that_matters_to_it(
    visit: Visit, address: str, key: str, press: str, table: str
) -> None:
    page = visit.open(address)
    before, told = rows_downloaded(page, table), charts_told(page)
    move(page, key, press)
    assert not rows_downloaded(page, table).equals(before)
    assert charts_told(page) != told


def test_a_claim_that_is_played_opens_its_page_with_its_values(visit: Visit) -> None:
    page = visit.open("article")
    claim = next(claim for claim in claims() if claim.id == "claim_50pct")
    with rerun(page):
        page.locator(f".st-key-play_{claim.id}").get_by_role("button").click()
    expect(page).to_have_url(re.compile(rf"/{claim.page}\?.*preset={claim.preset}"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Does building Honda's trucks make Canton pay?")
    expect(page.locator(".st-key-playing")).to_be_in_viewport()
    values = preset_values(claim.preset, from_query(page.url)[0].edition)
    for key in ("canton_base_kveh", "canton_honda_trucks_kveh"):
        open_group(page, key)
        expect_slider(page, key, values[key])


def test_the_sources_mark_an_assumption_that_was_moved(visit: Visit) -> None:
    page = visit.open("sources?section=Assumptions")
    key = "japan_tariff_share"
    row = page.get_by_role("row").filter(has_text=ASSUMPTIONS[key].label).filter(has_text=key)
    expect(row).to_have_count(1)
    expect(row).not_to_contain_text("changed")
    with rerun(page):
        page.get_by_role("button", name="Show the sliders").click()
    move(page, key, "ArrowRight")
    expect(row).to_contain_text("15.5 changed")
