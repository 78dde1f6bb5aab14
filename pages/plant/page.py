"""Canton plant: whether building Honda's trucks makes it pay, and who gains."""

import pyarrow as pa
import streamlit as st

from model.editions import COMPANY_LABELS
from pages.kit import headings
from pages.kit.evidence import mark_of
from pages.kit.folds import fold
from pages.kit.show import cards_known, metric_against_reference, offer, show
from pages.plant import break_even, by_trucks, canton, freed_lines, how_many, market, price
from pages.plant.by_trucks import GAINS_BY_TRUCKS
from pages.plant.capital import CAPITAL
from pages.plant.fixed_cost import FIXED_COST
from pages.plant.freed_lines import FREED_LINES
from pages.plant.gains import GAINS
from pages.plant.gains_by_year import GAINS_BY_YEAR
from pages.plant.headline import headline
from pages.plant.how_many import HOW_MANY
from pages.plant.market import FULL_SIZE, MID_SIZE
from pages.plant.price import PRICE_PER_TRUCK
from pages.plant.split import SPLIT
from pages.plant.trucks import TRUCKS_BY_YEAR
from pages.plant.use import PLANT_USE
from pages.plant.utilisation import UTILISATION
from pages.plant.volumes import VOLUMES
from pages.session import showing
from pages.sidebar import reference_note

view = showing.current_view()

headings.title("Does building Honda's trucks make Canton pay?")
st.markdown(headline(view))

with st.container(horizontal=True):
    planned = ", if delivered" if canton.has_trucks(view) and 0.0 < view.chance_share < 1.0 else ""
    use = canton.standing(view, "plant_utilisation_share")
    metric_against_reference(
        f"Use of the plant{planned}",
        *use,
        "share",
        of_pinned=lambda other: canton.standing(other, "plant_utilisation_share")[0],
    )
    gap, gap_before = canton.standing(view, "plant_break_even_gap_kveh")
    metric_against_reference(
        "Output against break-even",
        round(-gap, 1),
        round(-gap_before, 1),
        "kveh",
        of_pinned=lambda other: -canton.standing(other, "plant_break_even_gap_kveh")[0],
    )
    if canton.has_trucks(view):
        for company, gain in canton.gains(view).items():
            label = view.labelled(f"{COMPANY_LABELS[company]}: profit from Canton")
            metric_against_reference(label, gain, 0.0, "JPY bn", of_pinned=canton.gain_of(company))
    else:
        fixed = canton.plant_at_year(view, "plant_fixed_cost_usd_per_vehicle")
        metric_against_reference(
            "Fixed cost per car",
            *fixed,
            "USD",
            more_is_good=False,
            of_pinned=lambda other: canton.plant_at_year(other, "plant_fixed_cost_usd_per_vehicle")[0],
        )
        st.metric(
            "Honda's part of midsize pickups",
            how_many.class_share_words(view),
            "Ridgelines of 2024, class of 2025",
            delta_color="off",
            delta_arrow="off",
            border=True,
        )
cards_known(view, *canton.cards_from(view), *([] if canton.has_trucks(view) else [mark_of(MID_SIZE.table(view))]))

reference_note(path=False)

left, right = st.columns(2)
with left:
    show(PLANT_USE, view)
with right:
    show(FIXED_COST, view)
st.caption(break_even.break_even_words(view))

if canton.contract_kveh(view) > 0.0 and canton.first_truck_label(view):
    headings.section("The trucks, and which of them avoid duty")
    left, right = st.columns(2)
    with left:
        show(TRUCKS_BY_YEAR, view)
    with left if canton.has_freed_lines(view) else right:
        st.markdown(freed_lines.duty_explanation(view))
    if canton.has_freed_lines(view):
        with right:
            show(FREED_LINES, view)

    headings.section("Who gains what")
    st.caption(price.transfer_words(view))
    if canton.has_trucks(view):
        left, right = st.columns(2)
        with left:
            show(PRICE_PER_TRUCK, view)
        with right:
            show(GAINS, view)
    left, right = st.columns(2)
    with left:
        show(GAINS_BY_YEAR, view)
    if canton.has_trucks(view) and view.chance_share > 0.0:
        with right:
            show(SPLIT, view)

headings.section("How many trucks?")
st.markdown(how_many.class_words(view))
st.table(
    pa.table(how_many.how_many_in_words(view)),
    hide_index=True,
    border="horizontal",
    alt="How many trucks reach what",
)
st.caption(how_many.how_many_words(view))
offer(HOW_MANY, view)
left, right = st.columns(2)
with left:
    if by_trucks.can_sweep_trucks(view):
        show(GAINS_BY_TRUCKS, view)
    else:
        st.markdown(by_trucks.no_sweep_words(view))
with right:
    if break_even.discussed_trucks_kveh(view) > 0.0:
        show(CAPITAL, view)

if box := fold("What is printed, and the market for the trucks", view, UTILISATION, VOLUMES, FULL_SIZE, MID_SIZE):
    with box:
        left, right = st.columns(2)
        with left:
            show(UTILISATION, view)
        with right:
            show(VOLUMES, view)
        st.markdown(market.claim_words())
        left, right = st.columns(2)
        with left:
            show(FULL_SIZE, view)
        with right:
            show(MID_SIZE, view)
        st.caption(market.market_words())
