"""What is chosen on pages beside the scenario: kept by page, given to controls, written to the address."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

import streamlit as st

from model.links import LINK_KEYS, names_scenario
from pages.session import query, seams
from pages.session.choices import CHOICES, EVERYWHERE, HOLD_SET, Choice, changed_choices, read_choices
from pages.session.showing import page_path
from pages.session.start import hold_what_is_set, holds_what_is_set

T = TypeVar("T")

_CHOICES: Final = "choices_by_page"  # what each page's controls say: path to key to text
_STEPS: Final = "history_steps"  # how often Back or Forward were pressed
_SHOWN: Final = "boxes_shown"  # what each box was last given, and how often others had changed it; by name


def take_choices(page: str) -> None:
    """Keep what the address says of the page's controls."""
    keep_choices(page, read_choices(query.pairs(), page)[0])


def keep_choices(page: str, kept: Mapping[str, str]) -> None:
    """Keep what is chosen on a page, and for every page what is chosen for all."""
    for_all = {choice.key for choice in CHOICES if choice.page == EVERYWHERE}
    _choices_by_page()[page] = {key: text for key, text in kept.items() if key not in for_all}
    _choices_by_page()[EVERYWHERE] = {key: text for key, text in kept.items() if key in for_all}
    if not _between_move_and_head():
        hold_what_is_set(HOLD_SET.key in kept)


def _between_move_and_head() -> bool:
    """Whether a step of history led to a slider's move of this session before the head that says what is held."""
    headless = query.written() is not None and not any(key in st.query_params for key in query.HEAD)
    return seams.by_history() and headless and names_scenario(query.pairs())


def kept_choices(page: str) -> dict[str, str]:
    """What is chosen on a page, and for every page."""
    kept = {**_choices_by_page().get(page, {}), **_choices_by_page().get(EVERYWHERE, {})}
    return changed_choices(kept, HOLD_SET, holds_what_is_set())


def chosen(choice: Choice[T]) -> T:
    """What is chosen, also before the page's view is known."""
    given = kept_choices(page_path()).get(choice.key)
    return choice.default if given is None else choice.read(given)


def _choices_by_page() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = st.session_state.setdefault(_CHOICES, {})
    return found


def count_step() -> None:
    """Back or Forward was pressed."""
    st.session_state[_STEPS] = st.session_state.get(_STEPS, 0) + 1


def widget(choice: Choice[Any], place: str = "") -> dict[str, Any]:
    """Key and callback of the control of a choice, which is given what is chosen before it is drawn.

    place: tells controls of one choice apart, where a page has several
    """
    name = f"choice_{choice.key}{f'_{place}' if place else ''}"
    return control(name, chosen(choice), lambda value: choose({choice: value}))


def control(name: str, value: Any, changed: Callable[[Any], None]) -> dict[str, Any]:
    """Key and callback of a control that is given its value before it is drawn, and gives the new one.

    After Back it is another control: what the browser sends before it has drawn the page again still holds the old
    one's value, which would be taken for a new choice.
    """
    steps = st.session_state.get(_STEPS, 0)
    key = f"{name}_{steps}" if steps else name
    st.session_state[key] = value

    def changed_here() -> None:
        if st.session_state.get(_STEPS, 0) == steps:
            changed(st.session_state[key])

    return {"key": key, "on_change": changed_here}


def text_control(name: str, text: str, typed: Callable[[str], None]) -> dict[str, Any]:
    """Key and callback of a box to type in, which is given its text before it is drawn, and gives the new one.

    Each time another control has changed its text it is another box, as after Back: with every message the browser
    sends what each box holds, and what one held before would be taken for typed. It is what that box was given.
    """
    shown: dict[str, tuple[str | None, int]] = st.session_state.setdefault(_SHOWN, {})
    before, changes = shown.get(name, (text, 0))
    if before not in (text, None):
        changes += 1
    shown[name] = text, changes

    def typed_here(given: str) -> None:
        if given != text:
            shown[name] = None, changes  # what it shows next is its own doing
            typed(given)

    return control(f"{name}_{changes}" if changes else name, text, typed_here)


def number_widget(choice: Choice[Any]) -> dict[str, Any]:
    """As `widget`, with the bounds of the choice, for a slider or a box for numbers."""
    assert choice.bounds is not None
    low, high = choice.bounds
    return {"min_value": low, "max_value": high, **widget(choice)}


def choose(made: Mapping[Choice[Any], Any]) -> None:
    """Choose on the page being shown, in a callback.

    Streamlit loses what is bound inside a page on Back, so choices are written to the address here: in one
    step, so that one step Back is what was chosen before.
    """
    before = kept_choices(page_path())
    kept = before
    for choice, value in made.items():
        kept = changed_choices(kept, choice, value)
    if kept == before:  # Streamlit takes the list that a control gives for a change of the tuple it was given
        return
    keep_choices(page_path(), kept)
    write_choices(kept)
    if any(choice.page == EVERYWHERE for choice in made):
        st.rerun()


def write_choices(kept: Mapping[str, str]) -> None:
    """Write what is chosen on the page being shown to the address, in one step."""
    mine = (page_path(), EVERYWHERE)
    gone = [choice.key for choice in CHOICES if choice.page in mine and choice.key not in kept]
    gone += LINK_KEYS
    query.write(kept, gone)
