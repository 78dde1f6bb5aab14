"""The elements of Overview, with next to nothing computed and the plainest charts: what Streamlit takes for them.

What the app takes beyond this page is its own; what this page takes beyond the floor is Streamlit's.
"""

from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from model.registry import BY_GROUP, GROUPS

KEY = "japan_tariff_share"
YEARS = range(5)


def _spec() -> dict[str, Any]:
    rows = pd.DataFrame({"year": YEARS, "amount": 0.0})
    spec = alt.Chart(rows).mark_line().encode(x="year:O", y="amount:Q").properties(height=280).to_dict()
    del spec["data"], spec["datasets"]
    return spec


SPEC = _spec()


def moved() -> None:
    """Draw what follows from the slider, and not the sliders."""
    st.rerun(["summary", "body"])


@st.fragment(key="summary")
def summary() -> None:
    """A sentence and four buttons."""
    st.caption(f"The value is {st.session_state.get(KEY)}.")
    with st.container(horizontal=True):
        for name in ("Undo", "Redo", "Undo my edits", "Back to today"):
            st.button(name)


@st.fragment(key="sliders")
def sliders() -> None:
    """Every group, one of them open."""
    for group, assumptions in BY_GROUP.items():
        with st.expander(GROUPS[group], expanded=group == "policy", key=f"group_{group}"):
            for a in assumptions if group == "policy" else ():
                st.slider(a.label, a.minimum, a.maximum, step=a.step, key=a.key, bind="query-params", on_change=moved)


def figure(name: str, value: float) -> None:
    """A finding, its chart and its downloads."""
    st.markdown(f"## The finding of {name} is {value:.3f}")
    rows = pd.DataFrame({"year": YEARS, "amount": [value * year for year in YEARS]})
    st.vega_lite_chart(rows, SPEC, key=name, alt=name)
    st.popover("Download", icon=":material/download:", type="tertiary", key=f"download_{name}", on_change="rerun")


@st.fragment(key="body")
def body() -> None:
    """A headline, four figures, five charts and a table."""
    value = st.session_state[KEY]
    st.popover("Share", key="share", on_change="rerun")
    st.title("Floor", anchor=False)
    st.markdown(f"What the value {value:.3f} does.")
    with st.container(horizontal=True):
        for number in range(4):
            st.metric(f"Figure {number}", f"{number * value:.3f}", f"{value:.3f}", border=True)
    st.markdown(f"What moves {value:.3f} most.")
    for pair in (("one", "two"), ("three", "four"), ("five", "")):
        if pair[0] == "three":
            st.header("Causes", anchor=False, divider="gray")
            st.caption("They add up.")
        for name, column in zip(pair, st.columns(2), strict=True):
            with column:
                if name:
                    figure(name, value)
                else:
                    st.markdown("### What was changed")
                    st.table(pd.DataFrame({"what": ["a", "b"], "now": [f"{value:.3f}"] * 2}), hide_index=True)


st.set_page_config(page_title="Same", layout="wide")
with st.sidebar:
    for label in ("Scenario", "Facts as of", "Year in focus"):
        st.selectbox(label, ("one", "two"))
    st.toggle("Show break-even values")
    place = st.container()
    sliders()
    with place:
        summary()
body()
