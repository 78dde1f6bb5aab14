"""Vega as the files of scenarios bring it along: `python -m pages.live.bundle` writes it anew.

Making it takes three seconds in which Python does nothing else, so it is made when the library changes and not while
visitors wait.
"""

from importlib.metadata import version
from pathlib import Path
from typing import Final

import vl_convert

FILE: Final = Path(__file__).with_name("vega.js")
_SNIPPET: Final = "window.vegaEmbed = vegaEmbed;"


def heading() -> str:
    """What the file begins with: what it is, its licence, and the package that it is from."""
    libraries = "Vega, Vega-Lite, Vega-Embed (University of Washington Interactive Data Lab, BSD-3-Clause)"
    return f"{libraries}, from vl-convert-python {version('vl-convert-python')}"


def bundle() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script."""
    made: str = vl_convert.javascript_bundle(_SNIPPET)
    return f"/* {heading()} */\n{made.rstrip()}\n"


if __name__ == "__main__":
    FILE.write_text(bundle(), encoding="utf-8")
