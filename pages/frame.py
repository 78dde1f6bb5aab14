"""The frame around every page: settings, navigation, the sidebar with every slider, link notices."""

from pathlib import Path

import streamlit as st

from pages.parts import controls, sharing, state

st.set_page_config(
    page_title="Alliance Explorer: Honda and Nissan under US tariffs",
    page_icon=str(Path(__file__).parent / "parts" / "icon.svg"),
    layout="wide",
    initial_sidebar_state="auto",
)

# Groups of sliders that matter to a page: they are open when it is the first one visited.
# Pages have no icons: with them the menu would have no room for all.
PAGES = (
    ("overview.py", "Overview", {"policy", "market"}),
    ("tariffs.py", "Tariffs", {"policy", "market"}),
    ("plant.py", "Canton plant", {"plant"}),
    ("alliance.py", "Alliance", {"alliance"}),
    ("investor.py", "Investor", {"alliance", "finance"}),
    ("sensitivity.py", "Sensitivity", set[str]()),
    ("uncertainty.py", "Uncertainty", set[str]()),
    ("compare.py", "Compare", set[str]()),
    ("stocks.py", "Stocks", {"alliance"}),
    ("article.py", "Article checked", set[str]()),
    ("sources.py", "Sources", set[str]()),
)

# What the pages answer, to go on from the end of another.
QUESTIONS = {
    "overview.py": "What does it do to profit?",
    "tariffs.py": "Who pays the tariffs?",
    "plant.py": "Does Canton pay?",
    "alliance.py": "What is the alliance worth?",
    "investor.py": "What is it per share?",
    "sensitivity.py": "Which input matters?",
    "uncertainty.py": "How likely is it?",
    "article.py": "Which claims stand?",
}

pages = [
    st.Page(file, title=title, default=file == "overview.py", url_path=file.removesuffix(".py"))
    for file, title, _ in PAGES
]
state.carry_address({page._script_hash: page.url_path for page in pages})
page = st.navigation(pages, position="top")
open_groups = next(groups for _, title, groups in PAGES if title == page.title)

state.read_address(page.url_path)
controls.sidebar(frozenset(open_groups))


@st.fragment(key=state.BODY)
def body() -> None:
    """All but the sidebar. A slider's move draws this and the sidebar's summary, and leaves the sliders alone."""
    state.keep_view()
    state.write_address()
    controls.show_notices()
    page._can_be_called = True  # Streamlit means it to be called once; a fragment is the same call again.
    if state.only_chart():
        sharing.run_for_one_chart(page.run)
    else:
        sharing.share_bar()
        page.run()


body()
if not state.only_chart():
    with st.container(horizontal=True, key="next_pages"):
        for file, question in QUESTIONS.items():
            if file != f"{page.url_path or 'overview'}.py":
                st.page_link(file, label=question, icon=":material/arrow_forward:")
