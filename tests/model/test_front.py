"""The model from Python: what cannot be meant is refused in words, and what is given is what the model computes."""

import json
import math
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import model
from model import ASSUMPTIONS, OUTPUTS, PRESETS, Result, Scenario, run, sweep
from model.bridge import NOT_DELIVERED
from model.editions import COMPANIES, edition
from model.explain import explain
from model.links import from_query, scenario_of_preset, to_query
from model.measures import has_company, has_years
from model.outputs import ALLIANCE_CHANNELS
from model.presets import preset_values
from model.projection import CapacityError, project, reference_of
from tests.model.scenarios import everything_on

RATE = "japan_tariff_share"


def refusal(message: str) -> Any:
    """That a call raises ValueError with exactly these words."""
    return pytest.raises(ValueError, match=f"^{re.escape(message)}$")


# ---------------------------------------------------------------- what makes a scenario


@pytest.mark.parametrize("preset", PRESETS)
def test_a_scenario_of_a_preset_is_that_preset_on_its_own_edition(preset: str) -> None:
    assert Scenario.of(preset) == scenario_of_preset(preset)
    assert Scenario.of(preset).edition == PRESETS[preset].edition


def test_another_edition_and_moved_values_are_taken_as_given() -> None:
    made = Scenario.of("article", edition="2026-05", jpy_per_usd=151, japan_tariff_share=0.25)
    expected = {**preset_values("article", "2026-05"), "jpy_per_usd": 151.0, RATE: 0.25}
    assert (made.edition, made.preset, made.values) == ("2026-05", "article", expected)
    assert all(type(value) is float for value in made.values.values())
    assert from_query(to_query(made)) == (made, ())


@pytest.mark.parametrize("rate", [np.float64(0.25), np.float32(0.25)])
def test_numbers_of_numpy_are_numbers(rate: Any) -> None:
    assert Scenario.of("article", japan_tariff_share=rate, jpy_per_usd=np.int64(150)) == Scenario.of(
        "article", japan_tariff_share=0.25, jpy_per_usd=150
    )


def test_a_scenario_is_shown_as_the_call_that_makes_it() -> None:
    made = Scenario.of("article", japan_tariff_share=0.2)
    assert repr(made) == "Scenario.of('article', edition='2025-07', japan_tariff_share=0.2)"
    assert eval(repr(made), {"Scenario": Scenario}) == made


def test_unknown_names_are_refused_with_the_nearest() -> None:
    with refusal('unknown preset "artikle", the nearest is "article"; all: model.PRESETS'):
        Scenario.of("artikle")
    with refusal('unknown edition "2026-06", the nearest is "2026-05"; all: 2025-07, 2026-05, 2026-11'):
        Scenario.of(edition="2026-06")
    with refusal(f'unknown assumption "japan_tarif_share", the nearest is "{RATE}"; all: model.ASSUMPTIONS'):
        Scenario.of(japan_tarif_share=0.2)
    with refusal('unknown assumption "x"; all: model.ASSUMPTIONS'):
        Scenario.of(x=1.0)


RATE_BOUNDS = "bounds are 0 to 0.5 (share of 1)"
NAMED_RATE = f"{RATE} (Tariff on cars from Japan)"


def test_a_percentage_is_refused_and_told_that_shares_are_fractions() -> None:
    with refusal(f"{NAMED_RATE} = 25: {RATE_BOUNDS}; shares are fractions: 25 % is 0.25"):
        Scenario.of(japan_tariff_share=25)
    with refusal(f"{NAMED_RATE} = 0.6: {RATE_BOUNDS}"):
        Scenario.of(japan_tariff_share=0.6)
    with refusal(f"{NAMED_RATE} = {10**400}: {RATE_BOUNDS}"):
        Scenario.of(japan_tariff_share=10**400)
    with refusal("jpy_per_usd (Exchange rate) = 20: bounds are 80 to 220 (yen per dollar)"):
        Scenario.of(jpy_per_usd=20)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, True, "0.2", None, [0.2], np.array([0.2])])
def test_what_is_no_finite_number_is_refused(value: Any) -> None:
    with refusal(f"{NAMED_RATE} = {value!r}: no finite number; {RATE_BOUNDS}"):
        Scenario.of(japan_tariff_share=value)


ROOM = {"canton_capacity_kveh": 500.0, "canton_base_kveh": 50.0}
"""Values at which any number of trucks fits, or of cars."""


@pytest.mark.parametrize("key", ASSUMPTIONS)
def test_bounds_are_taken_and_what_is_beyond_them_is_refused(key: str) -> None:
    a = ASSUMPTIONS[key]
    for bound in (a.minimum, a.maximum):
        assert Scenario.of(**{**ROOM, key: bound}).values[key] == bound
    for beyond in (np.nextafter(a.minimum, -np.inf), np.nextafter(a.maximum, np.inf)):
        with pytest.raises(ValueError, match=rf"^{key} \({re.escape(a.label)}\) = .*: bounds are "):
            Scenario.of(**{key: float(beyond)})


