"""The tables of the sources page: facts, assumptions, editions and the backtest, as data and as people read them.

A `Table` holds the exact values in base units and is what downloads write. What a page shows of it comes
from the functions whose names begin with `shown_`: every digit of the data, with the unit in words.
"""

import textwrap
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import pandas as pd

from data.facts import DATE, TEXT, Fact, facts
from model.backtest import BacktestRow, backtest
from model.backtest_inputs import (
    BASES,
    CALIBRATION_EDITION,
    GROSS,
    NET,
    NOT_STATED,
    REPORTED,
    ROLES,
    SORTS,
    WHOLE,
    inputs,
)
from model.editions import COMPANY_LABELS, edition
from model.links import number_text
from model.registry import ASSUMPTIONS
from pages.parts.tables import Table
from pages.parts.view import View
from pages.parts.words import (
    MINUS,
    NBSP,
    ROLE_MEANING,
    URL_MEANING,
    markdown_text,
    named_with_role,
    number,
    one_notation,
    percent,
    source_link,
    spoken_unit,
)

UNIT_FORMS: Final = {
    "share": (100, "%", "{} %"),
    "ratio": (1, "ratio", "{}"),
    "JPY bn": (1, "JPY bn", "JPY {} bn"),
    "USD bn": (1, "USD bn", "USD {} bn"),
    "EUR bn": (1, "EUR bn", "EUR {} bn"),
    "CNY bn": (1, "CNY bn", "CNY {} bn"),
    "KRW bn": (1, "KRW bn", "KRW {} bn"),
    "JPY": (1, "JPY", "JPY {}"),
    "USD": (1, "USD", "USD {}"),
    "HKD": (1, "HKD", "HKD {}"),
    "JPY per USD": (1, "yen per dollar", "JPY {} per dollar"),
    "KRW per USD": (1, "won per dollar", "KRW {} per dollar"),
    "USD per EUR": (1, "dollars per euro", "USD {} per euro"),
    "JPY bn per JPY": (1, "JPY bn per yen", "JPY {} bn per yen"),
    "JPY bn per yr": (1, "JPY bn, added each year", "JPY {} bn a year"),
    "USD per vehicle": (1, "USD per car", "USD {} per car"),
    "EUR per vehicle": (1, "EUR per car", "EUR {} per car"),
    "USD per unit of yearly capacity": (1, "USD per car of yearly capacity", "USD {} per car of capacity"),
    "USD per truck": (1, "USD per truck", "USD {} per truck"),
    "kveh": (1000, "cars a year", "{} cars"),
    "thousand trucks": (1000, "trucks a year", "{} trucks"),
    "bn shares": (1, "billion shares", "{} bn shares"),
    "shares per ADS": (1, "shares per depositary share", "{} shares per ADS"),
    "people": (1, "people", "{} people"),
    "count": (1, "count", "{}"),
    "months": (1, "months", "{} months"),
    "days": (1, "days", "{} days"),
    "yr": (1, "years", "{} years"),
    "fiscal year": (1, "fiscal year", "to March {}"),
}
"""Per unit: what to multiply by for people, the unit in words, and how a value is written with it."""

EDITION_FACT_LABELS: Final = {
    "guided_operating_profit_jpy_bn": "operating profit, guided",
    "guided_revenue_jpy_bn": "revenue, guided",
    "guided_net_income_jpy_bn": "net income, guided",
    "shares_bn": "shares outstanding",
    "us_sales_kveh": "cars sold in the US",
    "usmca_imports_kveh": "cars imported from Canada and Mexico",
    "japan_imports_kveh": "cars imported from Japan",
    "us_output_kveh": "cars built in the US",
    "other_us_capacity_kveh": "US capacity, without Canton",
    "rd_jpy_bn": "research and development",
    "ordinary_car_duty_share": "Ordinary duty on cars, which the tariff comes on top of",
    "surcharge_share": "General import surcharge",
    "surcharge_months": "Months of the first year with the surcharge",
    "ridgeline_sales_kveh": "Ridgelines sold in the US",
    "greenfield_usd_per_unit": "Cost of a new plant",
    "first_fiscal_year": "First fiscal year",
}
"""Facts of an edition in words, by their name without the company."""

