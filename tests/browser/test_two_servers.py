"""Two servers behind the deployed proxy: one is killed under load, and the page comes back on the other."""

import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Server, Start, rerun, settled, window
from tests.browser.seen import downloaded, expect_slider, query, rows_of, slider
from tests.browser.test_faults import forget_lost_connection
from tests.proxy import Proxy, before

VISITORS, PAUSE_S = 4, 0.25
LOST = '[data-test-connection-state]:not([data-test-connection-state="CONNECTED"])'


@pytest.fixture(scope="module")
def running() -> list[Server]:
    """The servers of this file that were started so far."""
    return []


@pytest.fixture
def servers(start: Start, running: list[Server]) -> list[Server]:
    """Two servers; where a test killed one of them, the next has another in its place."""
    running[:] = [server for server in running if server.process.poll() is None]
    running += [start() for _ in range(2 - len(running))]
    return list(running)


@pytest.fixture
def proxy(servers: list[Server], tmp_path: Path) -> Iterator[Proxy]:
    first, second = (server.url.removeprefix("http://") for server in servers)
    found = before((first, second), tmp_path)
    found.start()
    yield found
    found.stop()


def serving(servers: list[Server]) -> Server:
    """The server that holds the most open connections of the proxy."""
    if not Path("/proc/net/tcp").exists():
        pytest.skip("no /proc/net/tcp: which server a visitor is on can be told on Linux only")
    ports = {int(server.url.rpartition(":")[2]): server for server in servers}
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    local = [int(row[1].rpartition(":")[2], 16) for row in rows if row[3] == "01"]
    return ports[max(ports, key=local.count)]


@contextmanager
def load(url: str) -> Iterator[Counter[int]]:
    """Requests one after another from a few visitors at once; how often each status was answered.

    Each is for other numbers, so that a server has to work them out, and no more a second than the proxy lets through.
    """
    statuses, stop = Counter[int](), threading.Event()

    def ask(visitor: int) -> None:
        for rate in count(100 + visitor, VISITORS):
            if stop.wait(PAUSE_S):
                return
            asked = f"{url}/data/profit.csv?jpy_per_usd={rate / 1000 + 140}"
            request = urllib.request.Request(asked, headers={"Cookie": f"visitor={visitor}"})
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:
                    statuses[answer.status] += 1
            except urllib.error.HTTPError as error:
                statuses[error.code] += 1

    visitors = [threading.Thread(target=ask, args=(number,)) for number in range(VISITORS)]
    for visitor in visitors:
        visitor.start()
    try:
        yield statuses
    finally:
        stop.set()
        for visitor in visitors:
            visitor.join()


def test_a_killed_server_leaves_no_visitor_without_an_answer_and_no_slider_elsewhere(
    browser: Browser, servers: list[Server], proxy: Proxy
) -> None:
    behind = Server(proxy.url, servers[0].process, servers[0].log)
    with window(browser, behind) as visit, window(browser, behind) as other:
        page = visit.open("tariffs?preset=alliance_good&usmca_tariff_share=0.1&year=FY2029/3")
        beside = other.open("?japan_tariff_share=0.3")
        (cookie,) = [c for c in page.context.cookies() if c["name"] == "visitor"]
        assert cookie["httpOnly"]
        with rerun(page):
            slider(page, "japan_tariff_share").press("ArrowRight")
        before, shown = query(page), page.get_by_test_id("stMetricValue").all_inner_texts()
        victim = serving(servers)
        with load(proxy.url) as statuses:
            slider(beside, "japan_tariff_share").press("ArrowRight")
            victim.process.kill()
            victim.process.wait()
            answered = sum(statuses.values())
            while sum(statuses.values()) < answered + 20:
                time.sleep(0.01)
        assert set(statuses) <= {200, 503}
        for window_, key, value in ((page, "japan_tariff_share", "0.155"), (beside, "japan_tariff_share", "0.305")):
            settled(window_)
            expect(slider(window_, key)).to_have_value(value)
        expect_slider(page, "usmca_tariff_share", 0.1)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.get_by_test_id("stMetricValue").all_inner_texts() == shown
        assert query(page) == before
        with rerun(page):
            slider(page, "japan_tariff_share").press("ArrowRight")
        expect(slider(page, "japan_tariff_share")).to_have_value("0.16")
        forget_lost_connection(visit)
        forget_lost_connection(other)


def test_a_phone_that_slept_wakes_with_every_slider_where_it_was(
    browser: Browser, proxy: Proxy, servers: list[Server]
) -> None:
    behind = Server(proxy.url, servers[0].process, servers[0].log)
    with window(browser, behind, width=390, height=844) as visit:
        page = visit.open("tariffs?preset=article&japan_tariff_share=0.2")
        heading = page.get_by_role("heading", level=1).inner_text()
        page.wait_for_load_state("networkidle")  # a phone goes to sleep with a page that has all its scripts
        proxy.stop()
        page.wait_for_selector(LOST, state="attached")
        proxy.start()
        settled(page)
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        expect(slider(page, "japan_tariff_share")).to_have_value("0.2")
        assert query(page)["japan_tariff_share"] == "0.2"
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert rows_of(downloaded(page, "duty_by_origin")[1])
        forget_lost_connection(visit)
