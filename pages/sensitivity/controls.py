"""Controls of the Sensitivity page: scenarios to load from the tornado, and the axes of the map."""

from typing import Final

import streamlit as st

from model.registry import ASSUMPTIONS
from pages.kit import boxes
from pages.kit.measure_words import TARGET_LABELS, short_value, whose_words
from pages.kit.typed import NumberBox
from pages.kit.view import View
from pages.kit.words import markdown_text
from pages.sensitivity import tornado
from pages.sensitivity.target import first_goal_jpy_bn
from pages.session import choices, choosing, moves

RANKING_LABELS: Final = {"all": "All", "policy": "Policy", "companies": "Companies", "world": "World"}


def ranking_picker() -> None:
    """Whose decisions are ranked."""
    st.segmented_control(
        "Ranked",
        tuple(choices.RANKINGS),
        format_func=RANKING_LABELS.__getitem__,
        required=True,
        help="Policy: what Washington decides. Companies: what the two decide. World: what nobody here decides. "
        "All: these and estimates.",
        **choosing.widget(choices.RANKING),
    )


_OWN: Final = "own"
_GOAL: Final = "goal_jpy_bn"


def target_picker(view: View) -> None:
    """A target of the list, or an operating profit of the reader's own for the company and the year that are shown."""

    def use(name: str) -> None:
        if name == _OWN:
            choosing.choose({choices.GOAL: first_goal_jpy_bn(view)})
        else:
            choosing.choose({choices.GOAL: None, choices.TARGET: name})

    goal = choices.GOAL.of(view)
    labels = {**TARGET_LABELS, _OWN: "A profit of your own"}
    now = choices.TARGET.of(view) if goal is None else _OWN
    st.selectbox("Target", tuple(labels), format_func=labels.__getitem__, **choosing.control("choice_target", now, use))
    if goal is not None:
        label = f"Operating profit of {whose_words(choices.WHOSE.of(view))} in {view.year_label}"
        box = NumberBox("JPY bn", -choices.MOST_GOAL_JPY_BN, choices.MOST_GOAL_JPY_BN)
        control = boxes.used_at_once(_GOAL, label, box, goal, lambda value: choosing.choose({choices.GOAL: value}))
        help_words = "Whose it is stands beside, the year is the year in focus. Break-evens and the map are for it."
        st.text_input(f"{label}, in JPY bn", help=help_words, **control)
        boxes.show_told(_GOAL, goal)


def load_clicked(view: View) -> None:
    """Load the scenario at the end of a bar that was clicked, in a callback."""
    picked = st.session_state["chart_tornado"]["selection"].get(tornado.CLICKED, [])
    ends = tornado.clicked_values(tornado.TORNADO.table(view), picked)
    if ends:
        moves.set_value(*ends)


def end_buttons(view: View) -> None:
    """A button for each end of each bar that the tornado draws, which loads the scenario there."""
    for swing in tornado.drawn_swings(view):
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
