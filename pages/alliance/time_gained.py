"""What cars that come earlier to market earn, by year, and what that is counted from."""

from typing import Final

import altair as alt
import pandas as pd

from model.editions import COMPANIES, COMPANY_LABELS
from model.projection import project
from model.registry import ASSUMPTIONS
from model.worlds import CHANCE
from pages.alliance import axes, colors, effects
from pages.alliance.effects import DELIVERS
from pages.alliance.labels import in_yen, tips
from pages.kit.axes import TO_THE_ENDS, extent, named_rows, with_ends
from pages.kit.charts import COMPANY_COLORS, GREY, Chart
from pages.kit.columns import Columns, on_first_of_each, total_of_each
from pages.kit.figure import Custom, Figure
from pages.kit.tables import Table
from pages.kit.view import View
from pages.kit.words import DUST, assumption_value, quantity

_INPUTS: Final = (
    "software_gain_months",
    "software_kveh",
    "software_incremental_share",
    "software_start_yr",
    "software_ramp_yr",
    "honda_contribution_usd",
    "nissan_contribution_usd",
    CHANCE,
)
"""Assumptions behind what cars that come earlier earn."""


def one_month_jpy_bn(view: View) -> float:
    """What one month gained to market would earn both if the alliance delivers, once all lines have come [JPY bn]."""
    values = {**view.scenario.values, CHANCE: 1.0, "software_gain_months": 1.0, "software_start_yr": 0.0}
    values |= {"software_ramp_yr": 1.0, "alliance_delay_yr": 0.0}
    projection = project(values, view.scenario.edition)
    return float(sum(effects.of_source(projection, c, "Cars earlier to market").sum() for c in COMPANIES))


def _records(view: View) -> list[tuple[object, ...]]:
    """What cars that come earlier earn, by year and company: at the scenario's chance and if it delivers."""
    outcomes = effects.outcomes(view)
    records: list[tuple[object, ...]] = []
    for company in COMPANIES:
        effect = effects.of_source(outcomes, company, "Cars earlier to market")
        for year, expected, delivered in zip(view.projection.years, effect[0], effect[1], strict=True):
            records.append((COMPANY_LABELS[company], year, float(expected), float(delivered)))
    return records


def inputs_in_words(view: View) -> Columns:
    """What the gain in time is counted from, as a reader wants it."""
    labels = [ASSUMPTIONS[key].label.replace("Joint software: ", "") for key in _INPUTS]
    return {
        "Input": [f"{label[0].upper()}{label[1:]}" for label in labels],
        "Value": [assumption_value(key, view.scenario.values[key]) for key in _INPUTS],
    }


def _marks(table: Table, view: View) -> Columns:
    """What earlier cars earn, with the sums of both companies on the rows of the first."""
    values = table.values
    years = values["fiscal_year"]
    expected, delivered = (total_of_each(years, values[name]) for name in ("expected_jpy_bn", "delivered_jpy_bn"))
    totals = [quantity(total, "JPY bn") if total > 0.0 else "none" for total in expected]
    return with_ends(
        values,
        extent(delivered, 0.25),
        rank=[list(COMPANY_COLORS).index(c) for c in values["company"]],
        total_jpy_bn=expected,
        total_delivered_jpy_bn=delivered,
        label=in_yen(values["expected_jpy_bn"]),
        label_total=on_first_of_each(years, totals),
        label_delivered=on_first_of_each(years, in_yen(delivered)),
    )


def _chart(marks: pd.DataFrame) -> Chart:
    """What cars that come earlier earn: a bar per year, Honda then Nissan, with the sum if it delivers as a tick."""
    title, years = "Earned earlier, JPY bn", named_rows("fiscal_year:O", marks["fiscal_year"])
    bars = (
        alt.Chart(marks)
        .mark_bar(height={"band": 0.62})
        .encode(
            y=years,
            x=alt.X("expected_jpy_bn:Q", stack="zero", axis=axes.across(title), scale=TO_THE_ENDS),
            color=alt.Color("company:N", scale=colors.scale(COMPANY_COLORS), legend=colors.legend()),
            order=alt.Order("rank:Q"),
            tooltip=tips(company="Company", fiscal_year="Fiscal year", label="Earned earlier"),
        )
    )
    base = alt.Chart(marks).transform_filter("datum.label_total != ''").encode(y=years)
    ticks = (
        base.transform_filter("datum.total_delivered_jpy_bn > datum.total_jpy_bn + 0.05")
        .mark_tick(thickness=3, size=20, color=GREY, aria=False)
        .encode(x=alt.X("total_delivered_jpy_bn:Q", title=title), tooltip=tips(label_delivered=DELIVERS))
    )
    labels = base.mark_text(align="left", dx=6).encode(
        x=alt.X("total_jpy_bn:Q", title=title), text=alt.Text("label_total:N")
    )
    return alt.layer(*axes.frame(marks, "x"), bars, ticks, labels).properties(height=alt.Step(30))


def _finding(view: View) -> str:
    """What the months gained earn, and when."""
    earned, v = EARLIER_CARS.table(view).values, view.scenario.values
    expected, delivered = sum(earned["expected_jpy_bn"]), sum(earned["delivered_jpy_bn"])
    by_year = zip(earned["fiscal_year"], earned["delivered_jpy_bn"], strict=True)
    years = sorted(year for year, amount in by_year if amount > DUST)
    months, cars = quantity(v["software_gain_months"], "months"), quantity(v["software_kveh"], "kveh")
    if not years:
        return f"{months} gained on {cars} a year, but none of them within the five years"
    span = years[0] if years[0] == years[-1] else f"{years[0]} to {years[-1]}"
    if view.chance_share == 0.0:
        return (
            f"{months} earlier for {cars} a year would earn {quantity(delivered, 'JPY bn')}, but nothing is delivered"
        )
    at_chance = "" if view.chance_share == 1.0 else f"; {quantity(delivered, 'JPY bn')} if it delivers"
    return f"{months} earlier for {cars} a year earn {quantity(expected, 'JPY bn')}, once, in {span}{at_chance}"


EARLIER_CARS: Final = Figure(
    name="alliance_earlier_cars",
    title="What cars earlier to market earn",
    columns={
        "company": "Company",
        "fiscal_year": "Fiscal year, ending in March",
        "expected_jpy_bn": "Contribution earned earlier, JPY bn",
        "delivered_jpy_bn": "Contribution earned earlier with the alliance done, JPY bn",
    },
    records=_records,
    form=Custom(_chart, _marks),
    finding=_finding,
)
