"""The visitor's state: the scenario in the sliders, the link in the address bar, and what was refused.

Sliders are bound to the address bar by Streamlit, which writes only values that differ from their
default; their default is the preset's value, so edition, preset and what is written make a complete
link. Streamlit drops bad values without a word: they are read here first, so that they can be named.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from model import MODEL_VERSION
from model.editions import edition
from model.links import (
    ALIASES,
    LINK_KEYS,
    LONGEST_TITLE,
    RETIRED,
    SHOWN_VALUE,
    Refusal,
    Scenario,
    clean_title,
    default_scenario,
    from_query,
    is_foreign,
    number_text,
    printable,
    refusal,
    to_pairs,
    year_refusal,
)
from model.presets import preset_values
from model.projection import project
from model.receipt import Difference, differences, read_fingerprint
from model.registry import ASSUMPTIONS, BY_GROUP
from pages.parts.choices import BREAK_EVEN, CHOICES, EVERYWHERE, Choice, changed_choices, read_choices
from pages.parts.view import View

T = TypeVar("T")

# Session keys. Those of sliders are the assumptions' own keys.
_START: Final = "scenario_start"  # (edition, preset) that sliders default to
_WRITTEN: Final = "written_head"  # what this session last wrote to the address bar
_NOTICES: Final = "link_refusals"
_REPLACED: Final = "link_replacements"  # what the notices say was used instead, by key
_SETTLING: Final = "settling"  # values to put into the sliders before they are drawn again
_PAGE: Final = "page_shown"
_TITLE: Final = "scenario_title"
_RECEIPT: Final = "link_receipt"
_NO_CHART: Final = "chart_not_found"  # the chart that the address asks for in vain
_CHARTS: Final = "charts_by_page"  # charts that each page drew when it was last shown: name to title
_VIEW: Final = "view"
_CHOICES: Final = "choices_by_page"  # what each page's controls say: path to key to text
_ORDER: Final = "address_order"  # keys of the address as it was last written
_STEPS: Final = "history_steps"  # how often Back or Forward were pressed
_HISTORY: Final = "scenario_history"  # scenarios seen in this session, oldest first
_POSITION: Final = "scenario_position"  # index of the one being shown
_SCRIPT: Final = "script_shown"  # hash of the script of the page being shown
_MOVED: Final = "moved_by_group"  # how many sliders are said to have moved
_OPEN: Final = "groups_open"
_SUMMARY: Final = "summary_drawn"

# Fragments, which a slider's move draws again.
BODY: Final = "body"
SUMMARY: Final = "summary"
TYPED: Final = "type_a_value"
"""Also the session key of whether it is open."""

LISTED: Final = "edited_list"
"""Session key of whether the list of edited values is open."""

TYPED_KEY: Final = "typed_key"
"""Session key of the assumption whose value can be typed."""

DRAWN: Final = "groups_drawn"
"""Session key of the groups whose sliders are drawn, open or not."""

LONGEST_HISTORY: Final = 100

_HEAD: Final = ("edition", "model_version", "preset")


@dataclass(frozen=True, slots=True)
class Receipt:
    """Headline results that a link does not give as its sender saw them.

    model_version: the one that made the link, or nothing where it does not say
    last_year: the fiscal year of yearly results
    mended: whether a part of the link was refused, beside the model version
    """

    differences: tuple[Difference, ...]
    edition: str
    model_version: str
    last_year: str
    mended: bool


def read_address(page: str) -> None:
    """Take the scenario from the address bar where someone else wrote it, and note what was refused.

    That is the case on the first visit, on Back and Forward, and never while the visitor moves sliders.
    page: the path of the page being shown
    """
    head = {key: st.query_params[key] for key in _HEAD if key in st.query_params}
    written = st.session_state.get(_WRITTEN)
    first_visit = _START not in st.session_state
    if _by_history():
        st.session_state[_STEPS] = st.session_state.get(_STEPS, 0) + 1
    if first_visit or _by_history() or (head and head != written):
        scenario, refusals = from_query(_address_pairs())
        st.session_state[_START] = (scenario.edition, scenario.preset)
        # What Canton cannot build is told by every run from the sliders themselves.
        st.session_state[_NOTICES] = (
            *(r for r in refusals if not r.overflow),
            *_refused_year(scenario.edition),
            *_take_title(),
            *_take_receipt(scenario, any(r.key != "model_version" and not r.told for r in refusals)),
            *_take_choices(page),
        )
        st.session_state.pop(_NO_CHART, None)
        bad = {r.key for r in refusals if r.key in ASSUMPTIONS and not r.overflow and not r.told}
        st.session_state[_REPLACED] = {key: scenario.values[key] for key in bad}
        st.session_state[_WRITTEN] = head
        known = {**scenario.values, **_asked_year(scenario.edition)}
        if first_visit:
            _shorten_address(scenario, {r.key for r in refusals if r.overflow})
    elif page != st.session_state.get(_PAGE):
        _take_choices(page)
        known = {key: st.session_state[key] for key in (*ASSUMPTIONS, "year") if key in st.session_state}
    else:
        kept = _kept_choices(page)
        if read_choices(_address_pairs(), page)[0] != kept:
            # Back, while a run was still to come for what was done before it: Streamlit then forgets that it was Back.
            _write_choices(kept)
        known = st.session_state.get(_SETTLING, {})
    # Said again, because a browser that left the page before every slider was drawn has forgotten what the link said.
    for key, value in known.items():
        st.session_state[key] = value
    st.session_state[_PAGE] = page
    context = get_script_run_ctx()
    st.session_state[_SCRIPT] = context.page_script_hash if context else ""


def _asked_year(edition_name: str) -> dict[str, str]:
    """The year in focus that the address names, where the edition has it."""
    asked = st.query_params.get("year", "")
    return {"year": asked} if asked in edition(edition_name).years else {}


def _shorten_address(scenario: Scenario, overflowing: set[str]) -> None:
    """Take from the address, in one step, what need not stay there: values of the preset, the receipt, others' keys.

    Streamlit would take a value that a slider starts with from the address by itself, but each in a step of its own:
    a full link would be seventy steps Back away from the page before it. Only before sliders are drawn may they be
    taken away here, and on Back and Forward Streamlit adds no steps.
    """
    start = start_values()
    same = {key for key, value in scenario.values.items() if value == start[key]} - overflowing
    last_year = {"year"} if st.query_params.get("year") == edition(scenario.edition).years[-1] else set()
    foreign = {key for key in st.query_params if is_foreign(key)}
    leaving = same | last_year | foreign | {*LINK_KEYS} | ALIASES.keys() | RETIRED.keys()
    if any(key in st.query_params for key in leaving):
        kept = {key: st.query_params.get_all(key) for key in st.query_params if key not in leaving}
        st.query_params.from_dict({**kept, **_head(), **_titled()})
        st.session_state[_WRITTEN] = _head()


def _take_title() -> tuple[Refusal, ...]:
    """Keep the title that the address names, and name what of it was not used."""
    given = st.query_params.get_all("title")
    text = given[0] if given else ""
    st.session_state[_TITLE] = title = clean_title(text)
    repeated = [refusal("title", other, "given more than once", "the first") for other in given[1:]]
    if len(text) > LONGEST_TITLE:
        limit = f"longer than {LONGEST_TITLE} characters"
        return (refusal("title", text, limit, f"its first {len(title)}"), *repeated)
    return tuple(repeated)


def _take_receipt(scenario: Scenario, mended: bool) -> tuple[Refusal, ...]:
    """Compare the results that the address says its sender saw with those it gives, and name an unreadable receipt."""
    given = st.query_params.get_all("saw")
    st.session_state[_RECEIPT] = None
    if not given:
        return ()
    repeated = tuple(refusal("saw", other, "given more than once", "the first") for other in given[1:])
    saw = read_fingerprint(given[0])
    if saw is None:
        return (refusal("saw", given[0], "not the results of a sender", "nothing"), *repeated)
    projection = project(scenario.values, scenario.edition)
    found = differences(saw, projection)
    if found:
        version = printable(st.query_params.get("model_version", "")[:SHOWN_VALUE])
        st.session_state[_RECEIPT] = Receipt(found, scenario.edition, version, projection.years[-1], mended)
    return repeated


def slider_values() -> dict[str, float]:
    """What the session knows of the sliders, also before they are drawn."""
    known = st.session_state.to_dict()
    return {key: known.get(key, value) for key, value in start_values().items()}


def settle(expected: dict[str, float]) -> None:
    """Draw the sliders again where the address moved one that was already counted, or where one took a refused value.

    Streamlit reads the address when it draws a slider, and takes texts that a link must not hold, such as " 0.5".
    """
    drawn, replaced = slider_values(), st.session_state.pop(_REPLACED, {})
    refused = {key: value for key, value in replaced.items() if drawn[key] != value}
    if st.session_state.pop(_SETTLING, None) is None and (refused or drawn != expected):
        st.session_state[_SETTLING] = refused
        st.rerun()


def group_fragment(group: str) -> str:
    """The fragment of a group's sliders."""
    return f"sliders_{group}"


