"""How settled the numbers of the draws are, and what pulls their mean off the scenario, in words."""

from math import ceil, sqrt
from typing import Final

import numpy as np

from model.measures import Points
from model.registry import ASSUMPTIONS
from model.sampling import STAYS_SHARE, pulls
from model.worlds import DONE, FAILS
from pages.kit.measure_words import measure_asked, unit_of
from pages.kit.view import View
from pages.kit.words import change_words, percent, quantity, signed, size_words
from pages.session import choices
from pages.uncertainty.draws import NORMAL_95, Chance, bar_of, chance_of, drawn_of, in_year, sampling_of

NO_PROBABILITY: Final = "Shares of the draws are the model's, and no probability of the real world."

_BATCHES: Final = 10


def convergence_words(view: View) -> list[str]:
    """How settled the chance, the middle and the mean are, and what more draws would bring."""
    measure, found, chance = measure_asked(view), drawn_of(view), chance_of(view)
    values = in_year(found.values, view)
    unit, draws = unit_of(measure), found.draws
    if values.min() == values.max():
        return [f"All {draws:,} draws give the same result: nothing that is drawn touches it."]
    mean_error = NORMAL_95 * float(values.std()) / sqrt(draws)
    middle_error = NORMAL_95 * _median_error(values)
    half = (chance.high - chance.low) / 2
    first, second = (
        Chance.of(int(np.count_nonzero(part >= bar_of(view))), len(part)) for part in np.array_split(values, 2)
    )
    sentences = [
        f"{draws:,} draws from seed {choices.SEED.of(view)}. Drawn again with another seed, the chance would lie "
        f"between {percent(chance.low)} and {percent(chance.high)} in 19 of 20 cases, the middle draw within "
        f"{quantity(middle_error, unit)} and the mean within {quantity(mean_error, unit)} of what is shown.",
        f"The first half of the draws gives a chance of {percent(first.share)}, the second {percent(second.share)}.",
    ]
    if half < 0.005:
        sentences.append("More draws would not change what is read here.")
    else:
        wanted = ceil(draws * (half / 0.005) ** 2 / 1000) * 1000
        sentences.append(
            f"Four times as many draws halve these errors; for half a percentage point about {wanted:,} are needed."
        )
    return sentences


def pull_words(view: View) -> str:
    """How far the mean of the draws lies off the scenario, and which assumptions pull it."""
    measure, sampling = measure_asked(view), sampling_of(view)
    unit = unit_of(measure)
    values = in_year(drawn_of(view).values, view)
    distance = float(values.mean()) - float(measure.of(view.projection))
    if abs(distance) <= float(values.std()) / sqrt(len(values)):
        return "The mean of the draws is the scenario's result, within its error."
    words = f"{size_words(distance, unit)} {'above' if distance > 0.0 else 'below'}"
    strongest = [pull for pull in pulls(sampling, measure)[:3] if change_words(pull.effect, unit, "")]
    if not strongest:
        return f"The mean of the draws is {words} the scenario: the result bends more one way than the other."
    named = "; ".join(f"“{ASSUMPTIONS[pull.key].label}” {signed(pull.effect, unit)}" for pull in strongest)
    return (
        f"The mean of the draws is {words} the scenario. What stands at an end of its range pulls it, most of all "
        f"{named}: each stays as it is with a chance of {percent(STAYS_SHARE, 0)}, else it lies within its range."
    )


def middle_words(view: View) -> str:
    """Why the middle draw is not the scenario, in a sentence or two; empty where it is as good as the same."""
    measure = measure_asked(view)
    unit = unit_of(measure)
    middle, now = float(np.median(in_year(drawn_of(view).values, view))), float(measure.of(view.projection))
    apart = change_words(middle - now, unit, "")
    if not apart:
        return ""
    strongest = [pull for pull in pulls(sampling_of(view), measure)[:2] if change_words(pull.effect, unit, "")]
    named = " and ".join(f"“{ASSUMPTIONS[pull.key].label}” ({signed(pull.effect, unit)})" for pull in strongest)
    why = (
        f"what stands at an end of its range can move to one side only, most of all {named}"
        if named
        else "the result bends more one way than the other"
    )
    return f"The middle draw, {quantity(middle, unit)}, is not the scenario's {quantity(now, unit)}: {why}."


def event_words(view: View) -> str:
    """How it is drawn whether the alliance delivers, as a sentence."""
    if not view.scenario.fixed:
        return "Whether the alliance delivers is drawn as an event, with the chance on its slider. "
    certain = {DONE: "is done", FAILS: "fails"}[view.scenario.world]
    return f"That an alliance {certain} is taken for certain. "


def _median_error(values: Points) -> float:
    """Standard error of the median, from the medians of batches of the draws."""
    medians = [float(np.median(batch)) for batch in np.array_split(values, _BATCHES)]
    return float(np.std(medians, ddof=1)) / sqrt(_BATCHES)
