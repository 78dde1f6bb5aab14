"""What the page's example of an alliance would bring where the scenario has none."""

from functools import lru_cache
from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from model.editions import COMPANIES, COMPANY_LABELS, edition_words
from model.links import scenario_of_preset
from model.presets import PRESETS
from pages.alliance import axes, colors, effects, payback, worth
from pages.alliance.effects import TOGETHER
from pages.alliance.labels import above_and_below, plain_signed, signed_yen, tips
from pages.kit.axes import extent, with_ends
from pages.kit.charts import COMPANY_COLORS, Chart
from pages.kit.columns import Columns
from pages.kit.figure import Custom, Figure
from pages.kit.tables import MODEL_SOURCE, Table
from pages.kit.view import View
from pages.kit.words import quantity

EXAMPLE_PRESET: Final = "alliance_delivers"
"""The preset that the page shows where the scenario has no alliance."""

_EXAMPLE_LABEL: Final = PRESETS[EXAMPLE_PRESET].label


def _example(view: View) -> View:
    """The preset that the page invites to, on the edition in use."""
    return _example_on(view.scenario.edition, view.year)


@lru_cache(maxsize=16)
def _example_on(edition_name: str, year: int) -> View:
    return View.of(scenario_of_preset(EXAMPLE_PRESET, edition_name), year)


def _records(view: View) -> list[tuple[object, ...]]:
    """What the page's example of an alliance would bring by year and company, on the edition in use."""
    example = _example(view).projection
    return [
        (COMPANY_LABELS[company], year, float(benefit), float(total))
        for company in COMPANIES
        for year, benefit, total in zip(
            example.years, effects.benefit(example, company), np.cumsum(effects.benefit(example, company)), strict=True
        )
    ]


def _marks(table: Table, view: View) -> Columns:
    """Net benefit by year with its labels."""
    benefits = table.values["benefit_jpy_bn"]
    return with_ends(
        table.values,
        extent(benefits),
        label=[plain_signed(benefit) for benefit in benefits],
        label_benefit=signed_yen(benefits),
        label_total=signed_yen(table.values["cumulative_jpy_bn"]),
    )


def _chart(marks: pd.DataFrame) -> Chart:
    """Net benefit by year: a bar per company, labelled with its amount."""
    title = "Net benefit, JPY bn"
    base = alt.Chart(marks).encode(
        x=alt.X("fiscal_year:O", title=None, axis=alt.Axis(labelAngle=0, ticks=False)),
        xOffset=alt.XOffset("company:N", sort=list(COMPANY_COLORS)),
        y=axes.upward_unstacked("benefit_jpy_bn:Q", title),
    )
    bars = base.mark_bar().encode(
        color=alt.Color("company:N", scale=colors.scale(COMPANY_COLORS), legend=colors.legend()),
        tooltip=tips(
            company="Company", fiscal_year="Fiscal year", label_benefit="Net benefit", label_total="Added up so far"
        ),
    )
    labels = above_and_below(base, "benefit_jpy_bn", "label", 9)
    return alt.layer(*axes.frame(marks, "y"), bars, *labels).properties(height=280)


def _finding(view: View) -> str:
    """What the example would bring, in one sentence."""
    example = _example(view)
    total = quantity(worth.value_jpy_bn(example, TOGETHER), "JPY bn")
    return f"“{_EXAMPLE_LABEL}” would be worth {total} today; before tax, {payback.payback_of_both(example)}"


def _sources(view: View) -> tuple[str, ...]:
    """Whose numbers they are, for a table that is named with a scenario of its own."""
    aside = f"Numbers of the preset “{_EXAMPLE_LABEL}” on edition {edition_words(view.scenario.edition)}"
    return f"{aside}, not of the scenario named above", PRESETS[EXAMPLE_PRESET].source, MODEL_SOURCE


INVITATION: Final = Figure(
    name="alliance_invitation",
    title=f"What the preset “{_EXAMPLE_LABEL}” would bring",
    columns={
        "company": "Company",
        "fiscal_year": "Fiscal year, ending in March",
        "benefit_jpy_bn": "Net benefit of the alliance, before tax, JPY bn",
        "cumulative_jpy_bn": "Net benefit since the first year, before tax, JPY bn",
    },
    records=_records,
    form=Custom(_chart, _marks),
    finding=_finding,
    sources=_sources,
)
