"""What the companies guided in an edition: planning rates, how old it is, and what one's own figures renew of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from data.facts import facts
from model.editions import COMPANIES, Edition, base_of, edition
from model.registry import BASE_FIGURES

RATE: Final = "jpy_per_usd"
GAP: Final = "nissan_jpy_gap"

GUIDED: Final = ("guided_operating_profit_jpy_bn", "guided_net_income_jpy_bn", "guided_revenue_jpy_bn")
"""What a company guides beside its planning rate, by name without the company; the first is what profit stands on."""


def planning_rate(name: str, company: str) -> float:
    """The rate that a company's guidance is planned with in an edition [JPY per USD]."""
    return _rate(edition(name), company)


def _rate(world: Edition, company: str) -> float:
    return world.defaults[RATE] + (world.defaults[GAP] if company == "nissan" else 0.0)


def with_planning_rate(name: str, company: str, jpy_per_usd: float) -> Mapping[str, float]:
    """Figures of one's own that give a company a planning rate and leave the other's as it is, by key."""
    rates = {**{each: planning_rate(name, each) for each in COMPANIES}, company: jpy_per_usd}
    return {f"reference_{RATE}": rates["honda"], f"reference_{GAP}": round(rates["nissan"] - rates["honda"], 9)}


@dataclass(frozen=True, slots=True)
class HalfUpdate:
    """A company whose guidance is partly one's own: what is, and what is as it was published, in words."""

    company: str
    yours: tuple[str, ...]
    published: tuple[str, ...]


def half_updates(name: str) -> tuple[HalfUpdate, ...]:
    """Companies of which some guidance is one's own and some is older."""
    world, published = edition(name), edition(base_of(name))
    found = []
    for company in COMPANIES:
        of_company = {
            BASE_FIGURES[key].label.partition(": ")[2].partition(",")[0]: key in world.own
            for key in (f"{company}_{guided}" for guided in GUIDED)
        }
        of_company["planning rate"] = _rate(world, company) != _rate(published, company)
        yours, older = (tuple(what for what, own in of_company.items() if own is wanted) for wanted in (True, False))
        if yours and older:
            found.append(HalfUpdate(company, yours, older))
    return tuple(found)


def is_renewed(name: str) -> bool:
    """Whether the guided profit of both companies is one's own."""
    return all(f"{company}_{GUIDED[0]}" in edition(name).own for company in COMPANIES)


def facts_as_of(name: str) -> str:
    """The newest date that a fact of an edition belongs to, as it is published: a year and a month."""
    base = base_of(name)
    months = [month for row in edition(base).rows.values() if (month := _as_of(row.fact)[:7]) <= base]
    return max(months)


def guidance_as_of(name: str) -> str:
    """The newest date of the published profit guidance that an edition stands on: a year and a month."""
    rows = edition(base_of(name)).rows
    return max(_as_of(rows[f"{company}_{GUIDED[0]}"].fact)[:7] for company in COMPANIES)


def _as_of(fact: str) -> str:
    return facts()[fact].as_of if fact else ""
