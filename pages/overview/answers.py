"""What ready scenarios do to profit: the answer before anything is moved."""

from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from model.delivery import projected
from model.editions import COMPANIES, COMPANY_LABELS
from model.links import scenario_of_preset
from model.presets import ALLIANCES, PRESETS, presets_of
from pages.kit.charts import Chart, company_color, unseen, zero_line
from pages.kit.columns import Columns
from pages.kit.figure import Custom, Figure
from pages.kit.tables import Table
from pages.kit.view import View, kept
from pages.kit.words import change_words, signed

PICKED: Final = "picked_answer"
"""Name of the selection that a click on a row makes."""

_PROFIT: Final = "operating_profit_jpy_bn"
_ROW_PX: Final = 46


def answers_of(view: View) -> tuple[str, ...]:
    """Presets on the view's facts that change something, in the order of the list."""
    return tuple(name for name in presets_of(view.scenario.edition) if PRESETS[name].overrides)


@kept
def _changes(view: View, name: str) -> dict[str, tuple[float, float]]:
    """Profit of each company in the year in focus under a preset, and in the reference [JPY bn]."""
    found = projected(scenario_of_preset(name, view.scenario.edition))
    year = view.year
    return {
        c: (
            float(np.asarray(found.company[c][_PROFIT])[year]),
            float(np.asarray(view.reference.company[c][_PROFIT])[year]),
        )
        for c in COMPANIES
    }


def _records(view: View) -> list[tuple[object, ...]]:
    return [
        (name, PRESETS[name].label, COMPANY_LABELS[company], profit - reference, profit, reference)
        for name in answers_of(view)
        for company, (profit, reference) in _changes(view, name).items()
    ]


def _marks(table: Table, view: View) -> Columns:
    """The values, with the scenario's name above its row and both changes in words at its end."""
    values = table.values
    names, companies, changes = values["preset"], values["company"], values["change_jpy_bn"]
    words: dict[str, list[str]] = {}
    for name, company, change in zip(names, companies, changes, strict=True):
        words.setdefault(name, []).append(f"{company} {signed(change, 'JPY bn').replace('JPY ', '')}")
    ranks = {name: rank for rank, name in enumerate(words)}
    first = [company == companies[0] for company in companies]
    return {
        **values,
        "rank": [ranks[name] for name in names],
        "label_name": [label if is_first else "" for label, is_first in zip(values["scenario"], first, strict=True)],
        "label_changes": [
            ", ".join(words[name]) if is_first else "" for name, is_first in zip(names, first, strict=True)
        ],
        "label": [
            f"{label}: {company} {change_words(change, 'JPY bn')}"
            for label, company, change in zip(values["scenario"], companies, changes, strict=True)
        ],
    }


def _chart(marks: pd.DataFrame) -> Chart:
    """A dot for each company on the line of its scenario, from a line at zero."""
    base = alt.Chart(marks).encode(y=alt.Y("rank:O", axis=None), tooltip=[alt.Tooltip("label:N", title="Change")])
    picked = alt.selection_point(name=PICKED, fields=["preset"], on="click", toggle=False, empty=False)
    x = alt.X("change_jpy_bn:Q", title="Change of operating profit, JPY bn", axis=alt.Axis(format="+,.0f", tickCount=5))
    color = company_color(alt.Legend(title=None, orient="top", symbolType="circle", symbolOpacity=1.0))
    lines = base.mark_rule(strokeWidth=2, opacity=0.5).encode(x=x, x2=alt.datum(0), color=color)
    dots = (
        base.mark_point(filled=True, size=130, opacity=1.0, cursor="pointer")
        .encode(x=x, color=color, description=alt.Description("label:N"))
        .add_params(picked)
    )
    above = base.mark_text(align="left", dy=-15, fontWeight="bold").encode(
        x=alt.value(0), text=alt.Text("label_name:N")
    )
    words = base.mark_text(align="right", dy=-15).encode(x=alt.value("width"), text=alt.Text("label_changes:N"))
    zero = zero_line(alt.Chart(marks).transform_filter(alt.datum.rank == 0))
    return alt.layer(zero, lines, dots, above, words, unseen(base).encode(x=x)).properties(height=alt.Step(_ROW_PX))


def _finding(view: View) -> str:
    """Which of them takes most and which adds most, of both companies together."""
    sums = {name: sum(p - r for p, r in _changes(view, name).values()) for name in answers_of(view)}
    if not sums:
        return "No ready scenario stands on these facts"
    worst, best = (PRESETS[pick(sums, key=lambda name: sums[name])].label for pick in (min, max))
    return f"Of {len(sums)} ready scenarios, “{worst}” takes most from both and “{best}” adds most"


def alliance_sentence(view: View) -> str:
    """What an alliance does where it goes well and where it fails; empty where no preset on these facts says."""
    pair = next((pair for pair in ALLIANCES if set(pair) <= set(answers_of(view))), None)
    if pair is None:
        return ""
    well, failed = (_bold(view, name) for name in pair)
    return (
        f"An alliance that goes well moves the profit of {view.year_label} by {well}; "
        f"one that fails after the money is spent by {failed}."
    )


def _bold(view: View, name: str) -> str:
    changes = _changes(view, name).items()
    return " and ".join(f"**{signed(p - r, 'JPY bn')}** at {COMPANY_LABELS[c]}" for c, (p, r) in changes)


ANSWERS: Final = Figure(
    name="answers",
    title=lambda view: f"What ready scenarios do to operating profit, {view.year_label}",
    columns={
        "preset": "Name of the scenario in links",
        "scenario": "Scenario",
        "company": "Company",
        "change_jpy_bn": "Change of operating profit against the reference, JPY bn",
        "profit_jpy_bn": "Operating profit, JPY bn",
        "reference_jpy_bn": "Operating profit in the reference, JPY bn",
    },
    results=(),
    records=_records,
    form=Custom(_chart, _marks),
    finding=_finding,
    without_pin="Ready scenarios stand beside the reference as they are: Compare sets what is pinned beside them.",
)
