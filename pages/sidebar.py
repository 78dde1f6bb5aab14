"""The sidebar: where the scenario starts, every assumption as a slider, and the notices above a page."""

from collections.abc import Sequence
from functools import lru_cache, partial
from typing import Final

import streamlit as st

from model import MODEL_VERSION
from model.analysis.break_even import target_break_evens
from model.editions import COMPANIES, COMPANY_LABELS, DEFAULT_EDITION, base_of, edition, edition_words, editions
from model.links import LONGEST_TITLE, Refusal, Scenario, fit_capacity, number_text
from model.measures import WHOSE, of_companies
from model.presets import DEFAULT_PRESET, PRESETS, presets_of
from model.receipt import DECIMALS
from model.registry import ASSUMPTIONS, BY_GROUP, GROUPS, LEVERS, UNITS, Assumption
from model.targets import TARGETS
from model.worlds import CHANCE, WEIGHTED, WORLDS, chance_words, world_of, world_words
from pages import own_figures
from pages.kit import boxes
from pages.kit.landmarks import landmarks
from pages.kit.measure_words import TARGET_LABELS
from pages.kit.reference_words import own_estimates_words, path_notes
from pages.kit.words import (
    NBSP,
    assumption_value,
    date_words,
    first_of,
    is_estimate,
    markdown_text,
    named_with_role,
    number,
    one_notation,
    quantity,
    refusal_words,
    signed,
    told_words,
)
from pages.sensitivity.break_even import beside_slider
from pages.session import choices, choosing, history, moves, notices, pins, redraw, showing, start
from pages.session.reading import Receipt
from pages.session.turns import let_pass

_SLIDER_FORMATS: Final = {
    "share": "percent",
    "USD per vehicle": "USD %,.0f",
    "USD bn": "USD %.2f bn",
    "JPY bn": "JPY %.0f bn",
    "JPY bn per yr": "JPY %+.0f bn",
    "JPY bn per JPY": "JPY %.1f bn",
    "JPY per USD": "JPY %.0f",
    "kveh": "%g thousand",
}

EDITION_LABELS: Final = {
    "2025-07": "July 2025: guidance of May 2025",
    "2026-05": "May 2026: guidance of May 2026",
    "2026-11": "November 2026: May's guidance",
}


def edition_label(name: str) -> str:
    """What an edition is called where one is chosen."""
    return EDITION_LABELS.get(name) or edition_words(name)


def sidebar() -> None:
    """Draw the sidebar."""
    with st.sidebar:
        _world_picker()
        _preset_picker()
        _summary()
        own_figures.form()
        put_away = redraw.sliders_put_away()
        if put_away:
            st.caption("What this page shows hardly depends on the sliders. They are put away here.")
            st.button(
                "Show the sliders",
                icon=":material/tune:",
                key="show_sliders",
                on_click=redraw.show_sliders,
                help="Every other page shows them; what they hold stays.",
            )
        with st.container(key="sliders_put_away" if put_away else "sliders"):
            _sliders_and_facts()


def _sliders_and_facts() -> None:
    begun, beside = start.start_values(), _beside_sliders(start.slider_values())
    for key in LEVERS:
        let_pass()
        _assumption(ASSUMPTIONS[key], begun, beside)
    st.markdown("**All assumptions**")
    _finder(begun, beside)
    for group in GROUPS:
        let_pass()
        _group(group, begun, beside)
    _break_even_pickers()
    st.markdown("**Facts and year**")
    _edition_picker()
    _year_picker()


def _finder(begun: dict[str, float], beside: dict[str, str]) -> None:
    """The one assumption that is looked for, out of its group for as long as it is."""
    key = st.selectbox(
        "Find an assumption",
        list(ASSUMPTIONS),
        index=None,
        format_func=lambda key: f"{ASSUMPTIONS[key].label} ({key})",
        placeholder="Find by name or key",
        label_visibility="collapsed",
        key=redraw.FOUND,
        persist_state="session",
    )
    if redraw.found():
        _assumption(ASSUMPTIONS[redraw.found()], begun, beside)
    elif key:
        st.caption(f"{markdown_text(ASSUMPTIONS[key].label)} is one of the {len(LEVERS)} sliders above.")