_FACT_SOURCES: Final = ("data/facts.csv; the column source names the source of each row",)
_EDITION_SOURCES: Final = ("data/editions; the column source names the source of each row",)

_FITTED: Final = "Says nothing: inputs were worked out from it."


def exact_number(value: float, unit: str) -> str:
    """Every digit of a value, in the unit's words: 0.0375 of "share" is 3.75 (per cent)."""
    scaled = Decimal(number_text(value)) * UNIT_FORMS[unit][0]
    digits = f"{abs(scaled).normalize():f}" if unit == "fiscal year" else f"{abs(scaled).normalize():,f}"
    return f"{MINUS}{digits}" if scaled < 0 else digits


def exact_figure(value: float | str, unit: str) -> str:
    """Every digit of a value with its unit; words stay as they are."""
    if isinstance(value, str):
        return value
    digits = exact_number(value, unit)
    sign, digits = (MINUS, digits[1:]) if digits.startswith(MINUS) else ("", digits)
    return sign + UNIT_FORMS[unit][2].format(digits).replace(" ", NBSP)


def _unit_of(row: dict[Hashable, Any]) -> str:
    """The unit of a row that has a label, as `UNIT_FORMS` names it."""
    return spoken_unit(row["unit"], row["label"])


def error_text(share: float) -> str:
    """An error with its sign: 0.498 is +49.8 %."""
    text = percent(share)
    return text if text.startswith(MINUS) or not text.strip(f"0.{NBSP}%") else f"+{text}"


# ---------------------------------------------------------------------- data


def _plain(value: float) -> float | int:
    """A whole number without its ".0"."""
    return int(value) if value == int(value) else value


def fact_table(found: Collection[Fact] | None = None) -> Table:
    """Every fact, or those given, in the order of the file."""
    records: list[tuple[object, ...]] = [
        (
            f.id,
            f.label,
            f.value if isinstance(f.value, str) else _plain(f.value),
            f.unit,
            f.as_of,
            f.source,
            f.kind,
            f.note,
            f.url,
        )
        for f in (facts().values() if found is None else found)
    ]
    columns = {
        "id": "Name of the fact",
        "label": "What it is",
        "value": "Value in the unit; shares are fractions",
        "unit": "Unit",
        "as_of": "Date, month or year that the value belongs to",
        "source": "Source",
        "kind": "How the value is known",
        "note": "Note",
        "url": URL_MEANING,
    }
    return Table.of("facts", "Facts", columns, records, _FACT_SOURCES)


def assumption_table(view: View) -> Table:
    """Every assumption with its declaration, its default in the edition in use and its value in the scenario."""
    world = edition(view.scenario.edition)
    records: list[tuple[object, ...]] = []
    for key, a in ASSUMPTIONS.items():
        source, kind = world.source_of(key)
        row = world.rows.get(key)
        default, value = world.defaults[key], view.scenario.values[key]
        numbers = (default, value, a.low, a.high, a.minimum, a.maximum, a.step)
        records.append(
            (
                key,
                a.label,
                a.group,
                a.role,
                a.unit,
                *(_plain(each) for each in numbers),
                "yes" if value != default else "no",
                row.fact if row else "",
                source,
                kind,
                a.range_source,
                a.distribution,
                row.note if row else "",
                a.help,
                row.url if row else "",
            )
        )
    columns = {
        "key": "Name in links",
        "label": "Assumption",
        "group": "Group of the sidebar",
        "role": ROLE_MEANING,
        "unit": "Unit; shares are fractions, kveh are thousand cars a year",
        "default": f"Default in the edition {view.scenario.edition}",
        "scenario": "Value in the scenario",
        "low": "Plausible range, low end",
        "high": "Plausible range, high end",
        "minimum": "Lowest value accepted",
        "maximum": "Highest value accepted",
        "step": "Step of the slider",
        "changed": "Whether the scenario differs from the default",
        "fact": "Name of the fact that the default quotes, if any",
        "source": "Source of the default",
        "kind": "How the default is known",
        "range_source": "Source of the plausible range",
        "distribution": "How it is drawn where all are uncertain; explained on the Uncertainty page",
        "note": "Note",
        "help": "Meaning",
        "url": URL_MEANING,
    }
    return Table.of("assumptions", "Assumptions", columns, records, _EDITION_SOURCES)


