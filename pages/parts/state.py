"""The visitor's state: the scenario in the sliders, the link in the address bar, and what was refused.

Sliders are bound to the address bar by Streamlit, which writes only values that differ from their
default; their default is the preset's value, so edition, preset and what is written make a complete
link. Streamlit drops bad values without a word: they are read here first, so that they can be named.
"""

from typing import Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from model import MODEL_VERSION
from model.editions import edition
from model.links import Refusal, Scenario, default_scenario, from_query
from model.presets import preset_values
from model.registry import ASSUMPTIONS
from pages.parts.view import View

# Session keys. Those of sliders are the assumptions' own keys.
_START: Final = "scenario_start"  # (edition, preset) that sliders default to
_WRITTEN: Final = "written_head"  # what this session last wrote to the address bar
_NOTICES: Final = "link_refusals"
_REPLACED: Final = "link_replacements"  # what the notices say was used instead, by key
_SETTLING: Final = "settling"  # values to put into the sliders before they are drawn again
_VIEW: Final = "view"
_HISTORY: Final = "scenario_history"  # scenarios seen in this session, oldest first
_POSITION: Final = "scenario_position"  # index of the one being shown

LONGEST_HISTORY: Final = 100

_HEAD: Final = ("edition", "model_version", "preset")


def read_address() -> None:
    """Take edition and preset from the address bar where someone else wrote it, and note what was refused.

    That is the case on the first visit, on Back and Forward, and never while the visitor moves sliders.
    """
    head = {key: st.query_params[key] for key in _HEAD if key in st.query_params}
    written = st.session_state.get(_WRITTEN)
    if _START not in st.session_state or _by_history() or (head and head != written):
        scenario, refusals = from_query((key, v) for key in st.query_params for v in st.query_params.get_all(key))
        st.session_state[_START] = (scenario.edition, scenario.preset)
        # What Canton cannot build is told by every run from the sliders themselves.
        st.session_state[_NOTICES] = (*(r for r in refusals if not r.overflow), *_refused_year(scenario.edition))
        bad = {r.key for r in refusals if r.key in ASSUMPTIONS and not r.overflow}
        st.session_state[_REPLACED] = {key: scenario.values[key] for key in bad}
        st.session_state[_WRITTEN] = head
    for key, value in st.session_state.get(_SETTLING, {}).items():
        st.session_state[key] = value


def expected_values() -> dict[str, float]:
    """What the session knows of the sliders before they are drawn."""
    return {key: st.session_state.get(key, value) for key, value in start_values().items()}


def settle(drawn: dict[str, float], expected: dict[str, float]) -> None:
    """Draw the sliders again where the address moved one that was already counted, or where one took a refused value.

    Streamlit reads the address when it draws a slider, and takes texts that a link must not hold, such as " 0.5".
    """
    replaced: dict[str, float] = st.session_state.pop(_REPLACED, {})
    refused = {key: value for key, value in replaced.items() if drawn[key] != value}
    if st.session_state.pop(_SETTLING, None) is None and (refused or drawn != expected):
        st.session_state[_SETTLING] = refused
        st.rerun()


def _refused_year(edition_name: str) -> tuple[Refusal, ...]:
    """The year in focus that a link names, where the edition has no such year."""
    years, asked = edition(edition_name).years, st.query_params.get("year", "")
    if not asked or asked in years:
        return ()
    return (Refusal("year", asked[:60], f"not a fiscal year of this edition ({', '.join(years)})", years[-1]),)


