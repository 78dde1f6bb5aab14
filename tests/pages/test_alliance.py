"""The Alliance page: what it shows is the model's, in every scenario."""

import json
from collections.abc import Mapping
from functools import cache
from itertools import combinations
from types import MappingProxyType
from urllib.parse import urlencode

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from data.facts import facts
from model.editions import COMPANIES, COMPANY_LABELS
from model.links import Scenario, scenario_of_preset
from model.outputs import ALLIANCE_CHANNELS
from model.presets import MAIN_PRESETS
from model.projection import project
from model.registry import ASSUMPTIONS
from pages.alliance import at_stake, by_year, effects, others, payback, talks, time_gained, worth, worth_along
from pages.alliance.at_stake import CASES, STAKES
from pages.alliance.by_year import BENEFITS
from pages.alliance.effects import CHANCE, DELIVERS, EVERYONE, SOURCES_OF_BENEFIT, TOGETHER, YEARS_AFTER
from pages.alliance.headline import headline
from pages.alliance.invitation import INVITATION
from pages.alliance.others import REFERENCES, VENTURE
from pages.alliance.payback import ADDED_UP
from pages.alliance.savings import SCALE, SOFTWARE_STEPS
from pages.alliance.time_gained import EARLIER_CARS
from pages.alliance.worth import VALUE_PARTS
from pages.alliance.worth_along import VALUE_BY_CHANCE, VALUE_BY_YEARS
from pages.catalog import figures_of
from pages.kit.figure import Figure
from pages.kit.view import View
from tests.pages.opened import opened as opened_by
from tests.pages.opened import page_of

ALLIANCES = ("article", "japan_deal_alliance", "alliance_good", "alliance_fails")
EXACT = {"rel": 1e-12, "abs": 1e-9}

FIGURES = figures_of("alliance")
CHARTS = [figure for figure in FIGURES if figure.form]


def view_of(preset: str = "status_quo", year: int = 4, **values: float) -> View:
    start = scenario_of_preset(preset)
    return View.of(Scenario(start.edition, preset, MappingProxyType({**start.values, **values})), year)


@cache
def preset_view(preset: str) -> View:
    return view_of(preset)


each_preset = pytest.mark.parametrize("preset", MAIN_PRESETS)
each_alliance = pytest.mark.parametrize("preset", ALLIANCES)
each_company = pytest.mark.parametrize("company", COMPANIES)

HALF = {"success_probability_share": 0.5}


# ------------------------------------------------------------------------------------- the page


def opened(preset: str, **query: str) -> AppTest:
    return opened_by(urlencode({"preset": preset, **query}), "alliance")


def written(app: AppTest) -> str:
    return " ".join(m.value for m in (*app.markdown, *app.caption)).replace("\N{NO-BREAK SPACE}", " ").replace("\\", "")


@pytest.mark.parametrize("preset", MAIN_PRESETS)
def test_the_page_draws_a_preset_and_says_what_the_model_says(preset: str) -> None:
    app, view = page_of("alliance", preset), preset_view(preset)
    assert headline(view).replace("\N{NO-BREAK SPACE}", " ") in written(app)
    charts = app.get("vega_lite_chart")
    assert len(charts) >= (9 if effects.has_effect(view) else 3)
    assert all(len(chart.proto.alt) > 20 for chart in charts)


def test_without_an_alliance_a_button_plays_one_on_the_same_edition() -> None:
    app = opened("status_quo", edition="2025-07")
    assert "no alliance" in written(app)
    app.button(key="play_alliance").click().run()
    assert not app.exception
    scenario = app.session_state["view"].scenario
    assert (scenario.edition, scenario.preset) == ("2025-07", "alliance_delivers")
    assert not any(button.key == "play_alliance" for button in app.button)


def test_an_alliance_that_starts_after_the_horizon_is_said_to_bring_nothing() -> None:
    app = opened("status_quo", platform_saving_jpy_bn="100", platform_start_yr="5", alliance_delay_yr="5")
    assert "nothing of it falls within the five years" in written(app)


# ------------------------------------------------------------------------ tables equal the model


def test_every_figure_is_found() -> None:
    by_company = {f"{kind}_{company}" for kind in ("benefits", "cumulative") for company in COMPANIES}
    drawn = {"stakes", "value_parts", "value_by_chance", "value_by_years", "earlier_cars", "scale", "venture"}
    tables = {"cases", "software_steps", "references", "talks"}
    charts = by_company | drawn | {"invitation"}
    assert {figure.name for figure in CHARTS} == {f"alliance_{name}" for name in charts}
    assert {figure.name for figure in FIGURES} == {f"alliance_{name}" for name in charts | tables}


