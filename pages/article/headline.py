"""The page's first sentences: how many claims stand, and what playing one does at most."""

from data.story import GROUPS, claims
from model.editions import COMPANIES, COMPANY_LABELS
from model.presets import ARTICLE_EDITION
from model.projection import reference
from pages.article.playing import played_year, played_year_label
from pages.article.profit import PROFIT_BY_CLAIM
from pages.article.verdicts import counted
from pages.kit.results import value_of
from pages.kit.view import View
from pages.kit.words import in_sentence, quantity


def headline(view: View) -> str:
    """How many claims stand, and the most that playing one does, as Markdown."""
    first, *middle, final = [f"**{counted(group)}** {in_sentence(group)}" for group in GROUPS]
    verdicts = f"{first.replace('** ', '** are ')}, {', '.join(middle)} and {final}"
    values = PROFIT_BY_CLAIM.table(view).values
    changes = list(zip(values["company"], values["profit_change_jpy_bn"], values["number"], strict=True))
    year, base = played_year(view), reference(ARTICLE_EDITION)
    most, tariffs = [], []
    for company in COMPANIES:
        name = COMPANY_LABELS[company]
        own = [(change, claim) for of, change, claim in changes if of == name]
        gain, claim = max(own, key=lambda row: row[0])
        most.append(f"**{quantity(gain, 'JPY bn')}** to {name} (claim {claim})")
        tariffs.append(quantity(value_of(base, "net_tariff_cost_jpy_bn", company, year), "JPY bn"))
    return (
        f"Of the article's {len(claims())} claims, {verdicts}. Played one at a time, they add at most {most[0]} and "
        f"{most[1]} to operating profit in {played_year_label(view)}; tariffs after own measures cost {tariffs[0]} "
        f"and {tariffs[1]}. A reading of a model, not a forecast."
    )
