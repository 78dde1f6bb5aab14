"""What Canton adds to each company's profit in the year in focus, by cause."""

import altair as alt
import numpy as np
import pandas as pd

from pages.parts.charts import Chart, company_color
from pages.parts.columns import Columns, rows_where
from pages.parts.plant.marks import TO_THE_ENDS, ends, row_axis, strength, with_room, zero
from pages.parts.plant.reading import CAUSES, GAP, gains, markup_usd
from pages.parts.plant.words import chance_words, gains_words, short_change
from pages.parts.tables import Table
from pages.parts.view import View
from pages.parts.words import signed


def canton_gains(view: View) -> Table:
    """What Canton adds to each company's operating profit in the year in focus, by cause."""
    markup = markup_usd(view)
    fee_share = view.scenario.values["transfer_fee_usd"] / markup if markup > 0.0 else 0.0
    records: list[tuple[object, ...]] = []
    honda = view.projection.company["honda"]
    for name, cause in CAUSES.items():
        if cause == GAP:
            continue
        records.append(("Honda", cause, float(np.asarray(honda[name])[view.year])))
    received, gap = (view.at_year("nissan", f"{name}_effect_jpy_bn")[0] for name in ("transfer", "planning_gap"))
    records.append(("Honda", "Honda in all", gains(view)["honda"]))
    records.append(("Nissan", "Fixed cost paid by Honda", received - received * fee_share))
    records.append(("Nissan", "Fee", received * fee_share))
    records.append(("Nissan", GAP, gap))
    records.append(("Nissan", "Nissan in all", gains(view)["nissan"]))
    columns = {
        "company": "Company",
        "cause": "Cause",
        "effect_jpy_bn": "Effect on operating profit, JPY bn, in expectation",
    }
    return Table.of("canton_gains", f"Who gains what from Canton, {view.year_label}", columns, records)


def gains_finding(view: View) -> str:
    """Who gains more."""
    words = gains_words(gains(view)).replace("**", "")
    return f"In {view.year_label} {words}{chance_words(view)}"


def gains_rows(table: Table) -> Columns:
    """Gains by cause with their labels, sums in full colour; without a cause that changes nothing."""
    causes = zip(table.values["cause"], table.values["effect_jpy_bn"], strict=True)
    values = rows_where(table.values, [cause.endswith("in all") or effect != 0.0 for cause, effect in causes])
    effects = values["effect_jpy_bn"]
    return {
        **with_room(values, effects, 0.22),
        "right_jpy_bn": [max(effect, 0.0) for effect in effects],
        "strength": [1.0 if cause.endswith("in all") else 0.55 for cause in values["cause"]],
        "label": [short_change(effect) for effect in effects],
        "label_effect": [signed(effect, "JPY bn") for effect in effects],
    }


def gains_chart(rows: pd.DataFrame) -> Chart:
    """Gains and costs per company and cause, the sums last.

    rows: of `gains_rows`
    """
    base = alt.Chart(rows).encode(
        y=alt.Y("cause:N", sort=list(rows["cause"]), title=None, axis=row_axis(170)),
        tooltip=[
            alt.Tooltip("company:N", title="Company"),
            alt.Tooltip("cause:N", title="Cause"),
            alt.Tooltip("label_effect:N", title="Effect on operating profit"),
        ],
    )
    bars = base.mark_bar(height={"band": 0.64}).encode(
        x=alt.X(
            "effect_jpy_bn:Q", title="Operating profit, JPY bn a year", scale=TO_THE_ENDS, axis=alt.Axis(tickCount=5)
        ),
        color=company_color(),
        opacity=strength(),
    )
    labels = base.mark_text(align="left", dx=5).encode(x=alt.X("right_jpy_bn:Q"), text=alt.Text("label:N"))
    return alt.layer(ends(rows, "x"), zero(rows, "x"), bars, labels).properties(height=alt.Step(31))
