"""The page's first sentences: the value per share, and the stance."""

from collections.abc import Mapping

from model.editions import COMPANIES, COMPANY_LABELS
from model.stance import Stance
from pages.parts.investor.paying_back import benefit_and_cost_jpy_bn
from pages.parts.investor.per_share import no_alliance, share_prices, value_per_share_jpy
from pages.parts.view import View
from pages.parts.words import figure, in_sentence, percent


def headline(view: View, stances: Mapping[str, Stance]) -> str:
    """The answer in two or three sentences, as Markdown."""
    if no_alliance(view):
        eps = " and ".join(f"{COMPANY_LABELS[c]} **{figure(view.at_year(c, 'eps_jpy')[0], 'JPY')}**" for c in COMPANIES)
        when = f"in {view.year_label}" if view.scenario.changed() else "as guided"
        return (
            "There is no alliance in this scenario, so it adds nothing per share. "
            f"Earnings per share {when}: {eps}. {_verdict(stances)}"
        )
    worth = " and ".join(
        f"**{figure(value_per_share_jpy(view, c), 'JPY')}** per {COMPANY_LABELS[c]} share "
        f"({percent(value_per_share_jpy(view, c) / price.price_jpy)} of its price)"
        for c, price in share_prices().items()
    )
    return f"The alliance is worth {worth}. {_payback_sentence(view)} {_verdict(stances)}"


def _payback_sentence(view: View) -> str:
    benefit, cost = benefit_and_cost_jpy_bn(view)
    if cost <= 0.0:
        return f"In {view.year_label} there is no net tariff cost to pay back."
    against = f"of the companies' {figure(cost, 'JPY bn')} net tariff cost"
    if benefit <= 0.0:
        own = f"; it costs {figure(-benefit, 'JPY bn')} itself" if benefit < 0.0 else ""
        return f"In {view.year_label} it pays back nothing {against}{own}."
    return f"In {view.year_label} it brings {figure(benefit, 'JPY bn')}, {percent(benefit / cost, 0)} {against}."


def _verdict(stances: Mapping[str, Stance]) -> str:
    names = {s.name for s in stances.values()}
    if len(names) == 1:
        return f"On your thresholds the rule says **{in_sentence(names.pop())}** for both."
    told = " and ".join(f"**{in_sentence(s.name)}** for {COMPANY_LABELS[c]}" for c, s in stances.items())
    return f"On your thresholds the rule says {told}."
