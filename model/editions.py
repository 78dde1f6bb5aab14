"""Editions: immutable sets of facts and default values, each the world as of a date.

A link names its edition, so an old link shows the numbers it showed when it was made. The values
live in `data/editions/*.csv`; this module joins them with the registry.

An edition with figures of one's own is derived from a published one and is named by what it replaces, such as
`2026-11+honda_guided_operating_profit_jpy_bn=550`. `derived` alone makes such names, so that there is one for each.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from data.editions import EditionRow, edition_names, read_edition
from data.facts import DataError
from model.checks import refused, unknown
from model.registry import ASSUMPTIONS, BASE_FIGURES, FIRST_FISCAL_YEAR, LIMITS
from model.registry import COMPANY_LABELS as COMPANY_LABELS

COMPANIES: Final = tuple(COMPANY_LABELS)
HORIZON_YEARS: Final = 5

DEFAULT_EDITION: Final = "2026-11"

EDITION_FACTS: Final = {
    **{figure.key: figure.unit for figure in BASE_FIGURES.values() if not figure.assumption},
    FIRST_FISCAL_YEAR: "fiscal year",
}
"""Facts that every edition states, with their units."""

YOURS: Final = "yours"
"""Kind of a figure that is one's own and was published by nobody."""

_OWN: Final = "+"
"""What one's own figures stand behind in the name of a derived edition."""

MOST_KEPT: Final = 64
"""Editions that are kept once they are made: visitors name as many as they like."""


@dataclass(frozen=True, slots=True)
class Edition:
    """Facts and defaults as of a date.

    rows: every row of the edition's file, by key, with source and kind
    facts: values that no slider moves
    defaults: value of every assumption
    own: one's own figures, by key of `BASE_FIGURES`; none in a published edition
    """

    name: str
    rows: Mapping[str, EditionRow]
    facts: Mapping[str, float]
    defaults: Mapping[str, float]
    own: Mapping[str, float] = field(default_factory=dict)

    @property
    def years(self) -> tuple[str, ...]:
        """Labels of the five fiscal years, such as "FY2027/3"."""
        first = int(self.facts["first_fiscal_year"])
        return tuple(f"FY{year}/3" for year in range(first, first + HORIZON_YEARS))

    def figure(self, key: str) -> float:
        """The value of a figure that one's own may replace, of `BASE_FIGURES`."""
        assumption = BASE_FIGURES[key].assumption
        return self.defaults[assumption] if assumption else self.facts[key]

    def source_of(self, key: str) -> tuple[str, str]:
        """Source and kind of an assumption's default or of a fact."""
        if key in self.rows:
            return self.rows[key].source, self.rows[key].kind
        return ASSUMPTIONS[key].source, ASSUMPTIONS[key].kind


@lru_cache(maxsize=MOST_KEPT)
def edition(name: str) -> Edition:
    """The edition of that name, published or derived.

    Raises KeyError for an unknown name and DataError where its file and the registry disagree.
    """
    base = base_of(name)
    if base not in edition_names():
        raise KeyError(name)
    return _published(base) if name == base else _with_own(name)


@cache
def _published(name: str) -> Edition:
    rows = read_edition(name)
    file = f"editions/{name}.csv"
    missing = [key for key in EDITION_FACTS if key not in rows]
    missing += [key for key, a in ASSUMPTIONS.items() if a.default is None and key not in rows]
    if missing:
        raise DataError(f"{file}, column key: no row for {', '.join(missing)}")
    for key, row in rows.items():
        unit = EDITION_FACTS[key] if key in EDITION_FACTS else ASSUMPTIONS[key].unit if key in ASSUMPTIONS else None
        if unit is None:
            where = f"{file}, row {row.row_number}, column key"
            raise DataError(f'{where}: "{key}" is neither a fact nor an assumption of the model')
        if row.unit != unit:
            raise DataError(f'{file}, row {row.row_number}, column unit: "{row.unit}" where {key} is in {unit}')
    defaults = {key: rows[key].value if key in rows else a.default for key, a in ASSUMPTIONS.items()}
    return Edition(
        name,
        rows,
        MappingProxyType({key: rows[key].value for key in EDITION_FACTS}),
        MappingProxyType({key: float(value) for key, value in defaults.items() if value is not None}),
    )


