"""The target that the page is asked about: what it means, and whose it is."""

from typing import Final

from model.measures import Measure, of_companies
from model.targets import NO_LOSS, PAYBACK, REFERENCE_PROFIT, Gap, profit_gap, target_gap
from pages.kit.measure_words import TARGET_LABELS, whose_words
from pages.kit.view import View
from pages.kit.words import in_sentence, quantity
from pages.session import choices

TARGET_MEANINGS: Final = {
    REFERENCE_PROFIT: "operating profit equals that of the reference",
    NO_LOSS: "operating profit, and with it the margin, is zero",
    PAYBACK: "the alliance brings as much as tariffs cost after the companies' own measures",
}

_REACHED: Final = {
    REFERENCE_PROFIT: "Back to the reference's profit",
    NO_LOSS: "Neither profit nor loss",
    PAYBACK: "The alliance pays back the tariff",
}

_BELOW_REFERENCE: Final = 0.9
"""Where a number of one's own starts: a target that the reference does not meet by definition [share]."""


def target_companies(view: View) -> tuple[str, ...]:
    """The companies whose target is looked at."""
    return of_companies(choices.WHOSE.of(view))


def target_gap_of(view: View) -> Gap:
    """The distance from the target: from the reader's own number, or from one of the list."""
    goal, companies = choices.GOAL.of(view), target_companies(view)
    if goal is None:
        return target_gap(choices.TARGET.of(view), companies, view.year)
    return profit_gap(companies, view.year, goal)


def first_goal_jpy_bn(view: View) -> float:
    """A number of one's own before one is typed: a tenth below the reference [JPY bn]."""
    profit = Measure("operating_profit_jpy_bn", choices.WHOSE.of(view), view.year).of(view.reference)
    return float(round(float(profit) * _BELOW_REFERENCE))


def target_label(view: View) -> str:
    """The target by name."""
    goal = choices.GOAL.of(view)
    return TARGET_LABELS[choices.TARGET.of(view)] if goal is None else f"Profit of {quantity(goal, 'JPY bn')}"


def target_words(view: View) -> str:
    """The target's name inside a sentence."""
    return in_sentence(target_label(view))


def target_meaning(view: View) -> str:
    """What it is to meet the target, inside a sentence."""
    goal = choices.GOAL.of(view)
    if goal is None:
        return TARGET_MEANINGS[choices.TARGET.of(view)]
    return f"operating profit is {quantity(goal, 'JPY bn')}"


def reached_words(view: View) -> str:
    """The target as what is reached, whose and when, to begin a sentence."""
    goal, whose = choices.GOAL.of(view), whose_words(choices.WHOSE.of(view))
    if goal is None:
        return f"{_REACHED[choices.TARGET.of(view)]}, for {whose} in {view.year_label},"
    return f"{whose[:1].upper()}{whose[1:]} at {quantity(goal, 'JPY bn')} of operating profit in {view.year_label}"
