"""The Sensitivity page: bars, cells, break-evens and bridges are single runs of the model, and told in words."""

import json
from collections.abc import Mapping
from urllib.parse import urlencode

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from model.analysis.ranges import ranges_text, read_ranges, with_range
from model.links import Scenario, fit_capacity, scenario_of_preset
from model.measures import Measure
from model.outputs import OUTPUTS
from model.presets import MAIN_PRESETS
from model.projection import project
from model.registry import ASSUMPTIONS, ESTIMATE, PLACEHOLDERS
from model.targets import TARGETS
from pages.catalog import FIGURES, figures_of
from pages.kit import show
from pages.kit.measure_words import measure_asked, measure_of
from pages.kit.view import View
from pages.sensitivity import break_even, heat_map, shares, tornado
from pages.sensitivity.break_even import BREAK_EVEN
from pages.sensitivity.heat_map import MAP
from pages.sensitivity.shares import CHANNEL_STEPS, SHARES
from pages.sensitivity.tornado import TORNADO
from pages.session import choices
from tests.pages.opened import box_of, chart_specs, drawn, opened, opened_with_tables, parts_of, values_of, view_of
from tests.pages.test_links_to_pages import unescaped

PAGE = "sensitivity"


def view(preset: str = "alliance_good", year: int = 4, chosen: Mapping[str, str] | None = None, **moved: float) -> View:
    scenario = scenario_of_preset(preset)
    values = {**scenario.values, **moved}
    return View.of(Scenario(scenario.edition, preset, values), year, choices=chosen)


def result(seen: View, measure: Measure, **moved: float) -> float:
    values, _ = fit_capacity({**seen.scenario.values, **moved})
    return float(measure.of(project(values, seen.scenario.edition)))


# ------------------------------------------------------------------ tornado


@pytest.mark.parametrize("output", ["operating_profit_jpy_bn", "eps_jpy", "canton_utilisation_share"])
def test_each_end_of_the_tornado_is_a_single_run(output: str) -> None:
    seen = view(chosen={"output": output, "whose": "nissan", "ranges": "jpy_per_usd:120:150"}, year=2)
    rows = TORNADO.table(seen).rows
    assert set(rows["key"]) == ASSUMPTIONS.keys()
    for row in rows.head(6).to_dict("records"):
        for end in ("low", "high"):
            alone = result(seen, measure_asked(seen), **{row["key"]: row[f"{end}_value"]})
            assert row[f"result_at_{end}"] == pytest.approx(alone, rel=1e-12, abs=1e-9)
    yen = rows[rows["key"] == "jpy_per_usd"].iloc[0]
    assert (yen["low_value"], yen["high_value"]) == (120.0, 150.0)


def test_each_end_of_a_bar_says_its_value_and_its_result_and_low_and_high_differ_in_text_and_shape() -> None:
    seen = view()
    marks = TORNADO.marks(seen)
    assert list(marks["end"]) == ["low", "high"] * tornado.MOST_BARS
    yen = marks[marks["rank"] == 1]
    assert yen["label_left"].iloc[0] == "● low 130: JPY\xa0408\xa0bn"
    assert yen["label_right"].iloc[0] == "▲ high 165: JPY\xa01,559\xa0bn"
    spec = TORNADO.chart(seen).to_dict()
    shapes = [p["encoding"]["shape"]["scale"] for p in parts_of(spec) if "shape" in p.get("encoding", {})]
    assert shapes == [{"domain": ["low", "high"], "range": ["circle", "triangle-up"]}]


def test_the_end_with_the_lower_result_is_told_on_the_left() -> None:
    marks = TORNADO.marks(view())
    tariff = marks[marks["label_name"] == "Tariff on cars from Canada and Mexico"].iloc[0]
    assert tariff["label_left"].startswith("▲ high 25\xa0%")
    assert tariff["label_right"].startswith("● low 0\xa0%")


def test_a_click_on_an_end_names_its_assumption_and_value() -> None:
    table = TORNADO.table(view())
    assert tornado.clicked_values(table, [{"rank": 1, "end": "high"}]) == ("jpy_per_usd", 165.0)
    assert tornado.clicked_values(table, [{"rank": 1, "end": "low"}]) == ("jpy_per_usd", 130.0)
    for nothing in ([], [{}], [{"rank": 400, "end": "low"}], [{"rank": 1, "end": "x"}]):
        assert tornado.clicked_values(table, nothing) is None


