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


POLICY: Final = "policy"
CHOICE: Final = "choice"
WORLD: Final = "world"
ESTIMATE: Final = "estimate"
ROLES: Final = {
    POLICY: "what a government charges",
    CHOICE: "what a company does",
    WORLD: "what nobody here decides",
    ESTIMATE: "what is not known about the one world that guidance describes",
}
"""What kind of thing an assumption is about.

The reference has the edition's policies, choices and world with the scenario's own estimates: moving an estimate
changes what a tariff costs and what a change does, never the guided profit.
"""

TRIANGULAR: Final = "triangular"
UNIFORM: Final = "uniform"
EVENT: Final = "event"
HELD: Final = "held"
DISTRIBUTIONS: Final = {
    TRIANGULAR: "above or below the scenario's value, ever less likely towards the ends of its range",
    UNIFORM: "above or below the scenario's value, on each side every value as likely as any other",
    EVENT: "happens or not, with the scenario's own chance",
    HELD: "not drawn: only its product with another assumption is known, which is drawn for both",
}
"""How an assumption is drawn where all are uncertain at once; see `model/sampling.py`."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """One assumption; the constructor demands every field.

    group: where its slider stands; role: what kind of thing it is about, see `ROLES`
    distribution: triangular unless no value of the range is likelier than another, or it is a chance
    moves_with: key of the assumption whose chance it shares when both are drawn, such as rates of one government
    """

    key: str
    label: str
    unit: str
    group: str
    role: str
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
    moves_with: str = ""

    def __post_init__(self) -> None:
        """Refuse a declaration that contradicts itself."""
        if self.unit not in UNITS or self.group not in GROUPS or self.role not in ROLES:
            raise ValueError(f"{self.key}: unknown unit {self.unit!r}, group {self.group!r} or role {self.role!r}")
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


# key, label, unit, group, role, default, low, high, minimum, maximum, step, help, source, kind, source of the range
_A = Assumption
_EDITION = "stated by the edition"

ASSUMPTIONS: Final = _declare(
    # ------------------------------------------------------------------ policy
    _A(
        "japan_tariff_share", "Tariff on cars from Japan", "share", "policy", "policy", None, 0.025, 0.275, 0.0, 0.5, 0.005,
        "Rate on the customs value of cars built in Japan, everything included. What a tariff costs is what it adds to the ordinary 2.5 %. 15 % has applied since "
        "16 September 2025; 27.5 % before; 2.5 % before April 2025.",
        _EDITION, "quoted", "lowest and highest rate in force since 2024",
    ),
    _A(
        "usmca_tariff_share", "Tariff on cars from Canada and Mexico", "share", "policy", "policy", None, 0.0, 0.25, 0.0, 0.5, 0.005,
        "Rate on the non-US content of cars that qualify under USMCA, the trade treaty of the US, Mexico and Canada.",
        _EDITION, "quoted", "none before April 2025, 25 % since", moves_with="japan_tariff_share",
    ),
    _A(
        "usmca_deduction_share", "US content that may be deducted", "share", "policy", "policy", 1.0, 0.0, 1.0, 0.0, 1.0, 0.05,
        "100 %: duty falls only on non-US content, the rule in force. 0 %: the rule lapses and the full value pays.",
        "Proclamation 10908; rule in force", "quoted",
    ),
    _A(
        "parts_tariff_share", "Tariff on imported parts, not from Japan", "share", "policy", "policy", None, 0.0, 0.25, 0.0, 0.5, 0.005,
        "Rate on car parts for US plants that neither qualify under USMCA nor come from Japan.",
        _EDITION, "quoted", "none before May 2025, 25 % since", moves_with="japan_tariff_share",
    ),
    _A(
        "japan_parts_tariff_share", "Tariff on parts from Japan", "share", "policy", "policy", 0.25, 0.0, 0.25, 0.0, 0.5, 0.005,
        "Rate on car parts from Japan, everything included: 15 % since 16 September 2025, 25 % before. It is counted in full, "
        "since the ordinary duty differs from part to part.",
        "judgement: one rate on all parts, as editions before November 2026 count it", "judgement", "none before May 2025, 25 % until the Japan deal", moves_with="japan_tariff_share",
    ),
    _A(
        "usmca_parts_rule_share", "USMCA parts stay exempt", "share", "policy", "policy", 1.0, 0.0, 1.0, 0.0, 1.0, 0.05,
        "100 %: parts that qualify under USMCA pay nothing, the rule in force since May 2025. 0 %: the rule lapses and they pay as others do.",
        "White House fact sheet via reg-track.com; rule in force", "quoted", "in force, or lapsed", moves_with="usmca_deduction_share",
    ),
    _A(
        "materials_tariff_share", "Tariff on steel and aluminium", "share", "policy", "policy", 0.5, 0.25, 0.5, 0.0, 1.0, 0.05,
        "Rate on materials for US plants. The offset for cars built in the US may not be set against it.",
        "S&P Global, 2025-08: 50 %", "quoted", "25 % until June 2025, 50 % since", moves_with="japan_tariff_share",
    ),
    _A(
        "msrp_offset_share", "Offset for cars built in the US", "share", "policy", "policy", None, 0.025, 0.0375, 0.0, 0.05, 0.0025,
        "Share of the sticker price of US-built cars that a maker may set against its parts duty, never more than that duty.",
        _EDITION, "quoted", "2.5 % first planned for its second year, 3.75 % proclaimed through 2030",
    ),
    _A(
        "other_tariff_share", "Tariff on motorcycles and power products", "share", "policy", "policy", None, 0.0, 0.10, 0.0, 0.5, 0.005,
        "Average rate on Honda's other imports of a year.",
        _EDITION, "judgement", "none since February 2026, 10 % from April 2025", moves_with="japan_tariff_share",
    ),
    _A(
        "tariff_start_months", "Months until your rates on cars, parts and metals apply", "months", "policy", "policy", 0.0, 0.0, 12.0, 0.0, 60.0, 0.5,
        "Counted from the start of the first fiscal year (April). Until then the edition's own rates and rules hold; "
        "a year that sees both is weighted by months. The offset and the rate on other products hold for the whole year.",
        "judgement: at once", "judgement",
    ),
    # ------------------------------------------------------------------ market
    _A(
        "pass_through_share", "Tariff cost passed on to customers", "share", "market", "choice", 0.0, 0.0, 0.8, 0.0, 1.0, 0.05,
        "Share of net duty put on the price of every car sold in the US, on top of what guidance already holds.",
        "judgement: guidance already holds the companies' own price plans", "judgement",
        "0.1 in the short run to 0.8: span of published studies",
    ),
    _A(
        "own_elasticity", "Sales when one maker alone raises its price", "ratio", "market", "world", -1.0, -6.5, -3.0, -10.0, 0.0, 0.1,
        "Per cent change of a maker's sales when its price rises by 1 % and no rival follows. It should agree with the contribution "
        "per car: a maker that earns 18.5 % of the price faces about -5.4.",
        "judgement: one elasticity for both cases, as editions before November 2026 count it", "judgement", "studies of single models, recalled", distribution=UNIFORM,
    ),
    _A(
        "market_elasticity", "Sales when all makers raise prices", "ratio", "market", "world", -1.0, -1.3, -0.3, -6.0, 0.0, 0.1,
        "Per cent change of all cars sold when every price rises by 1 %.",
        "textbook value for the whole market, recalled", "recalled", "span of market studies, recalled", distribution=UNIFORM,
    ),
    _A(
        "rivals_follow_share", "How far rivals follow a price rise", "share", "market", "world", 0.8, 0.4, 1.0, 0.0, 1.0, 0.05,
        "100 %: all makers raise prices alike, and sales fall as the market does. 0 %: one maker raises alone.",
        "judgement: all importers pay duty, not all as much", "judgement",
    ),
    _A(
        "honda_contribution_usd", "Honda: contribution per car", "USD per vehicle", "market", "estimate", 5000.0, 5500.0, 9000.0, 1000.0, 15000.0, 250.0,
        "Price less variable cost of a car sold in the US, before duty: what a lost sale costs.",
        "judgement: no published figure", "judgement", "0.185 of the price, recalled, and around it",
    ),
    _A(
        "nissan_contribution_usd", "Nissan: contribution per car", "USD per vehicle", "market", "estimate", 4000.0, 4500.0, 8000.0, 1000.0, 15000.0, 250.0,
        "Price less variable cost of a car sold in the US, before duty: what a lost sale costs.",
        "judgement: no published figure", "judgement", "0.185 of the price, recalled, and around it", moves_with="honda_contribution_usd",
    ),
    _A(
        "honda_own_measures_jpy_bn", "Honda: duty recovered by own measures", "JPY bn", "market", "estimate", None, 0.0, 60.0, 0.0, 500.0, 5.0,
        "What Honda says its own measures take off the duty (moved models, cost), an amount that does not grow with the duty. "
        "0 where the published duty already is net of them.",
        _EDITION, "quoted", "what is left unexplained of the published cost",
    ),
    _A(
        "nissan_own_measures_jpy_bn", "Nissan: duty recovered by own measures", "JPY bn", "market", "estimate", None, 0.0, 60.0, 0.0, 500.0, 5.0,
        "What Nissan says its own measures take off the duty (moved models, cost), an amount that does not grow with the duty. "
        "0 where the published duty already is net of them.",
        _EDITION, "derived", "what is left unexplained of the published cost",
    ),
    _A(
        "honda_reshoring_share", "Honda: imports moved into US plants", "share", "market", "choice", 0.0, 0.0, 0.15, 0.0, 1.0, 0.01,
        "Share of imported cars that US plants would build instead, as far as they have room.",
        "judgement: no move beyond guidance", "judgement",
    ),
    _A(
        "nissan_reshoring_share", "Nissan: imports moved into US plants", "share", "market", "choice", 0.0, 0.0, 0.35, 0.0, 1.0, 0.01,
        "Share of imported cars that US plants would build instead, as far as they have room.",
        "judgement: no move beyond guidance", "judgement",
    ),
    _A(
        "reshoring_penalty_usd", "Extra cost of a car moved to the US", "USD per vehicle", "market", "estimate", 2000.0, 1000.0, 4000.0, 0.0, 10000.0, 250.0,
        "Higher wages and parts cost of building in the US a car imported until then.",
        "judgement: no published figure", "judgement",
    ),
    _A(
        "reshoring_tooling_usd", "Tooling for a car moved to the US", "USD per vehicle", "market", "estimate", 0.0, 3000.0, 5000.0, 0.0, 15000.0, 250.0,
        "Spent once for each car of yearly output, written off over the years below. 4,000 is USD 0.4 bn for 100,000 cars.",
        "judgement: moved cars needed no tooling in editions before November 2026", "judgement", "judgement: USD 0.3 to 0.5 bn for 100,000 cars",
    ),
    _A(
        "reshoring_start_yr", "Years until moved cars are built", "yr", "market", "choice", 1.0, 0.0, 3.0, 0.0, 5.0, 0.5,
        "Counted from the start of the first fiscal year; full volume one year later.",
        "judgement: time to move a model", "judgement",
    ),
    # ------------------------------------------------------------------ trade
    _A(
        "honda_import_value_usd", "Honda: customs value of an imported car", "USD per vehicle", "trade", "estimate", None, 24000.0, 30000.0, 15000.0, 45000.0, 100.0,
        "Declared value on which duty is counted.",
        _EDITION, "judgement", distribution=HELD,
    ),
    _A(
        "nissan_mexico_value_usd", "Nissan: customs value of a car from Mexico", "USD per vehicle", "trade", "estimate", None, 15000.0, 20000.0, 10000.0, 40000.0, 100.0,
        "Declared value on which duty is counted. Nissan's Mexican cars are its smallest.",
        _EDITION, "judgement", distribution=HELD,
    ),
    _A(
        "nissan_japan_value_usd", "Nissan: customs value of a car from Japan", "USD per vehicle", "trade", "estimate", None, 22000.0, 29000.0, 15000.0, 45000.0, 100.0,
        "Declared value on which duty is counted.",
        _EDITION, "judgement",
    ),
    _A(
        "honda_us_content_share", "Honda: US content of cars from Canada and Mexico", "share", "trade", "estimate", None, 0.40, 0.70, 0.0, 0.9, 0.01,
        "Share of the customs value that pays no duty. Only duty per car is known: this absorbs what else makes it low, "
        "such as lower values and fewer cars. Parts lists alone would give about 0.31.",
        _EDITION, "judgement", "0.36 deducted on average in Canada, and 0.63 where 550,000 cars paid the 190 of August 2025",
    ),
    _A(
        "nissan_us_content_share", "Nissan: US content of cars from Mexico", "share", "trade", "estimate", None, 0.05, 0.25, 0.0, 0.9, 0.01,
        "Share of the customs value that pays no duty. Only duty per car is known: this absorbs what else makes it low.",
        _EDITION, "judgement",
    ),
    _A(
        "honda_parts_usd_bn", "Honda: dutiable parts for US plants", "USD bn", "trade", "estimate", None, 5.0, 8.0, 0.0, 15.0, 0.1,
        "Imported parts and materials a year that count as dutiable; they follow US output.",
        _EDITION, "judgement",
    ),
    _A(
        "nissan_parts_usd_bn", "Nissan: dutiable parts for US plants", "USD bn", "trade", "estimate", None, 4.0, 6.0, 0.0, 15.0, 0.01,
        "Imported parts and materials a year that count as dutiable; they follow US output.",
        _EDITION, "judgement",
    ),
    _A(
        "parts_materials_share", "Parts and materials: steel and aluminium", "share", "trade", "estimate", 0.0, 0.0, 0.2, 0.0, 1.0, 0.01,
        "Share of the value above that is material, which pays its own rate and takes no offset.",
        "judgement: not told apart in editions before November 2026", "judgement",
    ),
    _A(
        "parts_exempt_share", "Parts that qualify under USMCA", "share", "trade", "estimate", 0.0, 0.15, 0.6, 0.0, 1.0, 0.05,
        "Share of the parts value that comes from Canada or Mexico and pays nothing while the rule holds.",
        "judgement: the parts value already is what the companies counted as dutiable", "judgement",
        "judgement around 0.41: 52 % of imported parts from there, 79.5 % of them claimed",
    ),
    _A(
        "honda_parts_japan_share", "Honda: dutiable parts from Japan", "share", "trade", "estimate", 0.0, 0.15, 0.5, 0.0, 1.0, 0.05,
        "Share of the parts that pay duty which come from Japan (motors, batteries and power units of hybrids); they pay Japan's rate.",
        "judgement: one rate on all parts, as editions before November 2026 count it", "judgement",
    ),
    _A(
        "nissan_parts_japan_share", "Nissan: dutiable parts from Japan", "share", "trade", "estimate", 0.0, 0.2, 0.6, 0.0, 1.0, 0.05,
        "Share of the parts that pay duty which come from Japan; they pay Japan's rate.",
        "judgement: one rate on all parts, as editions before November 2026 count it", "judgement",
    ),
    _A(
        "honda_other_usd_bn", "Honda: motorcycles and power products", "USD bn", "trade", "estimate", None, 3.0, 5.0, 0.0, 10.0, 0.1,
        "Dutiable imports a year other than cars and their parts.",
        _EDITION, "judgement",
    ),
    _A(
        "other_surcharged_share", "Motorcycles and power products under the surcharge", "share", "trade", "estimate", 0.0, 0.0, 1.0, 0.0, 1.0, 0.05,
        "Share of these imports that paid the general surcharge of 10 % until 24 July 2026. Whether motorcycles were exempt as vehicles is not known.",
        "judgement: exempt as vehicles", "judgement", "not known whether motorcycles paid it", distribution=UNIFORM,
    ),
    _A(
        "stock_months", "Months of stock in the country", "months", "trade", "estimate", 0.0, 0.0, 3.0, 0.0, 6.0, 0.5,
        "A change of a rate reaches cost when the cars that paid the earlier one are sold.",
        "judgement: no stock, as editions before November 2026 count it", "judgement", "none to 94 days at Hyundai",
    ),
    _A(
        "honda_price_usd", "Honda: average US sticker price", "USD per vehicle", "trade", "estimate", None, 39000.0, 43000.0, 25000.0, 60000.0, 100.0,
        "Basis of the offset, of US revenue and of the demand response.",
        _EDITION, "judgement",
    ),
    _A(
        "nissan_price_usd", "Nissan: average US sticker price", "USD per vehicle", "trade", "estimate", None, 34000.0, 38000.0, 20000.0, 60000.0, 100.0,
        "Basis of the offset, of US revenue and of the demand response.",
        _EDITION, "judgement",
    ),
    # ------------------------------------------------------------------ plant
    _A(
        "canton_capacity_kveh", "Canton: capacity", "kveh", "plant", "estimate", None, 400.0, 450.0, 250.0, 500.0, 5.0,
        "Cars the plant can build a year. 410 is the current figure, 450 the nameplate of 2018.",
        _EDITION, "weak", "current figure and nameplate", distribution=UNIFORM,
    ),
    _A(
        "canton_base_kveh", "Canton: Nissan's own output", "kveh", "plant", "estimate", None, 185.0, 234.0, 50.0, 450.0, 1.0,
        "Nissan's own cars a year. 210 of 410 is 51 %; other sources print 57 % and less than half.",
        _EDITION, "weak", "less than half to 57 % of 410",
    ),
    _A(
        "canton_honda_trucks_kveh", "Canton: trucks built for Honda", "kveh", "plant", "choice", 0.0, 0.0, 100.0, 0.0, 300.0, 5.0,
        "Pickups a year at full rate. Together with Nissan's own output they must fit the capacity. "
        "Talks were reported in July 2025; no contract is known.",
        "judgement: no signed contract found", "judgement",
    ),
    _A(
        "canton_start_yr", "Canton: years until the first truck", "yr", "plant", "choice", 2.0, 1.0, 4.0, 0.0, 5.0, 0.5,
        "Counted from the start of the first fiscal year.",
        "judgement: time for tooling and launch", "judgement",
    ),
    _A(
        "canton_ramp_yr", "Canton: years to full rate", "yr", "plant", "choice", 2.0, 1.0, 3.0, 1.0, 5.0, 0.5,
        "From the first truck to the full yearly number, rising evenly; a year counts its mean.",
        "judgement: usual launch curve", "judgement",
    ),
    _A(
        "ridgeline_replaced_share", "Trucks that replace the Ridgeline", "share", "plant", "choice", 0.0, 0.2, 0.8, 0.0, 1.0, 0.05,
        "Share of the trucks that take the place of Ridgelines built in Alabama (at most all of them). "
        "Those free Honda lines; the others are extra sales and avoid no duty.",
        "judgement: extra volume unless you say otherwise", "judgement",
    ),
    _A(
        "freed_line_use_share", "Freed lines used for imported cars", "share", "plant", "choice", 1.0, 0.5, 1.0, 0.0, 1.0, 0.05,
        "Share of the freed Honda capacity that builds cars imported until then. Only this avoids duty.",
        "judgement: all of it", "judgement",
    ),
    _A(
        "break_even_share", "Plant use at break-even", "share", "plant", "estimate", None, 0.75, 0.85, 0.5, 1.0, 0.01,
        "Rule of thumb of the industry: below about 80 % a plant loses money. It sets the fixed cost.",
        _EDITION, "quoted",
    ),
    _A(
        "canton_contribution_usd", "Canton: contribution per car that pays the plant", "USD per vehicle", "plant", "estimate", 2000.0, 1500.0, 2500.0, 500.0, 8000.0, 50.0,
        "The part of Nissan's contribution per car that pays the plant's fixed cost; the rest pays development, sales and overhead. "
        "With the break-even it implies fixed cost of USD 656 m a year.",
        "judgement: implies fixed cost within the usual USD 0.5 to 0.9 bn a year", "judgement",
    ),
    _A(
        "transfer_fixed_share", "Fixed cost carried by the transfer price", "share", "plant", "choice", 0.5, 0.0, 1.0, 0.0, 1.0, 0.05,
        "Share of the average fixed cost per car that Honda pays Nissan on top of variable cost.",
        "judgement: middle of the bargaining range", "judgement", distribution=UNIFORM,
    ),
    _A(
        "transfer_fee_usd", "Contract fee per truck", "USD per vehicle", "plant", "choice", 600.0, 300.0, 1500.0, 0.0, 5000.0, 50.0,
        "What Nissan earns for building, as contract makers do; 600 is about 2 % of the truck's cost.",
        "judgement: contract margins of 2 to 5 %", "judgement",
    ),
    _A(
        "truck_price_usd", "Honda's revenue per truck", "USD per vehicle", "plant", "estimate", 38000.0, 34000.0, 42000.0, 20000.0, 70000.0, 250.0,
        "Wholesale: what dealers pay Honda.",
        "judgement: recalled midsize transaction price of 42,500 less about 10 % for dealers and incentives", "judgement",
    ),
    _A(
        "truck_cost_usd", "Variable cost per truck", "USD per vehicle", "plant", "estimate", 32000.0, 29000.0, 35000.0, 15000.0, 60000.0, 250.0,
        "Parts, labour and freight, duty on parts included.",
        "judgement: no published figure", "judgement",
    ),
    _A(
        "tooling_usd_bn", "Tooling and launch at Canton", "USD bn", "plant", "choice", 0.5, 0.3, 1.0, 0.0, 3.0, 0.05,
        "Paid by Honda before the first truck if trucks are planned, whether or not the alliance delivers; written off evenly from then on. "
        "No plant change is free of capital.",
        "judgement: typically 0.3 to 1.0", "judgement",
    ),
    _A(
        "tooling_lead_yr", "Years before the first truck in which tooling is paid", "yr", "plant", "estimate", 2.0, 1.0, 3.0, 1.0, 5.0, 0.5,
        "Cash counts when it is spent: it enters the value of the alliance, not the profit of those years.",
        "judgement: usual time from order to launch", "judgement",
    ),
    _A(
        "tooling_life_yr", "Years over which tooling is written off", "yr", "plant", "estimate", 7.0, 5.0, 8.0, 5.0, 10.0, 1.0,
        "Life of the truck model.",
        "judgement: usual model life", "judgement",
    ),
    # ------------------------------------------------------------------ alliance
    _A(
        "platform_saving_jpy_bn", "Shared platforms: saving a year", "JPY bn", "alliance", "choice", 0.0, 0.0, 100.0, 0.0, 400.0, 1.0,
        "Saving of both companies at full rate from shared lines and standard platforms. The article says up to 3; "
        "real platform programmes claim far more.",
        "judgement: no agreement", "judgement",
    ),
    _A(
        "platform_start_yr", "Shared platforms: years until they start", "yr", "alliance", "choice", 2.0, 1.0, 4.0, 0.0, 5.0, 0.5,
        "Counted from the start of the first fiscal year.",
        "judgement: a development cycle", "judgement",
    ),
    _A(
        "platform_ramp_yr", "Shared platforms: years to full saving", "yr", "alliance", "choice", 3.0, 2.0, 5.0, 1.0, 5.0, 0.5,
        "From the first saving to the full one, rising evenly.",
        "judgement: models change over one by one", "judgement",
    ),
    _A(
        "platform_honda_share", "Shared platforms: Honda's part", "share", "alliance", "choice", 0.5, 0.4, 0.65, 0.0, 1.0, 0.05,
        "Honda's part of the saving; Nissan has the rest.",
        "judgement: even split", "judgement",
    ),
    _A(
        "software_saving_share", "Joint software: saving on shared work", "share", "alliance", "choice", 0.0, 0.0, 0.4, 0.0, 1.0, 0.01,
        "Share of the overlapping software R&D that falls away when it is done once.",
        "judgement: no agreement", "judgement",
    ),
    _A(
        "software_rd_share", "Joint software: software's part of R&D", "share", "alliance", "estimate", 0.22, 0.15, 0.30, 0.0, 0.6, 0.01,
        "Share of each company's R&D that is vehicle software.",
        "judgement: middle of 15 to 30 %", "judgement",
    ),
    _A(
        "software_overlap_share", "Joint software: work both would do", "share", "alliance", "estimate", 0.5, 0.3, 0.7, 0.0, 1.0, 0.05,
        "Share of the software R&D that both companies would otherwise do separately.",
        "judgement: base software, not what the customer sees", "judgement",
    ),
    _A(
        "software_cost_jpy_bn", "Joint software: cost of working together", "JPY bn", "alliance", "choice", 0.0, 0.0, 20.0, 0.0, 100.0, 1.0,
        "Yearly cost of the joint effort for both companies, from the start of the work; it ends when the first saving is due and the alliance has failed.",
        "judgement: no agreement", "judgement",
    ),
    _A(
        "software_start_yr", "Joint software: years until it starts", "yr", "alliance", "choice", 3.0, 2.0, 5.0, 0.0, 5.0, 0.5,
        "Counted from the start of the first fiscal year. Reports speak of the late 2020s.",
        "Nikkei, 14 July 2025: a common platform in the late 2020s", "quoted",
    ),
    _A(
        "software_work_yr", "Joint software: years of work before the first saving", "yr", "alliance", "choice", 2.0, 1.0, 3.0, 0.0, 5.0, 0.5,
        "The joint effort costs money from then on.",
        "judgement: a development cycle", "judgement",
    ),
    _A(
        "software_ramp_yr", "Joint software: years to full saving", "yr", "alliance", "choice", 2.0, 1.0, 4.0, 1.0, 5.0, 0.5,
        "From the first saving to the full one, rising evenly.",
        "judgement: models change over one by one", "judgement",
    ),
    _A(
        "software_gain_months", "Joint software: months gained to market", "months", "alliance", "choice", 0.0, 0.0, 6.0, 0.0, 24.0, 1.0,
        "Cars that reach the market earlier earn their contribution for these months, once per car line.",
        "judgement: no agreement", "judgement",
    ),
    _A(
        "software_kveh", "Joint software: cars that come earlier", "kveh", "alliance", "choice", 200.0, 100.0, 400.0, 0.0, 2000.0, 10.0,
        "Yearly volume of the car lines that gain those months, both companies.",
        "judgement: a first wave of models", "judgement",
    ),
    _A(
        "software_incremental_share", "Joint software: early cars that displace none", "share", "alliance", "estimate", 1.0, 0.1, 0.3, 0.0, 1.0, 0.05,
        "A car that comes earlier mostly takes the place of the maker's older one; only this share is extra.",
        "judgement: all of them, as editions before November 2026 count it", "judgement",
    ),
    _A(
        "integration_cost_jpy_bn", "Integration cost, once", "JPY bn", "alliance", "choice", 0.0, 0.0, 200.0, 0.0, 1000.0, 5.0,
        "People, systems and advisers of both companies. Spent whether or not the alliance delivers.",
        "judgement: no agreement", "judgement",
    ),
    _A(
        "integration_yr", "Years over which it is spent", "yr", "alliance", "choice", 2.0, 1.0, 3.0, 1.0, 5.0, 1.0,
        "From the first fiscal year on, evenly.",
        "judgement: usual length of such a programme", "judgement",
    ),
    _A(
        "integration_honda_share", "Integration cost: Honda's part", "share", "alliance", "choice", 0.5, 0.4, 0.65, 0.0, 1.0, 0.05,
        "Honda's part of the integration cost; Nissan has the rest.",
        "judgement: even split", "judgement",
    ),
    _A(
        "alliance_delay_yr", "Delay of every alliance benefit", "yr", "alliance", "world", 0.0, 0.0, 2.0, 0.0, 5.0, 0.5,
        "Years by which trucks, platforms and software all come later, with their tooling and the work on them. Integration is not delayed.",
        "judgement: none", "judgement",
    ),
    _A(
        "success_probability_share", "Chance that the alliance delivers", "share", "alliance", "world", 0.5, 0.2, 0.8, 0.0, 1.0, 0.05,
        "Benefits are counted in expectation: multiplied by this chance. Costs are spent either way.",
        "judgement: talks reported, nothing signed", "judgement", distribution=EVENT,
    ),
    # ------------------------------------------------------------------ finance
    _A(
        "jpy_per_usd", "Exchange rate", "JPY per USD", "finance", "world", None, 130.0, 165.0, 80.0, 220.0, 1.0,
        "Yen per dollar in Honda's books, from the first year. Default: the rate behind Honda's guidance. "
        "Nissan's rate moves along, at the distance set below.",
        _EDITION, "weak", "planning rates since 2025 and the market of mid 2026",
    ),
    _A(
        "nissan_jpy_gap", "Nissan's exchange rate above Honda's", "JPY per USD", "finance", "world", None, 0.0, 10.0, -40.0, 40.0, 1.0,
        "The two plan with different rates. Set 0 to use one rate for both.",
        _EDITION, "derived", "no gap, or the gap of May 2025", distribution=UNIFORM,
    ),
    _A(
        "honda_jpy_bn_per_yen", "Honda: profit per yen of exchange rate", "JPY bn per JPY", "finance", "estimate", 25.0, 20.0, 30.0, 0.0, 60.0, 0.5,
        "Operating profit gained when a dollar buys one yen more; duty in dollars is counted separately and exactly.",
        "derived: JPY -452 bn guided in May 2025 for 153 to 135, all currencies", "derived", "three guidance steps: 25, 23 and 27",
    ),
    _A(
        "nissan_jpy_bn_per_yen", "Nissan: profit per yen of exchange rate", "JPY bn per JPY", "finance", "estimate", 12.0, 6.0, 18.0, 0.0, 60.0, 0.5,
        "Operating profit gained when a dollar buys one yen more; duty in dollars is counted separately and exactly.",
        "judgement: about half of Honda's, as its North American revenue", "judgement",
    ),
    _A(
        "honda_drift_jpy_bn", "Honda: underlying change a year", "JPY bn per yr", "finance", "world", 0.0, -50.0, 50.0, -300.0, 300.0, 5.0,
        "Your own view of everything else: added each year after the guided one. 0 keeps the last guidance.",
        "judgement: none", "judgement",
    ),
    _A(
        "nissan_drift_jpy_bn", "Nissan: underlying change a year", "JPY bn per yr", "finance", "world", 0.0, -50.0, 50.0, -300.0, 300.0, 5.0,
        "Your own view of everything else: added each year after the guided one. 0 keeps the last guidance.",
        "judgement: none", "judgement",
    ),
    _A(
        "honda_one_off_jpy_bn", "Honda: one-off losses inside guidance", "JPY bn", "finance", "estimate", 0.0, 0.0, 500.0, -1000.0, 2000.0, 10.0,
        "They end with the guided year: later years are higher by as much. 0 carries the guided profit on as it is.",
        "judgement: none counted in editions before November 2026", "judgement", "none, or all that is reported",
    ),
    _A(
        "nissan_one_off_jpy_bn", "Nissan: one-off losses inside guidance", "JPY bn", "finance", "estimate", 0.0, 0.0, 100.0, -1000.0, 2000.0, 10.0,
        "They end with the guided year: later years are higher by as much. 0 carries the guided profit on as it is.",
        "judgement: none published", "judgement",
    ),
    _A(
        "honda_refund_jpy_bn", "Honda: refund of tariffs struck down", "JPY bn", "finance", "world", 0.0, 0.0, 100.0, 0.0, 300.0, 5.0,
        "Once, in the first year, on top of guidance: emergency tariffs on motorcycles and power products were struck down in February 2026. "
        "Whether guidance holds a refund is not known.",
        "judgement: none counted until one is published", "judgement", "none, or all that is thought to have been paid",
    ),
    _A(
        "cost_of_capital_share", "Cost of capital", "share", "finance", "estimate", 0.08, 0.06, 0.11, 0.01, 0.25, 0.005,
        "Yearly rate at which later benefits are discounted.",
        "judgement: usual for car makers", "judgement",
    ),
    _A(
        "honda_tax_share", "Honda: tax rate on the change in profit", "share", "finance", "estimate", 0.30, 0.25, 0.32, 0.0, 0.5, 0.01,
        "Between operating profit and net income; a loss gets the same relief.",
        "judgement: about the Japanese statutory rate", "judgement",
    ),
    _A(
        "nissan_tax_share", "Nissan: tax rate on the change in profit", "share", "finance", "estimate", 0.30, 0.0, 0.30, 0.0, 0.5, 0.01,
        "Between operating profit and net income. Nissan has losses to set off: for some years it pays little tax on more profit.",
        "judgement: about the Japanese statutory rate", "judgement",
    ),
    _A(
        "terminal_yr", "Years the alliance goes on after the horizon", "yr", "finance", "world", 5.0, 0.0, 10.0, 0.0, 20.0, 1.0,
        "For its value today: trucks, platforms and software run for so many more years, each as far as it is by then.",
        "judgement: a further model generation", "judgement",
    ),
)  # fmt: skip
"""Every assumption by key, in the order of the sidebar."""

PLACEHOLDERS: Final = frozenset({"honda_drift_jpy_bn", "nissan_drift_jpy_bn"})
"""Keys of the world that stand for everything else: one's own view, no lever that anybody could name."""

