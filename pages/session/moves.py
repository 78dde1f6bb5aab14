"""What buttons and lists do to the scenario, in callbacks."""

from typing import Final

import streamlit as st

from model.editions import base_of, edition, edition_words
from model.links import Scenario, clean_title, default_scenario
from model.pins import Pin
from model.presets import CLAIM_PRESETS, PRESETS, preset_values
from model.registry import ASSUMPTIONS
from model.worlds import usual_world
from pages.session import notices, pins, query, showing, start
from pages.session.choosing import kept_choices
from pages.session.start import chosen_start, start_from, start_values

_BEFORE_PLAY: Final = "before_play"
_PLAYS: Final = "plays"


def choose_start(edition_name: str, preset: str, keep_edits: bool = False, draw: bool = True) -> None:
    """Start from a preset on an edition, in a callback; edits and the world are kept only where asked.

    Figures of one's own that go without having been sent away are told.
    draw: the sliders again; not where the script goes to another page, which draws them
    """
    before = start_values()
    values = preset_values(preset, edition_name)
    for key in ASSUMPTIONS:
        edited = keep_edits and st.session_state.get(key, before[key]) != before[key]
        if not edited:
            st.session_state[key] = values[key]
    facts_before = chosen_start()[0]
    sent_away = keep_edits and base_of(edition_name) == base_of(facts_before)
    if edition(facts_before).own and not edition(edition_name).own and not sent_away:
        now = f"the scenario stands on the published facts of {edition_name} now"
        notices.note_left(f"{edition_words(facts_before)}: {now}. Undo brings them back.")
    start_from(edition_name, preset, start.world() if keep_edits else usual_world(PRESETS[preset].overrides))
    if not keep_edits:  # in one step, so that one step Back is the scenario before
        showing.set_title("")  # it was another scenario's
        chart = st.query_params.get("chart", "")
        kept = kept_choices(showing.page_path())
        shown_alone = {"chart": chart} if chart else {}
        st.query_params.from_dict(query.held() | shown_alone | kept)
        query.is_written(query.head())
    if draw:
        st.rerun()


def choose_preset(name: str) -> None:
    """Start from a preset, in a callback; figures of one's own are kept where it stands on the same edition."""
    before, wanted = chosen_start()[0], PRESETS[name].edition
    notices.note_facts_before("" if base_of(before) == wanted else base_of(before))
    choose_start(before if base_of(before) == wanted else wanted, name)


def choose_edition(name: str) -> None:
    """Stand on the facts of another edition, published or derived, in a callback; edits are kept."""
    choose_start(name, chosen_start()[1], keep_edits=True)


def back_to_published() -> None:
    """Leave every figure of one's own, in a callback."""
    choose_edition(base_of(chosen_start()[0]))


def choose_world(name: str) -> None:
    """Show results in a world, in a callback; in one step, so that one step Back is the world before."""
    start.choose_world(name)
    query.write()
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
    choose_preset(default_scenario().preset)


def reset_one(key: str) -> None:
    """Give one slider the preset's value again, in a callback."""
    set_value(key, start_values()[key])


def pin(name: str) -> None:
    """Keep what the sliders hold, in a callback."""
    pins.keep(Pin(clean_title(name) or "pinned", start.fitting_scenario()))
    query.write()
    st.rerun()


def unpin() -> None:
    """Keep nothing, in a callback."""
    pins.keep(None)
    query.write()
    st.rerun()


def go_back_to_pin() -> None:
    """Give the sliders what is pinned, in a callback; one step Undo is the scenario before."""
    found = pins.pinned()
    if found is not None:
        _take(found.scenario)
        st.rerun()


def play(preset: str) -> None:
    """Start from the preset of a claim, in a callback before another page is opened; one's own scenario is kept."""
    if chosen_start()[1] not in CLAIM_PRESETS:
        st.session_state[_BEFORE_PLAY] = start.asked_scenario(), st.session_state["year"]
    st.session_state[_PLAYS] = count_plays() + 1
    choose_start(PRESETS[preset].edition, preset, draw=False)


def count_plays() -> int:
    """How often a claim was played in this session."""
    found: int = st.session_state.get(_PLAYS, 0)
    return found


def scenario_before_play() -> Scenario | None:
    """The visitor's own scenario before a claim was played, if one was."""
    found: tuple[Scenario, str] | None = st.session_state.get(_BEFORE_PLAY)
    return found[0] if found else None


def go_back_from_play() -> None:
    """Give the sliders what they held before a claim was played, in a callback; one step Undo is the claim."""
    scenario, year = st.session_state.pop(_BEFORE_PLAY)
    _take(scenario)
    st.session_state["year"] = year
    st.rerun()


def _take(scenario: Scenario) -> None:
    for key, value in scenario.asked.items():
        st.session_state[key] = value
    start_from(scenario.edition, scenario.preset, scenario.world)
