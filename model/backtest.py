"""The model beside the world: tariff costs as published, and what the model's formulas give for them.

The model is calibrated on the guidance of May 2025. Each later figure is computed month by month, with the rules and
volumes that were published by its day, the exchange rate of its publication, and priors; see `backtest_inputs`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from statistics import fmean, median
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from data.facts import facts
from model.backtest_inputs import (
    AS_IT_STANDS,
    BOOKED,
    BOOKED_RATES,
    CALIBRATION_EDITION,
    CARS,
    GROSS,
    HONDA_VOLUME,
    JUDGED,
    NET,
    OTHER,
    PARTS,
    PERIODS,
    PRIOR,
    RULE,
    STOCK,
    TEST,
    WHOLE,
    Declared,
    Input,
    declared,
    inputs,
)
from model.editions import edition
from model.formulas import market as ma
from model.formulas import tariffs as ta
from model.formulas.units import MONTHS_PER_YEAR
from model.projection import OFFSET, project, reference
from model.registry import ASSUMPTIONS

MONTH_INDEX: Final = np.arange(MONTHS_PER_YEAR)
FIRST_DAY: Final = "2025-04-01"

_LINES: Final = {
    CARS: ("usmca", "japan"),
    PARTS: ("parts", "materials"),
    OTHER: ("other",),
    WHOLE: ("usmca", "japan", "parts", "materials", "other"),
}
"""Lines as companies publish them, in those of the model."""

Months = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class BacktestRow:
    """A published tariff cost beside the model's [JPY bn]; words as in `backtest_inputs`.

    span: what kind of period; line: which part of the cost; basis: gross or net, as published
    reported: guided, booked or implied
    edition: whose estimates the model's figure rests on
    """

    company: str
    fact_id: str
    as_of: str
    period: str
    span: str
    reported: str
    line: str
    basis: str
    role: str
    edition: str
    published_jpy_bn: float
    model_jpy_bn: float
    unexplained: str

    @property
    def error_share(self) -> float:
        """Model over published, less one [share]."""
        return self.model_jpy_bn / self.published_jpy_bn - 1.0


# ---------------------------------------------------------------- the month clock


def months_since_start(day: str) -> float:
    """A day as months since 1 April 2025, whose first day is 0; a month passes evenly over its days."""
    month = np.datetime64(day, "M")
    first = month.astype("datetime64[D]")
    days = ((month + 1).astype("datetime64[D]") - first).astype(float)
    whole = (month - np.datetime64(FIRST_DAY, "M")).astype(float)
    return float(whole + (np.datetime64(day, "D") - first).astype(float) / days)


def rate_by_month(rules: Sequence[Input], stock_months: float) -> Months:
    """The rate of each month as it reaches cost [share]: none before the first rule.

    rules: of one assumption; a rule without a day holds all year
    """
    rate, last = np.zeros_like(MONTH_INDEX), 0.0
    for rule in sorted(rules, key=lambda each: each.start):
        begun = ma.running_share(MONTH_INDEX, months_since_start(rule.start), stock_months) if rule.start else 1.0
        rate, last = rate + (rule.value - last) * begun, rule.value
    return rate


def _published_by(day: str, given: Mapping[str, Input]) -> list[Input]:
    """Inputs that were published by a day; all where no day is given. Priors belong to every row."""
    return [each for each in given.values() if not day or each.sort == PRIOR or each.known_since <= day]


def monthly_cost(
    company: str, jpy_per_usd: Months | float, known_by: str = "", given: Mapping[str, Input] | None = None
) -> Mapping[str, Months]:
    """Gross tariff cost of a company in each month from April 2025 to March 2026 by line of the model [JPY bn].

    jpy_per_usd: exchange rate, of each month or of all
    known_by: day until which rules and volumes are known; empty: all that came
    given: inputs by id, those declared where left out
    """
    given = inputs() if given is None else given
    known, stock = _published_by(known_by, given), given[STOCK].value
    fx = np.broadcast_to(np.asarray(jpy_per_usd, dtype=np.float64), MONTH_INDEX.shape)
    # The clock has shifted the rates by the stock and sets each month's from its start: the years' own lags rest.
    values: dict[str, Months | float] = {"jpy_per_usd": fx, "nissan_jpy_gap": 0.0}
    values |= {key: each.value for each in known if each.sort == PRIOR for key in each.sets if key != STOCK}
    for key in {key for each in known if each.sort == RULE for key in each.sets}:
        lag = 0.0 if key == OFFSET else stock  # the offset is earned as cars are built
        values[key] = rate_by_month([each for each in known if each.sort == RULE and key in each.sets], lag)
    yearly = project(values, CALIBRATION_EDITION).company[company]
    volume = _volume(company, known)

    def monthly(name: str) -> Months:
        return np.asarray(yearly[name])[:, 0] / MONTHS_PER_YEAR

    cost = {name: monthly(f"gross_{name}_duty_jpy_bn") * volume for name in ("usmca", "japan", "materials")}
    world = edition(CALIBRATION_EDITION)
    before = monthly("parts_before_offset_jpy_bn") * volume / fx
    price, output = world.defaults[f"{company}_price_usd"], world.facts[f"{company}_us_output_kveh"]
    earned = np.asarray(ta.msrp_offset_usd_bn(values[OFFSET], price, output)) * volume / MONTHS_PER_YEAR
    cost["parts"] = np.asarray(ta.jpy_bn(_parts_after_offset(before, earned), fx))
    cost["other"] = monthly("gross_other_duty_jpy_bn")
    return cost


def _parts_after_offset(before: Months, earned: Months) -> Months:
    """Duty on parts in each month [USD bn]: an offset that is not used is carried forward, never back."""
    lacking = -np.minimum(np.minimum.accumulate(np.cumsum(earned) - np.cumsum(before)), 0.0)
    return np.diff(lacking, prepend=0.0)


def _volume(company: str, known: Sequence[Input]) -> Months:
    """Cars of each month against the plan of May 2025 [share]."""
    for each in known:
        if company == "honda" and each.id == HONDA_VOLUME:
            begun = np.asarray(ma.running_share(MONTH_INDEX, months_since_start(each.start), 0.0))
            return 1.0 + (each.value - 1.0) * begun
    return np.ones_like(MONTH_INDEX)


# ---------------------------------------------------------------------- the rows


def booked_rates() -> Months:
    """Exchange rate of each month of the year to March 2026, by quarter [JPY per USD]."""
    rates = [inputs()[name].value for name in BOOKED_RATES]
    return np.repeat(rates, len(MONTH_INDEX) // len(rates))


def _model_jpy_bn(row: Declared, months_of: Callable[[Declared], Mapping[str, Months]]) -> float:
    """The model's number for a row [JPY bn]."""
    if row.exchange == AS_IT_STANDS:
        outputs, basis = reference(row.edition).company[row.company], NET if row.basis == NET else GROSS
        return sum(float(np.asarray(outputs[f"{basis}_{name}_duty_jpy_bn"])[0]) for name in _LINES[row.line])
    _, first, end = PERIODS[row.period]
    cost = months_of(row)
    return sum(float(cost[name][first:end].sum()) for name in _LINES[row.line])


