"""What cars that come earlier to market earn, by year, and what that is counted from."""

from typing import Final

import altair as alt
import pandas as pd

from model.editions import COMPANIES, COMPANY_LABELS
from model.projection import project
from model.registry import ASSUMPTIONS
from pages.parts.alliance import pieces, reading
from pages.parts.alliance.reading import CHANCE, DELIVERS, TINY_JPY_BN
from pages.parts.charts import COMPANY_COLORS, GREY, Chart
from pages.parts.columns import Columns, on_first_of_each, total_of_each
from pages.parts.tables import Table
from pages.parts.view import View
from pages.parts.words import assumption_value, figure

EARLIER_INPUTS: Final = (
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
    return float(sum(reading.of_source(projection, c, "Cars earlier to market").sum() for c in COMPANIES))


def earlier_cars(view: View) -> Table:
    """What cars that come earlier earn, by year and company: at the scenario's chance and if it delivers."""
    outcomes = reading.outcomes(view)
    records: list[tuple[object, ...]] = []
    for company in COMPANIES:
        effect = reading.of_source(outcomes, company, "Cars earlier to market")
        for year, expected, delivered in zip(view.projection.years, effect[0], effect[1], strict=True):
            records.append((COMPANY_LABELS[company], year, float(expected), float(delivered)))
    columns = {
        "company": "Company",
        "fiscal_year": "Fiscal year, ending in March",
        "expected_jpy_bn": "Contribution earned earlier, at the scenario's chance of delivery, JPY bn",
        "delivered_jpy_bn": "Contribution earned earlier, if the alliance delivers, JPY bn",
    }
    return Table.of("alliance_earlier_cars", "What cars earlier to market earn", columns, records)


def earlier_inputs_in_words(view: View) -> Columns:
    """What the gain in time is counted from, as a reader wants it."""
    labels = [ASSUMPTIONS[key].label.replace("Joint software: ", "") for key in EARLIER_INPUTS]
    return {
        "Input": [f"{label[0].upper()}{label[1:]}" for label in labels],
        "Value": [assumption_value(key, view.scenario.values[key]) for key in EARLIER_INPUTS],
    }


def earlier_rows(table: Table) -> Columns:
    """What earlier cars earn, with the sums of both companies on the rows of the first."""
    values = table.values
    years = values["fiscal_year"]
    expected, delivered = (total_of_each(years, values[name]) for name in ("expected_jpy_bn", "delivered_jpy_bn"))
    totals = [figure(total, "JPY bn") if total > 0.0 else "none" for total in expected]
    return pieces.drawn(
        values,
        pieces.extent(delivered, 0.25),
        rank=[list(COMPANY_COLORS).index(c) for c in values["company"]],
        total_jpy_bn=expected,
        total_delivered_jpy_bn=delivered,
        label=pieces.in_yen(values["expected_jpy_bn"]),
        label_total=on_first_of_each(years, totals),
        label_delivered=on_first_of_each(years, pieces.in_yen(delivered)),
    )


def earlier_bars(rows: pd.DataFrame) -> Chart:
    """What cars that come earlier earn: a bar per year, Honda then Nissan, with the sum if it delivers as a tick.

    rows: of `earlier_rows`
    """
    title, years = "Earned earlier, JPY bn", pieces.rows("fiscal_year:O", dict.fromkeys(rows["fiscal_year"]))
    bars = (
        alt.Chart(rows)
        .mark_bar(height={"band": 0.62})
        .encode(
            y=years,
            x=pieces.across("expected_jpy_bn:Q", title),
            color=alt.Color("company:N", scale=pieces.colors(COMPANY_COLORS), legend=pieces.legend()),
            order=alt.Order("rank:Q"),
            tooltip=pieces.tips(company="Company", fiscal_year="Fiscal year", label="Earned earlier"),
        )
    )
    base = alt.Chart(rows).transform_filter("datum.label_total != ''").encode(y=years)
    ticks = (
        base.transform_filter("datum.total_delivered_jpy_bn > datum.total_jpy_bn + 0.05")
        .mark_tick(thickness=3, size=20, color=GREY, aria=False)
        .encode(x=alt.X("total_delivered_jpy_bn:Q", title=title), tooltip=pieces.tips(label_delivered=DELIVERS))
    )
    labels = base.mark_text(align="left", dx=6).encode(
        x=alt.X("total_jpy_bn:Q", title=title), text=alt.Text("label_total:N")
    )
    return alt.layer(*pieces.frame(rows, "x", title), bars, ticks, labels).properties(height=alt.Step(30))


def earlier_finding(view: View) -> str:
    """What the months gained earn, and when."""
    earned, v = earlier_cars(view).values, view.scenario.values
    expected, delivered = sum(earned["expected_jpy_bn"]), sum(earned["delivered_jpy_bn"])
    by_year = zip(earned["fiscal_year"], earned["delivered_jpy_bn"], strict=True)
    years = sorted(year for year, amount in by_year if amount > TINY_JPY_BN)
    months, cars = figure(v["software_gain_months"], "months"), figure(v["software_kveh"], "kveh")
    if not years:
        return f"{months} gained on {cars} a year, but none of them within the five years"
    span = years[0] if years[0] == years[-1] else f"{years[0]} to {years[-1]}"
    if reading.chance_share(view) == 0.0:
        return f"{months} earlier for {cars} a year would earn {figure(delivered, 'JPY bn')}, but nothing is delivered"
    at_chance = "" if reading.chance_share(view) == 1.0 else f"; {figure(delivered, 'JPY bn')} if it delivers"
    return f"{months} earlier for {cars} a year earn {figure(expected, 'JPY bn')}, once, in {span}{at_chance}"
