"""Formulas are arithmetic of named values: no number, no branch, no function beyond what a cell can hold."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

MODEL = Path(__file__).parents[2] / "model"
FORMULA_FILES = sorted(path for path in (MODEL / "formulas").glob("*.py") if path.name != "__init__.py")
WITH_LITERALS = {"units.py"}
NUMPY_FUNCTIONS = {"minimum", "maximum", "where", "sum"}
IMPORTS = {"numpy", "model.formulas.units", "model.tracing"}
BRANCHES = (ast.If, ast.IfExp, ast.Match, ast.For, ast.While, ast.Try, ast.BoolOp, ast.Lambda, ast.comprehension)

each_file = pytest.mark.parametrize("path", FORMULA_FILES, ids=lambda path: path.name)


def functions(path: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)]


FORMULAS = [(path, function) for path in FORMULA_FILES for function in functions(path)]
each_formula = pytest.mark.parametrize("function", [f for _, f in FORMULAS], ids=[f.name for _, f in FORMULAS])


def numbers(tree: ast.AST) -> Iterator[tuple[int, float]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
            yield node.lineno, node.value


def test_there_are_formulas() -> None:
    assert {path.name for path in FORMULA_FILES} >= {"tariffs.py", "market.py", "plant.py", "alliance.py", "finance.py"}
    assert len(FORMULAS) > 50


@pytest.mark.parametrize(
    "path", [*(p for p in FORMULA_FILES if p.name not in WITH_LITERALS), MODEL / "projection.py"], ids=lambda p: p.name
)
def test_formulas_hold_no_number_but_zero_and_one(path: Path) -> None:
    found = [
        f"{path.name}:{line}: {value}" for line, value in numbers(ast.parse(path.read_text())) if value not in (0, 1)
    ]
    assert not found, "a number belongs in data/, in the registry or, as a named conversion, in units.py"


@each_file
def test_formulas_import_nothing_but_numpy_units_and_tracing(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            assert {name.name for name in node.names} <= IMPORTS
        elif isinstance(node, ast.ImportFrom):
            assert node.module in IMPORTS


@each_file
def test_formulas_use_only_arithmetic_powers_minimum_maximum_where_and_sum(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute):
            assert isinstance(node.value, ast.Name), f"{path.name}:{node.lineno}"
            assert node.value.id == "np", f"{path.name}:{node.lineno}"
            assert node.attr in NUMPY_FUNCTIONS, f"{path.name}:{node.lineno}: np.{node.attr}"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id in ("formula", "sum"), f"{path.name}:{node.lineno}: {node.func.id}"


@each_formula
def test_a_formula_does_not_branch(function: ast.FunctionDef) -> None:
    assert not [type(node).__name__ for node in ast.walk(function) if isinstance(node, BRANCHES)]


@each_formula
def test_a_formula_reads_every_argument(function: ast.FunctionDef) -> None:
    arguments = {a.arg for a in [*function.args.args, *function.args.kwonlyargs]}
    arguments |= {function.args.vararg.arg} if function.args.vararg else set()
    read = {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    assert arguments <= read, f"never read: {arguments - read}"


@each_formula
def test_a_formula_says_its_unit_in_the_first_line_of_its_docstring(function: ast.FunctionDef) -> None:
    first = (ast.get_docstring(function) or "").partition("\n")[0]
    assert "[" in first or first.startswith("Sum of"), first
    assert first.partition("[")[0][:1].isupper()


@each_formula
def test_a_formula_with_several_arguments_says_what_each_is(function: ast.FunctionDef) -> None:
    """Each argument has its line, unless its name and the first line say it all."""
    doc = ast.get_docstring(function) or ""
    _, _, lines = doc.partition("\n")
    for argument in function.args.args if lines.strip() else []:
        assert argument.arg in lines, f"{function.name} says nothing of {argument.arg}"


@each_formula
def test_a_formula_declares_its_unit(function: ast.FunctionDef) -> None:
    (decorator,) = function.decorator_list
    assert isinstance(decorator, ast.Call)
    assert isinstance(decorator.func, ast.Name)
    assert decorator.func.id == "formula"
    (unit,) = decorator.args
    assert isinstance(unit, ast.Constant)
    assert unit.value in UNITS_OF_FORMULAS


UNITS_OF_FORMULAS = (
    "share", "ratio", "yr", "kveh", "USD bn", "USD per vehicle", "JPY bn", "JPY", "JPY per USD", "",
)  # fmt: skip
"""The last is the unit of the first argument, see `model.tracing.formula`."""


@each_formula
def test_a_formula_without_a_unit_of_its_own_names_the_argument_that_gives_it(function: ast.FunctionDef) -> None:
    (decorator,) = function.decorator_list
    assert isinstance(decorator, ast.Call)
    own = ast.unparse(decorator.args[0]) != "''"
    first = (ast.get_docstring(function) or "").partition("\n")[0]
    assert own != (f"[unit of {function.args.args[0].arg if function.args.args else ''}]" in first)


def test_every_formula_is_used() -> None:
    """A formula is called by the projection, or by another formula."""
    called = {
        node.attr if isinstance(node, ast.Attribute) else node.id
        for path in MODEL.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute | ast.Name)
    }
    assert not {f.name for _, f in FORMULAS} - called
