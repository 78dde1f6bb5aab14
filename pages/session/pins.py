"""The scenario that is kept beside the one in the sliders: as a link was sent, or as the visitor pinned it."""

from typing import Final

import streamlit as st

from model.links import Scenario, clean_title
from pages.kit.view import Pin
from pages.session.start import asked_scenario, start_from

AS_SENT: Final = "as sent"
_PIN: Final = "scenario_pin"


def pinned() -> Pin | None:
    """What is kept, if anything."""
    found: Pin | None = st.session_state.get(_PIN)
    return found


def keep_as_sent(scenario: Scenario, title: str) -> None:
    """Keep what a link shows, under its title."""
    st.session_state[_PIN] = Pin(title or AS_SENT, scenario)


def pin(name: str) -> None:
    """Keep what the sliders hold, in a callback."""
    st.session_state[_PIN] = Pin(clean_title(name) or "pinned", asked_scenario())
    st.rerun()


def unpin() -> None:
    """Keep nothing, in a callback."""
    st.session_state[_PIN] = None
    st.rerun()


def go_back() -> None:
    """Give the sliders what is pinned, in a callback; one step Undo is the scenario before."""
    found = pinned()
    if found is None:
        return
    for key, value in found.scenario.asked.items():
        st.session_state[key] = value
    start_from(found.scenario.edition, found.scenario.preset, found.scenario.world)
    st.rerun()
