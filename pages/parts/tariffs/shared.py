"""What the figures of the page share: scenario and reference, and amounts, changes and lists in words."""

from collections.abc import Iterator, Mapping
from typing import Final

from model.projection import Projection, reference_values
from pages.parts.tables import REFERENCE, SCENARIO
from pages.parts.view import View
from pages.parts.words import change_words, figure

DUST: Final = 1e-9  # JPY bn: what subtraction leaves of nothing


def cases(view: View) -> Iterator[tuple[str, Projection, Mapping[str, float]]]:
    """Scenario and reference: name, results and assumptions."""
    yield SCENARIO, view.projection, view.scenario.values
    yield REFERENCE, view.reference, reference_values(view.scenario.values, view.scenario.edition)


def amount(jpy_bn: float) -> str:
    """An amount in words; one too small to be written is nothing."""
    return figure(0.0 if abs(jpy_bn) < 0.05 else jpy_bn, "JPY bn")


def change(value: float, reference: float) -> str:
    """How far an amount lies from the reference's, in brackets; nothing where it does not."""
    text = change_words(value - reference, "JPY bn", "")
    return f" ({text})" if text else ""


def listed(parts: list[str]) -> str:
    """Parts of a sentence one after the other, the last after "and"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
