"""The one registry of assumptions: everything a user may move, declared once.

It drives sliders, links, validation, documentation, downloads and sampling. To add an assumption,
declare it here with a default that leaves published editions as they are, give a formula an argument
for it, and write one test. A default of None means that each edition states its own
(`data/editions/*.csv`).
"""

from dataclasses import dataclass
from typing import Final

GROUPS: Final = {
    "policy": "Policy: what the US charges",
    "market": "Market response: who pays",
    "trade": "Imports and prices",
    "plant": "Canton plant",
    "alliance": "Alliance",
    "finance": "Finance",
}
"""Groups of assumptions by the question they answer, in the order of the sidebar."""

UNITS: Final = {
    "share": "share of 1",
    "JPY bn": "billions of yen",
    "USD bn": "billions of dollars",
    "USD per vehicle": "dollars per vehicle",
    "kveh": "thousand vehicles a year",
    "yr": "years",
    "months": "months",
    "JPY per USD": "yen per dollar",
    "JPY bn per JPY": "billions of yen per yen of exchange rate",
    "JPY bn per yr": "billions of yen, added each year",
    "ratio": "ratio",
}


TRIANGULAR: Final = "triangular"
UNIFORM: Final = "uniform"
EVENT: Final = "event"
DISTRIBUTIONS: Final = {
    TRIANGULAR: "anywhere in its range, most likely at the scenario's value, ever less towards the ends",
    UNIFORM: "anywhere in its range, every value as likely as any other",
    EVENT: "happens or not, with the scenario's own chance",
}
"""How an assumption is drawn where all are uncertain at once; see `model/sampling.py`."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """One assumption; the constructor demands every field.

    distribution: triangular unless no value of the range is likelier than another, or it is a chance
    """

    key: str
    label: str
    unit: str
    group: str
    default: float | None
    low: float
    high: float
    minimum: float
    maximum: float
    step: float
    help: str
    source: str
    kind: str
    range_source: str = "judgement"
    distribution: str = TRIANGULAR

    def __post_init__(self) -> None:
        """Refuse a declaration that contradicts itself."""
        if self.unit not in UNITS or self.group not in GROUPS:
            raise ValueError(f"{self.key}: unknown unit {self.unit!r} or group {self.group!r}")
        if self.distribution not in DISTRIBUTIONS:
            raise ValueError(f"{self.key}: unknown distribution {self.distribution!r}")
        if not self.minimum <= self.low <= self.high <= self.maximum:
            raise ValueError(f"{self.key}: range {self.low}..{self.high} leaves {self.minimum}..{self.maximum}")
        if self.default is not None and not self.minimum <= self.default <= self.maximum:
            raise ValueError(f"{self.key}: default {self.default} leaves {self.minimum}..{self.maximum}")


def _declare(*assumptions: Assumption) -> dict[str, Assumption]:
    declared = {a.key: a for a in assumptions}
    if len(declared) != len(assumptions):
        raise ValueError("two assumptions share a key")
    return declared


# key, label, unit, group, default, low, high, minimum, maximum, step, help, source, kind, source of the range
_A = Assumption
_EDITION = "stated by the edition"

ASSUMPTIONS: Final = _declare(
    # ------------------------------------------------------------------ policy
    _A(
        "japan_tariff_share", "Tariff on cars from Japan", "share", "policy", None, 0.025, 0.275, 0.0, 0.5, 0.005,
        "Rate on the customs value of cars built in Japan, everything included. 15 % has applied since "
        "16 September 2025; 27.5 % before; 2.5 % before April 2025.",
        _EDITION, "quoted", "lowest and highest rate in force since 2024",
    ),
    _A(
        "usmca_tariff_share", "Tariff on cars from Canada and Mexico", "share", "policy", None, 0.0, 0.25, 0.0, 0.5, 0.005,
        "Rate on the non-US content of cars that qualify under USMCA, the trade treaty of the US, Mexico and Canada.",
        _EDITION, "quoted", "none before April 2025, 25 % since",
    ),
    _A(
        "usmca_deduction_share", "US content that may be deducted", "share", "policy", 1.0, 0.0, 1.0, 0.0, 1.0, 0.05,
        "100 %: duty falls only on non-US content, the rule in force. 0 %: the rule lapses and the full value pays.",
        "Proclamation 10908; rule in force", "quoted",
    ),
    _A(
        "parts_tariff_share", "Tariff on imported parts", "share", "policy", None, 0.0, 0.25, 0.0, 0.5, 0.005,
        "Rate on dutiable car parts brought in for US plants.",
        _EDITION, "quoted", "none before May 2025, 25 % since",
    ),
    _A(
        "parts_exempt_share", "Parts exempt under USMCA", "share", "policy", 0.0, 0.0, 0.6, 0.0, 1.0, 0.05,
        "Share of the dutiable parts value that turns out to qualify under USMCA and pays nothing.",
        "judgement: the parts value already is what the companies counted as dutiable", "judgement",
    ),
    _A(
        "msrp_offset_share", "Offset for cars built in the US", "share", "policy", None, 0.0, 0.0375, 0.0, 0.05, 0.0025,
        "Share of the sticker price of US-built cars that a maker may set against its parts duty, never more than that duty.",
        _EDITION, "quoted", "none counted in May 2025, 3.75 % proclaimed",
    ),
    _A(
        "other_tariff_share", "Tariff on motorcycles and power products", "share", "policy", None, 0.0, 0.24, 0.0, 0.5, 0.005,
        "Average rate on Honda's other imports. It applies for whole years.",
        _EDITION, "judgement", "24 % announced for Japan in April 2025",
    ),
    _A(
        "tariff_start_months", "Months until your car and part rates apply", "months", "policy", 0.0, 0.0, 12.0, 0.0, 60.0, 0.5,
        "Counted from the start of the first fiscal year (April). Until then the edition's own rates hold; "
        "a year that sees both is weighted by months.",
        "judgement: at once", "judgement",
    ),
    # ------------------------------------------------------------------ market
    _A(
        "pass_through_share", "Tariff cost passed on to customers", "share", "market", 0.0, 0.0, 0.8, 0.0, 1.0, 0.05,
        "Share of net duty put on the price of every car sold in the US, on top of what guidance already holds.",
        "judgement: guidance already holds the companies' own price plans", "judgement",
        "0.1 in the short run to 0.8: span of published studies",
    ),
    _A(
        "demand_elasticity", "Demand response to price", "ratio", "market", -1.0, -3.0, -0.4, -6.0, 0.0, 0.1,
        "Per cent change of cars sold when the price rises by 1 %. About -1 when all makers raise prices; "
        "-3 and beyond when one raises alone.",
        "textbook value for the whole market, recalled", "recalled", "market studies at one end, single models at the other", distribution=UNIFORM,
    ),
    _A(
        "honda_contribution_usd", "Honda: contribution per car", "USD per vehicle", "market", 5000.0, 3000.0, 8000.0, 1000.0, 15000.0, 250.0,
        "Price less variable cost of a car sold in the US, before duty: what a lost sale costs.",
        "judgement: no published figure", "judgement",
    ),
    _A(
        "nissan_contribution_usd", "Nissan: contribution per car", "USD per vehicle", "market", 4000.0, 2500.0, 7000.0, 1000.0, 15000.0, 250.0,
        "Price less variable cost of a car sold in the US, before duty: what a lost sale costs.",
        "judgement: no published figure", "judgement",
    ),
    _A(
        "honda_mitigation_share", "Honda: duty recovered by own measures", "share", "market", None, 0.0, 0.5, 0.0, 1.0, 0.01,
        "Share of gross duty that the company says it recovers (moved models, cost, credits). "
        "Also the honest home of what the sum of duties does not explain.",
        _EDITION, "derived",
    ),
    _A(
        "nissan_mitigation_share", "Nissan: duty recovered by own measures", "share", "market", None, 0.0, 0.5, 0.0, 1.0, 0.01,
        "Share of gross duty that the company says it recovers (moved models, cost, credits). "
        "Also the honest home of what the sum of duties does not explain.",
        _EDITION, "quoted",
    ),
    _A(
        "honda_reshoring_share", "Honda: imports moved into US plants", "share", "market", 0.0, 0.0, 0.15, 0.0, 1.0, 0.01,
        "Share of imported cars that US plants would build instead, as far as they have room.",
        "judgement: no move beyond guidance", "judgement",
    ),
    _A(
        "nissan_reshoring_share", "Nissan: imports moved into US plants", "share", "market", 0.0, 0.0, 0.4, 0.0, 1.0, 0.01,
        "Share of imported cars that US plants would build instead, as far as they have room.",
        "judgement: no move beyond guidance", "judgement",
    ),
    _A(
        "reshoring_penalty_usd", "Extra cost of a car moved to the US", "USD per vehicle", "market", 2000.0, 1000.0, 4000.0, 0.0, 10000.0, 250.0,
        "Higher wages and parts cost of building in the US a car imported until then.",
        "judgement: no published figure", "judgement",
    ),
    _A(
        "reshoring_start_yr", "Years until moved cars are built", "yr", "market", 1.0, 0.0, 3.0, 0.0, 5.0, 0.5,
        "Counted from the start of the first fiscal year; full volume one year later.",
        "judgement: time to move a model", "judgement",
    ),
    # ------------------------------------------------------------------ trade
    _A(
        "honda_import_value_usd", "Honda: customs value of an imported car", "USD per vehicle", "trade", None, 24000.0, 30000.0, 15000.0, 45000.0, 100.0,
        "Declared value on which duty is counted.",
        _EDITION, "judgement",
    ),
    _A(
        "nissan_mexico_value_usd", "Nissan: customs value of a car from Mexico", "USD per vehicle", "trade", None, 15000.0, 20000.0, 10000.0, 40000.0, 100.0,
        "Declared value on which duty is counted. Nissan's Mexican cars are its smallest.",
        _EDITION, "judgement",
    ),
    _A(
        "nissan_japan_value_usd", "Nissan: customs value of a car from Japan", "USD per vehicle", "trade", None, 22000.0, 29000.0, 15000.0, 45000.0, 100.0,
        "Declared value on which duty is counted.",
        _EDITION, "judgement",
    ),
    _A(
        "honda_us_content_share", "Honda: US content of cars from Canada and Mexico", "share", "trade", None, 0.30, 0.50, 0.0, 0.9, 0.01,
        "Share of the customs value made in the US, which pays no duty.",
        _EDITION, "judgement",
    ),
    _A(
        "nissan_us_content_share", "Nissan: US content of cars from Mexico", "share", "trade", None, 0.05, 0.25, 0.0, 0.9, 0.01,
        "Share of the customs value made in the US, which pays no duty.",
        _EDITION, "judgement",
    ),
    _A(
        "honda_parts_usd_bn", "Honda: dutiable parts for US plants", "USD bn", "trade", None, 5.0, 8.0, 0.0, 15.0, 0.1,
        "Imported parts and materials a year that count as dutiable; they follow US output.",
        _EDITION, "judgement",
    ),
    _A(
        "nissan_parts_usd_bn", "Nissan: dutiable parts for US plants", "USD bn", "trade", None, 4.0, 6.0, 0.0, 15.0, 0.01,
        "Imported parts and materials a year that count as dutiable; they follow US output.",
        _EDITION, "judgement",
    ),
    _A(
        "honda_other_usd_bn", "Honda: motorcycles and power products", "USD bn", "trade", None, 3.0, 5.0, 0.0, 10.0, 0.1,
        "Dutiable imports a year other than cars and their parts.",
        _EDITION, "judgement",
    ),
    _A(
        "honda_price_usd", "Honda: average US sticker price", "USD per vehicle", "trade", None, 35000.0, 39500.0, 25000.0, 60000.0, 100.0,
        "Basis of the offset, of US revenue and of the demand response.",
        _EDITION, "judgement",
    ),
    _A(
        "nissan_price_usd", "Nissan: average US sticker price", "USD per vehicle", "trade", None, 31000.0, 35000.0, 20000.0, 60000.0, 100.0,
        "Basis of the offset, of US revenue and of the demand response.",
        _EDITION, "judgement",
    ),
    # ------------------------------------------------------------------ plant
    _A(
        "canton_capacity_kveh", "Canton: capacity", "kveh", "plant", None, 400.0, 450.0, 250.0, 500.0, 5.0,
        "Cars the plant can build a year. 410 is the current figure, 450 the nameplate of 2018.",
        _EDITION, "weak", "current figure and nameplate", distribution=UNIFORM,
    ),
    _A(
        "canton_base_kveh", "Canton: Nissan's own output", "kveh", "plant", None, 185.0, 234.0, 50.0, 450.0, 1.0,
        "Nissan's own cars a year. 210 of 410 is 51 %; other sources print 57 % and less than half.",
        _EDITION, "weak", "less than half to 57 % of 410",
    ),
    _A(
        "canton_honda_trucks_kveh", "Canton: trucks built for Honda", "kveh", "plant", 0.0, 0.0, 100.0, 0.0, 300.0, 5.0,
        "Pickups a year at full rate. Together with Nissan's own output they must fit the capacity. "
        "Talks were reported in July 2025; no contract is known.",
        "judgement: no signed contract found", "judgement",
    ),
    _A(
        "canton_start_yr", "Canton: years until the first truck", "yr", "plant", 2.0, 1.0, 4.0, 0.0, 5.0, 0.5,
        "Counted from the start of the first fiscal year.",
        "judgement: time for tooling and launch", "judgement",
    ),
    _A(
        "canton_ramp_yr", "Canton: years to full rate", "yr", "plant", 2.0, 1.0, 3.0, 1.0, 5.0, 0.5,
        "From the first truck to the full yearly number, rising evenly.",
        "judgement: usual launch curve", "judgement",
    ),
    _A(
        "ridgeline_replaced_share", "Trucks that replace the Ridgeline", "share", "plant", 0.0, 0.0, 1.0, 0.0, 1.0, 0.05,
        "Share of the trucks that take the place of Ridgelines built in Alabama (at most all of them). "
        "Those free Honda lines; the others are extra sales and avoid no duty.",
        "judgement: extra volume unless you say otherwise", "judgement",
    ),
    _A(
        "freed_line_use_share", "Freed lines used for imported cars", "share", "plant", 1.0, 0.5, 1.0, 0.0, 1.0, 0.05,
        "Share of the freed Honda capacity that builds cars imported until then. Only this avoids duty.",
        "judgement: all of it", "judgement",
    ),
    _A(
        "break_even_share", "Plant use at break-even", "share", "plant", None, 0.75, 0.85, 0.5, 1.0, 0.01,
        "Rule of thumb of the industry: below about 80 % a plant loses money. It sets the fixed cost.",
        _EDITION, "quoted",
    ),
    _A(
        "canton_contribution_usd", "Canton: contribution per car", "USD per vehicle", "plant", 2000.0, 1500.0, 2500.0, 500.0, 8000.0, 50.0,
        "Contribution of a car at plant level; with the break-even it implies fixed cost of USD 656 m a year.",
        "judgement: implies fixed cost within the usual USD 0.5 to 0.9 bn a year", "judgement",
    ),
    _A(
        "transfer_fixed_share", "Fixed cost carried by the transfer price", "share", "plant", 0.5, 0.0, 1.0, 0.0, 1.0, 0.05,
        "Share of the average fixed cost per car that Honda pays Nissan on top of variable cost.",
        "judgement: middle of the bargaining range", "judgement", distribution=UNIFORM,
    ),
    _A(
        "transfer_fee_usd", "Contract fee per truck", "USD per vehicle", "plant", 600.0, 300.0, 1500.0, 0.0, 5000.0, 50.0,
        "What Nissan earns for building, as contract makers do; 600 is about 2 % of the truck's cost.",
        "judgement: contract margins of 2 to 5 %", "judgement",
    ),
    _A(
        "truck_price_usd", "Honda's revenue per truck", "USD per vehicle", "plant", 38000.0, 34000.0, 42000.0, 20000.0, 70000.0, 250.0,
        "Wholesale: what dealers pay Honda.",
        "judgement: recalled midsize transaction price of 42,500 less about 10 % for dealers and incentives", "judgement",
    ),
    _A(
        "truck_cost_usd", "Variable cost per truck", "USD per vehicle", "plant", 32000.0, 29000.0, 35000.0, 15000.0, 60000.0, 250.0,
        "Parts, labour and freight, duty on parts included.",
        "judgement: no published figure", "judgement",
    ),
    _A(
        "tooling_usd_bn", "Tooling and launch at Canton", "USD bn", "plant", 0.5, 0.3, 1.0, 0.0, 3.0, 0.05,
        "Paid by Honda if trucks are planned, whether or not the alliance delivers; written off evenly from the first truck on. "
        "No plant change is free of capital.",
        "judgement: typically 0.3 to 1.0", "judgement",
    ),
    _A(
        "tooling_life_yr", "Years over which tooling is written off", "yr", "plant", 7.0, 5.0, 8.0, 5.0, 10.0, 1.0,
        "Life of the truck model.",
        "judgement: usual model life", "judgement",
    ),
    # ------------------------------------------------------------------ alliance
    _A(
        "platform_saving_jpy_bn", "Shared platforms: saving a year", "JPY bn", "alliance", 0.0, 0.0, 100.0, 0.0, 400.0, 1.0,
        "Saving of both companies at full rate from shared lines and standard platforms. The article says up to 3; "
        "real platform programmes claim far more.",
        "judgement: no agreement", "judgement",
    ),
    _A(
        "platform_start_yr", "Shared platforms: years until they start", "yr", "alliance", 2.0, 1.0, 4.0, 0.0, 5.0, 0.5,
        "Counted from the start of the first fiscal year.",
        "judgement: a development cycle", "judgement",
    ),
    _A(
        "platform_ramp_yr", "Shared platforms: years to full saving", "yr", "alliance", 3.0, 2.0, 5.0, 1.0, 5.0, 0.5,
        "From the first saving to the full one, rising evenly.",
        "judgement: models change over one by one", "judgement",
    ),
    _A(
        "platform_honda_share", "Shared platforms: Honda's part", "share", "alliance", 0.5, 0.4, 0.65, 0.0, 1.0, 0.05,
        "Honda's part of the saving; Nissan has the rest.",
        "judgement: even split", "judgement",
    ),
    _A(
        "software_saving_share", "Joint software: saving on shared work", "share", "alliance", 0.0, 0.0, 0.4, 0.0, 1.0, 0.01,
        "Share of the overlapping software R&D that falls away when it is done once.",
        "judgement: no agreement", "judgement",
    ),
    _A(
        "software_rd_share", "Joint software: software's part of R&D", "share", "alliance", 0.22, 0.15, 0.30, 0.0, 0.6, 0.01,
        "Share of each company's R&D that is vehicle software.",
        "judgement: middle of 15 to 30 %", "judgement",
    ),
    _A(
        "software_overlap_share", "Joint software: work both would do", "share", "alliance", 0.5, 0.3, 0.7, 0.0, 1.0, 0.05,
        "Share of the software R&D that both companies would otherwise do separately.",
        "judgement: base software, not what the customer sees", "judgement",
    ),
    _A(
        "software_cost_jpy_bn", "Joint software: cost of working together", "JPY bn", "alliance", 0.0, 0.0, 20.0, 0.0, 100.0, 1.0,
        "Yearly cost of the joint effort for both companies, spent whether or not it delivers.",
        "judgement: no agreement", "judgement",
    ),
    _A(
        "software_start_yr", "Joint software: years until it starts", "yr", "alliance", 3.0, 2.0, 5.0, 0.0, 5.0, 0.5,
        "Counted from the start of the first fiscal year. Reports speak of the late 2020s.",
        "Nikkei, 14 July 2025: a common platform in the late 2020s", "quoted",
    ),
    _A(
        "software_ramp_yr", "Joint software: years to full saving", "yr", "alliance", 2.0, 1.0, 4.0, 1.0, 5.0, 0.5,
        "From the first saving to the full one, rising evenly.",
        "judgement: models change over one by one", "judgement",
    ),
    _A(
        "software_gain_months", "Joint software: months gained to market", "months", "alliance", 0.0, 0.0, 6.0, 0.0, 24.0, 1.0,
        "Cars that reach the market earlier earn their contribution for these months, once per car line.",
        "judgement: no agreement", "judgement",
    ),
    _A(
        "software_kveh", "Joint software: cars that come earlier", "kveh", "alliance", 200.0, 100.0, 400.0, 0.0, 2000.0, 10.0,
        "Yearly volume of the car lines that gain those months, both companies.",
        "judgement: a first wave of models", "judgement",
    ),
    _A(
        "integration_cost_jpy_bn", "Integration cost, once", "JPY bn", "alliance", 0.0, 0.0, 200.0, 0.0, 1000.0, 5.0,
        "People, systems and advisers of both companies. Spent whether or not the alliance delivers.",
        "judgement: no agreement", "judgement",
    ),
    _A(
        "integration_yr", "Years over which it is spent", "yr", "alliance", 2.0, 1.0, 3.0, 1.0, 5.0, 1.0,
        "From the first fiscal year on, evenly.",
        "judgement: usual length of such a programme", "judgement",
    ),
    _A(
        "integration_honda_share", "Integration cost: Honda's part", "share", "alliance", 0.5, 0.4, 0.65, 0.0, 1.0, 0.05,
        "Honda's part of the integration cost; Nissan has the rest.",
        "judgement: even split", "judgement",
    ),
    _A(
        "alliance_delay_yr", "Delay of every alliance benefit", "yr", "alliance", 0.0, 0.0, 2.0, 0.0, 5.0, 0.5,
        "Years by which trucks, platforms and software all come later, the write-off of tooling with the trucks. Other costs are not delayed.",
        "judgement: none", "judgement",
    ),
    _A(
        "success_probability_share", "Chance that the alliance delivers", "share", "alliance", 0.5, 0.2, 0.8, 0.0, 1.0, 0.05,
        "Benefits are counted in expectation: multiplied by this chance. Costs are spent either way.",
        "judgement: talks reported, nothing signed", "judgement", distribution=EVENT,
    ),
    # ------------------------------------------------------------------ finance
    _A(
        "jpy_per_usd", "Exchange rate", "JPY per USD", "finance", None, 130.0, 165.0, 80.0, 220.0, 1.0,
        "Yen per dollar in Honda's books, from the first year. Default: the rate behind Honda's guidance. "
        "Nissan's rate moves along, at the distance set below.",
        _EDITION, "weak", "planning rates since 2025 and the market of mid 2026",
    ),
    _A(
        "nissan_jpy_gap", "Nissan's exchange rate above Honda's", "JPY per USD", "finance", None, 0.0, 10.0, -40.0, 40.0, 1.0,
        "The two plan with different rates. Set 0 to use one rate for both.",
        _EDITION, "derived", "no gap, or the gap of May 2025", distribution=UNIFORM,
    ),
    _A(
        "honda_jpy_bn_per_yen", "Honda: profit per yen of exchange rate", "JPY bn per JPY", "finance", 25.0, 10.0, 30.0, 0.0, 60.0, 0.5,
        "Operating profit gained when a dollar buys one yen more; duty in dollars is counted separately and exactly.",
        "derived: JPY -452 bn guided in May 2025 for 153 to 135, all currencies", "derived",
    ),
    _A(
        "nissan_jpy_bn_per_yen", "Nissan: profit per yen of exchange rate", "JPY bn per JPY", "finance", 12.0, 6.0, 18.0, 0.0, 60.0, 0.5,
        "Operating profit gained when a dollar buys one yen more; duty in dollars is counted separately and exactly.",
        "judgement: about half of Honda's, as its North American revenue", "judgement",
    ),
    _A(
        "honda_drift_jpy_bn", "Honda: underlying change a year", "JPY bn per yr", "finance", 0.0, -50.0, 50.0, -300.0, 300.0, 5.0,
        "Your own view of everything else: added each year after the guided one. 0 keeps the last guidance.",
        "judgement: none", "judgement",
    ),
    _A(
        "nissan_drift_jpy_bn", "Nissan: underlying change a year", "JPY bn per yr", "finance", 0.0, -50.0, 50.0, -300.0, 300.0, 5.0,
        "Your own view of everything else: added each year after the guided one. 0 keeps the last guidance.",
        "judgement: none", "judgement",
    ),
    _A(
        "cost_of_capital_share", "Cost of capital", "share", "finance", 0.08, 0.06, 0.11, 0.01, 0.25, 0.005,
        "Yearly rate at which later benefits are discounted.",
        "judgement: usual for car makers", "judgement",
    ),
    _A(
        "tax_share", "Tax rate on the change in profit", "share", "finance", 0.30, 0.25, 0.32, 0.0, 0.5, 0.01,
        "Between operating profit and net income; a loss gets the same relief.",
        "judgement: about the Japanese statutory rate", "judgement",
    ),
    _A(
        "terminal_yr", "Years the alliance goes on after the horizon", "yr", "finance", 5.0, 0.0, 10.0, 0.0, 20.0, 1.0,
        "For its value today: the last year's recurring benefit is counted for this many more years.",
        "judgement: a further model generation", "judgement",
    ),
)  # fmt: skip
"""Every assumption by key, in the order of the sidebar."""

BY_GROUP: Final = {group: tuple(a for a in ASSUMPTIONS.values() if a.group == group) for group in GROUPS}
"""The assumptions of each group, in the order of the sidebar."""
