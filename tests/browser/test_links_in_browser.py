"""Links, Back, reload and page links keep the scenario, in a real browser."""

import re
import urllib.request
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Browser, WebSocket, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.state.common import user_key_from_element_id

from model.editions import DEFAULT_EDITION
from model.links import from_query
from model.projection import project
from model.registry import LEVERS
from pages.kit.words import quantity
from pages.site import PAGES
from tests.browser.conftest import Start, Visit, rerun, settled, window
from tests.browser.seen import choose_preset, expect_slider, follow, metric, open_group, query, slider

NBSP = "\N{NO-BREAK SPACE}"


def profit(link: str, company: str, year: int = -1) -> str:
    scenario, _ = from_query(link)
    outputs = project(scenario.values, scenario.edition).company[company]
    return quantity(float(np.asarray(outputs["operating_profit_jpy_bn"])[year]), "JPY bn")


@pytest.mark.parametrize(
    ("address", "title", "values"),
    [
        ("sources?preset=article&japan_tariff_share=0.2", "Where the numbers come from", {"japan_tariff_share": 0.2}),
        (
            "?preset=article&japan_tariff_share=0.2&platform_saving_jpy_bn=50",
            "What tariffs and an alliance do to profit",
            {"japan_tariff_share": 0.2, "usmca_tariff_share": 0.25, "platform_saving_jpy_bn": 50.0},
        ),
    ],
)
def test_the_very_first_visitor_of_a_server_may_come_by_a_deep_link(
    browser: Browser, start: Start, address: str, title: str, values: dict[str, float]
) -> None:
    fresh = start()
    with window(browser, fresh) as visit:
        page = visit.open(address)
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        expect(page.get_by_text("Page not found")).to_have_count(0)
        expect(page.get_by_test_id("stTopNavLink").first).to_be_visible()
        for key, value in values.items():
            expect_slider(page, key, value)
        if not address.startswith("sources"):
            expect(metric(page, "Nissan: operating profit")).to_have_text(profit(address, "nissan"))
    fresh.stop()


def test_a_slider_moved_by_keyboard_changes_figure_chart_words_and_address(visit: Visit) -> None:
    page = visit.open("")
    chart = page.locator("[data-testid='stVegaLiteChart'][aria-label^='Operating profit']")
    finding = page.get_by_role("heading", name=re.compile("^Operating profit against the reference"))
    told = ""
    for share in (0.155, 0.16, 0.165):
        with rerun(page):
            slider(page, "japan_tariff_share").press("ArrowRight")
        link = f"japan_tariff_share={share}"
        expect(metric(page, "Nissan: operating profit")).to_have_text(profit(link, "nissan"))
        expect_slider(page, "japan_tariff_share", share)
        expect(page).to_have_url(re.compile(re.escape(link)))
        expect(finding).not_to_have_text(told)
        told = finding.inner_text()
    marks = chart.locator("[role='graphics-symbol'][aria-label*='Nissan'][aria-label*='Scenario']")
    expect(marks.first).to_be_attached()
    told = " ".join(filter(None, (mark.get_attribute("aria-label") for mark in marks.all())))
    scenario, _ = from_query("japan_tariff_share=0.165")
    for value in np.asarray(project(scenario.values, scenario.edition).company["nissan"]["operating_profit_jpy_bn"]):
        assert f"{value:,.0f}" in told.replace("−", "-")
    assert query(page)["edition"] == DEFAULT_EDITION


def test_a_move_draws_what_follows_from_the_sliders_and_leaves_the_sliders_alone(visit: Visit) -> None:
    sent: list[tuple[str, str]] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: sent.extend(elements_to_draw(frame)))

    def sliders() -> int:
        return sum(kind == "slider" for kind, _ in sent)

    visit.page.on("websocket", listen)
    page = visit.open("?edition=2026-05")
    assert sliders() == len(LEVERS), "the groups are closed"
    box = page.get_by_role("textbox", name="Tariff on cars from Japan, in per cent")
    for turn, share in {"the count of edited values changes": 0.155, "nothing in the summary changes": 0.16}.items():
        sent.clear()
        with rerun(page):
            slider(page, "japan_tariff_share").press("ArrowRight")
        shown = profit(f"?edition=2026-05&japan_tariff_share={share}", "nissan")
        expect(metric(page, "Nissan: operating profit")).to_have_text(shown)  # another run may have ended before
        settled(page)
        assert {"metric", "vega_lite_chart"} <= {kind for kind, _ in sent}, turn
        assert sliders() == 0, turn
        expect(box).to_have_value(f"{share * 100:g}")
        summary = ("button", "undo") in sent
        assert summary == turn.startswith("the count"), "the sidebar's summary is drawn where it changes"
    open_group(page, "usmca_deduction_share")
    sent.clear()
    with rerun(page):
        slider(page, "usmca_deduction_share").press("ArrowLeft")
    expect(page.get_by_text("1 changed")).to_be_visible()
    assert sliders() == 0


