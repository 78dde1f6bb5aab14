"""Where targets are met: every crossing, stretches too, found by a library's root finder; what pays back."""

from dataclasses import replace

import numpy as np
import pytest

from model.analysis.break_even import break_evens, crossings, paybacks, target_break_evens
from model.editions import COMPANIES
from model.links import Scenario, scenario_of_preset
from model.presets import MAIN_PRESETS
from model.projection import Projection, project
from model.registry import ASSUMPTIONS
from model.sweeps import one_at_a_time
from model.targets import NO_LOSS, PAYBACK, REFERENCE_PROFIT, TARGETS, payback_gap, target_gap

LAST = 4
SCENARIO = GOOD = scenario_of_preset("alliance_good")


def moved(scenario: Scenario, **values: float) -> Scenario:
    return replace(scenario, asked={**scenario.asked, **values})


def gap_of(scenario: Scenario, companies: tuple[str, ...] = COMPANIES, year: int = LAST) -> float:
    return float(payback_gap(companies, year)(project(dict(scenario.values), scenario.edition)))


def profit_gap(target_jpy_bn: float, company: str = "nissan"):  # type: ignore[no-untyped-def]
    def gap(projection: Projection) -> np.ndarray:
        return np.asarray(projection.company[company]["operating_profit_jpy_bn"])[:, -1] - target_jpy_bn

    return gap


# ------------------------------------------------------------------ crossings


def test_a_crossing_meets_its_target() -> None:
    (trucks,) = crossings(SCENARIO, "canton_honda_trucks_kveh", profit_gap(300.0))
    there = project({**SCENARIO.values, "canton_honda_trucks_kveh": trucks}, SCENARIO.edition)
    assert np.asarray(there.company["nissan"]["operating_profit_jpy_bn"])[-1] == pytest.approx(300.0, abs=1e-4)


def test_a_target_met_nowhere_has_no_crossing() -> None:
    assert crossings(SCENARIO, "canton_honda_trucks_kveh", profit_gap(9000.0)) == ()


def test_every_crossing_of_a_wave_is_found() -> None:
    def wave(projection: Projection) -> np.ndarray:
        return np.asarray(np.sin(duty_of(projection) / highest * 3 * np.pi + 0.5))

    def duty_of(projection: Projection) -> np.ndarray:
        return np.asarray(projection.company["honda"]["gross_japan_duty_jpy_bn"])[:, -1]

    highest = float(duty_of(one_at_a_time(SCENARIO, [("japan_tariff_share", 0.5)]))[0])
    found = crossings(SCENARIO, "japan_tariff_share", wave, low=0.0, high=0.5)
    assert found == pytest.approx([(n * np.pi - 0.5) / (3 * np.pi) / 2 for n in (1, 2, 3)], rel=1e-6)


STRETCHED = (0.1, 0.3)


def flat_between(projection: Projection) -> np.ndarray:
    """Zero while the duty on cars from Japan lies between those at two rates, and off it on both sides."""
    ends = one_at_a_time(SCENARIO, [("japan_tariff_share", rate) for rate in STRETCHED])
    low, high = np.asarray(ends.company["honda"]["gross_japan_duty_jpy_bn"])[:, -1]
    duty = np.asarray(projection.company["honda"]["gross_japan_duty_jpy_bn"])[:, -1]
    return np.asarray(np.maximum(duty - high, 0.0) - np.maximum(low - duty, 0.0))


def test_a_stretch_on_which_a_target_is_met_is_told_with_both_its_ends() -> None:
    (found,) = break_evens(SCENARIO, flat_between, ("japan_tariff_share",))
    assert len(found.met) == 1
    assert found.met[0] == pytest.approx(STRETCHED, abs=1e-6)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("preset", MAIN_PRESETS)
def test_a_single_run_at_every_break_even_meets_the_target(preset: str, target: str) -> None:
    scenario = scenario_of_preset(preset)
    gap = target_gap(target, COMPANIES, LAST)
    found = target_break_evens(scenario, target, COMPANIES, LAST)
    assert found.keys() == ASSUMPTIONS.keys()
    met = [(one.key, value) for one in found.values() for stretch in one.met for value in stretch]
    for key, value in met[:40]:
        single = gap(project({**scenario.values, key: value}, scenario.edition))
        assert float(single) == pytest.approx(0.0, abs=1e-5), (key, value)
    for one in found.values():
        assert list(one.met) == sorted(one.met)
        assert all(one.looked_in[0] <= value <= one.looked_in[1] for stretch in one.met for value in stretch)


