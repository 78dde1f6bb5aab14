"""A maker's inputs of one's own, as a text that fits a link: key and value, one after the other."""

from collections.abc import Mapping
from typing import Final

from model.links import number_of, number_text
from model.peers import QUANTITIES, Quantity, peers

MAKERS: Final = tuple(row.id for row in peers() if row.unit.endswith(" bn"))
"""Rows that one may start from: costs of makers."""

FIRST_MAKER: Final = "subaru_9m"

PUBLISHED: Final = "published"
INPUTS: Final[Mapping[str, Quantity]] = {
    **QUANTITIES,
    PUBLISHED: Quantity("Published figure to compare with", "ratio", 0.001, 1_000_000.0),
}
"""What may be typed, by key: the inputs of the formulas, and the number that they are compared with."""

Given = tuple[tuple[str, float], ...]
"""Key and value of each input that is not the chosen row's, in the order of their keys."""


def read_inputs(text: str) -> Given:
    """The inputs that a text stands for, such as "far_cars:300"; ValueError with the reason where it is none."""
    found: dict[str, float] = {}
    for part in (p for p in text.split(",") if p):
        key, _, value = part.partition(":")
        if key not in INPUTS:
            raise ValueError(f"names none of {', '.join(INPUTS)} before a colon")
        if key in found:
            raise ValueError(f"gives {key} more than once")
        quantity = INPUTS[key]
        try:
            found[key] = number_of(value, quantity.low, quantity.high)
        except ValueError as error:
            raise ValueError(f"{key}: {error}") from error
        if quantity.whole and found[key] != int(found[key]):
            raise ValueError(f"{key}: not a whole number")
    return tuple(sorted(found.items()))


def inputs_text(given: Given) -> str:
    """The text of inputs, in the order of their keys."""
    return ",".join(f"{key}:{number_text(value)}" for key, value in sorted(given))
