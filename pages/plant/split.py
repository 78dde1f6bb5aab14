"""The split of the gain over the share of fixed cost that Honda pays."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from model import sweeps
from model.analysis.break_even import crossings
from model.editions import COMPANY_LABELS
from model.measures import Points
from model.projection import Projection
from model.registry import ASSUMPTIONS
from pages.kit.figure import Figure
from pages.kit.view import View
from pages.kit.words import percent, quantity, size_words
from pages.plant.canton import gain_by_year, gains
from pages.plant.forms import GainsOver
from pages.plant.gain_sweep import GAIN_COLUMN, SWEEP_POINTS, gain_records


def _records(view: View) -> list[tuple[object, ...]]:
    """What each company gains in the year in focus, over the share of fixed cost in the transfer price."""
    a = ASSUMPTIONS["transfer_fixed_share"]
    points = np.linspace(a.minimum, a.maximum, SWEEP_POINTS)

    def prices(swept: Projection) -> Points:
        return np.asarray(swept.plant["plant_transfer_price_usd"])[:, view.year]

    return gain_records(view, a.key, points, view.year, prices)


def _even_split_share(view: View) -> tuple[float, ...]:
    """Shares of fixed cost at which both companies gain the same in the year in focus."""

    def gap(p: Projection) -> Points:
        return gain_by_year(p, "honda")[:, view.year] - gain_by_year(p, "nissan")[:, view.year]

    return crossings(view.scenario, "transfer_fixed_share", gap)


def _finding(view: View) -> str:
    """How the split moves with the fixed-cost share, and where it is even."""
    a = ASSUMPTIONS["transfer_fixed_share"]
    ends = sweeps.sweep(view.scenario, a.key, np.array([a.minimum, a.maximum]))
    low, high = (gain_by_year(ends, "nissan")[i, view.year] for i in (0, 1))
    moved = size_words(float(high - low), "JPY bn")
    if moved == quantity(0.0, "JPY bn"):
        return "The split moves nothing: no truck is paid for"
    even = _even_split_share(view)
    if even:
        return f"The fixed-cost share moves {moved} a year; the gain is even at {percent(even[0], 0)}"
    more = max(gains(view), key=lambda company: gains(view)[company])
    return f"The fixed-cost share moves {moved} a year; {COMPANY_LABELS[more]} gains more at every share"


def _words(share: float) -> str:
    return percent(share, 0)


def _marked(view: View) -> Mapping[str, float]:
    """The share of fixed cost in the scenario's transfer price."""
    share = view.scenario.values["transfer_fixed_share"]
    return {f"now {_words(share)}": share}


SPLIT: Final = Figure(
    name="canton_split",
    title=lambda view: f"Who gains, by the share of fixed cost that Honda pays, {view.year_label}",
    columns={
        "company": "Company",
        "transfer_fixed_share": "Fixed cost carried by the transfer price, share of the average per car",
        "gain_jpy_bn": GAIN_COLUMN,
        "transfer_price_usd": "Transfer price, USD per truck",
    },
    records=_records,
    form=GainsOver("transfer_fixed_share", "Share of fixed cost that Honda pays", _words, _marked, ".0%"),
    finding=_finding,
)
