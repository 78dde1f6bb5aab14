"""Imports run one way: pages -> model -> data. The model knows no page, no clock and no chance.

Within the model, `analysis` asks the rest and may use SciPy and pandas; the rest does not know it.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODEL_MAY_IMPORT = ("numpy", "model", "data.facts", "data.editions", "data.story")
ANALYSIS = "model.analysis"
ANALYSIS_MAY_IMPORT = (*MODEL_MAY_IMPORT, "scipy", "pandas")
TABLES_FROM_PYTHON = ROOT / "model" / "front.py"
"""The one module of the model that knows pandas; tests/model/test_front.py holds when it loads it."""

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
PAGES = ROOT / "pages"
DRAWING = (
    "kit/addresses.py",
    "kit/boxes.py",
    "kit/copy_text.py",
    "kit/edition_line.py",
    "kit/folds.py",
    "kit/show.py",
    "kit/whence.py",
    "kit/headings.py",
    "kit/measure_controls.py",
    "session/*.py",
    "*/page.py",
    "*/controls.py",
    "frame.py",
    "own_figures.py",
    "sharing.py",
    "sidebar.py",
)
"""What knows Streamlit. Everything else below `pages/` only computes, whatever room it is in."""

PURE = {PAGES / "session" / name for name in ("__init__.py", "choices.py", "reading.py", "turns.py")}
DRAWN = {path for pattern in DRAWING for path in PAGES.glob(pattern)} - PURE
DRAWING_MODULES = tuple(".".join(path.relative_to(ROOT).with_suffix("").parts) for path in DRAWN)
FIGURES = [path for path in python_files("pages") if path not in DRAWN]
each_of_figures = pytest.mark.parametrize("path", FIGURES, ids=relative)
each_source = pytest.mark.parametrize("path", SOURCES, ids=relative)


def test_there_is_something_to_look_at() -> None:
    assert len(python_files("model")) > 10
    assert len(python_files("data")) > 2
    assert len(FIGURES) > 50
    assert len(DRAWN) > 20
    assert all(any(within(name, ("streamlit", *DRAWING_MODULES)) for name in imported(path)) for path in DRAWN)


@each_of_model
def test_the_model_imports_only_the_standard_library_numpy_and_facts(path: Path) -> None:
    analyses = "analysis" in path.parts
    may = ANALYSIS_MAY_IMPORT if analyses else MODEL_MAY_IMPORT
    if path == TABLES_FROM_PYTHON:
        may = (*MODEL_MAY_IMPORT, "pandas")
    for module in imported(path):
        assert module.partition(".")[0] in sys.stdlib_module_names or within(module, may), module
        assert analyses or not within(module, (ANALYSIS,)), "the model itself asks nothing of its analysis"


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
