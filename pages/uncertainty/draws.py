"""What is drawn, what a draw must reach, and the chance that it does."""

from dataclasses import dataclass
from math import sqrt
from types import MappingProxyType
from typing import Final

import numpy as np

from model.analysis.draws import AT_ONCE, Drawn, drawn, known, so_far
from model.analysis.ranges import by_key
from model.links import Refusal
from model.measures import Points
from model.sampling import Sampling
from pages.kit.given import held_keys
from pages.kit.measure_words import measure_asked
from pages.kit.view import View, kept
from pages.kit.words import percent
from pages.session import choices
from pages.session.turns import give_way, heavy

NORMAL_95: Final = 1.959964
"""Standard errors on either side of what is drawn, between which 19 of 20 repetitions lie."""


def sampling_of(view: View) -> Sampling:
    """What the page draws."""
    return Sampling(
        view.scenario,
        choices.SEED.of(view),
        frozenset(choices.DRAWN_GROUPS.of(view)),
        MappingProxyType(dict(by_key(choices.RANGES.of(view)))),
        frozenset(held_keys(view)),
    )


def drawn_of(view: View) -> Drawn:
    """The draws that the page is asked for: all of them where few are, those made so far where they are many.

    They stay in the one store for all visitors, which is bounded: a view that kept them would keep them from it.
    """
    sampling, measure, draws = sampling_of(view), measure_asked(view), choices.DRAWS.of(view)
    at_once = min(draws, AT_ONCE)
    if known(sampling, measure) < at_once:
        with heavy():
            drawn(sampling, measure, at_once, give_way)
    return so_far(sampling, measure, draws)


def too_many(view: View) -> tuple[Refusal, ...]:
    """Why a data address does not make so many draws, or nothing."""
    draws = choices.DRAWS.of(view)
    if draws <= AT_ONCE:
        return ()
    reason = f"a data address makes {AT_ONCE:,} draws at most; the page makes more, and its downloads hold them"
    return (Refusal(choices.DRAWS.key, str(draws), reason, "nothing"),)


def bar_of(view: View) -> float:
    """What a draw must reach, in the unit of the output: the reader's bar, else the reference's result."""
    chosen = choices.BAR.of(view)
    if chosen is not None:
        return chosen
    return float(measure_asked(view).of(view.reference))


def in_year(values: Points, view: View) -> Points:
    """Draws (draws,) of the year in focus."""
    return values[:, view.year if values.shape[1] > 1 else 0]


@dataclass(frozen=True, slots=True)
class Chance:
    """A share of draws with the ends between which it would lie in 19 of 20 repetitions (E. B. Wilson, 1927)."""

    share: float
    low: float
    high: float
    draws: int

    @classmethod
    def of(cls, hits: int, draws: int) -> "Chance":
        """From how many of the draws reached what was asked."""
        share, z2 = hits / draws, NORMAL_95**2
        middle = (share + z2 / (2 * draws)) / (1 + z2 / draws)
        half = NORMAL_95 * sqrt(share * (1 - share) / draws + z2 / (4 * draws**2)) / (1 + z2 / draws)
        return cls(
            share, max(middle - half, 0.0) if hits else 0.0, min(middle + half, 1.0) if hits < draws else 1.0, draws
        )

    @property
    def words(self) -> str:
        """The chance as a reader wants it: "63 %", near its ends "99.4 %"."""
        if min(self.share, 1.0 - self.share) < 0.01:
            return percent(self.share, 1)
        return percent(self.share, 0)


@kept
def chance_of(view: View) -> Chance:
    """The chance of reaching the bar in the year in focus."""
    values = in_year(drawn_of(view).values, view)
    return Chance.of(int(np.count_nonzero(values >= bar_of(view))), len(values))


def cut_words(found: Drawn) -> str:
    """How many draws asked more of Canton than it can build, or nothing."""
    if not found.cut:
        return ""
    share = percent(found.cut / found.draws, 1)
    return (
        f"In {found.cut:,} draws ({share}) more cars were drawn for Canton than it can build: "
        "they were brought to what fits, trucks for Honda first."
    )
