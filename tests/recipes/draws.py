"""Draws: how far Honda's profit spreads when every assumption may lie anywhere in its plausible range."""

import numpy as np

from model import Scenario
from model.measures import Measure
from model.sampling import Sampling, chunks

sampling = Sampling(Scenario.of("alliance_delivers"), seed=1)
profit = Measure("operating_profit_jpy_bn", "honda", year=4)  # the last of the years 0 to 4
drawn = np.concatenate([profit.of(chunk.projection) for chunk in chunks(sampling, draws=10_000)])
low, middle, high = np.quantile(drawn, [0.05, 0.5, 0.95])
print(f"Nine draws of ten lie between {low:.0f} and {high:.0f} JPY bn, half of them below {middle:.0f}")
