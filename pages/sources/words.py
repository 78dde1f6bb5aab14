"""What the sources page says in words, computed from the data."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np

from data.facts import facts
from model.backtest import (
    BacktestRow,
    backtest,
    judged,
    mean_error_share,
    median_error_share,
    median_span_share,
)
from model.backtest_inputs import (
    CALIBRATED,
    CALIBRATION_EDITION,
    FISCAL_YEAR,
    MEAN_GOAL_SHARE,
    MEDIAN_GOAL_SHARE,
    NEXT_YEAR,
    SHOWN,
    TEST,
    WHOLE,
)
from model.editions import COMPANY_LABELS, editions
from model.projection import reference
from model.registry import ASSUMPTIONS
from pages.kit.tables import Table
from pages.kit.view import View
from pages.kit.words import markdown_text, percent, quantity
from pages.sources.exact import error_text

_KIND_WORDS: Final = {
    "quoted": "quoted from a source that was read",
    "derived": "derived from other figures",
    "weak": "from a weak source",
    "recalled": "recalled and not verified",
    "judgement": "estimated by judgement",
}

OTHERS: Final = "The same formulas on makers that they were never fitted to: does it hold for others?"
"""What leads from the backtest to the page of the other makers."""

ROLE_HEADINGS: Final = {
    TEST: "Tests: no input was fitted on them",
    CALIBRATED: "Calibration: agreement proves nothing",
    SHOWN: "Shown, not judged: quarters and nine months",
}
"""What stands over the rows of each role, in the order of the page."""


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


def backtest_explained(rows: Sequence[BacktestRow]) -> str:
    """How to read the backtest: what was fitted, what was not, whether the goals are met, and where it errs."""
    tested = judged(rows)
    fitted = [row for row in rows if row.role == CALIBRATED and row.edition == CALIBRATION_EDITION]
    worst = percent(max(abs(row.error_share) for row in fitted))
    middle, mean = median_error_share(tested), mean_error_share(tested)
    low, high = median_span_share()
    same_year = sum(row.period == FISCAL_YEAR for row in tested)
    return (
        f"**Calibrated only on what was guided in May 2025**, which the model meets within {worst}: its inputs were "
        "worked out from that, so agreement proves nothing. "
        f"**No input was fitted on the {len(tested)} tests**, but they were known when this version of the model was "
        "designed. What else goes in had been published (rules, exchange rates, a lower volume) or is a prior stated "
        "before the comparison was run; all of it is listed below.\n\n"
        f"Goals set beforehand: a median error of at most {percent(MEDIAN_GOAL_SHARE, 0)}: it is {percent(middle)}, "
        f"**{_met(middle <= MEDIAN_GOAL_SHARE)}**; a mean error, with its sign, within {percent(MEAN_GOAL_SHARE, 0)}: "
        f"it is {error_text(mean)}, **{_met(abs(mean) <= MEAN_GOAL_SHARE)}**. "
        f"{' '.join(_of_company(company, tested) for company in COMPANY_LABELS)} "
        f"With one prior at an end of its plausible range the median is {percent(low)} to {percent(high)}.\n\n"
        f"{_by_line(rows)} "
        f"The tests are not independent: {_count(same_year)} of them are about one full year, and half-years are part "
        "of it. Quarters and nine months are shown and not judged, since credits are booked in lumps."
    )


def _met(is_met: bool) -> str:
    return "met" if is_met else "not met"


def _of_company(company: str, tested: Sequence[BacktestRow]) -> str:
    own = [row for row in tested if row.company == company]
    above = sum(row.error_share > 0 for row in own)
    return (
        f"{COMPANY_LABELS[company]}: too high in {_count(above) if above else 'none'} of {_count(len(own))}, "
        f"mean {error_text(mean_error_share(own))}."
    )


def _by_line(rows: Sequence[BacktestRow]) -> str:
    lines = [row for row in rows if row.role == TEST and row.line != WHOLE]
    errors = ", ".join(f"{row.line} {error_text(row.error_share)}" for row in lines)
    return f"**Behind a sum, errors of lines may cancel**: of Honda's lines of August 2025, {errors}."


def next_year() -> str:
    """Tariff cost in the first year of the newest edition: what Honda's bridge implies, what the model says."""
    known = facts()
    booked, better = known["honda_tariff_actual_fy26_3"], known["honda_bridge_tariff_fy27_3"]
    (row,) = (row for row in backtest() if row.period == NEXT_YEAR)
    nissan = float(np.asarray(reference(row.edition).company["nissan"]["gross_tariff_cost_jpy_bn"])[0])
    return (
        "The tariff cost inside guidance for the year to March 2027 is not published, as far as was found. "
        f"A brief on Honda's profit bridge ({markdown_text(better.source)}: a {better.kind} source) counts tariffs as "
        f"an improvement of {quantity(better.number, 'JPY bn')}. Taken from the {quantity(booked.number, 'JPY bn')} "
        f"booked in the year before ({markdown_text(booked.source)}: {booked.kind}, too), that implies about "
        f"**{quantity(row.published_jpy_bn, 'JPY bn')}**. The edition {row.edition} computes "
        f"**{quantity(row.model_jpy_bn, 'JPY bn')}** ({error_text(row.error_share)}). The implied figure was looked at "
        "while defaults of this edition were set, so this is a calibration and no test. For Nissan nothing was found "
        f"to compare with; the edition computes **{quantity(nissan, 'JPY bn')}**."
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
