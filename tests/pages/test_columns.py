"""What a page works out on a slider's move is plain columns: pandas would take a third of the server's time."""

import sys
from pathlib import Path
from types import FrameType

import numpy as np
import pandas as pd
import pytest

from pages.kit.columns import (
    columns_of,
    on_first,
    on_first_of_each,
    rows_where,
    running_totals,
    total_of_each,
    totals,
)
from pages.kit.tables import Table
from tests.pages.opened import FOLDER, drawn, opened

MOVED = {
    "overview": ("japan_tariff_share", 0.2),
    "tariffs": ("japan_tariff_share", 0.2),
    "plant": ("canton_honda_trucks_kveh", 110.0),
    "alliance": ("platform_saving_jpy_bn", 120.0),
    "investor": ("platform_saving_jpy_bn", 120.0),
    "compare": ("japan_tariff_share", 0.2),
    "sensitivity": ("platform_saving_jpy_bn", 120.0),
    "uncertainty": ("platform_saving_jpy_bn", 120.0),
}
COMPARED = "&with=preset%3Dtariffs_25%0Apreset%3Darticle"


def made_in(frame: FrameType | None) -> str:
    """The innermost function of the pages that is being run, as "file:function"; nothing outside them."""
    while frame is not None:
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(FOLDER):
            return f"{path.relative_to(FOLDER)}:{frame.f_code.co_name}"
        frame = frame.f_back
    return ""


@pytest.mark.parametrize("page", MOVED)
def test_a_move_makes_no_frame(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    key, value = MOVED[page]
    app = opened(f"preset=alliance_good{COMPARED if page == 'compare.py' else ''}", page, sliders=True)
    app.slider(key=key).set_value(app.slider(key=key).value + app.slider(key=key).step)
    drawn(app)  # charts of this form are built by now
    made: list[str] = []
    make = pd.DataFrame.__init__

    def noted(self: pd.DataFrame, *arguments: object, **named: object) -> None:
        made.append(made_in(sys._getframe(1)))
        make(self, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(pd.DataFrame, "__init__", noted)
    app.slider(key=key).set_value(value)
    drawn(app)
    assert not {where for where in made if where}


def test_columns_of_a_frame_keep_their_values() -> None:
    frame = pd.DataFrame({"name": ["a", "b"], "amount": [1.5, 2.5], "many": [1, 2], "so": [True, False]})
    columns = columns_of(frame)
    assert isinstance(columns["name"], list)
    assert isinstance(columns["amount"], np.ndarray)
    pd.testing.assert_frame_equal(pd.DataFrame(dict(columns)), frame)


def test_a_table_of_no_records_has_its_columns() -> None:
    table = Table.of("none", "Nothing", {"a": "A", "b": "B"}, [])
    assert table.values == {"a": [], "b": []}
    assert list(table.rows.columns) == ["a", "b"]
    assert table.rows.empty


def test_rows_are_kept_summed_and_labelled_by_group() -> None:
    columns = {"bar": ["a", "a", "b"], "amount": [1.0, 2.0, 4.0]}
    assert rows_where(columns, [True, False, True]) == {"bar": ["a", "b"], "amount": [1.0, 4.0]}
    assert totals(columns["bar"], columns["amount"]) == {"a": 3.0, "b": 4.0}
    assert total_of_each(columns["bar"], columns["amount"]) == [3.0, 3.0, 4.0]
    assert running_totals(columns["bar"], columns["amount"]) == [1.0, 3.0, 4.0]
    assert on_first_of_each(columns["bar"], ["A", "A", "B"]) == ["A", "", "B"]
    assert on_first(["x", "y", "z"]) == ["x", "", ""]
    assert on_first([]) == []
