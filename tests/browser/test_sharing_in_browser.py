"""What one person saw, another sees: links copied in one browser and opened in another."""

import html
import json
import re
import subprocess
import sys
import urllib.request
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from model.links import from_query, share_query, to_pairs
from model.registry import ASSUMPTIONS
from tests.browser.conftest import ROOT, Server, Start, Visit, rerun, settled, window
from tests.browser.seen import (
    choose_preset,
    data_link,
    downloaded,
    expect_slider,
    link_of,
    query,
    rows_of,
    slider,
    unfold,
)
from tests.links.hostile import every_key

LINK = "Link: what differs from the preset, this page and its choices"
TITLE = "Title for this scenario (optional)"
EMBED = "Embed snippet: HTML for a web page"
REFUSED_CLIPBOARD = """Object.defineProperty(navigator, "clipboard", {
  value: {writeText: () => Promise.reject(new DOMException("refused", "NotAllowedError"))},
});"""
COUNT_ALERTS = "window.alerts = 0; window.alert = () => { window.alerts += 1; };"
HOSTILE = '"><img src=x onerror=alert(1)><script>alert(1)</script>[x](javascript:alert(1))'


def open_share(page: Page) -> Locator:
    """Open Share by keyboard; the box that holds the link."""
    with rerun(page):
        page.get_by_role("button", name=re.compile("Share$")).press("Enter")
    box = page.locator(".st-key-copy_link")
    expect(box.get_by_label(LINK, exact=True)).to_be_visible()
    return box


def copy(box: Locator) -> None:
    button = box.get_by_role("button", name=re.compile("^Copy: "))
    button.focus()
    button.press("Enter")


def values(page: Page) -> dict[str, str]:
    unfold(page, '[class*="st-key-group_"]')
    return {key: slider(page, key).input_value() for key in ASSUMPTIONS}


def metrics(page: Page) -> list[str]:
    return page.get_by_test_id("stMetricValue").all_inner_texts()


def notices(page: Page) -> Locator:
    return page.locator(".st-key-link_notices")


def test_the_copied_link_opens_as_the_same_page_in_another_browser(browser: Browser, server: Server) -> None:
    with window(browser, server) as sender:
        sender.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = sender.open("tariffs?preset=alliance_good&year=FY2029/3&title=Another+case")
        with rerun(page):
            slider(page, "japan_tariff_share").press("ArrowRight")
        expect(page.get_by_text("Shared as")).to_have_count(0)  # what was moved is another scenario than the titled one
        box = open_share(page)
        page.get_by_label(TITLE, exact=True).fill("Board case")
        with rerun(page):
            page.keyboard.press("Tab")
        copy(box)
        expect(box.get_by_role("status")).to_have_text("Copied")
        link = page.evaluate("navigator.clipboard.readText()")
        assert link == box.get_by_label(LINK, exact=True).input_value()
        assert link.startswith(f"{server.url}/tariffs?whole=1&edition=2026-05&")
        assert from_query(link)[0].values["japan_tariff_share"] == 0.155
        seen, told = values(page), metrics(page)
    with window(browser, server) as reader:
        page = reader.open(link.removeprefix(f"{server.url}/"))
        expect(page.get_by_text("Shared as: Board case")).to_be_visible()
        expect(notices(page)).to_have_count(0)
        expect_slider(page, "japan_tariff_share", 0.155)
        assert values(page) == seen
        assert metrics(page) == told
        assert not {"saw", "whole", "end"} & query(page).keys()
        assert query(page)["title"] == "Board case"


OFFERED = {
    "copy_link": "",
    "copy_embed": "Embed in a web page",
    "copy_python": "Reproduce in Python",
}
"""Every text that holds the title, by the key of its box, and what is unfolded to see it."""


AT_REST = "() => !document.getAnimations().some((animation) => animation.playState === 'running')"


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def title_in(text: str) -> str:
    """The title in a copied text, whichever it is; nothing where it has none."""
    (link,) = re.findall(r"http://[^\s\"']+", html.unescape(text))
    return dict(to_pairs(link)).get("title", "")


