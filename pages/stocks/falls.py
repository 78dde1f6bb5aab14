"""How far each line is below its highest value in the period so far."""

from typing import Final

import pandas as pd

from data.prices import returns
from pages.kit.columns import Columns
from pages.kit.figure import Figure
from pages.kit.view import View
from pages.stocks.comparison import await_prices, comparison_of
from pages.stocks.forms import LinesByDay, columns_by_day
from pages.stocks.lacking import lacking_of, sources_of
from pages.stocks.period import deepest_fall
from pages.stocks.words import kind_words


def _records(view: View) -> Columns:
    panel = comparison_of(view).panel
    return columns_by_day(returns.drawdowns(panel.value) if panel is not None else pd.DataFrame(), "below_peak_share")


FALLS: Final = Figure(
    name="stock_drawdown",
    title=lambda view: f"Falls from the height so far {kind_words(comparison_of(view))}",
    columns={
        "line": "Line",
        "symbol": "Yahoo symbol",
        "date": "Shared day",
        "below_peak_share": "Distance below the highest value so far, share",
    },
    records=_records,
    form=LinesByDay("below_peak_share", "Below the highest so far", "+.0%", said="share", zero="0"),
    finding=deepest_fall,
    sources=sources_of,
    lacking=lacking_of,
    awaited=await_prices,
)
