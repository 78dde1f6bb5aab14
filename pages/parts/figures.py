"""A chart on a page: its finding as a heading, the chart, and its data beside it."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from numbers import Number
from typing import Any, ClassVar, Final, TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa
import streamlit as st
from numpy.typing import NDArray
from streamlit.delta_generator import DeltaGenerator

from model import MODEL_VERSION
from pages.parts import headings, state
from pages.parts.addresses import data_address, linked_view, page_address, shared_address
from pages.parts.catalog import TABLES
from pages.parts.charts import NUMBERS_FOR_PEOPLE, Chart
from pages.parts.columns import Columns, columns_of
from pages.parts.exports import csv_text, png_bytes, svg_text, xlsx_bytes
from pages.parts.tables import Table
from pages.parts.words import change_words, figure, markdown_text

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


ONE_CHART: Final = "one_chart"
"""Session key of the two places that a page asked for one chart draws in: the chart, and all else."""

ChartOf: TypeAlias = Callable[..., Chart]
"""A function from rows (and hashable arguments) to a chart."""


def comparison_metric(label: str, value: float, reference: float, unit: str, more_is_good: bool = True) -> None:
    """A headline figure of the scenario with its distance from the reference."""
    more, change = value > reference, change_words(value - reference, unit, "")
    st.metric(
        label,
        figure(value, unit),
        f"{change} against {figure(reference, unit)}" if change else "same as reference",
        # By itself Streamlit sees the direction in a hyphen only.
        delta_color=("green" if more == more_is_good else "red") if change else "off",
        delta_arrow=("up" if more else "down") if change else "off",
        border=True,
    )


def _ink() -> str:
    """Colour of words inside charts, which Streamlit's chart theme leaves black."""
    return "#E8EDF2" if st.context.theme.type == "dark" else "#0F1820"


class _Named(pd.DataFrame):
    """Rows with a name: without one Altair prints them for each layer of a chart, to tell layers apart."""

    name: ClassVar = "rows"


@dataclass(frozen=True)
class _Rows:
    """Rows known by their structure: columns, and the texts that name marks. Numbers and labels may differ."""

    structure: tuple[object, ...]
    columns: Columns = field(compare=False)

    @classmethod
    def of(cls, given: Columns | pd.DataFrame) -> "_Rows":
        columns = columns_of(given) if isinstance(given, pd.DataFrame) else given
        texts = (
            tuple(values)
            for name, values in columns.items()
            if not name.startswith("label") and not _are_numbers(values)
        )
        return cls((tuple(columns), *texts), columns)

    @property
    def frame(self) -> pd.DataFrame:
        """As a chart is built from them."""
        return _Named(dict(self.columns))

    def sent(self) -> pa.Table:
        """As they are sent to the browser: without pandas' own notes, which take longer to write than the numbers."""
        return pa.table({name: pa.array(values, from_pandas=True) for name, values in self.columns.items()})


def _are_numbers(values: Sequence[Any] | NDArray[Any]) -> bool:
    return isinstance(values, np.ndarray) or all(value is None or isinstance(value, Number) for value in values)


@lru_cache(maxsize=512)
def _spec(chart: ChartOf, rows: _Rows, arguments: tuple[Hashable, ...], ink: str) -> dict[str, Any]:
    """The chart's specification without its rows.

    Building one takes longer than everything else on a page, so it is built once for each structure
    and each move of a slider sends new rows only.
    """
    spec: dict[str, Any] = chart(rows.frame, *arguments).configure_text(color=ink).to_dict(validate=False)
    spec["config"]["locale"] = NUMBERS_FOR_PEOPLE
    name = spec.pop("data")["name"]
    spec["datasets"].pop(name)
    return spec


def chart_figure(
    finding: str,
    chart: ChartOf,
    table: Table,
    *arguments: Hashable,
    rows: Columns | pd.DataFrame | None = None,
    on_select: Callable[[], None] | None = None,
) -> None:
    """Draw a chart under the finding it shows, with downloads of its numbers and of its picture.

    finding: one sentence computed from the data; a screen reader reads it before the chart, whose own text is the
        table's title: the browser would build the chart anew if that changed with the numbers
    chart: from rows and the arguments to an Altair chart; its form may depend on texts in the rows
        (other than columns named label...), not on their numbers
    rows: what is drawn, where that is more than the table's rows
    on_select: called when a mark is clicked, where the chart has a selection; see the widget's state

    Where the address asks for one chart, the others are left out, and the page ends with that one.
    """
    state.charts_of_page()[table.name] = table.title
    drawn = _Rows.of(table.values if rows is None else rows)
    only = state.only_chart()
    if not only:
        _draw(finding, chart, table, arguments, drawn, on_select)
        offer_numbers(table, finding, lambda: chart(drawn.frame, *arguments))
    elif only == table.name:
        slots: tuple[DeltaGenerator, DeltaGenerator] = st.session_state[ONE_CHART]
        place, rest = slots
        with place:
            _draw(finding, chart, table, arguments, drawn)
            _say_origin(table)
        rest.empty()
        st.stop()


def _say_origin(table: Table) -> None:
    """Below a chart that stands alone: where it comes from, and the way to its page."""
    view = state.current_view()
    named = f"{view.title}: {view.preset_label}" if view.title else view.preset_label
    origin = f"{named}; {view.year_label} in focus; edition {view.scenario.edition}; model {MODEL_VERSION}."
    st.caption(markdown_text(f"{table.title}. {origin} Source: {'; '.join(table.sources)}"))
    for note in table.lacking:
        st.caption(markdown_text(f"Not whole: {note}"))
    st.link_button("Open in Alliance Explorer", shared_address(), key="open_whole", type="tertiary")


def _draw(
    finding: str,
    chart: ChartOf,
    table: Table,
    arguments: tuple[Hashable, ...],
    drawn: _Rows,
    on_select: Callable[[], None] | None = None,
) -> None:
    headings.finding(markdown_text(finding))
    spec = _spec(chart, drawn, arguments, _ink())
    key = f"chart_{table.name}"
    st.vega_lite_chart(drawn.sent(), spec, key=key, alt=table.title, on_select=on_select or "ignore")


def offer_numbers(table: Table, finding: str = "", chart: Callable[[], Chart] | None = None) -> None:
    """A button that opens a table's numbers, and its picture where it has one, to download or by address.

    They are drawn only while they are open: on a page of many charts they would slow down every move of a slider.
    finding: what stands above the picture; chart: makes it, when it is asked for
    """
    box = st.popover(
        "Download",
        icon=":material/download:",
        type="tertiary",
        key=f"download_{table.name}",
        on_change=state.draw,
        args=(state.BODY,),
    )
    if not box.open:
        return
    view, address = linked_view(), page_address()
    files: dict[str, tuple[str, Callable[[], bytes]]] = {
        "CSV": ("text/csv", lambda: csv_text(table, view, address).encode("utf-8-sig")),
        "XLSX": (_XLSX, lambda: xlsx_bytes(table, view, address)),
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
        if table.name in TABLES:
            st.link_button(
                "Data link",
                data_address(table.name),
                key=f"data_link_{table.name}",
                type="tertiary",
                help="The same numbers at an address of their own, for Excel, Google Sheets or pandas",
            )
