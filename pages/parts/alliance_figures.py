"""The alliance page: what it brings and costs, when it pays back, and what it is worth.

Tables are pure functions of a view, charts of a table's rows, findings say what the data say. The model
does the arithmetic; here its results are grouped, added up over years and compared.

chance: `success_probability_share`; what is spent at a chance of 0 is spent either way, and what a chance
of 1 adds to that is earned only if the alliance delivers
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any, Final

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.facts import Fact, facts
from data.story import TimelineEvent, timeline
from model.editions import COMPANIES, COMPANY_LABELS, edition
from model.formulas.alliance import software_saving_jpy_bn
from model.formulas.market import ramp_share
from model.links import Scenario, scenario_of_preset
from model.outputs import ALLIANCE_CHANNELS
from model.presets import DEFAULT_PRESET, PRESETS
from model.projection import Projection, project
from model.registry import ASSUMPTIONS
from model.sweeps import sweep
from pages.parts.charts import COMPANY_COLORS, Chart
from pages.parts.sure.break_even import crossings
from pages.parts.tables import Table
from pages.parts.view import View
from pages.parts.words import NBSP, assumption_value, figure, markdown_text, number, percent, signed

Years = NDArray[np.float64]

CHANCE: Final = "success_probability_share"
YEARS_AFTER: Final = "terminal_yr"
TOGETHER: Final = "Together"
NET: Final = "Net benefit"
EXAMPLE_PRESET: Final = "alliance_good"
"""The preset that the page shows where the scenario has no alliance."""

LEVERS: Final = (
    "canton_honda_trucks_kveh",
    "platform_saving_jpy_bn",
    "software_saving_share",
    "software_cost_jpy_bn",
    "software_gain_months",
    "integration_cost_jpy_bn",
)
"""Assumptions of which at least one is above zero where an alliance is planned."""

SOURCES_OF_BENEFIT: Final = {
    "Shared platforms": ("platform_effect_jpy_bn",),
    "Joint software": ("software_effect_jpy_bn",),
    "Cars earlier to market": ("earlier_sales_effect_jpy_bn",),
    "Canton trucks": ("freed_lines_effect_jpy_bn", "extra_trucks_effect_jpy_bn", "transfer_effect_jpy_bn"),
    "Tooling": ("tooling_effect_jpy_bn",),
    "Integration": ("integration_effect_jpy_bn",),
}
"""The model's alliance channels, grouped as people speak of them."""

SOURCE_COLORS: Final = {
    "Shared platforms": "#009E73",
    "Joint software": "#56B4E9",
    "Cars earlier to market": "#E69F00",
    "Canton trucks": "#CC79A7",
    "Tooling": "#A6ADB3",
    "Integration": "#6B7780",
}
TOGETHER_COLOR: Final = "#009E73"

SPENT: Final = "Spent either way"
EARNED: Final = "Earned only if it delivers"
DELIVERS: Final = "If it delivers"
FAILS: Final = "If it fails"

HORIZON: Final = "The five years"
AFTER: Final = "The years after"

_MODEL: Final = "Alliance Explorer model on the edition's facts; see the Sources page"
_TINY_JPY_BN: Final = 1e-9


# ---------------------------------------------------------------------- what the model says


Pairs = tuple[tuple[str, float], ...]
"""The values of a scenario by key, as something that a cache can hold."""


def _swept(view: View, key: str, *points: float) -> Projection:
    """The scenario with one assumption at each of the points, all else held."""
    return _sweep_of(view.scenario.edition, tuple(view.scenario.values.items()), key, points)


# The page asks for the same few sweeps many times in one run: kept, it takes a third of the time.
@lru_cache(maxsize=64)
def _sweep_of(edition_name: str, values: Pairs, key: str, points: tuple[float, ...]) -> Projection:
    return sweep(Scenario(edition_name, DEFAULT_PRESET, dict(values)), key, np.array(points))


def is_planned(view: View) -> bool:
    """Whether the scenario has an alliance at all."""
    return any(view.scenario.values[key] > 0.0 for key in LEVERS)


def has_effect(view: View) -> bool:
    """Whether any of it falls within the five years, whether it delivers or fails."""
    outcomes = _outcomes(view)
    return any(
        bool(np.any(np.abs(np.asarray(outcomes.company[c][name])) > _TINY_JPY_BN))
        for c in COMPANIES
        for name in ALLIANCE_CHANNELS
    )


def chance_share(view: View) -> float:
    """The scenario's chance that the alliance delivers [share]."""
    return float(view.scenario.values[CHANCE])


def scenario_case(view: View) -> str:
    """The scenario's own case in words."""
    return f"This scenario ({percent(chance_share(view), 0)} chance)"


def cases(view: View) -> list[tuple[str, float]]:
    """Cases to tell apart and their chances [share]: the scenario's, delivered and failed, without repeats."""
    chance = chance_share(view)
    return [
        (scenario_case(view), chance),
        *((label, at) for label, at in ((DELIVERS, 1.0), (FAILS, 0.0)) if at != chance),
    ]


def _outcomes(view: View) -> Projection:
    """The scenario at its own chance, at 1 and at 0, in this order."""
    return _swept(view, CHANCE, chance_share(view), 1.0, 0.0)


def _of_source(projection: Projection, company: str, source: str) -> Years:
    """Effect of one source on operating profit [JPY bn] (5,) or (draws, 5)."""
    effects = [np.asarray(projection.company[company][name]) for name in SOURCES_OF_BENEFIT[source]]
    total: Years = np.sum(effects, axis=0)
    return total


def _benefit(projection: Projection, company: str) -> Years:
    """The alliance's net benefit [JPY bn a year] (5,) or (draws, 5)."""
    return np.asarray(projection.company[company]["alliance_benefit_jpy_bn"], dtype=np.float64)


def _value(projection: Projection, who: str) -> Years:
    """Value of the alliance today [JPY bn] of a company or of both together, () or (draws,)."""
    values = projection.once_company["alliance_npv_jpy_bn"]
    total: Years = np.sum([np.asarray(values[c]) for c in (COMPANIES if who == TOGETHER else (who,))], axis=0)
    return total


EVERYONE: Final = (*COMPANIES, TOGETHER)


def _name(who: str) -> str:
    return COMPANY_LABELS.get(who, who)


def value_jpy_bn(view: View, who: str) -> float:
    """Value of the scenario's alliance today [JPY bn], of a company or of both together."""
    return float(_value(view.projection, who))


def value_per_share_jpy(view: View, company: str) -> float:
    """Value of the scenario's alliance per share of a company [JPY]."""
    return float(np.asarray(view.projection.once_company["value_per_share_jpy"][company]))


def value_otherwise(view: View) -> tuple[float, str]:
    """Value today of both together [JPY bn] in the case that the scenario leaves open, and that case in words."""
    place, case = (1, DELIVERS) if chance_share(view) == 0.0 else (2, FAILS)
    return float(_value(_outcomes(view), TOGETHER)[place]), case.lower()


def spent_and_earned_jpy_bn(view: View) -> tuple[float, float]:
    """Of both over five years: spent either way, above zero, and earned only if it delivers [JPY bn]."""
    outcomes = _outcomes(view)
    delivered, failed = (float(sum(_benefit(outcomes, c)[k].sum() for c in COMPANIES)) for k in (1, 2))
    return 0.0 - failed, delivered - failed


def payback_index(benefit_jpy_bn: Years) -> int | None:
    """Index of the year from which the benefits add up to zero or more and stay there; None if they do not.

    benefit_jpy_bn: net benefit by year [JPY bn] (5,)
    """
    below = np.flatnonzero(np.cumsum(benefit_jpy_bn) < -_TINY_JPY_BN)
    if not below.size:
        return 0
    return int(below[-1]) + 1 if below[-1] + 1 < len(benefit_jpy_bn) else None


def payback_words(view: View, company: str, benefit_jpy_bn: Years) -> str:
    """When benefits have made up for costs, as a predicate: "pays back in FY2030/3"."""
    cumulative, years = np.cumsum(benefit_jpy_bn), view.projection.years
    if np.all(np.abs(cumulative) <= _TINY_JPY_BN):
        return "has nothing to pay back"
    at = payback_index(benefit_jpy_bn)
    if at is None:
        return "does not pay back within five years"
    return "is never in the red" if np.all(cumulative >= -_TINY_JPY_BN) else f"pays back in {years[at]}"


