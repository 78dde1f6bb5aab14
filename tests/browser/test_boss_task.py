"""The boss's task, in eleven actions: Japan at 25 %, 60,000 trucks, to a slide, to Excel, to a colleague, and back."""

import io
from collections.abc import Callable
from typing import TypeVar

import openpyxl
from playwright.sync_api import Browser, Page, expect

from model import run
from model.links import from_query
from model.worlds import DONE
from pages.kit.words import quantity
from tests.browser.conftest import Server, rerun, window
from tests.browser.seen import downloads_of, metric, query, slider

T = TypeVar("T")

MOST_ACTIONS = 11
JAPAN, TRUCKS = "japan_tariff_share", "canton_honda_trucks_kveh"
STEPS_OF_TRUCKS = 12
IN_WORLD = "if done"


def landmark(page: Page, share: str) -> None:
    with rerun(page):
        page.locator(f".st-key-landmark_{JAPAN}_{share.replace('.', '-')}").get_by_role("button").click()


def profit(japan: float, company: str = "nissan") -> str:
    scenario, _ = from_query(f"{JAPAN}={japan}&{TRUCKS}=60&world={DONE}")
    frame = run(scenario).frame("operating_profit_jpy_bn")
    return quantity(float(frame[company].iloc[-1]), "JPY bn")


def test_the_boss_and_a_colleague_need_eleven_actions_and_every_number_names_its_world(
    browser: Browser, server: Server
) -> None:
    actions = 0

    def act(what: Callable[[], T]) -> T:
        nonlocal actions
        actions += 1
        return what()

    def drag() -> None:
        with rerun(page):
            for _ in range(STEPS_OF_TRUCKS):
                slider(page, TRUCKS).press("ArrowRight")
        expect(slider(page, TRUCKS)).to_have_value("60")

    def saved(form: str) -> bytes:
        with page.expect_download() as waiting:
            page.locator(f".st-key-{form}_bridge_nissan").get_by_role("button", name=form.upper(), exact=True).click()
        return waiting.value.path().read_bytes()

    with window(browser, server) as boss:
        page = boss.open("")
        boss.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        act(lambda: landmark(page, "0.25"))
        act(drag)
        page.wait_for_function(f"() => location.search.includes('{TRUCKS}=60')")
        expect(metric(page, "Nissan: operating profit")).to_have_text(profit(0.25))
        expect(page.get_by_test_id("stMetricLabel").first).to_contain_text(IN_WORLD)
        assert query(page)["world"] == DONE
        with rerun(page):
            act(downloads_of(page, "bridge_nissan").click)
        assert act(lambda: saved("png")).startswith(b"\x89PNG")
        book = openpyxl.load_workbook(io.BytesIO(act(lambda: saved("xlsx"))))
        assert "World: if the alliance is done" in [row[0] for row in book["About"].values]
        with rerun(page):
            page.keyboard.press("Escape")
        with rerun(page):
            act(page.get_by_role("button", name="Share", exact=True).click)
        box = page.locator(".st-key-copy_link")
        act(lambda: box.get_by_role("button", name="Copy").click())
        expect(box.get_by_role("status")).to_have_text("Copied")
        link = str(page.evaluate("navigator.clipboard.readText()"))

    with window(browser, server) as colleague:
        page = act(lambda: colleague.open(link.removeprefix(f"{server.url}/")))
        expect(metric(page, "Nissan: operating profit")).to_have_text(profit(0.25))
        act(lambda: landmark(page, "0.15"))
        expect(metric(page, "Nissan: operating profit")).to_have_text(profit(0.15))
        expect(page.get_by_test_id("stMetricLabel").first).to_contain_text(IN_WORLD)
        expect(page.get_by_text("against “as sent”")).to_have_count(4)
    assert actions <= MOST_ACTIONS
