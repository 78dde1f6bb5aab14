"""The whole model as one graph of steps, so that it can be written down for whoever computes without Python.

The formulas are called with terms in place of numbers: a term remembers what is done to it. Nothing is parsed and no
formula knows of it. `model_graph()` is every step from the inputs to the outputs; it holds for every scenario, edition
and figure of one's own. `values_of` computes it, and a `Writer` spells it in another language.

Units and shapes are those of `model/projection.py`: a step is one number, or one by fiscal year, or one by year up to
the end of the longest programme.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import FunctionType
from typing import Any, ClassVar, Final, NoReturn, TypeAlias, cast

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin
from numpy.typing import NDArray

from model.editions import COMPANIES, DEFAULT_EDITION, EDITION_FACTS, HORIZON_YEARS, Edition, edition
from model.formulas import units
from model.outputs import OUTPUTS
from model.projection import LAST_YEAR, LATER, LONG_INDEX, SECTIONS, YEAR_INDEX, Inputs, compute, reference_trades
from model.registry import ASSUMPTIONS
from model.tracing import Node, Value, tracing

Array: TypeAlias = NDArray[np.float64]

ASSUMPTION: Final = "assumption"
REFERENCE: Final = "reference"
FACT: Final = "fact"
CONVERSION: Final = "conversion"
AXIS: Final = "axis"
SCENARIO: Final = "scenario"

CONVERSIONS: Final = {
    "usd_bn_per_kveh_usd": ("USD_BN_PER_KVEH_USD", "USD bn per thousand vehicles at one dollar"),
    "months_per_year": ("MONTHS_PER_YEAR", "months per year"),
    "half": ("HALF", "area of a triangle in that of its rectangle"),
}
"""Named conversions of the formulas: what they are called in the graph, in `units.py`, and what they are."""

HORIZON: Final = "horizon_yr"
AXES: Final[Mapping[str, tuple[Array, str]]] = {
    "year_index": (YEAR_INDEX, "Year, from 0"),
    "last_year": (LAST_YEAR, "1 in the last year"),
    "long_index": (LONG_INDEX, "Year, from 0, on past the horizon"),
    "later": (LATER, "1 after the horizon"),
    HORIZON: (np.array([float(HORIZON_YEARS)]), "Years of the horizon"),
}

_CONVERTERS: Final = frozenset({"jpy_bn"})
"""Formulas whose result is their first argument in another unit, and is called like it."""

_BY_UFUNC: Final = {
    np.add: "add", np.subtract: "subtract", np.multiply: "multiply", np.divide: "divide", np.power: "power",
    np.negative: "negate", np.minimum: "minimum", np.maximum: "maximum",
    np.greater: "greater", np.greater_equal: "greater_equal", np.less: "less", np.less_equal: "less_equal",
}  # fmt: skip


class UnwritableError(TypeError):
    """A formula does what the graph cannot hold; names the formula and what it does."""


@dataclass(frozen=True, slots=True, eq=False)
class Term(NDArrayOperatorsMixin):
    """A number, an input, a step, or an operation on terms.

    operation: "number", "input", "step", or what is done to the operands
    leaf: the number, the input's name, or the step's place in the graph
    """

    operation: str
    operands: tuple["Term", ...] = ()
    leaf: float | str | int = 0.0

    def __bool__(self) -> NoReturn:
        """Refuse: which way a formula goes on may not depend on a value."""
        raise UnwritableError("branches on a value")

    def __float__(self) -> NoReturn:
        """Refuse: there is no number yet."""
        raise UnwritableError("asks for the number behind a value")

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *operands: object, **options: object) -> "Term":
        """Take what numpy is called with in place of numbers."""
        if ufunc not in _BY_UFUNC or method != "__call__" or options:
            raise UnwritableError(f"calls numpy.{ufunc.__name__}, which the graph does not know")
        return operate(_BY_UFUNC[ufunc], *operands)

    def __array_function__(
        self, function: Any, types: Sequence[type], operands: Sequence[object], options: Mapping[str, object]
    ) -> "Term":
        """Take what numpy's other functions are called with: `where`, and `sum` over the years."""
        if function is np.where and not options:
            return operate("where", *operands)
        if function is np.sum and options == {"axis": -1, "keepdims": True}:
            return operate("sum", *operands)
        raise UnwritableError(f"calls numpy.{function.__name__} in a way that the graph does not know")

    @property
    def key(self) -> tuple[object, ...]:
        """What two equal terms have in common."""
        return (self.operation, self.leaf, *(operand.key for operand in self.operands))

    def leaves(self) -> Iterator["Term"]:
        """Every number, input and step that it is made of."""
        if not self.operands:
            yield self
        for operand in self.operands:
            yield from operand.leaves()


