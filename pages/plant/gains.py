"""What Canton adds to each company's profit in the year in focus, by cause."""

from typing import Final

import altair as alt
import numpy as np

from model.bridge import done_where_open, not_delivered_label
from model.editions import COMPANY_LABELS
from pages.kit.charts import company_color
from pages.kit.columns import Columns, rows_where
from pages.kit.figure import Figure
from pages.kit.forms import Bars
from pages.kit.results import results_of
from pages.kit.tables import Table
from pages.kit.view import View
from pages.kit.words import signed
from pages.plant.canton import CAUSES, GAP, gains, gains_in, markup_usd
from pages.plant.words import chance_words, gains_words, short_change


def _records(view: View) -> list[tuple[object, ...]]:
    """What Canton adds to each company's operating profit in the year in focus, by cause."""
    markup = markup_usd(view)
    fee_share = view.scenario.values["transfer_fee_usd"] / markup if markup > 0.0 else 0.0
    done = done_where_open(view.scenario)
    told = done or view.projection

    def effect(company: str, name: str) -> float:
        return float(np.asarray(told.company[company][name])[view.year])

    received, gap = (effect("nissan", f"{name}_effect_jpy_bn") for name in ("transfer", "planning_gap"))
    causes = {
        "honda": {cause: effect("honda", name) for name, cause in CAUSES.items() if cause != GAP},
        "nissan": {
            "Fixed cost paid by Honda": received - received * fee_share,
            "Fee": received * fee_share,
            GAP: gap,
        },
    }
    records: list[tuple[object, ...]] = []
    for company, gain in gains(view).items():
        if done:
            causes[company][not_delivered_label(view.scenario)] = gain - gains_in(done, view.year)[company]
        causes[company][f"{COMPANY_LABELS[company]} in all"] = gain
        records += [(COMPANY_LABELS[company], cause, amount) for cause, amount in causes[company].items()]
    return records


def _finding(view: View) -> str:
    """Who gains more."""
    words = gains_words(gains(view)).replace("**", "")
    return f"In {view.year_label} {words}{chance_words(view)}"


def _marks(table: Table, view: View) -> Columns:
    """Gains by cause with their labels, sums in full colour; without a cause that changes nothing."""
    causes = zip(table.values["cause"], table.values["effect_jpy_bn"], strict=True)
    values = rows_where(table.values, [cause.endswith("in all") or effect != 0.0 for cause, effect in causes])
    effects = values["effect_jpy_bn"]
    return {
        **values,
        "strength": [1.0 if cause.endswith("in all") else 0.55 for cause in values["cause"]],
        "label": [short_change(effect) for effect in effects],
        "label_effect": [signed(effect, "JPY bn") for effect in effects],
    }


GAINS: Final = Figure(
    name="canton_gains",
    title=lambda view: f"Who gains what from Canton, {view.year_label}",
    columns={
        "company": "Company",
        "cause": "Cause",
        "effect_jpy_bn": "Effect on operating profit, JPY bn, in expectation",
    },
    results=results_of(CAUSES),
    records=_records,
    form=Bars(
        _marks,
        name="cause",
        reach=("effect_jpy_bn",),
        axis=alt.Axis(title="Operating profit, JPY bn a year", tickCount=5),
        told={"company": "Company", "cause": "Cause", "label_effect": "Effect on operating profit"},
        color=company_color(),
        room=0.22,
        line=True,
    ),
    finding=_finding,
)
