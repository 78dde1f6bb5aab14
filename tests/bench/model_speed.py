"""How fast the model is. Run `python -m tests.bench.model_speed` to print it.

Goals, in processor time: 1 ms for one projection, 50 ms for 10,000 draws in one call. The suite asserts only
ratios (test_model_speed.py), since machines differ.
"""

import tracemalloc
from collections.abc import Callable, Mapping
from time import process_time

import numpy as np
from numpy.typing import NDArray

from model.presets import preset_values
from model.projection import project
from model.sampling import keep_freed_memory
from tests.model.scenarios import draws, plausible_range

DRAWS = 10_000
EDITION = "2026-11"
ONE = preset_values("alliance_delivers", EDITION)


def many(count: int) -> dict[str, NDArray[np.float64]]:
    """Every assumption drawn: the hardest case, as usually some stay put."""
    return draws(np.random.default_rng(0), count, plausible_range)


def one_of(stacked: Mapping[str, NDArray[np.float64]], row: int) -> dict[str, float]:
    return {key: float(values[row]) for key, values in stacked.items()}


def best_seconds(run: Callable[[], object], repeats: int) -> float:
    """Least processor time of several runs: what the work needs, however busy the machine is."""
    times = []
    for _ in range(repeats):
        start = process_time()
        run()
        times.append(process_time() - start)
    return min(times)


def single_calls(stacked: Mapping[str, NDArray[np.float64]], count: int) -> Callable[[], None]:
    """Projects the first draws one by one."""
    singles = [one_of(stacked, row) for row in range(count)]

    def run() -> None:
        for values in singles:
            project(values, EDITION)

    return run


def peak_bytes(run: Callable[[], object]) -> int:
    """Most memory that Python and numpy held during a run, beyond what they held before."""
    tracemalloc.start()
    try:
        run()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def main() -> None:
    keep_freed_memory()  # as the app does when it starts
    project(ONE, EDITION)
    print(f"one projection        {best_seconds(lambda: project(ONE, EDITION), 300) * 1e3:8.2f} ms   (goal 1 ms)")
    for count in (1_000, DRAWS, 100_000):
        stacked = many(count)
        seconds = best_seconds(lambda stacked=stacked: project(stacked, EDITION), 5)  # type: ignore[misc]
        megabytes = peak_bytes(lambda stacked=stacked: project(stacked, EDITION)) / 1e6  # type: ignore[misc]
        goal = "   (goal 50 ms)" if count == DRAWS else ""
        print(f"{count:7,} draws, one call {seconds * 1e3:7.1f} ms, peak {megabytes:7.1f} MB{goal}")


if __name__ == "__main__":
    main()
