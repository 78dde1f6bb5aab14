"""The gain of each company over the number of trucks."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from model.editions import COMPANY_LABELS
from model.sweeps import TRUCKS
from model.worlds import DONE, WORLDS
from pages.kit.figure import Figure
from pages.kit.view import View
from pages.kit.words import DUST
from pages.plant.break_even import room_kveh, trucks_to_break_even
from pages.plant.canton import FIRST_TRUCK_KVEH, contract_kveh
from pages.plant.forms import GainsOver
from pages.plant.gain_sweep import GAIN_COLUMN, SWEEP_POINTS, gain_records
from pages.plant.words import gains_words, trucks


def _records(view: View) -> list[tuple[object, ...]]:
    """What each company gains in the last year, over the number of trucks at full rate."""
    room = room_kveh(view)
    points = np.linspace(min(FIRST_TRUCK_KVEH, room), room, SWEEP_POINTS)
    return gain_records(view, TRUCKS, points, -1, lambda swept: np.asarray(swept.once["canton_utilisation_share"]))


def can_sweep_trucks(view: View) -> bool:
    """Whether the number of trucks changes anything in the last year."""
    return (
        view.chance_share > 0.0
        and room_kveh(view) > 0.0
        and max(map(abs, GAINS_BY_TRUCKS.table(view).values["gain_jpy_bn"])) > DUST
    )


def no_sweep_words(view: View) -> str:
    """Why no number of trucks changes anything, as Markdown."""
    if room_kveh(view) <= 0.0:
        return "Nissan's own cars fill the plant: there is no room for a truck."
    if view.chance_share == 0.0:
        return (
            "No number of trucks helps here: none of them comes in this scenario. "
            f"Choose “{WORLDS[DONE]}” in the sidebar to see who gains."
        )
    return f"No truck would be built by {view.projection.years[-1]}: it starts too late or is delayed too long."


def _finding(view: View) -> str:
    """What each company gains or loses with all the trucks that fit."""
    swept = GAINS_BY_TRUCKS.table(view).values
    at_most = dict(zip(swept["company"], swept["gain_jpy_bn"], strict=True))  # the last of each
    words = gains_words({company: at_most[label] for company, label in COMPANY_LABELS.items()}).replace("**", "")
    return f"With {trucks(room_kveh(view))}, all that fit, {words} in {view.projection.years[-1]}"


def _marked(view: View) -> Mapping[str, float]:
    """The scenario's trucks and those that break even, without a mark at zero."""
    at_full_rate = {"scenario": contract_kveh(view), "break-even in cars": trucks_to_break_even(view) or 0.0}
    return {name: at for name, at in at_full_rate.items() if at > 0.0}


GAINS_BY_TRUCKS: Final = Figure(
    name="canton_gains_by_trucks",
    title=lambda view: f"Who gains, by the number of trucks, {view.projection.years[-1]}",
    columns={
        "company": "Company",
        "contract_kveh": "Trucks for Honda at full rate, thousand a year",
        "gain_jpy_bn": GAIN_COLUMN,
        "utilisation_share": "Use of the plant as planned, share of capacity",
    },
    records=_records,
    form=GainsOver("contract_kveh", "Trucks for Honda, thousand a year", trucks, _marked),
    finding=_finding,
)
