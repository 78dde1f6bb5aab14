"""Two checkouts are held against each other to the letter, and a difference is seen and named."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests import sameness
from tests.sameness import CORNERS, against, differences, links, written

ONE = frozenset({"late"})
SOME = frozenset({"overview", "plant"})


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shown")
    written(folder, ONE, SOME)
    return folder


def test_every_page_and_table_is_written_out_with_charts_and_their_rows(shown: Path) -> None:
    names = {path.name for path in shown.iterdir()}
    assert {"late.overview.page", "late.plant.page", "late.bridge_honda.table"} <= names
    page = (shown / "late.plant.page").read_text(encoding="utf-8")
    charts = [line for line in page.splitlines() if line.startswith("vega_lite_chart")]
    assert len(charts) >= 3
    assert all('"encoding"' in line and "base64" not in line for line in charts)
    assert ONE <= CORNERS.keys() <= links().keys()


def test_the_same_code_shows_the_same_and_one_letter_is_seen(shown: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    again.mkdir()
    written(again, ONE, SOME)
    assert list(differences(shown, again)) == []
    moved = again / "late.plant.page"
    moved.write_text(moved.read_text(encoding="utf-8").replace("Canton", "Cantor", 1), encoding="utf-8")
    (again / "late.bridge_honda.table").unlink()
    found = list(differences(shown, again))
    assert len(found) == 2
    assert found[0] == "late.bridge_honda.table: only before"
    assert "Cantor" in found[1]


def test_a_checkout_is_held_against_a_commit_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only what a checkout shows is replaced: by the one text file that it has."""

    def shown_by(root: Path, folder: Path, pages: Sequence[str]) -> None:
        folder.mkdir()
        (folder / "page").write_text((root / "text").read_text())

    def git(*words: str) -> None:
        who = ("-c", "user.name=x", "-c", "user.email=x@x")
        subprocess.run(["git", "-C", str(tmp_path), *who, *words], check=True, capture_output=True)

    monkeypatch.setattr(sameness, "ROOT", tmp_path)
    monkeypatch.setattr(sameness, "shown_by", shown_by)
    (tmp_path / "text").write_text("as it was")
    git("init")
    git("add", "text")
    git("commit", "-m", "first")
    assert against("HEAD") == 0
    assert "no difference" in capsys.readouterr().out
    (tmp_path / "text").write_text("as it is")
    assert against("HEAD") == 1
    printed = capsys.readouterr().out
    assert "-as it was\n+as it is" in printed
    assert "1 of 1 files differ from HEAD" in printed
    assert [path.name for path in (tmp_path / ".git" / "worktrees").glob("*")] == []
