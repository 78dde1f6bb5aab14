"""The Tariffs page: its tables are the model's numbers, its bars add up, and it says what they say."""

import json
import math
from collections.abc import Mapping

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from data.story import tariff_rates, timeline
from model.editions import COMPANIES, COMPANY_LABELS, edition, editions
from model.links import Scenario, scenario_of_preset
from model.presets import MAIN_PRESETS
from model.registry import ASSUMPTIONS
from model.sweeps import sweep
from pages.catalog import figures_of
from pages.kit.figure import Figure
from pages.kit.tables import REFERENCE, SCENARIO
from pages.kit.view import View
from pages.tariffs import basis, duty, events, margins, per_car
from pages.tariffs.duty import DUTY_BY_ORIGIN
from pages.tariffs.events import TARIFF_EVENTS
from pages.tariffs.headline import headline
from pages.tariffs.margins import MARGIN_BY_RATE
from pages.tariffs.payers import WHO_PAYS
from pages.tariffs.per_car import DUTY_PER_CAR
from pages.tariffs.rate_path import RATES_BY_YEAR
from pages.tariffs.rate_periods import REAL_RATES
from tests.model.scenarios import TARIFFS
from tests.pages.opened import drawn, opened, page_of

LAST = 4
FIGURES = figures_of("tariffs")
CHARTS = [figure for figure in FIGURES if figure.form]


def view_of(preset: str = "status_quo", year: int = LAST, edition_name: str | None = None, **values: float) -> View:
    start = scenario_of_preset(preset, edition_name)
    return View.of(Scenario(start.edition, start.preset, {**start.values, **values}), year)


BARE = dict.fromkeys(TARIFFS, 0.0)
NO_DUTY = {**BARE, "japan_tariff_share": 0.025}
"""Only the ordinary duty on cars is left, which no tariff added; editions that take nothing off have no such duty."""

CORNERS: tuple[Mapping[str, float], ...] = (
    NO_DUTY,
    dict.fromkeys(TARIFFS, 0.5),
    {"pass_through_share": 1.0, "own_elasticity": -6.0, "market_elasticity": -6.0},
    {"pass_through_share": 1.0, "own_elasticity": 0.0, "market_elasticity": 0.0},
    {"honda_own_measures_jpy_bn": 500.0, "nissan_own_measures_jpy_bn": 500.0},
    {"honda_own_measures_jpy_bn": 60.0, "pass_through_share": 0.8},
    {"honda_reshoring_share": 1.0, "nissan_reshoring_share": 1.0},
    {"usmca_deduction_share": 0.0, "honda_us_content_share": 0.9},
    {"msrp_offset_share": 0.05, "parts_tariff_share": 0.0},
    {"honda_parts_usd_bn": 0.0, "nissan_parts_usd_bn": 0.0},
    {"tariff_start_months": 60.0, "japan_tariff_share": 0.5},
    {"tariff_start_months": 30.5, "usmca_tariff_share": 0.0},
    {"honda_drift_jpy_bn": -300.0, "nissan_drift_jpy_bn": -300.0},
    {"canton_honda_trucks_kveh": 100.0, "ridgeline_replaced_share": 1.0, "success_probability_share": 1.0},
    {"jpy_per_usd": 220.0, "nissan_jpy_gap": -40.0},
    {"japan_tariff_share": 0.1234567, "usmca_tariff_share": 0.499},
)
VIEWS = [view_of(name) for name in MAIN_PRESETS]
VIEWS += [view_of(year=i % (LAST + 1), **corner) for i, corner in enumerate(CORNERS)]
VIEWS += [view_of("article", pass_through_share=0.6), view_of(edition_name="2025-07", **BARE)]
each_view = pytest.mark.parametrize("view", VIEWS, ids=lambda v: f"{len(v.scenario.changed())}-{v.year}")


def findings(view: View) -> list[str]:
    return [headline(view), *(figure.says(view) for figure in CHARTS)]


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{MINUS SIGN}", "-").replace("**", "")


def at(view: View, company: str, case: str, name: str) -> float:
    return view.at_year(company, name)[0 if case == SCENARIO else 1]


# ---------------------------------------------------------------------------------------- the page


