"""Every page draws in dark on a phone, calls no other host, and reports no error.

In light, in a wide window, the walk of test_accessibility looks at the same.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, expect

from pages.site import FIRST, PAGES
from tests.browser.conftest import Server, rerun, window
from tests.browser.seen import follow

# Whatever sticks out of the page to the right.
WIDER = """() => [document.scrollingElement, document.querySelector('[data-testid="stMain"]')]
  .filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => `${e.tagName}: ${e.scrollWidth} > ${e.clientWidth}`)"""
BACKGROUND = """() => getComputedStyle(document.querySelector('[data-testid="stApp"]')).backgroundColor"""
BLANK = """() => [...document.querySelectorAll('[data-testid="stVegaLiteChart"]')]
  .filter((e) => !e.querySelector('svg [role="graphics-symbol"], canvas')).map((e) => e.getAttribute("aria-label"))"""

LIGHT, DARK = "rgb(255, 255, 255)", "rgb(18, 24, 31)"
NARROW_PX = 768


def test_every_page_draws_in_dark_on_a_phone(browser: Browser, server: Server) -> None:
    """Colours and width are independent of each other: no style of the app asks for both."""
    with window(browser, server, 390, 844) as visit:
        page = visit.open("?preset=alliance_good&embed_options=dark_theme")
        for address in each_page(page):
            expect_drawn(page, address, DARK)


def expect_drawn(page: Page, address: str, background: str) -> None:
    """The page has its title, all its charts and its colour, and does not stick out of the window."""
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_function(f"({BLANK})().length === 0")
    assert page.evaluate(BACKGROUND) == background, address
    assert not page.evaluate(WIDER), address


def each_page(page: Page) -> Iterator[str]:
    """The address of every page of the app, from the one that is open, each while it is open."""
    for name, title, *_ in PAGES:
        address = "" if name == FIRST else name
        if address:
            go_to(page, title)
        assert urlsplit(page.url).path == f"/{address}"
        yield address


def go_to(page: Page, title: str) -> None:
    """Follow a link of the menu, which a phone hides in the sidebar."""
    if (page.viewport_size or {"width": 0})["width"] >= NARROW_PX:
        follow(page, title)
        return
    links = page.get_by_test_id("stSidebarNavLink")
    if links.count() == 0:
        page.get_by_test_id("stExpandSidebarButton").click()
        expect(links.first).to_be_visible()
    with rerun(page):
        links.filter(has_text=title).first.evaluate("link => link.click()")


def test_a_phone_reaches_the_sliders_and_the_other_pages(browser: Browser, server: Server) -> None:
    with window(browser, server, 390, 844) as visit:
        page = visit.open("")
        result = page.locator(".st-key-result_strip")
        expect(result).to_be_hidden()
        page.get_by_test_id("stExpandSidebarButton").click()
        expect(page.get_by_role("slider", name="Tariff on cars from Japan")).to_be_visible()
        told = result.inner_text()
        with rerun(page):
            page.get_by_role("slider", name="Tariff on cars from Japan").press("ArrowRight")
        expect(result).to_be_in_viewport()
        expect(result).not_to_have_text(told)
        with rerun(page):
            page.get_by_role("link", name="Sources").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Where the numbers come from")
