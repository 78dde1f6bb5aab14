"""Break-even values in words: beside each slider, and as a table."""

from collections.abc import Sequence
from math import inf
from typing import Final

from model.analysis.break_even import BreakEven, break_evens, target_break_evens
from model.analysis.ranges import by_key
from model.links import number_text
from model.registry import ASSUMPTIONS, LEVERS_BY_ROLE
from pages.kit.columns import Columns
from pages.kit.figure import Figure
from pages.kit.measure_words import whose_words
from pages.kit.view import View, kept
from pages.kit.words import assumption_value, percent, quantity
from pages.sensitivity.target import reached_words, target_companies, target_gap_of, target_meaning, target_words
from pages.session import choices

MOST_SHOWN: Final = 5
"""Flips that are shown; all others are folded away."""

_MOST_NAMED: Final = 3
_LEVERS: Final = frozenset(key for keys in LEVERS_BY_ROLE.values() for key in keys)

NOT_WITHIN: Final = "not within range"
ANY: Final = "any value"
NO_DIFFERENCE: Final = "no value: it makes no difference"


@kept
def break_evens_of(view: View) -> dict[str, BreakEven]:
    """Where each assumption alone meets the target that the Sensitivity page is asked for."""
    if choices.GOAL.of(view) is None:
        return target_break_evens(view.scenario, choices.TARGET.of(view), target_companies(view), view.year)
    return {one.key: one for one in break_evens(view.scenario, target_gap_of(view))}


def met_words(one: BreakEven) -> str:
    """The values at which the target is met, all of them, or that there are none."""
    if not one.moves:
        return f"{ANY}: it makes no difference" if one.gap_now == 0.0 else NO_DIFFERENCE
    if not one.met:
        return NOT_WITHIN
    if one.met == (one.looked_in,):
        return ANY
    return " or ".join(_stretch_words(one.key, *stretch) for stretch in one.met)


def _stretch_words(key: str, low: float, high: float) -> str:
    first, last = assumption_value(key, low), assumption_value(key, high)
    return first if first == last else f"{first} to {last}"


def is_plausible(one: BreakEven) -> bool:
    """Whether the target is met somewhere within the plausible range."""
    a = ASSUMPTIONS[one.key]
    return one.moves and any(low <= a.high and high >= a.low for low, high in one.met)


def beside_slider(one: BreakEven) -> str:
    """What stands under a slider."""
    return f"Break-even: {met_words(one)}"


def _records(view: View) -> list[tuple[object, ...]]:
    """For each assumption, every value at which it alone meets the target."""
    return [
        (
            ASSUMPTIONS[one.key].label,
            one.key,
            ASSUMPTIONS[one.key].unit,
            one.now,
            met_words(one),
            "; ".join(_numbers(*stretch) for stretch in one.met) if one.moves else "",
            len(one.met) if one.moves else 0,
            "yes" if is_plausible(one) else "no",
            *one.looked_in,
            one.gap_now,
            one.closest,
        )
        for one in break_evens_of(view).values()
    ]


def _numbers(low: float, high: float) -> str:
    first, last = (number_text(float(f"{value:.9g}")) for value in (low, high))
    return first if first == last else f"{first} to {last}"


def nearest_value(one: BreakEven) -> float | None:
    """The value nearest to the scenario's own at which the target is met; nothing where it is met there alone."""
    ends = [min(max(one.now, low), high) for low, high in one.met]
    away = [end for end in ends if abs(end - one.now) > 1e-6 * max(1.0, abs(one.now))]
    return min(away, key=lambda end: abs(end - one.now), default=None) if one.moves else None


def move_share(view: View, one: BreakEven) -> float:
    """How far an assumption has to move for the target, as a share of its plausible range [share]."""
    a, value = ASSUMPTIONS[one.key], nearest_value(one)
    low, high = by_key(choices.RANGES.of(view)).get(one.key, (a.low, a.high))
    return abs(value - one.now) / (high - low) if value is not None and high > low else inf


