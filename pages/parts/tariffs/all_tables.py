"""Every table of the Tariffs page, by the name of its download."""

from collections.abc import Callable
from typing import Final

from pages.parts.tables import Table
from pages.parts.tariffs import duty, events, margins, payers, per_car, rate_path, rate_periods
from pages.parts.view import View

TABLES: Final[dict[str, Callable[[View], Table]]] = {
    "duty_by_origin": duty.duty_by_origin,
    "who_pays": payers.who_pays,
    "duty_per_car": per_car.duty_per_car,
    "margin_by_japan_rate": margins.margin_by_japan_rate,
    "margin_by_usmca_rate": margins.margin_by_usmca_rate,
    "tariff_rates_by_year": rate_path.rates_by_year,
    "real_tariff_rates": rate_periods.real_rates,
    "tariff_events": events.tariff_events,
}
"""Every table of the page by name."""
