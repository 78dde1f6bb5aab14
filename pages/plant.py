"""Plant: being built."""

import streamlit as st

st.title("Plant")
