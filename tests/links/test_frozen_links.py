"""A link that was released keeps its numbers for ever."""

import json
from pathlib import Path
from typing import Any

import pytest

from model import MODEL_VERSION
from model.editions import editions
from model.links import VERSIONS, from_query, to_pairs
from model.projection import project
from tests.links import freeze

FILES = sorted(freeze.FOLDER.glob("*.json"))
MOVED = """a released link gives other numbers, or other years, than it gave.
If a default or a fact moved: put it back, and release a new edition with the new value.
If a formula moved on purpose: raise MODEL_VERSION, take the old version out of VERSIONS (its links then say that
the model is another one, and show what their sender saw), and run python -m tests.links.freeze, which adds files.
If a key was renamed: give it an alias in ALIASES of model/links.py. Never edit a frozen file. See CONTRIBUTING.md."""


def frozen(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("edition_name", editions())
def test_every_edition_is_frozen_at_the_current_model(edition_name: str) -> None:
    path = freeze.path_of(edition_name, MODEL_VERSION)
    assert path.exists(), "run python -m tests.links.freeze and commit the file it adds"
    assert len(frozen(path)) >= 30


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_released_link_gives_the_numbers_it_gave(path: Path) -> None:
    for case in frozen(path):
        for link in case["links"]:
            scenario, refusals = from_query(link)
            refused = [r for r in refusals if not r.overflow]
            version = dict(to_pairs(link))["model_version"]
            if version not in VERSIONS:  # another model: it says so, and still reads everything else
                assert [r.key for r in refused] == ["model_version"], f"{case['name']}: {MOVED}"
                continue
            assert not refused, f"{case['name']}: {MOVED}"
            given = freeze.results_of(project(scenario.values, scenario.edition))
            for part, expected in case["results"].items():
                assert close(given.get(part), expected), f"{case['name']}, {part}: {MOVED}"


def close(given: Any, expected: Any) -> bool:
    """Equal, but for the last of nine digits, which another processor may round the other way."""
    if isinstance(expected, dict):
        return isinstance(given, dict) and all(close(given.get(key), value) for key, value in expected.items())
    if isinstance(expected, list) and expected and isinstance(expected[0], str):
        return bool(given == expected)
    return bool(given == pytest.approx(expected, rel=1e-8, abs=1e-9))


def test_freezing_adds_files_and_never_overwrites(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freeze, "FOLDER", tmp_path)
    first = editions()[0]
    freeze.path_of(first, MODEL_VERSION).write_text("kept")
    assert [path.name for path in freeze.freeze()] == [f"{name}_model_{MODEL_VERSION}.json" for name in editions()[1:]]
    assert freeze.path_of(first, MODEL_VERSION).read_text() == "kept"
    assert freeze.freeze() == []


def test_a_number_that_moved_is_seen() -> None:
    (case, *_) = frozen(FILES[0])
    assert close(case["results"], case["results"])
    moved = json.loads(json.dumps(case["results"]))
    moved["honda"]["operating_profit_jpy_bn"][2] *= 1.000001
    assert not close(moved, case["results"])
