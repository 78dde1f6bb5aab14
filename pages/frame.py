"""The frame around every page: settings, navigation, the sidebar with every slider, link notices."""

from pathlib import Path

import streamlit as st

from pages.parts import controls, sharing, state
from pages.parts.site import FIRST, PAGES, TITLE
from pages.parts.turns import turn

st.set_page_config(
    page_title=TITLE,
    page_icon=str(Path(__file__).parent / "parts" / "icon.svg"),
    layout="wide",
    initial_sidebar_state="auto",
)

pages = [
    st.Page(file, title=title, default=file == f"{FIRST}.py", url_path=file.removesuffix(".py"))
    for file, title, _, _ in PAGES
]
state.carry_address({page._script_hash: page.url_path for page in pages})
page = st.navigation(pages, position="top")

with turn():
    state.read_address(page.url_path)
    state.open_group(next(group for _, title, _, group in PAGES if title == page.title))
    controls.sidebar()


@st.fragment(key=state.BODY)
def body() -> None:
    """All but the sidebar. A slider's move draws this and the sidebar's summary, and leaves the sliders alone."""
    with turn():
        state.keep_view()
        state.write_address()
        controls.show_notices()
        page._can_be_called = True  # Streamlit means it to be called once; a fragment is the same call again.
        if state.only_chart():
            sharing.run_for_one_chart(page.run)
        else:
            sharing.share_bar()
            page.run()


# A page may end a run before its end: what stands below it is drawn before.
above, below = st.container(), st.container(horizontal=True, key="next_pages")
if not state.only_chart():
    with below:
        for file, title, question, _ in PAGES:
            if question and title != page.title:
                st.page_link(file, label=question, icon=":material/arrow_forward:")
with above:
    body()
