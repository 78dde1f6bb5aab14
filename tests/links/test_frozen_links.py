"""A link that was released keeps its numbers for ever."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from model import MODEL_VERSION
from model.editions import edition, editions
from model.links import (
    OLDER_VERSIONS,
    RETIRED,
    VERSIONS,
    Refusal,
    Scenario,
    from_query,
    number_text,
    to_pairs,
)
from model.presets import DEFAULT_PRESET
from model.projection import project
from tests.links import freeze

FILES = sorted(freeze.FOLDER.glob("*_model_*.json"))
DRAWN = sorted(freeze.FOLDER.glob("*_draws_*.json"))
MOVED = """a released link gives other numbers, or other years, than it gave.
If a default or a fact moved: put it back, and release a new edition with the new value.
If a formula moved on purpose: raise MODEL_VERSION and add the old version to OLDER_VERSIONS (its links then say that
the model is another one, and show what their sender saw), and run python -m tests.links.freeze, which adds files.
If an assumption is no more: say in RETIRED what became of it.
If a key was renamed: give it an alias in ALIASES of model/links.py. Never edit a frozen file. See CONTRIBUTING.md."""


def frozen(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("edition_name", editions())
def test_every_edition_is_frozen_at_the_current_model(edition_name: str) -> None:
    path = freeze.path_of(edition_name, MODEL_VERSION)
    draws_path = freeze.draws_path_of(edition_name, MODEL_VERSION)
    if freeze.UNRELEASED == MODEL_VERSION:
        assert not path.exists(), f"links of {MODEL_VERSION} are frozen: empty UNRELEASED in tests/links/freeze.py"
        assert not draws_path.exists()
        return
    assert path.exists(), "run python -m tests.links.freeze and commit the file it adds"
    assert len(frozen(path)) >= 30
    assert [case["name"] for case in frozen(draws_path)] == list(freeze.DRAWN_PRESETS)


def test_a_version_that_the_changes_name_is_no_longer_unreleased() -> None:
    """CHANGELOG.md heads what is released by its version."""
    changes = (freeze.FOLDER.parents[1] / "CHANGELOG.md").read_text(encoding="utf-8")
    released = re.findall(r"^## (\d+\.\d+)\s*$", changes, re.MULTILINE)
    assert released
    assert freeze.UNRELEASED in ("", MODEL_VERSION)
    assert freeze.UNRELEASED not in released, "released: run python -m tests.links.freeze, and empty UNRELEASED"


def test_an_older_version_has_frozen_files() -> None:
    assert {path.stem.rpartition("_")[2] for path in FILES} >= set(OLDER_VERSIONS)
    assert not set(OLDER_VERSIONS) & set(VERSIONS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_released_link_gives_the_numbers_it_gave(path: Path) -> None:
    for case in frozen(path):
        for link in case["links"]:
            scenario, refusals = from_query(link)
            refused = [r for r in refusals if not r.overflow]
            version = dict(to_pairs(link))["model_version"]
            if version not in VERSIONS:  # another model: it says so, and still reads everything
                check_read_whole(link, scenario, refusals, case["name"])
                continue
            assert not refused, f"{case['name']}: {MOVED}"
            given = freeze.results_of(project(scenario.values, scenario.edition))
            for part, expected in case["results"].items():
                assert close(given.get(part), expected), f"{case['name']}, {part}: {MOVED}"


@pytest.mark.parametrize("path", DRAWN, ids=lambda path: path.stem)
def test_seeded_draws_of_a_released_link_give_the_numbers_they_gave(path: Path) -> None:
    """For the current model; links of older ones are only read."""
    for case in frozen(path):
        if dict(to_pairs(case["link"]))["model_version"] in VERSIONS:
            given = freeze.drawn_results(case["link"], case["seed"], case["ranges"])
            assert close(given, case["results"]), f"{case['name']}: {MOVED}"


def test_an_assumption_that_is_not_drawn_moves_no_draw_of_the_others() -> None:
    """As one that is added later: its own stream is all it uses."""
    (case, *_) = frozen(freeze.draws_path_of(editions()[-1], MODEL_VERSION))
    moved = freeze.drawn_results(case["link"], case["seed"] + 1, case["ranges"])
    assert not close(moved, case["results"])
    scenario, _ = from_query(case["link"])
    alone = dict.fromkeys(["jpy_per_usd"], case["ranges"]["jpy_per_usd"])
    two = {**alone, "terminal_yr": case["ranges"]["terminal_yr"]}
    one, both = (freeze.drawn_results(case["link"], 7, ranges) for ranges in (alone, two))
    name = "honda.operating_profit_jpy_bn"  # the years after the horizon do not move the profit of a year
    assert one[name] == both[name]
    assert one[name][0] != freeze.drawn_results(case["link"], 7, {})[name][0]
    assert scenario.edition == editions()[-1]


def check_read_whole(link: str, scenario: Scenario, refusals: tuple[Refusal, ...], name: str) -> None:
    """A link of an older model is told of, not refused, and every value that it names arrives exactly."""
    pairs = dict(to_pairs(link))
    version, retired = pairs.pop("model_version"), pairs.keys() & RETIRED.keys()
    assert version in OLDER_VERSIONS, name
    overflow = {r.key: r for r in refusals if r.overflow}
    told = [r for r in refusals if not r.overflow]
    assert all(r.told for r in told), f"{name}: {MOVED}"
    assert {r.key for r in told} == {"model_version", *retired}, f"{name}: {MOVED}"
    assert len(told) == 1 + len(retired), name
    assert (scenario.edition, scenario.preset) == (pairs.pop("edition"), pairs.pop("preset", DEFAULT_PRESET)), name
    for key, text in pairs.items():
        for became in RETIRED[key].becomes if key in RETIRED else (key,):
            if became in overflow:
                assert overflow[became].value == number_text(float(text)), f"{name}, {became}"
                assert scenario.values[became] == float(overflow[became].used), f"{name}, {became}"
            else:
                assert scenario.values[became] == float(text), f"{name}, {became}: {MOVED}"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("demand_elasticity=-2.5", {"own_elasticity": -2.5, "market_elasticity": -2.5}),
        ("tax_share=0.21", {"honda_tax_share": 0.21, "nissan_tax_share": 0.21}),
        ("demand_elasticity=-2.5&own_elasticity=-4", {"own_elasticity": -4.0, "market_elasticity": -2.5}),
        ("honda_mitigation_share=0.1&nissan_mitigation_share=0.2", {}),
    ],
)
@pytest.mark.parametrize("edition_name", ["2025-07", "2026-05"])
def test_a_retired_key_gives_what_became_of_it_and_nothing_else(
    old: str, new: dict[str, float], edition_name: str
) -> None:
    scenario, refusals = from_query(f"model_version=1.0&edition={edition_name}&{old}")
    assert scenario.values == {**edition(edition_name).defaults, **new}
    assert all(r.told for r in refusals)
    assert [r.key for r in refusals] == ["model_version", *(key for key, _ in to_pairs(old) if key in RETIRED)]


RELEASED = {
    "2025-07_model_1.0.json": "26217e18db32172f0781239bdaea66f40151c58732b64d14f00d6458461d0eb0",
    "2026-05_model_1.0.json": "002a53aa4ce2323e598f49da7ef89c08688e5dd7deee4c8d8d9926006cffc1ca",
    "2025-07_draws_2.0.json": "438804e4bc9df2620b5d0b6a22bceb41a1c4904c1d6b3ea122dc90f7e0374d80",
    "2025-07_model_2.0.json": "82c597893bda74da7f7c50c1878176e9034431bec560c452fa226c5d44cb1cbb",
    "2026-05_draws_2.0.json": "b620b562c7114313d13ed79435ec7e63598f62ecdd850fdc21951881109601bd",
    "2026-05_model_2.0.json": "65d6b26902f596dd8f875fddbd524a6b34760ca511948799ed54e6934cb3a2a1",
    "2026-11_draws_2.0.json": "0b86ec2302535f154a760e7e9f56c8aa8382f28d12616c98a9a72b9d34905460",
    "2026-11_model_2.0.json": "7c2be7e1f046fec25b63962b2db618ad95a49c075098934f0c0294c997403a9c",
}
"""SHA-256 of files that were released: they are added, never edited."""


@pytest.mark.parametrize("name", RELEASED)
def test_a_frozen_file_is_as_it_was_released(name: str) -> None:
    assert hashlib.sha256((freeze.FOLDER / name).read_bytes()).hexdigest() == RELEASED[name]


def close(given: Any, expected: Any) -> bool:
    """Equal, but for the last of nine digits, which another processor may round the other way."""
    if isinstance(expected, dict):
        return isinstance(given, dict) and all(close(given.get(key), value) for key, value in expected.items())
    if isinstance(expected, list) and expected and isinstance(expected[0], str):
        return bool(given == expected)
    return bool(given == pytest.approx(expected, rel=1e-8, abs=1e-9))


def test_freezing_adds_files_and_never_overwrites(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freeze, "FOLDER", tmp_path)
    monkeypatch.setattr(freeze, "UNRELEASED", MODEL_VERSION)
    assert freeze.freeze() == []
    monkeypatch.setattr(freeze, "UNRELEASED", "")
    first = editions()[0]
    freeze.path_of(first, MODEL_VERSION).write_text("kept")
    written = {path.name for path in freeze.freeze()}
    links = {f"{name}_model_{MODEL_VERSION}.json" for name in editions()[1:]}
    assert written == links | {f"{name}_draws_{MODEL_VERSION}.json" for name in editions()}
    assert freeze.path_of(first, MODEL_VERSION).read_text() == "kept"
    assert freeze.freeze() == []


def test_a_number_that_moved_is_seen() -> None:
    (case, *_) = frozen(FILES[0])
    assert close(case["results"], case["results"])
    moved = json.loads(json.dumps(case["results"]))
    moved["honda"]["operating_profit_jpy_bn"][2] *= 1.000001
    assert not close(moved, case["results"])
