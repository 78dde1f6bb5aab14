"""Stocks: share prices of Honda, Nissan and others on the same days, in one currency, beside the alliance's value."""

import streamlit as st

from pages.parts import headings, state
from pages.parts.figures import chart_figure, offer_numbers
from pages.parts.stocks import charts, controls, in_words, tables, words
from pages.parts.stocks.asked import comparison_of
from pages.parts.words import markdown_text

view = state.current_view()
c = comparison_of(view)

headings.title("Honda and Nissan beside their peers")
st.markdown(words.headline(c))
controls.lines_and_look()
controls.period_and_more(c)
controls.prices_status(c)

if c.panel is not None:
    compared = tables.comparison_table(c)
    marked = tables.markers_table(c)
    form, said, zero = words.axis_form(c)
    log = words.on_log_scale(c)
    chart_figure(
        words.chart_finding(c),
        charts.lines_over_time,
        compared,
        words.axis_title(c),
        form,
        log,
        zero,
        rows=charts.with_marks(compared, "value", said, marked, log),
    )
    st.caption(f"{words.shared_days_note(c)} {words.marks_note(c)}")
    controls.events(marked)
controls.problems(c)

if c.panel is not None:
    headings.section("Return and risk")
    period = tables.period_table(c)
    headings.finding(markdown_text(words.period_finding(c)))
    st.table(in_words.period_in_words(period), hide_index=True, border="horizontal", alt=period.title)
    offer_numbers(period)
    with st.expander("What these figures mean", key="stock_definitions"):
        st.markdown(words.definitions(c))

    headings.section("A return that adds up")
    parts = tables.parts_table(c)
    chart_figure(words.parts_finding(c), charts.parts_chart, parts, rows=charts.with_part_labels(parts))
    st.table(in_words.parts_in_words(c, parts), hide_index=True, border="horizontal", alt=parts.title)
    st.caption(words.parts_note(c))

    left, right = st.columns(2)
    with left:
        falls = tables.drawdown_table(c)
        chart_figure(
            words.period_finding(c),
            charts.lines_over_time,
            falls,
            "Below the highest so far",
            "+.0%",
            False,
            "0",
            rows=charts.with_marks(falls, "below_peak_share", "share"),
        )
    with right:
        moving = tables.correlation_table(c)
        if len(moving.rows):
            chart_figure(
                words.correlation_finding(c, moving),
                charts.lines_over_time,
                moving,
                "Correlation",
                ".1f",
                False,
                "0",
                rows=charts.with_marks(moving, "correlation", "number"),
            )
        else:
            st.markdown(words.NO_CORRELATION)

headings.section("Around an event")
controls.event_controls(c)
around = tables.event_table(c)
if len(around.rows):
    chart_figure(
        words.event_finding(c, around),
        charts.event_chart,
        around,
        words.steps_title(c),
        rows=charts.with_step_marks(around),
    )
    st.table(in_words.event_in_words(c, around), hide_index=True, border="horizontal", alt=around.title)
st.caption(words.event_note(c))

headings.section("The alliance per share, beside the price")
value = tables.value_table(view, c)
if len(value.rows):
    chart_figure(
        words.value_finding(view, value),
        charts.value_chart,
        value,
        str(value.rows["currency"].iloc[0]),
        rows=charts.with_value_labels(value),
    )
st.caption(words.value_note(value))

headings.section("Where each price is from")
prices = tables.prices_table(c)
st.table(in_words.prices_in_words(prices), hide_index=True, border="horizontal", alt=prices.title)
offer_numbers(prices)
with st.expander("How the comparison is made", key="stock_method"):
    st.markdown(words.METHOD)
with st.expander("Whom the embedded month-end closes are owed to", key="stock_snapshot_sources"):
    owed = tables.snapshot_sources_table()
    st.table(in_words.snapshot_sources_in_words(owed), hide_index=True, border="horizontal", alt=owed.title)
    offer_numbers(owed)
