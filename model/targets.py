"""Targets a scenario may meet, each as a distance from it: zero is met, above zero is more than met."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from model.measures import Points
from model.projection import Projection, reference

Gap = Callable[[Projection], Points]
"""From a projection of many scenarios to the distance from a target (points,); zero is met."""

REFERENCE_PROFIT: Final = "reference"
NO_LOSS: Final = "no_loss"
PAYBACK: Final = "payback"
TARGETS: Final = (REFERENCE_PROFIT, NO_LOSS, PAYBACK)
"""Profit equals the reference's; a margin of zero; the alliance pays back what tariffs cost."""


def _sum_jpy_bn(projection: Projection, output: str, companies: Sequence[str], year: int) -> Points:
    return np.asarray(sum(np.asarray(projection.company[c][output])[..., year] for c in companies))


def payback_gap(companies: Sequence[str], year: int) -> Gap:
    """Alliance benefit less net tariff cost of these companies in a year [JPY bn]; paid back from zero on.

    year: 0 to 4
    """

    def gap(projection: Projection) -> Points:
        benefit = _sum_jpy_bn(projection, "alliance_benefit_jpy_bn", companies, year)
        return np.asarray(benefit - _sum_jpy_bn(projection, "net_tariff_cost_jpy_bn", companies, year))

    return gap


def profit_gap(companies: Sequence[str], year: int, profit_jpy_bn: float) -> Gap:
    """Operating profit of these companies in a year less a profit asked for [JPY bn].

    year: 0 to 4; profit_jpy_bn: of the companies together [JPY bn]
    """

    def gap(projection: Projection) -> Points:
        return np.asarray(_sum_jpy_bn(projection, "operating_profit_jpy_bn", companies, year) - profit_jpy_bn)

    return gap


def target_gap(target: str, edition_name: str, companies: Sequence[str], year: int) -> Gap:
    """The distance from a target [JPY bn]; KeyError for an unknown one.

    A margin of zero is an operating profit of zero, as revenue is above zero. year: 0 to 4
    """
    if target == PAYBACK:
        return payback_gap(companies, year)
    wanted = {REFERENCE_PROFIT: reference(edition_name), NO_LOSS: None}[target]
    profit = 0.0 if wanted is None else float(_sum_jpy_bn(wanted, "operating_profit_jpy_bn", companies, year))
    return profit_gap(companies, year, profit)
