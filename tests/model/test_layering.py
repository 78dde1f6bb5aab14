"""Imports run one way: pages -> model -> data. The model knows no page, no clock and no chance."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODEL_MAY_IMPORT = ("numpy", "model", "data.facts", "data.editions", "data.story")
PAGE_LIBRARIES = ("streamlit", "altair")
CLOCKS = {"time", "datetime", "calendar", "zoneinfo"}
CHANCE = {"random", "secrets", "uuid"}
SEEDED = {"default_rng", "Generator", "PCG64", "Philox"}


def python_files(folder: str) -> list[Path]:
    return sorted(path for path in (ROOT / folder).rglob("*.py") if "__pycache__" not in path.parts)


SOURCES = [path for folder in ("model", "data", "pages") for path in python_files(folder)]
SOURCES += [path for path in [ROOT / "app.py"] if path.exists()]


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    """Full names of imported modules; `from a import b` counts as a and as a.b."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""
            yield from (f"{node.module}.{name.name}" for name in node.names)


def within(module: str, allowed: tuple[str, ...]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in allowed)


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


each_of_model = pytest.mark.parametrize("path", python_files("model"), ids=relative)
each_of_data = pytest.mark.parametrize("path", python_files("data"), ids=relative)
PARTS = ROOT / "pages" / "parts"
DRAWING = (
    "addresses.py",
    "boxes.py",
    "controls.py",
    "copy_text.py",
    "figures.py",
    "headings.py",
    "peers/controls.py",
    "sharing.py",
    "state.py",
    "stocks/controls.py",
    "sure/controls.py",
)
"""Parts that know Streamlit. Every other part only computes, whatever room it is in."""

DRAWING_MODULES = tuple(f"pages.parts.{name.removesuffix('.py').replace('/', '.')}" for name in DRAWING)
FIGURES = [path for path in python_files("pages/parts") if path.relative_to(PARTS).as_posix() not in DRAWING]
each_of_figures = pytest.mark.parametrize("path", FIGURES, ids=relative)
each_source = pytest.mark.parametrize("path", SOURCES, ids=relative)


def test_there_is_something_to_look_at() -> None:
    assert len(python_files("model")) > 10
    assert len(python_files("data")) > 2
    assert len(FIGURES) > 50
    assert all("streamlit" in imported(PARTS / name) for name in DRAWING)


@each_of_model
def test_the_model_imports_only_the_standard_library_numpy_and_facts(path: Path) -> None:
    for module in imported(path):
        assert module.partition(".")[0] in sys.stdlib_module_names or within(module, MODEL_MAY_IMPORT), module


@each_of_data
def test_data_imports_neither_model_nor_pages(path: Path) -> None:
    for module in imported(path):
        assert not within(module, ("model", "pages", "app", *PAGE_LIBRARIES)), module


@each_source
def test_only_pages_and_the_app_know_the_page_libraries(path: Path) -> None:
    if path.relative_to(ROOT).parts[0] not in ("pages", "app.py"):
        assert not [module for module in imported(path) if within(module, PAGE_LIBRARIES)]


@each_of_figures
def test_tables_charts_and_findings_know_no_streamlit(path: Path) -> None:
    assert not [module for module in imported(path) if within(module, ("streamlit", *DRAWING_MODULES))]


@each_source
def test_nothing_imports_the_app_or_the_tests(path: Path) -> None:
    assert not [module for module in imported(path) if within(module, ("app", "tests"))]


@each_of_model
def test_the_model_prints_only_on_the_command_line(path: Path) -> None:
    if path.name != "__main__.py":
        calls = [node.func for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
        assert not [f for f in calls if isinstance(f, ast.Name) and f.id in ("print", "input", "open", "eval", "exec")]


@each_of_model
def test_the_model_knows_no_clock_and_no_chance_without_a_seed(path: Path) -> None:
    assert not {module.partition(".")[0] for module in imported(path)} & (CLOCKS | CHANCE)
    assert "numpy.random" not in imported(path)
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute) and node.value.attr == "random":
            assert node.attr in SEEDED, f"{path.name}:{node.lineno}: np.random.{node.attr}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SEEDED:
            assert node.args or node.keywords, f"{path.name}:{node.lineno}: {node.func.attr} without a seed"


@each_of_model
def test_formulas_do_not_know_where_their_inputs_come_from(path: Path) -> None:
    if path.parent.name == "formulas":
        assert not [m for m in imported(path) if within(m, ("model.registry", "model.editions", "data"))]
