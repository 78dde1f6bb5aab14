"""How fast draws, maps and break-evens are, and how much memory a million draws take.

Run `python -m tests.bench.sure_speed` to print it. Goals, in processor time: 50 ms for 10,000 draws, sampling
included; 20 ms for a map of 50 by 50. The suite asserts only ratios (test_sure_speed.py), since machines differ.
"""

import numpy as np

from model.analysis import draws as kept
from model.analysis.break_even import break_evens
from model.analysis.variance import drivers
from model.editions import COMPANIES
from model.links import scenario_of_preset
from model.measures import BOTH, Measure
from model.sampling import MOST_DRAWS, Sampling, chunks, keep_freed_memory
from model.shapley import shapley
from model.sweeps import map_of, swings
from model.targets import PAYBACK, target_gap
from tests.bench.model_speed import best_seconds, peak_bytes

SCENARIO = scenario_of_preset("alliance_good")
PROFIT = Measure("operating_profit_jpy_bn", BOTH, 4)
SIDE = 50


def draw(count: int, seed: int = 1) -> float:
    """Draws of which only the profit is looked at; their mean."""
    return float(np.mean([PROFIT.of(part.projection).mean() for part in chunks(Sampling(SCENARIO, seed), count)]))


def draw_and_keep(count: int, seed: int) -> int:
    """Draws as the page keeps them, with the shares that it shows."""
    found = kept.drawn(Sampling(SCENARIO, seed), PROFIT, count)
    np.quantile(found.values, (0.05, 0.25, 0.5, 0.75, 0.95), axis=0)
    return found.draws


def draw_map(side: int = SIDE) -> None:
    """A map of two tariffs."""
    ends = np.linspace(0.0, 0.5, side)
    PROFIT.of(map_of(SCENARIO, "japan_tariff_share", "usmca_tariff_share", ends, ends).projection)


def main() -> None:
    keep_freed_memory()  # as the app does when it starts
    draw(100)
    for count in (1_000, 10_000, 100_000, MOST_DRAWS):
        seconds = best_seconds(lambda count=count: draw(count), 1 if count == MOST_DRAWS else 5)  # type: ignore[misc]
        goal = "   (goal 50 ms)" if count == 10_000 else ""
        print(f"{count:9,} draws        {seconds * 1e3:9.1f} ms, {seconds / count * 1e6:5.2f} us each{goal}")
    print(f"{SIDE} by {SIDE} map          {best_seconds(draw_map, 10) * 1e3:9.1f} ms   (goal 20 ms)")
    gap = target_gap(PAYBACK, COMPANIES, 4)
    print(f"all break-evens        {best_seconds(lambda: break_evens(SCENARIO, gap), 10) * 1e3:9.1f} ms")
    print(f"tornado                {best_seconds(lambda: swings(SCENARIO, PROFIT), 10) * 1e3:9.1f} ms")
    print(f"Shapley, 8 changes     {best_seconds(lambda: shapley(SCENARIO, PROFIT), 10) * 1e3:9.1f} ms")
    seconds = best_seconds(lambda: drivers(Sampling(SCENARIO, 9), PROFIT, 256), 1)
    print(f"drivers, 256 points    {seconds * 1e3:9.1f} ms")
    for count in (10_000, MOST_DRAWS):
        peak = peak_bytes(lambda count=count: draw(count)) / 1e6  # type: ignore[misc]
        whole = peak_bytes(lambda count=count: draw_and_keep(count, 77)) / 1e6  # type: ignore[misc]
        print(f"{count:9,} draws: peak {peak:7.1f} MB in chunks, {whole:7.1f} MB kept by year with their shares")


if __name__ == "__main__":
    main()
