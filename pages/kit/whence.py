"""Where a number is from: a control on cards and tables, and the one panel that tells how a result came about."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

import streamlit as st

from model.editions import COMPANY_LABELS, edition_words
from model.outputs import OUTPUTS
from model.registry import ASSUMPTIONS, GROUPS
from model.tracing import ASSUMPTION
from pages.kit.calculation import Line, as_list, as_text, lines
from pages.kit.copy_text import copy_text
from pages.kit.evidence import evidence
from pages.kit.results import RESULTS
from pages.kit.view import View
from pages.kit.words import listed, markdown_text
from pages.session import choices, choosing, redraw

WHERE_FROM: Final = "Where from?"
_OPEN_TO: Final = 2
"""Depth down to which a calculation is told at once; what lies deeper is folded away."""


def control(result: str, edition: str, place: str = "", label: str = "") -> None:
    """A small button that opens the calculation of a result, with the mark of how it is known.

    place: tells controls of one result apart, where a page has several; label: instead of the mark
    """
    known = evidence(edition)[result]
    st.button(
        label or f"{known.mark.capitalize()}. {WHERE_FROM}",
        key="_".join(filter(None, ("from", result.replace(".", "_"), place))),
        type="tertiary",
        help=f"{_named(*RESULTS[result])}. {known.words}",
        on_click=_open,
        args=(result,),
    )


def controls(results: Sequence[str], edition: str, mark: str, place: str) -> None:
    """A button that lists results, for the rows of a table or the marks of a chart; drawn while it is open."""
    label = f"{mark.capitalize()}. {WHERE_FROM}"
    box = st.popover(label, type="tertiary", key=f"from_{place}", on_change=redraw.draw, args=(redraw.BODY,))
    if not box.open:
        return
    with box:
        for result in results:
            control(result, edition, place, _named(*RESULTS[result]))


def _named(output: str, company: str) -> str:
    label = OUTPUTS[output].label
    return f"{COMPANY_LABELS[company]}: {label}" if company else label


def _open(name: str) -> None:
    choosing.choose({choices.FROM: name})


def _close() -> None:
    choosing.choose({choices.FROM: choices.FROM.default})


def panel(view: View) -> None:
    """The calculation that was asked for, if one was; nothing is computed before."""
    if asked := choosing.chosen(choices.FROM):
        output, company = RESULTS[asked]
        st.dialog(f"Where from? {_named(output, company)}", width="large", on_dismiss=_close)(_told)(
            view, output, company
        )


def _told(view: View, output: str, company: str) -> None:
    found = lines(view, output, company)
    first, *others = found
    when = view.year_label if OUTPUTS[output].scope in ("company", "plant") else "one number for all years"
    heading = f"{first.label}, {when}. {view.named}; edition {edition_words(view.scenario.edition)}."
    st.caption(
        markdown_text(f"{when}. {view.named}; edition {edition_words(view.scenario.edition)}. {OUTPUTS[output].help}")
    )
    st.markdown(first.markdown)
    for branch in _branches(others):
        near = [line for line in branch if line.depth <= _OPEN_TO]
        deep = [line for line in branch if line.depth > _OPEN_TO]
        st.markdown(as_list(near))
        if deep:
            with st.expander(f"{len(deep)} more steps to: {markdown_text(branch[0].label)}"):
                st.markdown(as_list(deep))
    _sliders(found)
    copy_text("The whole calculation as text", as_text(found, heading), "copy_from", rows=4)


def _branches(found: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines by the part of the result that they lead to."""
    branch: list[Line] = []
    for line in found:
        if line.depth == 1 and branch:
            yield branch
            branch = []
        branch.append(line)
    if branch:
        yield branch


def _sliders(found: Sequence[Line]) -> None:
    """The way to the sliders of the assumptions that the result rests on, by group."""
    keys = {line.leaf.key for line in found if line.leaf and line.leaf.sort == ASSUMPTION}
    by_group = groupby((a for a in ASSUMPTIONS.values() if a.key in keys), key=lambda a: a.group)
    shown = [(group, [a.label for a in of_group]) for group, of_group in by_group]
    if not shown:
        return
    st.markdown("**Move an assumption**: opens its sliders")
    with st.container(horizontal=True, gap="small"):
        for group, labels in shown:
            st.button(
                f"{GROUPS[group]} ({len(labels)})",
                key=f"from_group_{group}",
                type="tertiary",
                icon=":material/tune:",
                help=markdown_text(listed(labels)),
                on_click=_to_sliders,
                args=(group,),
            )


def _to_sliders(group: str) -> None:
    redraw.add_open(group)
    _close()
