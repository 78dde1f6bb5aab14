"""What a search finds in each section of the page."""

from collections.abc import Collection

from pages.kit.tables import Table
from pages.kit.view import View
from pages.session.choices import SECTIONS
from pages.sources.assumptions import ALL_ASSUMPTIONS
from pages.sources.edition_rows import edition_table
from pages.sources.facts import ALL_FACTS
from pages.sources.results import ALL_RESULTS
from pages.sources.search import matching, with_rows


def searched(view: View, edition: str) -> dict[str, Table]:
    """By section of the page, the table that a search looks through; edition: the one that is listed."""
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


def tab_labels(found: dict[str, Table], searching: bool) -> dict[str, str]:
    """The name of each section's tab: with the number of hits, while something is looked for."""
    return {
        section: f"{section} ({len(found[section].rows)})" if searching and section in found else section
        for section in SECTIONS
    }
