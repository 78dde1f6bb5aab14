"""Compare: up to six other scenarios beside the one in the sliders, and why they differ."""

from typing import Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from model import MODEL_VERSION
from model.comparison import CURRENT, LETTERS, MOST_LINES, presets_in, read_lines, short_query, tidy, with_presets
from model.editions import COMPANIES, COMPANY_LABELS
from model.links import scenario_of_preset
from model.presets import MAIN_PRESETS, PRESETS
from pages.parts import charts, state
from pages.parts import compare_figures as compare
from pages.parts.addresses import page_address
from pages.parts.exports import csv_text, xlsx_bytes
from pages.parts.figures import chart_figure
from pages.parts.tables import Table
from pages.parts.words import markdown_text

PICKER: Final = "compare_presets"
LINES: Final = "compare_lines"
CURRENT_TOO: Final = "compare_current"
BASE_CHOICE: Final = "compare_base"
KEPT: Final = "compare_kept"  # the page's part of the address as last seen, for when a page link drops it
PUT_BACK: Final = "compare_put_back"  # whether this session put it back after a page link
BASE_SCENARIO: Final = "compare_base_scenario"  # the base as a short query, while lines move
MOST_BESIDE: Final = 2  # scenarios whose differences fit beside a chart
INVITED: Final = ("alliance_good", "tariffs_25", "usmca_lapses", "alliance_fails")


def address_state() -> dict[str, str]:
    """The page's part of the address, by key; a key given more than once counts as so many lines.

    Streamlit loses what is bound inside a page on Back, so the address is read and written here.
    """
    there = {key: "\n".join(st.query_params.get_all(key)) for key in compare.PAGE_STATE if st.query_params.get_all(key)}
    context = get_script_run_ctx()
    by_history = context is not None and context.is_history_navigation
    kept: dict[str, str] = st.session_state.get(KEPT, {})
    arriving = LINES not in st.session_state  # from another page, where this one's widgets are forgotten
    if not there and kept and not by_history:
        st.query_params.update(kept)
        st.session_state[PUT_BACK] = True
        there = kept
    elif not there and (arriving or st.session_state.get(PUT_BACK)):
        there = kept
    st.session_state[KEPT] = there
    return there


def write(changes: dict[str, str]) -> None:
    """Change the page's part of the address, in a callback; an empty value is left out."""
    kept = {key: value for key, value in {**st.session_state.get(KEPT, {}), **changes}.items() if value}
    st.session_state[KEPT], st.session_state[PUT_BACK] = kept, False
    query = {key: value for key, value in st.query_params.to_dict().items() if key not in compare.PAGE_STATE}
    edition_name, preset = state.chosen_start()
    head = {"edition": edition_name, "model_version": MODEL_VERSION, "preset": preset}
    st.query_params.from_dict({**query, **head, **kept})  # in one step, so that one step Back is what was before


def put(text: str) -> None:
    """Put lines into the address, in a callback; the base stays the scenario it was."""
    base = st.session_state.get(BASE_SCENARIO, "")
    letters = {short_query(line.scenario): k for line, k in zip(read_lines(text)[0], LETTERS[1:], strict=False)}
    write({compare.WITH: text, compare.BASE: letters.get(base, "")})


def text_changed() -> None:
    """Make pasted links short, in a callback."""
    put(tidy(st.session_state[LINES]))


def presets_changed() -> None:
    """Take the chosen presets among the lines and the others out, in a callback."""
    put(with_presets(st.session_state[LINES], st.session_state[PICKER], MAIN_PRESETS))


def add_preset(name: str) -> None:
    """Add one preset to the lines, in a callback."""
    text = st.session_state[LINES]
    put(with_presets(text, [*presets_in(text), name], MAIN_PRESETS))


def current_changed() -> None:
    """Compare the current scenario too, or not, in a callback."""
    write({compare.WITH_CURRENT: "" if st.session_state[CURRENT_TOO] else "false"})


def base_changed() -> None:
    """Count differences from another scenario, in a callback."""
    write({compare.BASE: st.session_state[BASE_CHOICE]})


def numbers(table: Table) -> None:
    """A table's downloads, where it has no chart."""
    address = page_address()
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "CSV",
            lambda: csv_text(table, view, address).encode("utf-8-sig"),
            file_name=f"{table.name}.csv",
            mime="text/csv",
            key=f"csv_{table.name}",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
            help=f"{table.title} as CSV, with units and each scenario's link inside",
        )
        st.download_button(
            "XLSX",
            lambda: xlsx_bytes(table, view, address),
            file_name=f"{table.name}.xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            key=f"xlsx_{table.name}",
            on_click="ignore",
            type="tertiary",
            help=f"{table.title} as XLSX, with units and each scenario's link inside",
        )


