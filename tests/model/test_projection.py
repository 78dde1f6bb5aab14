"""One code path for one scenario and for many: arrays equal floats, every input counts, nothing breaks."""

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from model.editions import DEFAULT_EDITION, edition
from model.outputs import OUTPUTS
from model.presets import preset_values
from model.projection import CapacityError, check_capacity, project, reference
from model.registry import ASSUMPTIONS
from model.sampling import fitting
from tests.model.scenarios import (
    COMPANIES,
    EDITIONS,
    YEARS,
    draws,
    everything_on,
    examples,
    fitted,
    flat,
    hard_bounds,
    of,
    plausible_range,
    scenarios,
)

pick_edition = pytest.mark.parametrize("edition_name", EDITIONS)


@st.composite
def stacks(draw: st.DrawFn) -> tuple[str, list[dict[str, float]]]:
    edition_name = draw(st.sampled_from(EDITIONS))
    return edition_name, draw(st.lists(scenarios(edition_name), min_size=1, max_size=4))


def assert_draws_equal_singles(
    stacked: Mapping[str, float | NDArray[np.float64]], edition_name: str, count: int
) -> None:
    many = flat(project(stacked, edition_name))
    for i in range(count):
        one = {key: float(v[i]) if isinstance(v, np.ndarray) else v for key, v in stacked.items()}
        for name, value in flat(project(one, edition_name)).items():
            assert many[name][i] == pytest.approx(value, rel=1e-9, abs=1e-9), (name, one)


@given(stacks())
@examples(30)
def test_arrays_equal_floats(case: tuple[str, list[dict[str, float]]]) -> None:
    """Assumptions that all draws share stay floats, the others become arrays."""
    edition_name, singles = case
    stacked = {}
    for key in ASSUMPTIONS:
        column = [single[key] for single in singles]
        stacked[key] = column[0] if len(singles) > 1 and len(set(column)) == 1 else np.array(column)
    if any(isinstance(v, np.ndarray) for v in stacked.values()):
        assert_draws_equal_singles(stacked, edition_name, len(singles))


@pick_edition
@pytest.mark.parametrize("corners", [False, True])
def test_arrays_of_everything_equal_floats(edition_name: str, corners: bool) -> None:
    stacked = draws(np.random.default_rng(11), 25, hard_bounds, corners)
    assert_draws_equal_singles(stacked, edition_name, 25)


def test_one_array_gives_every_output_its_draws() -> None:
    world = project({"jpy_per_usd": np.array([140.0, 150.0, 160.0])}, DEFAULT_EDITION)
    for name, values in flat(world).items():
        assert values.shape == (
            (3,) if OUTPUTS[name.partition(".")[2] or name].scope.startswith("once") else (3, YEARS)
        )


def test_one_scenario_gives_years_and_single_numbers() -> None:
    world = project({}, DEFAULT_EDITION)
    assert all(np.shape(v) == (YEARS,) for by in world.company.values() for v in by.values())
    assert all(np.shape(v) == (YEARS,) for v in world.plant.values())
    assert all(isinstance(v, float) for v in world.once.values())
    assert all(isinstance(v, float) for by in world.once_company.values() for v in by.values())


def other_value(key: str, value: float) -> float:
    a = ASSUMPTIONS[key]
    return a.high if a.high != value else a.low


@pick_edition
@pytest.mark.parametrize("key", ASSUMPTIONS)
def test_every_assumption_moves_an_output(key: str, edition_name: str) -> None:
    """With a tariff and the yen moved too, for those that say when or how much that matters.

    Trucks start late enough that tooling may be paid sooner or later. A share of what an edition's surcharge does not
    charge moves nothing.
    """
    late = {"canton_start_yr": 3.0}
    start = {**everything_on(edition_name), **late, "japan_tariff_share": 0.2, "jpy_per_usd": 155.0}
    if edition(edition_name).facts["surcharge_share"] == 0.0 and key == "other_surcharged_share":
        return
    moved = fitted({**start, key: other_value(key, start[key])}, edition_name)
    assert moved[key] != start[key]
    before, after = flat(project(start, edition_name)), flat(project(moved, edition_name))
    assert any(not np.array_equal(before[name], after[name]) for name in before), f"{key} moves nothing"


@pick_edition
def test_every_output_moves(edition_name: str) -> None:
    """No dead output: each one answers to something."""
    still = flat(reference(edition_name))
    moved = draws(np.random.default_rng(5), 50, hard_bounds)
    for name, values in flat(project(moved, edition_name)).items():
        moves = not np.allclose(values, still[name])
        assert moves != (name in NEVER_MOVE), f"{name} {'moves' if moves else 'never moves'}"


