"""The article's claims: verdicts counted, claims played by the model, the facts they rest on.

A claim's number is what the model gives for the claim's preset on the preset's own edition, in the
year that playing it brings into focus. Claims without a lever show the first figures of their facts.
"""

import datetime
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from data.facts import DATE, TEXT, Fact, facts
from data.story import GROUPS, VERDICT_GROUPS, Claim, claims
from model.editions import COMPANIES, COMPANY_LABELS, HORIZON_YEARS
from model.links import scenario_of_preset
from model.outputs import OUTPUTS
from model.presets import ARTICLE_EDITION, CLAIM_LABEL, PRESETS
from model.projection import Projection, project, reference
from pages.parts.charts import COMPANY_COLORS, GREY, Chart, company_color, unseen
from pages.parts.source_tables import exact_figure
from pages.parts.tables import Table
from pages.parts.view import View
from pages.parts.words import (
    MINUS,
    NBSP,
    figure,
    in_sentence,
    markdown_text,
    number,
    one_notation,
    signed,
    spoken_unit,
)

GROUP_COLORS: Final = {
    "Wrong": "#CC79A7",
    "Misleading": "#E69F00",
    "Roughly right": "#009E73",
    "Unquantified": "#999999",
}

PAGE_TITLES: Final = {
    "overview": "Overview",
    "tariffs": "Tariffs",
    "plant": "Canton plant",
    "alliance": "Alliance",
    "investor": "Investor",
    "sources": "Sources",
}
"""Titles of the pages that show a claim's number, by the name in the address."""

_LINE_LETTERS: Final = 20
_SHOWN_FIGURES: Final = 2


# ------------------------------------------------------------------- played


@cache
def played(preset: str) -> Projection:
    """Every output of a claim as written; the preset never changes, so it is computed once."""
    scenario = scenario_of_preset(preset)
    return project(scenario.values, scenario.edition)


def played_year(view: View) -> int:
    """Index of the year that playing a claim brings into focus: the view's own, the last where its edition is left."""
    return view.year if view.scenario.edition == ARTICLE_EDITION else HORIZON_YEARS - 1


def played_year_label(view: View) -> str:
    """The fiscal year that playing a claim brings into focus, such as "FY2030/3"."""
    return reference(ARTICLE_EDITION).years[played_year(view)]


def is_playing(view: View, claim: Claim) -> bool:
    """Whether the sliders hold the claim as written."""
    return view.scenario == scenario_of_preset(claim.preset)


def moves_something(claim: Claim) -> bool:
    """Whether the claim's preset differs from the edition it stands on."""
    return bool(PRESETS[claim.preset].overrides)


@dataclass(frozen=True, slots=True)
class Number:
    """An output that a claim is about; `company` is empty where it belongs to none.

    played, reference: with the claim as written, and in the edition on which it is played
    scenario: in the sliders, in the view's year
    """

    output: str
    company: str
    played: float
    reference: float
    scenario: float

    @property
    def unit(self) -> str:
        """Unit of the values."""
        return OUTPUTS[self.output].unit


def output_value(projection: Projection, name: str, company: str, year: int) -> float:
    """A single value of any output; company: honda, nissan, or empty where the output belongs to none."""
    scope = OUTPUTS[name].scope
    if scope == "company":
        return float(np.asarray(projection.company[company][name])[year])
    if scope == "plant":
        return float(np.asarray(projection.plant[name])[year])
    return float(projection.once_company[name][company] if scope == "once_company" else projection.once[name])


def numbers(view: View, claim: Claim) -> tuple[Number, ...]:
    """What the model says on a claim; empty where no lever plays it."""
    named = COMPANIES if claim.company == "both" else (claim.company,)
    year = played_year(view)
    return tuple(
        Number(
            name,
            company,
            output_value(played(claim.preset), name, company, year),
            output_value(reference(PRESETS[claim.preset].edition), name, company, year),
            output_value(view.projection, name, company, view.year),
        )
        for name in claim.outputs
        for company in named
    )


