"""The article, checked: which of its claims stand, and what they do when played."""

import streamlit as st

from data.story import GROUPS, Claim
from model.outputs import OUTPUTS
from model.presets import PRESETS
from pages.article.controls import play_button, verdict
from pages.article.headline import headline
from pages.article.playing import PAGE_TITLES, PLAYED, cases, is_playing, numbers_in_words, told_of
from pages.article.profit import PROFIT_BY_CLAIM
from pages.article.rests_on import facts_in_words, published_in_words
from pages.article.verdicts import CLAIMS, numbered
from pages.kit import headings, whence
from pages.kit.evidence import MODEL
from pages.kit.show import offer, show
from pages.kit.view import View
from pages.kit.words import markdown_text
from pages.session import choices, choosing, showing
from pages.site import page_file


def claim_card(view: View, number: int, claim: Claim) -> None:
    """One claim: verdict, correction, its number, how to play it, and the facts."""
    with st.container(border=True, key=f"card_{claim.id}"):
        words, numbers = st.columns([3, 2], gap="medium")
        with words:
            verdict(claim)
            headings.finding(f"{number}. {markdown_text(claim.claim)}")
            st.markdown(markdown_text(claim.correction))
            st.caption(markdown_text(f"Source: {claim.source}"))
            rests_on = facts_in_words(claim)
            with st.expander(f"Rests on {len(rests_on)} facts", key=f"facts_{claim.id}"):
                st.table(rests_on, hide_index=True, border="horizontal", alt=f"Facts behind claim {number}")
        with numbers:
            if claim.outputs:
                model_numbers(view, claim)
            else:
                published_numbers(claim)


def model_numbers(view: View, claim: Claim) -> None:
    """The numbers that the model gives, and the button that plays the claim."""
    for name in claim.outputs:
        output, shown = OUTPUTS[name], numbers_in_words(view, claim, name)
        st.markdown(f"**{markdown_text(output.label)}.** {markdown_text(output.help)}")
        st.table(
            shown,
            hide_index=True,
            hide_header=not claim.company,
            border="horizontal",
            alt=f"{output.label}: the claim as written beside the reference and your scenario",
        )
    whence.controls(told_of(view, claim), MODEL, f"claim_{claim.id}")
    playing = "Being played now. " if is_playing(view, claim) else ""
    st.caption(markdown_text(f"{playing}{PRESETS[claim.preset].sentence}"))
    play_button(claim)


def published_numbers(claim: Claim) -> None:
    """The published numbers of a claim that no lever plays, and where to find them."""
    shown = published_in_words(claim)
    st.markdown("**No lever plays this claim.** What was published:")
    st.table(shown, hide_index=True, hide_header=True, border="horizontal", alt="Published figures")
    st.page_link(
        page_file(claim.page),
        label=f"Look them up in {PAGE_TITLES[claim.page]}",
        icon=":material/menu_book:",
        query_params={"section": "Facts"},
    )


view = showing.current_view()

headings.title("The article, checked")
st.caption(
    "In July 2025 an article for investors told the story of an alliance of Honda and Nissan. It is not reproduced "
    "here: its claims are given in our words, each with a verdict, the facts behind it and what the model makes of it."
)
st.markdown(headline(view))

left, right = st.columns(2)
with left:
    show(CLAIMS, view)
with right:
    show(PROFIT_BY_CLAIM, view)

headings.section("Claim by claim")
with st.container(horizontal=True, vertical_alignment="bottom"):
    group = st.pills("Only the claims that are", GROUPS, **choosing.widget(choices.VERDICT))
    st.space("stretch")
    offer(PLAYED, view)
st.caption(cases(view))
for number, claim in numbered(group):
    claim_card(view, number, claim)
