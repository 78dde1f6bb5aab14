"""Results side by side."""

from typing import Final

from model.comparison import Compared, Comparison
from model.editions import COMPANIES, COMPANY_LABELS
from pages.compare import columns
from pages.compare.columns import CANTON, MEASURES
from pages.compare.from_address import compared_in, refusals, told
from pages.compare.scenarios import ANY_WORLD
from pages.compare.words import heads, labelled_results, value_words
from pages.kit.another import line_of, shown_in, view_of_line
from pages.kit.columns import Columns
from pages.kit.figure import Figure
from pages.kit.results import Shown, results_of
from pages.kit.view import View
from pages.kit.words import markdown_text


def _records(view: View) -> list[tuple[object, ...]]:
    """The main results of every scenario by company, in the year compared."""
    c = compared_in(view)
    return [
        (
            *columns.who(c, member),
            c.year_of(member),
            COMPANY_LABELS[company],
            *(c.value(member, name, company) for name in MEASURES),
            c.value(member, CANTON),
            columns.link(member),
        )
        for member in c.members
        for company in COMPANIES
    ]


def in_words(c: Comparison) -> Columns:
    """Results side by side, a row per measure and a column per scenario, as Markdown; above them their worlds."""
    head, rows = heads(c.members, c.base), list(labelled_results())
    worlds = {m.letter: [markdown_text(columns.world(m) or ANY_WORLD)] for m in c.members}
    first = ["World"] if any(m.world for m in c.members) else []
    words = {
        head[m.letter]: [
            *(worlds[m.letter] if first else ()),
            *(value_words(c, m, name, company) for _, name, company in rows),
        ]
        for m in c.members
    }
    return {"Result": [*first, *(label for label, _, _ in rows)], **words}


def told_of(c: Comparison, member: Compared, view: View) -> tuple[Shown, ...]:
    """The results of a scenario as they are compared, each with the scenario that it is of."""
    line = line_of(member.scenario, c.year_of(member), member.label)
    return shown_in(view_of_line(line, view), results_of((*MEASURES, CANTON)), line)


RESULTS: Final = Figure(
    name="comparison_results",
    title="Results side by side",
    columns={
        **columns.WHO,
        "fiscal_year": "Fiscal year compared, ending in March",
        "company": "Company",
        **{name: columns.meaning(name) for name in (*MEASURES, CANTON)},
        **columns.LINK,
    },
    results=(),
    records=_records,
    sources=columns.SOURCES,
    refused=refusals,
    told=told,
)