def count_moved(group: str) -> int:
    """How many sliders of a group are not where they start, which stands below it."""
    moved = _moved(group)
    st.session_state.setdefault(_MOVED, {})[group] = moved
    return moved


def _moved(group: str) -> int:
    start = start_values()
    return sum(st.session_state.get(a.key, start[a.key]) != start[a.key] for a in BY_GROUP[group])


def open_group(group: str) -> None:
    """Open a group of sliders at the beginning of the visit; later, what the visitor opened and closed stays so."""
    st.session_state.setdefault(_OPEN, {group})


def group_widget(group: str) -> dict[str, Any]:
    """Key and callback of a group's expander, which is told whether it is open: a change of page forgets it."""
    key = f"group_{group}"
    st.session_state[key] = group in st.session_state[_OPEN]

    def toggled() -> None:
        others = st.session_state[_OPEN] - {group}
        st.session_state[_OPEN] = others | {group} if st.session_state[key] else others
        draw(group_fragment(group))

    return {"key": key, "on_change": toggled}


def wants_sliders(group: str, moved: int) -> bool:
    """Whether a group's sliders are drawn: it is open, or was, or the address or a value is not where it starts.

    Streamlit takes a slider that is not drawn out of the address, so what the address must say stays drawn.
    moved: how many of its sliders are not where they start
    """
    wanted: set[str] = st.session_state.setdefault(DRAWN, set())
    is_open = group in st.session_state[_OPEN]
    addressed = set(st.query_params)  # each look into the address by itself takes a lock
    if is_open or moved or any(a.key in addressed for a in BY_GROUP[group]):
        wanted.add(group)
    return group in wanted


