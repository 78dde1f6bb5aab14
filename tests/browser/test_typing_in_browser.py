"""What a person types is what is applied, at the first click, Enter or Tab, in every box of the app."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from model.registry import ASSUMPTIONS
from tests.browser.conftest import Visit, rerun
from tests.browser.seen import data_link, expect_slider, query

JAPAN, TRUCKS = "japan_tariff_share", "canton_honda_trucks_kveh"
ACTS = ("click", "Enter", "Tab")


def give(page: Page, box: Locator, text: str, act: str, button: Locator | None = None) -> None:
    """Type over what a box holds as a person does, and leave it by mouse or by keyboard.

    button: pressed at once, by Tab and Space where it is by keyboard; without one the box is left for the headline
    """
    box.press("ControlOrMeta+a")
    page.keyboard.type(text)
    if act == "click":
        (button or page.get_by_role("heading", level=1)).click()
    else:
        page.keyboard.press(act)
        if act == "Tab" and button is not None:
            page.keyboard.press("Space")


def to_type(page: Page, key: str, unit: str) -> tuple[Locator, Locator]:
    """The name of an assumption with its box, and the box."""
    place = page.locator(f".st-key-of_{key}")
    box = place.get_by_role("textbox", name=f"{ASSUMPTIONS[key].label}, in {unit}")
    expect(box).to_be_visible()
    return place, box


def test_a_value_is_used_as_it_is_typed_into_the_box_of_its_slider(visit: Visit) -> None:
    page = visit.open("")
    place, box = to_type(page, JAPAN, "per cent")
    was = "15"
    for text, percent, act in (
        ("20", "20", "click"),
        ("30", "30", "click"),
        ("1,5", "1.5", "Enter"),
        ("25 %", "25", "Tab"),
        ("7,5", "7.5", "click"),
    ):
        give(page, box, text, act)
        expect_slider(page, JAPAN, float(percent) / 100)
        told = f"{percent}\N{NO-BREAK SPACE}%, was {was}\N{NO-BREAK SPACE}%."
        expect(place.get_by_text(told)).to_be_visible()
        expect(box).to_have_value(percent)
        was = percent
    give(page, box, "75", "Enter")
    expect(place.get_by_role("alert")).to_contain_text("“75” was not used: above the highest value, 50")
    expect(place.get_by_role("alert")).to_contain_text("7.5\N{NO-BREAK SPACE}% stays")
    expect_slider(page, JAPAN, 0.075)
    assert query(page)[JAPAN] == "0.075"


def test_a_number_of_trucks_may_be_typed_whole(visit: Visit) -> None:
    page = visit.open("")
    place, box = to_type(page, TRUCKS, "thousand vehicles a year")
    give(page, box, "60000", "Enter")
    expect(place.get_by_text("60000 was read as 60 thousand")).to_be_visible()
    expect(box).to_have_value("60")
    expect_slider(page, TRUCKS, 60)


def test_an_assumption_is_found_by_its_key_and_typed_into_where_it_is_found(visit: Visit) -> None:
    page, key = visit.open(""), "honda_tax_share"
    page.get_by_role("combobox", name="Find an assumption").click()
    page.keyboard.type("honda_tax")
    with rerun(page):
        page.keyboard.press("Enter")
    _, box = to_type(page, key, "per cent")
    give(page, box, "25", "Enter")
    expect_slider(page, key, 0.25)
    assert query(page)[key] == "0.25"


def test_a_range_is_used_as_both_ends_are_typed(visit: Visit) -> None:
    page = visit.open("sensitivity")
    editor = page.locator(".st-key-range_editor")
    editor.get_by_text("Change a range").click()
    low, high = (editor.get_by_role("textbox", name=f"{end}, in per cent") for end in ("Low", "High"))
    for first, last, act in (("5", "30", "click"), ("7,5", "20", "Tab"), ("10", "25", "Enter")):
        low.fill(first)
        with rerun(page):
            give(page, high, last, act, editor.get_by_role("button", name="Use this range"))
        ends = [float(text.replace(",", ".")) / 100 for text in (first, last)]
        expect(low).to_have_value(f"{ends[0] * 100:g}")
        page.wait_for_url(re.compile(re.escape(f"{JAPAN}%3A{ends[0]:g}%3A{ends[1]:g}")))


@pytest.mark.parametrize("act", ACTS)
def test_a_seed_and_a_bar_are_used_as_they_are_typed(visit: Visit, act: str) -> None:
    page = visit.open("uncertainty")
    page.get_by_text("Settings and accuracy").click()
    give(page, page.get_by_role("textbox", name="Seed"), "1 234", act)
    page.wait_for_url(re.compile("seed=1234"))
    give(page, page.get_by_role("textbox", name="Your bar"), "612,5", act)
    page.wait_for_url(re.compile(r"bar=612\.5"))


def test_a_button_beside_a_box_counts_after_what_was_typed_into_it(visit: Visit) -> None:
    page = visit.open("uncertainty?bar=500")
    with rerun(page):
        give(page, page.get_by_role("textbox", name="Your bar"), "612,5", "click", button(page, "As in the reference"))
    expect(page.get_by_role("button", name="As in the reference")).to_be_disabled()
    assert "bar" not in query(page)


def test_the_address_of_data_holds_the_seed_that_was_just_typed(visit: Visit) -> None:
    page = visit.open("uncertainty")
    page.get_by_text("Settings and accuracy").click()
    box = page.get_by_role("textbox", name="Seed")
    box.fill("77")
    assert "seed=77" in data_link(page, "fan")


def test_lines_to_compare_stay_where_a_button_is_pressed_right_after_typing(visit: Visit) -> None:
    page = visit.open("compare")
    lines = page.get_by_role("textbox", name="Links to compare")
    give(page, lines, "preset=article", "click", page.locator('[class*="st-key-compare_add_"] button').first)
    page.wait_for_url(re.compile("preset%3Darticle%0A.*preset%3D"))


@pytest.mark.parametrize("act", ACTS)
def test_symbols_and_days_are_used_as_they_are_typed(visit: Visit, act: str) -> None:
    page = visit.open("stocks")
    give(page, page.get_by_role("textbox", name="Add a symbol"), "vow3.de", act)
    page.wait_for_url(re.compile("VOW3.DE"))
    page.get_by_role("button", name="Dates, benchmark, source").click()
    give(page, page.get_by_role("textbox", name="First day"), "2025-03-31", act)
    page.wait_for_url(re.compile("stock_from=2025-03-31"))


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name)
