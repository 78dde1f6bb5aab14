"""What Canton adds to each company's profit by year."""

from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from model.editions import COMPANIES, COMPANY_LABELS
from pages.kit.axes import TO_THE_ENDS, ends, extent, with_ends, zero
from pages.kit.charts import COMPANY_COLORS, COMPANY_SCALE, Chart
from pages.kit.columns import Columns
from pages.kit.figure import Custom, Figure
from pages.kit.results import results_of
from pages.kit.tables import Table
from pages.kit.view import View
from pages.kit.words import number, signed
from pages.plant.canton import CAUSES, gain_by_year


def _records(view: View) -> list[tuple[object, ...]]:
    """What Canton adds to each company's operating profit, by year and cause."""
    records: list[tuple[object, ...]] = []
    for company in COMPANIES:
        outputs = view.projection.company[company]
        total = gain_by_year(view.projection, company)
        for index, year in enumerate(view.projection.years):
            causes = (float(np.asarray(outputs[name])[index]) for name in CAUSES)
            records.append((COMPANY_LABELS[company], year, *causes, float(total[index])))
    return records


def _finding(view: View) -> str:
    """What the five years add up to."""
    sums = {company: float(gain_by_year(view.projection, company).sum()) for company in COMPANIES}
    words = [f"{COMPANY_LABELS[company]} {signed(total, 'JPY bn')}" for company, total in sums.items()]
    return f"Over the five years: {' and '.join(words)}"


def _marks(table: Table, view: View) -> Columns:
    """Gains by year with their labels."""
    gains = table.values["gain_jpy_bn"]
    return {
        **with_ends(table.values, extent(gains, 0.18, above=True)),
        "top_jpy_bn": [max(gain, 0.0) for gain in gains],
        "label": [number(gain, 0) if abs(gain) >= 0.5 else "" for gain in gains],
        "label_gain": [signed(gain, "JPY bn") for gain in gains],
    }


def _chart(rows: pd.DataFrame) -> Chart:
    """The gain of each company by year, side by side."""
    base = alt.Chart(rows).encode(
        x=alt.X("fiscal_year:O", title=None, axis=alt.Axis(labelAngle=0)),
        xOffset=alt.XOffset("company:N", sort=list(COMPANY_COLORS)),
        tooltip=[
            alt.Tooltip("company:N", title="Company"),
            alt.Tooltip("fiscal_year:O", title="Fiscal year"),
            alt.Tooltip("label_gain:N", title="Effect on operating profit"),
        ],
    )
    bars = base.mark_bar().encode(
        y=alt.Y(
            "gain_jpy_bn:Q", title="Operating profit, JPY bn a year", scale=TO_THE_ENDS, axis=alt.Axis(tickCount=5)
        ),
        color=alt.Color(
            "company:N",
            scale=COMPANY_SCALE,
            legend=alt.Legend(title=None, orient="top"),
        ),
    )
    labels = base.mark_text(dy=-8).encode(y=alt.Y("top_jpy_bn:Q"), text=alt.Text("label:N"))
    return alt.layer(ends(rows, "y"), zero(rows, "y"), bars, labels).properties(height=260)


GAINS_BY_YEAR: Final = Figure(
    name="canton_gains_by_year",
    title="What Canton adds to operating profit by year",
    columns={
        "company": "Company",
        "fiscal_year": "Fiscal year, ending in March",
        "extra_trucks_jpy_bn": "Contribution of extra trucks, JPY bn",
        "transfer_jpy_bn": "Payment for the trucks above their variable cost, JPY bn; Honda pays, Nissan receives",
        "planning_gap_jpy_bn": "What the payment is worth more at Nissan's own exchange rate, JPY bn",
        "freed_lines_jpy_bn": "Freed Honda lines, net, JPY bn",
        "tooling_jpy_bn": "Write-off of tooling, JPY bn",
        "gain_jpy_bn": "Sum: effect on operating profit, JPY bn, in expectation",
    },
    results=results_of(CAUSES),
    records=_records,
    form=Custom(_chart, _marks),
    finding=_finding,
)
