"""Controls that both pages have: which output, whose, which target, and the reader's own ranges."""

import time
from typing import Final

import streamlit as st

from model.measures import WHOSE
from model.outputs import OUTPUTS
from model.registry import ASSUMPTIONS, UNITS
from model.targets import TARGETS
from pages.parts import choices, state
from pages.parts.sure.asked import TARGET_LABELS, WHOSE_LABELS, measure_asked, sampling_of, unit_of, unit_words
from pages.parts.sure.draws import AT_ONCE, known, more
from pages.parts.sure.ranges import by_key, with_range
from pages.parts.sure.spread import bar_of
from pages.parts.view import View
from pages.parts.words import assumption_value, markdown_text

_PER_CENT: Final = 100.0


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
    label = f"Change a range · {len(own)} changed" if own else "Change a range"
    with st.expander(label, key="range_editor"):
        key = st.selectbox("Assumption", list(ASSUMPTIONS), format_func=lambda k: ASSUMPTIONS[k].label, key="range_key")
        a = ASSUMPTIONS[key]
        scale = _PER_CENT if a.unit == "share" else 1.0
        low, high = by_key(own).get(key, (a.low, a.high))
        left, right = st.columns(2)
        ends = [
            column.number_input(
                f"{end}, in {'per cent' if a.unit == 'share' else UNITS[a.unit]}",
                min_value=a.minimum * scale,
                max_value=a.maximum * scale,
                value=value * scale,
                step=a.step * scale,
                format="%g",
                key=f"range_{end}_{key}_{value}",
            )
            for column, end, value in ((left, "Low", low), (right, "High", high))
        ]
        first, last = sorted(round(value / scale, 12) for value in ends)
        st.button("Use this range", on_click=_use, args=(own, key, first, last), key="use_range")
        st.caption(
            f"Plausible by the registry: {markdown_text(assumption_value(key, a.low))} to "
            f"{markdown_text(assumption_value(key, a.high))} ({markdown_text(a.range_source)}). "
            "Ranges of your own are part "
            "of the link, and hold for Sensitivity and Uncertainty alike."
        )
        for changed, start, end in own:
            words = (
                f"{ASSUMPTIONS[changed].label}: {assumption_value(changed, start)} to {assumption_value(changed, end)}"
            )
            st.button(
                f"Reset {markdown_text(words)}",
                on_click=_use,
                args=(own, changed, ASSUMPTIONS[changed].low, ASSUMPTIONS[changed].high),
                key=f"reset_range_{changed}",
                type="tertiary",
            )


def _use(own: tuple[tuple[str, float, float], ...], key: str, low: float, high: float) -> None:
    state.choose({choices.RANGES: with_range(own, key, low, high)})


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
        st.number_input(
            "Seed",
            step=1,
            help="Another seed makes other draws; the same seed makes the same ones again.",
            **state.number_widget(choices.SEED),
        )


def bar_picker(view: View) -> None:
    """What a draw must reach; the reference's result unless chosen."""
    measure, bar = measure_asked(view), bar_of(view)
    scale = _PER_CENT if unit_of(measure) == "share" else 1.0
    name = f"bar_{measure.output}_{measure.whose}"
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        st.number_input(
            f"Your bar, in {'per cent' if unit_of(measure) == 'share' else unit_words(unit_of(measure))}",
            -choices.MOST_BAR,
            choices.MOST_BAR,
            step=1.0,
            format="%g",
            help="The chance of reaching it is counted from the draws. It starts at the result of the reference.",
            **state.control(
                name, round(bar * scale, 2), lambda value: state.choose({choices.BAR: float(value) / scale})
            ),
        )
    with right:
        st.button(
            "As in the reference",
            on_click=lambda: state.choose({choices.BAR: None}),
            disabled=choices.BAR.of(view) is None,
            key="bar_reset",
        )


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
