"""Presets: named scenarios, each a sparse set of overrides on an edition, with one sentence and a source."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from model.editions import DEFAULT_EDITION, edition


@dataclass(frozen=True, slots=True)
class Preset:
    """A named scenario: `overrides` (key to value) on `edition`, told in one sentence."""

    name: str
    label: str
    edition: str
    overrides: Mapping[str, float]
    sentence: str
    source: str


DEFAULT_PRESET: Final = "status_quo"

_ALLIANCE_GOES_WELL: Final = {
    "canton_honda_trucks_kveh": 100.0,
    "ridgeline_replaced_share": 0.4,
    "platform_saving_jpy_bn": 100.0,
    "software_saving_share": 0.3,
    "software_gain_months": 6.0,
    "software_cost_jpy_bn": 10.0,
    "integration_cost_jpy_bn": 100.0,
    "success_probability_share": 1.0,
}


def _presets(*presets: Preset) -> Mapping[str, Preset]:
    return MappingProxyType({preset.name: preset for preset in presets})


PRESETS: Final = _presets(
    Preset(
        DEFAULT_PRESET,
        "Status quo",
        DEFAULT_EDITION,
        {},
        "The companies' guidance of May 2026 under the tariffs in force, without an alliance.",
        "Guidance of May 2026",
    ),
    Preset(
        "article",
        "The article's case",
        "2025-07",
        {
            "canton_honda_trucks_kveh": 100.0,
            "canton_start_yr": 1.0,
            "ridgeline_replaced_share": 1.0,
            "platform_saving_jpy_bn": 3.0,
            "software_saving_share": 0.2,
            "tooling_usd_bn": 0.0,
            "success_probability_share": 1.0,
        },
        "The world of July 2025 as the article tells it: 25 % tariffs stay, Honda trucks fill Canton without capital, "
        "platforms save JPY 3 bn a year, and everything succeeds.",
        "The article's claims; the number of trucks is a judgement",
    ),
    Preset(
        "tariffs_25",
        "Tariffs back at 25 %",
        DEFAULT_EDITION,
        {"japan_tariff_share": 0.25},
        "The Japan deal ends and cars from Japan pay 25 % again; everything else stays.",
        "Rate in force until September 2025",
    ),
    Preset(
        "japan_deal_alliance",
        "The Japan deal with the alliance",
        "2025-07",
        {
            "japan_tariff_share": 0.15,
            "tariff_start_months": 5.5,
            "msrp_offset_share": 0.0375,
            "other_tariff_share": 0.15,
            "canton_honda_trucks_kveh": 60.0,
            "platform_saving_jpy_bn": 50.0,
            "software_saving_share": 0.2,
            "integration_cost_jpy_bn": 60.0,
        },
        "The plans of May 2025 after the deal: Japan at 15 % from mid September, the offset counted, "
        "and a middling alliance.",
        "EO 14345 and Proclamation 10925; the size of the alliance is a judgement",
    ),
    Preset(
        "usmca_lapses",
        "USMCA deduction lapses",
        DEFAULT_EDITION,
        {"usmca_deduction_share": 0.0},
        "Cars from Canada and Mexico pay 25 % on their full value, US content included.",
        "Joint review of USMCA from July 2026, outcome not known",
    ),
    Preset(
        "alliance_good",
        "The alliance goes well",
        DEFAULT_EDITION,
        _ALLIANCE_GOES_WELL,
        "Trucks, platforms and software all deliver on time and at a size that real programmes claim.",
        "Judgement; no contract is known",
    ),
    Preset(
        "alliance_fails",
        "The alliance fails after the money is spent",
        DEFAULT_EDITION,
        {**_ALLIANCE_GOES_WELL, "success_probability_share": 0.0},
        "The same plans and the same costs, but nothing is delivered.",
        "Judgement; no contract is known",
    ),
)
"""Every preset by name, in the order of the picker."""


def preset_values(name: str, edition_name: str) -> dict[str, float]:
    """The complete assumptions of a preset on an edition; KeyError for an unknown name."""
    return {**edition(edition_name).defaults, **PRESETS[name].overrides}
