"""Wordings that several figures of the plant share."""

from data.facts import facts
from model.editions import COMPANY_LABELS
from pages.kit.view import View
from pages.kit.words import number, quantity, signed, size_words
from pages.plant.canton import TOLERANCE_KVEH


def cars(kveh: float) -> str:
    """A number of cars, to the hundred: 204.398 is "204,400 cars"."""
    return f"{thousands(kveh)} cars"


def trucks(kveh: float) -> str:
    """A number of trucks, to the hundred: 117.9993 is "118,000 trucks"."""
    return f"{thousands(kveh)} trucks"


def thousands(kveh: float) -> str:
    """A volume in full, to the hundred: 45.421 is "45,400"."""
    return number(round(kveh, 1) * 1000, 0)


def short_change(value_jpy_bn: float) -> str:
    """A change beside a bar whose axis names the unit: 3.4 is "+3.4"."""
    return signed(value_jpy_bn, "JPY bn").replace(quantity(0.0, "JPY bn").partition("0")[0], "").partition(chr(160))[0]


def distance(gap_kveh: float) -> str:
    """Output against break-even in words."""
    if abs(gap_kveh) <= TOLERANCE_KVEH:
        return "exactly at break-even"
    size = thousands(abs(gap_kveh))
    return f"{'less than 100' if size == '0' else size} cars {'short of' if gap_kveh > 0 else 'past'} break-even"


def chance_words(view: View) -> str:
    """The world in which money is counted, where it makes a difference."""
    return f", {view.world_words}" if view.world else ""


def gains_words(by_company: dict[str, float]) -> str:
    """Who gains and who pays, in one phrase."""
    parts = []
    for company, value in by_company.items():
        amount = size_words(value, "JPY bn")
        verb = "neither gains nor loses" if amount == quantity(0.0, "JPY bn") else "gains" if value > 0 else "loses"
        parts.append(f"{COMPANY_LABELS[company]} {verb}" + ("" if verb.startswith("neither") else f" **{amount}**"))
    return " and ".join(parts)


def fact_sources(*ids: str) -> tuple[str, ...]:
    """Sources of facts, each with its label, date and kind."""
    return tuple(f"{f.label}: {f.source} ({f.kind}, {f.as_of})" for f in (facts()[fact_id] for fact_id in ids))
