"""Columns that several tables of the page have: who a row is of, its link, the results compared, and their source."""

from typing import Final

from model.comparison import Compared, Comparison
from model.editions import edition_words
from model.outputs import OUTPUTS
from model.worlds import CHANCE, world_words

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
    "world": "World of the alliance that the numbers are in; empty where it makes no difference",
}
"""What a table says of the scenario of a row, by column."""

LINK: Final = {"link": "Full link of this scenario, to be put behind the address of a page"}


def _role(c: Comparison, member: Compared) -> str:
    return BASE_ROLE if member is c.base else OTHER_ROLE


def who(c: Comparison, member: Compared) -> tuple[str, str, str, str, str]:
    """Letter, name, role, edition and world of a scenario, as the columns `WHO`."""
    return member.letter, member.name, _role(c, member), edition_words(member.scenario.edition), world(member)


def world(member: Compared) -> str:
    """The world that a scenario's numbers are in, in words; empty where it makes no difference."""
    return world_words(member.world, member.scenario.asked[CHANCE]) if member.world else ""


def link(member: Compared) -> str:
    """The full link of a scenario, as the column `LINK`."""
    return f"?{member.link}"


def meaning(name: str) -> str:
    """What an output is, with its unit."""
    output = OUTPUTS[name]
    return f"{output.label}, {'share of 1' if output.unit == 'share' else output.unit}"
