"""Downloads: the numbers of a chart with everything that says where they came from.

A CSV begins with its header row, so that Excel and Sheets open it as a clean table; what documents it
follows below, after an empty row, in lines that begin with "#". pandas reads just the table with
`read_csv(file, comment="#")`. Text that a spreadsheet would take for a formula is neutralised, wherever it cuts it.
"""

import csv
import io
import re
import textwrap
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final
from xml.sax.saxutils import escape

import vl_convert
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from xlsxwriter import Workbook

from model import MODEL_VERSION
from model.editions import edition, edition_words, own_figures
from model.links import LONGEST_LINK, number_text, share_query
from model.registry import ASSUMPTIONS
from pages.kit.charts import NUMBERS_FOR_PEOPLE, Chart
from pages.kit.tables import PINNED, Table
from pages.kit.view import View

SPREADSHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""What a browser is told that a workbook is."""

_TITLE_LETTERS: Final = 76
_SUBTITLE_LETTERS: Final = 110
_SHOWN_LETTERS: Final = 60

_FORMULA_START: Final = re.compile(
    # The start of the text and of each cell that it falls into, by whatever separator a spreadsheet is set to ...
    r"(?:\A|(?<=[,;\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]))"
    # ... where a sign stands behind what spreadsheets trim, do not show, or read as the quotes of a cell.
    r"(?=[\s\"\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]*"
    r"[=+\-@|\u2212\uff1d\uff0b\uff0d\uff20\uff5c\ufe66\ufe62\ufe63\ufe6b\u207a-\u207c\u208a-\u208c])"
)


def safe_cell(value: object) -> object:
    """A cell that no spreadsheet runs: an apostrophe stands wherever text would begin like a formula.

    Whether a file is split at commas, semicolons or tabs is the reader's setting: a text may fall into several cells.
    """
    return _FORMULA_START.sub("'", value) if isinstance(value, str) else value


LONGEST_CELL: Final = 32_767
"""Characters that a cell of a workbook holds."""


def _workbook_cell(value: object) -> object:
    """A safe cell that says so where it cannot hold a text: cut without a word, a link would be another one."""
    safe = safe_cell(value)
    if not isinstance(safe, str) or len(safe) <= LONGEST_CELL:
        return safe
    return f"{safe[:_SHOWN_LETTERS]}… has {len(safe):,} characters; a cell holds {LONGEST_CELL:,}. The CSV has it whole"


def _safe_rows(table: Table) -> Iterator[list[object]]:
    """What every file for spreadsheets holds: the table's headings, then its rows."""
    for row in (table.columns, *table.rows.itertuples(index=False, name=None)):
        yield [safe_cell(cell) for cell in row]


def own_notes(edition_name: str) -> Iterator[str]:
    """A line for each figure of one's own in an edition, beside the published one."""
    for own in own_figures(edition_name):
        values = f"{number_text(own.value)} instead of the published {number_text(own.published)}"
        yield f"Yours: {own.label} = {values} ({own.unit})"


def plain_csv(table: Table, edition_name: str = "", pinned: str = "") -> str:
    """The rows alone: spreadsheets and pandas read them as they are. What they lack is said below, as in downloads.

    edition_name: that they stand on; its figures of one's own are said below too
    pinned: what the pinned case is, in words
    """
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(_safe_rows(table))
    notes = [f"Not whole: {note}" for note in table.lacking]
    notes += own_notes(edition_name) if edition_name else ()
    notes += [f"{PINNED}: {pinned}"] if table.has_pin else []
    if notes:
        out.write("\r\n")
        out.writelines(f"# {safe_cell(note.replace(',', ';'))}\r\n" for note in notes)
    return out.getvalue()


def pin_words(view: View) -> str:
    """What the pinned case of a table is: its name, where it starts, its world, its facts, and what opens it."""
    if view.pin is None or view.pinned is None:
        return ""
    scenario, world = view.pin.scenario, view.pinned.world_words or "in every world alike"
    facts = f"edition {edition_words(scenario.edition)}"
    return f"{view.pin.name}; {view.pinned.preset_label}; {world}; {facts}; ?{share_query(scenario)}"


