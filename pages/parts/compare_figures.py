"""What the Compare page shows: scenarios side by side, their differences from a base, and why they differ.

A scenario keeps its letter, colour and dash wherever it appears. Years are matched by their label.
"""

import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Final, NamedTuple
from urllib.parse import quote

import altair as alt
import numpy as np
import pandas as pd

from model.comparison import (
    LETTERS,
    LINE,
    Compared,
    Comparison,
    LineNote,
    compare,
    read_lines,
)
from model.editions import COMPANIES, COMPANY_LABELS
from model.links import Refusal, refusal, shown
from model.outputs import OUTPUTS
from model.presets import PRESETS
from model.registry import ASSUMPTIONS
from pages.parts.charts import COMPANY_COLORS, Chart
from pages.parts.choices import BASE, WITH, WITH_CURRENT
from pages.parts.columns import Columns, rows_where
from pages.parts.tables import Table
from pages.parts.view import View
from pages.parts.words import NBSP, assumption_value, figure, first_of, markdown_text, refusal_words, signed

MEASURES: Final = (
    "operating_profit_jpy_bn",
    "operating_margin_share",
    "net_tariff_cost_jpy_bn",
    "alliance_benefit_jpy_bn",
    "alliance_npv_jpy_bn",
    "value_per_share_jpy",
)
"""Outputs per company that are compared, in the order of the table."""

CANTON: Final = "canton_utilisation_share"

COLORS: Final = dict(zip(LETTERS[1:], ("#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#999999", "#8C6D46"), strict=True))
"""Colour of each letter but A, which has its company's; each has a dash of its own besides."""

DASHES: Final = dict(
    zip(LETTERS, ([1, 0], [9, 3], [3, 2], [10, 3, 2, 3], [1, 3], [14, 4], [6, 2, 2, 2, 2, 2]), strict=True)
)

BASE_ROLE: Final = "base"
OTHER_ROLE: Final = "compared"

LONGEST_HANDY_LINK: Final = 8_000
"""Above this many characters some programs cut a link."""

_SHORT_NAME: Final = 40
_NAME_LETTERS: Final = 22
_LETTERS_A_LINE: Final = 2
_SAME_HEIGHT: Final = 0.075
_PLOT_HEIGHT: Final = 250
_LEGEND_ROW: Final = 18
MODEL_SOURCE: Final = "Alliance Explorer model on the facts of each scenario's edition; see the Sources page"


# ------------------------------------------------------------------- tables


def _role(c: Comparison, member: Compared) -> str:
    return BASE_ROLE if member is c.base else OTHER_ROLE


_WHO: Final = {
    "letter": "Letter of the scenario in charts and tables",
    "scenario": "Scenario",
    "role": "Whether it is the base of the differences",
    "edition": "Edition of facts and defaults",
}
_LINK: Final = {"link": "Full link of this scenario, to be put behind the address of a page"}


def _who(c: Comparison, member: Compared) -> tuple[str, str, str, str]:
    return member.letter, member.name, _role(c, member), member.scenario.edition


def _link(member: Compared) -> str:
    return f"?{member.link}"


def _meaning(name: str) -> str:
    output = OUTPUTS[name]
    return f"{output.label}, {'share of 1' if output.unit == 'share' else output.unit}"


def results_table(c: Comparison) -> Table:
    """The main results of every scenario by company, in the year compared."""
    records: list[tuple[object, ...]] = [
        (
            *_who(c, member),
            c.year_of(member),
            COMPANY_LABELS[company],
            *(c.value(member, name, company) for name in MEASURES),
            c.value(member, CANTON),
            _link(member),
        )
        for member in c.members
        for company in COMPANIES
    ]
    columns = {
        **_WHO,
        "fiscal_year": "Fiscal year compared, ending in March",
        "company": "Company",
        **{name: _meaning(name) for name in (*MEASURES, CANTON)},
        **_LINK,
    }
    return _table("comparison_results", "Results side by side", columns, records)


