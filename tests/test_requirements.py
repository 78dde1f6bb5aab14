"""What runs and what tests the app is pinned exactly, installed as pinned, and explained where it is not obvious."""

import ast
import re
import sys
from importlib.metadata import packages_distributions, version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OWN = {"app", "data", "model", "pages", "tests"}
WITHOUT_REASON = {"streamlit", "pandas", "altair", "yfinance", "numpy"}

PIN = re.compile(r"(?P<name>[A-Za-z0-9_.-]+)==(?P<version>[^\s;]+)(?:  # (?P<reason>\S.*))?")


def pins(file: str) -> dict[str, re.Match[str]]:
    """Every pin of a requirements file by name; a line that is none fails."""
    found = {}
    for line in (ROOT / file).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("-r "):
            match = PIN.fullmatch(line)
            assert match, f"{file}: {line!r} is no exact pin"
            found[match["name"].lower()] = match
    return found


RUN, DEV = pins("requirements.txt"), pins("requirements-dev.txt")


@pytest.mark.parametrize("name", [*RUN, *DEV])
def test_what_is_installed_is_what_is_pinned(name: str) -> None:
    assert version(name) == {**RUN, **DEV}[name]["version"]


@pytest.mark.parametrize("name", sorted({*RUN, *DEV} - WITHOUT_REASON))
def test_every_further_package_has_its_reason_beside_it(name: str) -> None:
    assert {**RUN, **DEV}[name]["reason"]


def test_the_test_requirements_build_on_the_others() -> None:
    assert (ROOT / "requirements-dev.txt").read_text(encoding="utf-8").startswith("-r requirements.txt\n")


def imported(*patterns: str) -> set[str]:
    """Top-level names that files import, other than the standard library's and this repository's."""
    names = set()
    for path in (path for pattern in patterns for path in ROOT.glob(pattern)):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                names.add(node.module.partition(".")[0])
    return names - OWN - set(sys.stdlib_module_names)


def packages(names: set[str]) -> set[str]:
    by_import = packages_distributions()
    return {by_import[name][0].lower() for name in names}


def test_everything_that_the_app_imports_is_pinned() -> None:
    assert packages(imported("app.py", "pages/**/*.py", "model/**/*.py", "data/**/*.py")) <= RUN.keys()


def test_everything_that_the_tests_import_is_pinned() -> None:
    assert packages(imported("tests/**/*.py")) <= {*RUN, *DEV}
