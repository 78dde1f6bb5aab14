"""Draws are single runs of the model, come from their seed alone, and follow the distributions that are stated."""

import zlib

import numpy as np
import pytest

from model import sampling as sampling_module
from model.links import Scenario, fit_capacity, scenario_of_preset
from model.measures import BOTH, Measure
from model.projection import project
from model.registry import ASSUMPTIONS, EVENT, GROUPS, HELD, TRIANGULAR, UNIFORM
from model.sampling import (
    BASE,
    CAPACITY,
    CHUNK_DRAWS,
    STAYS_SHARE,
    TRUCKS,
    Sampling,
    chunk,
    chunks,
    drawn_about,
    drawn_range,
    drawn_values,
    fitting,
    pulls,
    uniforms,
)
from tests.model.scenarios import flat

GOOD = scenario_of_preset("alliance_good")
QUO = scenario_of_preset("status_quo")
PROFIT = Measure("operating_profit_jpy_bn", BOTH, 4)
MANY = 20_000
FIRST_CHANCES = [0.8229327524188764, 0.30227515954748796]


def moved(scenario: Scenario, **values: float) -> Scenario:
    return Scenario(scenario.edition, scenario.preset, {**scenario.values, **values})


def profits(sampling: Sampling, draws: int) -> np.ndarray:
    return np.concatenate([PROFIT.by_year(c.projection) for c in chunks(sampling, draws)])


def column(sampling: Sampling, key: str, draws: int = MANY) -> np.ndarray:
    return np.asarray(drawn_values(sampling, uniforms(sampling.seed, 0, draws))[key])


def test_each_assumption_draws_from_a_stream_of_its_own() -> None:
    chances = uniforms(7, 3, 2)
    for number, key in enumerate(ASSUMPTIONS):
        bits = np.random.Philox(key=(zlib.crc32(key.encode()) << 64) + 7, counter=3 << 128)
        assert (chances[:, number] == np.random.Generator(bits).random(2)).all()
    # Fixed for these versions of numpy and of the model: whoever opens a link draws what its sender drew.
    assert uniforms(7, 3, 1)[0, :2].tolist() == FIRST_CHANCES


def test_no_two_assumptions_have_the_same_stream() -> None:
    assert len({zlib.crc32(key.encode()) for key in ASSUMPTIONS}) == len(ASSUMPTIONS)


def test_a_new_assumption_moves_no_old_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    before = dict(zip(ASSUMPTIONS, uniforms(5, 0, 10).T, strict=True))
    one = next(iter(ASSUMPTIONS.values()))
    monkeypatch.setattr(sampling_module, "ASSUMPTIONS", {"brand_new_share": one, **ASSUMPTIONS})
    after = dict(zip(("brand_new_share", *ASSUMPTIONS), uniforms(5, 0, 10).T, strict=True))
    assert all((after[key] == chances).all() for key, chances in before.items())


@pytest.mark.parametrize("preset", ["status_quo", "alliance_good", "article"])
def test_every_draw_is_a_single_run(preset: str) -> None:
    sampling = Sampling(scenario_of_preset(preset), 11)
    found = flat(chunk(sampling, 1, 20).projection)
    values = fitting(drawn_values(sampling, uniforms(11, 1, 20)))
    for row in (0, 7, 19):
        one = {key: float(np.broadcast_to(value, 20)[row]) for key, value in values.items()}
        for name, expected in flat(project(one, sampling.scenario.edition)).items():
            assert found[name][row] == pytest.approx(expected, rel=1e-11, abs=1e-9), name


def test_the_same_seed_gives_the_same_draws_and_another_seed_others() -> None:
    first, again, other = (profits(Sampling(GOOD, seed), 3_000) for seed in (1, 1, 2))
    assert (first == again).all()
    assert (first != other).any(axis=1).all()


def test_fewer_draws_are_the_first_of_more() -> None:
    some, more = (profits(Sampling(GOOD, 5), draws) for draws in (CHUNK_DRAWS + 100, 2 * CHUNK_DRAWS + 1))
    assert (more[: len(some)] == some).all()


def test_draws_go_on_where_they_stopped() -> None:
    whole = list(chunks(Sampling(GOOD, 5), 3 * CHUNK_DRAWS))
    rest = list(chunks(Sampling(GOOD, 5), 3 * CHUNK_DRAWS, done=CHUNK_DRAWS))
    assert [c.start for c in whole] == [0, CHUNK_DRAWS, 2 * CHUNK_DRAWS]
    assert [c.start for c in rest] == [CHUNK_DRAWS, 2 * CHUNK_DRAWS]
    assert (PROFIT.of(rest[0].projection) == PROFIT.of(whole[1].projection)).all()


