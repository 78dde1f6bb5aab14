"""Editions: immutable sets of facts and default values, each the world as of a date.

A link names its edition, so an old link shows the numbers it showed when it was made. The values
live in `data/editions/*.csv`; this module joins them with the registry.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from data.editions import EditionRow, edition_names, read_edition
from data.facts import DataError
from model.registry import ASSUMPTIONS

COMPANIES: Final = ("honda", "nissan")
COMPANY_LABELS: Final = {"honda": "Honda", "nissan": "Nissan"}
HORIZON_YEARS: Final = 5

DEFAULT_EDITION: Final = "2026-11"

_COMPANY_FACTS: Final = {
    "guided_operating_profit_jpy_bn": "JPY bn",
    "guided_revenue_jpy_bn": "JPY bn",
    "guided_net_income_jpy_bn": "JPY bn",
    "shares_bn": "bn shares",
    "us_sales_kveh": "kveh",
    "usmca_imports_kveh": "kveh",
    "japan_imports_kveh": "kveh",
    "us_output_kveh": "kveh",
    "other_us_capacity_kveh": "kveh",
    "rd_jpy_bn": "JPY bn",
}
EDITION_FACTS: Final = {
    **{f"{company}_{name}": unit for company in COMPANIES for name, unit in _COMPANY_FACTS.items()},
    "ordinary_car_duty_share": "share",
    "surcharge_share": "share",
    "surcharge_months": "months",
    "ridgeline_sales_kveh": "kveh",
    "greenfield_usd_per_unit": "USD per unit of yearly capacity",
    "first_fiscal_year": "fiscal year",
}
"""Facts that every edition states, with their units."""


@dataclass(frozen=True, slots=True)
class Edition:
    """Facts and defaults as of a date.

    rows: every row of the edition's file, by key, with source and kind
    facts: values users cannot move
    defaults: value of every assumption
    """

    name: str
    rows: Mapping[str, EditionRow]
    facts: Mapping[str, float]
    defaults: Mapping[str, float]

    @property
    def years(self) -> tuple[str, ...]:
        """Labels of the five fiscal years, such as "FY2027/3"."""
        first = int(self.facts["first_fiscal_year"])
        return tuple(f"FY{year}/3" for year in range(first, first + HORIZON_YEARS))

    def source_of(self, key: str) -> tuple[str, str]:
        """Source and kind of an assumption's default or of a fact."""
        if key in self.rows:
            return self.rows[key].source, self.rows[key].kind
        return ASSUMPTIONS[key].source, ASSUMPTIONS[key].kind


@cache
def edition(name: str) -> Edition:
    """The edition of that name.

    Raises KeyError for an unknown name and DataError where its file and the registry disagree.
    """
    if name not in edition_names():
        raise KeyError(name)
    rows = read_edition(name)
    file = f"editions/{name}.csv"
    missing = [key for key in EDITION_FACTS if key not in rows]
    missing += [key for key, a in ASSUMPTIONS.items() if a.default is None and key not in rows]
    if missing:
        raise DataError(f"{file}, column key: no row for {', '.join(missing)}")
    for key, row in rows.items():
        unit = EDITION_FACTS[key] if key in EDITION_FACTS else ASSUMPTIONS[key].unit if key in ASSUMPTIONS else None
        if unit is None:
            where = f"{file}, row {row.row_number}, column key"
            raise DataError(f'{where}: "{key}" is neither a fact nor an assumption of the model')
        if row.unit != unit:
            raise DataError(f'{file}, row {row.row_number}, column unit: "{row.unit}" where {key} is in {unit}')
    defaults = {key: rows[key].value if key in rows else a.default for key, a in ASSUMPTIONS.items()}
    return Edition(
        name,
        rows,
        MappingProxyType({key: rows[key].value for key in EDITION_FACTS}),
        MappingProxyType({key: float(value) for key, value in defaults.items() if value is not None}),
    )


def editions() -> tuple[str, ...]:
    """Names of all editions, oldest first."""
    return edition_names()
