"""A page's headings, which leave no level out: its title, its sections, and what stands in them."""

from typing import Final

import streamlit as st

from pages.kit.edition_line import current_edition_line

_IN_SECTION: Final = "in_section"


def title(text: str) -> None:
    """The page's question, as plain text; everything below belongs to no section yet."""
    st.session_state[_IN_SECTION] = False
    st.title(text, anchor=False)
    current_edition_line()


def section(text: str) -> None:
    """A part of the page, as plain text; what follows belongs to it."""
    st.session_state[_IN_SECTION] = True
    st.header(text, anchor=False, divider="gray")


def finding(text: str) -> None:
    """What one chart or table shows, as Markdown: below its section, or below the title where it has none."""
    level = 3 if st.session_state.get(_IN_SECTION) else 2
    st.markdown(f"{'#' * level} {text}")
