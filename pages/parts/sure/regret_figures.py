"""Which choice is safest: the regret table in numbers, a chart and plain words."""

from collections.abc import Callable
from typing import Final

import altair as alt
import pandas as pd

from model.regret import AS_SET, PLANS, STATES, Regret, plan_of, regret
from pages.parts import choices
from pages.parts.charts import Chart
from pages.parts.sure.asked import whose_words
from pages.parts.tables import Table
from pages.parts.view import View
from pages.parts.words import figure, number

BAR_COLOR: Final = "#CC79A7"
BEST: Final = "best"
_STEP_PX: Final = 50
_LINE_PX: Final = 15


def regret_choices(view: View) -> tuple[str, ...]:
    """The choices compared; the sliders' own plan is left out where another of them is the same plan."""
    asked = choices.REGRET_CHOICES.of(view) or (AS_SET,)
    own = plan_of(AS_SET, view.scenario)
    others = tuple(name for name in asked if name != AS_SET)
    same = any(plan_of(name, view.scenario) == own for name in others)
    return others if same and len(others) > 0 else asked


def regret_of(view: View) -> Regret:
    """The choices against the states that the page is asked for."""
    states = choices.REGRET_STATES.of(view) or (AS_SET,)
    return regret(view.scenario, regret_choices(view), states, choices.WHOSE.of(view))


def regret_table(view: View) -> Table:
    """Every choice in every state of the world: its value today, and what the best choice brings more."""
    found = regret_of(view)
    best = found.value_jpy_bn.max(axis=0)
    records: list[tuple[object, ...]] = [
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
    columns = {
        "choice": "What the companies choose",
        "choice_key": "Name of the choice in links",
        "state": "State of the world",
        "state_key": "Name of the state in links",
        "value_jpy_bn": "Value today of all changes against the reference, after tax, JPY bn",
        "best_jpy_bn": "The same of the best of these choices in this state, JPY bn",
        "regret_jpy_bn": "What the best choice brings more, JPY bn",
    }
    whose = whose_words(choices.WHOSE.of(view))
    return Table.of("regret", f"Which choice is safest for {whose}", columns, records)


def worst_rows(view: View) -> pd.DataFrame:
    """The worst regret of each choice, the safest first, with its words."""
    found = regret_of(view)
    worst = found.worst_jpy_bn
    order = sorted(range(len(found.choices)), key=lambda i: (float(worst[i]), i))
    rows = []
    for rank, i in enumerate(order, start=1):
        state = STATES[found.states[int(found.regret_jpy_bn[i].argmax())]].label
        regrets = float(worst[i]) > 0.0
        words = f"{figure(float(worst[i]), 'JPY bn')}, if “{state}”" if regrets else "never the worse one"
        rows.append(
            {
                "rank": rank,
                "worst": float(worst[i]),
                "label_name": PLANS[found.choices[i]],
                "label_worst": words,
                "label": f"{PLANS[found.choices[i]]}: {words}",
            }
        )
    return pd.DataFrame(rows)


def regret_bars(rows: pd.DataFrame) -> Chart:
    """A bar for the worst regret of each choice, the safest on top.

    rows: of `worst_rows`
    """
    base = alt.Chart(rows).encode(y=alt.Y("rank:O", axis=None), tooltip=[alt.Tooltip("label:N", title="At worst")])
    across = alt.X(
        "worst:Q",
        title="At worst, less than the best choice, JPY bn of value today",
        axis=alt.Axis(format=",~f", tickCount=5),
    )
    bars = base.mark_bar(height=14, color=BAR_COLOR).encode(x=across, description=alt.Description("label:N"))
    names = base.mark_text(align="left", dy=-_LINE_PX, fontWeight="bold").encode(
        x=alt.value(0), text=alt.Text("label_name:N")
    )
    words = base.mark_text(align="right", dy=-_LINE_PX, fontSize=11).encode(
        x=alt.value("width"), text=alt.Text("label_worst:N")
    )
    return alt.layer(bars, names, words).properties(height=alt.Step(_STEP_PX))


def regret_finding(view: View) -> str:
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
        f"{names} {'are' if many else 'is'} safest: at worst {figure(least, 'JPY bn')} less in value today than "
        f"the best choice, if “{state}”"
    )


def regret_in_words(view: View) -> pd.DataFrame:
    """A row for each state, a column for each choice: best, or how much less it brings than the best, in JPY bn."""
    found = regret_of(view)
    records = [
        {"If": STATES[state].label} | dict(zip(_names(found), map(_less, losses), strict=True))
        for state, losses in zip(found.states, found.regret_jpy_bn.T, strict=True)
    ]
    worst = [f"**{_less(loss)}**" for loss in found.worst_jpy_bn]
    return pd.DataFrame([*records, {"If": "**At worst**"} | dict(zip(_names(found), worst, strict=True))])


def _names(found: Regret) -> list[str]:
    return [PLANS[choice] for choice in found.choices]


def _less(loss_jpy_bn: float) -> str:
    return BEST if loss_jpy_bn <= 1e-9 else number(-loss_jpy_bn, 0 if loss_jpy_bn >= 10.0 else 1)


TABLES: Final[dict[str, Callable[[View], Table]]] = {"regret": regret_table}
"""Tables of this module by name."""
