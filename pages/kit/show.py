"""A figure on a page: its finding as a heading, the chart, its note, and its numbers to take away."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from numbers import Number
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import streamlit as st
from numpy.typing import NDArray
from streamlit.delta_generator import DeltaGenerator

from model import MODEL_VERSION, OUTPUTS
from model.editions import COMPANIES, COMPANY_LABELS, edition_words
from model.links import LONGEST_LINK
from pages.catalog import FIGURES
from pages.kit import headings, whence
from pages.kit.addresses import data_address, linked_view, page_address, shared_address
from pages.kit.another import shown_in
from pages.kit.charts import NUMBERS_FOR_PEOPLE, Chart
from pages.kit.columns import Columns, NamedRows, as_columns
from pages.kit.evidence import MODEL, duty_beside_published, evidence, in_order, mark_of
from pages.kit.exports import SPREADSHEET, csv_text, png_bytes, svg_text, xlsx_bytes
from pages.kit.figure import Figure, Form
from pages.kit.results import Known, result_name
from pages.kit.tables import PINNED, Table
from pages.kit.view import View, in_year
from pages.kit.words import change_words, in_sentence, markdown_text, quantity
from pages.session import redraw, showing
from pages.session.turns import let_pass

ONE_CHART: Final = "one_chart"
"""Session key of the two places that a page asked for one chart draws in: the chart, and all else."""


_DUTY: Final = ("gross_tariff_cost_jpy_bn", "net_tariff_cost_jpy_bn")
"""Outputs that published figures imply another number of."""


def metric_against_reference(
    label: str,
    value: float,
    reference: float,
    unit: str,
    more_is_good: bool = True,
    of_pinned: Callable[[View], float] | None = None,
) -> None:
    """A quantity of the scenario with its distance from the reference, and from what is pinned.

    of_pinned: the quantity of another scenario
    """
    more, change = value > reference, change_words(value - reference, unit, "")
    view = showing.current_view()
    beside = None
    if of_pinned and view.pinned:
        from_pin = change_words(value - of_pinned(view.pinned), unit, "the same")
        beside = markdown_text(f"{from_pin} against {view.pin_named}")
    same = "same as reference" if view.scenario.changed() or view.pinned else None  # else every card would say so
    st.metric(
        label,
        quantity(value, unit),
        f"{change} against {quantity(reference, unit)}" if change else same,
        # By itself Streamlit sees the direction in a hyphen only.
        delta_color=("green" if more == more_is_good else "red") if change else "off",
        delta_arrow=("up" if more else "down") if change else "off",
        delta_description=beside,
        border=True,
    )


def metrics_of_companies(view: View, more_is_good: Mapping[str, bool]) -> None:
    """Outputs of both companies in the year in focus, each with its distance from the reference, in a row.

    more_is_good: by output
    """
    with st.container(horizontal=True):
        for company in COMPANIES:
            for name, good in more_is_good.items():
                label = view.labelled(f"{COMPANY_LABELS[company]}: {in_sentence(OUTPUTS[name].label)}")
                at_year, unit, pinned = view.at_year(company, name), OUTPUTS[name].unit, in_year(company, name)
                metric_against_reference(label, *at_year, unit, good, of_pinned=pinned)
    cards_known(view, *(shown_in(view, (result_name(name, k),)) for k in COMPANIES for name in more_is_good))
    if any(name in _DUTY for name in more_is_good) and (beside := duty_beside_published(view)):
        st.caption(markdown_text(beside))


def cards_known(view: View, *known: Known) -> None:
    """Below a row of cards: how their numbers are known, and the way to the calculation of results."""
    shown = [one for of_card in known if not isinstance(of_card, str) for one in of_card]
    of_results = evidence(view.scenario.edition)
    marks = in_order([*(of_results[one.result].mark for one in shown), *(k for k in known if isinstance(k, str))])
    if shown:
        whence.controls(shown, marks, "cards")
    else:
        st.caption(marks.capitalize())


def _ink() -> str:
    """Colour of words inside charts, which Streamlit's chart theme leaves black."""
    return "#E8EDF2" if st.context.theme.type == "dark" else "#0F1820"


