"""Presets: named scenarios, each a sparse set of overrides on an edition, with one sentence and a source."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from model.editions import DEFAULT_EDITION, base_of, edition


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

_MAY_2026: Final = "2026-05"
"""Where presets of the first half of 2026 stay, so that their links keep their meaning."""

_NOVEMBER_2026: Final = "2026-11"

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


# 60,000 trucks of which half replace Ridgelines leave Honda below an eighth of its class.
_A_GOOD_ALLIANCE: Final = {
    **_ALLIANCE_GOES_WELL,
    "canton_honda_trucks_kveh": 60.0,
    "ridgeline_replaced_share": 0.5,
}


def _presets(*presets: Preset) -> Mapping[str, Preset]:
    return MappingProxyType({preset.name: preset for preset in presets})


MAIN_PRESETS: Final = _presets(
    Preset(
        DEFAULT_PRESET,
        "Status quo",
        DEFAULT_EDITION,
        {},
        "The companies' guidance of May 2026, the newest found, under the tariffs in force, without an alliance.",
        "Guidance of May 2026",
    ),
    Preset(
        "japan_back_at_25",
        "Cars from Japan back at 25 %",
        _NOVEMBER_2026,
        {"japan_tariff_share": 0.275},
        "25 % come on top of the ordinary 2.5 % again, 27.5 % in all; parts from Japan stay at 15 %.",
        "Rate in force until September 2025",
    ),
    Preset(
        "japan_deal_ends",
        "The Japan deal ends",
        _NOVEMBER_2026,
        {"japan_tariff_share": 0.275, "japan_parts_tariff_share": 0.25},
        "Cars from Japan pay 27.5 % in all and parts from Japan 25 %, as before September 2025.",
        "Rates in force until September 2025",
    ),
    Preset(
        "usmca_ends",
        "USMCA rules lapse",
        _NOVEMBER_2026,
        {"usmca_deduction_share": 0.0, "usmca_parts_rule_share": 0.0},
        "Cars from Canada and Mexico pay 25 % on their full value, and parts from there pay as others do.",
        "Joint review of USMCA from July 2026, outcome not found",
    ),
    Preset(
        "tariffs_fall_away",
        "Tariffs fall away",
        _NOVEMBER_2026,
        {
            "japan_tariff_share": 0.025,
            "usmca_tariff_share": 0.0,
            "parts_tariff_share": 0.0,
            "japan_parts_tariff_share": 0.0,
            "materials_tariff_share": 0.0,
        },
        "Only the ordinary 2.5 % on cars is left, as before April 2025.",
        "Rates before April 2025",
    ),
    Preset(
        "yen_at_160",
        "The yen at its rate of mid 2026",
        _NOVEMBER_2026,
        {"jpy_per_usd": 160.0, "nissan_jpy_gap": 0.0},
        "Both companies book at 160 yen per dollar, near the market of mid 2026, where they planned with 145 and 150.",
        "Market rate of mid 2026",
    ),
    Preset(
        "alliance_delivers",
        "The alliance goes well",
        _NOVEMBER_2026,
        _A_GOOD_ALLIANCE,
        "Trucks, platforms and software all deliver on time; 60,000 trucks, half of them in place of Ridgelines.",
        "Judgement; no contract is known",
    ),
    Preset(
        "alliance_lost",
        "The alliance fails after the money is spent",
        _NOVEMBER_2026,
        {**_A_GOOD_ALLIANCE, "success_probability_share": 0.0},
        "The same plans; tooling, integration and the work on software are paid, but nothing is delivered.",
        "Judgement; no contract is known",
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
        "Tariffs back at 25 %, facts of May 2026",
        _MAY_2026,
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
        "USMCA deduction lapses, facts of May 2026",
        _MAY_2026,
        {"usmca_deduction_share": 0.0},
        "Cars from Canada and Mexico pay 25 % on their full value, US content included.",
        "Joint review of USMCA from July 2026, outcome not known",
    ),
    Preset(
        "alliance_good",
        "The alliance goes well, facts of May 2026",
        _MAY_2026,
        _ALLIANCE_GOES_WELL,
        "Trucks, platforms and software all deliver on time and at a size that real programmes claim.",
        "Judgement; no contract is known",
    ),
    Preset(
        "alliance_fails",
        "The alliance fails, facts of May 2026",
        _MAY_2026,
        {**_ALLIANCE_GOES_WELL, "success_probability_share": 0.0},
        "The same plans and the same costs, but nothing is delivered.",
        "Judgement; no contract is known",
    ),
)
"""Presets that the picker always offers, by name, in its order."""

ALLIANCES: Final = (
    ("alliance_delivers", "alliance_lost"),
    ("alliance_good", "alliance_fails"),
)
"""Presets of an alliance that goes well and of the same one that fails, both for certain, on one edition each."""


def presets_of(edition_name: str) -> tuple[str, ...]:
    """Presets of the list that stand on the facts of an edition, or of the one that it is derived from."""
    return tuple(name for name, preset in MAIN_PRESETS.items() if preset.edition == base_of(edition_name))


ARTICLE_EDITION: Final = "2025-07"
"""The world in which the article was written."""

CLAIM_LABEL: Final = "Claim: "
"""How the label of a claim's preset begins."""

