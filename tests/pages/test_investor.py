"""The Investor page: what it shows is the model's, in every scenario."""

import json
import math
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from urllib.parse import urlencode

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data.facts import facts
from data.story import timeline
from model.analysis.break_even import paybacks
from model.editions import COMPANIES, COMPANY_LABELS
from model.links import Scenario, fit_capacity, scenario_of_preset
from model.presets import MAIN_PRESETS, PRESETS
from model.registry import ASSUMPTIONS
from model.stance import Stance, StanceInputs, outcomes, stance
from pages.catalog import figures_of
from pages.investor import by_outcome, paying_back, per_share, to_watch
from pages.investor.by_outcome import OUTCOMES
from pages.investor.dated import KEY_EVENTS, MILESTONES, milestones_in_words
from pages.investor.headline import headline
from pages.investor.paying_back import PAYBACK
from pages.investor.per_share import EARNINGS_PER_SHARE, VALUE_PER_SHARE
from pages.investor.to_watch import TO_WATCH
from pages.kit.figure import Figure
from pages.kit.share_price import share_prices
from pages.kit.view import View
from pages.kit.words import number
from pages.session import choices
from tests.pages.opened import opened, page_of


def view_of(preset: str = "status_quo", year: int = 4, **values: float) -> View:
    start = scenario_of_preset(preset)
    return View.of(Scenario(start.edition, preset, MappingProxyType({**start.values, **values})), year)


FIGURES = figures_of("investor")


@cache
def preset_view(preset: str) -> View:
    return view_of(preset)


each_preset = pytest.mark.parametrize("preset", PRESETS)
each_company = pytest.mark.parametrize("company", COMPANIES)


def with_all_happened(view: View) -> View:
    return replace(view, choices={choice.key: "true" for choice in choices.MILESTONES})


def stances(view: View, happened: bool = False) -> dict[str, Stance]:
    milestones = {m.label: happened for m in by_outcome.milestones()}
    return {
        company: stance(
            StanceInputs(
                tuple(o.value_per_share_jpy for o in outcomes(view.scenario, company)),
                price.price_jpy,
                choices.BAR_SHARE.default,
                choices.CLEAR_SHARE.default,
                milestones,
                len(milestones),
            )
        )
        for company, price in share_prices(view.scenario.edition).items()
    }


def page(query: Mapping[str, str]) -> AppTest:
    return opened(urlencode(query), "investor")


def words(at: AppTest) -> str:
    return "\n".join(element.value for element in (*at.markdown, *at.caption))


# ------------------------------------------------------------------ the page


@pytest.mark.parametrize("preset", MAIN_PRESETS)
def test_the_page_opens_on_every_preset(preset: str) -> None:
    at = page_of("investor", preset)
    assert at.title[0].value == "What it means per share"
    assert len(at.metric) == 4
    assert "not advice, and not a forecast" in words(at)


def test_thresholds_and_milestones_come_from_the_address_and_change_the_stance() -> None:
    query = {"preset": "alliance_good", "stance_bar_share": "0.01", "stance_clear_share": "0.5"}
    ticked = {choice.key: "true" for choice in choices.MILESTONES}
    assert "the rule says **wait** for both" in words(page(query))
    assert "the rule says **hold** for both" in words(page({**query, **ticked}))


def test_without_an_alliance_the_page_offers_one() -> None:
    at = page({})
    at.button(key="investor_show_alliance").click().run()
    assert not at.exception
    assert "There is no alliance" not in words(at)
    assert all(b.key != "investor_show_alliance" for b in at.button)


# ------------------------------------------------------------------ tables


@each_preset
def test_earnings_are_the_models(preset: str) -> None:
    view = preset_view(preset)
    rows = EARNINGS_PER_SHARE.table(view).rows
    for company in COMPANIES:
        for case, projection in (("Scenario", view.projection), ("Reference", view.reference)):
            mine = rows[(rows["company"] == COMPANY_LABELS[company]) & (rows["case"] == case)]
            assert list(mine["eps_jpy"]) == list(np.asarray(projection.company[company]["eps_jpy"]))


