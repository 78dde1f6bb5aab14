"""What buttons and lists do to the scenario, in callbacks."""

import streamlit as st

from model.links import default_scenario
from model.presets import preset_values
from model.registry import ASSUMPTIONS
from pages.session import query, showing
from pages.session.choosing import kept_choices
from pages.session.start import chosen_start, start_from, start_values


def choose_start(edition_name: str, preset: str, keep_edits: bool = False, draw: bool = True) -> None:
    """Start from a preset on an edition, in a callback; edits are kept only where asked.

    draw: the sliders again; not where the script goes to another page, which draws them
    """
    before = start_values()
    values = preset_values(preset, edition_name)
    for key in ASSUMPTIONS:
        edited = keep_edits and st.session_state.get(key, before[key]) != before[key]
        if not edited:
            st.session_state[key] = values[key]
    start_from(edition_name, preset)
    if not keep_edits:  # in one step, so that one step Back is the scenario before
        showing.set_title("")  # it was another scenario's
        chart = st.query_params.get("chart", "")
        kept = kept_choices(showing.page_path())
        st.query_params.from_dict(query.head() | ({"chart": chart} if chart else {}) | kept)
        query.is_written(query.head())
    if draw:
        st.rerun()


def set_value(key: str, value: float) -> None:
    """Give one slider a value, in a callback; beyond its bounds it takes the bound."""
    a = ASSUMPTIONS[key]
    st.session_state[key] = min(max(float(value), a.minimum), a.maximum)
    st.rerun()


def reset_to_preset() -> None:
    """Give every slider the preset's value again, in a callback."""
    choose_start(*chosen_start())


def reset_to_status_quo() -> None:
    """Go back to the current edition with nothing moved, in a callback."""
    start = default_scenario()
    choose_start(start.edition, start.preset)


def reset_one(key: str) -> None:
    """Give one slider the preset's value again, in a callback."""
    set_value(key, start_values()[key])
