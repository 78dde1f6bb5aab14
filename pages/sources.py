import streamlit as st

from pages.parts import state

v = state.current_view()
st.title("Overview")
st.write({c: v.at_year(c, "operating_profit_jpy_bn") for c in ("honda", "nissan")})