def differences_table(c: Comparison) -> Table:
    """What every other scenario gives more or less than the base, by company."""
    records: list[tuple[object, ...]] = [
        (
            *_who(c, member),
            c.year_of(member),
            c.base.letter,
            c.year_of(c.base),
            COMPANY_LABELS[company],
            *(c.difference(member, name, company) for name in MEASURES),
            c.difference(member, CANTON),
            _link(member),
        )
        for member in c.others
        for company in COMPANIES
    ]
    columns = {
        **_WHO,
        "fiscal_year": "Fiscal year compared, ending in March",
        "base_letter": "Letter of the base",
        "base_fiscal_year": "Fiscal year of the base, ending in March",
        "company": "Company",
        **{name: f"Difference from the base: {_meaning(name)}" for name in (*MEASURES, CANTON)},
        **_LINK,
    }
    return _table("comparison_differences", f"Differences from {short(c.base.label)}", columns, records)


def profit_by_year(c: Comparison, company: str) -> Table:
    """Operating profit of one company by scenario and fiscal year."""
    records: list[tuple[object, ...]] = []
    for member in c.members:
        profits = np.asarray(member.projection.company[company]["operating_profit_jpy_bn"])
        for year, profit in zip(member.projection.years, profits, strict=True):
            records.append((*_who(c, member), COMPANY_LABELS[company], year, float(profit), _link(member)))
    columns = {
        **_WHO,
        "company": "Company",
        "fiscal_year": "Fiscal year, ending in March",
        "operating_profit_jpy_bn": "Operating profit, JPY bn",
        **_LINK,
    }
    name = COMPANY_LABELS[company]
    return _table(f"comparison_profit_{company}", f"{name}: operating profit by scenario", columns, records)


def assumptions_table(c: Comparison) -> Table:
    """The assumptions on which the scenarios do not agree, with the value of each."""
    records: list[tuple[object, ...]] = [
        (key, ASSUMPTIONS[key].label, ASSUMPTIONS[key].unit, *_who(c, m), m.scenario.values[key], _link(m))
        for key in c.differing()
        for m in c.members
    ]
    columns = {
        "key": "Name in links",
        "assumption": "Assumption",
        "unit": "Unit of the value",
        **_WHO,
        "value": "Value in this scenario, in the unit given",
        **_LINK,
    }
    return _table("comparison_assumptions", "Assumptions that differ", columns, records)


def _table(name: str, title: str, columns: dict[str, str], records: list[tuple[object, ...]]) -> Table:
    return Table.of(name, title, columns, records, (MODEL_SOURCE,))


# ----------------------------------------------------------- from an address


def comparison_of(view: View) -> tuple[Comparison | None, tuple[LineNote, ...]]:
    """The comparison that a view asks for, the sliders among it, and all that was refused of its lines."""
    lines, notes = read_lines(WITH.of(view))
    current = (view.scenario, view.projection) if WITH_CURRENT.of(view) else None
    return compare(lines, current, BASE.of(view), view.year_label), notes


def refusals(view: View) -> tuple[Refusal, ...]:
    """Everything that the page's tables cannot be made of, for a reader that sees no notices."""
    compared, notes = comparison_of(view)
    found = [refusal(f"{WITH.key}, line {n.number}: {n.refusal.key}", n.refusal.value, *_why(n)) for n in notes]
    if compared is None:
        return (*found, refusal(WITH.key, WITH.of(view), "nothing to compare", "nothing"))
    if not _has_base(compared, view):
        found.append(refusal(BASE.key, BASE.of(view), _no_base(compared), compared.base.letter))
    return tuple(found)


def _why(note: LineNote) -> tuple[str, str]:
    return note.refusal.reason, note.refusal.used


def _has_base(c: Comparison, view: View) -> bool:
    return not BASE.of(view) or BASE.of(view) == c.base.letter


def _no_base(c: Comparison) -> str:
    return f"not the letter of a scenario compared here ({', '.join(m.letter for m in c.members)})"


def _of_view(make: Callable[[Comparison], Table], view: View) -> Table:
    compared, _ = comparison_of(view)
    if compared is None:
        raise ValueError("nothing to compare")
    return make(compared)


