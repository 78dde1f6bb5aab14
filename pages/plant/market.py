"""The market for pickups by maker, and the article's claim about it."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from data.facts import Fact, facts
from data.story import claims
from pages.kit.figure import Figure
from pages.kit.view import View
from pages.kit.words import markdown_text, percent, quantity
from pages.plant.forms import fact_bars
from pages.plant.words import fact_sources

_FULL_SIZE: Final = {
    maker: f"fullsize_share_2025_{maker.lower()}" for maker in ("GM", "Ford", "Ram", "Toyota", "Tesla")
}
_MID_SIZE: Final = {
    maker: f"midsize_share_9m_2025_{maker.lower()}" for maker in ("Toyota", "GM", "Ford", "Nissan", "Jeep", "Honda")
}
"""Makers with the fact that holds their share."""


def _records(view: View, ids: Mapping[str, str]) -> list[tuple[object, ...]]:
    f = facts()
    return [
        (maker, f[fact_id].number, _kind_of_share(f[fact_id]), f[fact_id].source, f[fact_id].note)
        for maker, fact_id in ids.items()
    ]


def _kind_of_share(fact: Fact) -> str:
    """A share is only as good as the maker's own sales: recalled where they are."""
    return "recalled" if "figure is recalled" in fact.note else fact.kind


def _full_size_finding(view: View) -> str:
    """The article's claim against the shares."""
    f = facts()
    gm, ford, tesla = (f[f"fullsize_share_2025_{name}"].number for name in ("gm", "ford", "tesla"))
    return f"Full-size: GM leads with {percent(gm, 0)}, Ford has {percent(ford, 0)}, Tesla {percent(tesla)}"


def _mid_size_finding(view: View) -> str:
    """Where Honda and Nissan stand in the class of their trucks."""
    f = facts()
    toyota, nissan, honda = (f[f"midsize_share_9m_2025_{name}"].number for name in ("toyota", "nissan", "honda"))
    return f"Mid-size: Toyota leads with {percent(toyota)}; Nissan has {percent(nissan)} and Honda {percent(honda)}"


def claim_words() -> str:
    """The article's claim about the pickup market, corrected, as Markdown."""
    claim = next(claim for claim in claims() if claim.id == "claim_ford_tesla")
    return (
        f"The article says: “{markdown_text(claim.claim)}” That is **{markdown_text(claim.verdict)}**. "
        f"{markdown_text(claim.correction)} Tacoma leads the class of Ridgeline and Frontier."
    )


def market_words() -> str:
    """Where the market shares come from, as Markdown."""
    claim = next(claim for claim in claims() if claim.id == "claim_ford_tesla")
    return markdown_text(
        f"Full-size: {claim.source}; pale bars rest on recalled sales, and every share has them in its total. "
        f"Mid-size: seven models, January to September 2025 ({facts()['midsize_9m_2025_tacoma'].source}); "
        "shares are derived."
    )


def _share(value: float) -> str:
    return quantity(value, "share")


_BY_MAKER: Final = fact_bars("maker", "market_share", "Share of the class", _share, top=0.6)


def _figure(name: str, title: str, ids: Mapping[str, str], finding: Callable[[View], str]) -> Figure:
    return Figure(
        name=name,
        title=title,
        columns={
            "maker": "Maker",
            "market_share": "Share of the sales of this class",
            "kind": "Kind of the figure",
            "source": "Source",
            "note": "Note",
        },
        records=partial(_records, ids=ids),
        form=_BY_MAKER,
        finding=finding,
        sources=lambda view: fact_sources(*ids.values()),
    )


FULL_SIZE: Final = _figure("pickups_full_size", "US full-size pickups by maker, 2025", _FULL_SIZE, _full_size_finding)
MID_SIZE: Final = _figure(
    "pickups_mid_size", "US mid-size pickups by maker, January to September 2025", _MID_SIZE, _mid_size_finding
)
