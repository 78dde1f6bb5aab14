"""The article's page: verdicts are counted from the data, and each claim plays what it says."""

import csv
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data.facts import facts
from data.story import CLAIM_PAGES, GROUPS, VERDICT_GROUPS, Claim, claims
from model.editions import COMPANIES, COMPANY_LABELS, HORIZON_YEARS
from model.links import Scenario, default_scenario, scenario_of_preset
from model.outputs import OUTPUTS
from model.presets import ARTICLE_EDITION, CLAIM_PRESETS, PRESETS
from model.projection import project, reference
from model.registry import ASSUMPTIONS
from pages.article import playing, rests_on, verdicts
from pages.article.headline import headline
from pages.article.playing import PLAYED
from pages.article.profit import PROFIT_BY_CLAIM
from pages.article.verdicts import CLAIMS
from pages.catalog import figures_of
from pages.kit.exports import csv_text
from pages.kit.figure import Figure
from pages.kit.view import View
from pages.kit.words import quantity
from pages.site import PAGES, page_file
from tests.pages.opened import ADDRESS, FOLDER, chart_specs, drawn, opened, page_of

LAST = HORIZON_YEARS - 1
BY_ID = {claim.id: claim for claim in claims()}
WITH_OUTPUTS = [claim for claim in claims() if claim.outputs]
FIGURES = figures_of("article")
each_claim = pytest.mark.parametrize("claim", claims(), ids=list(BY_ID))


def view_of_preset(name: str, year: int = LAST) -> View:
    return View.of(scenario_of_preset(name), year)


def cards(app: AppTest) -> list[str]:
    """Headings of the cards that are shown."""
    return [m.value for m in app.markdown if m.value.startswith("### ") and m.value[4].isdigit() and ". " in m.value]


def words_of(app: AppTest) -> str:
    """Every word on the page outside charts, without escapes."""
    found = [m.value for m in app.markdown] + [c.value for c in app.caption]
    found += [f"{m.label} {m.value} {m.delta}" for m in app.metric]
    found += [table.value.to_string() for table in app.table]
    return "\n".join(found).replace("\\", "")


# ---------------------------------------------------------------- the data


@each_claim
def test_a_claim_names_a_page_and_outputs_that_exist(claim: Claim) -> None:
    assert (FOLDER / page_file(claim.page)).exists()
    for name in claim.outputs:
        of_company = OUTPUTS[name].scope in ("company", "once_company")
        assert bool(claim.company) == of_company, name


def test_the_frame_gives_the_pages_the_titles_used_here() -> None:
    titles = {name: title for name, title, *_ in PAGES}
    assert playing.PAGE_TITLES.keys() == set(CLAIM_PAGES)
    assert playing.PAGE_TITLES.items() <= titles.items()


def test_every_group_of_verdicts_has_a_colour_and_counts_add_up() -> None:
    assert list(verdicts.GROUP_COLORS) == list(GROUPS)
    assert sum(len(verdicts.numbered(group)) for group in GROUPS) == len(claims()) == 16


# -------------------------------------------------------------- the tables


@pytest.mark.parametrize("start", ["status_quo", "article", "alliance_fails", "claim_3bn_yen"])
@pytest.mark.parametrize("year", [0, 2, LAST])
def test_numbers_are_those_of_the_model(start: str, year: int) -> None:
    view = view_of_preset(start, year)
    rows = PLAYED.table(view).rows
    expected_year = year if view.scenario.edition == ARTICLE_EDITION else LAST
    assert playing.played_year(view) == expected_year
    assert set(rows["claim_id"]) == {claim.id for claim in claims() if claim.outputs}
    for row in rows.itertuples():
        claim, company = BY_ID[row.claim_id], str(row.company).lower()
        scenario = scenario_of_preset(claim.preset)
        world, base = project(scenario.values, scenario.edition), reference(scenario.edition)
        for found, projection, at in (
            (row.played, world, expected_year),
            (row.reference, base, expected_year),
            (row.scenario, view.projection, year),
        ):
            by_company = projection.company.get(company, {})
            number = by_company[row.output][at] if company else projection.once[row.output]
            assert found == float(number), (row.claim_id, row.output)
        assert row.unit == OUTPUTS[row.output].unit


