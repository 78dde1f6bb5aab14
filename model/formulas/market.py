"""Who pays: price, demand, and where the cars are built.

price rise per car = passed-on share x net duty on cars and parts / US sales
elasticity = own + (market - own) x how far rivals follow
demand = base x (price after / price before) ^ elasticity
"""

import numpy as np

from model.formulas.units import HALF, USD_BN_PER_KVEH_USD
from model.tracing import Value, formula


@formula("share")
def ramp_share(year_index: Value, start_yr: Value, delay_yr: Value, ramp_yr: Value) -> Value:
    """Progress of a programme, the mean over the year [share]: 0 before it starts, rising evenly to 1 over `ramp_yr`.

    year_index: 0 for the first fiscal year (5,)
    start_yr: years from the start of the horizon to its start
    delay_yr: further years of delay
    ramp_yr: years to full effect, above 0
    """
    # The area under the line up to u ramps after the start is u^2 / 2 on the way up, and u - 1 / 2 beyond.
    since = (year_index - start_yr - delay_yr) / ramp_yr
    begin, end = np.maximum(since, 0.0), np.maximum(since + 1.0 / ramp_yr, 0.0)
    rising_begin, rising_end = np.minimum(begin, 1.0), np.minimum(end, 1.0)
    area: Value = rising_end * (end - HALF * rising_end) - rising_begin * (begin - HALF * rising_begin)
    return area * ramp_yr


@formula("share")
def running_share(year_index: Value, start_yr: Value, delay_yr: Value) -> Value:
    """Part of a year after something has begun [share].

    year_index: 0 for the first fiscal year (5,)
    start_yr, delay_yr: as in `ramp_share`
    """
    return np.minimum(np.maximum(year_index + 1.0 - start_yr - delay_yr, 0.0), 1.0)


@formula("kveh")
def wanted_move_kveh(usmca_kveh: Value, japan_kveh: Value, reshoring_share: Value, ramp: Value) -> Value:
    """Imported cars the company would move into US plants [thousand a year].

    usmca_kveh, japan_kveh: imports at base [thousand a year]
    reshoring_share: share of them to move [share]
    ramp: progress of the move [share]
    """
    return (usmca_kveh + japan_kveh) * reshoring_share * ramp


@formula("kveh")
def free_capacity_kveh(capacity_kveh: Value, output_kveh: Value, promised_kveh: Value) -> Value:
    """Room left in plants [thousand a year].

    capacity_kveh, output_kveh: capacity and base output [thousand a year]
    promised_kveh: output already promised to others [thousand a year]
    """
    return np.maximum(capacity_kveh - output_kveh - promised_kveh, 0.0)


@formula("kveh")
def total_kveh(one_kveh: Value, other_kveh: Value) -> Value:
    """Sum of two volumes [thousand a year]."""
    return one_kveh + other_kveh


@formula("kveh")
def moved_kveh(wanted_kveh: Value, free_kveh: Value) -> Value:
    """Imports moved into US plants [thousand a year]: as many as fit.

    wanted_kveh: cars to move [thousand a year]
    free_kveh: free US capacity [thousand a year]
    """
    return np.minimum(wanted_kveh, free_kveh)


@formula("kveh")
def unplaced_kveh(wanted_kveh: Value, moved_kveh: Value) -> Value:
    """Cars to move that found no free US line [thousand a year]."""
    return wanted_kveh - moved_kveh


@formula("kveh")
def remaining_imports_kveh(imports_kveh: Value, usmca_kveh: Value, japan_kveh: Value, moved_kveh: Value) -> Value:
    """Imports of one origin after the move, which takes from both origins in proportion [thousand a year].

    imports_kveh: base imports of this origin [thousand a year]
    usmca_kveh, japan_kveh: base imports of both [thousand a year]
    moved_kveh: cars moved to US plants [thousand a year]
    """
    return imports_kveh * (1.0 - moved_kveh / (usmca_kveh + japan_kveh))


@formula("kveh")
def replaced_imports_kveh(imports_kveh: Value, freed_kveh: Value) -> Value:
    """USMCA imports replaced by cars built on freed US lines [thousand a year].

    imports_kveh: USMCA imports [thousand a year]
    freed_kveh: capacity freed [thousand a year]
    """
    return np.minimum(imports_kveh, freed_kveh)


@formula("kveh")
def less_kveh(volume_kveh: Value, taken_kveh: Value) -> Value:
    """A volume less what is taken from it [thousand a year]."""
    return volume_kveh - taken_kveh