def _group(group: str, begun: dict[str, float], beside: dict[str, str]) -> None:
    """The sliders of a group, which are made for the first time when it is opened, and how many of them were moved.

    Most groups are never opened, and the browser takes longer for their sliders than for the whole page. The label
    stays as it is: with another one Streamlit would put another expander in the place of this, closed and out of focus.
    """

    @st.fragment(key=redraw.group_fragment(group))
    def sliders() -> None:
        with st.expander(GROUPS[group], **redraw.group_widget(group)):
            if redraw.wants_sliders(group):
                _sliders(group, begun, beside)

    @st.fragment(key=redraw.moved_fragment(group))
    def moved() -> None:
        if count := redraw.count_moved(group):
            st.caption(f"{count} changed")

    sliders()
    moved()


ESTIMATES_CAPTION: Final = (
    "**Estimates**: what is not known. They move what a tariff costs and what a change does, never the guided profit."
)
"""Above the estimates of a group."""


def _sliders(group: str, begun: dict[str, float], beside: dict[str, str]) -> None:
    """The sliders of a group, its estimates below the others, and which of its assumptions stand elsewhere."""
    assumptions = redraw.of_group(group)
    elsewhere = [a.label for a in BY_GROUP[group] if a not in assumptions]
    if elsewhere:
        st.caption(markdown_text(f"Above: {'; '.join(elsewhere)}."))
    estimates = [a for a in assumptions if is_estimate(a.key)]
    for a in [*(a for a in assumptions if a not in estimates), *estimates]:
        if estimates and a is estimates[0]:
            st.caption(ESTIMATES_CAPTION)
        _assumption(a, begun, beside)


def _assumption(a: Assumption, begun: dict[str, float], beside: dict[str, str]) -> None:
    """An assumption: its name with its value in a box, its slider, and named values."""
    with st.container(key=f"of_{a.key}", gap="xxsmall"):
        _name(a, begun[a.key])
        _slider(a, begun[a.key])
        _landmarks(a)
        if a.key in beside:
            st.caption(markdown_text(beside[a.key]))


def _name(a: Assumption, default: float) -> None:
    """The name of an assumption and a box with its value, which is used at Enter or when the box is left."""

    @st.fragment(key=redraw.name_fragment(a.key))
    def name() -> None:
        name_of_box, now = f"typed_{a.key}", start.slider_value(a.key)
        use, refuse = partial(moves.set_value, a.key), partial(redraw.draw, redraw.name_fragment(a.key))
        with st.container(horizontal=True, wrap=False, gap="small", vertical_alignment="center"):
            help_text = _slider_help(a.key, default, *start.chosen_start())
            st.markdown(f":small[{markdown_text(a.label)}]", help=help_text, width="stretch")
            st.text_input(
                f"{a.label}, in {_typed_in(a)}",
                label_visibility="collapsed",
                width=BOX_PX,
                **boxes.used_at_once(name_of_box, a.label, boxes.of_assumption(a), now, use, refuse),
            )
        if a.key == CHANCE and not redraw.chance_counts():
            st.caption(f"Counts only in “{WORLDS[WEIGHTED]}”, at the top of the sidebar.")
        boxes.show_told(name_of_box, now)

    name()


BOX_PX: Final = 76
"""Width of a box in the sidebar: for seven digits."""


def _typed_in(a: Assumption) -> str:
    return "per cent" if a.unit == "share" else UNITS[a.unit]


def _year_picker() -> None:
    years = edition(start.chosen_start()[0]).years
    st.selectbox(
        "Year in focus",
        years,
        index=len(years) - 1,
        key="year",
        bind="query-params",
        help="Headlines and bars show this fiscal year, which ends in March; lines show all five.",
    )


def _break_even_pickers() -> None:
    """Whether break-even values stand under the sliders, and for which target."""
    meaning = (
        "Under each slider: the value at which the target is met if only this slider moves, "
        "or that no value within its range meets it."
    )
    st.toggle("Show break-even values", help=meaning, **choosing.widget(choices.BREAK_EVEN, "sidebar"))
    if choosing.chosen(choices.BREAK_EVEN):
        st.selectbox(
            "Target", TARGETS, format_func=TARGET_LABELS.__getitem__, **choosing.widget(choices.TARGET, "sidebar")
        )
        st.segmented_control(
            "Of",
            WHOSE,
            format_func=lambda whose: COMPANY_LABELS.get(whose, "Both"),
            required=True,
            label_visibility="collapsed",
            **choosing.widget(choices.WHOSE, "sidebar"),
        )


