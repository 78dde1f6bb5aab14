"""Draws cost in proportion to their number and take no more memory for being many. Only ratios are asserted."""

from functools import partial

from tests.bench.model_speed import best_seconds, peak_bytes
from tests.bench.sure_speed import draw, draw_map

DEARER_AT_MOST = 2.0
"""A draw among 20,000 may cost so many times as much as one among 5,000."""
FATTER_AT_MOST = 1.2
MAP_DEARER_AT_MOST = 40.0
"""A map has 100 times the cells of one a tenth as wide, but most of a small call is its start."""


def test_time_grows_with_the_number_of_draws_and_not_faster() -> None:
    few, lots = (best_seconds(partial(draw, count), 2) / count for count in (5_000, 20_000))
    print(f"per draw {few * 1e6:.2f} us of 5,000 and {lots * 1e6:.2f} us of 20,000: {lots / few:.2f} times")
    assert lots / few <= DEARER_AT_MOST


def test_memory_does_not_grow_with_the_number_of_draws() -> None:
    few, lots = (peak_bytes(partial(draw, count)) for count in (5_000, 10_000))
    print(f"peak {few / 1e6:.1f} MB of 5,000 and {lots / 1e6:.1f} MB of 10,000 draws")
    assert lots / few <= FATTER_AT_MOST


def test_a_map_is_one_call_and_not_one_for_each_cell() -> None:
    small, large = (best_seconds(partial(draw_map, side), 3) for side in (5, 50))
    print(f"{small * 1e3:.1f} ms for 25 cells, {large * 1e3:.1f} ms for 2,500: {large / small:.1f} times")
    assert large / small <= MAP_DEARER_AT_MOST
