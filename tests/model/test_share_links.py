"""A shared link opens the same scenario and carries only what it should."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import MODEL_VERSION, links
from model.__main__ import main
from model.comparison import read_lines
from model.editions import DEFAULT_EDITION
from model.links import (
    ALIASES,
    AS_READ,
    LONGEST_KEPT,
    LONGEST_SHARED,
    LONGEST_TITLE,
    NOT_WHOLE,
    PAGE_KEYS,
    Scenario,
    clean_title,
    default_scenario,
    fit_capacity,
    from_query,
    is_foreign,
    number_text,
    scenario_of_preset,
    share_query,
    to_pairs,
    to_query,
)
from model.presets import PRESETS, preset_values
from model.projection import project
from model.receipt import fingerprint, read_fingerprint
from model.registry import ASSUMPTIONS
from tests.model.scenarios import examples
from tests.model.test_links import longest_step_value, states

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
def test_a_link_reads_back_exactly(scenario: Scenario, checked: bool, title: str) -> None:
    query = share_query(scenario, SAW, title, [("year", "FY2028/3")], checked)
    assert from_query(query) == (scenario, ())
    assert from_query(f"{HOST}?{query}") == (scenario, ())
    assert dict(to_pairs(query)).get("title", "") == clean_title(title)[: len(dict(to_pairs(query)).get("title", ""))]


@pytest.mark.parametrize("preset", PRESETS)
def test_a_link_says_what_the_complete_text_says(preset: str) -> None:
    scenario = scenario_of_preset(preset)
    assert from_query(share_query(scenario)) == from_query(to_query(scenario)) == (scenario, ())


@pytest.mark.parametrize("preset", PRESETS)
def test_a_link_names_only_what_differs_from_the_preset(preset: str) -> None:
    head = ["edition", "model_version", "preset"]
    scenario = scenario_of_preset(preset)
    assert [key for key, _ in to_pairs(share_query(scenario))] == head
    moved = Scenario(scenario.edition, preset, {**scenario.values, "jpy_per_usd": 133.25})
    pairs = to_pairs(share_query(moved))
    assert pairs == [
        ("edition", scenario.edition),
        ("model_version", MODEL_VERSION),
        ("preset", preset),
        ("jpy_per_usd", "133.25"),
    ]
    assert from_query(pairs) == (moved, ())


MANY = 60
"""Sliders that may be moved at once before a link grows beyond what every program keeps."""

LONGEST_PAIRS = sorted(
    ((key, longest_step_value(a)) for key, a in ASSUMPTIONS.items()),
    key=lambda pair: len(f"&{pair[0]}={number_text(pair[1])}"),
    reverse=True,
)
"""Every slider at its longest value, those first that take most letters."""

STATE = [("year", "FY2028/3"), ("section", "Facts"), ("payback_of", "Honda"), ("stance_bar_share", "0.125")]
"""More than any page but a comparison chooses."""


def longest_scenario(moved: int) -> Scenario:
    """The longest-named preset with so many sliders at their longest values, those that take most letters."""
    preset = max(PRESETS, key=len)
    return Scenario(DEFAULT_EDITION, preset, {**preset_values(preset, DEFAULT_EDITION), **dict(LONGEST_PAIRS[:moved])})


@pytest.mark.parametrize("title", ["W" * LONGEST_TITLE, "Plan & case: " * 8, *HOSTILE_TITLES])
def test_a_link_stays_below_2000_letters_with_any_60_sliders_moved_a_title_and_a_receipt(title: str) -> None:
    scenario = longest_scenario(MANY)
    query = share_query(scenario, SAW, title, STATE, checked=True)
    assert len(f"{HOST}?{query}") < LONGEST_KEPT
    if title.startswith("W"):
        assert dict(to_pairs(query))["title"] == title
    assert {key for key, _ in to_pairs(query)} >= {key for key, _ in STATE}
    values = scenario.edited()
    assert len(values) >= MANY - 1, "a longest value may be the preset's own"
    assert values.keys() <= {key for key, _ in to_pairs(query)}


def test_a_link_loses_nothing_but_its_title_with_every_slider_moved() -> None:
    scenario = longest_scenario(len(ASSUMPTIONS))
    query = share_query(scenario, SAW, "W" * LONGEST_TITLE, STATE, checked=True)
    assert len(query) > LONGEST_KEPT
    pairs = dict(to_pairs(query))
    assert "title" not in pairs
    assert pairs["saw"] == SAW
    assert pairs.items() >= dict(STATE).items()
    read, refused = from_query(query)
    assert (read.values, [r for r in refused if not r.overflow]) == (fit_capacity(scenario.values)[0], [])
    _, (named, *_) = from_query(query[:LONGEST_KEPT])
    assert (named.key, named.reason) == ("link", NOT_WHOLE)


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
    pairs = to_pairs(share_query(default_scenario(), "", "new", given_pairs))
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


# ------------------------------------------------------------ cut links

EDITS = {"pass_through_share": 0.35, "platform_saving_jpy_bn": 12.75, "honda_jpy_bn_per_yen": 10.5}
USMCA = scenario_of_preset("usmca_lapses")
EDITED = Scenario(USMCA.edition, USMCA.preset, {**USMCA.values, **EDITS})
LOOKED_AT = [("year", "FY2028/3"), ("payback_of", "Honda"), ("stance_bar_share", "0.125")]
SHARED = {
    what: share_query(scenario, saw, title, looked_at, checked=True)
    for what, scenario, saw, title, looked_at in (
        ("with all", EDITED, SAW, "Board paper A", LOOKED_AT),
        ("untitled", EDITED, SAW, "", []),
        ("of data", EDITED, "", "", LOOKED_AT),
    )
}


def said(query: str) -> tuple[Scenario, list[tuple[str, str]]]:
    """Everything that a link says: the scenario, and what is looked at with title and receipt."""
    return from_query(query)[0], [(key, value) for key, value in to_pairs(query) if key in PAGE_KEYS]


@pytest.mark.parametrize("query", SHARED.values(), ids=list(SHARED))
def test_a_shared_link_that_is_cut_anywhere_says_so_or_says_the_same(query: str) -> None:
    assert from_query(query) == (EDITED, ())
    silent = []
    for length in range(1, len(query)):
        cut = query[:length]
        if not from_query(cut)[1]:
            assert said(cut) == said(query), cut
            silent.append(query[length:])
    assert silent == ["=1", "1"], "only the end's own value can be lost without a word"


def test_a_cut_link_names_where_it_was_cut_and_what_is_used() -> None:
    query = SHARED["untitled"]
    cut = query[: query.index("pass_through_share=0.3") + len("pass_through_share=0.3")]
    scenario, (named,) = from_query(cut)
    assert (named.key, named.value, named.reason, named.used) == ("link", "pass_through_share=0.3", NOT_WHOLE, AS_READ)
    assert scenario.values["pass_through_share"] == 0.3


@pytest.mark.parametrize("query", SHARED.values(), ids=list(SHARED))
def test_a_shared_link_may_be_changed_by_hand_and_be_added_to(query: str) -> None:
    edited = query.replace("pass_through_share=0.35", "pass_through_share=0.4")
    scenario, refused = from_query(edited)
    assert (scenario.values["pass_through_share"], refused) == (0.4, ())
    shuffled = "&".join(reversed(query.split("&")))
    for whole in (f"{query}&embed=true&chart=profit", f"{query}&utm_source=mail&fbclid=x", f"{query}.", shuffled):
        assert from_query(whole) == (EDITED, ())
    without = "&".join(pair for pair in query.split("&") if not pair.startswith("pass_through_share"))
    assert from_query(without)[1] == ()


@pytest.mark.parametrize(
    "query", ["preset=article&pass_through_share=0.3", "edition=2026-05", "end=1", to_query(EDITED)]
)
def test_a_link_that_promises_no_end_needs_none(query: str) -> None:
    assert from_query(query)[1] == ()


def test_the_promise_of_an_end_fits_into_the_longest_link() -> None:
    scenario = longest_scenario(MANY)
    for title in ("W" * LONGEST_TITLE, "\N{AUTOMOBILE}" * LONGEST_TITLE):
        query = share_query(scenario, SAW, title, STATE, checked=True)
        assert len(query) <= LONGEST_SHARED
        assert query.startswith("whole=1&")
        assert query.endswith("&end=1")
        assert from_query(query)[0].values == fit_capacity(scenario.values)[0]


def test_a_cut_link_says_so_on_the_command_line_and_among_the_lines_of_a_comparison(
    capsys: pytest.CaptureFixture[str],
) -> None:
    cut = SHARED["with all"][:-20]
    assert main([cut]) == 0
    assert capsys.readouterr().err == "this link is not whole: its end is missing; used what was read\n"
    lines, (note,) = read_lines(f"preset=article\n{HOST}?{cut}")
    assert [line.scenario for line in lines] == [scenario_of_preset("article"), EDITED]
    assert (note.number, note.refusal.reason) == (2, NOT_WHOLE)


# -------------------------------------- what services do to links on their way

FOREIGN = (
    "utm_source", "utm_campaign", "UTM_Medium", "mtm_kwd", "fbclid", "gclid", "msclkid", "mc_cid", "mc_eid", "igshid",
    "igsh", "si", "ref", "_", "_ga", "_gl", "twclid", "ttclid", "yclid", "li_fat_id", "ScCid", "hsCtaTracking",
)  # fmt: skip


@pytest.mark.parametrize("key", FOREIGN)
def test_a_key_of_a_sharing_service_is_passed_over_without_a_word(key: str, capsys: pytest.CaptureFixture[str]) -> None:
    link = f"{HOST}?{key}=a.b&preset=article&{key}=c%20d"
    assert from_query(link) == (scenario_of_preset("article"), ())
    assert main([link, "--csv"]) == 0
    assert capsys.readouterr().err == ""
    (line,), notes = read_lines(link)
    assert (line.scenario, notes) == (scenario_of_preset("article"), ())


@pytest.mark.parametrize("key", ["utm", "fbclid2", "yen", "jpy_per_us", "reference", "__proto__", "", "amp", "Preset"])
def test_a_misspelt_key_is_still_refused(key: str) -> None:
    _, (named,) = from_query(f"preset=article&{key}=1")
    assert (named.key, named.reason) == (key, "unknown key")


def test_no_key_of_ours_is_taken_for_a_foreign_one() -> None:
    ours = {*ASSUMPTIONS, *PAGE_KEYS, *ALIASES, "edition", "preset", "model_version", "whole", "end"}
    assert not [key for key in ours if is_foreign(key)]


@pytest.mark.parametrize("ampersand", ["&amp;", "&amp;amp;", "&AMP;", "&amp%3B", "&amp;amp;amp;"])
@pytest.mark.parametrize("query", SHARED.values(), ids=list(SHARED))
def test_an_escaped_ampersand_is_an_ampersand(query: str, ampersand: str) -> None:
    escaped = query.replace("&", ampersand)
    assert to_pairs(escaped) == to_pairs(query)
    assert from_query(f"{HOST}?{escaped}") == (EDITED, ())
    assert to_pairs(f"amp;{query}") == to_pairs(query)


def test_an_escape_before_a_key_that_is_not_known_is_named_as_it_came() -> None:
    _, (named,) = from_query("preset=article&amp;hello=1")
    assert (named.key, named.reason) == ("amp;hello", "unknown key")
    assert from_query("preset=article&amp;utm_source=x")[1] == ()
    (_, title) = to_pairs("preset=article&title=R%26amp;D")
    assert title == ("title", "R&amp;D")
