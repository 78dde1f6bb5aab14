"""Two bridges from reference to scenario: by what was changed, in no order, and by the channel it works through."""

from collections.abc import Callable
from typing import Final

import altair as alt
import pandas as pd

from model.bridge import bridge
from model.measures import BOTH, Measure, of_companies
from model.outputs import CHANNELS, OUTPUTS
from model.registry import ASSUMPTIONS, GROUPS
from model.shapley import MOST_ALONE, Shapley, shapley
from pages.parts import choices
from pages.parts.charts import GAIN, LOSS, Chart, zero_line
from pages.parts.columns import Columns
from pages.parts.sure.asked import WHOSE_LABELS, whose_words
from pages.parts.tables import REFERENCE, SCENARIO, Table, moves
from pages.parts.view import View, kept
from pages.parts.words import figure, shows_nothing, signed

PROFIT: Final = "operating_profit_jpy_bn"
BOTH_COLOR: Final = "#5B6770"
_STEP_PX: Final = 50
_LINE_PX: Final = 15


def profit_measure(view: View) -> Measure:
    """Operating profit of those whom the page is asked for."""
    return Measure(PROFIT, choices.WHOSE.of(view), view.year)


@kept
def shapley_of(view: View) -> Shapley:
    """What each change brings to operating profit, in whatever order."""
    return shapley(view.scenario, profit_measure(view))


def share_label(name: str) -> str:
    """The name of a change: an assumption, or a group of them."""
    return GROUPS[name] if name in GROUPS else ASSUMPTIONS[name].label


def share_table(view: View) -> Table:
    """What each change, or group of changes, brings to operating profit, the largest first."""
    found = shapley_of(view)
    records: list[tuple[object, ...]] = [
        (rank, share_label(s.name), s.name, len(s.keys), s.share, s.alone, s.last, s.interaction)
        for rank, s in enumerate(sorted(found.shares, key=lambda s: -abs(s.share)), start=1)
    ]
    columns = {
        "rank": "Rank by size",
        "change": "What is changed",
        "key": "Name in links, of an assumption or a group",
        "assumptions": "How many assumptions are changed in it",
        "share_jpy_bn": "Its share of the difference, averaged over every order of the changes, JPY bn",
        "alone_jpy_bn": "What it brings as the only change, JPY bn",
        "last_jpy_bn": "What it brings as the last change, JPY bn",
        "interaction_jpy_bn": "Share less what it brings alone: through the other changes, JPY bn",
    }
    whose = whose_words(choices.WHOSE.of(view))
    return Table.of(
        "shares", f"What each change brings to operating profit of {whose}, {view.year_label}", columns, records
    )


def with_share_marks(table: Table) -> Columns:
    """What is drawn of the shares, with the words of their marks."""
    values = table.values
    share, alone, last = (
        [signed(value, "JPY bn") for value in values[f"{name}_jpy_bn"]] for name in ("share", "alone", "last")
    )
    return {
        "rank": values["rank"],
        "share": values["share_jpy_bn"],
        "alone": values["alone_jpy_bn"],
        "last": values["last_jpy_bn"],
        "label_name": values["change"],
        "label_share": share,
        "label": [
            f"{name}: share {s}; alone {a}; as the last change {z}"
            for name, s, a, z in zip(values["change"], share, alone, last, strict=True)
        ],
    }


def share_bars(rows: pd.DataFrame) -> Chart:
    """A bar for each change's share, with a ring for its effect alone and a diamond for its effect as the last.

    rows: of `with_share_marks`
    """
    base = alt.Chart(rows).encode(y=alt.Y("rank:O", axis=None), tooltip=[alt.Tooltip("label:N", title="Change")])
    across = alt.X("share:Q", title="Effect on operating profit, JPY bn", axis=alt.Axis(format=",~f", tickCount=5))
    gains = alt.condition(alt.datum.share < 0, alt.value(LOSS), alt.value(GAIN))
    bars = base.mark_bar(height=13).encode(x=across, color=gains, description=alt.Description("label:N"))
    rings = base.mark_point(shape="circle", size=90, filled=False, strokeWidth=2, color="#7A8791", opacity=1).encode(
        x=alt.X("alone:Q")
    )
    diamonds = base.mark_point(shape="diamond", size=70, filled=True, color="#7A8791", opacity=1).encode(
        x=alt.X("last:Q")
    )
    names = base.mark_text(align="left", dy=-_LINE_PX, fontWeight="bold").encode(
        x=alt.value(0), text=alt.Text("label_name:N")
    )
    effects = base.mark_text(align="right", dy=-_LINE_PX).encode(x=alt.value("width"), text=alt.Text("label_share:N"))
    first = alt.Chart(rows).transform_filter(alt.datum.rank == 1)  # one line, not one for each row
    zero = zero_line(first)
    return alt.layer(zero, bars, rings, diamonds, names, effects).properties(height=alt.Step(_STEP_PX))