# A hundred thousand trucks: no number is published. That they come is the claim.
_TRUCKS_COME: Final = {"canton_honda_trucks_kveh": 100.0, "success_probability_share": 1.0}

_AS_IT_STANDS: Final = "No lever plays this claim: the world of July 2025 as the companies guided it."


def _claim(claim_id: str, label: str, overrides: Mapping[str, float], sentence: str, source: str) -> Preset:
    return Preset(claim_id, f"{CLAIM_LABEL}{label}", ARTICLE_EDITION, overrides, sentence, source)


CLAIM_PRESETS: Final = _presets(
    _claim(
        "claim_tariff_date",
        "25 % from July 2025",
        {},
        "25 % on cars and parts: the guidance of May 2025 already counts it for the whole year.",
        "Guidance of May 2025",
    ),
    _claim(
        "claim_profit_decline",
        "profits fall by 650 and 450",
        {},
        "The guidance of May 2025 as it stands: 650 and 450 are the gross tariff cost inside it, "
        "to which the model's sum of duties comes close.",
        "Guidance of May 2025",
    ),
    _claim(
        "claim_pickup_avoids_tariff",
        "Canton pickups avoid tariffs",
        {**_TRUCKS_COME, "ridgeline_replaced_share": 1.0},
        "The most favourable reading: 100,000 trucks a year take the place of every Ridgeline, "
        "and the freed lines build cars imported until then.",
        "The article's claim; the number of trucks is a judgement",
    ),
    _claim(
        "claim_japan_exposure",
        "imports from Japan expose Honda",
        {"japan_tariff_share": 0.0},
        "Cars from Japan pay nothing at all: what falls away is the whole exposure through Japan.",
        "The article's claim, turned round",
    ),
    _claim("claim_ford_tesla", "Ford and Tesla lead in pickups", {}, _AS_IT_STANDS, "Guidance of May 2025"),
    _claim(
        "claim_50pct",
        "Canton runs at 50 %",
        {"canton_base_kveh": 205.0},
        "Nissan builds 205,000 cars a year on a capacity of 410,000.",
        "The article's claim on the capacity in use",
    ),
    _claim(
        "claim_will_produce",
        "Nissan builds Honda's trucks",
        _TRUCKS_COME,
        "100,000 trucks a year for Honda come for certain.",
        "The article's claim; the number of trucks is a judgement",
    ),
    _claim(
        "claim_no_capex",
        "capacity without capital",
        {**_TRUCKS_COME, "tooling_usd_bn": 0.0},
        "100,000 trucks a year for Honda, and nothing is spent on tooling.",
        "The article's claim; the number of trucks is a judgement",
    ),
    _claim(
        "claim_3bn_yen",
        "platforms save JPY 3 bn",
        {"platform_saving_jpy_bn": 3.0, "success_probability_share": 1.0},
        "Shared platforms save both companies together JPY 3 bn a year, for certain.",
        "The article's claim",
    ),
    _claim("claim_merger_deadline", "merger deadline in August 2026", {}, _AS_IT_STANDS, "Guidance of May 2025"),
    _claim(
        "claim_unified_os",
        "one operating system",
        {"software_saving_share": 0.2, "success_probability_share": 1.0},
        "A common system comes for certain and saves a fifth of the work both would do.",
        "The article's claim; the saving is a judgement",
    ),
    _claim("claim_premium", "Honda is a premium brand", {}, _AS_IT_STANDS, "Guidance of May 2025"),
    _claim(
        "claim_cash",
        "the deal brings Nissan cash",
        {**_TRUCKS_COME, "transfer_fee_usd": 1600.0},
        "100,000 trucks a year come for certain, at a fee of 5 % of a truck's variable cost: "
        "the upper end of contract margins.",
        "The article's claim; trucks and fee are judgements",
    ),
    _claim("claim_byd_us", "an answer to BYD in the US", {}, _AS_IT_STANDS, "Guidance of May 2025"),
    _claim("claim_underperform", "shares lag Tesla and BYD", {}, _AS_IT_STANDS, "Guidance of May 2025"),
    _claim("claim_hold_call", "accumulate before July 2025", {}, _AS_IT_STANDS, "Guidance of May 2025"),
)
"""The article's claims as written, by the id of the claim; claims without a lever move nothing."""

PRESETS: Final = MappingProxyType({**MAIN_PRESETS, **CLAIM_PRESETS})
"""Every preset by name: all of them work in links and on the command line."""


def preset_values(name: str, edition_name: str) -> dict[str, float]:
    """The complete assumptions of a preset on an edition; KeyError for an unknown name."""
    return {**edition(edition_name).defaults, **PRESETS[name].overrides}
