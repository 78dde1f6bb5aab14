"""Peers: what the formulas give for makers they were never fitted to, and for a maker of one's own."""

import streamlit as st

from model.peers import JUDGED
from pages.parts import headings, state
from pages.parts.figures import chart_figure, offer_numbers
from pages.parts.peers import beside, controls, given, your_maker
from pages.parts.words import markdown_text

view = state.current_view()

headings.title("Does it hold for others?")
st.markdown(beside.answer())
st.caption(
    "The formulas that compute Honda's and Nissan's duty, on makers and customs receipts that nothing in the model "
    "was fitted to. The scenario's sliders move nothing on this page."
)

table = beside.beside_table(view)
chart_figure(beside.finding(), beside.beside_chart, table, rows=beside.beside_rows(table))
st.caption(
    "Bar: the figure as published, set to 100 %. Point: what the formulas give. "
    f"Line across the bar's end: {beside.GOAL} either way."
)

for role, heading in beside.ROLE_HEADINGS.items():
    headings.finding(heading)
    st.table(
        beside.beside_in_words(role),
        hide_index=True,
        border="horizontal",
        alt=f"{heading}: published duty, the formulas' and the error",
    )
    if role == JUDGED:
        st.caption(
            "The rows are not independent: nine months hold the half-year, Hyundai stands in two rows, and customs' "
            "four months hold July."
        )

headings.section("Your maker")
st.caption(
    "Start from a row and type over what you know better. The months are counted from the row's own beginning, with "
    "the first duty on 3 April 2025; everything typed is part of the link."
)
controls.maker_picker(view)
controls.metrics(view)
st.markdown(your_maker.result_words(view))
controls.input_boxes(view)
offer_numbers(your_maker.your_maker_table(view))

headings.section("What goes in, fixed before the comparison is run")
st.markdown("\n".join(f"- {each}" for each in given.CONVENTIONS))
inputs = given.given_table(view)
offer_numbers(inputs)
with st.expander("Inputs of every row, with sources", key="peer_inputs_all"):
    st.table(given.given_in_words(), hide_index=True, border="horizontal", alt=markdown_text(inputs.title))
