"""Shapley shares equal the average over every order of the changes, and sum to the whole exactly."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.editions import edition
from model.links import Scenario, scenario_of_preset
from model.measures import BOTH, Measure
from model.presets import MAIN_PRESETS
from model.projection import project, reference_values
from model.registry import ASSUMPTIONS
from model.sampling import fitting
from model.shapley import MOST_ALONE, players, shapley, shapley_shares
from tests.model.scenarios import everything_on, examples

PROFIT = Measure("operating_profit_jpy_bn", BOTH, 4)


def by_every_order(value_of, count: int) -> np.ndarray:  # type: ignore[no-untyped-def]
    """What each player brings, averaged over all orders in which they may come."""
    shares = np.zeros(count)
    orders = list(permutations(range(count)))
    for order in orders:
        before = 0
        for player in order:
            shares[player] += value_of(before | 1 << player) - value_of(before)
            before |= 1 << player
    return shares / len(orders)


@given(st.integers(1, 5).flatmap(lambda n: st.lists(st.floats(-1e3, 1e3), min_size=2**n, max_size=2**n)))
@examples(40)
def test_shares_of_any_game_are_the_average_over_every_order(values: list[float]) -> None:
    count = len(values).bit_length() - 1
    found = shapley_shares(np.array(values))
    assert found == pytest.approx(by_every_order(values.__getitem__, count), rel=1e-9, abs=1e-9)
    assert found.sum() == pytest.approx(values[-1] - values[0], rel=1e-9, abs=1e-9)


def test_a_known_game_has_its_known_shares() -> None:
    # Two left gloves and one right glove: a pair is worth 1.
    values = np.array([0, 0, 0, 0, 0, 1, 1, 1], dtype=float)
    assert shapley_shares(values) == pytest.approx([1 / 6, 1 / 6, 4 / 6])


@pytest.mark.parametrize("preset", ["article", "alliance_good"])
def test_shares_of_a_preset_equal_single_runs_over_every_order(preset: str) -> None:
    scenario = scenario_of_preset(preset)
    keys = list(scenario.changed())[:4]
    few = Scenario(
        scenario.edition, preset, {**edition(scenario.edition).defaults} | {k: scenario.values[k] for k in keys}
    )
    defaults = edition(few.edition).defaults

    def value_of(subset: int) -> float:
        values = dict(defaults) | {key: few.values[key] for i, key in enumerate(keys) if subset >> i & 1}
        return float(PROFIT.of(project(values, few.edition)))

    found = shapley(few, PROFIT)
    assert [share.name for share in found.shares] == list(few.changed())
    order = [keys.index(share.name) for share in found.shares]
    expected = by_every_order(value_of, len(keys))
    assert [share.share for share in found.shares] == pytest.approx([expected[i] for i in order], abs=1e-9)
    whole = 2 ** len(keys) - 1
    for share, i in zip(found.shares, order, strict=True):
        assert share.alone == pytest.approx(value_of(1 << i) - value_of(0), abs=1e-9)
        assert share.last == pytest.approx(value_of(whole) - value_of(whole & ~(1 << i)), abs=1e-9)


@pytest.mark.parametrize("preset", MAIN_PRESETS)
@pytest.mark.parametrize(
    "measure", [PROFIT, Measure("eps_jpy", "honda", 2), Measure("canton_utilisation_share", "", 4)], ids=str
)
def test_shares_sum_exactly_to_the_difference(preset: str, measure: Measure) -> None:
    scenario = scenario_of_preset(preset)
    found = shapley(scenario, measure)
    now = float(measure.of(project(scenario.values, scenario.edition)))
    assert found.scenario == pytest.approx(now, rel=1e-13)
    assert sum(s.share for s in found.shares) == pytest.approx(found.scenario - found.reference, rel=1e-12, abs=1e-9)
    assert sum(s.interaction for s in found.shares) == pytest.approx(found.interaction, rel=1e-9, abs=1e-9)


def test_changes_that_do_not_act_on_each_other_have_no_interaction() -> None:
    values = {
        **scenario_of_preset("status_quo", "2026-05").values,
        "honda_drift_jpy_bn": 10.0,
        "nissan_drift_jpy_bn": -5.0,
    }
    found = shapley(Scenario("2026-05", "status_quo", values), PROFIT)
    assert found.interaction == pytest.approx(0.0, abs=1e-9)
    assert {s.name: s.share for s in found.shares} == pytest.approx(
        {"honda_drift_jpy_bn": 40.0, "nissan_drift_jpy_bn": -20.0}
    )


def test_many_changes_are_taken_by_group_and_still_sum() -> None:
    scenario = Scenario("2026-05", "alliance_good", everything_on("2026-05"))
    assert len(scenario.changed()) > MOST_ALONE
    found = shapley(scenario, PROFIT)
    assert found.by_group
    assert {share.name for share in found.shares} == {ASSUMPTIONS[key].group for key in scenario.changed()}
    assert {key for share in found.shares for key in share.keys} == scenario.changed().keys()
    assert sum(s.share for s in found.shares) == pytest.approx(found.scenario - found.reference, abs=1e-9)
    assert not shapley(scenario, PROFIT, most_alone=20).by_group


def test_nothing_changed_has_no_shares() -> None:
    found = shapley(scenario_of_preset("status_quo"), PROFIT)
    assert found.shares == ()
    assert found.reference == found.scenario
    assert players(scenario_of_preset("status_quo")) == {}


def test_subsets_that_canton_could_not_build_are_brought_to_what_fits() -> None:
    values = dict(scenario_of_preset("status_quo", "2026-05").values)
    values |= {"canton_capacity_kveh": 450.0, "canton_base_kveh": 300.0, "canton_honda_trucks_kveh": 150.0}
    found = shapley(Scenario("2026-05", "status_quo", values), PROFIT)
    trucks = next(s for s in found.shares if s.name == "canton_honda_trucks_kveh")
    own = reference_values(values, "2026-05")  # capacity and base are estimates
    alone = fitting({**own, "canton_honda_trucks_kveh": 150.0})
    start = project(own, "2026-05")
    assert trucks.alone == pytest.approx(float(PROFIT.of(project(alone)) - PROFIT.of(start)), abs=1e-9)
