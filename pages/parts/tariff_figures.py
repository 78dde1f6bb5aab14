"""The Tariffs page: what the duty costs, who pays it, what it does to the margin, and the real rates.

Tables are functions of a view, charts are functions of rows, findings are sentences computed from a view.
"""

import datetime
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Final, Literal

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.story import TariffRate, tariff_rates, timeline
from model.editions import COMPANIES, COMPANY_LABELS, edition
from model.formulas import tariffs as ta
from model.formulas.units import USD_BN_PER_KVEH_USD
from model.links import Scenario, scenario_of_preset
from model.outputs import OUTPUTS
from model.presets import DEFAULT_PRESET
from model.projection import Inputs, Projection, Values
from model.projection import tariff_rates as yearly_rates
from model.registry import ASSUMPTIONS
from model.sweeps import sweep
from pages.parts.charts import COMPANY_COLORS, LOSS, ORIGIN_COLORS, Chart, company_color
from pages.parts.sure.break_even import crossings
from pages.parts.tables import REFERENCE, SCENARIO, Table
from pages.parts.view import View
from pages.parts.words import NBSP, figure, markdown_text, number, percent, signed

ORIGINS: Final = ("usmca", "japan", "parts", "other")
"""What pays duty, as output names spell it."""

_DUST: Final = 1e-9  # JPY bn: what subtraction leaves of nothing


# ---------------------------------------------------------------------------------------- shared words


def origin_label(origin: str) -> str:
    """The name of what pays duty, such as "Japan cars"."""
    return OUTPUTS[f"net_{origin}_duty_jpy_bn"].label


def _cases(view: View) -> Iterator[tuple[str, Projection, Values]]:
    """Scenario and reference: name, results and assumptions."""
    yield SCENARIO, view.projection, view.scenario.values
    yield REFERENCE, view.reference, edition(view.scenario.edition).defaults


def _differs(view: View) -> bool:
    return bool(view.scenario.changed())


def _bar_name(company: str, case: str, both: bool) -> str:
    return f"{company}, {case.lower()}" if both else company


def _drawn(table: Table, view: View) -> pd.DataFrame:
    """A table's rows with the name of the bar each belongs to; without the reference where it is the scenario."""
    rows, both = table.rows, _differs(view)
    rows = rows if both else rows[rows["case"] == SCENARIO]
    return rows.assign(bar=[_bar_name(c, k, both) for c, k in zip(rows["company"], rows["case"], strict=True)])


def _points(share: float) -> str:
    """A small change of a share in percentage points, with two decimals and its sign."""
    text = f"{number(share * 100, 2)}{NBSP}pp"
    return f"+{text}" if round(share, 4) > 0 else text


def _amount(jpy_bn: float) -> str:
    """An amount in words; one too small to be written is nothing."""
    return figure(0.0 if abs(jpy_bn) < 0.05 else jpy_bn, "JPY bn")


def _change(value: float, reference: float) -> str:
    """How far an amount lies from the reference's, in brackets; nothing where it does not."""
    text = signed(value - reference, "JPY bn")
    return "" if text == signed(0.0, "JPY bn") else f" ({text})"


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


_BASIS: Final = {
    "customs values": ("honda_import_value_usd", "nissan_mexico_value_usd", "nissan_japan_value_usd"),
    "US content": ("honda_us_content_share", "nissan_us_content_share"),
    "dutiable parts": ("honda_parts_usd_bn", "nissan_parts_usd_bn"),
    "sticker prices": ("honda_price_usd", "nissan_price_usd"),
    "recovery by own measures": ("honda_mitigation_share", "nissan_mitigation_share"),
    "contribution per car": ("honda_contribution_usd", "nissan_contribution_usd"),
    "demand response": ("demand_elasticity",),
}
"""What the duty and its burden rest on besides rates, by the words used for it."""

DUTY_BASIS: Final = ("customs values", "US content", "dutiable parts", "sticker prices")
BURDEN_BASIS: Final = ("recovery by own measures", "contribution per car", "demand response")


def basis(view: View, names: tuple[str, ...]) -> str:
    """What kind of number the figures rest on, such as "Judgement: customs values, US content."."""
    world, changed = edition(view.scenario.edition), view.scenario.changed()
    by_kind: dict[str, list[str]] = {}
    for name in names:
        kinds = dict.fromkeys("set by you" if key in changed else world.source_of(key)[1] for key in _BASIS[name])
        by_kind.setdefault(" or ".join(kinds), []).append(name)
    return " ".join(f"{kind.capitalize()}: {', '.join(found)}." for kind, found in by_kind.items())


# ---------------------------------------------------------------------------------------- (a) duty by origin


def duty_by_origin(view: View) -> Table:
    """Gross duty, what own measures recover of it, and net duty, by company, case and origin."""
    records: list[tuple[object, ...]] = []
    for company in COMPANIES:
        for case, projection, _ in _cases(view):
            outputs = projection.company[company]
            for origin, gross, net in _origins(outputs, view.year):
                records.append((COMPANY_LABELS[company], case, origin_label(origin), gross, gross - net, net))
    columns = {
        "company": "Company",
        "case": "Scenario or reference",
        "origin": "What pays the duty",
        "gross_duty_jpy_bn": "Duty before own measures, JPY bn a year",
        "own_measures_jpy_bn": "Recovered by the company's own measures, JPY bn a year",
        "net_duty_jpy_bn": "Duty after own measures, JPY bn a year",
    }
    return Table.of("duty_by_origin", f"Duty by origin, {view.year_label}", columns, records)


def _origins(outputs: Mapping[str, object], year: int) -> Iterator[tuple[str, float, float]]:
    """Origin, gross and net duty; other products are what the three other origins leave of the gross sum."""

    def at(name: str) -> float:
        return float(np.asarray(outputs[name])[year])

    left = at("gross_tariff_cost_jpy_bn")
    for origin in ORIGINS[:-1]:
        gross = at(f"gross_{origin}_duty_jpy_bn")
        left -= gross
        yield origin, gross, at(f"net_{origin}_duty_jpy_bn")
    yield ORIGINS[-1], left if abs(left) > _DUST else 0.0, at(f"net_{ORIGINS[-1]}_duty_jpy_bn")


def duty_rows(table: Table, view: View) -> pd.DataFrame:
    """Rows of the duty chart: with bar, rank within the bar, and amounts in words."""
    rows = _drawn(table, view)
    due = rows.groupby("origin")["gross_duty_jpy_bn"].transform("max") > _DUST
    rows = rows[due | (rows["origin"] == origin_label(ORIGINS[0]))]
    ranks = {origin: rank for rank, origin in enumerate(dict.fromkeys(rows["origin"]))}
    return rows.assign(
        rank=[ranks[origin] for origin in rows["origin"]],
        label_gross=[figure(value, "JPY bn") for value in rows["gross_duty_jpy_bn"]],
        label_net=[figure(value, "JPY bn") for value in rows["net_duty_jpy_bn"]],
    )


