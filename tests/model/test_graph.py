"""The model written down as a graph gives what `project` gives, and what cannot be written down fails by its name."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, ClassVar

import numpy as np
import pytest
from numpy.typing import NDArray

from model.editions import Edition, edition
from model.formulas.units import HALF
from model.graph import (
    AXIS,
    REFERENCE,
    SCENARIO,
    Graph,
    Term,
    UnwritableError,
    Writer,
    applied,
    input_values,
    model_graph,
    number,
    value_of,
    values_of,
)
from model.outputs import OUTPUTS
from model.presets import PRESETS, preset_values
from model.projection import AFTER, LONG_INDEX, SECTIONS, Computed, Inputs, compute, project, reference_trades
from tests.model.scenarios import (
    COMPANIES,
    EDITIONS,
    YEARS,
    draws,
    everything_on,
    fitted,
    flat,
    hard_bounds,
    plausible_range,
)

CLOSE = 1e-9
Numbers = dict[str, NDArray[np.float64]]
GRAPH = model_graph()


def drawn(seed: int, count: int) -> Iterator[dict[str, float]]:
    """Scenarios over the whole bounds, at their corners, and within the plausible ranges, each so many times."""
    rng = np.random.default_rng(seed)
    for bounds, corners in ((hard_bounds, False), (hard_bounds, True), (plausible_range, False)):
        found = draws(rng, count, bounds, corners)
        yield from ({key: float(values[n]) for key, values in found.items()} for n in range(count))


def own_figures(world: Edition, seed: int) -> Edition:
    """The edition with every fact, and every value of its reference, moved by up to a fifth."""
    rng = np.random.default_rng(seed)
    facts = {key: value * rng.uniform(0.8, 1.2) for key, value in world.facts.items()}
    defaults = {key: value * rng.uniform(0.8, 1.2) for key, value in world.defaults.items()}
    return replace(world, facts=facts, defaults=defaults)


def named_outputs(of: Callable[[Term], NDArray[np.float64]], graph: Graph = GRAPH) -> Numbers:
    """Outputs by the names of `flat`, as the graph gives them."""
    found = {}
    for (name, company), term in graph.outputs.items():
        values = of(term)
        yearly = OUTPUTS[name].scope in ("company", "plant")
        found[f"{company}.{name}" if company else name] = values if yearly else values[-1]
    return found


def by_graph(values: Mapping[str, float], world: Edition, graph: Graph = GRAPH) -> Numbers:
    inputs = input_values(values, world)
    steps = values_of(graph, inputs)
    return named_outputs(lambda term: value_of(term, inputs, steps), graph)


def computed_with(values: Mapping[str, float], world: Edition) -> Numbers:
    """Every output of a scenario on facts of one's own."""
    inputs = Inputs(world.facts, world.defaults, dict(values))
    found: Computed = compute(inputs, reference_trades(inputs))
    numbers = {f"{c}.{name}": v for c in COMPANIES for name, v in found.company[c].items()} | dict(found.plant)
    once = found.once | {f"{c}.{name}": v for name, by in found.once_company.items() for c, v in by.items()}
    last = {name: np.asarray(value).ravel()[-1] for name, value in once.items()}
    return {name: np.asarray(value) for name, value in (numbers | last).items()}


def assert_same(found: Numbers, expected: Numbers) -> None:
    assert found.keys() == expected.keys()
    for name, values in expected.items():
        assert np.max(np.abs(found[name] - values) / np.maximum(1.0, np.abs(values))) <= CLOSE, name


@pytest.mark.parametrize("name", EDITIONS)
def test_the_graph_gives_what_the_projection_gives(name: str) -> None:
    world = edition(name)
    scenarios = [dict(world.defaults), everything_on(name), *drawn(seed=1, count=5)]
    scenarios += [fitted(preset_values(preset, name), name) for preset in PRESETS]
    for values in scenarios:
        assert_same(by_graph(values, world), flat(project(values, name)))


@pytest.mark.parametrize("name", EDITIONS)
def test_the_graph_holds_for_figures_of_ones_own(name: str) -> None:
    for seed, values in enumerate(drawn(seed=2, count=2)):
        world = own_figures(edition(name), seed)
        assert_same(by_graph(values, world), computed_with(values, world))


class PythonWriter(Writer):
    """Spells terms in Python, inputs by their names and steps by their places."""

    signs: ClassVar[Mapping[str, str]] = {**Writer.signs, "power": "**"}
    calls: ClassVar[Mapping[str, str]] = {
        "minimum": "np.minimum", "maximum": "np.maximum", "where": "np.where", "sum": "total"
    }  # fmt: skip

    def leaf(self, term: Term) -> str:
        return str(term.leaf) if term.operation == "input" else f"step[{term.leaf}]"


def test_what_a_writer_spells_gives_what_the_projection_gives() -> None:
    writer, name = PythonWriter(), "2026-11"
    lines = [writer.write(step.term) for step in GRAPH.steps]
    for values in drawn(seed=3, count=2):
        known: dict[str, Any] = dict(input_values(values, edition(name)))
        known |= {"np": np, "total": lambda row: np.sum(row, axis=-1, keepdims=True), "step": []}
        for step, line in zip(GRAPH.steps, lines, strict=True):
            known["step"].append(np.broadcast_to(eval(line, known), (step.width,)))
        found = named_outputs(lambda term, known=known: np.asarray(eval(writer.write(term), known)))  # type: ignore[misc]
        assert_same({k: np.broadcast_to(v, (5,)) if "." in k and v.shape == (1,) else v for k, v in found.items()},
                    flat(project(values, name)))  # fmt: skip


