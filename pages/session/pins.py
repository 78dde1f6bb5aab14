"""The scenario that is kept beside the one in the sliders: as a link was sent, or as the visitor pinned it."""

from typing import Final

import streamlit as st

from model.links import clean_title
from model.pins import PIN, Pin, pin_text
from pages.session import showing
from pages.session.start import fitting_scenario, start_from

_PIN: Final = "scenario_pin"


def pinned() -> Pin | None:
    """What is kept, if anything."""
    found: Pin | None = st.session_state.get(_PIN)
    return found


def addressed() -> dict[str, str]:
    """What is kept as the address holds it; nothing where that goes without saying."""
    found = pinned()
    if found is None or found.goes_without_saying(fitting_scenario(), showing.title()):
        return {}
    return {PIN: pin_text(found)}


def keep(found: Pin) -> None:
    """Keep what a link holds, or shows."""
    st.session_state[_PIN] = found


def pin(name: str) -> None:
    """Keep what the sliders hold, in a callback."""
    keep(Pin(clean_title(name) or "pinned", fitting_scenario()))
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
