"""Break-even values in words: beside each slider, and as a table."""

from typing import Final

from model.analysis.break_even import BreakEven, target_break_evens
from model.links import number_text
from model.registry import ASSUMPTIONS
from pages.kit.columns import Columns
from pages.kit.figure import Figure
from pages.kit.measure_words import whose_words
from pages.kit.view import View, kept
from pages.kit.words import assumption_value, quantity
from pages.sensitivity.target import TARGET_MEANINGS, target_companies, target_words
from pages.session import choices

NOT_WITHIN: Final = "not within range"
ANY: Final = "any value"
NO_DIFFERENCE: Final = "no value: it makes no difference"


@kept
def break_evens_of(view: View) -> dict[str, BreakEven]:
    """Where each assumption alone meets the target that the Sensitivity page is asked for."""
    return target_break_evens(view.scenario, choices.TARGET.of(view), target_companies(view), view.year)


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


def break_even_in_words(view: View) -> tuple[Columns, Columns]:
    """Assumptions that meet the target alone within their plausible range, and those that do beyond it only."""
    found = [one for one in break_evens_of(view).values() if one.moves and _tells_more(one)]
    first, beyond = ([one for one in found if is_plausible(one) == wanted] for wanted in (True, False))
    return _in_words(first), _in_words(beyond)


def _tells_more(one: BreakEven) -> bool:
    """Whether the target is met anywhere but at the scenario's own value."""
    return any(max(abs(low - one.now), abs(high - one.now)) > 1e-6 * max(1.0, abs(one.now)) for low, high in one.met)


def _in_words(found: list[BreakEven]) -> Columns:
    ranges = [(one.key, ASSUMPTIONS[one.key].low, ASSUMPTIONS[one.key].high) for one in found]
    return {
        "Assumption, now": [f"{ASSUMPTIONS[one.key].label}, {assumption_value(one.key, one.now)}" for one in found],
        "Break-even": [met_words(one) for one in found],
        "Plausible": [f"{assumption_value(k, low)} to {assumption_value(k, high)}" for k, low, high in ranges],
    }


def _finding(view: View) -> str:
    """Where the scenario stands to the target, and how many assumptions reach it alone."""
    found = list(break_evens_of(view).values())
    gap = found[0].gap_now
    meaning = TARGET_MEANINGS[choices.TARGET.of(view)]
    whose = whose_words(choices.WHOSE.of(view))
    plausible = sum(is_plausible(one) for one in found)
    reaching = sum(bool(one.met) and one.moves for one in found)
    if gap == 0.0:
        return f"For {whose}, {meaning} as things stand: most assumptions break that as soon as they move"
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
