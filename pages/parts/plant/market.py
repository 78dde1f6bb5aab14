"""The market for pickups by maker, and the article's claim about it."""

import altair as alt
import pandas as pd

from data.facts import Fact, facts
from data.story import claims
from pages.parts.charts import COMPANY_COLORS, Chart
from pages.parts.columns import Columns
from pages.parts.plant.fact_bars import fact_layers, fact_sources, recalled_pale
from pages.parts.tables import Table
from pages.parts.view import View
from pages.parts.words import figure, markdown_text, percent


def _market(name: str, title: str, ids: dict[str, str]) -> Table:
    f = facts()
    records: list[tuple[object, ...]] = [
        (maker, f[fact_id].number, _kind_of_share(f[fact_id]), f[fact_id].source, f[fact_id].note)
        for maker, fact_id in ids.items()
    ]
    columns = {
        "maker": "Maker",
        "market_share": "Share of the sales of this class",
        "kind": "Kind of the figure",
        "source": "Source",
        "note": "Note",
    }
    return Table.of(name, title, columns, records, fact_sources(*ids.values()))


def _kind_of_share(fact: Fact) -> str:
    """A share is only as good as the maker's own sales: recalled where they are."""
    return "recalled" if "figure is recalled" in fact.note else fact.kind


def full_size_market(view: View) -> Table:
    """Full-size pickups in the US by maker, 2025."""
    makers = {"GM": "gm", "Ford": "ford", "Ram": "ram", "Toyota": "toyota", "Tesla": "tesla"}
    ids = {maker: f"fullsize_share_2025_{name}" for maker, name in makers.items()}
    return _market("pickups_full_size", "US full-size pickups by maker, 2025", ids)


def mid_size_market(view: View) -> Table:
    """Mid-size pickups in the US by maker, January to September 2025."""
    makers = ("Toyota", "GM", "Ford", "Nissan", "Jeep", "Honda")
    ids = {maker: f"midsize_share_9m_2025_{maker.lower()}" for maker in makers}
    return _market("pickups_mid_size", "US mid-size pickups by maker, January to September 2025", ids)


def full_size_finding() -> str:
    """The article's claim against the shares."""
    f = facts()
    gm, ford, tesla = (f[f"fullsize_share_2025_{name}"].number for name in ("gm", "ford", "tesla"))
    return f"Full-size: GM leads with {percent(gm, 0)}, Ford has {percent(ford, 0)}, Tesla {percent(tesla)}"


def mid_size_finding() -> str:
    """Where Honda and Nissan stand in the class of their trucks."""
    f = facts()
    toyota, nissan, honda = (f[f"midsize_share_9m_2025_{name}"].number for name in ("toyota", "nissan", "honda"))
    return f"Mid-size: Toyota leads with {percent(toyota)}; Nissan has {percent(nissan)} and Honda {percent(honda)}"


def market_rows(table: Table) -> Columns:
    """Shares by maker with their labels."""
    labels = [figure(share, "share") for share in table.values["market_share"]]
    tones = [maker if maker in COMPANY_COLORS else "Other" for maker in table.values["maker"]]
    return recalled_pale(table.values, labels, tones)


def market_chart(rows: pd.DataFrame) -> Chart:
    """Shares by maker, recalled figures pale and named.

    rows: of `market_rows`
    """
    bars = fact_layers(rows, "maker", "market_share", "Share of the class", alt.Scale(domain=[0, 0.6]))
    return alt.layer(*bars).properties(height=alt.Step(32))


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