@kept
def flips(view: View) -> tuple[BreakEven, ...]:
    """What meets the target alone, somewhere else than it stands, the smallest move first."""
    found = [one for one in break_evens_of(view).values() if nearest_value(one) is not None]
    return tuple(sorted(found, key=lambda one: move_share(view, one)))


def near_flips(view: View) -> tuple[BreakEven, ...]:
    """The nearest flips of levers: of what somebody, or the world, may move."""
    return tuple(one for one in flips(view) if one.key in _LEVERS)[:MOST_SHOWN]


def flips_words(view: View) -> str:
    """Which levers meet the target with the smallest moves, in a sentence; empty where none does."""
    ways = [
        f"“{ASSUMPTIONS[one.key].label}” {'falls' if value < one.now else 'rises'} to "
        f"{assumption_value(one.key, value)}"
        for one in near_flips(view)[:_MOST_NAMED]
        if (value := nearest_value(one)) is not None
    ]
    return f"{reached_words(view)} if {', or '.join(ways)}, each alone in this model." if ways else ""


def break_even_in_words(view: View) -> tuple[Columns, Columns, Columns]:
    """The nearest flips; then all others: those within their plausible range, and those beyond it only."""
    near = near_flips(view)
    rest = [one for one in flips(view) if one not in near]
    within, beyond = ([one for one in rest if is_plausible(one) == wanted] for wanted in (True, False))
    return _in_words(view, near), _in_words(view, within), _in_words(view, beyond)


def _in_words(view: View, found: Sequence[BreakEven]) -> Columns:
    ranges = [(one.key, ASSUMPTIONS[one.key].low, ASSUMPTIONS[one.key].high) for one in found]
    return {
        "Assumption, now": [f"{ASSUMPTIONS[one.key].label}, {assumption_value(one.key, one.now)}" for one in found],
        "Break-even": [met_words(one) for one in found],
        "Plausible": [f"{assumption_value(k, low)} to {assumption_value(k, high)}" for k, low, high in ranges],
        "Move, of that range": [_move_words(move_share(view, one)) for one in found],
    }


def _move_words(share: float) -> str:
    return "no range" if share == inf else percent(share, 0)


def _finding(view: View) -> str:
    """Where the scenario stands to the target, and how many assumptions reach it alone."""
    found = list(break_evens_of(view).values())
    gap = found[0].gap_now
    meaning = target_meaning(view)
    whose = whose_words(choices.WHOSE.of(view))
    plausible = sum(is_plausible(one) for one in found)
    reaching = sum(bool(one.met) and one.moves for one in found)
    if gap == 0.0:
        return (
            f"For {whose}, {meaning} as things stand: most assumptions break that as soon as they move; "
            "a number of your own as the target tells what it takes"
        )
    side = f"{quantity(abs(gap), 'JPY bn')} {'above' if gap > 0.0 else 'short of'} that"
    if not reaching:
        return f"No single assumption brings {whose} to where {meaning}; the scenario is {side}"
    return (
        f"{reaching} of {len(found)} assumptions, each alone, would bring {whose} to where {meaning}, "
        f"{plausible or 'none'} of them within the plausible range; the scenario is {side}"
    )


BREAK_EVEN: Final = Figure(
    name="break_even",
    title=lambda view: f"Break-even: {target_words(view)}, {view.year_label}",
    columns={
        "assumption": "Assumption",
        "key": "Name in links",
        "unit": "Unit of its values",
        "scenario_value": "Value in the scenario",
        "met_at": "Where the target is met, all else held, in words",
        "met_values": "The same values, in the unit; as text, since there may be several",
        "times_met": "At how many values, or stretches of values",
        "plausible": "Whether one of them is within the plausible range",
        "lowest_value": "Lowest value looked at",
        "highest_value": "Highest value looked at",
        "gap_now_jpy_bn": "Distance from the target in the scenario, JPY bn",
        "closest_jpy_bn": "Smallest distance from the target found, JPY bn",
    },
    records=_records,
    finding=_finding,
)
