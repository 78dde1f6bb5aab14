"""A scenario beside the one in the sliders whose calculation is told: written as a line of a link, and read."""

from model.comparison import read_lines
from model.links import Scenario, share_query, to_pairs
from model.presets import DEFAULT_PRESET
from model.projection import reference_values
from pages.kit.results import RESULTS, Shown, value_of
from pages.kit.view import View

_YEAR = "year"


def line_of(scenario: Scenario, year_label: str, title: str) -> str:
    """A scenario, the fiscal year in which it is looked at, such as "FY2031/3", and what it is called."""
    return share_query(scenario, title=title, page_state=[(_YEAR, year_label)])


def reference_line(view: View) -> str:
    """The line of a view's reference: the edition's policies, choices and world, the scenario's own estimates."""
    scenario = view.scenario
    values = reference_values(scenario.asked, scenario.edition)
    return line_of(Scenario(scenario.edition, DEFAULT_PRESET, values), view.year_label, "Reference")


def view_of_line(line: str, beside: View) -> View:
    """The scenario of a line, in its own year; in the year in focus, or else the last one, where it names none.

    line: as `line_of` writes it; empty for the scenario of the view
    """
    if not line:
        return beside
    (found,), _ = read_lines(line)
    view = View.of(found.scenario, 0, found.title)
    years = view.projection.years
    asked = dict(to_pairs(line)).get(_YEAR, beside.year_label)
    return View.of(found.scenario, years.index(asked) if asked in years else len(years) - 1, found.title)


def shown_in(view: View, results: tuple[str, ...], line: str = "", case: str = "") -> tuple[Shown, ...]:
    """Results as they are shown of a view."""
    return tuple(
        Shown(result, value_of(view.projection, *RESULTS[result], view.year), line, case) for result in results
    )
