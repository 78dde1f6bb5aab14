"""Which choice is safest: what each brings less than the best one, in every state of the world."""

from typing import Final

from model.regret import AS_SET, PLANS, STATES, Regret, moves, plan_of, regret
from pages.kit.columns import Columns
from pages.kit.figure import Figure
from pages.kit.forms import NamedBars
from pages.kit.given import given_words, held_keys
from pages.kit.measure_words import whose_words
from pages.kit.tables import Table
from pages.kit.view import View, kept
from pages.kit.words import DUST, number, quantity
from pages.session import choices

_BAR_COLOR: Final = "#CC79A7"
BEST: Final = "best"


def regret_choices(view: View) -> tuple[str, ...]:
    """The choices compared; the sliders' own plan is left out where another of them is the same plan."""
    asked = choices.REGRET_CHOICES.of(view) or (AS_SET,)
    own = plan_of(AS_SET, view.scenario)
    others = tuple(name for name in asked if name != AS_SET)
    same = any(plan_of(name, view.scenario) == own for name in others)
    return others if same and len(others) > 0 else asked


@kept
def regret_of(view: View) -> Regret:
    """The choices against the states that the page is asked for."""
    held = frozenset(held_keys(view))
    states = tuple(state for state in choices.REGRET_STATES.of(view) if not moves(state) & held) or (AS_SET,)
    return regret(view.scenario, regret_choices(view), states, choices.WHOSE.of(view))


def left_out_words(view: View) -> str:
    """Which states are not compared because they move what is held, as a sentence; empty where none is."""
    held = frozenset(held_keys(view))
    left = [f"“{STATES[state].label}”" for state in choices.REGRET_STATES.of(view) if moves(state) & held]
    return f"Not compared, as you set what differs in it: {', '.join(left)}." if left else ""


def _records(view: View) -> list[tuple[object, ...]]:
    """Every choice in every state of the world: its value today, and what the best choice brings more."""
    found = regret_of(view)
    best = found.value_jpy_bn.max(axis=0)
    return [
        (
            PLANS[choice],
            choice,
            STATES[state].label,
            state,
            float(found.value_jpy_bn[row, column]),
            float(best[column]),
            float(found.regret_jpy_bn[row, column]),
        )
        for row, choice in enumerate(found.choices)
        for column, state in enumerate(found.states)
    ]


def _marks(table: Table, view: View) -> Columns:
    """The worst regret of each choice, the safest first, with its words."""
    found = regret_of(view)
    worst = [float(loss) for loss in found.worst_jpy_bn]
    order = sorted(range(len(worst)), key=lambda i: (worst[i], i))
    states = [STATES[found.states[int(found.regret_jpy_bn[i].argmax())]].label for i in order]
    words = [
        f"{quantity(worst[i], 'JPY bn')}, if “{state}”" if worst[i] > 0.0 else "never the worse one"
        for i, state in zip(order, states, strict=True)
    ]
    names = [PLANS[found.choices[i]] for i in order]
    return {
        "rank": list(range(1, len(order) + 1)),
        "worst": [worst[i] for i in order],
        "label_name": names,
        "label_worst": words,
        "label": [f"{name}: {word}" for name, word in zip(names, words, strict=True)],
    }


def _finding(view: View) -> str:
    """The safest choice and what it costs at worst, in plain words."""
    found = regret_of(view)
    if len(found.choices) < 2:
        return "One choice alone is neither safe nor unsafe: add another"
    least = float(found.worst_jpy_bn.min())
    names = " and ".join(f"“{PLANS[c]}”" for c in found.safest)
    many = len(found.safest) > 1
    if least == 0.0:
        return f"{names} {'are' if many else 'is'} best in every state of the world compared"
    index = found.choices.index(found.safest[0])
    state = STATES[found.states[int(found.regret_jpy_bn[index].argmax())]].label
    return (
        f"{names} {'are' if many else 'is'} safest: at worst {quantity(least, 'JPY bn')} less in value today than "
        f"the best choice, if “{state}”"
    )


REGRET: Final = Figure(
    name="regret",
    title=lambda view: f"Which choice is safest for {whose_words(choices.WHOSE.of(view))}{given_words(view)}",
    columns={
        "choice": "What the companies choose",
        "choice_key": "Name of the choice in links",
        "state": "State of the world",
        "state_key": "Name of the state in links",
        "value_jpy_bn": "Value today of all changes against the reference, after tax, JPY bn",
        "best_jpy_bn": "The same of the best of these choices in this state, JPY bn",
        "regret_jpy_bn": "What the best choice brings more, JPY bn",
    },
    records=_records,
    form=NamedBars(
        _marks,
        column="worst",
        axis="At worst, less than the best choice, JPY bn of value today",
        digits=",~f",
        told="At worst",
        words="label_worst",
        height=14,
        color=_BAR_COLOR,
        small=True,
    ),
    finding=_finding,
)


def regret_in_words(view: View) -> Columns:
    """A row for each state, a column for each choice: best, or how much less it brings than the best, in JPY bn."""
    found = regret_of(view)
    of_choices = zip(found.choices, found.regret_jpy_bn, found.worst_jpy_bn, strict=True)
    return {
        "If": [*(STATES[state].label for state in found.states), "**At worst**"],
        **{PLANS[name]: [*map(_less, losses), f"**{_less(worst)}**"] for name, losses, worst in of_choices},
    }


def _less(loss_jpy_bn: float) -> str:
    return BEST if loss_jpy_bn <= DUST else number(-loss_jpy_bn, 0 if loss_jpy_bn >= 10.0 else 1)