def edition_table(name: str) -> Table:
    """Every row of an edition: facts that hold in it, and defaults that it states."""
    records: list[tuple[object, ...]] = [
        (key, edition_label(key), _plain(row.value), row.unit, row.fact, row.source, row.kind, row.note, row.url)
        for key, row in edition(name).rows.items()
    ]
    columns = {
        "key": "Name of the value",
        "label": "What it is",
        "value": "Value in the unit; shares are fractions",
        "unit": "Unit",
        "fact": "Name of the fact that it quotes, if any",
        "source": "Source",
        "kind": "How the value is known",
        "note": "Note",
        "url": URL_MEANING,
    }
    return Table.of(f"edition-{name}", f"Edition {name}", columns, records, _EDITION_SOURCES)


def edition_label(key: str) -> str:
    """A value of an edition in words."""
    if key in ASSUMPTIONS:
        return ASSUMPTIONS[key].label
    for company, name in COMPANY_LABELS.items():
        if key.startswith(f"{company}_"):
            return f"{name}: {EDITION_FACT_LABELS[key.removeprefix(f'{company}_')]}"
    return EDITION_FACT_LABELS[key]


def backtest_table(rows: Sequence[BacktestRow] | None = None) -> Table:
    """Every published tariff cost beside the model's, calibration rows first."""
    known = facts()
    records: list[tuple[object, ...]] = [
        (
            COMPANY_LABELS[r.company],
            r.period,
            r.as_of,
            r.role,
            r.published_jpy_bn,
            r.model_jpy_bn,
            r.error_share,
            r.unexplained or _FITTED,
            r.fact_id,
            known[r.fact_id].kind,
            _joined(known[r.fact_id].source, known[r.fact_id].note),
            known[r.fact_id].url,
            r.span,
            r.reported,
            r.line,
            r.basis,
            r.edition,
        )
        for r in (backtest() if rows is None else rows)
    ]
    columns = {
        "company": "Company",
        "period": "Period that the cost belongs to",
        "as_of": "Day of the guidance, or the month to which cost was booked",
        "role": _meanings(ROLES),
        "published_jpy_bn": "Tariff cost as published, JPY bn",
        "model_jpy_bn": "Tariff cost of the model, JPY bn, gross or net as published; gross where that is not stated",
        "error_share": "Model over published, less one; a fraction",
        "unexplained": "What the model does not explain",
        "fact_id": "Name of the fact",
        "kind": "How the published figure is known",
        "source": "Source of the published figure, and what it says of it",
        "url": URL_MEANING,
        "span": "Kind of period",
        "reported": _meanings(REPORTED),
        "line": "Part of the cost",
        "basis": _meanings(BASES),
        "edition": "Edition whose estimates the model's figure rests on",
    }
    title = f"Published tariff cost beside the model's, calibrated on the edition {CALIBRATION_EDITION}"
    return Table.of("backtest", title, columns, records, _FACT_SOURCES)


def backtest_inputs_table() -> Table:
    """Everything that goes into the backtest, fixed before it is run."""
    records: list[tuple[object, ...]] = [
        (
            i.sort,
            i.id,
            i.label,
            _plain(i.value),
            i.unit,
            i.start,
            i.known_since,
            i.source,
            i.kind,
            i.note,
            i.url,
        )
        for i in inputs().values()
    ]
    columns = {
        "sort": _meanings(SORTS),
        "id": "Name of the input",
        "label": "What it is",
        "value": "Value in the unit; shares are fractions",
        "unit": "Unit",
        "start": "Day from which it holds at the border, or in the plants; empty where it holds all year",
        "known_since": "When it was published, or when a prior was stated",
        "source": "Source",
        "kind": "How the value is known",
        "note": "Note",
        "url": URL_MEANING,
    }
    return Table.of("backtest_inputs", "What goes into the backtest", columns, records, _FACT_SOURCES)


def _meanings(words: Mapping[str, str]) -> str:
    return "; ".join(f"{word}: {meaning}" for word, meaning in words.items())


