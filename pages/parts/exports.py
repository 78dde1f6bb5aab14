"""Downloads: the numbers of a chart with everything that says where they came from.

A CSV begins with its header row, so that Excel and Sheets open it as a clean table; what documents it
follows below, after an empty row, in lines that begin with "#". pandas reads just the table with
`read_csv(file, comment="#")`. Text that a spreadsheet would take for a formula is neutralised.
"""

import csv
import io
import textwrap
from collections.abc import Iterator
from typing import Any, Final
from xml.sax.saxutils import escape

import vl_convert
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from xlsxwriter import Workbook

from model import MODEL_VERSION
from model.editions import edition
from model.links import number_text
from model.registry import ASSUMPTIONS
from pages.parts.charts import Chart
from pages.parts.tables import Table
from pages.parts.view import View

_TITLE_LETTERS: Final = 76

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(value: object) -> object:
    """A cell that no spreadsheet runs: text that looks like a formula begins with an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


def provenance(table: Table, view: View, address: str) -> Iterator[str]:
    """Lines that document a download: titles, columns with units, edition, version, link, every assumption.

    address: the page's address without its query
    """
    scenario = view.scenario
    yield f"Alliance Explorer: {table.title}"
    if view.title:
        yield f"Title: {view.title}"
    yield f"Scenario: {view.preset_label}"
    yield f"Edition: {scenario.edition}; model version {MODEL_VERSION}"
    yield f"Link: {address}?{view.link}"
    for name, meaning in table.columns.items():
        yield f"Column {name}: {meaning}"
    for source in table.sources:
        yield f"Source: {source}"
    for key, value, default, unit in _assumptions(view):
        role = ASSUMPTIONS[key].role
        yield f"Assumption {key} = {number_text(value)} ({unit}); default {number_text(default)}; {role}"


def _assumptions(view: View) -> Iterator[tuple[str, float, float, str]]:
    """Key, value, default and unit of every assumption."""
    changed = view.scenario.changed()
    for key, value in view.scenario.values.items():
        default = changed[key][0] if key in changed else value
        yield key, value, default, ASSUMPTIONS[key].unit


def csv_text(table: Table, view: View, address: str) -> str:
    """The table as CSV, documented below its rows."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(table.columns)
    # Quoted, a text that holds "#" is no comment to pandas.
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    for row in table.rows.itertuples(index=False, name=None):
        writer.writerow([safe_cell(cell) for cell in row])
    out.write("\r\n")
    for line in provenance(table, view, address):
        out.write("# " + line.replace(",", ";").replace('"', "'") + "\r\n")
    return out.getvalue()


def xlsx_bytes(table: Table, view: View, address: str) -> bytes:
    """The table as a workbook: its rows, what documents them, and every assumption on a sheet of its own."""
    world = edition(view.scenario.edition)
    rows = table.rows.astype(object).where(table.rows.notna(), None)  # a cell without a number is empty
    data = [[safe_cell(cell) for cell in row] for row in rows.itertuples(index=False, name=None)]
    about = [[safe_cell(line)] for line in provenance(table, view, address) if not line.startswith("Assumption ")]
    assumptions = [
        [
            key,
            ASSUMPTIONS[key].label,
            value,
            default,
            unit,
            *map(safe_cell, world.source_of(key)),
            ASSUMPTIONS[key].role,
        ]
        for key, value, default, unit in _assumptions(view)
    ]
    headings = ["key", "label", "value", "default", "unit", "source of the default", "kind", "role"]
    out = io.BytesIO()
    with Workbook(out, _NO_FILES_NO_FORMULAS) as book:
        _write_sheet(book, "Data", list(table.columns), data)
        sheet = book.add_worksheet("About")
        sheet.set_column(0, 0, 110)
        for number, row in enumerate(about):
            sheet.write_row(number, 0, row)
        _write_sheet(book, "Assumptions", headings, assumptions)
    return out.getvalue()


_NO_FILES_NO_FORMULAS: Final = {
    "in_memory": True,  # a full disk keeps nobody from downloading
    "strings_to_formulas": False,
    "strings_to_urls": False,
}


def _write_sheet(book: Workbook, name: str, headings: list[str], rows: list[list[object]]) -> None:
    """A sheet with a heading row that stays in sight."""
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, headings, book.add_format({"bold": True}))
    for number, heading in enumerate(headings):
        sheet.set_column(number, number, max(14, min(48, len(heading) + 4)))
    for number, row in enumerate(rows, start=1):
        sheet.write_row(number, 0, row)


def _titled_spec(chart: Chart, finding: str, table: Table, view: View) -> dict[str, Any]:
    """The chart with its finding as title and where it comes from below, for a picture on a slide."""
    origin = f"{table.title}. {view.preset_label}; edition {view.scenario.edition}, model {MODEL_VERSION}"
    lines = textwrap.wrap(finding, _TITLE_LETTERS)  # no wider than the chart below it
    title = {"text": lines, "subtitle": [origin, "Alliance Explorer"], "anchor": "start", "offset": 14}
    spec: dict[str, Any] = chart.properties(title=title).to_dict()
    if "width" not in spec:
        spec["width"] = 640
    return spec


_PICTURE_STYLE: Final[dict[str, Any]] = {
    "background": "white",
    "font": "sans-serif",
    "padding": 18,
    "view": {"stroke": None},
    "title": {"fontSize": 16, "subtitleFontSize": 11, "subtitleColor": "#5B6770", "subtitlePadding": 6},
    "axis": {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "gridColor": "#E3E8EC"},
    "legend": {"labelFontSize": 12, "symbolStrokeWidth": 2},
    "text": {"fontSize": 12},
}


def svg_text(chart: Chart, finding: str, table: Table, view: View, address: str) -> str:
    """The chart as SVG on white, with its finding as title and its provenance as description."""
    spec = _titled_spec(chart, finding, table, view)
    picture: str = vl_convert.vegalite_to_svg(spec, config=_PICTURE_STYLE, allowed_base_urls=[])
    described = "\n".join(escape(line) for line in provenance(table, view, address))
    head, tag_end, body = picture.partition(">")
    return f"{head}{tag_end}<title>{escape(finding)}</title><desc>{described}</desc>{body}"


def png_bytes(chart: Chart, finding: str, table: Table, view: View, address: str) -> bytes:
    """The chart as PNG on white at double size, with its provenance as text inside the file."""
    spec = _titled_spec(chart, finding, table, view)
    picture = vl_convert.vegalite_to_png(spec, config=_PICTURE_STYLE, scale=2, allowed_base_urls=[])
    notes = PngInfo()
    notes.add_itxt("Title", finding)
    notes.add_itxt("Description", "\n".join(provenance(table, view, address)))
    out = io.BytesIO()
    Image.open(io.BytesIO(picture)).save(out, "PNG", pnginfo=notes)
    return out.getvalue()
