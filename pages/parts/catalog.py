"""Every table the pages show, by the name of its download and of its address."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from model.links import Refusal
from pages.parts import article_figures, source_tables, tables
from pages.parts.alliance import all_tables as alliance_tables
from pages.parts.compare import all_tables as compare_tables
from pages.parts.compare import from_address
from pages.parts.investor import all_tables as investor_tables
from pages.parts.peers import all_tables as peer_tables
from pages.parts.plant import all_tables as plant_tables
from pages.parts.stocks import asked
from pages.parts.sure import (
    break_even_words,
    driver_figures,
    heat_map,
    regret_figures,
    shares,
    spread,
    stance_chance,
    tornado,
)
from pages.parts.tables import Table
from pages.parts.tariffs import all_tables as tariff_tables
from pages.parts.view import View

_BY_PAGE: Final[tuple[Mapping[str, Callable[[View], Table]], ...]] = (
    tables.TABLES,
    tariff_tables.TABLES,
    plant_tables.TABLES,
    alliance_tables.TABLES,
    investor_tables.TABLES,
    article_figures.TABLES,
    compare_tables.TABLES,
    source_tables.TABLES,
    peer_tables.TABLES,
    tornado.TABLES,
    break_even_words.TABLES,
    heat_map.TABLES,
    shares.TABLES,
    spread.TABLES,
    driver_figures.TABLES,
    regret_figures.TABLES,
    stance_chance.TABLES,
    asked.TABLES,
)

TABLES: Final[dict[str, Callable[[View], Table]]] = {name: make for page in _BY_PAGE for name, make in page.items()}
"""Name to the function that makes the table from a view."""

if len(TABLES) != sum(map(len, _BY_PAGE)):
    raise ValueError("two pages use one name for a table")

REFUSALS: Final[dict[str, Callable[[View], Sequence[Refusal]]]] = {
    **dict.fromkeys(compare_tables.TABLES, from_address.refusals),
    **dict.fromkeys(("fan", "histogram", "drivers"), spread.too_many),
}
"""Name to the function that names what a table cannot be made of in a view; a page says it in words of its own."""

TOLD: Final[dict[str, Callable[[View], Sequence[Refusal]]]] = dict.fromkeys(compare_tables.TABLES, from_address.told)
"""Name to the function that says what of a view a table uses in another form."""

AWAITED: Final = asked.AWAITED
"""Name to the function that waits, for a short while, until a table can be made of newer data."""

DATED: Final[dict[str, Callable[[View], View]]] = {"stocks": asked.with_dates}
"""Path of a page to the function that puts the dates it shows among a view's choices, for links that keep them."""
