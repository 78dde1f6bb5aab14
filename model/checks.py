"""What a program asks of the model is checked, and refused in words that say what would do."""

import math
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Final, TypeGuard

import numpy as np
from numpy.typing import ArrayLike, NDArray

from model.registry import ASSUMPTIONS, UNITS

_ALL: Final = {
    "preset": "model.PRESETS",
    "assumption": "model.ASSUMPTIONS",
    "output": "model.OUTPUTS",
    "figure": "model.registry.BASE_FIGURES",
}
"""Where all names of a kind stand, where they are too many to be listed."""

_NAMED: Final = 3
"""Missing assumptions that are named, of many."""


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """That a name is not known, with the nearest that is; "" for a known one.

    what: preset, edition, assumption, output or company
    """
    names = tuple(known)
    if name in names:
        return ""
    close = get_close_matches(str(name), names, n=1)
    nearest = f', the nearest is "{close[0]}"' if close else ""
    return f'unknown {what} "{name}"{nearest}; all: {_ALL.get(what) or ", ".join(names)}'


def refused(faults: Iterable[str]) -> ValueError:
    """An error that names every fault on a line of its own."""
    return ValueError("\n".join(faults))


def require_known(what: str, name: str, known: Iterable[str]) -> None:
    """Raise ValueError for an unknown name; see `unknown`."""
    if fault := unknown(what, name, known):
        raise ValueError(fault)


def require_whole(values: Mapping[str, float]) -> None:
    """Raise ValueError unless there is a finite number for every assumption, and nothing else."""
    try:
        if values.keys() == ASSUMPTIONS.keys() and all(map(math.isfinite, values.values())):
            return
    except (TypeError, OverflowError):  # no number at all, or one that is too long for a float
        pass
    faults = [unknown("assumption", key, ASSUMPTIONS) for key in values if key not in ASSUMPTIONS]
    if missing := [key for key in ASSUMPTIONS if key not in values]:
        more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
        faults.append(f"none for {', '.join(missing[:_NAMED])}{more}")
    faults += [f"{key} = {value!r}" for key, value in values.items() if not _is_finite(value)]
    raise refused(["a scenario needs a finite number for every assumption, see Scenario.of", *faults])


def out_of_bounds(key: str, value: object) -> str:
    """Why a value cannot be an assumption's: its key, label, bounds and unit; "" where it can."""
    a = ASSUMPTIONS[key]
    bounds = f"bounds are {a.minimum:g} to {a.maximum:g} ({UNITS[a.unit]})"
    if not _is_finite(value):
        return f"{key} ({a.label}) = {value!r}: no finite number; {bounds}"
    if a.minimum <= value <= a.maximum:
        return ""
    percent = a.unit == "share" and 1 <= value <= 100
    hint = f"; shares are fractions: {value:g} % is {value / 100:g}" if percent else ""
    return f"{key} ({a.label}) = {value}: {bounds}{hint}"


def require_points(key: str, values: ArrayLike) -> NDArray[np.float64]:
    """Values of an assumption as an array (points,); ValueError where one is out of bounds or there is none."""
    require_known("assumption", key, ASSUMPTIONS)
    array = np.asarray(values)
    if array.ndim != 1 or not array.size or array.dtype.kind not in "iuf":
        raise ValueError(f"{key}: one-dimensional numbers are needed, not {array.dtype} of shape {array.shape}")
    a = ASSUMPTIONS[key]
    (bad,) = np.nonzero(~((a.minimum <= array) & (array <= a.maximum)))
    if bad.size:
        raise ValueError(f"value {bad[0]} of {array.size}: {out_of_bounds(key, array[bad[0]].item())}")
    return np.array(array, dtype=np.float64)


def _is_finite(value: object) -> TypeGuard[float]:
    if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
        return False
    return bool(-math.inf < value < math.inf)
