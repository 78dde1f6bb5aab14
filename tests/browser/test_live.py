"""The model in a browser gives the app's numbers, and a scenario's file is whole without a server or a network."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from model.editions import DEFAULT_EDITION, derived
from model.links import Scenario, from_query, scenario_of_preset
from model.presets import DEFAULT_PRESET
from model.registry import ASSUMPTIONS, LEVERS
from model.worlds import CHANCE, FAILS
from pages.kit import words
from pages.kit.view import View
from pages.live import script
from tests.browser.conftest import PATIENCE_MS
from tests.browser.test_accessibility import findings
from tests.engines import ADDRESS, GOAL, OWN, cases, distance, open_file, run_file, run_script, start_of
from tests.model.scenarios import everything_on, fitted
from tests.pages.test_sharing import HOSTILE

OPEN = Scenario(DEFAULT_EDITION, "alliance_delivers", fitted(everything_on(DEFAULT_EDITION), DEFAULT_EDITION))
DRAWN = "() => document.querySelectorAll('.chart svg').length === 3"
IN_ORDER = """(steps) => {
    const axis = [...document.querySelectorAll("#bridge_honda svg .role-axis-label")];
    const words = axis.find((labels) => labels.textContent.includes(steps[0])).querySelectorAll("text");
    const top = (label) => label.getBoundingClientRect().top;
    return String([...words].sort((a, b) => top(a) - top(b)).map((label) => label.textContent)) === String(steps);
}"""
SAID = "[data-result] .value, [data-result] .change, #changes tbody *, #profit_rows tbody *, table[id^=bridge] tbody *"


@contextmanager
def reader(browser: Browser, **options: Any) -> Iterator[Page]:
    """A window in which nothing may fail, and which asks for nothing but the file."""
    context = browser.new_context(**{"viewport": {"width": 1400, "height": 900}, **options})
    context.set_default_timeout(PATIENCE_MS)
    page, wrong = context.new_page(), []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: wrong.append(request.url) if not request.url.startswith("file:") else None)
    yield page
    context.close()
    assert not wrong


def text(page: Page, selector: str) -> str:
    return page.locator(selector).inner_text()


def shown(page: Page) -> list[str]:
    return page.locator("[data-result] .value").all_inner_texts()


def expected(view: View) -> list[str]:
    """The numbers of the cards as the app writes them."""
    of_companies = [
        words.quantity(view.at_year(company, name)[0], "JPY bn")
        for name in ("operating_profit_jpy_bn", "net_tariff_cost_jpy_bn")
        for company in ("honda", "nissan")
    ]
    return [*of_companies, words.quantity(float(view.projection.once["canton_utilisation_share"]), "share")]


def box(page: Page, key: str, kind: str = "number") -> Any:
    return page.locator(f'[data-key="{key}"] [type="{kind}"]')


def type_into(page: Page, key: str, typed: str) -> None:
    box(page, key).fill(typed)
    box(page, key).press("Enter")


def test_the_function_gives_what_the_app_gives(browser: Browser) -> None:
    given = [*cases(3)]
    with reader(browser) as page:
        found = run_script(page, given)
    assert len(found) > 300
    assert max(distance(one, case.expected) for case, one in zip(given, found, strict=True)) <= GOAL


MUTANTS = {
    "without brackets": ("right", lambda self, binds: binds),
    "minimum for maximum": ("calls", {**script.ScriptWriter.calls, "maximum": "min"}),
    "without a sign": ("signs", {**script.ScriptWriter.signs, "negate": ""}),
    "product for power": ("signs", {**script.ScriptWriter.signs, "power": "*"}),
    "turned comparison": ("signs", {**script.ScriptWriter.signs, "greater": "<"}),
}


def test_a_wrong_writer_is_found(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    given = [case for case in cases(1, presets=()) if case.edition == DEFAULT_EDITION]
    worst = {}
    with reader(browser) as page:
        for mutant, change in MUTANTS.items():
            with monkeypatch.context() as changed:
                changed.setattr(script.ScriptWriter, *change)
                found = run_script(page, given, script.model_script.__wrapped__())
            worst[mutant] = max(distance(one, case.expected) for case, one in zip(given, found, strict=True))
    assert min(worst.values()) > GOAL, worst


def test_numbers_are_written_as_the_app_writes_them(browser: Browser) -> None:
    rng = np.random.default_rng(4)
    numbers = [0.0, -0.0, 1.0, 0.5, 2.5, 12.5, -12.5, 0.125, 1.015, 2.675, 0.0375, 99.95, 999.5, 1e-10, 1e-5, 0.04]
    numbers += [*(rng.normal(size=200) * 10.0 ** rng.integers(-4, 6, 200)).tolist()]
    numbers += np.round(rng.normal(size=100) * 100.0, 2).tolist()
    units = sorted({words.spoken_unit(a.unit, a.label) for a in ASSUMPTIONS.values()} | {"JPY bn", "share"})
    spoken = (Path(script.__file__).parent / "words.js").read_text(encoding="utf-8")
    forms = "units.flatMap(u => numbers.map(n => [quantity(n, u), signed(n, u), changeWords(n, u, 'same')]))"
    with reader(browser) as page:
        found = page.evaluate(f"([units, numbers]) => {{{spoken}; return {forms}}}", [units, numbers])
    meant = [(words.quantity(n, u), words.signed(n, u), words.change_words(n, u)) for u in units for n in numbers]
    assert [tuple(one) for one in found] == meant


def test_a_file_computes_itself_and_links_back_to_what_it_says(browser: Browser, tmp_path: Path) -> None:
    sent = View.of(scenario_of_preset("alliance_delivers"), 2, title="Plan & <b>more</b>")
    with reader(browser) as page:
        open_file(page, sent, tmp_path).wait_for_function(DRAWN)
        assert page.locator("#differs").is_hidden()
        assert text(page, "#state") == "As the app sent it."
        assert shown(page) == expected(sent)

        assert "title=Plan+%26+%3Cb%3Emore" in str(page.locator("#open").get_attribute("href"))

        box(page, "japan_tariff_share", "range").press("ArrowRight")
        type_into(page, "jpy_per_usd", "151.25")
        type_into(page, "canton_honda_trucks_kveh", "300000")
        page.locator(".all summary").first.click()
        type_into(page, "own_elasticity", "-99")  # is held at its bound
        page.locator("#year").select_option("4")
        asked = {"japan_tariff_share": 0.155, "jpy_per_usd": 151.25, "own_elasticity": -10.0}
        moved = {**sent.scenario.asked, **asked, "canton_honda_trucks_kveh": 300.0}
        view = View.of(Scenario(DEFAULT_EDITION, "alliance_delivers", moved), 4)
        assert shown(page) == expected(view)
        room = words.quantity(view.scenario.values["canton_honda_trucks_kveh"], "kveh")
        assert f"{room} are counted as trucks for Honda" in text(page, "#notes")
        assert text(page, "#state") == "Changed since the app sent it: 5 inputs."
        address = str(page.locator("#open").get_attribute("href"))
        assert address.startswith(f"{ADDRESS}?whole=1&edition=")
        assert "title=" not in address  # it is of what was sent
        assert f"year={view.year_label.replace('/', '%2F')}" in address
        back = from_query(address)[0]
        assert back.asked == view.scenario.asked

        page.locator("#world").select_option(FAILS)
        assert box(page, CHANCE).is_disabled()
        assert shown(page) == expected(View.of(Scenario(DEFAULT_EDITION, "alliance_delivers", moved, FAILS), 4))
        assert from_query(str(page.locator("#open").get_attribute("href")))[0].world == FAILS

        page.locator("#back").click()
        assert text(page, "#state") == "As the app sent it."
        assert shown(page) == expected(sent)
        assert from_query(str(page.locator("#open").get_attribute("href")))[0] == sent.scenario


def test_a_moved_file_says_what_a_new_one_of_that_scenario_says(browser: Browser, tmp_path: Path) -> None:
    moved = [case for case in cases(1, presets=("status_quo", "alliance_delivers")) if case.edition == DEFAULT_EDITION]
    with reader(browser) as page, reader(browser, java_script_enabled=False) as fresh:
        for case, _ in zip(moved, run_file(page, moved, tmp_path), strict=True):
            scenario = Scenario(case.edition, DEFAULT_PRESET, case.asked, case.world)
            open_file(fresh, View.of(scenario, 4), tmp_path)
            told = [[*map(str.strip, one.locator(SAID).all_text_contents())] for one in (page, fresh)]
            assert told[0] == told[1]
            assert len(told[0]) >= 50


def test_charts_follow_and_say_what_the_table_says(browser: Browser, tmp_path: Path) -> None:
    with reader(browser) as page:
        open_file(page, View.of(start_of(DEFAULT_EDITION), 2), tmp_path).wait_for_function(DRAWN)
        nothing = page.get_by_text("Nothing differs from the reference.")
        expect(nothing).to_have_count(2)
        assert page.locator("#bridge_honda").is_hidden()
        for key, value in {"platform_saving_jpy_bn": "399", "japan_tariff_share": "30"}.items():
            type_into(page, key, value)
        assert page.locator("#bridge_honda").is_visible()
        page.locator("#bridge_honda_shown summary").click()
        steps, effects = (page.locator(f"#bridge_honda_rows tbody {cell}").all_inner_texts() for cell in ("th", "td"))
        assert steps[0] == "Reference"
        assert steps[-1] == "Scenario"
        assert f"Not delivered (50{words.NBSP}%)" in steps
        page.wait_for_function(IN_ORDER, arg=steps)
        for effect in effects:
            expect(page.locator("#bridge_honda svg")).to_contain_text(effect)


def test_a_file_on_figures_of_ones_own_has_the_apps_numbers(browser: Browser, tmp_path: Path) -> None:
    own = derived(DEFAULT_EDITION, OWN)
    given = [case for case in cases(1, presets=()) if case.edition == own]
    with reader(browser) as page:
        found = [*run_file(page, given, tmp_path)]
        assert max(distance(one, case.expected) for case, one in zip(given, found, strict=True)) <= GOAL
        assert "Yours: Honda: operating profit, guided JPY 550 bn" in text(page, ".own").replace(words.NBSP, " ")
        marked = page.locator(".sources tr", has=page.locator(".mark", has_text="yours"))
        assert marked.count() == len(OWN)
        assert from_query(str(page.locator("#open").get_attribute("href")))[0].edition == own


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_stays_text(title: str, browser: Browser, tmp_path: Path) -> None:
    with reader(browser) as page:
        open_file(page, View.of(OPEN, 0, title=title), tmp_path)
        assert text(page, "h1") == title
        assert page.title() == f"{title} | Alliance Explorer"
        assert page.locator("h1 *, title *").count() == 0


def test_no_other_script_runs_in_a_file(browser: Browser, tmp_path: Path) -> None:
    planted = '<img src="https://example.org/x"><script>window.planted = 1</script></body>'
    page = browser.new_page()
    open_file(page, View.of(OPEN, 0), tmp_path, lambda content: content.replace("</body>", planted))
    assert page.evaluate("window.planted === undefined && window.results !== undefined")
    page.close()


@pytest.mark.parametrize(
    ("told", "instead"),
    [(r'"eps_jpy.honda":\[', '"eps_jpy.honda":[1'), ('<span class="value">JPY\xa0', '<span class="value">JPY\xa09')],
    ids=["number", "text"],
)
def test_a_file_says_when_it_computes_other_numbers_than_the_app(
    told: str, instead: str, browser: Browser, tmp_path: Path
) -> None:
    with reader(browser) as page:
        open_file(page, View.of(OPEN, 0), tmp_path, lambda content: re.sub(told, instead, content, count=1))
        assert page.locator("#differs").is_visible()


def test_a_file_is_true_without_a_script(browser: Browser, tmp_path: Path) -> None:
    view = View.of(OPEN, 1)
    with reader(browser, java_script_enabled=False) as page:
        open_file(page, view, tmp_path)
        assert shown(page) == expected(view)
        assert "sliders move nothing" in text(page, "noscript")
        assert page.locator("#changes tbody tr").count() == len(view.scenario.changed())


def test_the_search_finds_an_assumption(browser: Browser, tmp_path: Path) -> None:
    with reader(browser) as page:
        open_file(page, View.of(OPEN, 1), tmp_path)
        page.locator(".all summary").first.click()
        boxes = page.locator(".all [data-key]:visible")
        assert boxes.count() == len(ASSUMPTIONS) - len(LEVERS)
        page.get_by_label("Search them").fill("RIDGELINE replace")
        assert boxes.evaluate_all("boxes => boxes.map(box => box.dataset.key)") == ["ridgeline_replaced_share"]
        page.get_by_label("Search them").fill("no such words")
        assert text(page, "#none") == "No assumption has these words."


@pytest.mark.parametrize(
    "options",
    [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 844}}],
    ids=["light", "dark", "phone"],
)
def test_a_file_keeps_nobody_out(options: dict[str, Any], browser: Browser, tmp_path: Path) -> None:
    with reader(browser, **options) as page:
        open_file(page, View.of(OPEN, 1), tmp_path).wait_for_function(DRAWN)
        page.evaluate("() => document.querySelectorAll('details').forEach(one => one.open = true)")
        assert not findings(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
