"""Any output can be explained back to facts and assumptions, with the number that the model gives."""

import numpy as np
import pytest

from model.editions import COMPANY_LABELS, DEFAULT_EDITION
from model.explain import explain
from model.formulas.finance import present_value
from model.links import Scenario, default_scenario, from_query, scenario_of_preset
from model.outputs import OUTPUTS
from model.projection import project
from model.tracing import Node, formula, tracing
from tests.model.scenarios import everything_on

EVERYTHING = Scenario("2026-05", "alliance_good", everything_on("2026-05"))
SIX_DIGITS = 1e-5


def root_values(text: str) -> dict[str, list[float]]:
    """Numbers of the lines without indent, by what stands before them."""
    roots = {}
    for line in text.splitlines()[1:]:
        if line and not line.startswith(" "):
            title, _, rest = line.partition(" = ")
            numbers = [word.rstrip(",") for word in rest.split() if word.rstrip(",").lstrip("-")[:1].isdigit()]
            roots[title] = [float(number.replace(",", "")) for number in numbers]
    return roots


@pytest.mark.parametrize("scenario", [default_scenario(), scenario_of_preset("article"), EVERYTHING])
@pytest.mark.parametrize("name", OUTPUTS)
def test_an_explanation_starts_from_the_number_of_the_projection(name: str, scenario: Scenario) -> None:
    world, output = project(scenario.values, scenario.edition), OUTPUTS[name]
    if output.scope == "company":
        expected = {f"{COMPANY_LABELS[c]}: {name}": by[name] for c, by in world.company.items()}
    elif output.scope == "once_company":
        expected = {f"{COMPANY_LABELS[c]}: {name}": value for c, value in world.once_company[name].items()}
    else:
        expected = {name: world.plant[name] if output.scope == "plant" else world.once[name]}
    roots = root_values(explain(name, scenario))
    assert roots.keys() == expected.keys()
    for title, value in expected.items():
        numbers = np.atleast_1d(value)
        shown = np.broadcast_to(roots[title], numbers.shape)  # one number stands for years that agree
        assert shown == pytest.approx(numbers, rel=SIX_DIGITS, abs=1e-9)


@pytest.mark.parametrize("name", OUTPUTS)
def test_every_number_of_an_explanation_has_its_origin(name: str) -> None:
    for line in explain(name, EVERYTHING).splitlines()[1:]:
        if line.startswith("  "):
            step, _, origin = line.partition(" <- ")
            value = step.partition(" = ")[2]
            assert value, line
            assert origin or float(value.replace(",", "")) in (0.0, 1.0), line
            assert origin != "constant", line


def test_profit_is_explained_from_guidance_with_its_fact_and_source() -> None:
    text = explain("operating_profit_jpy_bn", default_scenario())
    assert "honda_guided_operating_profit_jpy_bn = 500 JPY bn <- fact honda_op_guid_fy27_3, weak: eToro brief" in text


def test_an_explanation_tells_moved_assumptions_from_defaults() -> None:
    scenario, _ = from_query("japan_tariff_share=0.25")
    lines = explain("japan_duty_effect_jpy_bn", scenario).splitlines()
    moved = [line.strip() for line in lines if "share: japan_tariff_share = 0.25" in line]
    default = [line for line in lines if "honda_import_value_usd" in line]
    assert moved[0].endswith("<- set in this scenario; default 0.15")
    assert default
    assert all("<- default, derived: 25,640 each" in line for line in default)


def test_a_step_shown_before_is_named_and_not_shown_again() -> None:
    text = explain("operating_profit_jpy_bn", EVERYTHING)
    assert "shown above" in text
    assert len(text.splitlines()) < 2000


def test_an_unknown_output_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="no_such_output"):
        explain("no_such_output", default_scenario())


def test_explaining_leaves_later_projections_plain() -> None:
    explain("eps_jpy", EVERYTHING)
    assert isinstance(project({}, DEFAULT_EDITION).company["honda"]["eps_jpy"], np.ndarray)


@formula("kveh")
def double_kveh(one_kveh: float, factor: float = 2.0) -> float:
    """Twice a volume [kveh]."""
    return one_kveh * factor


def test_a_formula_is_a_plain_function_unless_traced() -> None:
    assert double_kveh(3.0) == 6.0
    with tracing():
        node = double_kveh(3.0, factor=4.0)
    assert isinstance(node, Node)
    assert (node.name, node.value, node.unit, node.origin) == ("double_kveh", 12.0, "kveh", "Twice a volume [kveh].")
    assert {name: a.value for name, a in node.arguments.items()} == {"one_kveh": 3.0, "factor": 4.0}
    assert double_kveh(3.0) == 6.0


def test_a_formula_without_a_unit_of_its_own_has_that_of_its_first_argument() -> None:
    cars, worth = Node("cars", np.array([1.0, 2.0]), "kveh", "typed"), Node("worth", 0.5, "share", "typed")
    with tracing():
        node = present_value(cars, worth)  # type: ignore[arg-type]
    assert isinstance(node, Node)
    assert (node.value.tolist(), node.unit) == ([1.5], "kveh")  # type: ignore[union-attr]


@pytest.mark.parametrize("name", OUTPUTS)
def test_every_step_of_an_explanation_has_its_unit(name: str) -> None:
    """But for years and weights that are counted, not measured."""
    for line in explain(name, EVERYTHING).splitlines()[1:]:
        step, arrow, _ = line.partition(" <- ")
        called, _, value = step.partition(" = ")
        counted = called.split(": ")[-1].strip() in ("year_index", "last_year", "long_index", "later")
        if arrow and not counted:
            assert not value.rstrip()[-1].isdigit(), line
