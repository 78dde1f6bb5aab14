"""What runs and what tests the app is pinned and explained where it is not obvious, and all that it needs is locked.

The pins in `requirements.in` and `requirements-dev.in` are kept by hand; `requirements.txt` and
`requirements-dev.txt` are locks made of them, with everything that comes along and the hash of every file.
"""

import ast
import re
import sys
from importlib.metadata import packages_distributions, requires, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name as canonical

from tests.locks import APP, TESTS, locked

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


RUN, DEV = pins("requirements.in"), pins("requirements-dev.in")
LOCKS = {lock: locked(lock) for lock in (APP, TESTS)}


@pytest.mark.parametrize(("lock", "pinned"), [(APP, RUN), (TESTS, {**RUN, **DEV})])
def test_a_lock_holds_every_pin_and_a_hash_of_every_file(lock: str, pinned: dict[str, re.Match[str]]) -> None:
    versions = {(line.name, line.version) for line in LOCKS[lock]}
    assert {(canonical(name), pin["version"]) for name, pin in pinned.items()} <= versions
    assert all(line.hashes for line in LOCKS[lock])
    assert len({(line.name, line.marker) for line in LOCKS[lock]}) == len(LOCKS[lock])


def test_what_runs_the_app_is_tested_in_the_same_versions() -> None:
    assert set(LOCKS[APP]) <= set(LOCKS[TESTS])


def test_what_is_installed_is_what_is_locked() -> None:
    meant = {line.name: line.version for line in LOCKS[TESTS] if line.is_for_this_machine}
    assert {name: version(name) for name in meant} == meant


@pytest.mark.parametrize("lock", LOCKS)
def test_whatever_a_locked_package_needs_is_locked(lock: str) -> None:
    here = {line.name: line.version for line in LOCKS[lock] if line.is_for_this_machine}
    for name in here:
        for needed in map(Requirement, requires(name) or ()):
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                assert needed.specifier.contains(here[canonical(needed.name)], prereleases=True), f"{name}: {needed}"


@pytest.mark.parametrize("name", sorted({*RUN, *DEV} - WITHOUT_REASON))
def test_every_further_package_has_its_reason_beside_it(name: str) -> None:
    assert {**RUN, **DEV}[name]["reason"]


def test_the_test_requirements_build_on_the_others() -> None:
    assert (ROOT / "requirements-dev.in").read_text(encoding="utf-8").startswith("-r requirements.in\n")


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
