"""What goes into the comparison with published tariff costs, and which figures are compared: fixed before it is run.

Every input says what it is: a calibration on May 2025, a rule with its day, an exchange rate, a published volume, or
a prior that was stated before the run. Every row says what role its figure has. Nothing here is changed by a result.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from data.facts import facts
from model.editions import edition
from model.registry import ASSUMPTIONS

CALIBRATION_EDITION: Final = "2025-07"
PRIOR_EDITION: Final = "2026-11"

CALIBRATED: Final = "calibration"
RULE: Final = "rule"
EXCHANGE: Final = "exchange rate"
VOLUME: Final = "published volume"
PRIOR: Final = "prior"
SORTS: Final = {
    CALIBRATED: "planned by the companies in May 2025, or worked out from what they guided then",
    RULE: "what the US charges, from its day on; guidance is computed with the rules known by its day",
    EXCHANGE: "assumed by the company when it published, or the average of the months that were booked",
    VOLUME: "published by the company after May 2025; guidance holds it from its day on",
    PRIOR: "stated in November 2026, when the published figures were known; none was fitted on a test",
}


BOOKED_RATES: Final = ("usdjpy_q1_fy26_3", "usdjpy_q2_fy26_3", "usdjpy_q3_fy26_3", "usdjpy_q4_fy26_3")
"""Exchange rates of the quarters of the year to March 2026, in order."""

HONDA_VOLUME: Final = "honda_volume_second_half_share"
STOCK: Final = "stock_months"


@dataclass(frozen=True, slots=True)
class Input:
    """A number that goes into the comparison.

    sets: assumptions of the model that take the value
    start: day from which the border charges it; empty where it holds all year
    known_since: when it was published, or when a prior was stated
    """

    id: str
    sort: str
    label: str
    value: float
    unit: str
    sets: tuple[str, ...]
    start: str
    known_since: str
    source: str
    kind: str
    note: str
    url: str


def _of_edition(sort: str, name: str, key: str, label: str = "", known_since: str = "") -> Input:
    row = edition(name).rows[key]
    since = known_since or (facts()[row.fact].as_of if row.fact else name)
    sets = (key,) if sort == PRIOR else ()  # a calibration is the edition's own value
    words = label or ASSUMPTIONS[key].label
    return Input(key, sort, words, row.value, row.unit, sets, "", since, row.source, row.kind, row.note, row.url)


def _of_fact(
    sort: str, fact_id: str, sets: tuple[str, ...] = (), start: str = "", known_since: str = "", note: str = ""
) -> Input:
    fact = facts()[fact_id]
    since = known_since or fact.as_of
    words = "; ".join(text for text in (fact.note, note) if text)
    return Input(
        fact_id, sort, fact.label, fact.number, fact.unit, sets, start, since, fact.source, fact.kind, words, fact.url
    )


def _rule(fact_id: str, sets: tuple[str, ...], known_since: str = "", start: str = "", note: str = "") -> Input:
    return _of_fact(RULE, fact_id, sets, start or facts()[fact_id].as_of, known_since, note)


def _fourth_quarter_rate() -> Input:
    known = facts()
    year = known["nissan_fx_actual_fy26_3"]
    others = sum(known[name].number for name in BOOKED_RATES[:3])
    return Input(
        BOOKED_RATES[3], EXCHANGE, "Exchange rate, average of January to March 2026",
        round(4 * year.number - others, 1), "JPY per USD", (), "", year.as_of,
        f"4 x {year.number:g}, which Nissan prints for the year, - {others:g}",
        "derived", "the other three quarters are recalled, not verified", "",
    )  # fmt: skip


def _second_half_volume() -> Input:
    known = facts()
    planned, lowered = known["honda_na_volume_guid_before_nov25"], known["honda_na_volume_guid_nov25"]
    half = planned.number / 2
    return Input(
        HONDA_VOLUME, VOLUME, "Honda: North American volume of October 2025 to March 2026 against plan",
        round((lowered.number - half) / half, 3), "share", (), "2025-10-01", lowered.as_of,
        f"({lowered.number:,g} - {planned.number:,g} / 2) / ({planned.number:,g} / 2); {lowered.source}", "derived",
        "rounded; the second half is taken to carry all that the year was lowered by; cars, parts and offset follow",
        lowered.url,
    )  # fmt: skip


_CALIBRATED: Final = {
    "honda_import_value_usd": "",
    "honda_us_content_share": "",
    "honda_usmca_imports_kveh": "Honda: cars from Canada and Mexico",
    "honda_japan_imports_kveh": "Honda: cars from Japan and elsewhere",
    "honda_parts_usd_bn": "",
    "honda_other_usd_bn": "",
    "honda_price_usd": "",
    "honda_us_output_kveh": "Honda: cars built in the US",
    "nissan_mexico_value_usd": "",
    "nissan_japan_value_usd": "",
    "nissan_us_content_share": "",
    "nissan_usmca_imports_kveh": "Nissan: cars from Mexico",
    "nissan_japan_imports_kveh": "Nissan: cars from Japan",
    "nissan_parts_usd_bn": "",
    "nissan_price_usd": "",
    "nissan_us_output_kveh": "Nissan: cars built in the US",
}
"""Values of the calibration that decide duty, with words for those that are no assumption."""

_PRIORS: Final = (
    "parts_exempt_share",
    "honda_parts_japan_share",
    "nissan_parts_japan_share",
    "parts_materials_share",
    STOCK,
    "honda_own_measures_jpy_bn",
    "nissan_own_measures_jpy_bn",
)

_PROCLAIMED: Final = "2025-03-26"


@cache
def inputs() -> Mapping[str, Input]:
    """Every input by its id."""
    deal, order = facts()["japan_deal_announced"].as_of, str(facts()["japan_deal_eo"].value)
    declared = (
        *(_of_edition(CALIBRATED, CALIBRATION_EDITION, key, label) for key, label in _CALIBRATED.items()),
        _rule("s232_vehicle_rate_start", ("usmca_tariff_share", "japan_tariff_share"), _PROCLAIMED,
              note="from Canada and Mexico, on the non-US content only"),
        _rule("japan_added_rate_after_deal", ("japan_tariff_share",), deal,
              note="announced in July for cars; the day was set on 4 September, and Honda had assumed September"),
        _rule("s232_parts_rate_start", ("parts_tariff_share", "japan_parts_tariff_share"), _PROCLAIMED),
        _rule("parts_rate_japan", ("japan_parts_tariff_share",), order),
        Input("materials_rate_start", RULE, "US duty on steel and aluminium at the start", 0.25, "share",
              ("materials_tariff_share",), "2025-03-12", "2025-03", "recalled, not verified", "recalled", "", ""),
        _rule("steel_aluminium_rate", ("materials_tariff_share",), "2025-06-04", "2025-06-04"),
        _rule("msrp_offset_original_year1", ("msrp_offset_share",), "2025-04-29",
              note="what is not used is carried forward, see offset_carry_forward"),
        Input("usmca_parts_rule", RULE, "Parts that qualify under USMCA stay exempt", 1.0, "share",
              ("usmca_parts_rule_share",), "", facts()["usmca_parts_rule"].as_of, facts()["usmca_parts_rule"].source,
              facts()["usmca_parts_rule"].kind, "in May 2025 Honda counted basically all parts as dutiable",
              facts()["usmca_parts_rule"].url),
        _rule("ieepa_other_rate_path_apr25", ("other_tariff_share",)),
        _rule("ieepa_other_rate_path_aug25", ("other_tariff_share",), deal),
        _rule("ieepa_other_rate_path_void", ("other_tariff_share",), note="motorcycles are taken to be exempt from it"),
        *(_of_fact(EXCHANGE, f"honda_fx_{day}") for day in ("may25", "aug25", "nov25", "feb26")),
        _of_fact(EXCHANGE, "nissan_fx_assump_may25", note="used for every later guidance, too"),
        *(_of_fact(EXCHANGE, name) for name in BOOKED_RATES[:3]),
        _fourth_quarter_rate(),
        _second_half_volume(),
        *(_of_edition(PRIOR, PRIOR_EDITION, key, known_since=PRIOR_EDITION) for key in _PRIORS),
    )  # fmt: skip
    return {each.id: each for each in declared}


# ----------------------------------------------------------------------- rows

TEST: Final = "test"
SHOWN: Final = "shown"
ROLES: Final = {
    CALIBRATED: "inputs were worked out from it, or defaults were set looking at it",
    TEST: "no input was fitted on it",
    SHOWN: "quarters and nine months, not judged: credits are booked in lumps",
}

GROSS: Final = "gross"
NET: Final = "net"
NOT_STATED: Final = "not stated"
BASES: Final = {
    GROSS: "before own measures",
    NET: "after own measures",
    NOT_STATED: "whether before or after own measures is not stated",
}

WHOLE: Final = "all"
CARS: Final = "cars"
PARTS: Final = "parts and materials"
OTHER: Final = "motorcycles and power products"

YEAR: Final = "year"
HALF_YEAR: Final = "half-year"
NINE_MONTHS: Final = "nine months"
QUARTER: Final = "quarter"

FISCAL_YEAR: Final = "year to March 2026"
NEXT_YEAR: Final = "year to March 2027"
PERIODS: Final = {
    # the period: what it is, and its first and its last month, counted from 0 in April 2025
    FISCAL_YEAR: (YEAR, 0, 12),
    "April to September 2025": (HALF_YEAR, 0, 6),
    "October 2025 to March 2026": (HALF_YEAR, 6, 12),
    "April to December 2025": (NINE_MONTHS, 0, 9),
    "April to June 2025": (QUARTER, 0, 3),
    "July to September 2025": (QUARTER, 3, 6),
    "October to December 2025": (QUARTER, 6, 9),
    "January to March 2026": (QUARTER, 9, 12),
    NEXT_YEAR: (YEAR, 0, 12),
}

JUDGED: Final = (YEAR, HALF_YEAR)
MEDIAN_GOAL_SHARE: Final = 0.12
MEAN_GOAL_SHARE: Final = 0.05

GUIDED: Final = "guided"
BOOKED: Final = "booked"
IMPLIED: Final = "implied"
REPORTED: Final = {
    GUIDED: "expected by the company on that day",
    BOOKED: "reported for months that had passed",
    IMPLIED: "the cost of the year before less the change in a profit bridge",
}

AS_IT_STANDS: Final = ""


@dataclass(frozen=True, slots=True)
class Declared:
    """A published figure and what the model's is compared with; every figure is a fact.

    period: of `PERIODS`; line: part of the cost
    exchange: input that is the exchange rate of a guidance; BOOKED: the rates of its months, with all rules that came;
        AS_IT_STANDS: the edition's first year, with nothing moved
    unexplained: what the model does not explain; empty for a calibration
    """

    company: str
    fact_id: str
    period: str
    basis: str
    role: str
    exchange: str
    unexplained: str = ""
    line: str = WHOLE
    edition: str = CALIBRATION_EDITION

    @property
    def reported(self) -> str:
        """How the figure came, of `REPORTED`."""
        return BOOKED if self.exchange == BOOKED else IMPLIED if self.period == NEXT_YEAR else GUIDED


def _may(company: str, name: str, basis: str = GROSS, line: str = WHOLE) -> Declared:
    return Declared(company, f"{company}_tariff_{name}", FISCAL_YEAR, basis, CALIBRATED, AS_IT_STANDS, line=line)


def _august(line: str, name: str, unexplained: str) -> Declared:
    fact_id = f"honda_tariff_aug25_lines_{name}"
    return Declared("honda", fact_id, FISCAL_YEAR, GROSS, TEST, "honda_fx_aug25", unexplained, line)


def _guided(company: str, name: str, exchange: str, unexplained: str, basis: str = GROSS) -> Declared:
    return Declared(company, f"{company}_tariff_{name}", FISCAL_YEAR, basis, TEST, exchange, unexplained)


def _booked(company: str, name: str, period: str, unexplained: str, role: str = SHOWN) -> Declared:
    return Declared(company, f"{company}_tariff_actual_{name}", period, NOT_STATED, role, BOOKED, unexplained)


@cache
def declared() -> tuple[Declared, ...]:
    """Every published figure that is compared, calibration first."""
    known = facts()
    quarters = ", ".join(f"{known[f'honda_tariff_actual_q{n}'].number:g}" for n in (1, 2, 3, 4))
    lumps = f"Not judged: Honda books in lumps, by quarter {quarters}."
    booked = f"{known['honda_tariff_actual_fy26_3'].number:g}"
    ceiling = f"{known['nissan_tariff_gross_jul25'].number:g}"
    offset = "Nissan publishes no lines. In the model the offset cancels its duty on parts"
    claimed = "the offset is credited as cars are built, but could be claimed only from November 2025"
    part = "Not judged: too few months. What is said of the half-year holds here, too."
    no_lines = "No lines were published with it: errors by line may cancel, as in August."
    return (
        _may("honda", "gross_may25"),
        _may("honda", "gross_may25_vehicles", line=CARS),
        _may("honda", "gross_may25_parts_materials", line=PARTS),
        _may("honda", "gross_may25_motorcycle_power", line=OTHER),
        _may("honda", "net_may25", NET),
        _may("nissan", "gross_may25"),
        Declared(
            "honda", "honda_tariff_implied_fy27_3", NEXT_YEAR, NOT_STATED, CALIBRATED, AS_IT_STANDS,
            "Says nothing: it was looked at while defaults of this edition were set.", edition=PRIOR_EDITION,
        ),
        _guided("honda", "gross_aug25", "honda_fx_aug25",
                "Errors by line cancel in part: cars far above Honda's line, parts and other products below."),
        _august(CARS, "cars", "Duty per car below May's plan: more US content, lower values or fewer cars."),
        _august(PARTS, "parts", "In the model the offset cancels the duty on parts; Honda still counted most of it."),
        _august(OTHER, "other", "Honda counted more value, or a higher rate, than the 10 % and 15 % in force."),
        _guided("honda", "gross_nov25", "honda_fx_nov25", no_lines),
        _guided("honda", "gross_feb26", "honda_fx_feb26",
                f"Whether it is before own measures is not proved; {booked} were booked in the end.", NOT_STATED),
        _booked("honda", "h1", "April to September 2025", no_lines, TEST),
        _booked("honda", "h2", "October 2025 to March 2026", f"The figure of the year is weak. {no_lines}", TEST),
        _booked("honda", "fy26_3", FISCAL_YEAR, f"A weak figure. {no_lines}", TEST),
        _guided("nissan", "gross_jul25", "nissan_fx_assump_may25", f"A ceiling: up to {ceiling}. {offset}."),
        _guided("nissan", "oct25", "nissan_fx_assump_may25", f"{offset}.", NOT_STATED),
        _guided("nissan", "feb26", "nissan_fx_assump_may25", "As in October, which it repeats.", NOT_STATED),
        _booked("nissan", "h1", "April to September 2025", f"{offset}; {claimed}.", TEST),
        _booked("honda", "q1", "April to June 2025", lumps),
        _booked("honda", "q2", "July to September 2025", lumps),
        _booked("honda", "q3", "October to December 2025", lumps),
        _booked("honda", "q4", "January to March 2026", lumps),
        _booked("honda", "9m", "April to December 2025", lumps),
        _booked("nissan", "q1", "April to June 2025", part),
        _booked("nissan", "q2", "July to September 2025", part),
        _booked("nissan", "q3", "October to December 2025", part),
        _booked("nissan", "9m", "April to December 2025", part),
    )  # fmt: skip