def _beside_sliders(values: dict[str, float]) -> dict[str, str]:
    """What stands under each slider, by key: where it alone meets the target; nothing where it is not asked for."""
    if not choosing.chosen(choices.BREAK_EVEN):
        return {}
    scenario = Scenario(*start.chosen_start(), fit_capacity(values)[0], start.world())
    companies = of_companies(choosing.chosen(choices.WHOSE))
    found = target_break_evens(scenario, choosing.chosen(choices.TARGET), companies, start.year_index())
    return {key: beside_slider(one) for key, one in found.items()}


@st.fragment(key=redraw.WORLD)
def _world_picker() -> None:
    """Which world the numbers are in, where that makes a difference."""
    offered, scenario = redraw.worlds_to_offer(), start.asked_scenario()
    if not offered:
        return
    st.segmented_control(
        "The alliance",
        offered,
        format_func=WORLDS.__getitem__,
        required=True,
        width="stretch",
        help=(
            "Which world every number is in. Done: all that is planned arrives. Weighted: what it brings times its "
            f"chance of {chance_words(scenario.asked[CHANCE])}, an average that itself never happens. Fails: the money "
            "is spent and nothing arrives."
        ),
        **choosing.control("world_choice", world_of(scenario.world, scenario.values[CHANCE]), moves.choose_world),
    )


@st.fragment(key=redraw.PRESETS)
def _preset_picker() -> None:
    """The ready scenarios by the facts they stand on, each with what it is, which are made when the list is opened."""
    preset = start.chosen_start()[1]
    st.markdown(":small[Scenario]", help="A starting point. Every slider takes its value; move any of them afterwards.")
    box = st.popover(
        PRESETS[preset].label, key=redraw.PRESETS, width="stretch", on_change=redraw.draw, args=(redraw.PRESETS,)
    )
    if not box.open:
        return
    with box:
        for name in reversed(editions()):
            when = "Today" if name == DEFAULT_EDITION else "History"
            st.markdown(f"**{when}: facts of {date_words(name)}**")
            for ready in presets_of(name):
                with st.container(gap=None):
                    st.button(
                        PRESETS[ready].label,
                        key=f"preset_{ready}",
                        on_click=_choose_preset,
                        args=(ready,),
                        icon=":material/check:" if ready == preset else None,
                        type="tertiary",
                    )
                    st.caption(markdown_text(PRESETS[ready].sentence))


def _choose_preset(name: str) -> None:
    st.session_state[redraw.PRESETS] = False
    moves.choose_preset(name)


def _edition_picker() -> None:
    edition_name = start.chosen_start()[0]
    st.selectbox(
        "Facts as of",
        list(dict.fromkeys((edition_name, *reversed(editions())))),
        format_func=edition_label,
        help="An edition is a frozen set of facts and defaults. A link names its edition and keeps its numbers.",
        **choosing.control("edition_choice", edition_name, moves.choose_edition),
    )


@st.fragment(key=redraw.SUMMARY)
def _summary() -> None:
    """Where the scenario stands: its sentence, what was edited, undo and redo, and the resets."""
    _, preset = start.chosen_start()
    begun, summary = start.start_values(), redraw.summary_to_draw()
    count = "1 value edited" if summary.edited == 1 else f"{summary.edited} values edited"
    st.caption(f"{PRESETS[preset].label} (edited): {count}." if summary.edited else PRESETS[preset].sentence)
    with st.container(horizontal=True, gap="xsmall"):
        st.button("Undo", on_click=history.take_step, args=(-1,), disabled=not summary.undoable, key="undo")
        st.button("Redo", on_click=history.take_step, args=(1,), disabled=not summary.redoable, key="redo")
        _pin_button(preset)
        st.button(
            "Undo my edits",
            on_click=moves.reset_to_preset,
            disabled=not summary.edited,
            key="reset_preset",
            help="Gives every slider the value that it has in this scenario.",
        )
        st.button(
            "Back to today",
            on_click=moves.reset_to_status_quo,
            key="reset_status_quo",
            help=f"The newest facts, of {date_words(DEFAULT_EDITION)}, with nothing moved: “{_TODAY.label}”.",
        )
    if summary.edited:
        with st.expander("What you edited", key=redraw.LISTED, on_change=redraw.draw, args=(redraw.SUMMARY,)):
            for key, value in summary.listed:
                was, now = assumption_value(key, begun[key]), assumption_value(key, value)
                st.caption(markdown_text(f"{named_with_role(key)}: {now}, was {was}"))
                st.button("Reset", on_click=moves.reset_one, args=(key,), key=f"reset_{key}", type="tertiary")


