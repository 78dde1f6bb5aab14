"""Ranges of one's own for assumptions, as a text that fits a link: key, low and high, one after the other."""

from collections.abc import Mapping
from typing import Final

from model.links import number_of, number_text
from model.registry import ASSUMPTIONS
from model.sweeps import Range

Ranges = tuple[tuple[str, float, float], ...]
"""Key, low and high of each assumption whose range is not the registry's."""

_MOST: Final = 20


def read_ranges(text: str) -> Ranges:
    """The ranges that a text stands for, such as "jpy_per_usd:120:160"; ValueError with the reason where it is none."""
    found: dict[str, tuple[str, float, float]] = {}
    for part in (p for p in text.split(",") if p):
        key, _, ends = part.partition(":")
        low_text, _, high_text = ends.partition(":")
        if key not in ASSUMPTIONS:
            raise ValueError("names no assumption before a colon")
        a = ASSUMPTIONS[key]
        low, high = (number_of(t, a.minimum, a.maximum, a.unit) for t in (low_text, high_text))
        if low > high:
            raise ValueError("a low value above its high one")
        found[key] = (key, low, high)
    if len(found) > _MOST:
        raise ValueError(f"more than {_MOST} ranges")
    return tuple(sorted(found.values()))


def ranges_text(ranges: Ranges) -> str:
    """The text of ranges, in the order of their keys."""
    return ",".join(f"{key}:{number_text(low)}:{number_text(high)}" for key, low, high in sorted(ranges))


def by_key(ranges: Ranges) -> Mapping[str, Range]:
    """Low and high by key."""
    return {key: (low, high) for key, low, high in ranges}


def with_range(ranges: Ranges, key: str, low: float, high: float) -> Ranges:
    """The ranges with one of them set; the registry's own is left out."""
    others = tuple(r for r in ranges if r[0] != key)
    a = ASSUMPTIONS[key]
    return others if (low, high) == (a.low, a.high) else tuple(sorted((*others, (key, low, high))))