def test_a_button_loads_the_scenario_at_an_end_and_undo_brings_the_old_one_back() -> None:
    app = opened("preset=alliance_good", PAGE, sliders=True)
    app.button(key="load_jpy_per_usd_high").click()
    drawn(app)
    assert values_of(app)["jpy_per_usd"] == 165.0
    app.button(key="undo").click()
    drawn(app)
    assert values_of(app)["jpy_per_usd"] == 145.0


def range_typed(app: AppTest, low: str, high: str) -> AppTest:
    """Type both ends and press the button: what is in a form's boxes arrives together with the press."""
    app.text_input(key="range_Low_jpy_per_usd").set_value(low)
    app.text_input(key="range_High_jpy_per_usd").set_value(high)
    app.button(key="use_range").click()
    return drawn(app)


def test_ranges_of_ones_own_are_set_on_the_page_kept_in_the_link_and_reset() -> None:
    app = opened("preset=alliance_good", PAGE, sliders=True)
    app.selectbox(key="range_key").set_value("jpy_per_usd")
    range_typed(drawn(app), "142,5", "165")
    assert app.query_params["ranges"] == "jpy_per_usd:142.5:165"
    range_typed(app, "170", "140")
    assert app.query_params["ranges"] == "jpy_per_usd:140:170"
    assert "jpy_per_usd%3A140%3A170" in view_of(app).link
    (told,) = [c.value for c in app.expander(key="range_editor").caption if "was JPY" in c.value]
    assert unescaped(told).endswith(
        "Exchange rate: JPY\N{NO-BREAK SPACE}140 per dollar to JPY\N{NO-BREAK SPACE}170 per dollar, "
        "was JPY\N{NO-BREAK SPACE}142 per dollar (exactly 142.5) to JPY\N{NO-BREAK SPACE}165 per dollar."
    )
    app.button(key="reset_range_jpy_per_usd").click()
    drawn(app)
    assert "ranges" not in app.query_params


def test_a_range_with_an_end_that_cannot_be_used_is_named_and_not_used() -> None:
    app = opened("preset=alliance_good", PAGE, sliders=True)
    app.selectbox(key="range_key").set_value("jpy_per_usd")
    range_typed(drawn(app), "140", "1,512")
    assert "ranges" not in app.query_params
    (told,) = [unescaped(w.value) for w in app.expander(key="range_editor").warning]
    assert "High: “1,512” was not used: above the highest value, JPY\N{NO-BREAK SPACE}220 per dollar." in told
    assert "The range stays JPY\N{NO-BREAK SPACE}130 per dollar to JPY\N{NO-BREAK SPACE}165 per dollar." in told


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("jpy_per_usd:150:140", "above its high"),
        ("jpy_per_usd:1:140", "below the lowest"),
        ("hello:1:2", "no assumption"),
        ("jpy_per_usd:140", "plain number"),
        ("jpy_per_usd", "plain number"),
        ("<script>", "no assumption"),
    ],
)
def test_a_bad_range_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_ranges(text)


def test_ranges_read_back_from_their_text_and_the_registrys_own_is_left_out() -> None:
    own = with_range(with_range((), "jpy_per_usd", 120.0, 150.5), "honda_tax_share", 0.26, 0.31)
    assert read_ranges(ranges_text(own)) == own
    a = ASSUMPTIONS["honda_tax_share"]
    assert with_range(own, "honda_tax_share", a.low, a.high) == (("jpy_per_usd", 120.0, 150.5),)


@pytest.mark.parametrize("output", choices.OUTPUTS_ASKED)
@pytest.mark.parametrize("whose", ["both", "nissan"])
def test_every_output_can_be_asked_for_of_everyone(output: str, whose: str) -> None:
    seen = view(chosen={"output": output, "whose": whose})
    measure = measure_of(output, whose, 4)
    assert np.isfinite(measure.of(seen.projection))
    assert len(FIGURES["tornado"].table(seen).rows) == len(ASSUMPTIONS)
    assert "nan" not in TORNADO.says(seen).lower()


def test_outputs_that_may_be_asked_for_have_names_of_their_own() -> None:
    labels = [OUTPUTS[name].label for name in choices.OUTPUTS_ASKED]
    assert len(set(labels)) == len(labels) > 20


