"""Draws are kept and shared, go on where they stopped, and stay within their bound; shares of variance are right."""

import gc
from collections.abc import Callable

import numpy as np
import pytest

from model.analysis import draws as kept
from model.analysis.draws import AT_ONCE, NoRoomError, drawn, known, more, so_far
from model.analysis.variance import VarianceShares, design, design_points, drivers, variance_shares
from model.links import scenario_of_preset
from model.measures import BOTH, Measure
from model.registry import ASSUMPTIONS
from model.sampling import CHUNK_DRAWS, Sampling, chunks, evaluated

PROFIT = Measure("operating_profit_jpy_bn", BOTH, 4)
GOOD = scenario_of_preset("alliance_good")


def sampling(seed: int) -> Sampling:
    return Sampling(GOOD, seed)


def direct(seed: int, count: int) -> np.ndarray:
    return np.concatenate([PROFIT.by_year(c.projection) for c in chunks(sampling(seed), count)])


def test_kept_draws_are_the_models_own_whatever_was_asked_before() -> None:
    for count in (1_000, 3 * CHUNK_DRAWS + 7, 500, 3 * CHUNK_DRAWS):
        found = drawn(sampling(101), PROFIT, count)
        assert found.draws == count
        assert (found.values == direct(101, count)).all()
    assert known(sampling(101), PROFIT) == 3 * CHUNK_DRAWS + 7


def test_a_stopped_run_keeps_what_it_made_and_goes_on_from_there() -> None:
    run = more(sampling(102), PROFIT, 4 * CHUNK_DRAWS)
    assert [next(run), next(run)] == [CHUNK_DRAWS, 2 * CHUNK_DRAWS]
    run.close()
    stopped = so_far(sampling(102), PROFIT, 4 * CHUNK_DRAWS)
    assert stopped.draws == 2 * CHUNK_DRAWS
    assert list(more(sampling(102), PROFIT, 4 * CHUNK_DRAWS)) == [3 * CHUNK_DRAWS, 4 * CHUNK_DRAWS]
    assert (so_far(sampling(102), PROFIT, 10**6).values == direct(102, 4 * CHUNK_DRAWS)).all()


def test_two_visitors_who_draw_the_same_at_once_get_the_same() -> None:
    one, other = more(sampling(103), PROFIT, 3 * CHUNK_DRAWS), more(sampling(103), PROFIT, 3 * CHUNK_DRAWS)
    assert (next(one), next(other), next(one)) == (CHUNK_DRAWS, 2 * CHUNK_DRAWS, 2 * CHUNK_DRAWS)
    assert (list(other)[-1], list(one)[-1]) == (3 * CHUNK_DRAWS, 3 * CHUNK_DRAWS)
    assert (so_far(sampling(103), PROFIT, 3 * CHUNK_DRAWS).values == direct(103, 3 * CHUNK_DRAWS)).all()


@pytest.fixture
def nothing_held() -> None:
    """No draws of pages that other tests opened."""
    kept._STORE.clear()
    gc.collect()
    assert not kept.held()


@pytest.mark.usefixtures("nothing_held")
def test_what_is_kept_is_bounded_and_the_longest_unused_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_KEPT", 2_500)
    for seed in (104, 105, 104, 106):
        drawn(sampling(seed), PROFIT, 1_000)
    assert [known(sampling(seed), PROFIT) for seed in (104, 105, 106)] == [1_000, 0, 1_000]
    assert drawn(sampling(105), PROFIT, 1_000).draws == 1_000


@pytest.mark.usefixtures("nothing_held")
def test_runs_that_push_each_other_out_of_the_store_all_reach_their_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_KEPT", 4 * CHUNK_DRAWS)
    runs = {seed: more(sampling(seed), PROFIT, 3 * CHUNK_DRAWS) for seed in (107, 108, 109)}
    told = [{seed: next(run) for seed, run in runs.items()} for _ in range(3)]
    assert [set(row.values()) for row in told] == [{CHUNK_DRAWS}, {2 * CHUNK_DRAWS}, {3 * CHUNK_DRAWS}]
    assert (so_far(sampling(109), PROFIT, 3 * CHUNK_DRAWS).values == direct(109, 3 * CHUNK_DRAWS)).all()


