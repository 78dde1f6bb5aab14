"""What was changed: assumptions that differ from the edition's defaults."""

from typing import Final

from model.registry import ASSUMPTIONS
from pages.kit.columns import Columns
from pages.kit.figure import Figure
from pages.kit.tables import Table
from pages.kit.view import View
from pages.kit.words import ROLE_MEANING, assumption_value, named_with_role


def _records(view: View) -> list[tuple[object, ...]]:
    return [
        (key, ASSUMPTIONS[key].label, default, value, ASSUMPTIONS[key].unit, ASSUMPTIONS[key].role)
        for key, (default, value) in view.scenario.changed().items()
    ]


def changes_in_words(table: Table) -> Columns:
    """The changes as a reader wants them: assumption, edition, scenario."""
    values = table.values
    words = {
        name: [assumption_value(k, v) for k, v in zip(values["key"], values[case], strict=True)]
        for case, name in (("reference", "Edition"), ("scenario", "Scenario"))
    }
    return {"Assumption": [named_with_role(key) for key in values["key"]], **words}


CHANGES: Final = Figure(
    name="changes",
    title="What was changed",
    columns={
        "key": "Name in links",
        "assumption": "Assumption",
        "reference": "Value in the edition; the reference has the scenario's own where it is an estimate",
        "scenario": "Value in the scenario",
        "unit": "Unit",
        "role": ROLE_MEANING,
    },
    records=_records,
    without_pin="What is pinned has changes of its own: Compare sets them beside these.",
)
