"""Operating margin against the rate on one tariff, with the real rates marked on its axis."""

from functools import lru_cache, partial
from typing import Final, Literal

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.story import TariffRate, tariff_rates
from model.analysis.break_even import crossings
from model.editions import COMPANIES, COMPANY_LABELS, MOST_KEPT, edition
from model.links import Scenario, scenario_of_preset
from model.presets import DEFAULT_PRESET
from model.projection import Projection
from model.registry import ASSUMPTIONS
from model.sweeps import sweep
from pages.kit.charts import CASE_DASH, CASE_DASH_PINNED, COMPANY_COLORS, PIN_WIDTH, Chart, company_color, unseen
from pages.kit.columns import Columns
from pages.kit.figure import Custom, Figure
from pages.kit.tables import PINNED, REFERENCE, SCENARIO, Table
from pages.kit.view import View
from pages.kit.words import NBSP, in_sentence, listed, number, percent, quantity

LANDMARKS: Final = ("japan_mfn", "japan_after_deal", "car_additional", "japan_before_deal")
"""Real rates on imported cars, by their id in the table of rates."""

SWEPT_WORDS: Final = {
    "japan_tariff_share": "cars from Japan",
    "usmca_tariff_share": "cars from Canada and Mexico",
}

_STEP: Final = 0.1  # ten percentage points: the yardstick of the finding


def landmark_rates() -> tuple[TariffRate, ...]:
    """Real rates to mark on an axis of rates, lowest first."""
    by_id = {rate.id: rate for rate in tariff_rates()}
    return tuple(sorted((by_id[name] for name in LANDMARKS), key=lambda rate: rate.rate_share))


def landmark_words() -> str:
    """What the marked rates are, in one sentence."""
    words = [f"{quantity(rate.rate_share, 'share')}: {in_sentence(rate.label)}" for rate in landmark_rates()]
    return f"Dotted lines mark real rates. {'; '.join(words)}."


def _rate_points(key: str, rates: tuple[float, ...]) -> NDArray[np.float64]:
    """Every step of the slider, the real rates, and the rates asked for [share]."""
    a = ASSUMPTIONS[key]
    even = np.linspace(a.minimum, a.maximum, round((a.maximum - a.minimum) / a.step) + 1).round(9)
    marks = [rate.rate_share for rate in landmark_rates() if a.minimum <= rate.rate_share <= a.maximum]
    return np.unique(np.concatenate([even, marks, rates]))


@lru_cache(maxsize=MOST_KEPT)
def _reference_margins(edition_name: str, key: str, points: tuple[float, ...]) -> dict[str, NDArray[np.float64]]:
    """Margins of the reference by company at each rate and year [share], (points, 5)."""
    return _margins(scenario_of_preset(DEFAULT_PRESET, edition_name), key, points)


def _margins(scenario: Scenario, key: str, points: tuple[float, ...]) -> dict[str, NDArray[np.float64]]:
    results = sweep(scenario, key, np.asarray(points)).company
    return {company: np.asarray(results[company]["operating_margin_share"]) for company in COMPANIES}


def _records(view: View, key: str) -> list[tuple[object, ...]]:
    """Operating margin in the year in focus at each rate of one tariff, all else held, by company and case."""
    default = edition(view.scenario.edition).defaults[key]
    pinned = view.pinned.scenario if view.pinned else None
    asked = (view.scenario.values[key], default, *([pinned.values[key]] if pinned else []))
    points = tuple(float(p) for p in _rate_points(key, asked))
    cases = {
        SCENARIO: _margins(view.scenario, key, points),
        REFERENCE: _reference_margins(view.scenario.edition, key, points),
        **({PINNED: _margins(pinned, key, points)} if pinned else {}),
    }
    return [
        (COMPANY_LABELS[company], case, rate, float(margin))
        for company in COMPANIES
        for case, margins in cases.items()
        for rate, margin in zip(points, margins[company][:, view.year], strict=True)
    ]


_SIDES: Final[tuple[tuple[str, Literal["left", "right"], int], ...]] = (("right", "left", 6), ("left", "right", -6))
"""Where the words at the scenario's rate may stand: their side, alignment and distance in pixels."""

_RATE_PLACES: Final[tuple[tuple[Literal["left", "center", "right"], int], ...]] = (
    ("right", 2),
    ("center", 0),
    ("left", -2),
)

_HEADROOM: Final = 0.4  # of the span of margins, kept free for words
_SHAPES: Final = {"Honda": "circle", "Nissan": "diamond"}


