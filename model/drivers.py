"""Runs that tell which assumptions drive the spread: two sets of draws, and one column exchanged at a time.

The design is Saltelli's (Computer Physics Communications 181, 2010); the shares of variance are computed from it
in `model/analysis`. For each drawn assumption, the draws of the first set are run again with that
assumption's column taken from the second; assumptions that share a chance are exchanged together.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from model.measures import Measure, Points
from model.registry import ASSUMPTIONS
from model.sampling import Sampling, evaluated

_ROWS_AT_ONCE: Final = 2_500


@dataclass(frozen=True, slots=True)
class DriverRuns:
    """A measure over the design.

    keys: the drawn assumptions whose chances are their own
    first, second: the measure over the two sets (draws,)
    exchanged: over the first set with one column from the second (keys, draws)
    """

    keys: tuple[str, ...]
    first: Points
    second: Points
    exchanged: Points


def driver_runs(sampling: Sampling, measure: Measure, first: Points, second: Points) -> DriverRuns:
    """The model over Saltelli's design: draws * (streams + 2) runs.

    first, second: two sets of chances, 0 to 1, one column per assumption of the registry (draws, assumptions)
    """
    draws = len(first)
    columns = {key: column for column, key in enumerate(ASSUMPTIONS)}
    keys = sampling.streams
    exchanged = np.empty((len(keys), draws))
    at_once = max(1, _ROWS_AT_ONCE // draws)
    for start in range(0, len(keys), at_once):
        some = keys[start : start + at_once]
        stacked = np.tile(first, (len(some), 1))
        for place, key in enumerate(some):
            column = columns[key]
            stacked[place * draws : (place + 1) * draws, column] = second[:, column]
        exchanged[start : start + len(some)] = _measured(sampling, measure, stacked).reshape(len(some), draws)
    return DriverRuns(keys, _measured(sampling, measure, first), _measured(sampling, measure, second), exchanged)


def _measured(sampling: Sampling, measure: Measure, chances: Points) -> Points:
    return measure.of(evaluated(sampling, chances)[0])
