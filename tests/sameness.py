"""What every page and every table shows, written out, and held against what another commit shows.

    python -m tests.sameness COMMIT [PAGE ...]

prints what differs, to the letter: each chart's specification and rows, each finding, sentence and table, for every
preset and some corners; every table, and the pages that are named, or all. Ends with status 1 where anything does.
Run it before and after a step that is to change nothing; a difference that is wanted is named in the step's commit.
"""

import base64
import difflib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
from google.protobuf.json_format import MessageToDict

from model.presets import MAIN_PRESETS, PRESETS
from pages.catalog import FIGURES
from pages.data_api import BadQueryError, read_view
from tests.pages.opened import PAGES, opened

ROOT: Final = Path(__file__).resolve().parents[1]
MOST_LINES: Final = 40
"""Lines of one file's differences that are printed."""

_IDENTITIES: Final = frozenset({"id", "formId", "fragmentId", "deferredFileId"})

CORNERS: Final = {
    "no_tariffs": "japan_tariff_share=0&usmca_tariff_share=0&parts_tariff_share=0&pass_through_share=1",
    "full_plant": "preset=article&canton_honda_trucks_kveh=300",
    "late": "preset=alliance_delivers&alliance_delay_yr=5&year=FY2028/3",
    "estimates": "honda_us_content_share=0.3&stock_months=3&nissan_own_measures_jpy_bn=50",
}
"""Scenarios beside the presets, by what they are about."""


def links() -> dict[str, str]:
    """Name to query string of every scenario that is written out."""
    return {**{name: f"preset={name}" for name in PRESETS}, **CORNERS}


def written(folder: Path, scenarios: frozenset[str] = frozenset(), pages: frozenset[str] = frozenset()) -> None:
    """Write every table and every page, one file for each scenario of each.

    scenarios, pages: names and files of those that are wanted, where not all are
    """
    for name, link in links().items():
        if scenarios and name not in scenarios:
            continue
        for table in FIGURES:
            try:
                made = FIGURES[table].table(read_view(link))
                text = json.dumps([made.title, made.columns, made.rows.to_dict("split")], default=str, indent=0)
            except BadQueryError as error:
                text = str(error)
            (folder / f"{name}.{table}.table").write_text(text, encoding="utf-8")
        for page in PAGES if name in MAIN_PRESETS or name in CORNERS else ():
            if pages and page not in pages:
                continue
            lines = list(_told(opened(link, page).main))
            (folder / f"{name}.{page}.page").write_text("\n".join(lines), encoding="utf-8")


def elements(block: Any) -> Iterator[Any]:
    """Everything that Streamlit draws below a block, blocks included, in its order."""
    for child in block.children.values():
        if getattr(child, "proto", None) is not None:
            yield child
        if hasattr(child, "children"):
            yield from elements(child)


def _told(block: Any) -> Iterator[str]:
    """Every element below a block, a line each, without the identities that Streamlit gives it."""
    for element in elements(block):
        told = _decoded(MessageToDict(element.proto))
        yield f"{element.type} {json.dumps(told, sort_keys=True, ensure_ascii=False)}"


def _decoded(told: Any) -> Any:
    """Plain data with its tables as rows."""
    if isinstance(told, list):
        return [_decoded(part) for part in told]
    if not isinstance(told, dict):
        return told
    found = {key: _decoded(value) for key, value in told.items() if key not in _IDENTITIES}
    for key, value in found.items():
        if key == "spec":
            found[key] = json.loads(value)
        elif key in ("data", "arrowData") and isinstance(value, str):
            try:
                found[key] = pa.ipc.open_stream(base64.b64decode(value)).read_all().to_pydict()
            except (ValueError, pa.ArrowInvalid):
                continue
    return json.loads(json.dumps(found, default=str))


def differences(before: Path, after: Path) -> Iterator[str]:
    """Every file that is not alike in both folders, with the first lines that differ."""
    old, new = ({path.name for path in folder.iterdir()} for folder in (before, after))
    for name in sorted(old | new):
        if name not in old or name not in new:
            yield f"{name}: only {'before' if name in old else 'now'}"
            continue
        texts = [(folder / name).read_text(encoding="utf-8").splitlines() for folder in (before, after)]
        if texts[0] != texts[1]:
            lines = [*difflib.unified_diff(*texts, f"{name} before", f"{name} now", n=0, lineterm="")]
            yield "\n".join(line[:400] for line in lines[:MOST_LINES])


def shown_by(root: Path, folder: Path, pages: Sequence[str] = ()) -> None:
    """Write what the code of a checkout shows, in a process of its own."""
    folder.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(root), "ALLIANCE_PRICE_HOST": "off"}
    # Its own writer, which knows its modules by name; -P: the folder of that is not searched.
    command = [sys.executable, "-P", str(root / "tests" / "sameness.py"), "--write", str(folder), *pages]
    run = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    if run.returncode:
        raise RuntimeError(f"{root} could not be shown:\n{run.stderr[-2000:]}")


def against(commit: str, pages: Sequence[str] = ()) -> int:
    """Hold this checkout against a commit; the number of files that differ."""
    with tempfile.TemporaryDirectory() as place:
        old, before, after = (Path(place) / name for name in ("old", "before", "after"))
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "--quiet", "--detach", str(old), commit], check=True)
        try:
            shown_by(old, before, pages)
            shown_by(ROOT, after, pages)
        finally:
            subprocess.run([*git, "remove", "--force", str(old)], check=True)
        found = list(differences(before, after))
        print("\n\n".join(found) or "no difference", flush=True)
        print(f"{len(found)} of {len(list(after.iterdir()))} files differ from {commit}", flush=True)
    return len(found)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--write", target, *wanted]:
            written(Path(target), pages=frozenset(wanted))
        case [commit, *wanted]:
            sys.exit(1 if against(commit, wanted) else 0)
        case _:
            sys.exit(__doc__)
