"""What a move of a slider draws again, and what it leaves alone."""

from dataclasses import dataclass, replace
from typing import Any, Final

import streamlit as st

from model.delivery import world_matters
from model.links import fit_capacity
from model.registry import ASSUMPTIONS, BEHIND_LEVERS, LEVERS, Assumption
from model.worlds import CERTAIN_SHARE, CHANCE, WEIGHTED, WORLDS
from pages.session import seams
from pages.session.choices import BREAK_EVEN
from pages.session.choosing import chosen
from pages.session.history import can_step, is_new
from pages.session.showing import page_path
from pages.session.start import asked_scenario, start_values
from pages.site import WITHOUT_SLIDERS

_SCRIPT: Final = "script_shown"  # hash of the script of the page being shown
_MOVED: Final = "moved_by_group"  # how many sliders are said to have moved
_OPEN: Final = "groups_open"
_SUMMARY: Final = "summary_drawn"
_WORLDS: Final = "worlds_offered"
_SLIDERS_ON: Final = "sliders_on"  # the page on which sliders that are put away were asked for

# Fragments, which a slider's move draws again.
BODY: Final = "body"
SUMMARY: Final = "summary"
PRESETS: Final = "ready_scenarios"
"""Also the session key of whether their list is open."""

WORLD: Final = "world"
OWN: Final = "own_figures"
"""Also the session key of whether it is open."""

LISTED: Final = "edited_list"
"""Session key of whether the list of edited values is open."""

FOUND: Final = "assumption_found"
"""Session key of the assumption that is looked for and stands out of its group."""

WITH_SLIDERS: Final = "groups_drawn"
"""Session key of the groups whose sliders are there, open or not."""


def group_fragment(group: str) -> str:
    """The fragment of a group's sliders."""
    return f"sliders_{group}"


def moved_fragment(group: str) -> str:
    """The fragment of what stands below a group: how many of its sliders were moved."""
    return f"moved_{group}"


def name_fragment(key: str) -> str:
    """The fragment above a slider: its name, and the box that shows its value."""
    return f"name_{key}"


def found() -> str:
    """The assumption that is looked for and stands out of its group; empty where there is none, or it is a lever."""
    key = st.session_state.get(FOUND)
    return key if key in ASSUMPTIONS and key not in LEVERS else ""


def of_group(group: str) -> tuple[Assumption, ...]:
    """The assumptions whose sliders stand in a group: neither the levers nor the one that is looked for."""
    return tuple(a for a in BEHIND_LEVERS[group] if a.key != found())


def count_moved(group: str) -> int:
    """How many sliders of a group are not where they start, which stands below it."""
    moved = _moved(group)
    st.session_state.setdefault(_MOVED, {})[group] = moved
    return moved


def _moved(group: str) -> int:
    start = start_values()
    return sum(st.session_state.get(a.key, start[a.key]) != start[a.key] for a in of_group(group))


def _open_groups() -> set[str]:
    found: set[str] = st.session_state.setdefault(_OPEN, set())
    return found


def add_open(group: str) -> None:
    """Open a group of sliders beside those that are, where everything is about to be drawn."""
    st.session_state[_OPEN] = _open_groups() | {group}
    show_sliders()


def group_widget(group: str) -> dict[str, Any]:
    """Key and callback of a group's expander, which is told whether it is open: a change of page forgets it."""
    key = f"group_{group}"
    st.session_state[key] = group in _open_groups()

    def toggled() -> None:
        others = _open_groups() - {group}
        st.session_state[_OPEN] = others | {group} if st.session_state[key] else others
        draw(group_fragment(group))

    return {"key": key, "on_change": toggled}


def wants_sliders(group: str) -> bool:
    """Whether a group's sliders are drawn: it is open, or was, or the address or a value is not where it starts.

    Streamlit takes a slider that is not drawn out of the address, so what the address must say stays drawn.
    """
    wanted: set[str] = st.session_state.setdefault(WITH_SLIDERS, set())
    addressed = set(st.query_params)  # each look into the address by itself takes a lock
    if group in _open_groups() or _moved(group) or any(a.key in addressed for a in of_group(group)):
        wanted.add(group)
    return group in wanted