DECIDERS: Final = {
    POLICY: "what Washington decides",
    CHOICE: "what the companies decide",
    WORLD: "what nobody here decides",
}
"""Who decides the levers of a role, inside a sentence; estimates are no levers."""

LEVERS_BY_ROLE: Final = {
    role: tuple(a.key for a in ASSUMPTIONS.values() if a.role == role and a.key not in PLACEHOLDERS)
    for role in DECIDERS
}
"""What somebody, or the world, may move, by role."""

BY_GROUP: Final = {group: tuple(a for a in ASSUMPTIONS.values() if a.group == group) for group in GROUPS}
"""The assumptions of each group, in the order of the sidebar."""

LEVERS: Final = (
    "japan_tariff_share",
    "usmca_tariff_share",
    "parts_tariff_share",
    "pass_through_share",
    "canton_honda_trucks_kveh",
    "platform_saving_jpy_bn",
    "software_saving_share",
    "jpy_per_usd",
)
"""The assumptions that answer most questions, in the order in which they are offered before all others."""

BEHIND_LEVERS: Final = {group: tuple(a for a in of if a.key not in LEVERS) for group, of in BY_GROUP.items()}
"""The other assumptions of each group."""


# ---------------------------------------------------------------------- base figures: what an edition states


@dataclass(frozen=True, slots=True)
class BaseFigure:
    """A figure that an edition states, and that one's own may replace; bounds and step are in its unit.

    assumption: key of the assumption whose default it is; empty for a fact
    """

    key: str
    label: str
    unit: str
    minimum: float
    maximum: float
    step: float
    assumption: str = ""

    def __post_init__(self) -> None:
        """Refuse a declaration that contradicts itself."""
        if not self.minimum < self.maximum or self.step <= 0.0:
            raise ValueError(f"{self.key}: {self.minimum}..{self.maximum} in steps of {self.step} holds nothing")


