"""What is installed: the library of the model's own version, with its data, its licence and its command."""

import hashlib
import re
import tomllib
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from data.editions import FOLDER
from data.facts import FACTS_CSV
from data.prices.snapshot import SNAPSHOT_CSV, SOURCES_MD
from data.story import CLAIMS_CSV, TARIFF_RATES_CSV, TIMELINE_CSV
from model import MODEL_VERSION
from model.__main__ import main
from tests.model.test_layering import imported, python_files
from tests.test_requirements import RUN

ROOT = Path(__file__).parents[2]
CONFIGURED: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
APACHE_2 = "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"
"""Of the text as the Apache Software Foundation publishes it."""

PROJECT, HATCH = CONFIGURED["project"], CONFIGURED["tool"]["hatch"]


def test_the_package_has_the_version_of_the_model() -> None:
    text = (ROOT / HATCH["version"]["path"]).read_text(encoding="utf-8")
    assert "version" in PROJECT["dynamic"]
    assert re.findall(HATCH["version"]["pattern"], text, re.MULTILINE) == [MODEL_VERSION]


def test_the_package_holds_the_model_and_its_data() -> None:
    """Whatever lies in these folders is taken along, tables included."""
    assert HATCH["build"]["targets"]["wheel"] == {"packages": ["model", "data"]}
    for table in (FACTS_CSV, TIMELINE_CSV, TARIFF_RATES_CSV, CLAIMS_CSV, SNAPSHOT_CSV, SOURCES_MD, FOLDER):
        assert table.exists()
        assert table.is_relative_to(ROOT / "data")


def test_the_package_depends_on_what_the_model_imports_and_the_app_pins() -> None:
    needed = {module.partition(".")[0] for path in python_files("model") for module in imported(path)}
    named = {re.split(r"\W", text)[0] for text in PROJECT["dependencies"]}
    assert named == needed & RUN.keys() == {"numpy", "pandas", "scipy"}


def test_the_command_of_the_package_is_the_command_line() -> None:
    module, _, name = PROJECT["scripts"]["alliance"].partition(":")
    assert getattr(import_module(module), name) is main


@pytest.mark.parametrize(
    ("started", "called"),
    [("/venv/bin/alliance", "alliance"), ("alliance.exe", "alliance"), ("/app/model/__main__.py", "python -m model")],
)
def test_messages_name_the_program_as_it_was_started(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, started: str, called: str
) -> None:
    monkeypatch.setattr("sys.argv", [started])
    assert main(["hello"]) == 2
    assert capsys.readouterr().err.startswith(f'{called}: "hello" is no link')
    with pytest.raises(SystemExit):
        main(["--nonsense"])
    assert capsys.readouterr().err.startswith(f"{called}: ")


def test_the_licence_is_apache_2_and_not_a_word_else() -> None:
    assert (PROJECT["license"], PROJECT["license-files"]) == ("Apache-2.0", ["LICENSE"])
    assert hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest() == APACHE_2


def test_types_of_the_package_are_seen_by_who_imports_it() -> None:
    assert (ROOT / "model" / "py.typed").exists()
