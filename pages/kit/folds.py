"""What answers a second question: folded away on its page, and made when it is opened."""

from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.kit.figure import Figure, of_view
from pages.kit.view import View
from pages.session import redraw, showing

FOLD: Final = "fold_"
"""Before the name of the first figure: the session key of whether it is open."""


def fold(title: str, view: View, first: Figure, *more: Figure) -> DeltaGenerator | None:
    """A closed part of the page; where its figures go once it is opened, or one of them is asked for alone.

    first, more: what it shows; while it is closed they are known by title, so that each can be embedded
    """
    box = st.expander(title, key=f"{FOLD}{first.name}", on_change=redraw.draw, args=(redraw.BODY,))
    if box.open or showing.only_chart():
        return box
    for figure in (first, *more):
        if figure.form:
            showing.charts_of_page()[figure.name] = of_view(figure.title, view)
    return None
