"""The model as one JavaScript function, from its graph: inputs in, every output out, and no library."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import ClassVar, Final, cast

from model.editions import HORIZON_YEARS
from model.formulas import units
from model.graph import AXES, AXIS, CONVERSION, CONVERSIONS, Graph, Term, Writer, model_graph
from model.outputs import OUTPUTS
from pages.kit.results import result_name

_YEAR: Final = "[i]"
"""Behind what changes by year, inside of what is computed for each."""


class ScriptWriter(Writer):
    """Spells terms in JavaScript: inputs by their keys, steps by their places, and of what has years the year's."""

    signs: ClassVar[Mapping[str, str]] = {**Writer.signs, "power": "**"}
    calls: ClassVar[Mapping[str, str]] = {"minimum": "min", "maximum": "max", "where": "?", "sum": "sum"}

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def leaf(self, term: Term) -> str:
        """What an input or a step is called."""
        name = str(term.leaf) if term.operation == "input" else f"s{term.leaf}"
        return name if self._graph.width(term) == 1 else f"{name}{_YEAR}"

    def call(self, name: str, operands: Sequence[str]) -> str:
        """A function; a choice is JavaScript's own, and what is summed is the row of years."""
        if name == "?":
            condition, chosen, other = operands
            return f"({condition}?{chosen}:{other})"
        if name == "sum":
            return f"sum({operands[0].removesuffix(_YEAR)})"
        return super().call(name, operands)

    def row(self, term: Term, width: int) -> str:
        """The term as one number, or as one for each year."""
        text = self.write(term)
        return text if width == 1 else f"years({width},i=>{text})"


def _lines(graph: Graph, writer: ScriptWriter) -> Iterator[str]:
    given = [one.name for one in graph.inputs.values() if one.kind not in (AXIS, CONVERSION)]
    yield f"function model({{{','.join(given)}}}){{"
    yield "const {min,max}=Math;"
    yield "const years=(count,of)=>Array.from({length:count},(_,i)=>of(i));"
    yield "const sum=row=>row.reduce((total,one)=>total+one,0);"
    for name, (python, _) in CONVERSIONS.items():
        yield f"const {name}={writer.number(getattr(units, python))};"
    for name, (numbers, _) in AXES.items():
        row = ",".join(map(writer.number, numbers.tolist()))
        yield f"const {name}={row if len(numbers) == 1 else f'[{row}]'};"
    for step in graph.steps:
        yield f"const s{step.place}={writer.row(step.term, step.width)};"
    yield "return {"
    for (name, company), term in graph.outputs.items():
        yield f'"{result_name(name, company)}":{_result(writer, graph, name, term)},'
    yield "};"
    yield "}"


def _result(writer: ScriptWriter, graph: Graph, name: str, term: Term) -> str:
    """An output by year; of one without years the number, which of what has years is the last year's."""
    if OUTPUTS[name].scope in ("company", "plant"):
        return writer.row(term, HORIZON_YEARS)
    text, width = writer.write(term), graph.width(term)
    return text if width == 1 else text.replace(_YEAR, f"[{width - 1}]")


@cache
def model_script() -> str:
    """A function `model` of the inputs by name to the results by their names in links.

    The inputs are those of `input_values`, but for conversions and axes, which never change: an assumption, its value
    in the reference, or a fact, each as one number.
    """
    return "\n".join(_lines(model_graph(), ScriptWriter(model_graph())))


def script_inputs(values: Mapping[str, object]) -> dict[str, float]:
    """What the function is given of the graph's inputs."""
    kinds = {one.name: one.kind for one in model_graph().inputs.values()}
    return {
        name: float(cast("Sequence[float]", value)[0])
        for name, value in values.items()
        if kinds[name] not in (AXIS, CONVERSION)
    }