_TODAY: Final = PRESETS[DEFAULT_PRESET]

PIN_NAME: Final = "pin_name"


def _pin_button(preset: str) -> None:
    """Keeps the scenario in the sliders beside the ones to come, under a name."""
    with st.popover("Pin", key="pin", on_change=redraw.draw, args=(redraw.SUMMARY,)) as popover:
        if not popover.open:
            return
        found = pins.pinned()
        if found:
            st.caption(f"Pinned: {markdown_text(found.name)}")
            with st.container(horizontal=True, gap="small"):
                st.button("Back to it", on_click=moves.go_back_to_pin, key="pin_back")
                st.button("Take it off", on_click=moves.unpin, key="pin_off")
        st.session_state.setdefault(PIN_NAME, showing.title() or PRESETS[preset].label)
        st.text_input("Name", key=PIN_NAME, max_chars=LONGEST_TITLE)
        st.button(
            "Pin this scenario",
            key="pin_this",
            on_click=lambda: moves.pin(st.session_state[PIN_NAME]),
            help="It stands beside whatever you set next: a thin line in charts by year, a second difference on cards.",
        )


def _slider(a: Assumption, default: float) -> None:
    st.slider(
        a.label,
        a.minimum,
        a.maximum,
        value=float(default),
        step=a.step,
        format=_SLIDER_FORMATS.get(a.unit, "%g"),
        key=a.key,
        label_visibility="collapsed",
        bind="query-params",
        on_change=redraw.slider_moved,
        args=(a.key,),
    )


def _landmarks(a: Assumption) -> None:
    """Named values under a slider, one button for each, in the order of the track."""
    if named := landmarks(a.key):
        with st.container(horizontal=True, gap="xsmall"):
            for landmark in named:
                st.button(
                    f":small[{markdown_text(landmark.words)}]",
                    key=f"landmark_{a.key}_{number_text(landmark.value)}",
                    help=markdown_text(landmark.source),
                    on_click=moves.set_value,
                    args=(a.key, landmark.value),
                    type="tertiary",
                )


@lru_cache(maxsize=1024)
def _slider_help(key: str, default: float, edition_name: str, preset: str) -> str:
    a = ASSUMPTIONS[key]
    low, high, start = (assumption_value(key, value) for value in (a.low, a.high, default))
    if key in PRESETS[preset].overrides:
        source = f"set by the preset: {PRESETS[preset].source}"
    else:
        source, kind = edition(edition_name).source_of(key)
        source = source if source.startswith(kind) else f"{kind}: {source}"
    lines = (
        f"{a.help} In {UNITS[a.unit] if a.unit != 'share' else 'per cent'}.",
        f"Starts at {start} ({source}).",
        f"Plausible from {low} to {high} ({a.range_source}).",
    )
    return "\n\n".join(markdown_text(one_notation(line)) for line in lines)


def reference_note(path: bool = True) -> None:
    """What the reference is, where that is not the edition's guidance carried on, and the way to see it without.

    path: whether the page shows how profit goes on after the guided year
    """
    view = showing.current_view()
    own = own_estimates_words(view)
    if own:
        st.caption(markdown_text(own))
    for note in path_notes(view.scenario) if path else ():
        with st.container(horizontal=True, gap="small", vertical_alignment="center", key=f"path_{note.key}"):
            st.caption(markdown_text(note.words), width="content")
            if note.counted:
                st.button(
                    "See it without",
                    key=f"without_{note.key}",
                    on_click=moves.set_value,
                    args=(note.key, 0.0),
                    help="Sets the assumption to 0, as its slider does; the same button brings it back.",
                    type="tertiary",
                )
            else:
                st.button(
                    "Count their end",
                    key=f"with_{note.key}",
                    on_click=moves.set_value,
                    args=(note.key, edition(view.scenario.edition).defaults[note.key]),
                    type="tertiary",
                )


