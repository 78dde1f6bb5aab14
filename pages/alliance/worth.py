"""What the alliance is worth today: the five years and the years after, per company and together."""

from typing import Final

import altair as alt
import pandas as pd

from pages.alliance import axes, colors, effects
from pages.alliance.effects import DELIVERS, EVERYONE, FAILS, TOGETHER, YEARS_AFTER
from pages.alliance.labels import in_yen, signed_yen
from pages.kit.axes import extent, with_ends
from pages.kit.charts import COMPANY_COLORS, GREY
from pages.kit.columns import Columns, on_first_of_each, total_of_each
from pages.kit.figure import Figure
from pages.kit.forms import StackedBars
from pages.kit.results import results_of
from pages.kit.tables import Table
from pages.kit.view import View
from pages.kit.words import in_sentence, number, quantity, signed

TOGETHER_COLOR: Final = "#009E73"
HORIZON: Final = "The five years"
AFTER: Final = "The years after"
WHO_COLORS: Final = {**COMPANY_COLORS, TOGETHER: TOGETHER_COLOR}


def value_jpy_bn(view: View, who: str) -> float:
    """Value of the scenario's alliance today [JPY bn], of a company or of both together."""
    return float(effects.value(view.projection, who))


def value_otherwise(view: View) -> tuple[float, str]:
    """Value today of both together [JPY bn] in the case that the scenario leaves out, and that case in words."""
    place, case = (1, DELIVERS) if view.chance_share == 0.0 else (2, FAILS)
    return float(effects.value(effects.outcomes(view), TOGETHER)[place]), in_sentence(case)


def _records(view: View) -> list[tuple[object, ...]]:
    """Value today, split into the five years and the years after, per company and together."""
    years_after = float(view.scenario.values[YEARS_AFTER])
    swept = effects.swept(view, YEARS_AFTER, 0.0, years_after)
    records: list[tuple[object, ...]] = []
    for who in EVERYONE:
        horizon, total = (float(v) for v in effects.value(swept, who))
        records += [(effects.name(who), HORIZON, horizon), (effects.name(who), AFTER, total - horizon)]
    return records


def _marks(table: Table, view: View) -> Columns:
    """Parts of the value with their place in the bar, and the sum at the bar's right end: the years after are pale."""
    values = table.values
    bars, parts = values["who"], values["value_jpy_bn"]
    ups, downs = (axes.side_totals(bars, parts, sign) for sign in (1.0, -1.0))
    low, high = extent([*ups.values(), *downs.values()], 0.05)
    return with_ends(
        values,
        (low, high + 0.22 * (high - low)),
        rank=[(HORIZON, AFTER).index(part) for part in values["part"]],
        end=[ups[who] for who in bars],
        label=signed_yen(parts),
        label_total=on_first_of_each(bars, in_yen(total_of_each(bars, parts))),
    )


def _color(marks: pd.DataFrame) -> alt.Color:
    return alt.Color("who:N", scale=colors.scale(WHO_COLORS), legend=None)


def _finding(view: View) -> str:
    """How much of the value lies within the five years."""
    values = VALUE_PARTS.table(view).values
    parts = zip(values["who"], values["part"], values["value_jpy_bn"], strict=True)
    together = {part: value for who, part, value in parts if who == TOGETHER}
    total, after = quantity(sum(together.values()), "JPY bn"), view.scenario.values[YEARS_AFTER]
    if after == 0.0:
        return f"Together {total} today, all of it from the five years"
    span = "year" if after == 1.0 else f"{number(after)} years"
    return (
        f"Together {total} today: {signed(together[HORIZON], 'JPY bn')} from the five years, "
        f"{signed(together[AFTER], 'JPY bn')} from the {span} after"
    )


VALUE_PARTS: Final = Figure(
    name="alliance_value_parts",
    title="Value of the alliance today",
    columns={
        "who": "Company, or both together",
        "part": "The five fiscal years, or the years the alliance goes on after them",
        "value_jpy_bn": "Value today, after tax, JPY bn",
    },
    results=results_of(("alliance_npv_jpy_bn",)),
    records=_records,
    form=StackedBars(
        _marks,
        name="who",
        amount="value_jpy_bn",
        axis=axes.across("Value today, after tax, JPY bn"),
        told={"who": "Company", "part": "Earned in", "label": "Value today"},
        color=_color,
        height=44,
        opacity=alt.Opacity(
            "part:N",
            scale=alt.Scale(domain=[HORIZON, AFTER], range=[1.0, 0.4]),
            legend=colors.legend(symbolType="square", symbolFillColor=GREY, symbolStrokeColor=GREY),
        ),
    ),
    finding=_finding,
)
