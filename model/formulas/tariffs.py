"""Duty by origin and product, and what is left after the mitigation a company reports.

duty on cars = vehicles x customs value x dutiable share x rate
duty on parts = dutiable parts x rate, less the MSRP offset, never below zero
net duty = gross duty x (1 - mitigated share)
"""

import numpy as np

from model.formulas.units import MONTHS_PER_YEAR, USD_BN_PER_KVEH_USD
from model.tracing import Value, formula


@formula("share")
def yearly_rate_share(earlier_share: Value, share: Value, start_months: Value, year_index: Value) -> Value:
    """Rate of a fiscal year [share], weighted by months where it changes inside the year.

    earlier_share: rate before the change [share]
    share: rate after it [share]
    start_months: months from the start of the first fiscal year to the change
    year_index: 0 for the first fiscal year (5,)
    """
    months_before = np.minimum(np.maximum(start_months - year_index * MONTHS_PER_YEAR, 0.0), MONTHS_PER_YEAR)
    return share + (earlier_share - share) * (months_before / MONTHS_PER_YEAR)


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


@formula("USD bn")
def parts_duty_usd_bn(parts_usd_bn: Value, exempt_share: Value, rate_share: Value, offset_usd_bn: Value) -> Value:
    """Duty on imported parts after the offset [USD bn a year]; the offset can cancel it, not more.

    parts_usd_bn: imported parts [USD bn a year]
    exempt_share: share that qualifies under USMCA and pays nothing [share]
    rate_share: ad valorem rate [share]
    offset_usd_bn: MSRP offset [USD bn a year]
    """
    return np.maximum(parts_usd_bn * (1.0 - exempt_share) * rate_share - offset_usd_bn, 0.0)


@formula("USD bn")
def other_products_duty_usd_bn(value_usd_bn: Value, rate_share: Value) -> Value:
    """Duty on motorcycles and power products [USD bn a year].

    value_usd_bn: dutiable imports [USD bn a year]
    rate_share: ad valorem rate [share]
    """
    return value_usd_bn * rate_share


@formula("JPY bn")
def jpy_bn(usd_bn: Value, jpy_per_usd: Value) -> Value:
    """An amount in yen [JPY bn].

    usd_bn: amount [USD bn]
    jpy_per_usd: exchange rate [JPY per USD]
    """
    return usd_bn * jpy_per_usd


@formula("JPY bn")
def gross_tariff_cost_jpy_bn(
    usmca_jpy_bn: Value, japan_jpy_bn: Value, parts_jpy_bn: Value, other_jpy_bn: Value
) -> Value:
    """All duty before any mitigation [JPY bn a year]: USMCA cars, cars from Japan, parts, other products."""
    return usmca_jpy_bn + japan_jpy_bn + parts_jpy_bn + other_jpy_bn


@formula("JPY bn")
def mitigated_jpy_bn(gross_jpy_bn: Value, mitigation_share: Value) -> Value:
    """Part of the gross duty that the company's own measures recover [JPY bn a year].

    gross_jpy_bn: gross duty [JPY bn a year]
    mitigation_share: share recovered, as the company reported it [share]
    """
    return gross_jpy_bn * mitigation_share


@formula("JPY bn")
def net_duty_jpy_bn(gross_jpy_bn: Value, mitigation_share: Value) -> Value:
    """Duty after mitigation [JPY bn a year].

    gross_jpy_bn: gross duty [JPY bn a year]
    mitigation_share: share recovered, as the company reported it [share]
    """
    return gross_jpy_bn * (1.0 - mitigation_share)


@formula("USD bn")
def net_vehicle_duty_usd_bn(
    usmca_usd_bn: Value, japan_usd_bn: Value, parts_usd_bn: Value, mitigation_share: Value
) -> Value:
    """Duty on cars and their parts after mitigation [USD bn a year]: what car prices can be asked to carry.

    usmca_usd_bn, japan_usd_bn, parts_usd_bn: gross duty by origin [USD bn a year]
    mitigation_share: share recovered [share]
    """
    return (usmca_usd_bn + japan_usd_bn + parts_usd_bn) * (1.0 - mitigation_share)
