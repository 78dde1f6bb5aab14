"""What visitors choose on a page beside the scenario: one declaration for the control, the link and `/data/`.

A choice is in the address under its key, as text, unless it is the default. Reading never fails: what
cannot be used is named, with what is used instead. Keys are part of links: a key keeps its meaning for ever.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from data.prices.listings import symbol_problem
from data.story import GROUPS, timeline
from model.analysis.ranges import Ranges, ranges_text, read_ranges
from model.comparison import read_lines
from model.editions import COMPANY_LABELS
from model.links import Refusal, names_scenario, number_of, number_text, refusal, shown
from model.measures import BOTH
from model.measures import WHOSE as WHOSE_NAMES
from model.outputs import OUTPUTS
from model.registry import ASSUMPTIONS, CHOICE, POLICY, WORLD
from model.registry import GROUPS as ASSUMPTION_GROUPS
from model.regret import AS_SET, PLANS, STATES
from model.sampling import FEWEST_DRAWS, MOST_DRAWS
from model.targets import TARGETS
from pages.kit.results import RESULTS
from pages.peers.typed_inputs import FIRST_MAKER, MAKERS, Given, inputs_text, read_inputs
from pages.stocks.options import CURRENCIES, INDEX, LOOKS, MOST_LINES, PERIODS, WINDOWS

if TYPE_CHECKING:
    from pages.kit.view import View

T = TypeVar("T")

EVERYWHERE: Final = "*"
"""Page of a choice that every page keeps, as the sidebar or several pages read it."""

ON: Final = "true"
OFF: Final = "false"

FIRST_DAY: Final = datetime.date(1990, 1, 1)
LAST_DAY: Final = datetime.date(2099, 12, 31)
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """One control of a page.

    key: in the address
    page: path of the page, such as "investor", or `EVERYWHERE`
    read: the value that a text stands for; ValueError with the reason where it stands for none
    text: the text of a value
    many: whether the key may be given more than once; the texts are then lines of one
    bounds: lowest and highest value, where the values are numbers
    """

    key: str
    page: str
    default: T
    read: Callable[[str], T]
    text: Callable[[T], str]
    many: bool = False
    bounds: tuple[float, float] | None = None

    def of(self, view: "View") -> T:
        """What is chosen in a view."""
        given = view.choices.get(self.key)
        return self.default if given is None else self.read(given)


def one_of(key: str, page: str, options: Sequence[str], default: str) -> Choice[str]:
    """One of some texts; an empty default stands for none of them."""

    def read(text: str) -> str:
        if text not in options:
            raise ValueError(f"not one of {', '.join(options)}")
        return text

    return Choice(key, page, default, read, str)


def several_of(key: str, page: str, options: Sequence[str], default: Sequence[str] = ()) -> Choice[tuple[str, ...]]:
    """Some of some texts, separated by commas, in the order given."""

    def read(text: str) -> tuple[str, ...]:
        parts = tuple(dict.fromkeys(part for part in text.split(",") if part))
        unknown = [part for part in parts if part not in options]
        if unknown:
            raise ValueError(f"not all of these are among {', '.join(options)}")
        return parts

    return Choice(key, page, tuple(default), read, ",".join)


def number(key: str, page: str, low: float, high: float, default: float) -> Choice[float]:
    """A number between two bounds."""

    def read(text: str) -> float:
        return number_of(text, low, high)

    return Choice(key, page, default, read, number_text, bounds=(low, high))


def whole(key: str, page: str, low: int, high: int, default: int) -> Choice[int]:
    """A whole number between two bounds."""

    def read(text: str) -> int:
        value = number_of(text, low, high)
        if value != int(value):
            raise ValueError("not a whole number")
        return int(value)

    return Choice(key, page, default, read, str, bounds=(low, high))


def maybe_number(key: str, page: str, low: float, high: float) -> Choice[float | None]:
    """A number between two bounds, or none."""

    def read(text: str) -> float | None:
        return number_of(text, low, high)

    return Choice(key, page, None, read, lambda value: "" if value is None else number_text(value), bounds=(low, high))


def switch(key: str, page: str, default: bool) -> Choice[bool]:
    """Yes or no."""

    def read(text: str) -> bool:
        if text not in (ON, OFF):
            raise ValueError(f"neither {ON} nor {OFF}")
        return text == ON

    return Choice(key, page, default, read, lambda value: ON if value else OFF)


def free(key: str, page: str, many: bool = False) -> Choice[str]:
    """Any text; whoever uses it says what of it cannot be used."""
    return Choice(key, page, "", str, str, many)


def day(key: str, page: str) -> Choice[datetime.date | None]:
    """A day in the form 2025-07-31; none by default."""

    def read(text: str) -> datetime.date | None:
        if not text:
            return None
        try:
            found = datetime.date.fromisoformat(text) if _DAY.fullmatch(text) else None
        except ValueError:
            found = None
        if found is None or not FIRST_DAY <= found <= LAST_DAY:
            raise ValueError(f"not a day from {FIRST_DAY} to {LAST_DAY} in the form 2025-07-31")
        return found

    return Choice(key, page, None, read, lambda value: value.isoformat() if value else "")


def symbol(key: str, page: str, default: str) -> Choice[str]:
    """A Yahoo symbol."""

    def read(text: str) -> str:
        problem = symbol_problem(text)
        if problem:
            raise ValueError(problem)
        return text

    return Choice(key, page, default, read, str)


def symbols(key: str, page: str, most: int, default: Sequence[str]) -> Choice[tuple[str, ...]]:
    """Some Yahoo symbols, separated by commas, in the order given."""

    def read(text: str) -> tuple[str, ...]:
        parts = tuple(dict.fromkeys(text.split(","))) if text else ()
        for part in parts:
            if problem := symbol_problem(part):
                raise ValueError(f"{shown(part)}: {problem}")
        if not parts:
            raise ValueError("no symbol")
        if len(parts) > most:
            raise ValueError(f"more than {most} symbols")
        return parts

    return Choice(key, page, tuple(default), read, ",".join)


PAYBACK_OF: Final = one_of("payback_of", "investor", ("Both", *COMPANY_LABELS.values()), "Both")
BAR_SHARE: Final = number("stance_bar_share", "investor", 0.01, 0.30, 0.05)
CLEAR_SHARE: Final = number("stance_clear_share", "investor", 0.05, 1.0, 0.6)
MILESTONES: Final = tuple(
    switch(f"stance_{name}", "investor", False) for name in ("contract_signed", "software_decided", "usmca_settled")
)
MILESTONES_NEEDED: Final = whole("stance_milestones_needed", "investor", 0, len(MILESTONES), len(MILESTONES))

WITH: Final = free("with", "compare", many=True)
WITH_CURRENT: Final = switch("with_current", "compare", True)
BASE: Final = free("base", "compare")

VERDICT: Final = one_of("verdict", "article", GROUPS, "")
SECTIONS: Final = ("Checked against the world", "Results", "Assumptions", "Facts", "Method", "Editions")
SECTION: Final = one_of("section", "sources", SECTIONS, SECTIONS[0])

_MAIN_OUTPUTS: Final = (
    "operating_profit_jpy_bn",
    "operating_margin_share",
    "net_tariff_cost_jpy_bn",
    "alliance_benefit_jpy_bn",
    "alliance_npv_jpy_bn",
    "value_per_share_jpy",
    "eps_jpy",
    "canton_utilisation_share",
    "canton_break_even_gap_kveh",
)
OUTPUTS_ASKED: Final = (
    *_MAIN_OUTPUTS,
    *(
        name
        for name, output in OUTPUTS.items()
        if name not in _MAIN_OUTPUTS and not output.channel and not name.endswith("_duty_jpy_bn")
    ),
)
"""Outputs whose sensitivity and spread may be asked for: all but parts of others, the main ones first."""

OUTPUT: Final = one_of("output", EVERYWHERE, OUTPUTS_ASKED, OUTPUTS_ASKED[0])
WHOSE: Final = one_of("whose", EVERYWHERE, WHOSE_NAMES, BOTH)
TARGET: Final = one_of("target", EVERYWHERE, TARGETS, TARGETS[0])
BREAK_EVEN: Final = switch("break_even", EVERYWHERE, False)
RANGES: Final[Choice[Ranges]] = Choice("ranges", EVERYWHERE, (), read_ranges, ranges_text)


HOLD_SET: Final = switch("hold_set", EVERYWHERE, False)
"""Whether draws and rankings hold what was set. A link without it varies that too, so its numbers hold."""


def _read_result(text: str) -> str:
    if text and text not in RESULTS:
        raise ValueError("not a result such as net_tariff_cost_jpy_bn.honda")
    return text


FROM: Final = Choice("from", EVERYWHERE, "", _read_result, str)
"""The result whose calculation is open; none by default."""


def _read_scenario(text: str) -> str:
    lines, notes = read_lines(text)
    if text and (len(lines) != 1 or any(not note.refusal.told for note in notes)):
        raise ValueError("not a scenario such as preset=article")
    return text


FROM_SCENARIO: Final = Choice("from_scenario", EVERYWHERE, "", _read_scenario, str)
"""The scenario whose calculation is open, as a line of a link; empty for the one in the sliders."""

MOST_GOAL_JPY_BN: Final = 1e5
GOAL: Final = maybe_number("goal_jpy_bn", "sensitivity", -MOST_GOAL_JPY_BN, MOST_GOAL_JPY_BN)
"""Operating profit to reach, instead of a target of the list [JPY bn]."""

RANKINGS: Final = {"all": "", "policy": POLICY, "companies": CHOICE, "world": WORLD}
"""Which levers are ranked, by name in links: the role they have, or all assumptions."""

RANKING: Final = one_of("ranking", "sensitivity", tuple(RANKINGS), "all")

MAP_ACROSS: Final = one_of("map_across", "sensitivity", tuple(ASSUMPTIONS), "jpy_per_usd")
MAP_UP: Final = one_of("map_up", "sensitivity", tuple(ASSUMPTIONS), "usmca_tariff_share")
MAP_WHOLE: Final = switch("map_whole", "sensitivity", False)

DRAWS: Final = whole("draws", "uncertainty", FEWEST_DRAWS, MOST_DRAWS, 2 * FEWEST_DRAWS)
SEEDS: Final = (0, 999_999)
SEED: Final = whole("seed", "uncertainty", *SEEDS, 1)
DRAWN_GROUPS: Final = several_of("drawn_groups", "uncertainty", tuple(ASSUMPTION_GROUPS), tuple(ASSUMPTION_GROUPS))
MOST_BAR: Final = 1e6
BAR: Final = maybe_number("bar", "uncertainty", -MOST_BAR, MOST_BAR)
REGRET_CHOICES: Final = several_of(
    "regret_choices", "uncertainty", tuple(PLANS), (AS_SET, "status_quo", "japan_deal_alliance", "alliance_delivers")
)
REGRET_STATES: Final = several_of(
    "regret_states",
    "uncertainty",
    tuple(STATES),
    (AS_SET, "japan_25", "usmca_lapses", "tariffs_fall", "delivers", "fails", "late"),
)
MAKER: Final = one_of("maker", "peers", MAKERS, FIRST_MAKER)
MAKER_INPUTS: Final[Choice[Given]] = Choice("maker_inputs", "peers", (), read_inputs, inputs_text)

AS_SHARED: Final = "shared"
TOTAL_RETURN: Final = "total"
LIVE_PRICES: Final = "live"
STOCK_SYMBOLS: Final = symbols("stock_symbols", "stocks", MOST_LINES, ("7267.T", "7201.T", "TSLA", "BYDDY"))
STOCK_BENCHMARK: Final = symbol("stock_benchmark", "stocks", "^GSPC")
STOCK_VIEW: Final = one_of("stock_view", "stocks", tuple(LOOKS), INDEX)
STOCK_CURRENCY: Final = one_of("stock_currency", "stocks", tuple(CURRENCIES), "USD")
STOCK_RETURN: Final = one_of("stock_return", "stocks", ("price", TOTAL_RETURN), TOTAL_RETURN)
STOCK_PERIOD: Final = one_of("stock_period", "stocks", tuple(PERIODS), "3y")
STOCK_FROM: Final = day("stock_from", "stocks")
STOCK_TO: Final = day("stock_to", "stocks")
STOCK_DATES: Final = one_of("stock_dates", "stocks", (AS_SHARED, "latest"), AS_SHARED)
STOCK_LOG: Final = switch("stock_log", "stocks", False)
STOCK_EVENT: Final = one_of("stock_event", "stocks", tuple(e.id for e in timeline()), "car_duty_starts")
STOCK_WINDOW: Final = one_of("stock_window", "stocks", WINDOWS, "3")
STOCK_SOURCE: Final = one_of("stock_source", "stocks", (LIVE_PRICES, "snapshot"), LIVE_PRICES)

CHOICES: Final[tuple[Choice[Any], ...]] = (
    PAYBACK_OF,
    BAR_SHARE,
    CLEAR_SHARE,
    MILESTONES_NEEDED,
    *MILESTONES,
    WITH,
    WITH_CURRENT,
    BASE,
    VERDICT,
    SECTION,
    OUTPUT,
    WHOSE,
    TARGET,
    BREAK_EVEN,
    RANGES,
    HOLD_SET,
    FROM,
    FROM_SCENARIO,
    GOAL,
    RANKING,
    MAP_ACROSS,
    MAP_UP,
    MAP_WHOLE,
    DRAWS,
    SEED,
    DRAWN_GROUPS,
    BAR,
    REGRET_CHOICES,
    REGRET_STATES,
    MAKER,
    MAKER_INPUTS,
    STOCK_SYMBOLS,
    STOCK_BENCHMARK,
    STOCK_VIEW,
    STOCK_CURRENCY,
    STOCK_RETURN,
    STOCK_PERIOD,
    STOCK_FROM,
    STOCK_TO,
    STOCK_DATES,
    STOCK_LOG,
    STOCK_EVENT,
    STOCK_WINDOW,
    STOCK_SOURCE,
)
"""Every choice of every page."""


def read_choices(
    pairs: Iterable[tuple[str, str]], page: str | None = None
) -> tuple[dict[str, str], tuple[Refusal, ...]]:
    """The choices that an address holds, by key, and what was refused of them.

    pairs: keys with their texts; other keys are left alone
    page: path of the only page whose choices are read, beside those of everywhere; every page's where it is None.
        A page that is told of no scenario holds what will be set.
    """
    pairs = tuple(pairs)
    given: dict[str, list[str]] = {}
    for key, text in pairs:
        given.setdefault(key, []).append(text)
    if page is not None and not names_scenario(pairs):
        given.setdefault(HOLD_SET.key, [ON])
    kept: dict[str, str] = {}
    refusals: list[Refusal] = []
    for choice in CHOICES:
        if choice.key not in given or (page is not None and choice.page not in (page, EVERYWHERE)):
            continue
        first, *others = ["\n".join(given[choice.key])] if choice.many else given[choice.key]
        refusals += [refusal(choice.key, other, "given more than once", "the first") for other in others]
        try:
            value = choice.read(first)
        except ValueError as error:
            refusals.append(refusal(choice.key, first, str(error), choice.text(choice.default) or "nothing"))
            continue
        if value != choice.default:
            kept[choice.key] = choice.text(value)
    return kept, tuple(refusals)


def changed_choices(kept: Mapping[str, str], choice: Choice[T], value: T) -> dict[str, str]:
    """The choices with one of them changed; a default is left out."""
    others = {key: text for key, text in kept.items() if key != choice.key}
    text = choice.text(value)  # a control may give a list for a tuple
    return others if text == choice.text(choice.default) else {**others, choice.key: text}