@pytest.mark.usefixtures("nothing_held")
def test_many_draws_find_no_room_where_others_hold_it_and_few_always_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_KEPT", 10 * CHUNK_DRAWS)
    page = drawn(sampling(111), PROFIT, 6 * CHUNK_DRAWS).values  # as a page that runs holds them
    with pytest.raises(NoRoomError, match="no room for 12,500 draws"):
        next(more(sampling(112), PROFIT, 5 * CHUNK_DRAWS))
    assert drawn(sampling(112), PROFIT, AT_ONCE).draws == AT_ONCE
    assert (page == direct(111, 6 * CHUNK_DRAWS)).all()
    del page  # the page has ended
    assert list(more(sampling(112), PROFIT, 5 * CHUNK_DRAWS))[-1] == 5 * CHUNK_DRAWS
    assert kept.held() <= 10 * CHUNK_DRAWS


def shares_of_function(
    function: Callable[[np.ndarray], np.ndarray], columns: int, points: int, seed: int
) -> VarianceShares:
    first, second = design(columns, points, seed)
    exchanged = []
    for column in range(columns):
        mixed = first.copy()
        mixed[:, column] = second[:, column]
        exchanged.append(function(mixed))
    return variance_shares(function(first), function(second), np.array(exchanged), seed)


def ishigami(chances: np.ndarray) -> np.ndarray:
    """A test function whose shares of variance are known (T. Ishigami, T. Homma, 1990), with a fourth idle input."""
    x = (2 * chances - 1) * np.pi
    return np.asarray(np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0]))


def test_shares_of_variance_match_the_analytic_ones_of_the_ishigami_function() -> None:
    a, b = 7.0, 0.1
    first = np.array([(1 + b * np.pi**4 / 5) ** 2 / 2, a**2 / 8, 0.0, 0.0])
    together = b**2 * np.pi**8 * (1 / 18 - 1 / 50)
    variance = first.sum() + together
    total = first + np.array([together, 0.0, together, 0.0])
    found = shares_of_function(ishigami, 4, 2**12, seed=1)
    assert found.first == pytest.approx(first / variance, abs=0.01)
    assert found.total == pytest.approx(total / variance, abs=0.01)
    for truth, low, high in (
        (first, found.first_low, found.first_high),
        (total, found.total_low, found.total_high),
    ):
        assert (low <= truth / variance + 1e-12).all()
        assert (truth / variance - 1e-12 <= high).all()
        assert (high - low < 0.12).all()


def test_errors_of_shares_shrink_with_more_runs() -> None:
    few, lots = (shares_of_function(ishigami, 4, points, seed=3) for points in (2**7, 2**11))
    width = [float(np.max(s.first_high - s.first_low)) for s in (few, lots)]
    assert width[1] < width[0] / 2


def test_drivers_of_the_model_are_those_of_single_evaluations_and_come_from_the_seed() -> None:
    some = Sampling(GOOD, 5, frozenset({"policy"}))
    found = drivers(some, PROFIT, 128)
    columns = list(found.keys)

    def profit_of(chances: np.ndarray) -> np.ndarray:
        return PROFIT.of(evaluated(some, chances)[0])

    direct_shares = shares_of_function(profit_of, len(ASSUMPTIONS), 128, seed=5)
    where = [list(ASSUMPTIONS).index(key) for key in columns]
    assert found.shares.first == pytest.approx(direct_shares.first[where], abs=1e-12)
    assert found.shares.total == pytest.approx(direct_shares.total[where], abs=1e-12)
    assert found.runs == 128 * (len(columns) + 2)
    again = drivers(Sampling(GOOD, 5, frozenset({"policy"})), PROFIT, 128)
    assert (again.shares.first_low == found.shares.first_low).all()


def test_nothing_drawn_has_no_drivers() -> None:
    found = drivers(Sampling(GOOD, 5, frozenset()), PROFIT, 128)
    assert found.keys == ()
    assert not found.varies


def test_the_design_grows_with_the_draws_in_powers_of_two() -> None:
    sizes = [design_points(draws) for draws in (1_000, 2_000, 10_000, 100_000, 1_000_000)]
    assert sizes == [256, 256, 1_024, 2_048, 2_048]