def moments(low: float, now: float, high: float, uniform: bool) -> tuple[float, float]:
    """Mean and variance of draws about a value, by hand: how far towards the end of its side one lies is w."""
    mean_w, square_w = (1 / 2, 1 / 3) if uniform else (1 / 3, 1 / 6)
    if low < now < high:
        return now, (now - low) * (high - now) * square_w
    width = (1 - STAYS_SHARE) * (low + high - 2 * now)
    return now + width * mean_w, (1 - STAYS_SHARE) * (high - low) ** 2 * square_w - (width * mean_w) ** 2


@pytest.mark.parametrize("scenario", [QUO, GOOD, scenario_of_preset("article")], ids=lambda s: s.preset)
def test_every_assumption_stays_within_its_range_and_spreads_as_stated(scenario: Scenario) -> None:
    sampling = Sampling(scenario, 3)
    # Evenly spread chances: the moments are then exact, however thin a tail is.
    even = np.repeat(((np.arange(MANY) + 0.5) / MANY)[:, np.newaxis], len(ASSUMPTIONS), axis=1)
    values = drawn_values(sampling, even)
    for key, a in ASSUMPTIONS.items():
        drawn, (low, high), now = np.asarray(values[key]), drawn_range(sampling, key), scenario.values[key]
        if a.distribution == HELD:
            assert (drawn == now).all()
            continue
        if a.distribution == EVENT:
            mean, variance = now, now * (1 - now)
            assert set(np.unique(drawn)) <= {0.0, 1.0}
        else:
            mean, variance = moments(low, now, high, a.distribution == UNIFORM)
            assert drawn.min() >= low - 1e-9 * abs(low)
            assert drawn.max() <= high + 1e-9 * abs(high)
        assert drawn.mean() == pytest.approx(mean, abs=1e-3 * np.sqrt(variance) + 1e-12), key
        assert drawn.var() == pytest.approx(variance, rel=1e-2, abs=1e-12), key


def test_each_distribution_is_stated_by_some_assumption() -> None:
    assert {a.distribution for a in ASSUMPTIONS.values()} == {TRIANGULAR, UNIFORM, EVENT, HELD}
    assert [key for key, a in ASSUMPTIONS.items() if a.distribution == EVENT] == ["success_probability_share"]


def test_a_draw_about_a_value_has_its_ends_its_middle_and_its_mean() -> None:
    ends = drawn_about(np.array([0.0, 0.25, 1.0]), 0.0, 3.0, 4.0)
    assert ends == pytest.approx([0.0, 3.0, 4.0])
    assert drawn_about(np.array([0.0, 0.125, 0.25, 0.625, 1.0]), 0.0, 3.0, 4.0, uniform=True) == pytest.approx(
        [0.0, 1.5, 3.0, 3.5, 4.0]
    )
    chances = (np.arange(100_000) + 0.5) / 100_000
    for uniform in (False, True):
        assert drawn_about(chances, 0.0, 3.0, 4.0, uniform).mean() == pytest.approx(3.0, abs=1e-4)


def test_a_value_at_an_end_stays_with_its_chance_and_moves_to_one_side() -> None:
    chances = (np.arange(1_000) + 0.5) / 1_000
    lowest, highest = drawn_about(chances, 2.0, 2.0, 5.0), drawn_about(chances, 2.0, 5.0, 5.0)
    assert np.count_nonzero(lowest == 2.0) == 1_000 * STAYS_SHARE
    assert np.count_nonzero(highest == 5.0) == 1_000 * STAYS_SHARE
    assert lowest.max() > 4.5
    assert highest.min() < 2.5
    assert (drawn_about(chances, 3.0, 3.0, 3.0) == 3.0).all()


def test_more_chance_never_draws_less() -> None:
    chances = np.linspace(0.0, 1.0, 500)
    for now in (0.0, 0.3, 1.0):
        assert (np.diff(drawn_about(chances, 0.0, now, 1.0)) >= 0.0).all()


def test_rates_of_one_government_rise_and_fall_together() -> None:
    values = drawn_values(Sampling(QUO, 3), uniforms(3, 0, MANY))
    japan, usmca = np.asarray(values["japan_tariff_share"]), np.asarray(values["usmca_tariff_share"])
    assert (usmca[japan > QUO.values["japan_tariff_share"]] > usmca[japan < 0.06].max()).all()
    apart = drawn_values(Sampling(QUO, 3, frozenset({"trade"})), uniforms(3, 0, 10))
    assert apart["usmca_tariff_share"] == QUO.values["usmca_tariff_share"]


