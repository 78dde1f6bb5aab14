"""The one registry of outputs: every number the model publishes, with label, unit and meaning.

It drives metrics, axes, tables and downloads. A channel is the effect of one cause on operating
profit; the channels of a company add up to its distance from the guidance.
"""

from dataclasses import dataclass
from typing import Final, Literal

Scope = Literal["company", "plant", "once", "once_company"]
"""company: per company and year; plant: per year; once: one number; once_company: one per company."""


@dataclass(frozen=True, slots=True)
class Output:
    """One output; `unit` is the unit of the value, `channel` says that it is a step of the bridge.

    quotes: the company's fact that it repeats rather than computes; empty for all that is computed
    """

    name: str
    label: str
    unit: str
    scope: Scope
    help: str
    channel: bool = False
    quotes: str = ""


def _declare(*outputs: Output) -> dict[str, Output]:
    return {o.name: o for o in outputs}


OUTPUTS: Final = _declare(
    Output("operating_profit_jpy_bn", "Operating profit", "JPY bn", "company", "Guidance plus everything the scenario changes."),
    Output("reference_profit_jpy_bn", "Operating profit of the reference", "JPY bn", "company", "Guidance, without its one-off losses once they have ended.", quotes="guided_operating_profit_jpy_bn"),
    Output("revenue_jpy_bn", "Revenue", "JPY bn", "company", "Guidance plus the change of US car sales, prices, exchange rate and trucks."),
    Output("operating_margin_share", "Operating margin", "share", "company", "Operating profit over revenue."),
    Output("eps_jpy", "Earnings per share", "JPY", "company", "Guided net income moved by the after-tax change of operating profit, per share."),
    Output("gross_tariff_cost_jpy_bn", "Gross tariff cost", "JPY bn", "company", "All duty that tariffs added, before the company's own measures."),
    Output("net_tariff_cost_jpy_bn", "Net tariff cost", "JPY bn", "company", "Duty after the company's own measures, before what customers pay."),
    Output("net_usmca_duty_jpy_bn", "Canada and Mexico cars", "JPY bn", "company", "Net duty on USMCA cars."),
    Output("net_japan_duty_jpy_bn", "Japan cars", "JPY bn", "company", "Net duty on cars from Japan."),
    Output("net_parts_duty_jpy_bn", "Parts", "JPY bn", "company", "Net duty on imported parts, after the offset."),
    Output("net_materials_duty_jpy_bn", "Steel and aluminium", "JPY bn", "company", "Net duty on materials for US plants."),
    Output("net_other_duty_jpy_bn", "Other products", "JPY bn", "company", "Net duty on other products."),
    Output("gross_usmca_duty_jpy_bn", "Canada and Mexico cars, gross", "JPY bn", "company", "Duty on USMCA cars before own measures."),
    Output("gross_japan_duty_jpy_bn", "Japan cars, gross", "JPY bn", "company", "Duty on cars from Japan before own measures."),
    Output("gross_parts_duty_jpy_bn", "Parts, gross", "JPY bn", "company", "Duty on imported parts after the offset, before own measures."),
    Output("gross_materials_duty_jpy_bn", "Steel and aluminium, gross", "JPY bn", "company", "Duty on materials before own measures."),
    Output("gross_other_duty_jpy_bn", "Other products, gross", "JPY bn", "company", "Duty on other products before own measures."),
    Output("parts_before_offset_jpy_bn", "Parts, before the offset", "JPY bn", "company", "Duty on imported parts before the offset and own measures."),
    Output("offset_used_jpy_bn", "Offset used", "JPY bn", "company", "Offset for cars built in the US, as far as there is duty on parts to set it against."),
    Output("usmca_duty_usd_per_vehicle", "Duty per car from Canada and Mexico", "USD", "company", "Gross duty on one imported car."),
    Output("japan_duty_usd_per_vehicle", "Duty per car from Japan", "USD", "company", "Gross duty on one imported car, beyond the ordinary duty."),
    Output("parts_duty_usd_per_vehicle", "Duty on parts per US-built car", "USD", "company", "Duty on parts and materials after the offset, over US output."),
    Output("net_duty_of_revenue_share", "Net tariff cost over revenue", "share", "company", "Net tariff cost over revenue."),
    Output("kept_duty_share", "Duty left after own measures", "share", "company", "Part of every line of gross duty that remains after own measures."),
    Output("own_measures_jpy_bn", "Recovered by own measures", "JPY bn", "company", "Gross duty less net duty: what the company's own measures recover."),
    Output("us_sales_kveh", "US sales", "kveh", "company", "Cars sold in the US, extra trucks included."),
    Output("usmca_imports_kveh", "Imports from Canada and Mexico", "kveh", "company", "Cars imported under USMCA."),
    Output("japan_imports_kveh", "Imports from Japan", "kveh", "company", "Cars imported from Japan."),
    Output("us_output_kveh", "US output", "kveh", "company", "Cars built in the company's own US plants for itself."),
    Output("moved_kveh", "Imports moved to US plants", "kveh", "company", "Cars that US plants build instead of importing them."),
    Output("unplaced_kveh", "Cars that found no US line", "kveh", "company", "Cars to move for which US plants have no room."),
    Output("price_rise_usd", "Price rise per car", "USD", "company", "Tariff cost put on the price of every car sold in the US."),
    Output("customers_pay_jpy_bn", "Paid by customers", "JPY bn", "company", "Price rise on the cars still sold."),
    Output("company_bears_jpy_bn", "Borne by the company", "JPY bn", "company", "Net duty less what customers pay."),
    Output("lost_contribution_jpy_bn", "Contribution of lost sales", "JPY bn", "company", "Contribution of cars not sold because prices rose."),
    Output("alliance_benefit_jpy_bn", "Alliance benefit", "JPY bn", "company", "What the alliance adds to operating profit, in expectation, after its costs."),
    Output("software_rd_jpy_bn", "Software's part of R&D", "JPY bn", "company", "R&D times the part that is software."),
    Output("software_shared_jpy_bn", "Software that both would write", "JPY bn", "company", "Of that, the work that both companies do."),
    Output("software_saved_at_full_rate_jpy_bn", "Software saved at full rate", "JPY bn", "company", "Of that, what falls away when it is done once."),
    Output("software_saved_so_far_jpy_bn", "Software saved if it delivers", "JPY bn", "company", "Of that, as far as the work has come in the year."),
    Output("software_saving_jpy_bn", "Software saved, in expectation", "JPY bn", "company", "Times the chance that the alliance delivers; before the cost of working together."),
    # Channels: effects on operating profit, signed; together they are the bridge from guidance to scenario.
    Output("usmca_duty_effect_jpy_bn", "Duty on Canada and Mexico cars", "JPY bn", "company", "Change of this duty.", True),
    Output("japan_duty_effect_jpy_bn", "Duty on Japan cars", "JPY bn", "company", "Change of this duty.", True),
    Output("parts_duty_effect_jpy_bn", "Duty on parts", "JPY bn", "company", "Change of this duty, offset included.", True),
    Output("materials_duty_effect_jpy_bn", "Duty on steel and aluminium", "JPY bn", "company", "Change of this duty.", True),
    Output("other_duty_effect_jpy_bn", "Duty on other products", "JPY bn", "company", "Change of this duty.", True),
    Output("mitigation_effect_jpy_bn", "Company's own measures", "JPY bn", "company", "Change of the duty recovered.", True),
    Output("refund_effect_jpy_bn", "Refund of tariffs struck down", "JPY bn", "company", "Once, in the first year.", True),
    Output("pass_through_effect_jpy_bn", "Higher prices", "JPY bn", "company", "What customers pay more.", True),
    Output("lost_sales_effect_jpy_bn", "Lost sales", "JPY bn", "company", "Contribution of cars no longer sold.", True),
    Output("reshoring_effect_jpy_bn", "Cost of moved cars", "JPY bn", "company", "Extra cost of building in the US, tooling written off included.", True),
    Output("freed_lines_effect_jpy_bn", "Freed Honda lines, net", "JPY bn", "company", "Imports replaced on Honda lines that Canton trucks freed, less their extra cost.", True),
    Output("extra_trucks_effect_jpy_bn", "Extra trucks", "JPY bn", "company", "Contribution of trucks that replace nothing, before Nissan's mark-up.", True),
    Output("transfer_effect_jpy_bn", "Payment for Canton trucks", "JPY bn", "company", "Mark-up over variable cost: Nissan receives it, Honda pays it, both at Honda's exchange rate.", True),
    Output("planning_gap_effect_jpy_bn", "Planning rates differ", "JPY bn", "company", "What the payment is worth more to Nissan at its own exchange rate.", True),
    Output("tooling_effect_jpy_bn", "Tooling", "JPY bn", "company", "Depreciation of Honda's tooling at Canton.", True),
    Output("platform_effect_jpy_bn", "Shared platforms", "JPY bn", "company", "Saving from shared lines and platforms.", True),
    Output("software_effect_jpy_bn", "Joint software", "JPY bn", "company", "Software R&D saved, less the cost of working together.", True),
    Output("earlier_sales_effect_jpy_bn", "Cars earlier on the market", "JPY bn", "company", "Contribution of sales brought forward that displace none of the company's own.", True),
    Output("integration_effect_jpy_bn", "Integration cost", "JPY bn", "company", "One-off cost of the alliance.", True),
    Output("currency_effect_jpy_bn", "Exchange rate, other than duty", "JPY bn", "company", "Published profit sensitivity to the yen.", True),
    Output("drift_effect_jpy_bn", "Underlying change", "JPY bn", "company", "Your own yearly change.", True),
    # Canton, by year, if the alliance delivers
    Output("plant_output_kveh", "Canton output", "kveh", "plant", "Cars built, if the alliance delivers."),
    Output("plant_own_kveh", "Nissan's own cars at Canton", "kveh", "plant", "Cars that Canton builds for Nissan anyway, after demand has reacted."),
    Output("plant_moved_kveh", "Imports moved to Canton", "kveh", "plant", "Nissan's imports that Canton builds instead, after demand has reacted."),
    Output("plant_trucks_kveh", "Trucks for Honda", "kveh", "plant", "Trucks built for Honda, if the alliance delivers."),
    Output("plant_empty_kveh", "Empty places at Canton", "kveh", "plant", "Capacity less output."),
    Output("plant_replaced_kveh", "Ridgelines replaced", "kveh", "plant", "Trucks that take the place of US-built Ridgelines."),
    Output("plant_extra_trucks_kveh", "Extra trucks", "kveh", "plant", "Trucks for Honda that replace nothing."),
    Output("plant_freed_lines_kveh", "Imports built on freed lines", "kveh", "plant", "Cars that Honda builds on lines its Ridgelines left, instead of importing them."),
    Output("plant_utilisation_share", "Canton utilisation", "share", "plant", "Output over capacity."),
    Output("plant_fixed_cost_usd_per_vehicle", "Fixed cost per car", "USD", "plant", "Fixed cost over output."),
    Output("plant_transfer_price_usd", "Transfer price of a truck", "USD", "plant", "Variable cost plus fixed-cost share plus fee."),
    Output("plant_break_even_gap_kveh", "Output missing to break even", "kveh", "plant", "Break-even output less output; negative once past it."),
    Output("plant_result_usd_bn", "Left after Canton's fixed cost", "USD bn", "plant", "What Nissan's own cars and Honda's payment leave of the fixed cost; negative while they do not cover it."),
    # Once: at full rate
    Output("canton_output_kveh", "Canton output at full rate", "kveh", "once", "Output with all trucks, at the last year's demand, if the alliance delivers."),
    Output("canton_utilisation_share", "Canton utilisation at full rate", "share", "once", "That output over capacity."),
    Output("canton_fixed_cost_usd_per_vehicle", "Canton fixed cost per car", "USD", "once", "Fixed cost over that output."),
    Output("canton_break_even_kveh", "Canton output at break-even", "kveh", "once", "Output at which contribution covers fixed cost."),
    Output("canton_break_even_gap_kveh", "Canton output missing to break even", "kveh", "once", "At that output; negative once past break-even."),
    Output("canton_fixed_cost_usd_bn", "Canton fixed cost", "USD bn", "once", "Fixed cost of a year, as the break-even rule implies it."),
    Output("capex_avoided_usd_bn", "Capital avoided against a new plant", "USD bn", "once", "Cost of a new plant for the same trucks, less tooling."),
    Output("alliance_npv_jpy_bn", "Value of the alliance today", "JPY bn", "once_company", "After-tax cash of the horizon and of some years after it, discounted."),
    Output("scenario_value_jpy_bn", "Value of all changes today", "JPY bn", "once_company", "After-tax changes against the reference over the five years, discounted, and the value of the alliance."),
    Output("value_per_share_jpy", "Value of the alliance per share", "JPY", "once_company", "Value today over shares outstanding."),
)  # fmt: skip
"""Every output by name."""

CHANNELS: Final = tuple(o.name for o in OUTPUTS.values() if o.channel)
"""Names of the bridge steps, in order."""

ALLIANCE_CHANNELS: Final = (
    "freed_lines_effect_jpy_bn",
    "extra_trucks_effect_jpy_bn",
    "transfer_effect_jpy_bn",
    "planning_gap_effect_jpy_bn",
    "tooling_effect_jpy_bn",
    "platform_effect_jpy_bn",
    "software_effect_jpy_bn",
    "earlier_sales_effect_jpy_bn",
    "integration_effect_jpy_bn",
)
"""Channels that exist only with an alliance: together they are its benefit."""
