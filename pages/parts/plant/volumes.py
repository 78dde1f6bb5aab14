"""The trucks that are discussed beside the pickups that are sold."""

import altair as alt
import pandas as pd

from data.facts import facts
from pages.parts.charts import Chart
from pages.parts.columns import Columns
from pages.parts.plant.break_even import discussed_trucks_kveh, trucks_to_break_even
from pages.parts.plant.fact_bars import fact_layers, fact_sources, recalled_pale
from pages.parts.plant.marks import TO_THE_ENDS, ends, with_room
from pages.parts.plant.reading import contract_kveh
from pages.parts.plant.words import thousands, trucks
from pages.parts.tables import MODEL_SOURCE, Table
from pages.parts.view import View
from pages.parts.words import markdown_text, number


def truck_volumes(view: View) -> Table:
    """The trucks that are discussed beside the pickups that both companies sell, thousand a year."""
    f = facts()
    volume = discussed_trucks_kveh(view)
    what = "Trucks in the scenario" if contract_kveh(view) > 0.0 else "Trucks to break even"
    if contract_kveh(view) == 0.0 and not trucks_to_break_even(view):
        what = "Trucks that would fit"
    records: list[tuple[object, ...]] = [
        (what, "a year at full rate", volume, "model", MODEL_SOURCE),
        *(
            (name, period, f[fact_id].number, f[fact_id].kind, f[fact_id].source)
            for name, period, fact_id in (
                ("Honda Ridgeline", "US, 2024", "ridgeline_us_2024"),
                ("Nissan Frontier", "US and Canada, 2024", "frontier_2024"),
                ("Toyota Tacoma", "US, 9 months of 2025", "midsize_9m_2025_tacoma"),
                ("All mid-size", "US, 9 months of 2025", "midsize_9m_2025"),
            )
        ),
    ]
    columns = {
        "pickup": "Pickups",
        "period": "Where and when",
        "volume_kveh": "Trucks, thousand",
        "kind": "Kind of the figure",
        "source": "Source",
    }
    ids = ("ridgeline_us_2024", "ridgeline_2024", "frontier_2024", "midsize_9m_2025_tacoma", "midsize_9m_2025")
    sources = (MODEL_SOURCE, *fact_sources(*ids))
    return Table.of("pickups_in_context", "Trucks from Canton beside the pickups sold", columns, records, sources)


def volumes_finding(view: View) -> str:
    """How many trucks that is in Ridgelines."""
    volume = discussed_trucks_kveh(view)
    times = number(volume / facts()["ridgeline_us_2024"].number, 1)
    return f"{trucks(volume)} a year are {times} times the Ridgelines sold in the US"


def volumes_rows(table: Table) -> Columns:
    """Volumes with their labels: Honda's first two, then Nissan's."""
    values = with_room(table.values, table.values["volume_kveh"], 0.3)
    labels = [thousands(volume) for volume in values["volume_kveh"]]
    return recalled_pale(values, labels, ["Honda", "Honda", "Nissan", *["Other"] * (len(labels) - 3)])


def volumes_chart(rows: pd.DataFrame) -> Chart:
    """Volumes as bars; recalled figures pale and named.

    rows: of `volumes_rows`
    """
    bars = fact_layers(rows, "pickup", "volume_kveh", "Thousand trucks", TO_THE_ENDS)
    return alt.layer(ends(rows, "x"), *bars).properties(height=alt.Step(32))


def volumes_words() -> str:
    """Where the volumes come from, as Markdown."""
    f = facts()
    ridgeline, frontier, tacoma = (f[i] for i in ("ridgeline_us_2024", "frontier_2024", "midsize_9m_2025_tacoma"))
    return markdown_text(
        f"Ridgeline: US, 2024, {ridgeline.kind}; with Canada {thousands(f['ridgeline_2024'].number)} are printed "
        f"({f['ridgeline_2024'].source}). Frontier: US and Canada, 2024 ({frontier.source}). "
        f"Tacoma and all mid-size: US, January to September 2025 ({tacoma.source})."
    )
