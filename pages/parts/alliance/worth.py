"""What the alliance is worth today: the five years and the years after, per company and together."""

from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from pages.parts.alliance import pieces, reading
from pages.parts.alliance.reading import DELIVERS, EVERYONE, FAILS, TOGETHER, YEARS_AFTER
from pages.parts.charts import COMPANY_COLORS, GREY, Chart
from pages.parts.columns import Columns, on_first_of_each, total_of_each
from pages.parts.tables import Table
from pages.parts.view import View
from pages.parts.words import figure, in_sentence, number, signed

TOGETHER_COLOR: Final = "#009E73"
HORIZON: Final = "The five years"
AFTER: Final = "The years after"
WHO_COLORS: Final = {**COMPANY_COLORS, TOGETHER: TOGETHER_COLOR}


def value_jpy_bn(view: View, who: str) -> float:
    """Value of the scenario's alliance today [JPY bn], of a company or of both together."""
    return float(reading.value(view.projection, who))


def value_per_share_jpy(view: View, company: str) -> float:
    """Value of the scenario's alliance per share of a company [JPY]."""
    return float(np.asarray(view.projection.once_company["value_per_share_jpy"][company]))


def value_otherwise(view: View) -> tuple[float, str]:
    """Value today of both together [JPY bn] in the case that the scenario leaves open, and that case in words."""
    place, case = (1, DELIVERS) if reading.chance_share(view) == 0.0 else (2, FAILS)
    return float(reading.value(reading.outcomes(view), TOGETHER)[place]), in_sentence(case)


def value_parts(view: View) -> Table:
    """Value today, split into the five years and the years after, per company and together."""
    years_after = float(view.scenario.values[YEARS_AFTER])
    swept = reading.swept(view, YEARS_AFTER, 0.0, years_after)
    records: list[tuple[object, ...]] = []
    for who in EVERYONE:
        horizon, total = (float(v) for v in reading.value(swept, who))
        records += [(reading.name(who), HORIZON, horizon), (reading.name(who), AFTER, total - horizon)]
    columns = {
        "who": "Company, or both together",
        "part": "The five fiscal years, or the years the alliance goes on after them",
        "value_jpy_bn": "Value today, after tax, JPY bn",
    }
    return Table.of("alliance_value_parts", "Value of the alliance today", columns, records)


def value_rows(table: Table) -> Columns:
    """Parts of the value with their place in the bar, and the sum at the bar's right end."""
    values = table.values
    bars, parts = values["who"], values["value_jpy_bn"]
    ups, downs = (pieces.side_totals(bars, parts, sign) for sign in (1.0, -1.0))
    low, high = pieces.extent([*ups.values(), *downs.values()], 0.05)
    return pieces.drawn(
        values,
        (low, high + 0.22 * (high - low)),
        rank=[(HORIZON, AFTER).index(part) for part in values["part"]],
        right_jpy_bn=[ups[who] for who in bars],
        label=pieces.signed_yen(parts),
        label_total=on_first_of_each(bars, pieces.in_yen(total_of_each(bars, parts))),
    )


def value_bars(rows: pd.DataFrame) -> Chart:
    """Value today: the five years solid, the years after pale, with the sum.

    rows: of `value_rows`
    """
    title, who = "Value today, after tax, JPY bn", pieces.rows("who:N", dict.fromkeys(rows["who"]))
    bars = (
        alt.Chart(rows)
        .mark_bar(height={"band": 0.58})
        .encode(
            y=who,
            x=pieces.across("value_jpy_bn:Q", title),
            color=alt.Color("who:N", scale=pieces.colors(WHO_COLORS), legend=None),
            opacity=alt.Opacity(
                "part:N",
                scale=alt.Scale(domain=[HORIZON, AFTER], range=[1.0, 0.4]),
                legend=pieces.legend(symbolType="square", symbolFillColor=GREY, symbolStrokeColor=GREY),
            ),
            order=alt.Order("rank:Q"),
            tooltip=pieces.tips(who="Company", part="Earned in", label="Value today"),
        )
    )
    base = alt.Chart(rows).encode(y=who, x=alt.X("right_jpy_bn:Q", title=title))
    labels = pieces.on_both_sides(base, "right_jpy_bn", "label_total", False)
    return alt.layer(*pieces.frame(rows, "x", title), bars, *labels).properties(height=alt.Step(44))


def value_finding(view: View) -> str:
    """How much of the value lies within the five years."""
    values = value_parts(view).values
    parts = zip(values["who"], values["part"], values["value_jpy_bn"], strict=True)
    together = {part: value for who, part, value in parts if who == TOGETHER}
    total, after = figure(sum(together.values()), "JPY bn"), view.scenario.values[YEARS_AFTER]
    if after == 0.0:
        return f"Together {total} today, all of it from the five years"
    span = "year" if after == 1.0 else f"{number(after)} years"
    return (
        f"Together {total} today: {signed(together[HORIZON], 'JPY bn')} from the five years, "
        f"{signed(together[AFTER], 'JPY bn')} from the {span} after"
    )
