"""Canton plant: whether building Honda's trucks makes it pay, and who gains."""

import pyarrow as pa
import streamlit as st

from model.editions import COMPANY_LABELS
from pages.parts import headings, state
from pages.parts.controls import reference_note
from pages.parts.figures import chart_figure, comparison_metric, offer_numbers
from pages.parts.plant import (
    break_even,
    by_trucks,
    capital,
    fixed_cost,
    freed_lines,
    gains,
    gains_by_year,
    how_many,
    market,
    price,
    reading,
    split,
    trucks,
    use,
    utilisation,
    volumes,
)
from pages.parts.plant.headline import headline
from pages.parts.words import markdown_text

view = state.current_view()
values = view.scenario.values
contract = reading.contract_kveh(view)

headings.title("Does building Honda's trucks make Canton pay?")
st.markdown(headline(view))

with st.container(horizontal=True):
    planned = ", if delivered" if reading.has_trucks(view) and 0.0 < reading.chance_share(view) < 1.0 else ""
    comparison_metric(f"Use of the plant{planned}", *reading.standing(view, "plant_utilisation_share"), "share")
    gap, gap_before = reading.standing(view, "plant_break_even_gap_kveh")
    comparison_metric("Output against break-even", round(-gap, 1), round(-gap_before, 1), "kveh")
    if reading.has_trucks(view):
        for company, gain in reading.gains(view).items():
            comparison_metric(f"{COMPANY_LABELS[company]}: profit from Canton", gain, 0.0, "JPY bn")
    else:
        fixed = reading.plant_at_year(view, "plant_fixed_cost_usd_per_vehicle")
        comparison_metric("Fixed cost per car", *fixed, "USD", more_is_good=False)
        st.metric(
            "Honda's part of midsize pickups",
            how_many.share_figure(view),
            "Ridgelines of 2024, class of 2025",
            delta_color="off",
            delta_arrow="off",
            border=True,
        )

reference_note(path=False)

left, right = st.columns(2)
with left:
    uses = use.plant_use(view)
    chart_figure(use.use_finding(view), use.use_chart, uses, rows=use.use_rows(uses))
with right:
    curve = fixed_cost.fixed_cost_curve(view)
    chart_figure(
        fixed_cost.fixed_cost_finding(view), fixed_cost.fixed_cost_chart, curve, rows=fixed_cost.fixed_cost_rows(curve)
    )
st.caption(break_even.break_even_words(view))

if contract > 0.0 and reading.first_truck_label(view):
    headings.section("The trucks, and which of them avoid duty")
    left, right = st.columns(2)
    with left:
        by_year = trucks.trucks_by_year(view)
        chart_figure(trucks.trucks_finding(view), trucks.trucks_chart, by_year, rows=trucks.trucks_rows(by_year))
    with left if reading.has_freed_lines(view) else right:
        st.markdown(freed_lines.duty_explanation(view))
    if reading.has_freed_lines(view):
        with right:
            freed = freed_lines.freed_lines(view)
            chart_figure(
                freed_lines.freed_lines_finding(view),
                freed_lines.freed_lines_chart,
                freed,
                rows=freed_lines.freed_lines_rows(freed),
            )

    headings.section("Who gains what")
    st.caption(price.transfer_words(view))
    if reading.has_trucks(view):
        left, right = st.columns(2)
        with left:
            parts = price.price_per_truck(view)
            chart_figure(price.price_finding(view), price.price_chart, parts, rows=price.price_rows(parts))
        with right:
            by_cause = gains.canton_gains(view)
            chart_figure(gains.gains_finding(view), gains.gains_chart, by_cause, rows=gains.gains_rows(by_cause))
    left, right = st.columns(2)
    with left:
        yearly = gains_by_year.gains_by_year(view)
        chart_figure(
            gains_by_year.gains_by_year_finding(view),
            gains_by_year.gains_by_year_chart,
            yearly,
            rows=gains_by_year.gains_by_year_rows(yearly),
        )
    if reading.has_trucks(view) and reading.chance_share(view) > 0.0:
        with right:
            by_share = split.split_by_fixed_share(view)
            share_rows = split.split_rows(by_share, values["transfer_fixed_share"])
            chart_figure(split.split_finding(view), split.split_chart, by_share, rows=share_rows)

headings.section("How many trucks?")
thresholds = how_many.how_many(view)
st.markdown(how_many.class_words(view))
st.table(
    pa.table(how_many.how_many_in_words(view)),
    hide_index=True,
    border="horizontal",
    alt="How many trucks reach what",
)
st.caption(how_many.how_many_words(view))
offer_numbers(thresholds)
left, right = st.columns(2)
with left:
    if by_trucks.can_sweep_trucks(view):
        by_number = by_trucks.gains_by_trucks(view)
        truck_rows = by_trucks.gains_by_trucks_rows(by_number, contract, break_even.trucks_to_break_even(view))
        chart_figure(
            by_trucks.gains_by_trucks_finding(view), by_trucks.gains_by_trucks_chart, by_number, rows=truck_rows
        )
    else:
        st.markdown(by_trucks.no_sweep_words(view))
with right:
    if break_even.discussed_trucks_kveh(view) > 0.0:
        avoided = capital.capital_avoided(view)
        chart_figure(capital.capital_finding(view), capital.capital_chart, avoided, rows=capital.capital_rows(avoided))
        st.caption(markdown_text(capital.capital_words(view)))

headings.section("What is printed, and the market for the trucks")
left, right = st.columns(2)
with left:
    printed = utilisation.utilisation_figures(view)
    printed_rows = utilisation.utilisation_rows(printed, values["break_even_share"])
    chart_figure(utilisation.utilisation_finding(view), utilisation.utilisation_chart, printed, rows=printed_rows)
    st.caption(utilisation.utilisation_words())
with right:
    pickups = volumes.truck_volumes(view)
    chart_figure(volumes.volumes_finding(view), volumes.volumes_chart, pickups, rows=volumes.volumes_rows(pickups))
    st.caption(volumes.volumes_words())
st.markdown(market.claim_words())
left, right = st.columns(2)
with left:
    full_size = market.full_size_market(view)
    chart_figure(market.full_size_finding(), market.market_chart, full_size, rows=market.market_rows(full_size))
with right:
    mid_size = market.mid_size_market(view)
    chart_figure(market.mid_size_finding(), market.market_chart, mid_size, rows=market.market_rows(mid_size))
st.caption(market.market_words())
