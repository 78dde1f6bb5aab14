"""Sensitivity: what moves a result most, where targets are met, and what each change brings."""

from functools import partial

import pyarrow as pa
import streamlit as st

from pages.kit import headings
from pages.kit.folds import fold
from pages.kit.measure_controls import hold_switch, output_pickers, range_editor
from pages.kit.show import offer, read, show
from pages.kit.words import markdown_text
from pages.kit.world_words import tried_words
from pages.sensitivity.break_even import BREAK_EVEN, break_even_in_words, flips_words
from pages.sensitivity.controls import end_buttons, load_clicked, map_pickers, ranking_picker, target_picker
from pages.sensitivity.heat_map import MAP, map_in_words
from pages.sensitivity.shares import CHANNEL_STEPS, SHARES, sums_words
from pages.sensitivity.target import target_meaning
from pages.sensitivity.tornado import TORNADO, answer_words, any_moves, tornado_in_words
from pages.session import choices, showing
from pages.sidebar import reference_note

view = showing.current_view()

headings.title("Which input matters, and where does it flip?")
lead, *lists = map(markdown_text, answer_words(view))
st.markdown("\n- ".join([f"{lead}\n", *lists]))
output_pickers(view, partial(target_picker, view))
hold_switch(view)
reference_note()
if tried := tried_words(view):
    st.caption(tried)

left, right = st.columns([3, 2])
with left:
    ranking_picker()
with right:
    range_editor(view)
if any_moves(view):
    show(TORNADO, view, on_select=partial(load_clicked, view))
else:
    headings.finding(markdown_text(TORNADO.says(view)))
    offer(TORNADO, view)
with st.expander("Every assumption as a table, and scenarios to load", key="tornado_all"):
    in_words, title = pa.table(tornado_in_words(view)), read(TORNADO, view).title
    st.table(in_words, hide_index=True, border="horizontal", alt=title)
    headings.finding("Load the scenario at an end")
    end_buttons(view)

headings.section("What would it take?")
for sentence in filter(None, (flips_words(view), f"{BREAK_EVEN.says(view)}.")):
    st.markdown(markdown_text(sentence))
nearest, plausible, beyond = map(pa.table, break_even_in_words(view))
if nearest.num_rows:
    headings.finding("The smallest moves")
    st.table(nearest, hide_index=True, border="horizontal", alt="Break-even values with the smallest moves")
for title, name, rest in (
    ("Others within the plausible range", "plausible", plausible),
    ("Only beyond the plausible range", "beyond", beyond),
):
    if rest.num_rows:
        with st.expander(title, key=f"break_even_{name}"):
            st.table(rest, hide_index=True, border="horizontal", alt=f"Break-even values: {title.lower()}")
under_sliders = "“Show break-even values” in the sidebar puts those of a target of the list under every slider."
st.caption(
    markdown_text(
        f"Target: {target_meaning(view)}, in {view.year_label}. One assumption at a time, all else as in the scenario, "
        f"over the whole range of its slider; the smallest move is the one that takes least of its plausible range. "
        f"{under_sliders}"
    )
)
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
show(CHANNEL_STEPS, view)
st.caption(
    f"Operating profit in {view.year_label}, from reference to scenario, by the causes as the model adds them up, one "
    "after the other."
)

if settings := fold("Settings and accuracy", view, SHARES):
    with settings:
        st.caption(
            "By change: what each brings on average over every order in which the changes could be made (Shapley "
            "share), so that no order is favoured. Break-evens are looked for on a grid: two crossings closer than a "
            "64th of a slider's range may be missed."
        )
        if read(SHARES, view).values["rank"]:
            show(SHARES, view)
        else:
            headings.finding(markdown_text(SHARES.says(view)))
            st.caption("Choose a scenario or move a slider.")
        st.caption(markdown_text(sums_words(view)))
