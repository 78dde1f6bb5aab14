"""Overview: what the scenario does to the profit of both companies."""

import pyarrow as pa
import streamlit as st

from model.editions import COMPANIES, COMPANY_LABELS
from model.outputs import OUTPUTS
from pages.parts import charts, headings, state, tables
from pages.parts.controls import reference_note
from pages.parts.figures import chart_figure, comparison_metric
from pages.parts.findings import (
    bridge_finding,
    headline,
    levers_sentence,
    margin_finding,
    profit_finding,
    spot_sentence,
    tariff_finding,
)
from pages.parts.words import in_sentence

view = state.current_view()

headings.title("What tariffs and an alliance do to profit")
st.markdown(headline(view))

with st.container(horizontal=True):
    for company in COMPANIES:
        for name in ("operating_profit_jpy_bn", "net_tariff_cost_jpy_bn"):
            label = f"{COMPANY_LABELS[company]}: {in_sentence(OUTPUTS[name].label)}"
            comparison_metric(label, *view.at_year(company, name), "JPY bn", more_is_good="profit" in name)

st.markdown(levers_sentence(view))
spot = spot_sentence(view)
if spot:
    st.markdown(spot)
reference_note()

profit = tables.profit_by_year(view)
left, right = st.columns(2)
with left:
    chart_figure(
        profit_finding(view),
        charts.lines_by_year,
        profit,
        "operating_profit_jpy_bn",
        "Operating profit, JPY bn",
        ",.0f",
        rows=tables.with_line_labels(profit, "operating_profit_jpy_bn"),
    )
with right:
    origins = tables.tariff_by_origin(view)
    chart_figure(tariff_finding(view), charts.stacked_by_origin, origins, rows=tables.with_bar_labels(origins))

headings.section("From reference to scenario")
st.caption(f"{view.year_label}. The steps add up exactly; a cause that changes nothing is left out.")
for company, column in zip(COMPANIES, st.columns(2), strict=True):
    with column:
        bridge = tables.profit_bridge(view, company)
        color = charts.COMPANY_COLORS[COMPANY_LABELS[company]]
        chart_figure(
            bridge_finding(view, company), charts.waterfall, bridge, color, rows=tables.with_step_labels(bridge)
        )

left, right = st.columns(2)
with left:
    margin = tables.margin_by_year(view)
    chart_figure(
        margin_finding(view),
        charts.lines_by_year,
        margin,
        "operating_margin_share",
        "Operating margin",
        ".1%",
        rows=tables.with_line_labels(margin, "operating_margin_share"),
    )
with right:
    changes = tables.changes(view)
    headings.finding("What was changed")
    if not changes.values["key"]:
        st.caption("Nothing: this is the reference. Choose a scenario or move a slider.")
    else:
        st.table(
            pa.table(tables.changes_in_words(changes)),
            hide_index=True,
            alt="Assumptions that differ from the edition",
        )