@each_preset
def test_value_beside_the_price_is_the_models(preset: str) -> None:
    view = preset_view(preset)
    rows = VALUE_PER_SHARE.table(view).rows
    for company in COMPANIES:
        mine = rows[rows["company"] == COMPANY_LABELS[company]].set_index("what")
        value = float(view.projection.once_company["value_per_share_jpy"][company])
        assert mine.loc["Alliance per share", "per_share_jpy"] == value
        price = mine.loc["Share price", "per_share_jpy"]
        assert mine.loc["Alliance per share", "of_price_share"] == pytest.approx(value / price)


def test_price_over_guided_earnings_uses_the_one_price() -> None:
    view = view_of()
    lines = pd.DataFrame(per_share.valuation_in_words(view)).set_index("Per share")
    for company, price in share_prices(view.scenario.edition).items():
        guided = float(np.asarray(view.reference.company[company]["eps_jpy"])[0])
        said = lines[COMPANY_LABELS[company]]
        assert said["Price over guided earnings"] == number(price.price_jpy / guided, 1)
        assert price.month in said["Share price"]
    assert list(lines.loc["Value as share of the price"]) == ["0.0\N{NO-BREAK SPACE}%"] * 2 + ["model"]


def test_losses_have_no_price_earnings_ratio() -> None:
    lines = pd.DataFrame(per_share.valuation_in_words(preset_view("article"))).set_index("Per share")
    assert lines.loc["Price over scenario earnings", "Nissan"] == "not meaningful"


@pytest.mark.parametrize("preset", ["status_quo", "alliance_good", "article"])
@pytest.mark.parametrize("whose", paying_back.PAYBACK_CHOICES)
def test_payback_rows_are_the_models(preset: str, whose: str) -> None:
    companies = paying_back.PAYBACK_CHOICES[whose]
    view = replace(preset_view(preset), choices={"payback_of": whose})
    rows = PAYBACK.table(view).rows
    benefit, cost = paying_back.benefit_and_cost_jpy_bn(view, companies)
    assert list(rows["key"]) == list(paying_back.SHORT_LABELS)
    assert rows["gap_now_jpy_bn"].to_numpy() == pytest.approx(benefit - cost)
    assert (rows["gap_low_jpy_bn"] <= rows["gap_high_jpy_bn"]).all()


@each_preset
@each_company
def test_outcomes_clear_the_bar_where_they_are_worth_it(preset: str, company: str) -> None:
    view = replace(preset_view(preset), choices={"stance_bar_share": "0.03"})
    rows = OUTCOMES[company].table(view).rows
    price = share_prices(view.scenario.edition)[company].price_jpy
    assert list(rows["value_per_share_jpy"]) == [o.value_per_share_jpy for o in outcomes(view.scenario, company)]
    assert list(rows["clears_bar"] == "yes") == list(rows["value_per_share_jpy"] >= 0.03 * price)


@each_preset
def test_the_stance_is_the_rule_s_on_the_outcomes_the_thresholds_and_the_milestones(preset: str) -> None:
    view = preset_view(preset)
    assert by_outcome.stances_of(view) == stances(view)
    assert by_outcome.stances_of(with_all_happened(view)) == stances(view, happened=True)


def test_every_event_is_in_the_milestones_and_the_key_ones_are_numbered_by_date() -> None:
    table = MILESTONES.table(view_of())
    rows = table.rows
    assert list(rows["event"]) == [event.title for event in timeline()]
    numbered = rows[rows["number"] > 0]
    assert list(numbered["number"]) == list(range(1, len(KEY_EVENTS) + 1))
    assert numbered["date"].is_monotonic_increasing
    listing = numbered[numbered["event"].str.contains("listing")].iloc[0]
    assert (listing["when"], listing["state"]) == ("August 2026", "fell away")
    assert "Merger talks ended (day recalled, not verified)" in set(milestones_in_words(table)["Event"])


