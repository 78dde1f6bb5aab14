"""A price service that hangs, refuses or lies: the scenario pages answer all the same, and /stocks names what it is."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from data.prices.lines import SENTENCES, Failure
from data.prices.settings import HOST_VARIABLE
from tests.browser.conftest import Server, Start, Visit, rerun, window
from tests.browser.seen import downloaded, follow, link_of, metric, query
from tests.browser.test_pages_follow_sliders import move
from tests.data.yahoo import Service, every_listing, serving, up_to_now

MONTH_ENDS = "month-end closes are shown"

# What the browser then sends is from before Back: it has not drawn the page again.
CLICK_AFTER_BACK = """() => addEventListener("popstate", () => setTimeout(
    () => document.querySelector(".st-key-download_stock_comparison button").click()), {once: true})"""


@pytest.fixture
def service() -> Iterator[tuple[Service, str]]:
    found = Service()
    found.shares = every_listing(up_to_now(3))
    with serving(found) as address:
        yield found, address


@pytest.fixture
def priced_server(start: Start, service: tuple[Service, str]) -> Server:
    """A server whose prices come from the stand-in, for one test: what hung in one is given up during the next."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOST_VARIABLE, service[1])
        return start()


@pytest.fixture
def priced(browser: Browser, priced_server: Server) -> Iterator[Visit]:
    with window(browser, priced_server) as found:
        yield found


def expect_said(page: Page, text: str) -> None:
    """The page's main part says this, sooner or later."""
    expect(page.get_by_test_id("stMain")).to_contain_text(text)


def test_while_the_service_hangs_every_page_opens_and_answers(priced: Visit, service: tuple[Service, str]) -> None:
    standin, _ = service
    standin.plays = {"*": "hang"}
    page = priced.open("stocks?preset=alliance_good")
    expect_said(page, "Loading live prices")
    expect_said(page, MONTH_ENDS)
    expect(page.get_by_role("heading", name="Honda and Nissan beside their peers")).to_be_visible()
    follow(page, "Tariffs")
    before = metric(page, "Nissan").first.inner_text()
    move(page, "usmca_tariff_share", "ArrowRight")
    expect(metric(page, "Nissan").first).not_to_have_text(before)
    follow(page, "Stocks")
    expect_said(page, SENTENCES[Failure.TIME_OUT].removesuffix("."))
    expect_said(page, MONTH_ENDS)
    assert standin.reached > 0
    assert standin.answered == 0  # all of the above went on without it


def test_a_service_that_refuses_is_named_and_one_that_lies_is_not_believed(
    priced: Visit, service: tuple[Service, str]
) -> None:
    standin, _ = service
    standin.plays = {"F": "forbidden"}
    share = standin.shares["7203.T"]
    share.closes = {day: (close or 0) * (100 if n > 300 else 1) for n, (day, close) in enumerate(share.closes.items())}
    page = priced.open("stocks?stock_symbols=7203.T,HMC,F&stock_currency=local&stock_benchmark=HMC")
    expect_said(page, "Live prices for Honda ADR")
    expect_said(page, MONTH_ENDS)
    page.get_by_text("What went wrong, and what is shown instead").click()
    expect_said(page, SENTENCES[Failure.BROKEN].removesuffix("."))
    expect_said(page, "Toyota (7203.T)")
    expect_said(page, SENTENCES[Failure.REFUSED].removesuffix("."))
    expect_said(page, "Ford (F)")


def test_a_choice_made_in_the_browser_is_in_the_address_and_its_days_in_the_download(visit: Visit) -> None:
    page = visit.open("stocks?preset=article")
    with rerun(page):
        page.get_by_role("radio", name="1 year").click()
    expect_said(page, "From the end of June 2025 to the end of June 2026")
    assert query(page)["stock_period"] == "1y"
    _, content = downloaded(page, "stock_comparison")
    link = link_of(content)
    assert "stock_from=2025-06-30" in link
    assert "stock_to=2026-06-30" in link
    with rerun(page):
        page.evaluate(CLICK_AFTER_BACK)
        page.go_back()
    expect_said(page, "From the end of June 2023 to the end of June 2026")
    assert "stock_period" not in query(page)
    with rerun(page):
        page.go_forward()
    expect_said(page, "From the end of June 2025 to the end of June 2026")
