"""Presets are sparse, within bounds, sourced, and play what they say."""

import pytest

from data.story import claims
from model.editions import edition, editions
from model.presets import (
    ARTICLE_EDITION,
    CLAIM_LABEL,
    CLAIM_PRESETS,
    DEFAULT_PRESET,
    MAIN_PRESETS,
    PRESETS,
    Preset,
    preset_values,
)
from model.projection import check_capacity, project, reference
from model.registry import ASSUMPTIONS
from tests.model.scenarios import COMPANIES, EDITIONS, flat, last, of

each_preset = pytest.mark.parametrize("preset", PRESETS.values(), ids=list(PRESETS))


@each_preset
def test_a_preset_moves_known_assumptions_within_their_bounds(preset: Preset) -> None:
    assert preset.edition in editions()
    for key, value in preset.overrides.items():
        assert ASSUMPTIONS[key].minimum <= value <= ASSUMPTIONS[key].maximum, key


@each_preset
def test_a_preset_is_sparse(preset: Preset) -> None:
    """It does not repeat a default of its edition."""
    defaults = edition(preset.edition).defaults
    assert not [key for key, value in preset.overrides.items() if value == defaults[key]]


@each_preset
def test_a_preset_has_a_label_a_sentence_and_a_source(preset: Preset) -> None:
    assert preset.label
    assert preset.sentence.endswith(".")
    assert preset.source
    assert PRESETS[preset.name] is preset


@each_preset
@pytest.mark.parametrize("edition_name", EDITIONS)
def test_a_preset_fits_canton_on_every_edition(preset: Preset, edition_name: str) -> None:
    check_capacity(preset_values(preset.name, edition_name))


@each_preset
def test_a_preset_other_than_the_status_quo_changes_something(preset: Preset) -> None:
    world, base = flat(project(preset.overrides, preset.edition)), flat(reference(preset.edition))
    same = all(values.tolist() == base[name].tolist() for name, values in world.items())
    assert same == (not preset.overrides)


def test_the_status_quo_moves_nothing_and_comes_first() -> None:
    assert PRESETS[DEFAULT_PRESET].overrides == {}
    assert next(iter(PRESETS)) == DEFAULT_PRESET == "status_quo"
    assert preset_values(DEFAULT_PRESET, "2026-05") == dict(edition("2026-05").defaults)


def test_an_unknown_preset_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="no_such_preset"):
        preset_values("no_such_preset", "2026-05")


def test_the_presets_of_the_design_exist() -> None:
    assert PRESETS.keys() >= {
        "status_quo", "article", "tariffs_25", "japan_deal_alliance", "usmca_lapses", "alliance_good", "alliance_fails",
        "japan_back_at_25", "japan_deal_ends", "usmca_ends", "tariffs_fall_away", "yen_at_160",
        "alliance_delivers", "alliance_lost",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["tariffs_25", "usmca_lapses", "japan_back_at_25", "japan_deal_ends", "usmca_ends"])
def test_bad_news_costs_both_companies_profit(name: str) -> None:
    world, base = project(PRESETS[name].overrides, PRESETS[name].edition), reference(PRESETS[name].edition)
    for company in COMPANIES:
        assert last(world, company, "operating_profit_jpy_bn") < last(base, company, "operating_profit_jpy_bn")


@pytest.mark.parametrize("name", ["tariffs_fall_away", "yen_at_160"])
def test_good_news_brings_both_companies_profit(name: str) -> None:
    world, base = project(PRESETS[name].overrides, PRESETS[name].edition), reference(PRESETS[name].edition)
    for company in COMPANIES:
        assert last(world, company, "operating_profit_jpy_bn") > last(base, company, "operating_profit_jpy_bn")


@pytest.mark.parametrize("name", ["alliance_good", "alliance_delivers"])
def test_an_alliance_that_goes_well_is_worth_something_to_both(name: str) -> None:
    world = project(PRESETS[name].overrides, PRESETS[name].edition)
    assert min(world.once_company["alliance_npv_jpy_bn"].values()) > 0.0


