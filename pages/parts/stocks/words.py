"""What the Stocks page says, computed from what is shown. Texts of the service and of visitors are escaped here."""

import datetime
from collections.abc import Sequence
from typing import Final

import pandas as pd

from data.prices.lines import DAILY, MONTHLY
from data.prices.listings import label_of
from data.story import TimelineEvent
from model.editions import COMPANIES, COMPANY_LABELS
from pages.parts.investor.dated import event_date
from pages.parts.stocks import returns, shown
from pages.parts.stocks.charts import thinned
from pages.parts.stocks.options import INDEX, PERCENT, PRICE, RATIO, SPREAD
from pages.parts.stocks.shown import Comparison
from pages.parts.stocks.tables import basis_words, currency_words, rolling_window
from pages.parts.tables import Table
from pages.parts.view import View
from pages.parts.words import markdown_text, number, percent, signed


def day_words(day: datetime.date, monthly: bool = False) -> str:
    """A day in words; month-ends by their month."""
    return f"the end of {day:%B %Y}" if monthly else f"{day:%-d %B %Y}"


def change(share: float) -> str:
    """A return with its sign, in per cent."""
    return signed(share, "share").replace("pp", "%")


def listed(names: Sequence[str]) -> str:
    """Names in a sentence."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def span_words(c: Comparison) -> str:
    """From when to when the comparison goes."""
    assert c.panel is not None
    first, last = (c.panel.days[at].date() for at in (0, -1))
    return f"from {day_words(first, c.monthly)} to {day_words(last, c.monthly)}"


def headline(c: Comparison) -> str:
    """The answer in one sentence, as Markdown."""
    if c.panel is None:
        return "There is nothing to compare yet: the lines chosen share no two days in this period."
    value = c.panel.value
    results = {s: returns.period_return(value[s]) for s in c.symbols}
    ours = [s for s in c.symbols if s in (shown.HONDA, shown.NISSAN)] or c.symbols[:2]
    told = " and ".join(f"{name_of(s)} **{change(results[s])}**" for s in ours)
    others = sorted((s for s in results if s not in ours), key=lambda s: -results[s])
    beside = f"; beside them {listed([f'{name_of(s)} {change(results[s])}' for s in others])}" if others else ""
    span = span_words(c)
    return f"{span[0].upper()}{span[1:]}, {currency_words(c)}, {basis_words(c)}: {told}{beside}."


def name_of(symbol: str) -> str:
    """The name of a line, as Markdown."""
    return markdown_text(label_of(symbol))


def chart_finding(c: Comparison) -> str:
    """What the main chart shows."""
    assert c.panel is not None
    value = c.panel.value
    first = day_words(c.panel.days[0].date(), c.monthly)
    if c.asked.look in (INDEX, PERCENT) or c.pair is None:
        results = {symbol: returns.period_return(value[symbol]) for symbol in c.symbols}
        ranked = sorted(results, key=lambda symbol: results[symbol])
        low, top = ranked[0], ranked[-1]
        start = "100" if c.asked.look != PERCENT else "0 %"
        if top == low:
            return f"{label_of(top)} {change(results[top])} since {first} = {start}"
        return (
            f"{label_of(top)} leads with {change(results[top])}, {label_of(low)} is last with "
            f"{change(results[low])}, since {first} = {start}"
        )
    if c.asked.look == PRICE:
        return f"Prices {currency_words(c)} since {first}"
    own, other = (returns.period_return(value[s]) for s in c.pair)
    names = tuple(label_of(s) for s in c.pair)
    if c.asked.look == RATIO:
        return f"{names[0]} over {names[1]}: {number((1 + own) / (1 + other), 2)} after 1.00 on {first}"
    return f"{names[0]} less {names[1]}: {number((own - other) * 100, 1)} percentage points since {first}"


def axis_title(c: Comparison) -> str:
    """The vertical axis of the main chart, with what kind of return it is."""
    if c.asked.look == PRICE:
        return f"Price, {c.asked.reader or 'own currency'}"
    kind = "total return" if c.counts_dividends else "price only" if "only" in basis_words(c) else "dividends in part"
    words = {INDEX: "First day = 100", PERCENT: "Change", RATIO: "Ratio, first day = 1", SPREAD: "Gap"}
    return f"{words[c.asked.look if c.pair else INDEX]} ({kind})"


def axis_form(c: Comparison) -> tuple[str, str, str]:
    """The main chart's axis format, how a value is said, and where its thin line stands."""
    look = c.asked.look if c.pair else INDEX
    if look in (PERCENT, SPREAD):
        return "+.0%", "share", "0"
    if look == PRICE:
        return ",~g", c.asked.reader or "number", ""
    return (",.2f", "number", "1") if look == RATIO else (",.0f", "number", "100")


