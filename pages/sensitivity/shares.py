"""Two bridges from reference to scenario: by what was changed, in no order, and by the channel it works through."""

from typing import Final

import altair as alt

from model.bridge import bridge_of
from model.measures import BOTH, Measure, of_companies
from model.registry import ASSUMPTIONS, GROUPS
from model.shapley import MOST_ALONE, Shapley, shapley
from pages.kit.charts import COMPANY_COLORS
from pages.kit.columns import Columns
from pages.kit.figure import Figure
from pages.kit.forms import NamedBars, Waterfall
from pages.kit.measure_words import WHOSE_LABELS, whose_words
from pages.kit.tables import NO_PIN_IN_BRIDGE, Table, bridge_records
from pages.kit.view import View, kept
from pages.kit.words import quantity, shows_nothing, signed
from pages.session import choices

PROFIT: Final = "operating_profit_jpy_bn"
BOTH_COLOR: Final = "#5B6770"


def profit_measure(view: View) -> Measure:
    """Operating profit of those whom the page is asked for."""
    return Measure(PROFIT, choices.WHOSE.of(view), view.year)


@kept
def shapley_of(view: View) -> Shapley:
    """What each change brings to operating profit, in whatever order."""
    return shapley(view.scenario, profit_measure(view))


def _label(name: str) -> str:
    """The name of a change: an assumption, or a group of them."""
    return GROUPS[name] if name in GROUPS else ASSUMPTIONS[name].label


def _shares(view: View) -> list[tuple[object, ...]]:
    """What each change, or group of changes, brings to operating profit, the largest first."""
    found = shapley_of(view)
    return [
        (rank, _label(s.name), s.name, len(s.keys), s.share, s.alone, s.last, s.interaction)
        for rank, s in enumerate(sorted(found.shares, key=lambda s: -abs(s.share)), start=1)
    ]


def _share_marks(table: Table, view: View) -> Columns:
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


def _alone_and_last(base: alt.Chart) -> list[alt.Chart]:
    """A ring for each change's effect alone, and a diamond for its effect as the last."""
    rings = base.mark_point(shape="circle", size=90, filled=False, strokeWidth=2, color="#7A8791", opacity=1).encode(
        x=alt.X("alone:Q")
    )
    diamonds = base.mark_point(shape="diamond", size=70, filled=True, color="#7A8791", opacity=1).encode(
        x=alt.X("last:Q")
    )
    return [rings, diamonds]


def _share_finding(view: View) -> str:
    """The largest share, and how much comes from changes acting together."""
    found = shapley_of(view)
    whose = WHOSE_LABELS[choices.WHOSE.of(view)]
    difference = signed(found.scenario - found.reference, "JPY bn")
    if not found.shares:
        return f"{whose}: nothing was changed, so nothing has a share"
    largest = max(found.shares, key=lambda s: abs(s.share))
    return (
        f"{whose} {difference}: most of it from “{_label(largest.name)}” with {signed(largest.share, 'JPY bn')}; "
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


def _share_title(view: View) -> str:
    whose = whose_words(choices.WHOSE.of(view))
    return f"What each change brings to operating profit of {whose}, {view.year_label}"


def _share_note(view: View) -> str:
    return (
        "Ring: the change alone. Diamond: the change made last. The further the two are apart, the more it "
        f"depends on the others. {grouped_note(shapley_of(view))}"
    )


SHARES: Final = Figure(
    name="shares",
    title=_share_title,
    columns={
        "rank": "Rank by size",
        "change": "What is changed",
        "key": "Name in links, of an assumption or a group",
        "assumptions": "How many assumptions are changed in it",
        "share_jpy_bn": "Its share of the difference, averaged over every order of the changes, JPY bn",
        "alone_jpy_bn": "What it brings as the only change, JPY bn",
        "last_jpy_bn": "What it brings as the last change, JPY bn",
        "interaction_jpy_bn": "Share less what it brings alone: through the other changes, JPY bn",
    },
    records=_shares,
    form=NamedBars(
        _share_marks,
        column="share",
        axis="Effect on operating profit, JPY bn",
        digits=",~f",
        told="Change",
        words="label_share",
        height=13,
        over=_alone_and_last,
    ),
    finding=_share_finding,
    note=_share_note,
)


def _channels(view: View) -> list[tuple[object, ...]]:
    """From the reference's operating profit to the scenario's by the channel each change works through."""
    whose = choices.WHOSE.of(view)
    measure = profit_measure(view)
    start, end = float(measure.of(view.reference)), float(measure.of(view.projection))
    by_company = [bridge_of(view.scenario, view.projection, company, view.year) for company in of_companies(whose)]
    effects = [(same[0].label, sum(step.effect_jpy_bn for step in same)) for same in zip(*by_company, strict=True)]
    return bridge_records(start, effects, end)


def _channel_finding(view: View) -> str:
    """The channel with the largest effect."""
    values = CHANNEL_STEPS.table(view).values
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
        f"{quantity(found.reference, 'JPY bn')} in the reference and {signed(shares, 'JPY bn')} from the changes are "
        f"{quantity(found.scenario, 'JPY bn')} in the scenario; the channels add up to the same."
    )


def _color(view: View) -> str:
    """Colour of the totals: the company's, or none of them for both."""
    whose = choices.WHOSE.of(view)
    return BOTH_COLOR if whose == BOTH else COMPANY_COLORS[WHOSE_LABELS[whose]]


CHANNEL_STEPS: Final = Figure(
    name="channels",
    title=lambda view: f"Operating profit of {whose_words(choices.WHOSE.of(view))} by channel, {view.year_label}",
    columns={
        "step": "Channel",
        "effect_jpy_bn": "Effect on operating profit, JPY bn",
        "from_jpy_bn": "Operating profit before the step, JPY bn",
        "to_jpy_bn": "Operating profit after the step, JPY bn",
        "kind": "Total, gain or loss",
    },
    records=_channels,
    without_pin=NO_PIN_IN_BRIDGE,
    form=Waterfall(_color),
    finding=_channel_finding,
)
