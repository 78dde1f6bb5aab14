"""The Canton page: it draws in every state, its tables are the model's, its findings say what they show."""

import json
from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest

from data.facts import facts
from model import sweeps
from model.details import CLASS_LIMIT_SHARE, class_share
from model.editions import COMPANIES, COMPANY_LABELS
from model.links import Scenario, scenario_of_preset
from model.presets import MAIN_PRESETS
from model.registry import ASSUMPTIONS
from pages.catalog import figures_of
from pages.kit import show
from pages.kit.view import View
from pages.plant import break_even, by_trucks, canton, fixed_cost, freed_lines, how_many, market, price, use
from pages.plant.capital import CAPITAL
from pages.plant.fixed_cost import FIXED_COST
from pages.plant.freed_lines import FREED_LINES
from pages.plant.gains import GAINS
from pages.plant.gains_by_year import GAINS_BY_YEAR
from pages.plant.headline import headline
from pages.plant.how_many import HOW_MANY
from pages.plant.market import FULL_SIZE
from pages.plant.price import PRICE_PER_TRUCK
from pages.plant.split import SPLIT
from pages.plant.use import PLANT_USE
from pages.plant.utilisation import UTILISATION
from tests.pages.opened import opened, opened_with_tables, page_of, parts_of

LAST = 4
FIGURES = figures_of("plant")
CHARTS = [figure for figure in FIGURES if figure.form]

GOOD: Mapping[str, float] = {"canton_honda_trucks_kveh": 100.0, "success_probability_share": 1.0}


def view_of(preset: str = "status_quo", year: int = LAST, **moved: float) -> View:
    start = scenario_of_preset(preset)
    return View.of(Scenario(start.edition, preset, {**start.values, **moved}), year)


def plain(text: str) -> str:
    """Text with ordinary spaces, as it is read."""
    return text.replace(chr(160), " ")


def findings_of(view: View) -> list[str]:
    return [
        headline(view),
        *(figure.says(view) for figure in CHARTS),
        *(figure.explained(view) for figure in CHARTS if figure.note),
        freed_lines.duty_explanation(view),
        break_even.parity_words(view),
        break_even.break_even_words(view),
        price.transfer_words(view),
        break_even.needed_words(view),
        how_many.class_words(view),
        how_many.how_many_words(view),
        *(text for column in how_many.how_many_in_words(view).values() for text in column if text),
        by_trucks.no_sweep_words(view),
    ]


def assert_draws(view: View) -> None:
    """Every table is whole and finite, every chart a valid specification, every sentence free of raw floats."""
    for figure in FIGURES:
        name, table = figure.name, figure.table(view)
        assert table.name == name
        assert list(table.columns) == list(table.rows.columns)
        assert table.sources
        assert not table.rows.isna().any().any(), name
        numbers = table.rows.select_dtypes("number").to_numpy()
        assert np.isfinite(numbers).all(), name
        assert len(table.rows) <= 200, name
    for text in findings_of(view):
        assert text
        assert not any(word in text for word in ("nan", "inf ", "[", "0000000", "99999"))


# ---------------------------------------------------------------- the page


@pytest.mark.parametrize("preset", MAIN_PRESETS)
def test_page_answers_its_question_for_every_preset(preset: str) -> None:
    app = page_of("plant", preset)
    assert app.title[0].value == "Does building Honda's trucks make Canton pay?"
    assert headline(view_of(preset)) in [words.value for words in app.markdown]
    assert len(app.metric) == 4


def test_page_in_a_year_before_the_first_truck() -> None:
    app = opened("preset=alliance_good&year=FY2027/3", "plant")
    assert any("no truck is built yet" in words.value for words in app.markdown)


def test_page_offers_only_tables_that_have_an_address() -> None:
    app, tables = opened_with_tables("preset=alliance_good", "plant")
    assert {table.name for table in tables} == {figure.name for figure in FIGURES}
    assert "download_canton_how_many" in app.session_state


# ---------------------------------------------------------------- tables are the model's