def shared_days_note(c: Comparison) -> str:
    """Which days count, which lines set their ends, and how often they are drawn; as Markdown."""
    if c.whole is None:
        return ""
    starts, ends = shown.limiting(c)
    days = c.whole.days
    what = "month-ends" if c.monthly else "trading days"
    because = ""
    if c.monthly:
        only = [name_of(line.symbol) for line in c.lines if line.basis == MONTHLY]
        daily = [name_of(line.symbol) for line in c.lines if line.basis == DAILY]
        because = (
            f" Month-ends, because {listed(only)} {'has' if len(only) == 1 else 'have'} no others." if daily else ""
        )
    begins = f" (where {name_of(starts)} begins)" if starts else ""
    stops = f" (where {name_of(ends)} ends)" if ends else ""
    return (
        f"Only {what} count on which every line and exchange rate has a price of its own, from "
        f"{day_words(days[0].date(), c.monthly)}{begins} to {day_words(days[-1].date(), c.monthly)}{stops}.{because}"
    )


def definitions(c: Comparison) -> str:
    """What each figure means, as Markdown."""
    step = "month-end" if c.monthly else "shared trading day"
    assert c.panel is not None
    a_year = number(returns.steps_per_year(c.panel.days, c.monthly), 0)
    return (
        "- **Return**: value on the last shared day over value on the first, less 1.\n"
        "- **A year**: the steady yearly return that gives it; not given for less than a year.\n"
        f"- **Volatility a year**: standard deviation of the returns from one {step} to the next, times the square "
        f"root of {a_year}, the number of such steps in a year.\n"
        "- **Deepest fall**: the largest loss from a height to a later low, both within the period.\n"
        f"- **Beta**: how much the line moved, on average, when {name_of(c.asked.benchmark)} moved by 1 % "
        "(covariance over the benchmark's variance).\n"
        "- **Correlation**: how closely it moved with it, from −1 to 1."
    )


def period_finding(c: Comparison) -> str:
    """Who fell deepest in the period."""
    assert c.panel is not None
    falls = {s: returns.deepest_drawdown(c.panel.value[s]) for s in c.symbols}
    worst = min(falls, key=lambda s: falls[s].depth_share)
    fall = falls[worst]
    return (
        f"{label_of(worst)} fell deepest: {change(fall.depth_share)} from {fall.peak:%B %Y} to {fall.trough:%B %Y}, "
        f"{f'made good in {fall.recovered:%B %Y}' if fall.recovered else 'not made good since'}"
    )


def correlation_finding(c: Comparison, table: Table) -> str:
    """Where the rolling correlation stands at the end, and what it is of."""
    window = f"{rolling_window(c)} {'months' if c.monthly else 'trading days'}"
    last = table.rows[table.rows["date"] == table.rows["date"].max()].sort_values("correlation")
    low, high = last.iloc[0], last.iloc[-1]
    of = f"with {label_of(c.asked.benchmark)} over the last {window}"
    if len(last) == 1:
        return f"{low['line']} moved {of} by a correlation of {number(low['correlation'], 2)}"
    return (
        f"Correlation {of}: from {number(low['correlation'], 2)} ({low['line']}) to "
        f"{number(high['correlation'], 2)} ({high['line']})"
    )