def _by_history() -> bool:
    """Whether Back or Forward brought the visitor here: then the address decides, also where it says nothing."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def carry_address() -> None:
    """Put edition, preset and model version back where a page link dropped them.

    Called before the navigation, so that Streamlit takes them into the new page's address: one step
    Back is then the page before.
    """
    dropped = st.session_state.get(_WRITTEN) and not any(key in st.query_params for key in _HEAD)
    if dropped and not _by_history():
        st.query_params.update(_head())


def _head() -> dict[str, str]:
    edition_name, preset = chosen_start()
    return {"edition": edition_name, "model_version": MODEL_VERSION, "preset": preset}


def write_address() -> None:
    """Keep edition, preset and model version in the address bar, so that a copied address means the same later.

    Called after the sliders, so that one step Back from a newly chosen preset is the old one. A bare
    address stays bare until something is chosen.
    """
    head = _head()
    pristine = not st.query_params.to_dict() and current_view().scenario == default_scenario()
    if not pristine and any(st.query_params.get(key) != value for key, value in head.items()):
        st.query_params.update(head)
        st.session_state[_WRITTEN] = head


def start_values() -> dict[str, float]:
    """What every slider defaults to: the chosen preset on the chosen edition."""
    edition_name, preset = st.session_state[_START]
    return preset_values(preset, edition_name)


def chosen_start() -> tuple[str, str]:
    """The chosen edition and preset."""
    start: tuple[str, str] = st.session_state[_START]
    return start


def choose_start(edition_name: str, preset: str, keep_edits: bool = False) -> None:
    """Start from a preset on an edition, in a callback; edits are kept only where asked."""
    before = start_values()
    values = preset_values(preset, edition_name)
    for key in ASSUMPTIONS:
        edited = keep_edits and st.session_state.get(key, before[key]) != before[key]
        if not edited:
            st.session_state[key] = values[key]
    _start_from(edition_name, preset)
    if not keep_edits:  # in one step, so that one step Back is the scenario before
        st.query_params.from_dict(_head())
        st.session_state[_WRITTEN] = _head()


def _start_from(edition_name: str, preset: str) -> None:
    if edition_name != chosen_start()[0]:
        st.session_state["year"] = edition(edition_name).years[-1]
    st.session_state[_START] = (edition_name, preset)


def set_value(key: str, value: float) -> None:
    """Give one slider a value, in a callback; beyond its bounds it takes the bound."""
    a = ASSUMPTIONS[key]
    st.session_state[key] = min(max(float(value), a.minimum), a.maximum)


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


def notices() -> tuple[Refusal, ...]:
    """What the link asked for and did not get."""
    found: tuple[Refusal, ...] = st.session_state.get(_NOTICES, ())
    return found


def dismiss_notices() -> None:
    """Forget the notices, in a callback."""
    st.session_state[_NOTICES] = ()


def keep_view(values: dict[str, float], year: int) -> View:
    """Compute the scenario in the sliders and keep it for the page."""
    asked = Scenario(*chosen_start(), values)
    _remember(asked)
    view = View.of(asked, year)
    st.session_state[_VIEW] = view
    return view


def _remember(scenario: Scenario) -> None:
    """Add the scenario to the history, unless it is the one shown; what had been undone is forgotten."""
    history: tuple[Scenario, ...] = st.session_state.get(_HISTORY, ())
    position: int = st.session_state.get(_POSITION, -1)
    if history and history[position] == scenario:
        return
    history = (*history[: position + 1], scenario)[-LONGEST_HISTORY:]
    st.session_state[_HISTORY], st.session_state[_POSITION] = history, len(history) - 1


def is_new(values: dict[str, float]) -> bool:
    """Whether these values are not the scenario shown before: they are about to become history."""
    history: tuple[Scenario, ...] = st.session_state.get(_HISTORY, ())
    return bool(history and history[st.session_state[_POSITION]] != Scenario(*chosen_start(), values))


def can_step(step: int) -> bool:
    """Whether the history has a scenario before (-1) or after (+1) the one shown."""
    history: tuple[Scenario, ...] = st.session_state.get(_HISTORY, ())
    position: int = st.session_state.get(_POSITION, 0)
    return 0 <= position + step < len(history)


def take_step(step: int) -> None:
    """Undo (-1) or redo (+1), in a callback."""
    if can_step(step):
        st.session_state[_POSITION] += step
        show_scenario(st.session_state[_HISTORY][st.session_state[_POSITION]])


def show_scenario(scenario: Scenario) -> None:
    """Put a whole scenario into the sliders, in a callback."""
    for key, value in scenario.values.items():
        st.session_state[key] = value
    _start_from(scenario.edition, scenario.preset)


def current_view() -> View:
    """The view that the frame computed in this run."""
    view: View = st.session_state[_VIEW]
    return view