def _with_own(name: str) -> Edition:
    """A derived edition: the published one with some rows replaced."""
    try:
        pairs = dict(part.split("=") for part in name.partition(_OWN)[2].split(","))
        own = {key: float(text) for key, text in pairs.items()}
        known = derived(base_of(name), own) == name
    except ValueError as error:
        raise KeyError(name) from error
    if not known:
        raise KeyError(name)
    base, rows = _published(base_of(name)), {}
    for key, value in own.items():
        figure = BASE_FIGURES[key]
        place = figure.assumption or key
        source = f"your own figure instead of {number_text(base.figure(key))}"
        row = base.rows.get(place) or EditionRow(place, value, figure.unit, "", source, YOURS, "", 0, "")
        rows[place] = replace(row, value=value, fact="", source=source, kind=YOURS, note="", url="")
    return Edition(
        name,
        MappingProxyType({**base.rows, **rows}),
        MappingProxyType({key: rows[key].value if key in rows else value for key, value in base.facts.items()}),
        MappingProxyType({key: rows[key].value if key in rows else value for key, value in base.defaults.items()}),
        MappingProxyType(own),
    )


def derived(base: str, own: Mapping[str, float]) -> str:
    """The name of a published edition with figures of one's own, by key of `BASE_FIGURES`, each in its unit.

    There is one name for each: keys are sorted, and what is as published is left out.
    Raises ValueError that names everything unknown, out of bounds or at odds with another figure.
    """
    faults = [unknown("edition", base, editions())]
    faults += [unknown("figure", key, BASE_FIGURES) or _out_of_bounds(key, value) for key, value in own.items()]
    if not any(faults):
        faults = [f"{key} ({BASE_FIGURES[key].label}): {reason}" for key, reason in at_odds(base, own).items()]
    if any(faults):
        raise refused(filter(None, faults))
    published = _published(base)
    kept = {key: float(own[key]) + 0.0 for key in sorted(own) if own[key] != published.figure(key)}
    return _OWN.join(filter(None, (base, ",".join(f"{key}={number_text(value)}" for key, value in kept.items()))))


def _out_of_bounds(key: str, value: float) -> str:
    figure = BASE_FIGURES[key]
    if figure.minimum <= value <= figure.maximum:
        return ""
    return f"{key} ({figure.label}) = {value!r}: bounds are {figure.minimum:g} to {figure.maximum:g} ({figure.unit})"


def at_odds(base: str, own: Mapping[str, float]) -> dict[str, str]:
    """Own figures that cannot hold together with the others of a published edition, each with the reason."""
    published = _published(base)
    found: dict[str, str] = {}
    known = {**published.defaults, **published.facts, **own}
    for limit in LIMITS:
        part, most = (sum(known[key] for key in keys) for keys in (limit.parts, limit.most))
        if part > most:
            reason = f"{_cars(part)} {limit.parts_words} are more than the {_cars(most)} {limit.most_words}"
        elif part < limit.least:
            reason = f"{_cars(part)} {limit.parts_words} are fewer than the {_cars(limit.least)} that are divided by"
        else:
            continue
        found |= {key: reason for key in (*limit.parts, *limit.most) if key in own}
    return found


def _cars(kveh: float) -> str:
    return f"{number_text(round(kveh, 3))} thousand"


def number_text(value: float) -> str:
    """The shortest text that reads back as exactly this number."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))


def base_of(name: str) -> str:
    """The published edition that an edition is, or is derived from."""
    return name.partition(_OWN)[0]


def require_edition(name: str) -> None:
    """Raise ValueError for an unknown edition."""
    try:
        edition(name)
    except KeyError:
        raise ValueError(unknown("edition", name, editions()) or f'no edition is called "{name}"') from None


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """A figure of one's own beside the published one, in its unit."""

    key: str
    label: str
    unit: str
    value: float
    published: float


def own_figures(name: str) -> tuple[OwnFigure, ...]:
    """The figures of one's own in an edition, in the order of the registry; none in a published one."""
    own, published = edition(name).own, _published(base_of(name))
    return tuple(
        OwnFigure(key, figure.label, figure.unit, own[key], published.figure(key))
        for key, figure in BASE_FIGURES.items()
        if key in own
    )


def edition_words(name: str) -> str:
    """An edition wherever it is named, with the mark of figures that nobody published."""
    count = len(edition(name).own)
    mark = f" with {count} {'figure' if count == 1 else 'figures'} of your own" if count else ""
    return f"{base_of(name)}{mark}"


def editions() -> tuple[str, ...]:
    """Names of all editions, oldest first."""
    return edition_names()
