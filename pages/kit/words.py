"""Numbers and texts for people: units everywhere, no raw floats, nothing hostile let through."""

import datetime
import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from model.editions import COMPANY_LABELS
from model.links import NOT_WHOLE, RETIRED, Refusal
from model.outputs import OUTPUTS
from model.pins import OF_PIN
from model.registry import ASSUMPTIONS, BASE_FIGURES, ESTIMATE

NBSP: Final = "\N{NO-BREAK SPACE}"
MINUS: Final = "\N{MINUS SIGN}"

WORD_JOINER: Final = "\N{WORD JOINER}"

URL_MEANING: Final = "Address of the source; empty where only its name is known"
"""What the column url of a table holds."""

_MARKDOWN: Final = re.compile(r"([!-/:-@\[-`{-~])")
_ADDRESS: Final = re.compile(r"(?=://)|(?<=www)(?=\.)|(?=@)", re.IGNORECASE)


_HYPHEN_AS_MINUS: Final = re.compile(r"(?<![^\s(])-(?=\s?[0-9]|[A-Z]{3}\b)")
_YEN: Final = re.compile(r"([0-9][0-9,.]*)( bn)? yen\b")


def one_notation(text: str) -> str:
    """The words of a source in the notation of the app: a true minus before a number, and JPY before an amount."""
    return _YEN.sub(r"JPY \1\2", _HYPHEN_AS_MINUS.sub(MINUS, text))


def markdown_text(text: str) -> str:
    """Any text as plain words inside Markdown: every mark that could format, link or embed is escaped.

    Addresses are turned into links after escapes are read: an invisible joiner keeps them apart.
    """
    return _MARKDOWN.sub(r"\\\1", _ADDRESS.sub(WORD_JOINER, text.replace("\n", " ")))


def source_link(url: str) -> str:
    """A Markdown link to the address of a source, which the loaders have checked; empty where none is known."""
    return f"[open{NBSP}the{NBSP}source]({url})" if url else ""


def number(value: float, decimals: int | None = None) -> str:
    """A number with thousands separators, with as many decimals as its size deserves unless given."""
    if decimals is None:
        size = abs(value)
        decimals = 0 if size >= 100 or size == round(size) else 1 if size >= 10 else 2
        if size < 10:
            decimals = len(f"{round(size, 2):g}".partition(".")[2])
    text = f"{abs(value):,.{decimals}f}"
    negative = value < 0 and text.strip("0,.") != ""
    return f"{MINUS}{text}" if negative else text


def date_words(as_of: str) -> str:
    """A date in words: "2026-02-16", "2026-06" and "2026" are 16 February 2026, June 2026 and 2026."""
    if len(as_of) == 4:
        return as_of
    day = datetime.date.fromisoformat(as_of if len(as_of) == 10 else f"{as_of}-01")
    return f"{day:%-d %B %Y}" if len(as_of) == 10 else f"{day:%B %Y}"


_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def short_date_words(as_of: str) -> str:
    """The same in few letters that hold together: "2025-05-13" is 13 May 2025, "2025-09" is Sep 2025."""
    year, *rest = as_of.split("-")
    if not rest:
        return year
    month = f"{_MONTHS[int(rest[0]) - 1]}{NBSP}{year}"
    return f"{int(rest[1])}{NBSP}{month}" if len(rest) > 1 else month


def event_date_words(day: str, detail: str) -> str:
    """The date of an event in words, only the month where only that is known."""
    return date_words(day[:7] if detail.startswith("Month only") else day)


def percent(share: float, decimals: int = 1) -> str:
    """A share as per cent: 0.056 is 5.6 %."""
    return f"{number(share * 100, decimals)}{NBSP}%"


