"""Where a target is met: one assumption moved alone until the distance from the target is zero.

All assumptions are looked at together: one call of the model over a grid of each range finds the neighbours
between which a target is met. Where the line between them does not meet it, SciPy's root finder narrows all at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from scipy.optimize.elementwise import find_root

from model.links import Scenario
from model.measures import Points
from model.registry import ASSUMPTIONS
from model.stance import MAIN_ASSUMPTIONS
from model.sweeps import Range, Variation, feasible_range, one_at_a_time, plausible_range
from model.targets import Gap, payback_gap, target_gap

POINTS_ALONE: Final = 201
POINTS_TOGETHER: Final = 65
"""Points of the grid over each range: two crossings between neighbours are not told apart."""

_MET_JPY_BN: Final = 1e-9
"""A gap this small is rounding: the target is met."""

_RANGE_POINTS: Final = 21
_TOLERANCES: Final = {"xatol": 1e-11, "xrtol": 1e-13, "fatol": 0.0, "frtol": 0.0}  # of the range


@dataclass(frozen=True, slots=True)
class BreakEven:
    """Where one assumption, all else held, meets a target.

    key: the assumption, in whose unit values are given
    now: its value in the scenario
    looked_in: lowest and highest value it can take
    met: where the target is met, lowest first: a single value as (value, value), or a stretch
    gap_now, closest: the distance from the target in the scenario, and the smallest one on the grid [JPY bn]
    moves: whether the assumption changes the distance at all
    """

    key: str
    now: float
    looked_in: Range
    met: tuple[Range, ...]
    gap_now: float
    closest: float
    moves: bool


def break_evens(
    scenario: Scenario,
    gap: Gap,
    keys: Sequence[str] = tuple(ASSUMPTIONS),
    points: int = POINTS_TOGETHER,
    ranges: Sequence[Range] | None = None,
) -> tuple[BreakEven, ...]:
    """For each assumption, every value at which it alone meets a target.

    gap: the distance from the target [JPY bn]
    points: of the grid over each range, at least 2
    ranges: to look in, one per assumption; what the assumption can take unless given
    """
    looked = list(ranges) if ranges else [feasible_range(scenario, key) for key in keys]
    grids = [np.linspace(low, high, points) for low, high in looked]
    rows = [(key, float(value)) for key, grid in zip(keys, grids, strict=True) for value in grid]
    here = (keys[0], scenario.values[keys[0]])
    *tried, now = _cleaned(gap(one_at_a_time(scenario, [*rows, here])))
    gaps, gap_now = np.reshape(tried, (len(keys), points)), float(now)
    brackets = [_Bracket(i, *found) for i, own in enumerate(gaps) for found in _changes(own)]
    roots = _narrowed(scenario, gap, keys, grids, gaps, brackets)
    results = []
    for i, (key, own, grid, bounds) in enumerate(zip(keys, gaps, grids, looked, strict=True)):
        found = [(bracket, root) for bracket, root in zip(brackets, roots, strict=True) if bracket.row == i]
        met = _stretches(own, grid, found) if bounds[0] < bounds[1] else ()
        moves = bool(np.ptp(own) > _MET_JPY_BN * max(1.0, float(np.abs(own).max())))
        nearest = float(np.abs([*own, gap_now]).min())
        results.append(BreakEven(key, scenario.values[key], bounds, met, gap_now, nearest, moves))
    return tuple(results)


def _cleaned(gaps: Points) -> Points:
    return np.where(np.abs(gaps) <= _MET_JPY_BN, 0.0, gaps)


@dataclass(frozen=True, slots=True)
class _Bracket:
    """Neighbours on the grid of an assumption between which the gap leaves zero, or changes sign.

    row: of the assumption; left: index of the lower neighbour
    edge: whether one of the two meets the target, so that the end of a stretch lies between them
    """

    row: int
    left: int
    edge: bool


def _changes(gaps: Points) -> list[tuple[int, bool]]:
    """Lower neighbour, and whether a stretch on which the target is met may end between the two."""
    zero, sign = gaps == 0.0, np.sign(gaps)
    crosses = [(int(i), False) for i in np.flatnonzero(sign[:-1] * sign[1:] < 0.0)]
    in_stretch = zero & (np.append(zero[1:], False) | np.append(False, zero[:-1]))
    leaves = (in_stretch[:-1] & ~zero[1:]) | (~zero[:-1] & in_stretch[1:])
    return sorted([*crosses, *((int(i), True) for i in np.flatnonzero(leaves))])


def _narrowed(
    scenario: Scenario,
    gap: Gap,
    keys: Sequence[str],
    grids: Sequence[Points],
    gaps: Points,
    brackets: Sequence[_Bracket],
) -> list[float]:
    """The value in each bracket at which the gap is zero, or where it stops being so; gaps: on the grids."""
    if not brackets:
        return []
    low = np.array([grids[b.row][b.left] for b in brackets])
    width = np.array([grids[b.row][b.left + 1] - grids[b.row][b.left] for b in brackets])
    at_ends = np.array([gaps[b.row][b.left : b.left + 2] for b in brackets])
    edge = np.array([b.edge for b in brackets])

    def distance(part: Points, bracket: Points) -> Points:
        chosen = bracket.astype(int)
        if np.isin(part, (0.0, 1.0)).all():  # the root finder begins at the ends, which are on the grid
            found: Points = at_ends[chosen, part.astype(int)]
        else:
            values = low[chosen] + part * width[chosen]
            rows: list[Variation] = [(keys[brackets[b].row], float(v)) for b, v in zip(chosen, values, strict=True)]
            found = np.asarray(gap(one_at_a_time(scenario, rows)), dtype=np.float64)
        # The end of a stretch is where the gap grows out of what is rounding.
        distances: Points = np.where(edge[chosen], np.abs(found) - _MET_JPY_BN, found)
        return distances

    # Most gaps are straight between neighbours on the grid: one look at where the line meets zero tells.
    every = np.arange(len(brackets), dtype=np.float64)
    left, right = at_ends.T
    parts = left / (left - right)
    still = every[edge | (np.abs(distance(parts, every)) > _MET_JPY_BN)]
    if still.size:
        ends = (np.zeros(still.size), np.ones(still.size))
        parts[still.astype(int)] = find_root(distance, ends, args=(still,), tolerances=_TOLERANCES).x
    return [float(value) for value in low + parts * width]


def _stretches(gaps: Points, grid: Points, found: Sequence[tuple[_Bracket, float]]) -> tuple[Range, ...]:
    """Where the target is met, lowest first, from the grid's zeros and the narrowed roots between them."""
    roots = {bracket.left: root for bracket, root in found}
    met: list[Range] = []
    start: float | None = None
    for i, gap in enumerate(gaps):
        if gap == 0.0 and start is None:
            start = roots.get(i - 1, float(grid[i])) if i else float(grid[0])
        if start is not None and (i + 1 == len(gaps) or gaps[i + 1] != 0.0):
            alone = not (i and gaps[i - 1] == 0.0)
            met.append((float(grid[i]),) * 2 if alone else (start, roots.get(i, float(grid[i]))))
            start = None
        elif gap != 0.0 and i in roots and i + 1 < len(gaps) and gaps[i + 1] != 0.0:
            met.append((roots[i], roots[i]))
    return tuple(met)


