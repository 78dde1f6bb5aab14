"""A pin: a scenario that a link keeps beside its own, as one short text under one key of the link.

The text is itself a query that `model.links` reads: edition, preset, world, figures of one's own, what differs from
the preset, and a title. It names no model version, as the link around it does. `read_pin` reads any text without
failing, and names what it cannot use as links do, each part under `pin: ` and its own key.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote_plus

from model.comparison import TITLE, read_line
from model.links import LONGEST_TITLE, Refusal, Scenario, clean_title, differing_pairs, refusal, to_pairs
from model.links import PIN as PIN

AS_SENT: Final = "as sent"
"""What a link's own scenario is called once another is set, where it has no title."""

LONGEST_PIN: Final = 6_000
"""Letters of a pin that are read: room for every assumption, every figure of one's own and a title."""

OF_PIN: Final = f"{PIN}: "
"""Before the key of a pin's part, where it is named."""

_ASCII: Final = re.compile(r"[\x00-\x7f]+")


@dataclass(frozen=True, slots=True)
class Pin:
    """A scenario that is kept beside the one in the sliders, and what it is called."""

    name: str
    scenario: Scenario

    def goes_without_saying(self, scenario: Scenario, title: str) -> bool:
        """Whether a link of a scenario and a title need not hold it: it is what whoever opens that link keeps."""
        return self == as_sent(scenario, title)


def as_sent(scenario: Scenario, title: str) -> Pin:
    """What is kept of a link that holds no pin: its own scenario, under its title."""
    return Pin(title or AS_SENT, scenario)


def pin_text(pin: Pin) -> str:
    """The text of a pin.

    The link's own coding comes on top, so letters beyond ASCII are left as they are: coded twice, each takes
    fifteen letters.
    """
    name = _ASCII.sub(lambda found: quote_plus(found[0]), pin.name)
    given = [(key, value) for key, value in differing_pairs(pin.scenario) if key != "model_version"]
    return "&".join([*(f"{key}={value}" for key, value in given), f"{TITLE}={name}"])


def read_pin(text: str) -> tuple[Pin | None, tuple[Refusal, ...]]:
    """The pin that a text stands for, if any, and all that was refused of it."""
    if len(text) > LONGEST_PIN:
        return None, (refusal(PIN, text, f"longer than {LONGEST_PIN:,} characters", "nothing"),)
    scenario, title, refusals, problem = read_line(text)
    if problem:
        return None, (refusal(PIN, text, problem, "nothing"),)
    named = (replace(r, key=f"{OF_PIN}{r.key}", overflow=False) for r in (*refusals, *_more(text)))
    return Pin(title or AS_SENT, scenario), tuple(named)


def _more(text: str) -> Iterator[Refusal]:
    """What no scenario has: a title that is too long, and a pin of its own."""
    given = dict(reversed(to_pairs(text)))
    if len(given.get(TITLE, "")) > LONGEST_TITLE:
        cut = f"its first {len(clean_title(given[TITLE]))}"
        yield refusal(TITLE, given[TITLE], f"longer than {LONGEST_TITLE} characters", cut)
    if PIN in given:
        yield refusal(PIN, given[PIN], "a pin inside a pin", "its own scenario alone")
