"""Link receipts: the headline results a sender saw, packed into the link, beside what it gives now."""

import re
from dataclasses import dataclass
from typing import Final

import numpy as np

from model.editions import COMPANY_LABELS
from model.outputs import OUTPUTS
from model.projection import Projection

HEADLINES: Final = tuple(
    (company, name)
    for name in ("operating_profit_jpy_bn", "net_tariff_cost_jpy_bn", "alliance_npv_jpy_bn")
    for company in COMPANY_LABELS
)
"""Company and output of each number in a fingerprint; yearly outputs are those of the last year."""

DECIMALS: Final = 1
_NUMBER: Final = r"-?\d{1,6}\.\d"
_SAW: Final = re.compile("_".join([_NUMBER] * len(HEADLINES)), re.ASCII)


@dataclass(frozen=True, slots=True)
class Difference:
    """A headline result that is not what the sender saw [JPY bn]."""

    label: str
    saw_jpy_bn: float
    now_jpy_bn: float


def headline_results(projection: Projection) -> tuple[float, ...]:
    """The headline results of a single scenario [JPY bn], rounded as a fingerprint holds them."""
    values = (
        projection.company[company][name]
        if name in projection.company[company]
        else projection.once_company[name][company]
        for company, name in HEADLINES
    )
    return tuple(round(float(np.atleast_1d(np.asarray(value))[-1]), DECIMALS) + 0.0 for value in values)


def fingerprint(projection: Projection) -> str:
    """The headline results as text for a link, such as "500.0_200.0_252.2_231.2_0.0_0.0"."""
    return "_".join(f"{value:.{DECIMALS}f}" for value in headline_results(projection))


def read_fingerprint(text: str) -> tuple[float, ...] | None:
    """The numbers of a fingerprint, or None where the text is none."""
    return tuple(float(number) for number in text.split("_")) if _SAW.fullmatch(text) else None


def differences(saw: tuple[float, ...], projection: Projection) -> tuple[Difference, ...]:
    """Headline results that are not what the sender saw; empty where all agree."""
    return tuple(
        Difference(f"{COMPANY_LABELS[company]}: {OUTPUTS[name].label.lower()}", before, now)
        for (company, name), before, now in zip(HEADLINES, saw, headline_results(projection), strict=True)
        if before != now
    )
