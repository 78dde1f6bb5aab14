"""How one output was computed: each step with its name, value, unit and where the number came from."""

from collections.abc import Iterator, Mapping

import numpy as np

from data.facts import sourced
from model.editions import COMPANIES, COMPANY_LABELS, EDITION_FACTS, HORIZON_YEARS, Edition, edition
from model.links import Scenario, number_text
from model.outputs import OUTPUTS
from model.projection import LAST_YEAR, LATER, LONG_INDEX, YEAR_INDEX, Inputs, compute, reference_trades
from model.registry import ASSUMPTIONS
from model.tracing import Node, Value, tracing


def explain(name: str, scenario: Scenario) -> str:
    """The computation of an output as indented lines, for each company it exists for.

    Each line: step = value over the years [unit], then its meaning, or the source of a number.
    Raises KeyError for an unknown output.
    """
    roots = _traced_outputs(name, scenario)
    yearly = OUTPUTS[name].scope in ("company", "plant")
    lines = [f"{OUTPUTS[name].label} [{OUTPUTS[name].unit}], edition {scenario.edition}, years {_years(scenario)}"]
    for whose, node in roots.items():
        title = f"{COMPANY_LABELS[whose]}: {name}" if whose else name
        value = node.value if yearly else np.ravel(node.value)[-1]  # single outputs are those of the last year
        lines += ["", f"{title} = {_numbers(value)} {OUTPUTS[name].unit}", *_steps(node, 1, set())]
    return "\n".join(lines)


def _years(scenario: Scenario) -> str:
    years = edition(scenario.edition).years
    return f"{years[0]} to {years[-1]}"


def _traced_outputs(name: str, scenario: Scenario) -> dict[str, Node]:
    """The output as nodes, by company ("" where it has none)."""
    output = OUTPUTS[name]
    world = edition(scenario.edition)
    defaults = _nodes(world, world.defaults, world.defaults)
    facts: dict[str, Value] = {key: _fact_node(world, key) for key in EDITION_FACTS}
    year_index: Value = _as_value(Node("year_index", YEAR_INDEX, "", "0 for the first fiscal year"))
    last_year: Value = _as_value(Node("last_year", LAST_YEAR, "", "1 in the last fiscal year"))
    inputs = Inputs(
        facts,
        defaults,
        _nodes(world, scenario.values, world.defaults),
        year_index,
        last_year,
        _as_value(Node("long_index", LONG_INDEX, "", "0 for the first fiscal year, on past the horizon")),
        _as_value(Node("later", LATER, "", "1 after the horizon")),
        _as_value(Node("horizon_yr", float(HORIZON_YEARS), "yr", "years of the horizon")),
    )
    with tracing():
        computed = compute(inputs, reference_trades(inputs))
    found: dict[str, Value]
    if output.scope == "company":
        found = {company: computed.company[company][name] for company in COMPANIES}
    elif output.scope == "once_company":
        found = computed.once_company[name]
    else:
        found = {"": (computed.plant if output.scope == "plant" else computed.once)[name]}
    return {
        whose: value if isinstance(value, Node) else Node(name, value, output.unit, "nothing in this scenario")
        for whose, value in found.items()
    }


def _as_value(node: Node) -> Value:
    return node  # type: ignore[return-value]  # formulas take nodes in place of numbers


def _nodes(world: Edition, values: Mapping[str, float], defaults: Mapping[str, float]) -> dict[str, Value]:
    """Assumptions as nodes that say where their value comes from."""
    nodes = {}
    for key, value in values.items():
        source, kind = world.source_of(key)
        moved = value != defaults[key]
        default = f"default, {sourced(kind, source)}"
        origin = f"set in this scenario; default {number_text(defaults[key])}" if moved else default
        nodes[key] = _as_value(Node(key, value, ASSUMPTIONS[key].unit, origin))
    return nodes


def _fact_node(world: Edition, key: str) -> Value:
    row = world.rows[key]
    origin = (f"fact {row.fact}, " if row.fact else "") + sourced(row.kind, row.source)
    return _as_value(Node(key, row.value, row.unit, origin))


def _numbers(value: Value) -> str:
    """A value over the years, or one number where the years agree."""
    distinct = np.unique(np.asarray(value, dtype=np.float64))
    shown = distinct if distinct.size == 1 else np.atleast_1d(np.asarray(value, dtype=np.float64)).ravel()
    return ", ".join(f"{number:,.6g}" for number in shown)


def _steps(node: Node, depth: int, seen: set[int]) -> Iterator[str]:
    """The arguments of a node, deepest last; a step shown before is named, not shown again."""
    for name, argument in node.arguments.items():
        if argument.origin == "constant" and not argument.unit:
            yield f"{'  ' * depth}{name} = {_numbers(argument.value)}"
            continue
        label = name if name == argument.name else f"{name}: {argument.name}"
        again = bool(argument.arguments) and id(argument) in seen
        origin = "shown above" if again else argument.origin
        yield f"{'  ' * depth}{label} = {_numbers(argument.value)} {argument.unit} <- {origin}"
        if argument.arguments and not again:
            seen.add(id(argument))
            yield from _steps(argument, depth + 1, seen)
