"""Every table of the Canton page, by the name of its download and of its address."""

from collections.abc import Callable
from typing import Final

from pages.parts.plant.by_trucks import gains_by_trucks
from pages.parts.plant.capital import capital_avoided
from pages.parts.plant.fixed_cost import fixed_cost_curve
from pages.parts.plant.freed_lines import freed_lines
from pages.parts.plant.gains import canton_gains
from pages.parts.plant.gains_by_year import gains_by_year
from pages.parts.plant.how_many import how_many
from pages.parts.plant.market import full_size_market, mid_size_market
from pages.parts.plant.price import price_per_truck
from pages.parts.plant.split import split_by_fixed_share
from pages.parts.plant.trucks import trucks_by_year
from pages.parts.plant.use import plant_use
from pages.parts.plant.utilisation import utilisation_figures
from pages.parts.plant.volumes import truck_volumes
from pages.parts.tables import Table
from pages.parts.view import View

TABLES: Final[dict[str, Callable[[View], Table]]] = {
    "canton_use": plant_use,
    "canton_fixed_cost": fixed_cost_curve,
    "canton_trucks": trucks_by_year,
    "canton_freed_lines": freed_lines,
    "canton_price_per_truck": price_per_truck,
    "canton_gains": canton_gains,
    "canton_gains_by_year": gains_by_year,
    "canton_split": split_by_fixed_share,
    "canton_how_many": how_many,
    "canton_gains_by_trucks": gains_by_trucks,
    "canton_capital": capital_avoided,
    "canton_utilisation": utilisation_figures,
    "pickups_full_size": full_size_market,
    "pickups_mid_size": mid_size_market,
    "pickups_in_context": truck_volumes,
}
"""Every table of this page by its name."""