def test_several_faults_are_told_together() -> None:
    with pytest.raises(ValueError, match="bounds") as told:
        Scenario.of(japan_tarif_share=0.2, jpy_per_usd=20, terminal_yr=math.nan)
    first, second, third = str(told.value).splitlines()
    assert first.startswith('unknown assumption "japan_tarif_share"')
    assert second.startswith("jpy_per_usd (Exchange rate) = 20: ")
    assert third.startswith("terminal_yr (Years the alliance goes on after the horizon) = nan: ")


def test_more_cars_than_canton_can_build_are_refused_and_told_what_fits() -> None:
    limit = "Canton can build 410 thousand a year, which leaves room for"
    with refusal(
        f"canton_honda_trucks_kveh (Canton: trucks built for Honda) = 300: {limit} 200 thousand trucks for Honda"
    ):
        Scenario.of("article", canton_honda_trucks_kveh=300)
    assert Scenario.of("article", canton_honda_trucks_kveh=200).values["canton_honda_trucks_kveh"] == 200.0
    with pytest.raises(ValueError, match=f"{limit} 410 thousand Nissan's own cars\n.*room for 0 thousand trucks"):
        Scenario.of("article", canton_base_kveh=450)


# ---------------------------------------------------------------- no scenario is partial


WHOLE = "a scenario needs a finite number for every assumption, see Scenario.of\n"


def test_a_partial_scenario_cannot_be_made() -> None:
    values = preset_values("article", "2025-07")
    missing = {key: value for key, value in values.items() if key != RATE}
    with refusal(f"{WHOLE}none for {RATE}"):
        Scenario("2025-07", "article", missing)
    with refusal(f"{WHOLE}none for {', '.join(list(ASSUMPTIONS)[:3])} and {len(ASSUMPTIONS) - 3} more"):
        Scenario("2025-07", "article", {})
    with refusal(f'{WHOLE}unknown assumption "x"; all: model.ASSUMPTIONS'):
        Scenario("2025-07", "article", {**values, "x": 1.0})
    with refusal(f'{WHOLE}unknown assumption "x"; all: model.ASSUMPTIONS\nnone for {RATE}'):
        Scenario("2025-07", "article", {**missing, "x": 1.0})


@pytest.mark.parametrize("value", [math.nan, math.inf, "0.2", None, np.array([0.2, 0.3])])
def test_a_scenario_holds_finite_numbers_only(value: Any) -> None:
    with refusal(f"{WHOLE}{RATE} = {value!r}"):
        Scenario("2025-07", "article", {**preset_values("article", "2025-07"), RATE: value})


@pytest.mark.parametrize(("edition_name", "preset"), [("2025-08", "article"), ("2025-07", "articles")])
def test_a_scenario_is_of_an_edition_and_a_preset_that_exist(edition_name: str, preset: str) -> None:
    with pytest.raises(ValueError, match="the nearest is"):
        Scenario(edition_name, preset, preset_values("article", "2025-07"))


def test_values_of_a_scenario_do_not_change() -> None:
    values = preset_values("article", "2025-07")
    made = Scenario("2025-07", "article", values)
    values[RATE] = 0.4
    assert made == scenario_of_preset("article")
    with pytest.raises(TypeError):
        made.values[RATE] = 0.4  # type: ignore[index]


# ---------------------------------------------------------------- a result


ROOT = Path(__file__).parents[2]
PROFIT = "operating_profit_jpy_bn"
ARTICLE = run(Scenario.of("article", japan_tariff_share=0.2, jpy_per_usd=150))
ALIVE = run(Scenario("2026-05", "alliance_good", everything_on("2026-05")))


def values_of(result: Result, output: str) -> list[list[float]]:
    """What the projection of a result holds, a row for each year."""
    p = project(result.scenario.values, result.scenario.edition)
    scope = OUTPUTS[output].scope
    by_company = {"company": p.company, "plant": {"": p.plant}, "once": {"": p.once}}.get(scope)
    if by_company is None:
        by_company = {c: {output: p.once_company[output][c]} for c in COMPANIES}
    return np.array([np.atleast_1d(np.asarray(by[output])) for by in by_company.values()]).T.tolist()


