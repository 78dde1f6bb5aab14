"""Every assumption with its declaration, its default in the edition in use and its value in the scenario."""

from typing import Final

import pandas as pd

from model.editions import edition, edition_words
from model.registry import ASSUMPTIONS
from pages.kit.figure import Figure
from pages.kit.tables import Table
from pages.kit.view import View
from pages.kit.words import ROLE_MEANING, URL_MEANING, markdown_text, named_with_role
from pages.sources.cells import held_text, source_cell
from pages.sources.edition_rows import EDITION_SOURCES
from pages.sources.exact import UNIT_FORMS, exact_number, plain_number, unit_of


def _records(view: View) -> list[tuple[object, ...]]:
    world = edition(view.scenario.edition)
    records: list[tuple[object, ...]] = []
    for key, a in ASSUMPTIONS.items():
        source, kind = world.source_of(key)
        row = world.rows.get(key)
        default, value = world.defaults[key], view.scenario.asked[key]
        numbers = (default, value, a.low, a.high, a.minimum, a.maximum, a.step)
        records.append(
            (
                key,
                a.label,
                a.group,
                a.role,
                a.unit,
                *(plain_number(each) for each in numbers),
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
    return records


def assumptions_in_words(table: Table, group: str) -> pd.DataFrame:
    """Assumptions of a group as Markdown cells; a value that the scenario changed is bold and says so."""
    records = []
    for row in table.rows[table.rows["group"] == group].to_dict("records"):
        numbers = {
            name: exact_number(row[name], row["unit"])
            for name in ("default", "scenario", "low", "high", "minimum", "maximum", "step")
        }
        changed = row["changed"] == "yes"
        records.append(
            {
                "Assumption": held_text(named_with_role(row["key"]), 19),
                "Unit": held_text(UNIT_FORMS[unit_of(row)][1], 8),
                "Default": numbers["default"],
                "Scenario": f"**{numbers['scenario']}** changed" if changed else numbers["scenario"],
                "Plausible": held_text(f"{numbers['low']} to {numbers['high']}", 12),
                "Accepted": held_text(f"{numbers['minimum']} to {numbers['maximum']}, step {numbers['step']}", 18),
                "Source of the default": source_cell(row, 24),
                "Source of the range": held_text(row["range_source"], 15),
                "Name in links": markdown_text(row["key"]),
            }
        )
    return pd.DataFrame(records)


ALL_ASSUMPTIONS: Final = Figure(
    name="assumptions",
    title="Assumptions",
    columns=lambda view: {
        "key": "Name in links",
        "label": "Assumption",
        "group": "Group of the sidebar",
        "role": ROLE_MEANING,
        "unit": "Unit; shares are fractions, kveh are thousand cars a year",
        "default": f"Default in the edition {edition_words(view.scenario.edition)}",
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
    },
    records=_records,
    sources=EDITION_SOURCES,
)