@pytest.mark.parametrize(
    ("well", "badly"), [("alliance_good", "alliance_fails"), ("alliance_delivers", "alliance_lost")]
)
def test_an_alliance_that_fails_costs_what_the_good_one_costs_until_it_has_failed_and_brings_nothing(
    well: str, badly: str
) -> None:
    good, fails = PRESETS[well], PRESETS[badly]
    assert {**good.overrides, "success_probability_share": 0.0} == dict(fails.overrides)
    assert good.edition == fails.edition
    world, hoped, base = (project(p, good.edition) for p in (fails.overrides, good.overrides, {}))
    for company in COMPANIES:
        for cost in ("tooling_effect_jpy_bn", "integration_effect_jpy_bn"):
            assert of(world, company, cost).tolist() == of(hoped, company, cost).tolist()
        benefit = of(world, company, "alliance_benefit_jpy_bn")
        assert (benefit <= 0.0).all()
        assert (benefit[:3] < 0.0).all(), "money is spent before anything is due"
        lost = of(base, company, "operating_profit_jpy_bn") - of(world, company, "operating_profit_jpy_bn")
        assert lost == pytest.approx(-benefit, abs=1e-9)
        assert world.once_company["alliance_npv_jpy_bn"][company] < 0.0


def test_each_claim_of_the_article_has_the_preset_it_names() -> None:
    assert list(CLAIM_PRESETS) == [claim.preset for claim in claims()]
    for preset in CLAIM_PRESETS.values():
        assert preset.edition == ARTICLE_EDITION
        assert preset.label.startswith(CLAIM_LABEL)


def test_presets_are_the_main_ones_and_then_the_claims() -> None:
    assert list(PRESETS) == [*MAIN_PRESETS, *CLAIM_PRESETS]
    assert not [label for label in (p.label for p in MAIN_PRESETS.values()) if label.startswith(CLAIM_LABEL)]


def test_a_claim_is_played_by_a_preset_that_moves_something_only_where_the_model_has_its_number() -> None:
    for claim in claims():
        if CLAIM_PRESETS[claim.preset].overrides:
            assert claim.outputs, claim.id


def test_the_claim_of_50_per_cent_is_50_per_cent() -> None:
    world = project(CLAIM_PRESETS["claim_50pct"].overrides, ARTICLE_EDITION)
    assert world.once["canton_utilisation_share"] == 0.5


def test_the_claim_of_3_bn_yen_saves_no_more_than_3_bn_yen() -> None:
    """Models change over three years from the third: five sixths of it by the fifth, and all of it after."""
    played = CLAIM_PRESETS["claim_3bn_yen"].overrides
    world = project(played, ARTICLE_EDITION)
    assert sum(last(world, c, "platform_effect_jpy_bn") for c in COMPANIES) == pytest.approx(3.0 * 5 / 6, rel=1e-12)
    at_once = project({**played, "platform_start_yr": 0.0}, ARTICLE_EDITION)
    assert sum(last(at_once, c, "platform_effect_jpy_bn") for c in COMPANIES) == pytest.approx(3.0, rel=1e-12)


def test_pickups_of_the_most_favourable_reading_avoid_little_duty() -> None:
    played, base = CLAIM_PRESETS["claim_pickup_avoids_tariff"].overrides, reference(ARTICLE_EDITION)
    duty = "net_tariff_cost_jpy_bn"
    left = last(project(played, ARTICLE_EDITION), "honda", duty) / last(base, "honda", duty)
    assert 0.95 < left < 1.0


def test_without_duty_on_cars_from_japan_honda_gains_far_less_than_nissan() -> None:
    world, base = project(CLAIM_PRESETS["claim_japan_exposure"].overrides, ARTICLE_EDITION), reference(ARTICLE_EDITION)
    honda, nissan = (
        last(base, c, "net_tariff_cost_jpy_bn") - last(world, c, "net_tariff_cost_jpy_bn") for c in COMPANIES
    )
    assert 0.0 < 4.0 * honda < nissan
