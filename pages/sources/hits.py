"""What a search finds in each section of the page, and the section that it turns to."""

from collections.abc import Collection
from typing import Any, Final

import streamlit as st

from pages.kit.tables import Table
from pages.kit.view import View
from pages.session import choices, choosing, showing
from pages.sources.assumptions import ALL_ASSUMPTIONS
from pages.sources.edition_rows import edition_table
from pages.sources.facts import ALL_FACTS
from pages.sources.results import ALL_RESULTS
from pages.sources.search import matching, with_rows

QUERY: Final = "source_search"
KINDS: Final = "source_kinds"
EDITION: Final = "source_edition"
"""Session keys of the boxes: text, kinds of source, and the edition that is listed."""


def searched(view: View) -> dict[str, Table]:
    """By section of the page, the table that a search looks through."""
    edition = st.session_state.get(EDITION) or view.scenario.edition
    return {
        "Results": ALL_RESULTS.table(view),
        "Assumptions": ALL_ASSUMPTIONS.table(view),
        "Facts": ALL_FACTS.table(view),
        "Editions": edition_table(edition),
    }


def hits(tables: dict[str, Table], query: str, kinds: Collection[str]) -> dict[str, Table]:
    """The rows that a search finds, by section; results have no kind of source."""
    if not query.strip() and not kinds:
        return tables
    return {
        section: with_rows(table, table.rows.iloc[:0])
        if kinds and "kind" not in table.columns
        else matching(table, query, kinds)
        for section, table in tables.items()
    }


def turn_to_hit() -> None:
    """Turn to the first section with a hit where the open one has none, in a callback."""
    query, kinds = st.session_state.get(QUERY) or "", st.session_state.get(KINDS) or ()
    if not query.strip() and not kinds:
        return
    found = hits(searched(showing.current_view()), query, kinds)
    with_hits = [section for section, table in found.items() if len(table.rows)]
    if with_hits and choosing.chosen(choices.SECTION) not in with_hits:
        choosing.choose({choices.SECTION: with_hits[0]})


def tab_labels(found: dict[str, Table], searching: bool) -> dict[str, str]:
    """The name of each section's tab: with the number of hits, while something is looked for."""
    return {
        section: f"{section} ({len(found[section].rows)})" if searching and section in found else section
        for section in choices.SECTIONS
    }


def tabs_widget(labels: dict[str, str]) -> dict[str, Any]:
    """Key and callback of the tabs, which are told which section is chosen by the label that it has now."""
    sections = {label: section for section, label in labels.items()}

    def changed(label: str) -> None:
        choosing.choose({choices.SECTION: sections[label]})

    return choosing.control("choice_section", labels[choosing.chosen(choices.SECTION)], changed)
