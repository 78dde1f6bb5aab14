"""The scenario that is kept beside the one in the sliders: as a link was sent, or as the visitor pinned it."""

from typing import Final

import streamlit as st

from model.pins import PIN, Pin, pin_text
from pages.session import showing
from pages.session.start import fitting_scenario

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


def keep(found: Pin | None) -> None:
    """Keep a scenario, or none."""
    st.session_state[_PIN] = found
