"""Whether the formulas hold for others: makers, and customs receipts, that no input of the model was fitted to.

What goes in was fixed before anything was computed, and nothing here is changed by a result:
- rates are those that tariffs add to the ordinary duty, each from its day on;
- one month of stock stands between the border and cost, for every maker alike; customs receipts have none;
- a car's customs value is the average of its origin in 2024;
- US content is the plain average of a maker's parts lists, where any is among the facts, else what customs let off;
- only cars are counted where nothing is known of parts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from statistics import fmean
from types import MappingProxyType
from typing import Final

import numpy as np

from data.facts import facts
from model.backtest import months_since_start
from model.formulas import market as ma
from model.formulas import tariffs as ta
from model.formulas.units import MONTHS_PER_YEAR, USD_BN_PER_KVEH_USD

JUDGED: Final = "judged"
SHOWN: Final = "shown"
ROLES: Final = {
    JUDGED: "counts in the answer; no input was fitted on it",
    SHOWN: "a quarter, not judged: stock and credits move cost between quarters",
}

WITHIN_SHARE: Final = 0.12
"""The error that was set as the goal for makers that import whole cars, over nine months or more."""
LONG_MONTHS: Final = 9.0

_DAYS_PER_MONTH: Final = 365.0 / MONTHS_PER_YEAR
_TWO_DECIMALS: Final = 2


@dataclass(frozen=True, slots=True)
class Quantity:
    """What `peer_duty` takes under a key: in words, with its unit and the bounds of what may be typed."""

    label: str
    unit: str
    low: float
    high: float
    whole: bool = False


QUANTITIES: Final[Mapping[str, Quantity]] = MappingProxyType(
    {
        "far_cars": Quantity("Cars a year from Japan, Korea or Europe", "kveh", 0.0, 5000.0),
        "far_value": Quantity("Their customs value", "USD per vehicle", 0.0, 500_000.0),
        "far_rate": Quantity("Duty added to them now", "share", 0.0, 1.0),
        "far_change": Quantity("Months from April 2025 at 25 % before this rate", "months", 0.0, 12.0),
        "near_cars": Quantity("Cars a year from Canada or Mexico", "kveh", 0.0, 5000.0),
        "near_value": Quantity("Their customs value, Canada or Mexico", "USD per vehicle", 0.0, 500_000.0),
        "content": Quantity("US content of these, which is deducted", "share", 0.0, 1.0),
        "near_rate": Quantity("Duty on the rest of their value, and on parts", "share", 0.0, 1.0),
        "parts": Quantity("Parts a year that pay duty", "USD bn", 0.0, 100.0),
        "stock": Quantity("Stock between border and cost", "months", 0.0, 6.0),
        "months": Quantity("Months counted", "months", 1.0, 12.0, whole=True),
        "fx": Quantity("Exchange rate: of the maker's currency for one dollar", "ratio", 0.01, 10_000.0),
    }
)
"""The inputs by key: eleven decide the duty, the last one writes it in the maker's currency."""


@dataclass(frozen=True, slots=True)
class PeerDuty:
    """What a maker's cars and parts pay in a period.

    local_bn: in the maker's currency; per_car_usd: over all its imported cars, nothing where there is none
    dutiable_share: of the customs value of a car from Canada or Mexico
    """

    far_usd_bn: float
    near_usd_bn: float
    parts_usd_bn: float
    local_bn: float
    per_car_usd: float | None
    dutiable_share: float

    @property
    def usd_bn(self) -> float:
        """All of it [USD bn]."""
        return self.far_usd_bn + self.near_usd_bn + self.parts_usd_bn


