"""The page's first sentence and its metrics: what the alliance is worth and when it pays back."""

from collections.abc import Iterator

from model.editions import COMPANIES, COMPANY_LABELS, edition
from model.presets import DEFAULT_PRESET
from pages.alliance import at_stake, effects, others, savings, time_gained, worth
from pages.alliance.effects import TOGETHER
from pages.alliance.payback import payback_of_both
from pages.kit.another import shown_in
from pages.kit.evidence import MODEL, mark_of, mark_of_kinds
from pages.kit.results import Known, result_name, results_of
from pages.kit.view import View
from pages.kit.words import quantity
from pages.kit.world_words import in_other_worlds, phrase


def headline(view: View) -> str:
    """What the alliance is worth and when it pays back, as Markdown."""
    if not effects.is_planned(view):
        return (
            "This scenario has no alliance, and none is signed: the merger talks ended in February 2025, and what "
            "followed is reports of talks. So nothing here is earned or spent. Below: what one plan would bring, how "
            "large the savings could be, and what comparable ventures cost."
        )
    if not effects.has_effect(view):
        return (
            "An alliance is planned, but nothing of it falls within the five years: it is worth **nothing** here. "
            "Bring its start forward or shorten the delay to see what it earns."
        )
    total = worth.value_jpy_bn(view, TOGETHER)
    each = " and ".join(
        f"**{quantity(worth.value_jpy_bn(view, c), 'JPY bn')}** for {COMPANY_LABELS[c]}" for c in COMPANIES
    )
    payback = payback_of_both(view)
    verb = "is worth" if total >= 0.0 else "destroys value: it is worth"
    counted = f", {phrase(view, view.world)}" if view.world else ""
    return (
        f"{named(view)}: the alliance {verb} **{quantity(total, 'JPY bn')}** today after its costs and tax, {each}"
        f"{counted}. {_in_other_worlds(view)}Before tax, {payback}. "
        "A reading of a model, not a forecast: no contract is known."
    )


def _in_other_worlds(view: View) -> str:
    """What it is worth to both in the other worlds, as a sentence; nothing where it is worth the same."""
    others = in_other_worlds(view, lambda found: f"**{quantity(float(effects.value(found, TOGETHER)), 'JPY bn')}**")
    return f"To both together it is worth, {others}. " if others else ""


def metrics_of_alliance(view: View) -> Iterator[tuple[str, str, str, Known]]:
    """Label, quantity and what stands beside it: what the alliance is worth, what it spends, and how each is known.

    The reference has no alliance, so each stands beside what it depends on instead of the reference.
    """
    otherwise, case = worth.value_otherwise(view)
    total = quantity(worth.value_jpy_bn(view, TOGETHER), "JPY bn")
    yield (
        "Both: value today",
        total,
        f"{quantity(otherwise, 'JPY bn')} {case}",
        shown_in(view, results_of(("alliance_npv_jpy_bn",))),
    )
    for company in COMPANIES:
        value = quantity(worth.value_jpy_bn(view, company), "JPY bn")
        per_share = quantity(round(view.once(company, "value_per_share_jpy")), "JPY")
        yield (
            f"{COMPANY_LABELS[company]}: value today",
            value,
            f"{per_share} per share",
            shown_in(view, (result_name("alliance_npv_jpy_bn", company),)),
        )
    spent, earned = (quantity(amount, "JPY bn") for amount in at_stake.spent_and_earned_jpy_bn(view))
    yield "Spent either way, five years", spent, f"{earned} earned on delivery", MODEL


def metrics_for_scale(view: View) -> Iterator[tuple[str, str, str, Known]]:
    """The same, where there is no alliance: what one is measured by."""
    spent_on = (edition(view.scenario.edition).rows[f"{company}_rd_jpy_bn"].kind for company in COMPANIES)
    research = quantity(savings.combined_rd_jpy_bn(view), "JPY bn")
    yield "R&D of both companies, a year", research, "Honda's part is recalled", mark_of_kinds(spent_on)
    software = quantity(savings.shared_software_jpy_bn(view), "JPY bn")
    yield "Software work both would do, a year", software, "judgement of its share", MODEL
    month, cars = quantity(time_gained.one_month_jpy_bn(view), "JPY bn"), view.scenario.values["software_kveh"]
    yield "One month earlier to market, once", month, f"for {quantity(cars, 'kveh')} a year", MODEL
    venture = quantity(others.venture_totals_jpy_bn(view)["VW and Rivian"], "JPY bn")
    yield "VW and Rivian, whole venture", venture, "a real one, for scale", mark_of(others.REFERENCES.table(view))


def named(view: View) -> str:
    """The scenario's name as a sentence begins with it."""
    return f"“{view.preset_label}”" if view.scenario.preset != DEFAULT_PRESET else "Your changes"
