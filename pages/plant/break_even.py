"""What it takes to break even, in trucks and in money, and in words."""

import numpy as np

from model import sweeps
from model.analysis.break_even import crossings
from model.measures import Points
from model.projection import Projection
from pages.kit.view import View, kept
from pages.kit.words import markdown_text, percent, quantity
from pages.plant.canton import (
    TOLERANCE_KVEH,
    contract_kveh,
    has_trucks,
    markup_by_year,
    markup_usd,
    plant_at_year,
)
from pages.plant.words import thousands, trucks


@kept
def trucks_to_break_even(view: View) -> float | None:
    """Trucks a year at full rate with which Canton breaks even in the last year [thousand].

    Zero where it needs none, None where no number within the range does it.
    """
    at_none = sweeps.sweep(view.scenario, sweeps.TRUCKS, np.array([0.0]))
    if float(np.asarray(at_none.once["canton_break_even_gap_kveh"])[0]) <= TOLERANCE_KVEH:
        return 0.0
    met = crossings(view.scenario, sweeps.TRUCKS, lambda p: np.asarray(p.once["canton_break_even_gap_kveh"]))
    return met[0] if met else None


def room_kveh(view: View) -> float:
    """Trucks that fit beside Nissan's own output [thousand a year]."""
    low, high = sweeps.feasible_range(view.scenario, sweeps.TRUCKS)
    return max(high, low)


def discussed_trucks_kveh(view: View) -> float:
    """Trucks that capital and market are compared with [thousand a year].

    The contract; without one, what would break even, or else all that fit.
    """
    if contract_kveh(view) > 0.0:
        return contract_kveh(view)
    needed = trucks_to_break_even(view)
    return needed or room_kveh(view)


def left_over(view: View) -> float:
    """What the plant is left with after its fixed cost in the year in focus [USD bn], as planned; to 0.01."""
    return round(plant_at_year(view, "plant_result_usd_bn")[0], 2) + 0.0


def cover_words(view: View) -> str:
    """Whether the plant covers its fixed cost in money."""
    result = left_over(view)
    if result < 0.0:
        return f"{quantity(-result, 'USD bn')} of fixed cost a year stays uncovered"
    return "the plant covers its fixed cost" + (f" and keeps {quantity(result, 'USD bn')} a year" if result else "")


def needed_words(view: View) -> str:
    """Whether trucks could make it break even at all, in one sentence."""
    needed = trucks_to_break_even(view)
    if needed == 0.0:
        return "It breaks even without a truck for Honda."
    if room_kveh(view) <= 0.0:
        return "There is no room for trucks beside Nissan's own cars."
    if needed is None:
        return "Not even all the trucks that fit would make it break even."
    return "How many trucks it would take is in the table below."


def parity_words(view: View) -> str:
    """What the trucks pay towards Canton's fixed cost, beside Nissan's own cars."""
    own = view.scenario.values["canton_contribution_usd"]
    markup = markup_usd(view)
    output, _ = plant_at_year(view, "plant_output_kveh")
    built, _ = plant_at_year(view, "plant_trucks_kveh")

    def gap(p: Projection) -> Points:
        return markup_by_year(view, p)[:, view.year] - own

    met = crossings(view.scenario, "transfer_fixed_share", gap)
    text = (
        f"Break-even counts cars. In money, {thousands(output - built)} of Nissan's own bring {quantity(own, 'USD')} "
        f"each and {trucks(built)} bring {quantity(markup, 'USD')} each, what Honda pays above variable cost: "
        f"{cover_words(view)}."
    )
    if markup >= own:
        return text
    if met:
        share = percent(met[0], 0)
        return f"{text} A truck counts like one of Nissan's own cars only from a fixed-cost share of {share} on."
    return f"{text} At no fixed-cost share does a truck count like one of Nissan's own cars."


def break_even_words(view: View) -> str:
    """Where the break-even comes from, and what it leaves out, as Markdown."""
    v = view.scenario.values
    contribution, earned = (quantity(v[key], "USD") for key in ("canton_contribution_usd", "nissan_contribution_usd"))
    text = (
        f"{view.year_label}, trucks as planned. Break-even at {percent(v['break_even_share'], 0)} of capacity is a "
        f"rule of thumb (Nikkei, WSJ). Of the {earned} that Nissan is taken to earn on a car, {contribution} "
        "pay the plant and the rest pays development, sales and overhead (judgement): with the rule of thumb that sets "
        "the plant's fixed cost, for which no published figure was found."
    )
    return markdown_text(f"{text} {parity_words(view)}" if has_trucks(view) and view.chance_share > 0.0 else text)
