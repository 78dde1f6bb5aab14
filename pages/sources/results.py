"""Every result of the model in the scenario, as a table."""

from typing import Final

import numpy as np
import pandas as pd

from model.editions import COMPANY_LABELS
from model.outputs import OUTPUTS
from model.projection import Projection
from pages.kit.evidence import evidence
from pages.kit.figure import Figure
from pages.kit.results import RESULTS
from pages.kit.tables import Table
from pages.kit.view import View
from pages.kit.words import markdown_text, quantity


def _value(projection: Projection, output: str, company: str, year: int) -> float:
    """A result in a year, or the one number that it is."""
    scope = OUTPUTS[output].scope
    if scope == "company":
        value = projection.company[company][output]
    elif scope == "once_company":
        value = projection.once_company[output][company]
    else:
        value = (projection.plant if scope == "plant" else projection.once)[output]
    values = np.ravel(np.asarray(value, dtype=np.float64))
    return float(values[year] if values.size > 1 else values[0])


def _records(view: View) -> list[tuple[object, ...]]:
    """Result, what it is, its value in scenario and reference, as it is shown, and how it is known."""
    known = evidence(view.scenario.edition)
    records: list[tuple[object, ...]] = []
    for name, (output, company) in RESULTS.items():
        label, unit = OUTPUTS[output].label, OUTPUTS[output].unit
        scenario, base = (_value(p, output, company, view.year) for p in (view.projection, view.reference))
        whose = f"{COMPANY_LABELS[company]}: {label}" if company else label
        records.append((name, whose, unit, scenario, base, quantity(scenario, unit), known[name].mark))
    return records


def results_in_words(table: Table) -> pd.DataFrame:
    """Results as Markdown cells."""
    return pd.DataFrame(
        [
            {
                "Result": markdown_text(row["label"]),
                "Scenario": markdown_text(row["shown"]),
                "Reference": markdown_text(quantity(row["reference"], row["unit"])),
                "Mark": row["mark"],
                "Name in links": markdown_text(row["result"]),
            }
            for row in table.rows.to_dict("records")
        ]
    )


ALL_RESULTS: Final = Figure(
    name="all_results",
    title=lambda view: f"Results, {view.year_label}",
    columns={
        "result": "Name in links: the output, and the company after a full stop",
        "label": "What it is",
        "unit": "Unit; shares are fractions, kveh are thousand cars a year",
        "scenario": "Value in the scenario, in the year in focus where it has years",
        "reference": "Value in the reference",
        "shown": "The scenario's value as pages show it",
        "mark": "How it is known",
    },
    records=_records,
    results=tuple(RESULTS),
)