@pytest.mark.parametrize("offered", OFFERED)
def test_what_is_copied_has_the_title_that_was_just_typed(visit: Visit, offered: str) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.open("tariffs?preset=article")
    open_share(page)
    if OFFERED[offered]:
        page.get_by_text(OFFERED[offered]).click()
    box = page.locator(f".st-key-{offered}")
    button = box.get_by_role("button", name=re.compile("^Copy: "))
    expect(button).to_be_visible()
    for title, press in (("Paper A", "click"), ("Paper B", "click"), ("  Paper   C ", "Tab"), ("Paper D", "Enter")):
        page.get_by_label(TITLE, exact=True).fill(title)
        if press == "click":
            button.click()
        else:
            page.keyboard.press(press)
            button.press("Enter")
        expect(box.get_by_role("status")).to_have_text("Copied")
        assert title_in(clipboard(page)) == " ".join(title.split())


def test_what_is_copied_is_the_snippet_of_the_chart_that_was_just_chosen(visit: Visit) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.open("tariffs?preset=article")
    open_share(page)
    page.get_by_text(OFFERED["copy_embed"]).click()
    box = page.locator(".st-key-copy_embed")
    button = box.get_by_role("button", name=re.compile("^Copy: "))
    expect(button).to_be_visible()
    page.wait_for_function(AT_REST)
    for asked, called in (("The whole page", "Alliance Explorer"), ("US tariff rates by period",) * 2):
        page.get_by_role("combobox", name="What to embed").click()
        page.keyboard.type(asked)
        expect(page.get_by_role("option")).to_have_text([asked])
        page.keyboard.press("Enter")
        button.click()
        expect(box.get_by_role("status")).to_have_text("Copied")
        assert f'title="{called}"' in clipboard(page)


def test_a_text_that_changes_after_it_was_copied_says_so(visit: Visit) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.open("tariffs?preset=article")
    box = open_share(page)
    copy(box)
    expect(box.get_by_role("status")).to_have_text("Copied")
    page.get_by_label(TITLE, exact=True).fill("Plan")
    with rerun(page):
        page.keyboard.press("Tab")
    expect(box.get_by_role("status")).to_have_text("Changed since it was copied: press Copy again")
    copy(box)
    expect(box.get_by_role("status")).to_have_text("Copied")
    assert title_in(clipboard(page)) == "Plan"


PROFIT = "operating_profit_jpy_bn"
EXACT = (
    "compare?preset=article&japan_tariff_share=0.123456789&jpy_per_usd=151.37&year=FY2028/3&with=preset%3Dtariffs_25"
)