@each_preset
@each_company
def test_sources_are_all_channels_of_the_alliance_and_add_up_to_its_benefit(preset: str, company: str) -> None:
    assert sorted(n for names in SOURCES_OF_BENEFIT.values() for n in names) == sorted(ALLIANCE_CHANNELS)
    view = preset_view(preset)
    rows = BENEFITS[company].table(view).rows
    net = rows[rows["source"] == by_year.NET]["effect_jpy_bn"]
    benefit = np.asarray(view.projection.company[company]["alliance_benefit_jpy_bn"])
    assert list(net) == pytest.approx(list(benefit), **EXACT)
    parts = rows[rows["source"] != by_year.NET].groupby("fiscal_year")["effect_jpy_bn"].sum()
    assert list(parts.reindex(view.projection.years, fill_value=0.0)) == pytest.approx(list(benefit), **EXACT)


@each_alliance
@each_company
@pytest.mark.parametrize("values", [{}, HALF])
def test_cases_add_up_the_projections_at_the_scenarios_chance_at_one_and_at_zero(
    preset: str, company: str, values: Mapping[str, float]
) -> None:
    view = view_of(preset, **values)
    rows = ADDED_UP[company].table(view).rows
    for chance, case in rows.groupby("chance_share"):
        outcome = project({**view.scenario.values, CHANCE: float(str(chance))}, view.scenario.edition)
        expected = np.cumsum(np.asarray(outcome.company[company]["alliance_benefit_jpy_bn"]))
        assert list(case["cumulative_jpy_bn"]) == pytest.approx(list(expected), **EXACT)
    assert {view.chance_share, 0.0, 1.0} == set(rows["chance_share"])


@each_alliance
def test_what_is_spent_and_what_is_earned_add_up_to_the_delivered_case(preset: str) -> None:
    view = view_of(preset, **HALF)
    rows = STAKES.table(view).rows
    spent, earned = at_stake.spent_and_earned_jpy_bn(view)
    assert rows[rows["part"] == at_stake.SPENT]["five_years_jpy_bn"].sum() == pytest.approx(-spent, **EXACT)
    assert rows[rows["part"] == at_stake.EARNED]["five_years_jpy_bn"].sum() == pytest.approx(earned, **EXACT)
    totals = CASES.table(view).rows.set_index("case")
    delivered = totals.loc[DELIVERS, ["honda_five_years_jpy_bn", "nissan_five_years_jpy_bn"]].sum()
    assert delivered == pytest.approx(earned - spent, **EXACT)


@each_alliance
def test_the_parts_of_the_value_and_both_lines_meet_the_models_value(preset: str) -> None:
    view = preset_view(preset)
    model = {COMPANY_LABELS[c]: view.projection.once_company["alliance_npv_jpy_bn"][c] for c in COMPANIES}
    model[TOGETHER] = sum(model.values())
    totals = VALUE_PARTS.table(view).rows.groupby("who")["value_jpy_bn"].sum()
    for key, along in ((CHANCE, VALUE_BY_CHANCE), (YEARS_AFTER, VALUE_BY_YEARS)):
        rows = along.table(view).rows
        at = rows[np.isclose(rows[key], view.scenario.values[key])].set_index("who")["value_jpy_bn"]
        for who, value in model.items():
            assert totals[who] == pytest.approx(value, **EXACT)
            assert at[who] == pytest.approx(value, **EXACT)


@each_alliance
@pytest.mark.parametrize("key", [CHANCE, YEARS_AFTER])
def test_the_value_is_zero_where_it_is_marked(preset: str, key: str) -> None:
    view = view_of(preset, success_probability_share=0.2)
    for who in EVERYONE:
        _, at = worth_along.break_even(view, key, who)
        if at is not None:
            moved = view_of(preset, **{"success_probability_share": 0.2, key: at})
            assert worth.value_jpy_bn(moved, who) == pytest.approx(0.0, abs=1e-3)


def test_the_software_formula_step_by_step_ends_at_what_the_model_saves() -> None:
    view = view_of("alliance_good", year=3, success_probability_share=0.4, software_cost_jpy_bn=0.0)
    last = SOFTWARE_STEPS.table(view).rows.iloc[-1]
    for company in COMPANIES:
        saved, spent = (
            project({**view.scenario.values, CHANCE: chance}, view.scenario.edition).company[company]
            for chance in (0.4, 0.0)
        )
        name = "software_effect_jpy_bn"
        assert last[f"{company}_jpy_bn"] == pytest.approx(float((saved[name] - spent[name])[3]), **EXACT)