FIRST_FISCAL_YEAR: Final = "first_fiscal_year"
"""The one fact that nobody replaces: with another year it would be another edition."""

FIRST_FISCAL_YEAR_LABEL: Final = "First fiscal year"

COMPANY_LABELS: Final = {"honda": "Honda", "nissan": "Nissan"}

# name without the company, label, unit, minimum, maximum, step; what is divided by stays above zero
_OF_A_COMPANY: Final = (
    ("guided_operating_profit_jpy_bn", "operating profit, guided", "JPY bn", -5_000.0, 5_000.0, 10.0),
    ("guided_revenue_jpy_bn", "revenue, guided", "JPY bn", 1_000.0, 100_000.0, 50.0),
    ("guided_net_income_jpy_bn", "net income, guided", "JPY bn", -5_000.0, 5_000.0, 10.0),
    ("shares_bn", "shares outstanding", "bn shares", 0.1, 100.0, 0.01),
    ("us_sales_kveh", "cars sold in the US", "kveh", 10.0, 5_000.0, 10.0),
    ("usmca_imports_kveh", "cars imported from Canada and Mexico", "kveh", 0.0, 5_000.0, 10.0),
    ("japan_imports_kveh", "cars imported from Japan", "kveh", 0.0, 5_000.0, 5.0),
    ("us_output_kveh", "cars built in the US", "kveh", 10.0, 5_000.0, 10.0),
    ("other_us_capacity_kveh", "US capacity, without Canton", "kveh", 10.0, 5_000.0, 10.0),
    ("rd_jpy_bn", "research and development", "JPY bn", 10.0, 10_000.0, 10.0),
)  # fmt: skip

