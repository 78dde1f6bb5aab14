"""What each figure of the Stocks page means, and how the comparison is made, as Markdown."""

from typing import Final

from data.prices import returns
from pages.kit.words import number
from pages.stocks.comparison import PriceComparison
from pages.stocks.words import name_of


def definitions(c: PriceComparison) -> str:
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