def number(value: float) -> Term:
    """A number as a term."""
    return Term("number", leaf=float(value))


def _is(term: Term, value: float) -> bool:
    return term.operation == "number" and term.leaf == value


def operate(operation: str, *given: object) -> Term:
    """An operation on terms and numbers; what changes no number is left out, exactly."""
    operands = tuple(one if isinstance(one, Term) else number(cast("float", one)) for one in given)
    first, last = operands[0], operands[-1]
    if operation != "sum" and all(one.operation == "number" for one in operands):
        return number(float(_COMPUTED[operation](*(cast("float", one.leaf) for one in operands))))
    if operation == "add" and _is(first, 0.0):
        return last
    if operation in ("add", "subtract") and _is(last, 0.0):
        return first
    if operation == "multiply" and (_is(first, 0.0) or _is(last, 0.0)):
        return number(0.0)
    if operation == "multiply" and _is(first, 1.0):
        return last
    if operation in ("multiply", "divide") and _is(last, 1.0):
        return first
    if operation == "divide" and _is(first, 0.0):
        return first
    return Term(operation, operands)


_COMPUTED: Final[Mapping[str, Any]] = {
    **{name: ufunc for ufunc, name in _BY_UFUNC.items()},
    "where": np.where,
    "sum": lambda array: np.sum(array, axis=-1, keepdims=True),
}


@dataclass(frozen=True, slots=True)
class Input:
    """What the model starts from: an assumption, its value in the reference, a fact, a conversion or an axis.

    name: the key of the registry or of the edition; in the reference `reference_` and the key
    key: of the assumption or fact
    width: how many numbers it has
    """

    name: str
    kind: str
    key: str
    unit: str
    width: int = 1


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the model: a formula of inputs and of other steps.

    label: what it is; meaning: what its formula says of itself, with the unit
    part: SCENARIO or REFERENCE; section: the heading it stands under
    term: how it is computed; width: how many numbers it has
    """

    place: int
    label: str
    unit: str
    part: str
    section: str
    meaning: str
    term: Term
    width: int


@dataclass(frozen=True, slots=True)
class Graph:
    """Every step from the inputs to the outputs; a step comes after those that it is made of.

    outputs: by name and company, "" where it has none; a step, an input or a number
    """

    inputs: Mapping[str, Input]
    steps: tuple[Step, ...]
    outputs: Mapping[tuple[str, str], Term]

    def sections(self, part: str) -> Iterator[tuple[str, tuple[Step, ...]]]:
        """The steps of a part under their headings, in the order in which they are read."""
        for section in SECTIONS:
            steps = tuple(step for step in self.steps if (step.part, step.section) == (part, section))
            if steps:
                yield section, steps

    def width(self, term: Term) -> int:
        """How many numbers a term has."""
        return _width(term, self.inputs, self.steps)


def _width(term: Term, inputs: Mapping[str, Input], steps: Sequence[Step]) -> int:
    if term.operation == "input":
        return inputs[cast("str", term.leaf)].width
    if term.operation == "step":
        return steps[cast("int", term.leaf)].width
    if term.operation == "sum":
        return 1
    widths = {_width(one, inputs, steps) for one in term.operands} - {1}
    if len(widths) > 1:
        raise UnwritableError(f"joins years of different lengths: {sorted(widths)}")
    return widths.pop() if widths else 1


def _declared_inputs() -> dict[str, Input]:
    found = [Input(key, ASSUMPTION, key, a.unit) for key, a in ASSUMPTIONS.items()]
    found += [Input(f"{REFERENCE}_{key}", REFERENCE, key, a.unit) for key, a in ASSUMPTIONS.items()]
    found += [Input(key, FACT, key, unit) for key, unit in EDITION_FACTS.items()]
    found += [Input(key, CONVERSION, key, "") for key in CONVERSIONS]
    found += [Input(key, AXIS, key, "yr" if key == HORIZON else "", len(numbers)) for key, (numbers, _) in AXES.items()]
    return {one.name: one for one in found}


class _Builder:
    """Takes traced nodes over, one step for all that are equal within a part."""

    def __init__(self, inputs: Mapping[str, Input]) -> None:
        self.inputs = inputs
        self.steps: list[Step] = []
        self._places: dict[tuple[object, ...], int] = {}
        self._terms: dict[int, Term] = {}
        self._kept: list[Node] = []
        self.part = REFERENCE
        self.output_names: dict[int, str] = {}

    def term(self, value: object) -> Term:
        """The term of a traced value."""
        if not isinstance(value, Node):
            return number(cast("float", value))
        if id(value) not in self._terms:
            self._kept.append(value)  # while it is kept, no other has its id
            self._terms[id(value)] = self._taken(value)
        return self._terms[id(value)]

    def _taken(self, node: Node) -> Term:
        if node.formula is None:
            if node.name in self.inputs:
                return Term("input", leaf=node.name)
            return number(cast("float", node.value))
        arguments = [self.term(argument) for argument in node.arguments.values()]
        term = applied(node.formula, arguments)
        label = self._label_of(node)
        return self._step(node, self._with_sums_apart(node, term, label), label)

    def _label_of(self, node: Node) -> str:
        """What a value is by its own words, as an output, by what it is converted from, or by its formula."""
        output = self.output_names.get(id(node), node.name)
        if node.label or output in OUTPUTS:
            return node.label or OUTPUTS[output].label
        first = next(iter(node.arguments.values()))
        return self._label_of(first) if node.name in _CONVERTERS and first.formula else short_meaning(node.origin)

    def _with_sums_apart(self, node: Node, term: Term, label: str) -> Term:
        """The term with what is summed over the years as steps of their own: a row is summed, not a calculation."""
        operands = tuple(self._with_sums_apart(node, one, label) for one in term.operands)
        if term.operation == "sum":
            (summed,) = operands
            if _width(summed, self.inputs, self.steps) == 1:
                raise UnwritableError(f"{node.name} sums over years what has no years")
            operands = (self._step(node, summed, f"{label}: by year"),)
        return replace(term, operands=operands)

    def _step(self, node: Node, term: Term, label: str) -> Term:
        if not term.operands:
            return term
        key = (self.part, *term.key)
        if key not in self._places:
            place = self._places[key] = len(self.steps)
            width = _width(term, self.inputs, self.steps)
            step = Step(place, label, node.unit, self.part, node.section, node.origin, term, width)
            self.steps.append(step)
        return Term("step", leaf=self._places[key])


def short_meaning(meaning: str) -> str:
    """The first words of what a formula says of itself, without its unit."""
    for mark in (" [", ":", ";", ", in expectation"):
        meaning = meaning.partition(mark)[0]
    return meaning.rstrip(".")


def applied(function: Any, arguments: Sequence[Term]) -> Term:
    """What a formula does to its arguments; UnwritableError, with the formula's name, where it cannot be held."""
    constants = {python: Term("input", leaf=name) for name, (python, _) in CONVERSIONS.items()}
    copy = FunctionType(
        function.__code__,
        {**function.__globals__, **constants},
        function.__name__,
        function.__defaults__,
        function.__closure__,
    )
    try:
        term = copy(*arguments)
    except TypeError as error:
        raise UnwritableError(f"{function.__name__}: {error}") from error
    if not isinstance(term, Term):
        raise UnwritableError(f"{function.__name__}: gives {type(term).__name__} in place of a value")
    return term