def numbers_in_words(view: View, claim: Claim, output: str) -> pd.DataFrame:
    """An output of a claim, a row per case and a column per company, ready for Markdown cells."""
    chosen = [n for n in numbers(view, claim) if n.output == output]

    def row(case: str, texts: list[str], form: str = "{}") -> dict[str, str]:
        cells = zip((COMPANY_LABELS.get(n.company, "Value") for n in chosen), texts, strict=True)
        return {"Case": form.format(case), **{column: form.format(text) for column, text in cells}}

    rows = []
    if moves_something(claim):
        rows.append(row("As written", [figure(n.played, n.unit) for n in chosen], "**{}**"))
        rows.append(row("Reference", [figure(n.reference, n.unit) for n in chosen]))
        rows.append(row("Difference", [signed(n.played - n.reference, n.unit) for n in chosen]))
    else:
        rows.append(row("Reference", [figure(n.reference, n.unit) for n in chosen], "**{}**"))
    if not is_playing(view, claim):
        rows.append(row("Your scenario", [figure(n.scenario, n.unit) for n in chosen]))
    return pd.DataFrame(rows)


# -------------------------------------------------------------------- facts


def dated(as_of: str) -> str:
    """A date of year, year and month, or day in words: 2025-05-13 is 13 May 2025."""
    day = datetime.date.fromisoformat(as_of + "-01-01"[len(as_of) - 4 :])
    form = {4: "%Y", 7: "%B %Y"}.get(len(as_of), "%-d %B %Y")
    return f"{day:{form}}".replace(" ", NBSP)


def fact_words(fact: Fact) -> str:
    """A fact's value with its unit; a day known only by its month is shown as a month."""
    if fact.unit == DATE:
        day = str(fact.value)
        return dated(day[:7] if fact.note.startswith("month only") else day)
    return exact_figure(fact.value, spoken_unit(fact.unit, fact.label))


def claim_facts(claim: Claim) -> tuple[Fact, ...]:
    """The facts that a verdict rests on, those the claim turns on first."""
    return tuple(facts()[fact_id] for fact_id in claim.fact_ids)


def published_figures(claim: Claim) -> tuple[Fact, ...]:
    """The first figures among the facts of a claim, words left out."""
    return tuple(fact for fact in claim_facts(claim) if fact.unit != TEXT)[:_SHOWN_FIGURES]


def figures_in_words(claim: Claim) -> pd.DataFrame:
    """The first figures of a claim that no lever plays, ready for Markdown cells."""
    shown = published_figures(claim)
    return pd.DataFrame(
        {
            "Published": [markdown_text(fact.label) for fact in shown],
            "Value": [f"**{markdown_text(fact_words(fact))}**" for fact in shown],
        }
    )


def facts_in_words(claim: Claim) -> pd.DataFrame:
    """The facts of a claim with value, date, kind and source, ready for Markdown cells."""
    return pd.DataFrame(
        [
            {
                "Fact": markdown_text(fact.label),
                "Value": markdown_text(fact_words(fact)),
                "Known from": markdown_text(f"{dated(fact.as_of)}, {fact.kind}: {one_notation(fact.source)}"),
            }
            for fact in claim_facts(claim)
        ]
    )


# ------------------------------------------------------------------- tables


def numbered(group: str | None = None) -> list[tuple[int, Claim]]:
    """Claims with their number from 1, all or those of a group of verdicts."""
    return [(n, claim) for n, claim in enumerate(claims(), start=1) if group is None or claim.group == group]


def short_name(claim: Claim) -> str:
    """A claim in a few words, as its preset is labelled."""
    words = PRESETS[claim.preset].label.removeprefix(CLAIM_LABEL)
    return words[0].upper() + words[1:]


