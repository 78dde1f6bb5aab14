"""Every table of the Peers page, by the name of its download."""

from collections.abc import Callable
from typing import Final

from pages.parts.peers import beside, given, your_maker
from pages.parts.tables import Table
from pages.parts.view import View

TABLES: Final[dict[str, Callable[[View], Table]]] = {
    "peers": beside.beside_table,
    "peer_inputs": given.given_table,
    "your_maker": your_maker.your_maker_table,
}
"""Every table of the page by name."""
