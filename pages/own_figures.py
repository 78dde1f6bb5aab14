"""Figures of one's own in the place of published ones: a form in the sidebar, one box for each."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

import streamlit as st

from model.editions import COMPANIES, COMPANY_LABELS, base_of, derived, edition
from model.guidance import GAP, GUIDED, RATE, planning_rate, with_planning_rate
from model.registry import ASSUMPTIONS, BASE_FIGURES
from pages.kit import boxes
from pages.kit.edition_age import half_words, number_box
from pages.kit.typed import NumberBox
from pages.kit.words import markdown_text
from pages.session import choosing, moves, redraw, start

RATE_BOX: Final = NumberBox("JPY per USD", ASSUMPTIONS[RATE].minimum, ASSUMPTIONS[RATE].maximum)

_FIRST: Final = tuple(f"{company}_{name}" for company in COMPANIES for name in (*GUIDED, "shares_bn"))
_RATES: Final = (f"reference_{RATE}", f"reference_{GAP}")

MORE: Final = tuple(key for key in BASE_FIGURES if key not in (*_FIRST, *_RATES))
"""Figures that few have newer ones of."""

_MORE_SHOWN: Final = "own_figures_more"


@st.fragment(key=redraw.OWN)
def form() -> None:
    """Every figure that may be replaced, beside the published one; made when it is opened."""
    box = st.expander("Your own figures", key=redraw.OWN, on_change=redraw.draw, args=(redraw.OWN,))
    if not box.open:
        return
    with box:
        name = start.chosen_start()[0]
        st.caption(
            "Newer guidance, or figures that you trust more: type one and press Enter. Reference and scenario move "
            "alike. Set back sliders for what your figures already count."
        )
        for company in COMPANIES:
            st.markdown(f"**{COMPANY_LABELS[company]}**")
            for key in (f"{company}_{guided}" for guided in GUIDED):
                _figure(name, key)
            _planning_rate(name, company)
            _figure(name, f"{company}_shares_bn")
        if st.toggle("More figures", key=_MORE_SHOWN, persist_state="session"):
            for key in MORE:
                _figure(name, key)
        for words in half_words(name):
            st.warning(markdown_text(words))
        st.button(
            "Back to published",
            key="back_to_published",
            on_click=moves.back_to_published,
            disabled=not edition(name).own,
        )


def _figure(name: str, key: str) -> None:
    value, published = (edition(each).figure(key) for each in (name, base_of(name)))
    _box(f"own_{key}", BASE_FIGURES[key].label, number_box(key), value, published, lambda typed: {key: typed})


def _planning_rate(name: str, company: str) -> None:
    value, published = (planning_rate(each, company) for each in (name, base_of(name)))
    label = f"{COMPANY_LABELS[company]}: planning rate"
    _box(f"own_rate_{company}", label, RATE_BOX, value, published, partial(with_planning_rate, name, company))


def _box(
    name: str,
    label: str,
    number: NumberBox,
    now: float,
    published: float,
    own: Callable[[float], Mapping[str, float]],
) -> None:
    """A box that is used as soon as it is left, with the published figure below it.

    own: from what is typed to figures of one's own, by key
    """
    st.text_input(f"{label} ({_typed_in(number)})", **_used_at_once(name, label, number, now, own))
    mark = "" if now == published else ":violet-badge[:material/edit: yours] "
    st.caption(f"{mark}published: {markdown_text(number.words(published))}")
    boxes.show_told(name, now)


def _typed_in(number: NumberBox) -> str:
    return {"share": "per cent", "kveh": "thousand cars"}.get(number.unit, number.unit)


def _used_at_once(
    name: str, label: str, number: NumberBox, now: float, own: Callable[[float], Mapping[str, float]]
) -> dict[str, Any]:
    """Key and callback of a box whose figure is used where it can stand beside the others."""

    def typed(text: str) -> None:
        taken = number.take(label, text, now)
        if not taken.refused and taken.value != now:
            world = edition(start.chosen_start()[0])
            try:
                chosen = derived(base_of(world.name), {**world.own, **own(taken.value)})
            except ValueError as error:
                words = f"{label}: {number.words(taken.value)} was not used: {error}. {number.words(now)} stays."
                boxes.tell(name, now, words, refused=True)
            else:
                boxes.tell(name, taken.value, taken.told)
                moves.choose_edition(chosen)
                return
        else:
            boxes.tell(name, now, taken.told, taken.refused)
        redraw.draw(redraw.OWN)

    return choosing.text_control(name, number.text(now), typed)
