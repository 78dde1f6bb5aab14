"""The query in the address bar: its head, and what this session last wrote there."""

from collections.abc import Collection, Mapping
from typing import Final

import streamlit as st

from model import MODEL_VERSION
from model.editions import base_of
from model.links import WORLD, own_pairs
from model.pins import PIN
from model.registry import BASE_FIGURES
from model.worlds import WEIGHTED
from pages.session import pins, showing
from pages.session.choices import HOLD_SET, ON
from pages.session.start import chosen_start, holds_what_is_set, world

_WRITTEN: Final = "written_head"
HEAD: Final = ("edition", "model_version", "preset", WORLD, HOLD_SET.key, *BASE_FIGURES)


def head() -> dict[str, str]:
    """What makes the rest of an address mean the same later."""
    edition_name, preset = chosen_start()
    told = {} if world() == WEIGHTED else {WORLD: world()}
    return {
        "edition": base_of(edition_name),
        "model_version": MODEL_VERSION,
        "preset": preset,
        **told,
        **({HOLD_SET.key: ON} if holds_what_is_set() else {}),
        **dict(own_pairs(edition_name)),
    }


def told_beside() -> dict[str, str]:
    """What an address tells beside a scenario: its title and what is pinned, where there are."""
    title = showing.title()
    return ({"title": title} if title else {}) | pins.addressed()


def held() -> dict[str, str]:
    """What an address holds beside sliders and choices: its head, its title and what is pinned."""
    return head() | told_beside()


def stale(holds: Mapping[str, str]) -> list[str]:
    """Keys of the head, the title and the pin that stand in the address and are not among what it holds."""
    return [key for key in (*HEAD, "title", PIN) if key in st.query_params and key not in holds]


def write(kept: Mapping[str, str] | None = None, leaving: Collection[str] = ()) -> None:
    """Write what an address holds, in one step of history.

    kept: what is chosen on the page being shown, by its key
    leaving: keys that go, with those that no longer belong there
    """
    holds = held()
    gone = {key for key in (*leaving, *stale(holds)) if key in st.query_params}
    # An empty list takes a key out of the address in the same step; then out of what Streamlit remembers.
    st.query_params.update({**holds, **(kept or {}), **{key: [] for key in gone}})
    for key in gone:
        del st.query_params[key]
    is_written({key: holds[key] for key in HEAD if key in holds})


def pairs() -> list[tuple[str, str]]:
    """Every key of the address with each of its texts."""
    return [(key, text) for key in st.query_params for text in st.query_params.get_all(key)]


def written() -> dict[str, str] | None:
    """The head that this session last wrote; nothing before it did."""
    found: dict[str, str] | None = st.session_state.get(_WRITTEN)
    return found


def is_written(head: dict[str, str]) -> None:
    """Take a head for this session's own: it is no news from elsewhere."""
    st.session_state[_WRITTEN] = head
