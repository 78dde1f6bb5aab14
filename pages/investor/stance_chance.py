"""The chance of each stance: in how many draws of all assumptions the alliance is worth the reader's bar."""

from functools import lru_cache
from typing import Final

import numpy as np

from model.analysis.ranges import by_key
from model.analysis.variance import Identified
from model.editions import COMPANIES, COMPANY_LABELS
from model.measures import Points
from model.sampling import Sampling, chunks
from model.stance import HOLD, WAIT
from pages.kit.columns import Columns
from pages.kit.figure import Figure
from pages.kit.share_price import share_prices
from pages.kit.view import View, kept
from pages.kit.words import percent, quantity
from pages.session import choices
from pages.uncertainty.draws import Chance

DRAWS: Final = 2_000
SEED: Final = choices.SEED.default


@lru_cache(maxsize=16)
def _values_kept(asked: Identified) -> dict[str, Points]:
    parts = [part.projection.once_company["value_per_share_jpy"] for part in chunks(asked.sampling, DRAWS)]
    return {company: np.concatenate([np.asarray(part[company]) for part in parts]) for company in COMPANIES}


def values_per_share_jpy(view: View) -> dict[str, Points]:
    """Value of the alliance per share in each draw, by company (draws,) [JPY]."""
    sampling = Sampling(view.scenario, SEED, ranges=by_key(choices.RANGES.of(view)))
    return _values_kept(Identified(sampling.identity, sampling))


@kept
def chances(view: View) -> dict[str, Chance]:
    """By company, the chance that the alliance is worth the reader's part of the share price."""
    values, part = values_per_share_jpy(view), choices.BAR_SHARE.of(view)
    return {
        company: Chance.of(int(np.count_nonzero(values[company] >= part * price.price_jpy)), DRAWS)
        for company, price in share_prices(view.scenario.edition).items()
    }


def _records(view: View) -> list[tuple[object, ...]]:
    """By company, the chance that each stance proves right, with its error."""
    part, prices = choices.BAR_SHARE.of(view), share_prices(view.scenario.edition)
    return [
        (
            COMPANY_LABELS[c],
            part * prices[c].price_jpy,
            chance.share,
            chance.low,
            chance.high,
            1.0 - chance.share,
            DRAWS,
        )
        for c, chance in chances(view).items()
    ]


STANCE_CHANCE: Final = Figure(
    name="stance_chance",
    title="The chance of each stance",
    columns={
        "company": "Company",
        "bar_jpy": "What the alliance must be worth per share, JPY",
        "hold_share": f"Share of the draws in which it is: {HOLD} proves right",
        "hold_low": "Lower end of the error of that share (95 %)",
        "hold_high": "Upper end of the error of that share (95 %)",
        "wait_share": f"Share of the draws in which it is not: {WAIT} proves right",
        "draws": f"Draws of all assumptions, seed {SEED}",
    },
    records=_records,
)


def chance_in_words(view: View) -> Columns:
    """The same as a reader wants it."""
    values = STANCE_CHANCE.table(view).values
    holds = zip(values["hold_share"], values["hold_low"], values["hold_high"], strict=True)
    return {
        "Company": values["company"],
        "Bar per share": [quantity(bar, "JPY") for bar in values["bar_jpy"]],
        f"{HOLD} proves right": [
            f"{percent(share, 0)} ({percent(low, 0)} to {percent(high, 0)})" for share, low, high in holds
        ],
        f"{WAIT} proves right": [percent(share, 0) for share in values["wait_share"]],
    }


def chance_sentence(view: View) -> str:
    """What the draws say beside the outcomes of the rule."""
    needed = choices.CLEAR_SHARE.of(view)
    parts = [
        f"{COMPANY_LABELS[c]} {percent(chance.share, 0)} "
        f"({'enough' if chance.share >= needed else 'too little'} for your rule)"
        for c, chance in chances(view).items()
    ]
    return (
        f"Likely or not: with every assumption drawn from its range {DRAWS:,} times, and the alliance delivering or "
        f"failing by chance, it is worth your bar or more in this share of the draws: {', '.join(parts)}. Your rule "
        f"asks for {percent(needed, 0)}."
    )
