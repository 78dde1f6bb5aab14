"""One full scenario worked out step by step with plain numbers, from typed facts to profit.

Edition 2026-05, last year, every programme at full rate. The numbers are the facts as published; the
steps are the design's, written again without the model's code.
"""

import pytest

from model.projection import project
from tests.model.scenarios import last

EDITION = "2026-05"
SCENARIO = {
    "japan_tariff_share": 0.25,
    "usmca_deduction_share": 0.5,
    "japan_parts_tariff_share": 0.15,
    "materials_tariff_share": 0.4,
    "usmca_parts_rule_share": 0.5,
    "msrp_offset_share": 0.02,
    "other_tariff_share": 0.1,
    "pass_through_share": 0.4,
    "own_elasticity": -5.0,
    "market_elasticity": -1.0,
    "rivals_follow_share": 0.75,
    "honda_reshoring_share": 0.1,
    "nissan_reshoring_share": 0.2,
    "reshoring_tooling_usd": 3500.0,
    "parts_materials_share": 0.1,
    "parts_exempt_share": 0.2,
    "honda_parts_japan_share": 0.3,
    "nissan_parts_japan_share": 0.4,
    "canton_honda_trucks_kveh": 80.0,
    "ridgeline_replaced_share": 0.5,
    "freed_line_use_share": 0.75,
    "platform_start_yr": 1.0,
    "platform_saving_jpy_bn": 60.0,
    "platform_honda_share": 0.6,
    "software_start_yr": 2.5,
    "software_saving_share": 0.2,
    "software_cost_jpy_bn": 10.0,
    "software_gain_months": 3.0,
    "software_incremental_share": 0.25,
    "integration_cost_jpy_bn": 50.0,
    "integration_yr": 5.0,
    "integration_honda_share": 0.4,
    "success_probability_share": 0.8,
    "jpy_per_usd": 150.0,
    "honda_drift_jpy_bn": -10.0,
    "nissan_drift_jpy_bn": 5.0,
    "honda_one_off_jpy_bn": 30.0,
}
ELASTICITY = -5.0 + 0.75 * 4.0
TOOLING_USD = 3500 / 7
OWN_HONDA_JPY_BN, OWN_NISSAN_JPY_BN = 112.1, 99.1
RULES = {"offset": 0.02, "parts": 0.25, "japan": 0.15, "materials": 0.4, "exempt": 0.2 * 0.5}
RULES_NOW = {"offset": 0.0375, "parts": 0.25, "japan": 0.25, "materials": 0.5, "exempt": 0.2}


def duty_usd(
    imports: list[float], value: float, each: tuple[float, float, float], from_japan: float, rules: dict[str, float]
) -> float:
    """USMCA cars, Japan cars, parts by origin after the offset, materials; in dollars, cars as they are."""
    usmca_each, japan_each, price = each
    usmca, japan, built = imports
    parts = value * 0.9 * (1 - rules["exempt"])
    rate = from_japan * rules["japan"] + (1 - from_japan) * rules["parts"]
    paid = max(parts * rate - built * rules["offset"] * price, 0.0)
    return usmca * usmca_each + japan * japan_each + paid + value * 0.1 * rules["materials"]


def own_usd(gross: float, jpy_bn: float, yen: float) -> float:
    """What own measures take off the duty: an amount in yen, never more than the duty."""
    return min(jpy_bn * 1e9 / yen, gross)


def honda_trade_usd(freed: float) -> tuple[float, float]:
    """Honda's profit in dollars from duty, prices and moved cars, and its gross duty, with so many freed lines."""
    each = (26900 * (1 - 0.4 * 0.5) * 0.25, 26900 * 0.25, 37000.0)
    moved = 0.1 * 550e3
    usmca, japan = 530e3 * (1 - moved / 550e3) - freed, 20e3 * (1 - moved / 550e3)
    home = moved + freed
    built, sales, exports = 960e3 + home, 1430577.0, 960e3 - (1430577.0 - 550e3)
    other = 4.0e9 * 0.1
    planned = duty_usd([usmca, japan, built], 6.5e9 * built / 960e3, each, 0.3, RULES)
    kept = 1 - own_usd(planned + other, OWN_HONDA_JPY_BN, 150) / (planned + other)
    price_rise = 0.4 * planned * kept / sales
    left = (1 + price_rise / 37000) ** ELASTICITY
    built_left = exports + (built - exports) * left
    value = 6.5e9 * built_left / 960e3
    paid = duty_usd([usmca * left, japan * left, built_left], value, each, 0.3, RULES) + other
    from_customers = price_rise * sales * left
    lost = sales * (1 - left) * 5000
    net = paid - own_usd(paid, OWN_HONDA_JPY_BN, 150)
    return from_customers - net - lost - home * (left * 2000 + TOOLING_USD), paid


