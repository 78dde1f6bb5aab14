"""Results side by side."""

from model.comparison import Comparison
from model.editions import COMPANIES, COMPANY_LABELS
from pages.parts.columns import Columns
from pages.parts.compare import shared
from pages.parts.compare.shared import CANTON, MEASURES
from pages.parts.compare.words import heads, labelled_results, value_words
from pages.parts.tables import Table


def table(c: Comparison) -> Table:
    """The main results of every scenario by company, in the year compared."""
    records: list[tuple[object, ...]] = [
        (
            *shared.who(c, member),
            c.year_of(member),
            COMPANY_LABELS[company],
            *(c.value(member, name, company) for name in MEASURES),
            c.value(member, CANTON),
            shared.link(member),
        )
        for member in c.members
        for company in COMPANIES
    ]
    columns = {
        **shared.WHO,
        "fiscal_year": "Fiscal year compared, ending in March",
        "company": "Company",
        **{name: shared.meaning(name) for name in (*MEASURES, CANTON)},
        **shared.LINK,
    }
    return shared.table("comparison_results", "Results side by side", columns, records)


def in_words(c: Comparison) -> Columns:
    """Results side by side, a row per measure and a column per scenario, as Markdown."""
    head, rows = heads(c.members, c.base), list(labelled_results())
    words = {head[m.letter]: [value_words(c, m, name, company) for _, name, company in rows] for m in c.members}
    return {"Result": [label for label, _, _ in rows], **words}
