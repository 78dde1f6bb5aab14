"""How old the facts of an edition are, and which of its figures are one's own, in words."""

from typing import Final

from model.editions import COMPANY_LABELS, OwnFigure, own_figures
from model.guidance import facts_as_of, guidance_as_of, half_updates, is_renewed
from model.registry import BASE_FIGURES
from pages.kit import today
from pages.kit.typed import NumberBox
from pages.kit.words import date_words, listed

OLD_MONTHS: Final = 3
"""Months from which guidance is called old: companies guide every quarter."""

MOST_LISTED: Final = 6


def months_since(as_of: str) -> int:
    """Whole months from the month of a date, such as "2026-05", to today's."""
    year, month = map(int, as_of.split("-")[:2])
    now = today.today()
    return (now.year - year) * 12 + now.month - month


def age_words(edition_name: str) -> str:
    """How old the facts of an edition are, and the guidance among them."""
    known, guided = facts_as_of(edition_name), guidance_as_of(edition_name)
    return f"Facts to {date_words(known)}; the newest published guidance is of {date_words(guided)}."


def months_words(edition_name: str) -> str:
    """How many months old the published guidance of an edition is."""
    months = months_since(guidance_as_of(edition_name))
    return f"{months} {'month' if months == 1 else 'months'} old"


def is_old(edition_name: str) -> bool:
    """Whether guidance may have been renewed since, and is not by one's own."""
    return months_since(guidance_as_of(edition_name)) >= OLD_MONTHS and not is_renewed(edition_name)


def number_box(key: str) -> NumberBox:
    """What a box for a figure of an edition takes."""
    figure = BASE_FIGURES[key]
    return NumberBox(figure.unit, figure.minimum, figure.maximum)


def own_words(own: OwnFigure) -> str:
    """A figure of one's own beside the published one, in people's words."""
    words = number_box(own.key).words
    return f"{own.label} {words(own.value)}, published {words(own.published)}"


def listed_words(edition_name: str) -> str:
    """The figures of one's own in an edition; empty where there are none."""
    found = [own_words(own) for own in own_figures(edition_name)]
    if len(found) > MOST_LISTED:
        found = [*found[:MOST_LISTED], f"and {len(found) - MOST_LISTED} more, listed on the Sources page"]
    return f"Yours: {'; '.join(found)}." if found else ""


def half_words(edition_name: str) -> list[str]:
    """Which guidance is one's own in part only, one sentence for each company."""
    return [
        f"Half an update: {COMPANY_LABELS[half.company]}'s {listed(half.yours)} "
        f"{'is' if len(half.yours) == 1 else 'are'} yours, its {listed(half.published)} "
        f"{'is' if len(half.published) == 1 else 'are'} older."
        for half in half_updates(edition_name)
    ]
