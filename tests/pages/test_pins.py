"""A link is pinned as it was sent, its title stays with its scenario, and what is pinned stands beside what is set."""

import re
from numbers import Number
from urllib.parse import urlencode

import pytest
from streamlit.testing.v1 import AppTest

from model.editions import derived, edition
from model.links import (
    LONGEST_LINK,
    LONGEST_TITLE,
    Scenario,
    fit_capacity,
    from_query,
    scenario_of_preset,
    to_pairs,
)
from model.pins import AS_SENT, LONGEST_PIN, Pin, pin_text, read_pin
from model.registry import ASSUMPTIONS, BASE_FIGURES
from model.worlds import WORLDS
from pages.catalog import FIGURES
from pages.data_api import BadQueryError, read_view, table_json
from pages.kit.exports import pin_words, plain_csv, provenance
from pages.kit.figure import Figure
from pages.kit.tables import PINNED
from pages.kit.view import View
from pages.kit.words import markdown_text, told_words
from pages.overview.profit import PROFIT
from pages.session.reading import read_pairs
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


ADDRESS_OF_PIN = "preset=japan_back_at_25&edition=2026-05&japan_tariff_share=0.1"
TODAY = scenario_of_preset("japan_back_at_25")


def with_pin(preset: str = "alliance_good", world: str = "done", pin_world: str = "fails") -> View:
    pin = Pin("<b>*mine*</b>", scenario_of_preset("alliance_lost").in_world(pin_world))
    choices = {"with": "preset=article"}
    return View.of(scenario_of_preset(preset).in_world(world), 4, choices=choices, pin=pin)


def refers(figure: Figure, view: View) -> bool:
    """Whether a table holds values of the reference: in rows that are named so, or in a column of numbers."""
    values = figure.table(view).values
    columns = (v for name, v in values.items() if name.startswith("reference"))
    rows = (v for name, v in values.items() if name in ("case", "what", "step", "printed_by"))
    return any(isinstance(one, Number) for column in columns for one in column) or any(
        str(one).lower().endswith("reference") for column in rows for one in column
    )


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
def test_what_is_pinned_stands_where_a_reference_stands_or_the_figure_says_why_not(figure: Figure) -> None:
    view = with_pin()
    has_pin = figure.table(view).has_pin
    assert not figure.table(View.of(view.scenario, 4, choices=view.choices)).has_pin
    assert (has_pin or bool(figure.without_pin)) == refers(figure, view)
    assert not (has_pin and figure.without_pin)
    if figure.form:
        assert figure.chart(view).to_dict(validate=False)


def test_an_address_holds_what_a_link_pinned_once_it_is_not_what_is_shown() -> None:
    app = moved(opened(LINK), 0.1)
    kept = view_of(app).pin
    assert kept is not None
    again = opened(view_of(app).link)
    assert view_of(again).pin == kept
    assert view_of(again).scenario == view_of(app).scenario
    held = again.query_params["pin"]
    assert read_pin(held[0] if isinstance(held, list) else held) == (kept, ())
    again.button(key="back_to_pin").click()
    drawn(again)
    assert view_of(again).scenario == kept.scenario


def test_what_was_sent_takes_no_step_of_its_own_in_the_address() -> None:
    app = moved(opened("preset=japan_back_at_25", sliders=True), 0.1)
    kept = view_of(app).pin
    assert kept is not None
    assert "pin" not in app.query_params, "a slider's move is no step, so Back would lead to the same values"
    assert view_of(opened(view_of(app).link)).pin == kept
    app.session_state["pin"] = True
    drawn(app)
    app.text_input(key="pin_name").set_value("low")
    app.button(key="pin_this").click()
    drawn(app)
    assert "title%3Dlow" in urlencode({"pin": app.query_params["pin"]}, doseq=True), (
        "what is pinned by hand stands there"
    )


def test_a_pin_goes_from_page_to_page_and_off_again() -> None:
    app = moved(opened(LINK, sliders=True), 0.1)
    app.session_state["pin"] = True
    drawn(app)
    app.button(key="pin_off").click()
    drawn(app)
    assert view_of(app).pin is None
    assert "pin" not in app.query_params
    assert "pin=" not in view_of(app).link
    for page in ("tariffs", "stocks", "compare"):
        shown = view_of(opened(f"preset=status_quo&{urlencode({'pin': ADDRESS_OF_PIN})}", page))
        assert shown.pin is not None
        assert shown.pin.name == AS_SENT
        assert read_view(f"?{shown.link}").pin == shown.pin


@pytest.mark.parametrize("preset", ["alliance_good", "status_quo", "article"])
def test_a_pin_reads_back_in_short(preset: str) -> None:
    for world in WORLDS:
        pin = Pin("日本 25 % & <b>#?+=\N{EN DASH}", scenario_of_preset(preset).in_world(world))
        text = pin_text(pin)
        assert read_pin(text) == (pin, ())
        assert len(text) < 140
        assert "model_version" not in text


def test_the_longest_pin_is_read_and_a_link_holds_it() -> None:
    moved_all = {key: a.minimum + (a.maximum - a.minimum) / 3.0000001 for key, a in ASSUMPTIONS.items()}
    name = derived("2026-05", {key: edition("2026-05").figure(key) * 0.99999998765 for key in BASE_FIGURES})
    pin = Pin("本" * LONGEST_TITLE, Scenario(name, "status_quo", fit_capacity(moved_all)[0], "fails"))
    text = pin_text(pin)
    assert len(text) <= LONGEST_PIN
    assert read_pin(text) == (pin, ())
    view = View.of(Scenario(name, "article", fit_capacity(moved_all)[0]), 4, pin=pin)
    assert len(view.link) < LONGEST_LINK
    assert read_view(f"?{view.link}").pin == pin


