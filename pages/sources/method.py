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
from pages.kit.words import quantity

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
        "Duty by line",
        "Cars from Canada and Mexico pay on their non-US content, cars from Japan on their full customs value less the "
        "ordinary duty that they always paid, parts for US plants by where they come from, steel and aluminium at "
        "their own rate, and Honda's motorcycles and power products on their value. An offset for cars built in the US "
        "is set against the duty on parts, never more than that duty and never against materials. US-built cars pay "
        "nothing themselves. A rate that changes inside a fiscal year is weighted by months, and reaches cost when the "
        "cars in stock are sold.",
        (
            tariffs.yearly_rate_share,
            tariffs.added_rate_share,
            tariffs.usmca_dutiable_share,
            tariffs.vehicle_duty_usd_bn,
            tariffs.parts_value_usd_bn,
            tariffs.parts_rate_share,
            tariffs.msrp_offset_usd_bn,
            tariffs.offset_used_usd_bn,
            tariffs.parts_duty_usd_bn,
            tariffs.materials_rate_share,
            tariffs.other_rate_share,
            tariffs.gross_duty_usd_bn,
        ),
    ),
    (
        "Own measures",
        "What a company says it takes off its duty (moved models, lower cost): an amount, which does not grow with the "
        "duty and is never more than it. It takes the same share off every line.",
        (tariffs.own_measures_usd_bn, tariffs.kept_share, tariffs.net_duty_jpy_bn),
    ),
    (
        "Pass-through",
        "The share of net duty put on the price of every car sold in the US. How many fewer cars are then sold follows "
        "from two elasticities (the per cent change of cars sold when the price rises by 1 %), for one maker alone and "
        "for all makers, and from how far rivals follow. A lost sale loses its contribution (price less variable cost) "
        "and its duty; duty is counted on the cars that remain.",
        (
            tariffs.duty_in_car_prices_usd_bn,
            market.price_rise_usd,
            market.effective_elasticity,
            market.demand_share,
            market.pass_through_usd_bn,
            market.lost_contribution_usd_bn,
        ),
    ),
    (
        "Reshoring",
        "A share of imported cars moves into US plants as far as they have room, at an extra cost per car and with "
        "tooling that is written off. What finds no line is reported and stays imported.",
        (market.wanted_move_kveh, market.free_capacity_kveh, market.moved_kveh, market.move_cost_usd_bn),
    ),
    (
        "Canton",
        "Nissan's plant builds trucks for Honda. Nissan receives a mark-up over variable cost, Honda pays it; both "
        "count it at Honda's exchange rate, so that it cancels, and what it is worth more at Nissan's own rate is a "
        "line of its own. Trucks that replace US-built Ridgelines free Honda lines, and only a freed line that builds "
        "a car imported until then avoids duty. Other trucks are extra sales: they earn a contribution and avoid no "
        "duty. Tooling is written off in profit; in the value today it counts when it is paid, before the first truck, "
        "less the tax that writing it off saves.",
        (
            plant.trucks_kveh,
            plant.fixed_cost_usd_bn,
            plant.transfer_markup_usd,
            plant.transfer_income_jpy_bn,
            plant.planning_gap_jpy_bn,
            plant.ridgelines_replaced_kveh,
            plant.freed_lines_kveh,
            plant.extra_truck_contribution_jpy_bn,
            plant.tooling_jpy_bn,
            plant.written_off_share,
            plant.spent_share,
        ),
    ),
    (
        "Shared platforms",
        "A yearly saving from shared lines and standard platforms, with a start, a ramp (an even rise to its full "
        "size, of which a year counts its mean) and a split between the two.",
        (market.ramp_share, alliance.platform_saving_jpy_bn),
    ),
    (
        "Joint software",
        "Software development that both would do and that is done once, less the cost of working together, which "
        "begins with the work and ends when the alliance has failed; and cars that reach the market earlier, counted "
        "once, as far as they displace none of the maker's own.",
        (
            alliance.software_saving_jpy_bn,
            alliance.work_start_yr,
            market.running_share,
            alliance.software_cost_jpy_bn,
            alliance.earlier_sales_jpy_bn,
        ),
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
        "Once, and underlying change",
        "A refund of tariffs that were struck down, in the first year, and your own yearly change of everything else; "
        "both are zero unless you set them.",
        (finance.first_year_jpy_bn, finance.drift_jpy_bn),
    ),
)


