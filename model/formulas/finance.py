"""From effects to profit, margin, earnings per share and value.

operating profit = published guidance + (effects of the scenario - effects of the reference)
value of the alliance = its after-tax yearly benefits, discounted, plus some years at the last rate
"""

import numpy as np

from model.tracing import Value, formula


@formula("JPY per USD")
def planning_rate_jpy_per_usd(jpy_per_usd: Value, gap_jpy: Value) -> Value:
    """Nissan's exchange rate [JPY per USD]: the rate set for Honda plus the gap between their plans."""
    return jpy_per_usd + gap_jpy


@formula("JPY bn")
def translation_jpy_bn(sensitivity_jpy_bn: Value, jpy_per_usd: Value, planned_jpy_per_usd: Value) -> Value:
    """Effect of the exchange rate on operating profit other than duty [JPY bn a year].

    sensitivity_jpy_bn: profit per yen of a weaker yen [JPY bn per JPY per USD]
    jpy_per_usd: the scenario's rate [JPY per USD]
    planned_jpy_per_usd: the rate behind the guidance [JPY per USD]
    """
    return sensitivity_jpy_bn * (jpy_per_usd - planned_jpy_per_usd)


@formula("JPY bn")
def drift_jpy_bn(yearly_jpy_bn: Value, year_index: Value) -> Value:
    """The user's own change of the underlying business [JPY bn], adding up from the second year.

    yearly_jpy_bn: change per year [JPY bn]
    year_index: 0 for the guided year (5,)
    """
    return yearly_jpy_bn * year_index


@formula("JPY bn")
def sum_jpy_bn(*amounts_jpy_bn: Value) -> Value:
    """Sum of amounts [JPY bn]."""
    first, *others = amounts_jpy_bn
    return sum(others, start=first)


@formula("JPY bn")
def cost_jpy_bn(amount_jpy_bn: Value) -> Value:
    """An amount as it enters profit: a cost counts negative [JPY bn]."""
    return 0.0 - amount_jpy_bn


@formula("JPY bn")
def difference_jpy_bn(amount_jpy_bn: Value, base_jpy_bn: Value) -> Value:
    """An amount less its base [JPY bn]."""
    return amount_jpy_bn - base_jpy_bn


@formula("JPY bn")
def revenue_jpy_bn(
    guided_jpy_bn: Value, scenario_us_jpy_bn: Value, reference_us_jpy_bn: Value, trucks_jpy_bn: Value
) -> Value:
    """Revenue [JPY bn a year]: guidance, moved by US car revenue and by trucks.

    guided_jpy_bn: guided revenue [JPY bn a year]
    scenario_us_jpy_bn, reference_us_jpy_bn: US car revenue of scenario and reference [JPY bn a year]
    trucks_jpy_bn: revenue from trucks of the alliance, in expectation [JPY bn a year]
    """
    return guided_jpy_bn + (scenario_us_jpy_bn - reference_us_jpy_bn) + trucks_jpy_bn


@formula("share")
def operating_margin_share(operating_profit_jpy_bn: Value, revenue_jpy_bn: Value) -> Value:
    """Operating profit over revenue [share]."""
    return operating_profit_jpy_bn / revenue_jpy_bn


@formula("JPY")
def eps_jpy(
    guided_net_jpy_bn: Value,
    operating_profit_jpy_bn: Value,
    guided_profit_jpy_bn: Value,
    tax_share: Value,
    shares_bn: Value,
) -> Value:
    """Earnings per share [JPY]: guided net income moved by the after-tax change of operating profit.

    guided_net_jpy_bn: guided net income [JPY bn a year]
    operating_profit_jpy_bn, guided_profit_jpy_bn: operating profit of scenario and guidance [JPY bn a year]
    tax_share: tax on the change [share]
    shares_bn: shares outstanding [bn]
    """
    return (guided_net_jpy_bn + (operating_profit_jpy_bn - guided_profit_jpy_bn) * (1.0 - tax_share)) / shares_bn


@formula("JPY bn")
def present_value_jpy_bn(
    benefit_jpy_bn: Value,
    recurring_jpy_bn: Value,
    left_over_jpy_bn: Value,
    year_index: Value,
    tax_share: Value,
    cost_of_capital_share: Value,
    years_after_yr: Value,
    last_year_index: Value,
) -> Value:
    """Value today of a company's yearly benefits [JPY bn]: the horizon, then years at its last recurring rate.

    benefit_jpy_bn: benefits by year, one-offs included [JPY bn] (5,) or (draws, 5)
    recurring_jpy_bn: benefits by year that go on after the horizon [JPY bn]
    left_over_jpy_bn: cost still to be charged at the end of the horizon [JPY bn]
    year_index: 0 for the first fiscal year (5,); cash counts at the year's end
    tax_share: tax on benefits and relief on costs [share]
    cost_of_capital_share: discount rate [share], above zero
    years_after_yr: years the last recurring benefit goes on after the horizon
    last_year_index: 1 in the last year, 0 before (5,)
    """
    factor = (1.0 + cost_of_capital_share) ** (-year_index - 1.0)
    annuity = (1.0 - (1.0 + cost_of_capital_share) ** (-years_after_yr)) / cost_of_capital_share
    after = (recurring_jpy_bn * annuity - left_over_jpy_bn) * last_year_index
    yearly = (benefit_jpy_bn + after) * factor * (1.0 - tax_share)
    value: Value = np.sum(yearly, axis=-1, keepdims=True)
    return value


@formula("JPY")
def value_per_share_jpy(value_jpy_bn: Value, shares_bn: Value) -> Value:
    """Value of the alliance per share [JPY]."""
    return value_jpy_bn / shares_bn
