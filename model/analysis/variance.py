"""Which assumptions drive the spread: shares of variance, with their own errors, by SciPy.

The first-order share of an assumption is the part of the variance that would go if it alone were known; its total
share is the part that would stay if it alone were not known (I. M. Sobol', 2001). The difference between the two
is what it does together with others.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from scipy.stats import bootstrap, qmc, sobol_indices

from model.drivers import driver_runs
from model.measures import Measure, Points
from model.registry import ASSUMPTIONS
from model.sampling import Sampling

CONFIDENCE: Final = 0.95
_RESAMPLES: Final = 100
_FEWEST: Final = 256
_MOST: Final = 2_048
_DRAWS_PER_POINT: Final = 8


@dataclass(frozen=True, slots=True)
class VarianceShares:
    """Shares of the variance of a result, in the order of the inputs (inputs,), each with the ends of its error.

    first: by each input alone; total: by each input and what it does together with others
    """

    first: Points
    first_low: Points
    first_high: Points
    total: Points
    total_low: Points
    total_high: Points


def variance_shares(first: Points, second: Points, exchanged: Points, seed: int) -> VarianceShares:
    """Shares of variance from runs over Saltelli's design.

    first, second: results over two sets of draws (draws,), a power of two
    exchanged: over the first set with one input from the second (inputs, draws)
    seed: of the resampling that gives the errors
    """

    def indices(rows: Points) -> Points:
        chosen = rows.astype(int)
        runs = {"f_A": first[chosen][None], "f_B": second[chosen][None], "f_AB": exchanged[:, None, chosen]}
        found = sobol_indices(func=runs, n=len(chosen))
        return np.array([np.atleast_1d(found.first_order), np.atleast_1d(found.total_order)])

    rows = np.arange(len(first), dtype=np.float64)
    spread = bootstrap(
        (rows,),
        indices,
        n_resamples=_RESAMPLES,
        vectorized=False,
        confidence_level=CONFIDENCE,
        method="percentile",
        rng=np.random.default_rng(seed),
    ).confidence_interval
    shares = indices(rows)
    return VarianceShares(shares[0], spread.low[0], spread.high[0], shares[1], spread.low[1], spread.high[1])


def design(columns: int, points: int, seed: int) -> tuple[Points, Points]:
    """Two sets of evenly spread chances (points, columns); points: a power of two."""
    both = qmc.Sobol(2 * columns, rng=np.random.default_rng(seed)).random(points)
    return both[:, :columns], both[:, columns:]


def design_points(draws: int) -> int:
    """Points of the design that so many draws deserve: a power of two."""
    wanted = min(max(draws // _DRAWS_PER_POINT, _FEWEST), _MOST)
    return 1 << (wanted.bit_length() - 1)


@dataclass(frozen=True, slots=True)
class Drivers:
    """Shares of variance of a measure by drawn assumption; runs: of the model, made for them."""

    keys: tuple[str, ...]
    shares: VarianceShares
    runs: int
    varies: bool


def drivers(sampling: Sampling, measure: Measure, points: int) -> Drivers:
    """Which drawn assumptions drive a measure; kept, as only another scenario or seed changes it."""
    return _drivers_kept(Identified(sampling.identity, sampling), measure, points)


@dataclass(frozen=True, slots=True)
class Identified:
    """A sampling that is told apart by what decides its draws."""

    identity: tuple[object, ...]
    sampling: Sampling

    def __hash__(self) -> int:
        """The hash of what decides the draws."""
        return hash(self.identity)

    def __eq__(self, other: object) -> bool:
        """Whether the same draws follow."""
        return isinstance(other, Identified) and other.identity == self.identity


@lru_cache(maxsize=16)
def _drivers_kept(asked: Identified, measure: Measure, points: int) -> Drivers:
    sampling = asked.sampling
    first, second = design(len(ASSUMPTIONS), points, sampling.seed)
    runs = driver_runs(sampling, measure, first, second)
    shares = variance_shares(runs.first, runs.second, runs.exchanged, sampling.seed)
    varies = float(np.ptp([runs.first, runs.second])) > 0.0
    return Drivers(runs.keys, shares, points * (len(runs.keys) + 2), varies)
