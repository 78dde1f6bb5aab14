"""Undo and redo: the scenarios seen in this session."""

from typing import Final

import streamlit as st

from model.links import Scenario
from pages.session.start import start_from

_HISTORY: Final = "scenario_history"  # scenarios seen in this session, oldest first
_POSITION: Final = "scenario_position"  # index of the one being shown
LONGEST_HISTORY: Final = 100


def remember(scenario: Scenario) -> None:
    """Add the scenario to the history, unless it is the one shown; what had been undone is forgotten."""
    history: tuple[Scenario, ...] = st.session_state.get(_HISTORY, ())
    position: int = st.session_state.get(_POSITION, -1)
    if history and history[position] == scenario:
        return
    history = (*history[: position + 1], scenario)[-LONGEST_HISTORY:]
    st.session_state[_HISTORY], st.session_state[_POSITION] = history, len(history) - 1


def is_new(scenario: Scenario) -> bool:
    """Whether it is not the scenario shown before: it is about to become history."""
    history: tuple[Scenario, ...] = st.session_state.get(_HISTORY, ())
    return bool(history and history[st.session_state[_POSITION]] != scenario)


def can_step(step: int) -> bool:
    """Whether the history has a scenario before (-1) or after (+1) the one shown."""
    history: tuple[Scenario, ...] = st.session_state.get(_HISTORY, ())
    position: int = st.session_state.get(_POSITION, 0)
    return 0 <= position + step < len(history)


def take_step(step: int) -> None:
    """Undo (-1) or redo (+1), in a callback."""
    if can_step(step):
        st.session_state[_POSITION] += step
        scenario = st.session_state[_HISTORY][st.session_state[_POSITION]]
        for key, value in scenario.asked.items():
            st.session_state[key] = value
        start_from(scenario.edition, scenario.preset, scenario.world)
        st.rerun()
