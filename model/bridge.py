"""The exact bridge from the reference's operating profit to the scenario's, by channel."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from model.delivery import in_world, world_matters
from model.links import Scenario
from model.outputs import ALLIANCE_CHANNELS, CHANNELS, OUTPUTS
from model.projection import Projection
from model.worlds import CHANCE, DONE, chance_words

NOT_DELIVERED: Final = "not_delivered_effect_jpy_bn"
"""The step that takes away what a chance below 1 does not deliver; no output, as it depends on another world."""


@dataclass(frozen=True, slots=True)
class BridgeStep:
    """One channel's effect on operating profit [JPY bn]."""

    name: str
    label: str
    effect_jpy_bn: float


def bridge(projection: Projection, company: str, year: int) -> tuple[BridgeStep, ...]:
    """Steps from reference to scenario for a company and a year index, zeros included; they sum exactly.

    projection: of a single scenario; year: 0 to 4
    """
    outputs = projection.company[company]
    return tuple(BridgeStep(name, OUTPUTS[name].label, float(np.asarray(outputs[name])[year])) for name in CHANNELS)


def done_where_open(scenario: Scenario) -> Projection | None:
    """The scenario with its alliance done, where its own chance leaves that open and it makes a difference."""
    is_open = 0.0 < scenario.values[CHANCE] < 1.0 and world_matters(scenario)
    return in_world(scenario, DONE) if is_open else None


def not_delivered_label(scenario: Scenario) -> str:
    """The step that takes away what is not delivered, with its part of what was planned."""
    return f"Not delivered ({chance_words(1.0 - scenario.values[CHANCE])})"


def bridge_of(scenario: Scenario, projection: Projection, company: str, year: int) -> tuple[BridgeStep, ...]:
    """As `bridge`, with what the alliance brings told as if it is done, and one step for what is not delivered.

    So a plan brings the same in every world in which it may be delivered. projection: of the scenario
    """
    steps, done = bridge(projection, company, year), done_where_open(scenario)
    if done is None:
        return steps
    planned = {step.name: step for step in bridge(done, company, year) if step.name in ALLIANCE_CHANNELS}
    missing = sum(step.effect_jpy_bn - planned[step.name].effect_jpy_bn for step in steps if step.name in planned)
    told = [planned.get(step.name, step) for step in steps]
    after = 1 + max(CHANNELS.index(name) for name in ALLIANCE_CHANNELS)
    return (*told[:after], BridgeStep(NOT_DELIVERED, not_delivered_label(scenario), missing), *told[after:])
