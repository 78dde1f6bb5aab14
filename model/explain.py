"""How one output was computed: each step with its name, value, unit and where the number came from."""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np

from data.facts import facts, sourced
from model.editions import COMPANIES, COMPANY_LABELS, EDITION_FACTS, HORIZON_YEARS, Edition, edition, edition_words
from model.links import Scenario, number_text
from model.outputs import OUTPUTS
from model.projection import LAST_YEAR, LATER, LONG_INDEX, YEAR_INDEX, Computed, Inputs, compute, reference_trades
from model.registry import ASSUMPTIONS
from model.tracing import ASSUMPTION, FACT, Leaf, Node, Value, tracing
from model.worlds import WORLDS


def explain(name: str, scenario: Scenario) -> str:
    """The computation of an output as indented lines, for each company it exists for.

    Each line: step = value over the years [unit], then its meaning, or the source of a number.
    Raises KeyError for an unknown output.
    """
    roots = calculation(name, scenario)
    yearly = OUTPUTS[name].scope in ("company", "plant")
    world = edition_words(scenario.edition)
    lines = [f"{OUTPUTS[name].label} [{OUTPUTS[name].unit}], edition {world}, years {_years(scenario)}"]
    for whose, node in roots.items():
        title = f"{COMPANY_LABELS[whose]}: {name}" if whose else name
        value = node.value if yearly else np.ravel(node.value)[-1]  # single outputs are those of the last year
        lines += ["", f"{title} = {_numbers(value)} {OUTPUTS[name].unit}", *_steps(node, 1, set())]
    return "\n".join(lines)


def _years(scenario: Scenario) -> str:
    years = edition(scenario.edition).years
    return f"{years[0]} to {years[-1]}"


def calculation(name: str, scenario: Scenario) -> dict[str, Node]:
    """The computation of an output as a tree, by company ("" where it has none).

    Its leaves are facts and assumptions. Raises KeyError for an unknown output.
    """
    return _nodes_of(name, _traced(scenario))


def calculations(scenario: Scenario) -> dict[tuple[str, str], Node]:
    """The computation of every output, by name and company."""
    computed = _traced(scenario)
    return {(name, whose): node for name in OUTPUTS for whose, node in _nodes_of(name, computed).items()}


def _nodes_of(name: str, computed: Computed) -> dict[str, Node]:
    output = OUTPUTS[name]
    found: dict[str, Value]
    if output.scope == "company":
        found = {company: computed.company[company][name] for company in COMPANIES}
    elif output.scope == "once_company":
        found = computed.once_company[name]
    else:
        found = {"": (computed.plant if output.scope == "plant" else computed.once)[name]}
    return {
        whose: value if isinstance(value, Node) else _given(name, value, output.help, output.unit, _BY_DEFINITION)
        for whose, value in found.items()
    }


def _traced(scenario: Scenario) -> Computed:
    """Every output as a node."""
    world = edition(scenario.edition)
    defaults = _nodes(world, world.defaults, world.defaults)
    facts: dict[str, Value] = {key: _fact_node(world, key) for key in EDITION_FACTS}
    calendar = f"the calendar of the edition, {_years(scenario)}"

    def counted(name: str, value: Value, meaning: str, unit: str = "") -> Value:
        return _as_value(_given(name, value, meaning, unit, calendar))

    inputs = Inputs(
        facts,
        defaults,
        {**_nodes(world, scenario.asked, world.defaults), **_fixed_nodes(scenario)},
        counted("year_index", YEAR_INDEX, "fiscal years after the first"),
        counted("last_year", LAST_YEAR, "1 in the last fiscal year"),
        counted("long_index", LONG_INDEX, "fiscal years after the first, on past the horizon"),
        counted("later", LATER, "1 after the horizon"),
        counted("horizon_yr", float(HORIZON_YEARS), "years of the horizon", "yr"),
    )
    with tracing():
        return compute(inputs, reference_trades(inputs))


_BY_DEFINITION: Final = "by definition: the other company alone has it"


def _given(name: str, value: Value, meaning: str, unit: str, source: str) -> Node:
    """What holds by the edition's calendar or by definition, which the source says."""
    return Node(name, value, unit, meaning, leaf=Leaf(FACT, name, source=source))


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
        leaf = _leaf(world, ASSUMPTION, key, defaults[key] if moved else None)
        nodes[key] = _as_value(Node(key, value, ASSUMPTIONS[key].unit, origin, leaf=leaf))
    return nodes


def _fixed_nodes(scenario: Scenario) -> dict[str, Value]:
    """What the scenario's world fixes, as nodes that say so."""
    origin = f"fixed: {WORLDS[scenario.world].lower()}"
    leaves = {key: _leaf(edition(scenario.edition), ASSUMPTION, key, scenario.asked[key]) for key in scenario.fixed}
    return {
        key: _as_value(Node(key, scenario.values[key], ASSUMPTIONS[key].unit, origin, leaf=leaf))
        for key, leaf in leaves.items()
    }


def _fact_node(world: Edition, key: str) -> Value:
    row = world.rows[key]
    origin = (f"fact {row.fact}, " if row.fact else "") + sourced(row.kind, row.source)
    return _as_value(Node(key, row.value, row.unit, origin, leaf=_leaf(world, FACT, key)))


def _leaf(world: Edition, sort: str, key: str, set_from: float | None = None) -> Leaf:
    """Where the value of a fact or an assumption comes from: from its source, unless it was set."""
    source, kind = world.source_of(key)
    row = world.rows.get(key)
    as_of = facts()[row.fact].as_of if row and row.fact else world.name
    if set_from is not None:
        return Leaf(sort, key, set_from=set_from)
    return Leaf(sort, key, kind, source, as_of, row.url if row else "")


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
