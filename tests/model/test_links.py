"""A link holds the whole state, reads back exactly, and names whatever it could not use."""

from decimal import Decimal
from urllib.parse import parse_qsl, quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import MODEL_VERSION
from model.editions import DEFAULT_EDITION, edition
from model.links import (
    LONGEST_LINK,
    MOST_PAIRS,
    PAGE_KEYS,
    SHOWN_VALUE,
    Refusal,
    Scenario,
    default_scenario,
    from_query,
    number_text,
    scenario_of_preset,
    to_pairs,
    to_query,
)
from model.presets import DEFAULT_PRESET, MAIN_PRESETS, PRESETS
from model.projection import project
from model.registry import ASSUMPTIONS, Assumption
from tests.model.scenarios import EDITIONS, examples, scenarios


@st.composite
def states(draw: st.DrawFn) -> Scenario:
    edition_name = draw(st.sampled_from(EDITIONS))
    preset = draw(st.sampled_from(list(PRESETS)))
    return Scenario(edition_name, preset, draw(scenarios(edition_name)))


@given(states())
@examples(60)
def test_a_link_reads_back_exactly(scenario: Scenario) -> None:
    assert from_query(to_query(scenario)) == (scenario, ())
    assert from_query(f"https://example.org/tariffs?{to_query(scenario)}#top") == (scenario, ())


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("edition_name", EDITIONS)
def test_a_link_of_a_preset_reads_back_exactly(preset: str, edition_name: str) -> None:
    scenario = scenario_of_preset(preset, edition_name)
    assert from_query(to_query(scenario)) == (scenario, ())


def test_a_link_writes_edition_version_preset_and_every_assumption_defaults_included() -> None:
    pairs = parse_qsl(to_query(default_scenario()))
    assert [key for key, _ in pairs] == ["edition", "model_version", "preset", *ASSUMPTIONS]
    assert dict(pairs)["edition"] == DEFAULT_EDITION
    assert dict(pairs)["model_version"] == MODEL_VERSION
    assert dict(pairs)["preset"] == DEFAULT_PRESET
    for key, default in edition(DEFAULT_EDITION).defaults.items():
        assert float(dict(pairs)[key]) == default


def longest_step_value(a: Assumption) -> float:
    """The value on a step of the slider that takes most letters."""
    count = round((a.maximum - a.minimum) / a.step)
    on_steps = (Decimal(str(a.minimum)) + n * Decimal(str(a.step)) for n in range(count + 1))
    return max((float(value) for value in on_steps), key=lambda value: len(number_text(value)))


def test_the_complete_text_of_a_scenario_is_read_whole_with_every_slider_at_its_longest_value() -> None:
    """It is for programs, which cut nothing: what people are given is `share_query`, see test_share_links."""
    longest = max(PRESETS, key=len)
    query = to_query(Scenario(DEFAULT_EDITION, longest, {key: longest_step_value(a) for key, a in ASSUMPTIONS.items()}))
    assert len(query) < LONGEST_LINK / 4
    assert len(to_pairs(query)) < MOST_PAIRS / 2


@given(st.permutations(list(ASSUMPTIONS)))
@examples(15)
def test_the_order_of_keys_does_not_matter(order: list[str]) -> None:
    scenario = scenario_of_preset("article")
    head = f"preset=article&edition={scenario.edition}"
    query = "&".join([*(f"{key}={number_text(scenario.values[key])}" for key in order), head])
    assert from_query(query) == (scenario, ())


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_alone_gives_all_its_values_on_its_own_edition(preset: str) -> None:
    assert from_query(f"preset={preset}") == (scenario_of_preset(preset), ())


def test_a_value_on_top_of_a_preset_wins() -> None:
    scenario, refused = from_query("canton_honda_trucks_kveh=40&preset=article")
    assert refused == ()
    assert scenario.values["canton_honda_trucks_kveh"] == 40.0
    assert scenario.values["platform_saving_jpy_bn"] == 3.0
    assert scenario.edited() == {"canton_honda_trucks_kveh": (100.0, 40.0)}


def test_a_named_edition_wins_over_that_of_the_preset() -> None:
    scenario, refused = from_query("preset=article&edition=2026-05")
    assert refused == ()
    assert scenario == scenario_of_preset("article", "2026-05")


def test_changed_and_edited_tell_defaults_from_the_preset() -> None:
    scenario = scenario_of_preset("tariffs_25")
    assert scenario.changed() == {"japan_tariff_share": (0.15, 0.25)}
    assert scenario.edited() == {}


