"""Named values that a press puts on a slider: real rates, what holds today, and what ready scenarios take."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from data.story import TariffRate, tariff_rates
from model.editions import DEFAULT_EDITION, edition
from model.presets import PRESETS
from model.registry import ASSUMPTIONS, LEVERS
from pages.kit.words import quantity

_TODAY: Final = "today"
_AS_GUIDED: Final = dict.fromkeys(("pass_through_share", "jpy_per_usd"), "in guidance")
"""What today's value is called where it is the companies' plan and nothing in force."""

RATES: Final = {
    "japan_tariff_share": {
        "japan_mfn": "ordinary",
        "japan_after_deal": "the deal",
        "car_additional": "no deal",
        "pickup_after_deal": "pickups",
        "japan_before_deal": "to Sep 2025",
    },
    "usmca_tariff_share": {"usmca_non_us_content": "since April 2025"},
    "parts_tariff_share": {"parts_usmca": "under USMCA", "parts_general": "since May 2025"},
    "japan_parts_tariff_share": {"parts_japan_after_deal": "the deal", "parts_japan_before_deal": "before the deal"},
    "materials_tariff_share": {"steel_50": "since June 2025"},
    "other_tariff_share": {
        "other_goods_void": "struck down",
        "other_goods_10": "April 2025",
        "other_goods_15": "the deal",
    },
    "msrp_offset_share": {"offset_second_year": "as first set", "offset_after_extension": "extended"},
}
"""Real rates on a slider: their id in the table of rates, and what they are called where they do not hold today."""

_TAKEN: Final = {
    "canton_honda_trucks_kveh": {"alliance_delivers": "good case", "article": "article"},
    "platform_saving_jpy_bn": {"article": "article", "alliance_delivers": "good case"},
    "software_saving_share": {"article": "article", "alliance_delivers": "good case"},
    "jpy_per_usd": {"yen_at_160": "mid 2026"},
}
"""Values that ready scenarios take, by the scenario's name, and what they are called."""

_HIGHS: Final = {"pass_through_share": "most in studies"}
"""Where the high end of the plausible range is worth a press, and what it is called."""


@dataclass(frozen=True, slots=True)
class Landmark:
    """A value with its name, and where it is from."""

    value: float
    words: str
    source: str


@cache
def landmarks(key: str) -> tuple[Landmark, ...]:
    """The named values of an assumption, in the order of the track."""
    named: dict[float, list[tuple[str, str]]] = {}
    rates = {rate.id: rate for rate in tariff_rates()}
    for rate_id, name in RATES.get(key, {}).items():
        named.setdefault(rates[rate_id].rate_share, []).append((name, _dated(rates[rate_id])))
    for preset, name in _TAKEN.get(key, {}).items():
        told = f"{PRESETS[preset].label} ({PRESETS[preset].source})"
        named.setdefault(PRESETS[preset].overrides[key], []).append((name, told))
    if key in _HIGHS:
        named.setdefault(ASSUMPTIONS[key].high, []).append((_HIGHS[key], ASSUMPTIONS[key].range_source))
    today = edition(DEFAULT_EDITION)
    value = today.defaults[key]
    if value in named or key in LEVERS:
        sources = named.get(value, [("", today.source_of(key)[0])])
        named[value] = [(_AS_GUIDED.get(key, _TODAY), source) for _, source in sources]
    return tuple(
        Landmark(value, f"{_short(key, value)} {told[0][0]}", "; ".join(source for _, source in told))
        for value, told in sorted(named.items())
    )


def _short(key: str, value: float) -> str:
    """A value in as few letters as tell it."""
    unit = ASSUMPTIONS[key].unit
    return quantity(value, unit).removesuffix(" cars").removesuffix(" per dollar")


def _dated(rate: TariffRate) -> str:
    """A rate with its dates and source in words."""
    since = f"since {rate.start:%-d %B %Y}" if rate.start else ""
    until = f"until {rate.end:%-d %B %Y}" if rate.end else ""
    period = " ".join(words for words in (since, until) if words) or "standing rate"
    return f"{rate.label}, {period} ({rate.source})"