def test_brackets_keep_the_order_of_computing() -> None:
    a, b, c = (Term("input", leaf=name) for name in "abc")
    terms: dict[str, Any] = {
        "a+(b+c)": a + (b + c), "a+b+c": a + b + c, "a-(b-c)": a - (b - c), "a/(b*c)": a / (b * c),
        "a*b/c": a * b / c, "(a+b)*c": (a + b) * c, "(-a)**b": (-a) ** b, "a**(-b-1)": a ** (-b - 1.0),
        "(a**b)**c": (a**b) ** c, "a-(-b)": a - (-b), "np.where(a>0,b,c)": np.where(a > 0.0, b, c),
    }  # fmt: skip
    assert [PythonWriter().write(term) for term in terms.values()] == list(terms)


def test_what_changes_no_number_is_left_out() -> None:
    a: Any = Term("input", leaf="a")
    assert all(term is a for term in (a + 0.0, 0.0 + a, a - 0.0, a * 1.0, 1.0 * a, a / 1.0))
    assert (a * 0.0).key == number(0.0).key
    assert (number(2.0) ** number(3.0)).key == number(8.0).key  # type: ignore[operator]
    assert PythonWriter().write(0.0 - a) == "0-a"


def a_branch(value: Any) -> Any:
    return value if value > 0.0 else 0.0


def an_equality(value: Any) -> Any:
    return np.where(value == 0.0, 1.0, value)


def an_unknown_ufunc(value: Any) -> Any:
    return np.exp(value)


def an_unknown_function(value: Any) -> Any:
    return np.clip(value, 0.0, 1.0)


def another_sum(value: Any) -> Any:
    return np.sum(value)


def a_logarithm(value: Any) -> Any:
    return math.log(value)


def a_text(value: Any) -> Any:
    return f"{HALF}"


@pytest.mark.parametrize(
    ("function", "why"),
    [
        (a_branch, "branches on a value"),
        (an_equality, "numpy.equal"),
        (an_unknown_ufunc, "numpy.exp"),
        (an_unknown_function, "numpy.clip"),
        (another_sum, "numpy.sum"),
        (a_logarithm, "asks for the number"),
        (a_text, "gives str"),
    ],
)
def test_what_cannot_be_written_down_fails_by_its_name(function: Callable[..., Any], why: str) -> None:
    with pytest.raises(UnwritableError, match=f"^{function.__name__}: .*{re.escape(why)}"):
        applied(function, [Term("input", leaf="a")])


def test_a_writer_without_a_word_says_so() -> None:
    with pytest.raises(UnwritableError, match="Writer has no word for power"):
        Writer().write(Term("power", (number(2.0), Term("input", leaf="a"))))


def test_the_graph_holds_every_output_and_needs_every_input() -> None:
    assert [*dict.fromkeys(name for name, _ in GRAPH.outputs)] == list(OUTPUTS)
    terms = [*GRAPH.outputs.values(), *(step.term for step in GRAPH.steps)]
    read = {leaf.leaf for term in terms for leaf in term.leaves() if leaf.operation == "input"}
    unread = {one.name for one in GRAPH.inputs.values() if one.kind != REFERENCE} - read
    assert unread == {"first_fiscal_year"}  # it names the years and enters no number


def test_a_step_comes_after_what_it_is_made_of_and_is_there_once() -> None:
    for place, step in enumerate(GRAPH.steps):
        assert step.place == place
        assert all(leaf.leaf < place for leaf in step.term.leaves() if leaf.operation == "step")  # type: ignore[operator]
    assert max(Counter((step.part, step.term.key) for step in GRAPH.steps).values()) == 1


def test_the_reference_needs_nothing_of_the_scenario_but_estimates_and_years() -> None:
    for step in GRAPH.steps:
        if step.part == REFERENCE:
            steps = [GRAPH.steps[int(leaf.leaf)] for leaf in step.term.leaves() if leaf.operation == "step"]
            assert all(one.part == REFERENCE for one in steps)


def test_every_step_stands_in_a_section() -> None:
    assert {step.section for step in GRAPH.steps} == set(SECTIONS)
    for part in (SCENARIO, REFERENCE):
        in_sections = [step for _, steps in GRAPH.sections(part) for step in steps]
        assert sorted(step.place for step in in_sections) == [s.place for s in GRAPH.steps if s.part == part]


def test_what_has_more_years_than_the_horizon_stands_in_one_section() -> None:
    assert {step.section for step in GRAPH.steps if step.width > YEARS} == {AFTER}
    assert {step.width for step in GRAPH.steps if step.section == AFTER} == {1, len(LONG_INDEX)}


def test_every_step_says_what_it_is_in_words_of_its_own() -> None:
    labels = Counter((step.part, step.section, step.label, step.unit) for step in GRAPH.steps)
    assert [label for label, count in labels.items() if count > 1] == []
    generic = ("Sum of ", "An amount", "A volume", "Part of an amount", "Volume ", "Value today of yearly")
    for step in GRAPH.steps:
        assert step.label[0].isupper(), step.label
        assert step.unit, step.label
        assert not step.label.startswith(generic), step.label
        assert not re.search(r"_|\[|\.$", step.label), step.label


def test_inputs_have_names_of_their_own_and_years_their_numbers() -> None:
    kinds = Counter(one.kind for one in GRAPH.inputs.values())
    assert kinds["assumption"] == kinds[REFERENCE]
    assert {one.width for one in GRAPH.inputs.values() if one.kind != AXIS} == {1}
    assert len(input_values(edition("2026-11").defaults, edition("2026-11"))) == len(GRAPH.inputs)
