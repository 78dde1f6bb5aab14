"""Figures of one's own: an edition derived from a published one, which it leaves as it is."""

import csv
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import editions as files
from model import editions as model_editions
from model.__main__ import main
from model.comparison import compare, read_lines
from model.delivery import projected
from model.editions import (
    DEFAULT_EDITION,
    MOST_KEPT,
    YOURS,
    base_of,
    derived,
    edition,
    edition_words,
    own_figures,
)
from model.links import PAGE_KEYS, RETIRED, Scenario, from_query, number_text, share_query, to_query
from model.presets import PRESETS
from model.projection import Projection, _reference_trades, project, reference
from model.registry import ASSUMPTIONS, BASE_FIGURES, FIRST_FISCAL_YEAR, LIMITS
from model.results import as_json
from tests.model.scenarios import COMPANIES, EDITIONS, examples

PROFIT, RATE = "honda_guided_operating_profit_jpy_bn", "reference_jpy_per_usd"
NEWER = {PROFIT: 550.0, RATE: 150.0}
"""Guidance of one's own: 550 at 150 yen."""


def everything(p: Projection) -> dict[str, object]:
    return {
        "years": p.years,
        **{c: {name: np.asarray(v).tolist() for name, v in p.company[c].items()} for c in COMPANIES},
        "plant": {name: np.asarray(v).tolist() for name, v in p.plant.items()},
        "once": dict(p.once),
        "once_company": {name: dict(by) for name, by in p.once_company.items()},
    }


def moved_figures(name: str) -> st.SearchStrategy[dict[str, float]]:
    """Some figures of an edition, each a little off."""
    published = edition(name)

    def off(key: str) -> st.SearchStrategy[float]:
        figure, value = BASE_FIGURES[key], published.figure(key)
        return st.floats(0.9, 1.1).map(lambda by: min(max(value * by, figure.minimum), figure.maximum))

    return st.sets(st.sampled_from(sorted(BASE_FIGURES)), max_size=5).flatmap(
        lambda keys: st.fixed_dictionaries({key: off(key) for key in keys})
    )


@pytest.mark.parametrize("name", EDITIONS)
def test_no_figure_of_ones_own_is_the_published_edition_bit_for_bit(name: str) -> None:
    as_published = {key: edition(name).figure(key) for key in BASE_FIGURES}
    assert derived(name, {}) == derived(name, as_published) == name
    assert edition(derived(name, as_published)) is edition(name)
    assert edition_words(name) == name
    assert own_figures(name) == ()


def test_every_figure_of_an_edition_is_declared_but_its_first_year() -> None:
    facts = {key for key, figure in BASE_FIGURES.items() if not figure.assumption}
    assert facts | {FIRST_FISCAL_YEAR} == edition(DEFAULT_EDITION).facts.keys()
    assert not BASE_FIGURES.keys() & (ASSUMPTIONS.keys() | PAGE_KEYS | RETIRED.keys())
    for name in EDITIONS:
        for key, figure in BASE_FIGURES.items():
            assert figure.minimum <= edition(name).figure(key) <= figure.maximum, (name, key)


@pytest.mark.parametrize(
    "key",
    [f"{c}_{f}" for c in COMPANIES for f in ("guided_revenue_jpy_bn", "shares_bn", "us_output_kveh", "rd_jpy_bn")],
)
def test_what_is_divided_by_stays_above_zero(key: str) -> None:
    assert BASE_FIGURES[key].minimum > 0.0
    divided = {part for limit in LIMITS if limit.least > 0.0 for part in limit.parts}
    assert divided == {f"{c}_{place}_imports_kveh" for c in COMPANIES for place in ("usmca", "japan")}


@pytest.mark.parametrize("name", EDITIONS)
def test_own_guidance_is_the_reference_and_the_untouched_scenario_exactly(name: str) -> None:
    own = derived(name, NEWER)
    scenario = Scenario.of(edition=own)
    assert scenario.asked["jpy_per_usd"] == 150.0
    assert not scenario.changed()
    for projection in (reference(own), projected(scenario)):
        for output in ("operating_profit_jpy_bn", "reference_profit_jpy_bn"):
            assert np.asarray(projection.company["honda"][output])[0] == 550.0
        assert np.asarray(projection.company["honda"]["currency_effect_jpy_bn"]).tolist() == [0.0] * 5


