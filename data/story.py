"""The story around the numbers: dated events, tariff rates by period, and the article's claims checked."""

import datetime
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from data.facts import (
    KINDS,
    cell_error,
    facts,
    read_rows,
    require_day,
    require_known,
    require_new_id,
    require_number,
    require_text,
    require_url,
)

TIMELINE_CSV = Path(__file__).with_name("timeline.csv")
TARIFF_RATES_CSV = Path(__file__).with_name("tariff_rates.csv")
CLAIMS_CSV = Path(__file__).with_name("claims.csv")

TIMELINE_COLUMNS = ("id", "date", "end_date", "title", "detail", "category", "fact_ids", "source", "kind", "url")
TARIFF_COLUMNS = ("id", "tariff", "rate_share", "start", "end", "label", "source", "kind", "url")
CLAIM_COLUMNS = (
    "id", "claim", "verdict", "correction", "fact_ids", "source", "kind", "preset", "page", "outputs", "company",
)  # fmt: skip

CATEGORIES = ("tariff", "milestone")
TARIFFS = ("japan", "usmca", "parts", "pickup_japan", "msrp_offset", "other")
VERDICT_GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "wrong": "Wrong",
        "wrong concept": "Wrong",
        "mostly wrong": "Wrong",
        "misleading": "Misleading",
        "overstated": "Misleading",
        "doubtful": "Misleading",
        "implausibly small": "Misleading",
        "depends on the window": "Misleading",
        "poor in hindsight": "Misleading",
        "roughly right": "Roughly right",
        "partly": "Roughly right",
        "unquantified": "Unquantified",
    }
)
"""Every verdict, and the one of four groups in which it is counted."""

VERDICTS = tuple(VERDICT_GROUPS)
GROUPS = tuple(dict.fromkeys(VERDICT_GROUPS.values()))
CLAIM_PAGES = ("overview", "tariffs", "plant", "alliance", "investor", "sources")
CLAIM_COMPANIES = ("honda", "nissan", "both")


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """A dated event; end_date is None for a single day, url is empty where no address of the source is known."""

    id: str
    date: datetime.date
    end_date: datetime.date | None
    title: str
    detail: str
    category: str
    fact_ids: tuple[str, ...]
    source: str
    kind: str
    url: str


