"""Canton plant: whether building Honda's trucks makes it pay, and who gains."""

import streamlit as st

from model.editions import COMPANY_LABELS
from pages.parts import plant_figures as plant
from pages.parts import state
from pages.parts.figures import chart_figure, comparison_metric
from pages.parts.words import markdown_text

view = state.current_view()
values = view.scenario.values
contract = plant.contract_kveh(view)

st.title("Does building Honda's trucks make Canton pay?", anchor=False)
st.markdown(plant.headline(view))

with st.container(horizontal=True):
    planned = ", if delivered" if plant.has_trucks(view) and 0.0 < plant.chance_share(view) < 1.0 else ""
    comparison_metric(f"Use of the plant{planned}", *plant.standing(view, "plant_utilisation_share"), "share")
    gap, gap_before = plant.standing(view, "plant_break_even_gap_kveh")
    comparison_metric("Output against break-even", round(-gap, 1), round(-gap_before, 1), "kveh")
    if plant.has_trucks(view):
        for company, gain in plant.gains(view).items():
            comparison_metric(f"{COMPANY_LABELS[company]}: profit from Canton", gain, 0.0, "JPY bn")
    else:
        fixed = plant.plant_at_year(view, "plant_fixed_cost_usd_per_vehicle")
        comparison_metric("Fixed cost per car", *fixed, "USD", more_is_good=False)
        st.metric(
            "Trucks to break even, in cars",
            plant.needed_figure(view),
            f"a year, at the rate of {view.projection.years[-1]}",
            delta_color="off",
            delta_arrow="off",
            border=True,
        )

left, right = st.columns(2)
with left:
    use = plant.plant_use(view)
    chart_figure(plant.use_finding(view), plant.use_chart, use, rows=plant.use_rows(use))
with right:
    curve = plant.fixed_cost_curve(view)
    chart_figure(plant.fixed_cost_finding(view), plant.fixed_cost_chart, curve, rows=plant.fixed_cost_rows(curve))
st.caption(plant.break_even_words(view))

if contract > 0.0 and plant.first_truck_label(view):
    st.subheader("The trucks, and which of them avoid duty", anchor=False)
    left, right = st.columns(2)
    with left:
        by_year = plant.trucks_by_year(view)
        chart_figure(plant.trucks_finding(view), plant.trucks_chart, by_year, rows=plant.trucks_rows(by_year))
    with left if plant.has_freed_lines(view) else right:
        st.markdown(plant.duty_explanation(view))
    if plant.has_freed_lines(view):
        with right:
            freed = plant.freed_lines(view)
            chart_figure(
                plant.freed_lines_finding(view), plant.freed_lines_chart, freed, rows=plant.freed_lines_rows(freed)
            )

    st.subheader("Who gains what", anchor=False)
    st.caption(plant.transfer_words(view))
    if plant.has_trucks(view):
        left, right = st.columns(2)
        with left:
            price = plant.price_per_truck(view)
            chart_figure(plant.price_finding(view), plant.price_chart, price, rows=plant.price_rows(price))
        with right:
            gains = plant.canton_gains(view)
            chart_figure(plant.gains_finding(view), plant.gains_chart, gains, rows=plant.gains_rows(gains))
    left, right = st.columns(2)
    with left:
        yearly = plant.gains_by_year(view)
        chart_figure(
            plant.gains_by_year_finding(view), plant.gains_by_year_chart, yearly, rows=plant.gains_by_year_rows(yearly)
        )
    if plant.has_trucks(view) and plant.chance_share(view) > 0.0:
        with right:
            split = plant.split_by_fixed_share(view)
            split_rows = plant.split_rows(split, values["transfer_fixed_share"])
            chart_figure(plant.split_finding(view), plant.split_chart, split, rows=split_rows)

st.subheader("What it would take", anchor=False)
left, right = st.columns(2)
with left:
    if plant.can_sweep_trucks(view):
        by_trucks = plant.gains_by_trucks(view)
        truck_rows = plant.gains_by_trucks_rows(by_trucks, contract, plant.trucks_to_break_even(view))
        chart_figure(plant.gains_by_trucks_finding(view), plant.gains_by_trucks_chart, by_trucks, rows=truck_rows)
    else:
        st.markdown(plant.no_sweep_words(view))
with right:
    if plant.discussed_trucks_kveh(view) > 0.0:
        capital = plant.capital_avoided(view)
        chart_figure(plant.capital_finding(view), plant.capital_chart, capital, rows=plant.capital_rows(capital))
        st.caption(markdown_text(plant.capital_words(view)))

st.subheader("What is printed, and the market for the trucks", anchor=False)
left, right = st.columns(2)
with left:
    printed = plant.utilisation_figures(view)
    printed_rows = plant.utilisation_rows(printed, values["break_even_share"])
    chart_figure(plant.utilisation_finding(view), plant.utilisation_chart, printed, rows=printed_rows)
    st.caption(plant.utilisation_words())
with right:
    volumes = plant.truck_volumes(view)
    chart_figure(plant.volumes_finding(view), plant.volumes_chart, volumes, rows=plant.volumes_rows(volumes))
    st.caption(plant.volumes_words())
st.markdown(plant.claim_words())
left, right = st.columns(2)
with left:
    full_size = plant.full_size_market(view)
    chart_figure(plant.full_size_finding(), plant.market_chart, full_size, rows=plant.market_rows(full_size))
with right:
    mid_size = plant.mid_size_market(view)
    chart_figure(plant.mid_size_finding(), plant.market_chart, mid_size, rows=plant.market_rows(mid_size))
st.caption(plant.market_words())