HONDA_ONLY = (
    "gross_other_duty_jpy_bn",
    "net_other_duty_jpy_bn",
    "other_duty_effect_jpy_bn",
    "refund_effect_jpy_bn",
    "freed_lines_effect_jpy_bn",
    "extra_trucks_effect_jpy_bn",
    "tooling_effect_jpy_bn",
)
NEVER_MOVE = {*(f"nissan.{name}" for name in HONDA_ONLY), "honda.planning_gap_effect_jpy_bn"}


def assert_finite(values: Mapping[str, float | NDArray[np.float64]], edition_name: str) -> None:
    for name, output in flat(project(values, edition_name)).items():
        assert np.isfinite(output).all(), f"{name} is not finite"


@pick_edition
@pytest.mark.parametrize("start", ["status_quo", "everything_on"])
def test_every_output_is_finite_at_both_ends_of_every_slider(start: str, edition_name: str) -> None:
    base = everything_on(edition_name) if start == "everything_on" else preset_values(start, edition_name)
    ends = [(key, end) for key, a in ASSUMPTIONS.items() for end in (a.minimum, a.maximum)]
    stacked = {key: np.full(len(ends), value) for key, value in base.items()}
    for row, (key, end) in enumerate(ends):
        stacked[key][row] = end
    assert_finite(fitting(stacked), edition_name)


@given(st.sampled_from(EDITIONS), st.permutations(list(ASSUMPTIONS)), st.tuples(st.booleans(), st.booleans()))
@examples(40)
def test_every_output_is_finite_where_two_sliders_are_at_their_ends(
    edition_name: str, keys: list[str], ends: tuple[bool, bool]
) -> None:
    pair = {k: ASSUMPTIONS[k].maximum if end else ASSUMPTIONS[k].minimum for k, end in zip(keys[:2], ends, strict=True)}
    assert_finite(fitted({**everything_on(edition_name), **pair}, edition_name), edition_name)


@pick_edition
def test_every_output_is_finite_where_every_slider_is_at_an_end(edition_name: str) -> None:
    assert_finite(draws(np.random.default_rng(7), 5000, hard_bounds, corners=True), edition_name)


@pick_edition
@pytest.mark.parametrize("corners", [False, True])
def test_volumes_and_duties_are_never_negative(edition_name: str, corners: bool) -> None:
    """Where cars from Japan pay at least the ordinary duty; what a tariff adds is below zero where they pay less."""
    many = draws(np.random.default_rng(8), 5000, hard_bounds, corners)
    ordinary = edition(edition_name).facts["ordinary_car_duty_share"]
    many["japan_tariff_share"] = np.maximum(many["japan_tariff_share"], ordinary)
    world = project(many, edition_name)
    for name, output in flat(world).items():
        plain = name.partition(".")[2] or name
        if plain.endswith(("_kveh", "_duty_jpy_bn", "_tariff_cost_jpy_bn", "_usd_per_vehicle")) and "gap" not in plain:
            assert output.min() >= -1e-9, f"{name} falls to {output.min()}"


def test_below_the_ordinary_duty_cars_from_japan_pay_less_than_nothing_added_and_nothing_else_does() -> None:
    many = draws(np.random.default_rng(8), 2000, hard_bounds)
    world = project(
        {**many, "japan_tariff_share": 0.0, "tariff_start_months": 0.0, "stock_months": 0.0}, DEFAULT_EDITION
    )
    for company in COMPANIES:
        assert of(world, company, "gross_japan_duty_jpy_bn").max() <= 0.0
        assert of(world, company, "japan_duty_usd_per_vehicle").max() < 0.0
        for line in ("usmca", "parts", "materials", "other"):
            assert of(world, company, f"gross_{line}_duty_jpy_bn").min() >= 0.0


@pick_edition
def test_canton_never_builds_more_than_its_capacity(edition_name: str) -> None:
    many = draws(np.random.default_rng(9), 5000, hard_bounds, corners=True)
    assert np.asarray(project(many, edition_name).once["canton_utilisation_share"]).max() <= 1.0 + 1e-12


@pick_edition
def test_outputs_are_exactly_those_declared(edition_name: str) -> None:
    world = project(everything_on(edition_name), edition_name)
    declared = {
        scope: [o.name for o in OUTPUTS.values() if o.scope == scope]
        for scope in ("company", "plant", "once", "once_company")
    }
    for company in COMPANIES:
        assert sorted(world.company[company]) == sorted(declared["company"])
    assert sorted(world.plant) == sorted(declared["plant"])
    assert sorted(world.once) == sorted(declared["once"])
    assert sorted(world.once_company) == sorted(declared["once_company"])
    assert all(sorted(by) == list(COMPANIES) for by in world.once_company.values())