def duty_in_words(table: Table) -> pd.DataFrame:
    """The duty as a reader wants it: a line per origin, then own measures and what is left, changes in brackets."""
    origins = list(dict.fromkeys(table.rows["origin"]))
    found: dict[str, list[str]] = {
        "JPY bn a year": [*origins, *(f"**{line}**" for line in ("Gross duty", "Own measures", "Net duty"))]
    }
    for company, rows in table.rows.groupby("company", sort=False):
        amounts = []
        for case in (SCENARIO, REFERENCE):
            own = rows.loc[
                rows["case"] == case, ["gross_duty_jpy_bn", "own_measures_jpy_bn", "net_duty_jpy_bn"]
            ].to_numpy()
            gross, measures, net = own.sum(axis=0)
            amounts.append([*own[:, 0], gross, -measures, net])
        found[str(company)] = [_cell(float(value), float(base)) for value, base in zip(*amounts, strict=True)]
    return pd.DataFrame(found)


def _cell(value: float, reference: float) -> str:
    """An amount without its unit, and its change in brackets."""
    change = number(value - reference, 0)
    if change == "0":
        return number(value, 0)
    return f"{number(value, 0)} ({'+' if value > reference else ''}{change})"


def _bar_axis(rows: pd.DataFrame) -> alt.Y:
    names = list(dict.fromkeys(rows["bar"]))
    return alt.Y(
        "bar:N", sort=names, title=None, axis=alt.Axis(ticks=False, domain=False, labelFlush=False, labelLimit=130)
    )


_CASE_OPACITY: Final = alt.Opacity(
    "case:N", scale=alt.Scale(domain=[SCENARIO, REFERENCE], range=[1.0, 0.5]), legend=None
)


def _legend(values: list[str], columns: int) -> alt.Legend:
    """A legend of what is drawn."""
    return alt.Legend(title=None, orient="top", columns=columns, labelLimit=200, symbolOpacity=1.0, values=values)


def duty_chart(rows: pd.DataFrame) -> Chart:
    """Gross duty by origin, a bar per company and case; a tick marks what is left after own measures.

    rows: bar, company, case, origin, gross_duty_jpy_bn, net_duty_jpy_bn, rank, label_gross, label_net
    """
    base = alt.Chart(rows).encode(y=_bar_axis(rows))
    bars = base.mark_bar(height={"band": 0.62}).encode(
        x=alt.X(
            "gross_duty_jpy_bn:Q",
            title="Gross duty, JPY bn a year",
            stack="zero",
            axis=alt.Axis(tickCount=4, grid=False),
            scale=alt.Scale(nice=False),
        ),
        color=alt.Color(
            "origin:N",
            scale=alt.Scale(domain=[origin_label(origin) for origin in ORIGINS], range=list(ORIGIN_COLORS)),
            legend=_legend(list(dict.fromkeys(rows["origin"])), 2),
        ),
        order=alt.Order("rank:Q"),
        opacity=_CASE_OPACITY,
        tooltip=[
            alt.Tooltip("company:N", title="Company"),
            alt.Tooltip("case:N", title="Case"),
            alt.Tooltip("origin:N", title="What pays"),
            alt.Tooltip("label_gross:N", title="Gross duty"),
            alt.Tooltip("label_net:N", title="After own measures"),
        ],
    )
    summed = base.transform_aggregate(gross="sum(gross_duty_jpy_bn)", net="sum(net_duty_jpy_bn)", groupby=["bar"])
    words = "format(datum.gross, ',.0f') + ', net ' + format(datum.net, ',.0f')"
    ticks = summed.mark_tick(thickness=3, color="#E8EDF2", height={"band": 0.62}).encode(x=alt.X("net:Q"))
    inner = summed.mark_tick(thickness=1.5, color="#1B2530", height={"band": 0.62}).encode(x=alt.X("net:Q"))
    labels = (
        summed.transform_calculate(words=words)
        .mark_text(align="left", dx=5)
        .encode(x=alt.X("gross:Q"), text=alt.Text("words:N"))
    )
    room = (
        summed.transform_calculate(room="datum.gross * 1.38")
        .mark_point(opacity=0, aria=False)
        .encode(x=alt.X("room:Q"))
    )
    return alt.layer(bars, ticks, inner, labels, room).properties(height=alt.Step(40))


def duty_finding(view: View) -> str:
    """The gross duty of both companies, its change, and where most of it falls."""
    amounts, where = [], []
    for company in COMPANIES:
        name = COMPANY_LABELS[company]
        gross, reference = view.at_year(company, "gross_tariff_cost_jpy_bn")
        amounts.append(f"{name} {figure(gross, 'JPY bn')}{_change(gross, reference)}")
        if gross > _DUST:
            origin, largest, _ = max(_origins(view.projection.company[company], view.year), key=lambda row: row[1])
            where.append((name, origin_label(origin).replace("Parts", "parts"), percent(largest / gross, 0)))
    start = f"Gross duty: {amounts[0]}, {amounts[1]}"
    if not where:
        return f"{start}. No duty is due"
    if len(where) == len(COMPANIES) and len({origin for _, origin, _ in where}) == 1:
        return f"{start}. {where[0][1]} make up {where[0][2]} and {where[1][2]}"
    return f"{start}. Most of it: {_listed([f'{origin} at {name} ({share})' for name, origin, share in where])}"


# ---------------------------------------------------------------------------------------- (b) who pays

_PAYERS: Final = {
    "Own measures": "own_measures_jpy_bn",
    "Customers": "customers_pay_jpy_bn",
    "Company": "company_bears_jpy_bn",
    "Lost sales": "lost_contribution_jpy_bn",
}
"""Who pays, in the order of the bar, with the output that says how much."""

_PAYER_COLORS: Final = {"Own measures": "#999999", "Customers": "#56B4E9", **COMPANY_COLORS, "Lost sales": LOSS}

IDENTITY: Final = (
    "Own measures + customers + company = gross duty. Lost sales come on top: the contribution of cars "
    "that are not sold because prices rose; the duty on those cars is not paid."
)


def who_pays(view: View) -> Table:
    """Gross duty and lost contribution by who carries them, by company and case."""
    records: list[tuple[object, ...]] = []
    for company in COMPANIES:
        for case, projection, _ in _cases(view):
            for payer, name in _PAYERS.items():
                amount = float(np.asarray(projection.company[company][name])[view.year])
                records.append((COMPANY_LABELS[company], case, payer, amount))
    columns = {
        "company": "Company",
        "case": "Scenario or reference",
        "payer": "Who carries it; together: gross duty plus lost sales",
        "amount_jpy_bn": "Amount, JPY bn a year",
    }
    return Table.of("who_pays", f"Who pays the duty, {view.year_label}", columns, records)


