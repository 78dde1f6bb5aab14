"""The tables behind the charts: pure functions of a view, one row per mark, units in the column names.

What a chart shows, a download writes and a data address serves is the same table.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Final

import numpy as np
import pandas as pd

from model.bridge import bridge
from model.editions import COMPANIES, COMPANY_LABELS
from model.outputs import OUTPUTS
from model.projection import Projection
from model.registry import ASSUMPTIONS
from pages.parts.columns import Columns, columns_of
from pages.parts.view import View, kept
from pages.parts.words import ROLE_MEANING, assumption_value, figure, in_sentence, named_with_role, signed

# Tables of a few rows: here texts as Arrow arrays cost a third of the time of making them.
pd.set_option("mode.string_storage", "python")

SCENARIO: Final = "Scenario"
REFERENCE: Final = "Reference"

_DUST_JPY_BN: Final = 1e-9

MODEL_SOURCE: Final = "Alliance Explorer model on the edition's facts; see the Sources page"
"""Where a number of the model comes from."""

ORIGINS: Final = (
    "net_usmca_duty_jpy_bn",
    "net_japan_duty_jpy_bn",
    "net_parts_duty_jpy_bn",
    "net_materials_duty_jpy_bn",
    "net_other_duty_jpy_bn",
)


@dataclass(frozen=True, eq=False)
class Table:
    """A named table: its title, what its columns hold, its values, and where they come from.

    columns: name to meaning with unit; values: name to values, as many in each
    lacking: what was asked for and is not here, or not as asked, in words; empty where the table is whole
    """

    name: str
    title: str
    columns: dict[str, str]
    values: Columns
    sources: tuple[str, ...] = (MODEL_SOURCE,)
    lacking: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        name: str,
        title: str,
        columns: dict[str, str],
        records: Iterable[tuple[object, ...]],
        sources: tuple[str, ...] = (MODEL_SOURCE,),
    ) -> "Table":
        """A table from records in the order of its columns."""
        values = list(zip(*records, strict=True)) or [()] * len(columns)
        return cls(name, title, columns, dict(zip(columns, map(list, values), strict=True)), sources)

    @classmethod
    def framed(
        cls,
        name: str,
        title: str,
        columns: dict[str, str],
        rows: pd.DataFrame,
        sources: tuple[str, ...] = (MODEL_SOURCE,),
        lacking: tuple[str, ...] = (),
    ) -> "Table":
        """A table of what pandas worked out."""
        table = cls(name, title, columns, columns_of(rows), sources, lacking)
        table.__dict__["rows"] = rows
        return table

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The rows as pandas has them; made when they are first asked for."""
        return pd.DataFrame(dict(self.values))


def moves(effect_jpy_bn: float) -> bool:
    """Whether an effect is more than what subtraction leaves of nothing."""
    return abs(effect_jpy_bn) > _DUST_JPY_BN


def _cases(view: View) -> Iterator[tuple[str, Projection]]:
    yield SCENARIO, view.projection
    yield REFERENCE, view.reference


@kept
def profit_by_year(view: View) -> Table:
    """Operating profit and margin by company, case and fiscal year."""
    records: list[tuple[object, ...]] = []
    for case, projection in _cases(view):
        for company in COMPANIES:
            outputs = projection.company[company]
            profits = np.asarray(outputs["operating_profit_jpy_bn"])
            margins = np.asarray(outputs["operating_margin_share"])
            for year, profit, margin in zip(projection.years, profits, margins, strict=True):
                records.append((COMPANY_LABELS[company], case, year, float(profit), float(margin)))
    columns = {
        "company": "Company",
        "case": "Scenario or reference",
        "fiscal_year": "Fiscal year, ending in March",
        "operating_profit_jpy_bn": "Operating profit, JPY bn",
        "operating_margin_share": "Operating margin, share of revenue",
    }
    return Table.of("profit", "Operating profit and margin", columns, records)


def profit_bridge(view: View, company: str) -> Table:
    """The steps from the reference's operating profit to the scenario's; steps of zero are left out."""
    profit, reference = view.at_year(company, "operating_profit_jpy_bn")
    records: list[tuple[object, ...]] = [(REFERENCE, reference, 0.0, reference, "total")]
    level = reference
    for step in bridge(view.projection, company, view.year):
        if moves(step.effect_jpy_bn):
            kind = "gain" if step.effect_jpy_bn > 0 else "loss"
            records.append((step.label, step.effect_jpy_bn, level, level + step.effect_jpy_bn, kind))
            level += step.effect_jpy_bn
    records.append((SCENARIO, profit, 0.0, profit, "total"))
    columns = {
        "step": "Cause",
        "effect_jpy_bn": "Effect on operating profit, JPY bn",
        "from_jpy_bn": "Operating profit before the step, JPY bn",
        "to_jpy_bn": "Operating profit after the step, JPY bn",
        "kind": "Total, gain or loss",
    }
    name = COMPANY_LABELS[company]
    return Table.of(f"bridge_{company}", f"{name}: from reference to scenario, {view.year_label}", columns, records)


