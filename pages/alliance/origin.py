"""Where the numbers of a table or of a line of text come from."""

from data.facts import Fact
from pages.kit.words import markdown_text


def cited(fact: Fact) -> str:
    """A fact's label, source and kind, as a source of a table."""
    return f"{fact.label}: {fact.source} ({fact.kind})"


def gray_source(source: str, kind: str) -> str:
    """A source in gray, as Markdown; its kind is named where the source does not begin with it."""
    return (
        f":gray[{markdown_text(source)} ({kind})]" if not source.startswith(kind) else f":gray[{markdown_text(source)}]"
    )