def payer_rows(table: Table, view: View) -> pd.DataFrame:
    """Rows of the chart of payers: with bar, where each part begins and ends, its colour's name and its label."""
    rows = _drawn(table, view)
    used = rows.groupby("payer")["amount_jpy_bn"].transform("max") > _DUST
    rows = rows[used | (rows["payer"] == "Company")]
    ends = rows.groupby("bar", sort=False)["amount_jpy_bn"].cumsum()
    wide = 0.09 * max(float(ends.max()), 1.0)
    roomy = (rows["amount_jpy_bn"] > wide) & (rows["case"] == SCENARIO)
    company = rows["payer"] == "Company"
    amounts = [number(value, 0) for value in rows["amount_jpy_bn"]]
    totals = rows.groupby("bar", sort=False)["amount_jpy_bn"].transform("sum")
    last = ~rows.duplicated("bar", keep="last")
    return rows.assign(
        part=rows["payer"].where(~company, rows["company"]),
        from_jpy_bn=ends - rows["amount_jpy_bn"],
        to_jpy_bn=ends,
        room_jpy_bn=totals * 1.14,
        label=[figure(value, "JPY bn") for value in rows["amount_jpy_bn"]],
        label_on_dark=pd.Series(amounts, index=rows.index).where(roomy & company, ""),
        label_on_light=pd.Series(amounts, index=rows.index).where(roomy & ~company, ""),
        label_total=pd.Series([number(value, 0) for value in totals], index=rows.index).where(last, ""),
    )


def payer_chart(rows: pd.DataFrame) -> Chart:
    """Who carries the duty: own measures, customers, the company, and the sales that are lost.

    rows: bar, company, case, payer, part, from_jpy_bn, to_jpy_bn, room_jpy_bn, label and labels by place
    """
    base = alt.Chart(rows).encode(y=_bar_axis(rows))
    bars = base.mark_bar(height={"band": 0.62}).encode(
        x=alt.X(
            "from_jpy_bn:Q",
            title="Gross duty and lost sales, JPY bn a year",
            axis=alt.Axis(tickCount=4, grid=False),
            scale=alt.Scale(nice=False),
        ),
        x2="to_jpy_bn:Q",
        color=alt.Color(
            "part:N",
            scale=alt.Scale(domain=list(_PAYER_COLORS), range=list(_PAYER_COLORS.values())),
            legend=_legend([part for part in _PAYER_COLORS if part in set(rows["part"])], 3),
        ),
        opacity=_CASE_OPACITY,
        tooltip=[
            alt.Tooltip("company:N", title="Duty of"),
            alt.Tooltip("case:N", title="Case"),
            alt.Tooltip("payer:N", title="Paid by"),
            alt.Tooltip("label:N", title="Amount"),
        ],
    )
    middle = base.transform_calculate(middle="(datum.from_jpy_bn + datum.to_jpy_bn) / 2")
    inside = [
        middle.mark_text(color=color, fontWeight="bold").encode(x=alt.X("middle:Q"), text=f"label_{ground}:N")
        for ground, color in (("on_dark", "#FFFFFF"), ("on_light", "#1B2530"))
    ]
    totals = base.mark_text(align="left", dx=5).encode(x=alt.X("to_jpy_bn:Q"), text="label_total:N")
    room = base.mark_point(opacity=0, aria=False).encode(x=alt.X("room_jpy_bn:Q"))
    return alt.layer(bars, *inside, totals, room).properties(height=alt.Step(40))


def payer_finding(view: View) -> str:
    """What part of the gross duty each company bears, what customers pay, and what lost sales cost."""
    borne, paid, lost = [], [], []
    for company in COMPANIES:
        name = COMPANY_LABELS[company]
        gross = view.at_year(company, "gross_tariff_cost_jpy_bn")[0]
        bears = view.at_year(company, "company_bears_jpy_bn")[0]
        share = f" ({percent(bears / gross, 0)})" if gross > _DUST else ""
        borne.append(f"{name} bears {_amount(bears)}{share}")
        paid.append(view.at_year(company, "customers_pay_jpy_bn")[0])
        lost.append(view.at_year(company, "lost_contribution_jpy_bn")[0])
    start = f"{borne[0]}, {borne[1]}"
    if max(paid) <= _DUST:
        return f"{start}. Customers pay nothing beyond the prices in guidance"
    pays = f"Customers pay {figure(paid[0], 'JPY bn')} and {figure(paid[1], 'JPY bn')}"
    if max(lost) <= _DUST:
        return f"{start}. {pays}"
    return f"{start}. {pays}; lost sales cost {figure(lost[0], 'JPY bn')} and {figure(lost[1], 'JPY bn')}"


# ---------------------------------------------------------------------------------------- (c) per car

CARS: Final = {"usmca": "Canada, Mexico", "japan": "Japan", "parts": "US-built"}
"""Cars by what pays their duty: imported ones whole, US-built ones through their parts."""


def duty_of_one_car_usd(values: Values, edition_name: str, company: str) -> dict[str, NDArray[np.float64]]:
    """Gross duty on one car by origin and fiscal year [USD per vehicle]: the model's formulas for a thousand cars.

    For "parts" it is the duty on the parts of one US-built car, after the offset.
    """
    world = edition(edition_name)
    usmca_rate, japan_rate, parts_rate = yearly_rates(Inputs(world.facts, world.defaults, values))
    honda = company == "honda"
    usmca_value = values["honda_import_value_usd" if honda else "nissan_mexico_value_usd"]
    japan_value = values["honda_import_value_usd" if honda else "nissan_japan_value_usd"]
    dutiable = ta.usmca_dutiable_share(values[f"{company}_us_content_share"], values["usmca_deduction_share"])
    parts = ta.parts_value_usd_bn(values[f"{company}_parts_usd_bn"], 1.0, world.facts[f"{company}_us_output_kveh"])
    offset = ta.msrp_offset_usd_bn(values["msrp_offset_share"], values[f"{company}_price_usd"], 1.0)
    of_a_thousand = {
        "usmca": ta.vehicle_duty_usd_bn(1.0, usmca_value, dutiable, usmca_rate),
        "japan": ta.vehicle_duty_usd_bn(1.0, japan_value, 1.0, japan_rate),
        "parts": ta.parts_duty_usd_bn(parts, values["parts_exempt_share"], parts_rate, offset),
    }
    return {origin: np.asarray(duty) / USD_BN_PER_KVEH_USD for origin, duty in of_a_thousand.items()}


