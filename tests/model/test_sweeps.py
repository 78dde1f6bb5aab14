"""Sweeps, swings and maps equal single runs of the model."""

from dataclasses import replace

import numpy as np
import pytest

from model.links import scenario_of_preset
from model.measures import BOTH, Measure
from model.projection import project
from model.registry import ASSUMPTIONS
from model.sweeps import feasible_range, map_of, sweep, swings

SCENARIO = scenario_of_preset("alliance_good")
PROFIT = Measure("operating_profit_jpy_bn", BOTH, 4)


def test_a_sweep_equals_single_runs() -> None:
    points = np.array([0.0, 0.1, 0.5])
    swept = sweep(SCENARIO, "usmca_tariff_share", points)
    for i, point in enumerate(points):
        single = project({**SCENARIO.values, "usmca_tariff_share": float(point)}, SCENARIO.edition)
        for name, values in single.company["honda"].items():
            assert np.asarray(swept.company["honda"][name])[i] == pytest.approx(np.asarray(values), abs=1e-9)


def test_the_range_of_canton_is_what_it_can_build() -> None:
    assert feasible_range(SCENARIO, "canton_honda_trucks_kveh") == (0.0, 200.0)
    assert feasible_range(SCENARIO, "canton_base_kveh") == (50.0, 310.0)
    assert feasible_range(SCENARIO, "canton_capacity_kveh") == (310.0, 500.0)


@pytest.mark.parametrize(
    "measure",
    [
        Measure("operating_profit_jpy_bn", BOTH, 4),
        Measure("operating_margin_share", BOTH, 2),
        Measure("eps_jpy", "nissan", 0),
        Measure("alliance_npv_jpy_bn", BOTH, 4),
        Measure("plant_utilisation_share", "", 1),
        Measure("canton_break_even_gap_kveh", "", 4),
    ],
    ids=str,
)
def test_ends_of_a_swing_are_single_runs_and_the_farthest_reaching_come_first(measure: Measure) -> None:
    found = swings(SCENARIO, measure, {"jpy_per_usd": (120.0, 150.0)})
    assert {swing.key for swing in found} == ASSUMPTIONS.keys()
    assert [swing.reach for swing in found] == sorted((swing.reach for swing in found), reverse=True)
    (yen,) = (swing for swing in found if swing.key == "jpy_per_usd")
    assert (yen.low, yen.high) == (120.0, 150.0)
    for swing in [*found[:4], yen]:
        for value, result in ((swing.low, swing.at_low), (swing.high, swing.at_high)):
            there = project({**SCENARIO.values, swing.key: value}, SCENARIO.edition)
            assert result == pytest.approx(float(measure.of(there)), rel=1e-12, abs=1e-9)
        assert swing.now == float(measure.of(project(SCENARIO.values, SCENARIO.edition)))


def test_an_end_that_canton_could_not_build_is_what_it_can() -> None:
    full = scenario_of_preset("status_quo")
    tight = replace(full, asked={**full.asked, "canton_base_kveh": 380.0})
    (trucks,) = (s for s in swings(tight, PROFIT) if s.key == "canton_honda_trucks_kveh")
    assert (trucks.low, trucks.high) == (0.0, 30.0)


def test_cells_of_a_map_are_single_runs() -> None:
    across, up = np.linspace(0.0, 0.5, 7), np.linspace(80.0, 220.0, 5)
    found = map_of(SCENARIO, "japan_tariff_share", "jpy_per_usd", across, up)
    values = found.values(PROFIT.of(found.projection))
    for row, col in ((0, 0), (2, 3), (4, 6)):
        moved = {**SCENARIO.values, "japan_tariff_share": across[col], "jpy_per_usd": up[row]}
        assert values[row, col] == pytest.approx(float(PROFIT.of(project(moved, SCENARIO.edition))), rel=1e-12)


def test_a_map_leaves_out_what_canton_cannot_build() -> None:
    trucks, base = np.linspace(0.0, 300.0, 7), np.linspace(50.0, 450.0, 9)
    found = map_of(SCENARIO, "canton_honda_trucks_kveh", "canton_base_kveh", trucks, base)
    expected = base[:, np.newaxis] + trucks <= SCENARIO.values["canton_capacity_kveh"]
    assert (found.fits == expected).all()
    assert (np.isnan(found.values(PROFIT.of(found.projection))) == ~expected).all()


def test_a_map_needs_two_assumptions_and_a_cell_that_fits() -> None:
    with pytest.raises(ValueError, match="two assumptions"):
        map_of(SCENARIO, "jpy_per_usd", "jpy_per_usd", np.ones(2), np.ones(2))
    with pytest.raises(ValueError, match="no cell"):
        map_of(SCENARIO, "canton_honda_trucks_kveh", "jpy_per_usd", np.array([290.0, 300.0]), np.array([150.0]))


def test_outputs_of_both_are_sums_margins_of_both_are_of_the_sums_and_shares_cannot_be_added() -> None:
    world = project(SCENARIO.values, SCENARIO.edition)
    profit, revenue = (
        sum(np.asarray(world.company[c][name])[2] for c in ("honda", "nissan"))
        for name in ("operating_profit_jpy_bn", "revenue_jpy_bn")
    )
    assert float(Measure("operating_profit_jpy_bn", BOTH, 2).of(world)) == pytest.approx(profit, rel=1e-14)
    assert float(Measure("operating_margin_share", BOTH, 2).of(world)) == pytest.approx(profit / revenue, rel=1e-14)
    with pytest.raises(ValueError, match="cannot be added"):
        Measure("eps_jpy", BOTH, 2)
