"""The exact bridge from the reference's operating profit to the scenario's, by channel."""

from dataclasses import dataclass

import numpy as np

from model.outputs import CHANNELS, OUTPUTS
from model.projection import Projection


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
