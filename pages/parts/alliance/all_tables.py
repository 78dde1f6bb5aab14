"""Every table of the Alliance page, by the name of its download."""

from collections.abc import Callable
from functools import partial
from typing import Final

from model.editions import COMPANIES
from pages.parts.alliance import (
    at_stake,
    by_year,
    invitation,
    others,
    payback,
    savings,
    talks,
    time_gained,
    worth,
    worth_along,
)
from pages.parts.alliance.reading import CHANCE, YEARS_AFTER
from pages.parts.tables import Table
from pages.parts.view import View

TABLES: Final[dict[str, Callable[[View], Table]]] = {
    **{f"alliance_benefits_{c}": partial(by_year.benefits, company=c) for c in COMPANIES},
    **{f"alliance_cumulative_{c}": partial(payback.cumulative, company=c) for c in COMPANIES},
    "alliance_stakes": at_stake.stakes,
    "alliance_cases": at_stake.case_totals,
    "alliance_value_parts": worth.value_parts,
    "alliance_value_by_chance": partial(worth_along.value_along, key=CHANCE),
    "alliance_value_by_years": partial(worth_along.value_along, key=YEARS_AFTER),
    "alliance_earlier_cars": time_gained.earlier_cars,
    "alliance_scale": savings.scale,
    "alliance_software_steps": savings.software_steps,
    "alliance_references": others.references,
    "alliance_venture": others.venture,
    "alliance_talks": talks.talks_table,
    "alliance_invitation": invitation.invitation,
}
"""Every table of the page by name."""