def parts_finding(c: Comparison) -> str:
    """What currency and dividends did to the return of Honda and Nissan, or of the first line."""
    assert c.panel is not None
    ours = [s for s in c.symbols if s in (shown.HONDA, shown.NISSAN)] or c.symbols[:1]
    told = []
    for symbol in ours:
        p = returns.parts_of_return(c.panel, symbol)
        parts = [f"{change(p.price)} price"]
        parts += [f"{change(p.dividends)} dividends"] if p.dividends else []
        parts += [f"{change(p.currency)} currency"] if c.asked.reader else []
        told.append(f"{label_of(symbol)} {change(p.total)} = {', '.join(parts)}")
    return "; ".join(told)


def parts_note(c: Comparison) -> str:
    """How the parts are made to sum, and what is not known."""
    known = "" if c.counts_dividends else " Dividends are zero where they are not known or not counted."
    return (
        "Price at home, dividends and currency multiply, so their logarithms add up: each part is its share of the "
        f"sum of logarithms, and the three sum to the return exactly.{known}"
    )


def event_option(event: TimelineEvent) -> str:
    """An event as an option of a list."""
    return f"{event_date(event)}: {event.title}"


def window_word(steps: int, monthly: bool) -> str:
    """A window's length in words."""
    unit = "month" if monthly else "trading day"
    return f"{steps} {unit}{'' if steps == 1 else 's'}"


def event_finding(c: Comparison, table: Table) -> str:
    """What the lines did in the window after the event, against the benchmark."""
    last = table.rows[table.rows["step"] == table.rows["step"].max()]
    ours = [s for s in c.symbols if s in (shown.HONDA, shown.NISSAN)] or c.symbols[:2]
    told = []
    for symbol in ours:
        row = last[last["symbol"] == symbol].iloc[0]
        against = ""
        if row["against_benchmark_share"] is not None and not pd.isna(row["against_benchmark_share"]):
            against = f" ({change(float(row['against_benchmark_share']))} against {label_of(c.asked.benchmark)})"
        told.append(f"{label_of(symbol)} {change(float(row['return_share']))}{against}")
    steps = window_word(int(table.rows["step"].max()), c.monthly)
    return f"{steps} from the last close before the event: {'; '.join(told)}"


def event_note(c: Comparison) -> str:
    """From which day returns count, whether the window is cut, and what it does not show; as Markdown."""
    window = shown.window_of(c)
    describes = "It describes what prices did around a date. It does not prove that the event was the cause."
    if window is None:
        first = f"{c.whole.days[0]:%B %Y}" if c.whole is not None else ""
        last = f"{c.whole.days[-1]:%B %Y}" if c.whole is not None else ""
        return f"The lines shown have no shared prices on both sides of this event: they go from {first} to {last}."
    cut = " The window is cut short: the data end within it." if window.cut else ""
    return f"Counted from the last shared close before it, {day_words(window.base, c.monthly)}.{cut} {describes}"


def value_finding(view: View, table: Table) -> str:
    """What the alliance is worth beside the price."""
    rows = table.rows[table.rows["what"].str.startswith("Alliance, scenario")]
    if not rows["per_share"].any():
        return "No alliance in this scenario, so it adds nothing to either share"
    parts = [f"{percent(v)} of {c}'s price" for c, v in zip(rows["company"], rows["of_price_share"], strict=True)]
    return f"The alliance is worth {' and '.join(parts)} ({view.preset_label})"