def peer_duty(
    *,
    far_cars: float,
    far_value: float,
    far_rate: float,
    far_change: float,
    near_cars: float,
    near_value: float,
    content: float,
    near_rate: float,
    parts: float,
    stock: float,
    months: float,
    fx: float,
    after_months: int = 0,
) -> PeerDuty:
    """Duty of a period by the model's formulas, month by month; see `QUANTITIES` for the arguments.

    after_months: whole months from April 2025 to the period's beginning
    """
    known = facts()
    cars, spare = known["s232_vehicle_rate_start"], known["s232_parts_rate_start"]
    month = np.arange(after_months, after_months + int(months), dtype=np.float64)

    def begun(day: str) -> np.ndarray:
        return np.asarray(ma.running_share(month, months_since_start(day), stock))

    changed = np.asarray(ma.running_share(month, far_change, stock))
    started, parts_started = begun(cars.as_of), begun(spare.as_of)
    # What is in stock when the rate changes has paid the earlier one; what was there at the start has paid none.
    rate = started * (cars.number + (far_rate - cars.number) * changed)
    share = float(np.asarray(ta.usmca_dutiable_share(content, 1.0)))

    def total(duty_a_year: object) -> float:
        return float(np.sum(np.asarray(duty_a_year)) / MONTHS_PER_YEAR)

    far = total(ta.vehicle_duty_usd_bn(far_cars, far_value, 1.0, rate))
    near = total(ta.vehicle_duty_usd_bn(near_cars, near_value, share, near_rate * started))
    of_parts = total(ta.duty_on_value_usd_bn(parts, near_rate * parts_started))
    imported = (far_cars + near_cars) * len(month) / MONTHS_PER_YEAR
    per_car = (far + near) / (imported * USD_BN_PER_KVEH_USD) if imported else None
    return PeerDuty(far, near, of_parts, float(np.asarray(ta.jpy_bn(far + near + of_parts, fx))), per_car, share)


# ------------------------------------------------------------------------ rows


@dataclass(frozen=True, slots=True)
class PeerInput:
    """A number that goes into a row; facts: ids of those that it is, or that it was worked out from."""

    key: str
    value: float
    facts: tuple[str, ...]
    source: str
    kind: str
    note: str = ""
    url: str = ""

    @property
    def label(self) -> str:
        """What it is."""
        return QUANTITIES[self.key].label

    @property
    def unit(self) -> str:
        """Of the value."""
        return QUANTITIES[self.key].unit


@dataclass(frozen=True, slots=True)
class Peer:
    """A published number beside the formulas'.

    unit: of both figures; "USD per vehicle" and "share" are customs receipts
    whole_cars: whether the maker imports whole cars and the period is long: what the goal is about
    after_months: from April 2025 to the period's beginning
    instead: inputs that the maker itself published and the convention leaves out; instead_words: which
    """

    id: str
    maker: str
    what: str
    period: str
    fact_id: str
    unit: str
    role: str
    whole_cars: bool
    after_months: int
    inputs: Mapping[str, PeerInput]
    teaches: str
    instead: Mapping[str, PeerInput]
    instead_words: str

    @property
    def published(self) -> float:
        """The number as published, in the unit."""
        return facts()[self.fact_id].number

    @property
    def values(self) -> dict[str, float]:
        """The inputs' values by key."""
        return {key: each.value for key, each in self.inputs.items()}

    def duty(self, values: Mapping[str, float] | None = None) -> PeerDuty:
        """The duty with the row's own inputs, or with others."""
        return peer_duty(**{**self.values, **(values or {})}, after_months=self.after_months)

    def value_of(self, duty: PeerDuty) -> float:
        """What of a duty is compared with what was published."""
        if self.unit == "share":
            return duty.dutiable_share
        return (duty.per_car_usd or 0.0) if self.unit == "USD per vehicle" else duty.local_bn

    @property
    def formula(self) -> float:
        """The formulas' number, in the unit."""
        return self.value_of(self.duty())

    @property
    def error_share(self) -> float:
        """Formula over published, less one [share]."""
        return self.formula / self.published - 1.0

    @property
    def instead_error_share(self) -> float | None:
        """The same with what the maker itself published instead of the convention; None where there is none."""
        if not self.instead:
            return None
        return self.value_of(self.duty({k: i.value for k, i in self.instead.items()})) / self.published - 1.0

    @property
    def within(self) -> bool:
        """Whether the error is within the goal."""
        return abs(self.error_share) <= WITHIN_SHARE


def _fact(key: str, fact_id: str, note: str = "", value: float | None = None) -> PeerInput:
    """A fact as it is; value: the same in the unit of the key."""
    fact = facts()[fact_id]
    words = "; ".join(text for text in (fact.note, note) if text)
    number = fact.number if value is None else value
    return PeerInput(key, number, (fact_id,), fact.source, fact.kind, words, fact.url)


