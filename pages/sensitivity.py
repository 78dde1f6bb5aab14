"""Sensitivity: what moves a result most, where targets are met, and what each change brings."""

import pyarrow as pa
import streamlit as st

from model.registry import ASSUMPTIONS
from pages.parts import charts, choices, headings, state, tables
from pages.parts.controls import reference_note
from pages.parts.figures import chart_figure, offer_numbers
from pages.parts.sure import break_even_words as meets
from pages.parts.sure import heat_map, shares, tornado
from pages.parts.sure.asked import (
    TARGET_LABELS,
    TARGET_MEANINGS,
    asked_for_both_in_vain,
    axis_form,
    axis_title,
    measure_asked,
    short_value,
    unit_of,
)
from pages.parts.sure.controls import output_pickers, range_editor
from pages.parts.words import markdown_text

view = state.current_view()
measure = measure_asked(view)
unit = unit_of(measure)

headings.title("Which input matters, and where does it flip?")
swung = tornado.tornado_table(view)
st.markdown(markdown_text(f"{tornado.tornado_finding(view, swung)}. {tornado.next_words(swung)}"))
output_pickers(with_target=True)
note = asked_for_both_in_vain(choices.OUTPUT.of(view), choices.WHOSE.of(view))
if note:
    st.caption(markdown_text(note))
reference_note()


def load_clicked() -> None:
    """Load the scenario at the end of a bar that was clicked, in a callback."""
    picked = st.session_state["chart_tornado"]["selection"].get(tornado.CLICKED, [])
    ends = tornado.clicked_values(swung, picked)
    if ends:
        state.set_value(*ends)


left, right = st.columns([3, 2])
with left:
    ends = tornado.with_ends(swung, unit)
    if not ends["rank"]:
        headings.finding(markdown_text(tornado.tornado_finding(view, swung)))
        offer_numbers(swung)
    else:
        chart_figure(
            tornado.tornado_finding(view, swung),
            tornado.tornado_chart,
            swung,
            f"Change against the scenario: {axis_title(measure)}",
            axis_form(unit),
            rows=ends,
            on_select=load_clicked,
        )
        st.caption(
            "Each bar: one assumption moved alone from its low to its high plausible value. ● marks the low value, "
            "▲ the high one. Click an end, or a button beside, to load that scenario; Undo brings this one back."
        )
with right:
    headings.finding("Load the scenario at an end")
    for swing in tornado.swings_of(view)[: tornado.SHOWN]:
        name = markdown_text(ASSUMPTIONS[swing.key].label)
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.markdown(name, width="stretch")
            for end, value in ((tornado.LOW, swing.low), (tornado.HIGH, swing.high)):
                st.button(
                    f"{tornado.GLYPHS[end]} {short_value(swing.key, value)}",
                    key=f"load_{swing.key}_{end}",
                    on_click=state.set_value,
                    args=(swing.key, value),
                    help=f"Load: {name} at its {end} value",
                    type="tertiary",
                )
    range_editor(view)
with st.expander("Every assumption as a table", key="tornado_all"):
    st.table(pa.table(tornado.tornado_in_words(swung, unit)), hide_index=True, border="horizontal", alt=swung.title)

headings.section("Break-even: where the target is met")
st.markdown(markdown_text(f"{meets.break_even_finding(view)}."))
st.caption(
    f"Target: {TARGET_MEANINGS[choices.TARGET.of(view)]}, in {view.year_label}. One assumption at a time, all else as "
    "in the scenario, over the whole range of its slider. Two crossings closer than a 64th of it may be missed. "
    "“Show break-even values” in the sidebar puts these under every slider."
)
plausible, beyond = map(pa.table, meets.break_even_in_words(view))
if plausible.num_rows:
    headings.finding("Within the plausible range")
    st.table(plausible, hide_index=True, border="horizontal", alt="Break-even values within the plausible range")
if beyond.num_rows:
    with st.expander("Only beyond the plausible range", key="break_even_beyond"):
        st.table(beyond, hide_index=True, border="horizontal", alt="Break-even values beyond the plausible range")
offer_numbers(meets.break_even_table(view))

headings.section("Two assumptions at once")
left, right = st.columns([3, 2])
with right:
    for label, choice in (("Across", choices.MAP_ACROSS), ("Upwards", choices.MAP_UP)):
        st.selectbox(label, list(ASSUMPTIONS), format_func=lambda key: ASSUMPTIONS[key].label, **state.widget(choice))
    st.toggle(
        "The whole range of both sliders",
        help="Otherwise the plausible ranges, with the scenario's own values.",
        **state.widget(choices.MAP_WHOLE),
    )
    words = pa.table(heat_map.map_in_words(view))
    with st.expander("The map as a table", key="map_words"):
        st.table(words, hide_index=True, border="horizontal", alt="The map at a few values of both assumptions")
with left:
    across, up = choices.MAP_ACROSS.of(view), choices.MAP_UP.of(view)
    if across == up:
        st.info("Choose two different assumptions.")
    else:
        mapped = heat_map.map_table(view)
        titles = [axis_title(key) for key in (across, up)]
        forms = [axis_form(ASSUMPTIONS[key].unit) for key in (across, up)]
        chart_figure(
            heat_map.map_finding(view, mapped),
            heat_map.heat_map,
            mapped,
            *titles,
            *forms,
            axis_title(measure),
            axis_form(unit),
            rows=heat_map.with_lines(mapped, view),
        )
        st.caption(
            f"White line: the target is met (“{TARGET_LABELS[choices.TARGET.of(view)]}”). Ringed cross: the scenario. "
            "Light is high, dark is low. Pairs that Canton cannot build are left blank."
        )

headings.section("What each change brings")
found = shares.shapley_of(view)
st.caption(
    f"Operating profit in {view.year_label}, from reference to scenario, in two ways. By change: what it brings on "
    "average over every order in which the changes could be made (Shapley share), so that no order is favoured. "
    "By channel: "
    "the causes as the model adds them up, one after the other."
)
left, right = st.columns(2)
with left:
    share = shares.share_table(view)
    if not share.values["rank"]:
        headings.finding(markdown_text(shares.share_finding(view)))
        st.caption("Choose a scenario or move a slider.")
    else:
        chart_figure(shares.share_finding(view), shares.share_bars, share, rows=shares.with_share_marks(share))
        st.caption(
            "Ring: the change alone. Diamond: the change made last. The further the two are apart, the more it "
            f"depends on the others. {shares.grouped_note(found)}"
        )
with right:
    channel = shares.channel_table(view)
    color = shares.color_of(choices.WHOSE.of(view), charts.COMPANY_COLORS)
    chart_figure(shares.channel_finding(view), charts.waterfall, channel, color, rows=tables.with_step_labels(channel))
st.caption(markdown_text(shares.sums_words(view)))