def test_the_rate_counts_from_ones_own() -> None:
    at_155 = projected(Scenario.of(edition=derived(DEFAULT_EDITION, NEWER), jpy_per_usd=155.0))
    per_yen = ASSUMPTIONS["honda_jpy_bn_per_yen"].default
    assert per_yen is not None
    assert at_155.company["honda"]["currency_effect_jpy_bn"][0] == pytest.approx(5.0 * per_yen)


def test_profit_moves_reference_and_scenario_alike_and_no_effect() -> None:
    moved = {"japan_tariff_share": 0.25, "canton_honda_trucks_kveh": 60.0}
    own = derived(DEFAULT_EDITION, {PROFIT: 550.0})
    plain, newer = (projected(Scenario.of(edition=name, **moved)) for name in (DEFAULT_EDITION, own))
    name = "operating_profit_jpy_bn"
    np.testing.assert_allclose(newer.company["honda"][name], np.asarray(plain.company["honda"][name]) + 50.0)
    np.testing.assert_array_equal(newer.company["nissan"][name], plain.company["nissan"][name])


def edition_of_a_file(base: str, own: Mapping[str, float], folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A file edition with the same rows."""
    rows = list(csv.DictReader((files.FOLDER / f"{base}.csv").read_text(encoding="utf-8").splitlines()))
    place = {BASE_FIGURES[key].assumption or key: value for key, value in own.items()}
    for row in rows:
        if row["key"] in place:
            row |= {"value": number_text(place.pop(row["key"])), "fact": "", "source": "a test", "kind": "judgement"}
    assert not place
    with (folder / "2099-01.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, files.COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    read = files.read_edition
    published = cache(model_editions._published.__wrapped__)
    monkeypatch.setattr(model_editions, "_published", published)
    monkeypatch.setattr(model_editions, "edition_names", lambda: (*EDITIONS, "2099-01"))
    monkeypatch.setattr(
        model_editions, "read_edition", lambda name: read(name, folder if name == "2099-01" else files.FOLDER)
    )
    return "2099-01"


def test_it_equals_a_file_edition_with_the_same_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = {**NEWER, "nissan_us_sales_kveh": 1_000.0, "honda_rd_jpy_bn": 1_200.0, "reference_japan_tariff_share": 0.125}
    filed = edition_of_a_file(DEFAULT_EDITION, own, tmp_path, monkeypatch)
    name = derived(DEFAULT_EDITION, own)
    assert edition(name).facts == edition(filed).facts
    assert edition(name).defaults == edition(filed).defaults
    for values in ({}, {**PRESETS["alliance_delivers"].overrides}):
        assert everything(project(values, name)) == everything(project(values, filed))


def test_a_figure_of_ones_own_says_what_was_published() -> None:
    world = edition(derived(DEFAULT_EDITION, {**NEWER, "reference_japan_parts_tariff_share": 0.3}))
    assert world.source_of(PROFIT) == ("your own figure instead of 500", YOURS)
    assert world.source_of("jpy_per_usd") == ("your own figure instead of 145", YOURS)
    not_stated = edition(derived("2025-07", {"reference_japan_parts_tariff_share": 0.2}))
    assert not_stated.source_of("japan_parts_tariff_share") == ("your own figure instead of 0.25", YOURS)
    assert edition(DEFAULT_EDITION).source_of(PROFIT)[1] != YOURS
    assert edition_words(world.name) == "2026-11 with 3 figures of your own"
    assert edition_words(derived(DEFAULT_EDITION, {PROFIT: 550})) == "2026-11 with 1 figure of your own"
    found = {own.key: (own.value, own.published) for own in own_figures(world.name)}
    assert found[PROFIT] == (550.0, 500.0)


@pytest.mark.parametrize(
    "name",
    [
        "2026-11+",
        "2026-11+honda_guided_operating_profit_jpy_bn=550.0",
        "2026-11+honda_guided_operating_profit_jpy_bn=500",
        "2026-11+reference_jpy_per_usd=150,honda_guided_operating_profit_jpy_bn=550",
        "2026-11+honda_guided_operating_profit_jpy_bn=550,honda_guided_operating_profit_jpy_bn=550",
        "2026-11+honda_shares_bn=0",
        "2026-11+honda_shares_bn=nan",
        "2026-11+honda_shares_bn",
        "2026-11+japan_tariff_share=0.2",
        "2027-01+honda_shares_bn=4",
        "+honda_shares_bn=4",
    ],
)
def test_there_is_one_name_for_each(name: str) -> None:
    with pytest.raises(KeyError):
        edition(name)
    with pytest.raises(ValueError, match="edition"):
        Scenario.of(edition=name)


def test_what_cannot_be_is_refused_with_its_bounds() -> None:
    with pytest.raises(ValueError, match="unknown edition"):
        derived("2026-12", {})
    with pytest.raises(ValueError, match=r'unknown figure "honda_share_bn", the nearest is "honda_shares_bn"'):
        derived(DEFAULT_EDITION, {"honda_share_bn": 4.0})
    with pytest.raises(ValueError, match=r"honda_shares_bn \(Honda: shares outstanding\) = 0: bounds are 0.1 to 100"):
        derived(DEFAULT_EDITION, {"honda_shares_bn": 0})
    with pytest.raises(ValueError, match="1500 thousand cars built in the US are more than the 1030 thousand"):
        derived(DEFAULT_EDITION, {"honda_us_output_kveh": 1_500.0})
    assert derived(DEFAULT_EDITION, {"honda_us_output_kveh": 1_500.0, "honda_other_us_capacity_kveh": 1_600.0})


# ---------------------------------------------------------------------- links


@pytest.mark.parametrize("name", EDITIONS)
def test_a_link_brings_the_figures_back(name: str) -> None:
    @examples(30)
    @given(moved_figures(name), st.sampled_from(sorted(PRESETS)))
    def check(own: dict[str, float], preset: str) -> None:
        scenario = Scenario.of(preset, edition=derived(name, own))
        for query in (to_query(scenario), share_query(scenario, checked=True)):
            assert "+" not in query
            assert "%2B" not in query
            assert from_query(query) == (scenario, ())
            backwards = "&".join(reversed(query.removeprefix("whole=1&").removesuffix("&end=1").split("&")))
            assert from_query(backwards) == (scenario, ())

    check()


def test_a_link_without_figures_is_what_it_was() -> None:
    assert to_query(Scenario.of()).startswith("edition=2026-11&model_version=2.0&preset=status_quo&japan_tariff_share=")
    assert share_query(Scenario.of()) == "edition=2026-11&model_version=2.0&preset=status_quo"


def test_figures_hold_on_the_edition_of_the_link() -> None:
    scenario, refused = from_query("preset=article&honda_guided_revenue_jpy_bn=21000")
    assert not refused
    assert base_of(scenario.edition) == PRESETS["article"].edition
    assert own_figures(scenario.edition)[0].published == 20_300.0


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("0", "below the lowest value, 0.1 (bn shares)"),
        ("-1", "below the lowest value"),
        ("1e9", "above the highest value, 100 (bn shares)"),
        ("nan", "not a plain number"),
        ("inf", "not a plain number"),
        ("1e999", "not a finite number"),
        ("", "not a plain number"),
        ("4;5", "not a plain number"),
        ("<b>4</b>", "not a plain number"),
        ("4" * 5_000, "not a plain number"),
    ],
)
def test_a_hostile_figure_is_refused_in_words(text: str, reason: str) -> None:
    scenario, refused = from_query([("honda_shares_bn", text)])
    assert scenario.edition == DEFAULT_EDITION
    ((key, told, used),) = ((r.key, r.reason, r.used) for r in refused)
    assert (key, used) == ("honda_shares_bn", "the published 3.8928")
    assert reason in told


def test_figures_at_odds_are_refused_together() -> None:
    scenario, refused = from_query(
        "honda_usmca_imports_kveh=900&honda_japan_imports_kveh=800&nissan_us_sales_kveh=900&honda_rd_jpy_bn=1200"
    )
    assert [r.key for r in refused] == ["honda_usmca_imports_kveh", "honda_japan_imports_kveh"]
    assert "1700 thousand cars imported from Canada, Mexico and Japan are more than the 1430.577" in refused[0].reason
    assert edition(scenario.edition).own == {"honda_rd_jpy_bn": 1200.0, "nissan_us_sales_kveh": 900.0}
    none_left, refused = from_query("honda_usmca_imports_kveh=0&honda_japan_imports_kveh=0")
    assert none_left.edition == DEFAULT_EDITION
    assert all("fewer than the 1 thousand" in r.reason for r in refused)
    assert len(refused) == 2


@pytest.mark.parametrize(
    "text", ["2026-11+honda_shares_bn=4", "2026-11%2Bhonda_shares_bn=4", "2026-11%2Bhonda_shares_bn%3D4"]
)
def test_a_link_cannot_name_a_derived_edition(text: str) -> None:
    scenario, refused = from_query(f"edition={text}")
    assert scenario.edition == DEFAULT_EDITION
    assert [r.key for r in refused] == ["edition"]


def test_what_no_visitor_could_mean_still_gives_finite_numbers() -> None:
    for bound in ("minimum", "maximum"):
        for key, figure in BASE_FIGURES.items():
            scenario, _ = from_query([(key, number_text(getattr(figure, bound)))])
            p = projected(scenario)
            assert all(np.isfinite(value).all() for c in COMPANIES for value in p.company[c].values()), (key, bound)
            assert all(np.isfinite(value) for by in p.once_company.values() for value in by.values()), (key, bound)


def test_a_million_names_grow_no_memory() -> None:
    kept = (model_editions.edition, reference, _reference_trades)
    for one in kept:
        assert one.cache_info().maxsize == MOST_KEPT
    for number in range(3 * MOST_KEPT):
        scenario, refused = from_query([(PROFIT, f"{600 + number / 7!r}"), ("honda_rd_jpy_bn", "1200")])
        assert not refused
        reference(scenario.edition)
    assert all(one.cache_info().currsize <= MOST_KEPT for one in kept)
    assert model_editions._published.cache_info().currsize <= len(EDITIONS)


def test_lines_of_a_comparison_carry_each_their_own() -> None:
    lines, notes = read_lines(f"preset=status_quo\npreset=status_quo&{PROFIT}=550\nhonda_rd_jpy_bn=1200\n{PROFIT}=0x1")
    assert [line.scenario.edition for line in lines] == [
        DEFAULT_EDITION,
        derived(DEFAULT_EDITION, {PROFIT: 550.0}),
        derived(DEFAULT_EDITION, {"honda_rd_jpy_bn": 1200.0}),
    ]
    assert [note.refusal.key for note in notes] == ["line"]
    compared = compare(lines, None, "", "FY2027/3")
    assert compared
    assert compared.value(compared.members[1], "operating_profit_jpy_bn", "honda") == 550.0
    assert "facts of 2026-11 with 1 figure of your own" in compared.members[1].name
    assert share_query(lines[1].scenario) in {m.link for m in compared.members}


# ---------------------------------------------------------------------- command line


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(list(arguments)) == 0
    return capsys.readouterr().out


def test_the_command_line_follows_and_marks_them(capsys: pytest.CaptureFixture[str]) -> None:
    query = f"{PROFIT}=550&{RATE}=150"
    said = answer(capsys, query)
    assert said.startswith("Edition 2026-11 with 2 figures of your own, model 2.0")
    assert "Yours: Honda: operating profit, guided: 550 instead of 500 (JPY bn)" in said
    explained = answer(capsys, query, "--explain", "operating_profit_jpy_bn")
    assert "edition 2026-11 with 2 figures of your own" in explained
    assert f"{PROFIT} = 550 JPY bn <- yours: your own figure instead of 500" in explained
    told = json.loads(answer(capsys, query, "--json"))
    scenario, _ = from_query(query)
    assert told == json.loads(json.dumps(as_json(scenario, (), projected(scenario))))
    assert told["honda"]["operating_profit_jpy_bn"][0] == 550.0
    assert told["own_figures"][PROFIT]["published"] == 500.0
    assert from_query(told["link"])[0] == scenario
    assert "own_figures" not in json.loads(answer(capsys, "--json"))