@cache
def model_graph() -> Graph:
    """The graph of the model, made once in about 50 ms."""
    inputs = _declared_inputs()
    world = edition(DEFAULT_EDITION)

    def nodes(kind: str, values: Mapping[str, float]) -> dict[str, Value]:
        named = {one.key: one for one in inputs.values() if one.kind == kind}
        return {key: _as_value(Node(named[key].name, value, named[key].unit, kind)) for key, value in values.items()}

    axes = {key: _as_value(Node(key, numbers, inputs[key].unit, AXIS)) for key, (numbers, _) in AXES.items()}
    given = Inputs(
        nodes(FACT, world.facts), nodes(REFERENCE, world.defaults), nodes(ASSUMPTION, world.defaults), **axes
    )
    builder = _Builder(inputs)
    with tracing(whole=True):
        base = reference_trades(given)
        for one in base.values():
            for value in _fields_of(one):
                builder.term(value)
        computed = compute(given, base)
    builder.part = SCENARIO
    found: dict[tuple[str, str], Value] = {}
    for name, output in OUTPUTS.items():
        if output.scope == "company":
            found |= {(name, company): computed.company[company][name] for company in COMPANIES}
        elif output.scope == "once_company":
            found |= {(name, company): computed.once_company[name][company] for company in COMPANIES}
        else:
            found[name, ""] = (computed.plant if output.scope == "plant" else computed.once)[name]
    builder.output_names = {id(value): name for (name, _), value in reversed(found.items())}
    outputs = {which: builder.term(value) for which, value in found.items()}
    return _without_unused(Graph(inputs, tuple(builder.steps), outputs))


def _as_value(node: Node) -> Value:
    return node  # type: ignore[return-value]  # formulas take nodes in place of numbers


def _fields_of(record: Any) -> Iterator[object]:
    return (getattr(record, name) for name in record.__dataclass_fields__)


