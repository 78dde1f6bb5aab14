"""What the alliance is worth along its chance or its years, and from where on it is worth its cost."""

from collections.abc import Iterable
from functools import partial
from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from model.analysis.break_even import crossings
from model.editions import COMPANIES
from model.registry import ASSUMPTIONS
from model.worlds import CHANCE
from pages.alliance import axes, colors, effects, worth
from pages.alliance.effects import EVERYONE, TOGETHER, YEARS_AFTER
from pages.alliance.labels import in_yen, tips
from pages.alliance.worth import WHO_COLORS
from pages.kit.axes import extent, with_ends
from pages.kit.charts import GREY, Chart
from pages.kit.columns import Columns
from pages.kit.figure import Custom, Figure
from pages.kit.tables import Table
from pages.kit.view import View, kept
from pages.kit.words import DUST, in_sentence, number, percent

_NOT: Final = "not"
_SHAPES: Final = {"Honda": "circle", "Nissan": "square", TOGETHER: "triangle-up"}


@kept
def break_even(view: View, key: str, who: str) -> tuple[str, float | None]:
    """Where the value today turns positive along an assumption: "from", "up to", "any" or "none", and the value."""
    a = ASSUMPTIONS[key]
    values = effects.value(effects.swept(view, key, *_grid(key)), who)
    low, high = float(values[0]), float(values[-1])
    if np.all(values >= -DUST) or np.all(values <= DUST):
        return ("any" if low + high > 0.0 else "none"), None
    margin = 1e-6 * (a.maximum - a.minimum)
    met = crossings(view.scenario.freed, key, lambda projection: effects.value(projection, who))
    inside = [at for at in met if a.minimum + margin < at < a.maximum - margin]
    return ("from" if high > low else "up to"), inside[0] if inside else None


def _grid(key: str) -> Iterable[float]:
    """Points over the whole range of an assumption, at which lines are drawn."""
    return (float(point) for point in np.linspace(ASSUMPTIONS[key].minimum, ASSUMPTIONS[key].maximum, 21))


def _chance_words(view: View, who: str) -> str:
    """The chance from which a company gains, in words: "from a chance of 27 %"."""
    how, at = break_even(view, CHANCE, who)
    if at is None:
        return "at any chance" if how == "any" else f"{_NOT} at any chance"
    return f"{how} a chance of {percent(at, 0)}"


def _years_words(view: View, who: str) -> str:
    """How long the alliance must go on after the horizon for a company to gain, in words."""
    how, at = break_even(view, YEARS_AFTER, who)
    if at is None:
        return "even if it ends with the fifth year" if how == "any" else f"{_NOT} within 20 years more"
    return f"if it goes on {'at least' if how == 'from' else 'at most'} {number(at, 1)} years more"


def _records(view: View, key: str) -> list[tuple[object, ...]]:
    """Value today along an assumption, all else held, per company and together."""
    swept = effects.swept(view, key, *_grid(key))
    return [
        (effects.name(who), float(point), float(value))
        for who in EVERYONE
        for point, value in zip(_grid(key), effects.value(swept, who), strict=True)
    ]


def _marks(table: Table, view: View, key: str) -> Columns:
    """Value along an assumption, with its zero crossings and the scenario's own value as rows of their own."""
    share = ASSUMPTIONS[key].unit == "share"
    lines, points = table.values, table.values[key]
    zeros = {effects.name(who): at for who in EVERYONE if (at := break_even(view, key, who)[1]) is not None}
    here = float(view.scenario.values[key])
    side = "left" if here > (max(points) + min(points)) / 2.0 else "right"
    where = [*points, *zeros.values(), here]
    values = [*lines["value_jpy_bn"], *(0.0 for _ in zeros), worth.value_jpy_bn(view, TOGETHER)]
    return with_ends(
        {
            "who": [*lines["who"], *zeros, TOGETHER],
            key: where,
            "value_jpy_bn": values,
            "mark": [*("line" for _ in points), *("zero" for _ in zeros), f"here, {side}"],
        },
        extent(values),
        label=in_yen(values),
        label_where=[percent(v, 0) if share else f"{number(v, 1)} years" for v in where],
    )