def test_the_sidebar_follows_a_move_also_on_a_page_that_ends_early(visit: Visit) -> None:
    page = visit.open("compare")
    for count in ("1 value edited", "2 values edited"):
        key = "japan_tariff_share" if count.startswith("1") else "jpy_per_usd"
        open_group(page, key)
        with rerun(page):
            slider(page, key).press("ArrowRight")
        expect(page.get_by_test_id("stSidebar").get_by_text(count)).to_be_visible()
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_enabled()


def test_a_group_stays_open_and_its_slider_in_focus_while_it_is_moved_and_on_every_page(visit: Visit) -> None:
    page, key = visit.open("?preset=article"), "honda_tax_share"
    open_group(page, key)
    open_group(page, "usmca_deduction_share")
    group = page.locator(".st-key-group_finance details")
    for count in ("1 changed", "1 changed"):  # the second move of the slider changes no count
        slider(page, key).focus()
        with rerun(page):
            page.keyboard.press("ArrowRight")
        expect(page.get_by_text(count, exact=True)).to_be_visible()
        expect(slider(page, key)).to_be_focused()
    expect(page.locator(".st-key-group_policy details")).to_have_attribute("open", "")
    follow(page, "Alliance")
    expect(group).to_have_attribute("open", "")
    expect_slider(page, key, 0.32)
    with rerun(page):
        group.locator("summary").press("Enter")
    expect(group.locator("summary")).to_be_focused()
    expect(group).not_to_have_attribute("open", "")


def elements_to_draw(frame: bytes | str) -> Iterator[tuple[str, str]]:
    """Kind and key of the element that a message of the server draws, if any, such as "button" and "undo"."""
    message = ForwardMsg()
    message.ParseFromString(frame if isinstance(frame, bytes) else frame.encode())
    if message.WhichOneof("type") == "delta" and message.delta.WhichOneof("type") == "new_element":
        kind: str = message.delta.new_element.WhichOneof("type")
        element_id: str = getattr(getattr(message.delta.new_element, kind), "id", "")
        yield kind, user_key_from_element_id(element_id) or ""


def test_one_step_back_from_a_page_link_is_the_page_before_with_every_value(visit: Visit) -> None:
    page = visit.open("?preset=article")
    with rerun(page):
        slider(page, "japan_tariff_share").press("ArrowLeft")
    open_group(page, "jpy_per_usd")
    with rerun(page):
        slider(page, "jpy_per_usd").press("ArrowLeft")
    before, shown = query(page), metric(page, "Honda: operating profit").inner_text()
    steps = page.evaluate("history.length")
    follow(page, "Sources")
    expect(page.get_by_role("heading", level=1)).to_have_text("Where the numbers come from")
    assert query(page) == before
    assert page.evaluate("history.length") == steps + 1
    with rerun(page):
        page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("What tariffs and an alliance do to profit")
    expect(metric(page, "Honda: operating profit")).to_have_text(shown)
    expect_slider(page, "japan_tariff_share", 0.245)
    assert query(page) == before
    with rerun(page):
        page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text("Where the numbers come from")
    assert query(page) == before


def test_back_after_a_move_on_another_page_shows_the_values_of_the_page_before(visit: Visit) -> None:
    page = visit.open("?japan_tariff_share=0.2")
    follow(page, "Tariffs")
    open_group(page, "usmca_tariff_share")
    with rerun(page):
        slider(page, "usmca_tariff_share").press("ArrowLeft")
    expect(page.get_by_text("2 values edited")).to_be_visible()
    with rerun(page):
        page.go_back()
    expect(page.get_by_text("1 value edited")).to_be_visible()
    expect(metric(page, "Honda: operating profit")).to_have_text(profit("japan_tariff_share=0.2", "honda"))


def test_what_is_chosen_on_a_page_outlives_page_links_and_goes_back_step_by_step(visit: Visit) -> None:
    page = visit.open("investor?preset=alliance_good&japan_tariff_share=0.2")
    honda, both = (page.get_by_role("radio", name=name, exact=True) for name in ("Honda", "Both"))
    with rerun(page):
        honda.click()
    assert query(page)["payback_of"] == "Honda"
    with rerun(page):
        page.go_back()
    expect(both).to_be_checked()
    assert "payback_of" not in query(page)
    with rerun(page):
        page.go_forward()
    expect(honda).to_be_checked()
    expect_slider(page, "japan_tariff_share", 0.2)
    with rerun(page):
        both.click()
    assert "payback_of" not in query(page)
    with rerun(page):
        page.go_back()
    expect(honda).to_be_checked()
    follow(page, "Sources")
    assert "payback_of" not in query(page)
    follow(page, "Investor")
    assert query(page)["payback_of"] == "Honda"
    expect(honda).to_be_checked()
    with rerun(page):
        page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Where the numbers come from")


