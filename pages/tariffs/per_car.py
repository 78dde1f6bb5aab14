"""Duty on one car by company and where it is built: table, marks, chart and finding."""

from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from model.editions import COMPANIES, COMPANY_LABELS
from pages.kit.charts import GREY, PIN_WIDTH, Chart, company_color, unseen
from pages.kit.columns import Columns
from pages.kit.figure import Custom, Figure
from pages.kit.results import results_of
from pages.kit.tables import PINNED, REFERENCE, SCENARIO, Table, cases
from pages.kit.view import View
from pages.kit.words import number, quantity
from pages.tariffs import case_bars

CARS: Final = {"usmca": "Canada, Mexico", "japan": "Japan", "parts": "US-built"}
"""Cars by what pays their duty: imported ones whole, US-built ones through their parts and materials."""

KEPT: Final = "kept_duty_share"


def _output(origin: str) -> str:
    return f"{origin}_duty_usd_per_vehicle"


def _records(view: View) -> list[tuple[object, ...]]:
    """Duty on one car by company, case and where it is built, before and after own measures."""
    records: list[tuple[object, ...]] = []
    for company in COMPANIES:
        for case, projection in cases(view):
            outputs = projection.company[company]
            for origin, built_in in CARS.items():
                gross, kept = (float(np.asarray(o)[view.year]) for o in (outputs[_output(origin)], outputs[KEPT]))
                records.append((COMPANY_LABELS[company], case, built_in, gross, gross * kept))
    return records


def _marks(table: Table, view: View) -> Columns:
    """What the chart per car draws: a bar for the scenario, a tick for the reference, labels in words."""
    built: dict[tuple[str, str, str], tuple[float, float]] = {
        (company, built_in, case): (gross, net)
        for company, case, built_in, gross, net in zip(*table.values.values(), strict=True)
    }
    pairs = [(company, built_in) for built_in in CARS.values() for company in COMPANY_LABELS.values()]
    scenario, reference = ([built[(*pair, case)] for pair in pairs] for case in (SCENARIO, REFERENCE))
    pinned = [built[(*pair, PINNED)][0] for pair in pairs] if table.has_pin else []
    at_pin: Columns = {"pinned_usd_per_car": pinned, "label_pinned": [quantity(duty, "USD") for duty in pinned]}
    changes = [gross - was for (gross, _), (was, _) in zip(scenario, reference, strict=True)]
    longest = max(*(gross for gross, _ in (*scenario, *reference)), *pinned)
    ends = [
        max(now, was, *at)
        for (now, _), (was, _), *at in zip(scenario, reference, *([pinned] if pinned else []), strict=True)
    ]
    return {
        "company": [company for company, _ in pairs],
        "built_in": [built_in for _, built_in in pairs],
        "bar": [f"{company}, {built_in}" for company, built_in in pairs],
        "gross_duty_usd_per_car": [gross for gross, _ in scenario],
        "reference_usd_per_car": [was for was, _ in reference],
        **(at_pin if pinned else {}),
        "end_usd_per_car": ends,
        "room_usd_per_car": [1.5 * max(longest, 1.0)] * len(pairs),
        "label": [
            number(gross, 0) + (f" ({'+' if change > 0 else ''}{number(change, 0)})" if abs(change) >= 0.5 else "")
            for (gross, _), change in zip(scenario, changes, strict=True)
        ],
        "label_gross": [quantity(gross, "USD") for gross, _ in scenario],
        "label_net": [quantity(net, "USD") for _, net in scenario],
        "label_reference": [quantity(was, "USD") for was, _ in reference],
    }


def _chart(marks: pd.DataFrame) -> Chart:
    """Duty on one car, a bar per company and place of building; a tick marks the reference.

    marks: bar, company, built_in, gross_duty_usd_per_car, reference_usd_per_car, end_usd_per_car, labels
    """
    has_pin = "pinned_usd_per_car" in marks
    base = alt.Chart(marks).encode(
        y=case_bars.bar_axis(marks),
        tooltip=[
            alt.Tooltip("company:N", title="Company"),
            alt.Tooltip("built_in:N", title="Built in"),
            alt.Tooltip("label_gross:N", title="Duty per car"),
            alt.Tooltip("label_net:N", title="After own measures"),
            alt.Tooltip("label_reference:N", title="Duty in the reference"),
            *([alt.Tooltip("label_pinned:N", title="Duty in what is pinned")] if has_pin else []),
        ],
    )
    bars = base.mark_bar(height={"band": 0.6}).encode(
        x=alt.X(
            "gross_duty_usd_per_car:Q",
            title="Duty before own measures, USD per car",
            axis=alt.Axis(tickCount=4, format=",.0f", grid=False),
            scale=alt.Scale(nice=False),
        ),
        color=company_color(),
    )
    moved = base.transform_filter("abs(datum.gross_duty_usd_per_car - datum.reference_usd_per_car) >= 0.5")
    ticks = moved.mark_tick(thickness=3, color="#999999", height={"band": 0.9}, aria=False).encode(
        x=alt.X("reference_usd_per_car:Q")
    )
    labels = base.mark_text(align="left", dx=6).encode(x=alt.X("end_usd_per_car:Q"), text=alt.Text("label:N"))
    room = unseen(base).encode(x=alt.X("room_usd_per_car:Q"), tooltip=alt.value(None))
    at_pin = base.mark_tick(thickness=PIN_WIDTH, color=GREY, height={"band": 0.9}, aria=False).encode(
        x=alt.X("pinned_usd_per_car:Q")
    )
    return alt.layer(bars, ticks, *([at_pin] if has_pin else []), labels, room).properties(height=alt.Step(30))


def _finding(view: View) -> str:
    """The duty on an imported car and on the parts of a US-built one, of both companies."""

    def both(origin: str) -> str:
        return ", ".join(
            f"{COMPANY_LABELS[c]} {quantity(view.at_year(c, _output(origin))[0], 'USD')}" for c in COMPANIES
        )

    return (
        f"Duty on a car from Canada or Mexico: {both('usmca')}; "
        f"on parts and materials of a US-built car: {both('parts')}"
    )


DUTY_PER_CAR: Final = Figure(
    name="duty_per_car",
    title=lambda view: f"Duty per car, {view.year_label}",
    columns={
        "company": "Company",
        "case": "Scenario or reference",
        "built_in": "Where the car is built; a US-built car pays duty on its imported parts and materials",
        "gross_duty_usd_per_car": "Duty before own measures, USD per car built there",
        "net_duty_usd_per_car": "Duty after own measures, USD per car built there",
    },
    results=results_of(("usmca_duty_usd_per_vehicle", "japan_duty_usd_per_vehicle", "parts_duty_usd_per_vehicle")),
    records=_records,
    form=Custom(_chart, _marks),
    finding=_finding,
    note=lambda view: (
        "A US-built car pays duty on its imported parts, less the offset, and on steel and aluminium. "
        "A grey tick marks the reference where it differs" + (", a thin one what is pinned." if view.pinned else ".")
    ),
)