def words_of(app: AppTest) -> str:
    return plain(" ".join(element.value for element in [*app.markdown, *app.caption])).replace("\\", "")


@pytest.mark.parametrize("preset", MAIN_PRESETS)
def test_the_page_opens_on_every_preset_and_says_what_the_view_says(preset: str) -> None:
    app, view = page_of("tariffs", preset), view_of(preset)
    assert app.title[0].value == "What US tariffs cost, and who pays"
    assert plain(headline(view)) in words_of(app)
    assert len(app.metric) == 4


def test_a_click_on_the_real_rate_of_27_5_per_cent_sets_the_slider_and_the_numbers() -> None:
    app = opened("", "tariffs")
    before = app.metric[2].value
    app.button(key="landmark_japan_tariff_share_0.275").click()
    drawn(app)
    assert app.slider(key="japan_tariff_share").value == 0.275
    view = view_of(japan_tariff_share=0.275)
    assert plain(headline(view)) in words_of(app)
    net, reference = view.at_year("nissan", "net_tariff_cost_jpy_bn")
    assert net > reference
    assert app.metric[2].value != before
    assert plain(app.metric[2].value) == f"JPY {net:,.0f} bn"
    assert "cars from Japan 27.5 % instead of 15 %" in words_of(app)


# ---------------------------------------------------------------------------------------- tables


@each_view
def test_tables_hold_numbers_only_and_document_their_columns(view: View) -> None:
    for figure in FIGURES:
        name, table = figure.name, figure.table(view)
        assert table.name == name
        assert list(table.columns) == list(table.rows.columns)
        assert all(table.columns.values())
        assert table.sources
        assert len(table.rows) > 0
        for column in table.rows.select_dtypes("number"):
            assert np.isfinite(table.rows[column]).all(), (name, column)


@each_view
def test_duty_by_origin_adds_up_to_gross_own_measures_and_net(view: View) -> None:
    rows = DUTY_BY_ORIGIN.table(view).rows
    for company in COMPANIES:
        for case in (SCENARIO, REFERENCE):
            own = rows[(rows["company"] == COMPANY_LABELS[company]) & (rows["case"] == case)]
            sums = own[["gross_duty_jpy_bn", "own_measures_jpy_bn", "net_duty_jpy_bn"]].sum()
            names = ("gross_tariff_cost_jpy_bn", "own_measures_jpy_bn", "net_tariff_cost_jpy_bn")
            assert list(sums) == pytest.approx([at(view, company, case, n) for n in names], rel=1e-9, abs=1e-6)
            assert (own[["gross_duty_jpy_bn", "net_duty_jpy_bn"]] >= -1e-9).all(axis=None)


@each_view
def test_what_everyone_pays_adds_up_to_gross_duty_plus_lost_sales(view: View) -> None:
    """The identity that the page states."""
    rows = WHO_PAYS.table(view).rows
    assert (rows["amount_jpy_bn"] >= -1e-9).all()
    for company in COMPANIES:
        for case in (SCENARIO, REFERENCE):
            own = rows[(rows["company"] == COMPANY_LABELS[company]) & (rows["case"] == case)]
            paid = own.set_index("payer")["amount_jpy_bn"]
            gross = at(view, company, case, "gross_tariff_cost_jpy_bn")
            lost = at(view, company, case, "lost_contribution_jpy_bn")
            assert paid.sum() == pytest.approx(gross + lost, rel=1e-9, abs=1e-6)
            assert paid[["Own measures", "Customers", "Company"]].sum() == pytest.approx(gross, rel=1e-9, abs=1e-6)
            assert paid["Customers"] == at(view, company, case, "customers_pay_jpy_bn")


@each_view
def test_the_bars_of_who_pays_follow_each_other_from_zero(view: View) -> None:
    for _, bar in WHO_PAYS.marks(view).groupby("bar"):
        assert bar["from_jpy_bn"].iloc[0] == 0.0
        assert list(bar["from_jpy_bn"].iloc[1:]) == pytest.approx(list(bar["to_jpy_bn"].iloc[:-1]))