def test_profit_with_each_claim_is_that_of_the_model() -> None:
    rows = PROFIT_BY_CLAIM.table(view_of_preset("status_quo")).rows
    assert set(rows["claim_id"]) == {name for name, preset in CLAIM_PRESETS.items() if preset.overrides}
    for row in rows.itertuples():
        world, base = project(PRESETS[row.claim_id].overrides, ARTICLE_EDITION), reference(ARTICLE_EDITION)
        company, name = str(row.company).lower(), "operating_profit_jpy_bn"
        assert row.profit_change_jpy_bn == float(world.company[company][name][LAST] - base.company[company][name][LAST])


def test_the_table_of_claims_holds_every_claim_with_its_verdict() -> None:
    table = CLAIMS.table(view_of_preset("status_quo"))
    assert sorted(table.rows["number"]) == list(range(1, 17))
    for row in table.rows.itertuples():
        claim = claims()[row.number - 1]
        assert (row.claim_id, row.verdict, row.group) == (claim.id, claim.verdict, VERDICT_GROUPS[claim.verdict])
    assert len(table.sources) == 16


def test_every_table_is_found() -> None:
    assert {figure.name for figure in FIGURES} == {"claims", "claims_profit", "claims_played"}


@pytest.mark.parametrize("figure_of", FIGURES, ids=lambda figure: figure.name)
def test_a_table_says_what_its_columns_hold_and_downloads(figure_of: Figure) -> None:
    view = view_of_preset("article")
    table = figure_of.table(view)
    assert table.name == figure_of.name
    assert list(table.columns) == list(table.rows.columns)
    read = list(csv.reader(csv_text(table, view, ADDRESS).splitlines()))
    assert read[0] == list(table.columns)
    assert len(read) > len(table.rows)


# -------------------------------------------------------------- the charts


@pytest.mark.parametrize("year", range(HORIZON_YEARS))
def test_charts_start_at_zero_and_hold_no_nan(year: int) -> None:
    view = view_of_preset("article", year)
    for drawn_figure in (one for one in FIGURES if one.form):
        rows = drawn_figure.marks(view)
        assert not rows.isna().any().any()
        numbers = rows.select_dtypes("number").to_numpy()
        assert np.isfinite(numbers).all()
        spec = drawn_figure.chart(view).to_dict()
        scales = [
            layer["encoding"]["x"]["scale"] for layer in spec["layer"] if "scale" in layer["encoding"].get("x", {})
        ]
        assert [scale["zero"] for scale in scales] == [True]
        assert len(rows) < 100


def test_blocks_lie_side_by_side_and_the_last_one_tells_the_count() -> None:
    rows = CLAIMS.marks(view_of_preset("status_quo"))
    for group, own in rows.groupby("group"):
        count = len(verdicts.numbered(str(group)))
        assert own["block_end"].tolist() == [float(n) for n in range(1, count + 1)]
        assert own["label_count"].tolist() == [*[""] * (count - 1), str(count)]


