"""At the ends of the sliders every table still builds from finite numbers, and every page still draws."""

import math
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.editions import COMPANIES, editions
from model.links import Scenario, number_text
from model.presets import preset_values
from model.registry import ASSUMPTIONS
from pages.catalog import FIGURES, figures_of
from pages.kit.tables import Table
from pages.kit.view import View
from pages.site import page_file
from tests.pages.opened import PAGES, drawn, opened, view_of

PROSE = {
    "help",
    "label",
    "range_source",
    "claim",
    "correction",
    "detail",
    "event",
    "fact",
    "fact_ids",
    "link",
    "note",
    "pays_back_at",
    "rate",
    "reference",
    "source",
    "why",
}
"""Columns that hold sentences; every other text is a label, on an axis, in a legend or in a narrow cell."""
LONGEST_LABEL = 60

START = "alliance_good"
BOUNDS = {key: (a.minimum, a.maximum) for key, a in ASSUMPTIONS.items()}
KEYS = tuple(ASSUMPTIONS)
BATCHES = 5

MINIMA, MAXIMA = ({key: bounds[end] for key, bounds in BOUNDS.items()} for end in (0, 1))
TARIFFS = [key for key in KEYS if key.endswith("_tariff_share")]
# All at its maximum, tariffs of 50 % and pass-through of 100 % among it, but for what would save the profit.
WORST = {
    **MAXIMA,
    "own_elasticity": -6.0,
    "market_elasticity": -6.0,
    **{f"{company}_own_measures_jpy_bn": 0.0 for company in COMPANIES},
    **{f"{company}_one_off_jpy_bn": BOUNDS[f"{company}_one_off_jpy_bn"][0] for company in COMPANIES},
    "jpy_per_usd": 80.0,
    "honda_drift_jpy_bn": BOUNDS["honda_drift_jpy_bn"][0],
    "nissan_drift_jpy_bn": BOUNDS["nissan_drift_jpy_bn"][0],
}
EXTREMES = {"minima": MINIMA, "maxima": MAXIMA, "worst": WORST, "no tariffs": dict.fromkeys(TARIFFS, 0.0)}

OF_STOCKS = {figure.name for figure in figures_of("stocks")}
OF_NO_SLIDER = {"facts", "backtest", "backtest_inputs", "peers", "peer_inputs", "your_maker", *OF_STOCKS} - {
    "stock_value_per_share"
}
"""Tables that are the same in every scenario: the tests of their pages look at them."""


def view(edition_name: str, moved: Mapping[str, float], preset: str = START, year: int = 4) -> View:
    return View.of(Scenario(edition_name, preset, {**preset_values(preset, edition_name), **moved}), year)


def assert_sound(table: Table, name: str) -> None:
    """Declared columns, finite numbers, no gaps, and labels that fit where labels go."""
    assert list(table.rows.columns) == list(table.columns), name
    for column in table.columns:
        for cell in table.rows[column].tolist():
            if isinstance(cell, str):
                assert column in PROSE or len(cell) < LONGEST_LABEL, (name, column, cell)
            else:
                assert cell is not None, (name, column)
                assert math.isfinite(cell), (name, column, cell)


def assert_all_sound(seen: View) -> None:
    for name, figure in FIGURES.items():
        if name not in OF_NO_SLIDER:
            assert_sound(figure.table(seen), name)


@pytest.mark.parametrize("batch", range(BATCHES))
@pytest.mark.parametrize("end", [0, 1], ids=["minimum", "maximum"])
@pytest.mark.parametrize("edition_name", editions())
def test_every_table_is_sound_with_a_slider_at_its_end(edition_name: str, end: int, batch: int) -> None:
    assert_all_sound(view(edition_name, {key: BOUNDS[key][end] for key in KEYS[batch::BATCHES]}))


@given(
    st.sampled_from(editions()),
    st.dictionaries(st.sampled_from(KEYS), st.sampled_from([0, 1]), min_size=2, max_size=2),
    st.sampled_from(["status_quo", START]),
    st.integers(0, 4),
)
@settings(max_examples=10, deadline=None)
def test_every_table_is_sound_with_two_sliders_at_their_ends(
    edition_name: str, ends: dict[str, int], preset: str, year: int
) -> None:
    assert_all_sound(view(edition_name, {key: BOUNDS[key][end] for key, end in ends.items()}, preset, year))


@pytest.mark.parametrize("edition_name", editions())
@pytest.mark.parametrize("extreme", EXTREMES)
def test_every_table_is_sound_at_an_extreme(extreme: str, edition_name: str) -> None:
    assert_all_sound(view(edition_name, EXTREMES[extreme], year=0))


@pytest.mark.parametrize("extreme", ["minima", "worst"])
def test_every_page_draws_an_extreme(extreme: str) -> None:
    moved = {key: number_text(value) for key, value in EXTREMES[extreme].items()}
    app = opened("&".join([f"preset={START}", *(f"{key}={value}" for key, value in moved.items())]))
    assert view_of(app).scenario.values["japan_tariff_share"] == EXTREMES[extreme]["japan_tariff_share"]
    for page in PAGES:
        drawn(app.switch_page(page_file(page)))
        assert len(app.title) == 1, page


def test_the_worst_extreme_has_the_highest_tariffs_and_a_loss_for_both_companies() -> None:
    assert all(WORST[key] == BOUNDS[key][1] for key in (*TARIFFS, "pass_through_share"))
    outputs = view(editions()[0], WORST).projection.company
    assert all(np.all(np.asarray(outputs[company]["operating_profit_jpy_bn"])[1:] < 0.0) for company in COMPANIES)
