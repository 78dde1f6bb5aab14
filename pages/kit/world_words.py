"""Which world a page's numbers are in, and what its answer would be in the others, in words."""

from collections.abc import Callable
from typing import Final

from model.projection import Projection
from model.worlds import CERTAIN_SHARE, DONE, FAILS, WEIGHTED, chance_words
from pages.kit.view import View

_CERTAIN: Final = {DONE: "is done", FAILS: "fails"}


def phrase(view: View, world: str) -> str:
    """A world after the alliance was named, as a sentence goes on."""
    if world == WEIGHTED:
        return f"weighted by its chance of {chance_words(view.asked_chance_share)}"
    return f"if it {_CERTAIN[world]}"


def other_worlds(view: View) -> tuple[str, ...]:
    """Worlds in which the numbers are others than those shown; none where the world makes no difference."""
    if not view.world:
        return ()
    shares = {DONE: CERTAIN_SHARE[DONE], WEIGHTED: view.asked_chance_share, FAILS: CERTAIN_SHARE[FAILS]}
    certain = CERTAIN_SHARE.values()
    return tuple(
        world
        for world, share in shares.items()
        if share != view.chance_share and (world != WEIGHTED or share not in certain)
    )


def in_other_worlds(view: View, told: Callable[[Projection], str]) -> str:
    """What something would be in the other worlds, as the second half of a sentence; empty where it is the same.

    told: what it is, out of the results of a world
    """
    return "; ".join(f"{phrase(view, world)}: {told(view.in_world(world))}" for world in other_worlds(view))


def tried_words(view: View) -> str:
    """How an alliance is counted that a page tries where none is planned; empty where one is, or none is certain."""
    if view.world or not view.scenario.fixed:
        return ""
    return f"No alliance is planned here; where one is tried, it is counted as if it {_CERTAIN[view.scenario.world]}."


def page_words(view: View) -> str:
    """The world that a page's numbers are in, as stands above it."""
    return f"Numbers {view.world_words}" if view.world else ""
