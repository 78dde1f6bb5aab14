"""Nissan's plant in Canton, Mississippi, and the trucks it could build for Honda.

fixed cost = break-even utilisation x capacity x contribution per vehicle
transfer price = variable cost + share of the average fixed cost + fee
A truck that replaces a US-built Ridgeline frees a Honda line; only a freed line that builds a car
imported until then avoids duty. Any other truck is extra: it earns its contribution.
"""

import numpy as np

from model.formulas.units import USD_BN_PER_KVEH_USD
from model.tracing import Value, formula


@formula("kveh")
def trucks_kveh(contract_kveh: Value, ramp: Value) -> Value:
    """Trucks built for Honda [thousand a year].

    contract_kveh: trucks at full rate [thousand a year]
    ramp: progress of the start of production [share]
    """
    return contract_kveh * ramp


@formula("kveh")
def expected_kveh(volume_kveh: Value, probability_share: Value) -> Value:
    """Volume in expectation [thousand a year]: what the alliance would build, by its chance to deliver."""
    return volume_kveh * probability_share


@formula("kveh")
def canton_reshored_kveh(moved_kveh: Value, canton_free_kveh: Value, free_kveh: Value) -> Value:
    """Nissan imports moved into Canton [thousand a year]: its part of Nissan's free US capacity.

    moved_kveh: Nissan imports moved to US plants [thousand a year]
    canton_free_kveh, free_kveh: free capacity of Canton and of all Nissan US plants [thousand a year]
    """
    return moved_kveh * canton_free_kveh / np.where(free_kveh > 0.0, free_kveh, 1.0)


@formula("kveh")
def canton_output_kveh(base_kveh: Value, demand_share: Value, trucks_kveh: Value, reshored_kveh: Value) -> Value:
    """Output of the plant if the alliance delivers [thousand a year].

    base_kveh: Nissan's own output at base [thousand a year]
    demand_share: Nissan's demand that remains [share]
    trucks_kveh: trucks for Honda [thousand a year]
    reshored_kveh: Nissan cars moved in from abroad, before demand reacts [thousand a year]
    """
    return (base_kveh + reshored_kveh) * demand_share + trucks_kveh


@formula("share")
def utilisation_share(output_kveh: Value, capacity_kveh: Value) -> Value:
    """Output over capacity [share]."""
    return output_kveh / capacity_kveh


@formula("kveh")
def break_even_output_kveh(break_even_share: Value, capacity_kveh: Value) -> Value:
    """Output at which contribution covers fixed cost [thousand a year]."""
    return break_even_share * capacity_kveh


@formula("USD bn")
def fixed_cost_usd_bn(break_even_kveh: Value, contribution_usd: Value) -> Value:
    """Fixed cost of the plant [USD bn a year], as the break-even rule implies it.

    break_even_kveh: break-even output [thousand a year]
    contribution_usd: contribution of a car built there [USD per vehicle]
    """
    return break_even_kveh * contribution_usd * USD_BN_PER_KVEH_USD


@formula("USD per vehicle")
def fixed_cost_usd_per_vehicle(fixed_usd_bn: Value, output_kveh: Value) -> Value:
    """Average fixed cost [USD per vehicle].

    fixed_usd_bn: fixed cost of the plant [USD bn a year]
    output_kveh: output [thousand a year], above zero
    """
    return fixed_usd_bn / (output_kveh * USD_BN_PER_KVEH_USD)


@formula("kveh")
def break_even_gap_kveh(break_even_kveh: Value, output_kveh: Value) -> Value:
    """Output missing to break even [thousand a year]; negative once the plant is past it."""
    return break_even_kveh - output_kveh


@formula("USD per vehicle")
def transfer_markup_usd(fixed_share: Value, fixed_usd_per_vehicle: Value, fee_usd: Value) -> Value:
    """What Honda pays Nissan for a truck above its variable cost [USD per vehicle].

    fixed_share: share of the average fixed cost that the price carries [share]
    fixed_usd_per_vehicle: average fixed cost [USD per vehicle]
    fee_usd: contract fee [USD per vehicle]
    """
    return fixed_share * fixed_usd_per_vehicle + fee_usd


@formula("USD per vehicle")
def transfer_price_usd(variable_cost_usd: Value, markup_usd: Value) -> Value:
    """Price of a truck from Nissan to Honda [USD per vehicle]."""
    return variable_cost_usd + markup_usd


@formula("USD bn")
def plant_result_usd_bn(
    own_kveh: Value, contribution_usd: Value, trucks_kveh: Value, markup_usd: Value, fixed_usd_bn: Value
) -> Value:
    """What Nissan's cars and Honda's payment leave of the plant's fixed cost [USD bn a year].

    Break-even in cars counts a truck like one of Nissan's own; this counts what is paid for it.
    own_kveh: Nissan's own cars [thousand a year]
    contribution_usd: contribution of such a car [USD per vehicle]
    trucks_kveh: trucks for Honda [thousand a year]
    markup_usd: their price above variable cost [USD per vehicle]
    fixed_usd_bn: fixed cost of the plant [USD bn a year]
    """
    return (own_kveh * contribution_usd + trucks_kveh * markup_usd) * USD_BN_PER_KVEH_USD - fixed_usd_bn


@formula("kveh")
def ridgelines_replaced_kveh(trucks_kveh: Value, replaced_share: Value, ridgeline_kveh: Value) -> Value:
    """Canton trucks that take the place of US-built Ridgelines [thousand a year], at most all of them.

    trucks_kveh: trucks for Honda [thousand a year]
    replaced_share: share of them that replace Ridgelines [share]
    ridgeline_kveh: Ridgelines sold in the US [thousand a year]
    """
    return np.minimum(trucks_kveh * replaced_share, ridgeline_kveh)