def test_milestones_of_the_rule_are_as_the_facts_have_them() -> None:
    assert "outcome was not found" in facts()["usmca_joint_review"].note
    for milestone in by_outcome.milestones():
        assert milestone.choice.default is False
        assert "Not found up to mid 2026" in milestone.known


def test_figures_to_watch_are_facts_with_date_source_and_kind() -> None:
    table = TO_WATCH.table(view_of())
    by_label = {f.label: f for f in facts().values()}
    for row in table.rows.itertuples():
        f = by_label[row.fact]
        assert (row.value, row.unit, row.as_of, row.source, row.kind) == (f.value, f.unit, f.as_of, f.source, f.kind)
    assert all("(" in latest for latest in to_watch.watch_in_words(table)["Latest published, source (kind)"])


def test_every_table_has_its_own_name_and_says_what_its_columns_hold() -> None:
    view = preset_view("alliance_good")
    for figure in FIGURES:
        table = figure.table(view)
        assert table.name == figure.name
        assert list(table.columns) == list(table.rows.columns)
        assert all(table.columns.values())
        assert table.sources


# ------------------------------------------------------------------ charts


CHARTS = [figure for figure in FIGURES if figure.form]


def scales(spec: object) -> list[Mapping[str, object]]:
    if isinstance(spec, dict):
        own = [spec["x"]["scale"]] if isinstance(spec.get("x"), dict) and spec["x"].get("scale") else []
        return own + [scale for part in spec.values() for scale in scales(part)]
    return [scale for part in spec for scale in scales(part)] if isinstance(spec, list) else []


@pytest.mark.parametrize("preset", ["status_quo", "alliance_good", "alliance_fails", "article"])
def test_charts_hold_few_whole_numbers_on_one_set_of_rows_and_start_at_zero(preset: str) -> None:
    view = preset_view(preset)
    for figure in CHARTS:
        name, spec, rows = figure.name, figure.chart(view).to_dict(), figure.marks(view)
        json.dumps(spec, allow_nan=False)
        assert isinstance(spec["data"], dict), name
        assert spec["data"]["name"] in spec["datasets"], "all layers read the same rows"
        assert len(spec["datasets"]) == 1, name
        assert len(rows) * len(spec["layer"]) < 2000
        assert not any(scale.get("zero") is False for scale in scales(spec)), name


def test_specifications_do_not_depend_on_numbers() -> None:
    """One structure, one specification: only rows travel when a slider moves."""

    def form_of(figure: Figure, view: View) -> dict[str, object]:
        spec = figure.chart(view).to_dict()
        return {part: spec[part] for part in spec.keys() - {"datasets", "data"}}

    one, other = view_of("alliance_good"), view_of("alliance_good", jpy_per_usd=151.0)
    for figure in CHARTS:
        assert form_of(figure, one) == form_of(figure, other), figure.name


def test_numbered_marks_of_a_lane_keep_their_distance() -> None:
    rows = MILESTONES.marks(view_of())
    for _, same in rows[rows["number"] > 0].groupby("height"):
        assert (same["day_ms"].sort_values().diff().dropna() >= 75 * 24 * 3600 * 1000).all()


# ------------------------------------------------------------------ findings


def test_nothing_changed_is_said() -> None:
    view = view_of()
    assert per_share.no_alliance(view)
    text = headline(view)
    assert "There is no alliance in this scenario" in text
    assert "as guided" in text
    assert "**wait** for both" in text
    assert "adds nothing" in VALUE_PER_SHARE.says(view)
    assert "(" not in EARNINGS_PER_SHARE.says(view)


def test_a_gain_is_said() -> None:
    view = preset_view("alliance_good")
    text = headline(view).replace("\N{NO-BREAK SPACE}", " ")
    assert "**JPY 62.6** per Honda share (4.3 % of its price of May 2026)" in text
    assert "44 % of the companies' JPY 462 bn" in text
    assert "+JPY" in EARNINGS_PER_SHARE.says(view)
    assert "**hold** for Nissan" in headline(with_all_happened(view))