def test_single_outputs_are_those_of_the_last_year_where_all_trucks_are_built_in_it() -> None:
    world = project({**everything_on("2026-11"), "canton_start_yr": 2.0, "canton_ramp_yr": 2.0}, DEFAULT_EDITION)
    for name in ("output_kveh", "utilisation_share", "fixed_cost_usd_per_vehicle", "break_even_gap_kveh"):
        assert world.once[f"canton_{name}"] == np.asarray(world.plant[f"plant_{name}"])[-1]


@pytest.mark.parametrize("values", [{"no_such_key": 1.0}, {"jpy_per_usd": 150.0, "__proto__": 1.0}])
def test_an_unknown_assumption_is_refused_by_name(values: dict[str, float]) -> None:
    with pytest.raises(KeyError, match=r"unknown assumption (no_such_key|__proto__)"):
        project(values, DEFAULT_EDITION)


def test_an_unknown_edition_is_refused_by_name() -> None:
    with pytest.raises(KeyError, match="1999-01"):
        project({}, "1999-01")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (
            {"canton_honda_trucks_kveh": 250.0},
            "would build 460 thousand cars a year, its capacity is 410 thousand: there is room for 200 thousand trucks",
        ),
        (
            {"canton_base_kveh": 430.0},
            "would build 430 thousand cars a year, its capacity is 410 thousand: there is room for 0 thousand trucks",
        ),
        (
            {"canton_honda_trucks_kveh": np.array([100.0, 230.0, 290.0, 210.0])},
            "would build 500 thousand cars a year, its capacity is 410 thousand: there is room for 200 thousand trucks",
        ),
        (
            {"canton_capacity_kveh": np.array([400.0, 250.0]), "canton_honda_trucks_kveh": 50.0},
            "would build 260 thousand cars a year, its capacity is 250 thousand: there is room for 40 thousand trucks",
        ),
    ],
)
def test_more_than_canton_can_build_is_refused_naming_asked_capacity_and_room(
    values: dict[str, float], message: str
) -> None:
    with pytest.raises(CapacityError, match=message) as refused:
        project(values, DEFAULT_EDITION)
    assert refused.value.room_kveh >= 0.0


def test_a_full_canton_is_accepted() -> None:
    assert project({"canton_honda_trucks_kveh": 200.0}, DEFAULT_EDITION).once["canton_utilisation_share"] == 1.0


@given(capacity=st.floats(250, 500), base=st.floats(50, 450), trucks=st.floats(0, 300))
@examples(200)
def test_a_plant_filled_exactly_is_accepted_whatever_the_rounding(capacity: float, base: float, trucks: float) -> None:
    names = ("canton_capacity_kveh", "canton_base_kveh", "canton_honda_trucks_kveh")
    base = min(base, capacity)
    for filled in (
        (capacity, base, capacity - base),
        (capacity, capacity - trucks, trucks),
        (base + trucks, base, trucks),
    ):
        check_capacity(dict(zip(names, filled, strict=True)))


@pytest.mark.parametrize("many", [False, True])
def test_results_neither_change_nor_share_memory_with_inputs(many: bool) -> None:
    if many:
        inputs = draws(np.random.default_rng(3), 20, plausible_range)
        copies = {key: value.copy() for key, value in inputs.items()}
    else:
        inputs = copies = everything_on("2026-11")
        copies = dict(inputs)
    results = flat(project(inputs, DEFAULT_EDITION))
    assert inputs.keys() == copies.keys()
    for key, value in inputs.items():
        assert np.array_equal(value, copies[key]), key
        if many:
            assert not any(np.shares_memory(value, result) for result in results.values()), key


def test_a_result_that_others_may_share_cannot_be_changed() -> None:
    for world in (
        reference(DEFAULT_EDITION),
        project({"jpy_per_usd": 150.0}, DEFAULT_EDITION),
        project({"jpy_per_usd": np.array([150.0, 160.0])}, DEFAULT_EDITION),
    ):
        for by in (*world.company.values(), world.plant):
            for name, values in by.items():
                with pytest.raises(ValueError, match="read-only"):
                    np.asarray(values)[...] = 0.0
                assert name in OUTPUTS


def test_the_same_scenario_gives_the_same_numbers_again() -> None:
    values = everything_on("2026-11")
    first = {name: value.copy() for name, value in flat(project(values, DEFAULT_EDITION)).items()}
    project(draws(np.random.default_rng(2), 30, hard_bounds), DEFAULT_EDITION)
    for name, value in flat(project(values, DEFAULT_EDITION)).items():
        assert np.array_equal(first[name], value), name


def test_values_are_projected_on_the_edition_that_is_named_and_on_none_by_itself() -> None:
    """Values of one edition on the facts of another are a scenario that nobody meant."""
    with pytest.raises(TypeError, match="edition_name"):
        project({})  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="edition_name"):
        reference()
