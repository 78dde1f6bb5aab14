"""Results as plain data: the layout of `--json` and `--csv`, and of the results served by address."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import numpy as np

from model import MODEL_VERSION
from model.editions import COMPANIES, own_figures
from model.links import Refusal, Scenario, to_query
from model.outputs import OUTPUTS
from model.projection import Projection


def as_json(scenario: Scenario, refusals: tuple[Refusal, ...], projection: Projection) -> dict[str, Any]:
    """The scenario and all its outputs as plain data; the layout is promised to other programs."""
    return {
        "edition": scenario.edition,
        **own_as_json(scenario.edition),
        "model_version": MODEL_VERSION,
        "preset": scenario.preset,
        "world": scenario.world,
        "link": f"?{to_query(scenario)}",
        "assumptions": dict(scenario.asked),
        "refused": [_told(r) for r in refusals if not r.told],
        "notes": notes_of(refusals),
        "years": list(projection.years),
        **{c: {name: np.asarray(v).tolist() for name, v in projection.company[c].items()} for c in COMPANIES},
        "canton": {name: np.asarray(v).tolist() for name, v in projection.plant.items()},
        "alliance": {**projection.once, **{name: dict(by) for name, by in projection.once_company.items()}},
    }


def own_as_json(edition_name: str) -> dict[str, Any]:
    """The figures of one's own in an edition, each beside the published one; nothing in a published edition."""
    found = {own.key: asdict(own) for own in own_figures(edition_name)}
    return {"own_figures": found} if found else {}


def notes_of(refusals: tuple[Refusal, ...]) -> list[dict[str, str]]:
    """What a link's reader is told of parts that were used in another form."""
    return [_told(r) for r in refusals if r.told]


def _told(r: Refusal) -> dict[str, str]:
    return {"key": r.key, "value": r.value, "reason": r.reason, "used": r.used}


def table_rows(projection: Projection) -> Iterator[tuple[str, str, str, float, str]]:
    """Every output as rows of output, company, year, value, unit; company and year may be empty."""
    for company in COMPANIES:
        for name, values in projection.company[company].items():
            for year, value in zip(projection.years, np.asarray(values), strict=True):
                yield name, company, year, float(value), OUTPUTS[name].unit
    for name, values in projection.plant.items():
        for year, value in zip(projection.years, np.asarray(values), strict=True):
            yield name, "", year, float(value), OUTPUTS[name].unit
    for name, single in projection.once.items():
        yield name, "", "", float(single), OUTPUTS[name].unit
    for name, by_company in projection.once_company.items():
        for company, single in by_company.items():
            yield name, company, "", float(single), OUTPUTS[name].unit
