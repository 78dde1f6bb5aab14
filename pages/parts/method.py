"""The method in words. Formulas are not written out a second time: they are read from `model.formulas`."""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Final

import numpy as np

from data.facts import facts
from model import MODEL_VERSION
from model.editions import HORIZON_YEARS
from model.formulas import alliance, finance, market, plant, tariffs
from model.tracing import Node, Value, tracing
from pages.parts.words import figure

MODULES: Final = (tariffs, market, plant, alliance, finance)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as its function declares it: name, meaning, unit."""

    name: str
    meaning: str
    unit: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A module of formulas: its title, its equations and remarks in words, its formulas."""

    title: str
    equations: tuple[str, ...]
    remarks: str
    formulas: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Channel:
    """One way in which a scenario changes profit, and the formulas that compute it."""

    title: str
    words: str
    formulas: tuple[Formula, ...]


def formula_of(function: Callable[..., Value]) -> Formula:
    """What a formula says of itself when it is traced with ones."""
    count = max(len(inspect.signature(function).parameters), 1)
    with tracing():
        node = function(*(np.ones(1) for _ in range(count)))
    assert isinstance(node, Node)
    in_brackets = re.search(r" \[([^\]]+)\]", node.origin)
    meaning = re.sub(r" \[[^\]]+\]", "", node.origin)
    return Formula(node.name, meaning, in_brackets[1] if in_brackets else node.unit)


def _formulas_in(module: ModuleType) -> Iterator[Formula]:
    for function in vars(module).values():
        if inspect.isfunction(function) and hasattr(function, "__wrapped__") and function.__module__ == module.__name__:
            yield formula_of(function)


def topics() -> tuple[Topic, ...]:
    """Every module of formulas, in words."""
    found = []
    for module in MODULES:
        title, _, rest = inspect.cleandoc(module.__doc__ or "").partition("\n")
        lines = [line for line in rest.splitlines() if line.strip()]
        equations = tuple(line for line in lines if " = " in line)
        remarks = " ".join(line for line in lines if " = " not in line)
        found.append(Topic(title.rstrip("."), equations, remarks, tuple(_formulas_in(module))))
    return tuple(found)


def channels() -> tuple[Channel, ...]:
    """The ten ways in which a scenario changes operating profit."""
    return tuple(
        Channel(title, words, tuple(formula_of(function) for function in functions))
        for title, words, functions in _CHANNELS
    )


_CHANNELS: Final[tuple[tuple[str, str, tuple[Callable[..., Value], ...]], ...]] = (
    (
        "Duty by origin",
        "Cars from Canada and Mexico pay on their non-US content, cars from Japan on their full customs value, parts "
        "for US plants on what is dutiable less the offset that building in the US earns, and Honda's motorcycles and "
        "power products on their value. US-built cars pay nothing themselves. A rate that changes inside a fiscal "
        "year is weighted by months.",
        (
            tariffs.yearly_rate_share,
            tariffs.usmca_dutiable_share,
            tariffs.vehicle_duty_usd_bn,
            tariffs.parts_value_usd_bn,
            tariffs.msrp_offset_usd_bn,
            tariffs.parts_duty_usd_bn,
            tariffs.other_products_duty_usd_bn,
            tariffs.gross_tariff_cost_jpy_bn,
        ),
    ),
    (
        "Own measures",
        "A share of the gross duty that a company says it recovers: moved models, lower cost, credits. It is also the "
        "honest home of what the sum of duties does not explain.",
        (tariffs.mitigated_jpy_bn, tariffs.net_duty_jpy_bn),
    ),
    (
        "Pass-through",
        "The share of net duty put on the price of every car sold in the US. Fewer cars are then sold, at a constant "
        "elasticity (the per cent change of cars sold when the price rises by 1 %). A lost sale loses its contribution "
        "(price less variable cost) and its duty; duty is counted on the cars that remain.",
        (
            tariffs.net_vehicle_duty_usd_bn,
            market.price_rise_usd,
            market.demand_share,
            market.pass_through_usd_bn,
            market.lost_contribution_usd_bn,
        ),
    ),
    (
        "Reshoring",
        "A share of imported cars moves into US plants as far as they have room, at an extra cost per car. What finds "
        "no line is reported and stays imported.",
        (market.wanted_move_kveh, market.free_capacity_kveh, market.moved_kveh, market.move_cost_usd_bn),
    ),
    (
        "Canton",
        "Nissan's plant builds trucks for Honda. Nissan receives a mark-up over variable cost, Honda pays it. Trucks "
        "that replace US-built Ridgelines free Honda lines, and only a freed line that builds a car imported until "
        "then avoids duty. Other trucks are extra sales: they earn a contribution and avoid no duty.",
        (
            plant.trucks_kveh,
            plant.fixed_cost_usd_bn,
            plant.transfer_markup_usd,
            plant.transfer_income_jpy_bn,
            plant.ridgelines_replaced_kveh,
            plant.freed_lines_kveh,
            plant.extra_truck_contribution_jpy_bn,
            plant.tooling_jpy_bn,
            plant.tooling_left_jpy_bn,
        ),
    ),
    (
        "Shared platforms",
        "A yearly saving from shared lines and standard platforms, with a start, a ramp (an even rise to its full "
        "size) and a split between the two.",
        (market.ramp_share, alliance.platform_saving_jpy_bn),
    ),
    (
        "Joint software",
        "Software development that both would do and that is done once, less the cost of working together; and cars "
        "that reach the market earlier, counted once.",
        (alliance.software_saving_jpy_bn, alliance.software_cost_jpy_bn, alliance.earlier_sales_jpy_bn),
    ),
    (
        "Integration",
        "The one-off cost of an alliance, a delay of its benefits, and the chance that it delivers.",
        (alliance.integration_cost_jpy_bn, plant.expected_kveh),
    ),
    (
        "Exchange rate",
        "On duty exactly, because duty is paid in dollars; on the rest of operating profit by a sensitivity per yen.",
        (tariffs.jpy_bn, finance.translation_jpy_bn, finance.planning_rate_jpy_per_usd),
    ),
    (
        "Underlying change",
        "Your own yearly change of everything else, zero unless you set it.",
        (finance.drift_jpy_bn,),
    ),
)


