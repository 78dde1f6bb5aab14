"""Pinned output of every preset, in tests/model/golden/.

    python -m tests.model.golden --update

writes the files anew. Do so only when the numbers are meant to move, and say in CHANGELOG.md which
outputs moved and why.
"""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from model.presets import PRESETS, preset_values
from model.projection import project

FOLDER = Path(__file__).with_name("golden")
COMPANY_OUTPUTS = (
    "operating_profit_jpy_bn",
    "gross_tariff_cost_jpy_bn",
    "net_tariff_cost_jpy_bn",
    "alliance_benefit_jpy_bn",
)
DIGITS = 9


def pinned(value: object) -> Any:
    """A number, or numbers by year, to nine significant digits."""
    numbers = [float(f"{number:.{DIGITS}g}") + 0.0 for number in np.atleast_1d(np.asarray(value, dtype=float))]
    return numbers if np.ndim(value) else numbers[0]  # type: ignore[arg-type]


def computed(preset: str) -> dict[str, Any]:
    """What the model gives for a preset on its own edition, in the layout of a golden file."""
    edition_name = PRESETS[preset].edition
    world = project(preset_values(preset, edition_name), edition_name)
    return {
        "preset": preset,
        "edition": edition_name,
        "years": list(world.years),
        **{c: {name: pinned(by[name]) for name in COMPANY_OUTPUTS} for c, by in world.company.items()},
        "once": {name: pinned(value) for name, value in world.once.items()},
        "once_company": {name: {c: pinned(v) for c, v in by.items()} for name, by in world.once_company.items()},
    }


def update() -> None:
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.json"):
        if path.stem not in PRESETS:
            path.unlink()
    for preset in PRESETS:
        (FOLDER / f"{preset}.json").write_text(json.dumps(computed(preset), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] != ["--update"]:
        sys.exit(__doc__)
    update()
