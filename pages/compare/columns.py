"""Columns that several tables of the page have: who a row is of, its link, the results compared, and their source."""

from typing import Final

from model.comparison import Compared, Comparison
from model.outputs import OUTPUTS

MEASURES: Final = (
    "operating_profit_jpy_bn",
    "operating_margin_share",
    "net_tariff_cost_jpy_bn",
    "alliance_benefit_jpy_bn",
    "alliance_npv_jpy_bn",
    "value_per_share_jpy",
)
"""Outputs per company that are compared, in the order of the table."""

CANTON: Final = "canton_utilisation_share"

BASE_ROLE: Final = "base"
OTHER_ROLE: Final = "compared"

SOURCES: Final = ("Alliance Explorer model on the facts of each scenario's edition; see the Sources page",)
"""Where the numbers of several scenarios come from, each on the facts of its own edition."""

WHO: Final = {
    "letter": "Letter of the scenario in charts and tables",
    "scenario": "Scenario",
    "role": "Whether it is the base of the differences",
    "edition": "Edition of facts and defaults",
}
"""What a table says of the scenario of a row, by column."""

LINK: Final = {"link": "Full link of this scenario, to be put behind the address of a page"}


def _role(c: Comparison, member: Compared) -> str:
    return BASE_ROLE if member is c.base else OTHER_ROLE


def who(c: Comparison, member: Compared) -> tuple[str, str, str, str]:
    """Letter, name, role and edition of a scenario, as the columns `WHO`."""
    return member.letter, member.name, _role(c, member), member.scenario.edition


def link(member: Compared) -> str:
    """The full link of a scenario, as the column `LINK`."""
    return f"?{member.link}"


def meaning(name: str) -> str:
    """What an output is, with its unit."""
    output = OUTPUTS[name]
    return f"{output.label}, {'share of 1' if output.unit == 'share' else output.unit}"
