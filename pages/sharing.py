"""Sharing what is shown: links, an embed snippet, a program, and the page that is one chart."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from model.links import LONGEST_KEPT, LONGEST_LINK, LONGEST_TITLE, clean_title, to_pairs
from pages.kit import boxes
from pages.kit.addresses import app_address, embed_snippet, linked_view, python_snippet, shared_address
from pages.kit.copy_text import copy_text
from pages.kit.exports import SPREADSHEET
from pages.kit.show import ONE_CHART
from pages.kit.words import markdown_text
from pages.kit.world_words import page_words
from pages.live.scenario_file import FILE_NAME, MEDIA_TYPE, scenario_html
from pages.session import moves, redraw, showing
from pages.workbook.book import workbook_bytes

WHOLE_PAGE: Final = ""
TITLE_BOX: Final = "share_title"


def share_bar() -> None:
    """The title that a scenario was shared under, the world its numbers are in, and the way to share it.

    The body is made when it is opened.
    """
    charts = dict(showing.charts_of_page())
    showing.charts_of_page().clear()
    view = showing.current_view()
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", key="share_bar"):
        if showing.title():
            st.markdown(f"Shared as: **{markdown_text(showing.title())}**", width="stretch")
        elif view.pinned or view.pin_left_out:
            beside = f"Beside {view.pin_named}, which is pinned"
            left_out = f"Pinned: {view.pin_named}. {view.pin_left_out}"
            st.markdown(markdown_text(left_out if view.pin_left_out else beside), width="stretch")
            st.button("Back to it", key="back_to_pin", type="tertiary", on_click=moves.go_back_to_pin)
        if world := page_words(view):
            st.caption(world, width="stretch")
        share = st.popover("Share", icon=":material/link:", key="share", on_change=redraw.draw, args=(redraw.BODY,))
        if share.open:
            with share:
                _share_body(charts)


def _share_body(charts: dict[str, str]) -> None:
    boxes.box(
        "Title for this scenario (optional)",
        TITLE_BOX,
        showing.title(),
        max_chars=LONGEST_TITLE,
        on_change=lambda: showing.set_title(st.session_state[TITLE_BOX]),
        help="Shown above the page to whoever opens the link, and written into downloads.",
    )
    link = shared_address()
    _offer("Link: what differs from the preset, this page and its choices", link, "copy_link")
    if dict(to_pairs(link)).get("title", "") != clean_title(showing.title()):
        st.caption("The link has no room for the whole title.")
    if len(link) > LONGEST_LINK:
        limit = f"and {LONGEST_LINK:,} of a link are read: it may not open. Choose less on the page"
        st.caption(f"The link has {len(link):,} letters, {limit}.")
    elif len(link) > LONGEST_KEPT:
        limit = f"more than {LONGEST_KEPT:,}: some programs cut such links"
        st.caption(f"The link has {len(link):,} letters, {limit}. A cut link says so when it is opened.")
    st.caption("It opens the same scenario and says so where its numbers have changed since.")
    view, address = linked_view(), app_address()
    with st.expander("Live workbook", key="share_workbook"):
        st.caption(
            "The whole model as formulas, for Excel, LibreOffice or Google Sheets: move its inputs, follow every step, "
            "and take the link of what its cells say back here."
        )
        st.download_button(
            "XLSX",
            lambda: workbook_bytes(view, address),
            file_name="alliance-explorer.xlsx",
            mime=SPREADSHEET,
            key="xlsx_workbook",
            on_click="ignore",
            help="Inputs, every step, results, and what the app shows now, with edition and link inside",
        )
    with st.expander("One file that needs no server", key="share_scenario"):
        st.caption(
            "The scenario as a page of its own, to mail or to keep: numbers and charts follow its sliders without this "
            "app and without a network, and its link brings what they say back here."
        )
        st.download_button(
            "HTML",
            lambda: scenario_html(view, address),
            file_name=FILE_NAME,
            mime=MEDIA_TYPE,
            key="html_scenario",
            on_click="ignore",
            help="Results, charts, every assumption with its source, and what the app shows now, with edition and link",
        )
    with st.expander("Embed in a web page", key="share_embed"):
        name = st.selectbox(
            "What to embed",
            [*charts, WHOLE_PAGE],
            format_func=lambda name: charts.get(name, "The whole page"),
            key="share_chart",
        )
        snippet = embed_snippet(name, charts.get(name, "Alliance Explorer"))
        _offer("Embed snippet: HTML for a web page", snippet, "copy_embed", rows=6)
        st.caption("A site that sandboxes its frames has to allow `allow-scripts` and `allow-same-origin`.")
    with st.expander("Reproduce in Python", key="share_python"):
        st.caption("Runs in a copy of this app's repository and prints the same numbers.")
        _offer("Python program: the same numbers", python_snippet(), "copy_python", rows=12)


def _offer(label: str, text: str, key: str, rows: int = 1) -> None:
    """A text with the title in it, to copy."""
    copy_text(label, text, key, box=TITLE_BOX, says=showing.title(), rows=rows)


def run_for_one_chart(run_page: Callable[[], None]) -> None:
    """Show only the chart that the address names; where the page has none of that name, say so and show it whole."""
    place, rest = st.container(), st.empty()
    st.session_state[ONE_CHART] = (place, rest)
    with rest.container():
        run_page()
    # The page did not end with the chart, so it has none of that name.
    showing.refuse_chart(showing.only_chart())
    st.rerun()