@formula("kveh")
def us_built_sales_kveh(us_sales_kveh: Value, usmca_kveh: Value, japan_kveh: Value) -> Value:
    """US sales built in the US at base [thousand a year]: sales less imports."""
    return us_sales_kveh - usmca_kveh - japan_kveh


@formula("USD per vehicle")
def price_rise_usd(pass_through_share: Value, net_duty_usd_bn: Value, us_sales_kveh: Value) -> Value:
    """Price rise on every car sold in the US [USD per vehicle].

    pass_through_share: share of net duty put on prices [share]
    net_duty_usd_bn: net duty on cars and parts before demand reacts [USD bn a year]
    us_sales_kveh: US sales at base [thousand a year]
    """
    return pass_through_share * net_duty_usd_bn / (us_sales_kveh * USD_BN_PER_KVEH_USD)


@formula("ratio")
def effective_elasticity(own_elasticity: Value, market_elasticity: Value, follow_share: Value) -> Value:
    """How a maker's sales answer its own price when rivals follow in part [ratio].

    own_elasticity: when no rival follows
    market_elasticity: when all raise prices alike
    follow_share: how far rivals follow [share]
    """
    return own_elasticity + follow_share * (market_elasticity - own_elasticity)


@formula("share")
def demand_share(price_rise_usd: Value, price_usd: Value, elasticity: Value) -> Value:
    """Volume that remains after the price rise [share of base], at constant elasticity.

    price_rise_usd: price rise [USD per vehicle]
    price_usd: price before [USD per vehicle]
    elasticity: effective elasticity of demand, zero or negative
    """
    return (1.0 + price_rise_usd / price_usd) ** elasticity


@formula("kveh")
def sold_kveh(base_kveh: Value, demand_share: Value) -> Value:
    """Volume after demand has reacted [thousand a year]."""
    return base_kveh * demand_share


@formula("kveh")
def us_output_after_demand_kveh(us_output_kveh: Value, us_built_sales_kveh: Value, demand_share: Value) -> Value:
    """US output after demand has reacted [thousand a year]; exports from US plants are not touched.

    us_output_kveh: US output before the reaction [thousand a year]
    us_built_sales_kveh: US sales of US-built cars before it [thousand a year]; where a year's sales
        exceed its output (stock), they count up to the output
    demand_share: volume that remains [share]
    """
    return us_output_kveh - np.minimum(us_built_sales_kveh, us_output_kveh) * (1.0 - demand_share)


@formula("USD bn")
def pass_through_usd_bn(price_rise_usd: Value, sold_kveh: Value) -> Value:
    """What customers pay more [USD bn a year]: price rise on the cars still sold."""
    return price_rise_usd * sold_kveh * USD_BN_PER_KVEH_USD


@formula("USD bn")
def lost_contribution_usd_bn(base_kveh: Value, sold_kveh: Value, contribution_usd: Value) -> Value:
    """Contribution of the cars no longer sold [USD bn a year].

    base_kveh, sold_kveh: sales before and after demand reacted [thousand a year]
    contribution_usd: price less variable cost, before duty [USD per vehicle]
    """
    return (base_kveh - sold_kveh) * contribution_usd * USD_BN_PER_KVEH_USD


@formula("USD bn")
def move_cost_usd_bn(
    moved_kveh: Value, demand_share: Value, penalty_usd: Value, tooling_usd: Value, tooling_life_yr: Value
) -> Value:
    """Extra cost of building in the US what was imported [USD bn a year], tooling written off evenly.

    moved_kveh: cars moved [thousand a year]
    demand_share: volume that remains after demand has reacted [share]
    penalty_usd: extra cost [USD per vehicle]
    tooling_usd: tooling for a car a year [USD per vehicle]; it is there whether or not demand reacts
    tooling_life_yr: years over which it is written off
    """
    yearly_usd = demand_share * penalty_usd + tooling_usd / tooling_life_yr
    return moved_kveh * yearly_usd * USD_BN_PER_KVEH_USD


@formula("USD bn")
def us_car_revenue_usd_bn(sold_kveh: Value, price_usd: Value, price_rise_usd: Value) -> Value:
    """US car revenue at sticker prices [USD bn a year].

    sold_kveh: cars sold [thousand a year]
    price_usd, price_rise_usd: price before and its rise [USD per vehicle]
    """
    return sold_kveh * (price_usd + price_rise_usd) * USD_BN_PER_KVEH_USD
