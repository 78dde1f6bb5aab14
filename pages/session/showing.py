"""What is being shown: the page, its charts, the scenario's title and its view."""

from typing import Final

import streamlit as st

from model.links import Scenario, clean_title, refusal
from pages.kit.view import View
from pages.session import notices, start

_PAGE: Final = "page_shown"
_TITLE: Final = "scenario_title"
_TITLED: Final = "scenario_titled"  # the scenario that has the title
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
    """What the sender of the link, or the visitor, calls the scenario; nothing once it is another one."""
    found: str = st.session_state.get(_TITLE, "")
    titled: Scenario | None = st.session_state.get(_TITLED)
    return found if not found or titled is None or _alike(titled, start.asked_scenario()) else ""


def set_title(text: str) -> None:
    """Call the scenario something, or nothing: the one that the sliders hold when the frame is drawn next."""
    st.session_state[_TITLE], st.session_state[_TITLED] = clean_title(text), None


def bind_title(scenario: Scenario) -> None:
    """A title that was set belongs to this scenario."""
    if st.session_state.get(_TITLED) is None:
        st.session_state[_TITLED] = scenario


def _alike(one: Scenario, other: Scenario) -> bool:
    """Whether two hold the same, in whatever world they are looked at."""
    return one.edition == other.edition and one.asked == other.asked


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