def share_finding(view: View) -> str:
    """The largest share, and how much comes from changes acting together."""
    found = shapley_of(view)
    whose = WHOSE_LABELS[choices.WHOSE.of(view)]
    difference = signed(found.scenario - found.reference, "JPY bn")
    if not found.shares:
        return f"{whose}: nothing was changed, so nothing has a share"
    largest = max(found.shares, key=lambda s: abs(s.share))
    return (
        f"{whose} {difference}: most of it from “{share_label(largest.name)}” with {signed(largest.share, 'JPY bn')}; "
        f"{interaction_words(found)}"
    )


def interaction_words(found: Shapley) -> str:
    """What the changes bring together beyond the sum of each alone."""
    words = signed(found.interaction, "JPY bn")
    if shows_nothing(words):
        return "the changes hardly act on each other"
    return f"{words} of it comes only from changes acting together"


def grouped_note(found: Shapley) -> str:
    """Why changes were taken by group, or nothing."""
    if not found.by_group:
        return ""
    return f"More than {MOST_ALONE} assumptions differ: those of one group are taken as one change."


def channel_table(view: View) -> Table:
    """From the reference's operating profit to the scenario's by the channel each change works through."""
    whose = choices.WHOSE.of(view)
    measure = profit_measure(view)
    start, end = float(measure.of(view.reference)), float(measure.of(view.projection))
    effects = dict.fromkeys(CHANNELS, 0.0)
    for company in of_companies(whose):
        for step in bridge(view.projection, company, view.year):
            effects[step.name] += step.effect_jpy_bn
    records: list[tuple[object, ...]] = [(REFERENCE, start, 0.0, start, "total")]
    level = start
    for name, effect in effects.items():
        if moves(effect):
            records.append((OUTPUTS[name].label, effect, level, level + effect, "gain" if effect > 0.0 else "loss"))
            level += effect
    records.append((SCENARIO, end, 0.0, end, "total"))
    columns = {
        "step": "Channel",
        "effect_jpy_bn": "Effect on operating profit, JPY bn",
        "from_jpy_bn": "Operating profit before the step, JPY bn",
        "to_jpy_bn": "Operating profit after the step, JPY bn",
        "kind": "Total, gain or loss",
    }
    return Table.of(
        "channels", f"Operating profit of {whose_words(whose)} by channel, {view.year_label}", columns, records
    )


def channel_finding(view: View) -> str:
    """The channel with the largest effect."""
    values = channel_table(view).values
    rows = zip(values["kind"], values["effect_jpy_bn"], values["step"], strict=True)
    steps = [(effect, step) for kind, effect, step in rows if kind != "total"]
    if not steps:
        return "By channel: nothing differs from the reference"
    effect, step = max(steps, key=lambda one: abs(one[0]))
    return f"By channel, most through “{step}”: {signed(effect, 'JPY bn')}"


def sums_words(view: View) -> str:
    """That both bridges end where the scenario is, with the numbers."""
    found = shapley_of(view)
    shares = sum(share.share for share in found.shares)
    return (
        f"{figure(found.reference, 'JPY bn')} in the reference and {signed(shares, 'JPY bn')} from the changes are "
        f"{figure(found.scenario, 'JPY bn')} in the scenario; the channels add up to the same."
    )


def color_of(whose: str, company_colors: dict[str, str]) -> str:
    """Colour of the totals: the company's, or none of them for both."""
    return BOTH_COLOR if whose == BOTH else company_colors[WHOSE_LABELS[whose]]


TABLES: Final[dict[str, Callable[[View], Table]]] = {"shares": share_table, "channels": channel_table}
"""Tables of this module by name."""
