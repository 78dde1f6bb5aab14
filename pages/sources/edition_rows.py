"""The rows of an edition, which have no address of their own: facts that hold in it, and defaults that it states."""

from typing import Final

import pandas as pd

from model.editions import COMPANY_LABELS, edition
from model.registry import ASSUMPTIONS
from pages.kit.tables import Table
from pages.kit.words import URL_MEANING, markdown_text
from pages.sources.cells import held_text, source_cell
from pages.sources.exact import exact_quantity, plain_number, unit_of

EDITION_SOURCES: Final = ("data/editions; the column source names the source of each row",)

_FACT_LABELS: Final = {
    "guided_operating_profit_jpy_bn": "operating profit, guided",
    "guided_revenue_jpy_bn": "revenue, guided",
    "guided_net_income_jpy_bn": "net income, guided",
    "shares_bn": "shares outstanding",
    "us_sales_kveh": "cars sold in the US",
    "usmca_imports_kveh": "cars imported from Canada and Mexico",
    "japan_imports_kveh": "cars imported from Japan",
    "us_output_kveh": "cars built in the US",
    "other_us_capacity_kveh": "US capacity, without Canton",
    "rd_jpy_bn": "research and development",
    "ordinary_car_duty_share": "Ordinary duty on cars, which the tariff comes on top of",
    "surcharge_share": "General import surcharge",
    "surcharge_months": "Months of the first year with the surcharge",
    "ridgeline_sales_kveh": "Ridgelines sold in the US",
    "greenfield_usd_per_unit": "Cost of a new plant",
    "first_fiscal_year": "First fiscal year",
}
"""Facts of an edition in words, by their name without the company."""


def edition_table(name: str) -> Table:
    """Every row of an edition: facts that hold in it, and defaults that it states."""
    records: list[tuple[object, ...]] = [
        (key, edition_label(key), plain_number(row.value), row.unit, row.fact, row.source, row.kind, row.note, row.url)
        for key, row in edition(name).rows.items()
    ]
    columns = {
        "key": "Name of the value",
        "label": "What it is",
        "value": "Value in the unit; shares are fractions",
        "unit": "Unit",
        "fact": "Name of the fact that it quotes, if any",
        "source": "Source",
        "kind": "How the value is known",
        "note": "Note",
        "url": URL_MEANING,
    }
    return Table.of(f"edition-{name}", f"Edition {name}", columns, records, EDITION_SOURCES)


def edition_label(key: str) -> str:
    """A value of an edition in words."""
    if key in ASSUMPTIONS:
        return ASSUMPTIONS[key].label
    for company, name in COMPANY_LABELS.items():
        if key.startswith(f"{company}_"):
            return f"{name}: {_FACT_LABELS[key.removeprefix(f'{company}_')]}"
    return _FACT_LABELS[key]


def edition_in_words(table: Table, other: Table) -> pd.DataFrame:
    """Rows of an edition as Markdown cells beside the value of another edition."""
    elsewhere = {row["key"]: exact_quantity(row["value"], unit_of(row)) for row in other.rows.to_dict("records")}
    there_name = f"In {other.name.removeprefix('edition-')}"
    records = []
    for row in table.rows.to_dict("records"):
        value, there = exact_quantity(row["value"], unit_of(row)), elsewhere.get(row["key"], "its own default")
        quoted = f"fact {row['fact']}" if row["fact"] else ""
        records.append(
            {
                "What": held_text(row["label"], 24),
                "Value": value,
                there_name: "same" if value == there else there,
                "Source and note": source_cell(row, 30, quoted),
                "Name": markdown_text(row["key"]),
            }
        )
    return pd.DataFrame(records)