def duty_per_car(view: View) -> Table:
    """Duty on one car by company, case and where it is built, before and after own measures."""
    records: list[tuple[object, ...]] = []
    for company in COMPANIES:
        for case, _, values in _cases(view):
            kept = 1.0 - float(np.asarray(values[f"{company}_mitigation_share"]))
            for origin, duty in duty_of_one_car_usd(values, view.scenario.edition, company).items():
                gross = float(duty[view.year])
                records.append((COMPANY_LABELS[company], case, CARS[origin], gross, gross * kept))
    columns = {
        "company": "Company",
        "case": "Scenario or reference",
        "built_in": "Where the car is built; a US-built car pays duty on its imported parts",
        "gross_duty_usd_per_car": "Duty before own measures, USD per car built there",
        "net_duty_usd_per_car": "Duty after own measures, USD per car built there",
    }
    return Table.of("duty_per_car", f"Duty per car, {view.year_label}", columns, records)


def per_car_rows(table: Table) -> pd.DataFrame:
    """Rows of the chart per car: a bar for the scenario, a tick for the reference, labels in words."""
    built: dict[tuple[str, str, str], tuple[float, float]] = {
        (company, built_in, case): (gross, net)
        for company, case, built_in, gross, net in table.rows.itertuples(index=False, name=None)
    }
    pairs = [(company, built_in) for built_in in CARS.values() for company in COMPANY_LABELS.values()]
    scenario, reference = ([built[(*pair, case)] for pair in pairs] for case in (SCENARIO, REFERENCE))
    changes = [gross - was for (gross, _), (was, _) in zip(scenario, reference, strict=True)]
    longest = max(gross for gross, _ in (*scenario, *reference))
    return pd.DataFrame(
        {
            "company": [company for company, _ in pairs],
            "built_in": [built_in for _, built_in in pairs],
            "bar": [f"{company}, {built_in}" for company, built_in in pairs],
            "gross_duty_usd_per_car": [gross for gross, _ in scenario],
            "reference_usd_per_car": [was for was, _ in reference],
            "end_usd_per_car": [max(now[0], was[0]) for now, was in zip(scenario, reference, strict=True)],
            "room_usd_per_car": 1.5 * max(longest, 1.0),
            "label": [
                number(gross, 0) + (f" ({'+' if change > 0 else ''}{number(change, 0)})" if abs(change) >= 0.5 else "")
                for (gross, _), change in zip(scenario, changes, strict=True)
            ],
            "label_gross": [figure(gross, "USD") for gross, _ in scenario],
            "label_net": [figure(net, "USD") for _, net in scenario],
            "label_reference": [figure(was, "USD") for was, _ in reference],
        }
    )


def per_car_chart(rows: pd.DataFrame) -> Chart:
    """Duty on one car, a bar per company and place of building; a tick marks the reference.

    rows: bar, company, built_in, gross_duty_usd_per_car, reference_usd_per_car, end_usd_per_car, labels
    """
    base = alt.Chart(rows).encode(
        y=_bar_axis(rows),
        tooltip=[
            alt.Tooltip("company:N", title="Company"),
            alt.Tooltip("built_in:N", title="Built in"),
            alt.Tooltip("label_gross:N", title="Duty per car"),
            alt.Tooltip("label_net:N", title="After own measures"),
            alt.Tooltip("label_reference:N", title="Duty in the reference"),
        ],
    )
    bars = base.mark_bar(height={"band": 0.6}).encode(
        x=alt.X(
            "gross_duty_usd_per_car:Q",
            title="Duty before own measures, USD per car",
            axis=alt.Axis(tickCount=4, format=",.0f", grid=False),
            scale=alt.Scale(nice=False),
        ),
        color=company_color(),
    )
    moved = base.transform_filter("abs(datum.gross_duty_usd_per_car - datum.reference_usd_per_car) >= 0.5")
    ticks = moved.mark_tick(thickness=3, color="#999999", height={"band": 0.9}, aria=False).encode(
        x=alt.X("reference_usd_per_car:Q")
    )
    labels = base.mark_text(align="left", dx=6).encode(x=alt.X("end_usd_per_car:Q"), text="label:N")
    room = base.mark_point(opacity=0, aria=False).encode(x=alt.X("room_usd_per_car:Q"), tooltip=alt.value(None))
    return alt.layer(bars, ticks, labels, room).properties(height=alt.Step(30))


def per_car_finding(view: View) -> str:
    """The duty on an imported car and on the parts of a US-built one, of both companies."""
    of = {c: duty_of_one_car_usd(view.scenario.values, view.scenario.edition, c) for c in COMPANIES}

    def both(origin: str) -> str:
        return ", ".join(f"{COMPANY_LABELS[c]} {figure(float(of[c][origin][view.year]), 'USD')}" for c in COMPANIES)

    return f"Duty on a car from Canada or Mexico: {both('usmca')}; on the parts of a US-built car: {both('parts')}"


# ---------------------------------------------------------------------------------------- (d) margin against a rate

LANDMARKS: Final = ("japan_mfn", "japan_after_deal", "car_additional", "japan_before_deal")
"""Real rates on imported cars, by their id in the table of rates."""

SWEPT_WORDS: Final = {
    "japan_tariff_share": "cars from Japan",
    "usmca_tariff_share": "cars from Canada and Mexico",
}
_STEP: Final = 0.1  # ten percentage points: the yardstick of the finding


def landmark_rates() -> tuple[TariffRate, ...]:
    """Real rates to mark on an axis of rates, lowest first."""
    by_id = {rate.id: rate for rate in tariff_rates()}
    return tuple(sorted((by_id[name] for name in LANDMARKS), key=lambda rate: rate.rate_share))


def landmark_words() -> str:
    """What the marked rates are, in one sentence."""
    words = [f"{figure(rate.rate_share, 'share')}: {_lower_first(rate.label)}" for rate in landmark_rates()]
    return f"Dotted lines mark real rates. {'; '.join(words)}."


def _lower_first(text: str) -> str:
    """A label inside a sentence; a name keeps its capital."""
    return text if text.startswith("Japan") else text[:1].lower() + text[1:]


def _rate_points(key: str, rates: tuple[float, ...]) -> NDArray[np.float64]:
    """Every step of the slider, the real rates, and the rates asked for [share]."""
    a = ASSUMPTIONS[key]
    even = np.linspace(a.minimum, a.maximum, round((a.maximum - a.minimum) / a.step) + 1).round(9)
    marks = [rate.rate_share for rate in landmark_rates() if a.minimum <= rate.rate_share <= a.maximum]
    return np.unique(np.concatenate([even, marks, rates]))


@cache
def _reference_margins(edition_name: str, key: str, points: tuple[float, ...]) -> dict[str, NDArray[np.float64]]:
    """Margins of the reference by company at each rate and year [share], (points, 5)."""
    return _margins(scenario_of_preset(DEFAULT_PRESET, edition_name), key, points)


