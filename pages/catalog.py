"""Every figure of every page, and its table by the name of its download and of its address.

Figures are found in the modules of the pages: who declares one need not enter it anywhere.
"""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from pages.kit.figure import Figure
from pages.kit.view import View
from pages.site import PAGES
from pages.stocks.comparison import with_dates

_DRAWING: Final = frozenset({"page", "controls"})
"""Modules of a page that draw when they are read, or with Streamlit alone, and declare no figure."""


def figures_of(page: str) -> tuple[Figure, ...]:
    """Every figure that a page's modules declare."""
    package = import_module(f"pages.{page}")
    names = [found.name for found in iter_modules(package.__path__) if found.name not in _DRAWING]
    modules = [import_module(f"{package.__name__}.{name}") for name in names]
    declared = [one for module in modules for value in vars(module).values() for one in _figures_in(value)]
    return tuple(dict.fromkeys(declared))


def _figures_in(value: object) -> Sequence[Figure]:
    """A module may give a figure a name, or hold several that differ by company, say, in a mapping."""
    if isinstance(value, Figure):
        return (value,)
    return [one for one in value.values() if isinstance(one, Figure)] if isinstance(value, Mapping) else ()


def _by_name() -> dict[str, Figure]:
    figures = dict.fromkeys(figure for page, *_ in PAGES for figure in figures_of(page))
    found = {figure.name: figure for figure in figures}
    if len(found) != len(figures):
        names = [figure.name for figure in figures]
        raise ValueError(f"two figures have one name: {sorted({name for name in names if names.count(name) > 1})}")
    return found


FIGURES: Final = _by_name()
"""Every figure by its name, in the order of the pages."""

DATED: Final[dict[str, Callable[[View], View]]] = {"stocks": with_dates}
"""Path of a page to the function that puts the dates it shows among a view's choices, for links that keep them."""