def sections() -> tuple[tuple[str, str], ...]:
    """Title and text of each part of the method; rates come from the facts."""
    rate = {
        name: figure(facts()[fact].number, "share")
        for name, fact in (
            ("new", "s232_vehicle_rate_start"),
            ("standing", "mfn_car_rate"),
            ("before", "japan_car_allin_before_deal"),
            ("after", "japan_car_allin_after_deal"),
        )
    }
    return (
        (
            "Reference and scenario",
            "The reference is an edition with nothing moved: operating profit is the company's guidance, exactly. "
            "(In May 2025 Nissan guided to a profit before tariffs only; the edition of July 2025 takes its tariff "
            "cost after own measures off that.) A scenario adds what its changes do, channel by channel, and the steps "
            "of every bridge add up to the difference exactly. Years without guidance carry the last guided figure on, "
            "plus your own yearly change.",
        ),
        (
            "Time and units",
            f"A fiscal year ends in March: FY2027/3 runs from April 2026 to March 2027. Every scenario runs for "
            f"{HORIZON_YEARS} of them. Money is in billions of yen of the day (no inflation is added or taken out), "
            "values per car are in dollars, and a rate that changes inside a year is weighted by months. Programmes "
            "start when you say and rise evenly to their full size.",
        ),
        (
            "Which tariff rate",
            f"In May 2025 the companies counted the new duty of {rate['new']} and left out the {rate['standing']} that "
            f"cars from Japan had always paid; all in, such a car paid {rate['before']}. The edition of July 2025 "
            f"keeps the companies' {rate['new']}, so that it meets their guidance. The {rate['after']} in force since "
            "16 September 2025 is all in. To compare like with like, set the Japan rate to "
            f"{rate['before']} for the time before.",
        ),
        (
            "What expectation means",
            "No alliance has been signed. Each of its benefits is multiplied by the chance that it delivers; its costs "
            "are spent either way. A profit with a chance of 50 % in it is therefore an average of two outcomes, and "
            "neither of them. Figures of the Canton plant are shown as if the alliance delivers.",
        ),
        (
            "Why an old link keeps its numbers",
            "An edition is a frozen set of facts and defaults. A row that an edition uses is never changed: a "
            "correction gets a new name, and a later edition points at it. A link names its edition, the version of "
            f"the model (now {MODEL_VERSION}) and every value, and what cannot be used is named when it is opened.",
        ),
        (
            "What the model is not",
            "It is not a forecast and not advice. It starts from the companies' own guidance and asks what a change "
            "adds or takes away. It leaves out what other makers do with their prices, how suppliers and dealers share "
            "the cost, retaliation by other countries, interest and debt, and every effect that one of these has on "
            "another. Many inputs are judgements, and say so: customs values, US content, parts and prices of both "
            "companies among them. How well it meets later figures is on this page, under “Checked against the world”.",
        ),
    )


def method_text() -> str:
    """The whole method as plain text."""
    parts = ["How the numbers are computed"]
    parts += [f"{title}\n{words}" for title, words in sections()]
    parts.append("The ten channels: ways in which a scenario changes operating profit")
    for place, channel in enumerate(channels(), start=1):
        names = ", ".join(formula.name for formula in channel.formulas)
        parts.append(f"{place}. {channel.title}\n{channel.words}\nFormulas: {names}")
    parts.append("Every formula by topic")
    for topic in topics():
        lines = [topic.title, *topic.equations, *([topic.remarks] if topic.remarks else [])]
        lines += [f"- {f.name} [{f.unit}]: {f.meaning}" for f in topic.formulas]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"
