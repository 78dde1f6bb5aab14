"""Comparison: several links read one by one, each with its results and with what was refused of it.

A line is a link, a query string or `key=value` text, as `model.links` reads them; its `title` names it.
A line of which nothing can be used is named and left out; the others stay.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

import numpy as np

from model.delivery import projected, told_world, world_matters
from model.editions import edition, edition_words
from model.links import (
    ALIASES,
    LONGEST_LINK,
    RETIRED,
    Refusal,
    Scenario,
    clean_title,
    from_query,
    scenario_of_preset,
    share_query,
    shown,
    to_pairs,
)
from model.outputs import OUTPUTS
from model.presets import PRESETS
from model.projection import Projection
from model.registry import ASSUMPTIONS, BASE_FIGURES

MOST_LINES: Final = 6
"""Scenarios that can be compared with the one in the sliders."""

MOST_READ: Final = 40
"""Lines that are read at all, as long as they have no more characters together than a link."""

LETTERS: Final = "ABCDEFG"
"""A is the scenario in the sliders, the others are the lines in their order."""

CURRENT: Final = "Current scenario"
TITLE: Final = "title"
LINE: Final = "line"
"""The key of a refusal that concerns a whole line."""

_KEYS: Final = frozenset(
    {"edition", "preset", *ASSUMPTIONS, *BASE_FIGURES, *(key for key, old in RETIRED.items() if old.becomes)}
)
"""Keys of which each alone makes a line good."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that can be used: its number from 1, its title where it has one, and its scenario."""

    number: int
    title: str
    scenario: Scenario


@dataclass(frozen=True, slots=True)
class LineNote:
    """What a line asked for and did not get."""

    number: int
    refusal: Refusal


@dataclass(frozen=True)
class Compared:
    """A scenario among others: its letter, its name, and its results."""

    letter: str
    name: str
    scenario: Scenario
    projection: Projection

    @property
    def label(self) -> str:
        """Letter and name."""
        return f"{self.letter} {self.name}"

    @cached_property
    def world(self) -> str:
        """The world that its results are in, as it is told."""
        return told_world(self.scenario)

    @cached_property
    def link(self) -> str:
        """The scenario as a query string of what differs from its preset."""
        return share_query(self.scenario)


@dataclass(frozen=True)
class Comparison:
    """Scenarios side by side.

    members: in the order of their letters, at least one
    base: the member that the others are held against
    asked_year: label of the fiscal year in focus, such as "FY2030/3"
    """

    members: tuple[Compared, ...]
    base: Compared
    asked_year: str

    @property
    def others(self) -> tuple[Compared, ...]:
        """Every member but the base."""
        return tuple(member for member in self.members if member is not self.base)

    @cached_property
    def shared_years(self) -> tuple[str, ...]:
        """Labels of the fiscal years that every member has."""
        return tuple(y for y in self.base.projection.years if all(y in m.projection.years for m in self.members))

    @property
    def same_year(self) -> bool:
        """Whether every member has the year in focus; else the last year of each is compared."""
        return self.asked_year in self.shared_years

    def year_of(self, member: Compared) -> str:
        """Label of the fiscal year in which a member is compared."""
        return self.asked_year if self.same_year else member.projection.years[-1]

    def value(self, member: Compared, name: str, company: str = "") -> float:
        """An output of a member in the year compared; company: empty where the output belongs to none."""
        scope, p = OUTPUTS[name].scope, member.projection
        if scope == "company":
            return float(np.asarray(p.company[company][name])[p.years.index(self.year_of(member))])
        return float(np.asarray(p.once_company[name][company] if scope == "once_company" else p.once[name]))

    def difference(self, member: Compared, name: str, company: str = "") -> float:
        """An output of a member less that of the base, each in the year compared."""
        return self.value(member, name, company) - self.value(self.base, name, company)

    def differing(self) -> tuple[str, ...]:
        """Keys of the assumptions on which the members do not all agree."""
        return tuple(key for key in ASSUMPTIONS if len({m.scenario.asked[key] for m in self.members}) > 1)

    def same_as_current(self) -> tuple[Compared, ...]:
        """Members that hold what the sliders hold."""
        sliders = [m for m in self.members if m.letter == LETTERS[0]]
        return tuple(m for m in self.members if sliders and m is not sliders[0] and _same(m, sliders[0]))


def _same(one: Compared | Line, other: Compared | Line) -> bool:
    """Whether two hold the same assumptions on the same facts in the same world, whatever preset they started from."""
    return same_scenario(one.scenario, other.scenario)


def same_scenario(a: Scenario, b: Scenario) -> bool:
    """Whether two hold the same assumptions on the same facts, in worlds that give the same results."""
    alike = a.edition == b.edition and a.asked == b.asked
    return alike and (a.values == b.values or not world_matters(a))


# -------------------------------------------------------------------- lines


