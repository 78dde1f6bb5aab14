"""What a link asked for and did not get, and what its sender saw, until the visitor has understood it."""

from collections.abc import Iterable
from typing import Final

import streamlit as st

from model.links import Refusal
from pages.session.reading import Receipt

_NOTICES: Final = "link_refusals"
_RECEIPT: Final = "link_receipt"
_LEFT: Final = "figures_left"
_FACTS_BEFORE: Final = "facts_before"


def note(refusals: Iterable[Refusal]) -> None:
    """Tell these, and none of before."""
    st.session_state[_NOTICES] = tuple(refusals)


def note_receipt(receipt: Receipt | None) -> None:
    """Tell what the link's sender saw, where that is not what it gives."""
    st.session_state[_RECEIPT] = receipt


def refusals() -> tuple[Refusal, ...]:
    """What the link asked for and did not get."""
    found: tuple[Refusal, ...] = st.session_state.get(_NOTICES, ())
    return found


def receipt() -> Receipt | None:
    """What the link's sender saw and this app does not give."""
    found: Receipt | None = st.session_state.get(_RECEIPT)
    return found


def note_left(words: str) -> None:
    """Tell that figures of one's own were left, until the visitor has understood it."""
    st.session_state[_LEFT] = words


def left() -> str:
    """Which figures of one's own were left, and why; empty where none were."""
    found: str = st.session_state.get(_LEFT, "")
    return found


def note_facts_before(edition: str) -> None:
    """Tell that the scenario stands on other facts than before, until the visitor has understood it."""
    st.session_state[_FACTS_BEFORE] = edition


def facts_before() -> str:
    """The published edition of the scenario before a ready one on other facts was chosen; empty where none was."""
    found: str = st.session_state.get(_FACTS_BEFORE, "")
    return found


def dismiss_notices() -> None:
    """Forget the notices, in a callback."""
    st.session_state[_FACTS_BEFORE] = ""
    st.session_state[_LEFT] = ""
    st.session_state[_NOTICES] = ()
    st.session_state[_RECEIPT] = None
