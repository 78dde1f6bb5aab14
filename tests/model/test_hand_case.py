"""One full scenario worked out step by step with plain numbers, from typed facts to profit.

Edition 2026-05, last year, every programme at full rate. The numbers are the facts as published; the
steps are the design's, written again without the model's code.
"""

import pytest

from model.projection import project
from tests.model.scenarios import last

SCENARIO = {
    "japan_tariff_share": 0.25,
    "usmca_deduction_share": 0.5,
    "msrp_offset_share": 0.02,
    "other_tariff_share": 0.1,
    "pass_through_share": 0.4,
    "demand_elasticity": -1.5,
    "honda_reshoring_share": 0.1,
    "nissan_reshoring_share": 0.2,
    "canton_honda_trucks_kveh": 80.0,
    "ridgeline_replaced_share": 0.5,
    "freed_line_use_share": 0.75,
    "platform_saving_jpy_bn": 60.0,
    "platform_honda_share": 0.6,
    "software_saving_share": 0.2,
    "software_cost_jpy_bn": 10.0,
    "software_gain_months": 3.0,
    "integration_cost_jpy_bn": 50.0,
    "integration_yr": 5.0,
    "integration_honda_share": 0.4,
    "success_probability_share": 0.8,
    "jpy_per_usd": 150.0,
    "honda_drift_jpy_bn": -10.0,
    "nissan_drift_jpy_bn": 5.0,
}
KEPT_HONDA, KEPT_NISSAN = 1 - 0.3077, 1 - 0.30


def duty_usd(imports: list[float], parts: float, dollars: tuple[float, float, float]) -> float:
    """USMCA cars, Japan cars, parts after the offset; money in dollars, cars as they are."""
    usmca_each, japan_each, offset_each = dollars
    usmca, japan, built = imports
    return usmca * usmca_each + japan * japan_each + max(parts * 0.25 - built * offset_each, 0.0)


def honda_trade_usd(freed: float) -> tuple[float, float]:
    """Honda's profit in dollars from duty, prices and moved cars, and its gross duty, with so many freed lines."""
    each = (26900 * (1 - 0.4 * 0.5) * 0.25, 26900 * 0.25, 0.02 * 37000)
    moved = 0.1 * 550e3
    usmca, japan = 530e3 * (1 - moved / 550e3) - freed, 20e3 * (1 - moved / 550e3)
    home = moved + freed
    built, sales, exports = 960e3 + home, 1430577.0, 960e3 - (1430577.0 - 550e3)
    other = 4.0e9 * 0.1
    full = duty_usd([usmca, japan, built], 6.5e9 * built / 960e3, each)
    price_rise = 0.4 * full * KEPT_HONDA / sales
    left = (1 + price_rise / 37000) ** -1.5
    built_left = exports + (built - exports) * left
    paid = duty_usd([usmca * left, japan * left, built_left], 6.5e9 * built_left / 960e3, each) + other
    from_customers = price_rise * sales * left
    lost = sales * (1 - left) * 5000
    return from_customers - paid * KEPT_HONDA - lost - home * left * 2000, paid


def nissan_trade_usd() -> tuple[float, float, float]:
    """Nissan's profit in dollars from duty, prices and moved cars, its gross duty, and demand that remains."""
    each = (17000 * (1 - 0.15 * 0.5) * 0.25, 25000 * 0.25, 0.02 * 33000)
    moved = 0.2 * 420e3
    usmca, japan = 300e3 * 0.8, 120e3 * 0.8
    built, sales = 486232.0 + moved, 926153.0
    full = duty_usd([usmca, japan, built], 5.08e9 * built / 486232.0, each)
    price_rise = 0.4 * full * KEPT_NISSAN / sales
    left = (1 + price_rise / 33000) ** -1.5
    built_left = built * left  # all of it is sold in the US
    paid = duty_usd([usmca * left, japan * left, built_left], 5.08e9 * built_left / 486232.0, each)
    lost = sales * (1 - left) * 4000
    return price_rise * sales * left - paid * KEPT_NISSAN - lost - moved * left * 2000, paid, left