def _rows(given: Mapping[str, Input]) -> tuple[BacktestRow, ...]:
    known = facts()

    @cache
    def months(company: str, exchange: str, known_by: str) -> Mapping[str, Months]:
        rate = booked_rates() if exchange == BOOKED else given[exchange].value
        return monthly_cost(company, rate, known_by, given)

    def months_of(row: Declared) -> Mapping[str, Months]:
        return months(row.company, row.exchange, "" if row.exchange == BOOKED else known[row.fact_id].as_of)

    return tuple(
        BacktestRow(
            row.company,
            row.fact_id,
            known[row.fact_id].as_of,
            row.period,
            PERIODS[row.period][0],
            row.reported,
            row.line,
            row.basis,
            row.role,
            row.edition,
            known[row.fact_id].number,
            _model_jpy_bn(row, months_of),
            row.unexplained,
        )
        for row in declared()
    )


@cache
def backtest() -> tuple[BacktestRow, ...]:
    """Every published number beside the model's, in the order in which they are declared."""
    return _rows(inputs())


@cache
def median_span_share() -> tuple[float, float]:
    """Lowest and highest median error of the judged rows where one prior stands at an end of its plausible range."""
    given = inputs()
    medians = [
        median_error_share(judged(_rows({**given, prior.id: replace(prior, value=end)})))
        for prior in given.values()
        if prior.sort == PRIOR and prior.unit != "JPY bn"  # own measures change no gross figure
        for end in (ASSUMPTIONS[prior.id].low, ASSUMPTIONS[prior.id].high)
    ]
    return min(medians), max(medians)


def judged(rows: Sequence[BacktestRow]) -> list[BacktestRow]:
    """Tests of whole costs over half-years and years: what the goals are about."""
    return [row for row in rows if row.role == TEST and row.line == WHOLE and row.span in JUDGED]


class WithError(Protocol):
    """What was published beside what is computed."""

    @property
    def error_share(self) -> float:
        """Computed over published, less one [share]."""


def median_error_share(rows: Sequence[WithError]) -> float:
    """Median of the errors without their signs [share]."""
    return median(abs(row.error_share) for row in rows)


def mean_error_share(rows: Sequence[BacktestRow]) -> float:
    """Mean of the errors with their signs [share]."""
    return fmean(row.error_share for row in rows)