TABLES: Final[dict[str, Callable[[View], Table]]] = {
    "comparison_results": partial(_of_view, results_table),
    "comparison_differences": partial(_of_view, differences_table),
    **{f"comparison_profit_{k}": partial(_of_view, partial(profit_by_year, company=k)) for k in COMPANIES},
    "comparison_assumptions": partial(_of_view, assumptions_table),
}
"""Every table of the page by name; ValueError where the view compares nothing: see `refusals`."""


# ---------------------------------------------------------------- the words


def _value_words(c: Comparison, member: Compared, name: str, company: str) -> str:
    return figure(c.value(member, name, company), OUTPUTS[name].unit)


def _rows() -> Iterator[tuple[str, str, str]]:
    """Label, output and company of each row of the tables in words."""
    for name in MEASURES:
        for company in COMPANIES:
            yield f"{COMPANY_LABELS[company]}: {OUTPUTS[name].label.lower()}", name, company
    yield OUTPUTS[CANTON].label, CANTON, ""


def short(name: str) -> str:
    """A name that may be long, for heads of columns and sentences."""
    return name if len(name) <= _SHORT_NAME else f"{name[: _SHORT_NAME - 1].rstrip()}…"


def heads(members: Sequence[Compared], base: Compared) -> dict[str, str]:
    """Letter to the head of its column, as Markdown."""
    return {m.letter: markdown_text(short(m.label)) + (" (base)" if m is base else "") for m in members}


def members_in_words(c: Comparison, address: str = "./") -> Columns:
    """What is compared: letter and name, where it starts from, and a link that opens it, as Markdown."""
    return {
        "Scenario": [f"**{m.letter}** {markdown_text(m.name)}{' (base)' if m is c.base else ''}" for m in c.members],
        "Starts from": [_start_words(m) for m in c.members],
        "Facts as of": [markdown_text(m.scenario.edition) for m in c.members],
        "Year compared": [markdown_text(c.year_of(m)) for m in c.members],
        "Link": [f"[Open alone]({address}?{quote(m.link, safe='=&%+-._~')})" for m in c.members],
    }


def _start_words(member: Compared) -> str:
    start = markdown_text(PRESETS[member.scenario.preset].label)
    edited = len(member.scenario.edited())
    return start + (f", {edited} {'value' if edited == 1 else 'values'} edited" if edited else "")


def results_in_words(c: Comparison) -> Columns:
    """Results side by side, a row per measure and a column per scenario, as Markdown."""
    head, rows = heads(c.members, c.base), list(_rows())
    words = {head[m.letter]: [_value_words(c, m, name, company) for _, name, company in rows] for m in c.members}
    return {"Result": [label for label, _, _ in rows], **words}


def differences_in_words(c: Comparison) -> Columns:
    """Differences from the base, a row per measure that has any and a column per other scenario, as Markdown."""
    head, rows = heads(c.others, c.base), list(_rows())
    words = {
        head[m.letter]: [change_words(c.difference(m, name, k), OUTPUTS[name].unit) for _, name, k in rows]
        for m in c.others
    }
    differs = [any(word != SAME for word in of_row) for of_row in zip(*words.values(), strict=True)]
    return rows_where({"Result": [label for label, _, _ in rows], **words}, differs)


SAME: Final = "same"


def change_words(change: float, unit: str) -> str:
    """A difference with its sign; what rounds to nothing is the same."""
    words = signed(change, unit)
    return SAME if words == signed(0.0, unit) else words


def assumptions_in_words(c: Comparison) -> Columns:
    """The assumptions that differ, a row each and a column per scenario, as Markdown."""
    head, keys = heads(c.members, c.base), c.differing()
    words = {
        head[m.letter]: [markdown_text(assumption_value(key, m.scenario.values[key])) for key in keys]
        for m in c.members
    }
    return {"Assumption": [markdown_text(ASSUMPTIONS[key].label) for key in keys], **words}


def year_note(c: Comparison) -> str:
    """Which year is compared, and which ones the scenarios share."""
    if c.same_year:
        return f"Yearly results are those of {c.asked_year}, the year in focus."
    if not c.shared_years:
        return "The scenarios share no fiscal year: yearly results are those of the last year of each."
    first, last = c.shared_years[0], c.shared_years[-1]
    absent = " and ".join(m.letter for m in c.members if c.asked_year not in m.projection.years)
    span = f"{first} to {last}" if first != last else first
    return (
        f"{absent} {'does' if len(absent) == 1 else 'do'} not have {c.asked_year}, the year in focus: yearly results "
        f"are those of the last year of each. All have {span}; put one of these in focus to compare like with like."
    )