TABLES: Final[dict[str, Callable[[View], Table]]] = {
    "facts": lambda view: fact_table(),
    "assumptions": assumption_table,
    "backtest": lambda view: backtest_table(),
    "backtest_inputs": lambda view: backtest_inputs_table(),
}
"""Tables of the page that have an address of their own, by name."""


# ------------------------------------------------------------------- search

_NOT_SEARCHED: Final = frozenset({"group", "changed", "low", "high", "minimum", "maximum", "step", "unit", "help"})


def matching(table: Table, query: str, kinds: Collection[str] = ()) -> Table:
    """Rows in which every word of the query occurs somewhere, of these kinds (none: of any kind).

    Names, labels, sources, notes and values are searched, values as stored and as shown, upper and
    lower case alike. The words are only compared, never run as a pattern.
    """
    rows = table.rows
    if kinds:
        rows = rows[rows["kind"].isin(list(kinds))]
    words = query.casefold().split()
    if words:
        rows = rows[[all(word in text for word in words) for text in _searched(rows)]]
    return _with_rows(table, rows.reset_index(drop=True))


def _with_rows(table: Table, rows: pd.DataFrame) -> Table:
    return Table.framed(table.name, table.title, table.columns, rows, table.sources)


def _searched(rows: pd.DataFrame) -> list[str]:
    """What a search looks at in each row: its cells, and its values as people read them."""
    columns = [name for name in rows.columns if name not in _NOT_SEARCHED]
    values = [name for name in columns if name in ("value", "default", "scenario")]
    texts = []
    for record in rows.to_dict("records"):
        shown = [exact_figure(record[name], _unit_of(record)).replace(NBSP, " ") for name in values]
        texts.append("\n".join([*(str(record[name]) for name in columns), *shown]).casefold())
    return texts


# ---------------------------------------------------------------- as people read them


def held_text(text: str, width: int = 26) -> str:
    """Text for a Markdown cell whose lines hold together, so that a narrow screen scrolls and does not break words.

    width: characters that stay on one line
    """
    return " ".join(
        markdown_text(line.replace(" ", NBSP))
        for line in textwrap.wrap(one_notation(text), width, break_on_hyphens=False)
    )


def day_text(as_of: str) -> str:
    """A day, month or year as people write it: 2025-05-13 is 13 May 2025."""
    year, *rest = as_of.split("-")
    if not rest:
        return year
    month = f"{_MONTHS[int(rest[0]) - 1]}{NBSP}{year}"
    return f"{int(rest[1])}{NBSP}{month}" if len(rest) > 1 else month


_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def sourced(kind: str, source: str) -> str:
    """Kind and source in one text; a source that begins with its kind says it once."""
    return source if source.startswith(kind) else f"{kind}: {source}"


def _joined(*texts: str) -> str:
    return "; ".join(text for text in texts if text)


def _linked(cell: str, url: str) -> str:
    """A Markdown cell with the link to its source after it, where the address is known."""
    return f"{cell} {source_link(url)}" if url else cell


def split_facts(table: Table) -> tuple[Table, Table]:
    """Facts that are numbers, and facts that are words or days."""
    in_words = table.rows["unit"].isin([TEXT, DATE])
    numbers, texts = table.rows[~in_words], table.rows[in_words]
    return _with_rows(table, numbers), _with_rows(table, texts)


def shown_facts(table: Table) -> pd.DataFrame:
    """Facts as a grid shows them: every value with its unit, every known address as a link."""
    rows = table.rows
    return pd.DataFrame(
        {
            "Fact": rows["label"],
            "Value": [exact_figure(row["value"], _unit_of(row)).replace(NBSP, " ") for row in rows.to_dict("records")],
            "As of": rows["as_of"],
            "Kind": rows["kind"],
            "Source": rows["source"].map(one_notation),
            "Address": rows["url"],
            "Note": rows["note"].map(one_notation),
            "Name": rows["id"],
        }
    )


def shown_statements(table: Table) -> pd.DataFrame:
    """Facts that are words or days, as Markdown cells."""
    return pd.DataFrame(
        [
            {
                "Fact": held_text(row["label"], 24),
                "What it says": held_text(day_text(row["value"]) if row["unit"] == DATE else row["value"], 30),
                "As of": day_text(row["as_of"]),
                "Source and note": _linked(
                    held_text(_joined(sourced(row["kind"], row["source"]), row["note"])), row["url"]
                ),
                "Name": markdown_text(row["id"]),
            }
            for row in table.rows.to_dict("records")
        ]
    )


