"""Formulas that can say how their result came about.

A formula is a plain function of floats or arrays. Called with plain values it is just that function;
within `tracing()` and given `Node`s it returns a `Node` that remembers the formula, the arguments
and the value, so that any output can be explained back to its facts and assumptions, and the whole
model be written down as one graph (`model/graph.py`).
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Final, ParamSpec, TypeAlias, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

Value: TypeAlias = float | NDArray[np.float64]
"""A float, an array over the years (5,), over draws (draws, 1), or over both (draws, 5)."""


@dataclass(slots=True)
class _Trace:
    """What is remembered beside the nodes: whether all is traced, and the section that is being computed."""

    whole: bool
    section: str = ""


_TRACE: ContextVar[_Trace | None] = ContextVar("trace", default=None)

P = ParamSpec("P")
R = TypeVar("R")


FACT: Final = "fact"
ASSUMPTION: Final = "assumption"
"""Sorts of leaves: what an edition states or what holds by its calendar or by definition, and what can be moved."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """Where a number comes from that nothing was computed from.

    sort: FACT or ASSUMPTION
    key: of the edition's fact or of the assumption
    kind: how its source knows it, of `data.facts.KINDS`; empty where the scenario sets it, and where it holds by the
        edition's calendar or by definition, which `source` then says
    as_of: date of the source's figure, or the edition; url: address of the source, or empty
    set_from: the edition's default that the scenario moved it from, or that its world fixed it from
    """

    sort: str
    key: str
    kind: str = ""
    source: str = ""
    as_of: str = ""
    url: str = ""
    set_from: float | None = None

    @property
    def is_given(self) -> bool:
        """Whether it holds by the edition's calendar or by definition, and no source knows it."""
        return not self.kind and self.set_from is None


@dataclass(frozen=True, slots=True)
class Node:
    """A value with its origin: a named input (no `arguments`) or the result of a formula.

    leaf: of an input; formula: the function that gave the result, to be called with its arguments in their order
    label: what the value is, for people, where the projection says it; section: the part of the model it belongs to
    """

    name: str
    value: Value
    unit: str
    origin: str
    arguments: Mapping[str, "Node"] = field(default_factory=dict)
    leaf: Leaf | None = None
    formula: Callable[..., "Value"] | None = None
    label: str = ""
    section: str = ""


@contextmanager
def tracing(whole: bool = False) -> Iterator[None]:
    """Within this block formulas remember how they came to their results.

    whole: also what these numbers do not need, so that the trace holds for all numbers
    """
    token = _TRACE.set(_Trace(whole))
    try:
        yield
    finally:
        _TRACE.reset(token)


def traces_all() -> bool:
    """Whether nothing may be left out because the numbers at hand do not need it."""
    trace = _TRACE.get()
    return trace is not None and trace.whole


def heading(section: str) -> None:
    """What is computed from here on belongs to this section, until the next heading."""
    trace = _TRACE.get()
    if trace is not None:
        trace.section = section


def plain(value: object) -> object:
    """The number behind a value, which may be a `Node`."""
    return value.value if isinstance(value, Node) else value


def named(name: str, value: Value) -> Value:
    """The value, and where it is being traced, under a name of its own."""
    return cast("Value", replace(value, name=name)) if isinstance(value, Node) else value


def labelled(label: str, value: Value, which: str = "") -> Value:
    """The value, and where it is being traced, what it is in words for people; which: what the words go on with."""
    return cast("Value", replace(value, label=label + which)) if isinstance(value, Node) else value


def named_arguments(names: tuple[str, ...], args: tuple[object, ...]) -> list[tuple[str, object]]:
    """Pair arguments with parameter names; arguments beyond them (of a sum) go by their own names."""
    extra = [a.name if isinstance(a, Node) else f"item_{i}" for i, a in enumerate(args[len(names) :], start=1)]
    labels = [*names[: len(args)], *(f"{n} ({i})" if extra.count(n) > 1 else n for i, n in enumerate(extra, start=1))]
    return list(zip(labels, args, strict=True))


def formula(unit: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a function as a formula whose result has this unit; without one, it has that of the first argument."""

    def mark(function: Callable[P, R]) -> Callable[P, R]:
        # getattr: typing's Callable has neither a name nor code, the functions marked here do
        name: str = getattr(function, "__name__")  # noqa: B009
        code = getattr(function, "__code__")  # noqa: B009
        parameter_names: tuple[str, ...] = code.co_varnames[: code.co_argcount]
        meaning = (function.__doc__ or "").partition("\n")[0]

        @wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> R:
            trace = _TRACE.get()
            if trace is None:
                return function(*args, **kwargs)
            untraced = cast("Callable[..., Value]", function)
            value = untraced(*(plain(a) for a in args), **{n: plain(a) for n, a in kwargs.items()})
            given = {**dict(named_arguments(parameter_names, args)), **kwargs}
            arguments = {
                n: a if isinstance(a, Node) else Node(n, cast("Value", a), "", "constant") for n, a in given.items()
            }
            of_first = next((a.unit for a in arguments.values()), "")
            return cast(
                "R", Node(name, value, unit or of_first, meaning, arguments, formula=untraced, section=trace.section)
            )

        return call

    return mark