def provenance(table: Table, view: View, address: str) -> Iterator[str]:
    """Lines that document a download: titles, columns with units, edition, version, link, every assumption.

    address: the page's address without its query
    """
    scenario = view.scenario
    yield f"Alliance Explorer: {table.title}"
    for note in table.lacking:
        yield f"Not whole: {note}"
    if view.title:
        yield f"Title: {view.title}"
    yield f"Scenario: {view.preset_label}"
    if view.world:
        yield f"World: {view.world_words}"
    if table.has_pin:
        yield f"{PINNED}: {pin_words(view)}"
    yield f"Edition: {edition_words(scenario.edition)}; model version {MODEL_VERSION}"
    yield from own_notes(scenario.edition)
    yield f"Link: {address}?{view.link}"
    if len(view.link) >= LONGEST_LINK:
        yield f"The link has {len(view.link):,} characters; {LONGEST_LINK:,} are read: it may not open"
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
    for key, value in view.scenario.asked.items():
        default = changed[key][0] if key in changed else value
        yield key, value, default, ASSUMPTIONS[key].unit


def csv_text(table: Table, view: View, address: str) -> str:
    """The table as CSV, documented below its rows."""
    headings, *rows = _safe_rows(table)
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(headings)
    # Quoted, a text that holds "#" is no comment to pandas.
    csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC).writerows(rows)
    out.write("\r\n")
    for line in provenance(table, view, address):
        unquoted = line.replace(",", ";").replace('"', "'")
        out.write(f"# {safe_cell(unquoted)}\r\n")
    return out.getvalue()


def xlsx_bytes(table: Table, view: View, address: str) -> bytes:
    """The table as a workbook: its rows, what documents them, and every assumption on a sheet of its own."""
    world = edition(view.scenario.edition)
    rows = table.rows.astype(object).where(table.rows.notna(), None)  # a cell without a number is empty
    columns = [_as_days(rows[name].tolist()) for name in table.columns]
    about = [line for line in provenance(table, view, address) if not line.startswith("Assumption ")]
    assumptions = [
        (key, ASSUMPTIONS[key].label, value, default, unit, *world.source_of(key), ASSUMPTIONS[key].role)
        for key, value, default, unit in _assumptions(view)
    ]
    headings = ["key", "label", "value", "default", "unit", "source of the default", "kind", "role"]
    out = io.BytesIO()
    with Workbook(out, _BOOK) as book:
        _write_sheet(book, "Data", list(table.columns), list(zip(*columns, strict=True)))
        sheet = book.add_worksheet("About")
        sheet.set_column(0, 0, 110)
        sheet.write_column(0, 0, map(_workbook_cell, about))
        _write_sheet(book, "Assumptions", headings, assumptions)
    return out.getvalue()


_BOOK: Final = {
    "in_memory": True,  # a full disk keeps nobody from downloading
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "default_date_format": "yyyy-mm-dd",
}

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIRST_DAY: Final = date(1900, 3, 1)  # before it spreadsheets do not agree on the number of a day


def _as_days(column: list[object]) -> list[object]:
    """A column as dates where each of its values is a day; else, as with months, it stays as it is."""
    texts = [value for value in column if value not in ("", None)]
    if not all(isinstance(text, str) and _DAY.fullmatch(text) for text in texts):
        return column
    try:
        days = [date.fromisoformat(str(value)) if value else None for value in column]
    except ValueError:
        return column
    return column if any(day and day < _FIRST_DAY for day in days) else list(days)


def _write_sheet(book: Workbook, name: str, headings: list[str], rows: Sequence[Sequence[object]]) -> None:
    """A sheet with a heading row that stays in sight."""
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, map(safe_cell, headings), book.add_format({"bold": True}))
    for number, heading in enumerate(headings):
        sheet.set_column(number, number, max(14, min(48, len(heading) + 4)))
    for number, row in enumerate(rows, start=1):
        sheet.write_row(number, 0, map(_workbook_cell, row))


def _titled_spec(chart: Chart, finding: str, table: Table, view: View) -> dict[str, Any]:
    """The chart with its finding as title and where it comes from below, for a picture on a slide."""
    origin = f"{table.title}. {view.named}; edition {edition_words(view.scenario.edition)}, model {MODEL_VERSION}"
    lines = textwrap.wrap(finding, _TITLE_LETTERS)  # no wider than the chart below it
    pinned = textwrap.wrap(f"{PINNED}: {view.pin_named}", _SUBTITLE_LETTERS) if table.has_pin else []
    missing = [line for note in table.lacking for line in textwrap.wrap(f"Not whole: {note}", _SUBTITLE_LETTERS)]
    title = {
        "text": lines,
        "subtitle": [*missing, *pinned, origin, "Alliance Explorer"],
        "anchor": "start",
        "offset": 14,
    }
    spec: dict[str, Any] = chart.properties(title=title).to_dict()
    if "width" not in spec:
        spec["width"] = 640
    return spec


_PICTURE_STYLE: Final[dict[str, Any]] = {
    "background": "white",
    "locale": NUMBERS_FOR_PEOPLE,
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
