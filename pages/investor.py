"""Investor: being built."""

import streamlit as st

st.title("Investor")
