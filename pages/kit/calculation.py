"""How a number came about, in people's words: lines of the tree that `--explain` prints, with numbers and sources."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from data.facts import sourced
from model.editions import HORIZON_YEARS
from model.equations import equation
from model.explain import calculation
from model.outputs import OUTPUTS
from model.registry import ASSUMPTIONS
from model.tracing import ASSUMPTION, Leaf, Node
from pages.kit.results import named
from pages.kit.view import View, kept
from pages.kit.words import date_words, markdown_text, quantity, source_link, spoken_unit
from pages.sources.edition_rows import edition_label

AGAIN: Final = "as above"
"""Of a step whose own steps were told before."""

DEEPEST: Final = 5
"""Levels of a list that are still seen on a phone; what lies deeper stands on the last one."""


@dataclass(frozen=True, slots=True)
class Line:
    """One number of a calculation.

    depth: 0 for the result; label: what it is; said: how it came about, in numbers
    leaf: where it comes from, where nothing was computed
    """

    depth: int
    label: str
    said: str
    leaf: Leaf | None = None

    @property
    def origin(self) -> str:
        """Kind, date and source of a leaf, as plain text."""
        return _origin(self.leaf) if self.leaf else ""

    @property
    def text(self) -> str:
        """The line as plain text, indented."""
        return f"{'  ' * self.depth}{': '.join(filter(None, (self.label, self.said)))}{self._ending(self.origin)}"

    @property
    def markdown(self) -> str:
        """The line as Markdown, without its place in a list."""
        link = source_link(self.leaf.url) if self.leaf else ""
        ending = self._ending(markdown_text(self.origin))
        return f"**{markdown_text(self.label)}**: {markdown_text(self.said)}{ending}{f' {link}' if link else ''}"

    @staticmethod
    def _ending(origin: str) -> str:
        return f". {origin}" if origin else ""


@kept
def lines(view: View, output: str, company: str) -> tuple[Line, ...]:
    """The calculation of an output in the year in focus, the result first.

    company: "" where the output has none
    """
    node = calculation(output, view.scenario)[company]
    return tuple(_lines(node, named(output, company), 0, view.year, set()))


def _lines(node: Node, label: str, depth: int, year: int, told: set[int]) -> Iterator[Line]:
    value = _said(node, year)
    again = bool(node.arguments) and id(node) in told
    if node.formula is None or again:
        yield Line(depth, label, f"{value}, {AGAIN}" if again else value, node.leaf)
        return
    told.add(id(node))
    sum_of = equation(node, lambda part: _said(part, year))
    yield Line(depth, label, f"{value} = {sum_of}" if sum_of else value)
    parts = {id(part): (name, part) for name, part in node.arguments.items()}  # one that is used twice, once
    for name, part in parts.values():
        if part.formula is not None or part.leaf is not None:
            yield from _lines(part, _label(part, name), depth + 1, year, told)


def _label(node: Node, argument: str) -> str:
    """What a number is: an output's or an assumption's label, or the meaning of its formula."""
    if node.leaf is not None:
        return node.origin.rstrip(".").capitalize() if node.leaf.is_given else edition_label(node.leaf.key)
    if node.name in OUTPUTS:
        return OUTPUTS[node.name].label
    meaning = node.origin.partition(" [")[0] if " [" in node.origin else node.origin
    return meaning.rstrip(".") or argument


def _said(node: Node, year: int) -> str:
    """A number in the year in focus; one that goes on past the horizon with its first and last year."""
    values = np.ravel(np.asarray(node.value, dtype=np.float64))
    label = ASSUMPTIONS[node.name].label if node.name in ASSUMPTIONS else ""
    unit = spoken_unit(node.unit, label)
    if values.size == 1 or np.all(values == values[0]):
        return quantity(float(values[0]), unit)
    if values.size == HORIZON_YEARS:
        return quantity(float(values[year]), unit)
    return f"{quantity(float(values[0]), unit)} to {quantity(float(values[-1]), unit)}"


def _origin(leaf: Leaf) -> str:
    sort = "Assumption" if leaf.sort == ASSUMPTION else "Fact"
    if leaf.is_given:
        return f"{sort}, {leaf.source}"
    if leaf.set_from is not None:
        unit = spoken_unit(ASSUMPTIONS[leaf.key].unit, ASSUMPTIONS[leaf.key].label)
        return f"{sort}, set in this scenario; without that {quantity(leaf.set_from, unit)}"
    return f"{sort}, {sourced(leaf.kind, leaf.source)} ({date_words(leaf.as_of)})"


def as_text(found: Sequence[Line], heading: str) -> str:
    """The whole calculation as plain text."""
    return "\n".join([heading, *(line.text for line in found)])


def as_list(found: Sequence[Line]) -> str:
    """Lines as a nested Markdown list, the first ones at its top level."""
    top = min(line.depth for line in found)
    return "\n".join(f"{'    ' * min(line.depth - top, DEEPEST)}- {line.markdown}" for line in found)
