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
PAGES = (
    ("overview.py", "Overview", ":material/insights:", {"policy", "market"}),
    ("tariffs.py", "Tariffs", ":material/receipt_long:", {"policy", "market"}),
    ("plant.py", "Canton plant", ":material/factory:", {"plant"}),
    ("alliance.py", "Alliance", ":material/handshake:", {"alliance"}),
    ("investor.py", "Investor", ":material/monitoring:", {"alliance", "finance"}),
    ("sensitivity.py", "Sensitivity", ":material/tornado:", set[str]()),
    ("uncertainty.py", "Uncertainty", ":material/casino:", set[str]()),
    ("compare.py", "Compare", ":material/compare_arrows:", set[str]()),
    ("stocks.py", "Stocks", ":material/candlestick_chart:", {"alliance"}),
    ("article.py", "Article checked", ":material/fact_check:", set[str]()),
    ("sources.py", "Sources", ":material/menu_book:", set[str]()),
)

pages = [
    st.Page(file, title=title, icon=icon, default=file == "overview.py", url_path=file.removesuffix(".py"))
    for file, title, icon, _ in PAGES
]
state.carry_address({page._script_hash: page.url_path for page in pages})
page = st.navigation(pages, position="top")
open_groups = next(groups for _, title, _, groups in PAGES if title == page.title)

state.read_address(page.url_path)
values, year = controls.sidebar(frozenset(open_groups))
state.keep_view(values, year)
state.write_address()
controls.show_notices()
if state.only_chart():
    sharing.run_for_one_chart(page.run)
else:
    sharing.share_bar()
    page.run()
