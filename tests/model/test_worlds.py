"""Which world a number is in: what a world computes, what links say of it, and how the three hang together."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import run, sweep
from model.__main__ import main
from model.analysis.break_even import break_evens
from model.bridge import NOT_DELIVERED, bridge, bridge_of
from model.comparison import compare, read_lines
from model.delivery import in_world, world_matters
from model.editions import COMPANIES
from model.explain import explain
from model.links import Scenario, default_scenario, from_query, scenario_of_preset, share_query, to_query
from model.measures import BOTH, Measure
from model.outputs import ALLIANCE_CHANNELS
from model.presets import PRESETS
from model.projection import Projection, project
from model.receipt import fingerprint
from model.sampling import Sampling, drawn_values, uniforms
from model.shapley import shapley
from model.stance import outcomes
from model.sweeps import plausible_range, swings
from model.targets import TARGETS, target_gap
from model.worlds import CERTAIN_SHARE, CHANCE, DONE, FAILS, WEIGHTED, WORLDS, usual_world
from tests.model.scenarios import scenarios

TRUCKS = "canton_honda_trucks_kveh"
PLANNED = Scenario.of("status_quo", **{TRUCKS: 60.0, "platform_saving_jpy_bn": 50.0, "software_saving_share": 0.2})
PROFIT = Measure("operating_profit_jpy_bn", BOTH, 4)


def alike(one: Projection, other: Projection) -> bool:
    """Whether every output is the same, bit for bit."""
    return all(
        np.array_equal(np.asarray(value), np.asarray(theirs[name]))
        for ours, theirs in (
            *((one.company[c], other.company[c]) for c in COMPANIES),
            (one.plant, other.plant),
            (one.once, other.once),
            *((one.once_company[n], other.once_company[n]) for n in one.once_company),
        )
        for name, value in ours.items()
    )


def profits(projection: Projection, company: str) -> Any:
    return np.asarray(projection.company[company]["operating_profit_jpy_bn"])


# ---------------------------------------------------------------- what is computed


@pytest.mark.parametrize("world", WORLDS)
def test_a_world_computes_at_its_own_chance_and_keeps_what_was_asked(world: str) -> None:
    scenario = PLANNED.in_world(world)
    share = CERTAIN_SHARE.get(world, PLANNED.asked[CHANCE])
    assert scenario.asked == PLANNED.asked
    assert scenario.values == {**PLANNED.asked, CHANCE: share}
    assert alike(run(scenario).projection, project({**PLANNED.asked, CHANCE: share}, PLANNED.edition))
    assert alike(in_world(PLANNED, world), run(scenario).projection)


@pytest.mark.parametrize("preset", PRESETS)
def test_a_scenario_and_a_link_that_name_no_world_are_weighted_and_give_what_they_gave(preset: str) -> None:
    scenario, refused = from_query(f"preset={preset}")
    assert not refused
    assert scenario.world == WEIGHTED
    assert scenario.values == scenario.asked
    assert "world" not in to_query(scenario)
    assert "world" not in share_query(scenario)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_weighted_profit_is_the_mean_of_done_and_failed_where_freed_lines_meet_no_limit(data: st.DataObject) -> None:
    values = data.draw(scenarios(PLANNED.edition))
    # Freed lines replace imports only as far as there are any, and change what own measures still find to recover.
    scenario = Scenario(PLANNED.edition, "status_quo", {**values, "freed_line_use_share": 0.0})
    chance = scenario.asked[CHANCE]
    for company in COMPANIES:
        done, weighted, fails = (profits(in_world(scenario, world), company) for world in (DONE, WEIGHTED, FAILS))
        assert weighted == pytest.approx(chance * done + (1.0 - chance) * fails, rel=1e-9, abs=1e-6)


@pytest.mark.parametrize("preset", PRESETS)
def test_a_world_makes_a_difference_only_where_an_alliance_is_planned(preset: str) -> None:
    scenario = scenario_of_preset(preset)
    differs = not alike(in_world(scenario, DONE), in_world(scenario, FAILS))
    assert world_matters(scenario) == differs
    assert differs == any(
        scenario.asked[key] > 0.0 for key in (TRUCKS, "platform_saving_jpy_bn", "software_saving_share")
    )


def test_costs_alone_are_the_same_in_every_world() -> None:
    assert not world_matters(Scenario.of("status_quo", integration_cost_jpy_bn=100.0))
    assert not world_matters(default_scenario())


def test_a_preset_that_fails_is_first_seen_failed_and_every_other_done() -> None:
    usual = {name: usual_world(preset.overrides) for name, preset in PRESETS.items()}
    assert {name for name, world in usual.items() if world == FAILS} == {"alliance_lost", "alliance_fails"}
    assert set(usual.values()) == {DONE, FAILS}
    for name, world in usual.items():
        if CHANCE in PRESETS[name].overrides:
            assert alike(in_world(scenario_of_preset(name), world), run(scenario_of_preset(name)).projection), name


# ---------------------------------------------------------------- links


@pytest.mark.parametrize("world", WORLDS)
def test_a_link_holds_its_world_and_the_chance_as_it_was_set(world: str) -> None:
    scenario = replace(PLANNED, asked={**PLANNED.asked, CHANCE: 0.3}, world=world)
    for query in (to_query(scenario), share_query(scenario), share_query(scenario, checked=True, saw="1", title="x")):
        assert from_query(query)[0] == scenario
        assert ("world=" in query) == (world != WEIGHTED)
    assert eval(repr(scenario), {"Scenario": Scenario}) == scenario


@pytest.mark.parametrize("text", ["", "DONE", "done ", "1", "<b>", "weighted,done", "\N{NO-BREAK SPACE}", "x" * 500])
def test_an_unknown_world_is_named_and_the_numbers_are_weighted(text: str) -> None:
    scenario, refused = from_query([(TRUCKS, "60"), ("world", text)])
    assert scenario.world == WEIGHTED
    (one,) = refused
    assert (one.key, one.used) == ("world", "weighted")
    assert "done, weighted, fails" in one.reason


def test_of_two_worlds_the_first_is_taken() -> None:
    scenario, refused = from_query("world=fails&world=done")
    assert scenario.world == FAILS
    assert [(r.key, r.used) for r in refused] == [("world", "the first, fails")]
    with pytest.raises(ValueError, match="world"):
        Scenario.of("status_quo", world="never")


# ---------------------------------------------------------------- bridges


@pytest.mark.parametrize("company", COMPANIES)
@pytest.mark.parametrize("year", [2, 4])
def test_a_plan_brings_the_same_step_done_and_weighted_and_every_bridge_sums(company: str, year: int) -> None:
    found = {}
    for world in WORLDS:
        scenario = PLANNED.in_world(world)
        projection = run(scenario).projection
        steps = bridge_of(scenario, projection, company, year)
        found[world] = {step.name: step.effect_jpy_bn for step in steps}
        reached = profits(projection, company)[year] - profits(run(scenario).reference.projection, company)[year]
        assert sum(found[world].values()) == pytest.approx(reached, abs=1e-9)
    missing = found[WEIGHTED].pop(NOT_DELIVERED)
    assert missing < 0.0
    assert found[WEIGHTED] == found[DONE]
    assert NOT_DELIVERED not in found[DONE].keys() | found[FAILS].keys()
    costs = ("tooling_effect_jpy_bn", "integration_effect_jpy_bn")
    assert all(found[FAILS][name] == found[DONE][name] for name in costs)
    assert all(found[FAILS][name] <= 0.0 for name in ALLIANCE_CHANNELS)
    weighted = run(PLANNED).projection
    assert missing == pytest.approx(
        sum(step.effect_jpy_bn for step in bridge(weighted, company, year)) - sum(found[DONE].values()), abs=1e-9
    )


def test_a_bridge_without_an_alliance_or_at_a_certain_chance_has_no_such_step() -> None:
    for scenario in (Scenario.of("usmca_ends"), Scenario.of("alliance_delivers"), Scenario.of("alliance_lost")):
        assert bridge_of(scenario, run(scenario).projection, "honda", 4) == bridge(run(scenario).projection, "honda", 4)


# ---------------------------------------------------------------- what else is computed


@pytest.mark.parametrize("world", [DONE, FAILS])
def test_in_a_certain_world_nothing_moves_with_the_chance(world: str) -> None:
    scenario = PLANNED.in_world(world)
    share = CERTAIN_SHARE[world]
    assert plausible_range(scenario, CHANCE) == (share, share)
    assert {swing.key: swing.reach for swing in swings(scenario, PROFIT)}[CHANCE] == 0.0
    (found,) = break_evens(scenario, target_gap(TARGETS[0], COMPANIES, 4), (CHANCE,))
    assert (found.moves, found.met, found.now) == (False, (), share)
    moved = replace(scenario, asked={**scenario.asked, CHANCE: 0.9})
    assert alike(run(moved).projection, run(scenario).projection)
    assert f"{CHANCE} = {share:g} share <- fixed: {WORLDS[world].lower()}" in explain(
        "alliance_benefit_jpy_bn", scenario
    )


@pytest.mark.parametrize("world", WORLDS)
def test_shares_of_the_changes_end_where_the_world_is(world: str) -> None:
    scenario = replace(PLANNED, asked={**PLANNED.asked, CHANCE: 0.8}, world=world)
    found = shapley(scenario, PROFIT)
    assert found.scenario == pytest.approx(float(PROFIT.of(run(scenario).projection)), abs=1e-9)
    assert (CHANCE in {key for share in found.shares for key in share.keys}) == (world == WEIGHTED)


@pytest.mark.parametrize("world", WORLDS)
def test_draws_hold_the_alliance_for_certain_where_the_world_does(world: str) -> None:
    scenario = PLANNED.in_world(world)
    sampling = Sampling(scenario, 1)
    chance = drawn_values(sampling, uniforms(1, 0, 400))[CHANCE]
    assert (CHANCE in sampling.drawn) == (world == WEIGHTED)
    if world == WEIGHTED:
        assert set(np.unique(chance)) == {0.0, 1.0}
    else:
        assert chance == CERTAIN_SHARE[world]
    assert len({Sampling(PLANNED.in_world(w), 1).identity for w in WORLDS}) == len(WORLDS)


def test_a_stance_stands_on_the_world_and_still_counts_that_the_plan_may_fail() -> None:
    done, fails = (outcomes(PLANNED.in_world(world), "honda") for world in (DONE, FAILS))
    assert (
        done[0].value_per_share_jpy
        == run(PLANNED.in_world(DONE)).projection.once_company["value_per_share_jpy"]["honda"]
    )
    assert [one.end for one in done if one.key == CHANCE] == ["fails"]
    assert [one.end for one in fails if one.key == CHANCE] == ["delivers"]


def test_the_chance_itself_may_be_swept_in_any_world() -> None:
    points = [0.0, 0.5, 1.0]
    tables = [sweep(PLANNED.in_world(w), **{CHANCE: points}).frame("operating_profit_jpy_bn", "honda") for w in WORLDS]
    assert all(table.equals(tables[0]) for table in tables)


def test_scenarios_are_compared_each_in_its_own_world() -> None:
    links = [to_query(PLANNED.in_world(world)) for world in WORLDS]
    lines, notes = read_lines("\n".join(links))
    assert (len(lines), notes) == (3, ())
    compared = compare(lines, None, "", "FY2031/3")
    assert compared is not None
    assert [member.world for member in compared.members] == list(WORLDS)
    assert [fingerprint(m.projection) for m in compared.members] == [
        fingerprint(run(PLANNED.in_world(world)).projection) for world in WORLDS
    ]
    same, told = read_lines("preset=usmca_ends\npreset=usmca_ends&world=done")
    assert (len(same), len(told)) == (1, 1), "a world that makes no difference makes no other scenario"


@pytest.mark.parametrize("world", WORLDS)
def test_the_command_line_computes_and_names_the_world(world: str, capsys: pytest.CaptureFixture[str]) -> None:
    query = to_query(PLANNED.in_world(world))
    assert main([query, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["world"], data["assumptions"]) == (world, dict(PLANNED.asked))
    assert (
        data["honda"]["operating_profit_jpy_bn"] == profits(run(PLANNED.in_world(world)).projection, "honda").tolist()
    )
    assert main([query]) == 0
    first = capsys.readouterr().out.partition("\n")[0]
    assert first.endswith(
        {DONE: "if the alliance is done", FAILS: "if the alliance fails"}.get(world, "50\N{NO-BREAK SPACE}%")
    )
    assert main([f"preset=usmca_ends&world={world}"]) == 0
    assert "alliance is" not in capsys.readouterr().out.partition("\n")[0]
