"""The assumptions on which the scenarios do not agree."""

from typing import Final

from model.comparison import Comparison
from model.registry import ASSUMPTIONS
from pages.compare import columns
from pages.compare.from_address import compared_in, refusals, told
from pages.compare.words import heads
from pages.kit.columns import Columns
from pages.kit.figure import Figure
from pages.kit.view import View
from pages.kit.words import ROLE_MEANING, assumption_value, markdown_text, named_with_role


def _records(view: View) -> list[tuple[object, ...]]:
    """The value of each scenario."""
    c = compared_in(view)
    return [
        (
            key,
            ASSUMPTIONS[key].label,
            ASSUMPTIONS[key].unit,
            *columns.who(c, m),
            m.scenario.asked[key],
            columns.link(m),
            ASSUMPTIONS[key].role,
        )
        for key in c.differing()
        for m in c.members
    ]


def in_words(c: Comparison) -> Columns:
    """The assumptions that differ, a row each and a column per scenario, as Markdown."""
    head, keys = heads(c.members, c.base), c.differing()
    words = {
        head[m.letter]: [markdown_text(assumption_value(key, m.scenario.asked[key])) for key in keys] for m in c.members
    }
    return {"Assumption": [markdown_text(named_with_role(key)) for key in keys], **words}


DIFFERING_ASSUMPTIONS: Final = Figure(
    name="comparison_assumptions",
    title="Assumptions that differ",
    columns={
        "key": "Name in links",
        "assumption": "Assumption",
        "unit": "Unit of the value",
        **columns.WHO,
        "value": "Value in this scenario, in the unit given",
        **columns.LINK,
        "assumption_role": ROLE_MEANING,
    },
    records=_records,
    sources=columns.SOURCES,
    refused=refusals,
    told=told,
)
