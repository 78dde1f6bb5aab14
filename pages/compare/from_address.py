"""What an address asks to compare, and what of it cannot be used."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from model.comparison import LINE, Comparison, LineNote, compare, read_lines
from model.links import Refusal, refusal, shown
from pages.kit.view import View, kept
from pages.kit.words import first_of, markdown_text, refusal_words, told_words
from pages.session.choices import BASE, WITH, WITH_CURRENT

LONGEST_HANDY_LINK: Final = 8_000
"""Above this many characters some programs cut a link."""


@kept
def comparison_of(view: View) -> tuple[Comparison | None, tuple[LineNote, ...]]:
    """The comparison that a view asks for, the sliders among it, and all that was refused of its lines."""
    lines, notes = read_lines(WITH.of(view))
    current = (view.scenario, view.projection) if WITH_CURRENT.of(view) else None
    return compare(lines, current, BASE.of(view), view.year_label), notes


def compared_in(view: View) -> Comparison:
    """The comparison that a view asks for; ValueError where it compares nothing, which `refusals` names."""
    compared, _ = comparison_of(view)
    if compared is None:
        raise ValueError("nothing to compare")
    return compared


def refusals(view: View) -> tuple[Refusal, ...]:
    """Everything that the page's tables cannot be made of, for a reader that sees no notices."""
    compared, notes = comparison_of(view)
    bad = [n for n in notes if not n.refusal.told]
    found = [refusal(_where(n), n.refusal.value, *_why(n)) for n in bad]
    if compared is None:
        return (*found, refusal(WITH.key, WITH.of(view), "nothing to compare", "nothing"))
    if not _has_base(compared, view):
        found.append(refusal(BASE.key, BASE.of(view), _no_base(compared), compared.base.letter))
    return tuple(found)


def told(view: View) -> tuple[Refusal, ...]:
    """What of the lines is used in another form, for a reader that sees no notices."""
    notes = (n for n in comparison_of(view)[1] if n.refusal.told)
    return tuple(replace(n.refusal, key=_where(n)) for n in notes)


def _where(note: LineNote) -> str:
    return f"{WITH.key}, line {note.number}: {note.refusal.key}"


def _why(note: LineNote) -> tuple[str, str]:
    return note.refusal.reason, note.refusal.used


def _has_base(c: Comparison, view: View) -> bool:
    return not BASE.of(view) or BASE.of(view) == c.base.letter


def _no_base(c: Comparison) -> str:
    return f"not the letter of a scenario compared here ({', '.join(m.letter for m in c.members)})"


def note_words(note: LineNote) -> str:
    """What a line did not get, as Markdown."""
    r = note.refusal
    what = f"Line {note.number}"
    if r.key == LINE:
        used = "It is left out" if r.used == "nothing" else f"It is shown once, as {r.used}"
        return (
            f"- **{what}**: “{markdown_text(r.value)}” was not used: {markdown_text(r.reason)}. {markdown_text(used)}."
        )
    return told_words(r, what) if r.told else refusal_words(r, what)


def notes_words(notes: Sequence[LineNote], told: bool) -> list[str]:
    """What the lines did not get, or what they are told, one item each, as Markdown."""
    return first_of([note_words(note) for note in notes if note.refusal.told is told])


def base_words(c: Comparison | None, view: View) -> list[str]:
    """That the base asked for is none, where it is none, as Markdown."""
    if c is None or _has_base(c, view):
        return []
    asked = markdown_text(shown(BASE.of(view)))
    return [f"- **Base**: “{asked}” was not used: {_no_base(c)}. Used instead: {c.base.letter}."]
