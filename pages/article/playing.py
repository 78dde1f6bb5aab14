"""Claims played by the model: the numbers that it gives for each, and whether one is being played.

A claim's number is what the model gives for the claim's preset on the preset's own edition, in the
year that playing it brings into focus.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import pandas as pd

from data.story import Claim
from model.comparison import same_scenario
from model.editions import COMPANIES, COMPANY_LABELS, HORIZON_YEARS, base_of
from model.links import scenario_of_preset
from model.outputs import OUTPUTS
from model.presets import ARTICLE_EDITION, DEFAULT_PRESET, PRESETS
from model.projection import Projection, project, reference
from pages.article.verdicts import numbered
from pages.kit.another import line_of
from pages.kit.figure import Figure
from pages.kit.results import Shown, result_name, value_of
from pages.kit.view import View
from pages.kit.words import markdown_text, quantity, signed

PAGE_TITLES: Final = {
    "overview": "Overview",
    "tariffs": "Tariffs",
    "plant": "Canton plant",
    "alliance": "Alliance",
    "investor": "Investor",
    "sources": "Sources",
}
"""Titles of the pages that show a claim's number, by the name in the address."""


AS_WRITTEN: Final = "As written"
REFERENCE: Final = "Reference"
YOURS: Final = "Your scenario"
"""Cases in which a claim's numbers are given."""


@cache
def played(preset: str) -> Projection:
    """Every output of a claim as written; the preset never changes, so it is computed once."""
    scenario = scenario_of_preset(preset)
    return project(scenario.values, scenario.edition)


def played_year(view: View) -> int:
    """Index of the year that playing a claim brings into focus: the view's own, the last where its edition is left."""
    return view.year if base_of(view.scenario.edition) == ARTICLE_EDITION else HORIZON_YEARS - 1


def played_year_label(view: View) -> str:
    """The fiscal year that playing a claim brings into focus, such as "FY2030/3"."""
    return reference(ARTICLE_EDITION).years[played_year(view)]


def is_playing(view: View, claim: Claim) -> bool:
    """Whether the sliders hold the claim as written."""
    return same_scenario(view.scenario, scenario_of_preset(claim.preset))


def moves_something(claim: Claim) -> bool:
    """Whether the claim's preset differs from the edition it stands on."""
    return bool(PRESETS[claim.preset].overrides)


@dataclass(frozen=True, slots=True)
class Number:
    """An output that a claim is about; `company` is empty where it belongs to none.

    played, reference: with the claim as written, and in the edition on which it is played
    scenario: in the sliders, in the view's year
    """

    output: str
    company: str
    played: float
    reference: float
    scenario: float

    @property
    def unit(self) -> str:
        """Unit of the values."""
        return OUTPUTS[self.output].unit


def numbers(view: View, claim: Claim) -> tuple[Number, ...]:
    """What the model says on a claim; empty where no lever plays it."""
    named = COMPANIES if claim.company == "both" else (claim.company,)
    year = played_year(view)
    return tuple(
        Number(
            name,
            company,
            value_of(played(claim.preset), name, company, year),
            value_of(reference(PRESETS[claim.preset].edition), name, company, year),
            value_of(view.projection, name, company, view.year),
        )
        for name in claim.outputs
        for company in named
    )


def told_of(view: View, claim: Claim) -> tuple[Shown, ...]:
    """Every number of a claim's tables but differences, each with the scenario that it is of."""
    edition, when = PRESETS[claim.preset].edition, played_year_label(view)
    written = line_of(scenario_of_preset(claim.preset), when, AS_WRITTEN)
    base = line_of(scenario_of_preset(DEFAULT_PRESET, edition), when, REFERENCE)
    found: list[Shown] = []
    for n in numbers(view, claim):
        result = result_name(n.output, n.company)
        if moves_something(claim):
            found.append(Shown(result, n.played, written, AS_WRITTEN))
        found.append(Shown(result, n.reference, base, REFERENCE))
        if not is_playing(view, claim):
            found.append(Shown(result, n.scenario, "", YOURS))
    return tuple(found)


def numbers_in_words(view: View, claim: Claim, output: str) -> pd.DataFrame:
    """An output of a claim, a row per case and a column per company, ready for Markdown cells."""
    chosen = [n for n in numbers(view, claim) if n.output == output]

    def row(case: str, texts: list[str], form: str = "{}") -> dict[str, str]:
        cells = zip((COMPANY_LABELS.get(n.company, "Value") for n in chosen), texts, strict=True)
        return {"Case": form.format(case), **{column: form.format(text) for column, text in cells}}

    rows = []
    if moves_something(claim):
        rows.append(row(AS_WRITTEN, [quantity(n.played, n.unit) for n in chosen], "**{}**"))
        rows.append(row(REFERENCE, [quantity(n.reference, n.unit) for n in chosen]))
        rows.append(row("Difference", [signed(n.played - n.reference, n.unit) for n in chosen]))
    else:
        rows.append(row(REFERENCE, [quantity(n.reference, n.unit) for n in chosen], "**{}**"))
    if not is_playing(view, claim):
        rows.append(row(YOURS, [quantity(n.scenario, n.unit) for n in chosen]))
    return pd.DataFrame(rows)


def cases(view: View) -> str:
    """What the rows of the cards' tables stand for, as Markdown."""
    return markdown_text(
        f"As written and reference: the world of July 2025 with its guidance of May 2025, {played_year_label(view)}. "
        f"Your scenario: “{view.named}”, {view.year_label}."
    )


def _records(view: View) -> list[tuple[object, ...]]:
    """Every number that the model gives for a claim, beside its reference and the scenario in the sliders."""
    return [
        (n, claim.id, of.output, COMPANY_LABELS.get(of.company, ""), of.played, of.reference, of.scenario, of.unit)
        for n, claim in numbered()
        for of in numbers(view, claim)
    ]


PLAYED: Final = Figure(
    name="claims_played",
    title="The article's claims as the model plays them",
    columns=lambda view: {
        "number": "Number of the claim on the page",
        "claim_id": "Name of the claim and of the preset that plays it",
        "output": "Output of the model",
        "company": "Company; empty where the output belongs to none",
        "played": f"Value with the claim played as written, edition {ARTICLE_EDITION}, {played_year_label(view)}",
        "reference": f"Value in the reference of the edition {ARTICLE_EDITION}, {played_year_label(view)}",
        "scenario": f"Value in the scenario of the link, {view.year_label}",
        "unit": "Unit of the three values",
    },
    records=_records,
    without_pin="The article's claims stand beside the edition of their day, and what is pinned is no claim.",
)
