"""One share price per company and edition, with its date, wherever a page tells one."""

import numpy as np
import pytest

from data.prices.snapshot import SNAPSHOT_CSV, read_snapshot
from model.editions import COMPANIES, COMPANY_LABELS, editions
from model.links import scenario_of_preset
from model.presets import PRESETS
from pages.investor.per_share import VALUE_PER_SHARE
from pages.kit.share_price import SYMBOLS, months, share_prices
from pages.kit.view import View
from pages.stocks.value_per_share import VALUE_PER_SHARE as ON_STOCKS


@pytest.mark.parametrize("edition", editions())
def test_a_price_is_the_newest_month_end_that_is_not_after_the_edition(edition: str) -> None:
    rows = read_snapshot(SNAPSHOT_CSV)
    for company, price in share_prices(edition).items():
        months_of = {r.month_end: r.close for r in rows if r.symbol == SYMBOLS[company]}
        allowed = [day for day in months_of if f"{day:%Y-%m}" <= edition]
        assert price.month_end == max(allowed)
        assert price.price_jpy == months_of[price.month_end]


def test_a_price_is_named_with_its_date() -> None:
    nissan = share_prices("2026-11")["nissan"]
    assert nissan.named.replace("\N{NO-BREAK SPACE}", " ") == "price of September 2026: JPY 297"
    assert nissan.source in nissan.note
    assert months(share_prices("2026-11")) == "September 2026"


@pytest.mark.parametrize("preset", PRESETS)
def test_investor_and_stocks_tell_the_same_price(preset: str) -> None:
    view = View.of(scenario_of_preset(preset), 4)
    tables = [figure.table(view).rows for figure in (VALUE_PER_SHARE, ON_STOCKS)]
    for company in COMPANIES:
        told = [
            rows[(rows["company"] == COMPANY_LABELS[company]) & (rows["what"] == "Share price")].iloc[0]
            for rows in tables
        ]
        assert (
            told[0]["per_share_jpy"] == told[1]["per_share"] == share_prices(view.scenario.edition)[company].price_jpy
        )
        assert told[0]["as_of"] == told[1]["as_of"]
        assert np.isfinite(told[0]["per_share_jpy"])
