"""The model did not change. Whether it is right is said elsewhere: test_guidance, test_backtest, test_hand_case."""

import json
from typing import Any

import pytest

from model.presets import PRESETS
from tests.model.golden import FOLDER, computed

HOW_TO_UPDATE = (
    "the output of the model has moved. If it was meant to, run `python -m tests.model.golden --update`, read the "
    "difference, and say in CHANGELOG.md which outputs moved and why; links made before then show other numbers, so "
    "consider a new MODEL_VERSION"
)


def leaves(tree: Any, name: str = "") -> dict[str, Any]:
    if isinstance(tree, dict):
        return {key: value for k, branch in tree.items() for key, value in leaves(branch, f"{name}.{k}").items()}
    if isinstance(tree, list):
        return {key: value for i, item in enumerate(tree) for key, value in leaves(item, f"{name}[{i}]").items()}
    return {name.lstrip("."): tree}


@pytest.mark.parametrize("preset", PRESETS)
def test_the_output_of_a_preset_did_not_change(preset: str) -> None:
    path = FOLDER / f"{preset}.json"
    assert path.exists(), f"{preset} has no golden file yet: run `python -m tests.model.golden --update`"
    expected, found = leaves(json.loads(path.read_text(encoding="utf-8"))), leaves(computed(preset))
    assert found.keys() == expected.keys(), HOW_TO_UPDATE
    moved = {
        name: (value, found[name])
        for name, value in expected.items()
        if found[name] != (value if isinstance(value, str) else pytest.approx(value, rel=1e-8, abs=1e-9))
    }
    assert not moved, f"{HOW_TO_UPDATE}: {moved}"


def test_no_golden_file_is_left_of_a_preset_that_is_gone() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == set(PRESETS)
