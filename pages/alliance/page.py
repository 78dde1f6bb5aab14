"""Alliance: what shared platforms, joint software and Canton trucks are worth, and when they pay back."""

import pyarrow as pa
import streamlit as st

from model.editions import COMPANIES
from model.presets import PRESETS
from pages.alliance import effects
from pages.alliance.at_stake import CASES, STAKES, cases_in_words
from pages.alliance.by_year import BENEFITS
from pages.alliance.headline import headline, metrics_for_scale, metrics_of_alliance
from pages.alliance.invitation import EXAMPLE_PRESET, INVITATION
from pages.alliance.others import REFERENCES, VENTURE, rates_in_words, reference_lines
from pages.alliance.payback import ADDED_UP, unwritten_tooling_jpy_bn
from pages.alliance.savings import SCALE, SOFTWARE_STEPS, steps_in_words
from pages.alliance.talks import TALKS, talk_lines
from pages.alliance.time_gained import EARLIER_CARS, inputs_in_words, one_month_jpy_bn
from pages.alliance.worth import VALUE_PARTS
from pages.alliance.worth_along import VALUE_BY_CHANCE, VALUE_BY_YEARS
from pages.kit import headings
from pages.kit.folds import fold
from pages.kit.show import cards_known, offer, read, show
from pages.kit.words import markdown_text, number, quantity
from pages.session import moves, showing

view = showing.current_view()
values = view.scenario.values
has_alliance = effects.is_planned(view) and effects.has_effect(view)

headings.title("What an alliance is worth, and when it pays back")
st.markdown(headline(view))

with st.container(horizontal=True):
    cards = list(metrics_of_alliance(view) if has_alliance else metrics_for_scale(view))
    for label, value, beside, _ in cards:
        st.metric(view.labelled(label), value, beside, delta_color="off", delta_arrow="off", border=True)
cards_known(view, *(known for *_, known in cards))

if not has_alliance:
    headings.section("What one plan would bring")
    preset = PRESETS[EXAMPLE_PRESET]
    st.markdown(
        markdown_text(
            f"{preset.sentence} It spends money first and counts on delivery for sure. Nobody has agreed to any "
            f"of it: a judgement."
        )
    )
    st.button(
        "Play: the alliance goes well",
        on_click=moves.choose_start,
        args=(view.scenario.edition, EXAMPLE_PRESET),
        type="primary",
        icon=":material/play_arrow:",
        key="play_alliance",
    )
    show(INVITATION, view)

if has_alliance:
    headings.section("Benefits and costs by year")
    st.caption(
        f"Effect on operating profit {view.world_words or 'of costs that are spent either way'}; "
        "bars below zero are costs, the line is the net. Canton trucks hold what Nissan receives and what Honda pays."
    )
    for company, column in zip(COMPANIES, st.columns(2), strict=True):
        with column:
            show(BENEFITS[company], view)

    headings.section("When it pays back")
    st.caption(
        "Benefits less costs, added up from the first year, before tax and without interest. It has paid back once the "
        "line is above zero for good."
    )
    for company, column in zip(COMPANIES, st.columns(2), strict=True):
        with column:
            show(ADDED_UP[company], view)
    unwritten = unwritten_tooling_jpy_bn(view)
    if unwritten > 0.0:
        st.caption(
            f"Tooling counts as it is written off. Of Honda's, {quantity(unwritten, 'JPY bn')} is not written off by "
            f"{view.projection.years[-1]}: on a cash basis Honda stands lower by that much. Its value today counts "
            "all of it, when it is paid."
        )

    headings.section("What is at stake")
    left, right = st.columns([3, 2])
    with left:
        show(STAKES, view)
    with right:
        headings.finding("The same plan, delivered or not")
        cases = pa.table(cases_in_words(read(CASES, view)))
        st.table(cases, hide_index=True, alt="Benefit by case")
        st.caption(
            "Five years: before tax. Value today: after tax, discounted, with the years after. The chance is a "
            "judgement. After a failure the work on joint software ends when its first saving was due."
        )

    headings.section("What it is worth today")
    st.caption(
        f"After tax at {quantity(values['honda_tax_share'], 'share')} for Honda and "
        f"{quantity(values['nissan_tax_share'], 'share')} for Nissan, discounted at "
        f"{quantity(values['cost_of_capital_share'], 'share')} a year. It goes on for {number(values['terminal_yr'])} "
        "more years, each programme with its own ramp. Tooling counts when it is paid."
    )
    show(VALUE_PARTS, view)
    left, right = st.columns(2)
    with left:
        show(VALUE_BY_CHANCE, view)
    with right:
        show(VALUE_BY_YEARS, view)

    headings.section("Time to market")
    if values["software_gain_months"] > 0.0:
        left, right = st.columns([3, 2])
        with left:
            show(EARLIER_CARS, view)
        with right:
            headings.finding("How it is counted")
            inputs = pa.table(inputs_in_words(view))
            st.table(inputs, hide_index=True, alt="Inputs of the time gained")
            st.caption(
                "Months of 12 × cars a year × share that displaces none of the maker's own × contribution × chance, "
                "when each car line arrives: once. Split by US sales. A grey tick in the chart is the amount once "
                "delivered."
            )
    else:
        month = quantity(one_month_jpy_bn(view), "JPY bn")
        cars = quantity(values["software_kveh"], "kveh")
        st.markdown(
            f"No months are gained in this scenario. One month earlier for {cars} a year would earn **{month}**, once, "
            "once delivered."
        )

headings.section("How large the savings are")
left, right = st.columns([3, 2])
with left:
    show(SCALE, view)
with right:
    headings.finding("Joint software, step by step")
    st.markdown("R&D × software's part × work both would do × saved by doing it once × progress × chance.")
    steps = pa.table(steps_in_words(read(SOFTWARE_STEPS, view)))
    st.table(steps, hide_index=True, alt="The software saving factor by factor")
    offer(SOFTWARE_STEPS, view)
    cost = values["software_cost_jpy_bn"]
    before = f", before {quantity(cost, 'JPY bn')} a year for working together" if cost > 0.0 else ""
    st.caption(f"The last line is the saving in {view.year_label}{before}. Every share is a judgement.")

if box := fold("What others spend", view, VENTURE, REFERENCES):
    with box:
        show(VENTURE, view)
        st.markdown(reference_lines(view))
        st.caption(
            f"In brackets: {rates_in_words()}; no rate is held for other years and for the yuan. "
            "Recalled: remembered, no source read prints it."
        )
        offer(REFERENCES, view)

headings.section("State of the talks")
st.markdown(talk_lines(read(TALKS, view)))
