"""Below the title of every page: how old its facts are, and which figures are one's own."""

from typing import Final

import streamlit as st

from model.editions import edition_words, own_figures
from pages.kit.edition_age import age_words, half_words, is_old, listed_words, months_words
from pages.kit.view import View
from pages.kit.words import markdown_text
from pages.session import redraw, showing
from pages.site import APP

KEY: Final = "edition_line"


def edition_line(view: View) -> None:
    """The product's name, and one short line on the age of the facts; the figures of one's own, where there are any."""
    name = view.scenario.edition
    with st.container(key=KEY, gap="xsmall"):
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.caption(f"**{APP}**. {markdown_text(age_words(name))}", width="content")
            if own_figures(name):
                st.badge(edition_words(name), icon=":material/edit:", color="violet")
            if is_old(name):
                st.badge(months_words(name), icon=":material/schedule:", color="orange")
                st.button("Newer guidance? Enter it.", key="enter_guidance", type="tertiary", on_click=_open_form)
        if own := listed_words(name):
            st.caption(markdown_text(own))
        if half := " ".join(half_words(name)):
            st.caption(f":material/warning: {markdown_text(half)}")


def _open_form() -> None:
    """Open the form for figures of one's own, in a callback."""
    st.session_state[redraw.OWN] = True
    st.rerun()


def current_edition_line() -> None:
    """The line of the page being shown."""
    edition_line(showing.current_view())