def break_even(view: View, key: str, who: str) -> tuple[str, float | None]:
    """Where the value today turns positive along an assumption: "from", "up to", "any" or "none", and the value."""
    a = ASSUMPTIONS[key]
    values = _value(_swept(view, key, *_grid(key)), who)
    low, high = float(values[0]), float(values[-1])
    if np.all(values >= -_TINY_JPY_BN) or np.all(values <= _TINY_JPY_BN):
        return ("any" if low + high > 0.0 else "none"), None
    margin = 1e-6 * (a.maximum - a.minimum)
    met = _met(view.scenario.edition, tuple(view.scenario.values.items()), key, who)
    inside = [at for at in met if a.minimum + margin < at < a.maximum - margin]
    return ("from" if high > low else "up to"), inside[0] if inside else None


@lru_cache(maxsize=64)
def _met(edition_name: str, values: Pairs, key: str, who: str) -> tuple[float, ...]:
    scenario = Scenario(edition_name, DEFAULT_PRESET, dict(values))
    return crossings(scenario, key, lambda projection: _value(projection, who))


def _grid(key: str) -> Iterable[float]:
    """Points over the whole range of an assumption, at which lines are drawn."""
    return (float(point) for point in np.linspace(ASSUMPTIONS[key].minimum, ASSUMPTIONS[key].maximum, 21))


_NOT: Final = "not"


def chance_words(view: View, who: str) -> str:
    """The chance from which a company gains, in words: "from a chance of 27 %"."""
    how, at = break_even(view, CHANCE, who)
    if at is None:
        return "at any chance" if how == "any" else f"{_NOT} at any chance"
    return f"{how} a chance of {percent(at, 0)}"


def years_words(view: View, who: str) -> str:
    """How long the alliance must go on after the horizon for a company to gain, in words."""
    how, at = break_even(view, YEARS_AFTER, who)
    if at is None:
        return "even if it ends with the fifth year" if how == "any" else f"{_NOT} within 20 years more"
    return f"if it goes on {'at least' if how == 'from' else 'at most'} {number(at, 1)} years more"


def named(view: View) -> str:
    """The scenario's name as a sentence begins with it."""
    return f"“{view.preset_label}”" if view.scenario.preset != DEFAULT_PRESET else "Your changes"


def example_view(view: View) -> View:
    """The preset that the page invites to, on the edition in use."""
    return _example(view.scenario.edition, view.year)


@lru_cache(maxsize=16)
def _example(edition_name: str, year: int) -> View:
    return View.of(scenario_of_preset(EXAMPLE_PRESET, edition_name), year)


def one_month_jpy_bn(view: View) -> float:
    """What one month gained to market would earn both if the alliance delivers, once all lines have come [JPY bn]."""
    values = {**view.scenario.values, CHANCE: 1.0, "software_gain_months": 1.0, "software_start_yr": 0.0}
    values |= {"software_ramp_yr": 1.0, "alliance_delay_yr": 0.0}
    projection = project(values, view.scenario.edition)
    return float(sum(_of_source(projection, c, "Cars earlier to market").sum() for c in COMPANIES))


# ------------------------------------------------------------------------------------- tables


def _sourced(table: Table, *sources: str) -> Table:
    return replace(table, sources=sources)


def _cited(fact: Fact) -> str:
    return f"{fact.label}: {fact.source} ({fact.kind})"


def _present(view: View, effects: dict[str, Years]) -> bool:
    return any(bool(np.any(np.abs(e) > _TINY_JPY_BN)) for e in effects.values())


def benefits(view: View, company: str) -> Table:
    """Effect of each source of the alliance on a company's operating profit by year, and their sum."""
    shown = [s for s in SOURCES_OF_BENEFIT if _present(view, {c: _of_source(view.projection, c, s) for c in COMPANIES})]
    records: list[tuple[object, ...]] = [
        (source, year, float(effect))
        for source in shown
        for year, effect in zip(view.projection.years, _of_source(view.projection, company, source), strict=True)
    ]
    records += [
        (NET, year, float(effect))
        for year, effect in zip(view.projection.years, _benefit(view.projection, company), strict=True)
    ]
    columns = {
        "source": "Where it comes from; the net benefit is the sum of the others",
        "fiscal_year": "Fiscal year, ending in March",
        "effect_jpy_bn": "Effect on operating profit at the scenario's chance of delivery, before tax, JPY bn",
    }
    title = f"{COMPANY_LABELS[company]}: benefits and costs of the alliance by year"
    return Table.of(f"alliance_benefits_{company}", title, columns, records)


def cumulative(view: View, company: str) -> Table:
    """A company's net benefit added up over the years, before tax, by case."""
    records: list[tuple[object, ...]] = []
    for case, chance in cases(view):
        benefit = _benefit(_swept(view, CHANCE, chance), company)[0]
        for year, total in zip(view.projection.years, np.cumsum(benefit), strict=True):
            records.append((case, chance, year, float(total)))
    columns = {
        "case": "Case",
        "chance_share": "Chance that the alliance delivers, share of 1",
        "fiscal_year": "Fiscal year, ending in March",
        "cumulative_jpy_bn": "Net benefit since the first year, before tax and undiscounted, JPY bn",
    }
    title = f"{COMPANY_LABELS[company]}: net benefit of the alliance, added up"
    return Table.of(f"alliance_cumulative_{company}", title, columns, records)


def stakes(view: View) -> Table:
    """Per company and source over five years: what is spent either way and what is earned only if it delivers."""
    outcomes = _outcomes(view)
    records: list[tuple[object, ...]] = []
    for company in COMPANIES:
        for source in SOURCES_OF_BENEFIT:
            effect = _of_source(outcomes, company, source).sum(axis=-1)
            for part, amount in ((SPENT, effect[2]), (EARNED, effect[1] - effect[2])):
                if abs(amount) > _TINY_JPY_BN:
                    records.append((COMPANY_LABELS[company], part, source, float(amount)))
    columns = {
        "company": "Company",
        "part": "Whether it depends on delivery",
        "source": "Where it comes from",
        "five_years_jpy_bn": "Effect on operating profit over the five years, before tax, JPY bn",
    }
    return Table.of("alliance_stakes", "Spent either way and earned only if it delivers, five years", columns, records)


def case_totals(view: View) -> Table:
    """Per case: benefits over five years and value today, of each company and of both."""
    records: list[tuple[object, ...]] = []
    for case, chance in cases(view):
        outcome = _swept(view, CHANCE, chance)
        totals = (float(_benefit(outcome, c).sum()) for c in COMPANIES)
        values = (float(_value(outcome, who)[0]) for who in EVERYONE)
        records.append((case, chance, *totals, *values))
    columns = {
        "case": "Case",
        "chance_share": "Chance that the alliance delivers, share of 1",
        "honda_five_years_jpy_bn": "Honda: net benefit over five years, before tax, JPY bn",
        "nissan_five_years_jpy_bn": "Nissan: net benefit over five years, before tax, JPY bn",
        "honda_value_jpy_bn": "Honda: value today, after tax, JPY bn",
        "nissan_value_jpy_bn": "Nissan: value today, after tax, JPY bn",
        "together_value_jpy_bn": "Both: value today, after tax, JPY bn",
    }
    return Table.of("alliance_cases", "The alliance delivered, expected and failed", columns, records)


def case_totals_in_words(table: Table) -> pd.DataFrame:
    """The cases as a reader wants them."""
    names = {
        "honda_five_years_jpy_bn": "Honda, five years",
        "nissan_five_years_jpy_bn": "Nissan, five years",
        "together_value_jpy_bn": "Both, value today",
    }
    words = {name: [signed(v, "JPY bn") for v in table.rows[column]] for column, name in names.items()}
    return pd.DataFrame({"Case": table.rows["case"], **words})