def test_what_meets_a_target_nowhere_never_comes_near_it() -> None:
    found = target_break_evens(GOOD, NO_LOSS, ("honda",), LAST)
    nowhere = [one for one in found.values() if not one.met]
    assert nowhere
    gap = target_gap(NO_LOSS, ("honda",), LAST)
    for one in nowhere:
        gaps = gap(one_at_a_time(GOOD, [(one.key, value) for value in np.linspace(*one.looked_in, 301)]))
        assert (gaps > 0.0).all() or (gaps < 0.0).all()


def test_the_reference_meets_its_own_profit_at_the_value_it_has() -> None:
    scenario = scenario_of_preset("status_quo")
    for one in target_break_evens(scenario, REFERENCE_PROFIT, COMPANIES, LAST).values():
        assert one.gap_now == 0.0
        assert any(low - 1e-6 <= one.now <= high + 1e-6 for low, high in one.met), one


def test_several_crossings_are_all_told() -> None:
    scenario = moved(GOOD, jpy_per_usd=130.0)
    gap = target_gap(PAYBACK, COMPANIES, LAST)

    def squared(projection: Projection) -> np.ndarray:
        return np.asarray((gap(projection) + 100.0) ** 2 - 30.0**2)

    (found,) = break_evens(scenario, squared, ("platform_saving_jpy_bn",))
    assert len(found.met) == 2


def test_a_target_met_over_a_stretch_counts_at_its_lower_end() -> None:
    found = crossings(SCENARIO, "japan_tariff_share", lambda p: np.zeros(len(p.once["canton_output_kveh"])))
    assert found == (0.0,)


# ------------------------------------------------------------------ what would have to be true


@pytest.mark.parametrize("preset", ["status_quo", "alliance_good", "article"])
@pytest.mark.parametrize("companies", [COMPANIES, ("honda",), ("nissan",)], ids=str)
def test_the_ends_of_a_stretch_pay_back_exactly(preset: str, companies: tuple[str, ...]) -> None:
    scenario = scenario_of_preset(preset)
    for p in paybacks(scenario, companies, LAST):
        assert p.gap_now_jpy_bn == pytest.approx(gap_of(scenario, companies), abs=1e-9)
        for start, end in p.met:
            assert gap_of(moved(scenario, **{p.key: (start + end) / 2}), companies) >= -1e-6
            for edge in (start, end):
                if edge not in p.slider:
                    assert gap_of(moved(scenario, **{p.key: edge}), companies) == pytest.approx(0.0, abs=1e-3)
        if not p.met:
            points = np.linspace(*p.slider, 37)
            assert np.all(payback_gap(companies, LAST)(one_at_a_time(scenario, [(p.key, v) for v in points])) < 0.0)


def test_a_platform_saving_beyond_its_plausible_range_pays_back() -> None:
    soon = moved(GOOD, platform_ramp_yr=1.0)
    (platform,) = paybacks(soon, COMPANIES, LAST, ("platform_saving_jpy_bn",))
    ((start, end),) = platform.met
    assert 100.0 < start < end == platform.slider[1]
    assert not platform.met_plausibly


def test_without_duty_everything_is_paid_back() -> None:
    free = moved(
        GOOD, japan_tariff_share=0.0, usmca_tariff_share=0.0, parts_tariff_share=0.0, success_probability_share=1.0
    )
    for p in paybacks(free, COMPANIES, LAST, ("platform_saving_jpy_bn", "integration_cost_jpy_bn")):
        assert p.met == (p.slider,)
        assert p.met_plausibly


def test_an_assumption_that_changes_nothing_says_so() -> None:
    still = {p.key: p.moves for p in paybacks(scenario_of_preset("status_quo"), COMPANIES, LAST)}
    assert not still["transfer_fixed_share"]
    assert still["usmca_tariff_share"]


def test_a_slider_without_room_is_one_value() -> None:
    full = moved(scenario_of_preset("status_quo"), canton_base_kveh=410.0)
    (trucks,) = paybacks(full, COMPANIES, LAST, ("canton_honda_trucks_kveh",))
    assert (trucks.slider, trucks.met, trucks.moves) == ((0.0, 0.0), (), False)
