"""A shared link opens the same scenario, in full or short, and carries only what it should."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import MODEL_VERSION, links
from model.editions import DEFAULT_EDITION
from model.links import (
    LONGEST_TITLE,
    PAGE_KEYS,
    Scenario,
    clean_title,
    default_scenario,
    from_query,
    scenario_of_preset,
    share_query,
    to_pairs,
    to_query,
)
from model.presets import PRESETS
from model.projection import project
from model.receipt import fingerprint, read_fingerprint
from model.registry import ASSUMPTIONS
from tests.model.scenarios import examples
from tests.model.test_links import MOST_LETTERS, longest_step_value, states

HOST = "https://alliance-explorer.example.com/sensitivity"
SAW = "-1234.5_-1234.5_1234.5_1234.5_-1234.5_-1234.5"
HOSTILE_TITLES = (
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    '=HYPERLINK("http://x")',
    "a&preset=article#top?x=1",
    "日本語の題名" * 20,
    "\x00\x1b[31m\r\nSet-Cookie: x",
    "\ud800",
    "%00%zz+ +",
    "🚗" * 90,
)


@given(states(), st.booleans(), st.text(max_size=200))
@examples(60)
def test_full_and_short_links_read_back_exactly(scenario: Scenario, short: bool, title: str) -> None:
    query = share_query(scenario, SAW, title, [("year", "FY2028/3")], short)
    assert from_query(query) == (scenario, ())
    assert from_query(f"{HOST}?{query}") == (scenario, ())
    assert dict(to_pairs(query)).get("title", "") == clean_title(title)[: len(dict(to_pairs(query)).get("title", ""))]


def test_a_full_link_without_extras_is_the_plain_one() -> None:
    assert share_query(default_scenario()) == to_query(default_scenario())


@pytest.mark.parametrize("preset", PRESETS)
def test_a_short_link_names_only_what_differs_from_the_preset(preset: str) -> None:
    head = ["edition", "model_version", "preset"]
    scenario = scenario_of_preset(preset)
    assert [key for key, _ in to_pairs(share_query(scenario, short=True))] == head
    moved = Scenario(scenario.edition, preset, {**scenario.values, "jpy_per_usd": 133.25})
    pairs = to_pairs(share_query(moved, short=True))
    assert pairs == [
        ("edition", scenario.edition),
        ("model_version", MODEL_VERSION),
        ("preset", preset),
        ("jpy_per_usd", "133.25"),
    ]
    assert from_query(pairs) == (moved, ())


@pytest.mark.parametrize("title", ["W" * LONGEST_TITLE, "Plan & case: " * 8, *HOSTILE_TITLES])
def test_a_link_stays_below_2000_letters_with_every_slider_moved_a_title_and_a_receipt(title: str) -> None:
    longest = max(PRESETS, key=len)
    scenario = Scenario(DEFAULT_EDITION, longest, {key: longest_step_value(a) for key, a in ASSUMPTIONS.items()})
    query = share_query(scenario, SAW, title, [("year", "FY2028/3")])
    assert len(f"{HOST}?{query}") < MOST_LETTERS
    if title.startswith("W"):
        assert dict(to_pairs(query))["title"] == title


def test_what_is_looked_at_goes_along_and_embedding_does_not() -> None:
    given_pairs = [
        ("embed", "true"),
        ("embed_options", "dark_theme"),
        ("chart", "profit"),
        ("saw", "x"),
        ("title", "old"),
        ("year", "FY2028/3"),
        ("section", "Facts"),
        ("jpy_per_usd", "999"),
        ("hello", "1"),
    ]
    pairs = to_pairs(share_query(default_scenario(), "", "new", given_pairs, short=True))
    assert pairs[3:] == [("year", "FY2028/3"), ("section", "Facts"), ("title", "new")]
    assert {key for key, _ in pairs[3:]} <= PAGE_KEYS


@pytest.mark.parametrize("title", HOSTILE_TITLES)
def test_a_hostile_title_is_short_printable_and_changes_nothing_else(title: str) -> None:
    clean = clean_title(title)
    assert len(clean) <= LONGEST_TITLE
    assert clean.isprintable()
    clean.encode()
    query = share_query(default_scenario(), SAW, title)
    assert query.isascii()
    assert from_query(query) == (default_scenario(), ())
    assert len([key for key, _ in to_pairs(query) if key == "title"]) == 1


@given(st.text())
@examples(150)
def test_a_title_cleaned_twice_is_the_same(title: str) -> None:
    clean = clean_title(title)
    assert clean_title(clean) == clean
    assert len(clean) <= LONGEST_TITLE


def test_an_empty_title_and_no_receipt_leave_no_key() -> None:
    assert not {"title", "saw"} & dict(to_pairs(share_query(default_scenario(), title=" \n "))).keys()


@pytest.mark.parametrize("preset", PRESETS)
def test_the_receipt_of_a_link_reads_back(preset: str) -> None:
    scenario = scenario_of_preset(preset)
    saw = fingerprint(project(scenario.values, scenario.edition))
    given_saw = dict(to_pairs(share_query(scenario, saw)))["saw"]
    assert given_saw == saw
    assert read_fingerprint(given_saw) is not None


def test_a_renamed_key_is_read_under_its_old_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "ALIASES", {"yen_rate": "jpy_per_usd", "world": "edition"})
    scenario, refused = from_query("yen_rate=150&world=2025-07")
    assert refused == ()
    assert (scenario.edition, scenario.values["jpy_per_usd"]) == ("2025-07", 150.0)
    _, (twice,) = from_query("jpy_per_usd=140&yen_rate=150")
    assert (twice.key, twice.reason) == ("jpy_per_usd", "given more than once")


def test_aliases_lead_to_keys_of_today() -> None:
    assert set(links.ALIASES.values()) <= {*ASSUMPTIONS, "edition", "preset", "model_version"}
    assert not links.ALIASES.keys() & {*ASSUMPTIONS, *PAGE_KEYS}
