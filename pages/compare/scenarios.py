"""The scenarios compared: what they are, in which year they are compared, and on which facts they stand."""

from typing import Final
from urllib.parse import quote

from model.comparison import Compared, Comparison
from model.editions import edition_words
from model.presets import PRESETS
from model.registry import ASSUMPTIONS
from pages.compare import columns
from pages.kit.columns import Columns
from pages.kit.edition_age import listed_words
from pages.kit.words import assumption_value, markdown_text

ANY_WORLD: Final = "the same in all"
"""The world of a scenario to which it makes no difference."""


def members_in_words(c: Comparison, address: str = "./") -> Columns:
    """What is compared: letter and name, where it starts from, and a link that opens it, as Markdown."""
    return {
        "Scenario": [f"**{m.letter}** {markdown_text(m.name)}{' (base)' if m is c.base else ''}" for m in c.members],
        "Starts from": [_start_words(m) for m in c.members],
        "Facts as of": [markdown_text(edition_words(m.scenario.edition)) for m in c.members],
        **_worlds(c),
        "Year compared": [markdown_text(c.year_of(m)) for m in c.members],
        "Link": [f"[Open alone]({address}?{quote(m.link, safe='=&%+-._~')})" for m in c.members],
    }


def _worlds(c: Comparison) -> Columns:
    """The world of each scenario, where it makes a difference to any."""
    worlds = [columns.world(m) for m in c.members]
    return {"World": [markdown_text(world or ANY_WORLD) for world in worlds]} if any(worlds) else {}


def worlds_note(c: Comparison) -> str:
    """That the alliance is not counted alike where worlds differ; empty otherwise."""
    by_world: dict[str, list[str]] = {}
    for member in c.members:
        if member.world:
            by_world.setdefault(columns.world(member), []).append(member.letter)
    if len(by_world) < 2:
        return ""
    told = ", ".join(f"{' and '.join(letters)} {world}" for world, letters in by_world.items())
    return f"The numbers are not of one world: {told}. So a difference is made of that too."


def own_note(c: Comparison) -> str:
    """The figures of one's own that scenarios stand on, beside the published ones; empty where none does."""
    found = {m.letter: listed_words(m.scenario.edition) for m in c.members}
    return " ".join(f"{letter}: {words}" for letter, words in found.items() if words)


MOST_CHANGES: Final = 3


def card_words(member: Compared) -> str:
    """Where a scenario starts, its facts and world, and its largest changes from the edition, as Markdown."""
    about = [
        _start_words(member),
        f"facts of {markdown_text(edition_words(member.scenario.edition))}",
        columns.world(member),
    ]
    changed = member.scenario.changed()
    sizes = {
        key: abs(now - was) / (ASSUMPTIONS[key].maximum - ASSUMPTIONS[key].minimum)
        for key, (was, now) in changed.items()
    }
    largest = sorted(changed, key=lambda key: -sizes[key])[:MOST_CHANGES]
    said = [f"{ASSUMPTIONS[key].label}: {assumption_value(key, changed[key][1])}" for key in largest]
    more = [f"and {len(changed) - len(largest)} more"] if len(changed) > len(largest) else []
    return f"{'; '.join(filter(None, about))}.  \n{markdown_text('; '.join([*said, *more]) or 'Nothing is changed')}"


def _start_words(member: Compared) -> str:
    start = markdown_text(PRESETS[member.scenario.preset].label)
    edited = len(member.scenario.edited())
    return start + (f", {edited} {'value' if edited == 1 else 'values'} edited" if edited else "")


def year_note(c: Comparison) -> str:
    """Which year is compared, and which ones the scenarios share."""
    if c.same_year:
        return f"Yearly results are those of {c.asked_year}, the year in focus."
    if not c.shared_years:
        return "The scenarios share no fiscal year: yearly results are those of the last year of each."
    first, last = c.shared_years[0], c.shared_years[-1]
    absent = " and ".join(m.letter for m in c.members if c.asked_year not in m.projection.years)
    span = f"{first} to {last}" if first != last else first
    return (
        f"{absent} {'does' if len(absent) == 1 else 'do'} not have {c.asked_year}, the year in focus: yearly results "
        f"are those of the last year of each. All have {span}; put one of these in focus to compare like with like."
    )


def editions_note(c: Comparison) -> str:
    """That facts differ too where editions do; empty otherwise."""
    names = sorted({edition_words(m.scenario.edition) for m in c.members})
    if len(names) == 1:
        return ""
    return (
        f"The scenarios also stand on different facts ({' and '.join(names)}): guidance, volumes and shares "
        "outstanding are those of each edition, so facts make part of a difference, not only the assumptions below."
    )
