"""The scenarios compared: what they are, in which year they are compared, and on which facts they stand."""

from urllib.parse import quote

from model.comparison import Compared, Comparison
from model.presets import PRESETS
from pages.kit.columns import Columns
from pages.kit.words import markdown_text


def members_in_words(c: Comparison, address: str = "./") -> Columns:
    """What is compared: letter and name, where it starts from, and a link that opens it, as Markdown."""
    return {
        "Scenario": [f"**{m.letter}** {markdown_text(m.name)}{' (base)' if m is c.base else ''}" for m in c.members],
        "Starts from": [_start_words(m) for m in c.members],
        "Facts as of": [markdown_text(m.scenario.edition) for m in c.members],
        "Year compared": [markdown_text(c.year_of(m)) for m in c.members],
        "Link": [f"[Open alone]({address}?{quote(m.link, safe='=&%+-._~')})" for m in c.members],
    }


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
    names = sorted({m.scenario.edition for m in c.members})
    if len(names) == 1:
        return ""
    return (
        f"The scenarios also stand on different facts ({' and '.join(names)}): guidance, volumes and shares "
        "outstanding are those of each edition, so facts make part of a difference, not only the assumptions below."
    )