def _claim_sources(chosen: list[tuple[int, Claim]]) -> tuple[str, ...]:
    return tuple(f"Claim {n}: {claim.source} ({claim.kind})" for n, claim in chosen)


def claim_table(_view: View) -> Table:
    """Every claim with its verdict, by group of verdicts."""
    ordered = [pair for group in GROUPS for pair in numbered(group)]
    records: list[tuple[object, ...]] = [
        (n, c.id, c.claim, c.group, c.verdict, c.correction, ";".join(c.fact_ids), c.source, c.kind, c.preset, c.page)
        for n, c in ordered
    ]
    columns = {
        "number": "Number of the claim on the page",
        "claim_id": "Name of the claim",
        "claim": "What the article says, in other words",
        "group": "Group in which the verdict is counted",
        "verdict": "Verdict",
        "correction": "What the facts say",
        "fact_ids": "Names of the facts that the verdict rests on",
        "source": "Source of the verdict",
        "kind": "How the weakest figure of the verdict is known",
        "preset": "Preset that plays the claim, for links",
        "page": "Page that shows the claim's number",
    }
    return Table.of("claims", "The article's claims by verdict", columns, records, _claim_sources(ordered))


def with_blocks(table: Table) -> pd.DataFrame:
    """Claims as blocks of one, side by side in the row of their group; the last one carries the count."""
    rows = table.rows
    place = rows.groupby("group").cumcount()
    count = rows.groupby("group")["number"].transform("count")
    return rows[["group", "verdict", "claim"]].assign(
        block_from=place + 0.05,
        block_to=place + 0.95,
        block_middle=place + 0.5,
        block_end=place + 1.0,
        label_number=rows["number"].astype(str),
        label_count=count.astype(str).where(place + 1 == count, ""),
    )


def played_table(view: View) -> Table:
    """Every number that the model gives for a claim, beside its reference and the scenario in the sliders."""
    records: list[tuple[object, ...]] = [
        (
            n,
            claim.id,
            number_of.output,
            COMPANY_LABELS.get(number_of.company, ""),
            number_of.played,
            number_of.reference,
            number_of.scenario,
            number_of.unit,
        )
        for n, claim in numbered()
        for number_of in numbers(view, claim)
    ]
    columns = {
        "number": "Number of the claim on the page",
        "claim_id": "Name of the claim and of the preset that plays it",
        "output": "Output of the model",
        "company": "Company; empty where the output belongs to none",
        "played": f"Value with the claim played as written, edition {ARTICLE_EDITION}, {played_year_label(view)}",
        "reference": f"Value in the reference of the edition {ARTICLE_EDITION}, {played_year_label(view)}",
        "scenario": f"Value in the scenario of the link, {view.year_label}",
        "unit": "Unit of the three values",
    }
    return Table.of("claims_played", "The article's claims as the model plays them", columns, records)


def profit_table(view: View) -> Table:
    """What each claim that moves something does to operating profit, against the reference of its edition."""
    year = played_year(view)
    records: list[tuple[object, ...]] = []
    for n, claim in numbered():
        if moves_something(claim):
            for company in COMPANIES:
                profit, base = (
                    output_value(p, "operating_profit_jpy_bn", company, year)
                    for p in (played(claim.preset), reference(PRESETS[claim.preset].edition))
                )
                records.append((n, claim.id, short_name(claim), COMPANY_LABELS[company], profit - base))
    columns = {
        "number": "Number of the claim on the page",
        "claim_id": "Name of the claim and of the preset that plays it",
        "claim": "The claim in a few words",
        "company": "Company",
        "profit_change_jpy_bn": f"Change of operating profit against the reference, {played_year_label(view)}, JPY bn",
    }
    title = f"Operating profit with each claim played as written, {played_year_label(view)}"
    return Table.of("claims_profit", title, columns, records)