def earlier_cars(view: View) -> Table:
    """What cars that come earlier earn, by year and company: at the scenario's chance and if it delivers."""
    outcomes = _outcomes(view)
    records: list[tuple[object, ...]] = []
    for company in COMPANIES:
        effect = _of_source(outcomes, company, "Cars earlier to market")
        for year, expected, delivered in zip(view.projection.years, effect[0], effect[1], strict=True):
            records.append((COMPANY_LABELS[company], year, float(expected), float(delivered)))
    columns = {
        "company": "Company",
        "fiscal_year": "Fiscal year, ending in March",
        "expected_jpy_bn": "Contribution earned earlier, at the scenario's chance of delivery, JPY bn",
        "delivered_jpy_bn": "Contribution earned earlier, if the alliance delivers, JPY bn",
    }
    return Table.of("alliance_earlier_cars", "What cars earlier to market earn", columns, records)


EARLIER_INPUTS: Final = (
    "software_gain_months",
    "software_kveh",
    "software_start_yr",
    "software_ramp_yr",
    "honda_contribution_usd",
    "nissan_contribution_usd",
    CHANCE,
)
"""Assumptions behind what cars that come earlier earn."""


def earlier_inputs_in_words(view: View) -> pd.DataFrame:
    """What the gain in time is counted from, as a reader wants it."""
    rows = [
        (ASSUMPTIONS[k].label.replace("Joint software: ", ""), assumption_value(k, view.scenario.values[k]))
        for k in EARLIER_INPUTS
    ]
    return pd.DataFrame([(f"{label[0].upper()}{label[1:]}", v) for label, v in rows], columns=["Input", "Value"])


def value_parts(view: View) -> Table:
    """Value today, split into the five years and the years after, per company and together."""
    years_after = float(view.scenario.values[YEARS_AFTER])
    swept = _swept(view, YEARS_AFTER, 0.0, years_after)
    records: list[tuple[object, ...]] = []
    for who in EVERYONE:
        horizon, total = (float(v) for v in _value(swept, who))
        records += [(_name(who), HORIZON, horizon), (_name(who), AFTER, total - horizon)]
    columns = {
        "who": "Company, or both together",
        "part": "The five fiscal years, or the years the alliance goes on after them",
        "value_jpy_bn": "Value today, after tax, JPY bn",
    }
    return Table.of("alliance_value_parts", "Value of the alliance today", columns, records)


def value_along(view: View, key: str) -> Table:
    """Value today along an assumption, all else held, per company and together."""
    a = ASSUMPTIONS[key]
    swept = _swept(view, key, *_grid(key))
    records: list[tuple[object, ...]] = [
        (_name(who), float(point), float(value))
        for who in EVERYONE
        for point, value in zip(_grid(key), _value(swept, who), strict=True)
    ]
    columns = {
        "who": "Company, or both together",
        key: f"{a.label}, {'share of 1' if a.unit == 'share' else 'years'}",
        "value_jpy_bn": "Value today, after tax, JPY bn",
    }
    title = f"Value of the alliance today by: {a.label.lower()}"
    return Table.of("alliance_value_by_chance" if key == CHANCE else "alliance_value_by_years", title, columns, records)


def _rd_facts(view: View) -> dict[str, Fact | None]:
    """The fact behind each company's R&D in the edition in use."""
    rows = edition(view.scenario.edition).rows
    return {c: facts().get(rows[f"{c}_rd_jpy_bn"].fact) for c in COMPANIES}


def _rd(view: View, company: str) -> float:
    return edition(view.scenario.edition).facts[f"{company}_rd_jpy_bn"]


def combined_rd_jpy_bn(view: View) -> float:
    """R&D of both companies in the edition in use [JPY bn a year]."""
    return sum(_rd(view, c) for c in COMPANIES)


def _software(view: View, company: str, *factors: float) -> float:
    """The software formula with as many of its factors as given, the others at 1 [JPY bn a year]."""
    shares = (*factors, 1.0, 1.0, 1.0, 1.0, 1.0)[:5]
    return float(np.asarray(software_saving_jpy_bn(_rd(view, company), *shares)))


def shared_software_jpy_bn(view: View) -> float:
    """Software work that both companies would otherwise do separately [JPY bn a year]."""
    v = view.scenario.values
    return sum(_software(view, c, v["software_rd_share"], v["software_overlap_share"]) for c in COMPANIES)


def scale(view: View) -> Table:
    """Yearly savings at full rate, if delivered, beside the article's figure and the R&D of both."""
    v, rd = view.scenario.values, combined_rd_jpy_bn(view)
    software = sum(
        _software(view, c, v["software_rd_share"], v["software_overlap_share"], v["software_saving_share"])
        for c in COMPANIES
    )
    article = facts()["article_platform_saving"]
    amounts = (
        ("Platforms, as the article says", article.number, "the article"),
        ("Platforms, this scenario", v["platform_saving_jpy_bn"], "assumption"),
        ("Joint software, this scenario", software, "assumption"),
        ("Software work both would do", shared_software_jpy_bn(view), "assumption"),
        ("R&D of both companies", rd, "facts"),
    )
    records: list[tuple[object, ...]] = [(what, float(a), float(a) / rd, basis) for what, a, basis in amounts]
    columns = {
        "what": "What is compared; savings at full rate, if the alliance delivers, before its costs",
        "yearly_jpy_bn": "Amount a year, JPY bn",
        "of_rd_share": "Share of the R&D of both companies",
        "basis": "Where the amount comes from",
    }
    table = Table.of("alliance_scale", "Savings a year against research and development", columns, records)
    cited = (f for f in (*_rd_facts(view).values(), article) if f)
    return _sourced(table, _MODEL, *(_cited(f) for f in cited))


def software_steps(view: View) -> Table:
    """The software saving, factor by factor, in the year in focus."""
    v = view.scenario.values
    progress = float(
        np.asarray(ramp_share(float(view.year), v["software_start_yr"], v["alliance_delay_yr"], v["software_ramp_yr"]))
    )
    factors = (
        ("R&D a year", None),
        ("Software's part of it", v["software_rd_share"]),
        ("Work both would do", v["software_overlap_share"]),
        ("Saved by doing it once", v["software_saving_share"]),
        (f"Progress by {view.year_label}", progress),
        ("Chance that it delivers", v[CHANCE]),
    )
    shares = [float(share) for _, share in factors if share is not None]
    records: list[tuple[object, ...]] = [
        (label, 1.0 if share is None else float(share), *(_software(view, c, *shares[:count]) for c in COMPANIES))
        for count, (label, share) in enumerate(factors)
    ]
    columns = {
        "step": "Factor of the software formula",
        "factor_share": "What the amount before is multiplied by, share of 1",
        "honda_jpy_bn": "Honda: amount after this step, JPY bn a year",
        "nissan_jpy_bn": "Nissan: amount after this step, JPY bn a year",
    }
    table = Table.of("alliance_software_steps", f"Joint software, step by step, {view.year_label}", columns, records)
    return _sourced(table, _MODEL, *(_cited(f) for f in _rd_facts(view).values() if f))


def software_steps_in_words(table: Table) -> pd.DataFrame:
    """The steps as a reader wants them."""
    rows = table.rows
    times = ["" if i == 0 else f"×{NBSP}{figure(share, 'share')}" for i, share in enumerate(rows["factor_share"])]
    amounts = {COMPANY_LABELS[c]: [figure(value, "JPY bn") for value in rows[f"{c}_jpy_bn"]] for c in COMPANIES}
    return pd.DataFrame({"Step": rows["step"], "Factor": times, **amounts})


VENTURE_PARTS: Final = {
    "vw_rivian_jv_equity": "Shares in Rivian",
    "vw_rivian_jv_software": "Software and stake",
    "vw_rivian_jv_loan": "Loan",
}
"""The parts of the VW and Rivian venture, by the fact that states them."""

_RATE_OF: Final = {"2024": "nissan_fx_actual_fy25_3", "2025": "nissan_fx_actual_fy26_3"}
"""The realised exchange rate that stands for a calendar year: that of the fiscal year beginning in it."""


def in_yen_jpy_bn(fact: Fact) -> float | None:
    """A fact in JPY bn, at the realised rate of its year; None where the facts hold no rate for it."""
    if fact.unit == "JPY bn":
        return fact.number
    rate = _RATE_OF.get(fact.as_of[:4])
    return fact.number * facts()[rate].number if rate and fact.unit == "USD bn" else None


