"""Tariffs: what the duty costs, who pays it, and what happens to the margin."""

import pyarrow as pa
import streamlit as st

from pages.kit import headings
from pages.kit.show import metrics_of_companies, read, show
from pages.session import showing
from pages.sidebar import reference_note
from pages.tariffs.duty import DUTY_BY_ORIGIN, duty_in_words
from pages.tariffs.events import TARIFF_EVENTS, events_in_words
from pages.tariffs.headline import headline
from pages.tariffs.margins import MARGIN_BY_RATE, landmark_words
from pages.tariffs.payers import WHO_PAYS, contribution_words
from pages.tariffs.per_car import DUTY_PER_CAR
from pages.tariffs.rate_path import RATES_BY_YEAR
from pages.tariffs.rate_periods import REAL_RATES

view = showing.current_view()

headings.title("What US tariffs cost, and who pays")
st.markdown(headline(view))

metrics_of_companies(view, more_is_good={"net_tariff_cost_jpy_bn": False, "operating_margin_share": True})

reference_note()

left, right = st.columns(2)
with left:
    show(DUTY_BY_ORIGIN, view)
with right:
    show(WHO_PAYS, view)
    disagreement = contribution_words(view)
    if disagreement:
        st.markdown(disagreement)

left, right = st.columns(2)
with left:
    show(DUTY_PER_CAR, view)
with right:
    headings.finding(f"The duty in figures, {view.year_label}")
    in_words = pa.table(duty_in_words(read(DUTY_BY_ORIGIN, view)))
    st.table(in_words, hide_index=True, alt="Duty by origin, own measures and net duty")
    if view.scenario.changed():
        st.caption("In brackets: the change against the reference.")

headings.section("What a rate does to the margin")
st.caption(
    f"{view.year_label}. One rate moves, all else stays as in the scenario: a reading of the model, not a forecast. "
    f"{landmark_words()}"
)
for figure, column in zip(MARGIN_BY_RATE.values(), st.columns(2), strict=True):
    with column:
        show(figure, view)

headings.section("The rates")
left, right = st.columns(2)
with left:
    show(RATES_BY_YEAR, view)
with right:
    show(REAL_RATES, view)

headings.section("What happened when")
st.markdown(events_in_words(read(TARIFF_EVENTS, view)))
