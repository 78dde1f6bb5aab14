"""The controls of a maker of one's own: the row to start from, a box for every input, and the duty in numbers."""

from functools import partial
from typing import Final

import streamlit as st

from model.peers import Peer, Quantity
from pages.kit import boxes
from pages.kit.evidence import MODEL
from pages.kit.show import cards_known
from pages.kit.typed import NumberBox
from pages.kit.view import View
from pages.kit.words import markdown_text, quantity
from pages.peers.beside import amount
from pages.peers.given import currency_of
from pages.peers.typed_inputs import INPUTS, MAKERS, PUBLISHED, Given
from pages.peers.your_maker import ROWS, duty_of, own_values, row_of, row_words, values_of, your_error_share
from pages.session import choices, choosing
from pages.sources.exact import error_text

_GROUPS: Final = (
    ("From overseas", ("far_cars", "far_value", "far_rate", "far_change")),
    ("From Canada and Mexico", ("near_cars", "near_value", "content", "near_rate")),
    ("All else", ("parts", "stock", "months", "fx", PUBLISHED)),
)
"""The boxes, by column."""

_UNIT_WORDS: Final = {
    "kveh": "thousand",
    "USD per vehicle": "USD per car",
    "share": "%",
    "USD bn": "USD bn",
    "months": "months",
}


def _label(row: Peer, key: str, quantity: Quantity) -> str:
    if key == PUBLISHED:
        return f"{quantity.label}, {row.unit}"
    if key == "fx":
        return f"Exchange rate, {currency_of(row)} for one dollar"
    words = quantity.label.replace(" %", "\N{NO-BREAK SPACE}%")
    return words if words.startswith("Months") else f"{words}, {_UNIT_WORDS[quantity.unit]}"


def _use(key: str, value: float) -> None:
    """Put an input in the place of the row's own, in a callback; the row's own is left out of the link."""
    row = ROWS[choosing.chosen(choices.MAKER)]
    chosen: Given = choosing.chosen(choices.MAKER_INPUTS)
    given = {**dict(chosen), key: value}
    moved = {each: number for each, number in given.items() if number != own_values(row)[each]}
    choosing.choose({choices.MAKER_INPUTS: tuple(sorted(moved.items()))})


def _start_from(maker: str) -> None:
    """Start from a row with its own inputs."""
    choosing.choose({choices.MAKER: maker, choices.MAKER_INPUTS: ()})


def maker_picker(view: View) -> None:
    """Which row to start from, and back to its own inputs."""
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        st.selectbox(
            "Start from",
            MAKERS,
            format_func=lambda name: row_words(ROWS[name]),
            help="Its inputs fill the boxes; those of your own are dropped.",
            **choosing.control("choice_maker", row_of(view).id, _start_from),
        )
    with right:
        st.button(
            "As in the row",
            on_click=_start_from,
            args=(row_of(view).id,),
            disabled=not choices.MAKER_INPUTS.of(view),
            key="maker_reset",
        )


def input_boxes(view: View) -> None:
    """A box for every input, used as soon as it is left."""
    row, values = row_of(view), values_of(view)
    for column, (title, keys) in zip(st.columns(len(_GROUPS)), _GROUPS, strict=True):
        with column:
            st.markdown(f"**{title}**")
            for key in keys:
                if key == "fx" and currency_of(row) == "USD":
                    continue
                quantity = INPUTS[key]
                label, name = _label(row, key, quantity), f"maker_{key}"
                box = NumberBox(quantity.unit, quantity.low, quantity.high, quantity.whole)
                st.text_input(
                    markdown_text(label),
                    **boxes.used_at_once(name, quantity.label, box, values[key], partial(_use, key)),
                )
                boxes.show_told(name, values[key])


def metrics(view: View) -> None:
    """The duty in dollars, in the maker's currency and per car, and its distance from the published number."""
    row, duty = row_of(view), duty_of(view)
    shown = {"Duty": quantity(duty.usd_bn, "USD bn")}
    if currency_of(row) != "USD":
        shown[f"Duty in {currency_of(row)}"] = amount(duty.local_bn, row.unit)
    shown["Per imported car"] = "no car" if duty.per_car_usd is None else quantity(duty.per_car_usd, "USD")
    shown["Against the published figure"] = error_text(your_error_share(view))
    with st.container(horizontal=True):
        for label, value in shown.items():
            st.metric(label, value, border=True)
    cards_known(view, *(MODEL for _ in shown))
