"""Results of the model by the names that links have for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from model.editions import COMPANIES, COMPANY_LABELS
from model.outputs import OUTPUTS
from model.projection import Projection


def result_name(output: str, company: str) -> str:
    """How a link names a result: "net_tariff_cost_jpy_bn.honda", or the output alone where it has no company."""
    return f"{output}.{company}" if company else output


def _companies(output: str) -> tuple[str, ...]:
    return COMPANIES if OUTPUTS[output].scope in ("company", "once_company") else ("",)


def results_of(outputs: Iterable[str]) -> tuple[str, ...]:
    """Names of the results of some outputs, of each company that has them."""
    return tuple(result_name(output, company) for output in outputs for company in _companies(output))


RESULTS: Final = {
    result_name(output, company): (output, company) for output in OUTPUTS for company in _companies(output)
}
"""Every result by its name in links: output and company."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A result as a page shows it.

    result: its name in links; value: in the unit of its output
    line: the scenario that it is of, see `pages/kit/another.py`; empty for the one in the sliders
    case: what that scenario is called where a list holds several
    """

    result: str
    value: float
    line: str = ""
    case: str = ""


Known: TypeAlias = str | tuple[Shown, ...]
"""How the number of a card is known: the results whose sum it is, or a mark where it is no result."""


def named(output: str, company: str) -> str:
    """A result in words: "Honda: Net tariff cost"."""
    label = OUTPUTS[output].label
    return f"{COMPANY_LABELS[company]}: {label}" if company else label


def value_of(projection: Projection, output: str, company: str, year: int) -> float:
    """A result in a year, 0 to 4, or the one number that it is; company: empty where the output belongs to none."""
    scope = OUTPUTS[output].scope
    if scope == "company":
        return float(np.asarray(projection.company[company][output])[year])
    if scope == "plant":
        return float(np.asarray(projection.plant[output])[year])
    return float(projection.once_company[output][company] if scope == "once_company" else projection.once[output])