def test_one_scenario_gives_the_same_numbers_to_the_last_digit_in_all_five_places(
    browser: Browser, start: Start, server: Server
) -> None:
    with window(browser, server) as sender:
        page = sender.open(EXACT)
        seen = rows_of(downloaded(page, "comparison_profit_honda")[1])  # as the address bar was typed
        own_link = link_of(downloaded(page, "comparison_profit_honda")[1])
        shared = open_share(page).get_by_label(LINK, exact=True).input_value()
        data = data_link(page, "comparison_profit_honda")
        told = metrics(page), values(page), page.get_by_role("table").first.inner_text()
    with urllib.request.urlopen(data) as answer:
        assert rows_of(answer.read()) == seen
    elsewhere = start(base_path="team/explorer")
    for link in (own_link, shared):
        pairs = to_pairs(link)[::-1]
        assert dict(pairs)["year"] == "FY2028/3"
        assert dict(pairs)["with"] == "preset=tariffs_25"
        with window(browser, elsewhere) as reader:
            page = reader.open(f"compare?{urlencode(pairs)}")
            assert rows_of(downloaded(page, "comparison_profit_honda")[1]) == seen
            assert (metrics(page), values(page), page.get_by_role("table").first.inner_text()) == told
            expect(notices(page)).to_have_count(0)
            again = open_share(page).get_by_label(LINK, exact=True).input_value()
            assert again.startswith(f"{elsewhere.url}/compare?")
            assert sorted(to_pairs(again)) == sorted(to_pairs(shared))
            data = data_link(page, "comparison_profit_honda")
            with urllib.request.urlopen(data) as answer:
                assert rows_of(answer.read()) == seen
    printed = subprocess.run(
        [sys.executable, "-m", "model", shared, "--json"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    computed = json.loads(printed.stdout)["honda"][PROFIT]
    assert [repr(number) for number in computed] == [row[PROFIT] for row in seen if row["letter"] == "A"]


def test_where_the_clipboard_is_refused_the_text_is_selected_and_the_keys_are_named(visit: Visit) -> None:
    visit.page.add_init_script(REFUSED_CLIPBOARD)
    box = open_share(visit.open(""))
    copy(box)
    expect(box.get_by_role("status")).to_have_text("Press Ctrl+C (Cmd+C on a Mac) to copy")
    text = box.get_by_label(LINK, exact=True)
    expect(text).to_be_focused()
    start, end, whole = text.evaluate("text => [text.selectionStart, text.selectionEnd, text.value.length]")
    assert (start, end) == (0, whole)


def test_a_link_with_other_numbers_shows_what_its_sender_saw_and_back_still_leads_back(visit: Visit) -> None:
    page = visit.open("sources")
    scenario, _ = from_query("preset=article")
    before = page.evaluate("history.length")
    visit.open(f"?{share_query(scenario, '545.9_-275.8_444.1_315.0_130.4_999.9')}")
    assert page.evaluate("history.length") == before + 2  # the link, and the link without its receipt
    expect(notices(page)).to_contain_text("the sender saw JPY\N{NO-BREAK SPACE}999.9\N{NO-BREAK SPACE}bn")
    assert "saw" not in query(page)
    with rerun(page):
        slider(page, "japan_tariff_share").press("ArrowLeft")
    expect(notices(page)).to_be_visible()
    with rerun(page):
        notices(page).get_by_role("button", name="Understood").click()
    expect(notices(page)).to_have_count(0)
    with rerun(page):
        page.go_back()  # the link as it was opened, whose receipt leaves the address without a new entry
    expect_slider(page, "japan_tariff_share", 0.25)
    expect(notices(page)).to_be_visible()
    assert "saw" not in query(page)
    page.go_back()
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Where the numbers come from")


def expect_nothing_ran(page: Page) -> None:
    assert page.evaluate("window.alerts") == 0
    assert page.locator("img[src='x'], img[src*='evil'], svg[onload], a[href^='javascript']").count() == 0


@pytest.mark.parametrize("key", ["title", "saw", "chart"])
def test_hostile_text_in_a_link_runs_nothing(visit: Visit, key: str) -> None:
    visit.page.add_init_script(COUNT_ALERTS)
    page = visit.open(f"?{key}={quote(HOSTILE)}")
    expect(page.get_by_text("onerror=alert(1)").first).to_be_visible()
    open_share(page)
    page.get_by_text("Embed in a web page").click()
    expect(page.get_by_label(EMBED, exact=True)).to_have_value(re.compile("^<iframe"))
    expect_nothing_ran(page)


@pytest.mark.parametrize(("turn", "path"), [(0, ""), (1, "compare"), (2, "stocks")])
def test_hostile_text_under_every_key_at_once_runs_nothing(visit: Visit, turn: int, path: str) -> None:
    visit.page.add_init_script(COUNT_ALERTS)
    page = visit.open(f"{path}?{every_key(turn)}")
    expect(notices(page)).to_contain_text("was not used")
    open_share(page)
    expect_nothing_ran(page)


def test_an_embedded_chart_keeps_to_itself_when_a_slider_moves(visit: Visit) -> None:
    page = visit.open("tariffs?embed=true&preset=article&chart=duty_by_origin")
    charts = page.get_by_test_id("stVegaLiteChart")
    expect(charts).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_have_count(0)
    finding = page.get_by_role("heading", level=2)
    told = finding.inner_text()
    with rerun(page):
        slider(page, "japan_tariff_share").evaluate("e => e.focus()")
        slider(page, "japan_tariff_share").press("ArrowLeft")
    expect(charts).to_have_count(1)
    expect(finding).not_to_have_text(told)
    assert query(page)["chart"] == "duty_by_origin"
    link = page.get_by_role("link", name="Open in Alliance Explorer").get_attribute("href") or ""
    assert link.startswith(f"{visit.server.url}/tariffs?whole=1&edition=2025-07")
    assert "embed" not in link


@pytest.mark.parametrize(("sandbox", "drawn"), [("allow-scripts allow-same-origin", True), ("allow-scripts", False)])
def test_a_sandboxed_frame_shows_a_chart_with_the_two_rights_that_share_names(
    visit: Visit, sandbox: str, drawn: bool
) -> None:
    source = f"{visit.server.url}/tariffs?embed=true&chart=duty_by_origin"
    frame = f'<iframe sandbox="{sandbox}" src="{source}" width="900" height="560"></iframe>'
    page = visit.page
    page.route("**/someone-elses-page", lambda route: route.fulfill(content_type="text/html", body=frame))
    page.goto(f"{visit.server.url}/someone-elses-page")
    if drawn:
        expect(page.frame_locator("iframe").get_by_test_id("stVegaLiteChart")).to_have_count(1)
    else:
        page.wait_for_timeout(3000)
        expect(page.frame_locator("iframe").get_by_test_id("stVegaLiteChart")).to_have_count(0)
        page.goto("about:blank")  # a slow machine reports what the frame may not load only later
        visit.errors.clear()


def test_a_link_that_a_messenger_cut_says_so_and_its_address_can_be_copied(visit: Visit) -> None:
    scenario, _ = from_query("preset=usmca_lapses&pass_through_share=0.35")
    link = share_query(scenario, "", "Board case", [("year", "FY2028/3")], checked=True)
    cut = link[: link.index("pass_through_share=0.3") + len("pass_through_share=0.3")]
    page = visit.open(f"tariffs?{cut}")
    expect(notices(page)).to_contain_text("link: this link is not whole: its end is missing; what was read is used.")
    page = visit.open(f"tariffs?{link}")
    expect(notices(page)).to_have_count(0)
    with rerun(page):
        slider(page, "japan_tariff_share").press("ArrowRight")
    assert not {"whole", "end"} & query(page).keys()
    copied = page.url.removeprefix(f"{visit.server.url}/")
    page = visit.open(copied)
    expect(notices(page)).to_have_count(0)
    expect_slider(page, "pass_through_share", 0.35)
    expect_slider(page, "japan_tariff_share", 0.155)


def test_a_new_preset_ends_the_title(visit: Visit) -> None:
    page = visit.open("?preset=article&title=Board+case")
    expect(page.get_by_text("Shared as: Board case")).to_be_visible()
    with rerun(page):
        choose_preset(page, "The alliance goes well")
    expect(page.get_by_text("Shared as")).to_have_count(0)
    assert "title" not in query(page)


def test_the_embed_snippet_shows_its_chart_inside_another_page(visit: Visit) -> None:
    page = visit.open("tariffs?preset=article")
    open_share(page)
    page.get_by_text("Embed in a web page").click()
    snippet = page.get_by_label(EMBED, exact=True).input_value()
    page.route("**/someone-elses-page", lambda route: route.fulfill(content_type="text/html", body=snippet))
    page.goto(f"{visit.server.url}/someone-elses-page")
    inside = page.frame_locator("iframe")
    expect(inside.get_by_test_id("stVegaLiteChart")).to_have_count(1)
    whole = inside.get_by_role("link", name="Open in Alliance Explorer").get_attribute("href")
    assert whole
    assert whole.startswith(f"{visit.server.url}/tariffs?whole=1&edition=2025-07&")
    assert "embed" not in whole
    assert from_query(whole)[0].preset == "article"
