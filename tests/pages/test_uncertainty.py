"""The Uncertainty page: draws, chances and regrets are the model's own, come from the link, and are told honestly."""

import json
from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from model.analysis.draws import AT_ONCE, known
from model.links import Scenario, number_text, scenario_of_preset
from model.presets import MAIN_PRESETS
from model.registry import ASSUMPTIONS
from model.regret import STATES, plan_of
from model.sampling import chunks, pulls
from pages.catalog import FIGURES, figures_of
from pages.investor import stance_chance as stance
from pages.kit.measure_words import measure_asked
from pages.kit.view import View
from pages.kit.words import signed
from pages.session import choices
from pages.uncertainty import histogram, regret
from pages.uncertainty.draws import Chance, bar_of, chance_of, cut_words, drawn_of, sampling_of
from pages.uncertainty.drivers import DRAWN, DRIVERS
from pages.uncertainty.fan import FAN
from pages.uncertainty.histogram import HISTOGRAM, edges
from pages.uncertainty.regret import REGRET
from pages.uncertainty.settled import convergence_words, pull_words
from tests.pages.opened import box_of, drawn, opened, page_of, view_of
from tests.pages.test_data_api import ask
from tests.pages.test_links_to_pages import unescaped

PAGE = "uncertainty"


def view(preset: str = "alliance_good", year: int = 4, chosen: Mapping[str, str] | None = None, **moved: float) -> View:
    scenario = scenario_of_preset(preset)
    return View.of(Scenario(scenario.edition, preset, {**scenario.values, **moved}), year, choices=chosen)


def profits(seen: View) -> np.ndarray:
    draws = choices.DRAWS.of(seen)
    parts = [measure_asked(seen).by_year(part.projection) for part in chunks(sampling_of(seen), draws)]
    return np.concatenate(parts)


# --------------------------------------------------------------------- draws


@pytest.mark.parametrize("chosen", [{}, {"draws": "3000", "seed": "9", "whose": "honda", "drawn_groups": "policy"}])
def test_the_fan_holds_the_shares_of_the_draws(chosen: dict[str, str]) -> None:
    seen = view(chosen=chosen)
    rows, values = FAN.table(seen).rows, profits(seen)
    for name, level in (("p5", 5), ("p50", 50), ("p95", 95)):
        assert rows[name].to_list() == pytest.approx(np.percentile(values, level, axis=0).tolist(), rel=1e-12)
    assert rows["scenario"].to_list() == measure_asked(seen).by_year(seen.projection).tolist()
    assert rows["fiscal_year"].to_list() == list(seen.projection.years)


def test_the_histogram_counts_every_draw_once_and_no_bar_lies_on_both_sides_of_the_bar() -> None:
    seen = view(chosen={"bar": "633.3"})
    rows, values = HISTOGRAM.table(seen).rows, profits(seen)[:, 4]
    assert rows["draws"].sum() == len(values)
    for row in rows.to_dict("records"):
        inside = (values >= row["from_value"]) & (values < row["to_value"])
        assert row["draws"] == np.count_nonzero(inside)
    over = rows[rows["reaches_bar"] == histogram.CLEARS]
    assert over["from_value"].min() == pytest.approx(633.3)
    assert over["draws"].sum() == np.count_nonzero(values >= 633.3)
    assert chance_of(seen).share == pytest.approx(over["draws_share"].sum())


def test_the_bar_starts_at_the_references_result() -> None:
    assert bar_of(view()) == pytest.approx(700.0)
    assert bar_of(view(chosen={"whose": "nissan"})) == pytest.approx(200.0)
    assert bar_of(view(chosen={"bar": "50"})) == 50.0


@pytest.mark.parametrize(
    ("values", "bar"),
    [([1.0, 9.0], 4.2), ([5.0, 5.0], 5.0), ([5.0, 5.0], 9.0), ([-3.0, -1.0], 8.0), ([0.0, 1e-7], 0.0)],
)
def test_edges_hold_every_value_and_meet_the_bar_where_it_is_among_them(values: list[float], bar: float) -> None:
    cuts = edges(np.array(values), bar)
    assert cuts[0] <= min(values) <= max(values) <= cuts[-1] + 1e-12
    assert (np.diff(cuts) > 0).all()
    assert len(cuts) <= histogram.BINS + 3
    if min(values) < bar < max(values):
        assert np.abs(cuts - bar).min() < 1e-9


