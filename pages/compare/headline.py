"""The page's first sentences: what the others change against the base."""

from typing import Final

from model.comparison import Compared, Comparison
from model.editions import COMPANIES, COMPANY_LABELS
from pages.compare.differences import profit_change
from pages.compare.words import short, value_words, when
from pages.kit.words import SAME, change_words, markdown_text

NOTHING: Final = "Nothing is compared yet: choose a scenario, paste a link, or take the current scenario in again."


def headline(c: Comparison) -> str:
    """The answer in one or two sentences, as Markdown."""
    if not c.others:
        (only,) = c.members
        profits = " and ".join(
            f"{COMPANY_LABELS[k]} **{value_words(c, only, 'operating_profit_jpy_bn', k)}**" for k in COMPANIES
        )
        return (
            f"{markdown_text(short(only.name))}: {profits} of operating profit in {c.year_of(only)}. "
            "Add a scenario to see what sets them apart."
        )
    base = markdown_text(short(c.base.name))
    if len(c.others) == 1:
        other = c.others[0]
        change = _at_both(c, other)
        return f"Against {base}, **{markdown_text(short(other.name))}** changes operating profit {when(c)}: {change}."
    both = {m.letter: sum(profit_change(c, m, company) for company in COMPANIES) for m in c.others}
    ranked = sorted(c.others, key=lambda m: both[m.letter])
    low, high = ranked[0], ranked[-1]
    worst, best = (change_words(both[m.letter], "JPY bn") for m in (low, high))
    if worst == best:
        told = "no difference" if best == SAME else f"**{best}**"
        return (
            f"Against {base}, each of the other {len(ranked)} scenarios means {told} {when(c)}, "
            "in operating profit of both companies together."
        )
    return (
        f"Against {base}, operating profit of both companies together moves between **{worst}** "
        f"({markdown_text(short(low.name))}) and **{best}** ({markdown_text(short(high.name))}) {when(c)}."
    )


def _at_both(c: Comparison, member: Compared) -> str:
    changes = [
        (COMPANY_LABELS[company], change_words(profit_change(c, member, company), "JPY bn")) for company in COMPANIES
    ]
    return " and ".join(
        f"{'no difference' if words == SAME else f'**{words}**'} at {company}" for company, words in changes
    )
