"""From a scenario to a stance: which outcomes clear a bar, hold or wait.

The rule is the reader's own: hold when enough of the outcomes clear the bar and enough of the named
milestones have happened, else wait. Outcomes are a stated grid: the scenario as it stands, each main
assumption at its low and its high plausible value, one at a time, and the alliance that delivers or
fails. They are not equally likely, and no chance is claimed for any of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, isclose
from typing import Final

import numpy as np

from model.links import Scenario
from model.registry import ASSUMPTIONS
from model.sweeps import feasible_range, one_at_a_time, within

MAIN_ASSUMPTIONS: Final = (
    "canton_honda_trucks_kveh",
    "ridgeline_replaced_share",
    "transfer_fixed_share",
    "platform_saving_jpy_bn",
    "software_saving_share",
    "software_gain_months",
    "success_probability_share",
    "integration_cost_jpy_bn",
    "japan_tariff_share",
    "usmca_tariff_share",
    "pass_through_share",
    "jpy_per_usd",
)
"""Assumptions that an investor would argue about, by what they are about."""

DELIVERY: Final = "success_probability_share"
AS_IT_STANDS: Final = "as it stands"
LOW: Final = "low"
HIGH: Final = "high"
FAILS: Final = "fails"
DELIVERS: Final = "delivers"

MOST_MEANINGFUL_RATIO: Final = 100.0
"""Above this price-earnings ratio earnings are too close to zero for it to mean anything."""

# ---------------------------------------------------------------------- outcomes


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome of the grid.

    key: the assumption moved, "" for the scenario as it stands
    end: as it stands, low, high, fails or delivers
    value: of the assumption, in its unit
    value_per_share_jpy: value of the alliance per share [JPY]
    """

    key: str
    end: str
    value: float
    value_per_share_jpy: float


def outcomes(scenario: Scenario, company: str, keys: Sequence[str] = MAIN_ASSUMPTIONS) -> tuple[Outcome, ...]:
    """The scenario as it stands and each variation of it that changes what the alliance is worth to a company.

    A variation that leaves the company's value as it is would only count the scenario twice: it is left out.
    Trucks stop at what Canton can build.
    """
    rows: list[tuple[str, str, float]] = []
    ends = [(key, end) for key in keys for end in (LOW, HIGH)]
    for key, end in (*ends, (DELIVERY, FAILS), (DELIVERY, DELIVERS)):
        a = ASSUMPTIONS[key]
        wanted = {LOW: a.low, HIGH: a.high, FAILS: a.minimum, DELIVERS: a.maximum}[end]
        certain = end in (FAILS, DELIVERS)  # whatever the scenario's world fixes
        value = wanted if certain else within(feasible_range(scenario, key), wanted, wanted)[0]
        if not any((row[0], row[2]) == (key, value) for row in rows):
            rows.append((key, end, value))
    standing = (DELIVERY, scenario.values[DELIVERY])
    projection = one_at_a_time(scenario, [standing, *((key, value) for key, _, value in rows)])
    first, *others = np.asarray(projection.once_company["value_per_share_jpy"][company]).tolist()
    varied = (
        Outcome(*row, value) for row, value in zip(rows, others, strict=True) if not isclose(value, first, abs_tol=1e-9)
    )
    return (Outcome("", AS_IT_STANDS, 0.0, first), *varied)


# ---------------------------------------------------------------------- the rule


@dataclass(frozen=True, slots=True)
class StanceInputs:
    """What the rule reads.

    values_per_share_jpy: value of the alliance per share in each outcome [JPY], at least one
    price_jpy: price of a share [JPY], above zero
    bar_share: what an outcome must be worth to count [share of the price], above zero
    clear_share: share of the outcomes that must clear the bar, 0 to 1
    milestones: each named milestone and whether it has happened
    milestones_needed: how many must have happened
    """

    values_per_share_jpy: tuple[float, ...]
    price_jpy: float
    bar_share: float
    clear_share: float
    milestones: Mapping[str, bool]
    milestones_needed: int

    def __post_init__(self) -> None:
        """Refuse inputs on which the rule would say nothing."""
        if not self.values_per_share_jpy:
            raise ValueError("a stance needs at least one outcome")
        if not (self.price_jpy > 0.0 and self.bar_share > 0.0):
            raise ValueError(f"price {self.price_jpy} and bar {self.bar_share} must be above zero")
        if not 0.0 <= self.clear_share <= 1.0:
            raise ValueError(f"share that must clear the bar: {self.clear_share} is not within 0 to 1")
        if not 0 <= self.milestones_needed <= len(self.milestones):
            raise ValueError(f"{self.milestones_needed} milestones needed of {len(self.milestones)} named")

    @property
    def outcomes_needed(self) -> int:
        """How many outcomes must clear the bar."""
        return ceil(self.clear_share * len(self.values_per_share_jpy) - 1e-9)

    @property
    def bar_jpy(self) -> float:
        """What an outcome must be worth per share to count [JPY]."""
        return self.bar_share * self.price_jpy


HOLD: Final = "Hold"
WAIT: Final = "Wait"


@dataclass(frozen=True, slots=True)
class Stance:
    """What the rule says, what drove it, and why in one sentence.

    name: Hold or Wait
    cleared: number of outcomes that clear the bar
    enough_clear: whether they are enough
    missing: milestones that have not happened
    enough_happened: whether enough have
    """

    name: str
    inputs: StanceInputs
    cleared: int
    enough_clear: bool
    missing: tuple[str, ...]
    enough_happened: bool
    sentence: str

    @property
    def cleared_share(self) -> float:
        """Share of the outcomes that clear the bar."""
        return self.cleared / len(self.inputs.values_per_share_jpy)


def stance(inputs: StanceInputs) -> Stance:
    """Hold where enough outcomes clear the bar and enough milestones have happened, else wait."""
    count = len(inputs.values_per_share_jpy)
    cleared = sum(value >= inputs.bar_jpy for value in inputs.values_per_share_jpy)
    missing = tuple(name for name, happened in inputs.milestones.items() if not happened)
    happened = len(inputs.milestones) - len(missing)
    enough_clear = cleared >= inputs.outcomes_needed
    enough_happened = happened >= inputs.milestones_needed
    name = HOLD if enough_clear and enough_happened else WAIT
    sentence = (
        f"{name}: {cleared} of {count} outcomes clear the bar ({inputs.outcomes_needed} needed) "
        f"{'and' if enough_clear == enough_happened else 'but'} "
        f"{happened} of {len(inputs.milestones)} milestones have happened ({inputs.milestones_needed} needed)."
    )
    return Stance(name, inputs, cleared, enough_clear, missing, enough_happened, sentence)


# ---------------------------------------------------------------------- price and earnings


def price_earnings_ratio(price_jpy: float, eps_jpy: float) -> float | None:
    """Price over earnings per share [ratio]; None for losses, and for earnings too close to zero to compare.

    price_jpy: price of a share [JPY]
    eps_jpy: earnings per share [JPY a year]
    """
    if eps_jpy <= 0.0 or price_jpy / eps_jpy > MOST_MEANINGFUL_RATIO:
        return None
    return price_jpy / eps_jpy
