"""The plant's use as three sources print it, beside the model's."""

import altair as alt
import pandas as pd

from data.facts import facts
from pages.parts.charts import GREY, Chart
from pages.parts.columns import Columns, on_first
from pages.parts.plant.fact_bars import PALE, fact_layers, fact_sources
from pages.parts.plant.reading import plant_at_year, standing
from pages.parts.tables import MODEL_SOURCE, Table
from pages.parts.view import View
from pages.parts.words import markdown_text, percent


def utilisation_figures(view: View) -> Table:
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
    columns = {
        "printed_by": "Who prints it",
        "utilisation_share": "Use of the plant, share of capacity; an upper bound where the words say less than",
        "in_words": "As printed",
        "kind": "Kind of the figure",
        "source": "Source",
    }
    ids = (
        "canton_utilisation_calc",
        "canton_output_fy2024",
        "canton_capacity_current",
        "canton_utilisation_nikkei",
        "canton_utilisation_an",
    )
    title = f"Canton: utilisation by source, model at {view.year_label}"
    return Table.of("canton_utilisation", title, columns, records, (*fact_sources(*ids), MODEL_SOURCE))


def utilisation_finding(view: View) -> str:
    """Where the printed figures and the model's reference stand."""
    before = plant_at_year(view, "plant_utilisation_share")[1]
    f = facts()
    low, high = f["canton_utilisation_an"].value, percent(f["canton_utilisation_nikkei"].number, 0)
    return f"Three printed figures, from {low} to {high}: the model starts at {percent(before, 0)}"


def utilisation_rows(table: Table, break_even_share: float) -> Columns:
    """Printed figures and the model's with their labels; the first row names break-even."""
    values = dict(table.values)
    words, count = values.pop("in_words"), len(table.values["in_words"])
    return {
        **values,
        "tone": ["Nissan" if kind == "model" else "Other" for kind in values["kind"]],
        "strength": [PALE if text.startswith("less") else 1.0 for text in words],
        "break_even_share": [break_even_share] * count,
        "label": words,
        "label_mark": on_first(["break-even"] * count),
    }


def utilisation_chart(rows: pd.DataFrame) -> Chart:
    """Printed figures and the model's as bars, with the break-even rule of thumb.

    rows: of `utilisation_rows`
    """
    bars = fact_layers(rows, "printed_by", "utilisation_share", "Share of capacity", alt.Scale(domain=[0, 1]))
    mark = alt.Chart(rows).transform_filter("datum.label_mark != ''").encode(x=alt.X("break_even_share:Q"))
    rule = mark.mark_rule(strokeDash=[3, 3], strokeWidth=1.5, color=GREY)
    name = mark.mark_text(align="right", dx=-5, dy=-8).encode(y=alt.value(0), text=alt.Text("label_mark:N"))
    return alt.layer(*bars, rule, name).properties(height=alt.Step(32))


def utilisation_words() -> str:
    """Where the printed figures come from, as Markdown."""
    f = facts()
    derived, nikkei, news = (f[f"canton_utilisation_{name}"] for name in ("calc", "nikkei", "an"))
    output = f["canton_output_fy2024"]
    return markdown_text(
        f"{percent(nikkei.number, 0)}: {nikkei.source}, {nikkei.note}. {percent(derived.number, 0)}: derived, "
        f"{derived.source}, both from a weak source ({output.source}). Less than half: {news.source}."
    )