def test_a_result_that_two_companies_cannot_share_is_hondas_and_says_so() -> None:
    app = opened("preset=alliance_good&output=eps_jpy", PAGE)
    assert any("cannot be added" in c.value and "is shown" in c.value for c in app.caption)


# --------------------------------------------------------------- break-even


@pytest.mark.parametrize("target", TARGETS)
def test_the_table_tells_every_value_at_which_a_target_is_met_or_that_none_is_within_range(target: str) -> None:
    seen = view("article", chosen={"target": target})
    rows = BREAK_EVEN.table(seen).rows
    assert set(rows["key"]) == ASSUMPTIONS.keys()
    for row in rows.to_dict("records"):
        if row["times_met"]:
            assert row["met_at"].count(" or ") == row["times_met"] - 1 or row["met_at"] == "any value"
        else:
            assert row["met_at"] == "not within range" or "makes no difference" in row["met_at"]


def test_several_crossings_and_stretches_of_the_model_itself_are_told() -> None:
    found = break_even.break_evens_of(view("article"))["alliance_delay_yr"]
    assert break_even.met_words(found) == "4\xa0years to 5\xa0years"
    quo = break_even.break_evens_of(view("status_quo"))["canton_honda_trucks_kveh"]
    assert break_even.met_words(quo) == "0 trucks or 38,382 trucks"


def test_break_even_values_stand_under_every_slider_where_they_are_asked_for() -> None:
    without = opened("preset=alliance_good", sliders=True)
    assert not [c for c in without.sidebar.caption if c.value.startswith("Break")]
    app = opened("preset=alliance_good&break_even=true&target=reference", sliders=True)
    told = [c.value for c in app.sidebar.caption if c.value.startswith("Break")]
    assert len(told) == len(ASSUMPTIONS)
    assert sum("not within range" in words for words in told) > 20
    assert r"Break\-even\: JPY" + "\xa0139 per dollar" in told


def test_break_even_values_follow_the_sliders_and_stay_over_page_links() -> None:
    app = opened("preset=alliance_good&break_even=true&whose=nissan", sliders=True)
    before = [c.value for c in app.sidebar.caption]
    app.slider(key="jpy_per_usd").set_value(150.0)
    drawn(app)
    assert [c.value for c in app.sidebar.caption] != before
    drawn(app.switch_page("plant/page.py"))
    assert view_of(app).choices == {"break_even": "true", "whose": "nissan"}
    app.toggle(key="choice_break_even_sidebar").set_value(False)
    drawn(app)
    assert view_of(app).choices == {"whose": "nissan"}
    assert not [c for c in app.sidebar.caption if c.value.startswith("Break")]


# ---------------------------------------------------------------------- map


def test_cells_of_the_map_are_single_runs() -> None:
    seen = view(chosen={"map_across": "japan_tariff_share", "map_up": "platform_saving_jpy_bn"})
    rows = MAP.table(seen).rows
    assert len(rows) == heat_map.CELLS**2
    for row in rows.sample(5, random_state=1).to_dict("records"):
        moved = {"japan_tariff_share": row["across"], "platform_saving_jpy_bn": row["up"]}
        assert row["result"] == pytest.approx(result(seen, measure_asked(seen), **moved), rel=1e-12)


def test_the_targets_line_is_where_the_model_meets_it() -> None:
    seen = view(chosen={"target": "reference"})
    lines = heat_map.target_lines(seen)
    assert lines
    spread = MAP.table(seen).rows["target_gap_jpy_bn"].abs().max()
    target = float(measure_asked(seen).of(seen.reference))
    for across, up in np.concatenate(lines)[::7]:
        there = result(seen, measure_asked(seen), jpy_per_usd=float(across), usmca_tariff_share=float(up))
        assert abs(there - target) < 0.01 * spread


def test_lines_of_zero_of_a_known_field_are_its_circle() -> None:
    grid = np.linspace(-2.0, 2.0, 81)
    across, up = np.meshgrid(grid, grid)
    (line,) = heat_map.lines_of_zero(grid, grid, across**2 + up**2 - 1.0)
    assert np.hypot(*line.T) == pytest.approx(np.ones(len(line)), abs=2e-3)
    assert heat_map.lines_of_zero(grid, grid, across**2 + 1.0) == []


