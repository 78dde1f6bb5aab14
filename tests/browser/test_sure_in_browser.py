"""Sensitivity and Uncertainty in a real browser: a click on a bar's end, a run that is stopped, and a narrow screen."""

import re

from playwright.sync_api import Browser, expect

from tests.browser.conftest import Server, Visit, rerun, settled, window
from tests.browser.seen import expect_slider
from tests.browser.test_accessibility import DRAWN, MAIN, findings, unfolded

TORNADO = ".st-key-chart_tornado"
END = 'path[aria-roledescription="point"]'


def test_a_click_on_the_end_of_a_bar_loads_that_scenario_and_undo_brings_the_old_one_back(visit: Visit) -> None:
    page = visit.open("sensitivity?preset=alliance_good")
    page.wait_for_function(DRAWN)
    high = page.locator(TORNADO).locator(f'{END}[aria-label*="▲ high 165"]').first
    with rerun(page):
        high.click()
    expect(page).to_have_url(re.compile(r"jpy_per_usd=165"))
    expect_slider(page, "jpy_per_usd", 165.0)
    with rerun(page):
        page.get_by_role("button", name="Undo", exact=True).click()
    expect(page).not_to_have_url(re.compile(r"jpy_per_usd=165"))


def test_a_million_draws_show_how_far_they_are_stop_when_asked_and_keep_what_they_made(visit: Visit) -> None:
    page = visit.page
    page.goto(f"{visit.server.url}/uncertainty?preset=alliance_good&draws=1000000&seed=41&drawn_groups=policy")
    stop = page.get_by_role("button", name="Stop drawing")
    expect(page.get_by_text(re.compile(r"of 1,000,000 draws"))).to_be_visible()
    stop.click()
    expect(page.get_by_text(re.compile(r"Stopped after [\d,]+ of 1,000,000 draws"))).to_be_visible()
    settled(page)
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    page.get_by_text("Settings and accuracy").click()
    expect(page.get_by_text(re.compile(r"^[\d,]+ draws from seed 41"))).to_be_visible()


def test_both_pages_fit_a_narrow_dark_screen_and_are_free_of_serious_findings(browser: Browser, server: Server) -> None:
    with window(browser, server, 390, 844) as found:
        for address in ("sensitivity", "uncertainty"):
            page = unfolded(found.open(f"{address}?preset=alliance_good&embed_options=dark_theme"), MAIN)
            assert page.evaluate("document.documentElement.scrollWidth") <= 390
            assert not findings(page, MAIN)
            for chart in page.get_by_test_id("stVegaLiteChart").all():
                assert len(chart.get_attribute("aria-label") or "") > 10
                assert chart.locator("svg").count() == 1  # not a bitmap, which has no marks to read