def nissan_trade_usd() -> tuple[float, float, float]:
    """Nissan's profit in dollars from duty, prices and moved cars, its gross duty, and demand that remains."""
    each = (17000 * (1 - 0.15 * 0.5) * 0.25, 25000 * 0.25, 33000.0)
    moved = 0.2 * 420e3
    usmca, japan = 300e3 * 0.8, 120e3 * 0.8
    built, sales = 486232.0 + moved, 926153.0
    planned = duty_usd([usmca, japan, built], 5.08e9 * built / 486232.0, each, 0.4, RULES)
    kept = 1 - own_usd(planned, OWN_NISSAN_JPY_BN, 155) / planned
    price_rise = 0.4 * planned * kept / sales
    left = (1 + price_rise / 33000) ** ELASTICITY
    built_left = built * left  # all of it is sold in the US
    value = 5.08e9 * built_left / 486232.0
    paid = duty_usd([usmca * left, japan * left, built_left], value, each, 0.4, RULES)
    lost = sales * (1 - left) * 4000
    net = paid - own_usd(paid, OWN_NISSAN_JPY_BN, 155)
    return price_rise * sales * left - net - lost - moved * (left * 2000 + TOOLING_USD), paid, left


def reference_net_duty_jpy_bn() -> tuple[float, float]:
    """Net duty of both under the edition's rates, other products free, with what parts are made of as here."""
    each = (26900 * 0.6 * 0.25, 26900 * 0.15, 37000.0)
    honda = duty_usd([530e3, 20e3, 960e3], 6.5e9, each, 0.3, RULES_NOW)
    each = (17000 * 0.85 * 0.25, 25000 * 0.15, 33000.0)
    nissan = duty_usd([300e3, 120e3, 486232.0], 5.08e9, each, 0.4, RULES_NOW)
    return honda * 145 / 1e9 - OWN_HONDA_JPY_BN, nissan * 150 / 1e9 - OWN_NISSAN_JPY_BN


def markup_usd() -> float:
    """Half the average fixed cost of Canton plus the fee, with Nissan's moved cars and Honda's trucks built there."""
    _, _, left = nissan_trade_usd()
    room, canton_room = 640e3 + 410e3 - 486232.0 - 80e3, 410e3 - 210e3 - 80e3
    output = (210e3 + 0.2 * 420e3 * canton_room / room) * left + 80e3
    return 0.5 * (0.8 * 410e3 * 2000 / output) + 600


def software_cost_jpy_bn() -> float:
    """Joint work runs in all of the last year; where it has failed, it stopped when the first saving was due."""
    return 10.0 * 0.8


def honda_alliance_jpy_bn() -> float:
    replaced = 0.5 * 80e3
    with_freed, _ = honda_trade_usd(replaced * 0.75 * 0.8)
    without, _ = honda_trade_usd(0.0)
    trucks = (80e3 - replaced) * 0.8 * (38000 - 32000) - 80e3 * 0.8 * markup_usd() - 0.5e9 / 7
    sooner = 200e3 * (3 / 12) * 0.25 * 0.25 * (1430577 / (1430577 + 926153)) * 5000 * 0.8
    saved = 60 * 0.6 * 0.8 + 1130 * 0.22 * 0.5 * 0.2 * 0.9375 * 0.8 - 50 * 0.4 / 5
    return (with_freed - without + trucks + sooner) * 150 / 1e9 + saved - software_cost_jpy_bn() * 1130 / 1680


def nissan_alliance_jpy_bn() -> float:
    """Honda pays the mark-up at its own rate, and Nissan plans with one that is five yen weaker."""
    trucks = 80e3 * 0.8 * markup_usd()
    sooner = 200e3 * (3 / 12) * 0.25 * 0.25 * (926153 / (1430577 + 926153)) * 4000 * 0.8
    saved = 60 * 0.4 * 0.8 + 550 * 0.22 * 0.5 * 0.2 * 0.9375 * 0.8 - 50 * 0.6 / 5
    return (trucks + sooner) * 155 / 1e9 + saved - software_cost_jpy_bn() * 550 / 1680


def test_gross_duty_by_hand() -> None:
    world = project(SCENARIO, EDITION)
    _, honda = honda_trade_usd(0.5 * 80e3 * 0.75 * 0.8)
    _, nissan, _ = nissan_trade_usd()
    assert last(world, "honda", "gross_tariff_cost_jpy_bn") == pytest.approx(honda * 150 / 1e9, rel=1e-9)
    assert last(world, "nissan", "gross_tariff_cost_jpy_bn") == pytest.approx(nissan * 155 / 1e9, rel=1e-9)


def test_alliance_benefit_by_hand() -> None:
    world = project(SCENARIO, EDITION)
    assert last(world, "honda", "alliance_benefit_jpy_bn") == pytest.approx(honda_alliance_jpy_bn(), rel=1e-9)
    assert last(world, "nissan", "alliance_benefit_jpy_bn") == pytest.approx(nissan_alliance_jpy_bn(), rel=1e-9)


def test_operating_profit_by_hand() -> None:
    world, (honda_base, nissan_base) = project(SCENARIO, EDITION), reference_net_duty_jpy_bn()
    honda_trade = honda_trade_usd(0.0)[0] * 150 / 1e9
    honda = 500 + 30 + honda_trade + honda_base + 25 * 5 - 10 * 4 + honda_alliance_jpy_bn()
    nissan_trade = nissan_trade_usd()[0] * 155 / 1e9
    nissan = 200 + nissan_trade + nissan_base + 12 * 5 + 5 * 4 + nissan_alliance_jpy_bn()
    assert last(world, "honda", "operating_profit_jpy_bn") == pytest.approx(honda, rel=1e-9)
    assert last(world, "nissan", "operating_profit_jpy_bn") == pytest.approx(nissan, rel=1e-9)