def reference_facts(view: View) -> list[Fact]:
    """Facts to measure the alliance by: a comparable venture, and what makers spend on R&D."""
    venture = ("vw_rivian_jv_total", *VENTURE_PARTS, "vw_rivian_jv_milestone")
    peers = ("tesla_rd_2024", "tesla_rd_2025", "byd_rd_2024", "byd_rd_9m2025")
    own = [f for f in _rd_facts(view).values() if f]
    return [*(facts()[i] for i in venture), *own, *(facts()[i] for i in peers)]


def references(view: View) -> Table:
    """Real ventures and budgets in their own currency, in yen where the facts hold a rate."""
    records: list[tuple[object, ...]] = []
    for fact in reference_facts(view):
        yen = in_yen_jpy_bn(fact)
        converted = "" if yen is None else yen
        records.append((fact.label, fact.number, fact.unit, converted, fact.as_of, fact.kind, fact.source))
    columns = {
        "reference": "Venture or budget",
        "amount": "Amount in its own currency",
        "unit": "Unit of the amount",
        "converted_jpy_bn": "Amount in JPY bn, at the rate Nissan realised in that year; empty where no rate is held",
        "as_of": "Date, month or year that the amount belongs to",
        "kind": "How the amount is known",
        "source": "Source",
    }
    table = Table.of("alliance_references", "What others spend on shared software and research", columns, records)
    rates = (facts()[i] for i in _RATE_OF.values())
    return _sourced(table, *(_cited(f) for f in (*reference_facts(view), *rates)))


def reference_lines(view: View) -> str:
    """The references as a Markdown list: amount as published, in yen, what it is, source and kind."""
    lines = []
    for fact in reference_facts(view):
        yen = in_yen_jpy_bn(fact)
        native = f"CNY{NBSP}{number(fact.number)}{NBSP}bn" if fact.unit == "CNY bn" else figure(fact.number, fact.unit)
        in_yen = "" if yen is None or fact.unit == "JPY bn" else f" ({figure(yen, 'JPY bn')})"
        lines.append(f"- **{native}**{in_yen} {markdown_text(fact.label)}. {_gray_source(fact.source, fact.kind)}")
    return "\n".join(lines)


def rates_in_words() -> str:
    """The exchange rates behind the yen of the references."""
    rates = " and ".join(f"{number(facts()[rate].number)} from April {year}" for year, rate in _RATE_OF.items())
    return f"in yen, at what Nissan realised per dollar in the fiscal year: {rates}"


def _gray_source(source: str, kind: str) -> str:
    return (
        f":gray[{markdown_text(source)} ({kind})]" if not source.startswith(kind) else f":gray[{markdown_text(source)}]"
    )


def venture(view: View) -> Table:
    """The VW and Rivian venture by its parts, beside what the scenario spends either way in five years."""
    records: list[tuple[object, ...]] = []
    for fact_id, part in VENTURE_PARTS.items():
        fact = facts()[fact_id]
        records.append(("VW and Rivian", part, in_yen_jpy_bn(fact) or 0.0))
    spent = stakes(view).rows.query("part == @SPENT").groupby("source")["five_years_jpy_bn"].sum()
    records += [("This scenario", source, 0.0 - float(spent.get(source, 0.0))) for source in _COSTS]
    columns = {
        "who": "Whose money",
        "part": "What it is spent on",
        "amount_jpy_bn": "Amount, JPY bn; of the scenario: both companies, five years, spent either way",
    }
    table = Table.of("alliance_venture", "A real software venture beside the scenario", columns, records)
    used = (*(facts()[i] for i in VENTURE_PARTS), facts()["nissan_fx_actual_fy25_3"])
    return _sourced(table, _MODEL, *(_cited(f) for f in used))


_COSTS: Final = ("Joint software", "Tooling", "Integration")
_TALK_FACTS: Final = ("mou_", "merger_", "pickup_report", "os_report", "us_joint_dev", "honda_no_restart")


def talks() -> list[TimelineEvent]:
    """Dated events of the talks between the two companies, oldest first."""
    return [
        event
        for event in timeline()
        if event.category == "milestone" and any(i.startswith(_TALK_FACTS) for i in event.fact_ids)
    ]


def event_date(event: TimelineEvent) -> str:
    """The day of an event in words, the month where only that is known."""
    return f"{event.date:%B %Y}" if event.detail.startswith("Month only") else f"{event.date:%-d %B %Y}"


def talk_lines() -> str:
    """The state of the talks as a Markdown list: day, event, detail, source and kind."""
    return "\n".join(
        f"- **{event_date(e)}**: {markdown_text(e.title)}. {markdown_text(e.detail)} {_gray_source(e.source, e.kind)}"
        for e in talks()
    )


def talks_table(view: View) -> Table:
    """The state of the talks as data; the same for every scenario."""
    records: list[tuple[object, ...]] = [(e.date.isoformat(), e.title, e.detail, e.kind, e.source) for e in talks()]
    columns = {
        "date": "Day; the first of the month where the detail says that only the month is known",
        "event": "What happened",
        "detail": "Detail",
        "kind": "How it is known",
        "source": "Source",
    }
    return _sourced(
        Table.of("alliance_talks", "The talks between Honda and Nissan", columns, records), "data/timeline.csv"
    )


def invitation(view: View) -> Table:
    """What the page's example of an alliance would bring by year and company, on the edition in use."""
    example = example_view(view).projection
    records: list[tuple[object, ...]] = [
        (COMPANY_LABELS[company], year, float(benefit), float(total))
        for company in COMPANIES
        for year, benefit, total in zip(
            example.years, _benefit(example, company), np.cumsum(_benefit(example, company)), strict=True
        )
    ]
    columns = {
        "company": "Company",
        "fiscal_year": "Fiscal year, ending in March",
        "benefit_jpy_bn": "Net benefit of the alliance, before tax, JPY bn",
        "cumulative_jpy_bn": "Net benefit since the first year, before tax, JPY bn",
    }
    preset = PRESETS[EXAMPLE_PRESET]
    table = Table.of("alliance_invitation", f"What the preset “{preset.label}” would bring", columns, records)
    aside = (
        f"Numbers of the preset “{preset.label}” on edition {view.scenario.edition}, not of the scenario named above"
    )
    return _sourced(table, aside, preset.source, _MODEL)


TABLES: Final[dict[str, Callable[[View], Table]]] = {
    **{f"alliance_benefits_{c}": partial(benefits, company=c) for c in COMPANIES},
    **{f"alliance_cumulative_{c}": partial(cumulative, company=c) for c in COMPANIES},
    "alliance_stakes": stakes,
    "alliance_cases": case_totals,
    "alliance_value_parts": value_parts,
    "alliance_value_by_chance": partial(value_along, key=CHANCE),
    "alliance_value_by_years": partial(value_along, key=YEARS_AFTER),
    "alliance_earlier_cars": earlier_cars,
    "alliance_scale": scale,
    "alliance_software_steps": software_steps,
    "alliance_references": references,
    "alliance_venture": venture,
    "alliance_talks": talks_table,
    "alliance_invitation": invitation,
}
"""Every table of the page by name."""


# ------------------------------------------------------------------- what charts draw: rows and labels


def extent(amounts: Iterable[float], room_share: float = 0.14) -> tuple[float, float]:
    """Ends of an axis that holds zero and all amounts, with room for labels where there is something to label."""
    low, high = min(0.0, *amounts, 0.0), max(0.0, *amounts, 0.0)
    room = (high - low or 1.0) * room_share
    return (low - room if low < 0.0 else 0.0), (high + room if high > 0.0 or low == 0.0 else 0.0)


def _drawn(rows: pd.DataFrame, ends: tuple[float, float], **columns: Any) -> pd.DataFrame:
    """Rows with the ends of their axis [JPY bn] and further columns."""
    return rows.assign(room_low_jpy_bn=ends[0], room_high_jpy_bn=ends[1], **columns)


def _side_total(parts: pd.DataFrame, group: str, column: str, sign: float) -> dict[str, float]:
    """Sum of the parts on one side of zero, by group."""
    one_way = parts[parts[column] * sign > 0.0]
    return {str(name): float(amount) for name, amount in one_way.groupby(group)[column].sum().items()}


