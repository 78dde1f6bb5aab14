"""A chart on a page: its finding as a heading, the chart, and its data beside it."""

from typing import Final

import streamlit as st

from pages.parts import state
from pages.parts.charts import Chart
from pages.parts.exports import csv_text, png_bytes, svg_text, xlsx_bytes
from pages.parts.tables import Table
from pages.parts.words import MINUS, figure, markdown_text, signed

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def page_address() -> str:
    """The address of the page being shown, without its query."""
    return st.context.url.partition("?")[0] if st.context.url else ""


def comparison_metric(label: str, value: float, reference: float, unit: str, more_is_good: bool = True) -> None:
    """A headline figure of the scenario with its distance from the reference."""
    change = signed(value - reference, unit)
    same = change == signed(0.0, unit)
    st.metric(
        label,
        figure(value, unit),
        # Streamlit takes the direction from a plain minus sign.
        "same as reference" if same else f"{change.replace(MINUS, '-')} against {figure(reference, unit)}",
        delta_color="off" if same else "normal" if more_is_good else "inverse",
        delta_arrow="off" if same else "auto",
        border=True,
    )


def _ink() -> str:
    """Colour of words inside charts, which Streamlit's chart theme leaves black."""
    return "#E8EDF2" if st.context.theme.type == "dark" else "#1B2530"


def chart_figure(finding: str, chart: Chart, table: Table) -> None:
    """Draw a chart under the finding it shows, with downloads of its numbers and of its picture.

    finding: one sentence computed from the data; it is also the chart's text for screen readers
    """
    view, address = state.current_view(), page_address()
    st.markdown(f"##### {markdown_text(finding)}")
    st.altair_chart(chart.configure_text(color=_ink()), key=f"chart_{table.name}", alt=f"{table.title}. {finding}")
    files = {
        "CSV": ("text/csv", lambda: csv_text(table, view, address).encode("utf-8-sig")),
        "XLSX": (_XLSX, lambda: xlsx_bytes(table, view, address)),
        "SVG": ("image/svg+xml", lambda: svg_text(chart, finding, table, view, address).encode()),
        "PNG": ("image/png", lambda: png_bytes(chart, finding, table, view, address)),
    }
    with st.container(horizontal=True, gap="small"):
        for form, (mime, content) in files.items():
            st.download_button(
                form,
                content,
                file_name=f"{table.name}.{form.lower()}",
                mime=mime,
                key=f"{form.lower()}_{table.name}",
                on_click="ignore",
                type="tertiary",
                icon=":material/download:" if form == "CSV" else None,
                help=f"{table.title} as {form}, with units, assumptions, edition and link inside",
            )
