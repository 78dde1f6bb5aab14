"""A sweep: Nissan's profit at each tariff on cars from Japan, all else as it is today."""

import numpy as np

from model import Scenario, sweep

swept = sweep(Scenario.of("status_quo"), japan_tariff_share=np.linspace(0.0, 0.3, 13))
profit = swept.frame("operating_profit_jpy_bn", "nissan")["FY2027/3"]
print(profit.round(1))
print(f"Ten points of tariff cost Nissan {(profit.iloc[0] - profit.iloc[-1]) / 3:.1f} JPY bn a year")