def editions_note(c: Comparison) -> str:
    """That facts differ too where editions do; empty otherwise."""
    names = sorted({m.scenario.edition for m in c.members})
    if len(names) == 1:
        return ""
    return (
        f"The scenarios also stand on different facts ({' and '.join(names)}): guidance, volumes and shares "
        "outstanding are those of each edition, so facts make part of a difference, not only the assumptions below."
    )


def note_words(note: LineNote) -> str:
    """What a line did not get, as Markdown."""
    r = note.refusal
    what = f"Line {note.number}"
    if r.key == LINE:
        used = "It is left out" if r.used == "nothing" else f"It is shown once, as {r.used}"
        return (
            f"- **{what}**: “{markdown_text(r.value)}” was not used: {markdown_text(r.reason)}. {markdown_text(used)}."
        )
    return refusal_words(r, what)


def notes_words(notes: Sequence[LineNote]) -> list[str]:
    """What the lines did not get, one item each, as Markdown."""
    return first_of([note_words(note) for note in notes])


def base_words(c: Comparison | None, view: View) -> list[str]:
    """That the base asked for is none, where it is none, as Markdown."""
    if c is None or _has_base(c, view):
        return []
    asked = markdown_text(shown(BASE.of(view)))
    return [f"- **Base**: “{asked}” was not used: {_no_base(c)}. Used instead: {c.base.letter}."]


# -------------------------------------------------------------- the findings


def _profit(c: Comparison, member: Compared, company: str) -> float:
    return c.difference(member, "operating_profit_jpy_bn", company)


def _when(c: Comparison) -> str:
    return f"in {c.asked_year}" if c.same_year else "in the last year of each"


def _at_both(c: Comparison, member: Compared) -> str:
    changes = [(COMPANY_LABELS[company], change_words(_profit(c, member, company), "JPY bn")) for company in COMPANIES]
    return " and ".join(
        f"{'no difference' if words == SAME else f'**{words}**'} at {company}" for company, words in changes
    )


NOTHING: Final = "Nothing is compared yet: choose a scenario, paste a link, or take the current scenario in again."


def headline(c: Comparison) -> str:
    """The answer in one or two sentences, as Markdown."""
    if not c.others:
        (only,) = c.members
        profits = " and ".join(
            f"{COMPANY_LABELS[k]} **{_value_words(c, only, 'operating_profit_jpy_bn', k)}**" for k in COMPANIES
        )
        return (
            f"{markdown_text(short(only.name))}: {profits} of operating profit in {c.year_of(only)}. "
            "Add a scenario to see what sets them apart."
        )
    base = markdown_text(short(c.base.name))
    if len(c.others) == 1:
        other = c.others[0]
        change = _at_both(c, other)
        return f"Against {base}, **{markdown_text(short(other.name))}** changes operating profit {_when(c)}: {change}."
    both = {m.letter: sum(_profit(c, m, company) for company in COMPANIES) for m in c.others}
    ranked = sorted(c.others, key=lambda m: both[m.letter])
    low, high = ranked[0], ranked[-1]
    worst, best = (change_words(both[m.letter], "JPY bn") for m in (low, high))
    if worst == best:
        told = "no difference" if best == SAME else f"**{best}**"
        return (
            f"Against {base}, each of the other {len(ranked)} scenarios means {told} {_when(c)}, "
            "in operating profit of both companies together."
        )
    return (
        f"Against {base}, operating profit of both companies together moves between **{worst}** "
        f"({markdown_text(short(low.name))}) and **{best}** ({markdown_text(short(high.name))}) {_when(c)}."
    )


