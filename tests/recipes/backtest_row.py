"""A row of the check against the world: what Nissan booked in its first half-year, and what the model gives for it."""

from model.backtest import backtest

(row,) = [each for each in backtest() if each.fact_id == "nissan_tariff_actual_h1"]
print(f"{row.company}, {row.period}: published {row.published_jpy_bn:.1f}, model {row.model_jpy_bn:.1f} JPY bn")
print(f"The model misses it by {row.error_share:+.1%}: {row.unexplained}")