def _margins(scenario: Scenario, key: str, points: tuple[float, ...]) -> dict[str, NDArray[np.float64]]:
    results = sweep(scenario, key, np.asarray(points)).company
    return {company: np.asarray(results[company]["operating_margin_share"]) for company in COMPANIES}


def margin_by_rate(view: View, key: str) -> Table:
    """Operating margin in the year in focus at each rate of one tariff, all else held, by company and case.

    key: the assumption that is moved, "japan_tariff_share" or "usmca_tariff_share"
    """
    default = edition(view.scenario.edition).defaults[key]
    points = tuple(float(p) for p in _rate_points(key, (view.scenario.values[key], default)))
    cases = {
        SCENARIO: _margins(view.scenario, key, points),
        REFERENCE: _reference_margins(view.scenario.edition, key, points),
    }
    records: list[tuple[object, ...]] = [
        (COMPANY_LABELS[company], case, rate, float(margin))
        for company in COMPANIES
        for case, margins in cases.items()
        for rate, margin in zip(points, margins[company][:, view.year], strict=True)
    ]
    columns = {
        "company": "Company",
        "case": "Scenario or reference, with this rate moved and all else held",
        "rate_share": f"Rate on {SWEPT_WORDS[key]}, share of customs value",
        "operating_margin_share": "Operating margin, share of revenue",
    }
    origin = key.partition("_")[0]
    title = f"Operating margin against the rate on {SWEPT_WORDS[key]}, {view.year_label}"
    return Table.of(f"margin_by_{origin}_rate", title, columns, records)


def margin_by_japan_rate(view: View) -> Table:
    """Operating margin at each rate on cars from Japan."""
    return margin_by_rate(view, "japan_tariff_share")


def margin_by_usmca_rate(view: View) -> Table:
    """Operating margin at each rate on the non-US content of cars from Canada and Mexico."""
    return margin_by_rate(view, "usmca_tariff_share")


_SIDES: Final[tuple[tuple[str, Literal["left", "right"], int], ...]] = (("right", "left", 6), ("left", "right", -6))
"""Where the words at the scenario's rate may stand: their side, alignment and distance in pixels."""

_RATE_PLACES: Final[tuple[tuple[Literal["left", "center", "right"], int], ...]] = (
    ("right", 2),
    ("center", 0),
    ("left", -2),
)
_HEADROOM: Final = 0.4  # of the span of margins, kept free for words
_SHAPES: Final = {"Honda": "circle", "Nissan": "diamond"}


def _free_side(rate: float) -> str:
    """The side of a rate on which the next marked rate, or the end of the axis, is farther away."""
    marks = [real.rate_share for real in landmark_rates()]
    left = rate - max((mark for mark in marks if mark < rate), default=0.0)
    right = min((mark for mark in marks if mark > rate), default=0.5) - rate
    return "left" if left > right else "right"


def margin_rows(table: Table, view: View, key: str) -> pd.DataFrame:
    """Rows of a margin chart: the curves, where scenario and reference stand on them, and the real rates."""
    rate = view.scenario.values[key]
    at = {SCENARIO: rate, REFERENCE: edition(view.scenario.edition).defaults[key]}
    records, stands = [], []
    drawn = set(table.rows["rate_share"].unique()[::2])  # every other point: no eye sees more, and each is sent anew
    for company, case, swept, margin in table.rows.itertuples(index=False, name=None):
        if swept in drawn:
            records.append(("curve", company, case, swept, margin, figure(swept, "share"), percent(margin, 2), "", ""))
        if swept == at[case]:
            named = f"{company} {percent(margin)}" if case == SCENARIO else ""
            stands.append(
                ("stand", company, case, swept, margin, figure(swept, "share"), percent(margin, 2), named, "")
            )
    margins = table.rows["operating_margin_share"]
    top, bottom = max(float(margins.max()), 0.0), min(float(margins.min()), 0.0)
    head = top + _HEADROOM * (top - bottom)
    shown = figure(rate, "share")
    records += stands  # after the curves, so that rows keep their order whatever the rate
    records.append(("now", "", SCENARIO, rate, head, shown, "", f"scenario {shown}", ""))
    for real in landmark_rates():
        records.append(
            ("landmark", "", SCENARIO, real.rate_share, 0.0, figure(real.rate_share, "share"), "", "", real.label)
        )
    names = ["mark", *table.columns, "label_rate", "label_margin", "label_words", "label_real"]
    rows = pd.DataFrame(records, columns=names)
    free = _free_side(rate)
    words_at = {side: rows["label_words"] if side == free else "" for side, _, _ in _SIDES}
    return rows.drop(columns="label_words").assign(**{f"label_{side}": words for side, words in words_at.items()})


def margin_chart(rows: pd.DataFrame, words: str) -> Chart:
    """Operating margin over a rate: a line per company, reference dashed, the scenario's rate and real rates marked.

    rows: company, case, rate_share, operating_margin_share, mark, labels; words: what the rate is on
    """
    x = alt.X(
        "rate_share:Q",
        title=f"Rate on {words}",
        axis=alt.Axis(format=".0%", tickCount=5, grid=False),
        scale=alt.Scale(nice=False),
    )
    y = alt.Y(
        "operating_margin_share:Q",
        title="Operating margin",
        axis=alt.Axis(format=".1%", tickCount=5),
        scale=alt.Scale(zero=True, nice=True),
    )
    base = alt.Chart(rows).encode(x=x)
    company = company_color()
    tooltip = [
        alt.Tooltip("company:N", title="Company"),
        alt.Tooltip("case:N", title="Case"),
        alt.Tooltip("label_rate:N", title="Rate"),
        alt.Tooltip("label_margin:N", title="Operating margin"),
    ]

    def of(mark: str) -> alt.Chart:
        return base.transform_filter(f"datum.mark == '{mark}'")

    lines = (
        of("curve")
        .mark_line(strokeWidth=2.5)
        .encode(
            y=y,
            color=company,
            detail="case:N",
            strokeDash=alt.StrokeDash(
                "case:N",
                scale=alt.Scale(domain=[SCENARIO, REFERENCE], range=[[1, 0], [5, 4]]),
                legend=alt.Legend(title=None, orient="bottom", symbolType="stroke", symbolSize=300),
            ),
            tooltip=tooltip,
        )
    )
    stands = of("stand").encode(y=y, color=company, tooltip=tooltip)
    points = []
    for name, shape in _SHAPES.items():
        of_company = stands.transform_filter(f"datum.company == '{name}'")
        hollow = of_company.transform_filter(f"datum.case == '{REFERENCE}'").mark_point(
            size=80, strokeWidth=2, shape=shape
        )
        filled = of_company.transform_filter(f"datum.case == '{SCENARIO}'").mark_point(
            size=90, filled=True, shape=shape
        )
        points += [hollow, filled.encode(opacity=alt.value(1))]
    named = [
        of("stand")
        .transform_filter(f"datum.company == '{name}'")
        .mark_text(align=align, dx=dx, fontWeight="bold", baseline="top")
        .encode(y=alt.value(8 + 17 * line), color=company, text=f"label_{side}:N")
        for line, name in enumerate(COMPANY_COLORS)
        for side, align, dx in _SIDES
    ]
    now = of("now").mark_rule(strokeWidth=1.5, opacity=0.7, color="#7A8894")
    now_words = [
        of("now")
        .mark_text(align=align, dx=dx, dy=-4, baseline="bottom")
        .encode(y=alt.value("height"), text=f"label_{side}:N")
        for side, align, dx in _SIDES
    ]
    head = of("now").mark_point(opacity=0, aria=False).encode(y=y)
    landmarks = of("landmark")
    real = [alt.Tooltip("label_rate:N", title="Real rate"), alt.Tooltip("label_real:N", title="What it is")]
    rules = landmarks.mark_rule(strokeWidth=1.5, strokeDash=[1, 3], color="#7A8894").encode(tooltip=real)
    # Rates close together are named on either side of their lines.
    close = "datum.rate_share == 0.25 ? 'right' : datum.rate_share == 0.275 ? 'left' : 'center'"
    rate_words = [
        landmarks.transform_filter(f"({close}) == '{align}'")
        .mark_text(align=align, dx=dx, dy=-6, baseline="bottom")
        .encode(y=alt.value(0), text="label_rate:N", tooltip=real)
        for align, dx in _RATE_PLACES
    ]
    return alt.layer(rules, now, lines, *points, *named, *now_words, *rate_words, head).properties(height=340)


