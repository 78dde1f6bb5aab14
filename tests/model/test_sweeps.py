"""Sweeps equal single runs; crossings meet their target; levers are runs at the ends of the plausible ranges."""

import numpy as np
import pytest

from model.links import scenario_of_preset
from model.projection import Projection, project
from model.registry import ASSUMPTIONS
from model.sweeps import crossings, feasible_range, levers, sweep

SCENARIO = scenario_of_preset("alliance_good")


def profit_gap(target_jpy_bn: float, company: str = "nissan"):  # type: ignore[no-untyped-def]
    def gap(projection: Projection) -> np.ndarray:
        return np.asarray(projection.company[company]["operating_profit_jpy_bn"])[:, -1] - target_jpy_bn

    return gap


def test_a_sweep_equals_single_runs() -> None:
    points = np.array([0.0, 0.1, 0.5])
    swept = sweep(SCENARIO, "usmca_tariff_share", points)
    for i, point in enumerate(points):
        single = project({**SCENARIO.values, "usmca_tariff_share": float(point)}, SCENARIO.edition)
        for name, values in single.company["honda"].items():
            assert np.asarray(swept.company["honda"][name])[i] == pytest.approx(np.asarray(values), abs=1e-9)


def test_a_crossing_meets_its_target() -> None:
    (trucks,) = crossings(SCENARIO, "canton_honda_trucks_kveh", profit_gap(300.0))
    there = project({**SCENARIO.values, "canton_honda_trucks_kveh": trucks}, SCENARIO.edition)
    assert np.asarray(there.company["nissan"]["operating_profit_jpy_bn"])[-1] == pytest.approx(300.0, abs=1e-4)


def test_a_target_met_nowhere_has_no_crossing() -> None:
    assert crossings(SCENARIO, "canton_honda_trucks_kveh", profit_gap(9000.0)) == ()


def test_every_crossing_of_a_wave_is_found() -> None:
    def wave(projection: Projection) -> np.ndarray:
        rate = np.asarray(projection.company["honda"]["gross_japan_duty_jpy_bn"])[:, -1]
        return np.asarray(np.sin(rate / rate.max() * 3 * np.pi + 0.5)) if rate.max() > 1 else np.ones_like(rate)

    assert len(crossings(SCENARIO, "japan_tariff_share", wave, low=0.0, high=0.5)) == 3


def test_a_target_met_over_a_stretch_counts_at_its_lower_end() -> None:
    found = crossings(SCENARIO, "japan_tariff_share", lambda p: np.zeros(len(p.once["canton_output_kveh"])))
    assert found == (0.0,)


def test_the_range_of_canton_is_what_it_can_build() -> None:
    assert feasible_range(SCENARIO, "canton_honda_trucks_kveh") == (0.0, 200.0)
    assert feasible_range(SCENARIO, "canton_base_kveh") == (50.0, 310.0)
    assert feasible_range(SCENARIO, "canton_capacity_kveh") == (310.0, 500.0)


def test_levers_are_single_runs_at_the_ends_in_order_of_reach() -> None:
    found = levers(SCENARIO, 4)
    assert {lever.key for lever in found} == ASSUMPTIONS.keys()
    assert [lever.reach_jpy_bn for lever in found] == sorted((lever.reach_jpy_bn for lever in found), reverse=True)
    base = project(SCENARIO.values, SCENARIO.edition)
    for lever in found[:5]:
        for value, change in ((lever.low, lever.low_jpy_bn), (lever.high, lever.high_jpy_bn)):
            there = project({**SCENARIO.values, lever.key: value}, SCENARIO.edition)
            moved = sum(
                float(np.asarray(p.company[c]["operating_profit_jpy_bn"])[4]) * sign
                for c in ("honda", "nissan")
                for p, sign in ((there, 1), (base, -1))
            )
            assert change == pytest.approx(moved, abs=1e-9)