def test_the_same_link_gives_the_same_numbers_and_another_seed_others() -> None:
    link = "preset=alliance_good&draws=3000&seed=7"
    first, again = (ask("/data/histogram.csv", link).body for _ in range(2))
    assert first == again
    assert first != ask("/data/histogram.csv", link.replace("seed=7", "seed=8")).body


def test_a_chance_has_the_error_of_its_draws() -> None:
    few, many = Chance.of(60, 100), Chance.of(60_000, 100_000)
    assert few.low < few.share < few.high
    assert (few.low, few.high) == pytest.approx((0.502, 0.6906), abs=1e-3)  # Wilson's interval, known values
    assert many.high - many.low < (few.high - few.low) / 30
    assert (Chance.of(0, 100).low, Chance.of(100, 100).high) == (0.0, 1.0)


def test_the_error_that_is_told_holds_in_repetitions() -> None:
    told = [chance_of(view(chosen={"draws": "1000", "seed": str(seed)})) for seed in range(40)]
    truth = chance_of(view(chosen={"draws": "10000", "seed": "77"})).share
    assert sum(chance.low <= truth <= chance.high for chance in told) >= 34


def test_convergence_is_told_in_words_and_more_draws_are_called_for_only_where_they_help() -> None:
    few = " ".join(convergence_words(view(chosen={"draws": "1000"})))
    assert "1,000 draws from seed 1" in few
    assert "Four times as many draws halve these errors" in few
    sure = convergence_words(view(chosen={"drawn_groups": "", "draws": "1000"}))
    assert sure == ["All 1,000 draws give the same result: nothing that is drawn touches it."]


def test_draws_beyond_what_canton_builds_are_said() -> None:
    seen = view(canton_base_kveh=200.0, canton_honda_trucks_kveh=210.0)
    assert "brought to what fits" in cut_words(drawn_of(seen))
    assert cut_words(drawn_of(view("status_quo"))) == ""


def test_how_far_the_mean_leaves_the_scenario_and_what_pulls_it_is_said() -> None:
    seen = view("status_quo", 0, {"draws": "10000"})
    words = pull_words(seen)
    assert words.startswith("The mean of the draws is JPY\xa0")
    strongest = pulls(sampling_of(seen), measure_asked(seen))[:3]
    for pull in strongest:
        assert f"“{ASSUMPTIONS[pull.key].label}” {signed(pull.effect, 'JPY bn')}" in words
    assert words.endswith("each stays as it is with a chance of 50\xa0%, else it lies within its range.")
    still = pull_words(view("status_quo", chosen={"drawn_groups": ""}))
    assert still == "The mean of the draws is the scenario's result, within its error."


# ------------------------------------------------------------- many draws


def test_many_draws_run_on_the_page_and_few_are_made_for_a_data_address() -> None:
    link = f"preset=alliance_good&draws={AT_ONCE + 5_000}&seed=31"
    app = opened(link, PAGE)
    seen = view_of(app)
    _go_on_until(app, seen, AT_ONCE + 5_000)
    assert drawn_of(seen).draws == AT_ONCE + 5_000
    for name in ("fan", "histogram", "drivers"):
        answer = ask(f"/data/{name}.csv", link)
        assert answer.status == 400
        (refused,) = answer.json["refused"]
        assert refused["key"] == "draws"
        assert "10,000 draws at most" in refused["reason"]
        assert FIGURES[name].refused(seen)
    assert ask("/data/histogram.csv", f"preset=alliance_good&draws={AT_ONCE}").status == 200


def test_a_stopped_run_shows_what_it_has_and_goes_on_when_asked() -> None:
    app = opened("preset=alliance_good&seed=32&drawn_groups=policy", PAGE)
    seen = view_of(app)
    asked = View.of(seen.scenario, seen.year, choices={**seen.choices, "draws": "100000"})
    app.session_state["draws_stopped"] = (sampling_of(asked).identity, measure_asked(asked), 100_000)
    app.select_slider(key="choice_draws").set_value(100_000)
    drawn(app)
    (warning,) = app.warning
    assert warning.value.startswith("Stopped after")
    assert "of 100,000 draws" in warning.value
    app.button(key="draws_go_on").click()
    _go_on_until(app, asked, 100_000)
    assert not app.warning