def reference_net_duty_jpy_bn() -> tuple[float, float]:
    """Net duty of both with nothing moved: 15 % Japan, full deduction, 3.75 % offset, other products free."""
    honda = duty_usd([530e3, 20e3, 960e3], 6.5e9, (26900 * 0.6 * 0.25, 26900 * 0.15, 0.0375 * 37000))
    nissan = duty_usd([300e3, 120e3, 486232.0], 5.08e9, (17000 * 0.85 * 0.25, 25000 * 0.15, 0.0375 * 33000))
    return honda * KEPT_HONDA * 145 / 1e9, nissan * KEPT_NISSAN * 150 / 1e9


def markup_usd() -> float:
    """Half the average fixed cost of Canton plus the fee, with Nissan's moved cars and Honda's trucks built there."""
    _, _, left = nissan_trade_usd()
    room, canton_room = 640e3 + 410e3 - 486232.0 - 80e3, 410e3 - 210e3 - 80e3
    output = (210e3 + 0.2 * 420e3 * canton_room / room) * left + 80e3
    return 0.5 * (0.8 * 410e3 * 2000 / output) + 600


def honda_alliance_jpy_bn() -> float:
    replaced = 0.5 * 80e3
    with_freed, _ = honda_trade_usd(replaced * 0.75 * 0.8)
    without, _ = honda_trade_usd(0.0)
    trucks = (80e3 - replaced) * 0.8 * (38000 - 32000) - 80e3 * 0.8 * markup_usd() - 0.5e9 / 7
    sooner = 200e3 * (3 / 12) * 0.5 * (1130 / 1680) * 5000 * 0.8
    saved = 60 * 0.6 * 0.8 + 1130 * 0.22 * 0.5 * 0.2 * 0.8 - 10 * (1130 / 1680) - 50 * 0.4 / 5
    return (with_freed - without + trucks + sooner) * 150 / 1e9 + saved


def nissan_alliance_jpy_bn() -> float:
    trucks = 80e3 * 0.8 * markup_usd()
    sooner = 200e3 * (3 / 12) * 0.5 * (550 / 1680) * 4000 * 0.8
    saved = 60 * 0.4 * 0.8 + 550 * 0.22 * 0.5 * 0.2 * 0.8 - 10 * (550 / 1680) - 50 * 0.6 / 5
    return (trucks + sooner) * 155 / 1e9 + saved


def test_gross_duty_by_hand() -> None:
    world = project(SCENARIO)
    _, honda = honda_trade_usd(0.5 * 80e3 * 0.75 * 0.8)
    _, nissan, _ = nissan_trade_usd()
    assert last(world, "honda", "gross_tariff_cost_jpy_bn") == pytest.approx(honda * 150 / 1e9, rel=1e-9)
    assert last(world, "nissan", "gross_tariff_cost_jpy_bn") == pytest.approx(nissan * 155 / 1e9, rel=1e-9)


def test_alliance_benefit_by_hand() -> None:
    world = project(SCENARIO)
    assert last(world, "honda", "alliance_benefit_jpy_bn") == pytest.approx(honda_alliance_jpy_bn(), rel=1e-9)
    assert last(world, "nissan", "alliance_benefit_jpy_bn") == pytest.approx(nissan_alliance_jpy_bn(), rel=1e-9)


def test_operating_profit_by_hand() -> None:
    world, (honda_base, nissan_base) = project(SCENARIO), reference_net_duty_jpy_bn()
    honda_trade = honda_trade_usd(0.0)[0] * 150 / 1e9
    honda = 500 + honda_trade + honda_base + 25 * 5 - 10 * 4 + honda_alliance_jpy_bn()
    nissan_trade = nissan_trade_usd()[0] * 155 / 1e9
    nissan = 200 + nissan_trade + nissan_base + 12 * 5 + 5 * 4 + nissan_alliance_jpy_bn()
    assert last(world, "honda", "operating_profit_jpy_bn") == pytest.approx(honda, rel=1e-9)
    assert last(world, "nissan", "operating_profit_jpy_bn") == pytest.approx(nissan, rel=1e-9)
