"""The least that Streamlit can do: one bound slider, one figure, one chart. The app is measured against it."""

import altair as alt
import pandas as pd
import streamlit as st

st.set_page_config(page_title="Floor", layout="wide")
with st.sidebar:
    value = st.slider("Value", 0.0, 1.0, 0.25, 0.005, key="value", bind="query-params")
st.title("Floor")
st.metric("Doubled", f"{2 * value:.3f}")
rows = pd.DataFrame({"year": range(5), "amount": [value * n for n in range(5)]})
st.altair_chart(alt.Chart(rows).mark_line().encode(x="year:O", y="amount:Q"), key="chart")
