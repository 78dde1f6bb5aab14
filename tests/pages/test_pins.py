"""A link is pinned as it was sent, its title stays with its scenario, and what is pinned stands beside what is set."""

import pytest
from streamlit.testing.v1 import AppTest

from model.links import scenario_of_preset
from pages.kit.tables import PINNED
from pages.kit.view import Pin, View
from pages.overview.profit import PROFIT
from tests.pages.opened import drawn, opened, view_of

LINK = "preset=japan_back_at_25&title=Japan+back&world=done"
SLIDER = "japan_tariff_share"


def moved(app: AppTest, value: float) -> AppTest:
    app.slider(key=SLIDER).set_value(value)
    return drawn(app)


def said(app: AppTest) -> str:
    return " ".join(element.value for element in [*app.markdown, *app.caption])


def test_a_title_leaves_what_is_edited_and_comes_back_with_its_scenario() -> None:
    app = opened(LINK)
    assert "Shared as: **Japan back**" in said(app)
    assert app.query_params["title"] == "Japan back"
    sent = view_of(app).scenario
    moved(app, 0.1)
    assert "Shared as" not in said(app)
    assert "Beside “Japan back”" in said(app)
    assert "title" not in app.query_params
    assert view_of(app).title == ""
    app.button(key="back_to_pin").click()
    drawn(app)
    assert view_of(app).scenario == sent
    assert "Shared as: **Japan back**" in said(app)
    app.button(key="undo").click()
    drawn(app)
    assert view_of(app).scenario.asked[SLIDER] == 0.1


def test_a_bare_visit_and_page_links_pin_nothing() -> None:
    app = opened()
    assert view_of(app).pin is None
    assert view_of(moved(app, 0.1)).pin is None
    assert view_of(app).pinned is None


def test_what_is_pinned_stands_in_cards_and_lines() -> None:
    app = moved(opened(LINK), 0.1)
    seen = view_of(app)
    assert seen.pinned is not None
    company, name = "nissan", "operating_profit_jpy_bn"
    difference = seen.at_year(company, name)[0] - seen.pinned.at_year(company, name)[0]
    assert difference > 0.0
    beside = [metric.proto.delta_description for metric in app.metric]
    assert len(beside) == 4
    assert all("against “Japan back”" in words for words in beside)
    values = PROFIT.table(seen).values
    of_pin = [v for v, case in zip(values["operating_profit_jpy_bn"], values["case"], strict=True) if case == PINNED]
    assert len(of_pin) == 10
    assert of_pin[-1] == pytest.approx(seen.pinned.at_year(company, name)[0])


@pytest.mark.parametrize("page", ["overview", "tariffs", "plant", "investor"])
def test_every_page_with_cards_shows_the_second_difference(page: str) -> None:
    app = moved(opened(LINK, page, sliders=True), 0.1)
    cards = [metric for metric in app.metric if "against" in metric.delta or metric.delta == "same as reference"]
    beside = [metric for metric in app.metric if "against “Japan back”" in metric.proto.delta_description]
    assert len(beside) == len(cards) > 0


def test_a_pin_that_is_shown_or_of_other_years_is_drawn_nowhere() -> None:
    today, older = scenario_of_preset("japan_back_at_25"), scenario_of_preset("article")
    assert View.of(today, 4, pin=Pin("same", today)).pinned is None
    assert View.of(today, 4, pin=Pin("older", older)).pinned is None
    assert PINNED not in PROFIT.table(View.of(today, 4, pin=Pin("same", today))).values["case"]


def test_a_visitor_pins_under_a_name_and_takes_it_off() -> None:
    app = opened("", sliders=True)
    app.session_state["pin"] = True
    drawn(app)
    app.text_input(key="pin_name").set_value("*mine* <b>")
    app.button(key="pin_this").click()
    drawn(app)
    moved(app, 0.2)
    seen = view_of(app)
    assert seen.pin is not None
    assert (seen.pin.name, seen.pin.scenario.asked[SLIDER]) == ("*mine* <b>", 0.15)
    assert all(r"\*mine\*" in metric.proto.delta_description for metric in app.metric)
    app.session_state["pin"] = True
    drawn(app)
    app.button(key="pin_off").click()
    drawn(app)
    assert view_of(app).pin is None