def test_one_month_earlier_is_a_sixth_of_six_months() -> None:
    view = view_of("alliance_good")
    six = EARLIER_CARS.table(view).rows["delivered_jpy_bn"].sum()
    assert time_gained.one_month_jpy_bn(view) == pytest.approx(six / 6, rel=1e-9)


def test_the_venture_is_the_sum_of_its_parts_in_dollars_and_in_yen() -> None:
    total = facts()["vw_rivian_jv_total"]
    assert sum(facts()[i].number for i in others.VENTURE_PARTS) == pytest.approx(total.number)
    rows = VENTURE.table(preset_view("status_quo")).rows
    rate = facts()["nissan_fx_actual_fy25_3"].number
    assert rows[rows["who"] == "VW and Rivian"]["amount_jpy_bn"].sum() == pytest.approx(total.number * rate)


def test_references_keep_their_currency_and_are_in_yen_only_where_a_rate_is_held() -> None:
    rows = REFERENCES.table(preset_view("status_quo")).rows.set_index("reference")
    assert rows.loc["BYD: R&D, 2024", "converted_jpy_bn"] == ""
    assert rows.loc["Tesla: R&D, 2025", "kind"] == "recalled"
    assert rows.loc["Tesla: R&D, 2024", "converted_jpy_bn"] == pytest.approx(4.54 * 153)
    lines = others.reference_lines(preset_view("status_quo")).replace("\N{NO-BREAK SPACE}", " ").splitlines()
    assert len(lines) == len(rows)
    assert lines[0].startswith("- **USD 5.8 bn** (JPY 887 bn)")
    assert sum("recalled" in line for line in lines) == 2


def test_the_talks_are_in_the_order_of_their_days_and_keep_the_kind_of_each() -> None:
    events = {event.id: event for event in talks.talks()}
    assert [e.date for e in events.values()] == sorted(e.date for e in events.values())
    assert {"mou_first", "merger_talks_ended", "pickup_report_out", "us_joint_development"} <= events.keys()
    assert events["merger_talks_ended"].kind == "recalled"
    lines = talks.talk_lines(talks.TALKS.table(view_of())).splitlines()
    (fell_away,) = [line for line in lines if events["listing_fell_away"].title in line]
    assert fell_away.startswith("- **August 2026**: ")


@each_company
def test_tooling_not_yet_written_off_and_tooling_written_off_are_all_tooling(company: str) -> None:
    view = view_of("alliance_good")
    paid = view.scenario.values["tooling_usd_bn"] * view.scenario.values["jpy_per_usd"]
    written_off = -np.asarray(view.projection.company["honda"]["tooling_effect_jpy_bn"]).sum()
    assert payback.unwritten_tooling_jpy_bn(view) == pytest.approx(paid - written_off, **EXACT)


# ------------------------------------------------------------------------------------- findings


@pytest.mark.parametrize(
    ("benefit", "at"),
    [
        ([-10, -10, 5, 15, 20], 3),
        ([-10, -10, 5, 5, 5], None),
        ([0, 3, 4, 5, 6], 0),
        ([5, -10, 10, -20, 0], None),
        ([-5, 10, -20, 5, 10], 4),
        ([0, 0, 0, 0, 0], 0),
    ],
)
def test_payback_is_the_year_from_which_the_sum_stays_above_zero(benefit: list[float], at: int | None) -> None:
    assert payback.payback_index(np.array(benefit, dtype=np.float64)) == at


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("**", "")


def test_a_failure_says_that_nothing_pays_back_and_what_delivery_would_have_earned() -> None:
    view = preset_view("alliance_fails")
    assert "destroys value" in headline(view)
    assert "neither company pays back within five years" in headline(view)
    assert "Honda does not pay back within five years" in ADDED_UP["honda"].says(view)
    assert "with the alliance done, it pays back in FY2030/3" in ADDED_UP["honda"].says(view)
    assert worth.value_otherwise(view)[1] == "if it is done"
    assert "nothing is delivered" in EARLIER_CARS.says(view)


def test_a_success_says_when_each_pays_back_and_what_a_failure_costs() -> None:
    view = preset_view("alliance_good")
    assert "both pay back in FY2030/3" in headline(view)
    value, case = worth.value_otherwise(view)
    assert case == "if it fails"
    assert value == pytest.approx(worth.value_jpy_bn(preset_view("alliance_fails"), TOGETHER), **EXACT)


def test_the_article_is_told_to_leave_out_its_costs_and_to_save_little_on_platforms() -> None:
    view = preset_view("article")
    assert "leaves out every cost" in STAKES.says(view)
    assert "Nissan is never in the red" in headline(view)
    assert "JPY 3 bn a year is 0.17 % of the R&D of both" in plain(SCALE.says(view))
    assert "takes it as it is" in SCALE.says(view)
    assert VALUE_BY_CHANCE.says(view) == "Together worth its cost at any chance, and so for each company"


