"""Overview: what the scenario does to the profit of both companies."""

import pyarrow as pa
import streamlit as st

from model.editions import COMPANIES
from pages.kit import headings
from pages.kit.show import metrics_of_companies, read, show
from pages.overview.by_origin import TARIFF_BY_ORIGIN
from pages.overview.changes import CHANGES, changes_in_words
from pages.overview.headline import headline, levers_sentence, spot_sentence
from pages.overview.profit import MARGIN, PROFIT
from pages.overview.profit_bridge import BRIDGES
from pages.session import showing
from pages.sidebar import reference_note

view = showing.current_view()

headings.title("What tariffs and an alliance do to profit")
st.markdown(headline(view))

metrics_of_companies(view, more_is_good={"operating_profit_jpy_bn": True, "net_tariff_cost_jpy_bn": False})

st.markdown(levers_sentence(view))
spot = spot_sentence(view)
if spot:
    st.markdown(spot)
reference_note()

left, right = st.columns(2)
with left:
    show(PROFIT, view)
with right:
    show(TARIFF_BY_ORIGIN, view)

headings.section("From reference to scenario")
st.caption(f"{view.year_label}. The steps add up exactly; a cause that changes nothing is left out.")
for company, column in zip(COMPANIES, st.columns(2), strict=True):
    with column:
        show(BRIDGES[company], view)

left, right = st.columns(2)
with left:
    show(MARGIN, view)
with right:
    changes = read(CHANGES, view)
    headings.finding("What was changed")
    if not changes.values["key"]:
        st.caption("Nothing: this is the reference. Choose a scenario or move a slider.")
    else:
        st.table(
            pa.table(changes_in_words(changes)),
            hide_index=True,
            alt="Assumptions that differ from the edition",
        )
