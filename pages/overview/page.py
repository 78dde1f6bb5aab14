"""Overview: what the scenario does to the profit of both companies."""

import pyarrow as pa
import streamlit as st

from model.editions import COMPANIES
from pages.kit import headings
from pages.kit.folds import fold
from pages.kit.show import metrics_of_companies, read, show
from pages.overview.answers import ANSWERS
from pages.overview.by_origin import TARIFF_BY_ORIGIN
from pages.overview.changes import CHANGES, changes_in_words
from pages.overview.controls import load_picked, what_if
from pages.overview.headline import guided_sentence, headline, levers_sentence, spot_sentence
from pages.overview.profit import MARGIN, PROFIT
from pages.overview.profit_bridge import BRIDGES
from pages.session import showing
from pages.sidebar import reference_note

view = showing.current_view()
changed = view.scenario.changed()


def cards() -> None:
    """Profit and tariff cost of both companies."""
    metrics_of_companies(view, more_is_good={"operating_profit_jpy_bn": True, "net_tariff_cost_jpy_bn": False})


def by_year_and_origin() -> None:
    """Levels: profit by year, and where tariffs come from."""
    left, right = st.columns(2)
    with left:
        show(PROFIT, view)
    with right:
        show(TARIFF_BY_ORIGIN, view)


headings.title("What tariffs and an alliance do to profit")
st.markdown(headline(view))

if changed:
    cards()
    headings.section("From reference to scenario")
    st.caption(f"{view.year_label}. The steps add up exactly; a cause that changes nothing is left out.")
    for company, column in zip(COMPANIES, st.columns(2), strict=True):
        with column:
            show(BRIDGES[company], view)
    headings.section("By year and by origin")
    by_year_and_origin()
else:
    what_if(view)
    show(ANSWERS, view, on_select=load_picked)
    headings.section("Where both companies stand")
    st.markdown(guided_sentence(view))
    cards()
    by_year_and_origin()

reference_note()
if changed:
    headings.section("What was changed")
    st.table(
        pa.table(changes_in_words(read(CHANGES, view))),
        hide_index=True,
        alt="Assumptions that differ from the edition",
    )
else:
    headings.section("What else moves it")
    st.markdown(levers_sentence(view))
if spot := spot_sentence(view):
    st.markdown(spot)
if box := fold("Operating margin by year", view, MARGIN):
    with box:
        show(MARGIN, view)
