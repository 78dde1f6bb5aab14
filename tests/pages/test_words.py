"""Numbers and texts for people."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from model.outputs import OUTPUTS
from model.registry import ASSUMPTIONS, UNITS
from pages.kit.measure_words import TARGET_LABELS
from pages.kit.words import (
    MINUS,
    NBSP,
    WORD_JOINER,
    amount_words,
    assumption_value,
    change_in_brackets,
    change_words,
    date_words,
    event_date_words,
    in_sentence,
    listed,
    markdown_text,
    moves,
    number,
    one_notation,
    percent,
    quantity,
    short_date_words,
    signed,
)

QUANTITIES = [
    (439.2, "JPY bn", "JPY 439 bn"),
    (-315.0, "JPY bn", "−JPY 315 bn"),
    (1213.5, "JPY bn", "JPY 1,214 bn"),
    (3.4, "JPY bn", "JPY 3.4 bn"),
    (3.0, "JPY bn", "JPY 3 bn"),
    (-0.04, "JPY bn", "JPY 0.0 bn"),
    (0.0, "JPY bn", "JPY 0 bn"),
    (20.0, "JPY bn per yr", "JPY 20 bn a year"),
    (12.5, "JPY bn per JPY", "JPY 12 bn per yen"),
    (6.48, "USD bn", "USD 6.48 bn"),
    (0.5, "USD bn", "USD 0.5 bn"),
    (28400.0, "USD per vehicle", "USD 28,400 per car"),
    (145.0, "JPY per USD", "JPY 145 per dollar"),
    (62.57, "JPY", "JPY 62.6"),
    (5.72, "JPY", "JPY 5.72"),
    (1213.4, "JPY", "JPY 1,213"),
    (210.0, "kveh", "210,000 cars"),
    (75.5, "kveh", "75,500 cars"),
    (1.0, "yr", "1 year"),
    (2.5, "yr", "2.5 years"),
    (1.0, "months", "1 month"),
    (5.5, "months", "5.5 months"),
    (0.15, "share", "15 %"),
    (0.025, "share", "2.5 %"),
    (0.0375, "share", "3.75 %"),
    (0.512195, "share", "51.2 %"),
    (1.0, "share", "100 %"),
    (-0.05, "share", "−5 %"),
    (-1.0, "ratio", "−1"),
    (0.0001, "ratio", "0"),
]


@pytest.mark.parametrize(("value", "unit", "words"), QUANTITIES)
def test_a_quantity_reads_as_people_write_it(value: float, unit: str, words: str) -> None:
    assert quantity(value, unit).replace(NBSP, " ") == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (12.0, "JPY bn", "+JPY 12 bn"),
        (-12.0, "JPY bn", "−JPY 12 bn"),
        (0.0, "JPY bn", "JPY 0 bn"),
        (0.01, "JPY bn", "JPY 0.0 bn"),
        (0.012, "share", "+1.2 pp"),
        (-0.012, "share", "−1.2 pp"),
        (0.0001, "share", "0.0 pp"),
        (-0.0001, "share", "0.0 pp"),
    ],
)
def test_a_change_carries_its_sign_and_no_change_carries_none(value: float, unit: str, words: str) -> None:
    assert signed(value, unit).replace(NBSP, " ") == words


@pytest.mark.parametrize(
    ("share", "decimals", "words"),
    [(0.0563, 1, "5.6 %"), (0.5, 0, "50 %"), (-0.0004, 1, "0.0 %"), (12.5, 0, "1,250 %")],
)
def test_a_share_is_told_in_per_cent(share: float, decimals: int, words: str) -> None:
    assert percent(share, decimals).replace(NBSP, " ") == words


@given(st.floats(-1e12, 1e12), st.sampled_from([*UNITS, "JPY", "USD"]))
@example(-1e-9, "JPY bn")
def test_no_quantity_is_a_raw_float_or_a_negative_nothing(value: float, unit: str) -> None:
    for words in (quantity(value, unit), signed(value, unit)):
        assert not re.search(r"e[+-]?\d|nan|inf|\d{4}|\.\d{3}", words), words
        assert not re.search(r"[A-Z] \d|\d (?!per |cars)", words), "a figure breaks over two lines"
        if not re.search("[1-9]", words):
            assert not words.startswith((MINUS, "+", "-"))


@given(st.floats(-1e6, 1e6))
def test_a_number_is_right_to_the_decimals_it_shows(value: float) -> None:
    words = number(value)
    read = float(words.replace(",", "").replace(MINUS, "-"))
    decimals = len(words.partition(".")[2])
    assert read == pytest.approx(value, abs=0.5 * 10**-decimals * 1.0001 + 1e-9)


@given(st.text())
@example("www.example.com https://x.example name@x.example <b> [x](y) :red[x] $x$ `x` \\")
def test_words_in_markdown_read_as_given_and_no_mark_of_them_works(text: str) -> None:
    escaped = markdown_text(text)
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", escaped).replace(WORD_JOINER, "") == text.replace("\n", " ").replace(
        WORD_JOINER, ""
    )
    assert not re.search(r"[!-/:-@\[-`{-~]", re.sub(r"\\[!-/:-@\[-`{-~]", "", escaped))


@pytest.mark.parametrize(
    "text", ["www.example.com", "WwW.example.com", "HTTPS://example.com", "ftp://x", "a@b.example"]
)
def test_no_address_stays_whole(text: str) -> None:
    seen = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", markdown_text(text))
    assert not re.search(r"www\.|\w://|\w@", seen, re.IGNORECASE)


@pytest.mark.parametrize(
    ("label", "inside"),
    [
        ("Tariff on cars from Canada and Mexico", "tariff on cars from Canada and Mexico"),
        ("Nissan: underlying change a year", "Nissan: underlying change a year"),
        ("US sales of Honda", "US sales of Honda"),
        ("Duty on Japan cars", "duty on Japan cars"),
        ("Payment for Canton trucks", "payment for Canton trucks"),
        ("Canton trucks", "Canton trucks"),
        ("USMCA tariff", "USMCA tariff"),
        ("R&D of both companies", "R&D of both companies"),
        ("A car", "a car"),
        ("", ""),
    ],
)
def test_a_label_inside_a_sentence_begins_small_unless_it_is_a_name(label: str, inside: str) -> None:
    assert in_sentence(label) == inside


LABELS = [*(a.label for a in ASSUMPTIONS.values()), *(o.label for o in OUTPUTS.values()), *TARGET_LABELS.values()]
NAMES = {word.strip(",:") for label in LABELS for word in label.split()[1:] if word[0].isupper()}
"""Words that some label writes with a capital where no sentence begins."""


@pytest.mark.parametrize("label", LABELS)
def test_no_label_loses_the_capital_of_a_name_in_a_sentence(label: str) -> None:
    assert {"Japan", "Canada", "Mexico", "Canton", "Honda", "Ridgeline", "US", "USMCA"} <= NAMES
    inside = in_sentence(label)
    assert inside[1:] == label[1:]
    if label.split()[0].strip(",:").removesuffix("s") in NAMES:
        assert inside == label


@pytest.mark.parametrize(
    ("change", "unit", "words"),
    [
        (0.0, "JPY bn", "same"),
        (1e-12, "JPY bn", "same"),
        (0.01, "JPY bn", "up by less than JPY 0.1 bn"),
        (-0.01, "JPY bn", "down by less than JPY 0.1 bn"),
        (-12.0, "JPY bn", "−JPY 12 bn"),
        (-0.0002, "share", "−0.02 pp"),
        (0.00001, "share", "up by less than 0.01 pp"),
        (0.012, "share", "+1.2 pp"),
        (0.001, "JPY", "up by less than JPY 0.01"),
        (-0.0002, "kveh", "down by less than 1 car"),
        (-0.0002, "thousand trucks", "down by less than 1 truck"),
        (0.2, "USD per truck", "up by less than USD 1 per truck"),
        (0.001, "yr", "up by less than 0.01 years"),
    ],
)
def test_a_change_is_the_same_only_where_there_is_none(change: float, unit: str, words: str) -> None:
    assert change_words(change, unit).replace(NBSP, " ") == words


@given(st.floats(-1e9, 1e9), st.sampled_from([*UNITS, "JPY", "USD", "thousand trucks"]))
def test_no_change_is_told_as_nothing(change: float, unit: str) -> None:
    told = change_words(change, unit)
    assert (told == "same") == (abs(change) <= 1e-9)
    if told != "same":
        assert re.search("[1-9]", told)
        assert told.startswith(("+", "up by less") if change > 0 else (MINUS, "down by less"))


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("canton_honda_trucks_kveh", 60.0, "60,000 trucks"),
        ("canton_base_kveh", 210.0, "210,000 cars"),
        ("truck_price_usd", 31000.0, "USD 31,000 per truck"),
        ("honda_price_usd", 36000.0, "USD 36,000 per car"),
    ],
)
def test_trucks_are_called_trucks(key: str, value: float, words: str) -> None:
    assert assumption_value(key, value).replace(NBSP, " ") == words


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("About -1 when all; -3 and beyond", "About −1 when all; −3 and beyond"),
        ("-6 % / 7 %", "−6 % / 7 %"),
        ("JPY 450 bn (-452)", "JPY 450 bn (−452)"),
        ("150 - 145, guidance", "150 − 145, guidance"),
        ("220 bn yen / 135; 5.72 yen per share", "JPY 220 bn / 135; JPY 5.72 per share"),
        ("a weak yen", "a weak yen"),
        ("JPY -452 bn; -JPY 3 bn", "JPY −452 bn; −JPY 3 bn"),
        ("2025-03-26; IN12545-7, US-built, 5-year, ev-a2z", "2025-03-26; IN12545-7, US-built, 5-year, ev-a2z"),
    ],
)
def test_a_source_is_told_in_the_notation_of_the_app(text: str, read: str) -> None:
    assert one_notation(text) == read


def test_what_subtraction_leaves_of_nothing_moves_nothing() -> None:
    assert not moves(0.1 + 0.2 - 0.3)
    assert moves(-1e-8)


@pytest.mark.parametrize(("jpy_bn", "words"), [(0.04, "JPY 0 bn"), (-0.04, "JPY 0 bn"), (0.06, "JPY 0.1 bn")])
def test_an_amount_too_small_to_be_written_is_nothing(jpy_bn: float, words: str) -> None:
    assert amount_words(jpy_bn).replace(NBSP, " ") == words


def test_a_change_stands_in_brackets_only_where_there_is_one() -> None:
    assert change_in_brackets(112.0, 100.0, "JPY bn").replace(NBSP, " ") == " (+JPY 12 bn)"
    assert change_in_brackets(0.1 + 0.2, 0.3, "JPY bn") == ""


@pytest.mark.parametrize(
    ("parts", "words"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_parts_of_a_sentence_end_with_and(parts: list[str], words: str) -> None:
    assert listed(parts) == words


@pytest.mark.parametrize(
    ("as_of", "words", "short"),
    [
        ("2026-02-06", "6 February 2026", "6 Feb 2026"),
        ("2026-06", "June 2026", "Jun 2026"),
        ("2026", "2026", "2026"),
    ],
)
def test_a_date_is_told_as_far_as_it_is_known(as_of: str, words: str, short: str) -> None:
    assert date_words(as_of) == words
    assert short_date_words(as_of).replace(NBSP, " ") == short


def test_of_an_event_only_the_month_is_told_where_only_that_is_known() -> None:
    assert event_date_words("2025-05-01", "Month only, from a report") == "May 2025"
    assert event_date_words("2025-05-01", "Announced") == "1 May 2025"
