"""No page keeps people with a disability out, as far as axe-core can tell: nothing serious, nothing critical."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Server, Visit, window
from tests.browser.test_look import pages_of

SERIOUS = ("serious", "critical")
ONLY_FINDINGS = {"resultTypes": ["violations"]}

OPEN_ALL = """() => document.querySelectorAll('details:not([open]) > summary').forEach((summary) => summary.click())"""
DRAWN = """() => {
  const charts = [...document.querySelectorAll('[data-testid="stVegaLiteChart"]')];
  return charts.length >= document.querySelectorAll('[class*="st-key-svg_"]').length
    && charts.every((chart) => chart.querySelector('svg [role="graphics-symbol"], canvas'))
    && !document.querySelector('[data-testid="stSkeleton"]') && document.getAnimations().length === 0;
}"""
UNNAMED_BUTTON = (
    """() => document.querySelector('[data-testid="stMain"]').appendChild(document.createElement('button'))"""
)


def findings(page: Page) -> list[str]:
    """What axe finds serious or critical: the rule, and the element it is about."""
    violations = Axe().run(page, options=ONLY_FINDINGS).response["violations"]
    return [
        f"{found['id']}: {node['html'][:200]} ({node['failureSummary'].splitlines()[-1].strip()})"
        for found in violations
        if found["impact"] in SERIOUS
        for node in found["nodes"]
    ]


def opened_wide(visit: Visit, address: str, theme: str) -> Page:
    """A page with all that can be unfolded on it unfolded, every slider of the sidebar included."""
    page = visit.open(f"{address}?preset=alliance_good&embed_options={theme}")
    page.evaluate(OPEN_ALL)
    page.wait_for_function(DRAWN)
    return page


def test_every_page_is_free_of_serious_findings(browser: Browser, server: Server) -> None:
    with window(browser, server) as visit:
        addresses = pages_of(visit.open(""))
        found = {address: findings(opened_wide(visit, address, "light_theme")) for address in addresses}
    assert len(addresses) > 6
    assert not {address: what for address, what in found.items() if what}


@pytest.mark.parametrize("address", ["alliance"])
def test_a_page_in_dark_is_free_of_serious_findings(visit: Visit, address: str) -> None:
    page = opened_wide(visit, address, "dark_theme")
    assert not findings(page)
    page.evaluate(UNNAMED_BUTTON)
    assert [finding.partition(":")[0] for finding in findings(page)] == ["button-name"]
