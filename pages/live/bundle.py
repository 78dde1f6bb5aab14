"""Vega as the files of scenarios bring it along."""

import subprocess
import sys
from functools import cache
from importlib.metadata import version
from typing import Final

import vl_convert

_SNIPPET: Final = "window.vegaEmbed = vegaEmbed;"
_LONGEST_S: Final = 120


def heading() -> str:
    """What it begins with: what it is, its licence, and the package that it is from."""
    libraries = "Vega, Vega-Lite, Vega-Embed (University of Washington Interactive Data Lab, BSD-3-Clause)"
    return f"{libraries}, from vl-convert-python {version('vl-convert-python')}"


@cache
def bundle() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script.

    It takes three seconds in which Python does nothing else, so that a process of its own makes it, once.
    Raises subprocess.SubprocessError where that fails.
    """
    made = subprocess.run(
        [sys.executable, __file__], capture_output=True, text=True, encoding="utf-8", timeout=_LONGEST_S, check=True
    )
    return f"/* {heading()} */\n{made.stdout.rstrip()}\n"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    print(vl_convert.javascript_bundle(_SNIPPET))