def _zero_margins(view: View, key: str) -> list[str]:
    """For each company, the rate at which its margin is zero, where there is one within the slider's range."""
    found = []
    for company in COMPANIES:

        def gap(results: Projection, company: str = company) -> NDArray[np.float64]:
            return np.asarray(results.company[company]["operating_margin_share"])[..., view.year]

        zeros = crossings(view.scenario, key, gap)
        if zeros:
            found.append(f"{COMPANY_LABELS[company]} earns nothing at {percent(zeros[0])}")
    return found


def margin_finding(view: View, key: str) -> str:
    """What ten points on a rate do to both margins, and where a margin is zero."""
    rate, highest = view.scenario.values[key], ASSUMPTIONS[key].maximum
    step = _STEP if rate + _STEP <= highest else -_STEP
    spread = tuple(float(p) for p in np.linspace(ASSUMPTIONS[key].minimum, highest, 11))
    margins = {
        company: margin[:, view.year]
        for company, margin in _margins(view.scenario, key, (rate, rate + step, *spread)).items()
    }
    effects = {company: float(margin[1] - margin[0]) for company, margin in margins.items()}
    what = f"Ten points {'more' if step > 0 else 'less'} on {SWEPT_WORDS[key]}"
    if all(_points(effect) == _points(0.0) for effect in effects.values()):
        return f"{what} leave both margins of {view.year_label} as they are"
    moved = ", ".join(f"{COMPANY_LABELS[c]} {_points(effect)}" for c, effect in effects.items())
    if all(float(margin.min()) > 0 for margin in margins.values()):
        return f"{what} move the margin: {moved}. No rate up to {percent(highest, 0)} ends the profit"
    zeros = _zero_margins(view, key)
    return f"{what} move the margin: {moved}" + (f". {_listed(zeros)}" if zeros else "")


# ---------------------------------------------------------------------------------------- (e) the real rates

_TIMELINE_ROWS: Final = {
    "Cars from Japan": ("japan_mfn", "japan_before_deal", "japan_after_deal"),
    "Canada, Mexico cars": ("usmca_non_us_content",),
    "Parts outside USMCA": ("parts_general",),
    "Parts under USMCA": ("parts_usmca",),
    "Pickups from Japan": ("pickup_ordinary", "pickup_before_deal", "pickup_after_deal"),
    "Offset, first rule": ("offset_first_year", "offset_second_year"),
    "Offset, extended": ("offset_after_extension",),
}
"""Lines of the chart of real rates, each with its rates by id."""


def _replaced(rate: TariffRate) -> bool:
    """Whether another rate of the same tariff began before this one and outlasts it: this one never applied."""
    if rate.start is None or rate.end is None:
        return False
    return any(
        other.tariff == rate.tariff
        and other.start is not None
        and other.start < rate.start
        and (other.end is None or other.end > rate.end)
        for other in tariff_rates()
    )


def _day(day: datetime.date) -> str:
    return f"{day.day}{NBSP}{day:%B %Y}"


def _period(rate: TariffRate) -> str:
    if rate.start is None:
        return f"until {_day(rate.end)}" if rate.end else "period not known"
    return f"{_day(rate.start)} to {_day(rate.end)}" if rate.end else f"since {_day(rate.start)}, no end set"


def real_rates(view: View) -> Table:
    """The rates that applied, by tariff and period, both days included."""
    by_id = {rate.id: rate for rate in tariff_rates()}
    rates = [(line, by_id[name]) for line, names in _TIMELINE_ROWS.items() for name in names]
    records: list[tuple[object, ...]] = [
        (
            line,
            rate.label,
            rate.rate_share,
            rate.start.isoformat() if rate.start else "",
            rate.end.isoformat() if rate.end else "",
            "replaced before it applied" if _replaced(rate) else "applied",
            rate.source,
            rate.kind,
        )
        for line, rate in rates
    ]
    columns = {
        "tariff": "What the rate is on",
        "rate": "The rate in words",
        "rate_share": "Rate, share of customs value; of the sticker price for the offset",
        "start": "First day; empty where it applied before April 2025",
        "end": "Last day; empty where no end is set",
        "state": "Whether it applied",
        "source": "Source",
        "kind": "Kind of figure",
    }
    sources = tuple(dict.fromkeys(rate.source for _, rate in rates))
    table = Table.of("real_tariff_rates", "US tariff rates by period", columns, records)
    return Table(table.name, table.title, columns, table.rows, sources)


