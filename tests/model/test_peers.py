"""Other makers: sums by hand, roles and conventions that were fixed beforehand, and results pinned as they are.

A pinned error says how wrong the formulas are known to be for others, not that they are right.
"""

import math
from dataclasses import replace
from statistics import median

import pytest

from data.facts import KINDS, facts
from model.backtest import median_error_share
from model.peers import (
    JUDGED,
    QUANTITIES,
    ROLES,
    SHOWN,
    WITHIN_SHARE,
    Peer,
    judged,
    peer_duty,
    peers,
)

ROWS = {row.id: row for row in peers()}
each_row = pytest.mark.parametrize("row", ROWS.values(), ids=list(ROWS))

FORMULA = {
    "subaru_may25": 2.175,
    "subaru_h1": 143.3,
    "subaru_9m": 198.1,
    "subaru_q1": 55.61,
    "subaru_q2": 88.02,
    "subaru_q3": 53.61,
    "hyundai_9m": 3592.4,
    "hyundai_kia_9m": 6613.4,
    "hyundai_q2": 929.2,
    "mazda_aug25": 256.5,
    "mazda_9m": 205.9,
    "mitsubishi_9m": 60.06,
    "mitsubishi_year": 71.57,
    "toyota_aug25_cars": 749.6,
    "gm_korea": 1.7652,
    "gm_near": 1.4455,
    "gm_9m": 3.123,
    "ford_2025": 1.3962,
    "vw_2025": 2.6055,
    "mexico_4m": 3923.5,
    "mexico_july": 3990.0,
    "canada_4m": 4351.25,
    "canada_july": 4425.0,
    "canada_share": 0.6,
}


def test_results_are_as_they_were_found() -> None:
    assert {row.id: row.formula for row in peers()} == {
        name: pytest.approx(value, rel=1e-3) for name, value in FORMULA.items()
    }


def test_subarus_nine_months_by_hand() -> None:
    """25 % from 3 April to 16 September, then 12.5 %, each a month later as cost."""
    begin, change, end = 2 / 30 + 1, 5.5 + 1, 9
    rate = (0.25 * (change - begin) + 0.125 * (end - change)) / 12
    assert ROWS["subaru_9m"].formula == pytest.approx(310e3 * 30_800 * rate * 149 / 1e9, rel=1e-9)


def test_gms_cars_from_canada_and_mexico_by_hand() -> None:
    """Nine months, the first of them sold from stock, on all but 37 % of the value."""
    months = 9 - 1 - 2 / 30
    assert ROWS["gm_near"].formula == pytest.approx(507e3 * 27_400 * (1 - 0.37) * 0.25 * months / 12 / 1e9, rel=1e-9)


def test_duty_on_a_car_from_canada_by_hand() -> None:
    """At the border, from 3 April, on 60 % of the value."""
    assert ROWS["canada_july"].formula == pytest.approx(29_500 * 0.6 * 0.25)
    assert ROWS["canada_4m"].formula == pytest.approx(29_500 * 0.6 * 0.25 * (4 - 2 / 30) / 4, rel=1e-9)


def test_parts_pay_from_may() -> None:
    values = {**dict.fromkeys(QUANTITIES, 0.0), "parts": 12.0, "near_rate": 0.25, "months": 3.0, "fx": 1.0}
    duty = peer_duty(**values)
    assert duty.usd_bn == duty.parts_usd_bn == pytest.approx(0.25 * (3 - 1 - 2 / 31), rel=1e-9)
    assert duty.per_car_usd is None


@each_row
def test_no_rate_is_no_duty_and_no_cars_pay_none(row: Peer) -> None:
    # A rate of nothing from the first day on, so that the rate before it never holds.
    assert row.duty({"near_rate": 0.0, "far_rate": 0.0, "far_change": 0.0}).usd_bn == pytest.approx(0.0, abs=1e-12)
    assert row.duty({"far_cars": 0.0, "near_cars": 0.0}).usd_bn == 0.0


@each_row
def test_a_row_is_a_known_fact_with_a_role_and_every_input(row: Peer) -> None:
    known = facts()
    assert row.fact_id in known
    assert row.published == known[row.fact_id].number > 0.0
    assert row.role in ROLES
    assert list(row.inputs) == list(QUANTITIES)
    for key, each in (*row.inputs.items(), *row.instead.items()):
        assert each.key == key
        assert each.kind in KINDS
        assert each.source
        assert set(each.facts) <= known.keys()
        assert row.fact_id not in each.facts, "an input that is the figure itself proves nothing"
        quantity = QUANTITIES[key]
        assert quantity.low <= each.value <= quantity.high
        if each.facts and each.kind != "derived":
            assert len(each.facts) == 1
            assert each.value == known[each.facts[0]].number
    assert row.teaches.endswith(".")
    assert math.isfinite(row.error_share)
    assert bool(row.instead) == bool(row.instead_words) == (row.instead_error_share is not None)


def test_quarters_are_shown_and_all_else_is_judged() -> None:
    assert {row.id for row in peers() if row.role == SHOWN} == {"subaru_q1", "subaru_q2", "subaru_q3", "hyundai_q2"}
    assert {row.id for row in peers() if row.whole_cars} == {
        *("subaru_may25", "subaru_9m", "hyundai_9m", "hyundai_kia_9m"),
        *("mazda_aug25", "mazda_9m", "mitsubishi_9m", "mitsubishi_year"),
    }
    assert all(row.role == JUDGED and row.values["months"] >= 9 for row in peers() if row.whole_cars)


def test_conventions_are_the_same_for_all() -> None:
    for row in peers():
        customs = row.unit in ("USD per vehicle", "share")
        assert row.values["stock"] == (0.0 if customs else 1.0)
        assert row.values["near_rate"] == 0.25
        assert row.values["parts"] == 0.0
        assert row.values["far_value"] in (30_800, 26_700, 60_500)
        assert row.values["near_value"] in (26_600, 29_500, 27_400)
        assert row.values["far_rate"] in (0.125, 0.15)


def test_the_quarters_of_subaru_make_its_nine_months_up_to_the_exchange_rate() -> None:
    quarters = sum(ROWS[f"subaru_q{n}"].duty().usd_bn for n in (1, 2, 3))
    assert quarters == pytest.approx(ROWS["subaru_9m"].duty().usd_bn, rel=1e-9)


def test_the_answer_counts_what_is_judged() -> None:
    rows = judged(peers())
    errors = [abs(row.formula / row.published - 1) for row in rows]
    assert len(rows) == 20
    assert median_error_share(rows) == pytest.approx(median(errors)) == pytest.approx(0.1515, abs=1e-3)
    assert sum(row.within for row in rows) == sum(error <= WITHIN_SHARE for error in errors) == 8


def test_other_inputs_give_other_duty_and_leave_the_row_alone() -> None:
    row = ROWS["subaru_9m"]
    double = row.duty({"far_cars": 620.0})
    assert double.usd_bn == pytest.approx(2 * row.duty().usd_bn)
    assert double.per_car_usd == pytest.approx(row.duty().per_car_usd)
    assert replace(row, after_months=3).duty({"months": 6.0}).usd_bn < row.duty().usd_bn
    assert row.duty({"stock": 0.0}).usd_bn > row.duty().usd_bn
