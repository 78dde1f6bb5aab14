"""Texts for the Markdown cells of tables: lines that hold together, days, and a source with its link."""

import textwrap
from collections.abc import Hashable, Mapping
from typing import Any

from data.facts import sourced
from pages.kit.words import NBSP, markdown_text, one_notation, source_link


def held_text(text: str, width: int = 26) -> str:
    """Text for a Markdown cell whose lines hold together, so that a narrow screen scrolls and does not break words.

    width: characters that stay on one line
    """
    return " ".join(
        markdown_text(line.replace(" ", NBSP))
        for line in textwrap.wrap(one_notation(text), width, break_on_hyphens=False)
    )


def joined(*texts: str) -> str:
    """Texts in one; empty ones are left out."""
    return "; ".join(text for text in texts if text)


def linked(cell: str, url: str) -> str:
    """A Markdown cell with the link to its source after it, where the address is known."""
    return f"{cell} {source_link(url)}" if url else cell


def source_cell(row: Mapping[Hashable, Any], width: int = 26, more: str = "") -> str:
    """A Markdown cell of how a row is known, its source and its note, and what more there is, with its link."""
    return linked(held_text(joined(sourced(row["kind"], row["source"]), row["note"], more), width), row["url"])


def meanings(words: Mapping[str, str]) -> str:
    """What each word of a column means."""
    return "; ".join(f"{word}: {meaning}" for word, meaning in words.items())