def test_reload_keeps_every_value(visit: Visit) -> None:
    page = visit.open("?preset=alliance_good&year=FY2029/3")
    with rerun(page):
        slider(page, "japan_tariff_share").press("ArrowRight")
    open_group(page, "platform_saving_jpy_bn")
    with rerun(page):
        slider(page, "platform_saving_jpy_bn").press("ArrowRight")
    link = "preset=alliance_good&japan_tariff_share=0.155&platform_saving_jpy_bn=101"
    expect(metric(page, "Honda: operating profit")).to_have_text(profit(link, "honda", 2))
    page.reload()
    settled(page)
    expect(metric(page, "Honda: operating profit")).to_have_text(profit(link, "honda", 2))
    expect_slider(page, "japan_tariff_share", 0.155)
    open_group(page, "platform_saving_jpy_bn")
    expect_slider(page, "platform_saving_jpy_bn", 101.0)


def test_page_links_keep_every_value_on_every_page(visit: Visit) -> None:
    page = visit.open("?preset=article&japan_tariff_share=0.2&year=FY2028/3")
    before = query(page)
    titles = [title for _, title, *_ in PAGES]
    for title in [*titles[1:], titles[0]]:
        follow(page, title)
        expect_slider(page, "japan_tariff_share", 0.2)
        expect(page.get_by_text("(edited): 1 value edited.")).to_be_visible()
        assert query(page) == before
    link = "preset=article&japan_tariff_share=0.2"
    expect(metric(page, "Honda: operating profit")).to_have_text(profit(link, "honda", 2))


def test_sliders_that_are_put_away_keep_their_values_over_reload_and_back_and_can_be_shown(visit: Visit) -> None:
    page = visit.open("?preset=article&japan_tariff_share=0.2&honda_tax_share=0.25&year=FY2028/3")
    before = query(page)
    follow(page, "Stocks")
    expect(page.get_by_text("They are put away here")).to_be_visible()
    expect(slider(page, "japan_tariff_share")).to_be_hidden()
    assert before.items() <= query(page).items()
    page.reload()
    settled(page)
    follow(page, "Sources")
    expect(slider(page, "japan_tariff_share")).to_be_hidden()
    with rerun(page):
        page.go_back()
    assert before.items() <= query(page).items()
    with rerun(page):
        page.get_by_role("button", name="Show the sliders").click()
    expect(slider(page, "japan_tariff_share")).to_be_visible()
    with rerun(page):
        slider(page, "japan_tariff_share").press("ArrowRight")
    follow(page, "Overview")
    link = "preset=article&japan_tariff_share=0.205&honda_tax_share=0.25"
    expect(metric(page, "Honda: operating profit")).to_have_text(profit(link, "honda", 2))
    expect_slider(page, "honda_tax_share", 0.25)


def test_back_from_a_chosen_preset_is_the_scenario_before(visit: Visit) -> None:
    page = visit.open("?japan_tariff_share=0.2")
    expect(metric(page, "Nissan: operating profit")).to_have_text(profit("japan_tariff_share=0.2", "nissan"))
    with rerun(page):
        choose_preset(page, "The alliance goes well")
    expect(metric(page, "Nissan: operating profit")).to_have_text(profit("preset=alliance_delivers", "nissan"))
    expect(page).to_have_url(re.compile("preset=alliance_delivers"))
    with rerun(page):
        page.go_back()
    expect(metric(page, "Nissan: operating profit")).to_have_text(profit("japan_tariff_share=0.2", "nissan"))
    expect_slider(page, "japan_tariff_share", 0.2)
    expect(page.get_by_test_id("stSidebar").get_by_text("Status quo (edited): 1 value edited.")).to_be_visible()