_OF_BOTH: Final = (
    BaseFigure(
        "ordinary_car_duty_share", "Ordinary duty on cars, which the tariff comes on top of", "share", 0.0, 0.5, 0.005
    ),
    BaseFigure("surcharge_share", "General import surcharge", "share", 0.0, 0.5, 0.005),
    BaseFigure("surcharge_months", "Months of the first year with the surcharge", "months", 0.0, 12.0, 0.1),
    BaseFigure("ridgeline_sales_kveh", "Ridgelines sold in the US", "kveh", 0.0, 500.0, 1.0),
    BaseFigure(
        "greenfield_usd_per_unit",
        "Cost of a new plant",
        "USD per unit of yearly capacity",
        1_000.0,
        100_000.0,
        100.0,
    ),
)


def _base_figures() -> dict[str, BaseFigure]:
    """Facts of each company, facts of both, and the reference's policies and planning rates.

    An estimate is not among them: the reference takes the scenario's own, so its slider says the same.
    """
    of_companies = (
        BaseFigure(f"{company}_{name}", f"{company_label}: {label}", unit, low, high, step)
        for company, company_label in COMPANY_LABELS.items()
        for name, label, unit, low, high, step in _OF_A_COMPANY
    )
    of_reference = (
        BaseFigure(f"reference_{a.key}", f"Reference: {a.label}", a.unit, a.minimum, a.maximum, a.step, a.key)
        for a in ASSUMPTIONS.values()
        if a.role == POLICY or (a.default is None and a.role != ESTIMATE)
    )
    return {figure.key: figure for figure in (*of_companies, *_OF_BOTH, *of_reference)}


BASE_FIGURES: Final = _base_figures()
"""Every figure of an edition that one's own may replace, by its key in links."""


@dataclass(frozen=True, slots=True)
class Limit:
    """Figures that together are at most others together, and at least so many where they are divided by.

    parts, most: keys of facts, or of assumptions, whose default is meant
    """

    parts: tuple[str, ...]
    most: tuple[str, ...]
    parts_words: str
    most_words: str
    least: float = 0.0


LIMITS: Final = tuple(
    limit
    for company, plants in (("honda", ()), ("nissan", ("canton_capacity_kveh",)))
    for limit in (
        Limit(
            (f"{company}_usmca_imports_kveh", f"{company}_japan_imports_kveh"),
            (f"{company}_us_sales_kveh",),
            "cars imported from Canada, Mexico and Japan",
            "cars sold in the US",
            least=1.0,
        ),
        Limit(
            (f"{company}_us_output_kveh",),
            (f"{company}_other_us_capacity_kveh", *plants),
            "cars built in the US",
            "cars that its US plants can build",
        ),
    )
)
"""What holds between the figures of a company, each a thousand cars a year."""
