"""Controls of the Sensitivity page: scenarios to load from the tornado, and the axes of the map."""

import streamlit as st

from model.registry import ASSUMPTIONS
from pages.kit.measure_words import short_value
from pages.kit.view import View
from pages.kit.words import markdown_text
from pages.sensitivity import tornado
from pages.session import choices, choosing, moves


def load_clicked(view: View) -> None:
    """Load the scenario at the end of a bar that was clicked, in a callback."""
    picked = st.session_state["chart_tornado"]["selection"].get(tornado.CLICKED, [])
    ends = tornado.clicked_values(tornado.TORNADO.table(view), picked)
    if ends:
        moves.set_value(*ends)


def end_buttons(view: View) -> None:
    """A button for each end of each bar that the tornado draws, which loads the scenario there."""
    for swing in tornado.swings_of(view)[: tornado.MOST_BARS]:
        name = markdown_text(ASSUMPTIONS[swing.key].label)
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.markdown(name, width="stretch")
            for end, value in ((tornado.LOW, swing.low), (tornado.HIGH, swing.high)):
                st.button(
                    f"{tornado.GLYPHS[end]} {short_value(swing.key, value)}",
                    key=f"load_{swing.key}_{end}",
                    on_click=moves.set_value,
                    args=(swing.key, value),
                    help=f"Load: {name} at its {end} value",
                    type="tertiary",
                )


def map_pickers() -> None:
    """Which two assumptions the map spans, and how far."""
    for label, choice in (("Across", choices.MAP_ACROSS), ("Upwards", choices.MAP_UP)):
        st.selectbox(
            label, list(ASSUMPTIONS), format_func=lambda key: ASSUMPTIONS[key].label, **choosing.widget(choice)
        )
    st.toggle(
        "The whole range of both sliders",
        help="Otherwise the plausible ranges, with the scenario's own values.",
        **choosing.widget(choices.MAP_WHOLE),
    )
