"""Shared platforms, joint software, and what it costs to get there.

platform saving = yearly saving at full rate x progress x split
software saving = R&D of both x software share x overlap x saving x progress
Benefits are scaled by the chance that the alliance delivers; its costs are spent either way.
"""

import numpy as np

from model.formulas.units import MONTHS_PER_YEAR, USD_BN_PER_KVEH_USD
from model.tracing import Value, formula


@formula("share")
def honda_part_share(honda_share: Value) -> Value:
    """Honda's part of a split [share]."""
    return honda_share


@formula("share")
def nissan_part_share(honda_share: Value) -> Value:
    """Nissan's part of a split [share]: what Honda's part leaves."""
    return 1.0 - honda_share


@formula("share")
def part_of_both_share(own: Value, other: Value) -> Value:
    """A company's part of what both have together [share]: R&D in JPY bn, or cars in thousands a year."""
    return own / (own + other)


@formula("JPY bn")
def platform_saving_jpy_bn(saving_jpy_bn: Value, ramp: Value, part_share: Value, probability_share: Value) -> Value:
    """Saving from shared lines and standard platforms, in expectation [JPY bn a year].

    saving_jpy_bn: saving of both at full rate [JPY bn a year]
    ramp: progress [share]
    part_share: the company's part [share]
    probability_share: chance that the alliance delivers [share]
    """
    return saving_jpy_bn * ramp * part_share * probability_share


@formula("JPY bn")
def part_of_jpy_bn(amount_jpy_bn: Value, part_share: Value) -> Value:
    """Part of an amount [JPY bn a year]; part_share: [share]."""
    return amount_jpy_bn * part_share


@formula("JPY bn")
def software_saving_jpy_bn(
    rd_jpy_bn: Value,
    software_rd_share: Value,
    overlap_share: Value,
    saving_share: Value,
    ramp: Value,
    probability_share: Value,
) -> Value:
    """Software R&D saved by developing once, in expectation [JPY bn a year].

    rd_jpy_bn: the company's R&D [JPY bn a year]
    software_rd_share: software's share of R&D [share]
    overlap_share: share of that work both companies do [share]
    saving_share: share of the overlap that falls away [share]
    ramp: progress [share]
    probability_share: chance that the alliance delivers [share]
    """
    return rd_jpy_bn * software_rd_share * overlap_share * saving_share * ramp * probability_share


@formula("JPY bn")
def software_cost_jpy_bn(
    cost_jpy_bn: Value, part_share: Value, working_share: Value, saving_share: Value, probability_share: Value
) -> Value:
    """Yearly cost of the joint software effort, in expectation [JPY bn a year].

    It begins with the work. When the first saving is due it goes on only where the alliance delivers.
    cost_jpy_bn: cost for both [JPY bn a year]
    part_share: the company's part [share]
    working_share: part of the year in which the work runs [share]
    saving_share: part of the year after the first saving is due [share]
    probability_share: chance that the alliance delivers [share]
    """
    return cost_jpy_bn * part_share * (working_share - (1.0 - probability_share) * saving_share)


@formula("yr")
def work_start_yr(start_yr: Value, work_yr: Value) -> Value:
    """When joint work begins [yr from the start of the horizon], before any delay; below 0 if it has begun.

    start_yr: first saving, in years from the start of the horizon
    work_yr: years of work before it
    """
    return start_yr - work_yr


@formula("share")
def ramp_step_share(year_index: Value, start_yr: Value, delay_yr: Value, ramp_yr: Value) -> Value:
    """Part of a programme that arrives in a year [share]; the years sum to its progress.

    year_index: 0 for the first fiscal year (5,)
    start_yr, delay_yr, ramp_yr: as in `market.ramp_share`
    """
    done = np.minimum(np.maximum((year_index + 1.0 - start_yr - delay_yr) / ramp_yr, 0.0), 1.0)
    before = np.minimum(np.maximum((year_index - start_yr - delay_yr) / ramp_yr, 0.0), 1.0)
    return done - before


@formula("JPY bn")
def earlier_sales_jpy_bn(
    gain_months: Value,
    vehicles_kveh: Value,
    part_share: Value,
    contribution_usd: Value,
    ramp_step: Value,
    incremental_share: Value,
    probability_share: Value,
    jpy_per_usd: Value,
) -> Value:
    """Contribution earned because cars reach the market earlier, in expectation [JPY bn a year].

    gain_months: months gained, once per model line
    vehicles_kveh: cars a year that come earlier, both companies [thousand a year]
    part_share: the company's part [share]
    contribution_usd: contribution [USD per vehicle]
    ramp_step: part of the programme that arrives this year [share]
    incremental_share: share of these cars that displace none of the company's older ones [share]
    probability_share: chance that the alliance delivers [share]
    jpy_per_usd: exchange rate [JPY per USD]
    """
    cars_kveh = gain_months / MONTHS_PER_YEAR * vehicles_kveh * part_share * ramp_step * incremental_share
    return cars_kveh * probability_share * contribution_usd * USD_BN_PER_KVEH_USD * jpy_per_usd


@formula("JPY bn")
def integration_cost_jpy_bn(cost_jpy_bn: Value, spread_yr: Value, year_index: Value, part_share: Value) -> Value:
    """One-off cost of integration [JPY bn a year], spread evenly over the first years, spent either way.

    cost_jpy_bn: cost for both [JPY bn, once]
    spread_yr: years over which it is spent, at least 1
    year_index: 0 for the first fiscal year (5,)
    part_share: the company's part [share]
    """
    in_year = np.minimum(np.maximum(spread_yr - year_index, 0.0), 1.0)
    return cost_jpy_bn * in_year / spread_yr * part_share
