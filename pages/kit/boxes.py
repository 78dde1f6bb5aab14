"""Boxes to type a number in: what was typed is read when it is given, and what came of it stands below the box."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from model.registry import Assumption
from pages.kit.typed import NumberBox
from pages.kit.words import markdown_text
from pages.session import choosing

_TOLD: Final = "typed_told"
"""Session key of what came of the last thing that was typed: of one box at a time."""


@dataclass(frozen=True, slots=True)
class _Told:
    """name: of the box; at: what held after it; refused: whether nothing was used"""

    name: str
    at: object
    words: str
    refused: bool


def of_assumption(a: Assumption) -> NumberBox:
    """What the box of an assumption takes."""
    return NumberBox(a.unit, a.minimum, a.maximum)


def box(label: str, key: str, text: str, **named: Any) -> None:
    """A box that shows what holds, until something else is typed into it.

    It is only written to where it says something else: what a visitor is typing is left alone.
    """
    if st.session_state.get(key) != text:
        st.session_state[key] = text
    st.text_input(label, key=key, **named)


def used_at_once(
    name: str,
    label: str,
    number: NumberBox,
    now: float,
    use: Callable[[float], None],
    refuse: Callable[[], None] = lambda: None,
) -> dict[str, Any]:
    """Key and callback of a box whose number is used as soon as it is left or Enter is pressed.

    refuse: called where it cannot be used
    """

    def typed(text: str) -> None:
        taken = number.take(label, text, now)
        tell(name, taken.value, taken.told, taken.refused)
        if taken.refused:
            refuse()
        else:
            use(taken.value)

    return choosing.text_control(name, number.text(now), typed)


def tell(name: str, at: object, words: str, refused: bool = False) -> None:
    """Say below a box what came of what was typed, in a callback, for as long as the value that then holds does."""
    st.session_state[_TOLD] = _Told(name, at, words, refused)


def show_told(name: str, now: object) -> None:
    """What came of what was typed into a box last."""
    told: _Told | None = st.session_state.get(_TOLD)
    if told is None or (told.name, told.at) != (name, now) or not told.words:
        return
    if told.refused:
        st.warning(markdown_text(told.words))
    else:
        st.caption(f":material/check: {markdown_text(told.words)}")
