"""Every page and every file says which world its numbers are in, where that makes a difference, and only there."""

import re
from dataclasses import replace
from io import BytesIO

import numpy as np
import openpyxl
import pytest
from PIL import Image

from data.story import claims
from model import Scenario, run
from model.bridge import NOT_DELIVERED
from model.editions import COMPANIES, COMPANY_LABELS
from model.links import from_query, to_pairs, to_query
from model.results import as_json
from model.worlds import CHANCE, DONE, FAILS, WEIGHTED, WORLDS
from pages.alliance.headline import headline as alliance_headline
from pages.article.playing import is_playing
from pages.catalog import FIGURES
from pages.compare import results, scenarios
from pages.compare.from_address import compared_in
from pages.data_api import read_view, table_json
from pages.investor.headline import headline as investor_headline
from pages.kit.exports import csv_text, png_bytes, provenance, svg_text, xlsx_bytes
from pages.kit.figure import of_view
from pages.kit.view import View
from pages.kit.words import NBSP, quantity
from pages.overview.headline import headline
from pages.overview.profit import PROFIT
from pages.overview.profit_bridge import BRIDGES
from pages.plant.gains import GAINS
from pages.plant.headline import headline as plant_headline
from pages.session.reading import read_pairs
from pages.sources.archive import readme
from tests.pages.opened import ADDRESS, PAGES, choose_preset, drawn, metrics_of, opened, view_of

TRUCKS = "canton_honda_trucks_kveh"
PLANNED = Scenario.of(
    "status_quo",
    **{TRUCKS: 60.0},
    platform_saving_jpy_bn=50.0,
    software_saving_share=0.2,
    software_gain_months=3.0,
    integration_cost_jpy_bn=60.0,
)
NAMED = {
    DONE: "if the alliance is done",
    WEIGHTED: f"weighted by the alliance's chance of 50{NBSP}%",
    FAILS: "if the alliance fails",
}
OF_SCENARIOS = [name for name in FIGURES if not name.startswith(("stock", "comparison_"))]
DELIVERS = re.compile("if (the alliance|it) delivers", re.IGNORECASE)


def view(world: str, **moved: float) -> View:
    return View.of(replace(PLANNED, asked={**PLANNED.asked, **moved}, world=world), 4)


def profit(scenario: Scenario, company: str) -> str:
    found = run(scenario).projection.company[company]["operating_profit_jpy_bn"]
    return quantity(float(np.asarray(found)[4]), "JPY bn")


@pytest.mark.parametrize("world", WORLDS)
def test_every_file_of_every_figure_names_the_world(world: str) -> None:
    seen = view(world)
    for name in OF_SCENARIOS:
        told = list(provenance(FIGURES[name].table(seen), seen, ADDRESS))
        assert f"World: {NAMED[world]}" in told, name
    table = PROFIT.table(seen)
    assert f"# World: {NAMED[world]}" in csv_text(table, seen, ADDRESS)
    about = openpyxl.load_workbook(BytesIO(xlsx_bytes(table, seen, ADDRESS)))["About"]
    assert f"World: {NAMED[world]}" in [row[0].value for row in about.iter_rows()]
    chart = PROFIT.chart(seen)
    drawn_text = svg_text(chart, "Finding", table, seen, ADDRESS)
    assert drawn_text.count(NAMED[world].replace("'", "&#39;")) + drawn_text.count(NAMED[world]) >= 2, "subtitle too"
    with Image.open(BytesIO(png_bytes(chart, "Finding", table, seen, ADDRESS))) as picture:
        assert f"World: {NAMED[world]}" in picture.text["Description"]  # type: ignore[attr-defined]
    assert table_json(table, seen)["world"] == world
    assert as_json(seen.scenario, (), seen.projection)["world"] == world
    assert NAMED[world] in readme(seen, ADDRESS)


