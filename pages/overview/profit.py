"""Operating profit and its margin by year."""

from typing import Final

import numpy as np

from model.editions import COMPANIES, COMPANY_LABELS
from pages.kit.figure import Figure
from pages.kit.forms import LinesByYear
from pages.kit.tables import cases
from pages.kit.view import View
from pages.kit.words import change_words
from pages.overview.headline import of_both


def _records(view: View) -> list[tuple[object, ...]]:
    """Operating profit and margin by company, case and fiscal year."""
    records: list[tuple[object, ...]] = []
    for case, projection in cases(view):
        for company in COMPANIES:
            outputs = projection.company[company]
            profits = np.asarray(outputs["operating_profit_jpy_bn"])
            margins = np.asarray(outputs["operating_margin_share"])
            for year, profit, margin in zip(projection.years, profits, margins, strict=True):
                records.append((COMPANY_LABELS[company], case, year, float(profit), float(margin)))
    return records


def _finding(view: View) -> str:
    """Where operating profit stands in the last year shown."""
    changes = []
    for company in COMPANIES:
        value, base = view.at_year(company, "operating_profit_jpy_bn")
        changes.append(f"{COMPANY_LABELS[company]} {change_words(value - base, 'JPY bn')}")
    if not view.scenario.changed():
        yours = ", with figures of your own," if view.has_own_figures else ""
        how = f"As guided{yours} for" if view.year == 0 else f"Carried on from guidance{yours} to"
        return f"{how} {view.year_label}: {of_both(view, 'operating_profit_jpy_bn')}"
    return f"Operating profit against the reference in {view.year_label}: {' and '.join(changes)}"


_COLUMNS: Final = {
    "company": "Company",
    "case": "Scenario or reference",
    "fiscal_year": "Fiscal year, ending in March",
}

_MARGIN_COLUMNS: Final = {**_COLUMNS, "operating_margin_share": "Operating margin, share of revenue"}

PROFIT: Final = Figure(
    name="profit",
    title="Operating profit and margin",
    columns={
        **_COLUMNS,
        "operating_profit_jpy_bn": "Operating profit, JPY bn",
        "operating_margin_share": "Operating margin, share of revenue",
    },
    records=_records,
    form=LinesByYear("operating_profit_jpy_bn", "Operating profit, JPY bn", ",.0f"),
    finding=_finding,
)

MARGIN: Final = Figure(
    name="margin",
    title="Operating margin",
    columns=_MARGIN_COLUMNS,
    records=lambda view: {name: PROFIT.table(view).values[name] for name in _MARGIN_COLUMNS},
    form=LinesByYear("operating_margin_share", "Operating margin", ".1%"),
    finding=lambda view: f"Operating margin in {view.year_label}: {of_both(view, 'operating_margin_share')}",
)
