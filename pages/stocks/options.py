"""What can be chosen on the Stocks page."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

MOST_LINES: Final = 8

INDEX: Final = "index"
PERCENT: Final = "percent"
PRICE: Final = "price"
RATIO: Final = "ratio"
SPREAD: Final = "spread"
LOOKS: Final[Mapping[str, str]] = {
    INDEX: "Index",
    PERCENT: "Change",
    PRICE: "Price",
    RATIO: "Ratio",
    SPREAD: "Gap",
}

LOCAL: Final = "local"
CURRENCIES: Final[Mapping[str, str]] = {"USD": "USD", "JPY": "JPY", LOCAL: "Local"}

PERIODS: Final[Mapping[str, pd.DateOffset]] = {
    "1m": pd.DateOffset(months=1),
    "3m": pd.DateOffset(months=3),
    "6m": pd.DateOffset(months=6),
    "1y": pd.DateOffset(years=1),
    "3y": pd.DateOffset(years=3),
    "5y": pd.DateOffset(years=5),
    "10y": pd.DateOffset(years=10),
}
"""How far back from the last shared day a comparison begins."""

WINDOWS: Final = ("1", "3", "5", "10", "20", "60")
"""Steps on either side of an event: shared trading days, or months where month-ends are shown."""