@dataclass(frozen=True, slots=True)
class Summary:
    """What the sidebar says of the scenario.

    edited: how many values are not the preset's; listed: key and value of each, where their list is open
    """

    edited: int
    listed: tuple[tuple[str, float], ...]
    undoable: bool
    redoable: bool


def _summary() -> Summary:
    values, start = slider_values(), start_values()
    edited = tuple((key, value) for key, value in values.items() if value != start[key])
    # A move that is not yet in the history is what can be undone.
    new = _is_new(values)
    listed = edited if st.session_state.get(LISTED) else ()
    return Summary(len(edited), listed, can_step(-1) or new, can_step(1) and not new)


def summary_to_draw() -> Summary:
    """What the sidebar is about to say."""
    found = st.session_state[_SUMMARY] = _summary()
    return found


def slider_moved(key: str) -> None:
    """Draw what follows from the sliders, and not the sliders, in a callback.

    Everything is drawn where break-even values stand under the sliders.
    """
    group = ASSUMPTIONS[key].group
    if_changed = {
        SUMMARY: _summary() != st.session_state[_SUMMARY],
        TYPED: st.session_state[TYPED] and st.session_state.get(TYPED_KEY) == key,
        group_fragment(group): _moved(group) != st.session_state[_MOVED][group],
    }
    # The body last: a page may end a run before its end.
    draw(*(name for name, changes in if_changed.items() if changes), BODY, whole=chosen(BREAK_EVEN))


def draw(*fragments: str, whole: bool = False) -> None:
    """Draw fragments, in a callback: the one that a control is in too, where what is in it changes.

    Left to itself, Streamlit draws only one fragment where things in several are pressed before the browser, while it
    is busy, can say so. Everything is drawn where the visitor also went to another page or back.
    whole: draw everything
    """
    context = get_script_run_ctx()
    elsewhere = context is None or context.page_script_hash != st.session_state[_SCRIPT]
    st.rerun("app" if whole or elsewhere or _by_history() else fragments)


