"""Everything behind the numbers in one ZIP: tables as CSV, the method as text, and a README that documents both.

The same scenario gives the same bytes: the files carry no time of their own.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import Final

from data.facts import UNITS
from model import MODEL_VERSION
from model.editions import edition_words, editions
from pages.kit.exports import plain_csv
from pages.kit.tables import Table
from pages.kit.view import View
from pages.peers import beside, given
from pages.sources.assumptions import ALL_ASSUMPTIONS
from pages.sources.backtest import BACKTEST
from pages.sources.backtest_inputs import BACKTEST_INPUTS
from pages.sources.edition_rows import edition_table, kinds
from pages.sources.facts import ALL_FACTS
from pages.sources.method import method_text

_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP can hold


def tables(view: View) -> tuple[Table, ...]:
    """Every table of the archive; its name is the file's."""
    figures = (ALL_FACTS, ALL_ASSUMPTIONS, BACKTEST, BACKTEST_INPUTS, beside.PEERS, given.PEER_INPUTS)
    return (
        *(figure.table(view) for figure in figures),
        *map(edition_table, dict.fromkeys((*editions(), view.scenario.edition))),
    )


def readme(view: View, address: str) -> str:
    """What the archive holds, and the scenario, edition and version it was made with."""
    return "\n".join(_readme_lines(view, address)) + "\n"


def _readme_lines(view: View, address: str) -> Iterator[str]:
    yield "Alliance Explorer: where the numbers come from"
    yield ""
    yield f"Scenario: {view.named}"
    yield f"Edition: {edition_words(view.scenario.edition)}"
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
    yield from (f"  {kind}: {meaning}" for kind, meaning in kinds(view.scenario.edition).items())
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
