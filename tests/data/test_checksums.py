"""Whatever happens to a data file is seen and named before the first visitor, and what only looks different is read."""

import os
import shutil
from pathlib import Path

import pytest

from data import checksums
from data.checksums import CHECKSUMS, COMMAND, FOLDER, check, require_shipped, shipped, write_checksums
from data.facts import DataError
from tests.damages import DAMAGES, cut_at_a_row, with_wrong_letters

FILES = [*shipped(), CHECKSUMS]


def write(path: Path, raw: bytes | None) -> None:
    path.unlink() if raw is None else path.write_bytes(raw)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of every data file."""
    for name in FILES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(FOLDER / name, tmp_path / name)
    return tmp_path


def said_of(folder: Path) -> str:
    with pytest.raises(DataError) as raised:
        check(folder)
    return str(raised.value)


def test_the_checksums_are_those_of_the_files(tmp_path: Path, folder: Path) -> None:
    assert write_checksums(folder) == len(shipped())
    assert (folder / CHECKSUMS).read_bytes() == (FOLDER / CHECKSUMS).read_bytes(), f"run {COMMAND}"
    check(FOLDER)


def test_every_file_beside_the_modules_has_a_checksum() -> None:
    found = {path for path in FOLDER.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")}
    assert found == {FOLDER / name for name in FILES}


@pytest.mark.parametrize("way", DAMAGES)
@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_named_in_one_line(folder: Path, name: str, way: str) -> None:
    raw = (folder / name).read_bytes()
    damaged = DAMAGES[way](raw)
    assert damaged != raw
    write(folder / name, damaged)
    said = said_of(folder)
    own = said.startswith((Path(name).name, name))
    assert own or (name == CHECKSUMS and CHECKSUMS in said), said
    assert "\n" not in said


def test_a_fault_that_can_be_read_is_named_by_row_and_column(folder: Path) -> None:
    raw = (folder / "tariff_rates.csv").read_bytes()
    (folder / "tariff_rates.csv").write_bytes(raw.replace(b"japan,0.25", b"japan,0,25"))
    assert said_of(folder).startswith("tariff_rates.csv, row ")
    assert ", column " in said_of(folder)


def test_facts_that_end_early_are_named_and_not_what_refers_to_them(folder: Path) -> None:
    raw = (folder / "facts.csv").read_bytes()
    (folder / "facts.csv").write_bytes(cut_at_a_row(raw, 300))
    rows = raw.count(b"\n")
    assert said_of(folder).startswith(f"facts.csv: not the file that checksums.csv tells of ({rows - 300} lines where")


def test_who_changed_a_fact_on_purpose_is_told_the_command(folder: Path) -> None:
    path = folder / "facts.csv"
    path.write_bytes(path.read_bytes().replace(b"Honda", b"Honda Motor", 1))
    assert said_of(folder).endswith(f"If it was changed on purpose: {COMMAND}")
    write_checksums(folder)
    check(folder)


def test_a_new_edition_asks_for_the_command(folder: Path) -> None:
    shutil.copy(folder / "editions/2026-11.csv", folder / "editions/2027-05.csv")
    assert (
        said_of(folder)
        == f"checksums.csv, column file: no row for editions/2027-05.csv. If that is a new file: {COMMAND}"
    )


def test_checksums_of_what_cannot_be_read_are_not_written(folder: Path) -> None:
    before = (folder / CHECKSUMS).read_bytes()
    (folder / "claims.csv").write_text("id,claim\nx,y\n")
    with pytest.raises(DataError, match=r"^claims\.csv, row 1"):
        write_checksums(folder)
    (folder / "claims.csv").unlink()
    with pytest.raises(DataError, match=r"^claims\.csv, .*no such file"):
        write_checksums(folder)
    assert (folder / CHECKSUMS).read_bytes() == before


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["no mark", "byte order mark"])
def test_line_ends_and_marks_of_a_system_are_no_damage(folder: Path, name: str, mark: bytes) -> None:
    raw = (folder / name).read_bytes()
    (folder / name).write_bytes(mark + raw.replace(b"\n", b"\r\n"))
    check(folder)


def test_without_editions_the_first_of_them_is_named(folder: Path) -> None:
    shutil.rmtree(folder / "editions")
    assert said_of(folder).startswith("editions/2025-07.csv: no such file")
    (folder / "editions").mkdir()
    assert said_of(folder).startswith("editions/2025-07.csv: no such file")


def test_without_files_and_without_a_folder_that_is_said(tmp_path: Path) -> None:
    assert said_of(tmp_path).startswith("checksums.csv, row 1, column file: no such file")
    assert said_of(tmp_path / "data") == f"{tmp_path / 'data'}: no such folder"


def test_files_are_read_again_only_when_one_was_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[Path] = []
    monkeypatch.setattr(checksums, "check", lambda folder: [checked.append(folder), check(folder)])
    for _ in range(3):
        require_shipped(folder)
    assert len(checked) == 1
    path = folder / "timeline.csv"
    raw = path.read_bytes()
    path.write_bytes(with_wrong_letters(raw))  # of the same size
    os.utime(path, ns=(0, 1))
    for _ in range(3):
        with pytest.raises(DataError, match=r"^timeline\.csv"):
            require_shipped(folder)
    assert len(checked) == 2
    path.write_bytes(raw)
    os.utime(path, ns=(0, 2))
    require_shipped(folder)


def test_a_moment_in_which_no_file_can_be_opened_is_not_remembered(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(folder: Path) -> None:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr(checksums, "check", busy)
    with pytest.raises(OSError, match="Too many"):
        require_shipped(folder)
    monkeypatch.undo()
    require_shipped(folder)
