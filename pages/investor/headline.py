"""The page's first sentences: the value per share, and the stance."""

import numpy as np

from model.editions import COMPANIES, COMPANY_LABELS
from model.projection import Projection
from pages.investor.by_outcome import stances_of
from pages.investor.paying_back import benefit_and_cost_jpy_bn
from pages.investor.per_share import no_alliance
from pages.kit.share_price import share_prices
from pages.kit.view import View
from pages.kit.words import in_sentence, percent, quantity
from pages.kit.world_words import in_other_worlds, phrase


def headline(view: View) -> str:
    """The answer in two or three sentences, as Markdown."""
    if no_alliance(view):
        eps = " and ".join(
            f"{COMPANY_LABELS[c]} **{quantity(view.at_year(c, 'eps_jpy')[0], 'JPY')}**" for c in COMPANIES
        )
        when = f"in {view.year_label}" if view.scenario.changed() or view.has_own_figures else "as guided"
        return (
            "There is no alliance in this scenario, so it adds nothing per share. "
            f"Earnings per share {when}: {eps}. {_verdict(view)}"
        )
    worth = " and ".join(
        f"**{quantity(view.once(c, 'value_per_share_jpy'), 'JPY')}** per {COMPANY_LABELS[c]} share "
        f"({percent(view.once(c, 'value_per_share_jpy') / price.price_jpy)} of its price of {price.month})"
        for c, price in share_prices(view.scenario.edition).items()
    )
    counted = f", {phrase(view, view.world)}," if view.world else ""
    others = in_other_worlds(view, _per_share)
    also = f"Per share it is worth, {others}. " if others else ""
    return f"The alliance{counted} is worth {worth}. {also}{_payback_sentence(view)} {_verdict(view)}"


def _per_share(projection: Projection) -> str:
    """Value of the alliance per share of both companies, as one phrase."""
    values = projection.once_company["value_per_share_jpy"]
    return " and ".join(f"{COMPANY_LABELS[c]} **{quantity(float(np.asarray(values[c])), 'JPY')}**" for c in COMPANIES)


def _payback_sentence(view: View) -> str:
    benefit, cost = benefit_and_cost_jpy_bn(view)
    if cost <= 0.0:
        return f"In {view.year_label} there is no net tariff cost to pay back."
    against = f"of the companies' {quantity(cost, 'JPY bn')} net tariff cost"
    if benefit <= 0.0:
        own = f"; it costs {quantity(-benefit, 'JPY bn')} itself" if benefit < 0.0 else ""
        return f"In {view.year_label} it pays back nothing {against}{own}."
    return f"In {view.year_label} it brings {quantity(benefit, 'JPY bn')}, {percent(benefit / cost, 0)} {against}."


def _verdict(view: View) -> str:
    stances = stances_of(view)
    names = {s.name for s in stances.values()}
    if len(names) == 1:
        return f"On your thresholds the rule says **{in_sentence(names.pop())}** for both."
    told = " and ".join(f"**{in_sentence(s.name)}** for {COMPANY_LABELS[c]}" for c, s in stances.items())
    return f"On your thresholds the rule says {told}."
