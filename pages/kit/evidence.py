"""How well a number is known, in one word: computed from what its calculation rests on, never typed beside it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from data.facts import facts
from model.backtest import backtest
from model.backtest_inputs import NEXT_YEAR
from model.editions import YOURS, edition
from model.explain import calculations
from model.links import scenario_of_preset
from model.outputs import OUTPUTS
from model.presets import DEFAULT_PRESET
from model.tracing import Leaf, Node
from pages.kit.results import result_name
from pages.kit.tables import MODEL_SOURCE, Table
from pages.kit.view import View
from pages.kit.words import listed, quantity

PUBLISHED: Final = "published"
DERIVED: Final = "derived"
WEAK: Final = "weak"
JUDGEMENT: Final = "judgement"
MODEL: Final = "model"

MARKS: Final[Mapping[str, str]] = MappingProxyType(
    {
        PUBLISHED: "printed in a source that was read",
        DERIVED: "worked out from published figures",
        YOURS: "entered by whoever made the link, instead of a published figure",
        WEAK: "from an aggregator or a transcript, or recalled and not verified",
        JUDGEMENT: "an estimate, nobody's published figure",
        MODEL: "computed here",
    }
)
"""Each mark with its meaning, the surest first."""

_OF_KIND: Final = {
    "quoted": PUBLISHED,
    "derived": DERIVED,
    "weak": WEAK,
    "recalled": WEAK,
    "judgement": JUDGEMENT,
    YOURS: YOURS,
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """The mark of a number, and how many of the numbers that it rests on have each mark."""

    mark: str
    rests_on: Mapping[str, int]

    @property
    def words(self) -> str:
        """What the number rests on, in words."""
        if self.mark != MODEL:
            return f"{self.mark.capitalize()}: {MARKS[self.mark]}."
        counts = [f"{count} {mark}" for mark in MARKS if (count := self.rests_on.get(mark, 0))]
        return f"Computed by the model from numbers that are: {listed(counts)}."


@lru_cache(64)
def evidence(edition_name: str) -> Mapping[str, Evidence]:
    """What every result rests on in an edition as it stands, by its name in links."""
    found = {}
    for (name, company), node in calculations(scenario_of_preset(DEFAULT_PRESET, edition_name)).items():
        counts = Counter(_OF_KIND[leaf.kind] for leaf in leaves(node) if leaf.kind)
        quotes = OUTPUTS[name].quotes
        mark = _OF_KIND[edition(edition_name).rows[f"{company}_{quotes}"].kind] if quotes else MODEL
        found[result_name(name, company)] = Evidence(mark, MappingProxyType(dict(counts)))
    return MappingProxyType(found)


def leaves(node: Node) -> Iterable[Leaf]:
    """What a calculation rests on, each once; what holds by the calendar or by definition is left out."""
    found: dict[tuple[str, str], Leaf] = {}
    seen, waiting = {id(node)}, [node]
    while waiting:
        part = waiting.pop()
        if part.leaf is not None and not part.leaf.is_given:
            found[part.leaf.sort, part.leaf.key] = part.leaf
        new = [argument for argument in part.arguments.values() if id(argument) not in seen]
        seen.update(map(id, new))
        waiting += new
    return found.values()


def mark_of_kinds(kinds: Iterable[str]) -> str:
    """The marks of facts of some kinds, each once, the surest first."""
    return in_order(_OF_KIND[kind] for kind in kinds if kind in _OF_KIND)


def in_order(marks: Iterable[str]) -> str:
    """Some marks, or lists of them, each once and the surest first."""
    there = {one for mark in marks for one in mark.split(", ")}
    return ", ".join(mark for mark in MARKS if mark in there)


def mark_of(table: Table) -> str:
    """The mark of a table: those of its rows where they say how each is known, else that of the model."""
    if "kind" in table.columns and MODEL_SOURCE not in table.sources:
        return mark_of_kinds(table.values["kind"])
    computed = MODEL_SOURCE in table.sources or any(column in OUTPUTS for column in table.columns)
    return MODEL if computed else ""


def legend() -> str:
    """The marks with what they mean, in one line."""
    return f"Marks: {'; '.join(f'{mark}, {meaning}' for mark, meaning in MARKS.items())}."


def duty_beside_published(view: View) -> str:
    """What published figures imply of Honda's tariff cost, where that is known for the edition; else nothing."""
    (row,) = (row for row in backtest() if row.period == NEXT_YEAR)
    if row.edition != view.scenario.edition:
        return ""
    implied, computed = (quantity(value, "JPY bn") for value in (row.published_jpy_bn, row.model_jpy_bn))
    kind = _OF_KIND[facts()[row.fact_id].kind]
    return (
        f"Tariff cost: model. Published figures imply about {implied} for Honda in the first year ({kind}); "
        f"the edition computes {computed}."
    )
