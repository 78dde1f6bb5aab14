"""What draws and rankings hold because the visitor set it, and how that is told."""

from typing import Final

from model.analysis.ranges import by_key
from model.registry import ASSUMPTIONS, EVENT
from model.sweeps import Range
from pages.kit.view import View
from pages.kit.words import assumption_value
from pages.session import choices

_NAMED: Final = 2


def set_keys(view: View) -> tuple[str, ...]:
    """What the scenario sets otherwise than its facts, the visitor's own edits first.

    Not the chance of an event, which draws respect as it is, and nothing with a range of the visitor's own.
    """
    own = by_key(choices.RANGES.of(view))
    edited = view.scenario.edited()
    changed = [key for key in view.scenario.changed() if key not in view.scenario.fixed and key not in own]
    return tuple(
        key for key in sorted(changed, key=lambda key: key not in edited) if ASSUMPTIONS[key].distribution != EVENT
    )


def held_keys(view: View) -> tuple[str, ...]:
    """What draws and rankings hold at the scenario's value."""
    return set_keys(view) if choices.HOLD_SET.of(view) else ()


def ranges_of(view: View) -> dict[str, Range]:
    """Ranges instead of the registry's: the visitor's own, and none where a value is held."""
    held = {key: (view.scenario.values[key],) * 2 for key in held_keys(view)}
    return {**by_key(choices.RANGES.of(view)), **held}


def given_words(view: View, before: str = ", ") -> str:
    """What is held, as part of a sentence: ", given “Exchange rate” at JPY 150 and 3 more"; empty where nothing is.

    before: what stands before it
    """
    keys = held_keys(view)
    parts = [f"“{ASSUMPTIONS[k].label}” at {assumption_value(k, view.scenario.values[k])}" for k in keys]
    if not parts:
        return ""
    named, more = parts[:_NAMED], len(parts[_NAMED:])
    words = ", ".join(named) + f" and {more} more" if more else " and ".join(named)
    return f"{before}given {words}"
