"""Sharing what is shown: links, an embed snippet, a program, and the page that is one chart."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from model.links import LONGEST_TITLE, clean_title, to_pairs
from pages.parts import state
from pages.parts.addresses import embed_snippet, python_snippet, shared_address
from pages.parts.copy_text import copy_text
from pages.parts.figures import ONE_CHART
from pages.parts.words import markdown_text

WHOLE_PAGE: Final = ""


def share_bar() -> None:
    """The title that a scenario was shared under, and the way to share it; its body is made when it is opened."""
    charts = dict(state.charts_of_page())
    state.charts_of_page().clear()
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", key="share_bar"):
        if state.title():
            st.markdown(f"Shared as: **{markdown_text(state.title())}**", width="stretch")
        share = st.popover("Share", icon=":material/link:", key="share", on_change=state.draw, args=(state.BODY,))
        if share.open:
            with share:
                _share_body(charts)


def _share_body(charts: dict[str, str]) -> None:
    st.session_state["share_title"] = state.title()
    st.text_input(
        "Title for this scenario (optional)",
        key="share_title",
        max_chars=LONGEST_TITLE,
        on_change=lambda: state.set_title(st.session_state["share_title"]),
        help="Shown above the page to whoever opens the link, and written into downloads.",
    )
    full = shared_address()
    short = shared_address(short=True)
    if full != short:
        copy_text("Full link: every assumption, this page and its choices", full, "copy_full")
    copy_text("Short link: only what differs from the preset", short, "copy_short")
    if dict(to_pairs(full)).get("title", "") != clean_title(state.title()):
        st.caption("The full link has no room for the whole title.")
    st.caption("It opens the same scenario and says so where its numbers have changed since.")
    with st.expander("Embed in a web page", key="share_embed"):
        name = st.selectbox(
            "What to embed",
            [*charts, WHOLE_PAGE],
            format_func=lambda name: charts.get(name, "The whole page"),
            key="share_chart",
        )
        st.code(embed_snippet(name, charts.get(name, "Alliance Explorer")), language="html", wrap_lines=True)
    with st.expander("Reproduce in Python", key="share_python"):
        st.caption("Runs in a copy of this app's repository and prints the same numbers.")
        st.code(python_snippet(), language="python", wrap_lines=True)


def run_for_one_chart(run_page: Callable[[], None]) -> None:
    """Show only the chart that the address names; where the page has none of that name, say so and show it whole."""
    place, rest = st.container(), st.empty()
    st.session_state[ONE_CHART] = (place, rest)
    with rest.container():
        run_page()
    # The page did not end with the chart, so it has none of that name.
    state.refuse_chart(state.only_chart())
    st.rerun()
