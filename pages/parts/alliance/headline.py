"""The page's first sentence: what the alliance is worth and when it pays back."""

from model.editions import COMPANIES, COMPANY_LABELS
from model.presets import DEFAULT_PRESET
from pages.parts.alliance import reading, worth
from pages.parts.alliance.payback import payback_of_both
from pages.parts.alliance.reading import TOGETHER
from pages.parts.view import View
from pages.parts.words import figure, percent


def headline(view: View) -> str:
    """What the alliance is worth and when it pays back, as Markdown."""
    if not reading.is_planned(view):
        return (
            "This scenario has no alliance, and none is signed: the merger talks ended in February 2025, and what "
            "followed is reports of talks. So nothing here is earned or spent. Below: what one plan would bring, how "
            "large the savings could be, and what comparable ventures cost."
        )
    if not reading.has_effect(view):
        return (
            "An alliance is planned, but nothing of it falls within the five years: it is worth **nothing** here. "
            "Bring its start forward or shorten the delay to see what it earns."
        )
    total = worth.value_jpy_bn(view, TOGETHER)
    each = " and ".join(
        f"**{figure(worth.value_jpy_bn(view, c), 'JPY bn')}** for {COMPANY_LABELS[c]}" for c in COMPANIES
    )
    payback = payback_of_both(view)
    verb = "is worth" if total >= 0.0 else "destroys value: it is worth"
    return (
        f"{named(view)}: the alliance {verb} **{figure(total, 'JPY bn')}** today after its costs and tax, {each}, at a "
        f"chance of {percent(reading.chance_share(view), 0)} that it delivers. Before tax, {payback}. "
        "A reading of a model, not a forecast: no contract is known."
    )


def named(view: View) -> str:
    """The scenario's name as a sentence begins with it."""
    return f"“{view.preset_label}”" if view.scenario.preset != DEFAULT_PRESET else "Your changes"