def rate_period_rows(table: Table) -> pd.DataFrame:
    """Rows of the chart of real rates: from the year of the first change to the year of the last event."""
    rates = {rate.label: rate for rate in tariff_rates()}
    first = min(rate.start.year for rate in tariff_rates() if rate.start)
    last = max(event.date.year for event in timeline())
    left, right = datetime.date(first, 1, 1), datetime.date(last, 12, 31)
    rows = table.rows
    words = {"quoted": "", "derived": " (derived)", "recalled": " (recalled)", "weak": " (weak source)"}
    return rows.assign(
        from_day=[start or left.isoformat() for start in rows["start"]],
        # A bar ends where the next day begins.
        to_day=[
            (min(datetime.date.fromisoformat(end) if end else right, right) + datetime.timedelta(days=1)).isoformat()
            for end in rows["end"]
        ],
        label=[
            figure(share, "share") + (", replaced" if state != "applied" else "")
            for share, state in zip(rows["rate_share"], rows["state"], strict=True)
        ],
        label_period=[_period(rates[label]) for label in rows["rate"]],
        label_source=[s + words.get(k, f" ({k})") for s, k in zip(rows["source"], rows["kind"], strict=True)],
    )


def rate_period_chart(rows: pd.DataFrame) -> Chart:
    """Real rates over time: a line per tariff, a bar per period; a rate that never applied has a dashed outline.

    rows: tariff, rate, rate_share, from_day, to_day, state, labels
    """
    axis = alt.Axis(format="%b %y", tickCount={"interval": "month", "step": 6}, grid=True)
    base = alt.Chart(rows).encode(
        y=alt.Y(
            "tariff:N",
            sort=list(_TIMELINE_ROWS),
            title=None,
            axis=alt.Axis(ticks=False, domain=False, labelFlush=False, labelLimit=130),
        ),
        x=alt.X("from_day:T", title=None, axis=axis, scale=alt.Scale(type="utc", nice=False)),
        tooltip=[
            alt.Tooltip("rate:N", title="Rate on"),
            alt.Tooltip("label:N", title="Rate"),
            alt.Tooltip("label_period:N", title="In force"),
            alt.Tooltip("label_source:N", title="Source"),
        ],
    )
    bars = base.mark_bar(height={"band": 0.7}, color=_RATE_COLOR, stroke=_RATE_COLOR, strokeWidth=1.5).encode(
        x2="to_day:T",
        fillOpacity=alt.FillOpacity("rate_share:Q", scale=_RATE_OPACITY, legend=None),
        strokeDash=alt.StrokeDash(
            "state:N",
            scale=alt.Scale(domain=["applied", "replaced before it applied"], range=[[1, 0], [3, 3]]),
            legend=None,
        ),
    )
    words = base.mark_text(align="left", dx=5).encode(text="label:N")
    return alt.layer(bars, words).properties(height=alt.Step(34))


_RATE_COLOR: Final = "#56B4E9"
_RATE_OPACITY: Final = alt.Scale(domain=[0.0, 0.5], range=[0.0, 0.75])


def rate_period_finding() -> str:
    """How the rate on cars from Japan moved, in the words of the table of rates."""
    by_id = {rate.id: rate for rate in tariff_rates()}
    steps = [by_id[name] for name in _TIMELINE_ROWS["Cars from Japan"]]
    later = [f"to {figure(r.rate_share, 'share')} on {_day(r.start)}" for r in steps if r.start]
    return f"Cars from Japan went from {figure(steps[0].rate_share, 'share')} {_listed(later)}"


def tariff_events(view: View) -> Table:
    """Dated tariff events with their source."""
    events = [event for event in timeline() if event.category == "tariff"]
    records: list[tuple[object, ...]] = [
        (e.date.isoformat(), e.end_date.isoformat() if e.end_date else "", e.title, e.detail, e.source, e.kind)
        for e in events
    ]
    columns = {
        "date": "Day, or first day",
        "end_date": "Last day, where it lasted",
        "event": "What happened",
        "detail": "In more words",
        "source": "Source",
        "kind": "Kind of figure",
    }
    table = Table.of("tariff_events", "Tariff events", columns, records)
    return Table(table.name, table.title, columns, table.rows, tuple(dict.fromkeys(e.source for e in events)))


def events_in_words(table: Table) -> str:
    """The events as a Markdown table; the kind of a source is named where it was not simply read."""
    lines = ["| Date | What happened |", "| :-- | :-- |"]
    for date, end, title, detail, source, kind in table.rows.itertuples(index=False, name=None):
        day = _short_day(date) + (f" to {_short_day(end)}" if end else "")
        origin = source if kind == "quoted" or source.startswith(kind) else f"{source} ({kind})"
        what = f"**{markdown_text(title)}.** {markdown_text(detail)} *Source: {markdown_text(origin)}*"
        lines.append(f"| {day} | {what} |")
    return "\n".join(lines)


def _short_day(day: str) -> str:
    date = datetime.date.fromisoformat(day)
    return f"{date.day}{NBSP}{date:%b}{NBSP}{date.year}"


# ---------------------------------------------------------------------------------------- (f) rates by fiscal year

_RATES: Final = {
    "usmca_tariff_share": "Canada, Mexico cars",
    "japan_tariff_share": "Cars from Japan",
    "parts_tariff_share": "Parts",
    "other_tariff_share": "Other products",
    "msrp_offset_share": "Offset (credit)",
}
"""Rates by the assumption that sets them; the first three can change inside a year."""


def rates_by_year(view: View) -> Table:
    """The rates that the scenario and the reference use in each fiscal year."""
    world = edition(view.scenario.edition)
    cases = [_rates_of(values, view.scenario.edition) for _, _, values in _cases(view)]
    records: list[tuple[object, ...]] = [
        (label, year, float(cases[0][key][i]), float(cases[1][key][i]))
        for key, label in _RATES.items()
        for i, year in enumerate(world.years)
    ]
    columns = {
        "tariff": "What the rate is on",
        "fiscal_year": "Fiscal year, ending in March",
        "scenario_rate_share": "Rate in the scenario, share, weighted by months",
        "reference_rate_share": "Rate in the reference, share, weighted by months",
    }
    table = Table.of("tariff_rates_by_year", "Rates by fiscal year", columns, records)
    sources = tuple(
        f"{ASSUMPTIONS[key].label}: {world.source_of(key)[0]} ({world.source_of(key)[1]})" for key in _RATES
    )
    return Table(table.name, table.title, columns, table.rows, sources)


def _rates_of(values: Values, edition_name: str) -> dict[str, NDArray[np.float64]]:
    """Each rate by fiscal year [share], (5,)."""
    world = edition(edition_name)
    usmca, japan, parts = yearly_rates(Inputs(world.facts, world.defaults, values))
    dated = {"usmca_tariff_share": usmca, "japan_tariff_share": japan, "parts_tariff_share": parts}
    shape = (len(world.years),)
    return {key: np.broadcast_to(np.asarray(dated.get(key, values[key])), shape) for key in _RATES}


