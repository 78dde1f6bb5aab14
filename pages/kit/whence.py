"""Where a number is from: a control on cards and tables, and the one panel that tells how a result came about."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

import streamlit as st

from model.editions import edition_words
from model.outputs import OUTPUTS
from model.registry import ASSUMPTIONS, GROUPS
from model.tracing import ASSUMPTION
from pages.kit.another import reference_line, shown_in, view_of_line
from pages.kit.calculation import Line, as_list, as_text, lines
from pages.kit.copy_text import copy_text
from pages.kit.evidence import evidence
from pages.kit.results import RESULTS, Shown, named
from pages.kit.view import View
from pages.kit.words import listed, markdown_text, output_value
from pages.session import choices, choosing, redraw

WHERE_FROM: Final = "Where from?"
_OPEN_TO: Final = 2
"""Depth down to which a calculation is told at once; what lies deeper is folded away."""


def controls(shown: Sequence[Shown], mark: str, place: str, whose: str = "") -> None:
    """A menu of the results of cards, of a table's rows or of a chart's marks; each opens its calculation.

    mark: how they are known; place: tells menus of one page apart; whose: in front of the mark
    """
    known = f"{whose}: {mark}" if whose else mark.capitalize()
    words, key = f"{known}. {WHERE_FROM}", f"from_{place}"
    options = list(dict.fromkeys(shown))
    if len(options) == 1:
        st.button(words, key=key, type="tertiary", help=_words(options[0]), on_click=_open, args=(options[0],))
        return

    def chosen() -> None:
        if found := st.session_state[key]:  # nothing where the numbers have changed since they were drawn
            _open(found)

    st.menu_button(words, options, key=key, type="tertiary", format_func=_words, on_click=chosen)


def _words(shown: Shown) -> str:
    """A result with its number, so that the row of a table is found again in a menu."""
    output, company = RESULTS[shown.result]
    value = output_value(output, shown.value)
    return markdown_text(": ".join(filter(None, (shown.case, f"{named(output, company)}, {value}"))))


def _open(shown: Shown) -> None:
    choosing.choose({choices.FROM: shown.result, choices.FROM_SCENARIO: shown.line})


def _close() -> None:
    choosing.choose({choice: choice.default for choice in (choices.FROM, choices.FROM_SCENARIO)})


def panel(view: View) -> None:
    """The calculation that was asked for, if one was; nothing is computed before."""
    if asked := choosing.chosen(choices.FROM):
        line = choosing.chosen(choices.FROM_SCENARIO)
        title = f"Where from? {named(*RESULTS[asked])}"
        st.dialog(title, width="large", on_dismiss=_close)(_told)(view, asked, line)


def _told(beside: View, result: str, line: str) -> None:
    view, (output, company) = view_of_line(line, beside), RESULTS[result]
    found = lines(view, output, company)
    first, *others = found
    when = view.year_label if OUTPUTS[output].scope in ("company", "plant") else "one number for all years"
    whose = f"{when}. {_scenario_words(view) if line else view.named}; edition {edition_words(view.scenario.edition)}."
    known = evidence(view.scenario.edition)[result].words
    st.caption(markdown_text(f"{whose} {OUTPUTS[output].help} {known}"))
    st.markdown(first.markdown)
    _other_side(beside, result, line)
    for branch in _branches(others):
        near = [line for line in branch if line.depth <= _OPEN_TO]
        deep = [line for line in branch if line.depth > _OPEN_TO]
        st.markdown(as_list(near))
        if deep:
            with st.expander(f"{len(deep)} more steps to: {markdown_text(branch[0].label)}"):
                st.markdown(as_list(deep))
    if not line:
        _sliders(found)
    copy_text("The whole calculation as text", as_text(found, f"{first.label}, {whose}"), "copy_from", rows=4)


def _scenario_words(view: View) -> str:
    """What a scenario beside the one in the sliders is called, and what it is where that does not say so."""
    about = view.preset_label if view.preset_label not in view.title else ""
    return ", ".join(filter(None, (": ".join(filter(None, (view.title, about))), view.world_words)))


def _other_side(beside: View, result: str, line: str) -> None:
    """The way to the same result in the reference, and from another scenario back to the one in the sliders."""
    other = "" if line else reference_line(beside)
    (shown,) = shown_in(view_of_line(other, beside), (result,), other)
    where = "In your scenario" if line else "In the reference"
    st.button(
        f"{where}: {output_value(RESULTS[result][0], shown.value)}",
        key="from_other_side",
        type="tertiary",
        icon=":material/compare_arrows:",
        on_click=_open,
        args=(shown,),
    )


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
