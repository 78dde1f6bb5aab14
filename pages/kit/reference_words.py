"""What the reference is in a scenario: whose estimates it has, and why it may rise after the guided year."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from model.details import one_offs
from model.editions import COMPANY_LABELS, edition
from model.links import Scenario
from pages.kit.view import View
from pages.kit.words import is_estimate, quantity

OWN_ESTIMATES: Final = "Reference: the edition with your estimates."

_WHAT: Final = {"honda": "losses on electric cars"}
"""What the one-off losses inside a company's guidance are, where an edition states them."""


@dataclass(frozen=True, slots=True)
class PathNote:
    """Why a company's later years are not the guided one.

    key: the assumption that holds the one-off losses; counted: whether they are taken to end
    """

    key: str
    words: str
    counted: bool


def own_estimates_words(view: View) -> str:
    """That the reference has estimates of the scenario's own, or nothing."""
    moved = [key for key in view.scenario.changed() if is_estimate(key)]
    if not moved:
        return ""
    many = "An estimate was" if len(moved) == 1 else f"{len(moved)} estimates were"
    return f"{OWN_ESTIMATES} {many} moved: that changes what a tariff costs and what a change does, not the guidance."


def path_notes(scenario: Scenario) -> tuple[PathNote, ...]:
    """Why later years of the reference are not the guided one, by company; nothing where they are."""
    world = edition(scenario.edition)
    found = []
    for ended in one_offs(scenario):
        key = f"{ended.company}_one_off_jpy_bn"
        default = world.defaults[key]
        name, what = COMPANY_LABELS[ended.company], _WHAT.get(ended.company, "one-off losses") if default else ""
        if ended.amount_jpy_bn == 0.0:
            words = (
                f"{name}'s later years carry the guidance on as it is: about {quantity(default, 'JPY bn')} of {what} "
                f"inside it are not taken to end."
            )
        else:
            amount, higher = quantity(abs(ended.amount_jpy_bn), "JPY bn"), ended.amount_jpy_bn > 0.0
            why = what or ("one-off losses" if higher else "one-off gains")
            source = f"{ended.kind.capitalize()} source." if ended.kind == "weak" else ended.kind.capitalize() + "."
            words = (
                f"From {world.years[1]} {name}'s reference is {amount} {'higher' if higher else 'lower'}: "
                f"{why} inside guidance end. {source if ended.kind else 'Set by you.'}"
            )
        found.append(PathNote(key, words, ended.amount_jpy_bn != 0.0))
    return tuple(found)


def path_of_several(scenarios: Sequence[tuple[str, Scenario]]) -> str:
    """The same of several scenarios, each named by its letter, told once where it is the same; empty where of none."""
    by_words: dict[str, list[str]] = {}
    for letter, scenario in scenarios:
        for note in path_notes(scenario):
            by_words.setdefault(note.words, []).append(letter)
    return " ".join(f"{', '.join(letters)}: {words}" for words, letters in by_words.items())