view = state.current_view()
query = address_state()
text = query.get(compare.WITH, "")
comparison, notes = compare.comparison_of(view, query)
members = comparison.members if comparison else ()
letters = [m.letter for m in members]

st.title("Scenarios side by side", anchor=False)
st.markdown(compare.headline(comparison) if comparison else compare.NOTHING)

# What the widgets show follows from the address in every run.
st.session_state[LINES] = text
st.session_state[PICKER] = [name for name in presets_in(text) if name in MAIN_PRESETS]
st.session_state[CURRENT_TOO] = query.get(compare.WITH_CURRENT, "true") != "false"
left, right = st.columns(2)
with left:
    st.multiselect(
        "Scenarios to compare",
        list(MAIN_PRESETS),
        format_func=lambda name: PRESETS[name].label,
        key=PICKER,
        on_change=presets_changed,
        placeholder="Choose scenarios",
    )
    st.toggle(
        "Compare the current scenario too",
        key=CURRENT_TOO,
        on_change=current_changed,
        help=f"{CURRENT}: what the sliders hold.",
    )
    if comparison and comparison.others:
        st.session_state[BASE_CHOICE] = comparison.base.letter
        st.segmented_control(
            "Base: differences are counted from",
            letters,
            required=True,
            key=BASE_CHOICE,
            on_change=base_changed,
            help="A letter stands for a scenario, as in the table below.",
        )
with right:
    st.text_area(
        "Links to compare, one per line",
        key=LINES,
        on_change=text_changed,
        height=150,
        placeholder="Paste a link from this app, or type preset=article",
        help=f"Up to {MOST_LINES} lines. A link may name its scenario: add &title=My plan. The lines are part of this "
        "page's address: copy it to share the comparison.",
    )
st.session_state[BASE_SCENARIO] = (
    short_query(comparison.base.scenario) if comparison and comparison.base.letter != LETTERS[0] else ""
)
refused = [*compare.notes_words(notes), *compare.refused_words(query, letters)]
if refused:
    st.warning("\n".join(refused), title="Parts of the comparison were not used")

if not comparison or not comparison.others:
    st.markdown("##### Add a scenario to compare")
    with st.container(horizontal=True):
        here = [m.scenario for m in members]
        free = [name for name in INVITED if scenario_of_preset(name) not in here]
        for name in free[:3]:
            st.button(
                PRESETS[name].label, on_click=add_preset, args=(name,), key=f"compare_add_{name}", icon=":material/add:"
            )
    st.stop()

for member in comparison.same_as_current():
    st.caption(markdown_text(f"{member.label} is the same as the current scenario: move a slider to set them apart."))
link = compare.link_of(view, query)
st.table(compare.members_in_words(comparison), hide_index=True, border="horizontal", alt="The scenarios compared")
st.caption(markdown_text(" ".join(filter(None, (compare.year_note(comparison), compare.editions_note(comparison))))))
if len(link) > compare.LONGEST_HANDY_LINK:
    st.caption(f"The link of this comparison has {len(link):,} characters: some programs cut links that long.")

for company, column in zip(COMPANIES, st.columns(2), strict=True):
    with column:
        profit = compare.profit_by_year(comparison, company)
        chart_figure(
            compare.profit_finding(comparison, company),
            compare.profit_lines,
            profit,
            charts.COMPANY_COLORS[COMPANY_LABELS[company]],
            rows=compare.with_line_marks(profit),
        )

st.subheader("Results side by side", anchor=False)
st.table(compare.results_in_words(comparison), hide_index=True, border="horizontal", alt="Results by scenario")
numbers(compare.results_table(comparison))

st.subheader("Differences from the base", anchor=False)
differences = compare.differences_table(comparison)
beside = len(comparison.others) <= MOST_BESIDE
bars, words = st.columns(2) if beside else (st.container(), st.container())
with bars:
    chart_figure(
        compare.difference_finding(comparison),
        compare.difference_bars,
        differences,
        rows=compare.with_bar_marks(differences),
    )
with words:
    shown = compare.differences_in_words(comparison)
    if shown.empty:
        st.markdown("None of these results differs from the base.")
    else:
        st.table(shown, hide_index=True, border="horizontal", alt=differences.title)

st.subheader("Assumptions that differ", anchor=False)
if comparison.differing():
    st.table(
        compare.assumptions_in_words(comparison), hide_index=True, border="horizontal", alt="Assumptions that differ"
    )
    numbers(compare.assumptions_table(comparison))
else:
    st.markdown("None: the scenarios compared hold the same assumptions.")
