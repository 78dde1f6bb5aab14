"""What a page shows: a scenario, its results beside the reference's, and the fiscal year in focus."""

from dataclasses import dataclass

import numpy as np

from model.links import Refusal, Scenario, fit_capacity, to_query
from model.presets import PRESETS
from model.projection import Projection, project, reference


@dataclass(frozen=True, slots=True)
class View:
    """A scenario with its results; `overflow` is what Canton could not build of it, `title` what a sender calls it."""

    scenario: Scenario
    projection: Projection
    reference: Projection
    overflow: tuple[Refusal, ...]
    year: int
    title: str = ""

    @classmethod
    def of(cls, asked: Scenario, year: int, title: str = "") -> "View":
        """Compute a scenario, with as many cars at Canton as fit; year: 0 to 4."""
        fitting, overflow = fit_capacity(asked.values)
        scenario = Scenario(asked.edition, asked.preset, fitting)
        return cls(scenario, project(fitting, asked.edition), reference(asked.edition), overflow, year, title)

    @property
    def link(self) -> str:
        """The full state as a query string."""
        return to_query(self.scenario)

    @property
    def year_label(self) -> str:
        """The fiscal year in focus, such as "FY2031/3"."""
        return self.projection.years[self.year]

    @property
    def preset_label(self) -> str:
        """The preset's label, "(edited)" where a value was moved."""
        label = PRESETS[self.scenario.preset].label
        return f"{label} (edited)" if self.scenario.edited() else label

    def at_year(self, company: str, name: str) -> tuple[float, float]:
        """Scenario and reference value of an output of a company in the year in focus."""
        values = (np.asarray(p.company[company][name])[self.year] for p in (self.projection, self.reference))
        scenario, base = values
        return float(scenario), float(base)