def _free_side(rate: float) -> str:
    """The side of a rate on which the next marked rate, or the end of the axis, is farther away."""
    marks = [real.rate_share for real in landmark_rates()]
    left = rate - max((mark for mark in marks if mark < rate), default=0.0)
    right = min((mark for mark in marks if mark > rate), default=0.5) - rate
    return "left" if left > right else "right"


def _marks(table: Table, view: View, key: str) -> Columns:
    """What a margin chart draws: the curves, where scenario and reference stand on them, and the real rates."""
    rate = view.scenario.values[key]
    at = {SCENARIO: rate, REFERENCE: edition(view.scenario.edition).defaults[key]}
    if view.pinned:
        at[PINNED] = view.pinned.scenario.values[key]
    records, stands = [], []
    points = list(dict.fromkeys(table.values["rate_share"]))
    marked = set(points[::2])  # every other point: no eye sees more, and each is sent anew
    for company, case, swept, margin in zip(*table.values.values(), strict=True):
        if swept in marked:
            records.append(
                ("curve", company, case, swept, margin, quantity(swept, "share"), percent(margin, 2), "", "")
            )
        if swept == at[case]:
            named = f"{company} {percent(margin)}" if case == SCENARIO else ""
            stands.append(
                ("stand", company, case, swept, margin, quantity(swept, "share"), percent(margin, 2), named, "")
            )
    margins = table.values["operating_margin_share"]
    top, bottom = max(*margins, 0.0), min(*margins, 0.0)
    head = top + _HEADROOM * (top - bottom)
    shown = quantity(rate, "share")
    records += stands  # after the curves, so that marks keep their order whatever the rate
    records.append(("now", "", SCENARIO, rate, head, shown, "", f"scenario {shown}", ""))
    for real in landmark_rates():
        records.append(
            ("landmark", "", SCENARIO, real.rate_share, 0.0, quantity(real.rate_share, "share"), "", "", real.label)
        )
    names = ["mark", *table.columns, "label_rate", "label_margin", "label_words", "label_real"]
    values = dict(zip(names, map(list, zip(*records, strict=True)), strict=True))
    words, free = values.pop("label_words"), _free_side(rate)
    return {**values, **{f"label_{side}": words if side == free else [""] * len(words) for side, _, _ in _SIDES}}


def _chart(marks: pd.DataFrame, words: str) -> Chart:
    """Operating margin over a rate: a line per company, reference dashed, the scenario's rate and real rates marked.

    marks: company, case, rate_share, operating_margin_share, mark, labels; words: what the rate is on
    """
    x = alt.X(
        "rate_share:Q",
        title=f"Rate on {words}",
        axis=alt.Axis(format=".0%", tickCount=5, grid=False),
        scale=alt.Scale(nice=False),
    )
    y = alt.Y(
        "operating_margin_share:Q",
        title="Operating margin",
        axis=alt.Axis(format=".1%", tickCount=5),
        scale=alt.Scale(zero=True, nice=True),
    )
    base = alt.Chart(marks).encode(x=x)
    company = company_color()
    tooltip = [
        alt.Tooltip("company:N", title="Company"),
        alt.Tooltip("case:N", title="Case"),
        alt.Tooltip("label_rate:N", title="Rate"),
        alt.Tooltip("label_margin:N", title="Operating margin"),
    ]

    def of(mark: str) -> alt.Chart:
        return base.transform_filter(f"datum.mark == '{mark}'")

    has_pin = PINNED in set(marks["case"])
    thin = alt.when(alt.datum.case == PINNED).then(alt.value(PIN_WIDTH)).otherwise(alt.value(2.5))
    lines = (
        of("curve")
        .mark_line(strokeWidth=2.5)
        .encode(
            **({"strokeWidth": thin} if has_pin else {}),
            y=y,
            color=company,
            detail=alt.Detail("case:N"),
            strokeDash=alt.StrokeDash(
                "case:N",
                scale=CASE_DASH_PINNED if has_pin else CASE_DASH,
                legend=alt.Legend(title=None, orient="bottom", symbolType="stroke", symbolSize=300),
            ),
            tooltip=tooltip,
        )
    )
    stands = of("stand").encode(y=y, color=company, tooltip=tooltip)
    points = []
    for name, shape in _SHAPES.items():
        of_company = stands.transform_filter(f"datum.company == '{name}'")
        hollow = of_company.transform_filter(f"datum.case == '{REFERENCE}'").mark_point(
            size=80, strokeWidth=2, shape=shape
        )
        filled = of_company.transform_filter(f"datum.case == '{SCENARIO}'").mark_point(
            size=90, filled=True, shape=shape
        )
        points += [hollow, filled.encode(opacity=alt.value(1))]
    named = [
        of("stand")
        .transform_filter(f"datum.company == '{name}'")
        .mark_text(align=align, dx=dx, fontWeight="bold", baseline="top")
        .encode(y=alt.value(8 + 17 * line), color=company, text=alt.Text(f"label_{side}:N"))
        for line, name in enumerate(COMPANY_COLORS)
        for side, align, dx in _SIDES
    ]
    now = of("now").mark_rule(strokeWidth=1.5, opacity=0.7, color="#7A8894")
    now_words = [
        of("now")
        .mark_text(align=align, dx=dx, dy=-4, baseline="bottom")
        .encode(y=alt.value("height"), text=alt.Text(f"label_{side}:N"))
        for side, align, dx in _SIDES
    ]
    head = unseen(of("now")).encode(y=y)
    landmarks = of("landmark")
    real = [alt.Tooltip("label_rate:N", title="Real rate"), alt.Tooltip("label_real:N", title="What it is")]
    rules = landmarks.mark_rule(strokeWidth=1.5, strokeDash=[1, 3], color="#7A8894").encode(tooltip=real)
    # Rates close together are named on either side of their lines.
    close = "datum.rate_share == 0.25 ? 'right' : datum.rate_share == 0.275 ? 'left' : 'center'"
    rate_words = [
        landmarks.transform_filter(f"({close}) == '{align}'")
        .mark_text(align=align, dx=dx, dy=-6, baseline="bottom")
        .encode(y=alt.value(0), text=alt.Text("label_rate:N"), tooltip=real)
        for align, dx in _RATE_PLACES
    ]
    return alt.layer(rules, now, lines, *points, *named, *now_words, *rate_words, head).properties(height=340)


