"""The lock files: every package that runs or tests the app, with what comes along, and the hashes of its files."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT: Final = Path(__file__).resolve().parents[1]
APP: Final = "requirements.txt"
TESTS: Final = "requirements-dev.txt"
"""Holds what the app needs too."""


@dataclass(frozen=True)
class Locked:
    """One version of a package, the machines it is for (all, where empty), and the hashes of its files."""

    name: str
    version: str
    marker: str
    hashes: frozenset[str]

    @property
    def is_for_this_machine(self) -> bool:
        return not self.marker or Marker(self.marker).evaluate()


def locked(lock: str) -> list[Locked]:
    """Every package of a lock; ValueError where one has no exact version."""
    lines = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    return [_read(line) for line in lines if line.strip() and not line.lstrip().startswith("#")]


def _read(line: str) -> Locked:
    text, *hashes = line.split("--hash=")
    asked = Requirement(text)
    (exact,) = asked.specifier
    if exact.operator != "==":
        raise ValueError(f"{text!r} is no exact version")
    marker = str(asked.marker or "")
    return Locked(canonicalize_name(asked.name), exact.version, marker, frozenset(map(str.strip, hashes)))
