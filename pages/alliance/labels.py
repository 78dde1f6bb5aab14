"""Labels and tooltips of the page's charts: amounts in words, and where they stand."""

import re
from collections.abc import Iterable

import altair as alt

from pages.kit.words import quantity, signed


def in_yen(values: Iterable[float]) -> list[str]:
    """Amounts in words."""
    return [quantity(float(value), "JPY bn") for value in values]


def signed_yen(values: Iterable[float]) -> list[str]:
    """Amounts in words, with their sign."""
    return [signed(float(value), "JPY bn") for value in values]


def plain_signed(value_jpy_bn: float) -> str:
    """A rounded amount with its sign and no unit, as the axis names it."""
    return re.sub(r"JPY.|.bn", "", signed(float(round(value_jpy_bn)), "JPY bn"))


def tips(**titles: str) -> list[alt.Tooltip]:
    """What a tooltip says: column to title, words only."""
    return [alt.Tooltip(f"{column}:N", title=title) for column, title in titles.items()]


def above_and_below(base: alt.Chart, column: str, text: str, gap: int = 13) -> list[alt.Chart]:
    """A label beyond each amount: above it, or below where it is less than zero."""
    return [
        base.transform_filter(f"datum.{column} {test} 0 && datum.{text} != ''")
        .mark_text(dy=-gap * side, fontWeight="bold")
        .encode(text=alt.Text(f"{text}:N"))
        for test, side in ((">=", 1), ("<", -1))
    ]
