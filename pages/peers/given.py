"""What goes into the comparison with other makers: the conventions in words, and every input with its source."""

from collections.abc import Iterator
from typing import Final

import pandas as pd

from data.facts import sourced
from model.peers import Peer, PeerInput, peers
from pages.kit.figure import Figure
from pages.kit.view import View
from pages.kit.words import URL_MEANING, markdown_text
from pages.sources.cells import held_text, joined, linked
from pages.sources.exact import exact_quantity
from pages.sources.facts import FACT_SOURCES

CONVENTIONS: Final = (
    "**Rates** are what tariffs add to the ordinary duty, from the day on which each came into force: 25 %, then "
    "12.5 % on cars from Japan and Europe and 15 % on cars from Korea, which paid no ordinary duty (recalled, not "
    "verified).",
    "**One month of stock** stands between the border and cost, for every maker alike; customs receipts have none.",
    "**A car's customs value** is the average of its origin in 2024, whatever the maker sells.",
    "**US content** is the plain average of a maker's parts lists where any is known, else what customs let off in "
    "July 2025. Parts lists count Canadian parts, too, so they say too much. Customs receipts themselves are compared "
    "with 40 %: what Mexico's dealers say, and the model's own estimate of May 2025 for cars from Canada.",
    "**Only whole cars** are counted: no duty on parts, steel and aluminium, no offset and no own measures.",
    "**No input was fitted** on any figure here. They were known when the conventions were written down, and no "
    "convention was changed after the run.",
)
"""What holds for every row, as Markdown."""

_SHARED: Final = frozenset({"near_rate", "parts", "months"})
_OF_NEAR: Final = frozenset({"near_cars", "near_value", "content"})
_OF_FAR: Final = frozenset({"far_cars", "far_value", "far_rate", "far_change"})


def _records(view: View) -> list[tuple[object, ...]]:
    """Every input of every row."""
    return [
        (
            row.id,
            row.maker,
            f"{row.what}, {row.period}",
            each.key,
            each.label,
            each.value,
            unit_of(row, each.key),
            each.kind,
            " ".join(each.facts),
            each.source,
            each.note,
            each.url,
            row.role,
        )
        for row in peers()
        for each in row.inputs.values()
    ]


def currency_of(row: Peer) -> str:
    """Currency in which a maker publishes; that of customs is the dollar."""
    return row.unit.removesuffix(" bn") if row.unit.endswith(" bn") else "USD"


def unit_of(row: Peer, key: str) -> str:
    """Unit of an input of a row, the exchange rate in the maker's currency."""
    quantity = row.inputs[key].unit
    return f"{currency_of(row)} per USD" if key == "fx" else quantity


def _that_matter(row: Peer) -> Iterator[PeerInput]:
    """Inputs that decide the row's number and are not the same for all rows."""
    left_out = set(_SHARED)
    left_out |= _OF_FAR if row.values["far_cars"] == 0.0 else set()
    left_out |= _OF_NEAR if row.values["near_cars"] == 0.0 else set()
    left_out |= {"fx"} if row.values["fx"] == 1.0 else set()
    return (each for each in row.inputs.values() if each.key not in left_out)


def _value_words(row: Peer, each: PeerInput) -> str:
    unit = unit_of(row, each.key)
    known = unit in ("JPY per USD", "KRW per USD")
    return exact_quantity(each.value, unit if known else each.unit) + ("" if known or each.key != "fx" else f" {unit}")


def given_in_words() -> pd.DataFrame:
    """Inputs that make one row differ from another, as Markdown cells."""
    records = []
    for row in peers():
        for each in _that_matter(row):
            told = held_text(joined(sourced(each.kind, each.source), each.note), 26)
            records.append(
                {
                    "Figure": f"**{markdown_text(row.maker)}**, {held_text(f'{row.what}, {row.period}', 18)}",
                    "Input": held_text(each.label, 20),
                    "Value": _value_words(row, each),
                    "Source and note": linked(told, each.url),
                }
            )
    return pd.DataFrame(records)


PEER_INPUTS: Final = Figure(
    name="peer_inputs",
    title="What goes into the comparison with other makers",
    columns={
        "row": "Name of the row",
        "maker": "Maker, or customs",
        "figure": "Figure that the input goes into",
        "key": "Name of the input, as in links",
        "label": "What it is",
        "value": "Value in the unit; shares are fractions",
        "unit": "Unit",
        "kind": "How the value is known",
        "facts": "Names of the facts that it is, or was worked out from",
        "source": "Source, or how it was worked out",
        "note": "Note",
        "url": URL_MEANING,
        "role": "Whether the row is judged or shown",
    },
    records=_records,
    sources=FACT_SOURCES,
)
