"""The build server runs what the README says, and lets no test be skipped."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.audit import asked, looked_up
from tests.bill import lacking
from tests.locks import Locked

ROOT = Path(__file__).resolve().parents[1]
COMMAND = "python3 -m venv .venv && .venv/bin/pip install --quiet -r requirements-dev.txt && .venv/bin/python -m pytest"


def test_the_build_server_runs_the_test_command_of_the_readme() -> None:
    assert COMMAND in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert COMMAND in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_the_build_script_is_a_program_that_bash_can_read() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert subprocess.run(["bash", "-n", script], capture_output=True, text=True, check=False).stderr == ""


SKIPS = {
    "test_skip.py": "import pytest\n\ndef test_it():\n    pytest.skip('no browser')\n",
    "test_module.py": "import pytest\n\npytest.skip('no network', allow_module_level=True)\n",
    "test_runs.py": "def test_it():\n    pass\n",
}
TWO_CORES = ("-p", "xdist.plugin", "-n", "2")


@pytest.mark.parametrize(
    ("names", "ci", "status", "cores"),
    [
        (["test_skip.py", "test_runs.py"], "true", 1, ()),
        (["test_skip.py", "test_runs.py"], "true", 1, TWO_CORES),
        (["test_module.py", "test_runs.py"], "1", 1, TWO_CORES),
        (["test_runs.py"], "true", 0, ()),
        (["test_skip.py", "test_runs.py"], "", 0, ()),
        (["test_skip.py", "test_runs.py"], "false", 0, ()),
    ],
)
def test_a_skipped_test_fails_the_run_on_a_build_server_only(
    tmp_path: Path, names: list[str], ci: str, status: int, cores: tuple[str, ...]
) -> None:
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
    for name in names:
        (tmp_path / name).write_text(SKIPS[name], encoding="utf-8")
    options = ("-c", os.devnull, f"--rootdir={tmp_path}", "-p", "no:cacheprovider", *cores)
    command = [sys.executable, "-m", "pytest", *options, "."]
    environment = {**os.environ, "CI": ci, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == status, run.stdout + run.stderr
    told = [line for line in run.stdout.splitlines() if line.startswith("failed: skipped")]
    assert told == ([f"failed: skipped where nothing may be skipped: {_id(names[0])}"] if status else [])


def _id(name: str) -> str:
    return name if name == "test_module.py" else f"{name}::test_it"


def test_what_is_vulnerable_is_told_from_what_could_not_be_looked_up() -> None:
    vulnerable = {"name": "a", "version": "1", "vulns": [{"id": "X-1", "fix_versions": ["2", "3"]}]}
    known, unknown = looked_up(
        json.dumps(
            {
                "dependencies": [
                    vulnerable,
                    {"name": "b", "version": "2", "vulns": []},
                    {"name": "c", "skip_reason": "not found"},
                ]
            }
        )
    )
    assert known == ["a 1: X-1, mended in 2, 3"]
    assert unknown == ["c"]


LINES = [
    Locked("a", "1", "", frozenset({"sha256:1", "sha256:2"})),
    Locked("b", "1", "python_version < '3'", frozenset({"sha256:3"})),
    Locked("b", "2", "", frozenset({"sha256:4"})),
]


def test_every_version_of_a_locked_package_is_looked_up_wherever_it_is_installed() -> None:
    assert asked(LINES) == ["a==1\nb==1\n", "b==2\n"]


def test_a_bill_that_lacks_a_package_or_the_hash_of_a_file_is_found() -> None:
    def part(line: Locked) -> dict[str, object]:
        hashes = [{"alg": "SHA-256", "content": known.partition(":")[2]} for known in sorted(line.hashes)]
        return {"name": line.name, "version": line.version, "externalReferences": [{"hashes": hashes}]}

    assert lacking({"components": [part(line) for line in LINES]}, LINES) == []
    assert lacking({"components": [part(line) for line in LINES[:2]]}, LINES) == ["b 2"]
    one_file_less = Locked("a", "1", "", frozenset({"sha256:1"}))
    assert lacking({"components": [part(line) for line in (one_file_less, *LINES[1:])]}, LINES) == ["a 1"]


@pytest.mark.parametrize("module", ["engines", "audit", "bill", "image", "newcomer"])
def test_the_build_server_runs_what_looks_at_engines_packages_and_images(module: str) -> None:
    assert f".venv/bin/python -m tests.{module}" in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