@dataclass(frozen=True, slots=True)
class TariffRate:
    """A rate (share) in force from start to end, both days included; None where open or unknown.

    url: address of the source, or empty where only its name is known
    """

    id: str
    tariff: str
    rate_share: float
    start: datetime.date | None
    end: datetime.date | None
    label: str
    source: str
    kind: str
    url: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What the article says, the verdict, the correction and the preset that plays the claim as written.

    fact_ids: facts that the verdict rests on, those the claim turns on first
    page: the page that shows the claim's number
    outputs: names of the model's outputs that are the claim's number; empty where no lever plays the claim
    company: honda, nissan, both, or empty where the outputs belong to no company
    """

    id: str
    claim: str
    verdict: str
    correction: str
    fact_ids: tuple[str, ...]
    source: str
    kind: str
    preset: str
    page: str
    outputs: tuple[str, ...]
    company: str

    @property
    def group(self) -> str:
        """The group in which the verdict is counted."""
        return VERDICT_GROUPS[self.verdict]


_OUTPUT = re.compile(r"[a-z][a-z0-9_]*")


def _kind(path: Path, row: int, cell: str) -> str:
    return require_known(path, row, "kind", cell, KINDS, "kind")


def _day_or_none(path: Path, row: int, column: str, cell: str) -> datetime.date | None:
    return require_day(path, row, column, cell) if cell else None


def _end_day(path: Path, row: int, column: str, cell: str, start: datetime.date | None) -> datetime.date | None:
    end = _day_or_none(path, row, column, cell)
    if start and end and end < start:
        raise cell_error(path, row, column, f'"{cell}" is before the start {start.isoformat()}')
    return end


def _fact_ids(path: Path, row: int, cell: str, known: Collection[str]) -> tuple[str, ...]:
    ids = tuple(require_text(path, row, "fact_ids", cell).split(";"))
    for fact_id in ids:
        if fact_id not in known:
            raise cell_error(path, row, "fact_ids", f'"{fact_id}" is not the id of a fact')
        if ids.count(fact_id) > 1:
            raise cell_error(path, row, "fact_ids", f'"{fact_id}" is named twice')
    return ids


def _outputs(path: Path, row: int, cell: str) -> tuple[str, ...]:
    names = tuple(cell.split(";")) if cell else ()
    for name in names:
        if not _OUTPUT.fullmatch(name):
            raise cell_error(path, row, "outputs", f'"{name}" is not the name of an output such as us_sales_kveh')
        if names.count(name) > 1:
            raise cell_error(path, row, "outputs", f'"{name}" is named twice')
    return names


def _company(path: Path, row: int, cell: str, outputs: tuple[str, ...]) -> str:
    if cell and not outputs:
        raise cell_error(path, row, "company", f'"{cell}" is given without an output')
    return require_known(path, row, "company", cell, CLAIM_COMPANIES, "company") if cell else cell


def read_timeline(path: Path, known_facts: Collection[str]) -> tuple[TimelineEvent, ...]:
    """Events by date; DataError names file, row and column of what it refuses."""
    events: list[TimelineEvent] = []
    rows_by_id: dict[str, int] = {}
    for row, cells in read_rows(path, TIMELINE_COLUMNS):
        date = require_day(path, row, "date", cells["date"])
        events.append(
            TimelineEvent(
                id=require_new_id(path, row, cells["id"], rows_by_id),
                date=date,
                end_date=_end_day(path, row, "end_date", cells["end_date"], date),
                title=require_text(path, row, "title", cells["title"]),
                detail=require_text(path, row, "detail", cells["detail"]),
                category=require_known(path, row, "category", cells["category"], CATEGORIES, "category"),
                fact_ids=_fact_ids(path, row, cells["fact_ids"], known_facts),
                source=require_text(path, row, "source", cells["source"]),
                kind=_kind(path, row, cells["kind"]),
                url=require_url(path, row, cells["url"]),
            )
        )
    return tuple(sorted(events, key=lambda event: event.date))


def read_tariff_rates(path: Path) -> tuple[TariffRate, ...]:
    """Rates in the order of the file; DataError names file, row and column of what it refuses."""
    rates: list[TariffRate] = []
    rows_by_id: dict[str, int] = {}
    for row, cells in read_rows(path, TARIFF_COLUMNS):
        rate_share = require_number(path, row, "rate_share", cells["rate_share"])
        if not 0 <= rate_share <= 1:
            raise cell_error(path, row, "rate_share", f'"{cells["rate_share"]}" is outside 0 to 1')
        start = _day_or_none(path, row, "start", cells["start"])
        rates.append(
            TariffRate(
                id=require_new_id(path, row, cells["id"], rows_by_id),
                tariff=require_known(path, row, "tariff", cells["tariff"], TARIFFS, "tariff"),
                rate_share=rate_share,
                start=start,
                end=_end_day(path, row, "end", cells["end"], start),
                label=require_text(path, row, "label", cells["label"]),
                source=require_text(path, row, "source", cells["source"]),
                kind=_kind(path, row, cells["kind"]),
                url=require_url(path, row, cells["url"]),
            )
        )
    return tuple(rates)


def read_claims(path: Path, known_facts: Collection[str]) -> tuple[Claim, ...]:
    """Claims in the order of the file; DataError names file, row and column of what it refuses."""
    claims_found: list[Claim] = []
    rows_by_id: dict[str, int] = {}
    for row, cells in read_rows(path, CLAIM_COLUMNS):
        outputs = _outputs(path, row, cells["outputs"])
        claims_found.append(
            Claim(
                id=require_new_id(path, row, cells["id"], rows_by_id),
                claim=require_text(path, row, "claim", cells["claim"]),
                verdict=require_known(path, row, "verdict", cells["verdict"], VERDICTS, "verdict"),
                correction=require_text(path, row, "correction", cells["correction"]),
                fact_ids=_fact_ids(path, row, cells["fact_ids"], known_facts),
                source=require_text(path, row, "source", cells["source"]),
                kind=_kind(path, row, cells["kind"]),
                preset=require_text(path, row, "preset", cells["preset"]),
                page=require_known(path, row, "page", cells["page"], CLAIM_PAGES, "page"),
                outputs=outputs,
                company=_company(path, row, cells["company"], outputs),
            )
        )
    return tuple(claims_found)


@cache
def timeline() -> tuple[TimelineEvent, ...]:
    """The shipped events by date, read once."""
    return read_timeline(TIMELINE_CSV, facts().keys())


@cache
def tariff_rates() -> tuple[TariffRate, ...]:
    """The shipped tariff rates, read once."""
    return read_tariff_rates(TARIFF_RATES_CSV)


@cache
def claims() -> tuple[Claim, ...]:
    """The shipped claims, read once."""
    return read_claims(CLAIMS_CSV, facts().keys())
