"""What pays back, which outcomes count, and the rule that says hold or wait."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.editions import COMPANIES
from model.links import Scenario, scenario_of_preset
from model.projection import CapacityError, project
from model.registry import ASSUMPTIONS
from model.stance import (
    AS_IT_STANDS,
    HOLD,
    MAIN_ASSUMPTIONS,
    WAIT,
    StanceInputs,
    outcomes,
    price_earnings_ratio,
    stance,
)
from model.sweeps import one_at_a_time

GOOD = scenario_of_preset("alliance_good")


def moved(scenario: Scenario, **values: float) -> Scenario:
    return replace(scenario, asked={**scenario.asked, **values})


INPUTS = StanceInputs((10.0, 20.0, 30.0, 40.0), 400.0, 0.05, 0.75, {"signed": True, "settled": True}, 2)


# ------------------------------------------------------------------ the rule


def test_enough_outcomes_and_milestones_say_hold() -> None:
    found = stance(INPUTS)
    assert (found.name, found.cleared, found.missing) == (HOLD, 3, ())
    assert found.sentence == (
        "Hold: 3 of 4 outcomes clear the bar (3 needed) and 2 of 2 milestones have happened (2 needed)."
    )


def test_too_few_outcomes_say_wait() -> None:
    found = stance(replace(INPUTS, clear_share=0.8))
    assert found.name == WAIT
    assert not found.enough_clear
    assert found.enough_happened
    assert found.inputs.outcomes_needed == 4


def test_a_missing_milestone_says_wait_and_is_named() -> None:
    found = stance(replace(INPUTS, milestones={"signed": True, "settled": False}))
    assert found.name == WAIT
    assert found.missing == ("settled",)
    assert found.enough_clear
    assert " but 1 of 2 milestones" in found.sentence


def test_fewer_milestones_may_be_asked_for() -> None:
    assert stance(replace(INPUTS, milestones={"signed": True, "settled": False}, milestones_needed=1)).name == HOLD


def test_an_outcome_on_the_bar_clears_it() -> None:
    assert INPUTS.bar_jpy == 20.0
    assert stance(INPUTS).cleared == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"values_per_share_jpy": ()},
        {"price_jpy": 0.0},
        {"bar_share": 0.0},
        {"clear_share": 1.1},
        {"milestones_needed": 3},
        {"milestones_needed": -1},
    ],
    ids=str,
)
def test_inputs_that_say_nothing_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        replace(INPUTS, **wrong)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.floats(-500, 500), min_size=1, max_size=30),
    st.floats(0.01, 0.3),
    st.floats(0, 1),
    st.integers(0, 3),
    st.integers(0, 3),
)
def test_a_higher_bar_or_share_or_count_never_turns_wait_into_hold(
    values: list[float], bar: float, share: float, happened: int, needed: int
) -> None:
    milestones = {str(i): i < happened for i in range(3)}
    found = stance(StanceInputs(tuple(values), 1000.0, bar, share, milestones, needed))
    stricter = [
        replace(found.inputs, bar_share=bar * 1.5),
        replace(found.inputs, clear_share=min(share + 0.1, 1.0)),
        replace(found.inputs, milestones_needed=min(needed + 1, 3)),
    ]
    if found.name == WAIT:
        assert {stance(inputs).name for inputs in stricter} == {WAIT}
    assert (found.name == HOLD) == (found.cleared >= share * len(values) - 1e-9 and happened >= needed)


# ------------------------------------------------------------------ outcomes


def test_variations_in_one_call_equal_one_call_each() -> None:
    variations = [(key, ASSUMPTIONS[key].low) for key in MAIN_ASSUMPTIONS]
    together = one_at_a_time(GOOD, variations)
    for row, (key, value) in enumerate(variations):
        alone = project({**GOOD.values, key: value}, GOOD.edition)
        for company in COMPANIES:
            for name in ("eps_jpy", "alliance_benefit_jpy_bn", "net_tariff_cost_jpy_bn"):
                expected = np.asarray(alone.company[company][name])
                assert np.asarray(together.company[company][name])[row] == pytest.approx(expected, rel=1e-12, abs=1e-12)


def test_more_trucks_than_fit_are_refused() -> None:
    with pytest.raises(CapacityError):
        one_at_a_time(GOOD, [("canton_honda_trucks_kveh", 300.0)])


@pytest.mark.parametrize("preset", ["status_quo", "alliance_good", "alliance_fails", "article"])
@pytest.mark.parametrize("company", COMPANIES)
def test_outcomes_are_the_models_own_values_and_differ_from_the_scenario(preset: str, company: str) -> None:
    scenario = scenario_of_preset(preset)
    first, *others = outcomes(scenario, company)
    whole = project(dict(scenario.values), scenario.edition).once_company["value_per_share_jpy"][company]
    assert (first.key, first.end) == ("", AS_IT_STANDS)
    assert first.value_per_share_jpy == pytest.approx(float(whole), abs=1e-9)
    assert len({(o.key, o.value) for o in others}) == len(others)
    for o in others:
        alone = project({**scenario.values, o.key: o.value}, scenario.edition).once_company["value_per_share_jpy"]
        assert o.value_per_share_jpy == pytest.approx(float(alone[company]), abs=1e-9)
        assert o.value_per_share_jpy != first.value_per_share_jpy


def test_outcomes_of_an_alliance_include_its_failure() -> None:
    ends = {(o.key, o.end) for o in outcomes(GOOD, "honda")}
    assert ("success_probability_share", "fails") in ends
    assert ("platform_saving_jpy_bn", "low") in ends


def test_trucks_in_an_outcome_stop_at_what_canton_can_build() -> None:
    full = moved(scenario_of_preset("status_quo"), canton_base_kveh=380.0)
    (trucks,) = (o for o in outcomes(full, "nissan") if o.key == "canton_honda_trucks_kveh")
    assert trucks.value == 30.0


# ------------------------------------------------------------------ price and earnings


def test_price_earnings_ratio_means_nothing_for_losses_and_for_next_to_no_earnings() -> None:
    assert price_earnings_ratio(1000.0, 50.0) == 20.0
    assert price_earnings_ratio(1000.0, 10.0) == 100.0
    assert price_earnings_ratio(1000.0, 9.9) is None
    assert price_earnings_ratio(1000.0, 0.0) is None
    assert price_earnings_ratio(1000.0, -5.0) is None