def test_a_loss_is_said() -> None:
    view = preset_view("alliance_fails")
    text = headline(view)
    assert "pays back nothing" in text
    assert "**\N{MINUS SIGN}JPY" in text
    assert VALUE_PER_SHARE.says(view).count("\N{MINUS SIGN}") == 2


def test_payback_findings_follow_the_crossings() -> None:
    assert "Canada, Mexico tariff at 9.72" in PAYBACK.says(view_of("alliance_good"))
    soon = view_of("alliance_good", platform_ramp_yr=1.0)
    (nissan,) = (p for p in paybacks(soon.scenario, ("nissan",), 4) if p.key == "platform_saving_jpy_bn")
    assert paying_back.payback_words(nissan).endswith("or more; beyond the plausible range")
    assert "No single assumption" in PAYBACK.says(view_of())


def test_already_paid_back_and_nothing_to_pay_are_said() -> None:
    assert "nothing has to be paid back" in PAYBACK.says(view_of("tariffs_fall_away"))
    rich = view_of("alliance_good", platform_saving_jpy_bn=400.0, platform_ramp_yr=1.0)
    assert "already pays back" in PAYBACK.says(rich)


def test_several_crossings_are_all_told() -> None:
    p = paybacks(view_of("alliance_good").scenario, COMPANIES, 4, ("platform_saving_jpy_bn",))[0]
    two = type(p)(
        p.key, p.now, p.slider, p.plausible, ((10.0, 20.0), (350.0, 400.0)), -1.0, -2.0, 3.0, (15.0, 3.0), True
    )
    told = paying_back.payback_words(two).replace("\N{NO-BREAK SPACE}", " ")
    assert told == "JPY 10 bn to JPY 20 bn or JPY 350 bn or more"


# ------------------------------------------------------------------ corners

CORNERS: tuple[dict[str, float], ...] = (
    {key: a.maximum for key, a in ASSUMPTIONS.items()},
    {key: a.minimum for key, a in ASSUMPTIONS.items()},
    {"canton_base_kveh": 450.0, "canton_honda_trucks_kveh": 300.0},
    {"canton_honda_trucks_kveh": 200.0, "success_probability_share": 1.0, "ridgeline_replaced_share": 1.0},
    {"pass_through_share": 1.0, "own_elasticity": -6.0, "market_elasticity": -6.0},
    {"japan_tariff_share": 0.0, "usmca_tariff_share": 0.0, "parts_tariff_share": 0.0, "other_tariff_share": 0.0},
    {"jpy_per_usd": 80.0, "nissan_jpy_gap": -40.0},
    {"jpy_per_usd": 220.0, "usmca_tariff_share": 0.5},
    {"integration_cost_jpy_bn": 1000.0, "success_probability_share": 0.0},
    {"platform_saving_jpy_bn": 400.0, "platform_start_yr": 0.0, "success_probability_share": 1.0},
    {"honda_own_measures_jpy_bn": 500.0, "nissan_own_measures_jpy_bn": 500.0},
    {"alliance_delay_yr": 5.0, "platform_saving_jpy_bn": 100.0, "terminal_yr": 0.0},
)


@pytest.mark.parametrize("values", CORNERS, ids=[str(i) for i in range(len(CORNERS))])
def test_corners_draw_finite_tables_and_whole_sentences(values: dict[str, float]) -> None:
    start = scenario_of_preset("alliance_good")
    fitting, _ = fit_capacity({**start.values, **values})
    view = View.of(Scenario(start.edition, start.preset, MappingProxyType(fitting)), 2)
    for figure in FIGURES:
        numbers = figure.table(view).rows.select_dtypes("number").to_numpy(dtype=float)
        assert np.isfinite(numbers).all()
    told = [
        headline(view),
        *(figure.says(view) for figure in CHARTS),
        *paying_back.payback_in_words(view)["Pays back at"],
        *(cell for cells in per_share.valuation_in_words(view).values() for cell in cells),
    ]
    assert not any("nan" in text.lower().split() or "inf" in text.lower().split() for text in told)
    assert all(text and math.isfinite(len(text)) for text in told)
    assert PAYBACK.marks(view)["visible"].any()