def _texts(text: str) -> tuple[list[str], list[str]]:
    """The lines that are read, and the others, without the brackets that mail programs put around links."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    ends = accumulate(len(line) + 1 for line in lines[:MOST_READ])
    number = sum(end <= LONGEST_LINK + 1 for end in ends)
    return [line[1:-1] if line[0] + line[-1] == "<>" else line for line in lines[:number]], lines[number:]


def read_line(line: str) -> tuple[Scenario, str, tuple[Refusal, ...], str]:
    """Scenario, title and refusals of one line, and why nothing of it can be used, or nothing."""
    pairs = to_pairs(line)
    titles = [value for key, value in pairs if key == TITLE]
    asked = [(key, value) for key, value in pairs if key != TITLE]
    scenario, refusals = from_query(asked)
    refused = Counter(r.key for r in refusals if not r.overflow and not r.told)
    names = [ALIASES.get(key, key) for key, _ in asked]
    used = Counter(name for name in names if name in _KEYS) - refused
    reasons = [r for r in refusals if r.key in _KEYS and not r.told]
    problem = ""
    if not used:
        problem = f"{reasons[0].key}: {reasons[0].reason}" if reasons else "names no edition, preset or assumption"
    more = tuple(
        Refusal(TITLE, shown(title), "given more than once", f"the first, {shown(titles[0])}") for title in titles[1:]
    )
    title = clean_title(titles[0]) if titles else ""
    if any(key == "with" for key, _ in pairs):
        more += (Refusal("with", "", "a comparison inside a comparison", "its own scenario alone"),)
    return scenario, title, (*refusals, *more), problem


def read_lines(text: str) -> tuple[tuple[Line, ...], tuple[LineNote, ...]]:
    """The lines that can be used, at most six and no scenario twice, and all that was refused.

    Never raises on any text; blank lines are not counted.
    """
    lines: list[Line] = []
    notes: list[LineNote] = []
    texts, others = _texts(text)
    for number, given in enumerate(texts, start=1):
        scenario, title, refusals, problem = read_line(given)
        line = Line(number, title, scenario)
        twin = next((known for known in lines if _same(known, line)), None)
        if problem:
            notes.append(LineNote(number, Refusal(LINE, shown(given), problem, "nothing")))
            continue
        if twin:
            notes.append(
                LineNote(number, Refusal(LINE, shown(given), "the same scenario again", f"line {twin.number}"))
            )
            continue
        if len(lines) == MOST_LINES:
            most = f"at most {MOST_LINES} lines are compared"
            notes.append(LineNote(number, Refusal(LINE, shown(given), most, "nothing")))
            continue
        notes += [LineNote(number, refusal) for refusal in refusals]
        lines.append(line)
    if others:
        limit = f"only the first {MOST_READ} lines are read, and {LONGEST_LINK:,} characters"
        notes.append(LineNote(len(texts) + 1, Refusal(LINE, shown(others[0]), limit, "nothing")))
    return tuple(lines), tuple(notes)


def with_line(text: str, line: str) -> str:
    """The lines with others behind all that are read."""
    texts, others = _texts(text)
    return "\n".join([*texts, line, *others])


def without_lines(text: str, numbers: Iterable[int]) -> str:
    """The lines without some of them, by number from 1 on."""
    texts, others = _texts(text)
    left_out = set(numbers)
    return "\n".join([*(line for number, line in enumerate(texts, start=1) if number not in left_out), *others])


def tidy(text: str) -> str:
    """The lines with every link made short; a line that is not good throughout, or is not read, stays as it was given.

    Where all together would not be read any more, the whole text does.
    """
    texts, others = _texts(text)
    tidied = "\n".join([*map(_tidied, texts), *others])
    return tidied if len(tidied) <= max(LONGEST_LINK, len(text)) else text


def _tidied(line: str) -> str:
    scenario, title, refusals, problem = read_line(line)
    return line if refusals or problem else share_query(scenario, title=title)


def _mended(refusals: Iterable[Refusal]) -> bool:
    """Whether anything was refused, rather than told."""
    return any(not r.told for r in refusals)


def preset_of(line: str) -> str:
    """The preset that a line is, neither edited nor titled nor on other facts; empty where it is none."""
    scenario, title, refusals, problem = read_line(line)
    if problem or _mended(refusals) or title or scenario != scenario_of_preset(scenario.preset):
        return ""
    return scenario.preset


def presets_in(text: str) -> tuple[str, ...]:
    """Names of the presets that lines are."""
    return tuple(dict.fromkeys(name for line in _texts(text)[0] if (name := preset_of(line))))


def with_presets(text: str, names: Iterable[str], of: Iterable[str]) -> str:
    """The lines with exactly these presets among those of a list, new ones behind all that are read."""
    wanted, listed = list(names), set(of)
    texts, others = _texts(text)
    presets = {line: preset_of(line) for line in texts}
    kept = [line for line in texts if presets[line] not in listed or presets[line] in wanted]
    there = {presets[line] for line in kept}
    new = [share_query(scenario_of_preset(name)) for name in wanted if name not in there]
    return "\n".join([*kept, *new, *others])


# --------------------------------------------------------------- comparison


def _name(line: Line) -> str:
    """The line's own title, else the label of the preset that it is, else its number."""
    s = line.scenario
    if line.title or s.edited():
        return _marked(line.title or f"Link {line.number}", s)
    label = PRESETS[s.preset].label
    return label if s.edition == PRESETS[s.preset].edition else f"{label}, facts of {edition_words(s.edition)}"


def _marked(name: str, scenario: Scenario) -> str:
    """A name that says where a scenario stands on figures that nobody published."""
    return f"{name}, own figures" if edition(scenario.edition).own else name


def _named_once(lines: Iterable[Line]) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for line in lines:
        name = _name(line)
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"


def compare(
    lines: tuple[Line, ...], current: tuple[Scenario, Projection] | None, base: str, asked_year: str
) -> Comparison | None:
    """The comparison of these lines; None where there is nothing at all.

    current: scenario and results of the sliders, where they are compared too
    base: letter of the base; the first member where there is no such letter
    asked_year: label of the fiscal year in focus
    """
    members = [Compared(LETTERS[0], _marked(CURRENT, current[0]), *current)] if current else []
    for letter, name, line in zip(LETTERS[1:], _named_once(lines), lines, strict=False):
        members.append(Compared(letter, name, line.scenario, projected(line.scenario)))
    if not members:
        return None
    chosen = next((m for m in members if m.letter == base), members[0])
    return Comparison(tuple(members), chosen, asked_year)