def _refused_year(edition_name: str) -> tuple[Refusal, ...]:
    """The year in focus that a link names, where the edition has no such year."""
    years, asked = edition(edition_name).years, st.query_params.get("year", "")
    if not asked or asked in years:
        return ()
    return (year_refusal(asked, years),)


def _take_choices(page: str) -> tuple[Refusal, ...]:
    """Keep what the address says of the page's controls, and name what of it was not used."""
    kept, refusals = read_choices(_address_pairs(), page)
    _keep_choices(page, kept)
    return refusals


def _keep_choices(page: str, kept: Mapping[str, str]) -> None:
    """Keep what is chosen on a page, and for every page what is chosen for all."""
    for_all = {choice.key for choice in CHOICES if choice.page == EVERYWHERE}
    _choices_by_page()[page] = {key: text for key, text in kept.items() if key not in for_all}
    _choices_by_page()[EVERYWHERE] = {key: text for key, text in kept.items() if key in for_all}


def _kept_choices(page: str) -> dict[str, str]:
    """What is chosen on a page, and for every page."""
    return {**_choices_by_page().get(page, {}), **_choices_by_page().get(EVERYWHERE, {})}


def chosen(choice: Choice[T]) -> T:
    """What is chosen, also before the page's view is known."""
    given = _kept_choices(page_path()).get(choice.key)
    return choice.default if given is None else choice.read(given)


def _choices_by_page() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = st.session_state.setdefault(_CHOICES, {})
    return found


def widget(choice: Choice[Any], place: str = "") -> dict[str, Any]:
    """Key and callback of the control of a choice, which is given what is chosen before it is drawn.

    place: tells controls of one choice apart, where a page has several
    """
    name = f"choice_{choice.key}{f'_{place}' if place else ''}"
    return control(name, chosen(choice), lambda value: choose({choice: value}))


def control(name: str, value: Any, changed: Callable[[Any], None]) -> dict[str, Any]:
    """Key and callback of a control that is given its value before it is drawn, and gives the new one.

    After Back it is another control: what the browser sends before it has drawn the page again still holds the old
    one's value, which would be taken for a new choice.
    """
    steps = st.session_state.get(_STEPS, 0)
    key = f"{name}_{steps}" if steps else name
    st.session_state[key] = value

    def changed_here() -> None:
        if st.session_state.get(_STEPS, 0) == steps:
            changed(st.session_state[key])

    return {"key": key, "on_change": changed_here}


def number_widget(choice: Choice[Any]) -> dict[str, Any]:
    """As `widget`, with the bounds of the choice, for a slider or a box for numbers."""
    assert choice.bounds is not None
    low, high = choice.bounds
    return {"min_value": low, "max_value": high, **widget(choice)}


def choose(made: Mapping[Choice[Any], Any]) -> None:
    """Choose on the page being shown, in a callback.

    Streamlit loses what is bound inside a page on Back, so choices are written to the address here: in one
    step, so that one step Back is what was chosen before.
    """
    before = _kept_choices(page_path())
    kept = before
    for choice, value in made.items():
        kept = changed_choices(kept, choice, value)
    if kept == before:  # Streamlit takes the list that a control gives for a change of the tuple it was given
        return
    _keep_choices(page_path(), kept)
    _write_choices(kept)
    if any(choice.page == EVERYWHERE for choice in made):
        st.rerun()


def _write_choices(kept: Mapping[str, str]) -> None:
    """Write what is chosen on the page being shown to the address, in one step."""
    mine = (page_path(), EVERYWHERE)
    gone = [choice.key for choice in CHOICES if choice.page in mine and choice.key not in kept]
    gone += LINK_KEYS
    leaving = [key for key in gone if key in st.query_params]
    # An empty list takes a key out of the address in the same step; then out of what Streamlit remembers.
    st.query_params.update({**_head(), **_titled(), **kept, **{key: [] for key in leaving}})
    for key in leaving:
        del st.query_params[key]
    st.session_state[_WRITTEN] = _head()


def _address_pairs() -> list[tuple[str, str]]:
    return [(key, text) for key in st.query_params for text in st.query_params.get_all(key)]