def test_the_first_number_of_the_article_is_the_pinned_one() -> None:
    golden = json.loads((ROOT / "tests/model/golden/article.json").read_text(encoding="utf-8"))
    frame = run(Scenario.of("article")).frame(PROFIT)
    assert list(frame.index) == golden["years"]
    for company in COMPANIES:
        assert frame[company].tolist() == pytest.approx(golden[company][PROFIT], rel=1e-8)
    assert frame.loc["FY2026/3", "honda"] == 500.0


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_frame_holds_exactly_the_arrays_of_the_projection(output: str) -> None:
    frame = ALIVE.frame(output)
    assert frame.to_numpy().tolist() == values_of(ALIVE, output)
    assert tuple(frame.index) == (edition("2026-05").years if has_years(output) else ("once",))
    assert tuple(frame.columns) == (COMPANIES if has_company(output) else ("canton",))
    assert frame.columns.name == f"{OUTPUTS[output].label} [{OUTPUTS[output].unit}]"
    assert frame.index.name == "fiscal_year"


def test_a_frame_may_be_changed_and_leaves_the_result_as_it_is() -> None:
    before = ARTICLE.frame(PROFIT)
    changed = ARTICLE.frame(PROFIT)
    changed.iloc[0, 0] = 0.0
    assert changed.iloc[0, 0] != before.iloc[0, 0]
    pd.testing.assert_frame_equal(ARTICLE.frame(PROFIT), before)


@pytest.mark.parametrize("result", [ARTICLE, ALIVE], ids=["article", "alive"])
@pytest.mark.parametrize("company", COMPANIES)
def test_the_bridge_leads_from_the_profit_of_the_reference_to_that_of_the_scenario(
    result: Result, company: str
) -> None:
    steps, reached = result.bridge(company), result.frame(PROFIT)[company]
    from_reference = result.reference.frame(PROFIT)[company]
    assert np.allclose(from_reference + steps.sum(), reached, rtol=0, atol=1e-9)
    assert abs(steps.sum()).max() > 10.0
    assert list(steps.columns) == list(reached.index)
    done = run(result.scenario.in_world("done"))
    for name in steps.index.drop(NOT_DELIVERED, errors="ignore"):
        assert OUTPUTS[name].channel
        told_by = done if name in ALLIANCE_CHANNELS else result
        assert steps.loc[name].tolist() == told_by.frame(name)[company].tolist()
    assert (NOT_DELIVERED in steps.index) == (result is ALIVE), "the article's case delivers for certain"


def test_a_result_knows_its_scenario_and_its_reference() -> None:
    scenario = Scenario.of("usmca_ends", honda_us_content_share=0.4)
    result = run(scenario)
    own, reference = reference_of(scenario.values, scenario.edition), result.reference
    assert result.scenario is scenario
    assert reference.scenario == Scenario.of("status_quo", edition="2026-11", honda_us_content_share=0.4)
    assert reference.frame(PROFIT)["honda"].tolist() == np.asarray(own.company["honda"][PROFIT]).tolist()
    assert reference.frame(PROFIT)["honda"].tolist() == result.frame("reference_profit_jpy_bn")["honda"].tolist()
    assert reference.reference.scenario == reference.scenario


def test_an_output_is_explained_as_on_the_command_line() -> None:
    assert ARTICLE.explain("net_tariff_cost_jpy_bn") == explain("net_tariff_cost_jpy_bn", ARTICLE.scenario)


def test_a_link_is_complete_and_opens_as_the_same_scenario() -> None:
    assert ARTICLE.link() == f"?{to_query(ARTICLE.scenario)}"
    link = ARTICLE.link("http://localhost:8501/tariffs")
    assert link.startswith(f"http://localhost:8501/tariffs?edition=2025-07&model_version={model.MODEL_VERSION}&")
    assert all(f"&{key}=" in link for key in ASSUMPTIONS)
    assert from_query(link) == (ARTICLE.scenario, ())
    for address in ("http://localhost:8501/?year=FY2028/3", "http://localhost:8501/#top"):
        with pytest.raises(ValueError, match="has a query or a mark already"):
            ARTICLE.link(address)


def test_a_result_refuses_unknown_outputs_and_companies_with_the_nearest() -> None:
    unknown = f'unknown output "operating_profit", the nearest is "{PROFIT}"; all: model.OUTPUTS'
    for ask in (ARTICLE.frame, ARTICLE.explain, sweep(ARTICLE.scenario, jpy_per_usd=[150.0]).frame):
        with refusal(unknown):
            ask("operating_profit")
    with refusal('unknown company "Honda", the nearest is "honda"; all: honda, nissan'):
        ARTICLE.bridge("Honda")


def test_a_scenario_that_canton_cannot_build_is_not_run() -> None:
    crowded = {**ARTICLE.scenario.values, "canton_honda_trucks_kveh": 300.0}
    with pytest.raises(CapacityError, match="there is room for 200 thousand trucks"):
        run(Scenario("2025-07", "article", crowded))


# ---------------------------------------------------------------- a sweep

