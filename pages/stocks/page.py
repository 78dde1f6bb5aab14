"""Stocks: share prices of Honda, Nissan and others on the same days, in one currency, beside the alliance's value."""

import streamlit as st

from pages.kit import headings
from pages.kit.show import offer, read, show
from pages.kit.words import markdown_text
from pages.session import showing
from pages.stocks import controls
from pages.stocks.around_event import AROUND_EVENT, event_in_words, window_note
from pages.stocks.compared import COMPARED
from pages.stocks.comparison import comparison_of
from pages.stocks.correlation import CORRELATION, NO_CORRELATION
from pages.stocks.falls import FALLS
from pages.stocks.headline import headline
from pages.stocks.method import METHOD, definitions
from pages.stocks.period import PERIOD, period_in_words
from pages.stocks.price_sources import PRICES, SNAPSHOT_SOURCES, prices_in_words, snapshot_sources_in_words
from pages.stocks.return_parts import RETURN_PARTS, how_parts_sum, parts_in_words
from pages.stocks.value_per_share import VALUE_PER_SHARE

view = showing.current_view()
c = comparison_of(view)

headings.title("Honda and Nissan beside their peers")
st.markdown(headline(c))
controls.lines_and_look()
controls.period_and_more(c)
controls.prices_status(c)

if c.panel is not None:
    show(COMPARED, view)
    controls.events(view)
controls.problems(c)

if c.panel is not None:
    headings.section("Return and risk")
    headings.finding(markdown_text(PERIOD.says(view)))
    period = read(PERIOD, view)
    st.table(period_in_words(period), hide_index=True, border="horizontal", alt=period.title)
    offer(PERIOD, view)
    with st.expander("What these figures mean", key="stock_definitions"):
        st.markdown(definitions(c))

    headings.section("A return that adds up")
    show(RETURN_PARTS, view)
    parts = read(RETURN_PARTS, view)
    st.table(parts_in_words(c, parts), hide_index=True, border="horizontal", alt=parts.title)
    st.caption(how_parts_sum(c))

    left, right = st.columns(2)
    with left:
        show(FALLS, view)
    with right:
        if read(CORRELATION, view).values["line"]:
            show(CORRELATION, view)
        else:
            st.markdown(NO_CORRELATION)

headings.section("Around an event")
controls.event_controls(c)
around = read(AROUND_EVENT, view)
if len(around.rows):
    show(AROUND_EVENT, view)
    st.table(event_in_words(c, around), hide_index=True, border="horizontal", alt=around.title)
st.caption(window_note(c))

headings.section("The alliance per share, beside the price")
show(VALUE_PER_SHARE, view)

headings.section("Where each price is from")
prices = read(PRICES, view)
st.table(prices_in_words(prices), hide_index=True, border="horizontal", alt=prices.title)
offer(PRICES, view)
with st.expander("How the comparison is made", key="stock_method"):
    st.markdown(METHOD)
with st.expander("Whom the embedded month-end closes are owed to", key="stock_snapshot_sources"):
    owed = read(SNAPSHOT_SOURCES, view)
    st.table(snapshot_sources_in_words(owed), hide_index=True, border="horizontal", alt=owed.title)
    offer(SNAPSHOT_SOURCES, view)