def test_a_refused_value_is_named_as_plain_words_and_no_part_of_it_works(visit: Visit) -> None:
    given = {
        "japan_tariff_share": "0.9",
        "usmca_tariff_share": "<script>alert(1)</script>",
        "parts_tariff_share": "[x](javascript:alert(1))",
        "pass_through_share": ":red[x] $x$ `x`",
        "own_elasticity": "www.example.com https://example.com/x a@example.com",
        "www.example.org": "1",
    }
    visit.page.on("dialog", lambda dialog: visit.errors.append(dialog.message))
    pairs = "&".join(f"{key}={value}" for key, value in given.items())
    page = visit.open(f"?{pairs}")
    notice = page.locator(".st-key-link_notices")
    expect(notice).to_contain_text("Tariff on cars from Japan: “0.9” was not used: above the highest value, 0.5")
    expect(notice).to_contain_text(f"Used instead: 15{NBSP}%.")
    text = notice.inner_text().replace("\N{WORD JOINER}", "")
    for value in given.values():
        assert f"“{value}” was not used" in text
    assert notice.locator("a, script, img, code, .katex, span[style*='color']").count() == 0
    expect_slider(page, "japan_tariff_share", 0.15)
    with rerun(page):
        notice.get_by_role("button", name="Understood").click()
    expect(notice).to_have_count(0)


def test_a_value_that_only_streamlit_would_read_is_not_used(visit: Visit) -> None:
    page = visit.open("?japan_tariff_share=0.2&japan_tariff_share=0.3&usmca_tariff_share=%200.1")
    expect_slider(page, "japan_tariff_share", 0.2)
    expect_slider(page, "usmca_tariff_share", 0.25)
    expect(metric(page, "Nissan: operating profit")).to_have_text(profit("japan_tariff_share=0.2", "nissan"))


def test_back_to_a_link_that_was_not_used_as_it_stands_uses_it_as_at_first(visit: Visit) -> None:
    link = "preset=article&japan_tariff_share=0.2&japan_tariff_share=0.3&usmca_tariff_share=%200.1&tax_share=0.2"
    page = visit.open(f"?{link}&year=FY2028/3&year=FY2029/3")

    def expect_first_texts() -> None:
        expect_slider(page, "japan_tariff_share", 0.2)
        expect_slider(page, "usmca_tariff_share", 0.25)
        open_group(page, "honda_tax_share")
        expect_slider(page, "honda_tax_share", 0.2)
        expect(metric(page, "Nissan: operating profit")).to_have_text(profit(link, "nissan", 2))
        expect(page.locator(".st-key-link_notices")).to_contain_text("given more than once")

    expect_first_texts()
    used = {"preset": ["article"], "japan_tariff_share": ["0.2"], "honda_tax_share": ["0.2"], "year": ["FY2028/3"]}
    assert used.items() <= parse_qs(urlsplit(page.url).query).items()
    steps = page.evaluate("history.length")
    with rerun(page):
        page.go_back()
    assert "japan_tariff_share=0.3" in page.url
    expect_first_texts()
    assert page.evaluate("history.length") == steps
    with rerun(page):
        page.go_forward()
    page.reload()
    settled(page)
    expect_slider(page, "honda_tax_share", 0.2)
    expect(metric(page, "Nissan: operating profit")).to_have_text(profit(link, "nissan", 2))


@pytest.mark.parametrize("name", ["Tariffs", "tariffs.", "TARIFFS)", "tariffs/"])
def test_a_page_opens_by_a_name_in_other_letters_with_all_of_a_query_that_a_mail_changed(
    visit: Visit, name: str
) -> None:
    page = visit.open(
        f"{name}?preset=article&amp;japan_tariff_share=0.2&amp;amp;year=FY2028/3&fbclid=x&utm_source=mail"
    )
    expect(page.get_by_role("heading", level=1)).to_have_text("What US tariffs cost, and who pays")
    expect(page.get_by_text("Page not found")).to_have_count(0)
    expect(page.locator(".st-key-link_notices")).to_have_count(0)
    expect_slider(page, "japan_tariff_share", 0.2)
    asked = {"preset": "article", "edition": "2025-07", "japan_tariff_share": "0.2", "year": "FY2028/3"}
    assert query(page).items() >= asked.items()
    assert not {"fbclid", "utm_source"} & query(page).keys()


def test_a_server_tells_previews_the_name_and_runs_the_page_it_told(visit: Visit) -> None:
    with urllib.request.urlopen(f"{visit.server.url}/Tariffs.?title=Board+case") as answer:
        assert urlsplit(answer.url).path == "/tariffs"
        assert "'sha256-" in answer.headers["Content-Security-Policy"]
        html = answer.read().decode()
    assert '<meta property="og:title" content="Board case | Tariffs | Alliance Explorer">' in html
    (picture,) = re.findall('<meta property="og:image" content="([^"]*)">', html)
    assert picture == f"{visit.server.url}/overview.png"
    with urllib.request.urlopen(picture) as answer:
        assert answer.headers["Content-Type"] == "image/png"
    page = visit.open("tariffs?title=Board+case")
    expect(page).to_have_title("Alliance Explorer: Honda and Nissan under US tariffs")
    expect(page.get_by_text("Shared as: Board case")).to_be_visible()
