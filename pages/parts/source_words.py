"""What the sources page says in words, computed from the data."""

from collections import Counter
from collections.abc import Sequence
from statistics import median
from typing import Final

import numpy as np

from data.facts import facts
from model.backtest import BacktestRow
from model.editions import DEFAULT_EDITION, editions
from model.projection import reference
from model.registry import ASSUMPTIONS
from pages.parts.source_tables import error_text
from pages.parts.tables import Table
from pages.parts.view import View
from pages.parts.words import figure, markdown_text, number, percent

_KIND_WORDS: Final = {
    "quoted": "quoted from a source that was read",
    "derived": "derived from other figures",
    "weak": "from a weak source",
    "recalled": "recalled and not verified",
    "judgement": "estimated by judgement",
}

FISCAL_YEAR: Final = "year to March 2026"


def counts() -> str:
    """How many facts of each kind, assumptions and editions there are."""
    of_kind = Counter(fact.kind for fact in facts().values())
    kinds = ", ".join(f"{of_kind[kind]} {words}" for kind, words in _KIND_WORDS.items())
    return (
        f"{len(facts())} facts: {kinds}. {len(ASSUMPTIONS)} assumptions, each with a source or named a judgement. "
        f"{len(editions())} editions, each a frozen set of facts and defaults."
    )


_COUNTS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")


def _count(size: int) -> str:
    """A small count in words."""
    return _COUNTS[size] if size < len(_COUNTS) else str(size)


def tests(rows: Sequence[BacktestRow]) -> list[BacktestRow]:
    """Rows that were never fitted."""
    return [row for row in rows if row.role == "test"]


def backtest_finding(rows: Sequence[BacktestRow]) -> str:
    """How far the model is from the figures that it was not calibrated on."""
    errors = [row.error_share for row in tests(rows)]
    middle = percent(median(abs(error) for error in errors))
    return (
        f"The {len(errors)} later figures are missed by a median of {middle}, "
        f"from {error_text(min(errors))} to {error_text(max(errors))}"
    )


def backtest_reading(rows: Sequence[BacktestRow]) -> str:
    """How to read the backtest: what was fitted, what was not, and which way the model errs."""
    tested = tests(rows)
    fitted = [row for row in rows if row.role == "calibration"]
    worst = percent(max(abs(row.error_share) for row in fitted))
    above = sum(row.error_share > 0 for row in tested)
    same_year = sum(row.period == FISCAL_YEAR for row in tested)
    return (
        f"**Calibrated only on the {_count(len(fitted))} figures guided in May 2025**, which the model meets within "
        f"{worst}. "
        "Values of parts and other products were worked out from that guidance, so agreement there proves nothing. "
        f"**The {len(tested)} test rows were never fitted.** The model is too high in {_count(above)} of them: it "
        "takes the plans of May 2025 and adds what became known of rates, offset and exchange rate, while the figures "
        "that followed reflect lower volumes, another mix and duty credits, which it does not know. "
        f"The tests are not independent: {_count(same_year)} of them revise one full year, and months booked contain "
        "earlier months."
    )


def open_difference() -> str:
    """Honda's tariff cost in the first year of the current edition: what its bridge implies, what the model says."""
    known = facts()
    booked, better = known["honda_tariff_actual_fy26_3"], known["honda_bridge_tariff_fy27_3"]
    implied = known["honda_tariff_implied_fy27_3"].number
    honda = reference(DEFAULT_EDITION).company["honda"]
    gross, net = (float(np.asarray(honda[f"{name}_tariff_cost_jpy_bn"])[0]) for name in ("gross", "net"))
    return (
        "The level of tariff cost inside Honda's guidance for the year to March 2027 is not published, as far as was "
        f"found. A brief on its profit bridge ({markdown_text(better.source)}: a {better.kind} source) counts tariffs "
        f"as an improvement of {figure(better.number, 'JPY bn')} over the year before. Taken from the "
        f"{figure(booked.number, 'JPY bn')} booked in that year ({markdown_text(booked.source)}: {booked.kind}, "
        f"too), that implies about **{figure(implied, 'JPY bn')}**. "
        f"The edition {DEFAULT_EDITION} computes **{figure(gross, 'JPY bn')}** before Honda's own measures and "
        f"**{figure(net, 'JPY bn')}** after them. Nothing here explains the difference.\n\n"
        "It does not touch the reference, whose operating profit is the published guidance. But if the implied figure "
        "is right, what a change of tariffs does to Honda is too large on every page: by a factor of "
        f"{number(gross / implied, 1)} if that figure is before own measures, of {number(net / implied, 1)} if it is "
        "after them."
    )


def changed_count(view: View) -> str:
    """How many assumptions the scenario changed."""
    changed = len(view.scenario.changed())
    if not changed:
        return "The scenario leaves every default as it is."
    return f"The scenario changes {changed} of {len(ASSUMPTIONS)}: bold, and marked as changed."


def search_result(query: str, kinds: Sequence[str], found: Sequence[tuple[Table, Table, str]]) -> str:
    """What a search found: for each kind of table, how many of how many rows.

    found: the rows found, the table searched, and its name in words
    """
    asked = [f"“{markdown_text(query.strip())}”"] if query.strip() else []
    asked += [" or ".join(kinds)] if kinds else []
    hits = "; ".join(f"{len(some.rows)} of {len(table.rows)} {name}" for some, table, name in found)
    return f"{', '.join(asked)}: {hits}."


def nothing_found(name: str, query: str, kinds: Sequence[str]) -> str:
    """That a search found nothing, and what to try."""
    what = f" matches “{markdown_text(query.strip())}”" if query.strip() else " is of this kind"
    of_kind = f" among those that are {' or '.join(kinds)}" if kinds and query.strip() else ""
    return f"No {name}{what}{of_kind}. Try fewer words or part of a word, or clear the filter."
