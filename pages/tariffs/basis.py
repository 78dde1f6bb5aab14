"""What kind of number the duty and its burden rest on, in words."""

from typing import Final

from model.editions import edition
from pages.kit.view import View

_BASIS: Final = {
    "customs values": ("honda_import_value_usd", "nissan_mexico_value_usd", "nissan_japan_value_usd"),
    "US content": ("honda_us_content_share", "nissan_us_content_share"),
    "dutiable parts": ("honda_parts_usd_bn", "nissan_parts_usd_bn"),
    "sticker prices": ("honda_price_usd", "nissan_price_usd"),
    "where parts come from": (
        "parts_exempt_share",
        "parts_materials_share",
        "honda_parts_japan_share",
        "nissan_parts_japan_share",
    ),
    "own measures": ("honda_own_measures_jpy_bn", "nissan_own_measures_jpy_bn"),
    "contribution per car": ("honda_contribution_usd", "nissan_contribution_usd"),
    "demand response": ("own_elasticity", "market_elasticity", "rivals_follow_share"),
}
"""What the duty and its burden rest on besides rates, by the words used for it."""

DUTY_BASIS: Final = ("customs values", "US content", "dutiable parts", "where parts come from", "sticker prices")
BURDEN_BASIS: Final = ("own measures", "contribution per car", "demand response")


def basis(view: View, names: tuple[str, ...]) -> str:
    """What kind of number the figures rest on, such as "Judgement: customs values, US content."."""
    world, changed = edition(view.scenario.edition), view.scenario.changed()
    by_kind: dict[str, list[str]] = {}
    for name in names:
        kinds = dict.fromkeys("set by you" if key in changed else world.source_of(key)[1] for key in _BASIS[name])
        by_kind.setdefault(" or ".join(kinds), []).append(name)
    return " ".join(f"{kind.capitalize()}: {', '.join(found)}." for kind, found in by_kind.items())