def _by_history() -> bool:
    """Whether Back or Forward brought the visitor here: then the address decides, also where it says nothing."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def carry_address(paths: Mapping[str, str]) -> None:
    """Put edition, preset, model version, moved sliders and the page's choices back where a page link dropped them.

    Called before the navigation, in one step and in the order the address had: Streamlit then takes it into the new
    page's address, and one step Back is the page before. Left to itself it would add each moved slider in a step of
    its own, and Back could lead to a step without them.
    paths: the path of every page by the hash of its script
    """
    dropped = st.session_state.get(_WRITTEN) and not any(key in st.query_params for key in _HEAD)
    context = get_script_run_ctx()
    if not dropped or context is None or context.is_history_navigation:
        return
    kept = _kept_choices(paths.get(context.page_script_hash, ""))
    there = {key: st.query_params.get_all(key) for key in st.query_params}
    address: dict[str, str | list[str]] = {**_head(), **_titled(), **kept, **_moved_in_address(), **there}
    order = {key: place for place, key in enumerate(st.session_state.get(_ORDER, ()))}
    with context.session_state.query_params() as query:  # what is bound to a slider may not be written otherwise
        query.clear_with_no_forward_msg(preserve_embed=True)
        for key in sorted(address, key=lambda key: order.get(key, len(order))):
            query.set_with_no_forward_msg(key, address[key])
    st.query_params.update(_head())


def _moved_in_address() -> dict[str, str]:
    """What the sliders and the year in focus write into the address: what is not where it starts."""
    start, years = start_values(), edition(chosen_start()[0]).years
    moved = {key: number_text(value) for key, value in slider_values().items() if value != start[key]}
    year = st.session_state.get("year", years[-1])
    return moved if year == years[-1] else {**moved, "year": year}


def _titled() -> dict[str, str]:
    return {"title": title()} if title() else {}


def _head() -> dict[str, str]:
    edition_name, preset = chosen_start()
    return {"edition": edition_name, "model_version": MODEL_VERSION, "preset": preset}


def write_address() -> None:
    """Keep edition, preset and model version in the address bar, so that a copied address means the same later.

    Called after the sliders, so that one step Back from a newly chosen preset is the old one. A bare
    address stays bare until something is chosen.
    """
    head = _head() | _titled()
    pristine = not st.query_params.to_dict() and current_view().scenario == default_scenario() and not title()
    if not pristine and any(st.query_params.get(key) != value for key, value in head.items()):
        st.query_params.update(head)
        st.session_state[_WRITTEN] = _head()
    # A receipt is stale after the first move of a slider, and an old name would come back beside the new one.
    for key in (*LINK_KEYS, *ALIASES, *RETIRED, *([] if title() else ["title"])):
        if key in st.query_params:
            del st.query_params[key]
    context = get_script_run_ctx()
    # As the browser has it: what Streamlit keeps is in another order once a slider has moved.
    st.session_state[_ORDER] = tuple(key for key, _ in to_pairs(context.query_string)) if context else ()


def start_values() -> dict[str, float]:
    """What every slider defaults to: the chosen preset on the chosen edition."""
    edition_name, preset = st.session_state[_START]
    return preset_values(preset, edition_name)


def chosen_start() -> tuple[str, str]:
    """The chosen edition and preset."""
    start: tuple[str, str] = st.session_state[_START]
    return start


def choose_start(edition_name: str, preset: str, keep_edits: bool = False, draw: bool = True) -> None:
    """Start from a preset on an edition, in a callback; edits are kept only where asked.

    draw: the sliders again; not where the script goes to another page, which draws them
    """
    before = start_values()
    values = preset_values(preset, edition_name)
    for key in ASSUMPTIONS:
        edited = keep_edits and st.session_state.get(key, before[key]) != before[key]
        if not edited:
            st.session_state[key] = values[key]
    _start_from(edition_name, preset)
    if not keep_edits:  # in one step, so that one step Back is the scenario before
        st.session_state[_TITLE] = ""  # it was another scenario's
        chart = st.query_params.get("chart", "")
        kept = _kept_choices(page_path())
        st.query_params.from_dict(_head() | ({"chart": chart} if chart else {}) | kept)
        st.session_state[_WRITTEN] = _head()
    if draw:
        st.rerun()


def _start_from(edition_name: str, preset: str) -> None:
    if edition_name != chosen_start()[0]:
        st.session_state["year"] = edition(edition_name).years[-1]
    st.session_state[_START] = (edition_name, preset)


def set_value(key: str, value: float) -> None:
    """Give one slider a value, in a callback; beyond its bounds it takes the bound."""
    a = ASSUMPTIONS[key]
    st.session_state[key] = min(max(float(value), a.minimum), a.maximum)
    st.rerun()


def reset_to_preset() -> None:
    """Give every slider the preset's value again, in a callback."""
    choose_start(*chosen_start())


