"""How many trucks: every threshold in one table, and what part of its class Honda would then hold."""

from collections.abc import Callable
from typing import Final

import numpy as np

from model import sweeps
from model.analysis.break_even import crossings
from model.details import CLASS_LIMIT_SHARE, class_share, midsize_class_kveh
from model.editions import COMPANIES
from model.measures import Points
from model.projection import Projection
from model.sweeps import TRUCKS
from pages.kit.columns import Columns
from pages.kit.figure import Figure
from pages.kit.view import View
from pages.kit.words import markdown_text, percent
from pages.plant.break_even import room_kveh
from pages.plant.canton import FIRST_TRUCK_KVEH, contract_kveh, gain_by_year, ridgeline_kveh
from pages.plant.words import thousands, trucks

FROM: Final = "from"
UP_TO: Final = "up to"
ANY: Final = "any"
NONE: Final = "none"

Gap = Callable[[Projection], Points]
"""From a sweep over the number of trucks to how far a threshold is passed, in any unit; met from zero on."""


def _gains(who: tuple[str, ...]) -> Gap:
    def gap(p: Projection) -> Points:
        return np.asarray(np.min([gain_by_year(p, company)[..., -1] for company in who], axis=0))

    return gap


def _once(name: str, sign: float) -> Gap:
    def gap(p: Projection) -> Points:
        return np.asarray(p.once[name]) * sign

    return gap


def _covers(p: Projection) -> Points:
    return np.asarray(p.plant["plant_result_usd_bn"])[..., -1]


THRESHOLDS: Final[dict[str, tuple[str, Gap]]] = {
    "honda_gains": ("Honda gains", _gains(("honda",))),
    "both_gain": ("Both companies gain", _gains(COMPANIES)),
    "break_even_in_cars": ("Canton breaks even, counted in cars", _once("canton_break_even_gap_kveh", -1.0)),
    "fixed_cost_in_money": ("Money covers Canton's fixed cost", _covers),
    "capital_saved": ("Tooling costs less than a new plant", _once("capex_avoided_usd_bn", 1.0)),
}
"""What a number of trucks may bring, by name: in words, and how far it is passed."""


def _class_share(view: View, trucks_kveh: float) -> float:
    return class_share({**view.scenario.values, TRUCKS: trucks_kveh}, view.scenario.edition)


def _class_limit_kveh(view: View) -> float | None:
    """The number of trucks with which Honda's part of its class reaches the limit, where one that fits does."""
    low, high = FIRST_TRUCK_KVEH, room_kveh(view)
    if high <= low or _class_share(view, high) < CLASS_LIMIT_SHARE:
        return None
    points = np.linspace(low, high, 128)
    shares = [_class_share(view, float(point)) for point in points]
    # The share rises with trucks, straight between two points.
    return float(np.interp(CLASS_LIMIT_SHARE, shares, points))


def _records(view: View) -> list[tuple[object, ...]]:
    """Each threshold with the least number of trucks that passes it, and Honda's part of its class there."""
    room = room_kveh(view)
    records: list[tuple[object, ...]] = []
    for name, (words, gap) in THRESHOLDS.items():
        answer, at = _met(view, gap, room)
        records.append((name, words, answer, at, _class_share(view, at) if answer in (FROM, UP_TO) else 0.0))
    limit = _class_limit_kveh(view)
    over = f"The most that is credible: {percent(CLASS_LIMIT_SHARE, 0)} of its class for Honda"
    at = 0.0 if limit is None else limit
    records.append(("class_limit", over, FROM if limit else NONE, at, CLASS_LIMIT_SHARE if limit else 0.0))
    return records


def _met(view: View, gap: Gap, room: float) -> tuple[str, float]:
    """Whether numbers of trucks pass a threshold: from one on, up to one, all or none of those that fit."""
    if room <= FIRST_TRUCK_KVEH:
        return NONE, 0.0
    swept = sweeps.sweep(view.scenario, TRUCKS, np.array([FIRST_TRUCK_KVEH, room]))
    least, most = (float(value) for value in np.broadcast_to(gap(swept), (2,)))
    met = crossings(view.scenario, TRUCKS, gap, low=FIRST_TRUCK_KVEH)
    if not met:
        return (ANY, 0.0) if least >= 0.0 and most > 0.0 else (NONE, 0.0)
    return (FROM, met[-1]) if most > 0.0 else (UP_TO, met[0])


def how_many_in_words(view: View) -> Columns:
    """The table as a reader wants it."""
    found, room = HOW_MANY.table(view).values, thousands(room_kveh(view))
    numbers, shares = [], []
    for answer, at, share in zip(found["answer"], found["trucks_kveh"], found["class_share"], strict=True):
        text = {ANY: "any number", NONE: f"none that fits (up to {room})"}.get(answer, f"{answer} {thousands(at)}")
        numbers.append(text)
        shares.append(percent(share) if answer in (FROM, UP_TO) else "")
    return {"What is reached": found["meaning"], "Trucks a year": numbers, "Honda's part of its class": shares}


def class_share_words(view: View) -> str:
    """Honda's part of its class with the scenario's trucks."""
    return percent(class_share(view.scenario.values, view.scenario.edition))


def class_words(view: View) -> str:
    """What part of its class Honda would hold with the scenario's trucks, as Markdown; a warning where it is much."""
    share, year = class_share(view.scenario.values, view.scenario.edition), view.projection.years[-1]
    size = f"about {thousands(midsize_class_kveh())} midsize pickups a year (nine months of 2025, carried to twelve)"
    if contract_kveh(view) == 0.0:
        ridgelines = thousands(ridgeline_kveh(view))
        return f"Honda's {ridgelines} Ridgelines of 2024 (recalled) are {percent(share)} of {size}."
    held = f"With {trucks(contract_kveh(view))}, Honda would hold **{percent(share)}** of {size} in {year}."
    if share <= CLASS_LIMIT_SHARE:
        return held
    return (
        f":material/warning: {held} More than {percent(CLASS_LIMIT_SHARE, 0)} is hard to believe (a judgement): the "
        "extra trucks would have to be taken from rivals."
    )


def how_many_words(view: View) -> str:
    """How the numbers are counted, as Markdown."""
    counted = f" Gains are counted {view.world_words}, tooling in full." if view.world else ""
    return markdown_text(
        f"At the full rate of {view.projection.years[-1]}, all else as in the scenario. In money: at the transfer "
        f"price assumed.{counted} The limit of {percent(CLASS_LIMIT_SHARE, 0)} is a judgement. Honda's part counts "
        "Ridgelines that are not replaced, and a class that does not grow."
    )


HOW_MANY: Final = Figure(
    name="canton_how_many",
    title=lambda view: f"How many trucks? At the full rate of {view.projection.years[-1]}",
    columns={
        "threshold": "Name of the threshold",
        "meaning": "What is reached",
        "answer": "from: with this number of trucks and more; up to: with fewer; any; none of those that fit",
        "trucks_kveh": "Trucks for Honda at full rate, thousand a year; 0 where any or none is the answer",
        "class_share": "Honda's part of US midsize pickups with as many trucks, share; 0 where there is no number",
    },
    records=_records,
)
