"""What Canton adds to each company's profit while one assumption is swept."""

from collections.abc import Callable
from typing import Final

from model import sweeps
from model.editions import COMPANIES, COMPANY_LABELS
from model.measures import Points
from model.projection import Projection
from pages.kit.view import View
from pages.plant.canton import gain_by_year

GAIN_COLUMN: Final = "What Canton adds to operating profit, JPY bn a year, in expectation"
SWEEP_POINTS: Final = 41


def gain_records(
    view: View, key: str, points: Points, year: int, beside: Callable[[Projection], Points]
) -> list[tuple[object, ...]]:
    """Company, point, its gain in a year there, and what another output is there.

    beside: from the sweep to the other output, one value at each point
    """
    swept = sweeps.sweep(view.scenario, key, points)
    others = beside(swept)
    return [
        (COMPANY_LABELS[company], float(point), float(gain), float(other))
        for company in COMPANIES
        for point, gain, other in zip(points, gain_by_year(swept, company)[:, year], others, strict=True)
    ]
