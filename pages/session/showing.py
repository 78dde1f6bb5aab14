"""What is being shown: the page, its charts, the scenario's title and its view."""

from typing import Final

import streamlit as st

from model.links import clean_title, refusal
from pages.kit.view import View
from pages.session import notices

_PAGE: Final = "page_shown"
_TITLE: Final = "scenario_title"
_NO_CHART: Final = "chart_not_found"  # the chart that the address asks for in vain
_CHARTS: Final = "charts_by_page"  # charts that each page drew when it was last shown: name to title
_VIEW: Final = "view"


def page_path() -> str:
    """The path of the page being shown, without the app's own: empty for the first page."""
    path: str = st.session_state[_PAGE]
    return path


def turn_to(page: str) -> None:
    """Show the page at a path."""
    st.session_state[_PAGE] = page


def is_shown(page: str) -> bool:
    """Whether the page at a path was shown last."""
    shown: str | None = st.session_state.get(_PAGE)
    return page == shown


def title() -> str:
    """What the sender of the link, or the visitor, calls the scenario."""
    found: str = st.session_state.get(_TITLE, "")
    return found


def set_title(text: str) -> None:
    """Call the scenario something, or nothing."""
    st.session_state[_TITLE] = clean_title(text)


def only_chart() -> str:
    """The one chart that the address asks for, or nothing where the page is shown whole."""
    asked = st.query_params.get("chart", "")
    return "" if asked == st.session_state.get(_NO_CHART) else asked


def refuse_chart(name: str) -> None:
    """Show the page whole, and say that it has no such chart."""
    st.session_state[_NO_CHART] = name
    refused = refusal("chart", name, "not a chart of this page", "the whole page")
    notices.note((*notices.refusals(), refused))


def look_for_chart_again() -> None:
    """Forget which chart was not found: the address is another one."""
    st.session_state.pop(_NO_CHART, None)


def charts_of_page() -> dict[str, str]:
    """Charts that this page drew when it was last shown: name to title."""
    by_page: dict[str, dict[str, str]] = st.session_state.setdefault(_CHARTS, {})
    return by_page.setdefault(page_path(), {})


def current_view() -> View:
    """The view that the frame computed in this run."""
    view: View = st.session_state[_VIEW]
    return view


def show(view: View) -> None:
    """Keep the view for the page."""
    st.session_state[_VIEW] = view