def _go_on_until(app: AppTest, seen: View, draws: int) -> None:
    """Draws are made a while at a time, and AppTest does not come back for more by itself."""
    for _ in range(100):
        if known(sampling_of(seen), measure_asked(seen)) == draws:
            break
        drawn(app)
    assert known(sampling_of(seen), measure_asked(seen)) == draws


@pytest.mark.parametrize("bad", ["draws=999", "draws=1000001", "seed=-1", "bar=x", "drawn_groups=weather"])
def test_what_cannot_be_drawn_is_refused_and_named(bad: str) -> None:
    answer = ask("/data/fan.csv", f"preset=article&{bad}")
    assert answer.status == 400
    assert answer.json["refused"][0]["key"] == bad.partition("=")[0]


# -------------------------------------------------------------- the controls


def test_the_bar_is_chosen_in_the_unit_that_is_shown_and_reset() -> None:
    app = opened("preset=alliance_good&output=operating_margin_share", PAGE)
    key = "bar_operating_margin_share_both"
    assert box_of(app, key).value == number_text(round(bar_of(view_of(app)) * 100, 2))
    for typed, bar in (("3", "0.03"), ("1,5", "0.015"), ("2.5 %", "0.025"), ("abc", "0.025")):
        box_of(app, key).set_value(typed)
        drawn(app)
        assert app.query_params["bar"] == bar
    (told,) = [unescaped(w.value) for w in app.warning]
    assert told.startswith("Your bar: “abc” was not used: ")
    assert told.endswith("2.5\N{NO-BREAK SPACE}% stays.")
    assert box_of(app, key).value == "2.5"
    app.button(key="bar_reset").click()
    drawn(app)
    assert "bar" not in app.query_params


def test_draws_and_seed_are_in_the_link() -> None:
    app = opened("preset=alliance_good", PAGE)
    for typed in ("5", "1,5", "-1", "five"):
        box_of(app, "choice_seed").set_value(typed)
        drawn(app)
        assert box_of(app, "choice_seed").value == "5"
        assert [w.value for w in app.warning if typed != "5" and f"“{typed}”" in unescaped(w.value)] or typed == "5"
    app.select_slider(key="choice_draws").set_value(5_000)
    drawn(app)
    assert "draws=5000" in view_of(app).link
    assert "seed=5" in view_of(app).link


def test_every_assumption_says_how_it_is_drawn() -> None:
    rows = DRAWN.table(view(chosen={"drawn_groups": "policy,alliance"})).rows
    assert set(rows["key"]) == ASSUMPTIONS.keys()
    for row in rows.to_dict("records"):
        a = ASSUMPTIONS[row["key"]]
        assert row["distribution"] == (a.distribution if a.group in ("policy", "alliance") else "held")
        assert row["low_value"] <= row["scenario_value"] <= row["high_value"]


# ------------------------------------------------------------------- drivers


def test_drivers_are_ranked_with_their_errors_and_said_in_words() -> None:
    seen = view()
    rows = DRIVERS.table(seen).rows
    assert rows["total_share"].is_monotonic_decreasing
    assert (rows["first_low"] <= rows["first_share"] + 1e-9).all()
    assert (rows["first_share"] <= rows["first_high"] + 1e-9).all()
    assert rows["key"].iloc[0] == "jpy_per_usd"
    assert "“Exchange rate” drives the spread most" in DRIVERS.says(seen)


def test_nothing_drawn_has_no_drivers_and_the_page_says_so() -> None:
    app = opened("preset=alliance_good&drawn_groups=", PAGE)
    assert any("Nothing that is drawn moves the result" in text.value for text in app.markdown)


# -------------------------------------------------------------------- regret


