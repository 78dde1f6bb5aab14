"""What the words of the page share: names of scenarios and of results, values and changes."""

from collections.abc import Iterator, Sequence
from typing import Final

from model.comparison import Compared, Comparison
from model.editions import COMPANIES, COMPANY_LABELS
from model.outputs import OUTPUTS
from pages.compare.columns import CANTON, MEASURES
from pages.kit.words import in_sentence, markdown_text, quantity

_SHORT_NAME: Final = 40


def short(name: str) -> str:
    """A name that may be long, for heads of columns and sentences."""
    return name if len(name) <= _SHORT_NAME else f"{name[: _SHORT_NAME - 1].rstrip()}…"


def heads(members: Sequence[Compared], base: Compared) -> dict[str, str]:
    """Letter to the head of its column, as Markdown."""
    return {m.letter: markdown_text(short(m.label)) + (" (base)" if m is base else "") for m in members}


def labelled_results() -> Iterator[tuple[str, str, str]]:
    """Label, output and company of each row of the tables in words."""
    for name in MEASURES:
        for company in COMPANIES:
            yield f"{COMPANY_LABELS[company]}: {in_sentence(OUTPUTS[name].label)}", name, company
    yield OUTPUTS[CANTON].label, CANTON, ""


def value_words(c: Comparison, member: Compared, name: str, company: str) -> str:
    """A result of a scenario in words."""
    return quantity(c.value(member, name, company), OUTPUTS[name].unit)


def when(c: Comparison) -> str:
    """The year compared, at the end of a sentence."""
    return f"in {c.asked_year}" if c.same_year else "in the last year of each"
