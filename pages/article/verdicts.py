"""Every claim with its verdict, by group of verdicts."""

from typing import Final

import altair as alt
import pandas as pd

from data.story import GROUPS, VERDICT_GROUPS, Claim, claims
from pages.kit.charts import Chart, unseen
from pages.kit.columns import Columns
from pages.kit.figure import Custom, Figure
from pages.kit.tables import Table
from pages.kit.view import View
from pages.kit.words import in_sentence

GROUP_COLORS: Final = {
    "Wrong": "#CC79A7",
    "Misleading": "#E69F00",
    "Roughly right": "#009E73",
    "Unquantified": "#999999",
}


def numbered(group: str | None = None) -> list[tuple[int, Claim]]:
    """Claims with their number from 1, all or those of a group of verdicts."""
    return [(n, claim) for n, claim in enumerate(claims(), start=1) if group is None or claim.group == group]


def _by_group() -> list[tuple[int, Claim]]:
    return [pair for group in GROUPS for pair in numbered(group)]


def _records(view: View) -> list[tuple[object, ...]]:
    return [
        (n, c.id, c.claim, c.group, c.verdict, c.correction, ";".join(c.fact_ids), c.source, c.kind, c.preset, c.page)
        for n, c in _by_group()
    ]


def _marks(table: Table, view: View) -> Columns:
    """Claims as blocks of one, side by side in the row of their group; the last one carries the count."""
    values = table.values
    groups = list(values["group"])
    places = [groups[:row].count(group) for row, group in enumerate(groups)]
    counts = [groups.count(group) for group in groups]
    return {
        **{name: values[name] for name in ("group", "verdict", "claim")},
        "block_from": [place + 0.05 for place in places],
        "block_to": [place + 0.95 for place in places],
        "block_middle": [place + 0.5 for place in places],
        "block_end": [place + 1.0 for place in places],
        "label_number": [str(number) for number in values["number"]],
        "label_count": [str(n) if place + 1 == n else "" for place, n in zip(places, counts, strict=True)],
    }


def _chart(rows: pd.DataFrame) -> Chart:
    """A row per group of verdicts, a numbered block per claim, the count at the end.

    rows: as `_marks` gives them
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


def counted(group: str) -> int:
    """How many claims have a verdict of a group."""
    return len(numbered(group))


def _finding(view: View) -> str:
    """How the claims divide."""
    wrong, *others = GROUPS
    rest = ", ".join(f"{counted(group)} {in_sentence(group)}" for group in others)
    return f"{counted(wrong)} of {len(claims())} claims are {in_sentence(wrong)}, {rest}"


def _group_meaning() -> str:
    """What the groups count beside the verdict of their own name."""
    kept = []
    for group in GROUPS:
        others = [v for v, g in VERDICT_GROUPS.items() if g == group and v != in_sentence(group)]
        if others:
            kept.append(f"{group} also counts: {', '.join(others)}")
    return ". ".join(kept) + "."


CLAIMS: Final = Figure(
    name="claims",
    title="The article's claims by verdict",
    columns={
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
    },
    records=_records,
    form=Custom(_chart, _marks),
    finding=_finding,
    note=f"Numbers are those of the claims below. {_group_meaning()}",
    sources=tuple(f"Claim {n}: {claim.source} ({claim.kind})" for n, claim in _by_group()),
)
