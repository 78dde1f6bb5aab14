"""The assumptions on which the scenarios do not agree."""

from model.comparison import Comparison
from model.registry import ASSUMPTIONS
from pages.parts.columns import Columns
from pages.parts.compare import shared
from pages.parts.compare.words import heads
from pages.parts.tables import Table
from pages.parts.words import ROLE_MEANING, assumption_value, markdown_text, named_with_role


def table(c: Comparison) -> Table:
    """The assumptions on which the scenarios do not agree, with the value of each."""
    records: list[tuple[object, ...]] = [
        (
            key,
            ASSUMPTIONS[key].label,
            ASSUMPTIONS[key].unit,
            *shared.who(c, m),
            m.scenario.values[key],
            shared.link(m),
            ASSUMPTIONS[key].role,
        )
        for key in c.differing()
        for m in c.members
    ]
    columns = {
        "key": "Name in links",
        "assumption": "Assumption",
        "unit": "Unit of the value",
        **shared.WHO,
        "value": "Value in this scenario, in the unit given",
        **shared.LINK,
        "assumption_role": ROLE_MEANING,
    }
    return shared.table("comparison_assumptions", "Assumptions that differ", columns, records)


def in_words(c: Comparison) -> Columns:
    """The assumptions that differ, a row each and a column per scenario, as Markdown."""
    head, keys = heads(c.members, c.base), c.differing()
    words = {
        head[m.letter]: [markdown_text(assumption_value(key, m.scenario.values[key])) for key in keys]
        for m in c.members
    }
    return {"Assumption": [markdown_text(named_with_role(key)) for key in keys], **words}
