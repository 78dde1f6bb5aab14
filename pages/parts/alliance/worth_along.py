"""What the alliance is worth along its chance or its years, and from where on it is worth its cost."""

from collections.abc import Iterable
from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from model.editions import COMPANIES
from model.registry import ASSUMPTIONS
from pages.parts.alliance import pieces, reading, worth
from pages.parts.alliance.reading import CHANCE, EVERYONE, TINY_JPY_BN, TOGETHER, YEARS_AFTER
from pages.parts.alliance.worth import WHO_COLORS
from pages.parts.charts import GREY, Chart
from pages.parts.columns import Columns
from pages.parts.sure.break_even import crossings
from pages.parts.tables import Table
from pages.parts.view import View, kept
from pages.parts.words import in_sentence, number, percent

_NOT: Final = "not"
_SHAPES: Final = {"Honda": "circle", "Nissan": "square", TOGETHER: "triangle-up"}


@kept
def break_even(view: View, key: str, who: str) -> tuple[str, float | None]:
    """Where the value today turns positive along an assumption: "from", "up to", "any" or "none", and the value."""
    a = ASSUMPTIONS[key]
    values = reading.value(reading.swept(view, key, *_grid(key)), who)
    low, high = float(values[0]), float(values[-1])
    if np.all(values >= -TINY_JPY_BN) or np.all(values <= TINY_JPY_BN):
        return ("any" if low + high > 0.0 else "none"), None
    margin = 1e-6 * (a.maximum - a.minimum)
    met = crossings(view.scenario, key, lambda projection: reading.value(projection, who))
    inside = [at for at in met if a.minimum + margin < at < a.maximum - margin]
    return ("from" if high > low else "up to"), inside[0] if inside else None


def _grid(key: str) -> Iterable[float]:
    """Points over the whole range of an assumption, at which lines are drawn."""
    return (float(point) for point in np.linspace(ASSUMPTIONS[key].minimum, ASSUMPTIONS[key].maximum, 21))


def chance_words(view: View, who: str) -> str:
    """The chance from which a company gains, in words: "from a chance of 27 %"."""
    how, at = break_even(view, CHANCE, who)
    if at is None:
        return "at any chance" if how == "any" else f"{_NOT} at any chance"
    return f"{how} a chance of {percent(at, 0)}"


def years_words(view: View, who: str) -> str:
    """How long the alliance must go on after the horizon for a company to gain, in words."""
    how, at = break_even(view, YEARS_AFTER, who)
    if at is None:
        return "even if it ends with the fifth year" if how == "any" else f"{_NOT} within 20 years more"
    return f"if it goes on {'at least' if how == 'from' else 'at most'} {number(at, 1)} years more"


def value_along(view: View, key: str) -> Table:
    """Value today along an assumption, all else held, per company and together."""
    a = ASSUMPTIONS[key]
    swept = reading.swept(view, key, *_grid(key))
    records: list[tuple[object, ...]] = [
        (reading.name(who), float(point), float(value))
        for who in EVERYONE
        for point, value in zip(_grid(key), reading.value(swept, who), strict=True)
    ]
    columns = {
        "who": "Company, or both together",
        key: f"{a.label}, {'share of 1' if a.unit == 'share' else 'years'}",
        "value_jpy_bn": "Value today, after tax, JPY bn",
    }
    title = f"Value of the alliance today by: {in_sentence(a.label)}"
    return Table.of("alliance_value_by_chance" if key == CHANCE else "alliance_value_by_years", title, columns, records)