@pytest.mark.parametrize("world", WORLDS)
def test_where_a_world_changes_nothing_no_file_names_it(world: str) -> None:
    seen = View.of(Scenario.of("usmca_ends", world=world), 4)
    assert (seen.world, seen.world_words, seen.named) == ("", "", seen.preset_label)
    assert seen.labelled("Profit") == "Profit"
    text = "\n".join(provenance(PROFIT.table(seen), seen, ADDRESS))
    assert "World: " not in text
    assert headline(seen) == headline(View.of(Scenario.of("usmca_ends"), 4))


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_names_the_world_above_its_numbers(page: str, world: str) -> None:
    app = opened(to_query(PLANNED.in_world(world)), page)
    assert f"Numbers {NAMED[world]}" in [caption.value for caption in app.caption]
    assert view_of(app).scenario == PLANNED.in_world(world)


@pytest.mark.parametrize("world", WORLDS)
def test_the_headline_gives_all_three_results_as_a_run_gives_them(world: str) -> None:
    said = headline(view(world))
    for company in COMPANIES:
        for one in WORLDS:
            assert f"**{profit(PLANNED.in_world(one), company)}**" in said, (company, one)
    for of_page in (alliance_headline, investor_headline, plant_headline):
        told = of_page(view(world))
        assert all(words in told for words in ("is done", "fails", f"chance of 50{NBSP}%")), of_page.__module__


def test_a_chance_that_is_certain_gives_two_results() -> None:
    said = headline(view(WEIGHTED, **{CHANCE: 1.0}))
    assert "if the alliance is done" in said
    assert "if it fails" in said.lower()
    assert "chance" not in said


@pytest.mark.parametrize("seen", [view(FAILS), view(WEIGHTED, **{CHANCE: 0.0})], ids=["fails", "chance of 0"])
def test_nothing_says_if_it_delivers_where_it_does_not(seen: View) -> None:
    for name in OF_SCENARIOS:
        figure = FIGURES[name]
        texts = [figure.says(seen), figure.explained(seen), *of_view(figure.columns, seen).values()]
        assert not [text for text in texts if DELIVERS.search(text)], name
    for of_page in (headline, alliance_headline, investor_headline, plant_headline):
        assert not DELIVERS.search(of_page(seen)), of_page.__module__


@pytest.mark.parametrize("company", COMPANIES)
def test_bridges_tell_what_a_plan_brings_alike_and_take_away_what_is_not_delivered(company: str) -> None:
    missing = f"Not delivered (50{NBSP}%)"
    by_world = {}
    for world in WORLDS:
        values = BRIDGES[company].table(view(world)).values
        steps = zip(values["step"], values["effect_jpy_bn"], values["kind"], strict=True)
        by_world[world] = {step: effect for step, effect, kind in steps if kind != "total"}
        totals = [
            effect for effect, kind in zip(values["effect_jpy_bn"], values["kind"], strict=True) if kind == "total"
        ]
        assert sum(by_world[world].values()) == pytest.approx(totals[1] - totals[0], abs=1e-9)
    assert by_world[WEIGHTED].pop(missing) < 0.0
    assert by_world[WEIGHTED] == by_world[DONE]
    assert all(effect < 0.0 for effect in by_world[FAILS].values())
    gains = {world: GAINS.table(view(world)).values for world in (DONE, WEIGHTED)}
    own = {
        world: {
            cause: effect
            for who, cause, effect in zip(v["company"], v["cause"], v["effect_jpy_bn"], strict=True)
            if who == COMPANY_LABELS[company]
        }
        for world, v in gains.items()
    }
    in_all = f"{COMPANY_LABELS[company]} in all"
    assert sum(own[WEIGHTED].values()) == pytest.approx(2.0 * own[WEIGHTED].pop(in_all), abs=1e-9)
    own[WEIGHTED].pop(missing)
    own[DONE].pop(in_all)
    assert own[WEIGHTED] == own[DONE]
    assert NOT_DELIVERED.endswith("_effect_jpy_bn")


@pytest.mark.parametrize("world", WORLDS)
def test_the_command_line_the_data_and_the_page_agree(world: str) -> None:
    link = to_query(PLANNED.in_world(world))
    seen, (scenario, _) = read_view(f"?{link}"), from_query(link)
    assert as_json(seen.scenario, (), seen.projection) == as_json(scenario, (), run(scenario).projection)
    shown = metrics_of(opened(link))
    assert profit(scenario, "honda") in [
        value for label, value in shown.items() if label.startswith("Honda: operating")
    ]