def value_note(table: Table) -> str:
    """Which prices the value stands beside."""
    prices = table.rows[table.rows["what"] == "Share price"]
    dated = [f"{c} {when}" for c, when in zip(prices["company"], prices["as_of"], strict=True)]
    missing = [COMPANY_LABELS[c] for c in COMPANIES if COMPANY_LABELS[c] not in set(table.rows["company"])]
    lost = f" No price of {listed(missing)} is there." if missing else ""
    return (
        f"Prices in Tokyo: {listed(dated)}.{lost} The Investor page uses the dated prices of its facts instead, so "
        "that a link keeps its numbers. The reference holds no alliance."
    )


METHOD: Final = (
    "- **Days.** A day counts only if every line and every exchange rate that is needed has a price of its own on that "
    "date. Tokyo is closed around New Year and in Golden Week, New York on Thanksgiving: such days count for nobody, "
    "and no price is carried over them. Where one line has only month-ends, each of the others gives its last close of "
    "the month. On one date Tokyo closes fourteen hours before New York.\n"
    "- **Prices** are closes of finished trading days, restated for splits. Live prices are from Yahoo Finance, kept "
    "for an hour and shared by all visitors; the month-end snapshot is embedded in this app.\n"
    "- **Total return** puts each dividend, before tax, back into the same share at the close of the day from which a "
    "buyer goes without it. The snapshot knows no dividends, so its lines are price only.\n"
    "- **Currency.** Prices are brought into your currency at the exchange rate of the same date. Indices are treated "
    "as if they could be bought.\n"
    "- **Dividends in another currency** than the price are converted at the rate of their day, or of up to four days "
    "before; without one they are left out and named. What the service tells without a currency is taken to be in "
    "that of the price.\n"
    "- **Capital gains** of a fund count as dividends. Where the dividend of the day is as large, it is taken to hold "
    "them already: they are named and not added.\n"
    "- **Checks.** Rows of the service that are empty, zero or twenty times off their neighbours, or that jump by 2.5 "
    "times and are back within ten rows, are left out and named. More than five of them, a change of unit, or a step "
    "by the factor of a split within five days of it, and its answer is not used. A jump by 2.5 times that stays is "
    "named: it may be true. What no check can tell: half the price after a split that the service does not name, "
    "or dividends of before a split that were not restated.\n"
    "- One HMC stands for three Honda shares. BYD's depositary receipt and its Hong Kong share are two lines.\n"
    "- None of this is advice."
)
"""How the comparison is made, as Markdown."""


NO_CORRELATION: Final = "The period is too short, or the benchmark has no prices, for a correlation over time."


def on_log_scale(c: Comparison) -> bool:
    """Whether the main chart's scale is logarithmic: by choice, or where prices differ too much for another."""
    if c.panel is None or (c.asked.look in (PERCENT, SPREAD) and c.pair):
        return False
    prices = (c.panel.price * c.panel.rate).iloc[-1]
    far = c.asked.look == PRICE and float(prices.max() / prices.min()) > FAR_APART
    return c.asked.log or far


FAR_APART: Final = 20.0
"""Prices that differ by this factor cannot be read on one ordinary scale."""


def marks_note(c: Comparison) -> str:
    """What the small marks are, which scale is used and why, as Markdown."""
    scale = ""
    if on_log_scale(c):
        why = "" if c.asked.log else " because prices differ too much for another"
        scale = f" The scale is logarithmic{why}: equal distances are equal factors."
    elif c.asked.log:
        scale = " A change can be negative, so it has no logarithmic scale."
    assert c.panel is not None
    days, drawn = c.panel.days, thinned(c.panel.days)
    often = " Drawn weekly" if len(days) < 5.5 * len(drawn) else " Drawn monthly"
    thin = f"{often}; downloads hold every shared day." if len(drawn) < len(days) else ""
    return f"Triangles are events: tariffs in pink, the companies in blue.{thin}{scale}"


def steps_title(c: Comparison) -> str:
    """The horizontal axis of the event window."""
    return f"{'Month-ends' if c.monthly else 'Shared trading days'} from the last close before"