def test_a_value_that_turns_positive_names_the_chance_for_each_company() -> None:
    view = preset_view("alliance_good")
    shares = {who: worth_along.break_even(view, CHANCE, who) for who in EVERYONE}
    assert all(how == "from" for how, _ in shares.values())
    finding = plain(VALUE_BY_CHANCE.says(view))
    assert finding == "Together worth its cost from a chance of 21 %; Honda from 27 %, Nissan from 14 %"


def test_an_alliance_that_only_costs_is_worth_it_at_no_chance() -> None:
    view = view_of("status_quo", integration_cost_jpy_bn=100.0)
    assert VALUE_BY_CHANCE.says(view) == "Together not worth its cost at any chance, nor for each company"
    assert "not worth its cost within 20 years more" in VALUE_BY_YEARS.says(view)
    assert "delivery earns nothing" in STAKES.says(view)
    assert "loses" in BENEFITS["honda"].says(view_of(year=0, integration_cost_jpy_bn=100.0))


def test_the_example_does_not_depend_on_the_scenario_beside_it() -> None:
    tables = [INVITATION.table(preset_view(preset)).rows for preset in ("usmca_lapses", "alliance_good")]
    assert tables[0].equals(tables[1])
    assert "would be worth JPY 376 bn today" in plain(INVITATION.says(preset_view("usmca_lapses")))


# --------------------------------------------------------------------------------------- charts


@pytest.mark.parametrize("figure", CHARTS, ids=lambda figure: figure.name)
@pytest.mark.parametrize("preset", ["alliance_good", "japan_deal_alliance"])
def test_charts_are_valid_hold_zero_and_draw_few_finite_marks(figure: Figure, preset: str) -> None:
    chart, rows = figure.chart(preset_view(preset)), figure.marks(preset_view(preset))
    spec = chart.to_dict()
    json.dumps(spec, allow_nan=False)
    assert list(spec["datasets"]) == [spec["data"]["name"]]
    assert len(rows) * len(spec["layer"]) < 2000
    assert np.isfinite(rows.select_dtypes("number")).all(axis=None)
    assert (rows["room_low"] <= 0.0).all()
    assert (rows["room_high"] >= 0.0).all()
    for layer in spec["layer"]:
        for channel in ("x", "y"):
            scale = layer["encoding"].get(channel, {}).get("scale") or {}
            assert scale.get("zero", True)
            assert "domain" not in scale


# -------------------------------------------------------------------------------------- corners

CORNER_KEYS = (
    "canton_honda_trucks_kveh",
    "platform_saving_jpy_bn",
    "software_gain_months",
    "software_cost_jpy_bn",
    "integration_cost_jpy_bn",
    "alliance_delay_yr",
    "success_probability_share",
    "terminal_yr",
    "cost_of_capital_share",
    "pass_through_share",
    "tooling_usd_bn",
)


def corner(*keys: str, top: bool) -> View:
    ends = {key: ASSUMPTIONS[key].maximum if top else ASSUMPTIONS[key].minimum for key in keys}
    return view_of("alliance_good", **ends)


CORNERS = [
    *(((key,), top) for key in CORNER_KEYS[::2] for top in (True, False)),
    *((pair, True) for pair in list(combinations(CORNER_KEYS, 2))[::6]),
]


@pytest.mark.parametrize(
    ("keys", "top"), CORNERS, ids=lambda value: "+".join(value) if isinstance(value, tuple) else ""
)
def test_tables_and_findings_hold_at_the_bounds(keys: tuple[str, ...], top: bool) -> None:
    view = corner(*keys, top=top)
    for figure in FIGURES:
        table = figure.table(view)
        assert table.name == figure.name
        assert list(table.columns) == list(table.rows.columns)
        assert not table.rows.isna().any(axis=None)
        assert np.isfinite(table.rows.select_dtypes("number")).all(axis=None)
    sentences = [headline(view), *(ADDED_UP[c].says(view) for c in COMPANIES)]
    if effects.has_effect(view):
        sentences += [figure.says(view) for figure in CHARTS]
        assert all(np.isfinite(figure.marks(view).select_dtypes("number")).all(axis=None) for figure in CHARTS)
    assert not any(word in sentence for sentence in sentences for word in ("nan", "inf ", "None"))


@each_preset
def test_every_table_of_every_preset_is_finite(preset: str) -> None:
    for figure in FIGURES:
        assert not figure.table(preset_view(preset)).rows.isna().any(axis=None)
