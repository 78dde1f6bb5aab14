"""Many draws in one call pay off, and grow in proportion. Times are printed, only ratios are asserted.

`python -m tests.bench.model_speed` prints the times; `pytest tests/bench --benchmark-only` compares them.
"""

from functools import partial

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from model.projection import project
from tests.bench.model_speed import DRAWS, EDITION, ONE, best_seconds, many, peak_bytes, single_calls

SINGLES = 200
FASTER_AT_LEAST = 100
DEARER_AT_MOST = 4.0
"""100,000 draws may cost so many times as much per draw as 1,000, which fit the processor's cache."""
BYTES_PER_DRAW_AT_MOST = 10_000


@pytest.mark.benchmark(group="projection", max_time=0.5)
def test_one_projection(benchmark: BenchmarkFixture) -> None:
    world = benchmark(project, ONE, EDITION)
    assert len(world.years) == 5


@pytest.mark.benchmark(group="projection", max_time=0.5)
def test_ten_thousand_draws_in_one_call(benchmark: BenchmarkFixture) -> None:
    world = benchmark(project, many(DRAWS), EDITION)
    assert world.once["canton_output_kveh"].shape == (DRAWS,)


def test_ten_thousand_draws_in_one_call_are_100_times_faster_than_one_by_one() -> None:
    stacked = many(DRAWS)
    singles = single_calls(stacked, SINGLES)
    # In turns, so that a busy machine slows both.
    times = [(best_seconds(partial(project, stacked, EDITION), 4), best_seconds(singles, 1)) for _ in range(4)]
    together, some_singles = (min(column) for column in zip(*times, strict=True))
    one_by_one = some_singles * (DRAWS / SINGLES)
    print(f"one call {together * 1e3:.0f} ms, one by one {one_by_one * 1e3:.0f} ms: {one_by_one / together:.0f} times")
    assert one_by_one / together >= FASTER_AT_LEAST


def test_time_grows_with_the_number_of_draws_and_not_faster() -> None:
    few, lots = (best_seconds(partial(project, many(count), EDITION), 2) / count for count in (1_000, 100_000))
    print(f"per draw {few * 1e6:.2f} us of 1,000 and {lots * 1e6:.2f} us of 100,000: {lots / few:.1f} times")
    assert lots / few <= DEARER_AT_MOST


def test_memory_grows_with_the_number_of_draws() -> None:
    peaks = {count: peak_bytes(partial(project, many(count), EDITION)) for count in (1_000, DRAWS)}
    print(", ".join(f"{count:,} draws: peak {peak / 1e6:.1f} MB" for count, peak in peaks.items()))
    assert all(peak / count <= BYTES_PER_DRAW_AT_MOST for count, peak in peaks.items())
