"""The registries say everything about an assumption or an output, and their names say the unit."""

import re

import pytest

from data.facts import KINDS
from model.editions import DEFAULT_EDITION, EDITION_FACTS, edition
from model.outputs import OUTPUTS, Output
from model.registry import ASSUMPTIONS, DISTRIBUTIONS, GROUPS, HELD, ROLES, UNITS, Assumption
from tests.model.scenarios import EDITIONS

SUFFIX_OF_UNIT = {
    "share": "_share",
    "JPY bn": "_jpy_bn",
    "USD bn": "_usd_bn",
    "USD per vehicle": "_usd",
    "kveh": "_kveh",
    "yr": "_yr",
    "months": "_months",
    "JPY bn per yr": "_drift_jpy_bn",
    "JPY bn per JPY": "_jpy_bn_per_yen",
}
NAMED_OTHERWISE = {"own_elasticity", "market_elasticity", "jpy_per_usd", "nissan_jpy_gap"}
OUTPUT_SUFFIX_OF_UNIT = {
    "share": ("_share",),
    "JPY bn": ("_jpy_bn",),
    "USD bn": ("_usd_bn",),
    "USD": ("_usd", "_usd_per_vehicle"),
    "kveh": ("_kveh",),
    "JPY": ("_jpy",),
}

each_assumption = pytest.mark.parametrize("a", ASSUMPTIONS.values(), ids=list(ASSUMPTIONS))
each_output = pytest.mark.parametrize("output", OUTPUTS.values(), ids=list(OUTPUTS))
each_edition = pytest.mark.parametrize("edition_name", EDITIONS)


@each_assumption
def test_a_key_is_plain_and_ends_in_its_unit(a: Assumption) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", a.key)
    assert a.key in NAMED_OTHERWISE or a.key.endswith(SUFFIX_OF_UNIT[a.unit])


def test_the_exceptions_to_the_grammar_of_keys_exist() -> None:
    assert ASSUMPTIONS.keys() >= NAMED_OTHERWISE


def test_assumptions_are_found_by_their_own_key() -> None:
    assert all(key == a.key for key, a in ASSUMPTIONS.items())


@each_assumption
def test_every_text_of_an_assumption_is_filled(a: Assumption) -> None:
    for text in (a.label, a.help, a.source, a.range_source):
        assert text
        assert text == text.strip()
    assert a.help.endswith(".")
    assert not a.label.endswith(".")
    assert a.kind in KINDS
    assert a.unit in UNITS
    assert a.group in GROUPS
    assert a.role in ROLES
    assert a.distribution in DISTRIBUTIONS


@each_assumption
def test_a_range_has_a_source_or_says_that_it_is_a_judgement(a: Assumption) -> None:
    assert a.range_source == "judgement" or len(a.range_source.split()) > 3


@each_assumption
def test_a_source_that_is_a_judgement_says_so(a: Assumption) -> None:
    if a.source != "stated by the edition":
        assert (a.kind == "judgement") == a.source.startswith("judgement")


@each_assumption
def test_bounds_hold_the_plausible_range_and_a_step_fits_between_them(a: Assumption) -> None:
    assert a.minimum <= a.low < a.high <= a.maximum
    assert 0.0 < a.step <= (a.maximum - a.minimum) / 4
    steps = (a.maximum - a.minimum) / a.step
    assert steps == pytest.approx(round(steps), abs=1e-9), "the slider must end on a step"


@each_assumption
def test_a_default_of_the_current_edition_lies_in_the_plausible_range(a: Assumption) -> None:
    """Ranges follow what is known now: what an earlier edition counted may lie outside."""
    assert a.low <= edition(DEFAULT_EDITION).defaults[a.key] <= a.high


@each_edition
@each_assumption
def test_a_default_lies_within_bounds_and_has_a_source_of_a_known_kind(a: Assumption, edition_name: str) -> None:
    world = edition(edition_name)
    assert a.minimum <= world.defaults[a.key] <= a.maximum
    source, kind = world.source_of(a.key)
    assert source
    assert source != "stated by the edition"
    assert kind in KINDS


