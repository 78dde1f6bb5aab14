"""Every table of the Compare page, by the name of its download."""

from collections.abc import Callable
from functools import partial
from typing import Final

from model.comparison import Comparison
from model.editions import COMPANIES
from pages.parts.compare import assumptions, by_year, differences, results
from pages.parts.compare.from_address import comparison_of
from pages.parts.tables import Table
from pages.parts.view import View


def _of_view(make: Callable[[Comparison], Table], view: View) -> Table:
    compared, _ = comparison_of(view)
    if compared is None:
        raise ValueError("nothing to compare")
    return make(compared)


TABLES: Final[dict[str, Callable[[View], Table]]] = {
    "comparison_results": partial(_of_view, results.table),
    "comparison_differences": partial(_of_view, differences.table),
    **{f"comparison_profit_{k}": partial(_of_view, partial(by_year.table, company=k)) for k in COMPANIES},
    "comparison_assumptions": partial(_of_view, assumptions.table),
}
"""Every table of the page by name; ValueError where the view compares nothing: see `from_address.refusals`."""