def _chart(marks: pd.DataFrame, key: str, across_title: str) -> Chart:
    """Value today along an assumption, a line per company and one for both; zero crossings are marked.

    key: the assumption, the column of the horizontal axis
    """
    share, title = ASSUMPTIONS[key].unit == "share", "Value today, JPY bn"
    across = alt.X(
        f"{key}:Q",
        title=across_title,
        scale=alt.Scale(nice=False, zero=True),
        axis=alt.Axis(tickCount=5, format="~%" if share else "~g", grid=False),
    )
    color = alt.Color("who:N", scale=colors.scale(WHO_COLORS), legend=colors.legend(symbolSize=90))
    base = alt.Chart(marks).encode(x=across, y=axes.upward_unstacked("value_jpy_bn:Q", title))
    lines = (
        base.transform_filter(alt.datum.mark == "line")
        .mark_line(strokeWidth=2.5)
        .encode(color=color, tooltip=tips(who="Company", label_where=across_title, label="Value today"))
    )
    zeros = (
        base.transform_filter(alt.datum.mark == "zero")
        .mark_point(filled=True, size=110, opacity=1, stroke="white", strokeWidth=1, aria=False)
        .encode(
            color=color,
            shape=alt.Shape("who:N", scale=colors.scale(_SHAPES), legend=None),
            tooltip=tips(who="Company", label_where="Worth nothing at"),
        )
    )
    here = alt.Chart(marks).transform_filter("slice(datum.mark, 0, 4) == 'here'").encode(x=across)
    rule = here.mark_rule(strokeDash=[3, 3], strokeWidth=1.5, color=GREY)
    low = alt.Y("room_low:Q", title=title)
    left, right = (here.transform_filter(alt.datum.mark == f"here, {side}").encode(y=low) for side in ("left", "right"))
    names = (
        left.mark_text(align="right", dx=-6, baseline="bottom", text="this scenario"),
        right.mark_text(align="left", dx=6, baseline="bottom", text="this scenario"),
    )
    return alt.layer(*axes.frame(marks, "y"), lines, rule, *names, zeros).properties(height=290)


def _finding(view: View, key: str) -> str:
    """Where the alliance is worth its cost to both together and to each, told once where it is the same."""
    words_of = _chance_words if key == CHANCE else _years_words
    words = {who: words_of(view, who) for who in EVERYONE}
    together = words[TOGETHER]
    if together.startswith(_NOT):
        claim = f"Together not worth its cost{together.removeprefix(_NOT)}"
    else:
        claim = f"Together worth its cost {together}"
    if len(set(words.values())) == 1:
        return f"{claim}, {'nor' if together.startswith(_NOT) else 'and so'} for each company"
    short = {c: words[c].replace("a chance of ", "").replace("if it goes on ", "") for c in COMPANIES}
    return f"{claim}; Honda {short['honda']}, Nissan {short['nissan']}"


def _across(view: View, key: str) -> tuple[str, str]:
    """The assumption along which the lines are drawn, and the title of its axis."""
    return key, "Chance that it delivers" if key == CHANCE else f"Years it goes on after {view.projection.years[-1]}"


def _figure(name: str, key: str) -> Figure:
    a = ASSUMPTIONS[key]
    return Figure(
        name=name,
        title=f"Value of the alliance today by: {in_sentence(a.label)}",
        columns={
            "who": "Company, or both together",
            key: f"{a.label}, {'share of 1' if a.unit == 'share' else 'years'}",
            "value_jpy_bn": "Value today, after tax, JPY bn",
        },
        records=partial(_records, key=key),
        form=Custom(_chart, partial(_marks, key=key), partial(_across, key=key)),
        finding=partial(_finding, key=key),
    )


VALUE_BY_CHANCE: Final = _figure("alliance_value_by_chance", CHANCE)
VALUE_BY_YEARS: Final = _figure("alliance_value_by_years", YEARS_AFTER)
