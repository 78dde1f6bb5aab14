"""Parts of the repository in another folder, where they may be broken or written to."""

import shutil
from pathlib import Path
from typing import Final

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
