"""What people type into a box for a number, and what it stands for."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.registry import ASSUMPTIONS
from pages.kit.typed import NumberBox
from pages.kit.words import quantity

NBSP = "\N{NO-BREAK SPACE}"


def box_of(key: str) -> NumberBox:
    a = ASSUMPTIONS[key]
    return NumberBox(a.unit, a.minimum, a.maximum)


TARIFF, OFFSET, PASSED_ON = "japan_tariff_share", "msrp_offset_share", "pass_through_share"
TRUCKS, SOFTWARE_CARS = "canton_honda_trucks_kveh", "software_kveh"
PENALTY, CONTRIBUTION, PRICE = "reshoring_penalty_usd", "honda_contribution_usd", "honda_price_usd"
SAVING, DRIFT, YEN, ELASTICITY = "platform_saving_jpy_bn", "honda_drift_jpy_bn", "jpy_per_usd", "own_elasticity"


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        (TARIFF, "20", 0.2),
        (TARIFF, "1,5", 0.015),
        (TARIFF, "7,5", 0.075),
        (TARIFF, "7.5", 0.075),
        (TARIFF, "25 %", 0.25),
        (TARIFF, "25%", 0.25),
        (TARIFF, f"25{NBSP}%", 0.25),
        (TARIFF, "  17,3 ", 0.173),
        (TARIFF, "+20", 0.2),
        (TARIFF, "0", 0.0),
        (TARIFF, "-0", 0.0),
        (TARIFF, "0.15 %", 0.0015),
        (TARIFF, ",5%", 0.005),
        (TARIFF, "１５％", 0.15),
        (TARIFF, "15\N{ZERO WIDTH SPACE}", 0.15),
        (TARIFF, "12.345", 0.12345),
        (PASSED_ON, "7,5", 0.075),
        (PASSED_ON, "1", 0.01),
        (PASSED_ON, "100", 1.0),
        (OFFSET, "2,75", 0.0275),
        (OFFSET, "0.5", 0.005),
        (ELASTICITY, "\N{MINUS SIGN}1.5", -1.5),
        (ELASTICITY, "\N{EN DASH}1,5", -1.5),
        (ELASTICITY, "- 1.5", -1.5),
        (ELASTICITY, "-0,125", -0.125),
        (DRIFT, "\N{MINUS SIGN}5", -5.0),
        (PENALTY, "1 500", 1500.0),
        (PENALTY, f"1{NBSP}500", 1500.0),
        (PENALTY, "1\N{NARROW NO-BREAK SPACE}500,25", 1500.25),
        (PENALTY, "1'500", 1500.0),
        (PENALTY, "1’500.5", 1500.5),
        (PENALTY, "1,500.50", 1500.5),
        (PENALTY, "1.500,125", 1500.125),
        (PENALTY, "1234,567", 1234.567),
        (CONTRIBUTION, "1,500", 1500.0),
        (PRICE, "36,900", 36900.0),
        (YEN, "151.375", 151.375),
        (TRUCKS, "60", 60.0),
        (TRUCKS, "60000", 60.0),
        (TRUCKS, "60,000", 60.0),
        (TRUCKS, "60.000", 60.0),
        (TRUCKS, "60 000", 60.0),
        (TRUCKS, "62,5", 62.5),
        (TRUCKS, "300000", 300.0),
        (SOFTWARE_CARS, "1 500", 1500.0),
        (SOFTWARE_CARS, "250000", 250.0),
    ],
)
def test_a_number_is_read_as_it_was_meant(key: str, text: str, value: float) -> None:
    assert box_of(key).read(text).value == value


@pytest.mark.parametrize(
    ("key", "text", "reason"),
    [
        (PENALTY, "1,500", "it may mean 1500 or 1.5"),
        (PENALTY, "1.500", "it may mean 1.5 or 1500"),
        (SOFTWARE_CARS, "1,500", "it may mean 1500 or 1.5"),
        (SAVING, "1,500", "it may mean 1500 or 1.5"),
        (CONTRIBUTION, "1.500", "it may mean 1.5 or 1500"),
        (TARIFF, "1,500", f"it may mean 1500{NBSP}% or 1.5{NBSP}%"),
        (TARIFF, "0.15", f"it may mean 0.15{NBSP}% or 15{NBSP}%"),
        (TARIFF, ",15", f"it may mean 0.15{NBSP}% or 15{NBSP}%"),
        ("break_even_share", "0.8", f"it may mean 0.8{NBSP}% or 80{NBSP}%"),
        (TARIFF, "75", f"above the highest value, 50{NBSP}%"),
        (TARIFF, "-1", f"below the lowest value, 0{NBSP}%"),
        (TRUCKS, "600000", "above the highest value, 300 thousand cars"),
        (TRUCKS, "301", "above the highest value, 300 thousand cars"),
        (SOFTWARE_CARS, "2500", "above the highest value, 2000 thousand cars"),
        ("canton_capacity_kveh", "60", "below the lowest value, 250 thousand cars"),
        (YEN, "1,512", f"above the highest value, JPY{NBSP}220 per dollar"),
        (YEN, "15", f"below the lowest value, JPY{NBSP}80 per dollar"),
        (YEN, "150 %", "this box does not take per cent"),
        *(
            (PENALTY, text, "not a plain number such as 15 or 7.5")
            for text in (
                "", " ", "abc", "1e3", "nan", "inf", "15 15", "1 50", "1,5,0", "1.5.0", "1,50,000", "0,500,000",
                "1 500'000", "1,500,5", "--5", "5-", "5,", ".", "%", "15 %%", "½", "5²", "1_000", "0x10", "1" * 61,
                "<b>5</b>", "$5", "1,500 1",
            )
        ),
    ],
)  # fmt: skip
def test_a_number_that_cannot_be_used_is_refused_with_its_reason(key: str, text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(reason)}"):
        box_of(key).read(text)


@pytest.mark.parametrize(("text", "value"), [("5", 5.0), ("1,500", 1500.0), ("999 999", 999_999.0)])
def test_a_box_for_whole_numbers_takes_them_however_grouped(text: str, value: float) -> None:
    assert NumberBox("", 0, 999_999, whole=True).read(text).value == value


@pytest.mark.parametrize("text", ["1.5", "1,5"])
def test_a_box_for_whole_numbers_takes_no_others(text: str) -> None:
    with pytest.raises(ValueError, match="not a whole number"):
        NumberBox("", 0, 999_999, whole=True).read(text)


@pytest.mark.parametrize(
    ("key", "text", "note"),
    [
        (TRUCKS, "60000", "60000 was read as 60 thousand."),
        (TRUCKS, "60 000", "60000 was read as 60 thousand."),
        (PRICE, "36,900", "“36,900” was read as 36900."),
        (OFFSET, "0.5", f"“0.5” was read as 0.5{NBSP}%."),
        (TARIFF, "1,5", ""),
        (TRUCKS, "60", ""),
    ],
)
def test_what_is_not_read_as_it_stands_says_how_it_was_read(key: str, text: str, note: str) -> None:
    assert box_of(key).read(text).note == note


@pytest.mark.parametrize("key", ASSUMPTIONS)
def test_every_bound_and_end_of_a_range_is_read_as_its_box_shows_it(key: str) -> None:
    a, box = ASSUMPTIONS[key], box_of(key)
    for value in (a.minimum, a.low, a.high, a.maximum):
        sign = " %" if a.unit == "share" else ""
        assert box.read(f"{box.text(value)}{sign}").value == value


@pytest.mark.parametrize("key", ASSUMPTIONS)
def test_words_of_a_value_end_in_the_exact_number_only_where_they_round_it(key: str) -> None:
    a, box = ASSUMPTIONS[key], box_of(key)
    for value in (a.minimum, a.low, a.high, a.maximum):
        assert box.words(value) == quantity(value, a.unit)
    assert "(exactly " in box.words(a.high - a.step / 7)


@given(st.sampled_from([TARIFF, TRUCKS, PENALTY, ELASTICITY]), st.text())
def test_any_text_gives_a_value_within_the_bounds_and_words(key: str, text: str) -> None:
    a = ASSUMPTIONS[key]
    taken = box_of(key).take(a.label, text, a.low)
    assert a.minimum <= taken.value <= a.maximum
    assert taken.words.startswith(f"{a.label}: ")
    assert not taken.refused or (taken.value == a.low and "could not convert" not in taken.words)


def test_what_is_said_names_the_assumption_the_text_the_reason_and_what_holds() -> None:
    box = box_of(TARIFF)
    assert box.take("Tariff", "20", 0.15).told == f"Tariff: 20{NBSP}%, was 15{NBSP}%."
    assert box.take("Tariff", "15", 0.15).told == f"Tariff: 15{NBSP}%, as before."
    assert box_of(YEN).take("Yen", "142,5", 145.0).told == (
        f"Yen: JPY{NBSP}142 per dollar (exactly 142.5), was JPY{NBSP}145 per dollar."
    )
    refused = f"Tariff: “75” was not used: above the highest value, 50{NBSP}%. 15{NBSP}% stays."
    assert box.take("Tariff", "75", 0.15).told == refused
    assert "an empty box was not used" in box.take("Tariff", " ", 0.15).told
    assert box_of(TRUCKS).take("Trucks", "60000", 0.0).told == (
        "Trucks: 60,000 cars, was 0 cars. 60000 was read as 60 thousand."
    )
