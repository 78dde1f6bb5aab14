"""The query in the address bar: its head, and what this session last wrote there."""

from typing import Final

import streamlit as st

from model import MODEL_VERSION
from model.editions import base_of
from model.links import WORLD, own_pairs
from model.registry import BASE_FIGURES
from model.worlds import WEIGHTED
from pages.session import showing
from pages.session.start import chosen_start, world

_WRITTEN: Final = "written_head"
HEAD: Final = ("edition", "model_version", "preset", WORLD, *BASE_FIGURES)


def head() -> dict[str, str]:
    """What makes the rest of an address mean the same later."""
    edition_name, preset = chosen_start()
    told = {} if world() == WEIGHTED else {WORLD: world()}
    return {
        "edition": base_of(edition_name),
        "model_version": MODEL_VERSION,
        "preset": preset,
        **told,
        **dict(own_pairs(edition_name)),
    }


def gone() -> list[str]:
    """Keys of the head that stand in the address and no longer belong there."""
    return [key for key in HEAD if key in st.query_params and key not in head()]


def titled() -> dict[str, str]:
    """The title, where there is one."""
    return {"title": showing.title()} if showing.title() else {}


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
