"""A scenario as one file: the same bytes again, small, with all that it rests on, and nothing hostile let through."""

import gzip
import json
import re
from html import unescape

import pytest

from model.editions import DEFAULT_EDITION, EDITION_FACTS, derived
from model.links import Scenario, from_query, scenario_of_preset
from model.presets import preset_values
from model.registry import ASSUMPTIONS, BASE_FIGURES, LEVERS
from model.worlds import FAILS
from pages.kit.view import View
from pages.kit.words import NBSP, assumption_value, named_with_role
from pages.live import bundle
from pages.live.scenario_file import scenario_html
from pages.live.script import model_script
from tests.pages.test_exports import HOSTILE_TITLES
from tests.pages.test_sharing import HOSTILE

ADDRESS = "https://example.org/app/"
MOVED = View.of(scenario_of_preset("alliance_good"), 2, title="Plan")
CONTENT = scenario_html(MOVED, ADDRESS)
LARGEST_SCRIPT_BYTES = 20_000
LARGEST_FILE_BYTES = 600_000


def markup(content: bytes) -> str:
    """The file without its style and its scripts."""
    return re.sub(r"(?s)<(style|script)\b.*?</\1>", "", content.decode())


def words(content: bytes) -> str:
    """What a reader sees, without the marks of the page."""
    return unescape(re.sub(r"<[^>]+>", " ", markup(content)))


def sent(content: bytes) -> dict[str, object]:
    found: dict[str, object] = json.loads(re.findall(r'(?s)id="sent">(.*?)</script>', content.decode())[0])
    return found


def test_the_model_is_a_small_function_that_reads_no_text_as_a_program() -> None:
    text = model_script()
    assert text == model_script.__wrapped__()
    assert len(gzip.compress(text.encode())) < LARGEST_SCRIPT_BYTES
    assert not re.search(r"\b(eval|Function|import|require|fetch|window|document)\b", text)


def test_one_scenario_is_one_file_and_small() -> None:
    again = View.of(scenario_of_preset("alliance_good"), 2, title="Plan")
    assert scenario_html(again, ADDRESS) == CONTENT
    assert scenario_html(View.of(again.scenario, 3), ADDRESS) != CONTENT
    assert len(gzip.compress(CONTENT)) < LARGEST_FILE_BYTES


def test_the_charts_library_comes_with_its_licence_and_version_and_ends_no_element() -> None:
    text = bundle.bundle()
    assert text.startswith(f"/* {bundle.heading()} */\n")
    assert "window.vegaEmbed" in text
    assert "</script" not in text.lower()


def test_the_file_reaches_for_nothing_outside_of_it() -> None:
    policy = unescape(re.findall(r'Content-Security-Policy" content="(.*?)"', CONTENT.decode())[0])
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    scripts = policy.partition("script-src")[2].partition(";")[0]
    assert scripts.count("'sha256-") == len(scripts.split()) == 2
    assert not re.search(r"(?i)\b(src|srcset|action|poster|data)=[\"']", markup(CONTENT))
    assert not re.search(r"<link\b|<base\b|<iframe\b|<form\b|\son\w+=", markup(CONTENT))


@pytest.mark.parametrize("title", [*HOSTILE, *HOSTILE_TITLES[::6], "</script><script>alert(1)</script>", "$policy"])
def test_a_hostile_title_is_text(title: str) -> None:
    content = scenario_html(View.of(MOVED.scenario, 2, title=title), ADDRESS, [title])
    tags = re.compile(r"<[a-z/!][^>]*>", re.IGNORECASE)
    same = scenario_html(View.of(MOVED.scenario, 2, title="Plan"), ADDRESS, ["told"])
    assert len(tags.findall(content.decode())) == len(tags.findall(same.decode()))
    assert sent(content)["title"] == title
    assert " ".join(title.split()) in " ".join(words(content).split())


def test_it_says_what_it_is() -> None:
    seen = words(CONTENT)
    for told in ("The alliance goes well, facts of May 2026", "Edition 2026-05, model", "Facts to", "guidance is of"):
        assert told in seen
    address = unescape(re.findall(r'id="open" href="(.*?)"', CONTENT.decode())[0])
    assert address.startswith(f"{ADDRESS}?whole=1&edition=2026-05")
    assert from_query(address)[0] == MOVED.scenario
    for key, (default, value) in MOVED.scenario.changed().items():
        row = (named_with_role(key), assumption_value(key, default), assumption_value(key, value))
        cells = rf'<th scope="row">{row[0]}</th><td>{row[1]}</td><td>{row[2]}</td>'
        assert cells in CONTENT.decode()
    failing = Scenario(MOVED.scenario.edition, MOVED.scenario.preset, MOVED.scenario.asked, FAILS)
    assert "if the alliance fails" in words(scenario_html(View.of(failing, 2, title="Plan"), ADDRESS))


def test_every_assumption_can_be_moved_within_its_bounds_the_main_ones_first() -> None:
    keys = re.findall(r'data-key="(\w+)"', CONTENT.decode())
    assert tuple(keys[: len(LEVERS)]) == LEVERS
    assert sorted(keys) == sorted(ASSUMPTIONS)
    for key, one in ASSUMPTIONS.items():
        box = CONTENT.decode().partition(f'data-key="{key}"')[2].partition("</details>")[0]
        assert f'type="range" min="{one.minimum}" max="{one.maximum}" step="{one.step}"' in box
        assert one.help in unescape(box)
    assert f"edition: 15{NBSP}%" in CONTENT.decode()


def test_what_it_rests_on_stands_with_its_source_and_ones_own_figures_are_marked() -> None:
    key, value = "honda_us_sales_kveh", 1_400.0
    own = derived(DEFAULT_EDITION, {key: value})
    content = scenario_html(View.of(Scenario(own, "status_quo", preset_values("status_quo", own)), 0), ADDRESS)
    sources = content.decode().partition('class="sources"')[2].partition("</section>")[0]
    assert sources.count('<tr><th scope="row">') == len(EDITION_FACTS)
    (row,) = re.findall(rf'<tr><th scope="row">{BASE_FIGURES[key].label}</th>.*?</tr>', sources)
    assert ">1,400,000" in row
    assert ">yours<" in row
    assert "Yours: Honda: cars sold in the US 1,400" in words(content)
    assert "Nothing: this is the reference." in words(content)
