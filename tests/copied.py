"""Parts of the repository in another folder, where they may be broken or written to."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.browser.conftest import free_port

ROOT: Final = Path(__file__).resolve().parents[1]
RUN: Final = ("app.py", ".streamlit", "data", "model", "pages")
"""What the app runs from."""


def copied(folder: Path, *names: str) -> Path:
    """The folder, with copies of these files and folders of the repository."""
    for name in names:
        source = ROOT / name
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(source, folder / name, ignore=ignored) if source.is_dir() else shutil.copy(source, folder)
    return folder


def started(folder: Path, *, within: Sequence[str] = (), **environment: str) -> subprocess.CompletedProcess[str]:
    """A start of the app in this folder that is to end by itself; within: a command that starts it."""
    return subprocess.run(
        [*within, sys.executable, "app.py"],
        cwd=folder,
        env={**os.environ, "STREAMLIT_SERVER_PORT": str(free_port()), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
