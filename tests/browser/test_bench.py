"""The benches, which are run by hand, measure what they say: what they borrow from the tests must not break them."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from playwright.sync_api import Browser

from tests.bench.browser_speed import MOVED, SCENARIO, cold, move, opened
from tests.bench.load import KINDS, measure
from tests.browser.conftest import Server


def test_a_move_of_a_slider_is_timed_to_the_last_chart_and_its_bytes_are_counted(
    browser: Browser, server: Server
) -> None:
    page, sizes = opened(browser, f"{server.url}/?{SCENARIO}", MOVED[""])
    before = sizes()
    taken_ms = move(page, MOVED[""])
    after = sizes()
    page.context.close()
    assert 0.0 < taken_ms < 60_000.0
    assert all(now > then for now, then in zip(after, before, strict=True))


def test_a_cold_link_is_timed_to_its_first_number_and_its_last_chart(browser: Browser, server: Server) -> None:
    first_ms, last_ms = cold(browser, f"{server.url}/?{SCENARIO}")
    assert 0.0 < first_ms <= last_ms


def test_visitors_at_once_get_their_own_figures_and_none_fails(server: Server) -> None:
    with ThreadPoolExecutor(1) as aside:  # the browser's own loop runs in this thread
        step = aside.submit(asyncio.run, measure(KINDS["app"], server.url, 3, 1.0)).result()
    assert step.waits
    assert (step.wrong, step.failed) == (0, 0)