def quantity(value: float, unit: str) -> str:
    """A value with its unit in people's words: 439.2 and "JPY bn" are JPY 439 bn."""
    if unit == "share":
        decimals = 2 if abs(value * 1000 - round(value * 1000)) > 1e-9 and abs(value) < 0.1 else 1
        return percent(value, 0 if abs(value * 100 - round(value * 100)) < 1e-9 else decimals)
    if unit in ("JPY bn", "JPY bn per yr", "JPY bn per JPY"):
        small = abs(value) < 10 and value != round(value)
        after = {"JPY bn": "bn", "JPY bn per yr": "bn a year", "JPY bn per JPY": "bn per yen"}[unit]
        return f"{_currency('JPY', value, 1 if small else 0)}{NBSP}{after}"
    if unit == "USD bn":
        return f"{_currency('USD', value, None)}{NBSP}bn"
    if unit in ("USD per vehicle", "USD per truck"):
        return f"{_currency('USD', value, 0)} per {'car' if unit == 'USD per vehicle' else 'truck'}"
    if unit == "USD":
        return _currency("USD", value, 0)
    if unit == "JPY":
        return _currency("JPY", value, None if abs(value) < 100 else 0)
    if unit == "JPY per USD":
        return f"{_currency('JPY', value, None)} per dollar"
    if unit in ("kveh", "thousand trucks"):
        text, what = number(value * 1000, 0), "car" if unit == "kveh" else "truck"
        return f"{text} {what}" if text == "1" else f"{text} {what}s"
    if unit == "bn shares":
        return f"{number(value, 4).rstrip('0').rstrip('.')}{NBSP}bn shares"
    if unit == "USD per unit of yearly capacity":
        return f"{_currency('USD', value, 0)} per car of yearly capacity"
    if unit == "yr":
        return f"{number(value)}{NBSP}{'year' if value == 1 else 'years'}"
    if unit == "months":
        return f"{number(value)}{NBSP}{'month' if value == 1 else 'months'}"
    return number(value)


def _currency(code: str, value: float, decimals: int | None) -> str:
    text = number(value, decimals)
    sign, digits = (MINUS, text[1:]) if text.startswith(MINUS) else ("", text)
    return f"{sign}{code}{NBSP}{digits}"


def signed(value: float, unit: str) -> str:
    """A change with its sign: +JPY 12 bn; shares change in percentage points."""
    text = f"{number(value * 100, 1)}{NBSP}pp" if unit == "share" else quantity(value, unit)
    return text if text.startswith(MINUS) or shows_nothing(text) else f"+{text}"


def shows_nothing(words: str) -> bool:
    """Whether a quantity in words has no digit but zeros."""
    return not re.search(r"[1-9]", words)


DUST: Final = 1e-9
"""What subtraction leaves of nothing, in any unit."""

LEAST_JPY_BN: Final = 0.05
"""What is less rounds to nothing where it is written."""

_STEPS: Final = (0.0001, 0.001, 0.01, 0.1, 1.0)


def moves(effect: float) -> bool:
    """Whether an effect is more than what subtraction leaves of nothing."""
    return abs(effect) > DUST


def amount_words(jpy_bn: float) -> str:
    """An amount in words; one too small to be written is nothing."""
    return quantity(0.0 if abs(jpy_bn) < LEAST_JPY_BN else jpy_bn, "JPY bn")


def size_words(value: float, unit: str) -> str:
    """How large a value is, without its sign; what is too small to be written is "less than JPY 0.1 bn"."""
    words = quantity(abs(value) if moves(value) else 0.0, unit)
    if abs(value) <= DUST or not shows_nothing(words):
        return words
    return f"less than {next(w for w in (quantity(step, unit) for step in _STEPS) if not shows_nothing(w))}"


SAME: Final = "same"
"""What a change is that is none."""


def change_words(change: float, unit: str, none: str = SAME) -> str:
    """A change with its sign, in as many digits as it takes to be seen.

    none: where there is no change at all; a change that is too small to be written is one all the same
    """
    if abs(change) <= DUST:
        return none
    words = signed(change, unit)
    if unit == "share" and shows_nothing(words):
        words = f"{'+' if change > 0 else MINUS}{number(abs(change) * 100, 2)}{NBSP}pp"
    if not shows_nothing(words):
        return words
    least = f"0.01{NBSP}pp" if unit == "share" else size_words(change, unit).removeprefix("less than ")
    return f"{'up' if change > 0 else 'down'} by less than {least}"


def with_change(value: float, reference: float, unit: str) -> str:
    """A quantity, and how far it lies from the reference's in brackets behind it, where it does."""
    return f"{quantity(value, unit)}{change_in_brackets(value, reference, unit)}"


def change_in_brackets(value: float, reference: float, unit: str) -> str:
    """How far a value lies from the reference's, to stand behind it; nothing where it does not."""
    words = change_words(value - reference, unit, "")
    return f" ({words})" if words else ""


