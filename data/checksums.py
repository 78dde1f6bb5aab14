"""Whether every shipped data file is the one that was shipped: checksums.csv holds a checksum of each.

A table that ends early, at the end of a row, can be read without a fault: only its checksum tells. Byte order marks
and the line ends of a system do not count. After a change made on purpose: `python -m data.checksums`.
"""

import csv
import hashlib
import io
import re
import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Final

from data.editions import read_edition
from data.facts import DataError, cell_error, facts, read_facts, read_rows, require_text
from data.prices.snapshot import read_price_sources, read_snapshot
from data.story import read_claims, read_tariff_rates, read_timeline

FOLDER: Final = Path(__file__).parent
CHECKSUMS: Final = "checksums.csv"
COLUMNS: Final = ("file", "lines", "sha256")
COMMAND: Final = "python -m data.checksums"
_SHA256: Final = re.compile(r"[0-9a-f]{64}")

_READERS: Final[dict[str, Callable[[Path], object]]] = {
    "facts.csv": read_facts,
    "timeline.csv": lambda path: read_timeline(path, facts().keys()),
    "tariff_rates.csv": read_tariff_rates,
    "claims.csv": lambda path: read_claims(path, facts().keys()),
    "prices_month_end.csv": read_snapshot,
    "SOURCES.md": read_price_sources,
}
"""What reads each file, and so names row and column of a fault; every other file is an edition."""


def shipped(folder: Path = FOLDER) -> list[str]:
    """Every data file by its path below the folder; those that others refer to come first."""
    paths = [*folder.glob("*.csv"), *folder.glob("*.md"), *folder.glob("editions/*.csv")]
    names = {path.relative_to(folder).as_posix() for path in paths} - {CHECKSUMS}
    return [*(name for name in _READERS if name in names), *sorted(names - _READERS.keys())]


def _lines_and_checksum(path: Path) -> tuple[str, str]:
    """Number of lines, and SHA-256, of a text whatever its line ends."""
    text = path.read_bytes().removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    return str(text.count(b"\n")), hashlib.sha256(text).hexdigest()


def _read(folder: Path, name: str) -> None:
    """Read one file, for the fault that its reader names."""
    if name in _READERS:
        _READERS[name](folder / name)
    else:
        read_edition(Path(name).stem, (folder / name).parent)


def _expected(folder: Path) -> dict[str, tuple[str, str]]:
    """Lines and checksum of each file, as they were shipped."""
    path = folder / CHECKSUMS
    found: dict[str, tuple[str, str]] = {}
    for row, cells in read_rows(path, COLUMNS):
        name, lines, checksum = (require_text(path, row, column, cells[column]) for column in COLUMNS)
        if name in found:
            raise cell_error(path, row, "file", f'"{name}" is named twice')
        if not _SHA256.fullmatch(checksum):
            raise cell_error(path, row, "sha256", f'"{checksum}" is not 64 digits and letters a to f')
        found[name] = (lines, checksum)
    return found


def check(folder: Path) -> None:
    """Raise DataError naming the first file that is missing, changed, or not among the shipped ones."""
    if not folder.is_dir():
        raise DataError(f"{folder}: no such folder")
    present, expected = shipped(folder), _expected(folder)
    for name in sorted(expected.keys() - set(present)):
        raise DataError(f"{name}: no such file in {folder}")
    for name in present:
        if name not in expected:
            raise DataError(f"{CHECKSUMS}, column file: no row for {name}. If that is a new file: {COMMAND}")
        (lines, checksum), (lines_now, checksum_now) = expected[name], _lines_and_checksum(folder / name)
        if checksum_now != checksum:
            _read(folder, name)
            problem = f"{lines_now} lines where {lines} were shipped" if lines_now != lines else "another text"
            raise DataError(
                f"{name}: not the file that {CHECKSUMS} tells of ({problem}). If it was changed on purpose: {COMMAND}"
            )


@lru_cache(maxsize=4)
def _problem(folder: Path, stamps: tuple[tuple[str, int, int], ...]) -> str:
    """What `check` has against files of these names, times and sizes; empty where nothing."""
    try:
        check(folder)
    except DataError as error:
        return str(error)
    return ""


def require_shipped(folder: Path = FOLDER) -> None:
    """The same as `check`; files are read again only where one of them was written since."""
    names = [*shipped(folder), CHECKSUMS]
    found = [(name, (folder / name).stat()) for name in names if (folder / name).exists()]
    if problem := _problem(folder, tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in found)):
        raise DataError(problem)


def write_checksums(folder: Path = FOLDER) -> int:
    """Write the file anew from what is there, and give the number of files; DataError where one cannot be read."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    names = list(dict.fromkeys([*_READERS, *shipped(folder)]))
    for name in names:
        _read(folder, name)
        writer.writerow((name, *_lines_and_checksum(folder / name)))
    (folder / CHECKSUMS).write_text(out.getvalue(), encoding="utf-8", newline="\n")
    return len(names)


if __name__ == "__main__":
    try:
        print(f"{write_checksums()} files in {CHECKSUMS}")
    except (DataError, OSError) as problem:
        sys.exit(str(problem))
