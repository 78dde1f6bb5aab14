"""Numbers with every digit of the data and their unit in words, and errors with their sign."""

from collections.abc import Hashable
from decimal import Decimal
from typing import Any, Final

from model.links import number_text
from pages.kit.words import MINUS, NBSP, percent, spoken_unit

UNIT_FORMS: Final = {
    "share": (100, "%", "{} %"),
    "ratio": (1, "ratio", "{}"),
    "JPY bn": (1, "JPY bn", "JPY {} bn"),
    "USD bn": (1, "USD bn", "USD {} bn"),
    "EUR bn": (1, "EUR bn", "EUR {} bn"),
    "CNY bn": (1, "CNY bn", "CNY {} bn"),
    "KRW bn": (1, "KRW bn", "KRW {} bn"),
    "JPY": (1, "JPY", "JPY {}"),
    "USD": (1, "USD", "USD {}"),
    "HKD": (1, "HKD", "HKD {}"),
    "JPY per USD": (1, "yen per dollar", "JPY {} per dollar"),
    "KRW per USD": (1, "won per dollar", "KRW {} per dollar"),
    "USD per EUR": (1, "dollars per euro", "USD {} per euro"),
    "JPY bn per JPY": (1, "JPY bn per yen", "JPY {} bn per yen"),
    "JPY bn per yr": (1, "JPY bn, added each year", "JPY {} bn a year"),
    "USD per vehicle": (1, "USD per car", "USD {} per car"),
    "EUR per vehicle": (1, "EUR per car", "EUR {} per car"),
    "USD per unit of yearly capacity": (1, "USD per car of yearly capacity", "USD {} per car of capacity"),
    "USD per truck": (1, "USD per truck", "USD {} per truck"),
    "kveh": (1000, "cars a year", "{} cars"),
    "thousand trucks": (1000, "trucks a year", "{} trucks"),
    "bn shares": (1, "billion shares", "{} bn shares"),
    "shares per ADS": (1, "shares per depositary share", "{} shares per ADS"),
    "people": (1, "people", "{} people"),
    "count": (1, "count", "{}"),
    "months": (1, "months", "{} months"),
    "days": (1, "days", "{} days"),
    "yr": (1, "years", "{} years"),
    "fiscal year": (1, "fiscal year", "to March {}"),
}
"""Per unit: what to multiply by for people, the unit in words, and how a value is written with it."""


def exact_number(value: float, unit: str) -> str:
    """Every digit of a value, in the unit's words: 0.0375 of "share" is 3.75 (per cent)."""
    scaled = Decimal(number_text(value)) * UNIT_FORMS[unit][0]
    digits = f"{abs(scaled).normalize():f}" if unit == "fiscal year" else f"{abs(scaled).normalize():,f}"
    return f"{MINUS}{digits}" if scaled < 0 else digits


def exact_quantity(value: float | str, unit: str) -> str:
    """Every digit of a value with its unit; words stay as they are."""
    if isinstance(value, str):
        return value
    digits = exact_number(value, unit)
    sign, digits = (MINUS, digits[1:]) if digits.startswith(MINUS) else ("", digits)
    return sign + UNIT_FORMS[unit][2].format(digits).replace(" ", NBSP)


def unit_of(row: dict[Hashable, Any]) -> str:
    """The unit of a row that has a label, as `UNIT_FORMS` names it."""
    return spoken_unit(row["unit"], row["label"])


def error_text(share: float) -> str:
    """An error with its sign: 0.498 is +49.8 %."""
    text = percent(share)
    return text if text.startswith(MINUS) or not text.strip(f"0.{NBSP}%") else f"+{text}"


def plain_number(value: float) -> float | int:
    """A whole number without its ".0"."""
    return int(value) if value == int(value) else value
