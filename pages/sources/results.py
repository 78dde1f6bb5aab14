"""Every result of the model in the scenario, as a table."""

from typing import Final

import pandas as pd

from model.outputs import OUTPUTS
from pages.kit.evidence import evidence
from pages.kit.figure import Figure
from pages.kit.results import RESULTS, named, value_of
from pages.kit.tables import PINNED, Table
from pages.kit.view import View
from pages.kit.words import markdown_text, output_value


def _records(view: View) -> list[tuple[object, ...]]:
    """Result, what it is, its value in scenario and reference, as it is shown, and how it is known."""
    known = evidence(view.scenario.edition)
    records: list[tuple[object, ...]] = []
    for name, (output, company) in RESULTS.items():
        unit = OUTPUTS[output].unit
        scenario, base = (value_of(p, output, company, view.year) for p in (view.projection, view.reference))
        pinned = [value_of(view.pinned.projection, output, company, view.year)] if view.pinned else []
        shown, mark = output_value(output, scenario), known[name].mark
        records.append((name, named(output, company), unit, scenario, base, *pinned, shown, mark))
    return records


def results_in_words(table: Table) -> pd.DataFrame:
    """Results as Markdown cells."""
    return pd.DataFrame(
        [
            {
                "Result": markdown_text(row["label"]),
                "Scenario": markdown_text(row["shown"]),
                "Reference": markdown_text(output_value(RESULTS[row["result"]][0], row["reference"])),
                **(
                    {PINNED: markdown_text(output_value(RESULTS[row["result"]][0], row["pinned"]))}
                    if table.has_pin
                    else {}
                ),
                "Mark": row["mark"],
                "Name in links": markdown_text(row["result"]),
            }
            for row in table.rows.to_dict("records")
        ]
    )


ALL_RESULTS: Final = Figure(
    name="all_results",
    title=lambda view: f"Results, {view.year_label}",
    columns=lambda view: {
        "result": "Name in links: the output, and the company after a full stop",
        "label": "What it is",
        "unit": "Unit; shares are fractions, kveh are thousand cars a year",
        "scenario": "Value in the scenario, in the year in focus where it has years",
        "reference": "Value in the reference",
        **({"pinned": "Value in the scenario that is pinned"} if view.pinned else {}),
        "shown": "The scenario's value as pages show it",
        "mark": "How it is known",
    },
    records=_records,
    results=tuple(RESULTS),
)