def test_use_fills_the_capacity_and_ends_at_the_models_output() -> None:
    view = view_of("alliance_good", pass_through_share=0.5, nissan_reshoring_share=0.2, success_probability_share=0.6)
    rows = PLANT_USE.table(view).rows
    for case, projection in (("Scenario", view.projection), ("Reference", view.reference)):
        parts = rows[rows["case"] == case].set_index("use")["cars_kveh"]
        assert parts.sum() == pytest.approx(410.0)
        assert parts.drop(use.FREE).sum() == pytest.approx(float(np.asarray(projection.plant["plant_output_kveh"])[4]))
    without = rows[rows["case"] == "Without trucks"].set_index("use")["cars_kveh"]
    assert without[use.FOR_HONDA] == 0.0
    assert without[use.MOVED] > 0.0


def test_curve_meets_the_models_fixed_cost_and_the_contribution_at_break_even() -> None:
    view = view_of("alliance_good")
    rows = FIXED_COST.table(view).rows
    point = rows[(rows["point"] == fixed_cost.OUTPUT_POINT) & (rows["case"] == "Scenario")].iloc[0]
    assert point["fixed_cost_usd_per_vehicle"] == view.projection.once["canton_fixed_cost_usd_per_vehicle"]
    assert point["output_kveh"] == view.projection.once["canton_output_kveh"]
    at_break_even = rows[rows["point"] == fixed_cost.BREAK_EVEN_POINT].iloc[0]
    assert at_break_even["fixed_cost_usd_per_vehicle"] == pytest.approx(view.scenario.values["canton_contribution_usd"])
    curve = rows[rows["point"] == fixed_cost.CURVE]
    assert np.allclose(np.ptp(curve["output_kveh"] * curve["fixed_cost_usd_per_vehicle"]), 0.0, atol=1e-6)


def test_gains_are_the_models_channels() -> None:
    view = view_of("article")
    rows = GAINS.table(view).rows.set_index("cause")["effect_jpy_bn"]
    for company, total in (("honda", "Honda in all"), ("nissan", "Nissan in all")):
        outputs = view.projection.company[company]
        assert rows[total] == pytest.approx(sum(float(np.asarray(outputs[name])[LAST]) for name in canton.CAUSES))
    received = rows["Fixed cost paid by Honda"] + rows["Fee"]
    assert received + rows["Planning rates differ"] == pytest.approx(rows["Nissan in all"])
    assert received == pytest.approx(-rows["Pays Nissan"])
    yearly = GAINS_BY_YEAR.table(view).rows
    causes = ["extra_trucks_jpy_bn", "transfer_jpy_bn", "planning_gap_jpy_bn", "freed_lines_jpy_bn", "tooling_jpy_bn"]
    assert np.allclose(yearly[causes].sum(axis=1), yearly["gain_jpy_bn"])


def test_what_nissan_receives_honda_pays_and_its_own_rate_makes_it_worth_more() -> None:
    view = view_of("alliance_good")
    v = view.scenario.values
    yearly = GAINS_BY_YEAR.table(view).rows.set_index(["company", "fiscal_year"])
    paid, received = (yearly.loc[company, "transfer_jpy_bn"] for company in ("Honda", "Nissan"))
    assert np.allclose(paid, -received)
    worth = (received + yearly.loc["Nissan", "planning_gap_jpy_bn"]) / (v["jpy_per_usd"] + v["nissan_jpy_gap"])
    assert np.allclose(worth, received / v["jpy_per_usd"])


def test_price_parts_add_up_to_what_dealers_pay() -> None:
    rows = PRICE_PER_TRUCK.table(view_of("alliance_good")).rows.set_index("part")["usd_per_vehicle"]
    assert rows["Variable cost"] + rows["Share of fixed cost"] + rows["Fee"] == pytest.approx(rows["Honda pays Nissan"])
    assert rows["Honda pays Nissan"] + rows["Left for Honda"] == pytest.approx(rows["Dealers pay Honda"])


@pytest.mark.parametrize("preset", ["alliance_good", "article"])
@pytest.mark.parametrize("passed_on", [0.0, 0.5])
def test_freed_lines_add_up_to_the_models_effect(preset: str, passed_on: float) -> None:
    view = view_of(preset, pass_through_share=passed_on)
    rows = FREED_LINES.table(view).rows.set_index("step")["effect_jpy_bn"]
    net = float(np.asarray(view.projection.company["honda"]["freed_lines_effect_jpy_bn"])[LAST])
    assert rows[freed_lines.NET] == net
    assert rows.drop(freed_lines.NET).sum() == pytest.approx(net)
    assert rows["Duty avoided on cars"] > 0.0
    assert rows["Cost of US building"] < 0.0
    assert ("Prices and sales" in rows) == (passed_on > 0.0)


