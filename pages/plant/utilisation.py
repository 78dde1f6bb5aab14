"""The plant's use as three sources print it, beside the model's."""

from typing import Final

import altair as alt
import pandas as pd

from data.facts import facts
from pages.kit.axes import with_ends
from pages.kit.charts import GREY
from pages.kit.columns import Columns, on_first
from pages.kit.figure import Figure
from pages.kit.forms import Bars
from pages.kit.tables import MODEL_SOURCE, PINNED, Table
from pages.kit.view import View
from pages.kit.words import in_sentence, markdown_text, percent
from pages.plant.canton import plant_at_year, standing
from pages.plant.forms import OTHER, PALE, TONE, told_of_facts
from pages.plant.words import fact_sources


def _records(view: View) -> list[tuple[object, ...]]:
    """Canton's use as three sources print it, beside the model's."""
    f = facts()
    derived, nikkei, news = (f[f"canton_utilisation_{name}"] for name in ("calc", "nikkei", "an"))
    use, before = standing(view, "plant_utilisation_share")
    half = 0.5
    records: list[tuple[object, ...]] = [
        ("Nikkei", nikkei.number, percent(nikkei.number, 0), nikkei.kind, nikkei.source),
        (
            "Worked out",
            derived.number,
            percent(derived.number, 0),
            derived.kind,
            f"{derived.source}; {f['canton_output_fy2024'].source}",
        ),
        ("Automotive News", half, str(news.value), news.kind, news.source),
        ("Model, reference", before, percent(before, 0), "model", MODEL_SOURCE),
    ]
    if percent(use, 0) != percent(before, 0):
        records.append(("Model, scenario", use, percent(use, 0), "model", MODEL_SOURCE))
    if view.pinned:
        pinned, _ = standing(view.pinned, "plant_utilisation_share")
        records.append((f"Model, {in_sentence(PINNED)}", pinned, percent(pinned, 0), "model", MODEL_SOURCE))
    return records


def _finding(view: View) -> str:
    """Where the printed figures and the model's reference stand."""
    before = plant_at_year(view, "plant_utilisation_share")[1]
    f = facts()
    low, high = f["canton_utilisation_an"].value, percent(f["canton_utilisation_nikkei"].number, 0)
    return f"Three printed figures, from {low} to {high}: the model starts at {percent(before, 0)}"


def _marks(table: Table, view: View) -> Columns:
    """Printed figures and the model's with their labels; the first row names break-even."""
    values = dict(table.values)
    words, count = values.pop("in_words"), len(table.values["in_words"])
    return {
        **with_ends(values, (0.0, 1.0)),
        "tone": ["Nissan" if kind == "model" else OTHER for kind in values["kind"]],
        "strength": [PALE if text.startswith("less") else 1.0 for text in words],
        "break_even_share": [view.scenario.values["break_even_share"]] * count,
        "label": words,
        "label_mark": on_first(["break-even"] * count),
    }


def _break_even(rows: pd.DataFrame) -> list[alt.Chart]:
    """The break-even rule of thumb as a mark with its name."""
    mark = alt.Chart(rows).transform_filter("datum.label_mark != ''").encode(x=alt.X("break_even_share:Q"))
    rule = mark.mark_rule(strokeDash=[3, 3], strokeWidth=1.5, color=GREY)
    name = mark.mark_text(align="right", dx=-5, dy=-8).encode(y=alt.value(0), text=alt.Text("label_mark:N"))
    return [rule, name]


def _note(view: View) -> str:
    """Where the printed figures come from."""
    f = facts()
    derived, nikkei, news = (f[f"canton_utilisation_{name}"] for name in ("calc", "nikkei", "an"))
    output = f["canton_output_fy2024"]
    return markdown_text(
        f"{percent(nikkei.number, 0)}: {nikkei.source}, {nikkei.note}. {percent(derived.number, 0)}: derived, "
        f"{derived.source}, both from a weak source ({output.source}). Less than half: {news.source}."
    )


def _sources(view: View) -> tuple[str, ...]:
    ids = (
        "canton_utilisation_calc",
        "canton_output_fy2024",
        "canton_capacity_current",
        "canton_utilisation_nikkei",
        "canton_utilisation_an",
    )
    return (*fact_sources(*ids), MODEL_SOURCE)


UTILISATION: Final = Figure(
    name="canton_utilisation",
    title=lambda view: f"Canton: utilisation by source, model at {view.year_label}",
    columns={
        "printed_by": "Who prints it",
        "utilisation_share": "Use of the plant, share of capacity; an upper bound where the words say less than",
        "in_words": "As printed",
        "kind": "Kind of the figure",
        "source": "Source",
    },
    records=_records,
    form=Bars(
        _marks,
        name="printed_by",
        reach=("utilisation_share",),
        axis=alt.Axis(title="Share of capacity", format=".0%", tickCount=5),
        told=told_of_facts("printed_by"),
        color=TONE,
        over=_break_even,
    ),
    finding=_finding,
    note=_note,
    sources=_sources,
)