def value_line_rows(table: Table, view: View, key: str) -> Columns:
    """Value along an assumption, with its zero crossings and the scenario's own value as rows of their own."""
    share = ASSUMPTIONS[key].unit == "share"
    lines, points = table.values, table.values[key]
    zeros = {reading.name(who): at for who in EVERYONE if (at := break_even(view, key, who)[1]) is not None}
    here = float(view.scenario.values[key])
    side = "left" if here > (max(points) + min(points)) / 2.0 else "right"
    where = [*points, *zeros.values(), here]
    values = [*lines["value_jpy_bn"], *(0.0 for _ in zeros), worth.value_jpy_bn(view, TOGETHER)]
    return pieces.drawn(
        {
            "who": [*lines["who"], *zeros, TOGETHER],
            key: where,
            "value_jpy_bn": values,
            "mark": [*("line" for _ in points), *("zero" for _ in zeros), f"here, {side}"],
        },
        pieces.extent(values),
        label=pieces.in_yen(values),
        label_where=[percent(v, 0) if share else f"{number(v, 1)} years" for v in where],
    )


def value_lines(rows: pd.DataFrame, key: str, across_title: str) -> Chart:
    """Value today along an assumption, a line per company and one for both; zero crossings are marked.

    rows: of `value_line_rows`; key: the assumption, the column of the horizontal axis
    """
    share, title = ASSUMPTIONS[key].unit == "share", "Value today, JPY bn"
    across = alt.X(
        f"{key}:Q",
        title=across_title,
        scale=alt.Scale(nice=False, zero=True),
        axis=alt.Axis(tickCount=5, format="~%" if share else "~g", grid=False),
    )
    color = alt.Color("who:N", scale=pieces.colors(WHO_COLORS), legend=pieces.legend(symbolSize=90))
    base = alt.Chart(rows).encode(x=across, y=pieces.upward_unstacked("value_jpy_bn:Q", title))
    lines = (
        base.transform_filter(alt.datum.mark == "line")
        .mark_line(strokeWidth=2.5)
        .encode(color=color, tooltip=pieces.tips(who="Company", label_where=across_title, label="Value today"))
    )
    zeros = (
        base.transform_filter(alt.datum.mark == "zero")
        .mark_point(filled=True, size=110, opacity=1, stroke="white", strokeWidth=1, aria=False)
        .encode(
            color=color,
            shape=alt.Shape("who:N", scale=pieces.colors(_SHAPES), legend=None),
            tooltip=pieces.tips(who="Company", label_where="Worth nothing at"),
        )
    )
    here = alt.Chart(rows).transform_filter("slice(datum.mark, 0, 4) == 'here'").encode(x=across)
    rule = here.mark_rule(strokeDash=[3, 3], strokeWidth=1.5, color=GREY)
    low = alt.Y("room_low_jpy_bn:Q", title=title)
    left, right = (here.transform_filter(alt.datum.mark == f"here, {side}").encode(y=low) for side in ("left", "right"))
    names = (
        left.mark_text(align="right", dx=-6, baseline="bottom", text="this scenario"),
        right.mark_text(align="left", dx=6, baseline="bottom", text="this scenario"),
    )
    return alt.layer(*pieces.frame(rows, "y", title), lines, rule, *names, zeros).properties(height=290)


def chance_finding(view: View) -> str:
    """The chance from which the alliance is worth its cost."""
    return _of_everyone({who: chance_words(view, who) for who in EVERYONE})


def years_finding(view: View) -> str:
    """How long the alliance must go on after the horizon to be worth its cost."""
    return _of_everyone({who: years_words(view, who) for who in EVERYONE})


def _of_everyone(words: dict[str, str]) -> str:
    """When the alliance is worth its cost to both together and to each, told once where it is the same."""
    together = words[TOGETHER]
    if together.startswith(_NOT):
        claim = f"Together not worth its cost{together.removeprefix(_NOT)}"
    else:
        claim = f"Together worth its cost {together}"
    if len(set(words.values())) == 1:
        return f"{claim}, {'nor' if together.startswith(_NOT) else 'and so'} for each company"
    short = {c: words[c].replace("a chance of ", "").replace("if it goes on ", "") for c in COMPANIES}
    return f"{claim}; Honda {short['honda']}, Nissan {short['nissan']}"
