"""Downloads: the numbers of a chart with everything that says where they came from.

A CSV begins with its header row, so that Excel and Sheets open it as a clean table; what documents it
follows below, after an empty row, in lines that begin with "#". pandas reads just the table with
`read_csv(file, comment="#")`. Text that a spreadsheet would take for a formula is neutralised.
"""

import csv
import io
from collections.abc import Iterator
from typing import Final

from model import MODEL_VERSION
from model.links import number_text
from model.registry import ASSUMPTIONS
from pages.parts.tables import Table
from pages.parts.view import View

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(value: object) -> object:
    """A cell that no spreadsheet runs: text that looks like a formula begins with an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


def provenance(table: Table, view: View, address: str) -> Iterator[str]:
    """Lines that document a download: title, columns with units, edition, version, link, every assumption.

    address: the page's address without its query
    """
    scenario = view.scenario
    yield f"Alliance Explorer: {table.title}"
    yield f"Scenario: {view.preset_label}"
    yield f"Edition: {scenario.edition}; model version {MODEL_VERSION}"
    yield f"Link: {address}?{view.link}"
    for name, meaning in table.columns.items():
        yield f"Column {name}: {meaning}"
    for source in table.sources:
        yield f"Source: {source}"
    changed = scenario.changed()
    for key, value in scenario.values.items():
        default = f"; default {number_text(changed[key][0])}" if key in changed else "; default"
        yield f"Assumption {key} = {number_text(value)} ({ASSUMPTIONS[key].unit}){default}"


def csv_text(table: Table, view: View, address: str) -> str:
    """The table as CSV, documented below its rows."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    for row in table.rows.itertuples(index=False, name=None):
        writer.writerow([safe_cell(cell) for cell in row])
    out.write("\r\n")
    for line in provenance(table, view, address):
        out.write("# " + line.replace(",", ";").replace('"', "'") + "\r\n")
    return out.getvalue()