def _without_unused(graph: Graph) -> Graph:
    """The graph without the steps that no output needs."""
    used: set[int] = set()
    open_terms = list(graph.outputs.values())
    while open_terms:
        for leaf in open_terms.pop().leaves():
            if leaf.operation == "step" and leaf.leaf not in used:
                used.add(cast("int", leaf.leaf))
                open_terms.append(graph.steps[cast("int", leaf.leaf)].term)
    places = {old: new for new, old in enumerate(sorted(used))}

    def moved(term: Term) -> Term:
        if term.operation == "step":
            return Term("step", leaf=places[cast("int", term.leaf)])
        return replace(term, operands=tuple(moved(one) for one in term.operands)) if term.operands else term

    steps = tuple(
        replace(graph.steps[old], place=new, term=moved(graph.steps[old].term)) for old, new in places.items()
    )
    return Graph(graph.inputs, steps, {which: moved(term) for which, term in graph.outputs.items()})


def input_values(values: Mapping[str, float], world: Edition) -> dict[str, Array]:
    """Every input of the graph as numbers; values: every assumption of the scenario."""
    found: dict[str, float] = {**values, **world.facts}
    found |= {f"{REFERENCE}_{key}": value for key, value in world.defaults.items()}
    found |= {name: getattr(units, python) for name, (python, _) in CONVERSIONS.items()}
    return {name: np.array([value]) for name, value in found.items()} | {
        key: numbers for key, (numbers, _) in AXES.items()
    }


def value_of(term: Term, inputs: Mapping[str, Array], steps: Sequence[Array]) -> Array:
    """What a term is worth, given what inputs and earlier steps are."""
    if term.operation == "number":
        return np.array([cast("float", term.leaf)])
    if term.operation == "input":
        return inputs[cast("str", term.leaf)]
    if term.operation == "step":
        return steps[cast("int", term.leaf)]
    operands = [value_of(one, inputs, steps) for one in term.operands]
    return np.asarray(_COMPUTED[term.operation](*operands), dtype=np.float64)


def values_of(graph: Graph, inputs: Mapping[str, Array]) -> list[Array]:
    """The value of every step, by its place."""
    found: list[Array] = []
    for step in graph.steps:
        found.append(np.broadcast_to(value_of(step.term, inputs, found), (step.width,)))
    return found


COMPARE, ADD, MULTIPLY, POWER, ATOM = range(5)
"""How strongly an operation binds its operands; of the last kind need no brackets."""

_BINDS: Final = {
    "greater": COMPARE, "greater_equal": COMPARE, "less": COMPARE, "less_equal": COMPARE,
    "add": ADD, "subtract": ADD, "negate": ADD, "multiply": MULTIPLY, "divide": MULTIPLY, "power": POWER,
}  # fmt: skip


class Writer:
    """Spells terms in a language: signs between operands, calls, and what leaves are called.

    A right operand stands in brackets unless it binds tighter, for a + (b + c) is another floating number than
    a + b + c; what is raised, and what it is raised to, unless it is a leaf, for a spreadsheet takes -2 ^ 2 for 4.
    """

    signs: ClassVar[Mapping[str, str]] = {
        "greater": ">", "greater_equal": ">=", "less": "<", "less_equal": "<=",
        "add": "+", "subtract": "-", "negate": "-", "multiply": "*", "divide": "/",
    }  # fmt: skip
    calls: ClassVar[Mapping[str, str]] = {}

    def leaf(self, term: Term) -> str:
        """What an input or a step is called."""
        raise NotImplementedError

    def number(self, value: float) -> str:
        """A number as it is typed."""
        return str(int(value)) if value.is_integer() else repr(value)

    def write(self, term: Term) -> str:
        """The term in this language."""
        return self._written(term)[0]

    def _written(self, term: Term) -> tuple[str, int]:
        if term.operation == "number":
            value = cast("float", term.leaf)
            return self.number(value), ATOM if value >= 0.0 else ADD
        if not term.operands:
            return self.leaf(term), ATOM
        if term.operation in self.calls:
            return self.call(self.calls[term.operation], [self.write(one) for one in term.operands]), ATOM
        if term.operation not in self.signs:
            raise UnwritableError(f"{type(self).__name__} has no word for {term.operation}")
        sign, binds = self.signs[term.operation], _BINDS[term.operation]
        tight = binds == POWER
        if len(term.operands) == 1:
            return sign + self._operand(term.operands[0], ATOM), binds
        left, right = term.operands
        return self._operand(left, ATOM if tight else binds) + sign + self._operand(right, self.right(binds)), binds

    def right(self, binds: int) -> int:
        """How tightly a right operand has to bind to need no brackets."""
        return ATOM if binds == POWER else binds + 1

    def call(self, name: str, operands: Sequence[str]) -> str:
        """A function of this language with its arguments."""
        return f"{name}({','.join(operands)})"

    def _operand(self, term: Term, at_least: int) -> str:
        text, binds = self._written(term)
        return text if binds >= at_least else f"({text})"
