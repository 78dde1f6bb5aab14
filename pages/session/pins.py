"""The scenario that is kept beside the one in the sliders: as a link was sent, or as the visitor pinned it."""

from typing import Final

import streamlit as st

from model.pins import PIN, Pin, pin_text
from pages.session import showing
from pages.session.start import fitting_scenario

_PIN: Final = "scenario_pin"
_BY_HAND: Final = "scenario_pin_by_hand"


def pinned() -> Pin | None:
    """What is kept, if anything."""
    found: Pin | None = st.session_state.get(_PIN)
    return found


def addressed() -> dict[str, str]:
    """What is kept as the address holds it: what was pinned, here or in a link; nothing where it goes without saying.

    What is kept of a link as it was sent stands in what is shared. In the address it would come with the first move,
    in a step of its own, and one step Back would lead to the same values.
    """
    found = pinned()
    if found is None or not st.session_state[_BY_HAND]:
        return {}
    return {} if found.goes_without_saying(fitting_scenario(), showing.title()) else {PIN: pin_text(found)}


def keep(found: Pin | None, by_hand: bool = True) -> None:
    """Keep a scenario, or none; by_hand: it was pinned, here or in a link."""
    st.session_state[_PIN], st.session_state[_BY_HAND] = found, by_hand