def crossings(
    scenario: Scenario, key: str, gap: Gap, low: float | None = None, high: float | None = None
) -> tuple[float, ...]:
    """Values of an assumption at which a target is met, lowest first; empty where it is met nowhere.

    gap: the distance from the target
    low, high: range to look in, the feasible range of the assumption unless given
    A target that is met over a whole stretch counts at the stretch's lower end.
    """
    feasible = feasible_range(scenario, key)
    bottom = feasible[0] if low is None else max(low, feasible[0])
    top = feasible[1] if high is None else min(high, feasible[1])
    if bottom >= top:
        return ()
    (found,) = break_evens(scenario, gap, (key,), POINTS_ALONE, [(bottom, top)])
    return tuple(start for start, _ in found.met)


Pairs = tuple[tuple[str, float], ...]


@lru_cache(maxsize=16)
def _break_evens_kept(
    edition: str, preset: str, pairs: Pairs, world: str, target: str, companies: tuple[str, ...], year: int
) -> tuple[BreakEven, ...]:
    scenario = Scenario(edition, preset, dict(pairs), world)
    return break_evens(scenario, target_gap(target, companies, year))


def target_break_evens(scenario: Scenario, target: str, companies: tuple[str, ...], year: int) -> dict[str, BreakEven]:
    """Where each assumption alone meets a target, by key; kept, as every slider and the page ask for it.

    target: of `TARGETS`; year: 0 to 4
    """
    pairs = tuple(scenario.asked.items())
    found = _break_evens_kept(scenario.edition, scenario.preset, pairs, scenario.world, target, companies, year)
    return {one.key: one for one in found}