def profit_finding(c: Comparison, company: str) -> str:
    """Which scenario gives a company most and least."""
    name = COMPANY_LABELS[company]
    ranked = sorted(c.members, key=lambda m: c.value(m, "operating_profit_jpy_bn", company))
    low, high = ranked[0], ranked[-1]
    least, most = (_value_words(c, m, "operating_profit_jpy_bn", company) for m in (low, high))
    if least == most:
        return f"{name}: all give {most} {_when(c)}"
    return f"{name}: most with {short(high.label)}, {most}; least with {short(low.label)}, {least} {_when(c)}"


def difference_finding(c: Comparison) -> str:
    """What the other scenarios change at each company against the base, from the lowest to the highest."""
    parts = []
    for company in COMPANIES:
        changes = sorted(_profit(c, m, company) for m in c.others)
        low, high = (change_words(change, "JPY bn") for change in (changes[0], changes[-1]))
        parts.append(f"{COMPANY_LABELS[company]} {low if low == high else f'{low} to {high}'}")
    return f"Operating profit against {short(c.base.label)}: {', '.join(parts)}"


# ------------------------------------------------------------- what is drawn


class _End(NamedTuple):
    """Where the line of a scenario ends: letter, fiscal year, operating profit [JPY bn] and row."""

    letter: str
    year: str
    profit_jpy_bn: float
    row: int


def with_line_marks(table: Table) -> Columns:
    """Rows by year with the scenario's letter at the end of its line; letters that would overlap share one label."""
    values = {name: column for name, column in table.values.items() if name != "link"}
    letters, profits = values["letter"], values["operating_profit_jpy_bn"]
    room_jpy_bn = _SAME_HEIGHT * (max(*profits, 0.0) - min(*profits, 0.0))
    ends = [_End(*row) for row in zip(letters, values["fiscal_year"], profits, range(len(letters)), strict=True)]
    last = {end.letter: end for end in ends}  # years ascend
    labels, heights = [""] * len(letters), [0.0] * len(letters)
    for near in _that_overlap(last.values(), room_jpy_bn):
        row = near[0].row
        labels[row] = "\n".join(textwrap.wrap("".join(end.letter for end in near), _LETTERS_A_LINE))
        heights[row] = float(np.mean([end.profit_jpy_bn for end in near]))
    lines = [f"{letter} {name}" for letter, name in zip(letters, values["scenario"], strict=True)]
    return {**values, "line": lines, "label_end": labels, "label_y": heights}


def _that_overlap(ends: Iterable[_End], room_jpy_bn: float) -> list[list[_End]]:
    """Ends in groups, highest first: each within the room below the one before it, in the same year."""
    groups: list[list[_End]] = []
    for end in sorted(ends, key=lambda end: (end.year, -end.profit_jpy_bn, end.letter)):
        above = groups[-1][-1] if groups else None
        if above and above.year == end.year and above.profit_jpy_bn - end.profit_jpy_bn <= room_jpy_bn:
            groups[-1].append(end)
        else:
            groups.append([end])
    return groups


def profit_lines(rows: pd.DataFrame, color: str) -> Chart:
    """Operating profit of one company over the fiscal years, a line per scenario, the base bold.

    rows: line, letter, role, fiscal_year, operating_profit_jpy_bn, label_end, label_y; color: of letter A
    """
    lines = dict(zip(rows["line"], rows["letter"], strict=True))
    colors = {"A": color, **COLORS}
    legend = alt.Legend(
        title=None, orient="top", columns=1, labelLimit=215, symbolType="stroke", symbolSize=400, symbolStrokeWidth=2.5
    )
    title = "Operating profit, JPY bn"
    base = alt.Chart(rows).encode(
        x=alt.X(
            "fiscal_year:O",
            title=None,
            sort=sorted(set(rows["fiscal_year"])),
            axis=alt.Axis(labelAngle=0, labelOverlap="greedy"),
            scale=alt.Scale(padding=0.5),
        )
    )
    height = alt.Y(
        "operating_profit_jpy_bn:Q",
        title=title,
        axis=alt.Axis(format=",.0f", tickCount=5),
        scale=alt.Scale(zero=True, nice=True),
    )
    shade = alt.Color("line:N", scale=alt.Scale(domain=list(lines), range=[colors[k] for k in lines.values()]))
    dash = alt.StrokeDash("line:N", scale=alt.Scale(domain=list(lines), range=[DASHES[k] for k in lines.values()]))
    tooltip = [
        alt.Tooltip("line:N", title="Scenario"),
        alt.Tooltip("company:N", title="Company"),
        alt.Tooltip("fiscal_year:O", title="Fiscal year"),
        alt.Tooltip("operating_profit_jpy_bn:Q", title=title, format=",.1f"),
    ]
    width = alt.StrokeWidth("role:N", scale=alt.Scale(domain=[BASE_ROLE, OTHER_ROLE], range=[4.5, 2]), legend=None)
    drawn = base.mark_line().encode(
        y=height, color=shade.legend(legend), strokeDash=dash.legend(legend), strokeWidth=width, tooltip=tooltip
    )
    points = base.mark_point(filled=True, size=40).encode(y=height, color=shade.legend(legend), tooltip=tooltip)
    ends = base.transform_filter("datum.label_end != ''")
    letters = ends.mark_text(align="left", baseline="middle", dx=8, fontWeight="bold", lineBreak="\n").encode(
        y=alt.Y("label_y:Q", title=title), text="label_end:N"
    )
    return alt.layer(drawn, points, letters).properties(height=_PLOT_HEIGHT + _LEGEND_ROW * len(lines))


