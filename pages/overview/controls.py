"""Controls of Overview: ready scenarios and single moves, a press each."""

from typing import Final

import streamlit as st

from model.presets import PRESETS
from model.registry import ASSUMPTIONS
from model.sweeps import TRUCKS
from pages.kit.measure_words import short_value
from pages.kit.view import View
from pages.overview.answers import PICKED, answers_of
from pages.session import moves

_FIRST: Final[tuple[str, ...]] = ("japan_back_at_25", "usmca_ends", "alliance_delivers")
"""What is asked most, where these facts have it."""
_TRUCKS_KVEH: Final = 60.0
"""As many as the ready alliances build at most without leaving the range of Honda's class."""


def what_if(view: View) -> None:
    """Buttons that load what is asked most: three ready scenarios, and trucks at Canton."""
    ready = answers_of(view)
    asked = [name for name in _FIRST if name in ready] or list(ready[: len(_FIRST)])
    with st.container(horizontal=True, gap="small", key="what_if"):
        for name in asked:
            preset = PRESETS[name]
            st.button(
                preset.label, key=f"what_if_{name}", on_click=moves.choose_preset, args=(name,), help=preset.sentence
            )
        st.button(
            f"{short_value(TRUCKS, _TRUCKS_KVEH)} at Canton",
            key="what_if_trucks",
            on_click=moves.set_value,
            args=(TRUCKS, _TRUCKS_KVEH),
            help=ASSUMPTIONS[TRUCKS].help,
        )


def load_picked() -> None:
    """Load the scenario of a dot that was clicked, in a callback."""
    picked = st.session_state["chart_answers"]["selection"].get(PICKED, [])
    names = [row["preset"] for row in picked if row.get("preset") in PRESETS]
    if names:
        moves.choose_preset(names[0])