def test_the_map_marks_the_scenario_and_stays_below_the_marks_of_a_bitmap() -> None:
    seen = view()
    marks = MAP.marks(seen)
    here = marks[marks["kind"] == 2]
    assert here[["x", "y"]].to_numpy().tolist() == [[145.0, 0.25]]
    assert (marks["kind"] == 0).sum() + marks["line"].max() + 3 < 2_000


def test_pairs_that_canton_cannot_build_are_left_out_of_the_map_and_named_in_its_table() -> None:
    chosen = {"map_across": "canton_honda_trucks_kveh", "map_up": "canton_base_kveh", "map_whole": "true"}
    seen = view(chosen=chosen)
    rows = MAP.table(seen).rows
    assert 0 < len(rows) < heat_map.CELLS**2
    assert (rows["across"] + rows["up"] <= seen.scenario.values["canton_capacity_kveh"]).all()
    assert "does not fit Canton" in set(pd.DataFrame(heat_map.map_in_words(seen)).to_numpy().ravel())


def test_one_assumption_against_itself_asks_for_another() -> None:
    app = opened("preset=alliance_good&map_across=honda_tax_share&map_up=honda_tax_share", PAGE)
    assert [info.value for info in app.info] == ["Choose two different assumptions."]


# ------------------------------------------------------------------ bridges


@pytest.mark.parametrize("preset", MAIN_PRESETS)
@pytest.mark.parametrize("whose", ["both", "honda"])
def test_both_bridges_end_at_the_scenario_exactly(preset: str, whose: str) -> None:
    seen = view(preset, chosen={"whose": whose})
    profit = shares.profit_measure(seen)
    start, end = result(view("status_quo"), profit), float(profit.of(seen.projection))
    start = float(profit.of(seen.reference))
    changed = SHARES.table(seen).rows["share_jpy_bn"].sum()
    assert start + changed == pytest.approx(end, rel=1e-12)
    steps = CHANNEL_STEPS.table(seen).rows
    assert start + steps[steps["kind"] != "total"]["effect_jpy_bn"].sum() == pytest.approx(end, rel=1e-12)
    assert steps["to_jpy_bn"].iloc[-2] == pytest.approx(end, rel=1e-12)


def test_interaction_is_shown_as_share_less_effect_alone() -> None:
    rows = SHARES.table(view()).rows
    assert (rows["share_jpy_bn"] - rows["alone_jpy_bn"]).to_list() == pytest.approx(
        rows["interaction_jpy_bn"].to_list()
    )
    assert rows["interaction_jpy_bn"].abs().max() > 1.0
    assert "only from changes acting together" in SHARES.says(view())


def test_many_changes_are_told_to_be_taken_by_group() -> None:
    moved = {key: ASSUMPTIONS[key].low for key in list(ASSUMPTIONS)[:14]}
    seen = view("alliance_good", **moved)
    found = shares.shapley_of(seen)
    assert found.by_group
    assert "taken as one change" in shares.grouped_note(found)
    assert set(SHARES.table(seen).rows["key"]) <= {a.group for a in ASSUMPTIONS.values()}


# ------------------------------------------------------------------ the page


def test_a_moved_slider_sends_rows_only() -> None:
    show._spec.cache_clear()
    app = opened("preset=alliance_good", PAGE, sliders=True)
    before = [json.dumps(spec["layer"]) for spec, _ in chart_specs(app)]
    app.slider(key="platform_saving_jpy_bn").set_value(90.0)
    drawn(app)
    assert len(before) == 4
    assert before == [json.dumps(spec["layer"]) for spec, _ in chart_specs(app)]
    assert show._spec.cache_info().misses == 4


@pytest.mark.parametrize("preset", MAIN_PRESETS)
def test_every_figure_is_drawn_from_one_set_of_rows_and_its_finding_is_whole(preset: str) -> None:
    seen = view(preset)
    for figure in figures_of(PAGE):
        table, finding = figure.table(seen), figure.says(seen)
        assert table.name == figure.name
        assert list(table.columns) == list(table.rows.columns)
        assert finding
        assert "nan" not in finding.lower().split()
        if figure.form and len(table.rows):
            spec = figure.chart(seen).to_dict()  # validates
            json.dumps(spec, allow_nan=False)
            assert len(spec["datasets"]) == 1, figure.name


