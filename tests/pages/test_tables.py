"""The tables behind the charts hold the model's numbers, with units."""

import math
from collections.abc import Mapping

import numpy as np
import pytest

from model.links import scenario_of_preset
from model.presets import PRESETS, preset_values
from model.projection import project, reference
from pages.catalog import figures_of
from pages.kit.view import View
from pages.overview.by_origin import TARIFF_BY_ORIGIN
from pages.overview.changes import CHANGES, changes_in_words
from pages.overview.profit import MARGIN, PROFIT
from pages.overview.profit_bridge import BRIDGES

COMPANIES = {"honda": "Honda", "nissan": "Nissan"}


def view(preset: str, year: int = 4, **moved: float) -> View:
    scenario = scenario_of_preset(preset)
    return View.of(type(scenario)(scenario.edition, preset, {**scenario.values, **moved}), year)


FIGURES = {figure.name: figure for figure in figures_of("overview")}


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("name", FIGURES)
def test_every_column_is_explained_and_every_number_finite(name: str, preset: str) -> None:
    table = FIGURES[name].table(view(preset, japan_tariff_share=0.2))
    assert list(table.columns) == list(table.rows.columns)
    assert table.title
    assert table.sources
    assert not table.rows.empty
    for column, meaning in table.columns.items():
        assert meaning[0].isupper(), column
        for unit, words in (("_jpy_bn", "JPY bn"), ("_usd", "USD"), ("_share", "share")):
            assert not column.endswith(unit) or words in meaning, column
    assert np.isfinite(table.rows.select_dtypes("number").to_numpy()).all()


def test_every_kind_of_table_is_found() -> None:
    drawn = {"answers", "profit", "margin", "tariff_by_origin", "changes", "bridge_honda", "bridge_nissan"}
    assert drawn == FIGURES.keys()


@pytest.mark.parametrize("preset", PRESETS)
def test_profit_by_year_is_what_the_model_projects(preset: str) -> None:
    rows = PROFIT.table(view(preset)).rows
    edition = PRESETS[preset].edition
    cases = {"Scenario": project(preset_values(preset, edition), edition), "Reference": reference(edition)}
    assert len(rows) == 20
    for case, projection in cases.items():
        for company, label in COMPANIES.items():
            own = rows[(rows["company"] == label) & (rows["case"] == case)]
            assert own["fiscal_year"].tolist() == list(projection.years)
            for name in ("operating_profit_jpy_bn", "operating_margin_share"):
                assert own[name].tolist() == np.asarray(projection.company[company][name]).tolist()


@pytest.mark.parametrize("preset", PRESETS)
def test_margins_are_those_of_the_profit_table(preset: str) -> None:
    profit, margin = PROFIT.table(view(preset)).rows, MARGIN.table(view(preset)).rows
    assert margin["operating_margin_share"].tolist() == profit["operating_margin_share"].tolist()
    assert "operating_profit_jpy_bn" not in margin


@pytest.mark.parametrize("company", COMPANIES)
@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("year", [0, 4])
def test_a_bridge_leads_from_the_reference_to_the_scenario(preset: str, company: str, year: int) -> None:
    seen = view(preset, year, japan_tariff_share=0.2)
    rows = BRIDGES[company].table(seen).rows
    scenario, base = seen.at_year(company, "operating_profit_jpy_bn")
    steps = rows.iloc[1:-1]
    assert rows["effect_jpy_bn"].tolist()[0] == base
    assert rows["effect_jpy_bn"].tolist()[-1] == scenario
    assert math.fsum(steps["effect_jpy_bn"]) == pytest.approx(scenario - base, abs=1e-9)
    level = base
    for row in steps.itertuples():
        assert (row.from_jpy_bn, row.to_jpy_bn) == (level, level + row.effect_jpy_bn)
        assert row.kind == ("gain" if row.effect_jpy_bn > 0 else "loss")
        assert row.effect_jpy_bn != 0.0
        level = row.to_jpy_bn
    assert level == pytest.approx(scenario, abs=1e-9)


@pytest.mark.parametrize("preset", PRESETS)
def test_tariffs_by_origin_add_up_to_the_net_tariff_cost(preset: str) -> None:
    seen = view(preset)
    by_bar = TARIFF_BY_ORIGIN.table(seen).rows.groupby(["company", "case"])["net_tariff_cost_jpy_bn"].sum()
    for company, label in COMPANIES.items():
        scenario, base = seen.at_year(company, "net_tariff_cost_jpy_bn")
        assert by_bar[(label, "Scenario")] == pytest.approx(scenario, abs=1e-9)
        assert by_bar[(label, "Reference")] == pytest.approx(base, abs=1e-9)


def test_changes_name_every_assumption_that_differs_from_the_edition_and_no_other() -> None:
    assert CHANGES.table(view("status_quo")).rows.empty
    rows = CHANGES.table(view("status_quo", japan_tariff_share=0.2, canton_honda_trucks_kveh=60.0)).rows
    told: Mapping[str, tuple[float, float]] = {r.key: (r.reference, r.scenario) for r in rows.itertuples()}
    assert told == {"japan_tariff_share": (0.15, 0.2), "canton_honda_trucks_kveh": (0.0, 60.0)}
    words = changes_in_words(CHANGES.table(view("status_quo", japan_tariff_share=0.2)))
    assert words == {
        "Assumption": ["Tariff on cars from Japan"],
        "Edition": ["15\N{NO-BREAK SPACE}%"],
        "Scenario": ["20\N{NO-BREAK SPACE}%"],
    }


def test_a_scenario_that_does_not_fit_canton_is_tabled_as_far_as_it_fits() -> None:
    seen = view("status_quo", canton_honda_trucks_kveh=300.0)
    assert seen.overflow
    rows = CHANGES.table(seen).rows.set_index("key")
    assert rows.loc["canton_honda_trucks_kveh", "scenario"] == 200.0
