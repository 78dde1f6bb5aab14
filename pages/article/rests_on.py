"""What verdicts rest on: the facts of a claim, and the first numbers of one that no lever plays."""

from typing import Final

import pandas as pd

from data.facts import DATE, TEXT, Fact, facts
from data.story import Claim
from pages.kit.words import NBSP, date_words, markdown_text, one_notation, spoken_unit
from pages.sources.exact import exact_quantity

_MOST_NUMBERS: Final = 2


def dated(as_of: str) -> str:
    """A date in words that hold together: 2025-05-13 is 13 May 2025."""
    return date_words(as_of).replace(" ", NBSP)


def fact_words(fact: Fact) -> str:
    """A fact's value with its unit; a day known only by its month is shown as a month."""
    if fact.unit == DATE:
        day = str(fact.value)
        return dated(day[:7] if fact.note.startswith("month only") else day)
    return exact_quantity(fact.value, spoken_unit(fact.unit, fact.label))


def claim_facts(claim: Claim) -> tuple[Fact, ...]:
    """The facts that a verdict rests on, those the claim turns on first."""
    return tuple(facts()[fact_id] for fact_id in claim.fact_ids)


def published_numbers(claim: Claim) -> tuple[Fact, ...]:
    """The first numbers among the facts of a claim, words left out."""
    return tuple(fact for fact in claim_facts(claim) if fact.unit != TEXT)[:_MOST_NUMBERS]


def published_in_words(claim: Claim) -> pd.DataFrame:
    """The first numbers of a claim that no lever plays, ready for Markdown cells."""
    shown = published_numbers(claim)
    return pd.DataFrame(
        {
            "Published": [markdown_text(fact.label) for fact in shown],
            "Value": [f"**{markdown_text(fact_words(fact))}**" for fact in shown],
        }
    )


def facts_in_words(claim: Claim) -> pd.DataFrame:
    """The facts of a claim with value, date, kind and source, ready for Markdown cells."""
    return pd.DataFrame(
        [
            {
                "Fact": markdown_text(fact.label),
                "Value": markdown_text(fact_words(fact)),
                "Known from": markdown_text(f"{dated(fact.as_of)}, {fact.kind}: {one_notation(fact.source)}"),
            }
            for fact in claim_facts(claim)
        ]
    )
