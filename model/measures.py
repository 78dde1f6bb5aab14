"""One number of a projection: an output, whose it is and of which year. Ranges, maps and draws are read for it."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from model.editions import COMPANIES
from model.outputs import OUTPUTS
from model.projection import Projection

Points = NDArray[np.float64]

BOTH: Final = "both"
WHOSE: Final = (BOTH, *COMPANIES)
"""Whose output: of both companies together, or of one."""

_ADDED: Final = frozenset({"JPY bn", "USD bn", "kveh"})
_MARGIN: Final = "operating_margin_share"


def of_companies(whose: str) -> tuple[str, ...]:
    """The companies meant by "both" or by a company's name."""
    return COMPANIES if whose == BOTH else (whose,)


def has_company(output: str) -> bool:
    """Whether each company has an output of this name, rather than the plant or the alliance as a whole."""
    return OUTPUTS[output].scope in ("company", "once_company")


def has_years(output: str) -> bool:
    """Whether an output differs from year to year."""
    return OUTPUTS[output].scope in ("company", "plant")


def of_both(output: str) -> bool:
    """Whether both companies together have this output; what is counted per share or per car cannot be added."""
    return has_company(output) and (OUTPUTS[output].unit in _ADDED or output == _MARGIN)


@dataclass(frozen=True, slots=True)
class Measure:
    """An output of "both", of a company, or of none; year: 0 to 4, of outputs that have years.

    Raises ValueError for an output of both companies that cannot be added.
    """

    output: str
    whose: str
    year: int

    def __post_init__(self) -> None:
        """Refuse a sum that would mean nothing."""
        if has_company(self.output) and self.whose == BOTH and not of_both(self.output):
            raise ValueError(f"{self.output} of two companies cannot be added")

    @property
    def unit(self) -> str:
        """Unit of the values."""
        return OUTPUTS[self.output].unit

    def of(self, projection: Projection) -> Points:
        """The number in the unit of the output, () for one scenario or (draws,) for many."""
        values = self.by_year(projection)
        return np.asarray(values[..., self.year if has_years(self.output) else 0])

    def by_year(self, projection: Projection) -> Points:
        """The output by year, (..., 5), or (..., 1) where it has no years."""
        scope = OUTPUTS[self.output].scope
        if scope == "plant":
            return np.asarray(projection.plant[self.output])
        if scope == "once":
            return np.asarray(projection.once[self.output])[..., np.newaxis]
        if scope == "once_company":
            by_company = projection.once_company[self.output]
            return np.asarray(sum(np.asarray(by_company[c])[..., np.newaxis] for c in of_companies(self.whose)))
        if self.output == _MARGIN and self.whose == BOTH:
            return _sum_of(projection, "operating_profit_jpy_bn") / _sum_of(projection, "revenue_jpy_bn")
        return np.asarray(sum(np.asarray(projection.company[c][self.output]) for c in of_companies(self.whose)))


def _sum_of(projection: Projection, output: str) -> Points:
    return np.asarray(sum(np.asarray(projection.company[c][output]) for c in COMPANIES))
