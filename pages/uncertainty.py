"""Uncertainty: how far results spread when every assumption may lie anywhere in its range, and what is safest."""

import streamlit as st

from model.measures import has_years
from model.registry import DISTRIBUTIONS, GROUPS
from model.regret import PLANS, STATES
from pages.parts import choices, headings, state
from pages.parts.controls import reference_note
from pages.parts.figures import chart_figure, offer_numbers
from pages.parts.sure import driver_figures, regret_figures, spread
from pages.parts.sure.asked import asked_for_both_in_vain, axis_form, axis_title, measure_asked, unit_of
from pages.parts.sure.controls import bar_picker, draw_pickers, draw_with_progress, output_pickers, range_editor
from pages.parts.words import markdown_text

view = state.current_view()
measure = measure_asked(view)
unit = unit_of(measure)

headings.title("How likely is it?")
answer = st.container()  # written when the draws are made
output_pickers(with_target=False)
note = asked_for_both_in_vain(choices.OUTPUT.of(view), choices.WHOSE.of(view))
if note:
    st.caption(markdown_text(note))
reference_note()
left, right = st.columns([3, 2])
with left:
    draw_pickers(view)
with right:
    bar_picker(view)
draw_with_progress(view)

found = spread.drawn_of(view)
fan = spread.fan_table(view)
with answer:
    st.markdown(markdown_text(f"{spread.histogram_finding(view)}. {spread.fan_finding(view, fan)}."))
with st.container(horizontal=True):
    for label, value in spread.quantile_words(view, fan):
        st.metric(label, value, border=True)

left, right = st.columns(2)
with left:
    histogram = spread.histogram_table(view)
    chart_figure(
        spread.histogram_finding(view),
        spread.histogram_chart,
        histogram,
        axis_title(measure),
        axis_form(unit),
        rows=spread.with_bar_line(histogram, spread.bar_of(view), unit),
    )
with right:
    if has_years(measure.output):
        chart_figure(
            spread.fan_finding(view, fan),
            spread.fan_chart,
            fan,
            axis_title(measure),
            axis_form(unit),
            rows=spread.with_fan_labels(fan, unit),
        )
        st.caption(
            "Dark band: half of the draws. Light band: nine in ten. The middle draw has as many above it as below."
        )
    else:
        headings.finding(markdown_text(spread.fan_finding(view, fan)))
        st.caption("This result is one number for all years: it has no fan.")
        offer_numbers(fan)

headings.section("How settled are these numbers?")
for sentence in filter(None, (spread.pull_words(view), *spread.convergence_words(view))):
    st.markdown(f"- {markdown_text(sentence)}")
st.caption(
    markdown_text(
        "Every assumption is drawn by itself; the scenario's value is the likeliest. Whether the alliance delivers is "
        "drawn as an event, with the chance on its slider. The draws follow from the scenario and the seed "
        "alone: whoever "
        f"opens the link draws the same. {spread.cut_words(found)}"
    )
)

headings.section("What drives the spread")
drivers = driver_figures.driver_table(view)
left, right = st.columns([3, 2])
with left:
    if drivers.rows.empty or not driver_figures.drivers_of(view).varies:
        headings.finding(markdown_text(driver_figures.driver_finding(view, drivers)))
    else:
        chart_figure(
            driver_figures.driver_finding(view, drivers),
            driver_figures.driver_bars,
            drivers,
            rows=driver_figures.with_driver_marks(drivers),
        )
        st.caption(markdown_text(driver_figures.driver_note(view)))
with right:
    st.multiselect(
        "What is drawn; all else stays as in the scenario",
        list(GROUPS),
        format_func=GROUPS.__getitem__,
        **state.widget(choices.DRAWN_GROUPS),
    )
    range_editor(view)
    drawn = driver_figures.drawn_table(view)
    with st.expander("How each assumption is drawn", key="drawn_all"):
        for name, meaning in DISTRIBUTIONS.items():
            st.caption(f"**{name}**: {markdown_text(meaning)}")
        st.table(driver_figures.drawn_in_words(drawn), hide_index=True, border="horizontal", alt=drawn.title)
    offer_numbers(drawn)

headings.section("Which choice is safest?")
st.caption(
    "A choice is what the two companies decide; a state of the world is what they do not. In each state one choice is "
    "best; the regret of another is how much less it brings, in value today: changes of five years after tax, "
    "discounted, and the value of the alliance. The safest choice is the one whose worst regret is smallest: no "
    "chances are needed for that."
)
left, right = st.columns(2)
with left:
    st.multiselect("Choices", list(PLANS), format_func=PLANS.__getitem__, **state.widget(choices.REGRET_CHOICES))
with right:
    st.multiselect(
        "States of the world",
        list(STATES),
        format_func=lambda name: STATES[name].label,
        **state.widget(choices.REGRET_STATES),
    )
left, right = st.columns([2, 3])
with left:
    regrets = regret_figures.regret_table(view)
    chart_figure(
        regret_figures.regret_finding(view),
        regret_figures.regret_bars,
        regrets,
        rows=regret_figures.worst_rows(view),
    )
with right:
    st.caption("Best, or how many JPY bn of value today the choice brings less than the best one in that state.")
    st.table(regret_figures.regret_in_words(view), hide_index=True, border="horizontal", alt=regrets.title)
