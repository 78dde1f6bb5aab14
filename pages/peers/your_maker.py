"""A maker of one's own: the inputs of a chosen row, some typed over, and the duty that follows."""

from collections.abc import Mapping
from typing import Final

from model.peers import Peer, PeerDuty, peers
from pages.kit.figure import Figure
from pages.kit.view import View, kept
from pages.kit.words import percent, quantity
from pages.peers.beside import amount
from pages.peers.given import currency_of, unit_of
from pages.peers.typed_inputs import INPUTS, PUBLISHED
from pages.session import choices
from pages.sources.exact import error_text

ROWS: Final[Mapping[str, Peer]] = {row.id: row for row in peers()}


def row_of(view: View) -> Peer:
    """The row that is started from."""
    return ROWS[choices.MAKER.of(view)]


def own_values(row: Peer) -> dict[str, float]:
    """What the row itself has, by key."""
    return {**row.values, PUBLISHED: row.published}


@kept
def values_of(view: View) -> dict[str, float]:
    """What is computed with, by key."""
    return {**own_values(row_of(view)), **dict(choices.MAKER_INPUTS.of(view))}


@kept
def duty_of(view: View) -> PeerDuty:
    """The duty of the maker."""
    return row_of(view).duty({key: value for key, value in values_of(view).items() if key != PUBLISHED})


def your_error_share(view: View) -> float:
    """The duty over the published number, less one [share]."""
    return duty_of(view).local_bn / values_of(view)[PUBLISHED] - 1.0


def row_words(row: Peer) -> str:
    """A row by name, as in the list that one starts from."""
    return f"{row.maker}, {row.what}, {row.period}"


def _records(view: View) -> list[tuple[object, ...]]:
    """Every input with the chosen row's own, and what follows from them."""
    row, values, duty = row_of(view), values_of(view), duty_of(view)
    own, before = own_values(row), row.duty()
    records: list[tuple[object, ...]] = [
        ("input", key, INPUTS[key].label, value, own[key], row.unit if key == PUBLISHED else unit_of(row, key))
        for key, value in values.items()
    ]
    results = {
        "far_usd_bn": ("Duty on cars from overseas", duty.far_usd_bn, before.far_usd_bn, "USD bn"),
        "near_usd_bn": ("Duty on cars from Canada and Mexico", duty.near_usd_bn, before.near_usd_bn, "USD bn"),
        "parts_usd_bn": ("Duty on parts", duty.parts_usd_bn, before.parts_usd_bn, "USD bn"),
        "duty_usd_bn": ("Duty", duty.usd_bn, before.usd_bn, "USD bn"),
        "duty_local_bn": ("Duty in the maker's currency", duty.local_bn, before.local_bn, row.unit),
        "error_share": ("Duty over the published figure, less one", your_error_share(view), row.error_share, "share"),
    }
    if duty.per_car_usd is not None and before.per_car_usd is not None:
        each = ("Duty per imported car", duty.per_car_usd, before.per_car_usd, "USD per vehicle")
        results["duty_per_car_usd"] = each
    return records + [("result", key, label, now, was, unit) for key, (label, now, was, unit) in results.items()]


def result_words(view: View) -> str:
    """The duty, of what it consists, and how far it is from the published number, as Markdown."""
    row, values, duty = row_of(view), values_of(view), duty_of(view)
    pieces = {
        "cars from overseas": duty.far_usd_bn,
        "cars from Canada and Mexico": duty.near_usd_bn,
        "parts": duty.parts_usd_bn,
    }
    paying = {name: value for name, value in pieces.items() if value > 0.0}
    parts = [f"{percent(value / duty.usd_bn, 0)} on {name}" for name, value in paying.items()]
    if len(paying) == 1:
        parts = [f"all on {name}" for name in paying]
    local = "" if currency_of(row) == "USD" else f", {amount(duty.local_bn, row.unit)}"
    if not parts:
        return "With these inputs **no duty** reaches cost."
    return (
        f"The formulas give **{quantity(duty.usd_bn, 'USD bn')}{local}**, {', '.join(parts)}: "
        f"**{error_text(your_error_share(view))}** against {amount(values[PUBLISHED], row.unit)} published."
    )


YOUR_MAKER: Final = Figure(
    name="your_maker",
    title=lambda view: f"Your maker, from {row_words(row_of(view))}",
    columns=lambda view: {
        "part": "Input or result",
        "key": "Name, as in links where it is an input",
        "label": "What it is",
        "value": "Value in the unit; shares are fractions",
        "in_row": f"Value in the row that was started from: {row_of(view).id}",
        "unit": "Unit",
    },
    records=_records,
)
