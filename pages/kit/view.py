"""What a page shows: a scenario, its results beside the reference's, the year in focus and the page's choices."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

import numpy as np

from model.links import Refusal, Scenario, fit_capacity, share_query
from model.presets import PRESETS
from model.projection import Projection, project, reference_of

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class View:
    """A scenario with its results, and what is looked at.

    overflow: what Canton could not build of the scenario that was asked for
    title: what a sender calls the scenario
    choices: what the page's own controls say, by key, where it is not their default; see `choices`
    """

    scenario: Scenario
    projection: Projection
    reference: Projection
    overflow: tuple[Refusal, ...]
    year: int
    title: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    _kept: dict[Hashable, object] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def of(cls, asked: Scenario, year: int, title: str = "", choices: Mapping[str, str] | None = None) -> "View":
        """Compute a scenario, with as many cars at Canton as fit; year: 0 to 4."""
        fitting, overflow = fit_capacity(asked.values)
        scenario = Scenario(asked.edition, asked.preset, fitting)
        seen = project(fitting, asked.edition), reference_of(fitting, asked.edition)
        return cls(scenario, *seen, overflow, year, title, choices or {})

    @property
    def looked_at(self) -> list[tuple[str, str]]:
        """The year in focus and the page's choices, as pairs of a query."""
        return [("year", self.year_label), *self.choices.items()]

    @cached_property
    def link(self) -> str:
        """What is shown as a query string: what differs from the preset, and what is looked at."""
        return share_query(self.scenario, page_state=self.looked_at, checked=True)

    @property
    def year_label(self) -> str:
        """The fiscal year in focus, such as "FY2031/3"."""
        return self.projection.years[self.year]

    @property
    def preset_label(self) -> str:
        """The preset's label, "(edited)" where a value was moved."""
        label = PRESETS[self.scenario.preset].label
        return f"{label} (edited)" if self.scenario.edited() else label

    @property
    def chance_share(self) -> float:
        """The scenario's chance that the alliance delivers [share]."""
        return self.scenario.values["success_probability_share"]

    def once(self, company: str, name: str) -> float:
        """The scenario's value of an output of a company that has no years."""
        return float(np.asarray(self.projection.once_company[name][company]))

    def at_year(self, company: str, name: str) -> tuple[float, float]:
        """Scenario and reference value of an output of a company in the year in focus."""
        values = (np.asarray(p.company[company][name])[self.year] for p in (self.projection, self.reference))
        scenario, base = values
        return float(scenario), float(base)


def kept(function: Callable[Concatenate[View, P], R]) -> Callable[Concatenate[View, P], R]:
    """A function of a view and of hashable arguments whose result is kept with the view.

    Several figures of a page ask for the same sweep or break-even; nobody may change what they get.
    """

    @wraps(function)
    def found(view: View, /, *args: P.args, **kwargs: P.kwargs) -> R:
        key = (function, args, tuple(kwargs.items()))
        if key not in view._kept:
            view._kept[key] = function(view, *args, **kwargs)
        return cast("R", view._kept[key])

    return found
