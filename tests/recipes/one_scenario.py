"""One scenario: cars from Japan pay 25 % again, all else as it is today."""

from model import Scenario, run

result = run(Scenario.of("status_quo", japan_tariff_share=0.25))
profit = result.frame("operating_profit_jpy_bn")
change = profit - result.reference.frame("operating_profit_jpy_bn")
print(profit.round(1))
print(f"Nissan, {profit.index[0]}: {change['nissan'].iloc[0]:+.1f} JPY bn against the reference")
