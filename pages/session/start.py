"""Where the sliders start: the chosen preset on the chosen edition, and what the sliders say now."""

from typing import Final

import streamlit as st

from model.editions import edition
from model.presets import preset_values

_START: Final = "scenario_start"
"""Session key of (edition, preset). Keys of sliders are the assumptions' own keys."""


def chosen_start() -> tuple[str, str]:
    """The chosen edition and preset."""
    start: tuple[str, str] = st.session_state[_START]
    return start


def start_values() -> dict[str, float]:
    """What every slider defaults to: the chosen preset on the chosen edition."""
    edition_name, preset = st.session_state[_START]
    return preset_values(preset, edition_name)


def slider_values() -> dict[str, float]:
    """What the session knows of the sliders, also before they are drawn."""
    known = st.session_state.to_dict()
    return {key: known.get(key, value) for key, value in start_values().items()}


def year_index() -> int:
    """Which of the edition's fiscal years is in focus."""
    return edition(chosen_start()[0]).years.index(st.session_state["year"])


def is_first_visit() -> bool:
    """Whether nothing is known of this visitor yet."""
    return _START not in st.session_state


def begin(edition_name: str, preset: str) -> None:
    """Let the sliders start there."""
    st.session_state[_START] = (edition_name, preset)


def start_from(edition_name: str, preset: str) -> None:
    """As `begin`, in a callback, with the last year in focus where the edition is another."""
    if edition_name != chosen_start()[0]:
        st.session_state["year"] = edition(edition_name).years[-1]
    begin(edition_name, preset)