def with_bar_words(table: Table) -> pd.DataFrame:
    """Rows of the profit table with the name of each bar in two lines, its label, and room for the label."""
    rows = table.rows
    changes = rows["profit_change_jpy_bn"]
    right = changes.clip(lower=0.0)
    span = max(float(right.max()) - min(float(changes.min()), 0.0), 1.0)
    return rows.assign(
        bar=[_two_lines(f"{n}. {claim}") for n, claim in zip(rows["number"], rows["claim"], strict=True)],
        label=[f"{company} {_change(v)}" for company, v in zip(rows["company"], changes, strict=True)],
        right_jpy_bn=right,
        room_jpy_bn=right + 0.34 * span,
    )


def _two_lines(text: str) -> str:
    """Lines parted by a bar."""
    return "|".join(textwrap.wrap(text.replace(" %", f"{NBSP}%"), _LINE_LETTERS))


def _change(value_jpy_bn: float) -> str:
    """A change with its sign, without its unit."""
    text = number(value_jpy_bn, 1 if abs(value_jpy_bn) < 10 and value_jpy_bn != round(value_jpy_bn) else 0)
    if not text.strip(f"{MINUS}0.,"):
        return "0"
    return text if text.startswith(MINUS) else f"+{text}"


# ------------------------------------------------------------------- charts


def verdict_blocks(rows: pd.DataFrame) -> Chart:
    """A row per group of verdicts, a numbered block per claim, the count at the end.

    rows: as `with_blocks` gives them
    """
    base = alt.Chart(rows).encode(
        y=alt.Y(
            "group:N",
            sort=list(GROUPS),
            title=None,
            axis=alt.Axis(ticks=False, domain=False, labelLimit=110),
        ),
        tooltip=[
            alt.Tooltip("label_number:N", title="Claim"),
            alt.Tooltip("claim:N", title="It says"),
            alt.Tooltip("verdict:N", title="Verdict"),
        ],
    )
    scale = alt.Scale(domain=list(GROUP_COLORS), range=list(GROUP_COLORS.values()))
    axis = alt.Axis(tickMinStep=1, format="d", grid=False)
    blocks = base.mark_bar(height={"band": 0.72}, fillOpacity=0.35, strokeWidth=1.5).encode(
        x=alt.X("block_from:Q", title="Number of claims", axis=axis, scale=alt.Scale(zero=True, nice=False)),
        x2=alt.X2("block_to:Q"),
        color=alt.Color("group:N", scale=scale, legend=None),
        stroke=alt.Stroke("group:N", scale=scale, legend=None),
    )
    names = base.mark_text().encode(x=alt.X("block_middle:Q"), text=alt.Text("label_number:N"))
    counts = base.mark_text(align="left", dx=6, fontWeight="bold").encode(
        x=alt.X("block_end:Q"), text=alt.Text("label_count:N")
    )
    room = unseen(base.transform_calculate(room="datum.block_end + 0.6")).encode(x=alt.X("room:Q"))
    return alt.layer(blocks, names, counts, room).properties(height=alt.Step(58))


def profit_bars(rows: pd.DataFrame) -> Chart:
    """Change of operating profit by claim, a bar per company from zero, labelled with company and change.

    rows: as `with_bar_words` gives them
    """
    order = list(dict.fromkeys(rows["bar"]))
    base = alt.Chart(rows).encode(
        y=alt.Y(
            "bar:N",
            sort=order,
            title=None,
            axis=alt.Axis(ticks=False, domain=False, labelLimit=150, labelExpr="split(datum.label, '|')"),
            scale=alt.Scale(paddingInner=0.25),
        ),
        yOffset=alt.YOffset("company:N", sort=list(COMPANY_COLORS)),
        tooltip=[
            alt.Tooltip("claim:N", title="Claim"),
            alt.Tooltip("company:N", title="Company"),
            alt.Tooltip("profit_change_jpy_bn:Q", title="Change of operating profit, JPY bn", format="+,.1f"),
        ],
    )
    bars = base.mark_bar().encode(
        x=alt.X(
            "profit_change_jpy_bn:Q",
            title="Change of operating profit, JPY bn a year",
            axis=alt.Axis(tickCount=4, format=",.0f", labelBound=True),
            scale=alt.Scale(zero=True, nice=False),
        ),
        color=company_color(),
    )
    labels = base.mark_text(align="left", dx=5).encode(x=alt.X("right_jpy_bn:Q"), text=alt.Text("label:N"))
    room = unseen(base).encode(x=alt.X("room_jpy_bn:Q"))
    # One rule, not one for each row: they would add up to a thick line.
    zero = (
        alt.Chart(rows).transform_aggregate(count="count()").mark_rule(color=GREY, aria=False).encode(x=alt.XDatum(0))
    )
    return alt.layer(zero, bars, labels, room).properties(height=44 * len(order))


