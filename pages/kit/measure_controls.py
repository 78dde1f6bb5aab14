"""Controls that Sensitivity and Uncertainty have: which output, whose, which target, and the reader's own ranges."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from model.analysis.ranges import by_key, with_range
from model.measures import WHOSE
from model.outputs import OUTPUTS
from model.registry import ASSUMPTIONS, UNITS
from pages.kit import boxes
from pages.kit.given import set_keys
from pages.kit.measure_words import WHOSE_LABELS, asked_for_both_in_vain
from pages.kit.view import View
from pages.kit.words import assumption_value, markdown_text
from pages.session import choices, choosing

_ENDS: Final = ("Low", "High")
_MOST_NAMED: Final = 3


def output_pickers(view: View, target: Callable[[], None] | None = None) -> None:
    """Which output, whose, and which target where the page has one; told where another company is shown than asked.

    target: draws the control of the target
    """
    first, second, third = st.columns([2, 2, 2])
    with first:
        st.selectbox(
            "Result",
            choices.OUTPUTS_ASKED,
            format_func=lambda name: OUTPUTS[name].label,
            **choosing.widget(choices.OUTPUT),
        )
    with second:
        st.segmented_control(
            "Whose", WHOSE, format_func=WHOSE_LABELS.__getitem__, required=True, **choosing.widget(choices.WHOSE)
        )
    if target:
        with third:
            target()
    instead = asked_for_both_in_vain(choices.OUTPUT.of(view), choices.WHOSE.of(view))
    if instead:
        st.caption(markdown_text(instead))


def hold_switch(view: View) -> None:
    """Whether draws and rankings vary what was set, too; without it they are conditional on it."""
    set_now = set_keys(view)
    named = ", ".join(ASSUMPTIONS[key].label for key in set_now[:_MOST_NAMED])
    more = f" and {len(set_now) - _MOST_NAMED} more" if len(set_now) > _MOST_NAMED else ""
    st.toggle(
        "Let what I set vary too",
        help="Draws and rankings hold what you set at its value, so that they are told “given” it. "
        "With this they vary it over its range, as everything else.",
        **choosing.control(
            "choice_let_vary",
            not choosing.chosen(choices.HOLD_SET),
            lambda vary: choosing.choose({choices.HOLD_SET: not vary}),
        ),
    )
    if set_now:
        st.caption(markdown_text(f"Set here: {named}{more}."))
    else:
        st.caption("Nothing is set in this scenario yet: everything varies.")


def range_editor(view: View) -> None:
    """Ranges of the reader's own instead of the plausible ones, one assumption at a time."""
    own = choices.RANGES.of(view)
    if own:
        st.caption("1 range changed" if len(own) == 1 else f"{len(own)} ranges changed")
    # Another label would be another expander, which is closed: what was applied stands in this one.
    with st.expander("Change a range", key="range_editor"):
        key = st.selectbox("Assumption", list(ASSUMPTIONS), format_func=lambda k: ASSUMPTIONS[k].label, key="range_key")
        a = ASSUMPTIONS[key]
        number, unit = boxes.of_assumption(a), "per cent" if a.unit == "share" else UNITS[a.unit]
        range_now = by_key(own).get(key, (a.low, a.high))
        with st.form(_range_form(key), border=False):
            for column, end, value in zip(st.columns(2), _ENDS, range_now, strict=True):
                with column:
                    boxes.box(f"{end}, in {unit}", _range_box(end, key), number.text(value))
            st.form_submit_button("Use this range", on_click=_use_typed, args=(key,), key="use_range")
        boxes.show_told(_range_form(key), range_now)
        st.caption(
            f"Plausible by the registry: {markdown_text(assumption_value(key, a.low))} to "
            f"{markdown_text(assumption_value(key, a.high))} ({markdown_text(a.range_source)}). "
            "Ranges of your own are part "
            "of the link, and hold for Sensitivity and Uncertainty alike."
        )
        for changed, low, high in own:
            words = f"{ASSUMPTIONS[changed].label}: {_range_words(changed, low, high)}"
            st.button(
                f"Reset {markdown_text(words)}",
                on_click=_use,
                args=(changed, ASSUMPTIONS[changed].low, ASSUMPTIONS[changed].high),
                key=f"reset_range_{changed}",
                type="tertiary",
            )


def _range_form(key: str) -> str:
    return f"range_form_{key}"


def _range_box(end: str, key: str) -> str:
    return f"range_{end}_{key}"


def _use_typed(key: str) -> None:
    """Use the range in the boxes of an assumption, in a callback; where one of them cannot be used, neither is."""
    a, name = ASSUMPTIONS[key], _range_form(key)
    now = by_key(choosing.chosen(choices.RANGES)).get(key, (a.low, a.high))
    number, boxed = boxes.of_assumption(a), zip(_ENDS, now, strict=True)
    taken = [number.take(f"{a.label}, {end}", st.session_state[_range_box(end, key)], value) for end, value in boxed]
    refused = [end.words for end in taken if end.refused]
    if refused:
        boxes.tell(name, now, " ".join([*refused, f"The range stays {_range_words(key, *now)}."]), refused=True)
        return
    low, high = sorted(end.value for end in taken)
    words = f"{a.label}: {_range_words(key, low, high)}, was {_range_words(key, *now)}."
    boxes.tell(name, (low, high), " ".join([words, *(end.note for end in taken if end.note)]))
    _use(key, low, high)


def _range_words(key: str, low: float, high: float) -> str:
    number = boxes.of_assumption(ASSUMPTIONS[key])
    return f"{number.words(low)} to {number.words(high)}"


def _use(key: str, low: float, high: float) -> None:
    choosing.choose({choices.RANGES: with_range(choosing.chosen(choices.RANGES), key, low, high)})
