"""Every command that README.md and CONTRIBUTING.md name is run, and does what they say."""

import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pandas as pd
from playwright.sync_api import Browser

from data.prices.settings import HOST_VARIABLE
from tests import chaos, sameness
from tests.browser import readme_picture
from tests.browser.conftest import Server
from tests.browser.test_start import WAYS
from tests.copied import copied
from tests.documented import ROOT, commands, programs, start_command
from tests.test_ci import COMMAND

NOBODY: Final = "http://127.0.0.1:9"


def run(command: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a command with this Python in the place of the one in .venv."""
    words = shlex.split(command)
    assert words[0] in (".venv/bin/python", "python")
    return subprocess.run(
        [sys.executable, *words[1:]],
        cwd=folder,
        env={**os.environ, HOST_VARIABLE: NOBODY},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def prints(command: str, folder: Path) -> None:
    done = run(command, folder)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout) > 200


def keeps_the_old_file_and_says_why(command: str, folder: Path) -> None:
    before = contents(folder)
    done = run(command, folder)
    assert done.returncode == 1
    assert "cannot be reached" in done.stdout + done.stderr
    assert contents(folder) == before


def changes_nothing_where_nothing_moved(command: str, folder: Path) -> None:
    before = contents(folder)
    done = run(command, folder)
    assert done.returncode == 0, done.stderr
    assert contents(folder) == before


def is_run_by_the_build(command: str, folder: Path) -> None:
    assert command in (".ci/run", COMMAND) or (command == start_command() and "-m tests.newcomer" in BUILD)
    assert "python app.py" in WAYS


def names_files_that_are_there(command: str, folder: Path) -> None:
    paths = [word for word in shlex.split(command) if word.startswith(("deploy/", "tests/"))]
    assert paths
    assert all((ROOT / path).exists() for path in paths)


def is_a_way_to_start(command: str, folder: Path) -> None:
    assert command in WAYS


def is_there_to_run(command: str, folder: Path) -> None:
    """Running it would take the picture that another test looks at; that test runs what it is made of."""
    assert command == f"python -m {readme_picture.__name__}"
    assert callable(readme_picture.main)


def is_what_made_the_lock(command: str, folder: Path) -> None:
    """It asks the register of packages; the lock names the command that it was made by."""
    lock = (ROOT / command.rpartition(" ")[2]).read_text(encoding="utf-8")
    assert lock.splitlines()[1].removeprefix("#").strip() == command.removeprefix(".venv/bin/python -m ")


def is_run_after_the_tests(command: str, folder: Path) -> None:
    assert f".venv/bin/{command}" in BUILD.splitlines()


def is_run_in_its_parts(command: str, folder: Path) -> None:
    """It takes minutes; tests/test_sameness.py and tests/test_chaos.py run what it is made of."""
    named = {f"python -m {sameness.__name__} HEAD": sameness.against, f"python -m {chaos.__name__}": chaos.main}
    assert callable(named[command])


BUILD: Final = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
PROOFS: Final[dict[str, Callable[[str, Path], None]]] = {
    start_command(): is_run_by_the_build,
    COMMAND: is_run_by_the_build,
    ".ci/run": is_run_by_the_build,
    "streamlit run app.py": is_a_way_to_start,
    ".venv/bin/python -m data.prices refresh": keeps_the_old_file_and_says_why,
    '.venv/bin/python -m model "preset=article" --json': prints,
    '.venv/bin/python -m model "preset=usmca_lapses&pass_through_share=0.5"': prints,
    ".venv/bin/python -m model --explain net_tariff_cost_jpy_bn": prints,
    "docker compose -f deploy/compose.yaml up --build": names_files_that_are_there,
    "kubectl apply -f deploy/kubernetes/": names_files_that_are_there,
    ".venv/bin/python -m data.checksums": changes_nothing_where_nothing_moved,
    "python -m data.checksums": changes_nothing_where_nothing_moved,
    "python -m tests.links.freeze": changes_nothing_where_nothing_moved,
    "python -m tests.model.golden --update": changes_nothing_where_nothing_moved,
    "python -m tests.browser.readme_picture": is_there_to_run,
    "python -m tests.sameness HEAD": is_run_in_its_parts,
    "python -m tests.chaos": is_run_in_its_parts,
    ".venv/bin/python -m uv pip compile requirements.in -o requirements.txt": is_what_made_the_lock,
    ".venv/bin/python -m uv pip compile requirements-dev.in -c requirements.txt -o requirements-dev.txt": (
        is_what_made_the_lock
    ),
    "python -m tests.engines": is_run_after_the_tests,
    "python -m tests.audit": is_run_after_the_tests,
    "python -m tests.bill": is_run_after_the_tests,
    "python -m tests.image": is_run_after_the_tests,
    ".venv/bin/python -m pytest -n 0 tests/pages/test_tariffs.py": names_files_that_are_there,
}


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_every_command_of_the_documents_does_what_they_say(tmp_path: Path) -> None:
    assert commands() == PROOFS.keys()
    folder = copied(tmp_path, "data", "model", "tests", "pages")  # apart from tests that read them now
    for command, proof in PROOFS.items():
        proof(command, folder)


def test_the_picture_of_the_readme_is_of_the_page_as_it_is(browser: Browser, server: Server) -> None:
    assert "(pages/overview.png)" in (ROOT / "README.md").read_text(encoding="utf-8")
    page = readme_picture.opened(browser, server.url)
    again = "it is not: run `python -m tests.browser.readme_picture`"
    assert readme_picture.said(page) == readme_picture.said_by_picture(), again
    page.context.close()


def test_the_program_of_the_readme_reads_the_table_that_it_names(server: Server) -> None:
    (program,) = programs()
    assert program.count("http://localhost:8501/data/profit.csv") == 1
    last = program.replace("http://localhost:8501", server.url).strip().splitlines()[-1]
    rows = eval(last, {"pd": pd})
    assert list(rows["company"].unique()) == ["Honda", "Nissan"]
    assert len(rows) == 20
