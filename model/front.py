"""The model from Python: a scenario is run, or swept over values, and its tables say their units.

    from model import Scenario, run
    run(Scenario.of("article", japan_tariff_share=0.2)).frame("operating_profit_jpy_bn")

`model.PRESETS`, `model.ASSUMPTIONS` and `model.OUTPUTS` hold what there is, by name. Tables are of pandas, which no
other part of the model needs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import ArrayLike

from model.bridge import bridge_of
from model.checks import require_known, require_points
from model.editions import COMPANIES, COMPANY_LABELS
from model.explain import explain
from model.links import Scenario, to_query
from model.measures import Measure, Points, has_company, has_years
from model.outputs import OUTPUTS
from model.presets import DEFAULT_PRESET
from model.projection import Projection, project, reference_of, reference_values

if TYPE_CHECKING:
    import pandas as pd

CANTON: Final = "canton"
"""In the place of a company, for outputs of the plant."""

ONCE: Final = "once"
"""In the place of the fiscal years, for outputs that have none."""


def run(scenario: Scenario) -> "Result":
    """All that the model gives for a scenario.

    Raises CapacityError, a ValueError, where more cars are asked of Canton than it can build.
    """
    return Result(scenario, project(scenario.values, scenario.edition))


def sweep(scenario: Scenario, /, **points: ArrayLike) -> "Sweep":
    """A scenario with an assumption at each of many values, all else held, in one call of the model.

    points: one-dimensional, by key, in the assumption's unit; several keys are taken in pairs, the first value of one
        with the first of the other, and need as many values. A grid: `a, b = np.meshgrid(a, b)`, and `a.ravel()`.
    Raises ValueError for an unknown key, a value out of bounds or that is no number, and more cars at Canton than fit.
    """
    if not points:
        raise ValueError("name an assumption to sweep, such as japan_tariff_share=[0.0, 0.15]")
    swept = {key: require_points(key, values) for key, values in points.items()}
    if len({len(values) for values in swept.values()}) > 1:
        lengths = ", ".join(f"{key} {len(values)}" for key, values in swept.items())
        raise ValueError(f"values are taken in pairs, as many of each, not {lengths}; for a grid use np.meshgrid")
    return Sweep(scenario, swept, project({**scenario.values, **swept}, scenario.edition))


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """A scenario and all that the model gives for it.

    projection: every output as arrays over the five fiscal years
    """

    scenario: Scenario
    projection: Projection = field(repr=False)

    @property
    def reference(self) -> "Result":
        """What it is held against: the edition's policies, choices and world with the scenario's own estimates."""
        s = self.scenario
        own = Scenario(s.edition, DEFAULT_PRESET, reference_values(s.asked, s.edition))
        return Result(own, reference_of(s.values, s.edition))

    def frame(self, output: str) -> "pd.DataFrame":
        """An output in its unit, fiscal years down and companies across; the columns' name is its label and unit.

        An output of the plant has one column, "canton", and one without years one row, "once".
        Raises ValueError for an unknown output.
        """
        require_known("output", output, OUTPUTS)
        whose = COMPANIES if has_company(output) else (CANTON,)
        cells = np.stack([Measure(output, each, 0).by_year(self.projection) for each in whose], axis=-1)
        return _table(cells, {"fiscal_year": _years(self.projection, output)}, whose, _title(output))

    def bridge(self, company: str) -> "pd.DataFrame":
        """What each cause adds to a company's operating profit [JPY bn], steps down and fiscal years across.

        The steps of a year sum to its profit less that of the reference; a step is an output of that name. Where the
        chance leaves delivery open, what the alliance brings is told as if it is done, and the step
        `not_delivered_effect_jpy_bn` takes away the rest.
        Raises ValueError for an unknown company.
        """
        require_known("company", company, COMPANIES)
        years = self.projection.years
        steps = [bridge_of(self.scenario, self.projection, company, year) for year in range(len(years))]
        cells = np.array([[step.effect_jpy_bn for step in of_year] for of_year in steps]).T
        return _table(cells, {"step": [step.name for step in steps[0]]}, years, f"{COMPANY_LABELS[company]} [JPY bn]")

    def explain(self, output: str) -> str:
        """How an output was computed, step by step, each with value, unit and where the number came from.

        Raises ValueError for an unknown output.
        """
        require_known("output", output, OUTPUTS)
        return explain(output, self.scenario)

    def link(self, address: str = "") -> str:
        """The complete link: edition, model version, preset, world and every assumption as a query string.

        address: of a page or a table of a running app, such as http://localhost:8501/data/profit.csv
        Raises ValueError where it has a query of its own.
        """
        if "?" in address or "#" in address:
            raise ValueError(f'"{address}" has a query or a mark already: an address ends before "?" and "#"')
        return f"{address}?{to_query(self.scenario)}"


@dataclass(frozen=True, slots=True, eq=False)
class Sweep:
    """A scenario with some assumptions at many values; it is no scenario, and has no link.

    swept: values by key (points,), in the unit of the assumption
    projection: every output as arrays (points, 5), single outputs (points,)
    """

    scenario: Scenario
    swept: Mapping[str, Points]
    projection: Projection = field(repr=False)

    def frame(self, output: str, company: str = CANTON) -> "pd.DataFrame":
        """An output in its unit, swept values down and fiscal years across; the columns' name is its label and unit.

        company: "honda" or "nissan"; "canton" for outputs of the plant. An output without years has the column "once".
        Raises ValueError for an unknown output, or a company that has none.
        """
        require_known("output", output, OUTPUTS)
        require_known(f"company of {output}", company, COMPANIES if has_company(output) else (CANTON,))
        cells = Measure(output, company, 0).by_year(self.projection)
        return _table(cells, self.swept, _years(self.projection, output), _title(output, company))


def _years(projection: Projection, output: str) -> tuple[str, ...]:
    return projection.years if has_years(output) else (ONCE,)


def _title(output: str, company: str = "") -> str:
    whose = f"{COMPANY_LABELS[company]}, " if company in COMPANIES else ""
    return f"{whose}{OUTPUTS[output].label} [{OUTPUTS[output].unit}]"


def _table(
    cells: Points, rows: Mapping[str, Sequence[str] | Points], columns: Sequence[str], title: str
) -> "pd.DataFrame":
    """A table of its own; rows: what stands at each, by the name of the index, one level for each name."""
    import pandas as pd  # here alone, so that pages and the command line start without it

    index = pd.DataFrame(dict(rows)).set_index(list(rows)).index
    return pd.DataFrame(np.array(cells), index, pd.Index(list(columns), name=title))