@dataclass(frozen=True)
class _Marks:
    """Marks known by their structure: columns, and the texts that name marks. Numbers and labels may differ."""

    structure: tuple[object, ...]
    columns: Columns = field(compare=False)

    @classmethod
    def of(cls, given: Columns | pd.DataFrame) -> "_Marks":
        columns = as_columns(given)
        texts = (
            tuple(values)
            for name, values in columns.items()
            if not name.startswith("label") and not _are_numbers(values)
        )
        return cls((tuple(columns), *texts), columns)

    @property
    def frame(self) -> pd.DataFrame:
        """As a chart is built from them."""
        return NamedRows(dict(self.columns))

    def sent(self) -> pa.Table:
        """As they are sent to the browser: without pandas' own notes, which take longer to write than the numbers."""
        return pa.table({name: pa.array(values, from_pandas=True) for name, values in self.columns.items()})


def _are_numbers(values: Sequence[Any] | NDArray[Any]) -> bool:
    return isinstance(values, np.ndarray) or all(value is None or isinstance(value, Number) for value in values)


@lru_cache(maxsize=512)
def _spec(form: Form, marks: _Marks, arguments: tuple[Hashable, ...], ink: str) -> dict[str, Any]:
    """The chart's specification without its rows.

    Building one takes longer than everything else on a page, so it is built once for each structure
    and each move of a slider sends new rows only.
    """
    spec: dict[str, Any] = form.chart(marks.frame, *arguments).configure_text(color=ink).to_dict(validate=False)
    spec["config"]["locale"] = NUMBERS_FOR_PEOPLE
    name = spec.pop("data")["name"]
    spec["datasets"].pop(name)
    return spec


def show(figure: Figure, view: View, on_select: Callable[[], None] | None = None) -> None:
    """Draw a figure under the finding it shows, with downloads of its numbers and of its picture, and its note.

    A screen reader reads the finding before the chart, whose own text is the table's title: the browser would build
    the chart anew if that changed with the numbers.
    on_select: called when a mark is clicked, where the chart has a selection; see the widget's state

    Where the address asks for one chart, the others are left out, and the page ends with that one.
    """
    let_pass()
    form, table = figure.form, _shown(figure, view)
    if form is None:
        raise ValueError(f"{figure.name} is not drawn: see offer")
    showing.charts_of_page()[table.name] = table.title
    only = showing.only_chart()
    if only and only != table.name:
        return
    marks, arguments, finding = _Marks.of(form.marks(table, view)), form.arguments(view), figure.says(view)
    if not only:
        _draw(finding, form, table, arguments, marks, on_select)
        _offer(table, finding, lambda: form.chart(marks.frame, *arguments), figure.shows(view))
        pinned = f"{PINNED}: {markdown_text(view.pin_named)}." if table.has_pin else ""
        if view.pinned and not table.has_pin:
            pinned = figure.without_pin
        if note := " ".join(filter(None, (figure.explained(view), pinned))):
            st.caption(note)
        return
    slots: tuple[DeltaGenerator, DeltaGenerator] = st.session_state[ONE_CHART]
    place, rest = slots
    with place:
        _draw(finding, form, table, arguments, marks)
        _say_origin(table)
    rest.empty()
    st.stop()


def _shown(figure: Figure, view: View) -> Table:
    """The table that a page is about to show, in whichever way."""
    return figure.table(view)


def read(figure: Figure, view: View) -> Table:
    """The table of a figure, for a page that shows it in words of its own."""
    return _shown(figure, view)


def offer(figure: Figure, view: View) -> None:
    """A button that opens the numbers of a figure to download or by address, where the page shows them in words."""
    _offer(_shown(figure, view), "", None, figure.shows(view))


