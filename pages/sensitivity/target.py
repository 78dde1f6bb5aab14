"""The target that the page is asked about: what it means, and whose it is."""

from typing import Final

from model.measures import of_companies
from model.targets import NO_LOSS, PAYBACK, REFERENCE_PROFIT
from pages.kit.measure_words import TARGET_LABELS
from pages.kit.view import View
from pages.kit.words import in_sentence
from pages.session import choices

TARGET_MEANINGS: Final = {
    REFERENCE_PROFIT: "operating profit equals that of the reference",
    NO_LOSS: "operating profit, and with it the margin, is zero",
    PAYBACK: "the alliance brings as much as tariffs cost after the companies' own measures",
}


def target_companies(view: View) -> tuple[str, ...]:
    """The companies whose target is looked at."""
    return of_companies(choices.WHOSE.of(view))


def target_words(view: View) -> str:
    """The target's name inside a sentence."""
    return in_sentence(TARGET_LABELS[choices.TARGET.of(view)])