def test_bars_are_labelled_with_company_and_signed_change() -> None:
    table = PROFIT_BY_CLAIM.table(view_of_preset("status_quo"))
    padded = [76.1, -0.04, 0.0, -12.6] * (len(table.rows) // 4)
    changed = replace(table, values={**table.values, "profit_change_jpy_bn": padded})
    assert PROFIT_BY_CLAIM.form
    labels = PROFIT_BY_CLAIM.form.marks(changed, view_of_preset("status_quo"))["label"][:4]
    assert labels == ["Honda +76", "Nissan 0", "Honda 0", "Nissan \N{MINUS SIGN}13"]


def test_pure_functions_do_not_know_streamlit() -> None:
    modules = [path for path in (FOLDER / "article").glob("*.py") if path.stem not in ("page", "controls")]
    assert len(modules) > 4
    for path in modules:
        assert "streamlit" not in path.read_text(encoding="utf-8")


# ---------------------------------------------------------------- findings


def test_the_headline_counts_verdicts_and_names_the_claims_that_do_most() -> None:
    view = view_of_preset("status_quo")
    text, rows = headline(view), PROFIT_BY_CLAIM.table(view).rows
    assert "16 claims, **6** are wrong, **7** misleading, **2** roughly right and **1** unquantified" in text
    for company in COMPANIES:
        own = rows[rows["company"] == COMPANY_LABELS[company]]
        best = own.loc[own["profit_change_jpy_bn"].idxmax()]
        gain = quantity(best["profit_change_jpy_bn"], "JPY bn")
        assert f"**{gain}** to {COMPANY_LABELS[company]} (claim {best['number']})" in text
    assert CLAIMS.says(view) == "6 of 16 claims are wrong, 7 misleading, 2 roughly right, 1 unquantified"


def test_the_finding_names_the_claim_with_the_largest_change() -> None:
    finding = PROFIT_BY_CLAIM.says(view_of_preset("status_quo"))
    assert finding.startswith("Played as written, claim 4 changes profit most: Nissan +JPY")
    assert finding.endswith("in FY2030/3")


def test_the_finding_tells_a_loss_and_nothing_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    view = view_of_preset("status_quo")
    table = PROFIT_BY_CLAIM.table(view)

    def with_changes(*changes: float) -> None:
        padded = [*changes, *[0.0] * (len(table.rows) - len(changes))]
        changed = replace(table, values={**table.values, "profit_change_jpy_bn": padded})
        monkeypatch.setattr(Figure, "table", lambda _figure, _view: changed)

    with_changes(3.0, -20.0)
    assert "claim 3 changes profit most: Nissan \N{MINUS SIGN}JPY" in PROFIT_BY_CLAIM.says(view)
    with_changes()
    assert "no claim changes operating profit" in PROFIT_BY_CLAIM.says(view)


@pytest.mark.parametrize(
    ("as_of", "words"), [("2025", "2025"), ("2025-03", "March 2025"), ("2025-05-03", "3 May 2025")]
)
def test_dates_are_words(as_of: str, words: str) -> None:
    assert rests_on.dated(as_of).replace("\N{NO-BREAK SPACE}", " ") == words


def test_a_day_known_only_by_its_month_is_shown_as_a_month() -> None:
    assert rests_on.fact_words(facts()["merger_mou_listing"]) == "August\N{NO-BREAK SPACE}2026"


@each_claim
def test_a_claim_shows_all_its_facts_and_a_number(claim: Claim) -> None:
    shown = rests_on.facts_in_words(claim)
    assert list(shown.columns) == ["Fact", "Value", "Known from"]
    assert len(shown) == len(claim.fact_ids)
    assert all(shown["Value"] != "")
    if not claim.outputs:
        assert 1 <= len(rests_on.published_in_words(claim)) <= 2


# ----------------------------------------------------------------- corners

CORNERS = [
    ("japan_tariff_share", "usmca_tariff_share"),
    ("pass_through_share", "own_elasticity"),
    ("canton_base_kveh", "canton_honda_trucks_kveh"),
    ("success_probability_share", "alliance_delay_yr"),
    ("jpy_per_usd", "nissan_jpy_gap"),
    ("platform_saving_jpy_bn", "software_saving_share"),
]


@pytest.mark.parametrize("edges", ["minimum", "maximum"])
@pytest.mark.parametrize("pair", CORNERS)
def test_tables_are_finite_with_sliders_at_their_bounds(pair: tuple[str, str], edges: str) -> None:
    start = default_scenario()
    values = {**start.values, **{key: float(getattr(ASSUMPTIONS[key], edges)) for key in pair}}
    view = View.of(Scenario(start.edition, start.preset, values), LAST)
    for each in FIGURES:
        rows: pd.DataFrame = each.table(view).rows
        assert np.isfinite(rows.select_dtypes("number").to_numpy(dtype=float)).all()
    for claim in claims():
        for name in claim.outputs:
            cells = playing.numbers_in_words(view, claim, name).to_string()
            assert "nan" not in cells
            assert "inf" not in cells


# ---------------------------------------------------------------- the page


@pytest.mark.parametrize("link", ["preset=article", "preset=usmca_lapses&pass_through_share=0.5&year=FY2028/3"])
def test_the_page_opens_with_any_scenario(link: str) -> None:
    """Every page opens with every preset in test_pages."""
    app = opened(link, "article")
    assert app.title[0].value == "The article, checked"
    assert len(cards(app)) == 16
    assert len(chart_specs(app)) == 2


@pytest.mark.parametrize(
    ("page", "claim"), [(claim.page, claim) for claim in WITH_OUTPUTS], ids=[claim.id for claim in WITH_OUTPUTS]
)
def test_a_claim_opens_by_its_preset_on_the_page_that_shows_its_number(page: str, claim: Claim) -> None:
    """Claims without a number of the model open in test_pages."""
    app, view = page_of(page, claim.preset), view_of_preset(claim.preset)
    assert app.session_state["scenario_start"] == (ARTICLE_EDITION, claim.preset)
    shown = words_of(app)
    for number in playing.numbers(view, claim):
        assert quantity(number.played, number.unit) in shown, number.output


@pytest.fixture(scope="module")
def status_quo_page() -> AppTest:
    return opened("", "article")


@each_claim
def test_the_number_of_a_claim_is_on_the_page_of_the_article(claim: Claim, status_quo_page: AppTest) -> None:
    tables = [table.value for table in status_quo_page.table]
    if claim.outputs:
        expected = [playing.numbers_in_words(view_of_preset("status_quo"), claim, name) for name in claim.outputs]
    else:
        expected = [rests_on.published_in_words(claim)]
    for table in [*expected, rests_on.facts_in_words(claim)]:
        assert any(found.to_numpy().tolist() == table.to_numpy().tolist() for found in tables)
    assert claim.correction in words_of(status_quo_page)


def test_playing_a_claim_sets_the_sliders_and_opens_its_page() -> None:
    app = opened("preset=alliance_good", "article")
    app.button(key="play_claim_3bn_yen").click()
    drawn(app)
    assert app.session_state["scenario_start"] == (ARTICLE_EDITION, "claim_3bn_yen")
    assert app.session_state["view"].scenario == scenario_of_preset("claim_3bn_yen").in_world("done")
    assert app.title[0].value != "The article, checked"


def test_a_claim_being_played_says_so() -> None:
    app = opened("preset=claim_50pct", "article")
    assert sum(c.value.startswith("Being played now") for c in app.caption) == 1
    for preset, beside in (("claim_50pct", False), ("status_quo", True)):
        shown = playing.numbers_in_words(view_of_preset(preset), BY_ID["claim_50pct"], "canton_utilisation_share")
        assert ("Your scenario" in shown["Case"].tolist()) == beside


def test_a_claim_whose_play_changes_nothing_offers_no_button(status_quo_page: AppTest) -> None:
    keys = {button.key for button in status_quo_page.button}
    for claim in claims():
        assert (f"play_{claim.id}" in keys) == bool(CLAIM_PRESETS[claim.preset].overrides), claim.id


def test_a_claim_that_is_played_is_named_above_its_page_with_the_way_back_to_ones_own_scenario() -> None:
    app = opened("preset=alliance_good&japan_tariff_share=0.2&year=FY2028/3&world=done", "article")
    before = app.session_state["view"].scenario
    app.button(key="play_claim_3bn_yen").click()
    drawn(app)
    number = next(n for n, claim in verdicts.numbered() if claim.id == "claim_3bn_yen")
    words = words_of(app)
    assert f"Playing claim {number}" in words
    assert BY_ID["claim_3bn_yen"].claim in words
    looked_at = "; ".join(OUTPUTS[name].label for name in BY_ID["claim_3bn_yen"].outputs)
    assert f"Look at: {looked_at}" in words
    app.button(key="back_from_play").click()
    drawn(app)
    assert app.session_state["view"].scenario == before
    assert app.session_state["view"].year_label == "FY2028/3"
    assert "Playing claim" not in words_of(app)


@pytest.mark.parametrize("group", ["Roughly right"])
def test_the_address_chooses_a_group_of_verdicts(group: str) -> None:
    app = opened(f"verdict={group.replace(' ', '+')}", "article")
    assert len(cards(app)) == len(verdicts.numbered(group))


def test_an_unknown_verdict_in_the_address_is_named_and_shows_all() -> None:
    app = opened("verdict=<b>moon", "article")
    assert len(cards(app)) == 16
    assert "moon" in " ".join(w.value for w in app.warning)
