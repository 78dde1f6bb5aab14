"""Links of every released edition and model version, with the results and draws they must give for ever.

    python -m tests.links.freeze

writes two files for each edition that has none at the current model version. It never overwrites: a file,
once released, is a promise. CONTRIBUTING.md says what to do where one no longer holds.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from model import MODEL_VERSION
from model.editions import COMPANIES, editions
from model.links import Scenario, from_query, scenario_of_preset, share_query, to_query
from model.presets import PRESETS
from model.projection import Projection, project
from model.registry import ASSUMPTIONS
from model.sampling import Sampling, chunk
from tests.model.golden import pinned

FOLDER = Path(__file__).parent
UNRELEASED = ""
"""A model version that is still being built, or none: no link of it is anyone's yet, so none is frozen.

It is taken away, left empty, in the change that releases the version, together with the files that `freeze` adds.
CHANGELOG.md naming the version, or a frozen file of it, while this does, fails a test.
"""
HEADLINES = ("operating_profit_jpy_bn", "net_tariff_cost_jpy_bn", "alliance_benefit_jpy_bn")

EDITED = {
    "japan rate between two steps": "japan_tariff_share=0.1234567",
    "no tariffs at all": "japan_tariff_share=0&usmca_tariff_share=0&parts_tariff_share=0&other_tariff_share=0",
    "tariffs late, passed on": (
        "tariff_start_months=5.5&pass_through_share=0.5"
        "&own_elasticity=-4.5&market_elasticity=-0.9&rivals_follow_share=0.6"
    ),
    "weak dollar": "jpy_per_usd=120.25&honda_jpy_bn_per_yen=20&nissan_jpy_bn_per_yen=10",
    "imports move": "honda_reshoring_share=0.3&nissan_reshoring_share=0.2&reshoring_start_yr=2",
    "trucks late": "preset=alliance_good&canton_start_yr=3&canton_ramp_yr=1&alliance_delay_yr=1",
    "alliance in doubt": "preset=alliance_good&success_probability_share=0.123456789&transfer_fee_usd=900",
    "parts by origin": (
        "japan_parts_tariff_share=0.2&honda_parts_japan_share=0.35&parts_materials_share=0.07&stock_months=2"
    ),
    "estimates moved": "honda_us_content_share=0.5&honda_own_measures_jpy_bn=80&nissan_own_measures_jpy_bn=45.5",
    "USMCA lapses for parts": "usmca_parts_rule_share=0&parts_exempt_share=0.35&usmca_deduction_share=0.5",
    "more trucks than fit": "preset=article&canton_honda_trucks_kveh=300",
    "more cars than fit": "canton_base_kveh=450&canton_honda_trucks_kveh=50&canton_capacity_kveh=400",
    "long view": (
        "preset=japan_deal_alliance&terminal_yr=15&cost_of_capital_share=0.05"
        "&honda_tax_share=0.21&nissan_tax_share=0.15"
    ),
}
"""Scenarios that no preset has, by what they are about, without their edition."""


def path_of(edition_name: str, version: str) -> Path:
    return FOLDER / f"{edition_name}_model_{version}.json"


def draws_path_of(edition_name: str, version: str) -> Path:
    return FOLDER / f"{edition_name}_draws_{version}.json"


def results_of(projection: Projection) -> dict[str, Any]:
    """What a link must give, to nine significant digits."""
    return {
        "years": list(projection.years),
        **{c: {name: pinned(projection.company[c][name]) for name in HEADLINES} for c in COMPANIES},
        "alliance_npv_jpy_bn": {c: pinned(v) for c, v in projection.once_company["alliance_npv_jpy_bn"].items()},
        "canton": {name: pinned(value) for name, value in projection.plant.items()},
    }


def scenarios_of(edition_name: str) -> Iterator[tuple[str, list[str], Scenario]]:
    """Name, links and scenario of everything that is frozen on an edition."""
    for preset in PRESETS:
        scenario = scenario_of_preset(preset, edition_name)
        yield preset, [to_query(scenario), share_query(scenario)], scenario
    for name, link in EDITED.items():
        text = f"{link}&edition={edition_name}&model_version={MODEL_VERSION}"
        scenario, _ = from_query(text)
        links = [to_query(scenario), share_query(scenario)]
        # Where Canton cannot build what is asked, the links of a page hold what fits: the asking link is kept too.
        yield name, [text, *links], scenario


DRAWN_PRESETS = ("status_quo", "alliance_delivers")
DRAWN_SEED = 7
DRAWS = 1_000
QUANTILES = (0.05, 0.5, 0.95)


def drawn_results(link: str, seed: int, ranges: Mapping[str, Sequence[float]]) -> dict[str, Any]:
    """What seeded draws of a scenario give: the first ones, the mean and quantiles, to nine significant digits.

    ranges: lowest and highest value of what is drawn; all else stays, so that an assumption that is new moves nothing
    """
    scenario, _ = from_query(link)
    drawn = {key: tuple(ranges.get(key, (value, value))) for key, value in scenario.values.items()}
    found = chunk(Sampling(scenario, seed, ranges=drawn), 0, DRAWS)
    numbers = {f"{c}.{name}": found.projection.company[c][name][:, -1] for c in COMPANIES for name in HEADLINES}
    worth = found.projection.once_company["alliance_npv_jpy_bn"]
    numbers |= {f"{c}.alliance_npv_jpy_bn": np.asarray(worth[c]) for c in COMPANIES}
    results = {
        name: pinned(np.array([*values[:3], values.mean(), *np.quantile(values, QUANTILES)]))
        for name, values in numbers.items()
    }
    return {**results, "cut": int(found.cut.sum())}


def drawn_cases(edition_name: str) -> Iterator[dict[str, Any]]:
    """What is frozen of the draws on an edition."""
    ranges = {key: (a.low, a.high) for key, a in ASSUMPTIONS.items()}
    for preset in DRAWN_PRESETS:
        link = to_query(scenario_of_preset(preset, edition_name))
        results = drawn_results(link, DRAWN_SEED, ranges)
        yield {"name": preset, "link": link, "seed": DRAWN_SEED, "ranges": ranges, "results": results}


def link_cases(edition_name: str) -> Iterator[dict[str, Any]]:
    """What is frozen of the links on an edition."""
    for name, links, s in scenarios_of(edition_name):
        yield {"name": name, "links": links, "results": results_of(project(s.values, s.edition))}


def freeze() -> list[Path]:
    """Write what is missing; the files written: none while the version is being built."""
    if MODEL_VERSION == UNRELEASED:
        return []
    written = []
    for edition_name in editions():
        for path, cases in (
            (path_of(edition_name, MODEL_VERSION), link_cases),
            (draws_path_of(edition_name, MODEL_VERSION), drawn_cases),
        ):
            if path.exists():
                continue
            lines = [json.dumps(case) for case in cases(edition_name)]
            with path.open("x", encoding="utf-8") as file:
                file.write("[\n" + ",\n".join(lines) + "\n]\n")
            written.append(path)
    return written


if __name__ == "__main__":
    for new in freeze():
        print(f"frozen: {new.name}")