def offer_rows(table: Table, results: Sequence[str] = ()) -> None:
    """The same for a table that is no figure's own, such as the rows that a visitor looked for."""
    _offer(table, "", None, results)


def _say_origin(table: Table) -> None:
    """Below a chart that stands alone: where it comes from, and the way to its page."""
    view = showing.current_view()
    named = f"{view.title}: {view.named}" if view.title else view.named
    origin = (
        f"{named}; {view.year_label} in focus; edition {edition_words(view.scenario.edition)}; model {MODEL_VERSION}."
    )
    st.caption(markdown_text(f"{table.title}. {origin} Source: {'; '.join(table.sources)}"))
    if table.has_pin:
        st.caption(markdown_text(f"{PINNED}: {view.pin_named}"))
    for note in table.lacking:
        st.caption(markdown_text(f"Not whole: {note}"))
    st.link_button("Open in Alliance Explorer", shared_address(), key="open_whole", type="tertiary")


def _draw(
    finding: str,
    form: Form,
    table: Table,
    arguments: tuple[Hashable, ...],
    marks: _Marks,
    on_select: Callable[[], None] | None = None,
) -> None:
    headings.finding(markdown_text(finding))
    spec = _spec(form, marks, arguments, _ink())
    key = f"chart_{table.name}"
    st.vega_lite_chart(marks.sent(), spec, key=key, alt=table.title, on_select=on_select or "ignore")


def _offer(
    table: Table, finding: str = "", chart: Callable[[], Chart] | None = None, results: Sequence[str] = ()
) -> None:
    """How a table's numbers are known, where they are from, and the way to take them away.

    finding: what stands above the picture; chart: makes it, when it is asked for
    results: names of the model's results among them
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"about_{table.name}"):
        _offer_files(table, finding, chart)
        mark = mark_of(table)
        if results:
            whence.controls(shown_in(showing.current_view(), tuple(results)), MODEL, table.name)
        elif mark:
            st.caption(mark.capitalize(), width="content")


def _offer_files(table: Table, finding: str, chart: Callable[[], Chart] | None) -> None:
    """A button that opens a table's numbers, and its picture where it has one, to download or by address.

    They are drawn only while they are open: on a page of many charts they would slow down every move of a slider.
    """
    box = st.popover(
        "Download",
        icon=":material/download:",
        type="tertiary",
        key=f"download_{table.name}",
        on_change=redraw.draw,
        args=(redraw.BODY,),
    )
    if not box.open:
        return
    view, address = linked_view(), page_address()
    files: dict[str, tuple[str, Callable[[], bytes]]] = {
        "CSV": ("text/csv", lambda: csv_text(table, view, address).encode("utf-8-sig")),
        "XLSX": (SPREADSHEET, lambda: xlsx_bytes(table, view, address)),
    }
    if chart is not None:
        files["SVG"] = ("image/svg+xml", lambda: svg_text(chart(), finding, table, view, address).encode())
        files["PNG"] = ("image/png", lambda: png_bytes(chart(), finding, table, view, address))
    with box, st.container(horizontal=True, gap="small"):
        for form, (mime, content) in files.items():
            st.download_button(
                form,
                content,
                file_name=f"{table.name}.{form.lower()}",
                mime=mime,
                key=f"{form.lower()}_{table.name}",
                on_click="ignore",
                type="tertiary",
                help=f"{table.title} as {form}, with units, assumptions, edition and link inside",
            )
        if table.name in FIGURES:
            too_long = len(view.link) >= LONGEST_LINK
            st.link_button(
                "Data link",
                data_address(table.name),
                key=f"data_link_{table.name}",
                type="tertiary",
                disabled=too_long,
                help=f"None: it would have {len(view.link):,} characters, and {LONGEST_LINK:,} are read"
                if too_long
                else "The same numbers at an address of their own, for Excel, Google Sheets or pandas",
            )