RATES = np.linspace(0.0, 0.3, 7)


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_sweep_gives_what_single_runs_give(output: str) -> None:
    swept = sweep(ALIVE.scenario, japan_tariff_share=RATES)
    singles = [run(Scenario("2026-05", "alliance_good", {**ALIVE.scenario.values, RATE: rate})) for rate in RATES]
    for company in COMPANIES if has_company(output) else ("canton",):
        frame = swept.frame(output, company)
        assert frame.index.tolist() == RATES.tolist()
        assert frame.index.name == RATE
        one_by_one = np.array([single.frame(output)[company] for single in singles])
        assert np.allclose(frame.to_numpy(), one_by_one, rtol=1e-12, atol=1e-9)
        assert list(frame.columns) == list(singles[0].frame(output).index)


def test_several_keys_are_swept_in_pairs() -> None:
    frame = sweep(ARTICLE.scenario, japan_tariff_share=[0.1, 0.2], jpy_per_usd=[140, 160]).frame(PROFIT, "nissan")
    assert frame.index.names == [RATE, "jpy_per_usd"]
    assert frame.index.tolist() == [(0.1, 140.0), (0.2, 160.0)]
    assert frame.columns.name == "Nissan, Operating profit [JPY bn]"
    single = run(Scenario.of("article", japan_tariff_share=0.2, jpy_per_usd=160)).frame(PROFIT)["nissan"]
    assert frame.iloc[1].tolist() == pytest.approx(single.tolist(), rel=1e-12)


def test_a_grid_is_swept_as_pairs_of_a_mesh() -> None:
    rates, rooms = np.meshgrid([0.1, 0.2], [140.0, 150.0, 160.0])
    frame = sweep(ARTICLE.scenario, japan_tariff_share=rates.ravel(), jpy_per_usd=rooms.ravel()).frame(PROFIT, "honda")
    assert frame["FY2026/3"].unstack().shape == (2, 3)
    with refusal(
        f"values are taken in pairs, as many of each, not {RATE} 2, jpy_per_usd 3; for a grid use np.meshgrid"
    ):
        sweep(ARTICLE.scenario, japan_tariff_share=[0.1, 0.2], jpy_per_usd=[140.0, 150.0, 160.0])


@pytest.mark.parametrize("bad", [25, math.nan, math.inf, -0.01])
def test_every_value_of_a_sweep_is_checked(bad: float) -> None:
    with pytest.raises(ValueError, match=rf"^value 2 of 3: {re.escape(NAMED_RATE)} = .*{re.escape(RATE_BOUNDS)}"):
        sweep(ARTICLE.scenario, japan_tariff_share=[0.1, 0.2, bad])


@pytest.mark.parametrize("bad", [0.2, [], ["0.2"], [True], [[0.1, 0.2]], [None], [0.1j]])
def test_a_sweep_takes_one_dimensional_numbers_only(bad: Any) -> None:
    with pytest.raises(ValueError, match=f"^{RATE}: one-dimensional numbers are needed, not "):
        sweep(ARTICLE.scenario, japan_tariff_share=bad)


def test_a_sweep_refuses_what_it_cannot_mean() -> None:
    with refusal("name an assumption to sweep, such as japan_tariff_share=[0.0, 0.15]"):
        sweep(ARTICLE.scenario)
    with refusal(f'unknown assumption "japan_tarif_share", the nearest is "{RATE}"; all: model.ASSUMPTIONS'):
        sweep(ARTICLE.scenario, japan_tarif_share=[0.1])
    with pytest.raises(CapacityError, match="there is room for 200 thousand trucks"):
        sweep(ARTICLE.scenario, canton_honda_trucks_kveh=[100.0, 300.0])
    swept = sweep(ARTICLE.scenario, japan_tariff_share=RATES)
    with refusal(f'unknown company of {PROFIT} "canton"; all: honda, nissan'):
        swept.frame(PROFIT)
    with refusal('unknown company of plant_output_kveh "honda"; all: canton'):
        swept.frame("plant_output_kveh", "honda")


# ---------------------------------------------------------------- the front door itself


def test_every_public_name_is_there_and_says_what_it_is() -> None:
    for name in model.__all__:
        assert hasattr(model, name)
    for thing in (Scenario, Scenario.of, run, sweep, model.Sweep, Result, Result.frame, Result.bridge, Result.link):
        assert thing.__doc__


def test_neither_the_model_nor_its_command_line_loads_pandas_before_a_table_is_asked_for() -> None:
    program = (
        "import sys, model, model.__main__; model.__main__.main(['preset=article', '--csv']);"
        "result = model.run(model.Scenario.of('article')); assert 'pandas' not in sys.modules;"
        "result.frame('eps_jpy'); assert 'pandas' in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
