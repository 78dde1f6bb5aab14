"""The trucks that are discussed beside the pickups that are sold."""

from typing import Final

from data.facts import facts
from pages.kit.figure import Figure
from pages.kit.tables import MODEL_SOURCE
from pages.kit.view import View
from pages.kit.words import markdown_text, number
from pages.plant.break_even import discussed_trucks_kveh, trucks_to_break_even
from pages.plant.canton import contract_kveh
from pages.plant.forms import fact_bars
from pages.plant.words import fact_sources, thousands, trucks


def _records(view: View) -> list[tuple[object, ...]]:
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
    return records


def _finding(view: View) -> str:
    """How many trucks that is in Ridgelines."""
    volume = discussed_trucks_kveh(view)
    times = number(volume / facts()["ridgeline_us_2024"].number, 1)
    return f"{trucks(volume)} a year are {times} times the Ridgelines sold in the US"


def _note(view: View) -> str:
    """Where the volumes come from."""
    f = facts()
    ridgeline, frontier, tacoma = (f[i] for i in ("ridgeline_us_2024", "frontier_2024", "midsize_9m_2025_tacoma"))
    return markdown_text(
        f"Ridgeline: US, 2024, {ridgeline.kind}; with Canada {thousands(f['ridgeline_2024'].number)} are printed "
        f"({f['ridgeline_2024'].source}). Frontier: US and Canada, 2024 ({frontier.source}). "
        f"Tacoma and all mid-size: US, January to September 2025 ({tacoma.source})."
    )


def _sources(view: View) -> tuple[str, ...]:
    ids = ("ridgeline_us_2024", "ridgeline_2024", "frontier_2024", "midsize_9m_2025_tacoma", "midsize_9m_2025")
    return (MODEL_SOURCE, *fact_sources(*ids))


VOLUMES: Final = Figure(
    name="pickups_in_context",
    title="Trucks from Canton beside the pickups sold",
    columns={
        "pickup": "Pickups",
        "period": "Where and when",
        "volume_kveh": "Trucks, thousand",
        "kind": "Kind of the figure",
        "source": "Source",
    },
    records=_records,
    form=fact_bars("pickup", "volume_kveh", "Thousand trucks", thousands, of_model="Honda"),
    finding=_finding,
    note=_note,
    sources=_sources,
)
