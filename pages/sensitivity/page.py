"""Sensitivity: what moves a result most, where targets are met, and what each change brings."""

from functools import partial

import pyarrow as pa
import streamlit as st

from pages.kit import headings
from pages.kit.measure_controls import output_pickers, range_editor
from pages.kit.show import offer, read, show
from pages.kit.words import markdown_text
from pages.kit.world_words import tried_words
from pages.sensitivity.break_even import BREAK_EVEN, break_even_in_words
from pages.sensitivity.controls import end_buttons, load_clicked, map_pickers
from pages.sensitivity.heat_map import MAP, map_in_words
from pages.sensitivity.shares import CHANNEL_STEPS, SHARES, sums_words
from pages.sensitivity.target import TARGET_MEANINGS
from pages.sensitivity.tornado import TORNADO, any_moves, next_words, tornado_in_words
from pages.session import choices, showing
from pages.sidebar import reference_note

view = showing.current_view()

headings.title("Which input matters, and where does it flip?")
st.markdown(markdown_text(f"{TORNADO.says(view)}. {next_words(view)}"))
output_pickers(view, with_target=True)
reference_note()
if tried := tried_words(view):
    st.caption(tried)

left, right = st.columns([3, 2])
with left:
    if any_moves(view):
        show(TORNADO, view, on_select=partial(load_clicked, view))
    else:
        headings.finding(markdown_text(TORNADO.says(view)))
        offer(TORNADO, view)
with right:
    headings.finding("Load the scenario at an end")
    end_buttons(view)
    range_editor(view)
with st.expander("Every assumption as a table", key="tornado_all"):
    in_words, title = pa.table(tornado_in_words(view)), read(TORNADO, view).title
    st.table(in_words, hide_index=True, border="horizontal", alt=title)

headings.section("Break-even: where the target is met")
st.markdown(markdown_text(f"{BREAK_EVEN.says(view)}."))
st.caption(
    f"Target: {TARGET_MEANINGS[choices.TARGET.of(view)]}, in {view.year_label}. One assumption at a time, all else as "
    "in the scenario, over the whole range of its slider. Two crossings closer than a 64th of it may be missed. "
    "“Show break-even values” in the sidebar puts these under every slider."
)
plausible, beyond = map(pa.table, break_even_in_words(view))
if plausible.num_rows:
    headings.finding("Within the plausible range")
    st.table(plausible, hide_index=True, border="horizontal", alt="Break-even values within the plausible range")
if beyond.num_rows:
    with st.expander("Only beyond the plausible range", key="break_even_beyond"):
        st.table(beyond, hide_index=True, border="horizontal", alt="Break-even values beyond the plausible range")
offer(BREAK_EVEN, view)

headings.section("Two assumptions at once")
left, right = st.columns([3, 2])
with right:
    map_pickers()
    with st.expander("The map as a table", key="map_words"):
        words = pa.table(map_in_words(view))
        st.table(words, hide_index=True, border="horizontal", alt="The map at a few values of both assumptions")
with left:
    if choices.MAP_ACROSS.of(view) == choices.MAP_UP.of(view):
        st.info("Choose two different assumptions.")
    else:
        show(MAP, view)

headings.section("What each change brings")
st.caption(
    f"Operating profit in {view.year_label}, from reference to scenario, in two ways. By change: what it brings on "
    "average over every order in which the changes could be made (Shapley share), so that no order is favoured. "
    "By channel: "
    "the causes as the model adds them up, one after the other."
)
left, right = st.columns(2)
with left:
    if read(SHARES, view).values["rank"]:
        show(SHARES, view)
    else:
        headings.finding(markdown_text(SHARES.says(view)))
        st.caption("Choose a scenario or move a slider.")
with right:
    show(CHANNEL_STEPS, view)
st.caption(markdown_text(sums_words(view)))