def _in_yen(values: Iterable[float]) -> list[str]:
    return [figure(float(value), "JPY bn") for value in values]


def _signed_yen(values: Iterable[float]) -> list[str]:
    return [signed(float(value), "JPY bn") for value in values]


def _plain_signed(value_jpy_bn: float) -> str:
    """A rounded amount with its sign and no unit, as the axis names it."""
    return re.sub(r"JPY.|.bn", "", signed(float(round(value_jpy_bn)), "JPY bn"))


def _first_of_each(rows: pd.DataFrame, *columns: str) -> NDArray[np.bool_]:
    """Which rows are the first of their group: there a label of the whole group belongs."""
    return np.asarray(~rows.duplicated(list(columns)))


def benefit_ends(*tables: Table) -> tuple[float, float]:
    """One axis for the benefits of both companies [JPY bn]."""
    ends: list[float] = []
    for table in tables:
        parts = table.rows[table.rows["source"] != NET]
        ends += [v for sign in (1.0, -1.0) for v in _side_total(parts, "fiscal_year", "effect_jpy_bn", sign).values()]
        ends += list(table.rows.loc[table.rows["source"] == NET, "effect_jpy_bn"])
    return extent(ends)


def benefit_rows(table: Table, ends: tuple[float, float]) -> pd.DataFrame:
    """Benefits with the place of each in its bar, and where the label of the year's sum stands."""
    rows, parts = table.rows, table.rows[table.rows["source"] != NET]
    above, below = (_side_total(parts, "fiscal_year", "effect_jpy_bn", sign) for sign in (1.0, -1.0))
    pairs = list(zip(rows["fiscal_year"], rows["effect_jpy_bn"], strict=True))
    return _drawn(
        rows,
        ends,
        rank=[list(SOURCES_OF_BENEFIT).index(s) if s != NET else -1 for s in rows["source"]],
        edge_jpy_bn=[(above if effect >= 0.0 else below).get(year, 0.0) for year, effect in pairs],
        label=_signed_yen(rows["effect_jpy_bn"]),
        label_net=[_plain_signed(effect) for _, effect in pairs],
    )


def fan_ends(*tables: Table) -> tuple[float, float]:
    """One axis for what adds up at both companies [JPY bn]."""
    return extent([float(v) for table in tables for v in table.rows["cumulative_jpy_bn"]])


def fan_rows(table: Table, ends: tuple[float, float]) -> pd.DataFrame:
    """Sums by case, with a label at the end of the scenario's line."""
    rows = table.rows
    own, last = rows["case"] == rows["case"].iloc[0], rows["fiscal_year"] == rows["fiscal_year"].iloc[-1]
    sums = [_plain_signed(v) if shown else "" for v, shown in zip(rows["cumulative_jpy_bn"], own & last, strict=True)]
    return _drawn(rows, ends, label=_signed_yen(rows["cumulative_jpy_bn"]), label_end=sums)


def stakes_rows(table: Table) -> pd.DataFrame:
    """Stakes with their place in the bar, and the sum of each side with its first part."""
    rows = table.rows
    side = np.sign(rows["five_years_jpy_bn"])
    totals = rows.groupby([rows["company"], side])["five_years_jpy_bn"].transform("sum")
    first = _first_of_each(rows.assign(side=side), "company", "side")
    labels = [_plain_signed(v) if shown else "" for v, shown in zip(totals, first, strict=True)]
    return _drawn(
        rows,
        extent(list(totals), 0.2),
        rank=[list(SOURCES_OF_BENEFIT).index(s) for s in rows["source"]],
        total_jpy_bn=totals,
        label=_signed_yen(rows["five_years_jpy_bn"]),
        label_total=labels,
    )


def earlier_rows(table: Table) -> pd.DataFrame:
    """What earlier cars earn, with the sums of both companies on the rows of the first."""
    rows = table.rows
    expected, delivered = (
        rows.groupby("fiscal_year")[name].transform("sum") for name in ("expected_jpy_bn", "delivered_jpy_bn")
    )
    first = _first_of_each(rows, "fiscal_year")
    totals = [figure(v, "JPY bn") if v > 0.0 else "none" for v in expected]
    return _drawn(
        rows,
        extent(list(delivered), 0.25),
        rank=[list(COMPANY_COLORS).index(c) for c in rows["company"]],
        total_jpy_bn=expected,
        total_delivered_jpy_bn=delivered,
        label=_in_yen(rows["expected_jpy_bn"]),
        label_total=np.where(first, totals, ""),
        label_delivered=np.where(first, _in_yen(delivered), ""),
    )


def value_rows(table: Table) -> pd.DataFrame:
    """Parts of the value with their place in the bar, and the sum at the bar's right end."""
    rows = table.rows
    totals = rows.groupby("who")["value_jpy_bn"].transform("sum")
    ups, downs = (_side_total(rows, "who", "value_jpy_bn", sign) for sign in (1.0, -1.0))
    low, high = extent([*ups.values(), *downs.values()], 0.05)
    return _drawn(
        rows,
        (low, high + 0.22 * (high - low)),
        rank=[(HORIZON, AFTER).index(part) for part in rows["part"]],
        right_jpy_bn=[ups.get(who, 0.0) for who in rows["who"]],
        label=_signed_yen(rows["value_jpy_bn"]),
        label_total=np.where(_first_of_each(rows, "who"), _in_yen(totals), ""),
    )


def value_line_rows(table: Table, view: View, key: str) -> pd.DataFrame:
    """Value along an assumption, with its zero crossings and the scenario's own value as rows of their own."""
    share = ASSUMPTIONS[key].unit == "share"
    zeros = {_name(who): break_even(view, key, who)[1] for who in EVERYONE}
    at = float(view.scenario.values[key])
    leftwards = at > float(table.rows[key].max() + table.rows[key].min()) / 2.0
    marks = [(who, where, 0.0, "zero") for who, where in zeros.items() if where is not None]
    marks += [(TOGETHER, at, value_jpy_bn(view, TOGETHER), "here, left" if leftwards else "here, right")]
    rows = pd.concat(
        [table.rows.assign(mark="line"), pd.DataFrame(marks, columns=["who", key, "value_jpy_bn", "mark"])],
        ignore_index=True,
    )
    return _drawn(
        rows,
        extent(list(rows["value_jpy_bn"])),
        label=_in_yen(rows["value_jpy_bn"]),
        label_where=[percent(v, 0) if share else f"{number(v, 1)} years" for v in rows[key]],
    )


def scale_rows(table: Table) -> pd.DataFrame:
    """Amounts a year with their labels."""
    rows = table.rows
    labels = [
        "none" if amount == 0.0 else _round(amount) if share == 1.0 else f"{_round(amount)}, {_of_rd(share)}"
        for amount, share in zip(rows["yearly_jpy_bn"], rows["of_rd_share"], strict=True)
    ]
    return _drawn(rows, extent(list(rows["yearly_jpy_bn"]), 0.3), label=labels)


def _round(amount_jpy_bn: float) -> str:
    return number(amount_jpy_bn, 0 if amount_jpy_bn >= 10.0 else None)


def _of_rd(share: float) -> str:
    """A share of R&D, with enough decimals for a small one."""
    return percent(share, 2 if share < 0.01 else 1)


def venture_rows(table: Table) -> pd.DataFrame:
    """Parts of the venture and of the scenario's costs, where there are any, with their sums."""
    rows = table.rows[table.rows["amount_jpy_bn"] > 0.0].reset_index(drop=True)
    totals = rows.groupby("who")["amount_jpy_bn"].transform("sum")
    return _drawn(
        rows,
        extent(list(totals), 0.3),
        rank=[list(_VENTURE_COLORS).index(part) for part in rows["part"]],
        total_jpy_bn=totals,
        label=_in_yen(rows["amount_jpy_bn"]),
        label_total=np.where(_first_of_each(rows, "who"), _in_yen(totals), ""),
    )


def invitation_rows(table: Table) -> pd.DataFrame:
    """Net benefit by year with its labels."""
    rows = table.rows
    return _drawn(
        rows,
        extent(list(rows["benefit_jpy_bn"])),
        label=[_plain_signed(v) for v in rows["benefit_jpy_bn"]],
        label_benefit=_signed_yen(rows["benefit_jpy_bn"]),
        label_total=_signed_yen(rows["cumulative_jpy_bn"]),
    )