def test_a_result_that_nothing_moves_is_said_and_not_drawn() -> None:
    asked = {"output": "canton_utilisation_share"}
    moving = view(chosen=asked)
    assert tornado.any_moves(moving)
    values = moving.scenario.values
    keys = [swing.key for swing in tornado.swings_of(moving) if swing.reach > 0.0]
    asked["ranges"] = ranges_text(tuple((key, values[key], values[key]) for key in keys))
    seen = view(chosen=asked)
    assert not tornado.any_moves(seen)
    assert not TORNADO.marks(seen).size
    assert TORNADO.says(seen).endswith("no assumption moves it within its plausible range")
    app, tables = opened_with_tables(f"preset=alliance_good&{urlencode(asked)}", PAGE)
    assert view_of(app).choices == asked
    assert len(chart_specs(app)) == 3
    assert "tornado" in {table.name for table in tables}


def test_tables_in_words_are_whole() -> None:
    nearest, within, beyond = map(pd.DataFrame, break_even.break_even_in_words(view("usmca_lapses")))
    of_map = pd.DataFrame(heat_map.map_in_words(view()))
    assert not nearest.empty
    assert not beyond.empty
    assert not of_map.empty
    for words in (nearest, within, beyond, of_map):
        assert not words.isna().any(axis=None)


def test_rankings_by_who_decides_hold_levers_alone_and_all_of_them_between_them() -> None:
    lists = [
        set(TORNADO.table(view(chosen={"ranking": name})).rows["key"]) for name in ("policy", "companies", "world")
    ]
    levers = {a.key for a in ASSUMPTIONS.values() if a.role != ESTIMATE} - PLACEHOLDERS
    assert set.union(*lists) == levers
    assert sum(map(len, lists)) == len(levers)
    assert set(TORNADO.table(view()).rows["key"]) == ASSUMPTIONS.keys()
    of_policy = view(chosen={"ranking": "policy"})
    assert "of what Washington decides" in TORNADO.table(of_policy).title
    assert "“Tariff on cars from Canada and Mexico”" in TORNADO.says(of_policy)


def test_the_answer_names_three_levers_of_each_and_no_placeholder() -> None:
    _, *lists = tornado.answer_words(view())
    assert [line.count("“") for line in lists] == [3, 3, 3]
    assert "underlying change" not in " ".join(lists).lower()
    drawn_labels = set(TORNADO.marks(view())["label_name"])
    assert not drawn_labels & {ASSUMPTIONS[key].label for key in PLACEHOLDERS}


def test_flips_come_with_the_smallest_move_first_and_each_meets_the_target() -> None:
    seen = view("status_quo", chosen={"whose": "nissan", "goal_jpy_bn": "180"})
    found = break_even.flips(seen)
    moves = [break_even.move_share(seen, one) for one in found]
    assert moves == sorted(moves)
    near = break_even.near_flips(seen)
    assert len(near) == break_even.MOST_SHOWN
    for one in near:
        value = break_even.nearest_value(one)
        assert value is not None
        assert result(seen, Measure("operating_profit_jpy_bn", "nissan", 4), **{one.key: value}) == pytest.approx(180.0)
    words = break_even.flips_words(seen)
    assert words.startswith("Nissan at JPY\xa0180\xa0bn of operating profit in FY2031/3 if “")
    assert words.count(" or ") == 2


def test_a_profit_of_ones_own_is_a_target_of_the_page_and_what_cannot_be_used_is_named() -> None:
    app = opened("preset=alliance_good&whose=nissan", PAGE)
    app.selectbox(key="choice_target").set_value("own")
    drawn(app)
    first = float(app.query_params["goal_jpy_bn"])
    assert first == pytest.approx(0.9 * float(measure_asked(view_of(app)).of(view_of(app).reference)), abs=0.5)
    box_of(app, "goal_jpy_bn").set_value("200")
    drawn(app)
    assert app.query_params["goal_jpy_bn"] == "200"
    box_of(app, "goal_jpy_bn").set_value("plenty")
    drawn(app)
    assert app.query_params["goal_jpy_bn"] == "200"
    assert any("“plenty” was not used" in unescaped(told.value) for told in app.warning)
    app.selectbox(key="choice_target").set_value("no_loss")
    drawn(app)
    assert "goal_jpy_bn" not in app.query_params
    assert app.query_params["target"] == "no_loss"
