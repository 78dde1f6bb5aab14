"""Results of the model by the names that links have for them."""

from collections.abc import Iterable
from typing import Final

from model.editions import COMPANIES
from model.outputs import OUTPUTS


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