def show_notices() -> None:
    """Above the page: each value that was not used, and what was used instead."""
    found, receipt = notices.refusals(), notices.receipt()
    left, other_facts = "" if showing.current_view().has_own_figures else notices.left(), _other_facts()
    refused, told = ([r for r in found if r.told is wanted] for wanted in (False, True))
    if refused or told or receipt or left or other_facts:
        with st.container(border=True, key="link_notices"):
            if left:
                st.info(markdown_text(left), title="Figures of your own were left")
            if other_facts:
                st.info(markdown_text(other_facts), title="Other facts")
            if refused:
                st.warning("\n".join(_refusal_lines(refused)), title="Parts of the link were not used")
            if receipt:
                lines = [*_receipt_lines(receipt), *(["", *_told_lines(told)] if told else [])]
                st.info("\n".join(lines), title="This link gives other numbers than its sender saw")
            elif told:
                st.info("\n".join(_told_lines(told)), title="This link was made with an earlier model")
            with st.container(horizontal=True):
                st.button("Understood", on_click=notices.dismiss_notices, key="dismiss_notices")
                if other_facts:
                    st.button(
                        "Use this scenario on today's facts",
                        on_click=moves.choose_edition,
                        args=(DEFAULT_EDITION,),
                        key="on_todays_facts",
                        help="What the scenario changes and what you edited stay; all else is today's.",
                    )
    overflow = showing.current_view().overflow
    if overflow:
        st.error("\n".join(_refusal_lines(overflow)), title="More cars than Canton can build")


def result_strip() -> None:
    """The result in one line, which a phone shows below the sidebar while that is open and hides the page."""
    view = showing.current_view()
    told = []
    for company in COMPANIES:
        now, before = view.at_year(company, "operating_profit_jpy_bn")
        change = signed(now - before, "JPY bn").replace(f"JPY{NBSP}", "").removesuffix(f"{NBSP}bn")
        told.append(f"**{COMPANY_LABELS[company]}** {quantity(now, 'JPY bn')} ({change})")
    words = "; ".join(filter(None, (view.year_label, view.world_words)))
    with st.container(key="result_strip"):
        st.markdown(f"{', '.join(told)}  \n:small[Operating profit and its change in JPY bn, {markdown_text(words)}]")


def _other_facts() -> str:
    """What a ready scenario changed beside its values, where it stands on other facts than the scenario before it."""
    view, before = showing.current_view(), notices.facts_before()
    now = base_of(view.scenario.edition)
    if not before or now in (before, DEFAULT_EDITION):
        return ""
    profits = (quantity(view.at_year(c, "operating_profit_jpy_bn")[1], "JPY bn") for c in COMPANIES)
    told = " and ".join(f"{COMPANY_LABELS[c]} {profit}" for c, profit in zip(COMPANIES, profits, strict=True))
    return (
        f"“{PRESETS[view.scenario.preset].label}” stands on the facts of {date_words(now)}, the one before on those of "
        f"{date_words(before)}. The reference is now that of {date_words(now)}: {told} in {view.year_label}."
    )


def _receipt_lines(receipt: Receipt) -> list[str]:
    lines = []
    for difference in receipt.differences:
        saw, now = (f"JPY{NBSP}{number(v, DECIMALS)}{NBSP}bn" for v in (difference.saw_jpy_bn, difference.now_jpy_bn))
        words = f"the sender saw {saw}, now it is {now}"
        lines.append(f"- **{markdown_text(difference.label)}**: {markdown_text(words)}")
    made = receipt.model_version or "not named"
    if receipt.mended:
        cause = "Parts of the link could not be used, so this is not quite the scenario that was sent."
    elif receipt.model_version not in ("", MODEL_VERSION):
        cause = "The model has changed since."
    else:
        cause = "The model is the same: the link was changed after it was made."
    about = (
        f"{cause} Model of the link: {made}; model of this app: {MODEL_VERSION}; "
        f"edition {edition_words(receipt.edition)}. Yearly numbers are those of {receipt.last_year}."
    )
    if receipt.world:
        about += f" They are {world_words(receipt.world, start.asked_scenario().asked[CHANCE])}."
    return [*lines, "", markdown_text(about)]


def _told_lines(told: Sequence[Refusal]) -> list[str]:
    """What became of parts that the link's model had and this one reads in another form."""
    return first_of([told_words(r) for r in told])


def _refusal_lines(refusals: Sequence[Refusal]) -> list[str]:
    return first_of([refusal_words(r) for r in refusals])