# ----------------------------------------------------------------- findings


def cases(view: View) -> str:
    """What the rows of the cards' tables stand for, as Markdown."""
    return markdown_text(
        f"As written and reference: the world of July 2025 with its guidance of May 2025, {played_year_label(view)}. "
        f"Your scenario: “{view.preset_label}”, {view.year_label}."
    )


def _counted(group: str) -> int:
    return len(numbered(group))


def headline(view: View) -> str:
    """How many claims stand, and the most that playing one does, as Markdown."""
    first, *middle, final = [f"**{_counted(group)}** {in_sentence(group)}" for group in GROUPS]
    verdicts = f"{first.replace('** ', '** are ')}, {', '.join(middle)} and {final}"
    changes = profit_table(view).rows
    year, base = played_year(view), reference(ARTICLE_EDITION)
    most, tariffs = [], []
    for company in COMPANIES:
        name = COMPANY_LABELS[company]
        own = changes[changes["company"] == name]
        best = own.iloc[int(np.argmax(own["profit_change_jpy_bn"]))]
        gain = figure(float(best["profit_change_jpy_bn"]), "JPY bn")
        most.append(f"**{gain}** to {name} (claim {best['number']})")
        tariffs.append(figure(output_value(base, "net_tariff_cost_jpy_bn", company, year), "JPY bn"))
    return (
        f"Of the article's {len(claims())} claims, {verdicts}. Played one at a time, they add at most {most[0]} and "
        f"{most[1]} to operating profit in {played_year_label(view)}; tariffs after own measures cost {tariffs[0]} "
        f"and {tariffs[1]}. A reading of a model, not a forecast."
    )


def verdict_finding() -> str:
    """How the claims divide."""
    wrong, *others = GROUPS
    rest = ", ".join(f"{_counted(group)} {in_sentence(group)}" for group in others)
    return f"{_counted(wrong)} of {len(claims())} claims are {in_sentence(wrong)}, {rest}"


def group_meaning() -> str:
    """What the groups count beside the verdict of their own name."""
    kept = []
    for group in GROUPS:
        others = [v for v, g in VERDICT_GROUPS.items() if g == group and v != in_sentence(group)]
        if others:
            kept.append(f"{group} also counts: {', '.join(others)}")
    return ". ".join(kept) + "."


def profit_finding(view: View) -> str:
    """Which claim, played as written, changes a company's operating profit most."""
    rows = profit_table(view).rows
    changes = rows["profit_change_jpy_bn"]
    if changes.abs().max() == 0.0:
        return f"Played as written, no claim changes operating profit in {played_year_label(view)}"
    most = rows.iloc[int(np.argmax(changes.abs()))]
    effect = f"{most['company']} {signed(float(most['profit_change_jpy_bn']), 'JPY bn')}"
    return f"Played as written, claim {most['number']} changes profit most: {effect} in {played_year_label(view)}"


TABLES: Final[dict[str, Callable[[View], Table]]] = {
    "claims": claim_table,
    "claims_profit": profit_table,
    "claims_played": played_table,
}
"""Every table of the page by its name."""
