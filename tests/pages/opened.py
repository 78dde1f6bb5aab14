"""The app without a browser: opened by a link, read as a visitor reads it."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextInput
from streamlit.util import calc_hash

from model.links import to_pairs
from model.registry import ASSUMPTIONS, GROUPS
from pages.catalog import FIGURES
from pages.kit import show
from pages.kit.figure import Figure
from pages.kit.folds import FOLD
from pages.kit.tables import Table
from pages.kit.view import View
from pages.session import redraw

FOLDER = Path(__file__).resolve().parents[2] / "pages"
FRAME = FOLDER / "frame.py"
PAGES = tuple(sorted(path.parent.name for path in FOLDER.glob("*/page.py")))
ADDRESS = "http://localhost:8501/"


def opened(link: str = "", page: str = "overview", sliders: bool = False) -> AppTest:
    """The app after its first run, opened by a link to one of its pages; it drew without an exception.

    What is folded away is open.

    sliders: also those of groups that are closed, which a visitor would open to move them
    """
    app = AppTest.from_file(FRAME, default_timeout=30)
    app.context = {"url": ADDRESS}
    for name in FIGURES:
        app.session_state[f"{FOLD}{name}"] = True
    if sliders:
        app.session_state[redraw.WITH_SLIDERS] = set(GROUPS)
    if page != "overview":
        app._page_hash = calc_hash(page)  # before a first run `switch_page` takes the file's name for the address's
    pairs = to_pairs(link)
    for key in dict(pairs):
        given = [value for name, value in pairs if name == key]
        app.query_params[key] = given if len(given) > 1 else given[0]
    return drawn(app)


def drawn(app: AppTest) -> AppTest:
    """The app after one more run without an exception.

    It is drawn whole: while fragments alone are drawn, as after a slider's move, AppTest knows of no pages.
    """
    with patch.object(redraw, "slider_moved", lambda _: st.rerun()):
        app.run()
    assert not app.exception, [e.message for e in app.exception]
    return app


def opened_with_tables(link: str, page: str) -> tuple[AppTest, list[Table]]:
    """The app on one of its pages, and every table that the page offers to download."""
    tables: list[Table] = []
    offer = show._offer

    def recording(table: Table, *arguments: Any) -> None:
        tables.append(table)
        offer(table, *arguments)

    with patch.object(show, "_offer", recording):
        return opened(link, page), tables


def figures_shown(link: str, page: str) -> set[str]:
    """Names of the figures that a page shows, offers, or reads to show in words."""
    names: set[str] = set()
    shown = show._shown

    def noting(figure: Figure, view: View) -> Table:
        names.add(figure.name)
        return shown(figure, view)

    with patch.object(show, "_shown", noting):
        opened(link, page)
    return names


@cache
def page_and_tables(page: str, preset: str) -> tuple[AppTest, list[Table]]:
    """A page opened with a preset, once for all the tests that only read it, and the tables that it offers."""
    return opened_with_tables(f"preset={preset}", page)


def page_of(page: str, preset: str) -> AppTest:
    """A page opened with a preset, to be read and not to be touched."""
    return page_and_tables(page, preset)[0]


def choose_preset(app: AppTest, name: str) -> AppTest:
    """The app after a ready scenario was chosen from the list."""
    app.session_state[redraw.PRESETS] = True
    drawn(app).button(key=f"preset_{name}").click()
    return drawn(app)


def values_of(app: AppTest) -> dict[str, float]:
    """The value of every slider."""
    return {key: app.slider(key=key).value for key in ASSUMPTIONS}


def view_of(app: AppTest) -> View:
    view: View = app.session_state["view"]
    return view


def box_of(app: AppTest, name: str) -> TextInput:
    """A box to type in, which is another one each time another control has changed what it shows."""
    (found,) = [box for box in app.text_input if re.fullmatch(rf"{re.escape(name)}(_\d+)?", box.key or "")]
    return found


def metrics_of(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def moved_by_group(app: AppTest) -> dict[str, int]:
    """How many sliders are said to have moved, below the groups where any did."""

    found, label = {}, ""
    for child in app.sidebar:
        if child.type == "expander":
            label = child.label
        elif child.type == "caption" and child.value.endswith(" changed"):
            found[label] = int(child.value.removesuffix(" changed"))
    return found


def chart_specs(app: AppTest) -> list[tuple[dict[str, Any], str]]:
    """Specification and alternative text of every chart on the page."""
    return [(json.loads(chart.proto.spec), chart.proto.alt) for chart in app.get("vega_lite_chart")]


def parts_of(spec: Any) -> Iterator[dict[str, Any]]:
    """The chart and every chart within it."""
    yield spec
    for name in ("layer", "hconcat", "vconcat", "concat"):
        for part in spec.get(name, []):
            yield from parts_of(part)
    if isinstance(spec.get("spec"), dict):
        yield from parts_of(spec["spec"])
