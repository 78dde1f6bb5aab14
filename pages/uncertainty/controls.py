"""Controls of the Uncertainty page: what is drawn, how often, what a draw must reach, and what is compared."""

import time
from typing import Final

import streamlit as st

from model.analysis.draws import AT_ONCE, NoRoomError, known, more
from model.registry import GROUPS
from model.regret import PLANS, STATES
from pages.kit import boxes
from pages.kit.measure_words import measure_asked, unit_of, unit_words
from pages.kit.typed import NumberBox
from pages.kit.view import View
from pages.session import choices, choosing
from pages.session.turns import give_way, heavy, long_work
from pages.uncertainty.draws import bar_of, sampling_of

_SEED: Final = "choice_seed"
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
            **choosing.widget(choices.DRAWS),
        )
    with right:
        box, now = NumberBox("", *choices.SEEDS, whole=True), choices.SEED.of(view)
        help_words = "Another seed makes other draws; the same seed makes the same ones again."
        control = boxes.used_at_once(_SEED, "Seed", box, now, lambda value: choosing.choose({choices.SEED: int(value)}))
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
        control = boxes.used_at_once(name, "Your bar", box, now, lambda value: choosing.choose({choices.BAR: value}))
        st.text_input(
            f"Your bar, in {'per cent' if share else unit_words(unit_of(measure))}",
            help="The chance of reaching it is counted from the draws. It starts at the result of the reference.",
            **control,
        )
    with right:
        st.button(
            "As in the reference",
            on_click=lambda: choosing.choose({choices.BAR: None}),
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
        nonlocal steps, done
        st.button("Stop drawing", key="draws_stop", on_click=_stop, args=(asked,), icon=":material/stop_circle:")
        words = f"{done:,} of {wanted:,} draws. The page can be used meanwhile."
        st.progress(min(done / wanted, 1.0), text=words)
        with long_work() as mine:
            if not mine:
                st.caption("Others are drawing as well: one visitor draws at a time.")
                return
            try:
                with heavy():
                    end = time.monotonic() + _DRAWING_S
                    for so_far in steps:
                        done = so_far
                        if time.monotonic() > end:
                            return
                        give_way()
            except NoRoomError:
                steps = more(sampling, measure, wanted)
                st.caption(f"Others hold the memory for so many draws: until they leave, {done:,} are shown.")
                return
        st.rerun()

    drawing()


def _stop(asked: object) -> None:
    st.session_state[_STOPPED] = asked
    st.rerun()


def group_picker() -> None:
    """Which groups of assumptions are drawn."""
    st.multiselect(
        "What is drawn; all else stays as in the scenario",
        list(GROUPS),
        format_func=GROUPS.__getitem__,
        **choosing.widget(choices.DRAWN_GROUPS),
    )


def plan_pickers() -> None:
    """Which choices are compared, and in which states of the world."""
    left, right = st.columns(2)
    with left:
        st.multiselect("Choices", list(PLANS), format_func=PLANS.__getitem__, **choosing.widget(choices.REGRET_CHOICES))
    with right:
        st.multiselect(
            "States of the world",
            list(STATES),
            format_func=lambda name: STATES[name].label,
            **choosing.widget(choices.REGRET_STATES),
        )
