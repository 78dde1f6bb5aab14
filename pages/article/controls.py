"""A claim that is played: the button that plays it, and the strip above the page on which it is looked at."""

from typing import Final, Literal

import streamlit as st

from data.facts import KINDS
from data.story import Claim
from model.outputs import OUTPUTS
from model.presets import CLAIM_PRESETS, PRESETS
from pages.article.playing import PAGE_TITLES, moves_something
from pages.article.verdicts import numbered
from pages.kit.words import markdown_text
from pages.session import moves, showing, start
from pages.site import page_file

BADGES: Final[dict[str, tuple[str, Literal["red", "orange", "green", "gray"]]]] = {
    "Wrong": (":material/cancel:", "red"),
    "Misleading": (":material/warning:", "orange"),
    "Roughly right": (":material/check_circle:", "green"),
    "Unquantified": (":material/help:", "gray"),
}
SOFT_KINDS: Final = {
    "weak": "rests on a weak source",
    "recalled": "recalled, not verified",
    "judgement": "rests on a judgement",
}

_ARTICLE: Final = "article"

# A page that is switched to is shown where the one before was scrolled to.
_TO_TOP: Final = """
export default function ({ data, parentElement }) {
  if (parentElement.shownFor === data.play) return;
  parentElement.shownFor = data.play;
  document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
}
"""
_to_top = st.components.v2.component("to_top", js=_TO_TOP)


def verdict(claim: Claim) -> None:
    """The verdict in words with an icon; weak, recalled and judged ones say so."""
    icon, color = BADGES[claim.group]
    with st.container(horizontal=True, gap="small"):
        st.badge(claim.verdict.capitalize(), icon=icon, color=color)
        if claim.kind in SOFT_KINDS:
            st.badge(SOFT_KINDS[claim.kind], color="gray", help=KINDS[claim.kind])


def play_button(claim: Claim) -> None:
    """Plays a claim on the page that shows its number; where that changes nothing, it only leads there."""
    page = PAGE_TITLES[claim.page]
    if not moves_something(claim):
        st.page_link(page_file(claim.page), label=f"Look at it in {page}", icon=":material/arrow_forward:")
    elif st.button(
        f"Play this claim and open {page}",
        key=f"play_{claim.id}",
        icon=":material/play_arrow:",
        on_click=moves.play,
        args=(claim.preset,),
        help="Sets every slider. The page it opens leads back to your scenario.",
    ):
        st.switch_page(page_file(claim.page))


def playing_strip() -> None:
    """Above a page while a claim is played: what it says, its verdict, where to look, and the ways back."""
    preset = start.chosen_start()[1]
    if preset not in CLAIM_PRESETS or showing.page_path() == _ARTICLE:
        return
    number, claim = next((number, claim) for number, claim in numbered() if claim.preset == preset)
    with st.container(border=True, key="playing", gap="xsmall"):
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            edited = "" if start.asked_scenario().asked == start.start_values() else ", edited"
            st.markdown(f"**Playing claim {number}{edited}**", width="content")
            verdict(claim)
        st.markdown(markdown_text(claim.claim))
        if claim.outputs:
            st.caption(markdown_text(f"Look at: {'; '.join(OUTPUTS[name].label for name in claim.outputs)}."))
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.page_link(page_file(_ARTICLE), label="Back to the claims", icon=":material/arrow_back:")
            if own := moves.scenario_before_play():
                st.button(
                    "Back to my scenario",
                    key="back_from_play",
                    icon=":material/undo:",
                    type="tertiary",
                    on_click=moves.go_back_from_play,
                    help=markdown_text(f"“{PRESETS[own.preset].label}” as you left it."),
                )
        if play := moves.count_plays():
            _to_top(key="to_top", data={"play": play})
