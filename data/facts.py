"""Facts: one dated, sourced value per row of facts.csv, and the row reader that every table here uses."""

import csv
import datetime
import io
import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

FACTS_CSV = Path(__file__).with_name("facts.csv")
COLUMNS = ("id", "label", "value", "unit", "as_of", "source", "kind", "note", "url")

TEXT = "text"
DATE = "date"

UNITS: Mapping[str, str] = MappingProxyType(
    {
        "share": "a fraction: 0.25 is 25 %; a change against an earlier figure counts too",
        "ratio": "a multiple or an elasticity",
        "JPY bn": "billions of yen",
        "USD bn": "billions of US dollars",
        "EUR bn": "billions of euros",
        "CNY bn": "billions of yuan",
        "KRW bn": "billions of won",
        "JPY": "yen",
        "USD": "US dollars",
        "HKD": "Hong Kong dollars",
        "JPY per USD": "yen for one US dollar",
        "KRW per USD": "won for one US dollar",
        "USD per EUR": "US dollars for one euro",
        "JPY bn per JPY": "billions of yen of operating profit for one yen of the exchange rate",
        "USD per vehicle": "US dollars per vehicle",
        "EUR per vehicle": "euros per vehicle",
        "USD per unit of yearly capacity": "US dollars per vehicle of yearly capacity",
        "kveh": "thousands of vehicles",
        "bn shares": "billions of shares",
        "shares per ADS": "ordinary shares behind one depositary share",
        "people": "people",
        "count": "a plain count",
        "months": "months",
        "days": "days",
        DATE: "a day, year-month-day",
        TEXT: "words",
    }
)

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "quoted": "Printed in a source that was read.",
        "derived": "Worked out from other figures; the source gives the sum, the note any weak input.",
        "weak": "Printed in a source that was read, but an aggregator or a machine transcript.",
        "recalled": "Remembered, with no source read that prints it: not verified.",
        "judgement": "Nobody's published figure: an estimate, with its reason given as the source.",
    }
)

_ID = re.compile(r"[a-z][a-z0-9_]*")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_AS_OF = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
# Plain enough to stand in a Markdown link, an attribute or a cell as it is: no space, quote, bracket or escape.
_URL = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(/[A-Za-z0-9._~/?&=%+-]*)?")


class DataError(ValueError):
    """A data file holds something that the project refuses to read."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One value with its unit, date, source and kind; dates are kept as ISO text.

    url: address of the source, or empty where only its name is known
    """

    id: str
    label: str
    value: float | str
    unit: str
    as_of: str
    source: str
    kind: str
    note: str
    url: str

    @property
    def number(self) -> float:
        """The value in the fact's unit; DataError where the fact is words or a date."""
        if isinstance(self.value, str):
            raise DataError(f'fact {self.id} is not a number but {self.unit}: "{self.value}"')
        return self.value


def cell_error(path: Path, row: int, column: str, problem: str) -> DataError:
    """An error that names file, row (1 is the header, as a spreadsheet counts) and column."""
    return DataError(f"{path.name}, row {row}, column {column}: {problem}")


