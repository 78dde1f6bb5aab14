"""Compare: up to six other scenarios beside the one in the sliders, and why they differ."""

from collections.abc import Iterable
from typing import Final

import pyarrow as pa
import streamlit as st

from model.comparison import (
    CURRENT,
    LETTERS,
    LINE,
    MOST_LINES,
    MOST_READ,
    presets_in,
    read_lines,
    same_scenario,
    tidy,
    with_line,
    with_presets,
    without_lines,
)
from model.links import LONGEST_LINK, scenario_of_preset, share_query
from model.pins import Pin
from model.presets import MAIN_PRESETS, PRESETS
from pages.compare import assumptions, differences, from_address, results, scenarios
from pages.compare.assumptions import DIFFERING_ASSUMPTIONS
from pages.compare.by_year import PROFIT_BY_SCENARIO
from pages.compare.differences import DIFFERENCES
from pages.compare.headline import NOTHING, headline
from pages.compare.results import RESULTS
from pages.kit import headings, whence
from pages.kit.addresses import shared_address
from pages.kit.evidence import MODEL
from pages.kit.reference_words import path_of_several
from pages.kit.show import offer, read, show
from pages.kit.words import markdown_text
from pages.session import choices, choosing, showing

PICKER: Final = "compare_presets"
LINES: Final = "compare_lines"
BASE_LETTER: Final = "compare_base"
BASE_SCENARIO: Final = "compare_base_scenario"  # the base as a short query, while lines move
CARD_PX: Final = 260
MOST_BESIDE: Final = 2  # scenarios whose differences fit beside a chart
INVITED: Final = ("alliance_delivers", "japan_deal_ends", "usmca_ends", "alliance_lost")


def put(text: str) -> None:
    """Choose lines, in a callback; the base stays the scenario it was."""
    base = st.session_state.get(BASE_SCENARIO, "")
    letters = {share_query(line.scenario): k for line, k in zip(read_lines(text)[0], LETTERS[1:], strict=False)}
    choosing.choose({choices.WITH: text, choices.BASE: letters.get(base, "")})


def lines_added(text: str) -> None:
    """Compare with pasted links too, made short, in a callback."""
    put(tidy(with_line(choosing.chosen(choices.WITH), text)))


def add_pin(pin: Pin) -> None:
    """Compare with what is pinned, in a callback."""
    put(with_line(choosing.chosen(choices.WITH), share_query(pin.scenario, title=pin.name)))


def take_out(numbers: Iterable[int]) -> None:
    """Compare without some lines, in a callback."""
    put(without_lines(choosing.chosen(choices.WITH), numbers))


def presets_changed(names: list[str]) -> None:
    """Take the chosen presets among the lines and the others out, in a callback."""
    put(with_presets(choosing.chosen(choices.WITH), names, MAIN_PRESETS))


def add_preset(name: str) -> None:
    """Add one preset to the lines, in a callback."""
    text = choosing.chosen(choices.WITH)
    put(with_presets(text, [*presets_in(text), name], MAIN_PRESETS))


def base_changed(letter: str) -> None:
    """Count differences from another scenario, in a callback."""
    choosing.choose({choices.BASE: letter})


view = showing.current_view()
text = choices.WITH.of(view)
comparison, notes = from_address.comparison_of(view)
members = comparison.members if comparison else ()
letters = [m.letter for m in members]

headings.title("Scenarios side by side")
st.markdown(headline(comparison) if comparison else NOTHING)

left, right = st.columns(2)
with left:
    st.multiselect(
        "Scenarios to compare",
        list(MAIN_PRESETS),
        format_func=lambda name: PRESETS[name].label,
        placeholder="Choose scenarios",
        **choosing.control(PICKER, [name for name in presets_in(text) if name in MAIN_PRESETS], presets_changed),
    )
    st.toggle(
        "Compare the current scenario too",
        help=f"{CURRENT}: what the sliders hold.",
        **choosing.widget(choices.WITH_CURRENT),
    )
    if comparison and comparison.others:
        st.segmented_control(
            "Base: differences are counted from",
            letters,
            required=True,
            help="A letter stands for a scenario, as in the table below.",
            **choosing.control(BASE_LETTER, comparison.base.letter, base_changed),
        )
with right:
    st.text_area(
        "Links to compare, one per line",
        height=80,
        max_chars=LONGEST_LINK,
        placeholder="Paste a link from this app, or type preset=article",
        help=f"Up to {MOST_LINES} scenarios, in {MOST_READ} lines and {LONGEST_LINK:,} characters. A link may name its "
        "scenario: add &title=My plan. What is compared is part of this page's address: copy it to share it.",
        **choosing.control(LINES, "", lines_added),
    )
    pin = view.pin
    if pin and not any(same_scenario(m.scenario, pin.scenario) for m in members):
        words = f"Compare with {markdown_text(view.pin_named)}"
        st.button(words, key="compare_pin", on_click=add_pin, args=(pin,), icon=":material/keep:")