@formula("kveh")
def freed_lines_kveh(replaced_kveh: Value, use_share: Value) -> Value:
    """Cars that Honda's freed lines build instead of importing them [thousand a year].

    replaced_kveh: Ridgelines no longer built by Honda [thousand a year]
    use_share: share of the freed capacity that is used [share]
    """
    return replaced_kveh * use_share


@formula("JPY bn")
def transfer_income_jpy_bn(trucks_kveh: Value, markup_usd: Value, jpy_per_usd: Value) -> Value:
    """What Nissan receives for trucks above their variable cost [JPY bn a year]; Honda pays the same.

    trucks_kveh: trucks in expectation [thousand a year]
    markup_usd: price above variable cost [USD per vehicle]
    jpy_per_usd: exchange rate of who pays [JPY per USD], so that the payment cancels between the two
    """
    return trucks_kveh * markup_usd * USD_BN_PER_KVEH_USD * jpy_per_usd


@formula("JPY bn")
def extra_truck_contribution_jpy_bn(
    extra_kveh: Value, price_usd: Value, variable_cost_usd: Value, jpy_per_usd: Value
) -> Value:
    """What Honda earns on extra trucks before paying Nissan's mark-up [JPY bn a year].

    extra_kveh: trucks that replace nothing, in expectation [thousand a year]
    price_usd: Honda's revenue [USD per vehicle]
    variable_cost_usd: variable cost [USD per vehicle]
    jpy_per_usd: exchange rate [JPY per USD]
    """
    return extra_kveh * (price_usd - variable_cost_usd) * USD_BN_PER_KVEH_USD * jpy_per_usd


@formula("JPY bn")
def tooling_jpy_bn(tooling_usd_bn: Value, contract_kveh: Value, year_share: Value, jpy_per_usd: Value) -> Value:
    """Honda's tooling at Canton in a year [JPY bn a year], spent or written off, whether or not the alliance delivers.

    tooling_usd_bn: tooling and launch [USD bn]
    contract_kveh: trucks planned at full rate [thousand a year]; without any nothing is spent
    year_share: part of it that falls into the year [share]
    jpy_per_usd: exchange rate [JPY per USD]
    """
    return np.where(contract_kveh > 0.0, tooling_usd_bn, 0.0) * year_share * jpy_per_usd


@formula("share")
def written_off_share(year_index: Value, start_yr: Value, delay_yr: Value, life_yr: Value) -> Value:
    """Part of tooling that is written off in a year [share], evenly from the first truck on.

    year_index: 0 for the first fiscal year (years,)
    start_yr, delay_yr: years until the first truck, and further delay
    life_yr: years over which it is written off
    """
    end = np.minimum(np.maximum(year_index + 1.0 - start_yr - delay_yr, 0.0), life_yr)
    begin = np.minimum(np.maximum(year_index - start_yr - delay_yr, 0.0), life_yr)
    return (end - begin) / life_yr


@formula("share")
def spent_share(year_index: Value, start_yr: Value, delay_yr: Value, lead_yr: Value) -> Value:
    """Part of tooling that is paid in a year [share], evenly over the years before the first truck.

    Where fewer years are left than it takes, over those; at least over the first year.
    year_index: 0 for the first fiscal year (years,)
    start_yr, delay_yr: years until the first truck, and further delay
    lead_yr: years before the first truck over which it is paid
    """
    last = np.maximum(start_yr + delay_yr, 1.0)
    first = np.maximum(last - lead_yr, 0.0)
    end = np.minimum(np.maximum(year_index + 1.0, first), last)
    begin = np.minimum(np.maximum(year_index, first), last)
    share: Value = (end - begin) / (last - first)
    return share


@formula("JPY bn")
def at_progress_jpy_bn(full_rate_jpy_bn: Value, ramp: Value) -> Value:
    """What trucks bring in years after the horizon [JPY bn a year]: full rate times their progress.

    full_rate_jpy_bn: at full rate and at the trade of the horizon's last year [JPY bn a year]
    ramp: progress of the start of production [share] (years,)
    """
    return full_rate_jpy_bn * ramp


@formula("JPY bn")
def planning_gap_jpy_bn(trucks_kveh: Value, markup_usd: Value, own_rate: Value, paid_rate: Value) -> Value:
    """What a payment in dollars is worth more to who books it at a rate of its own [JPY bn a year].

    trucks_kveh: trucks in expectation [thousand a year]
    markup_usd: price above variable cost [USD per vehicle]
    own_rate, paid_rate: exchange rate of who receives it, and of who pays it [JPY per USD]
    """
    return trucks_kveh * markup_usd * USD_BN_PER_KVEH_USD * (own_rate - paid_rate)


@formula("USD bn")
def capex_avoided_usd_bn(contract_kveh: Value, greenfield_usd: Value, tooling_usd_bn: Value) -> Value:
    """Capital that Honda need not spend on a new plant, less tooling [USD bn, once].

    contract_kveh: trucks at full rate [thousand a year]
    greenfield_usd: cost of a new plant [USD per unit of yearly capacity]
    tooling_usd_bn: tooling and launch at Canton [USD bn]
    Source: Mazda Toyota Manufacturing, Huntsville, USD 2.311 bn for 300,000 a year.
    """
    avoided = contract_kveh * greenfield_usd * USD_BN_PER_KVEH_USD - tooling_usd_bn
    return np.where(contract_kveh > 0.0, avoided, 0.0)


@formula("USD bn")
def truck_revenue_usd_bn(trucks_kveh: Value, price_usd: Value) -> Value:
    """Revenue from trucks at a price [USD bn a year]."""
    return trucks_kveh * price_usd * USD_BN_PER_KVEH_USD
