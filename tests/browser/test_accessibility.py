"""No page keeps people with a disability out, as far as axe-core can tell: it finds nothing, however slight."""

from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.browser.seen import unfold
from tests.browser.test_look import LIGHT, each_page, expect_drawn

ONLY_FINDINGS = {"resultTypes": ["violations"]}

MAIN = '[data-testid="stMain"]'

DRAWN = """() => [...document.querySelectorAll('[data-testid="stVegaLiteChart"]')]
    .every((chart) => chart.querySelector('svg [role="graphics-symbol"], canvas'))
    && !document.querySelector('[data-testid="stSkeleton"]')
    && !document.getAnimations().some((animation) => animation.playState === 'running')"""
LEVELS = "headings => headings.map(heading => heading.tagName.slice(1))"
UNNAMED_BUTTON = (
    """() => document.querySelector('[data-testid="stMain"]').appendChild(document.createElement('button'))"""
)


def findings(page: Page, within: str | None = None) -> list[str]:
    """What axe finds, on the page or within a selector: the rule, and the element it is about."""
    violations = Axe().run(page, context=within, options=ONLY_FINDINGS).response["violations"]
    return [
        f"{found['id']}: {node['html'][:200]} ({node['failureSummary'].splitlines()[-1].strip()})"
        for found in violations
        for node in found["nodes"]
    ]


def unfolded(page: Page, within: str = "") -> Page:
    """The page with all that can be unfolded on it, or within a selector, unfolded and drawn."""
    unfold(page, within)
    page.wait_for_function(DRAWN)
    return page


def test_every_page_draws_in_light_and_is_free_of_findings(visit: Visit) -> None:
    page, found = visit.open("?preset=alliance_good&embed_options=light_theme"), {}
    for address in each_page(page):
        expect_drawn(page, address, LIGHT)
        # The first page is looked at with what is the same around every page: the menu and every slider.
        found[address] = findings(unfolded(page, MAIN), MAIN) if found else findings(unfolded(page))
    assert not {address: what for address, what in found.items() if what}


@pytest.mark.parametrize(
    "address",
    [
        "plant",  # marks of the reference and the scenario fall together
        "compare?with=preset%3Dtariffs_25%0Apreset%3Darticle",
        "alliance",
    ],
)
def test_a_page_in_its_other_form_is_free_of_findings(visit: Visit, address: str) -> None:
    assert not findings(unfolded(visit.open(address), MAIN), MAIN)


def test_headings_leave_no_level_out(visit: Visit) -> None:
    page = visit.open("?preset=alliance_good")
    for address in each_page(page):
        levels = [int(level) for level in page.locator(f"{MAIN} :is(h1, h2, h3, h4, h5, h6)").evaluate_all(LEVELS)]
        assert levels[0] == 1, address
        assert levels.count(1) == 1, address
        assert all(later - earlier <= 1 for earlier, later in pairwise(levels)), (address, levels)


def test_a_page_in_dark_is_free_of_findings(visit: Visit) -> None:
    assert not findings(unfolded(visit.open("alliance?preset=alliance_good&embed_options=dark_theme")))


def test_a_button_without_a_name_is_found(visit: Visit) -> None:
    page = visit.open("sources")
    page.evaluate(UNNAMED_BUTTON)
    assert [found.partition(":")[0] for found in findings(page, f"{MAIN} > button")] == ["button-name"]
