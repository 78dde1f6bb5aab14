"""What the scenario does to profit, and what moves it most, in sentences."""

import re
from collections.abc import Mapping
from typing import Final

import numpy as np

from model.details import alliance_reach_jpy_bn, at_spot
from model.editions import COMPANIES, COMPANY_LABELS
from model.measures import BOTH, Measure
from model.outputs import OUTPUTS
from model.presets import DEFAULT_PRESET
from model.projection import Projection
from model.registry import ASSUMPTIONS
from model.sweeps import TRUCKS, Ends, sweep
from pages.kit.view import View, kept
from pages.kit.words import change_words, in_sentence, is_estimate, percent, quantity, signed, size_words
from pages.kit.world_words import in_other_worlds
from pages.overview.answers import alliance_sentence

UNCHANGED: Final = "unchanged"


def _beside_reference(value: float, reference: float, unit: str) -> str:
    """How a value lies to the reference's, in words."""
    if not change_words(value - reference, unit, ""):
        return "as in the reference"
    return f"{size_words(value - reference, unit)} {'higher' if value > reference else 'lower'}"


def of_both(view: View, name: str, form: str = "{company} {value}") -> str:
    """An output of both companies in the year in focus, as one phrase."""
    unit = OUTPUTS[name].unit
    return " and ".join(
        form.format(company=COMPANY_LABELS[c], value=quantity(view.at_year(c, name)[0], unit)) for c in COMPANIES
    )


def _canton_runs(view: View) -> str:
    """How full the plant is at full rate, in words; trucks that never come do not fill it."""
    trucks, chance = view.scenario.values[TRUCKS], view.chance_share
    if trucks > 0.0 and chance == 0.0:
        without = sweep(view.scenario, TRUCKS, np.array([0.0]))
        return f"stays at {percent(float(np.asarray(without.once['canton_utilisation_share'])[0]), 0)}"
    use = percent(float(view.projection.once["canton_utilisation_share"]), 0)
    return f"would run at {use} if the alliance delivers" if trucks > 0.0 and chance < 1.0 else f"runs at {use}"


def headline(view: View) -> str:
    """The answer in one or two sentences, as Markdown."""
    if not view.scenario.changed():
        tariffs = of_both(view, "net_tariff_cost_jpy_bn", "**{value}** at {company}")
        return " ".join(filter(None, (f"Tariffs take {tariffs} a year, by the model.", alliance_sentence(view))))
    parts = []
    for company in COMPANIES:
        profit, base = view.at_year(company, "operating_profit_jpy_bn")
        beside = _beside_reference(profit, base, "JPY bn")
        parts.append(f"{COMPANY_LABELS[company]} earns **{quantity(profit, 'JPY bn')}**, {beside}")
    # Said once: the second company's distance is read as the first's.
    told = re.sub("higher|lower", r"\g<0> than the reference", ", and ".join(parts), count=1)
    named = f"“{view.preset_label}”" if view.scenario.preset != DEFAULT_PRESET else "Your changes"
    counted = f", {view.world_words}" if view.world else ""
    others = in_other_worlds(view, lambda found: _profits(found, view.year))
    also = f" {others[0].upper()}{others[1:]}." if others else ""
    return f"{named}, {view.year_label}{counted}: {told}.{also} Canton {_canton_runs(view)}."


def guided_sentence(view: View) -> str:
    """What everything is measured against, as Markdown."""
    return f"{_guided(view)}. Nissan's plant in Canton {_canton_runs(view)}."


def _profits(projection: Projection, year: int) -> str:
    """Operating profit of both companies, as one phrase."""
    profits = {c: float(np.asarray(projection.company[c]["operating_profit_jpy_bn"])[year]) for c in COMPANIES}
    return " and ".join(f"{COMPANY_LABELS[c]} **{quantity(profit, 'JPY bn')}**" for c, profit in profits.items())


def _guided(view: View) -> str:
    """What the companies guide to, and what that is in the year in focus where it is another amount."""
    name, years = "operating_profit_jpy_bn", view.projection.years
    first = {c: float(np.asarray(view.reference.company[c][name])[0]) for c in COMPANIES}
    guided = " and ".join(f"{COMPANY_LABELS[c]} **{quantity(first[c], 'JPY bn')}**" for c in COMPANIES)
    who = "With figures of your own the guidance is" if view.has_own_figures else "The companies guide to"
    words = f"{who} {guided} of operating profit for {years[0]}"
    moved = {c: view.at_year(c, name)[0] for c in COMPANIES if view.at_year(c, name)[0] != first[c]}
    if not moved:
        return words
    later = " and ".join(f"{COMPANY_LABELS[c]} **{quantity(v, 'JPY bn')}**" for c, v in moved.items())
    return f"{words}; carried on to {view.year_label}, that is {later}"


def spot_sentence(view: View) -> str:
    """What the market's exchange rate would move, as Markdown; nothing where the scenario is at it, or older."""
    found = at_spot(view.scenario, view.projection)
    if found is None:
        return ""
    v = view.scenario.values
    rates = (v["jpy_per_usd"], v["jpy_per_usd"] + v["nissan_jpy_gap"])
    planned = quantity(rates[0], "JPY") + (f" and {quantity(rates[1], 'JPY')}" if rates[0] != rates[1] else "")
    change = {c: float(found.change_jpy_bn[c][view.year]) for c in COMPANIES}
    moves = " and ".join(f"{COMPANY_LABELS[c]} by {signed(change[c], 'JPY bn')}" for c in COMPANIES)
    return (
        f"At the market's exchange rate of mid 2026, about {quantity(found.rate_jpy_per_usd, 'JPY')} per dollar "
        f"instead of {planned}, the profit of {view.year_label} moves: {moves}{_more_than_the_alliance(view, change)}."
    )


def _more_than_the_alliance(view: View, change_jpy_bn: Mapping[str, float]) -> str:
    """Said of what companies guide to: a scenario of one's own has other ends, and its own page ranks them."""
    if view.scenario.changed():
        return ""
    reach = alliance_reach_jpy_bn(_ends(view), "honda", view.year)
    more = f": for Honda more than any lever of the alliance, {quantity(reach, 'JPY bn')} at most"
    return more if abs(change_jpy_bn["honda"]) > reach else ""


@kept
def _ends(view: View) -> Ends:
    return Ends.of(view.scenario)


def levers_sentence(view: View, most: int = 3) -> str:
    """What could happen that moves the profit of both companies most, each alone over its plausible range.

    Estimates are no such thing: there is one world, which is not known.
    """
    phrases = []
    found = _ends(view).swings(Measure("operating_profit_jpy_bn", BOTH, view.year))
    for lever in [swing for swing in found if not is_estimate(swing.key)][:most]:
        ends = sorted((lever.at_low - lever.now, lever.at_high - lever.now))
        reach = " to ".join(signed(end, "JPY bn") for end in ends)
        phrases.append(f"{in_sentence(ASSUMPTIONS[lever.key].label)} ({reach})")
    return f"What moves the profit of both most, each alone over its plausible range: {'; '.join(phrases)}."
