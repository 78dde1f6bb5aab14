"""The split of the gain over the share of fixed cost that Honda pays."""

import altair as alt
import numpy as np
import pandas as pd

from model import sweeps
from model.editions import COMPANIES, COMPANY_LABELS
from model.measures import Points
from model.projection import Projection
from model.registry import ASSUMPTIONS
from pages.parts.charts import Chart
from pages.parts.columns import Columns
from pages.parts.plant.reading import gain_by_year, gains
from pages.parts.plant.swept import GAIN_COLUMN, SWEEP_POINTS, gain_sweep, sweep_chart, sweep_rows
from pages.parts.sure.break_even import crossings
from pages.parts.tables import Table
from pages.parts.view import View
from pages.parts.words import figure, percent, size_words


def split_by_fixed_share(view: View) -> Table:
    """What each company gains in the year in focus, over the share of fixed cost in the transfer price."""
    a = ASSUMPTIONS["transfer_fixed_share"]
    points = np.linspace(a.minimum, a.maximum, SWEEP_POINTS)
    swept, records = gain_sweep(view, a.key, points, view.year)
    prices = np.tile(np.asarray(swept.plant["plant_transfer_price_usd"])[:, view.year], len(COMPANIES))
    records = [(*record, float(price)) for record, price in zip(records, prices, strict=True)]
    columns = {
        "company": "Company",
        "transfer_fixed_share": "Fixed cost carried by the transfer price, share of the average per car",
        "gain_jpy_bn": GAIN_COLUMN,
        "transfer_price_usd": "Transfer price, USD per truck",
    }
    title = f"Who gains, by the share of fixed cost that Honda pays, {view.year_label}"
    return Table.of("canton_split", title, columns, records)


def _even_split_share(view: View) -> tuple[float, ...]:
    """Shares of fixed cost at which both companies gain the same in the year in focus."""

    def gap(p: Projection) -> Points:
        return gain_by_year(p, "honda")[:, view.year] - gain_by_year(p, "nissan")[:, view.year]

    return crossings(view.scenario, "transfer_fixed_share", gap)


def split_finding(view: View) -> str:
    """How the split moves with the fixed-cost share, and where it is even."""
    a = ASSUMPTIONS["transfer_fixed_share"]
    ends = sweeps.sweep(view.scenario, a.key, np.array([a.minimum, a.maximum]))
    low, high = (gain_by_year(ends, "nissan")[i, view.year] for i in (0, 1))
    moved = size_words(float(high - low), "JPY bn")
    if moved == figure(0.0, "JPY bn"):
        return "The split moves nothing: no truck is paid for"
    even = _even_split_share(view)
    if even:
        return f"The fixed-cost share moves {moved} a year; the gain is even at {percent(even[0], 0)}"
    more = max(gains(view), key=lambda company: gains(view)[company])
    return f"The fixed-cost share moves {moved} a year; {COMPANY_LABELS[more]} gains more at every share"


def split_rows(table: Table, share: float) -> Columns:
    """Gains over the fixed-cost share, with the scenario's own; share: of fixed cost in its transfer price."""
    shares = [percent(value, 0) for value in table.values["transfer_fixed_share"]]
    return sweep_rows(table, "transfer_fixed_share", shares, {f"now {percent(share, 0)}": share})


def split_chart(rows: pd.DataFrame) -> Chart:
    """Both companies' gain over the fixed-cost share, with the scenario's own share marked.

    rows: of `split_rows`
    """
    axis = alt.Axis(format=".0%", tickCount=5)
    return sweep_chart(rows, "transfer_fixed_share", "Share of fixed cost that Honda pays", axis)
