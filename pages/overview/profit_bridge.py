"""The steps from the reference's operating profit to the scenario's."""

from functools import partial
from typing import Final

import numpy as np

from model.bridge import bridge_of
from model.editions import COMPANIES, COMPANY_LABELS
from model.outputs import CHANNELS
from pages.kit.charts import COMPANY_COLORS
from pages.kit.figure import Figure
from pages.kit.forms import Waterfall
from pages.kit.results import result_name
from pages.kit.tables import NO_PIN_IN_BRIDGE, bridge_records
from pages.kit.view import View
from pages.kit.words import change_words, in_sentence, moves, quantity


def _records(view: View, company: str) -> list[tuple[object, ...]]:
    """From total to total, by cause."""
    profit, reference = view.at_year(company, "operating_profit_jpy_bn")
    steps = bridge_of(view.scenario, view.projection, company, view.year)
    return bridge_records(reference, ((step.label, step.effect_jpy_bn) for step in steps), profit)


def _results(view: View, company: str) -> tuple[str, ...]:
    """The totals, and every step that is there."""
    moved = (name for name in CHANNELS if moves(view.at_year(company, name)[0]))
    shown = ("reference_profit_jpy_bn", *moved, "operating_profit_jpy_bn")
    return tuple(result_name(name, company) for name in shown)


def _finding(view: View, company: str) -> str:
    """The largest cause of the change, in its direction."""
    profit, base = view.at_year(company, "operating_profit_jpy_bn")
    steps = bridge_of(view.scenario, view.projection, company, view.year)
    direction = float(np.sign(profit - base)) if moves(profit - base) else 0.0
    largest = max(steps, key=lambda step: step.effect_jpy_bn * direction or abs(step.effect_jpy_bn))
    name = COMPANY_LABELS[company]
    if not moves(largest.effect_jpy_bn):
        return f"{name}: nothing differs from the reference"
    cause = f"{in_sentence(largest.label)} {change_words(largest.effect_jpy_bn, 'JPY bn')}"
    return f"{name} {change_words(profit - base, 'JPY bn', quantity(0.0, 'JPY bn'))}, most of it: {cause}"


def _figure(company: str) -> Figure:
    name = COMPANY_LABELS[company]
    return Figure(
        name=f"bridge_{company}",
        title=lambda view: f"{name}: from reference to scenario, {view.year_label}",
        columns={
            "step": "Cause",
            "effect_jpy_bn": "Effect on operating profit, JPY bn",
            "from_jpy_bn": "Operating profit before the step, JPY bn",
            "to_jpy_bn": "Operating profit after the step, JPY bn",
            "kind": "Total, gain or loss",
        },
        results=partial(_results, company=company),
        records=partial(_records, company=company),
        without_pin=NO_PIN_IN_BRIDGE,
        form=Waterfall(COMPANY_COLORS[name]),
        finding=partial(_finding, company=company),
    )


BRIDGES: Final = {company: _figure(company) for company in COMPANIES}
"""By company."""
