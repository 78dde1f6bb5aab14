"""The page's answer: whether the trucks make the plant pay, and who gains."""

from pages.kit.view import View
from pages.kit.words import percent
from pages.kit.world_words import in_other_worlds
from pages.plant.break_even import cover_words, left_over, needed_words
from pages.plant.canton import (
    TOLERANCE_KVEH,
    contract_kveh,
    first_truck_label,
    gains,
    gains_in,
    has_trucks,
    plant_at_year,
    standing,
)
from pages.plant.words import cars, chance_words, distance, gains_words, thousands, trucks


def headline(view: View) -> str:
    """Whether the trucks make the plant pay, and who gains, as Markdown."""
    output, _ = plant_at_year(view, "plant_output_kveh")
    use, use_before = plant_at_year(view, "plant_utilisation_share")
    gap, _ = plant_at_year(view, "plant_break_even_gap_kveh")
    capacity = view.scenario.values["canton_capacity_kveh"]
    if contract_kveh(view) == 0.0:
        return (
            f"{'Not as it stands' if gap > TOLERANCE_KVEH else 'It pays without them'}: Nissan builds {cars(output)} "
            f"a year in Canton, on a capacity of {thousands(capacity)}. At **{percent(use, 0)}** that is "
            f"**{distance(gap)}**. {needed_words(view)} Talks were reported in July 2025; no contract is known."
        )
    if not has_trucks(view):
        first = first_truck_label(view)
        when = f"the first comes in {first}" if first else f"none comes by {view.projection.years[-1]}"
        return (
            f"Not in {view.year_label}: no truck is built yet ({when}). Canton runs at **{percent(use, 0)}**, "
            f"**{distance(gap)}**."
        )
    if view.chance_share == 0.0:
        alone, gap_alone = (standing(view, f"plant_{name}")[0] for name in ("utilisation_share", "break_even_gap_kveh"))
        return (
            f"Not if the alliance fails: {trucks(contract_kveh(view))} a year are planned and never come. Canton "
            f"stays at **{percent(alone, 0)}**, {distance(gap_alone)}, and "
            f"in {view.year_label} {gains_words({'honda': gains(view)['honda']})} by writing off its "
            f"tooling{_in_other_worlds(view)}."
        )
    answer = "For Canton, yes" if left_over(view) >= 0.0 else "Not by themselves"
    verb = "lift" if use >= use_before else "leave"
    return (
        f"{answer}: {trucks(plant_at_year(view, 'plant_trucks_kveh')[0])} for Honda {verb} Canton "
        f"{'from ' + percent(use_before, 0) + ' to' if verb == 'lift' else 'at'} **{percent(use, 0)}** "
        f"in {view.year_label}, {distance(gap)}. At the transfer price, **{cover_words(view)}**. "
        f"{gains_words(gains(view))} a year{chance_words(view)}{_in_other_worlds(view)}."
    )


def _in_other_worlds(view: View) -> str:
    """What the companies gain in the other worlds, as the end of a sentence."""
    others = in_other_worlds(view, lambda found: gains_words(gains_in(found, view.year)))
    return f"; {others}" if others else ""
