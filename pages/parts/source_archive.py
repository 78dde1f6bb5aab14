"""Everything behind the numbers in one ZIP: tables as CSV, the method as text, and a README that documents both.

The same scenario gives the same bytes: the files carry no time of their own.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import Final

from data.facts import KINDS, UNITS
from model import MODEL_VERSION
from model.editions import editions
from pages.parts.exports import plain_csv
from pages.parts.method import method_text
from pages.parts.peers.beside import beside_table
from pages.parts.peers.given import given_table
from pages.parts.source_tables import (
    assumption_table,
    backtest_inputs_table,
    backtest_table,
    edition_table,
    fact_table,
)
from pages.parts.tables import Table
from pages.parts.view import View

_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP can hold


def tables(view: View) -> tuple[Table, ...]:
    """Every table of the archive; its name is the file's."""
    of_editions = (edition_table(name) for name in editions())
    compared = (backtest_table(), backtest_inputs_table(), beside_table(view), given_table(view))
    return (fact_table(), assumption_table(view), *compared, *of_editions)


def readme(view: View, address: str) -> str:
    """What the archive holds, and the scenario, edition and version it was made with."""
    return "\n".join(_readme_lines(view, address)) + "\n"


def _readme_lines(view: View, address: str) -> Iterator[str]:
    yield "Alliance Explorer: where the numbers come from"
    yield ""
    yield f"Scenario: {view.preset_label}"
    yield f"Edition: {view.scenario.edition}"
    yield f"Model version: {MODEL_VERSION}"
    yield f"Link: {address}?{view.link}"
    yield ""
    yield "Files are UTF-8. Where a spreadsheet would take text for a formula, an apostrophe stands before it."
    yield "method.txt: how the numbers are computed, in words"
    for table in tables(view):
        yield ""
        yield f"{table.name}.csv: {table.title}, {len(table.rows)} rows"
        yield from (f"  {name}: {meaning}" for name, meaning in table.columns.items())
    yield ""
    yield "Kinds: how a value is known"
    yield from (f"  {kind}: {meaning}" for kind, meaning in KINDS.items())
    yield ""
    yield "Units"
    yield from (f"  {unit}: {meaning}" for unit, meaning in UNITS.items())


def archive(view: View, address: str) -> bytes:
    """The ZIP.

    address: the page's address without its query
    """
    files = {"README.txt": readme(view, address), "method.txt": method_text()}
    files |= {f"{table.name}.csv": plain_csv(table) for table in tables(view)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            encoding = "utf-8-sig" if name.endswith(".csv") else "utf-8"  # Excel needs the mark
            zipped.writestr(entry, text.encode(encoding))
    return out.getvalue()
