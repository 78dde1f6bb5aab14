"""The choice of a world as a visitor meets it: there once it matters, in the address, and on the way back."""

import numpy as np
from playwright.sync_api import Locator, Page, expect

from model import run
from model.links import from_query
from model.worlds import DONE, FAILS, WEIGHTED, WORLDS
from pages.kit.words import quantity
from tests.browser.conftest import Visit, rerun
from tests.browser.seen import follow, metric, open_group, query, slider

TRUCKS = "canton_honda_trucks_kveh"


def picker(page: Page) -> Locator:
    return page.get_by_test_id("stSidebar").get_by_test_id("stButtonGroup").filter(has_text=WORLDS[DONE])


def choose_world(page: Page, world: str) -> None:
    with rerun(page):
        picker(page).get_by_role("radio", name=WORLDS[world]).click()


def expect_world(page: Page, world: str, trucks: str) -> None:
    """The choice, the card and the address hold one world."""
    scenario, _ = from_query(f"{TRUCKS}={trucks}")
    profit = np.asarray(run(scenario.in_world(world)).projection.company["honda"]["operating_profit_jpy_bn"])[-1]
    expect(picker(page).get_by_role("radio", name=WORLDS[world])).to_be_checked()
    expect(metric(page, "Honda: operating profit")).to_have_text(quantity(float(profit), "JPY bn"))
    assert query(page).get("world", WEIGHTED) == world
    assert query(page)[TRUCKS] == trucks


def test_trucks_of_a_first_visitor_are_built_and_every_world_is_one_press_away(visit: Visit) -> None:
    page = visit.open("")
    open_group(page, TRUCKS)
    expect(picker(page)).to_have_count(0)
    with rerun(page):
        slider(page, TRUCKS).press("ArrowRight")
    expect_world(page, DONE, "5")
    choose_world(page, WEIGHTED)
    expect_world(page, WEIGHTED, "5")
    choose_world(page, FAILS)
    expect_world(page, FAILS, "5")
    with rerun(page):
        page.go_back()
    expect_world(page, WEIGHTED, "5")
    with rerun(page):
        page.go_back()
    expect_world(page, DONE, "5")
    with rerun(page):
        page.go_forward()
    expect_world(page, WEIGHTED, "5")
    follow(page, "Alliance")
    assert query(page).get("world", WEIGHTED) == WEIGHTED
    expect(picker(page).get_by_role("radio", name=WORLDS[WEIGHTED])).to_be_checked()


def test_a_step_back_over_the_first_truck_and_forward_again_is_the_world_it_was_in(visit: Visit) -> None:
    page = visit.open("")
    open_group(page, TRUCKS)
    with rerun(page):
        slider(page, TRUCKS).press("ArrowRight")
    expect_world(page, DONE, "5")
    with rerun(page):
        page.go_back()
    assert query(page).get("world") != WEIGHTED
    with rerun(page):
        page.go_forward()
    expect_world(page, DONE, "5")


def test_undo_takes_a_world_back_and_a_link_without_one_is_weighted(visit: Visit) -> None:
    page = visit.open(f"?{TRUCKS}=60")
    expect_world(page, WEIGHTED, "60")
    choose_world(page, DONE)
    expect_world(page, DONE, "60")
    with rerun(page):
        page.get_by_role("button", name="Undo", exact=True).click()
    expect_world(page, WEIGHTED, "60")
