"""What a page shows: a scenario, its results beside the reference's, the year in focus and the page's choices."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

import numpy as np

from model.comparison import same_scenario
from model.delivery import in_world, projected, told_world, told_world_words
from model.editions import edition
from model.links import Refusal, Scenario, fit_capacity, share_query
from model.pins import PIN, Pin, pin_text
from model.presets import PRESETS
from model.projection import Projection, reference_of
from model.worlds import CHANCE, SHORT

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class View:
    """A scenario with its results, and what is looked at.

    overflow: what Canton could not build of the scenario that was asked for
    title: what a sender calls the scenario
    pin: what is kept beside it, if anything
    choices: what the page's own controls say, by key, where it is not their default; see `choices`
    """

    scenario: Scenario
    projection: Projection
    reference: Projection
    overflow: tuple[Refusal, ...]
    year: int
    title: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    pin: Pin | None = None
    _kept: dict[Hashable, object] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def of(
        cls,
        asked: Scenario,
        year: int,
        title: str = "",
        choices: Mapping[str, str] | None = None,
        pin: Pin | None = None,
    ) -> "View":
        """Compute a scenario, with as many cars at Canton as fit; year: 0 to 4."""
        fitting, overflow = fit_capacity(asked.asked)
        scenario = Scenario(asked.edition, asked.preset, fitting, asked.world)
        seen = projected(scenario), reference_of(fitting, asked.edition)
        return cls(scenario, *seen, overflow, year, title, choices or {}, pin)

    @cached_property
    def pinned(self) -> "View | None":
        """The pinned scenario, looked at alike; nothing where it is the one shown, or of other fiscal years."""
        if self.pin is None or edition(self.pin.scenario.edition).years != self.projection.years:
            return None
        if same_scenario(self.pin.scenario, self.scenario):
            return None
        return View.of(self.pin.scenario, self.year, choices=self.choices)

    @property
    def pin_named(self) -> str:
        """What is pinned as it is called, with its world where that is not the page's; empty for none."""
        if self.pin is None:
            return ""
        words = told_world_words(self.pin.scenario)
        return f"“{self.pin.name}”" + (f", {words}" if words and words != self.world_words else "")

    @property
    def pin_left_out(self) -> str:
        """Why what is pinned stands beside no number, in a sentence; empty where it does, or is what is shown."""
        if self.pin is None or edition(self.pin.scenario.edition).years == self.projection.years:
            return ""
        years = edition(self.pin.scenario.edition).years
        return f"It is of other fiscal years, {years[0]} to {years[-1]}, so it stands beside none of these numbers."

    @property
    def looked_at(self) -> list[tuple[str, str]]:
        """The year in focus, the page's choices and what is pinned, as pairs of a query."""
        told = self.pin is not None and not self.pin.goes_without_saying(self.scenario, self.title)
        pinned = [(PIN, pin_text(self.pin))] if self.pin and told else []
        return [("year", self.year_label), *self.choices.items(), *pinned]

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
    def has_own_figures(self) -> bool:
        """Whether it stands on figures of one's own in the place of published ones."""
        return bool(edition(self.scenario.edition).own)

    @cached_property
    def world(self) -> str:
        """The world that the numbers are in, of `WORLDS`; empty where that makes no difference."""
        return told_world(self.scenario)

    @property
    def world_words(self) -> str:
        """The world where the scenario is named, in words; empty where it makes no difference."""
        return told_world_words(self.scenario)

    @property
    def named(self) -> str:
        """The preset's label with the world that the numbers are in."""
        return ", ".join(filter(None, (self.preset_label, self.world_words)))

    def in_world(self, world: str) -> Projection:
        """The scenario's results in a world, of `WORLDS`."""
        return in_world(self.scenario, world)

    def labelled(self, label: str) -> str:
        """The label of a number of the scenario, with the world that it is in."""
        return f"{label}, {SHORT[self.world]}" if self.world else label

    @property
    def chance_share(self) -> float:
        """The chance that the alliance delivers as it is counted: 1 or 0 where the world is certain [share]."""
        return self.scenario.values[CHANCE]

    @property
    def asked_chance_share(self) -> float:
        """The chance that the alliance delivers as it was set [share]."""
        return self.scenario.asked[CHANCE]

    def once(self, company: str, name: str) -> float:
        """The scenario's value of an output of a company that has no years."""
        return float(np.asarray(self.projection.once_company[name][company]))

    def at_year(self, company: str, name: str) -> tuple[float, float]:
        """Scenario and reference value of an output of a company in the year in focus."""
        values = (np.asarray(p.company[company][name])[self.year] for p in (self.projection, self.reference))
        scenario, base = values
        return float(scenario), float(base)


def in_year(company: str, name: str) -> Callable[[View], float]:
    """What tells a scenario's value of an output of a company in the year in focus."""
    return lambda view: view.at_year(company, name)[0]


def in_all(company: str, name: str) -> Callable[[View], float]:
    """What tells a scenario's value of an output of a company that has no years."""
    return lambda view: view.once(company, name)


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