def reset_to_status_quo() -> None:
    """Go back to the current edition with nothing moved, in a callback."""
    start = default_scenario()
    choose_start(start.edition, start.preset)


def reset_one(key: str) -> None:
    """Give one slider the preset's value again, in a callback."""
    set_value(key, start_values()[key])


def notices() -> tuple[Refusal, ...]:
    """What the link asked for and did not get."""
    found: tuple[Refusal, ...] = st.session_state.get(_NOTICES, ())
    return found


def receipt() -> Receipt | None:
    """What the link's sender saw and this app does not give."""
    found: Receipt | None = st.session_state.get(_RECEIPT)
    return found


def dismiss_notices() -> None:
    """Forget the notices, in a callback."""
    st.session_state[_NOTICES] = ()
    st.session_state[_RECEIPT] = None


def title() -> str:
    """What the sender of the link, or the visitor, calls the scenario."""
    found: str = st.session_state.get(_TITLE, "")
    return found


def set_title(text: str) -> None:
    """Call the scenario something, in a callback."""
    st.session_state[_TITLE] = clean_title(text)


def page_path() -> str:
    """The path of the page being shown, without the app's own: empty for the first page."""
    path: str = st.session_state[_PAGE]
    return path


def only_chart() -> str:
    """The one chart that the address asks for, or nothing where the page is shown whole."""
    asked = st.query_params.get("chart", "")
    return "" if asked == st.session_state.get(_NO_CHART) else asked


def refuse_chart(name: str) -> None:
    """Show the page whole, and say that it has no such chart."""
    st.session_state[_NO_CHART] = name
    refused = refusal("chart", name, "not a chart of this page", "the whole page")
    st.session_state[_NOTICES] = (*notices(), refused)


def charts_of_page() -> dict[str, str]:
    """Charts that this page drew when it was last shown: name to title."""
    by_page: dict[str, dict[str, str]] = st.session_state.setdefault(_CHARTS, {})
    return by_page.setdefault(page_path(), {})


def year_index() -> int:
    """Which of the edition's fiscal years is in focus."""
    return edition(chosen_start()[0]).years.index(st.session_state["year"])


def keep_view() -> None:
    """Compute the scenario in the sliders and keep it for the page."""
    asked = Scenario(*chosen_start(), slider_values())
    _remember(asked)
    st.session_state[_VIEW] = View.of(asked, year_index(), title(), _kept_choices(page_path()))


def _remember(scenario: Scenario) -> None:
    """Add the scenario to the history, unless it is the one shown; what had been undone is forgotten."""
    history: tuple[Scenario, ...] = st.session_state.get(_HISTORY, ())
    position: int = st.session_state.get(_POSITION, -1)
    if history and history[position] == scenario:
        return
    history = (*history[: position + 1], scenario)[-LONGEST_HISTORY:]
    st.session_state[_HISTORY], st.session_state[_POSITION] = history, len(history) - 1


def _is_new(values: dict[str, float]) -> bool:
    """Whether these values are not the scenario shown before: they are about to become history."""
    history: tuple[Scenario, ...] = st.session_state.get(_HISTORY, ())
    return bool(history and history[st.session_state[_POSITION]] != Scenario(*chosen_start(), values))


def can_step(step: int) -> bool:
    """Whether the history has a scenario before (-1) or after (+1) the one shown."""
    history: tuple[Scenario, ...] = st.session_state.get(_HISTORY, ())
    position: int = st.session_state.get(_POSITION, 0)
    return 0 <= position + step < len(history)


def take_step(step: int) -> None:
    """Undo (-1) or redo (+1), in a callback."""
    if can_step(step):
        st.session_state[_POSITION] += step
        scenario = st.session_state[_HISTORY][st.session_state[_POSITION]]
        for key, value in scenario.values.items():
            st.session_state[key] = value
        _start_from(scenario.edition, scenario.preset)
        st.rerun()


def current_view() -> View:
    """The view that the frame computed in this run."""
    view: View = st.session_state[_VIEW]
    return view
