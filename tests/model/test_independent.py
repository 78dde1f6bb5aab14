"""The model agrees with a second implementation of its description, on every output."""

import random
from collections.abc import Mapping

import pytest

from model.editions import edition
from model.outputs import OUTPUTS
from model.presets import PRESETS, preset_values
from model.projection import project
from model.registry import ASSUMPTIONS
from tests.model.independent import Results, compute
from tests.model.scenarios import EDITIONS, TARIFFS, fitted, flat, hard_bounds, plausible_range

SCENARIOS = 500
WITHIN_HARD_BOUNDS = 0.3
"""Part of the scenarios that leave plausible ranges."""


def drawn(seed: int) -> tuple[str, dict[str, float]]:
    """A scenario in which half of the assumptions moved, and now and then one to an end of its range."""
    rng = random.Random(seed)
    bounds = hard_bounds if rng.random() < WITHIN_HARD_BOUNDS else plausible_range
    edition_name = EDITIONS[seed % len(EDITIONS)]
    moved = {}
    for key, assumption in ASSUMPTIONS.items():
        if rng.random() < 0.5:
            low, high = bounds(assumption)
            moved[key] = rng.choice([low, high]) if rng.random() < 0.2 else rng.uniform(low, high)
    return edition_name, fitted(moved, edition_name)


def by_name(results: Results) -> dict[str, list[float]]:
    found = {f"{c}.{name}": years for c, by in results.company.items() for name, years in by.items()}
    found |= results.plant
    found |= {name: [value] for name, value in results.once.items()}
    return found | {f"{c}.{name}": [value] for name, by in results.once_company.items() for c, value in by.items()}


def assert_agree(values: Mapping[str, float], edition_name: str) -> None:
    expected = by_name(compute(values, edition_name))
    found = flat(project(values, edition_name))
    assert found.keys() == expected.keys()
    wrong = [
        (name, found[name].tolist(), expected[name])
        for name in expected
        if found[name].reshape(-1).tolist() != pytest.approx(expected[name], rel=1e-9, abs=1e-9)
    ]
    assert not wrong


@pytest.mark.parametrize("edition_name", EDITIONS)
@pytest.mark.parametrize("preset", PRESETS)
def test_a_second_implementation_agrees_on_every_preset(preset: str, edition_name: str) -> None:
    assert_agree(preset_values(preset, edition_name), edition_name)


@pytest.mark.parametrize("block", range(10))
def test_a_second_implementation_agrees_on_random_scenarios(block: int) -> None:
    for seed in range(block, SCENARIOS, 10):
        edition_name, values = drawn(seed)
        assert_agree(values, edition_name)


@pytest.mark.parametrize("edition_name", EDITIONS)
def test_a_second_implementation_agrees_where_no_tariff_is_left_not_even_the_ordinary_one(edition_name: str) -> None:
    """A rate below the ordinary duty adds less than nothing: own measures then have nothing to take off."""
    none = dict.fromkeys(TARIFFS, 0.0)
    moved = {**none, "honda_own_measures_jpy_bn": 30.0, "nissan_own_measures_jpy_bn": 30.0, "pass_through_share": 0.5}
    assert_agree(moved, edition_name)
    assert_agree({**drawn(1)[1], **moved}, edition_name)


def test_the_second_implementation_gives_every_output() -> None:
    results = compute({}, EDITIONS[-1])
    names = {*results.company["honda"], *results.plant, *results.once, *results.once_company}
    assert names == set(OUTPUTS)
    assert results.company["honda"].keys() == results.company["nissan"].keys()


def test_the_random_scenarios_reach_both_sides_of_every_limit() -> None:
    """Where a minimum or a maximum takes over, some scenario is on either side of it."""
    seen: dict[str, set[bool]] = {}
    for seed in range(SCENARIOS):
        edition_name, v = drawn(seed)
        world = project(v, edition_name)
        for company in ("honda", "nissan"):
            out = {name: values[-1] for name, values in world.company[company].items()}
            limits = {
                "offset beyond the duty": out["gross_parts_duty_jpy_bn"] == 0.0,
                "own measures beyond the duty": out["net_tariff_cost_jpy_bn"] == 0.0,
                "no room for moved cars": out["unplaced_kveh"] > 0.0,
                "prices moved": out["price_rise_usd"] != 0.0,
            }
            for limit, reached in limits.items():
                seen.setdefault(f"{company}: {limit}", set()).add(bool(reached))
        replaced = v["canton_honda_trucks_kveh"] * v["ridgeline_replaced_share"]
        limits = {
            "all Ridgelines replaced": replaced > edition(edition_name).facts["ridgeline_sales_kveh"],
            "trucks": v["canton_honda_trucks_kveh"] > 0.0,
            "first truck after the horizon": v["canton_start_yr"] + v["alliance_delay_yr"] > 5.0,
            "too late to pay tooling in time": v["canton_start_yr"] + v["alliance_delay_yr"] < v["tooling_lead_yr"],
            "software begun before the first year": v["software_start_yr"] < v["software_work_yr"],
            "rates change after the first year": v["tariff_start_months"] + v["stock_months"] > 12.0,
            "canton full": world.once["canton_utilisation_share"] > 0.999999,
        }
        for limit, reached in limits.items():
            seen.setdefault(limit, set()).add(bool(reached))
    assert not {limit: sides for limit, sides in seen.items() if len(sides) < 2}
