"""Article: being built."""

import streamlit as st

st.title("Article")