def sections() -> tuple[tuple[str, str], ...]:
    """Title and text of each part of the method; rates come from the facts."""
    rate = {
        name: quantity(facts()[fact].number, "share")
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
            "The reference is an edition's policies, choices and world with your estimates: in the guided year its "
            "operating profit is the company's guidance, exactly, whatever is estimated. (In May 2025 Nissan guided to "
            "a profit before tariffs only; the edition of July 2025 takes its tariff cost after own measures off "
            "that.) A scenario adds what its changes do, channel by channel, and the steps of every bridge add up to "
            "the difference exactly.",
        ),
        (
            "Four kinds of assumption",
            "A policy is what a government charges, a choice what a company does, the world what nobody here decides: "
            "moving one of these moves profit. An estimate is what is not known about the one world that guidance "
            "already describes, such as customs values, US content and where parts come from. Moving an estimate "
            "changes what a tariff costs and what a change does, never the guided profit.",
        ),
        (
            "After the guided year",
            "Later years carry the guidance on, without the one-off losses inside it once they have ended, plus your "
            "own yearly change: reference profit = guidance + one-off losses inside it, from the second year on. Where "
            "an edition counts such losses, pages say how much higher later years are for it, and show them without.",
        ),
        (
            "Time and units",
            f"A fiscal year ends in March: FY2027/3 runs from April 2026 to March 2027. Every scenario runs for "
            f"{HORIZON_YEARS} of them. Money is in billions of yen of the day (no inflation is added or taken out), "
            "values per car are in dollars, and a rate that changes inside a year is weighted by months. Programmes "
            "start when you say and rise evenly to their full size; a year counts its mean.",
        ),
        (
            "Which tariff rate",
            f"What a tariff costs is what it added. A car from Japan pays its rate, everything included; the "
            f"{rate['standing']} that it had always paid are taken off, as the companies do when they report what "
            f"tariffs cost. The slider holds the whole rate, as people read it: {rate['before']} from April 2025 and "
            f"{rate['after']} since 16 September 2025. Editions before November 2026 take nothing off; that of "
            f"July 2025 holds the {rate['new']} that the companies counted.",
        ),
        (
            "What is known is the product",
            "Duty per imported car can be read from what companies and customs publish. Customs value, US content and "
            "volume are not known one by one: the estimate that is fitted carries what the others leave open, and its "
            "range says so.",
        ),
        (
            "Value of an alliance",
            "After-tax cash, discounted at the year's end. After the five years its programmes go on, each with its "
            "own ramp: what trucks bring at full rate, platforms, software and cars that still come earlier, times "
            "their progress in each of those years. A later start then costs what comes later, not all that was not "
            "ready by the fifth year. Tooling counts when it is paid.",
        ),
        (
            "Which world a number is in",
            "No alliance has been signed. As soon as one is planned, the sidebar asks which world is shown. If it is "
            "done, all of its benefits count; if it fails, only the costs, which are spent either way. Weighted, each "
            "benefit is multiplied by the chance that it delivers: an average of two outcomes, and neither of them. "
            "Where nothing bends, that is the mean of the other two; Honda's lines that trucks free bend it a little, "
            "as they replace imports only while there are any. A link that names no world is weighted. Figures of the "
            "Canton plant are shown as planned.",
        ),
        (
            "Why an old link keeps its numbers",
            "Figures of your own take the place of published ones in an edition that is derived from it: reference and "
            "scenario move alike, what you give is named beside what was published, and a link holds it. "
            "An edition is a frozen set of facts and defaults. A row that an edition uses is never changed: a "
            "correction gets a new name, and a later edition points at it. A link names its edition, the version of "
            f"the model (now {MODEL_VERSION}) and every value, and what cannot be used is named when it is opened.",
        ),
        (
            "What the model is not",
            "It is not a forecast and not advice. It starts from the companies' own guidance and asks what a change "
            "adds or takes away. It knows rivals only by how far they follow a price, and leaves out how suppliers and "
            "dealers share the cost, retaliation by other countries, interest and debt, and every effect that one of "
            "these has on another. Many inputs are judgements, and say so: customs values, US content, parts and "
            "prices of both companies among them. How well it meets later figures is on this page, under “Checked "
            "against the world”.",
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