def shown_per_car(view: View, company: str, origin: str) -> float:
    """Gross duty on one car in the scenario, as the page's table has it [USD]."""
    rows = DUTY_PER_CAR.table(view).rows
    of = (rows["company"] == COMPANY_LABELS[company]) & (rows["case"] == SCENARIO)
    (found,) = rows.loc[of & (rows["built_in"] == per_car.CARS[origin]), "gross_duty_usd_per_car"]
    return float(found)


@each_view
def test_duty_per_car_times_cars_is_the_duty(view: View) -> None:
    for company in COMPANIES:
        values, outputs = view.scenario.values, view.projection.company[company]
        jpy_per_usd = values["jpy_per_usd"] + (values["nissan_jpy_gap"] if company == "nissan" else 0.0)
        for origin in ("usmca", "japan"):
            of_one = shown_per_car(view, company, origin)
            kveh = np.asarray(outputs[f"{origin}_imports_kveh"])[view.year]
            gross = np.asarray(outputs[f"gross_{origin}_duty_jpy_bn"])[view.year]
            assert of_one * kveh * 1e-6 * jpy_per_usd == pytest.approx(gross, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("preset", ["status_quo", "article", "japan_deal_alliance", "usmca_lapses", "usmca_ends"])
@pytest.mark.parametrize("company", COMPANIES)
def test_duty_on_parts_per_us_built_car_times_us_output_is_the_duty_on_parts_and_materials(
    preset: str, company: str
) -> None:
    """Without trucks from Canton: cars they replace pay for their parts there."""
    view = view_of(preset, pass_through_share=0.4, canton_honda_trucks_kveh=0.0)
    values, outputs = view.scenario.values, view.projection.company[company]
    jpy_per_usd = values["jpy_per_usd"] + (values["nissan_jpy_gap"] if company == "nissan" else 0.0)
    of_one = shown_per_car(view, company, "parts")
    paid = of_one * np.asarray(outputs["us_output_kveh"])[view.year] * 1e-6 * jpy_per_usd
    due = sum(np.asarray(outputs[f"gross_{line}_duty_jpy_bn"])[view.year] for line in ("parts", "materials"))
    assert paid == pytest.approx(due, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("key", MARGIN_BY_RATE)
@pytest.mark.parametrize("view", VIEWS[:8] + VIEWS[-6:], ids=lambda v: f"{len(v.scenario.changed())}-{v.year}")
def test_margins_against_a_rate_are_those_of_the_sweep_and_pass_through_the_present_one(view: View, key: str) -> None:
    rows = MARGIN_BY_RATE[key].table(view).rows
    for company in COMPANIES:
        of = rows[rows["company"] == COMPANY_LABELS[company]]
        scenario, reference = of[of["case"] == SCENARIO], of[of["case"] == REFERENCE]
        swept = sweep(view.scenario, key, scenario["rate_share"].to_numpy()).company[company]["operating_margin_share"]
        assert list(scenario["operating_margin_share"]) == list(np.asarray(swept)[:, view.year])
        margin, base = view.at_year(company, "operating_margin_share")
        default = edition(view.scenario.edition).defaults[key]
        for lines, rate, value in ((scenario, view.scenario.values[key], margin), (reference, default, base)):
            here = lines.loc[lines["rate_share"] == rate, "operating_margin_share"]
            assert list(here) == pytest.approx([value], rel=1e-9, abs=1e-12)
        assert scenario["rate_share"].min() == 0.0
        assert scenario["rate_share"].max() == ASSUMPTIONS[key].maximum
        assert {real.rate_share for real in margins.landmark_rates()} <= set(scenario["rate_share"])


def test_rates_by_year_are_weighted_by_months() -> None:
    rows = RATES_BY_YEAR.table(view_of("japan_deal_alliance")).rows
    japan = rows[rows["tariff"] == "Cars from Japan"]
    assert japan["scenario_rate_share"].iloc[0] == pytest.approx((5.5 * 0.25 + 6.5 * 0.15) / 12)
    assert list(japan["scenario_rate_share"].iloc[1:]) == [0.15] * 4
    assert set(japan["reference_rate_share"]) == {0.25}


def test_landmarks_are_the_four_real_rates_with_their_words() -> None:
    assert [rate.rate_share for rate in margins.landmark_rates()] == [0.025, 0.15, 0.25, 0.275]
    words = plain(margins.landmark_words())
    assert all(share in words for share in ("2.5 %", "15 %", "25 %", "27.5 %"))


def test_real_rates_are_those_of_the_table_of_rates_and_only_one_never_applied() -> None:
    rows = REAL_RATES.table(view_of()).rows
    wanted = ("japan", "usmca", "parts", "pickup_japan", "msrp_offset")
    assert sorted(rows["rate"]) == sorted(rate.label for rate in tariff_rates() if rate.tariff in wanted)
    replaced = rows[rows["state"] != "applied"]
    assert list(replaced["rate"]) == ["Offset, second year as first set (replaced in October 2025)"]


def test_periods_of_one_rate_follow_each_other_without_overlap() -> None:
    periods = REAL_RATES.marks(view_of())
    for _, line in periods.groupby("tariff"):
        assert list(line["from_day"].iloc[1:]) == list(line["to_day"].iloc[:-1])
        assert (line["from_day"] < line["to_day"]).all()


def test_every_tariff_event_is_told_with_its_source() -> None:
    text = (
        plain(events.events_in_words(TARIFF_EVENTS.table(view_of()))).replace("\\", "").replace("\N{WORD JOINER}", "")
    )
    dated = [event for event in timeline() if event.category == "tariff"]
    assert len(text.splitlines()) == len(dated) + 2
    for event in dated:
        assert event.title in text
        assert event.source in text
        assert str(event.date.year) in text


# ---------------------------------------------------------------------------------------- charts


def numbers_in(spec: object) -> list[float]:
    if isinstance(spec, dict):
        return [number for value in spec.values() for number in numbers_in(value)]
    if isinstance(spec, list):
        return [number for value in spec for number in numbers_in(value)]
    return [spec] if isinstance(spec, float) else []


@each_view
def test_rows_of_charts_are_complete(view: View) -> None:
    for figure in CHARTS:
        name, rows = figure.name, figure.marks(view)
        assert 0 < len(rows) < 2000, name
        assert not rows.isna().any(axis=None), name
        for column in rows.select_dtypes("number"):
            assert np.isfinite(rows[column]).all(), (name, column)


@pytest.mark.parametrize("figure", CHARTS, ids=lambda figure: figure.name)
def test_a_chart_is_valid_starts_at_zero_and_keeps_its_form_whatever_the_numbers(figure: Figure) -> None:
    """So that a slider sends new rows only."""
    forms = []
    for rate in (0.2, 0.5):
        view = view_of("article", pass_through_share=rate, japan_tariff_share=rate)
        spec = figure.chart(view).to_dict()  # raises where the grammar is broken
        assert all(math.isfinite(number) for number in numbers_in(spec))
        assert '"zero": false' not in json.dumps(spec)
        del spec["datasets"], spec["data"]
        forms.append(spec)
    assert forms[0] == forms[1]


def test_without_changes_the_reference_is_not_drawn_twice() -> None:
    assert set(DUTY_BY_ORIGIN.marks(view_of())["bar"]) == {"Honda", "Nissan"}
    assert set(WHO_PAYS.marks(view_of())["bar"]) == {"Honda", "Nissan"}
    assert set(DUTY_BY_ORIGIN.table(view_of()).rows["case"]) == {SCENARIO, REFERENCE}


# ---------------------------------------------------------------------------------------- findings


@each_view
def test_findings_are_sentences_without_raw_floats(view: View) -> None:
    for text in findings(view):
        assert text
        assert "nan" not in text.lower().split()
        assert "inf" not in text.lower().split()
        assert not any(len(word.partition(".")[2].rstrip(",;)%")) > 3 for word in text.split() if word[:1].isdigit())


def test_with_nothing_changed_findings_name_levels_and_no_change() -> None:
    view = view_of()
    assert "(" not in DUTY_BY_ORIGIN.says(view)
    assert "in brackets" not in headline(view)
    assert "Customers pay nothing beyond the prices in guidance" in WHO_PAYS.says(view)
    assert RATES_BY_YEAR.says(view).startswith("The rates of the reference hold")
    assert not any("(" in cell for cells in duty.duty_in_words(DUTY_BY_ORIGIN.table(view)).values() for cell in cells)


def test_a_higher_rate_is_told_as_more_duty_and_less_margin() -> None:
    view = view_of("tariffs_25")
    assert "(+JPY 45 bn)" in plain(DUTY_BY_ORIGIN.says(view))
    assert plain(RATES_BY_YEAR.says(view)) == "FY2031/3: cars from Japan 25 % instead of 15 %"
    assert "Ten points more on cars from Japan move the margin: Honda -0.0" in plain(
        MARGIN_BY_RATE["japan_tariff_share"].says(view)
    )


def test_a_lower_rate_is_told_as_less_duty() -> None:
    view = view_of(usmca_tariff_share=0.0)
    assert "Nissan JPY 75 bn (-JPY 163 bn)" in plain(DUTY_BY_ORIGIN.says(view))
    assert plain(RATES_BY_YEAR.says(view)) == "FY2031/3: cars from Canada and Mexico 0 % instead of 25 %"


def test_a_rule_that_lapses_is_told_though_no_rate_moves() -> None:
    text = plain(RATES_BY_YEAR.says(view_of("usmca_lapses")))
    assert text.endswith("US content that may be deducted 0 % instead of 100 %")


def test_pass_through_is_told_with_what_customers_pay_and_what_is_lost() -> None:
    view = view_of(pass_through_share=0.5)
    paid, lost = (view.at_year("honda", name)[0] for name in ("customers_pay_jpy_bn", "lost_contribution_jpy_bn"))
    assert f"Customers pay JPY {paid:.0f} bn" in plain(WHO_PAYS.says(view))
    assert f"lost sales cost JPY {lost:.0f} bn" in plain(WHO_PAYS.says(view))
    assert f"Lost sales cost another JPY {lost:.0f} bn" in plain(headline(view))


def test_no_duty_is_told_as_such() -> None:
    assert headline(view_of(**NO_DUTY)) == "In FY2031/3 neither company pays any US duty."
    assert "No duty is due" in DUTY_BY_ORIGIN.says(view_of(**NO_DUTY))


def test_rates_that_apply_after_the_year_in_focus_do_not_move_its_margin() -> None:
    view = view_of(year=0, tariff_start_months=24.0, japan_tariff_share=0.3)
    assert "leave both margins of FY2027/3 as they are" in MARGIN_BY_RATE["japan_tariff_share"].says(view)
    assert "cars from Japan 30 % instead of 15 % in FY2031/3" in plain(RATES_BY_YEAR.says(view))


def test_the_rate_at_which_a_margin_is_zero_is_named() -> None:
    view = view_of(nissan_drift_jpy_bn=-25.0)
    text = plain(MARGIN_BY_RATE["japan_tariff_share"].says(view))
    rate = float(text.partition("Nissan earns nothing at ")[2].partition(" %")[0]) / 100
    margin = sweep(view.scenario, "japan_tariff_share", np.array([rate])).company["nissan"]["operating_margin_share"]
    assert np.asarray(margin)[0, LAST] == pytest.approx(0.0, abs=2e-5)


def test_what_the_numbers_rest_on_is_named_with_its_kind() -> None:
    assert basis.basis(view_of(), basis.DUTY_BASIS) == (
        "Derived or judgement: customs values, US content. "
        "Judgement: dutiable parts, where parts come from, sticker prices."
    )
    assert "Recalled or judgement: demand response." in basis.basis(view_of(), basis.BURDEN_BASIS)
    assert "Set by you: demand response." in basis.basis(
        view_of(own_elasticity=-2.0, market_elasticity=-2.0, rivals_follow_share=0.5), basis.BURDEN_BASIS
    )


@pytest.mark.parametrize("name", editions())
def test_assumptions_named_as_the_basis_exist(name: str) -> None:
    assert all(key in edition(name).defaults for keys in basis._BASIS.values() for key in keys)


def test_every_table_of_the_page_has_a_name_of_its_own() -> None:
    tables = [figure.table(view_of()) for figure in FIGURES]
    assert len({table.name for table in tables}) == len({table.title for table in tables}) == len(FIGURES)
