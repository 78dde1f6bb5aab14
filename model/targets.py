"""Targets a scenario may meet, each as a distance from it: zero is met, above zero is more than met."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from model.measures import Points
from model.projection import Projection

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


def no_loss_gap(companies: Sequence[str], year: int) -> Gap:
    """Operating profit of these companies in a year [JPY bn]; no loss from zero on. year: 0 to 4."""

    def gap(projection: Projection) -> Points:
        return _sum_jpy_bn(projection, "operating_profit_jpy_bn", companies, year)

    return gap


def reference_gap(companies: Sequence[str], year: int) -> Gap:
    """Operating profit of these companies in a year less that of the scenario's own reference [JPY bn]. year: 0 to 4.

    Each scenario has a reference of its own, with its estimates: no gap comes from an estimate alone.
    """

    def gap(projection: Projection) -> Points:
        profit = _sum_jpy_bn(projection, "operating_profit_jpy_bn", companies, year)
        return np.asarray(profit - _sum_jpy_bn(projection, "reference_profit_jpy_bn", companies, year))

    return gap


def profit_gap(companies: Sequence[str], year: int, profit_jpy_bn: float) -> Gap:
    """Operating profit of these companies in a year less a profit of one's own [JPY bn]. year: 0 to 4."""

    def gap(projection: Projection) -> Points:
        return _sum_jpy_bn(projection, "operating_profit_jpy_bn", companies, year) - profit_jpy_bn

    return gap


def target_gap(target: str, companies: Sequence[str], year: int) -> Gap:
    """The distance from a target [JPY bn]; KeyError for an unknown one.

    A margin of zero is an operating profit of zero, as revenue is above zero. year: 0 to 4
    """
    of_target = {REFERENCE_PROFIT: reference_gap, NO_LOSS: no_loss_gap, PAYBACK: payback_gap}
    return of_target[target](companies, year)