def test_split_sweep_passes_through_the_scenario() -> None:
    view = view_of("alliance_good")
    rows = SPLIT.table(view).rows
    at_now = rows[np.isclose(rows["transfer_fixed_share"], 0.5)].set_index("company")["gain_jpy_bn"]
    for company in COMPANIES:
        assert at_now[COMPANY_LABELS[company]] == pytest.approx(canton.gains(view)[company])


def test_capital_of_the_model_is_its_own_row() -> None:
    view = view_of("alliance_good")
    rows = CAPITAL.table(view).rows
    assert rows["avoided_usd_bn"].iloc[0] == pytest.approx(view.projection.once["capex_avoided_usd_bn"])
    assert list(rows["kind"].iloc[1:]) == ["recalled"] * 3


def test_break_even_trucks_are_a_crossing_of_the_model() -> None:
    view = view_of()
    needed = break_even.trucks_to_break_even(view)
    assert needed == pytest.approx(118.0)
    there = sweeps.sweep(view.scenario, sweeps.TRUCKS, np.array([needed]))
    assert np.asarray(there.once["canton_break_even_gap_kveh"])[0] == pytest.approx(0.0, abs=1e-4)


def test_plant_result_is_contribution_less_fixed_cost() -> None:
    """By hand: 210 x 2,000 + 100 x 1,658.06 - 328 x 2,000, in thousand vehicles and USD, is USD -0.070 bn."""
    view = view_of("alliance_good")
    result, nothing = canton.plant_at_year(view, "plant_result_usd_bn")
    assert result == pytest.approx((210 * 2000 + 100 * (0.5 * 656_000 / 310 + 600) - 656_000) * 1e-6)
    assert nothing == pytest.approx(-0.236)


def test_facts_are_shown_as_recorded() -> None:
    view = view_of()
    full = FULL_SIZE.table(view).rows.set_index("maker")
    assert full.loc["GM", "market_share"] == facts()["fullsize_share_2025_gm"].number
    assert list(full.index[full["kind"] == "recalled"]) == ["Ram", "Toyota"]
    printed = UTILISATION.table(view).rows.set_index("printed_by")
    assert printed.loc["Nikkei", "in_words"].startswith("57")
    assert printed.loc["Automotive News", "in_words"] == "less than half"
    assert printed.loc["Worked out", "kind"] == "derived"


# ---------------------------------------------------------------- charts


@pytest.mark.parametrize(
    ("preset", "moved"),
    [("status_quo", {}), ("alliance_good", {"canton_capacity_kveh": 500.0, "success_probability_share": 0.5})],
)
def test_charts_are_valid_whole_small_and_start_at_zero(preset: str, moved: Mapping[str, float]) -> None:
    view = view_of(preset, **moved)
    for figure in CHARTS:
        name, rows = figure.name, figure.marks(view)
        spec = figure.chart(view).to_dict()
        json.dumps(spec, allow_nan=False)
        assert not rows.isna().any(axis=None), name
        assert len(rows) * len(spec["layer"]) < 2000, name
        for layer in spec["layer"]:
            for axis in ("x", "y"):
                scale = layer["encoding"].get(axis, {}).get("scale") or {}
                assert scale.get("zero", True), name
                assert scale.get("domain", [0])[0] == 0, name


@pytest.mark.parametrize("passed_on", [0.0, 0.4, 1.0])  # at 0.4 Honda's line ends at zero
def test_names_of_swept_lines_have_room_below_and_above_their_ends(passed_on: float) -> None:
    view = view_of("alliance_good", pass_through_share=passed_on)
    rows = SPLIT.marks(view)
    low, high = rows["room_low"].iloc[0], rows["room_high"].iloc[0]
    named = rows[rows["label_name"] != ""]
    beyond = np.where(named["name_dy"] > 0.0, named["gain_jpy_bn"] - low, high - named["gain_jpy_bn"])
    assert (beyond >= 0.1 * (high - low)).all()


TRUCKS, OWN_CARS = "canton_honda_trucks_kveh", "canton_base_kveh"


