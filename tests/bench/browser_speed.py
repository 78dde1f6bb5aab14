"""How fast it feels, beside the floor, in a real browser: `python -m tests.bench.browser_speed [ROUNDS]`.

The servers run throughout; every round measures each of them once, so that a busy moment of the machine
hits all. "same" is a page with the elements of Overview and nothing else. A time ends with the last change
inside a chart. Figures are medians, 95th percentiles and ratios of the medians to the floor's of the same
rounds.
"""

import sys
from collections import defaultdict
from collections.abc import Callable
from typing import Final

from playwright.sync_api import Browser, Page, sync_playwright

from model.registry import ASSUMPTIONS
from tests.bench.servers import quantile, servers
from tests.browser.conftest import BROWSER_FLAGS, COUNT_RUNS, chromium, settled
from tests.browser.seen import follow, open_group

MOVED: Final = {
    "": "japan_tariff_share",
    "tariffs": "japan_tariff_share",
    "plant": "canton_honda_trucks_kveh",
    "alliance": "platform_saving_jpy_bn",
    "investor": "platform_saving_jpy_bn",
    "sensitivity": "platform_saving_jpy_bn",
    "uncertainty": "platform_saving_jpy_bn",
    "compare": "japan_tariff_share",
}
"""Every page with charts that follow the sliders and with sliders in sight, and one that all of them follow."""

SCENARIO: Final = "preset=alliance_good"
COMPARED: Final = "&with=preset%3Dtariffs_25%0Apreset%3Darticle"
QUIET_MS: Final = 350
"""A page is done when nothing was drawn for so long."""

WATCH: Final = """
window.drawn = 0;
window.firstNumber = 0;
new MutationObserver((changes) => {
  for (const change of changes) {
    const node = change.target.nodeType === 1 ? change.target : change.target.parentElement;
    if (node && node.closest('[data-testid="stVegaLiteChart"]')) window.drawn = performance.now();
  }
  if (!window.firstNumber && document.querySelector('[data-testid="stMetricValue"]')?.textContent.trim()) {
    window.firstNumber = performance.now();
  }
}).observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
"""
DONE: Final = f"""(since) => window.drawn > since && performance.now() - window.drawn > {QUIET_MS}
  && document.querySelector('[data-test-script-state="notRunning"]')"""


def _done(page: Page, since: float) -> float:
    page.wait_for_function(DONE, arg=since, polling=50)
    return float(page.evaluate("window.drawn"))


def move(page: Page, key: str) -> float:
    """From a key press on a slider to the last change in a chart [ms]."""
    page.locator(f".st-key-{key}").get_by_role("slider", include_hidden=True).focus()
    since = float(page.evaluate("performance.now()"))
    page.keyboard.press("ArrowRight")
    return _done(page, since) - since


def cold(browser: Browser, address: str) -> tuple[float, float]:
    """From an empty browser to the first number, and to the last change in a chart [ms]."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(address)
    last = _done(page, 0.0)
    first = float(page.evaluate("window.firstNumber"))
    context.close()
    return first, last


def opened(browser: Browser, address: str, key: str) -> tuple[Page, Callable[[], tuple[int, int]]]:
    """A page that stays open, and how many bytes its socket has sent and received."""
    page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
    page.add_init_script(COUNT_RUNS)
    page.add_init_script(WATCH)
    sizes = [0, 0]

    def listen(socket: object) -> None:
        socket.on("framesent", lambda frame: sizes.__setitem__(0, sizes[0] + len(frame)))  # type: ignore[attr-defined]
        socket.on("framereceived", lambda frame: sizes.__setitem__(1, sizes[1] + len(frame)))  # type: ignore[attr-defined]

    page.on("websocket", listen)
    page.goto(address)
    _done(page, 0.0)
    if key in ASSUMPTIONS:
        open_group(page, key)
    return page, lambda: (sizes[0], sizes[1])


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    times: dict[str, list[float]] = defaultdict(list)
    bytes_of: dict[str, list[tuple[int, int]]] = defaultdict(list)
    with servers() as found, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*BROWSER_FLAGS])
        floor, app = found["floor"][0], found["app"][0]
        links = {name: f"{app}/{name}?{SCENARIO}{COMPARED if name == 'compare' else ''}" for name in MOVED}
        keys = {"floor": "value", "same": MOVED[""], **MOVED}
        addresses = {"floor": floor, "same": found["same"][0], **links}
        pages = {name: opened(browser, address, keys[name]) for name, address in addresses.items()}
        for number in range(rounds + 2):
            for name, (page, sizes) in pages.items():
                before = sizes()
                taken = move(page, keys[name])
                if number >= 2:  # the first moves are warming up
                    times[f"move {name or 'overview'}"].append(taken)
                    after = sizes()
                    bytes_of[name or "overview"].append((after[0] - before[0], after[1] - before[1]))
            if number < max(4, rounds // 3):
                for name in ("floor", "same", ""):
                    first, last = cold(browser, addresses[name])
                    times[f"first number {name or 'overview'}"].append(first)
                    times[f"cold open {name or 'overview'}"].append(last)
        page, _ = pages[""]
        for number in range(max(4, rounds // 3)):
            since = float(page.evaluate("performance.now()"))
            follow(page, "Tariffs" if number % 2 == 0 else "Overview")
            times["switch page"].append(_done(page, since) - since)
            settled(page)
        browser.close()
    print(f"{'':26}{'median':>9}{'95 %':>9}{'ratio':>8}   ({rounds} rounds, ms)")
    for name, values in times.items():
        kind = name.rpartition(" ")[0]
        base = quantile(times[f"{kind} floor"], 0.5) if f"{kind} floor" in times else quantile(times["move floor"], 0.5)
        middle = quantile(values, 0.5)
        print(f"{name:26}{middle:9.0f}{quantile(values, 0.95):9.0f}{middle / base:8.2f}")
    print(f"\n{'bytes for a move':26}{'sent':>9}{'received':>10}")
    for name, pairs in bytes_of.items():
        sent, received = (int(quantile([float(pair[i]) for pair in pairs], 0.5)) for i in (0, 1))
        print(f"{name:26}{sent:9,}{received:10,}")


if __name__ == "__main__":
    main()