_TRUCK: Final = re.compile(
    "truck|pickup|Ridgeline|Frontier|Tacoma|Colorado|Ranger|Gladiator|Canyon|F-Series|Silverado|Sierra|Tundra",
    re.IGNORECASE,
)
_OF_TRUCKS: Final = {"kveh": "thousand trucks", "USD per vehicle": "USD per truck"}


def spoken_unit(unit: str, label: str) -> str:
    """The unit as `quantity` is to say it: in trucks, where the label says that it counts trucks or money of one."""
    return _OF_TRUCKS.get(unit, unit) if _TRUCK.search(label) else unit


def output_value(name: str, value: float) -> str:
    """The value of an output in people's words."""
    output = OUTPUTS[name]
    return quantity(value, spoken_unit(output.unit, output.label))


def assumption_value(key: str, value: float) -> str:
    """The value of an assumption in people's words."""
    a = ASSUMPTIONS[key]
    return quantity(value, spoken_unit(a.unit, a.label))


ROLE_MEANING: Final = "Kind of assumption: policy, choice, world, or an estimate, which never moves the guided profit"
"""What a column of roles holds."""


def is_estimate(key: str) -> bool:
    """Whether an assumption is an estimate, which the reference shares with the scenario."""
    return ASSUMPTIONS[key].role == ESTIMATE


def named_with_role(key: str) -> str:
    """The label of an assumption, marked where it is an estimate."""
    return ASSUMPTIONS[key].label + (" (estimate)" if is_estimate(key) else "")


_NAMES: Final = ("Canada", "Canton", "Honda", "Japan", "Mexico", "Nissan", "Ridgeline", "Tesla", "US")


def in_sentence(label: str) -> str:
    """A label inside a sentence: its first letter is small, unless it begins with a name or an abbreviation."""
    stays = label.startswith(_NAMES) or re.match(r"[A-Z&]", label[1:])
    return label if stays else label[:1].lower() + label[1:]


def company(name: str) -> str:
    """The company's name as written."""
    return COMPANY_LABELS[name]


def told_words(r: Refusal, where: str = "") -> str:
    """What became of a part of a link that is used in another form, as an item of a Markdown list.

    where: what it belongs to, where there are several
    """
    key = r.key.removeprefix(OF_PIN)
    old, where = RETIRED.get(key), where or ("Pin" if key != r.key else "")
    if old is None:
        name, ending = "Model version", f"read with {r.used}"
    else:
        taking = [ASSUMPTIONS[key].label for key in old.becomes if key in r.used.split()]
        instead = "the link itself says what takes its place" if old.becomes else "it has no counterpart"
        ending = f"now {' and '.join(f'“{label}”' for label in taking)}" if taking else instead
        name = old.label
    what = ", ".join(filter(None, (where, markdown_text(name))))
    return f"- **{what}** {markdown_text(r.value)}: {markdown_text(r.reason)}; {markdown_text(ending)}."


def refusal_words(r: Refusal, where: str = "") -> str:
    """A value that was not used, why, and what was used instead, as an item of a Markdown list.

    where: what the value belongs to, where there are several
    """
    key, used = r.key.removeprefix(OF_PIN), r.used
    where, name = where or ("Pin" if key != r.key else ""), key
    if key in BASE_FIGURES:
        name = BASE_FIGURES[key].label
    if key in ASSUMPTIONS:
        name = ASSUMPTIONS[key].label
        with suppress(ValueError):
            used = assumption_value(key, float(r.used))
    what = ", ".join(filter(None, (where, markdown_text(name))))
    if r.reason == NOT_WHOLE:
        return f"- **{what}**: {markdown_text(r.reason)}; {markdown_text(used)} is used."
    return (
        f"- **{what}**: “{markdown_text(r.value)}” was not used: {markdown_text(r.reason)}. "
        f"Used instead: {markdown_text(used)}."
    )


def listed(parts: Sequence[str]) -> str:
    """Parts of a sentence one after the other, the last after "and"."""
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)


def first_of(items: Sequence[str], most: int = 12) -> list[str]:
    """The first items of a Markdown list, and how many more there are."""
    return [*items[:most], f"- and {len(items) - most} more"] if len(items) > most else list(items)
