"""The frame around every page: settings, navigation, the sidebar with every slider, link notices."""

from pathlib import Path

import streamlit as st

from pages import sharing, sidebar
from pages.article.controls import playing_strip
from pages.kit import evidence, whence
from pages.session import address, redraw, seams, showing, view
from pages.session.turns import TURNS
from pages.site import FIRST, PAGES, TITLE, page_file

with TURNS.turn(seams.asker("sidebar")):
    st.set_page_config(
        page_title=TITLE,
        page_icon=str(Path(__file__).parent / "icon.svg"),
        layout="wide",
        initial_sidebar_state="auto",
    )
    st.html(Path(__file__).parent / "frame.css")
    pages: dict[str, list[seams.StreamlitPage]] = {}
    for name, title, section, *_ in PAGES:
        of_section = pages.setdefault(section, [])
        of_section.append(st.Page(page_file(name), title=title, default=name == FIRST, url_path=name))
    address.carry_address({seams.hash_of(page): page.url_path for of_section in pages.values() for page in of_section})
    page = st.navigation(pages, position="top")
    address.read_address(page.url_path)
    sidebar.sidebar()


@st.fragment(key=redraw.BODY)
def body() -> None:
    """All but the sidebar. A slider's move draws this and the sidebar's summary, and leaves the sliders alone."""
    with TURNS.turn(seams.asker("body")):
        seams.name_asker()
        view.keep_view()
        address.write_address()
        playing_strip()
        sidebar.show_notices()
        run_page = seams.runs_again(page)
        if showing.only_chart():
            sharing.run_for_one_chart(run_page)
        else:
            sharing.share_bar()
            whence.panel(showing.current_view())
            run_page()
            st.caption(evidence.legend())
            sidebar.result_strip()


# A page may end a run before its end: what stands below it is drawn before.
above, below = st.container(), st.container(horizontal=True, key="next_pages")
if not showing.only_chart():
    with below:
        questions = {name: question for name, _, _, question, _ in PAGES}
        for name in next(then for _, title, _, _, then in PAGES if title == page.title):
            st.page_link(page_file(name), label=questions[name], icon=":material/arrow_forward:")
with above:
    body()