def _is_drawn(key: str) -> bool:
    """Whether an assumption that is no lever has its slider on the page."""
    return key == found() or ASSUMPTIONS[key].group in st.session_state[WITH_SLIDERS]


@dataclass(frozen=True, slots=True)
class Summary:
    """What the sidebar says of the scenario.

    edited: how many values are not the preset's; listed: key and value of each, where their list is open
    """

    edited: int
    listed: tuple[tuple[str, float], ...]
    undoable: bool
    redoable: bool


def _summary() -> Summary:
    scenario, start = asked_scenario(), start_values()
    edited = tuple((key, value) for key, value in scenario.asked.items() if value != start[key])
    # A move that is not yet in the history is what can be undone.
    new = is_new(scenario)
    listed = edited if st.session_state.get(LISTED) else ()
    return Summary(len(edited), listed, can_step(-1) or new, can_step(1) and not new)


def summary_to_draw() -> Summary:
    """What the sidebar is about to say."""
    found = st.session_state[_SUMMARY] = _summary()
    return found


def worlds_to_offer() -> tuple[str, ...]:
    """Worlds that the sidebar is about to offer: those between which the scenario's results differ."""
    offered = st.session_state[_WORLDS] = _worlds()
    return offered


def chance_counts() -> bool:
    """Whether the chance on its slider is counted, as far as the sidebar says."""
    return not (st.session_state[_WORLDS] and asked_scenario().fixed)


def _worlds() -> tuple[str, ...]:
    asked = asked_scenario()
    if not world_matters(replace(asked, asked=fit_capacity(asked.asked)[0])):
        return ()
    nothing_to_weigh = asked.asked[CHANCE] in CERTAIN_SHARE.values()
    return tuple(world for world in WORLDS if world != WEIGHTED or not nothing_to_weigh)


def slider_moved(key: str) -> None:
    """Draw what follows from the sliders, and not the sliders, in a callback.

    Everything is drawn where break-even values stand under the sliders.
    """
    group = ASSUMPTIONS[key].group
    another_choice = _worlds() != st.session_state[_WORLDS]
    if_changed = {
        WORLD: another_choice,
        name_fragment(CHANCE): another_choice and key != CHANCE and _is_drawn(CHANCE),
        SUMMARY: _summary() != st.session_state[_SUMMARY],
        moved_fragment(group): _moved(group) != st.session_state[_MOVED][group],
    }
    # The body last: a page may end a run before its end.
    changed = (name for name, changes in if_changed.items() if changes)
    draw(name_fragment(key), *changed, BODY, whole=chosen(BREAK_EVEN))


def sliders_put_away() -> bool:
    """Whether the sliders are out of sight: the page is one of evidence, and nobody has asked for them there."""
    return page_path() in WITHOUT_SLIDERS and st.session_state.get(_SLIDERS_ON) != page_path()


def show_sliders() -> None:
    """Show them on this page, in a callback or before it is drawn, until another page is opened."""
    st.session_state[_SLIDERS_ON] = page_path()


def is_drawn() -> None:
    """The page that the browser asks for is being drawn whole."""
    st.session_state[_SCRIPT] = seams.script_hash()
    if st.session_state.get(_SLIDERS_ON) != page_path():
        st.session_state.pop(_SLIDERS_ON, None)


def draw(*fragments: str, whole: bool = False) -> None:
    """Draw fragments, in a callback: the one that a control is in too, where what is in it changes.

    Left to itself, Streamlit draws only one fragment where things in several are pressed before the browser, while it
    is busy, can say so. Everything is drawn where the visitor also went to another page or back.
    whole: draw everything
    """
    elsewhere = seams.script_hash() != st.session_state[_SCRIPT]
    st.rerun("app" if whole or elsewhere or seams.by_history() else fragments)