# ---------------------------------------------------------------- a visitor


def test_a_first_visitor_sees_what_is_planned_done_and_may_choose() -> None:
    app = opened("", sliders=True)
    assert not app.get("button_group"), "no alliance: no choice of a world"
    app.slider(key=TRUCKS).set_value(60.0)
    drawn(app)
    scenario = Scenario.of("status_quo", world=DONE, **{TRUCKS: 60.0})
    assert view_of(app).scenario == scenario
    assert app.query_params["world"] in (["done"], "done")
    label = "Honda: operating profit, if done"
    assert metrics_of(app)[label] == profit(scenario, "honda")


@pytest.mark.parametrize(
    ("link", "world"),
    [
        ("", DONE),
        ("utm_source=x&section=Facts", DONE),
        ("year=FY2029/3", DONE),
        ("preset=status_quo", WEIGHTED),
        (f"{TRUCKS}=60", WEIGHTED),
        ("world=fails", FAILS),
        ("world=never", WEIGHTED),
    ],
)
def test_an_address_that_says_nothing_of_a_scenario_is_done_and_a_link_without_a_world_weighted(
    link: str, world: str
) -> None:
    assert read_pairs(to_pairs(link)).first_world == world


def test_a_reset_and_a_preset_lead_to_the_usual_world_and_undo_leads_back() -> None:
    app = opened(f"preset=japan_deal_alliance&{TRUCKS}=50", sliders=True)
    assert view_of(app).scenario.world == WEIGHTED
    app.button(key="reset_preset").click()
    drawn(app)
    assert view_of(app).scenario.world == DONE
    app.button(key="undo").click()
    drawn(app)
    assert (view_of(app).scenario.world, view_of(app).scenario.asked[TRUCKS]) == (WEIGHTED, 50.0)
    choose_preset(app, "alliance_lost")
    assert view_of(app).scenario.world == FAILS


def test_compare_names_each_world_and_says_that_they_differ() -> None:
    lines = "\n".join(to_query(PLANNED.in_world(world)) for world in (DONE, FAILS))
    c = compared_in(View.of(PLANNED, 4, choices={"with": lines}))
    assert [text.replace("\\", "") for text in scenarios.members_in_words(c)["World"]] == [
        NAMED[WEIGHTED],
        NAMED[DONE],
        NAMED[FAILS],
    ]
    assert "not of one world" in scenarios.worlds_note(c)
    assert results.in_words(c)["Result"][0] == "World"
    alone = compared_in(View.of(Scenario.of("usmca_ends"), 4, choices={"with": "preset=japan_deal_ends&world=done"}))
    assert "World" not in scenarios.members_in_words(alone)
    assert scenarios.worlds_note(alone) == ""


def test_a_receipt_names_the_world_of_what_is_given_now() -> None:
    saw = "1.0_1.0_1.0_1.0_1.0_1.0"
    found = read_pairs(to_pairs(f"{to_query(PLANNED.in_world(FAILS))}&saw={saw}")).receipt()
    assert found is not None
    assert found.world == FAILS


@pytest.mark.parametrize(("chance", "offered"), [(0.5, tuple(WORLDS)), (1.0, (DONE, FAILS)), (0.0, (DONE, FAILS))])
def test_a_chance_that_is_certain_leaves_nothing_to_weigh(chance: float, offered: tuple[str, ...]) -> None:
    app = opened(f"{TRUCKS}=60&{CHANCE}={chance}")
    (picker,) = app.get("button_group")
    assert picker.options == [WORLDS[world] for world in offered]
    assert picker.value == view_of(app).world


def test_a_claim_is_played_in_whatever_world_gives_its_numbers() -> None:
    claim = next(claim for claim in claims() if claim.id == "claim_3bn_yen")
    played = {world: View.of(Scenario.of(claim.preset, world=world), 4) for world in WORLDS}
    assert [world for world, seen in played.items() if is_playing(seen, claim)] == [DONE, WEIGHTED]
