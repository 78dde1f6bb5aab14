"""The frame around every page: settings, navigation, the sidebar with every slider, link notices."""

from pathlib import Path

import streamlit as st

from pages.parts import controls, state

st.set_page_config(
    page_title="Alliance Explorer: Honda and Nissan under US tariffs",
    page_icon=str(Path(__file__).parent / "parts" / "icon.svg"),
    layout="wide",
    initial_sidebar_state="auto",
)

# Groups of sliders that matter to a page and are open when it is the first one visited.
OPEN_GROUPS = {"": {"policy", "market"}, "sources": set[str]()}

state.carry_address()
page = st.navigation(
    [
        st.Page("overview.py", title="Overview", icon=":material/insights:", default=True),
        st.Page("sources.py", title="Sources", icon=":material/menu_book:", url_path="sources"),
    ],
    position="top",
)

state.read_address()
values, year = controls.sidebar(frozenset(OPEN_GROUPS.get(page.url_path, set())))
state.keep_view(values, year)
state.write_address()
controls.show_notices()
page.run()