# ------------------------------------------------------------------------------------- charts
# Each draws one frame of rows; its form depends on their texts only, its axes follow their numbers.

_GREY: Final = "#8A949C"


def _amount(field: str, title: str) -> dict[str, Any]:
    """Settings of an axis of amounts that ends where the rows say."""
    return {"shorthand": field, "title": title, "scale": alt.Scale(nice=False, zero=True)}


def _across(field: str, title: str) -> alt.X:
    return alt.X(**_amount(field, title), stack="zero", axis=alt.Axis(tickCount=4, format=",.0f"))


def _upward(field: str, title: str) -> alt.Y:
    return alt.Y(**_amount(field, title), stack="zero", axis=alt.Axis(tickCount=5, format=",.0f"))


def _upward_unstacked(field: str, title: str) -> alt.Y:
    return alt.Y(**_amount(field, title), axis=alt.Axis(tickCount=5, format=",.0f"))


def _frame(rows: pd.DataFrame, axis: str, title: str) -> list[alt.Chart]:
    """A line at zero and the ends of the axis of amounts; axis: "x" or "y"."""
    once = alt.Chart(rows).transform_aggregate(low="min(room_low_jpy_bn)", high="max(room_high_jpy_bn)")
    channel = alt.X if axis == "x" else alt.Y
    line = once.mark_rule(strokeWidth=1, opacity=0.6, color=_GREY, aria=False).encode(
        **{axis: channel(datum=0, title=title)}
    )
    ends = (
        once.mark_point(opacity=0, aria=False, tooltip=False).encode(**{axis: channel(f"{end}:Q", title=title)})
        for end in ("low", "high")
    )
    return [line, *ends]


def _rows(field: str, order: Iterable[str]) -> alt.Y:
    """Bars one below the other, in this order, their names on the left."""
    return alt.Y(field, sort=list(order), title=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=200))


def _tips(**titles: str) -> list[alt.Tooltip]:
    """What a tooltip says: column to title, words only."""
    return [alt.Tooltip(f"{column}:N", title=title) for column, title in titles.items()]


def _legend(**settings: Any) -> alt.Legend:
    return alt.Legend(title=None, orient="top", columns=2, labelLimit=230, **settings)


def _colors(colors: dict[str, str], shown: Iterable[str] | None = None) -> alt.Scale:
    """A scale of named colours; shown: those that the chart holds, all unless given."""
    held = set(colors if shown is None else shown)
    domain = [name for name in colors if name in held]
    return alt.Scale(domain=domain, range=[colors[name] for name in domain])


_YEARS: Final = alt.X(
    "fiscal_year:O", title=None, axis=alt.Axis(labelAngle=0, ticks=False), scale=alt.Scale(padding=0.4)
)


def _source_color(rows: pd.DataFrame) -> alt.Color:
    return alt.Color("source:N", scale=_colors(SOURCE_COLORS, rows["source"]), legend=_legend())


def _on_both_sides(base: alt.Chart, column: str, text: str, vertical: bool, gap: int = 8) -> list[alt.Chart]:
    """A label beyond each amount: above or right of zero, below or left of it."""
    labels = []
    for test, side in ((">=", 1), ("<", -1)):
        shown = base.transform_filter(f"datum.{column} {test} 0 && datum.{text} != ''")
        if vertical:
            mark = shown.mark_text(dy=-gap * side, fontWeight="bold")
        else:
            mark = shown.mark_text(dx=gap * side, align="left" if side > 0 else "right", fontWeight="bold")
        labels.append(mark.encode(text=f"{text}:N"))
    return labels


def stacked_benefits(rows: pd.DataFrame, color: str) -> Chart:
    """Benefits above and costs below zero by year, stacked by source, with their sum as a labelled line.

    rows: of `benefit_rows`; color: of the company
    """
    title = "Effect on profit, JPY bn"
    bars = (
        alt.Chart(rows)
        .transform_filter(alt.datum.source != NET)
        .mark_bar(width={"band": 0.62})
        .encode(
            x=_YEARS,
            y=_upward("effect_jpy_bn:Q", title),
            color=_source_color(rows),
            order=alt.Order("rank:Q"),
            tooltip=_tips(source="Source", fiscal_year="Fiscal year", label="Effect on profit"),
        )
    )
    net = (
        alt.Chart(rows)
        .transform_filter(alt.datum.source == NET)
        .encode(x=_YEARS, tooltip=_tips(fiscal_year="Fiscal year", label=NET))
    )
    height = alt.Y("effect_jpy_bn:Q", title=title)
    line = net.mark_line(strokeWidth=2.5, color=color).encode(y=height)
    points = net.mark_point(filled=True, size=70, color=color, stroke="white", strokeWidth=1.5, opacity=1)
    labels = _on_both_sides(net.encode(y=alt.Y("edge_jpy_bn:Q", title=title)), "effect_jpy_bn", "label_net", True, 13)
    return alt.layer(*_frame(rows, "y", title), bars, line, points.encode(y=height), *labels).properties(height=340)


def cumulative_fan(rows: pd.DataFrame, color: str) -> Chart:
    """Net benefit added up: the scenario solid with its last value, delivered and failed beside it.

    rows: of `fan_rows`, the scenario's case first; color: of the company
    """
    title, order = "Added up, JPY bn", list(dict.fromkeys(rows["case"]))
    base = alt.Chart(rows).encode(
        x=_YEARS,
        y=_upward_unstacked("cumulative_jpy_bn:Q", title),
        tooltip=_tips(case="Case", fiscal_year="By the end of", label="Net benefit so far"),
    )
    dashes = [[1, 0] if place == 0 else [6, 4] if case == DELIVERS else [2, 3] for place, case in enumerate(order)]
    widths = [3.0 if place == 0 else 1.5 for place in range(len(order))]
    lines = base.mark_line(color=color).encode(
        strokeDash=alt.StrokeDash(
            "case:N", scale=alt.Scale(domain=order, range=dashes), legend=_legend(symbolType="stroke", symbolSize=300)
        ),
        strokeWidth=alt.StrokeWidth("case:N", scale=alt.Scale(domain=order, range=widths), legend=None),
    )
    own = base.transform_filter(alt.datum.case == order[0])
    points = own.mark_point(filled=True, size=55, color=color, opacity=1)
    labels = _on_both_sides(base, "cumulative_jpy_bn", "label_end", True, 13)
    return alt.layer(*_frame(rows, "y", title), lines, points, *labels).properties(height=320)


def stakes_bars(rows: pd.DataFrame) -> Chart:
    """Per company: costs to the left of zero, what delivery earns to the right, each side with its sum.

    rows: of `stakes_rows`
    """
    title, companies = "Over five years, before tax, JPY bn", _rows("company:N", COMPANY_COLORS)
    bars = (
        alt.Chart(rows)
        .mark_bar(height={"band": 0.6})
        .encode(
            y=companies,
            x=_across("five_years_jpy_bn:Q", title),
            color=_source_color(rows),
            order=alt.Order("rank:Q"),
            tooltip=_tips(company="Company", part="Kind", source="Source", label="Five years"),
        )
    )
    base = alt.Chart(rows).encode(y=companies, x=alt.X("total_jpy_bn:Q", title=title))
    labels = _on_both_sides(base, "total_jpy_bn", "label_total", False)
    return alt.layer(*_frame(rows, "x", title), bars, *labels).properties(height=alt.Step(52))