@pytest.mark.parametrize("company", ["honda", "nissan"])
def test_the_mean_of_the_draws_is_guidance_or_what_pulls_it_is_named(company: str) -> None:
    measure = Measure("operating_profit_jpy_bn", company, 0)
    sampling = Sampling(QUO, 21)
    drawn = np.concatenate([measure.of(c.projection) for c in chunks(sampling, 8 * CHUNK_DRAWS)])
    guided = float(measure.of(project(QUO.values, QUO.edition)))
    error = float(drawn.std()) / np.sqrt(len(drawn))
    named = pulls(sampling, measure)
    # The sum of what each does alone is nearly all of the pull; the rest is what they do together.
    assert abs(drawn.mean() - guided) > 3 * error
    assert drawn.mean() - guided == pytest.approx(
        sum(p.effect for p in named), abs=0.5 * abs(drawn.mean() - guided) + 4 * error
    )
    assert {p.key for p in named} == {
        key
        for key in sampling.drawn
        if ASSUMPTIONS[key].distribution != EVENT and QUO.values[key] in drawn_range(sampling, key)
    }
    assert [abs(p.effect) for p in named] == sorted((abs(p.effect) for p in named), reverse=True)


def test_where_nothing_stands_at_an_end_the_mean_is_the_scenario() -> None:
    values = {key: (a.low + a.high) / 2 for key, a in ASSUMPTIONS.items()}
    inside = Scenario(
        QUO.edition, "status_quo", {**values, "canton_honda_trucks_kveh": 50.0, "success_probability_share": 0.5}
    )
    sampling = Sampling(inside, 4, frozenset({"finance"}))
    measure = Measure("operating_profit_jpy_bn", BOTH, 0)
    drawn = np.concatenate([measure.of(c.projection) for c in chunks(sampling, 4 * CHUNK_DRAWS)])
    assert pulls(sampling, measure) == ()
    error = float(drawn.std()) / np.sqrt(len(drawn))
    assert drawn.mean() == pytest.approx(float(measure.of(project(inside.values, inside.edition))), abs=3 * error)


def test_a_scenario_outside_the_plausible_range_widens_it() -> None:
    sampling = Sampling(moved(GOOD, platform_saving_jpy_bn=250.0), 1)
    assert drawn_range(sampling, "platform_saving_jpy_bn") == (0.0, 250.0)
    assert column(sampling, "platform_saving_jpy_bn").max() > 200.0


def test_ranges_of_ones_own_replace_those_of_the_registry() -> None:
    sampling = Sampling(GOOD, 1, ranges={"jpy_per_usd": (144.0, 146.0)})
    drawn = column(sampling, "jpy_per_usd")
    assert 144.0 <= drawn.min() < drawn.max() <= 146.0


def test_an_alliance_certain_to_fail_or_to_deliver_does_so_in_every_draw() -> None:
    for chance in (0.0, 1.0):
        sampling = Sampling(moved(GOOD, success_probability_share=chance), 9)
        assert (column(sampling, "success_probability_share") == chance).all()


def test_groups_that_are_not_drawn_keep_the_scenario_and_leave_the_other_draws_as_they_were() -> None:
    all_drawn = drawn_values(Sampling(GOOD, 4), uniforms(4, 0, 50))
    policy = drawn_values(Sampling(GOOD, 4, frozenset({"policy"})), uniforms(4, 0, 50))
    for key, a in ASSUMPTIONS.items():
        if a.group == "policy" and a.distribution != HELD:
            assert (np.asarray(policy[key]) == all_drawn[key]).all()
        else:
            assert policy[key] == GOOD.values[key]


def test_where_nothing_is_drawn_every_draw_is_the_scenario() -> None:
    found = profits(Sampling(GOOD, 4, frozenset()), 100)
    assert found.shape == (100, 5)
    expected = PROFIT.by_year(project(GOOD.values, GOOD.edition))
    assert found == pytest.approx(np.broadcast_to(expected, (100, 5)), rel=1e-12)


def test_draws_beyond_capacity_are_brought_to_what_fits_and_counted() -> None:
    tight = Sampling(moved(GOOD, canton_base_kveh=200.0, canton_honda_trucks_kveh=210.0), 2)
    chances = uniforms(2, 0, 400)
    asked = drawn_values(tight, chances)
    fit = fitting(asked)
    cut = 0
    for row in range(400):
        one = {key: float(np.broadcast_to(value, 400)[row]) for key, value in asked.items()}
        single, refusals = fit_capacity(one)
        cut += bool(refusals)
        for key in (CAPACITY, BASE, TRUCKS):
            assert float(np.broadcast_to(fit[key], 400)[row]) == single[key]
    assert cut > 10
    assert np.count_nonzero(chunk(tight, 0, 400).cut) == cut


def test_the_groups_are_those_of_the_registry() -> None:
    assert Sampling(GOOD, 1).groups == GROUPS.keys()
    held = {key for key, a in ASSUMPTIONS.items() if a.distribution == HELD}
    assert held == {"honda_import_value_usd", "nissan_mexico_value_usd"}
    assert Sampling(GOOD, 1).drawn == tuple(key for key in ASSUMPTIONS if key not in held)
    assert set(Sampling(GOOD, 1).drawn) - set(Sampling(GOOD, 1).streams) == {
        key for key, a in ASSUMPTIONS.items() if a.moves_with
    }
