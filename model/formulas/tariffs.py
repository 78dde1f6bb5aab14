"""Duty by origin and product: what the tariffs added, and what is left after a company's own measures.

duty on cars = vehicles x customs value x dutiable share x added rate
duty on parts = dutiable parts by origin x rate, less the MSRP offset, never below zero
duty on materials = steel and aluminium x rate; the offset does not reach it
net duty = gross duty less the company's own measures, an amount
"""

import numpy as np

from model.formulas.units import MONTHS_PER_YEAR, USD_BN_PER_KVEH_USD
from model.tracing import Value, formula


@formula("share")
def yearly_rate_share(
    earlier_share: Value, share: Value, start_months: Value, lag_months: Value, year_index: Value
) -> Value:
    """Rate of a fiscal year as it reaches cost [share], weighted by months where it changes inside the year.

    earlier_share: rate before the change [share]
    share: rate after it [share]
    start_months: months from the start of the first fiscal year to the change at the border
    lag_months: months of stock in the country: cars that paid the earlier rate are sold first
    year_index: 0 for the first fiscal year (5,)
    """
    months_before = np.minimum(
        np.maximum(start_months + lag_months - year_index * MONTHS_PER_YEAR, 0.0), MONTHS_PER_YEAR
    )
    return share + (earlier_share - share) * (months_before / MONTHS_PER_YEAR)


@formula("share")
def added_rate_share(all_in_share: Value, ordinary_share: Value) -> Value:
    """What a tariff adds to the ordinary duty [share]: what makers report as its cost.

    all_in_share: rate that is charged, everything included [share]
    ordinary_share: duty that was charged before April 2025 and would be without it [share]
    """
    return all_in_share - ordinary_share


@formula("share")
def usmca_dutiable_share(us_content_share: Value, deduction_share: Value) -> Value:
    """Part of a USMCA car's customs value that pays duty [share]: all but the US content that may be deducted.

    us_content_share: US content in the customs value [share]
    deduction_share: part of that content the rules let the importer deduct [share]; 1 = rule in force
    Source: Proclamation 10908 (25 % on the non-US content of USMCA cars).
    """
    return 1.0 - us_content_share * deduction_share


@formula("USD bn")
def vehicle_duty_usd_bn(
    vehicles_kveh: Value, customs_value_usd: Value, dutiable_share: Value, rate_share: Value
) -> Value:
    """Gross duty on imported cars [USD bn a year].

    vehicles_kveh: cars imported [thousand a year]
    customs_value_usd: declared value [USD per vehicle]
    dutiable_share: share of it that pays duty [share]
    rate_share: ad valorem rate [share]
    """
    return vehicles_kveh * (customs_value_usd * dutiable_share * USD_BN_PER_KVEH_USD) * rate_share


@formula("USD bn")
def parts_value_usd_bn(base_parts_usd_bn: Value, us_output_kveh: Value, base_us_output_kveh: Value) -> Value:
    """Imported parts [USD bn a year], which follow US output.

    base_parts_usd_bn: dutiable parts at base output [USD bn a year]
    us_output_kveh, base_us_output_kveh: US-built cars now and at base [thousand a year]
    """
    return base_parts_usd_bn * us_output_kveh / base_us_output_kveh


@formula("USD bn")
def msrp_offset_usd_bn(offset_share: Value, price_usd: Value, us_output_kveh: Value) -> Value:
    """Offset earned by building in the US [USD bn a year].

    offset_share: share of the sticker price [share]
    price_usd: sticker price [USD per vehicle]
    us_output_kveh: US-built cars [thousand a year]
    Source: Proclamation 10925 of 2025-04-29, extended 2025-10-17.
    """
    return offset_share * price_usd * us_output_kveh * USD_BN_PER_KVEH_USD


@formula("share")
def parts_rate_share(
    materials_share: Value,
    exempt_share: Value,
    exemption_rule_share: Value,
    japan_share: Value,
    japan_rate_share: Value,
    rate_share: Value,
) -> Value:
    """Duty on parts before the offset, over the value of parts and materials [share], by where parts come from.

    materials_share: of parts and materials, steel and aluminium, which pay their own duty [share]
    exempt_share: of the parts, those that qualify under USMCA [share]
    exemption_rule_share: how far the rule that exempts them holds [share]; 1 = in force
    japan_share: of the parts that pay, those from Japan [share]
    japan_rate_share, rate_share: rate on parts from Japan, and from elsewhere [share]
    Source: Proclamation 10908; Executive Order 14345, section 4, for parts from Japan.
    """
    paying_share = (1.0 - materials_share) * (1.0 - exempt_share * exemption_rule_share)
    return paying_share * (rate_share + japan_share * (japan_rate_share - rate_share))


@formula("USD bn")
def duty_on_value_usd_bn(value_usd_bn: Value, rate_share: Value) -> Value:
    """Duty on a value of imports [USD bn a year].

    value_usd_bn: imports [USD bn a year]
    rate_share: rate on all of it, exempt parts included [share]
    """
    return value_usd_bn * rate_share


@formula("USD bn")
def offset_used_usd_bn(parts_duty_usd_bn: Value, offset_usd_bn: Value) -> Value:
    """Offset that is used [USD bn a year]: never more than the duty on parts that it may be set against.

    parts_duty_usd_bn: duty on parts before the offset [USD bn a year]
    offset_usd_bn: MSRP offset earned [USD bn a year]
    """
    return np.minimum(parts_duty_usd_bn, offset_usd_bn)


