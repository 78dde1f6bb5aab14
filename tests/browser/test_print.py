"""A page on paper: everything within the sheet, the sidebar beside the content or gone, no blank run of sheets."""

import math
import re

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.browser.test_accessibility import DRAWN

A4 = {"width": 794, "height": 1123}  # pixels at 96 per inch

# What sticks out of the sheet, is cut at its own edge, or lies under the sidebar.
OUTSIDE = """(width) => {
  const side = document.querySelector('[data-testid="stSidebar"]').getBoundingClientRect();
  const left = side.width && side.right > 0 ? side.right : 0;
  const kinds = 'h1, h2, h3, p, table, [data-testid="stVegaLiteChart"] svg, [data-testid="stMetric"]';
  return [...document.querySelectorAll(`[data-testid="stMain"] :is(${kinds})`)]
    .filter((e) => e.checkVisibility() && e.getBoundingClientRect().width > 1)
    .filter((e) => {
      const box = e.getBoundingClientRect();
      return box.left < left - 1 || box.right > width + 1 || e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0
        && getComputedStyle(e).overflowX !== 'visible';
    })
    .map((e) => `${e.tagName} ${e.textContent.slice(0, 60)}`);
}"""
# Height of the content and of the sidebar beside it.
HEIGHTS = """() => ['stMainBlockContainer', 'stSidebarContent']
  .map((name) => document.querySelector(`[data-testid="${name}"]`))
  .map((e) => e && e.checkVisibility() ? e.scrollHeight : 0)"""


def sheets(page: Page) -> int:
    """How many sheets of A4 the page prints on."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", print_background=True)))


@pytest.mark.parametrize("address", ["", "investor", "peers"])
def test_a_page_prints_whole_and_within_its_sheets(visit: Visit, address: str) -> None:
    page = visit.open(f"{address}?preset=alliance_good")
    for sidebar in ("open", "collapsed"):
        if sidebar == "collapsed":
            page.get_by_test_id("stSidebar").hover()
            page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
        page.wait_for_function(DRAWN)
        printed = sheets(page)
        page.set_viewport_size(A4)
        page.emulate_media(media="print")
        page.wait_for_function(DRAWN)
        assert not page.evaluate(OUTSIDE, A4["width"]), sidebar
        whole = math.ceil(max(page.evaluate(HEIGHTS)) / A4["height"])
        assert whole <= printed <= whole + 1, sidebar
        page.emulate_media(media="null")
        page.set_viewport_size({"width": 1400, "height": 900})
