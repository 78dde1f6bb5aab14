"""Controls that both pages have: which output, whose, which target, and the reader's own ranges."""

import time
from typing import Final

import streamlit as st

from model.measures import WHOSE
from model.outputs import OUTPUTS
from model.registry import ASSUMPTIONS, UNITS
from model.targets import TARGETS
from pages.parts import boxes, choices, state
from pages.parts.sure.asked import TARGET_LABELS, WHOSE_LABELS, measure_asked, sampling_of, unit_of, unit_words
from pages.parts.sure.draws import AT_ONCE, known, more
from pages.parts.sure.ranges import by_key, with_range
from pages.parts.sure.spread import bar_of
from pages.parts.typed import NumberBox
from pages.parts.view import View
from pages.parts.words import assumption_value, markdown_text

_ENDS: Final = ("Low", "High")
_SEED: Final = "choice_seed"


def output_pickers(with_target: bool) -> None:
    """Which output, whose, and which target where the page has one."""
    first, second, third = st.columns([2, 2, 2])
    with first:
        st.selectbox(
            "Result",
            choices.OUTPUTS_ASKED,
            format_func=lambda name: OUTPUTS[name].label,
            **state.widget(choices.OUTPUT),
        )
    with second:
        st.segmented_control(
            "Whose", WHOSE, format_func=WHOSE_LABELS.__getitem__, required=True, **state.widget(choices.WHOSE)
        )
    if with_target:
        with third:
            st.selectbox("Target", TARGETS, format_func=TARGET_LABELS.__getitem__, **state.widget(choices.TARGET))


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
    now = by_key(state.chosen(choices.RANGES)).get(key, (a.low, a.high))
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
    state.choose({choices.RANGES: with_range(state.chosen(choices.RANGES), key, low, high)})


# ---------------------------------------------------------------------- draws

_STOPPED: Final = "draws_stopped"  # what was being drawn when the visitor stopped it
_DRAWING_S: Final = 0.4  # of drawing at a time: so long may a click or a move of a slider have to wait
_PAUSE_S: Final = 0.1
_SIZES: Final = (1_000, 2_000, 5_000, 10_000, 100_000, 1_000_000)


def draw_pickers(view: View) -> None:
    """How many draws, and from which seed."""
    left, right = st.columns([3, 2])
    with left:
        st.select_slider(
            "Draws",
            sorted({*_SIZES, choices.DRAWS.of(view)}),
            format_func="{:,}".format,
            help="More draws make the numbers steadier, not the assumptions surer. A million take a few seconds.",
            **state.widget(choices.DRAWS),
        )
    with right:
        box, now = NumberBox("", *choices.SEEDS, whole=True), choices.SEED.of(view)
        help_words = "Another seed makes other draws; the same seed makes the same ones again."
        control = boxes.used_at_once(_SEED, "Seed", box, now, lambda value: state.choose({choices.SEED: int(value)}))
        st.text_input("Seed", help=help_words, **control)
        boxes.show_told(_SEED, now)


def bar_picker(view: View) -> None:
    """What a draw must reach; the reference's result unless chosen."""
    measure, chosen = measure_asked(view), choices.BAR.of(view)
    share = unit_of(measure) == "share"
    now = round(bar_of(view), 4 if share else 2) if chosen is None else chosen
    name = f"bar_{measure.output}_{measure.whose}"
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        box = NumberBox(measure.unit, -choices.MOST_BAR, choices.MOST_BAR)
        control = boxes.used_at_once(name, "Your bar", box, now, lambda value: state.choose({choices.BAR: value}))
        st.text_input(
            f"Your bar, in {'per cent' if share else unit_words(unit_of(measure))}",
            help="The chance of reaching it is counted from the draws. It starts at the result of the reference.",
            **control,
        )
    with right:
        st.button(
            "As in the reference",
            on_click=lambda: state.choose({choices.BAR: None}),
            disabled=chosen is None,
            key="bar_reset",
        )
    boxes.show_told(name, now)


def draw_with_progress(view: View) -> None:
    """Make the draws that are missing, telling how far it is; they may be stopped, and gone on with."""
    sampling, measure, wanted = sampling_of(view), measure_asked(view), choices.DRAWS.of(view)
    asked = (sampling.identity, measure, wanted)
    if wanted <= AT_ONCE or known(sampling, measure) >= wanted:
        return
    if st.session_state.get(_STOPPED) == asked:
        done = known(sampling, measure)
        st.warning(f"Stopped after {done:,} of {wanted:,} draws: what is shown is from these.")
        st.button("Go on", key="draws_go_on", on_click=_stop, args=(None,))
        return

    # One for all turns: it goes on even where draws of other visitors push its own out of the store.
    steps, done = more(sampling, measure, wanted), known(sampling, measure)

    @st.fragment(run_every=_PAUSE_S, key="draws_progress")
    def drawing() -> None:
        nonlocal done
        st.button("Stop drawing", key="draws_stop", on_click=_stop, args=(asked,), icon=":material/stop_circle:")
        words = f"{done:,} of {wanted:,} draws. The page can be used meanwhile."
        st.progress(min(done / wanted, 1.0), text=words)
        end = time.monotonic() + _DRAWING_S
        for so_far in steps:
            done = so_far
            if time.monotonic() > end:
                return
        st.rerun()

    drawing()


def _stop(asked: object) -> None:
    st.session_state[_STOPPED] = asked
    st.rerun()