# ---------------------------------------------------------------------- what would have to be true


@dataclass(frozen=True, slots=True)
class Payback:
    """Where one assumption, all else held, lets the alliance pay back the net tariff cost.

    key: the assumption, in whose unit values are given
    now: its value in the scenario
    slider: lowest and highest value it can take
    plausible: lowest and highest plausible value
    met: stretches of the slider on which the cost is paid back, lowest first; empty where it is nowhere
    gap_now_jpy_bn: benefit less cost in the scenario [JPY bn]
    worst_jpy_bn, best_jpy_bn: lowest and highest gap within the plausible range [JPY bn]
    closest: value on the slider with the highest gap, and that gap [JPY bn]
    moves: whether the assumption changes the gap at all
    """

    key: str
    now: float
    slider: Range
    plausible: Range
    met: tuple[Range, ...]
    gap_now_jpy_bn: float
    worst_jpy_bn: float
    best_jpy_bn: float
    closest: tuple[float, float]
    moves: bool

    @property
    def met_plausibly(self) -> bool:
        """Whether a plausible value pays the cost back."""
        low, high = self.plausible
        return any(start <= high and end >= low for start, end in self.met)


def paybacks(
    scenario: Scenario, companies: Sequence[str], year: int, keys: Sequence[str] = MAIN_ASSUMPTIONS
) -> tuple[Payback, ...]:
    """For each assumption, where it alone lets the alliance pay back the net tariff cost of these companies.

    year: 0 to 4
    """
    gap = payback_gap(companies, year)
    found = break_evens(scenario, gap, keys, POINTS_ALONE)
    edges = [
        np.unique([one.looked_in[0], *(value for stretch in one.met for value in stretch), one.looked_in[1]])
        if one.looked_in[0] < one.looked_in[1]
        else np.array(one.looked_in)
        for one in found
    ]
    rows: list[list[float]] = []
    for one, cuts in zip(found, edges, strict=True):
        plausible = plausible_range(scenario, one.key)
        between = (cuts[:-1] + cuts[1:]) / 2.0
        over = [*np.linspace(*one.looked_in, _RANGE_POINTS), *np.linspace(*plausible, _RANGE_POINTS)]
        rows.append([one.now, *map(float, over), *map(float, between)])
    tried = [(key, value) for key, own in zip(keys, rows, strict=True) for value in own]
    gaps = np.split(gap(one_at_a_time(scenario, tried)), np.cumsum([len(own) for own in rows])[:-1])
    return tuple(
        _payback(scenario, one, cuts, own, np.array(values))
        for one, cuts, own, values in zip(found, edges, gaps, rows, strict=True)
    )


def _payback(scenario: Scenario, one: BreakEven, edges: Points, gaps: Points, tried: Points) -> Payback:
    over_slider, over_plausible = gaps[1 : 1 + _RANGE_POINTS], gaps[1 + _RANGE_POINTS : 1 + 2 * _RANGE_POINTS]
    closest = int(np.argmax(over_slider))
    return Payback(
        key=one.key,
        now=one.now,
        slider=one.looked_in,
        plausible=plausible_range(scenario, one.key),
        met=_met_stretches(edges, gaps[1 + 2 * _RANGE_POINTS :]),
        gap_now_jpy_bn=float(gaps[0]),
        worst_jpy_bn=float(over_plausible.min()),
        best_jpy_bn=float(over_plausible.max()),
        closest=(float(tried[1 + closest]), float(over_slider[closest])),
        moves=one.moves,
    )


def _met_stretches(edges: Points, gaps_between: Points) -> tuple[Range, ...]:
    """Stretches on which the gap is not negative; an edge between two unmet stretches is one of no length.

    edges: ends of the slider with the crossings between them (n,); gaps_between: gap amid each pair (n - 1,)
    """
    met: list[Range] = []
    for i, gap in enumerate(gaps_between):
        start, end = float(edges[i]), float(edges[i + 1])
        if gap >= 0.0:
            met.append((met.pop()[0], end) if met and met[-1][1] == start else (start, end))
        elif i > 0 and gaps_between[i - 1] < 0.0:
            met.append((start, start))
    return tuple(met)