@pytest.mark.parametrize(
    ("text", "key", "reason"),
    [
        ("", "pin", "names no edition, preset or assumption"),
        ("x" * (LONGEST_PIN + 1), "pin", "longer than 6,000 characters"),
        ("<script>alert(1)</script>", "pin", "names no edition, preset or assumption"),
        ("japan_tariff_share=nan", "pin", "japan_tariff_share: not a plain number such as 0.15"),
        ("preset=article&japan_tariff_share=nan", "pin: japan_tariff_share", "not a plain number such as 0.15"),
        ("preset=article&edition=1999-01", "pin: edition", "unknown edition"),
        ("preset=article&model_version=9.9", "pin: model_version", "unknown model version"),
        ("preset=article&pin=preset%3Darticle", "pin: pin", "a pin inside a pin"),
        ("preset=article&with=preset%3Darticle", "pin: with", "a comparison inside a comparison"),
        (f"preset=article&title={'t' * 90}", "pin: title", "longer than 80 characters"),
        ("preset=article&whole=1", "pin: link", "this link is not whole"),
        ("preset=status_quo&canton_honda_trucks_kveh=300", "pin: canton_honda_trucks_kveh", "Canton can build"),
    ],
)
def test_what_of_a_pin_cannot_be_used_is_named(text: str, key: str, reason: str) -> None:
    link = f"preset=status_quo&{urlencode({'pin': text})}"
    asked = read_pairs(to_pairs(link))
    named = asked.named(("pin",))
    assert [r.key for r in named] == [key]
    assert reason in named[0].reason
    assert (asked.pin is None) == (key == "pin")
    with pytest.raises(BadQueryError, match=re.escape(key)):
        read_view(link)
    app = opened(link)
    said_of_it = " ".join(element.value for element in app.warning)
    assert "<script" not in said_of_it.replace(r"\<", "")
    assert markdown_text(named[0].reason) in said_of_it


def test_a_pin_is_given_once_and_an_older_model_is_told() -> None:
    asked = read_pairs([("pin", "preset=article"), ("pin", "preset=status_quo"), ("preset", "status_quo")])
    assert [(r.key, r.reason) for r in asked.named(("pin",))] == [("pin", "given more than once")]
    old = read_pairs([("pin", "preset=article&model_version=1.0&tax_share=0.3")]).named(("pin",))
    assert {r.key for r in old} == {"pin: model_version", "pin: tax_share"}
    assert all(r.told for r in old)
    assert all("Pin" in told_words(r) for r in old)


def test_own_figures_and_the_world_are_of_the_pin_alone() -> None:
    text = f"edition=2026-05&preset=alliance_good&world=fails&{next(iter(BASE_FIGURES))}=1"
    refused = read_pin(text)[1]
    assert all(r.key.startswith("pin: ") for r in refused)
    view = with_pin("alliance_good", "done", "done")
    assert view.pin_named == "“<b>*mine*</b>”"
    other = View.of(TODAY, 4, pin=Pin("x", scenario_of_preset("alliance_good").in_world("fails")))
    assert other.pin_named == "“x”, if the alliance fails"
    assert (
        View.of(
            scenario_of_preset("alliance_good").in_world("fails"),
            4,
            pin=Pin("x", scenario_of_preset("alliance_delivers").in_world("fails")),
        ).pin_named
        == "“x”"
    )


def test_data_and_downloads_hold_the_pinned_case_and_say_which_it_is() -> None:
    view = View.of(TODAY, 4, pin=Pin("=x, <b>", scenario_of_preset("alliance_good").in_world("fails")))
    table = PROFIT.table(read_view(f"?{view.link}"))
    assert table.values == PROFIT.table(view).values
    assert PINNED in table.values["case"]
    told = table_json(table, view)["pinned"]
    assert (told["name"], told["world"], told["is_a_case"]) == ("=x, <b>", "fails", True)
    assert from_query(told["link"])[0] == view.pin.scenario  # type: ignore[union-attr]
    line = "Pinned: =x, <b>; " + view.pinned.preset_label  # type: ignore[union-attr]
    assert any(each.startswith(line) and "if the alliance fails" in each for each in provenance(table, view, ""))
    assert "# Pinned: =x; <b>" in plain_csv(table, view.scenario.edition, pin_words(view))
    older = View.of(TODAY, 4, pin=Pin("older", scenario_of_preset("article")))
    told = table_json(PROFIT.table(older), older)["pinned"]
    assert not told["is_a_case"]
    assert told["left_out"] == older.pin_left_out != ""
    assert "pinned" not in table_json(PROFIT.table(View.of(TODAY, 4)), View.of(TODAY, 4))


def test_a_page_says_why_a_pin_of_other_years_is_drawn_nowhere() -> None:
    app = opened(f"preset=japan_back_at_25&{urlencode({'pin': 'preset=article&title=*A*'})}")
    assert markdown_text("Pinned: “*A*”, if the alliance is done. It is of other fiscal years") in said(app)
    assert not any(metric.proto.delta_description for metric in app.metric)
