"""How a formula is written with the numbers it was given: read from its own code, so that it is written once."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

import numpy as np

from model.tracing import Node, Value

MOST_TERMS: Final = 8
"""Numbers in an equation that is still read; a longer one is told by its formula's meaning."""

_SIGNS: Final[Mapping[type[ast.operator], tuple[str, int]]] = {
    ast.Add: ("+", 1),
    ast.Sub: ("\N{MINUS SIGN}", 1),
    ast.Mult: ("\N{MULTIPLICATION SIGN}", 2),
    ast.Div: ("\N{DIVISION SIGN}", 2),
    ast.Pow: ("^", 3),
}
_ATOM: Final = 4
_TURNS_UNITS: Final = "USD_BN_PER_KVEH_USD"  # thousands of cars at dollars each, in billions
_CHOICES: Final = {"minimum": "the smaller of", "maximum": "the larger of"}


class _UnwrittenError(Exception):
    """The formula holds something that is told in words only."""


@cache
def _code(function: Callable[..., Value]) -> tuple[ast.expr, Mapping[str, ast.expr], str]:
    """What a formula returns, its steps before by name, and the name of its open list of arguments."""
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    assert isinstance(tree, ast.FunctionDef)
    steps: dict[str, ast.expr] = {}
    for line in tree.body:
        if isinstance(line, ast.AnnAssign) and line.value is not None and isinstance(line.target, ast.Name):
            steps[line.target.id] = line.value
        elif isinstance(line, ast.Assign):
            (target,) = line.targets
            if isinstance(target, ast.Name):
                steps[target.id] = line.value
            elif isinstance(target, ast.Tuple) and isinstance(line.value, ast.Tuple):
                steps |= {
                    name.id: value
                    for name, value in zip(target.elts, line.value.elts, strict=True)
                    if isinstance(name, ast.Name)
                }
    last = tree.body[-1]
    assert isinstance(last, ast.Return)
    assert last.value is not None
    return last.value, steps, tree.args.vararg.arg if tree.args.vararg else ""


def equation(node: Node, say: Callable[[Node], str]) -> str:
    """The right side of a node's equation, such as "364 \N{MINUS SIGN} 112"; empty where words tell it better.

    say: a number in words. A factor that only turns units is left out: the units stand with the numbers.
    """
    if node.formula is None:
        return ""
    result, steps, open_list = _code(node.formula)
    if len(node.arguments) > MOST_TERMS:
        return ""
    if open_list:
        return " + ".join(map(say, node.arguments.values()))
    writer = _Writer(node, steps, say)
    try:
        text, _ = writer.write(result)
    except _UnwrittenError:
        return ""
    return text if writer.terms <= MOST_TERMS else ""


class _Writer:
    def __init__(self, node: Node, steps: Mapping[str, ast.expr], say: Callable[[Node], str]) -> None:
        self.node, self.steps, self.say = node, steps, say
        self.terms = 0

    def write(self, code: ast.expr) -> tuple[str, int]:
        """Text of an expression, and how tightly it binds."""
        if isinstance(code, ast.BinOp) and type(code.op) in _SIGNS:
            return self._sign(code)
        if isinstance(code, ast.UnaryOp) and isinstance(code.op, ast.USub):
            text, binds = self.write(code.operand)
            return f"\N{MINUS SIGN}{text if binds == _ATOM else f'({text})'}", 1
        if isinstance(code, ast.Constant) and isinstance(code.value, int | float):
            return f"{code.value:g}", _ATOM
        if isinstance(code, ast.Name):
            return self._name(code.id)
        if isinstance(code, ast.Call) and isinstance(code.func, ast.Attribute):
            if code.func.attr in _CHOICES:
                texts = " and ".join(self.write(argument)[0] for argument in code.args)
                return f"{_CHOICES[code.func.attr]} ({texts})", _ATOM
            if code.func.attr == "sum":
                return f"the sum over the years of {self.write(code.args[0])[0]}", 0
            if code.func.attr == "where":
                return self._where(*code.args)
        raise _UnwrittenError

    def _name(self, name: str) -> tuple[str, int]:
        if name in self.node.arguments:
            self.terms += 1
            return self.say(self.node.arguments[name]), _ATOM
        if name in self.steps:
            return self.write(self.steps[name])
        value = getattr(inspect.getmodule(self.node.formula), name, None)
        if isinstance(value, float):
            return f"{value:g}", _ATOM
        raise _UnwrittenError

    def _where(self, asked: ast.expr, then: ast.expr, otherwise: ast.expr) -> tuple[str, int]:
        """What holds of the two, where it is the same in all years."""
        if not (isinstance(asked, ast.Compare) and isinstance(asked.left, ast.Name)):
            raise _UnwrittenError
        above = np.asarray(self.node.arguments[asked.left.id].value) > 0.0
        if above.all() == above.any():
            return self.write(then if above.all() else otherwise)
        raise _UnwrittenError

    def _sign(self, code: ast.BinOp) -> tuple[str, int]:
        sign, binds = _SIGNS[type(code.op)]
        if isinstance(code.right, ast.Name) and code.right.id == _TURNS_UNITS:
            return self.write(code.left)
        left, of_left = self.write(code.left)
        right, of_right = self.write(code.right)
        left = left if of_left >= binds else f"({left})"
        strict = isinstance(code.op, ast.Sub | ast.Div | ast.Pow)
        right = right if of_right > binds or (of_right == binds and not strict) else f"({right})"
        return f"{left} {sign} {right}", binds
