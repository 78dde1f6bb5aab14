"""From effects to profit, margin, earnings per share and value.

reference = published guidance, one-offs inside it ended after their year
operating profit = reference + (effects of the scenario - effects of the reference)
value of the alliance = its after-tax cash by year, discounted, some years after the horizon included
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
def reference_profit_jpy_bn(
    guided_jpy_bn: Value, one_off_jpy_bn: Value, ended_duty_jpy_bn: Value, year_index: Value
) -> Value:
    """Operating profit of the reference [JPY bn a year]: guidance, without what was only in its year.

    guided_jpy_bn: guided operating profit of the first year [JPY bn]
    one_off_jpy_bn: one-off losses inside that guidance, which end with it [JPY bn]
    ended_duty_jpy_bn: duty of the guided year that is no longer paid, as a surcharge that ended [JPY bn a year]
    year_index: 0 for the guided year (5,)
    """
    return guided_jpy_bn + one_off_jpy_bn * np.minimum(year_index, 1.0) + ended_duty_jpy_bn


@formula("JPY bn")
def first_year_jpy_bn(amount_jpy_bn: Value, year_index: Value) -> Value:
    """An amount that falls into the first year alone [JPY bn].

    amount_jpy_bn: amount [JPY bn, once]
    year_index: 0 for the first fiscal year (5,)
    """
    return amount_jpy_bn * np.maximum(1.0 - year_index, 0.0)


@formula("")
def in_first_year(amount: Value, year_index: Value) -> Value:
    """An amount of the first year, for every year [unit of amount].

    amount: by year (5,) or (draws, 5), or one that is alike in all years
    year_index: 0 for the first fiscal year (5,)
    """
    value: Value = np.sum(amount * np.maximum(1.0 - year_index, 0.0), axis=-1, keepdims=True)
    return value


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


@formula("")
def at_last_year(amount: Value, last_year_index: Value) -> Value:
    """An amount in the last year of the horizon [unit of amount].

    amount: by year (5,) or (draws, 5)
    last_year_index: 1 in the last year, 0 before (5,)
    """
    value: Value = np.sum(amount * last_year_index, axis=-1, keepdims=True)
    return value


@formula("share")
def discount_factor(year_index: Value, cost_of_capital_share: Value) -> Value:
    """Value today of one at the end of each year [share].

    year_index: 0 for the first fiscal year (years,)
    cost_of_capital_share: discount rate [share], above zero
    """
    return (1.0 + cost_of_capital_share) ** (-year_index - 1.0)


@formula("share")
def weight_after_horizon(
    year_index: Value, horizon_yr: Value, years_after_yr: Value, later: Value, discount_factor: Value
) -> Value:
    """Value today of one in each year after the horizon, while the alliance goes on [share]; 0 within the horizon.

    year_index: 0 for the first fiscal year (years,)
    horizon_yr: years of the horizon
    years_after_yr: years the alliance goes on after it
    later: 1 after the horizon, else 0 (years,)
    discount_factor: value today of one in each year [share]
    """
    goes_on = np.minimum(np.maximum(horizon_yr + years_after_yr - year_index, 0.0), 1.0)
    return goes_on * (later * discount_factor)


@formula("")
def present_value(yearly: Value, weight: Value) -> Value:
    """Value today of yearly amounts [unit of yearly]; shares are of one year's amount.

    yearly: by year (years,) or (draws, years); it counts at the year's end
    weight: value today of one in each year [share]
    """
    value: Value = np.sum(yearly * weight, axis=-1, keepdims=True)
    return value


@formula("JPY bn")
def after_tax_jpy_bn(amount_jpy_bn: Value, tax_share: Value) -> Value:
    """An amount after tax; a cost gets the same relief [JPY bn]."""
    return amount_jpy_bn * (1.0 - tax_share)


@formula("share")
def after_relief_share(spent_share: Value, written_off_share: Value, tax_share: Value) -> Value:
    """What spending costs after the tax that writing it off saves, both as values today [share of the spending].

    spent_share, written_off_share: value today of what is paid, and of what is written off [share]
    tax_share: tax relief [share]
    """
    return spent_share - written_off_share * tax_share


@formula("share")
def of_revenue_share(amount_jpy_bn: Value, revenue_jpy_bn: Value) -> Value:
    """An amount over revenue [share]."""
    return amount_jpy_bn / revenue_jpy_bn


@formula("JPY")
def value_per_share_jpy(value_jpy_bn: Value, shares_bn: Value) -> Value:
    """Value of the alliance per share [JPY]."""
    return value_jpy_bn / shares_bn
