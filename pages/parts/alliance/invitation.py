"""What the page's example of an alliance would bring where the scenario has none."""

from functools import lru_cache
from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from model.editions import COMPANIES, COMPANY_LABELS
from model.links import scenario_of_preset
from model.presets import PRESETS
from pages.parts.alliance import origin, payback, pieces, reading, worth
from pages.parts.alliance.reading import TOGETHER
from pages.parts.charts import COMPANY_COLORS, Chart
from pages.parts.columns import Columns
from pages.parts.tables import MODEL_SOURCE, Table
from pages.parts.view import View
from pages.parts.words import figure

EXAMPLE_PRESET: Final = "alliance_delivers"
"""The preset that the page shows where the scenario has no alliance."""


def example_view(view: View) -> View:
    """The preset that the page invites to, on the edition in use."""
    return _example(view.scenario.edition, view.year)


@lru_cache(maxsize=16)
def _example(edition_name: str, year: int) -> View:
    return View.of(scenario_of_preset(EXAMPLE_PRESET, edition_name), year)


def invitation(view: View) -> Table:
    """What the page's example of an alliance would bring by year and company, on the edition in use."""
    example = example_view(view).projection
    records: list[tuple[object, ...]] = [
        (COMPANY_LABELS[company], year, float(benefit), float(total))
        for company in COMPANIES
        for year, benefit, total in zip(
            example.years, reading.benefit(example, company), np.cumsum(reading.benefit(example, company)), strict=True
        )
    ]
    columns = {
        "company": "Company",
        "fiscal_year": "Fiscal year, ending in March",
        "benefit_jpy_bn": "Net benefit of the alliance, before tax, JPY bn",
        "cumulative_jpy_bn": "Net benefit since the first year, before tax, JPY bn",
    }
    preset = PRESETS[EXAMPLE_PRESET]
    table = Table.of("alliance_invitation", f"What the preset “{preset.label}” would bring", columns, records)
    aside = (
        f"Numbers of the preset “{preset.label}” on edition {view.scenario.edition}, not of the scenario named above"
    )
    return origin.sourced(table, aside, preset.source, MODEL_SOURCE)


def invitation_rows(table: Table) -> Columns:
    """Net benefit by year with its labels."""
    benefits = table.values["benefit_jpy_bn"]
    return pieces.drawn(
        table.values,
        pieces.extent(benefits),
        label=[pieces.plain_signed(benefit) for benefit in benefits],
        label_benefit=pieces.signed_yen(benefits),
        label_total=pieces.signed_yen(table.values["cumulative_jpy_bn"]),
    )


def invitation_bars(rows: pd.DataFrame) -> Chart:
    """Net benefit by year: a bar per company, labelled with its amount.

    rows: of `invitation_rows`
    """
    title = "Net benefit, JPY bn"
    base = alt.Chart(rows).encode(
        x=alt.X("fiscal_year:O", title=None, axis=alt.Axis(labelAngle=0, ticks=False)),
        xOffset=alt.XOffset("company:N", sort=list(COMPANY_COLORS)),
        y=pieces.upward_unstacked("benefit_jpy_bn:Q", title),
    )
    bars = base.mark_bar().encode(
        color=alt.Color("company:N", scale=pieces.colors(COMPANY_COLORS), legend=pieces.legend()),
        tooltip=pieces.tips(
            company="Company", fiscal_year="Fiscal year", label_benefit="Net benefit", label_total="Added up so far"
        ),
    )
    labels = pieces.on_both_sides(base, "benefit_jpy_bn", "label", True, 9)
    return alt.layer(*pieces.frame(rows, "y", title), bars, *labels).properties(height=280)


def invitation_finding(view: View) -> str:
    """What the example would bring, in one sentence."""
    example = example_view(view)
    total = worth.value_jpy_bn(example, TOGETHER)
    label = PRESETS[EXAMPLE_PRESET].label
    return f"“{label}” would be worth {figure(total, 'JPY bn')} today; before tax, {payback.payback_of_both(example)}"