@pytest.mark.parametrize(
    ("preset", "key", "values"),
    [
        ("alliance_good", TRUCKS, (20.0, 23.0)),
        ("alliance_good", TRUCKS, (120.0, 180.0)),
        ("alliance_good", OWN_CARS, (190.0, 196.0)),
        ("status_quo", TRUCKS, (20.0, 23.0)),
        ("status_quo", OWN_CARS, (190.0, 196.0)),
        ("article", TRUCKS, (20.0, 23.0)),
        ("article", OWN_CARS, (190.0, 196.0)),
        ("alliance_fails", TRUCKS, (20.0, 23.0)),
    ],
)
def test_a_chart_keeps_its_form_when_only_numbers_change(preset: str, key: str, values: tuple[float, float]) -> None:
    """So that a slider sends new rows only, and the browser builds no chart anew.

    Forms are made as the page makes them; that they are valid is asked above. A chart whose rows the slider leaves as
    they are is drawn from the same rows by the same function, so there is nothing to compare but what it holds.
    """
    views = [view_of(preset, **{key: value}) for value in values]
    for figure in CHARTS:
        name, (rows, moved) = figure.name, (figure.marks(view) for view in views)
        forms = [
            figure.form.chart(each).to_dict(validate=False) for each in (rows, *([] if moved.equals(rows) else [moved]))
        ]
        for form in forms:
            assert list(form.pop("datasets")) == [form.pop("data")["name"]], name
            assert not any("data" in part for part in parts_of(form)), name
        assert forms[0] == forms[-1], name
        assert show._Marks.of(rows) == show._Marks.of(moved), name


# ---------------------------------------------------------------- findings


def test_nothing_changed_shows_the_empty_half_and_what_it_takes() -> None:
    view = view_of()
    text = headline(view)
    assert text.startswith("Not as it stands")
    assert "118,000 cars short of break-even" in text
    assert "in the table below" in text
    assert "no contract is known" in text
    assert PLANT_USE.says(view).startswith("200,000 places a year stand empty")
    assert len(PLANT_USE.table(view).rows["case"].unique()) == 2


def test_break_even_out_of_range_is_said() -> None:
    view = view_of(canton_base_kveh=60.0, canton_capacity_kveh=500.0)
    assert break_even.trucks_to_break_even(view) is None
    assert "Not even all the trucks that fit" in plain(headline(view))
    in_cars = how_many.how_many_in_words(view)["Trucks a year"][2]
    assert in_cars == "none that fits (up to 300,000)"
    full = view_of(canton_base_kveh=410.0)
    assert break_even.trucks_to_break_even(full) == 0.0
    assert "breaks even without a truck" in plain(headline(full))
    assert "no room for a truck" in by_trucks.no_sweep_words(full)


def test_answer_follows_money_not_only_cars() -> None:
    """Past break-even in cars, yet the trucks are paid too little to cover the fixed cost."""
    cheap = view_of(canton_honda_trucks_kveh=130.0, success_probability_share=1.0, transfer_fixed_share=0.0)
    assert "past break-even" in plain(headline(cheap))
    assert headline(cheap).startswith("Not by themselves")
    assert "stays uncovered" in plain(headline(cheap))
    dear = view_of("claim_cash")
    assert headline(dear).startswith("For Canton, yes")


def test_gain_and_loss_are_named() -> None:
    assert "Honda gains **JPY 28 bn** and Nissan gains **JPY 25 bn**" in plain(headline(view_of("alliance_good")))
    greedy = view_of(**GOOD, transfer_fixed_share=1.0, transfer_fee_usd=5000.0)
    assert "Honda loses" in GAINS.says(greedy)
    assert "Honda loses" in PRICE_PER_TRUCK.says(greedy)
    assert "Nissan gains more at every share" in SPLIT.says(greedy)


def test_thresholds_are_where_the_model_meets_them() -> None:
    view = view_of(**GOOD)
    rows = HOW_MANY.table(view).rows.set_index("threshold")
    at = rows["trucks_kveh"]
    for name, (_, gap) in how_many.THRESHOLDS.items():
        assert rows.loc[name, "answer"] == "from"
        below, there = gap(sweeps.sweep(view.scenario, sweeps.TRUCKS, np.array([at[name] - 1.0, at[name]])))
        assert below < 0.0
        assert there == pytest.approx(0.0, abs=1e-3)
    assert at["break_even_in_cars"] == pytest.approx(break_even.trucks_to_break_even(view))
    assert at["fixed_cost_in_money"] > at["break_even_in_cars"]
    assert at["both_gain"] == max(at["both_gain"], at["honda_gains"])
    limit = class_share({**view.scenario.values, TRUCKS: at["class_limit"]}, view.scenario.edition)
    assert limit == pytest.approx(CLASS_LIMIT_SHARE, abs=1e-4)