@formula("USD bn")
def parts_duty_usd_bn(before_offset_usd_bn: Value, offset_used_usd_bn: Value) -> Value:
    """Duty on imported parts after the offset [USD bn a year].

    before_offset_usd_bn: duty before the offset [USD bn a year]
    offset_used_usd_bn: offset set against it [USD bn a year]
    """
    return before_offset_usd_bn - offset_used_usd_bn


@formula("share")
def materials_rate_share(materials_share: Value, rate_share: Value) -> Value:
    """Duty on steel and aluminium over the value of parts and materials [share].

    materials_share: of parts and materials, steel and aluminium [share]
    rate_share: ad valorem rate on them [share]
    """
    return materials_share * rate_share


@formula("share")
def other_rate_share(
    rate_share: Value, surcharge_share: Value, surcharge_months: Value, covered_share: Value, year_index: Value
) -> Value:
    """Average rate on other products in a fiscal year [share], the surcharge of the first year included.

    rate_share: the scenario's rate of the year [share]
    surcharge_share: general import surcharge [share]
    surcharge_months: months of the first fiscal year in which it was charged
    covered_share: share of these products that it covered [share]
    year_index: 0 for the first fiscal year (5,)
    """
    first_year = np.maximum(1.0 - year_index, 0.0)
    return rate_share + surcharge_share * covered_share * (surcharge_months / MONTHS_PER_YEAR) * first_year


@formula("JPY bn")
def jpy_bn(usd_bn: Value, jpy_per_usd: Value) -> Value:
    """An amount in yen [JPY bn].

    usd_bn: amount [USD bn]
    jpy_per_usd: exchange rate [JPY per USD]
    """
    return usd_bn * jpy_per_usd


@formula("USD bn")
def gross_duty_usd_bn(
    usmca_usd_bn: Value, japan_usd_bn: Value, parts_usd_bn: Value, materials_usd_bn: Value, other_usd_bn: Value
) -> Value:
    """All duty before own measures [USD bn a year]: cars of two origins, parts, materials, other products."""
    return usmca_usd_bn + japan_usd_bn + parts_usd_bn + materials_usd_bn + other_usd_bn


@formula("USD bn")
def own_measures_usd_bn(gross_usd_bn: Value, stated_jpy_bn: Value, jpy_per_usd: Value) -> Value:
    """What own measures take off the duty [USD bn a year]: the amount stated, never more than the duty.

    gross_usd_bn: gross duty [USD bn a year]
    stated_jpy_bn: own measures as stated [JPY bn a year]
    jpy_per_usd: exchange rate [JPY per USD]
    """
    return np.minimum(stated_jpy_bn / jpy_per_usd, np.maximum(gross_usd_bn, 0.0))


@formula("share")
def kept_share(gross_usd_bn: Value, measures_usd_bn: Value) -> Value:
    """Part of the gross duty that remains after own measures [share]; 1 where there is none.

    gross_usd_bn: gross duty [USD bn a year]
    measures_usd_bn: what own measures take off it [USD bn a year]
    """
    return 1.0 - measures_usd_bn / np.where(gross_usd_bn > 0.0, gross_usd_bn, 1.0)


@formula("JPY bn")
def net_duty_jpy_bn(gross_jpy_bn: Value, kept_share: Value) -> Value:
    """Duty after own measures, which take the same share off every line [JPY bn a year].

    gross_jpy_bn: gross duty of a line, or of all [JPY bn a year]
    kept_share: part of all gross duty that remains [share]
    """
    return gross_jpy_bn * kept_share


@formula("USD bn")
def duty_in_car_prices_usd_bn(
    usmca_usd_bn: Value, japan_usd_bn: Value, parts_usd_bn: Value, materials_usd_bn: Value, kept_share: Value
) -> Value:
    """Net duty on cars, their parts and materials [USD bn a year]: what car prices can be asked to carry.

    Nothing where cars from Japan pay so much less than the ordinary duty that tariffs add less than nothing.
    usmca_usd_bn, japan_usd_bn, parts_usd_bn, materials_usd_bn: gross duty by line [USD bn a year]
    kept_share: part of the gross duty that remains after own measures [share]
    """
    return np.maximum(usmca_usd_bn + japan_usd_bn + parts_usd_bn + materials_usd_bn, 0.0) * kept_share


@formula("USD per vehicle")
def duty_per_vehicle_usd(customs_value_usd: Value, dutiable_share: Value, rate_share: Value) -> Value:
    """Gross duty on one imported car [USD per vehicle].

    customs_value_usd: declared value [USD per vehicle]
    dutiable_share: share of it that pays duty [share]
    rate_share: added rate [share]
    """
    return customs_value_usd * dutiable_share * rate_share


@formula("USD per vehicle")
def parts_duty_per_vehicle_usd(parts_usd_bn: Value, materials_usd_bn: Value, us_output_kveh: Value) -> Value:
    """Duty on parts and materials in one US-built car [USD per vehicle].

    parts_usd_bn, materials_usd_bn: duty after the offset [USD bn a year]
    us_output_kveh: US-built cars [thousand a year], above zero
    """
    return (parts_usd_bn + materials_usd_bn) / (us_output_kveh * USD_BN_PER_KVEH_USD)
