"""Numbers as people type them: `1,5`, `25 %`, `1'500` and a true minus; what may mean two numbers is refused in words.

The app writes a comma between thousands and a dot before decimals. A comma or a dot before exactly three digits may be
either: it is read as the app writes it where the other number is out of bounds, and is refused otherwise.
"""

import math
import re
from dataclasses import dataclass
from typing import Final

from model.links import SHOWN_VALUE, number_text, shown
from pages.kit.words import MINUS, NBSP, quantity

_FULLWIDTH: Final = ord("\N{FULLWIDTH DIGIT ZERO}") - ord("0")
_ZERO_WIDTH: Final = "\N{ZERO WIDTH SPACE}\N{WORD JOINER}\N{ZERO WIDTH NO-BREAK SPACE}"
_AS_ASCII: Final = str.maketrans(
    dict.fromkeys(f"{MINUS}\N{EN DASH}\N{HYPHEN}\N{NON-BREAKING HYPHEN}", "-")
    | dict.fromkeys("\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}", "'")
    | {chr(ord(mark) + _FULLWIDTH): mark for mark in "0123456789+-.,%"}
    | dict.fromkeys(_ZERO_WIDTH)
)
_PARTS: Final = re.compile(r"([+-]?) ?(\d.*?|[.,]\d+) ?(%?)", re.ASCII)
_PLAIN: Final = re.compile(r"\d+|\d*[.,]\d+", re.ASCII)
_EITHER: Final = re.compile(r"[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_GROUPED: Final = re.compile(r"([1-9]\d{0,2}(?P<mark>[ ',.])\d{3}(?:(?P=mark)\d{3})*)((?!(?P=mark))[.,]\d+)?", re.ASCII)

_PER_CENT: Final = 100.0
_THOUSAND: Final = 1000.0
_FAR: Final = 10.0
"""So many times the highest value is no slip: a number of thousands was typed as a number of vehicles."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A number that was typed; note: how it was read, where that is not as it stands there."""

    value: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """The value that holds after something was typed, and what to say of it.

    note: how it was read, where that is not as it stood there
    refused: whether the value is the one of before
    """

    value: float
    words: str
    note: str = ""
    refused: bool = False

    @property
    def told(self) -> str:
        """All that there is to say."""
        return f"{self.words} {self.note}".rstrip()


@dataclass(frozen=True, slots=True)
class NumberBox:
    """What a box for a number takes and shows.

    unit: of the number that is read; a share is typed in per cent
    low, high: bounds, in the unit
    """

    unit: str
    low: float
    high: float
    whole: bool = False

    def text(self, value: float) -> str:
        """What the box shows for a value."""
        return number_text(round(value * (_PER_CENT if self.unit == "share" else 1.0), 10))

    def words(self, value: float) -> str:
        """A value in people's words, and exactly where these round it."""
        words, exact = quantity(value, self.unit), self.text(value)
        shown_digits, scale = re.sub(r"[^\d.]", "", words), _THOUSAND if self.unit == "kveh" else 1.0
        rounded = not math.isclose(float(shown_digits), abs(float(exact)) * scale, rel_tol=1e-9, abs_tol=1e-9)
        return f"{words} (exactly {exact})" if rounded else words

    def read(self, text: str) -> Typed:
        """The number that a text stands for; ValueError with the reason where it is none, or may be two."""
        found = _PARTS.fullmatch(" ".join(text.translate(_AS_ASCII).split()))
        readings = _readings(found[2]) if found and len(text) <= SHOWN_VALUE else ()
        if not found or not readings:
            raise ValueError("not a plain number such as 15 or 7.5")
        if found[3] and self.unit != "share":
            raise ValueError("this box does not take per cent")
        sign = -1.0 if found[1] == "-" else 1.0
        meant = [self._meant(sign * reading + 0.0) for reading in readings]  # -0 becomes 0
        if self.unit == "share" and not found[3] and 0.0 < readings[0] < 1.0:
            meant.append(Typed(sign * readings[0]))  # 0.15 for 15 %
        first, *others = [one for i, one in enumerate(meant) if i == 0 or one.value != meant[0].value]
        if any(not self._problem(other.value) for other in others):
            forms = " or ".join(self._form(one.value) for one in (first, *others))
            raise ValueError(f"it may mean {forms}: type one of these")
        if problem := self._problem(first.value):
            raise ValueError(problem)
        return (
            Typed(first.value, f"“{shown(text.strip())}” was read as {self._form(first.value)}.") if others else first
        )

    def take(self, label: str, text: str, now: float) -> "Taken":
        """What a text that was typed over the value in force leads to."""
        if text == self.text(now):  # what the box shows may be rounded
            return Taken(now, f"{label}: {self.words(now)}, as before.")
        try:
            typed = self.read(text)
        except ValueError as error:
            given = f"“{shown(text)}”" if text.strip() else "an empty box"
            return Taken(now, f"{label}: {given} was not used: {error}. {self.words(now)} stays.", refused=True)
        words = f"{label}: {self.words(typed.value)}, was {self.words(now)}."
        return Taken(typed.value, words, typed.note)

    def _meant(self, reading: float) -> Typed:
        if self.unit == "share":
            return Typed(round(reading / _PER_CENT, 12))
        thousands = reading / _THOUSAND
        if self.unit == "kveh" and reading > _FAR * self.high and self.low <= thousands <= self.high:
            return Typed(thousands, f"{self.text(reading)} was read as {self.text(thousands)} thousand.")
        return Typed(reading)

    def _form(self, value: float) -> str:
        return f"{self.text(value)}{NBSP}%" if self.unit == "share" else self.text(value)

    def _problem(self, value: float) -> str:
        """Why a number cannot be used, or nothing."""
        if self.whole and value != int(value):
            return "not a whole number"
        if value < self.low:
            return f"below the lowest value, {self._bound(self.low)}"
        return f"above the highest value, {self._bound(self.high)}" if value > self.high else ""

    def _bound(self, value: float) -> str:
        return f"{self.text(value)} thousand cars" if self.unit == "kveh" else quantity(value, self.unit)


def _readings(digits: str) -> tuple[float, ...]:
    """The numbers that digits with marks between them may stand for, first the one that the app would write so."""
    if _EITHER.fullmatch(digits):
        grouped, decimal = float(re.sub("[.,]", "", digits)), float(digits.replace(",", "."))
        return (grouped, decimal) if "," in digits else (decimal, grouped)
    if grouped_digits := _GROUPED.fullmatch(digits):
        whole, decimals = grouped_digits[1].replace(grouped_digits["mark"], ""), grouped_digits[3] or ""
        return (float(whole + decimals.replace(",", ".")),)
    return (float(digits.replace(",", ".")),) if _PLAIN.fullmatch(digits) else ()
