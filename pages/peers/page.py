"""Peers: what the formulas give for makers they were never fitted to, and for a maker of one's own."""

import streamlit as st

from model.peers import JUDGED
from pages.kit import headings
from pages.kit.show import offer, read, show
from pages.kit.words import markdown_text
from pages.peers import beside, controls, given, your_maker
from pages.peers.beside import PEERS
from pages.peers.given import PEER_INPUTS
from pages.peers.your_maker import YOUR_MAKER
from pages.session import showing

view = showing.current_view()

headings.title("Does it hold for others?")
st.markdown(beside.answer())
st.caption(
    "The formulas that compute Honda's and Nissan's duty, on makers and customs receipts that nothing in the model "
    "was fitted to. The scenario's sliders move nothing on this page."
)

show(PEERS, view)

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
offer(YOUR_MAKER, view)

headings.section("What goes in, fixed before the comparison is run")
st.markdown("\n".join(f"- {each}" for each in given.CONVENTIONS))
offer(PEER_INPUTS, view)
with st.expander("Inputs of every row, with sources", key="peer_inputs_all"):
    st.table(
        given.given_in_words(), hide_index=True, border="horizontal", alt=markdown_text(read(PEER_INPUTS, view).title)
    )
