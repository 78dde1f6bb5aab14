"""The link in the address bar: read where someone else wrote it, kept over page links, written after every move.

Sliders are bound to the address bar by Streamlit, which writes only values that differ from their
default; their default is the preset's value, so edition, preset and what is written make a complete
link. Streamlit drops bad values without a word: they are read here first, so that they can be named.
"""

from collections.abc import Collection, Mapping
from typing import Any, Final

import streamlit as st

from model.editions import edition
from model.links import (
    ALIASES,
    LINK_KEYS,
    RETIRED,
    default_scenario,
    is_foreign,
    number_text,
    to_pairs,
)
from model.pins import PIN, as_sent
from model.registry import ASSUMPTIONS
from model.worlds import DONE
from pages.session import choosing, notices, pins, query, redraw, seams, showing
from pages.session.choices import read_choices
from pages.session.reading import NAMED_ON_A_PAGE, read_pairs
from pages.session.start import begin, chosen_start, is_first_visit, slider_values, start_values, world

_BOUND: Final = (*ASSUMPTIONS, "year")
"""Keys of the address that Streamlit reads and writes."""

_ORDER: Final = "address_order"  # keys of the address as it was last written


def read_address(page: str) -> None:
    """Take the scenario from the address bar where someone else wrote it, and note what was refused.

    That is the case on the first visit, on Back and Forward, and never while the visitor moves sliders.
    page: the path of the page being shown
    """
    head = {key: st.query_params[key] for key in query.HEAD if key in st.query_params}
    written = query.written()
    first_visit = is_first_visit()
    if seams.by_history():
        choosing.count_step()
    if first_visit or seams.by_history() or (head and head != written):
        asked = read_pairs(query.pairs(), page)
        # A step of history may lie between a slider's move and the head that was written for it.
        own_step = not first_visit and not head and not asked.bare
        begin(asked.scenario.edition, asked.scenario.preset, world() if own_step else asked.first_world)
        # What Canton cannot build is told by every run from the sliders themselves.
        notices.note(r for r in asked.named(NAMED_ON_A_PAGE) if not r.overflow)
        notices.note_receipt(asked.receipt())
        showing.set_title(asked.title)
        if asked.pin:
            pins.keep(asked.pin)
        elif not asked.bare and not seams.by_history():
            pins.keep(as_sent(asked.scenario.in_world(asked.first_world), asked.title), by_hand=False)
        choosing.keep_choices(page, asked.choices)
        showing.look_for_chart_again()
        query.is_written(head)
        known: dict[str, Any] = {**asked.sliders, "year": edition(asked.scenario.edition).years[asked.year_index]}
    elif not showing.is_shown(page):
        choosing.take_choices(page)
        known = {key: st.session_state[key] for key in _BOUND if key in st.session_state}
    else:
        kept = choosing.kept_choices(page)
        if read_choices(query.pairs(), page)[0] != kept:
            # Back, while a run was still to come for what was done before it: Streamlit then forgets that it was Back.
            choosing.write_choices(kept)
        known = {}
    # Said again, because a browser that left the page before every slider was drawn has forgotten what the link said.
    for key, value in known.items():
        st.session_state[key] = value
    if first_visit:
        _shorten_address()
    _let_sliders_agree(known.keys())
    showing.turn_to(page)
    redraw.is_drawn()


def _shorten_address() -> None:
    """Take from the address, in one step, what need not stay there: values of the preset, the receipt, others' keys.

    What an older model's keys have become takes their place.
    Streamlit would take a value that a slider starts with from the address by itself, but each in a step of its own:
    a full link would be seventy steps Back away from the page before it. Only before sliders are drawn may they be
    taken away here, and on Back and Forward Streamlit adds no steps.
    """
    there = {key: st.query_params.get_all(key) for key in st.query_params}
    moved = _moved_in_address()
    leaving = {key for key in there if is_foreign(key)} | {*LINK_KEYS} | ALIASES.keys() | RETIRED.keys() | {PIN}
    holds = query.held()
    leaving |= ({*_BOUND} - moved.keys()) | {*query.stale(holds)}
    kept = {key: texts[:1] if key in moved else texts for key, texts in there.items() if key not in leaving}
    if kept != there:
        st.query_params.from_dict({**kept, **moved, **holds})
        query.is_written(query.head())


def _let_sliders_agree(known: Collection[str]) -> None:
    """Let the sliders and the year, which read the address again as they are drawn, find there what the session holds.

    Streamlit takes texts that a link must not hold, such as " 0.5", and of several the last, and after Back it lets
    what the address does not name start anew. What is moved is counted before the sliders are drawn.
    known: keys of what the session was told in this run
    """
    there, moved = set(st.query_params), _moved_in_address()
    texts = {**{key: number_text(value) for key, value in slider_values().items()}, "year": _year()}
    seams.read_as({key: text for key, text in texts.items() if key in there or (key in known and key in moved)})


def _year() -> str:
    """The year in focus, also before its list is drawn."""
    year: str = st.session_state.get("year", edition(chosen_start()[0]).years[-1])
    return year


def carry_address(paths: Mapping[str, str]) -> None:
    """Put edition, preset, model version, moved sliders and the page's choices back where a page link dropped them.

    Called before the navigation, in one step and in the order the address had: Streamlit then takes it into the new
    page's address, and one step Back is the page before. Left to itself it would add each moved slider in a step of
    its own, and Back could lead to a step without them.
    paths: the path of every page by the hash of its script
    """
    dropped = query.written() and not any(key in st.query_params for key in query.HEAD)
    if not dropped or not seams.script_hash() or seams.by_history():
        return
    kept = choosing.kept_choices(paths.get(seams.script_hash(), ""))
    there = {key: st.query_params.get_all(key) for key in st.query_params}
    address: dict[str, str | list[str]] = {
        **query.held(),
        **kept,
        **_moved_in_address(),
        **there,
    }
    order = {key: place for place, key in enumerate(st.session_state.get(_ORDER, ()))}
    seams.rewrite_query(address, sorted(address, key=lambda key: order.get(key, len(order))))
    st.query_params.update(query.head())


def _moved_in_address() -> dict[str, str]:
    """What the sliders and the year in focus write into the address: what is not where it starts."""
    start, years = start_values(), edition(chosen_start()[0]).years
    moved = {key: number_text(value) for key, value in slider_values().items() if value != start[key]}
    year = _year()
    return moved if year == years[-1] else {**moved, "year": year}


def write_address() -> None:
    """Keep in the address bar what makes a copied address mean the same later: edition, preset and model version.

    Called after the sliders, so that one step Back from a newly chosen preset is the old one. A bare
    address stays bare until something is chosen.
    """
    holds = query.held()
    usual = default_scenario().in_world(DONE)
    untouched = not st.query_params.to_dict() and showing.current_view().scenario == usual
    bare = untouched and not {"title", PIN} & holds.keys()
    # A receipt is stale after the first move of a slider, and an old name would come back beside the new one.
    leaving = [key for key in (*LINK_KEYS, *ALIASES, *RETIRED, *query.stale(holds)) if key in st.query_params]
    if leaving or (not bare and any(st.query_params.get(key) != value for key, value in holds.items())):
        query.write(leaving=leaving)
    st.session_state[_ORDER] = tuple(key for key, _ in to_pairs(seams.query_string()))