def shown_assumptions(table: Table, group: str) -> pd.DataFrame:
    """Assumptions of a group as Markdown cells; a value that the scenario changed is bold and says so."""
    records = []
    for row in table.rows[table.rows["group"] == group].to_dict("records"):
        shown = {
            name: exact_number(row[name], row["unit"])
            for name in ("default", "scenario", "low", "high", "minimum", "maximum", "step")
        }
        changed = row["changed"] == "yes"
        records.append(
            {
                "Assumption": held_text(named_with_role(row["key"]), 19),
                "Unit": held_text(UNIT_FORMS[_unit_of(row)][1], 8),
                "Default": shown["default"],
                "Scenario": f"**{shown['scenario']}** changed" if changed else shown["scenario"],
                "Plausible": held_text(f"{shown['low']} to {shown['high']}", 12),
                "Accepted": held_text(f"{shown['minimum']} to {shown['maximum']}, step {shown['step']}", 18),
                "Source of the default": _linked(
                    held_text(_joined(sourced(row["kind"], row["source"]), row["note"]), 24), row["url"]
                ),
                "Source of the range": held_text(row["range_source"], 15),
                "Name in links": markdown_text(row["key"]),
            }
        )
    return pd.DataFrame(records)


def shown_edition(table: Table, other: Table) -> pd.DataFrame:
    """Rows of an edition as Markdown cells beside the value of another edition."""
    elsewhere = {row["key"]: exact_figure(row["value"], _unit_of(row)) for row in other.rows.to_dict("records")}
    there_name = f"In {other.name.removeprefix('edition-')}"
    records = []
    for row in table.rows.to_dict("records"):
        value, there = exact_figure(row["value"], _unit_of(row)), elsewhere.get(row["key"], "its own default")
        quoted = f"fact {row['fact']}" if row["fact"] else ""
        records.append(
            {
                "What": held_text(row["label"], 24),
                "Value": value,
                there_name: "same" if value == there else there,
                "Source and note": _linked(
                    held_text(_joined(sourced(row["kind"], row["source"]), row["note"], quoted), 30), row["url"]
                ),
                "Name": markdown_text(row["key"]),
            }
        )
    return pd.DataFrame(records)


def shown_backtest(table: Table, role: str) -> pd.DataFrame:
    """The rows of a role as Markdown cells."""
    rows = table.rows[table.rows["role"] == role]
    return pd.DataFrame(
        [
            {
                "Company": row["company"],
                "Cost of": held_text(row["period"] if row["line"] == WHOLE else f"{row['line']}, {row['period']}", 16),
                "As of": f"{row['reported']} {day_text(row['as_of'])}",
                "Published, JPY bn": exact_number(row["published_jpy_bn"], "JPY bn"),
                "Model, JPY bn": number(row["model_jpy_bn"], 1),
                "Error": f"**{error_text(row['error_share'])}**",
                "Own measures": _OWN_MEASURES[row["basis"]],
                "What the model does not explain": held_text(row["unexplained"]),
                "Source and note": _linked(held_text(sourced(row["kind"], row["source"])), row["url"]),
            }
            for row in rows.to_dict("records")
        ]
    )


_OWN_MEASURES: Final = {GROSS: "before", NET: "after", NOT_STATED: f"not{NBSP}stated"}


def shown_backtest_inputs(table: Table) -> pd.DataFrame:
    """What goes into the backtest, as Markdown cells."""
    return pd.DataFrame(
        [
            {
                "Sort": held_text(row["sort"], 12),
                "What it is": held_text(row["label"], 26),
                "Value": exact_figure(row["value"], row["unit"]),
                "From": day_text(row["start"]) if row["start"] else "all year",
                "Known since": day_text(row["known_since"]),
                "Source and note": _linked(
                    held_text(_joined(sourced(row["kind"], row["source"]), row["note"]), 30), row["url"]
                ),
                "Name": markdown_text(row["id"]),
            }
            for row in table.rows.to_dict("records")
        ]
    )