def earlier_bars(rows: pd.DataFrame) -> Chart:
    """What cars that come earlier earn: a bar per year, Honda then Nissan, with the sum if it delivers as a tick.

    rows: of `earlier_rows`
    """
    title, years = "Earned earlier, JPY bn", _rows("fiscal_year:O", dict.fromkeys(rows["fiscal_year"]))
    bars = (
        alt.Chart(rows)
        .mark_bar(height={"band": 0.62})
        .encode(
            y=years,
            x=_across("expected_jpy_bn:Q", title),
            color=alt.Color("company:N", scale=_colors(COMPANY_COLORS), legend=_legend()),
            order=alt.Order("rank:Q"),
            tooltip=_tips(company="Company", fiscal_year="Fiscal year", label="Earned earlier"),
        )
    )
    base = alt.Chart(rows).transform_filter("datum.label_total != ''").encode(y=years)
    ticks = (
        base.transform_filter("datum.total_delivered_jpy_bn > datum.total_jpy_bn + 0.05")
        .mark_tick(thickness=3, size=20, color=_GREY, aria=False)
        .encode(x=alt.X("total_delivered_jpy_bn:Q", title=title), tooltip=_tips(label_delivered=DELIVERS))
    )
    labels = base.mark_text(align="left", dx=6).encode(x=alt.X("total_jpy_bn:Q", title=title), text="label_total:N")
    return alt.layer(*_frame(rows, "x", title), bars, ticks, labels).properties(height=alt.Step(30))


_WHO_COLORS: Final = {**COMPANY_COLORS, TOGETHER: TOGETHER_COLOR}


def value_bars(rows: pd.DataFrame) -> Chart:
    """Value today: the five years solid, the years after pale, with the sum.

    rows: of `value_rows`
    """
    title, who = "Value today, after tax, JPY bn", _rows("who:N", dict.fromkeys(rows["who"]))
    bars = (
        alt.Chart(rows)
        .mark_bar(height={"band": 0.58})
        .encode(
            y=who,
            x=_across("value_jpy_bn:Q", title),
            color=alt.Color("who:N", scale=_colors(_WHO_COLORS), legend=None),
            opacity=alt.Opacity(
                "part:N",
                scale=alt.Scale(domain=[HORIZON, AFTER], range=[1.0, 0.4]),
                legend=_legend(symbolType="square", symbolFillColor=_GREY, symbolStrokeColor=_GREY),
            ),
            order=alt.Order("rank:Q"),
            tooltip=_tips(who="Company", part="Earned in", label="Value today"),
        )
    )
    base = alt.Chart(rows).encode(y=who, x=alt.X("right_jpy_bn:Q", title=title))
    labels = _on_both_sides(base, "right_jpy_bn", "label_total", False)
    return alt.layer(*_frame(rows, "x", title), bars, *labels).properties(height=alt.Step(44))


_SHAPES: Final = {"Honda": "circle", "Nissan": "square", TOGETHER: "triangle-up"}


def value_lines(rows: pd.DataFrame, key: str, across_title: str) -> Chart:
    """Value today along an assumption, a line per company and one for both; zero crossings are marked.

    rows: of `value_line_rows`; key: the assumption, the column of the horizontal axis
    """
    share, title = ASSUMPTIONS[key].unit == "share", "Value today, JPY bn"
    across = alt.X(
        f"{key}:Q",
        title=across_title,
        scale=alt.Scale(nice=False, zero=True),
        axis=alt.Axis(tickCount=5, format="~%" if share else "~g", grid=False),
    )
    color = alt.Color("who:N", scale=_colors(_WHO_COLORS), legend=_legend(symbolSize=90))
    base = alt.Chart(rows).encode(x=across, y=_upward_unstacked("value_jpy_bn:Q", title))
    lines = (
        base.transform_filter(alt.datum.mark == "line")
        .mark_line(strokeWidth=2.5)
        .encode(color=color, tooltip=_tips(who="Company", label_where=across_title, label="Value today"))
    )
    zeros = (
        base.transform_filter(alt.datum.mark == "zero")
        .mark_point(filled=True, size=110, opacity=1, stroke="white", strokeWidth=1, aria=False)
        .encode(
            color=color,
            shape=alt.Shape("who:N", scale=_colors(_SHAPES), legend=None),
            tooltip=_tips(who="Company", label_where="Worth nothing at"),
        )
    )
    here = alt.Chart(rows).transform_filter("slice(datum.mark, 0, 4) == 'here'").encode(x=across)
    rule = here.mark_rule(strokeDash=[3, 3], strokeWidth=1.5, color=_GREY)
    low = alt.Y("room_low_jpy_bn:Q", title=title)
    left, right = (here.transform_filter(alt.datum.mark == f"here, {side}").encode(y=low) for side in ("left", "right"))
    names = (
        left.mark_text(align="right", dx=-6, baseline="bottom", text="this scenario"),
        right.mark_text(align="left", dx=6, baseline="bottom", text="this scenario"),
    )
    return alt.layer(*_frame(rows, "y", title), lines, rule, *names, zeros).properties(height=290)


def scale_bars(rows: pd.DataFrame) -> Chart:
    """Amounts a year as bars from zero, each labelled with its share of R&D.

    rows: of `scale_rows`
    """
    title = "JPY bn a year"
    base = alt.Chart(rows).encode(
        y=_rows("what:N", rows["what"]),
        x=alt.X(**_amount("yearly_jpy_bn:Q", title), axis=alt.Axis(tickCount=4, format=",.0f")),
        tooltip=_tips(what="Amount", label="A year, share of R&D"),
    )
    kinds = _colors({"the article": "#E69F00", "assumption": "#009E73", "facts": "#A6ADB3"})
    bars = base.mark_bar(height={"band": 0.6}).encode(color=alt.Color("basis:N", scale=kinds, legend=None))
    labels = base.mark_text(align="left", dx=6).encode(text="label:N")
    return alt.layer(*_frame(rows, "x", title), bars, labels).properties(height=alt.Step(34))


_VENTURE_COLORS: Final = {
    "Shares in Rivian": "#CC79A7",
    "Software and stake": "#009E73",
    "Loan": "#E69F00",
    **{source: SOURCE_COLORS[source] for source in _COSTS},
}


def venture_bars(rows: pd.DataFrame) -> Chart:
    """A real venture by its parts above what the scenario spends, with sums.

    rows: of `venture_rows`
    """
    title, who = "Amount, JPY bn", _rows("who:N", dict.fromkeys(rows["who"]))
    bars = (
        alt.Chart(rows)
        .mark_bar(height={"band": 0.6})
        .encode(
            y=who,
            x=_across("amount_jpy_bn:Q", title),
            color=alt.Color("part:N", scale=_colors(_VENTURE_COLORS, rows["part"]), legend=_legend()),
            order=alt.Order("rank:Q"),
            tooltip=_tips(who="Whose money", part="For", label="Amount"),
        )
    )
    base = alt.Chart(rows).encode(y=who, x=alt.X("total_jpy_bn:Q", title=title))
    labels = _on_both_sides(base, "total_jpy_bn", "label_total", False)
    return alt.layer(*_frame(rows, "x", title), bars, *labels).properties(height=alt.Step(44))


def invitation_bars(rows: pd.DataFrame) -> Chart:
    """Net benefit by year: a bar per company, labelled with its amount.

    rows: of `invitation_rows`
    """
    title = "Net benefit, JPY bn"
    base = alt.Chart(rows).encode(
        x=alt.X("fiscal_year:O", title=None, axis=alt.Axis(labelAngle=0, ticks=False)),
        xOffset=alt.XOffset("company:N", sort=list(COMPANY_COLORS)),
        y=_upward_unstacked("benefit_jpy_bn:Q", title),
    )
    bars = base.mark_bar().encode(
        color=alt.Color("company:N", scale=_colors(COMPANY_COLORS), legend=_legend()),
        tooltip=_tips(
            company="Company", fiscal_year="Fiscal year", label_benefit="Net benefit", label_total="Added up so far"
        ),
    )
    labels = _on_both_sides(base, "benefit_jpy_bn", "label", True, 9)
    return alt.layer(*_frame(rows, "y", title), bars, *labels).properties(height=280)


# ----------------------------------------------------------------------------------- findings


def headline(view: View) -> str:
    """What the alliance is worth and when it pays back, as Markdown."""
    if not is_planned(view):
        return (
            "This scenario has no alliance, and none is signed: the merger talks ended in February 2025, and what "
            "followed is reports of talks. So nothing here is earned or spent. Below: what one plan would bring, how "
            "large the savings could be, and what comparable ventures cost."
        )
    if not has_effect(view):
        return (
            "An alliance is planned, but nothing of it falls within the five years: it is worth **nothing** here. "
            "Bring its start forward or shorten the delay to see what it earns."
        )
    total = value_jpy_bn(view, TOGETHER)
    each = " and ".join(f"**{figure(value_jpy_bn(view, c), 'JPY bn')}** for {COMPANY_LABELS[c]}" for c in COMPANIES)
    payback = _payback_of_both(view)
    verb = "is worth" if total >= 0.0 else "destroys value: it is worth"
    return (
        f"{named(view)}: the alliance {verb} **{figure(total, 'JPY bn')}** today after its costs and tax, {each}, at a "
        f"chance of {percent(chance_share(view), 0)} that it delivers. Before tax, {payback}. "
        "A reading of a model, not a forecast: no contract is known."
    )


