"""The gain of each company over the number of trucks."""

import altair as alt
import numpy as np
import pandas as pd

from model.editions import COMPANIES, COMPANY_LABELS
from model.sweeps import TRUCKS
from pages.parts.charts import Chart
from pages.parts.columns import Columns
from pages.parts.plant.break_even import room_kveh
from pages.parts.plant.reading import FIRST_TRUCK_KVEH, TOLERANCE_JPY_BN, chance_share
from pages.parts.plant.swept import GAIN_COLUMN, SWEEP_POINTS, gain_sweep, sweep_chart, sweep_rows
from pages.parts.plant.words import gains_words, trucks
from pages.parts.tables import Table
from pages.parts.view import View, kept


@kept
def gains_by_trucks(view: View) -> Table:
    """What each company gains in the last year, over the number of trucks at full rate."""
    room = room_kveh(view)
    points = np.linspace(min(FIRST_TRUCK_KVEH, room), room, SWEEP_POINTS)
    swept, records = gain_sweep(view, TRUCKS, points, -1)
    use = np.tile(np.asarray(swept.once["canton_utilisation_share"]), len(COMPANIES))
    records = [(*record, float(share)) for record, share in zip(records, use, strict=True)]
    columns = {
        "company": "Company",
        "contract_kveh": "Trucks for Honda at full rate, thousand a year",
        "gain_jpy_bn": GAIN_COLUMN,
        "utilisation_share": "Use of the plant if the alliance delivers, share of capacity",
    }
    title = f"Who gains, by the number of trucks, {view.projection.years[-1]}"
    return Table.of("canton_gains_by_trucks", title, columns, records)


def can_sweep_trucks(view: View) -> bool:
    """Whether the number of trucks changes anything in the last year."""
    return (
        chance_share(view) > 0.0
        and room_kveh(view) > 0.0
        and max(map(abs, gains_by_trucks(view).values["gain_jpy_bn"])) > TOLERANCE_JPY_BN
    )


def no_sweep_words(view: View) -> str:
    """Why no number of trucks changes anything, as Markdown."""
    if room_kveh(view) <= 0.0:
        return "Nissan's own cars fill the plant: there is no room for a truck."
    if chance_share(view) == 0.0:
        return (
            "No number of trucks helps here: the scenario gives the alliance no chance to deliver. "
            "Raise “Chance that the alliance delivers” to see who gains."
        )
    return f"No truck would be built by {view.projection.years[-1]}: it starts too late or is delayed too long."


def gains_by_trucks_finding(view: View) -> str:
    """What each company gains or loses with all the trucks that fit."""
    swept = gains_by_trucks(view).values
    at_most = dict(zip(swept["company"], swept["gain_jpy_bn"], strict=True))  # the last of each
    words = gains_words({company: at_most[label] for company, label in COMPANY_LABELS.items()}).replace("**", "")
    return f"With {trucks(room_kveh(view))}, all that fit, {words} in {view.projection.years[-1]}"


def gains_by_trucks_rows(table: Table, contract_kveh: float, needed_kveh: float | None) -> Columns:
    """Gains over the number of trucks, with marks at the scenario's and at what breaks even.

    contract_kveh, needed_kveh: of the scenario, and to break even [thousand a year]; no mark at zero
    """
    marks = {"scenario": contract_kveh, "break-even in cars": needed_kveh or 0.0}
    volumes = [trucks(volume) for volume in table.values["contract_kveh"]]
    return sweep_rows(table, "contract_kveh", volumes, {name: at for name, at in marks.items() if at > 0.0})


def gains_by_trucks_chart(rows: pd.DataFrame) -> Chart:
    """Both companies' gain over the number of trucks, with the contract and break-even marked.

    rows: of `gains_by_trucks_rows`
    """
    return sweep_chart(rows, "contract_kveh", "Trucks for Honda, thousand a year", alt.Axis(tickCount=5))