def tariff_by_origin(view: View) -> Table:
    """Net tariff cost by company, case and origin in the year in focus."""
    records: list[tuple[object, ...]] = [
        (COMPANY_LABELS[company], case, OUTPUTS[origin].label, value)
        for company in COMPANIES
        for origin in ORIGINS
        for case, value in zip((SCENARIO, REFERENCE), view.at_year(company, origin), strict=True)
    ]
    columns = {
        "company": "Company",
        "case": "Scenario or reference",
        "origin": "What pays the duty",
        "net_tariff_cost_jpy_bn": "Net tariff cost, JPY bn",
    }
    return Table.of("tariff_by_origin", f"Net tariff cost by origin, {view.year_label}", columns, records)


def changes(view: View) -> Table:
    """Assumptions that differ from the edition's defaults."""
    records: list[tuple[object, ...]] = [
        (key, ASSUMPTIONS[key].label, default, value, ASSUMPTIONS[key].unit, ASSUMPTIONS[key].role)
        for key, (default, value) in view.scenario.changed().items()
    ]
    columns = {
        "key": "Name in links",
        "assumption": "Assumption",
        "reference": "Value in the edition; the reference has the scenario's own where it is an estimate",
        "scenario": "Value in the scenario",
        "unit": "Unit",
        "role": ROLE_MEANING,
    }
    return Table.of("changes", "What was changed", columns, records)


def changes_in_words(change_table: Table) -> Columns:
    """The changes as a reader wants them: assumption, edition, scenario."""
    values = change_table.values
    words = {
        name: [assumption_value(k, v) for k, v in zip(values["key"], values[case], strict=True)]
        for case, name in (("reference", "Edition"), ("scenario", "Scenario"))
    }
    return {"Assumption": [named_with_role(key) for key in values["key"]], **words}


def margin_by_year(view: View) -> Table:
    """Operating margin by company, case and fiscal year."""
    profit = profit_by_year(view)
    columns = {name: meaning for name, meaning in profit.columns.items() if name != "operating_profit_jpy_bn"}
    return Table("margin", "Operating margin", columns, {name: profit.values[name] for name in columns})


def with_step_labels(bridge_table: Table) -> Columns:
    """A bridge with the label of each bar and where it is drawn."""
    values = bridge_table.values
    labels = [
        figure(effect, "JPY bn") if kind == "total" else signed(effect, "JPY bn")
        for effect, kind in zip(values["effect_jpy_bn"], values["kind"], strict=True)
    ]
    ends = list(zip(values["from_jpy_bn"], values["to_jpy_bn"], strict=True))
    right = [max(pair) for pair in ends]
    room = 0.22 * (max(*right, 0.0) - min(min(pair) for pair in [*ends, (0.0, 0.0)]))
    return {**values, "label": labels, "right_jpy_bn": right, "room_jpy_bn": [end + room for end in right]}


def with_line_labels(year_table: Table, column: str) -> Columns:
    """Values by year with the company's name at the end of its line, above the upper line and below the lower."""
    values = year_table.values
    companies, years = values["company"], values["fiscal_year"]
    at_end = [year == years[-1] and case == SCENARIO for year, case in zip(years, values["case"], strict=True)]
    ends = zip(values[column], companies, at_end, strict=True)
    _, upper = max(((value, company) for value, company, end in ends if end), key=lambda one: one[0])
    names = [company if end else "" for company, end in zip(companies, at_end, strict=True)]
    return {
        **values,
        "label_above": [name if name == upper else "" for name in names],
        "label_below": [name if name != upper else "" for name in names],
    }


def with_bar_labels(origin_table: Table) -> Columns:
    """Values by origin with the bar they belong to, their rank within it and their label."""
    values = origin_table.values
    ranks = {origin: rank for rank, origin in enumerate(dict.fromkeys(values["origin"]))}
    return {
        **values,
        "bar": [
            f"{company}, {in_sentence(case)}" for company, case in zip(values["company"], values["case"], strict=True)
        ],
        "rank": [ranks[origin] for origin in values["origin"]],
        "label": [figure(value, "JPY bn") for value in values["net_tariff_cost_jpy_bn"]],
    }


TABLES: Final[dict[str, Callable[[View], Table]]] = {
    "profit": profit_by_year,
    "margin": margin_by_year,
    "bridge_honda": partial(profit_bridge, company="honda"),
    "bridge_nissan": partial(profit_bridge, company="nissan"),
    "tariff_by_origin": tariff_by_origin,
    "changes": changes,
}
"""Every table of the Overview page by name."""
