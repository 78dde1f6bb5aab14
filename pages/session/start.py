"""Where the sliders start: the chosen preset on the chosen edition, and what the sliders say now."""

from typing import Final

import streamlit as st

from model.editions import base_of, edition
from model.links import Scenario, fit_capacity
from model.presets import preset_values

_START: Final = "scenario_start"
"""Session key of (edition, preset). Keys of sliders are the assumptions' own keys."""

_WORLD: Final = "scenario_world"
_HOLDS: Final = "scenario_holds"


def chosen_start() -> tuple[str, str]:
    """The chosen edition and preset."""
    start: tuple[str, str] = st.session_state[_START]
    return start


def world() -> str:
    """The world that results are in, of `WORLDS`."""
    chosen: str = st.session_state[_WORLD]
    return chosen


def choose_world(name: str) -> None:
    """Show results in a world."""
    st.session_state[_WORLD] = name


def holds_what_is_set() -> bool:
    """Whether draws and rankings hold what the visitor set."""
    found: bool = st.session_state.get(_HOLDS, False)
    return found


def hold_what_is_set(holds: bool) -> None:
    """Let draws and rankings hold what the visitor set, or vary it too."""
    st.session_state[_HOLDS] = holds


def start_values() -> dict[str, float]:
    """What every slider defaults to: the chosen preset on the chosen edition."""
    edition_name, preset = st.session_state[_START]
    return preset_values(preset, edition_name)


def slider_values() -> dict[str, float]:
    """What the session knows of the sliders, also before they are drawn."""
    known = st.session_state.to_dict()
    return {key: known.get(key, value) for key, value in start_values().items()}


def slider_value(key: str) -> float:
    """What the session knows of one slider."""
    found: float = st.session_state.get(key, start_values()[key])
    return found


def asked_scenario() -> Scenario:
    """The scenario in the sliders, which may ask for more cars than Canton can build."""
    return Scenario(*chosen_start(), slider_values(), world())


def fitting_scenario() -> Scenario:
    """The scenario in the sliders with as many cars at Canton as fit, as it is computed."""
    asked = asked_scenario()
    return Scenario(asked.edition, asked.preset, fit_capacity(asked.asked)[0], asked.world)


def year_index() -> int:
    """Which of the edition's fiscal years is in focus."""
    return edition(chosen_start()[0]).years.index(st.session_state["year"])


def is_first_visit() -> bool:
    """Whether nothing is known of this visitor yet."""
    return _START not in st.session_state


def begin(edition_name: str, preset: str, in_world: str) -> None:
    """Let the sliders start there, with results in a world."""
    st.session_state[_START] = (edition_name, preset)
    choose_world(in_world)


def start_from(edition_name: str, preset: str, in_world: str) -> None:
    """As `begin`, in a callback, with the last year in focus where the published edition is another."""
    if base_of(edition_name) != base_of(chosen_start()[0]):
        st.session_state["year"] = edition(edition_name).years[-1]
    begin(edition_name, preset, in_world)