def _sum(key: str, value: float, how: str, *fact_ids: str, note: str = "") -> PeerInput:
    """What follows from facts by arithmetic."""
    weak = sorted({facts()[name].kind for name in fact_ids} & {"weak", "recalled", "judgement"})
    of_kind = f"rests on what is {' and '.join(weak)}" if weak else ""
    return PeerInput(key, value, fact_ids, how, "derived", "; ".join(text for text in (note, of_kind) if text))


def _stated(key: str, value: float, why: str) -> PeerInput:
    return PeerInput(key, value, (), why, "judgement")


def _number(fact_id: str) -> float:
    return facts()[fact_id].number


def _value(key: str, origin: str) -> PeerInput:
    return _fact(key, f"import_unit_value_2024_{origin}")


def _both_value() -> PeerInput:
    """Average of a car from Canada or Mexico."""
    values = [_number(f"import_value_2024_{origin}") for origin in ("mexico", "canada")]
    each = [_number(f"import_unit_value_2024_{origin}") for origin in ("mexico", "canada")]
    cars = sum(value / one for value, one in zip(values, each, strict=True))
    return _sum(
        "near_value", round(sum(values) / cars, -2), "average of both origins by their cars, to the hundred",
        "import_value_2024_mexico", "import_value_2024_canada",
        "import_unit_value_2024_mexico", "import_unit_value_2024_canada",
    )  # fmt: skip


_AALA: Final = "US and Canadian parts by value: US content of the whole car is lower"


def _lists(*cars: tuple[str, ...]) -> PeerInput:
    """Plain average over a maker's cars; two names are the ends of one car's span."""
    value = fmean(fmean(_number(f"aala_peers_{name}") for name in car) for car in cars)
    names = tuple(f"aala_peers_{name}" for car in cars for name in car)
    if len(names) == 1:
        return _fact("content", names[0], _AALA)
    return _sum("content", round(value, 4), "plain average of its cars' parts lists", *names, note=_AALA)


def _let_off() -> PeerInput:
    value = round(1.0 - _number("canada_dutiable_share"), 4)
    return _sum("content", value, "1 - the share of Canadian cars' value that paid duty", "canada_dutiable_share")


