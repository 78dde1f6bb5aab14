"""Which world a number is in: the alliance done, weighted by its chance, or failed after the money is spent.

A scenario holds the chance as it was set; its world says what is computed: benefits at a chance of 1, as set, or 0.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

CHANCE: Final = "success_probability_share"
"""The assumption that a world may fix."""

DONE: Final = "done"
WEIGHTED: Final = "weighted"
FAILS: Final = "fails"

WORLDS: Final = MappingProxyType({DONE: "If it is done", WEIGHTED: "Weighted by its chance", FAILS: "If it fails"})
"""Worlds by their name in links, with their label. A link that names none is weighted: its numbers hold."""

SHORT: Final = MappingProxyType({DONE: "if done", WEIGHTED: "weighted", FAILS: "if it fails"})
"""Worlds as they are named beside a label that has little room."""

CERTAIN_SHARE: Final = MappingProxyType({DONE: 1.0, FAILS: 0.0})
"""The chance in each world that fixes it [share]."""


def world_of(world: str, chance_share: float) -> str:
    """The world as it is told: a chance that was set to 1 or 0 leaves nothing to weigh.

    chance_share: as it is counted [share]
    """
    return next((name for name, share in CERTAIN_SHARE.items() if share == chance_share), world)


def computed_values(asked: Mapping[str, float], world: str) -> dict[str, float]:
    """The assumptions that are computed with: those asked for, with the chance that the world fixes."""
    return {**asked, CHANCE: CERTAIN_SHARE[world]} if world in CERTAIN_SHARE else dict(asked)


def chance_words(chance_share: float) -> str:
    """A chance in per cent."""
    return f"{round(100.0 * chance_share, 1):g}\N{NO-BREAK SPACE}%"


def world_words(world: str, chance_share: float) -> str:
    """A world where a scenario is named; chance_share: as it was set."""
    if world == WEIGHTED:
        return f"weighted by the alliance's chance of {chance_words(chance_share)}"
    return "if the alliance is done" if world == DONE else "if the alliance fails"


def usual_world(overrides: Mapping[str, float]) -> str:
    """The world in which a preset is looked at first: done, unless it is one that fails."""
    return FAILS if overrides.get(CHANCE) == CERTAIN_SHARE[FAILS] else DONE