def rate_path_rows(table: Table) -> pd.DataFrame:
    """Rows of the chart of rates: with the rate in words and the reference's where it differs."""
    rows = table.rows
    pairs = list(zip(rows["scenario_rate_share"], rows["reference_rate_share"], strict=True))
    return rows.assign(
        label=[figure(round(now, 4), "share") for now, _ in pairs],
        label_was=[f"ref. {figure(round(was, 4), 'share')}" if abs(now - was) > _DUST else "" for now, was in pairs],
        label_reference=[figure(round(was, 4), "share") for _, was in pairs],
        moved=[1.0 if abs(now - was) > _DUST else 0.0 for now, was in pairs],
    )


def rate_path_chart(rows: pd.DataFrame) -> Chart:
    """Rates by fiscal year, a cell for each; one that differs from the reference is outlined and names it.

    rows: tariff, fiscal_year, scenario_rate_share, label, label_was, label_reference, moved
    """
    base = alt.Chart(rows).encode(
        x=alt.X(
            "fiscal_year:O",
            title=None,
            axis=alt.Axis(labelAngle=0, labelFlush=False, ticks=False, domain=False, orient="top"),
        ),
        y=alt.Y(
            "tariff:N",
            sort=list(_RATES.values()),
            title=None,
            axis=alt.Axis(ticks=False, domain=False, labelFlush=False, labelLimit=130),
        ),
        tooltip=[
            alt.Tooltip("tariff:N", title="Rate on"),
            alt.Tooltip("fiscal_year:O", title="Fiscal year"),
            alt.Tooltip("label:N", title="Scenario"),
            alt.Tooltip("label_reference:N", title="Reference"),
        ],
    )
    cells = base.mark_rect(color=_RATE_COLOR, stroke=_RATE_COLOR, width={"band": 0.94}, height={"band": 0.88}).encode(
        fillOpacity=alt.FillOpacity("scenario_rate_share:Q", scale=_RATE_OPACITY, legend=None),
        strokeWidth=alt.StrokeWidth("moved:Q", scale=alt.Scale(domain=[0.0, 1.0], range=[0.6, 2.5]), legend=None),
    )
    still = base.transform_filter("datum.moved == 0").mark_text().encode(text="label:N")
    moved = base.transform_filter("datum.moved == 1").mark_text(dy=-7, fontWeight="bold").encode(text="label:N")
    was = base.mark_text(dy=8, fontSize=10).encode(text="label_was:N")
    return alt.layer(cells, still, moved, was).properties(height=alt.Step(42))


def rate_path_finding(view: View) -> str:
    """Which rates differ from the reference in the year in focus, or from when on they do."""
    rows = rates_by_year(view).rows
    moved = rows[(rows["scenario_rate_share"] - rows["reference_rate_share"]).abs() > _DUST]
    changed = view.scenario.changed()
    rules = "".join(
        f"; {words} {figure(changed[key][1], 'share')} instead of {figure(changed[key][0], 'share')}"
        for key, words in _RULES.items()
        if key in changed
    )
    if moved.empty:
        hold = f"The rates of the reference hold, {rows['fiscal_year'].iloc[0]} to {rows['fiscal_year'].iloc[-1]}"
        return hold + rules
    parts = []
    for label in dict.fromkeys(moved["tariff"]):
        of = moved[moved["tariff"] == label]
        in_focus = of[of["fiscal_year"] == view.year_label]
        shown = in_focus if not in_focus.empty else of.tail(1)
        now, was = (figure(round(float(shown[f"{case}_rate_share"].iloc[0]), 4), "share") for case in _CASES_OF_RATES)
        year = "" if not in_focus.empty else f" in {shown['fiscal_year'].iloc[0]}"
        parts.append(f"{_RATE_PHRASES[label]} {now} instead of {was}{year}")
    if len(parts) > 3:
        return f"{len(parts)} of {len(_RATES)} rates differ from the reference{rules}"
    return f"{view.year_label}: {_listed(parts)}{rules}"


_RULES: Final = {
    "usmca_deduction_share": "US content that may be deducted",
    "parts_exempt_share": "parts exempt under USMCA",
}
"""Rules that change what a rate is charged on."""

_CASES_OF_RATES: Final = ("scenario", "reference")
_RATE_PHRASES: Final = {
    "Canada, Mexico cars": "cars from Canada and Mexico",
    "Cars from Japan": "cars from Japan",
    "Parts": "parts",
    "Other products": "other products",
    "Offset (credit)": "offset",
}


# ---------------------------------------------------------------------------------------- the headline


def headline(view: View) -> str:
    """What the duty costs, who bears it, and what part of revenue that is, as Markdown."""
    gross = {c: view.at_year(c, "gross_tariff_cost_jpy_bn") for c in COMPANIES}
    bears = {c: view.at_year(c, "company_bears_jpy_bn")[0] for c in COMPANIES}
    revenue = {c: view.at_year(c, "revenue_jpy_bn")[0] for c in COMPANIES}
    if max(value for value, _ in gross.values()) <= _DUST:
        return f"In {view.year_label} neither company pays any US duty."
    amounts = [
        f"{COMPANY_LABELS[c]} **{figure(value, 'JPY bn')}**{_change(value, was)}" for c, (value, was) in gross.items()
    ]
    against = ", against the reference in brackets" if any(")" in amount for amount in amounts) else ""
    parts = [
        f"{COMPANY_LABELS[c]} **{_amount(bears[c])}** ({percent(bears[c] / revenue[c])} of revenue)" for c in COMPANIES
    ]

    def shares(name: str) -> str:
        amounts_of = [(view.at_year(c, name)[0], gross[c][0]) for c in COMPANIES]
        return " and ".join(percent(part / whole if whole > _DUST else 0.0, 0) for part, whole in amounts_of)

    paid, lost = (
        [view.at_year(c, name)[0] for c in COMPANIES] for name in ("customers_pay_jpy_bn", "lost_contribution_jpy_bn")
    )
    customers = (
        f"customers pay {shares('customers_pay_jpy_bn')}"
        if max(paid) > _DUST
        else "customers pay nothing beyond the prices in guidance"
    )
    extra = f" Lost sales cost another {_listed([figure(v, 'JPY bn') for v in lost])}." if max(lost) > _DUST else ""
    return (
        f"In {view.year_label} US duty costs {_listed(amounts)}{against}. "
        f"Own measures recover {shares('own_measures_jpy_bn')} of it, {customers}. That leaves {_listed(parts)}.{extra}"
    )


TABLES: Final[dict[str, Callable[[View], Table]]] = {
    "duty_by_origin": duty_by_origin,
    "who_pays": who_pays,
    "duty_per_car": duty_per_car,
    "margin_by_japan_rate": margin_by_japan_rate,
    "margin_by_usmca_rate": margin_by_usmca_rate,
    "tariff_rates_by_year": rates_by_year,
    "real_tariff_rates": real_rates,
    "tariff_events": tariff_events,
}
"""Every table of the page by name."""