st.session_state[BASE_SCENARIO] = (
    share_query(comparison.base.scenario) if comparison and comparison.base.letter != LETTERS[0] else ""
)
refused = [*from_address.notes_words(notes, told=False), *from_address.base_words(comparison, view)]
if refused:
    st.warning("\n".join(refused), title="Parts of the comparison were not used")
    unused = {note.number for note in notes if note.refusal.key == LINE}
    if unused:
        st.button("Leave out what was not used", key="compare_leave_out", on_click=take_out, args=(unused,))
told = from_address.notes_words(notes, told=True)
if told:
    st.info("\n".join(told), title="Lines that an earlier model made")

letters_of_link = len(shared_address())
if letters_of_link > LONGEST_LINK:
    st.warning(
        f"Its link has {letters_of_link:,} characters, and {LONGEST_LINK:,} of a link are read: this page's address "
        "may not open again, nor those of its tables. Take lines out, or make them shorter.",
        title="This comparison is too long for a link",
    )

if not comparison or not comparison.others:
    headings.finding("Add a scenario to compare")
    with st.container(horizontal=True):
        here = [m.scenario for m in members]
        free = [n for n in INVITED if not any(same_scenario(scenario_of_preset(n), scenario) for scenario in here)]
        for name in free[:3]:
            st.button(
                PRESETS[name].label, on_click=add_preset, args=(name,), key=f"compare_add_{name}", icon=":material/add:"
            )
    st.stop()

for member in comparison.same_as_current():
    st.caption(markdown_text(f"{member.label} is the same as the current scenario: move a slider to set them apart."))
lines = iter(read_lines(text)[0])
with st.container(horizontal=True):
    for member in comparison.members:
        with st.container(border=True, width=CARD_PX):
            of_base = " (base)" if member is comparison.base else ""
            st.markdown(f"**{member.letter}** {markdown_text(member.name)}{of_base}")
            st.caption(scenarios.card_words(member))
            whence.controls(results.told_of(comparison, member, view), MODEL, f"compare_{member.letter}")
            if member.letter != LETTERS[0]:
                key = f"compare_out_{member.letter}"
                st.button("Remove", key=key, type="tertiary", on_click=take_out, args=((next(lines).number,),))
with st.expander("The scenarios compared, as a table", key="compare_members"):
    told = pa.table(scenarios.members_in_words(comparison))
    st.table(told, hide_index=True, border="horizontal", alt="The scenarios compared")
path = path_of_several([(m.letter, m.scenario) for m in comparison.members])
notes_on_all = (
    scenarios.year_note(comparison),
    scenarios.editions_note(comparison),
    scenarios.own_note(comparison),
    scenarios.worlds_note(comparison),
    path,
)
st.caption(markdown_text(" ".join(filter(None, notes_on_all))))
if from_address.LONGEST_HANDY_LINK < letters_of_link <= LONGEST_LINK:
    st.caption(f"The link of this comparison has {letters_of_link:,} characters: some programs cut links that long.")

for figure, column in zip(PROFIT_BY_SCENARIO.values(), st.columns(2), strict=True):
    with column:
        show(figure, view)

headings.section("Results side by side")
told = pa.table(results.in_words(comparison))
st.table(told, hide_index=True, border="horizontal", alt="Results by scenario")
with st.container(horizontal=True, gap="small"):
    offer(RESULTS, view)
    for member in comparison.members:
        of_member = results.told_of(comparison, member, view)
        whence.controls(of_member, MODEL, f"comparison_results_{member.letter}", member.letter)

headings.section("Differences from the base")
beside = len(comparison.others) <= MOST_BESIDE
bars, in_words = st.columns(2) if beside else (st.container(), st.container())
with bars:
    show(DIFFERENCES, view)
with in_words:
    shown = differences.in_words(comparison)
    if not shown["Result"]:
        st.markdown("None of these results differs from the base.")
    else:
        st.table(pa.table(shown), hide_index=True, border="horizontal", alt=read(DIFFERENCES, view).title)

headings.section("Assumptions that differ")
if comparison.differing():
    told = pa.table(assumptions.in_words(comparison))
    st.table(told, hide_index=True, border="horizontal", alt="Assumptions that differ")
    offer(DIFFERING_ASSUMPTIONS, view)
else:
    st.markdown("None: the scenarios compared hold the same assumptions.")