def _far_rate(fact_id: str) -> PeerInput:
    all_in = _number(fact_id)
    if fact_id != "eu_rate":
        return _fact("far_rate", fact_id)
    ordinary = _number("japan_deal_announced") - _number("japan_added_rate_after_deal")
    return _sum(
        "far_rate", round(all_in - ordinary, 4), f"{100 * all_in:g} % all-in less the ordinary {100 * ordinary:.3g} %",
        "eu_rate", "japan_deal_announced", "japan_added_rate_after_deal",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where cars from overseas come from: name in the facts, and the rate after the deal with its day."""

    name: str
    rate: str
    day: str
    note: str = ""


_JAPAN: Final = _Origin("japan", "japan_added_rate_after_deal", "2025-09-16")
_KOREA: Final = _Origin(
    "korea", "korea_15_retro", "2025-11-01",
    "all of it is added: Korean cars pay no ordinary duty under the trade agreement (recalled, not verified)",
)  # fmt: skip
_EUROPE: Final = _Origin("eu", "eu_rate", "2025-08-01")


def _change(origin: _Origin, known: bool) -> PeerInput:
    if not known:
        return _stated("far_change", MONTHS_PER_YEAR, "no deal was known on the day of the guidance")
    value = round(months_since_start(origin.day), _TWO_DECIMALS)
    return _sum("far_change", value, f"April 2025 to {origin.day}", origin.rate)


def _inputs(
    *,
    months: int,
    far: PeerInput | None = None,
    origin: _Origin = _JAPAN,
    deal_known: bool = True,
    near: PeerInput | None = None,
    near_value: PeerInput | None = None,
    content: PeerInput | None = None,
    fx: PeerInput | None = None,
    stock: PeerInput | None = None,
) -> Mapping[str, PeerInput]:
    none = "none is known; the convention of this comparison is not to count any"
    rate = _far_rate(origin.rate)
    if origin.note:
        rate = replace(rate, note="; ".join(text for text in (rate.note, origin.note) if text))
    found = (
        far or _stated("far_cars", 0.0, none),
        _value("far_value", origin.name),
        rate,
        _change(origin, deal_known),
        near or _stated("near_cars", 0.0, none),
        near_value or _value("near_value", "mexico"),
        content or _let_off(),
        _fact("near_rate", "s232_vehicle_rate_start"),
        _stated("parts", 0.0, none),
        stock or _fact("stock", "stock_lag"),
        _stated("months", float(months), "the period of the published figure, as far as duty ran"),
        fx or _stated("fx", 1.0, "published in dollars"),
    )
    return MappingProxyType({each.key: each for each in found})


_GUIDED_FX_NOTE: Final = "assumed by Subaru and Toyota in August 2025; the maker's own rate was not found"
_NINE: Final = "April to December 2025"
_YEAR: Final = "year to March 2026"


def _rows() -> tuple[Peer, ...]:
    nine_fx = _fact("fx", "honda_avg_fx_9m", "Honda's average")
    august_fx = _fact("fx", "subaru_tariff_aug25_basis_fx", _GUIDED_FX_NOTE)
    quarters = [_fact("fx", f"usdjpy_q{quarter}_fy26_3") for quarter in (1, 2, 3)]
    half_fx = _sum(
        "fx", round(fmean(each.value for each in quarters[:2]), _TWO_DECIMALS), "average of two quarters",
        "usdjpy_q1_fy26_3", "usdjpy_q2_fy26_3",
    )  # fmt: skip
    won = _sum(
        "fx", fmean(_number(f"krw_per_usd_2025_{end}") for end in ("low", "high")), "middle of the span",
        "krw_per_usd_2025_low", "krw_per_usd_2025_high",
    )  # fmt: skip
    euro = _sum("fx", round(1.0 / _number("usd_per_eur_2025"), 4), "1 / USD per EUR", "usd_per_eur_2025")
    subaru = _fact("far_cars", "subaru_us_2024_split_japan", "volume of 2024")
    mitsubishi = _fact("far_cars", "mitsubishi_us_sales_2025", "every car comes from Japan")
    mazda = partial(
        _inputs,
        far=_fact("far_cars", "mazda_us_imports_japan"),
        near=_fact("near_cars", "mazda_us_imports_mexico"),
        content=_lists(("mexico_mazda",)),
    )
    per_year = MONTHS_PER_YEAR / LONG_MONTHS
    hyundai_cars = _number("hyundai_us_imports_apr_dec_2025") * per_year
    hyundai = _sum("far_cars", hyundai_cars, "456 thousand in nine months, x 12 / 9", "hyundai_us_imports_apr_dec_2025")
    kia_cars = _number("kia_us_sales_2025") * _number("kia_us_import_share")
    both = _sum(
        "far_cars", round(hyundai_cars + kia_cars, 1), "Hyundai's, and 60 % of Kia's US sales",
        "hyundai_us_imports_apr_dec_2025", "kia_us_sales_2025", "kia_us_import_share",
        note="Kia's cars from Mexico are counted as Korean",
    )  # fmt: skip
    gm_korea, gm_near = _fact("far_cars", "gm_imports_korea"), _fact("near_cars", "gm_us_imports_camx_jato")
    sierra = _lists(("mexico_sierra",))
    toyota_lists = _lists(
        ("mexico_tacoma_low", "mexico_tacoma_high"), ("canada_rx350",), ("canada_rx350h",),
        ("canada_nx_low", "canada_nx_high"),
    )  # fmt: skip
    ford_lists = _lists(("mexico_bronco_sport",), ("mexico_maverick",), ("mexico_mach_e",))
    vw_lists = _lists(("mexico_q5",), ("mexico_jetta",), ("mexico_taos_low", "mexico_taos_high"))
    no_stock = _stated("stock", 0.0, "duty is collected at the border")
    mexico = partial(
        _inputs,
        near=_fact("near_cars", "import_units_2024_mexico", "cancels out: the figure is per car"),
        content=_fact("content", "amda_mexico_content"),
        stock=no_stock,
    )
    canada = partial(
        _inputs,
        near=_fact("near_cars", "import_units_2024_canada", "cancels out: the figure is per car"),
        near_value=_value("near_value", "canada"),
        content=_fact("content", "honda_us_content", "the model's estimate of May 2025: not taken from customs"),
        stock=no_stock,
    )

    def row(
        row_id: str, maker: str, what: str, period: str, fact_id: str, inputs: Mapping[str, PeerInput], teaches: str,
        *, role: str = JUDGED, whole_cars: bool = False, after: int = 0,
        instead: Sequence[PeerInput] = (), instead_words: str = "",
    ) -> Peer:  # fmt: skip
        unit = facts()[fact_id].unit
        given = MappingProxyType({each.key: each for each in instead})
        return Peer(
            row_id, maker, what, period, fact_id, unit, role, whole_cars, after, inputs, teaches, given, instead_words
        )

    def days(fact_id: str) -> PeerInput:
        months = round(_number(fact_id) / _DAYS_PER_MONTH, _TWO_DECIMALS)
        return _sum("stock", months, f"{_number(fact_id):g} days", fact_id)

    quarter_names = ("April to June 2025", "July to September 2025", "October to December 2025")
    subaru_quarters = [
        row(
            f"subaru_q{n + 1}", "Subaru", "booked", name, f"subaru_tariff_q{n + 1}",
            _inputs(months=3, far=subaru, fx=quarters[n]),
            "Not judged: stock and restocking move cost between quarters.", role=SHOWN, after=3 * n,
        )
        for n, name in enumerate(quarter_names)
    ]  # fmt: skip
    hyundai_quarter = _sum(
        "far_cars", round(_number("hyundai_us_q2_split_korea") * 4, 3), "cars of the quarter x 4",
        "hyundai_us_q2_split_korea",
    )  # fmt: skip
    own_stock = "With the untaxed stock it reported"
    return (
        row(
            "subaru_may25", "Subaru", "guided", _YEAR, "subaru_tariff_may25",
            _inputs(months=12, far=subaru, deal_known=False),
            "Published with its own parts, which are not counted here; the formula leaves out a first month of stock.",
            whole_cars=True,
        ),
        row(
            "subaru_h1", "Subaru", "booked", "April to September 2025", "subaru_tariff_h1",
            _inputs(months=6, far=subaru, fx=half_fx),
            "Customs value and volume are of the right size; parts and steel are not counted.",
        ),
        row(
            "subaru_9m", "Subaru", "booked", _NINE, "subaru_tariff_9m", _inputs(months=9, far=subaru, fx=nine_fx),
            "Subaru named about JPY 21 bn more than expected for parts, steel, aluminium and the yen.",
            whole_cars=True,
        ),
        *subaru_quarters,
        row(
            "hyundai_9m", "Hyundai", "booked", _NINE, "hyundai_tariff_2025",
            _inputs(months=9, far=hyundai, origin=_KOREA, fx=won),
            "The volume carries the second quarter's share of imports on; parts are not counted.",
            whole_cars=True,
        ),
        row(
            "hyundai_kia_9m", "Hyundai and Kia", "booked", _NINE, "hyundai_kia_tariff_2025",
            _inputs(months=9, far=both, origin=_KOREA, fx=won),
            "Kia's imported share is a judgement; most else is published.", whole_cars=True,
        ),
        row(
            "hyundai_q2", "Hyundai", "booked", "April to June 2025", "hyundai_tariff_q2",
            _inputs(months=3, far=hyundai_quarter, origin=_KOREA, fx=won),
            "Not judged: it had 94 days of untaxed cars, more than the quarter, and still booked duty.", role=SHOWN,
        ),
        row(
            "mazda_aug25", "Mazda", "guided", _YEAR, "mazda_tariff_aug25",
            mazda(months=12, fx=august_fx),
            "The level is met with 10 % US content in its cars from Mexico.", whole_cars=True,
        ),
        row(
            "mazda_9m", "Mazda", "booked", _NINE, "mazda_tariff_9m", mazda(months=9, fx=nine_fx),
            "Mazda held back the CX-30 built in Mexico; the formula spreads imports evenly over the year's sales.",
            whole_cars=True,
        ),
        row(
            "mitsubishi_9m", "Mitsubishi", "duty paid, booked", _NINE, "mitsubishi_duty_paid_9m",
            _inputs(months=9, far=mitsubishi, fx=nine_fx),
            "It paused shipments and sold near 100 days of untaxed cars first.",
            whole_cars=True,
            instead=[
                days("mitsubishi_untaxed_stock_days"), _fact("far_value", "japan_unit_value_2025_may_usd"),
            ],
            instead_words=f"{own_stock}, and customs' average value of May 2025",
        ),
        row(
            "mitsubishi_year", "Mitsubishi", "duty paid, guided", _YEAR, "mitsubishi_duty_paid_guided",
            _inputs(months=12, far=mitsubishi, fx=august_fx),
            "Nearly all of it had been paid after nine months already: the guidance was too low, too.",
            whole_cars=True,
            instead=[days("mitsubishi_untaxed_stock_days"), _fact("far_value", "japan_unit_value_2025_may_usd")],
            instead_words=f"{own_stock}, and customs' average value of May 2025",
        ),
        row(
            "toyota_aug25_cars", "Toyota", "cars, guided", _YEAR, "toyota_tariff_aug25_split_cars",
            _inputs(
                months=12, far=_fact("far_cars", "toyota_us_imports_japan"),
                near=_fact("near_cars", "toyota_us_imports_camx"), near_value=_both_value(), content=toyota_lists,
                fx=_fact("fx", "toyota_tariff_aug25_split_fx"),
            ),
            "Its imports are quoted as a sum, their split is recalled; parts lists count Canadian parts, too.",
        ),
        row(
            "gm_korea", "GM", "Korea, guided", _NINE, "gm_tariff_may25_split_korea",
            _inputs(months=9, far=gm_korea, origin=_KOREA, deal_known=False),
            "GM guided for 2025, in which duty ran nine months; it spoke of about 2.",
        ),
        row(
            "gm_near", "GM", "Mexico and Canada, guided", _NINE, "gm_tariff_may25_split_camx",
            _inputs(months=9, near=gm_near, near_value=_both_value(), content=sierra),
            "Only cars sold in the US count. In May customs had not yet said how US content is deducted.",
        ),
        row(
            "gm_9m", "GM", "gross, booked", _NINE, "gm_tariff_actual",
            _inputs(
                months=9, far=gm_korea, origin=_KOREA, near=gm_near, near_value=_both_value(), content=sierra
            ),
            "The sum fits better than its parts: GM's cost holds indirect material, too, which is not counted here.",
        ),
        row(
            "ford_2025", "Ford", "gross, guided", _NINE, "ford_tariff_gross_raised",
            _inputs(months=9, near=_fact("near_cars", "ford_us_imports_2024"), content=ford_lists),
            "Its imported cars are less than half of the bill: the rest is parts, steel and aluminium, which are not "
            "counted here.",
        ),
        row(
            "vw_2025", "VW group", "direct, at least", _NINE, "vw_tariff_2025_direct",
            _inputs(
                months=9, far=_fact("far_cars", "vw_us_imports_europe"), origin=_EUROPE,
                near=_fact("near_cars", "vw_us_imports_mexico"), content=vw_lists, fx=euro,
            ),
            "Volumes are recalled, and a car from Mexico without USMCA proof pays on all of its value.",
        ),
        row(
            "mexico_4m", "Mexico (customs)", "per car", "April to July 2025", "duty_per_car_mexico_apr_jul25",
            mexico(months=4),
            "Imported cars of 2025 had lower values than those of 2024; receipts are spread over the cars of 2024.",
        ),
        row(
            "mexico_july", "Mexico (customs)", "per car", "July 2025", "duty_per_car_mexico_july25",
            mexico(months=1), "As from April to July, which holds July.", after=3,
        ),
        row(
            "canada_4m", "Canada (customs)", "per car", "April to July 2025", "duty_per_car_canada_apr_jul25",
            canada(months=4), "As for Mexico.",
        ),
        row(
            "canada_july", "Canada (customs)", "per car", "July 2025", "duty_per_car_canada_july25",
            canada(months=1), "A single month, without corrections that customs made later.", after=3,
        ),
        row(
            "canada_share", "Canada (customs)", "dutiable share", "July 2025", "canada_dutiable_share",
            canada(months=1), "That 40 % is deducted is about right on average.", after=3,
        ),
    )  # fmt: skip


@cache
def peers() -> tuple[Peer, ...]:
    """Every published number with its inputs, in the order in which they are declared."""
    return _rows()


def judged(rows: Sequence[Peer]) -> list[Peer]:
    """Those that count in the answer."""
    return [row for row in rows if row.role == JUDGED]