def read_rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Row number and cells by column of a UTF-8 CSV file with exactly these columns, in any order.

    Raises DataError for a file that is missing, empty or not UTF-8; for a missing, unknown or repeated
    column; for a row with too few or too many cells, a broken quote, or space around the text of a cell.
    """
    first = columns[0]
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise cell_error(path, 1, first, f'no such file: "{path}"') from None
    # Bytes that are not UTF-8 survive as lone surrogates, so that the refusal can name their cell.
    text = raw.decode("utf-8-sig", errors="surrogateescape")
    records = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] = []
    row = 0
    while True:
        row += 1
        try:
            cells = next(records)
        except StopIteration:
            break
        except csv.Error as error:
            raise cell_error(path, row, first, f"the row cannot be read as CSV: {error}") from None
        if not header:
            header = _checked_header(path, cells, columns)
            continue
        yield row, _checked_cells(path, row, header, cells)
    if row < 2:
        raise cell_error(path, 1, first, f"the file is empty, expected the header {','.join(columns)}")
    if row < 3:
        raise cell_error(path, 2, first, "the file has a header and no rows")


def _checked_header(path: Path, cells: list[str], columns: Sequence[str]) -> list[str]:
    for name in cells:
        if name not in columns:
            raise cell_error(path, 1, name, f'"{name}" is not a known column (known: {", ".join(columns)})')
        if cells.count(name) > 1:
            raise cell_error(path, 1, name, f'"{name}" appears {cells.count(name)} times')
    for name in columns:
        if name not in cells:
            raise cell_error(path, 1, name, f'the column "{name}" is missing')
    return cells


def _checked_cells(path: Path, row: int, header: list[str], cells: list[str]) -> dict[str, str]:
    if len(cells) < len(header):
        column = header[len(cells)]
        raise cell_error(path, row, column, f"the row ends here: {len(cells)} cells, expected {len(header)}")
    if len(cells) > len(header):
        extra = f'"{cells[len(header)]}" follows: {len(cells)} cells, expected {len(header)}'
        raise cell_error(path, row, header[-1], extra)
    for column, cell in zip(header, cells, strict=True):
        for char in cell:
            if "\udc80" <= char <= "\udcff":
                raise cell_error(path, row, column, f"byte 0x{ord(char) - 0xDC00:02x} is not UTF-8")
        if cell != cell.strip():
            raise cell_error(path, row, column, f'"{cell}" has space around it')
    return dict(zip(header, cells, strict=True))


def require_text(path: Path, row: int, column: str, cell: str) -> str:
    """The cell, refused where it is empty."""
    if not cell:
        raise cell_error(path, row, column, '"" is empty, a text is needed')
    return cell


def require_known(path: Path, row: int, column: str, cell: str, known: Collection[str], what: str) -> str:
    """The cell, refused where it is not one of the known words; what names them in the message."""
    if cell not in known:
        raise cell_error(path, row, column, f'"{cell}" is not a known {what} (known: {", ".join(known)})')
    return cell


def require_number(path: Path, row: int, column: str, cell: str) -> float:
    """The cell as a finite number, refused unless written plainly: no separators, per cent or exponent."""
    if not _NUMBER.fullmatch(cell) or not math.isfinite(float(cell)):
        raise cell_error(path, row, column, f'"{cell}" is not a plain finite number such as 1250 or -0.5')
    return float(cell)


def require_day(path: Path, row: int, column: str, cell: str) -> datetime.date:
    """The cell as a day, refused unless it is year-month-day and exists."""
    try:
        if _DAY.fullmatch(cell):
            return datetime.date.fromisoformat(cell)
    except ValueError:
        pass
    raise cell_error(path, row, column, f'"{cell}" is not a day in the form 2025-09-16')


def require_new_id(path: Path, row: int, cell: str, rows_by_id: dict[str, int]) -> str:
    """The id, refused where its form is wrong or an earlier row has it; noted in rows_by_id."""
    if not _ID.fullmatch(cell):
        raise cell_error(path, row, "id", f'"{cell}" is not an id such as honda_op_fy25_3')
    if cell in rows_by_id:
        raise cell_error(path, row, "id", f'"{cell}" is already the id of row {rows_by_id[cell]}')
    rows_by_id[cell] = row
    return cell


def require_as_of(path: Path, row: int, cell: str) -> str:
    """The as-of date, refused unless it is a year, a year and month, or a day that exists."""
    try:
        if _AS_OF.fullmatch(cell):
            datetime.date.fromisoformat(cell + "-01-01"[len(cell) - 4 :])
            return cell
    except ValueError:
        pass
    raise cell_error(path, row, "as_of", f'"{cell}" is not a date such as 2025, 2025-09 or 2025-09-16')


def require_url(path: Path, row: int, cell: str) -> str:
    """The address of a source, or empty; refused unless it is https and holds no space, quote or bracket."""
    if cell and not _URL.fullmatch(cell):
        raise cell_error(path, row, "url", f'"{cell}" is not a plain https address such as https://example.org/a/1')
    return cell


def _value(path: Path, row: int, cell: str, unit: str) -> float | str:
    if unit == TEXT:
        return require_text(path, row, "value", cell)
    if unit == DATE:
        return require_day(path, row, "value", cell).isoformat()
    return require_number(path, row, "value", cell)


def read_facts(path: Path) -> dict[str, Fact]:
    """Facts by id, in the order of the file; DataError names file, row and column of what it refuses."""
    found: dict[str, Fact] = {}
    rows_by_id: dict[str, int] = {}
    for row, cells in read_rows(path, COLUMNS):
        fact_id = require_new_id(path, row, cells["id"], rows_by_id)
        unit = require_known(path, row, "unit", cells["unit"], UNITS, "unit")
        found[fact_id] = Fact(
            id=fact_id,
            label=require_text(path, row, "label", cells["label"]),
            value=_value(path, row, cells["value"], unit),
            unit=unit,
            as_of=require_as_of(path, row, cells["as_of"]),
            source=require_text(path, row, "source", cells["source"]),
            kind=require_known(path, row, "kind", cells["kind"], KINDS, "kind"),
            note=cells["note"],
            url=require_url(path, row, cells["url"]),
        )
    return found


@cache
def facts() -> Mapping[str, Fact]:
    """The shipped facts by id, read once and read-only; DataError where the file is refused."""
    return MappingProxyType(read_facts(FACTS_CSV))


def sourced(kind: str, source: str) -> str:
    """Kind and source in one text; a source that begins with its kind says it once."""
    return source if source.startswith(kind) else f"{kind}: {source}"
