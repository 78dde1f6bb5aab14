"""What an address asks for, read in one place: a page uses what can be used and names the rest, `/data/` refuses it.

Reading never fails, and knows neither Streamlit nor a session.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from model.delivery import projected, told_world
from model.editions import edition
from model.links import (
    LONGEST_TITLE,
    SHOWN_VALUE,
    Refusal,
    Scenario,
    clean_title,
    from_query,
    names_scenario,
    printable,
    refusal,
    year_refusal,
)
from model.pins import PIN, Pin, read_pin
from model.receipt import Difference, differences, read_fingerprint
from model.worlds import DONE
from pages.session.choices import read_choices

Part = Literal["scenario", "year", "title", "pin", "saw", "choices"]

NAMED_ON_A_PAGE: Final[tuple[Part, ...]] = ("scenario", "year", "title", "pin", "saw", "choices")
"""Parts of an address whose refusals a page names, in its order."""

NAMED_AS_DATA: Final[tuple[Part, ...]] = ("scenario", "pin", "choices", "year")
"""The same of `/data/`, where a title and a receipt change nothing."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Headline results that a link does not give as its sender saw them.

    model_version: the one that made the link, or nothing where it does not say
    last_year: the fiscal year of yearly results
    mended: whether a part of the link was refused, beside the model version
    world: that the results of now are in, of `WORLDS`; empty where that makes no difference
    """

    differences: tuple[Difference, ...]
    edition: str
    model_version: str
    last_year: str
    mended: bool
    world: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for, as far as it can be used.

    scenario: with as many cars at Canton as fit
    bare: whether it says nothing of a scenario
    sliders: every assumption as it is asked for, also where Canton cannot build as many
    year: the fiscal year in focus; empty where none is asked for that the edition has
    choices: what is chosen on pages, by key, where it is not the default
    title: what the sender calls the scenario
    pin: what is kept beside the scenario; None where the address holds none that can be used
    saw: the results that the sender saw; None where they are not told
    model_version: as the address names it
    by_part: what was refused, and what is told, of each part
    """

    scenario: Scenario
    bare: bool
    sliders: Mapping[str, float]
    year: str
    choices: Mapping[str, str]
    title: str
    pin: Pin | None
    saw: tuple[float, ...] | None
    model_version: str
    by_part: Mapping[Part, tuple[Refusal, ...]]

    @property
    def first_world(self) -> str:
        """The world in which a page shows it: the link's own, or, where it says nothing, the one that is usual."""
        return DONE if self.bare else self.scenario.world

    @property
    def year_index(self) -> int:
        """Which of the edition's fiscal years is in focus: the last one where none is asked for."""
        years = edition(self.scenario.edition).years
        return years.index(self.year or years[-1])

    def named(self, parts: Sequence[Part]) -> tuple[Refusal, ...]:
        """What was refused, and what is told, of some parts, in their order."""
        return tuple(one for part in parts for one in self.by_part[part])

    def receipt(self) -> Receipt | None:
        """What the sender saw beside what is given now, where that is not the same."""
        if self.saw is None:
            return None
        projection = projected(self.scenario)
        found = differences(self.saw, projection)
        if not found:
            return None
        mended = any(r.key != "model_version" and not r.told for r in self.by_part["scenario"])
        version = printable(self.model_version[:SHOWN_VALUE])
        told = told_world(self.scenario)
        return Receipt(found, self.scenario.edition, version, projection.years[-1], mended, told)


def read_pairs(pairs: Sequence[tuple[str, str]], page: str | None = None) -> Asked:
    """What the pairs of an address ask for; of a key given more than once the first is read.

    page: path of the only page whose choices are read, beside those of everywhere; every page's where it is None
    """
    scenario, of_scenario = from_query(pairs)
    first = dict(reversed(pairs))
    years = edition(scenario.edition).years
    of_year: tuple[Refusal, ...] = ()
    year = first.get("year", "")
    if "year" in first and year not in years:
        year, of_year = "", (year_refusal(year, years),)
    title, of_title = _read_title([text for key, text in pairs if key == "title"])
    pin, of_pin = _read_pin([text for key, text in pairs if key == PIN])
    saw, of_saw = _read_saw([text for key, text in pairs if key == "saw"])
    choices, of_choices = read_choices(pairs, page)
    by_part: dict[Part, tuple[Refusal, ...]] = {
        "scenario": of_scenario,
        "year": of_year,
        "title": of_title,
        "pin": of_pin,
        "saw": of_saw,
        "choices": of_choices,
    }
    sliders = {**scenario.asked, **{r.key: float(r.value) for r in of_scenario if r.overflow}}
    bare, version = not names_scenario(pairs), first.get("model_version", "")
    return Asked(scenario, bare, sliders, year, choices, title, pin, saw, version, by_part)


def _read_title(given: Sequence[str]) -> tuple[str, tuple[Refusal, ...]]:
    text = given[0] if given else ""
    title = clean_title(text)
    repeated = _repeated("title", given)
    if len(text) > LONGEST_TITLE:
        limit = f"longer than {LONGEST_TITLE} characters"
        return title, (refusal("title", text, limit, f"its first {len(title)}"), *repeated)
    return title, repeated


def _read_pin(given: Sequence[str]) -> tuple[Pin | None, tuple[Refusal, ...]]:
    if not given:
        return None, ()
    pin, refused = read_pin(given[0])
    return pin, (*refused, *_repeated(PIN, given))


def _read_saw(given: Sequence[str]) -> tuple[tuple[float, ...] | None, tuple[Refusal, ...]]:
    if not given:
        return None, ()
    saw, repeated = read_fingerprint(given[0]), _repeated("saw", given)
    if saw is None:
        return None, (refusal("saw", given[0], "not the results of a sender", "nothing"), *repeated)
    return saw, repeated


def _repeated(key: str, given: Sequence[str]) -> tuple[Refusal, ...]:
    return tuple(refusal(key, other, "given more than once", "the first") for other in given[1:])