@each_edition
@each_assumption
def test_a_default_stands_in_one_place(a: Assumption, edition_name: str) -> None:
    """The registry states it, and an edition only where it says otherwise or quotes a fact; or every edition does."""
    row = edition(edition_name).rows.get(a.key)
    if a.default is None:
        assert row
    else:
        assert not row or row.fact or row.value != a.default, "the registry says so already"


@each_assumption
def test_a_default_that_every_edition_states_says_so(a: Assumption) -> None:
    assert (a.source == "stated by the edition") == (a.default is None)


@each_assumption
def test_what_moves_with_another_is_drawn_with_one_that_moves_by_itself(a: Assumption) -> None:
    if a.moves_with:
        assert a.distribution != HELD
        other = ASSUMPTIONS[a.moves_with]
        assert other.key != a.key
        assert not other.moves_with
        assert (other.distribution, other.role) == (a.distribution, a.role)


def test_only_what_is_known_in_a_product_alone_is_held() -> None:
    """The customs value of a car that is known with its US content: duty per car is their product."""
    held = {a.key for a in ASSUMPTIONS.values() if a.distribution == HELD}
    assert held == {"honda_import_value_usd", "nissan_mexico_value_usd"}
    assert ASSUMPTIONS.keys() >= {"honda_us_content_share", "nissan_us_content_share"}


def test_labels_tell_assumptions_apart() -> None:
    assert len({a.label for a in ASSUMPTIONS.values()}) == len(ASSUMPTIONS)


def test_every_group_and_unit_is_used() -> None:
    assert {a.group for a in ASSUMPTIONS.values()} == set(GROUPS)
    assert {a.unit for a in ASSUMPTIONS.values()} == set(UNITS)


def test_every_role_and_distribution_is_used() -> None:
    assert {a.role for a in ASSUMPTIONS.values()} == set(ROLES)
    assert {a.distribution for a in ASSUMPTIONS.values()} == set(DISTRIBUTIONS)


def test_policy_is_what_a_government_charges() -> None:
    """A group says where a slider stands, a role what it is about: for policies they agree."""
    assert all((a.role == "policy") == (a.group == "policy") for a in ASSUMPTIONS.values())


def test_assumptions_of_a_group_stand_together_in_the_order_of_the_sidebar() -> None:
    groups = [a.group for a in ASSUMPTIONS.values()]
    assert list(dict.fromkeys(groups)) == list(GROUPS)
    assert groups == sorted(groups, key=list(GROUPS).index)


def test_facts_and_assumptions_share_no_key() -> None:
    assert not EDITION_FACTS.keys() & ASSUMPTIONS.keys()


@each_output
def test_an_output_is_labelled_explained_and_ends_in_its_unit(output: Output) -> None:
    assert output.label
    assert output.help.endswith(".")
    assert output.name.endswith(OUTPUT_SUFFIX_OF_UNIT[output.unit])
    assert not output.channel or (output.scope == "company" and output.name.endswith("_effect_jpy_bn"))


GOOD = {
    "key": "some_share", "label": "Some", "unit": "share", "group": "market", "role": "world", "default": 0.5,
    "low": 0.2, "high": 0.8,
    "minimum": 0.0, "maximum": 1.0, "step": 0.1, "help": "Help.", "source": "judgement", "kind": "judgement",
}  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"unit": "furlong"}, "some_share: unknown unit 'furlong'"),
        ({"group": "weather"}, "some_share: unknown unit 'share', group 'weather' or role 'world'"),
        ({"role": "judge"}, "some_share: unknown unit 'share', group 'market' or role 'judge'"),
        ({"distribution": "normal"}, "some_share: unknown distribution 'normal'"),
        ({"low": 0.9}, r"some_share: range 0\.9\.\.0\.8 leaves 0\.0\.\.1\.0"),
        ({"high": 1.5}, r"some_share: range 0\.2\.\.1\.5 leaves"),
        ({"default": -0.1}, r"some_share: default -0\.1 leaves 0\.0\.\.1\.0"),
    ],
)
def test_a_declaration_that_contradicts_itself_is_refused(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Assumption(**{**GOOD, **wrong})  # type: ignore[arg-type]


@pytest.mark.parametrize("field", GOOD)
def test_a_declaration_without_a_field_is_refused(field: str) -> None:
    with pytest.raises(TypeError, match=field):
        Assumption(**{k: v for k, v in GOOD.items() if k != field})  # type: ignore[arg-type]
