"""Every table of the Investor page, by the name of its download."""

from collections.abc import Callable
from functools import partial
from typing import Final

from model.editions import COMPANIES
from pages.parts.investor import by_outcome, dated, paying_back, per_share, to_watch
from pages.parts.tables import Table
from pages.parts.view import View

TABLES: Final[dict[str, Callable[[View], Table]]] = {
    "earnings_per_share": per_share.earnings_by_year,
    "value_per_share": per_share.value_beside_price,
    "payback": paying_back.payback_table,
    **{f"outcomes_{company}": partial(by_outcome.outcome_table, company=company) for company in COMPANIES},
    "milestones": dated.milestone_table,
    "figures_to_watch": to_watch.watch_table,
}
"""Every table of the page by name."""
