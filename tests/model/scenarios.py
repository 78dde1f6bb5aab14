"""Scenarios for tests: hypothesis strategies, seeded draws, and short ways to read a projection."""

from collections.abc import Callable, Mapping

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from model.editions import edition, editions
from model.links import fit_capacity
from model.presets import preset_values
from model.projection import Projection
from model.registry import ASSUMPTIONS, Assumption
from model.sampling import fitting

EDITIONS = editions()
COMPANIES = ("honda", "nissan")
YEARS = 5
TARIFFS = tuple(key for key in ASSUMPTIONS if key.endswith("tariff_share"))
"""Rates that a government charges, each the all-in rate of one line of duty."""

Range = Callable[[Assumption], tuple[float, float]]


def examples(count: int) -> settings:
    """So many examples, however slow the machine."""
    return settings(max_examples=count, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def hard_bounds(assumption: Assumption) -> tuple[float, float]:
    return assumption.minimum, assumption.maximum


def plausible_range(assumption: Assumption) -> tuple[float, float]:
    return assumption.low, assumption.high


def fitted(values: Mapping[str, float], edition_name: str) -> dict[str, float]:
    """Complete assumptions, with no more cars at Canton than fit."""
    return fit_capacity({**edition(edition_name).defaults, **values})[0]


def floats_of(assumption: Assumption, bounds: Range = hard_bounds) -> st.SearchStrategy[float]:
    low, high = bounds(assumption)
    return st.floats(low, high, allow_subnormal=False)


def overrides(bounds: Range = hard_bounds) -> st.SearchStrategy[dict[str, float]]:
    """Some assumptions, moved anywhere within bounds."""
    return st.fixed_dictionaries({}, optional={key: floats_of(a, bounds) for key, a in ASSUMPTIONS.items()})


def scenarios(edition_name: str, bounds: Range = hard_bounds) -> st.SearchStrategy[dict[str, float]]:
    """Complete assumptions that fit Canton."""
    return overrides(bounds).map(lambda moved: fitted(moved, edition_name))


def draws(rng: np.random.Generator, count: int, bounds: Range, corners: bool = False) -> dict[str, NDArray[np.float64]]:
    """Every assumption drawn `count` times: evenly, or only from the two ends of its range."""
    drawn = {}
    for key, a in ASSUMPTIONS.items():
        low, high = bounds(a)
        drawn[key] = np.where(rng.random(count) < 0.5, low, high) if corners else rng.uniform(low, high, count)
    return {key: np.asarray(value) for key, value in fitting(drawn).items()}


def everything_on(edition_name: str) -> dict[str, float]:
    """The alliance that goes well, with prices passed on and imports moved: every channel is alive.

    Parts pay by origin, materials by themselves, and the offset stays below the duty on parts.
    """
    alive = {
        **preset_values("alliance_good", edition_name),
        "pass_through_share": 0.5,
        "own_elasticity": -4.0,
        "honda_reshoring_share": 0.1,
        "nissan_reshoring_share": 0.1,
        "success_probability_share": 0.7,
        "other_tariff_share": 0.1,
        "materials_tariff_share": 0.4,
        "japan_parts_tariff_share": 0.2,
        "msrp_offset_share": 0.01,
        "parts_materials_share": 0.05,
        "parts_exempt_share": 0.4,
        "honda_parts_japan_share": 0.3,
        "nissan_parts_japan_share": 0.4,
    }
    return fitted(alive, edition_name)


def of(projection: Projection, company: str, name: str) -> NDArray[np.float64]:
    """An output of a company by year."""
    return np.asarray(projection.company[company][name])


def last(projection: Projection, company: str, name: str) -> float:
    """An output of a company in the last year, where every programme of the defaults runs at full rate."""
    return float(of(projection, company, name)[..., -1])


def flat(projection: Projection) -> dict[str, NDArray[np.float64]]:
    """Every output by a name of its own."""
    found = {f"{c}.{name}": np.asarray(v) for c, by in projection.company.items() for name, v in by.items()}
    found |= {name: np.asarray(v) for name, v in projection.plant.items()}
    found |= {name: np.asarray(v) for name, v in projection.once.items()}
    return found | {f"{c}.{name}": np.asarray(v) for name, by in projection.once_company.items() for c, v in by.items()}
