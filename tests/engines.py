"""One model in four places, each held against the app's own numbers: `python -m tests.engines`.

Prints a table: the graph in Python, the workbook in an engine that computes it, the JavaScript function, and the file
that needs no server, with its sliders moved, the last two in a Chromium. The same seeded scenarios for each: within the
bounds, at their corners, plausible, every preset, every edition, figures of one's own, each in every world. Ends with
status 1 where a number is further from the app's than the goal.
"""

import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from playwright.sync_api import Page, sync_playwright

from model.editions import DEFAULT_EDITION, Edition, derived, edition
from model.graph import input_values
from model.links import Scenario
from model.presets import DEFAULT_PRESET, PRESETS, preset_values
from model.projection import project
from model.registry import ASSUMPTIONS
from model.worlds import WEIGHTED, WORLDS, computed_values
from pages.kit.results import RESULTS
from pages.kit.view import View
from pages.live.scenario_file import scenario_html
from pages.live.script import model_script, script_inputs
from tests.browser.conftest import BROWSER_FLAGS, chromium
from tests.model.scenarios import EDITIONS, everything_on, fitted, flat
from tests.model.test_graph import Numbers, by_graph, computed_with, drawn, own_figures
from tests.pages.test_workbook import BYTES, Computed, typed

GOAL: Final = 1e-9
ADDRESS: Final = "https://example.org/app/"
OWN: Final = {"honda_guided_operating_profit_jpy_bn": 550.0, "nissan_us_sales_kveh": 900.0, "surcharge_months": 2.5}


@dataclass(frozen=True)
class Case:
    """A scenario on an edition, as it was set, in a world; and the app's numbers of it.

    edition: its name; empty where every figure of it is one's own
    """

    edition: str
    facts: Edition
    asked: Mapping[str, float]
    world: str
    expected: Numbers

    @property
    def values(self) -> dict[str, float]:
        """The assumptions that are computed with."""
        return computed_values(self.asked, self.world)


def cases(count: int, presets: Iterable[str] = PRESETS) -> Iterator[Case]:
    """On each edition: everything on, so many scenarios of each kind, and presets; each in every world."""
    own = derived(DEFAULT_EDITION, OWN)
    for name in (*EDITIONS, own):
        asked = [everything_on(name), *drawn(seed=len(name), count=count)]
        asked += [fitted(preset_values(preset, name), name) for preset in presets]
        yield from (_case(name, one, world) for one in asked for world in WORLDS)
    for seed, values in enumerate(drawn(seed=7, count=count)):
        facts = own_figures(edition(EDITIONS[seed % len(EDITIONS)]), seed)
        yield Case("", facts, values, WEIGHTED, computed_with(values, facts))


def _case(name: str, asked: Mapping[str, float], world: str) -> Case:
    return Case(name, edition(name), asked, world, flat(project(computed_values(asked, world), name)))


def distance(found: Numbers, expected: Numbers) -> float:
    """The largest distance of a number, over its size and at least over 1."""
    assert found.keys() == expected.keys()
    apart = (np.max(np.abs(found[name] - one) / np.maximum(1.0, np.abs(one))) for name, one in expected.items())
    return float(np.nan_to_num(max(apart, key=lambda one: np.nan_to_num(one, nan=np.inf)), nan=np.inf))


def of_script(results: Mapping[str, Any]) -> Numbers:
    """What the function gives, by the names of `flat`."""
    names = {result: f"{company}.{output}" if company else output for result, (output, company) in RESULTS.items()}
    return {names[result]: np.array(values, dtype=np.float64) for result, values in results.items()}


def run_script(page: Page, given: Iterable[Case], script: str | None = None) -> list[Numbers]:
    """What the function gives for each case, in a page without anything else."""
    inputs = [script_inputs(input_values(case.values, case.facts)) for case in given]
    return [*map(of_script, page.evaluate(f"(all) => {{{script or model_script()}; return all.map(model)}}", inputs))]


SET = """([values, world]) => {
    const send = (element, value) => {
        element.value = value;
        element.dispatchEvent(new Event("change", {bubbles: true}));
    };
    send(document.getElementById("world"), world);
    for (const [key, value] of Object.entries(values)) {
        const box = document.querySelector(`[data-key="${key}"] [type="number"]`);
        if (Number(box.value) !== value) {
            const locked = box.disabled;
            box.disabled = false;
            send(box, value);
            box.disabled = locked;
        }
    }
    return window.results;
}"""
"""Types values into the boxes of a file, as a reader would, and gives what it computes then."""


def run_file(page: Page, given: Iterable[Case], folder: Path) -> Iterator[Numbers]:
    """What the file of an edition gives when each case is typed into it."""
    opened = ""
    for case in given:
        if case.edition != opened:
            opened = case.edition
            open_file(page, View.of(start_of(opened), 4), folder)
        shown = {key: float(f"{value * scale_of(key):.15g}") for key, value in case.asked.items()}
        yield of_script(page.evaluate(SET, [shown, case.world]))


def start_of(name: str) -> Scenario:
    """The status quo of an edition."""
    return Scenario(name, DEFAULT_PRESET, preset_values(DEFAULT_PRESET, name))


def scale_of(key: str) -> float:
    """What a value is multiplied by where it is typed into a file."""
    return {"share": 100.0, "kveh": 1000.0}.get(ASSUMPTIONS[key].unit, 1.0)


def open_file(page: Page, view: View, folder: Path, change: Callable[[str], str] = str) -> Page:
    """The file of what is shown, opened from a disk; change: what is done to its text before."""
    file = folder / "scenario.html"
    file.write_text(change(scenario_html(view, ADDRESS).decode()), encoding="utf-8")
    page.goto(file.as_uri())
    return page


def run_workbook(given: Iterable[Case], folder: Path) -> Iterator[Numbers]:
    """What the workbook gives when each case is typed into it."""
    computed = Computed(BYTES, folder)
    for case in given:
        computed.type_in(typed(case.values, case.facts))
        yield computed.results()


def main() -> int:
    """Print the table; the exit status."""
    many, few = [*cases(5)], [*cases(1, presets=("alliance_delivers", "article"))]
    named = [case for case in few if case.edition]
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        page = playwright.chromium.launch(executable_path=chromium(), args=[*BROWSER_FLAGS]).new_page()
        rows: list[tuple[str, list[Case], Iterable[Numbers]]] = [
            ("graph, in Python", many, (by_graph(case.values, case.facts) for case in many)),
            ("workbook, by IronCalc", few, run_workbook(few, Path(place))),
            ("JavaScript, in Chromium", many, run_script(page, many)),
            ("file, its sliders moved", named, run_file(page, named, Path(place))),
        ]
        print(f"{'engine':<26}{'scenarios':>10}{'numbers':>10}{'worst relative distance':>26}   goal {GOAL:g}")
        status = 0
        for engine, given, found in rows:
            worst = max(distance(one, case.expected) for case, one in zip(given, found, strict=True))
            numbers = sum(one.size for case in given for one in case.expected.values())
            print(f"{engine:<26}{len(given):>10,}{numbers:>10,}{worst:>26.1e}   {'met' if worst <= GOAL else 'MISSED'}")
            status |= worst > GOAL
        page.context.browser.close()  # type: ignore[union-attr]  # it was launched here
    return int(status)


if __name__ == "__main__":
    sys.exit(main())
