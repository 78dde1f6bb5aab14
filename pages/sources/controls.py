"""The controls of the page: what is looked for, and the sections with what was found."""

from collections.abc import Sequence
from typing import Any, Final

import streamlit as st

from pages.kit.view import View
from pages.session import choices, choosing, showing
from pages.sources.hits import hits, searched

EDITION: Final = "source_edition"
"""Session key of the edition that is listed."""

_QUERY: Final = "source_search"
_KINDS: Final = "source_kinds"


def search_boxes(known_as: Sequence[str]) -> tuple[str, list[str]]:
    """Draw the boxes of the search; the text that is looked for, and the kinds of source that are wanted.

    known_as: kinds that there are
    """
    query = st.text_input(
        "Search results, facts, assumptions and editions",
        key=_QUERY,
        on_change=_turn_to_hit,
        type="search",
        live=True,
        max_chars=100,
        placeholder="For example net tariff cost, 26,900 or Reuters",
        width=380,
        persist_state="session",
    )
    kinds = st.pills(
        "Only what is",
        known_as,
        selection_mode="multi",
        key=_KINDS,
        persist_state="session",
        on_change=_turn_to_hit,
    )
    return query or "", kinds


def edition_listed(view: View) -> str:
    """The edition that is listed: the scenario's unless another was chosen."""
    return st.session_state.get(EDITION) or view.scenario.edition


def _turn_to_hit() -> None:
    """Turn to the first section with a hit where the open one has none, in a callback."""
    query, kinds = st.session_state.get(_QUERY) or "", st.session_state.get(_KINDS) or ()
    if not query.strip() and not kinds:
        return
    view = showing.current_view()
    found = hits(searched(view, edition_listed(view)), query, kinds)
    with_hits = [section for section, table in found.items() if len(table.rows)]
    if with_hits and choosing.chosen(choices.SECTION) not in with_hits:
        choosing.choose({choices.SECTION: with_hits[0]})


def tabs_widget(labels: dict[str, str]) -> dict[str, Any]:
    """Key and callback of the tabs, which are told which section is chosen by the label that it has now."""
    sections = {label: section for section, label in labels.items()}

    def changed(label: str) -> None:
        choosing.choose({choices.SECTION: sections[label]})

    return choosing.control("choice_section", labels[choosing.chosen(choices.SECTION)], changed)