@pytest.mark.parametrize("nothing", ["", "?", "#", "   ", "https://example.org/", "https://example.org/?", "&&&", []])
def test_an_empty_link_is_the_status_quo_without_a_refusal(nothing: str | list[tuple[str, str]]) -> None:
    assert from_query(nothing) == (default_scenario(), ())


@pytest.mark.parametrize("key", sorted(PAGE_KEYS))
def test_keys_of_the_page_itself_are_passed_over(key: str) -> None:
    assert key not in ASSUMPTIONS
    assert from_query(f"{key}=true&{key}=dark") == (default_scenario(), ())


NO_NUMBER = "not a plain number such as 0.15"
PRESETS_KNOWN = f"unknown preset (known: {', '.join(MAIN_PRESETS)}, and one for each claim)"
EDITIONS_KNOWN = f"unknown edition (known: {', '.join(EDITIONS)})"
CASES = {
    # case: (link, key, value as shown, reason, used)
    "nan": ("jpy_per_usd=NaN", "jpy_per_usd", "NaN", NO_NUMBER, "145"),
    "inf": ("jpy_per_usd=inf", "jpy_per_usd", "inf", NO_NUMBER, "145"),
    "-inf": ("jpy_per_usd=-inf", "jpy_per_usd", "-inf", NO_NUMBER, "145"),
    "Infinity": ("jpy_per_usd=Infinity", "jpy_per_usd", "Infinity", NO_NUMBER, "145"),
    "overflow": ("jpy_per_usd=1e400", "jpy_per_usd", "1e400", "not a finite number", "145"),
    "-overflow": ("jpy_per_usd=-1e400", "jpy_per_usd", "-1e400", "not a finite number", "145"),
    "huge": ("jpy_per_usd=1e300", "jpy_per_usd", "1e300", "above the highest value, 220 (JPY per USD)", "145"),
    "above": ("japan_tariff_share=15", "japan_tariff_share", "15", "above the highest value, 0.5 (share)", "0.15"),
    "below": ("jpy_per_usd=79.9", "jpy_per_usd", "79.9", "below the lowest value, 80 (JPY per USD)", "145"),
    "per cent": ("japan_tariff_share=15%25", "japan_tariff_share", "15%", NO_NUMBER, "0.15"),
    "bare per cent": ("japan_tariff_share=15%", "japan_tariff_share", "15%", NO_NUMBER, "0.15"),
    "underscore": ("jpy_per_usd=1_50", "jpy_per_usd", "1_50", NO_NUMBER, "145"),
    "full width": (f"jpy_per_usd={quote('１５０')}", "jpy_per_usd", "１５０", NO_NUMBER, "145"),
    "comma": ("jpy_per_usd=150,5", "jpy_per_usd", "150,5", NO_NUMBER, "145"),
    "hexadecimal": ("jpy_per_usd=0x96", "jpy_per_usd", "0x96", NO_NUMBER, "145"),
    "space": ("jpy_per_usd=+150", "jpy_per_usd", " 150", NO_NUMBER, "145"),
    "empty": ("jpy_per_usd=", "jpy_per_usd", "", NO_NUMBER, "145"),
    "no sign": ("jpy_per_usd", "jpy_per_usd", "", NO_NUMBER, "145"),
    "long number": (f"jpy_per_usd=15{'0' * 70}", "jpy_per_usd", f"15{'0' * 58}…", NO_NUMBER, "145"),
    "line break": ("jpy_per_usd=15%0A0", "jpy_per_usd", "15\N{REPLACEMENT CHARACTER}0", NO_NUMBER, "145"),
    "preset value": ("preset=tariffs_25&japan_tariff_share=x", "japan_tariff_share", "x", NO_NUMBER, "0.25"),
    "edition value": ("edition=2025-07&jpy_per_usd=x", "jpy_per_usd", "x", NO_NUMBER, "135"),
    "repeated": ("jpy_per_usd=150&jpy_per_usd=160", "jpy_per_usd", "160", "given more than once", "the first, 150"),
    "repeated preset": ("preset=article&preset=x", "preset", "x", "given more than once", "the first, article"),
    "unknown key": ("jpy=150", "jpy", "150", "unknown key", "nothing"),
    "other case": ("JPY_PER_USD=150", "JPY_PER_USD", "150", "unknown key", "nothing"),
    "prototype": ("__proto__=1", "__proto__", "1", "unknown key", "nothing"),
    "no key": ("=HYPERLINK(", "", "HYPERLINK(", "unknown key", "nothing"),
    "preset": ("preset=best", "preset", "best", PRESETS_KNOWN, "status_quo"),
    "empty preset": ("preset=", "preset", "", PRESETS_KNOWN, "status_quo"),
    "edition": ("edition=1999-01", "edition", "1999-01", EDITIONS_KNOWN, DEFAULT_EDITION),
    "edition of preset": ("preset=article&edition=9", "edition", "9", EDITIONS_KNOWN, "2025-07"),
    "path as edition": ("edition=../facts", "edition", "../facts", EDITIONS_KNOWN, DEFAULT_EDITION),
    "version": ("model_version=0.9", "model_version", "0.9", "unknown model version", MODEL_VERSION),
    "empty version": ("model_version=", "model_version", "", "unknown model version", MODEL_VERSION),
    "trucks": (
        "canton_honda_trucks_kveh=250", "canton_honda_trucks_kveh", "250",
        "Canton can build 410 thousand a year, which leaves room for 200 thousand trucks for Honda", "200",
    ),
    "base": (
        "canton_base_kveh=430", "canton_base_kveh", "430",
        "Canton can build 410 thousand a year, which leaves room for 410 thousand Nissan's own cars", "410",
    ),
    "capacity": (
        "canton_capacity_kveh=255.5&canton_honda_trucks_kveh=60", "canton_honda_trucks_kveh", "60",
        "Canton can build 255.5 thousand a year, which leaves room for 45.5 thousand trucks for Honda", "45.5",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("link", "key", "value", "reason", "used"), CASES.values(), ids=list(CASES))
def test_what_cannot_be_used_is_named_with_its_reason_and_what_was_used(
    link: str, key: str, value: str, reason: str, used: str
) -> None:
    scenario, refused = from_query(link)
    assert refused == (Refusal(key, value, reason, used, overflow=reason.startswith("Canton can build")),)
    if key in ASSUMPTIONS and not used.startswith("the first"):
        assert number_text(scenario.values[key]) == used
    project(scenario.values, scenario.edition)


def test_full_canton_and_trucks_are_both_fitted_and_both_named() -> None:
    scenario, refused = from_query("canton_capacity_kveh=250&canton_base_kveh=300&canton_honda_trucks_kveh=10")
    assert [(r.key, r.value, r.used) for r in refused] == [
        ("canton_base_kveh", "300", "250"),
        ("canton_honda_trucks_kveh", "10", "0"),
    ]
    assert project(scenario.values, scenario.edition).once["canton_utilisation_share"] == 1.0


@given(capacity=st.floats(250, 500), base=st.floats(50, 450), trucks=st.floats(0, 300))
@examples(100)
def test_a_link_never_gives_more_cars_than_canton_can_build(capacity: float, base: float, trucks: float) -> None:
    pairs = {"canton_capacity_kveh": capacity, "canton_base_kveh": base, "canton_honda_trucks_kveh": trucks}
    scenario, _ = from_query([(key, number_text(value)) for key, value in pairs.items()])
    project(scenario.values, scenario.edition)


def test_a_refused_value_leaves_the_others() -> None:
    scenario, refused = from_query("jpy_per_usd=NaN&pass_through_share=0.5&hello=1")
    assert scenario.values["pass_through_share"] == 0.5
    assert [r.key for r in refused] == ["hello", "jpy_per_usd"]


@pytest.mark.parametrize(
    ("text", "value"), [("0.1501", 0.1501), ("+0.2", 0.2), (".2", 0.2), ("2e-1", 0.2), ("0.20", 0.2), ("-0", 0.0)]
)
def test_a_value_between_steps_or_written_another_way_is_used_as_it_is(text: str, value: float) -> None:
    scenario, refused = from_query([("japan_tariff_share", text)])
    assert refused == ()
    assert scenario.values["japan_tariff_share"] == value
    assert number_text(scenario.values["japan_tariff_share"])[0] != "-"


@pytest.mark.parametrize("key", ASSUMPTIONS)
def test_bounds_themselves_are_within_bounds(key: str) -> None:
    for bound in (ASSUMPTIONS[key].minimum, ASSUMPTIONS[key].maximum):
        scenario, refused = from_query([(key, number_text(bound))])
        assert [r for r in refused if r.key == key and not r.reason.startswith("Canton can build")] == []
        assert scenario.values[key] == bound or key.startswith("canton_")


def test_no_version_is_the_current_model() -> None:
    assert from_query("edition=2025-07")[1] == ()


NASTIES = [
    "x" * 100_000,
    "&".join(f"key{i}=1" for i in range(10_000)),
    "&".join(f"k{i}=1" for i in range(MOST_PAIRS + 1)),
    "jpy_per_usd=" + "9" * (LONGEST_LINK + 1),
    "a=\x00\x01\x1b[31m\x7f",
    "a=%00%1b%0d%0aSet-Cookie:x",
    "\ud800=\udfff",
    "jpy_per_usd=\ud83d",
    "%ED%A0%80=%FF%FE",
    "%",
    "%%%=%",
    "__proto__=polluted&constructor=1&__class__=2",
    "http://[",
    "http://[::1?jpy_per_usd=1",
    "//\\?a=b",
    "?????",
    "<script>alert(1)</script>=<img src=x onerror=alert(1)>",
    "preset=<b>bold</b>&edition=<i>",
    '=HYPERLINK("http://x")&@SUM(1)=+1&-2=3',
    "preset=[link](javascript:alert(1))&a=**bold**`code`$x^2$",
    "jpy_per_usd=\u202e051",
    "preset=" + "a\u0300" * 500,
    ";;;===;;;",
    "jpy_per_usd=1;jpy_per_usd=2",
]


def assert_handled(link: str | list[tuple[str, str]]) -> None:
    scenario, refused = from_query(link)
    assert scenario.values.keys() == ASSUMPTIONS.keys()
    for key, a in ASSUMPTIONS.items():
        assert a.minimum <= scenario.values[key] <= a.maximum
    assert scenario.edition in EDITIONS
    assert scenario.preset in PRESETS
    assert len(refused) <= MOST_PAIRS + 3
    for r in refused:
        assert r.reason
        assert r.used
        for text in (r.key, r.value, r.reason, r.used):
            assert text.isprintable()
            text.encode()  # no lone surrogates
            assert "\n" not in text
        assert len(r.key) <= SHOWN_VALUE + 1
        assert len(r.value) <= SHOWN_VALUE + 1
        assert len(r.used) <= SHOWN_VALUE + 20
        assert len(r.reason) <= 1000


@pytest.mark.parametrize("link", NASTIES, ids=range(len(NASTIES)))
def test_no_text_breaks_the_reader(link: str) -> None:
    assert_handled(link)
    assert_handled([(link, "1"), ("jpy_per_usd", link), ("preset", link), ("edition", link), ("model_version", link)])


@given(st.text(max_size=300))
@examples(150)
def test_hypothesis_finds_no_text_that_breaks_the_reader(link: str) -> None:
    assert_handled(link)


@given(st.binary(max_size=300))
@examples(80)
def test_hypothesis_finds_no_bytes_that_break_the_reader(raw: bytes) -> None:
    assert_handled(raw.decode("utf-8", errors="surrogateescape"))
    assert_handled("".join(f"%{byte:02x}" for byte in raw))


@given(st.lists(st.tuples(st.sampled_from(["edition", "preset", "model_version", *ASSUMPTIONS]), st.text(max_size=80))))
@examples(80)
def test_hypothesis_finds_no_values_that_break_the_reader(pairs: list[tuple[str, str]]) -> None:
    assert_handled(pairs)


def test_a_link_that_is_too_long_is_the_status_quo_and_says_so() -> None:
    scenario, (refusal,) = from_query("preset=article&" + "x" * LONGEST_LINK)
    assert scenario == default_scenario()
    assert (refusal.key, refusal.used) == ("link", "the status quo")
    assert refusal.reason == f"longer than {LONGEST_LINK} characters"


def test_of_too_many_values_the_first_are_used() -> None:
    pairs = [("jpy_per_usd", "150"), *[(f"k{i}", "1") for i in range(MOST_PAIRS)], ("pass_through_share", "0.5")]
    scenario, refused = from_query(pairs)
    assert scenario.values["jpy_per_usd"] == 150.0
    assert scenario.values["pass_through_share"] == 0.0
    assert refused[0] == Refusal("link", f"k{MOST_PAIRS - 1}", "more than 300 values", "the first 300")


def test_a_scenario_from_a_link_cannot_be_changed() -> None:
    scenario, _ = from_query("")
    with pytest.raises(TypeError, match="does not support item assignment"):
        scenario.values["jpy_per_usd"] = 1.0  # type: ignore[index]


def test_pairs_keep_empty_values_and_their_order() -> None:
    assert to_pairs("https://x.org/a?b=&a=1%202&b=3#c=4") == [("b", ""), ("a", "1 2"), ("b", "3")]


@given(st.floats(allow_nan=False, allow_infinity=False))
@examples(200)
def test_a_number_written_reads_back_as_the_same_number(value: float) -> None:
    assert float(number_text(value)) == value


def test_an_escaped_ampersand_before_a_retired_key_loses_nothing() -> None:
    scenario, refusals = from_query("preset=article&amp;tax_share=0.2")
    assert scenario.values["honda_tax_share"] == scenario.values["nissan_tax_share"] == 0.2
    assert [r.key for r in refusals if not r.told] == []