def _payback_of_both(view: View) -> str:
    """When each company's benefits have made up for its costs, told once where it is the same."""
    honda, nissan = (payback_words(view, c, _benefit(view.projection, c)) for c in COMPANIES)
    if honda != nissan:
        return f"Honda {honda} and Nissan {nissan}"
    if honda.startswith("pays back in "):
        return f"both pay back in {honda.removeprefix('pays back in ')}"
    return {
        "does not pay back within five years": "neither company pays back within five years",
        "is never in the red": "neither company is ever in the red",
    }.get(honda, "neither company has anything to pay back")


def benefits_finding(view: View, company: str) -> str:
    """The net benefit in the year in focus and its largest source."""
    name, net = COMPANY_LABELS[company], float(_benefit(view.projection, company)[view.year])
    effects = {s: float(_of_source(view.projection, company, s)[view.year]) for s in SOURCES_OF_BENEFIT}
    if max(abs(effect) for effect in effects.values()) <= _TINY_JPY_BN:
        return f"{name}: nothing earned or spent in {view.year_label}"
    direction, verb = (1.0, "gains") if net >= 0.0 else (-1.0, "loses")
    largest = max(effects, key=lambda source: effects[source] * direction)
    return (
        f"{name} {verb} {figure(abs(net), 'JPY bn')} in {view.year_label}; "
        f"largest part: {largest.lower().replace('canton', 'Canton')} {signed(effects[largest], 'JPY bn')}"
    )


def payback_finding(view: View, company: str) -> str:
    """When a company's benefits have made up for its costs, before tax, also if the alliance delivers."""
    name = COMPANY_LABELS[company]
    outcomes = _benefit(_outcomes(view), company)
    own, delivered = (payback_words(view, company, outcomes[k]) for k in (0, 1))
    if own == delivered:
        return f"{name} {own}, before tax"
    return f"{name} {own}, before tax; if the alliance delivers, it {delivered}"


def stakes_finding(view: View) -> str:
    """What is at stake: spent either way against earned only if it delivers."""
    spent, earned = spent_and_earned_jpy_bn(view)
    if spent <= _TINY_JPY_BN:
        return (
            f"This scenario leaves out every cost in advance; delivery earns {figure(earned, 'JPY bn')} in five years"
        )
    if earned <= 0.0:
        return (
            f"{figure(spent, 'JPY bn')} is spent either way in five years, "
            f"and delivery costs a further {figure(0.0 - earned, 'JPY bn')}"
            if earned < -_TINY_JPY_BN
            else f"{figure(spent, 'JPY bn')} is spent in five years and delivery earns nothing"
        )
    return (
        f"{figure(spent, 'JPY bn')} is spent either way in five years; "
        f"{figure(earned, 'JPY bn')} is earned only if the alliance delivers"
    )


def value_finding(view: View) -> str:
    """How much of the value lies within the five years."""
    rows = value_parts(view).rows
    together = rows[rows["who"] == TOGETHER].set_index("part")["value_jpy_bn"]
    total, after = figure(float(together.sum()), "JPY bn"), view.scenario.values[YEARS_AFTER]
    if after == 0.0:
        return f"Together {total} today, all of it from the five years"
    span = "year" if after == 1.0 else f"{number(after)} years"
    return (
        f"Together {total} today: {signed(float(together[HORIZON]), 'JPY bn')} from the five years, "
        f"{signed(float(together[AFTER]), 'JPY bn')} from the {span} after"
    )


def chance_finding(view: View) -> str:
    """The chance from which the alliance is worth its cost."""
    return _of_everyone({who: chance_words(view, who) for who in EVERYONE})


def years_finding(view: View) -> str:
    """How long the alliance must go on after the horizon to be worth its cost."""
    return _of_everyone({who: years_words(view, who) for who in EVERYONE})


def _of_everyone(words: dict[str, str]) -> str:
    """When the alliance is worth its cost to both together and to each, told once where it is the same."""
    together = words[TOGETHER]
    if together.startswith(_NOT):
        claim = f"Together not worth its cost{together.removeprefix(_NOT)}"
    else:
        claim = f"Together worth its cost {together}"
    if len(set(words.values())) == 1:
        return f"{claim}, {'nor' if together.startswith(_NOT) else 'and so'} for each company"
    short = {c: words[c].replace("a chance of ", "").replace("if it goes on ", "") for c in COMPANIES}
    return f"{claim}; Honda {short['honda']}, Nissan {short['nissan']}"


def earlier_finding(view: View) -> str:
    """What the months gained earn, and when."""
    rows = earlier_cars(view).rows
    v = view.scenario.values
    expected, delivered = float(rows["expected_jpy_bn"].sum()), float(rows["delivered_jpy_bn"].sum())
    months, cars = figure(v["software_gain_months"], "months"), figure(v["software_kveh"], "kveh")
    if delivered <= _TINY_JPY_BN:
        return f"{months} gained on {cars} a year, but none of them within the five years"
    when = rows.loc[rows["delivered_jpy_bn"] > _TINY_JPY_BN, "fiscal_year"]
    span = when.min() if when.min() == when.max() else f"{when.min()} to {when.max()}"
    if chance_share(view) == 0.0:
        return f"{months} earlier for {cars} a year would earn {figure(delivered, 'JPY bn')}, but nothing is delivered"
    at_chance = "" if chance_share(view) == 1.0 else f"; {figure(delivered, 'JPY bn')} if it delivers"
    return f"{months} earlier for {cars} a year earn {figure(expected, 'JPY bn')}, once, in {span}{at_chance}"


def scale_finding(view: View) -> str:
    """The platform saving against the article's figure and R&D."""
    saving, rd = view.scenario.values["platform_saving_jpy_bn"], combined_rd_jpy_bn(view)
    article = facts()["article_platform_saving"].number
    said = f"The article's {figure(article, 'JPY bn')} a year is {_of_rd(article / rd)} of the R&D of both"
    if saving <= 0.0:
        return said
    if saving == article:
        return f"{said}, and this scenario takes it as it is"
    return f"{said}; this scenario's {figure(saving, 'JPY bn')} is {_of_rd(saving / rd)}"


def venture_finding(view: View) -> str:
    """A real venture beside what the scenario spends."""
    rows = venture(view).rows
    totals = rows.groupby("who")["amount_jpy_bn"].sum()
    total = figure(facts()["vw_rivian_jv_total"].number, "USD bn")
    start = (
        f"Volkswagen's venture with Rivian is put at {total}, about {figure(float(totals['VW and Rivian']), 'JPY bn')}"
    )
    spent = float(totals["This scenario"])
    return f"{start}; this scenario spends {figure(spent, 'JPY bn')} in five years" if spent > 0.0 else start


def invitation_finding(view: View) -> str:
    """What the example would bring, in one sentence."""
    example = example_view(view)
    total = value_jpy_bn(example, TOGETHER)
    label = PRESETS[EXAMPLE_PRESET].label
    return f"“{label}” would be worth {figure(total, 'JPY bn')} today; before tax, {_payback_of_both(example)}"


def costs_run_on(view: View) -> bool:
    """Whether a cost goes on for good after a failure: joint software."""
    outcomes = _outcomes(view)
    return any(bool(np.any(_of_source(outcomes, c, s)[2] < 0.0)) for c in COMPANIES for s in _COSTS[:1])


def unwritten_tooling_jpy_bn(view: View) -> float:
    """Honda's tooling that the five years do not yet bear [JPY bn]; its write-off runs over its life."""
    written = 0.0 - _of_source(view.projection, "honda", "Tooling")
    life = float(view.scenario.values["tooling_life_yr"])
    return max(0.0, float(written[-1]) * life - float(written.sum()))