def test_more_of_the_class_than_is_credible_is_warned_about() -> None:
    """By hand: 45.421 Ridgelines and 60 extra trucks of 481.538 x 12 / 9 are 16.4 %."""
    assert "warning" in how_many.class_words(view_of(**GOOD))
    assert "16.4" in how_many.class_words(view_of(**GOOD))
    assert "warning" not in how_many.class_words(view_of("alliance_delivers"))
    assert "warning" not in how_many.class_words(view_of())


def test_no_chance_means_no_trucks() -> None:
    view = view_of("alliance_fails")
    assert "never come" in plain(headline(view))
    assert "loses **JPY 10 bn**" in plain(headline(view))
    assert canton.standing(view, "plant_utilisation_share")[0] == pytest.approx(210 / 410)
    assert "never come" in PLANT_USE.says(view)
    assert not canton.has_freed_lines(view)
    assert not by_trucks.can_sweep_trucks(view)


def test_only_freed_lines_avoid_duty() -> None:
    extra = freed_lines.duty_explanation(view_of(**GOOD, ridgeline_replaced_share=0.0))
    assert "no line becomes free and no duty is avoided" in extra
    some = freed_lines.duty_explanation(view_of("article"))
    assert "**45,400 trucks** replace Ridgelines" in some
    assert "**54,600 trucks** are extra" in some
    assert "leave JPY 2.1 bn" in plain(FREED_LINES.says(view_of("article")))


def test_article_claim_is_corrected() -> None:
    assert "That is **wrong**" in market.claim_words()
    assert "GM leads with 40" in plain(FULL_SIZE.says(view_of()))


# ---------------------------------------------------------------- corners


CORNERS: tuple[Mapping[str, float], ...] = (
    {"canton_honda_trucks_kveh": 300.0},
    {"canton_honda_trucks_kveh": 300.0, "canton_capacity_kveh": 500.0, "canton_base_kveh": 50.0},
    {"canton_base_kveh": 450.0, "canton_capacity_kveh": 250.0},
    {"canton_base_kveh": 50.0, "pass_through_share": 1.0, "own_elasticity": -6.0, "market_elasticity": -6.0},
    {"canton_honda_trucks_kveh": 100.0, "canton_start_yr": 5.0, "alliance_delay_yr": 5.0},
    {"canton_honda_trucks_kveh": 100.0, "transfer_fee_usd": 0.0, "transfer_fixed_share": 0.0},
    {"canton_honda_trucks_kveh": 100.0, "truck_price_usd": 20000.0, "truck_cost_usd": 60000.0},
    {"canton_honda_trucks_kveh": 100.0, "tooling_usd_bn": 3.0, "success_probability_share": 0.0},
    {"canton_honda_trucks_kveh": 5.0, "tooling_usd_bn": 0.0, "ridgeline_replaced_share": 1.0},
    {"canton_honda_trucks_kveh": 100.0, "ridgeline_replaced_share": 1.0, "freed_line_use_share": 0.0},
    {"break_even_share": 1.0, "canton_contribution_usd": 500.0, "nissan_reshoring_share": 1.0},
    {"canton_honda_trucks_kveh": 150.0, "nissan_reshoring_share": 1.0, "break_even_share": 0.5, "jpy_per_usd": 80.0},
    {
        "canton_honda_trucks_kveh": 100.0,
        "usmca_tariff_share": 0.0,
        "parts_tariff_share": 0.0,
        "japan_tariff_share": 0.0,
    },
)


@pytest.mark.parametrize("moved", CORNERS)
@pytest.mark.parametrize("year", [0, LAST])
def test_corners_draw(moved: Mapping[str, float], year: int) -> None:
    assert moved.keys() <= ASSUMPTIONS.keys()
    view = view_of(year=year, **moved)
    assert_draws(view)


@pytest.mark.parametrize("preset", [*MAIN_PRESETS, "claim_50pct", "claim_no_capex", "claim_cash"])
def test_every_preset_has_whole_tables(preset: str) -> None:
    assert_draws(view_of(preset))


def test_tables_have_names_of_their_own() -> None:
    tables = [figure.table(view_of()) for figure in FIGURES]
    assert len({table.title for table in tables}) == len(FIGURES) == 15
    assert all(isinstance(table.rows, pd.DataFrame) for table in tables)
