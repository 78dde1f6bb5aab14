"""Uncertainty: how far results spread when every assumption may lie anywhere in its range, and what is safest."""

import pyarrow as pa
import streamlit as st

from model.measures import has_years
from model.registry import DISTRIBUTIONS
from pages.kit import headings, whence
from pages.kit.another import shown_in
from pages.kit.evidence import MODEL
from pages.kit.folds import fold
from pages.kit.given import given_words
from pages.kit.measure_controls import hold_switch, output_pickers, range_editor
from pages.kit.measure_words import measure_asked, results_asked
from pages.kit.show import offer, read, show
from pages.kit.words import markdown_text
from pages.session import showing
from pages.session.turns import heavy
from pages.sidebar import reference_note
from pages.uncertainty.controls import bar_picker, draw_pickers, draw_with_progress, group_picker, plan_pickers
from pages.uncertainty.draws import cut_words, drawn_of
from pages.uncertainty.drivers import DRAWN, DRIVERS, drawn_in_words, drivers_of
from pages.uncertainty.fan import FAN, quantile_words, range_words
from pages.uncertainty.histogram import HISTOGRAM
from pages.uncertainty.regret import REGRET, left_out_words, regret_in_words
from pages.uncertainty.settled import NO_PROBABILITY, convergence_words, event_words, middle_words, pull_words

view = showing.current_view()

headings.title("How likely is it?")
answer = st.container()  # written when the draws are made
output_pickers(view)
reference_note()
left, right = st.columns([3, 2])
with left:
    bar_picker(view)
with right:
    hold_switch(view)
draw_with_progress(view)

with heavy():  # a million draws are sorted and counted for them; the figures below find what is kept with the view
    sentences = (
        f"{range_words(view, given_words(view))}. {HISTOGRAM.says(view)}.",
        f"{middle_words(view)} {NO_PROBABILITY}".strip(),
    )
with answer:
    for sentence in sentences:
        st.markdown(markdown_text(sentence))
with st.container(horizontal=True):
    for label, value in quantile_words(view):
        st.metric(view.labelled(label), value, border=True)
whence.controls(shown_in(view, results_asked(view)), MODEL, "cards")

left, right = st.columns(2)
with left:
    show(HISTOGRAM, view)
with right:
    if has_years(measure_asked(view).output):
        show(FAN, view)
    else:
        headings.finding(markdown_text(FAN.says(view)))
        st.caption("This result is one number for all years: it has no fan.")
        offer(FAN, view)

headings.section("Which choice is safest?")
st.caption(
    "A choice is what the two companies decide; a state of the world is what they do not. In each state one choice is "
    "best; the regret of another is how much less it brings, in value today: changes of five years after tax, "
    "discounted, and the value of the alliance. The safest choice is the one whose worst regret is smallest: no "
    "chances are needed for that."
)
plan_pickers()
if left_out := left_out_words(view):
    st.caption(markdown_text(left_out))
left, right = st.columns([2, 3])
with left:
    show(REGRET, view)
with right:
    st.caption("Best, or how many JPY bn of value today the choice brings less than the best one in that state.")
    in_words, title = pa.table(regret_in_words(view)), read(REGRET, view).title
    st.table(in_words, hide_index=True, border="horizontal", alt=title)

if settings := fold("Settings and accuracy", view, DRIVERS, DRAWN):
    with settings:
        left, right = st.columns([3, 2])
        with left:
            draw_pickers(view)
        with right:
            group_picker()
        for sentence in filter(None, (pull_words(view), *convergence_words(view))):
            st.markdown(f"- {markdown_text(sentence)}")
        st.caption(
            markdown_text(
                f"Every assumption is drawn by itself; the scenario's value is the likeliest. {event_words(view)}The "
                "draws follow from the scenario and the seed alone: whoever "
                f"opens the link draws the same. {cut_words(drawn_of(view))}"
            )
        )
        left, right = st.columns([3, 2])
        with left:
            if drivers_of(view).varies:
                show(DRIVERS, view)
            else:
                headings.finding(markdown_text(DRIVERS.says(view)))
        with right:
            range_editor(view)
            drawn = read(DRAWN, view)
            with st.expander("How each assumption is drawn", key="drawn_all"):
                for name, meaning in DISTRIBUTIONS.items():
                    st.caption(f"**{name}**: {markdown_text(meaning)}")
                st.table(pa.table(drawn_in_words(drawn)), hide_index=True, border="horizontal", alt=drawn.title)
            offer(DRAWN, view)