def test_the_regret_table_is_the_models_and_the_safest_choice_is_named() -> None:
    seen = view()
    rows = REGRET.table(seen).rows
    best = rows.groupby("state_key")["value_jpy_bn"].max()
    assert (rows["regret_jpy_bn"] >= 0.0).all()
    assert rows["regret_jpy_bn"].to_list() == pytest.approx(
        (rows["state_key"].map(best) - rows["value_jpy_bn"]).to_list()
    )
    worst = rows.groupby("choice")["regret_jpy_bn"].max()
    safest = [choice for choice, least in worst.items() if least == pytest.approx(worst.min())]
    finding = REGRET.says(seen)
    assert all(f"“{choice}”" in finding.partition("safest")[0] for choice in safest)
    words = pd.DataFrame(regret.regret_in_words(seen))
    late = rows[(rows["state_key"] == "late") & (rows["choice"] == "No alliance")]["regret_jpy_bn"].iloc[0]
    assert words.set_index("If")["No alliance"]["The alliance is late"] == ("best" if late == 0.0 else f"−{late:.0f}")
    assert set(words.iloc[0, 1:]) == {"best", "−460", "−175", "−84"}
    assert words["If"].to_list() == [STATES[s].label for s in choices.REGRET_STATES.default] + ["**At worst**"]


def test_a_plan_named_twice_is_compared_once() -> None:
    seen = view("alliance_delivers")
    assert plan_of("current", seen.scenario) == plan_of("alliance_delivers", seen.scenario)
    assert regret.regret_choices(seen) == ("status_quo", "japan_deal_alliance", "alliance_delivers")
    moved = view("alliance_delivers", platform_saving_jpy_bn=42.0)
    assert regret.regret_choices(moved)[0] == "current"


def test_one_choice_or_no_state_is_no_failure() -> None:
    alone = view(chosen={"regret_choices": "status_quo", "regret_states": ""})
    assert "add another" in REGRET.says(alone)
    assert len(REGRET.table(view(chosen={"regret_choices": "", "regret_states": ""})).rows) == 1


# ---------------------------------------------------------------- the stances


def test_the_chance_of_each_stance_is_the_share_of_draws_that_clear_the_bar() -> None:
    seen = view(chosen={"stance_bar_share": "0.08"})
    values = stance.values_per_share_jpy(seen)
    for row in stance.STANCE_CHANCE.table(seen).rows.to_dict("records"):
        own = values[row["company"].lower()]
        assert row["hold_share"] == np.count_nonzero(own >= row["bar_jpy"]) / len(own)
        assert row["hold_share"] + row["wait_share"] == pytest.approx(1.0)
        assert row["hold_low"] <= row["hold_share"] <= row["hold_high"]


def test_an_alliance_that_fails_for_certain_never_makes_hold_right() -> None:
    seen = view("alliance_fails")
    assert {chance.share for chance in stance.chances(seen).values()} == {0.0}


def test_the_investor_page_tells_the_chance_of_each_stance() -> None:
    app = page_of("investor", "alliance_good")
    assert any("every assumption drawn from its range" in text.value for text in app.markdown)


# ------------------------------------------------------------------- tables


@pytest.mark.parametrize("preset", MAIN_PRESETS)
def test_every_figure_is_drawn_from_one_set_of_rows_and_its_finding_is_whole(preset: str) -> None:
    seen = view(preset)
    for figure in figures_of(PAGE):
        table, finding = figure.table(seen), figure.says(seen)
        assert table.name == figure.name
        assert list(table.columns) == list(table.rows.columns)
        if figure.form:
            spec = figure.chart(seen).to_dict()  # validates
            json.dumps(spec, allow_nan=False)
            assert len(spec["datasets"]) == 1, figure.name
            assert finding
            assert "nan" not in finding.lower().split()


def test_tables_are_served_with_the_pages_choices() -> None:
    link = "preset=alliance_good&seed=4&whose=nissan&bar=150&output=operating_profit_jpy_bn&ranges=jpy_per_usd:140:150"
    for name in (
        "fan",
        "histogram",
        "drivers",
        "drawn",
        "regret",
        "tornado",
        "break_even",
        "map",
        "shares",
        "channels",
    ):
        told = json.loads(ask(f"/data/{name}.json", link).body)
        own = FIGURES[name].table(View.of(view().scenario, 4, choices=dict(p.split("=") for p in link.split("&")[1:])))
        assert told["title"] == own.title
        assert len(told["rows"]) == len(own.rows)
