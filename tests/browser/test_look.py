"""Every page draws in light and dark and on a phone, calls no other host, and reports no error."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server, rerun, window

# Whatever sticks out of the page to the right.
WIDER = """() => [document.scrollingElement, document.querySelector('[data-testid="stMain"]')]
  .filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => `${e.tagName}: ${e.scrollWidth} > ${e.clientWidth}`)"""
BACKGROUND = """() => getComputedStyle(document.querySelector('[data-testid="stApp"]')).backgroundColor"""
BLANK = """() => [...document.querySelectorAll('[data-testid="stVegaLiteChart"]')]
  .filter((e) => !e.querySelector('svg [role="graphics-symbol"], canvas')).map((e) => e.getAttribute("aria-label"))"""

LOOKS = {
    "light": (1400, 900, "light_theme", "rgb(255, 255, 255)"),
    "dark": (1400, 900, "dark_theme", "rgb(18, 24, 31)"),
    "phone": (390, 844, "light_theme", "rgb(255, 255, 255)"),
}


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_draws(browser: Browser, server: Server, look: str) -> None:
    width, height, theme, background = LOOKS[look]
    with window(browser, server, width, height) as visit:
        page = visit.open(f"?preset=alliance_good&embed_options={theme}")
        addresses = pages_of(page)
        assert len(addresses) > 1
        for address in addresses:
            if look == "phone":
                visit.open(f"{address}?preset=alliance_good&embed_options={theme}")
            elif address:
                go_to(page, address)
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            page.wait_for_function(f"({BLANK})().length === 0")
            assert page.evaluate(BACKGROUND) == background
            assert not page.evaluate(WIDER), address


def go_to(page: Page, address: str) -> None:
    """Follow a link of the menu, also one that finds no room there and waits behind "more"."""
    with rerun(page):
        page.locator(f'[data-testid="stTopNavLink"][href*="/{address}"]').first.evaluate("link => link.click()")


def pages_of(page: Page) -> list[str]:
    """Addresses of all pages, from the menu of the app; a phone hides it in the sidebar."""
    links = page.locator('[data-testid="stTopNavLink"], [data-testid="stSidebarNavLink"]')
    if links.count() == 0:
        page.get_by_test_id("stExpandSidebarButton").click()
        expect(links.first).to_be_visible()
    return [(link.get_attribute("href") or "/").rsplit("/", 1)[-1].partition("?")[0] for link in links.all()]


def test_a_phone_reaches_the_sliders_and_the_other_pages(browser: Browser, server: Server) -> None:
    with window(browser, server, 390, 844) as visit:
        page = visit.open("")
        page.get_by_test_id("stExpandSidebarButton").click()
        expect(page.get_by_role("slider", name="Tariff on cars from Japan")).to_be_visible()
        with rerun(page):
            page.get_by_role("link", name="Sources").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Where the numbers come from")
