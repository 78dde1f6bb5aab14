"""The page's first sentence: what each line gave over the period."""

from data.prices import returns
from pages.kit.words import listed
from pages.stocks.comparison import PriceComparison
from pages.stocks.words import basis_words, change, currency_words, day_words, first_told, name_of


def headline(c: PriceComparison) -> str:
    """The answer in one sentence, as Markdown."""
    if c.panel is None:
        return "There is nothing to compare yet: the lines chosen share no two days in this period."
    value = c.panel.value
    results = {s: returns.period_return(value[s]) for s in c.symbols}
    ours = first_told(c, 2)
    told = " and ".join(f"{name_of(s)} **{change(results[s])}**" for s in ours)
    others = sorted((s for s in results if s not in ours), key=lambda s: -results[s])
    beside = f"; beside them {listed([f'{name_of(s)} {change(results[s])}' for s in others])}" if others else ""
    span = _span_words(c)
    return f"{span[0].upper()}{span[1:]}, {currency_words(c)}, {basis_words(c)}: {told}{beside}."


def _span_words(c: PriceComparison) -> str:
    """From when to when the comparison goes."""
    assert c.panel is not None
    first, last = (c.panel.days[at].date() for at in (0, -1))
    return f"from {day_words(first, c.monthly)} to {day_words(last, c.monthly)}"