def _zero_margins(view: View, key: str) -> list[str]:
    """For each company, the rate at which its margin is zero, where there is one within the slider's range."""
    found = []
    for company in COMPANIES:

        def gap(results: Projection, company: str = company) -> NDArray[np.float64]:
            return np.asarray(results.company[company]["operating_margin_share"])[..., view.year]

        zeros = crossings(view.scenario, key, gap)
        if zeros:
            found.append(f"{COMPANY_LABELS[company]} earns nothing at {percent(zeros[0])}")
    return found


def _finding(view: View, key: str) -> str:
    """What ten points on a rate do to both margins, and where a margin is zero."""
    rate, highest = view.scenario.values[key], ASSUMPTIONS[key].maximum
    step = _STEP if rate + _STEP <= highest else -_STEP
    spread = tuple(float(p) for p in np.linspace(ASSUMPTIONS[key].minimum, highest, 11))
    margins = {
        company: margin[:, view.year]
        for company, margin in _margins(view.scenario, key, (rate, rate + step, *spread)).items()
    }
    effects = {company: float(margin[1] - margin[0]) for company, margin in margins.items()}
    what = f"Ten points {'more' if step > 0 else 'less'} on {SWEPT_WORDS[key]}"
    if all(_points(effect) == _points(0.0) for effect in effects.values()):
        return f"{what} leave both margins of {view.year_label} as they are"
    moved = ", ".join(f"{COMPANY_LABELS[c]} {_points(effect)}" for c, effect in effects.items())
    if all(float(margin.min()) > 0 for margin in margins.values()):
        return f"{what} move the margin: {moved}. No rate up to {percent(highest, 0)} ends the profit"
    zeros = _zero_margins(view, key)
    return f"{what} move the margin: {moved}" + (f". {listed(zeros)}" if zeros else "")


def _points(share: float) -> str:
    """A small change of a share in percentage points, with two decimals and its sign."""
    text = f"{number(share * 100, 2)}{NBSP}pp"
    return f"+{text}" if round(share, 4) > 0 else text


def _figure(key: str) -> Figure:
    """Operating margin at each rate of the tariff that an assumption sets."""
    words = SWEPT_WORDS[key]
    return Figure(
        name=f"margin_by_{key.partition('_')[0]}_rate",
        title=lambda view: f"Operating margin against the rate on {words}, {view.year_label}",
        columns={
            "company": "Company",
            "case": "Scenario or reference, with this rate moved and all else held",
            "rate_share": f"Rate on {words}, share of customs value",
            "operating_margin_share": "Operating margin, share of revenue",
        },
        records=partial(_records, key=key),
        form=Custom(_chart, partial(_marks, key=key), (words,)),
        finding=partial(_finding, key=key),
    )


MARGIN_BY_RATE: Final = {key: _figure(key) for key in SWEPT_WORDS}
"""By the assumption that is moved."""
