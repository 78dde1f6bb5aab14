"""Commands that README.md and CONTRIBUTING.md tell a reader to run."""

import re
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
DOCUMENTS: Final = ("README.md", "CONTRIBUTING.md")

_BLOCK: Final = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INLINE: Final = re.compile(r"`((?:(?:\.venv/bin/)?python3? -m|\.ci/|docker |kubectl |streamlit run)[^`]*)`")


def commands() -> set[str]:
    """Every shell command, from blocks without a language and from sentences."""
    found: set[str] = set()
    for name in DOCUMENTS:
        text = (ROOT / name).read_text(encoding="utf-8")
        for language, block in _BLOCK.findall(text):
            found.update(line for line in block.splitlines() if line and not language)
        found.update(_INLINE.findall(_BLOCK.sub("", text)))
    return found


def programs() -> list[str]:
    """Every Python program, from blocks that say so."""
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in DOCUMENTS]
    return [block for text in texts for language, block in _BLOCK.findall(text) if language == "python"]


def start_command() -> str:
    """The one line that starts the app."""
    (line,) = [command for command in commands() if command.endswith(".venv/bin/python app.py")]
    return line