def with_bar_marks(table: Table) -> Columns:
    """Rows of differences in operating profit with the words beside each bar and where they are drawn."""
    names = ("letter", "scenario", "company", "fiscal_year", "operating_profit_jpy_bn")
    values = {name: table.values[name] for name in names}
    changes = values["operating_profit_jpy_bn"]
    words = [change_words(change, "JPY bn").replace(f"JPY{NBSP}", "").replace(f"{NBSP}bn", "") for change in changes]
    right = [max(change, 0.0) for change in changes]
    span = max(*changes, 0.0) - min(*changes, 0.0) or 1.0
    return {
        **values,
        "bar": [wrapped(f"{k} {name}") for k, name in zip(values["letter"], values["scenario"], strict=True)],
        "label": [f"{company} {word}" for company, word in zip(values["company"], words, strict=True)],
        "label_x": right,
        "label_room": [end + 0.6 * span for end in right],
    }


def wrapped(name: str) -> str:
    """A name on at most two lines that fit beside a bar on a phone."""
    return "\n".join(textwrap.wrap(name, _NAME_LETTERS, max_lines=2, placeholder="…"))


def difference_bars(rows: pd.DataFrame) -> Chart:
    """Differences in operating profit from the base, two bars per scenario, one of each company.

    rows: bar, company, fiscal_year, operating_profit_jpy_bn, label, label_x, label_room
    """
    companies = list(COMPANY_COLORS)
    base = alt.Chart(rows).encode(
        y=alt.Y(
            "bar:N",
            sort=list(dict.fromkeys(rows["bar"])),
            title=None,
            axis=alt.Axis(ticks=False, domain=False, labelLimit=170, labelExpr="split(datum.value, '\\n')"),
            scale=alt.Scale(paddingInner=0.3),
        ),
        yOffset=alt.YOffset("company:N", scale=alt.Scale(domain=companies)),
    )
    bars = base.mark_bar().encode(
        x=alt.X(
            "operating_profit_jpy_bn:Q",
            title="Difference in operating profit, JPY bn",
            axis=alt.Axis(tickCount=5, format="+,.0f"),
        ),
        color=alt.Color(
            "company:N", scale=alt.Scale(domain=companies, range=list(COMPANY_COLORS.values())), legend=None
        ),
        tooltip=[
            alt.Tooltip("scenario:N", title="Scenario"),
            alt.Tooltip("company:N", title="Company"),
            alt.Tooltip("fiscal_year:N", title="Fiscal year"),
            alt.Tooltip("label:N", title="Difference"),
        ],
    )
    words = base.mark_text(align="left", dx=5).encode(x="label_x:Q", text="label:N")
    room = base.mark_point(opacity=0).encode(x="label_room:Q")
    zero = alt.Chart(rows).mark_rule(strokeWidth=1, opacity=0.5).encode(x=alt.datum(0))
    return alt.layer(zero, bars, words, room).properties(height=alt.Step(20))
