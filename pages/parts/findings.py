"""What a chart shows, in one sentence computed from its data."""

import re

import numpy as np

from model.bridge import bridge
from model.editions import COMPANIES, COMPANY_LABELS
from model.measures import BOTH, Measure
from model.outputs import OUTPUTS
from model.presets import DEFAULT_PRESET
from model.registry import ASSUMPTIONS
from model.sweeps import TRUCKS, sweep, swings
from pages.parts.view import View
from pages.parts.words import change_words, figure, in_sentence, percent, signed, size_words


def _beside_reference(value: float, reference: float, unit: str) -> str:
    """How a value lies to the reference's, in words."""
    if not change_words(value - reference, unit, ""):
        return "as in the reference"
    return f"{size_words(value - reference, unit)} {'higher' if value > reference else 'lower'}"


def _of_both(view: View, name: str, form: str = "{company} {value}") -> str:
    """An output of both companies in the year in focus, as one phrase."""
    unit = OUTPUTS[name].unit
    return " and ".join(
        form.format(company=COMPANY_LABELS[c], value=figure(view.at_year(c, name)[0], unit)) for c in COMPANIES
    )


def _canton_runs(view: View) -> str:
    """How full the plant is at full rate, in words; trucks that never come do not fill it."""
    trucks, chance = (view.scenario.values[k] for k in (TRUCKS, "success_probability_share"))
    if trucks > 0.0 and chance == 0.0:
        without = sweep(view.scenario, TRUCKS, np.array([0.0]))
        return f"stays at {percent(float(np.asarray(without.once['canton_utilisation_share'])[0]), 0)}"
    use = percent(float(view.projection.once["canton_utilisation_share"]), 0)
    return f"would run at {use} if the alliance delivers" if trucks > 0.0 and chance < 1.0 else f"runs at {use}"


def headline(view: View) -> str:
    """The answer in one or two sentences, as Markdown."""
    if not view.scenario.changed():
        profits = _of_both(view, "operating_profit_jpy_bn", "{company} **{value}**")
        tariffs = _of_both(view, "net_tariff_cost_jpy_bn", "{value} at {company}")
        return (
            f"The companies guide to {profits} of operating profit a year. Tariffs take about {tariffs}, "
            f"and Nissan's plant in Canton {_canton_runs(view)}. Move a slider to see what changes that."
        )
    parts = []
    for company in COMPANIES:
        profit, base = view.at_year(company, "operating_profit_jpy_bn")
        beside = _beside_reference(profit, base, "JPY bn")
        parts.append(f"{COMPANY_LABELS[company]} earns **{figure(profit, 'JPY bn')}**, {beside}")
    # Said once: the second company's distance is read as the first's.
    told = re.sub("higher|lower", r"\g<0> than the reference", ", and ".join(parts), count=1)
    named = f"“{view.preset_label}”" if view.scenario.preset != DEFAULT_PRESET else "Your changes"
    return f"{named}, {view.year_label}: {told}. Canton {_canton_runs(view)}."


def levers_sentence(view: View, most: int = 3) -> str:
    """The assumptions that move the profit of both companies most, each alone over its plausible range."""
    phrases = []
    for lever in swings(view.scenario, Measure("operating_profit_jpy_bn", BOTH, view.year))[:most]:
        ends = sorted((lever.at_low - lever.now, lever.at_high - lever.now))
        reach = " to ".join(signed(end, "JPY bn") for end in ends)
        phrases.append(f"{in_sentence(ASSUMPTIONS[lever.key].label)} ({reach})")
    return f"What moves the profit of both most, each alone over its plausible range: {'; '.join(phrases)}."


def profit_finding(view: View) -> str:
    """Where operating profit stands in the last year shown."""
    changes = []
    for company in COMPANIES:
        value, base = view.at_year(company, "operating_profit_jpy_bn")
        changes.append(f"{COMPANY_LABELS[company]} {change_words(value - base, 'JPY bn')}")
    if not view.scenario.changed():
        return f"Operating profit as guided, carried forward to {view.year_label}"
    return f"Operating profit against the reference in {view.year_label}: {' and '.join(changes)}"


def margin_finding(view: View) -> str:
    """Where the margins stand."""
    return f"Operating margin in {view.year_label}: {_of_both(view, 'operating_margin_share')}"


def tariff_finding(view: View) -> str:
    """How much tariff cost comes from the largest origin."""
    parts = []
    for company in COMPANIES:
        value, base = view.at_year(company, "net_tariff_cost_jpy_bn")
        change = change_words(value - base, "JPY bn", "")
        parts.append(f"{COMPANY_LABELS[company]} {figure(value, 'JPY bn')}{f' ({change})' if change else ''}")
    return f"Tariffs after own measures cost {' and '.join(parts)}"


def bridge_finding(view: View, company: str) -> str:
    """The largest cause of the change."""
    profit, base = view.at_year(company, "operating_profit_jpy_bn")
    steps = bridge(view.projection, company, view.year)
    largest = max(steps, key=lambda step: abs(step.effect_jpy_bn))
    name = COMPANY_LABELS[company]
    if largest.effect_jpy_bn == 0.0:
        return f"{name}: nothing differs from the reference"
    cause = f"{in_sentence(largest.label)} {change_words(largest.effect_jpy_bn, 'JPY bn')}"
    return f"{name} {change_words(profit - base, 'JPY bn', figure(0.0, 'JPY bn'))}, most of it: {cause}"
