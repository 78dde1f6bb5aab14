"""Published numbers to watch, with date, source and kind."""

from typing import Final

from data.facts import facts
from pages.kit.columns import Columns
from pages.kit.figure import Figure
from pages.kit.tables import Table
from pages.kit.view import View
from pages.kit.words import date_words, quantity

_WATCHED: Final = (
    (
        "honda_tariff_gross_feb26",
        "Honda: tariff cost guided",
        "More was booked in the end; a level for the year to March 2027 was not published.",
    ),
    ("nissan_tariff_feb26", "Nissan: tariff cost guided", "What the alliance would have to pay back."),
    ("honda_op_guid_fy27_3", "Honda: operating profit guided", "Every scenario starts here."),
    (
        "nissan_op_guid_fy27_3",
        "Nissan: operating profit guided",
        "Little of it is left per share, so small changes weigh much.",
    ),
    ("nissan_na_op_fy26_3", "Nissan: North America profit", "Tariffs and Canton are felt here first."),
    ("canton_utilisation_calc", "Canton: utilisation", "Trucks for Honda matter while lines stand idle."),
    ("canton_utilisation_nikkei", "Canton: utilisation, Nikkei", "Sources differ: a third says less than half."),
    ("honda_us_sales_2025", "Honda: US sales", "Duty, and what a price rise costs, grow with them."),
    ("nissan_us_sales_2025", "Nissan: US sales", "Duty, and what a price rise costs, grow with them."),
    ("usmca_joint_review", "USMCA review", "Decides what cars from Canada and Mexico pay."),
    ("usdjpy_mid26", "Exchange rate", "A weaker yen makes duty dearer in yen and US earnings larger."),
)


def _records(view: View) -> list[tuple[object, ...]]:
    """Numbers to watch: latest published value, date, source, kind, and why it matters."""
    records: list[tuple[object, ...]] = []
    for fact_id, label, why in _WATCHED:
        f = facts()[fact_id]
        records.append((label, f.value, f.unit, f.as_of, f.note, why, f.source, f.kind, f.label))
    return records


def watch_in_words(table: Table) -> Columns:
    """The same as a reader wants it: number, why it matters, latest value with date, source and kind."""
    values = table.values
    told_of = zip(*(values[name] for name in ("value", "unit", "as_of", "note", "source", "kind")), strict=True)
    latest = []
    for value, unit, as_of, noted, source, kind in told_of:
        text = value if isinstance(value, str) else quantity(float(value), unit)
        date = date_words(as_of)
        told = text if date in text else f"{text}, {date}"
        latest.append(f"{told}: {source} ({kind}{f'; {noted}' if noted else ''})")
    return {"Figure": values["figure"], "Why it matters": values["why"], "Latest published, source (kind)": latest}


TO_WATCH: Final = Figure(
    name="figures_to_watch",
    title="Figures to watch",
    columns={
        "figure": "Figure to watch",
        "value": "Latest published value, in its unit",
        "unit": "Unit",
        "as_of": "Date",
        "note": "Note",
        "why": "Why it matters",
        "source": "Source",
        "kind": "Kind of source",
        "fact": "Fact",
    },
    records=_records,
    sources=lambda view: tuple(dict.fromkeys(facts()[fact_id].source for fact_id, *_ in _WATCHED)),
)
