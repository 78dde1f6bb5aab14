"""The sidebar: every assumption as a slider, where the scenario starts, undo, and the ways back."""

import pytest
from streamlit.testing.v1 import AppTest

from data.story import tariff_rates
from model.editions import DEFAULT_EDITION, edition
from model.links import number_text, to_pairs
from model.presets import MAIN_PRESETS, PRESETS, preset_values
from model.registry import ASSUMPTIONS, ESTIMATE, GROUPS, LEVERS
from pages.kit import boxes
from pages.kit.landmarks import RATES, landmarks
from pages.kit.words import assumption_value, markdown_text, named_with_role, one_notation, quantity
from pages.session import redraw
from pages.sidebar import ESTIMATES_CAPTION
from tests.pages.opened import ADDRESS, FRAME, box_of, choose_preset, drawn, moved_by_group, opened, values_of, view_of
from tests.pages.test_links_to_pages import is_plain, unescaped

pytestmark = pytest.mark.usefixtures("frame_alone")


def in_order(group: str) -> list[str]:
    """The assumptions of a group that are no levers, its estimates below the others."""
    keys = [key for key, a in ASSUMPTIONS.items() if a.group == group and key not in LEVERS]
    return sorted(keys, key=lambda key: ASSUMPTIONS[key].role == ESTIMATE)


def helps_of(app: AppTest) -> dict[str, str]:
    """What the help beside each name in the sidebar says, by name."""
    return {unescaped(name.value): name.proto.help for name in app.sidebar.markdown}


def test_every_assumption_has_its_slider_with_bounds_step_help_and_start_from_the_registry() -> None:
    app = opened(sliders=True)
    sliders = {slider.key: slider for slider in app.slider}
    assert list(sliders) == [*LEVERS, *(key for group in GROUPS for key in in_order(group))]
    helps = helps_of(app)
    start, world = preset_values("status_quo", DEFAULT_EDITION), edition(DEFAULT_EDITION)
    for key, a in ASSUMPTIONS.items():
        slider = sliders[key]
        assert (slider.label, slider.min, slider.max, slider.step) == (a.label, a.minimum, a.maximum, a.step), key
        assert slider.value == start[key], key
        told = helps[f":small[{a.label}]"]
        assert markdown_text(one_notation(a.help)) in told, key
        source, _ = world.source_of(key)
        for words in (*(assumption_value(key, v) for v in (a.low, a.high, start[key])), a.range_source, source):
            assert markdown_text(one_notation(words)) in told, key


def test_sliders_stand_in_the_group_of_their_question() -> None:
    app = opened(sliders=True)
    for group in GROUPS:
        shown = [slider.key for slider in app.expander(key=f"group_{group}").slider]
        assert shown == in_order(group)
        told = [caption.value for caption in app.expander(key=f"group_{group}").caption]
        assert (ESTIMATES_CAPTION in told) == any(ASSUMPTIONS[key].role == ESTIMATE for key in shown)


def test_a_group_says_which_of_its_assumptions_stand_above() -> None:
    app = opened(sliders=True)
    (above,) = [c.value for c in app.expander(key="group_plant").caption if c.value.startswith("Above")]
    assert ASSUMPTIONS["canton_honda_trucks_kveh"].label in unescaped(above)
    assert not [c.value for c in app.expander(key="group_trade").caption if c.value.startswith("Above")]


def test_an_assumption_that_is_found_stands_above_its_group_with_the_value_of_the_link() -> None:
    app, key = opened("honda_tax_share=0.25"), "honda_tax_share"
    finder = app.selectbox(key=redraw.FOUND)
    assert [option for option in finder.options if key in option] == [f"{ASSUMPTIONS[key].label} ({key})"]
    assert len(finder.options) == len(ASSUMPTIONS)
    finder.select(key)
    drawn(app)
    assert app.slider(key=key).value == 0.25
    assert key not in [slider.key for slider in app.expander(key="group_finance").slider]
    box_of(app, f"typed_{key}").set_value("27")
    drawn(app)
    app.selectbox(key=redraw.FOUND).set_value(None)
    drawn(app)
    assert app.expander(key="group_finance").slider(key=key).value == 0.27
    app.selectbox(key=redraw.FOUND).select(LEVERS[0])
    drawn(app)
    assert [slider.key for slider in app.slider].count(LEVERS[0]) == 1


def drawn_as_visited(app: AppTest) -> set[str]:
    """The groups whose sliders are drawn for a visitor, whole each, beside the levers, which always are."""
    app.run()
    assert not app.exception
    drawn_keys = {slider.key for slider in app.slider if slider.key in ASSUMPTIONS}
    assert drawn_keys.issuperset(LEVERS)
    groups = {ASSUMPTIONS[key].group for key in drawn_keys.difference(LEVERS)}
    assert drawn_keys == {*LEVERS, *(key for key, a in ASSUMPTIONS.items() if a.group in groups)}
    return groups


def visited(link: str) -> AppTest:
    app = AppTest.from_file(FRAME, default_timeout=30)
    app.context = {"url": ADDRESS}
    for key, value in to_pairs(link):
        app.query_params[key] = value
    return app


def test_a_group_has_its_sliders_once_it_is_open_and_keeps_them() -> None:
    app = visited("preset=article")
    assert drawn_as_visited(app) == set()
    app.session_state["groups_open"] = {"policy", "finance"}
    assert drawn_as_visited(app) == {"policy", "finance"}
    app.session_state["groups_open"] = set()
    assert drawn_as_visited(app) == {"policy", "finance"}
    assert view_of(app).scenario.values == preset_values("article", "2025-07")


def test_a_group_has_its_sliders_where_the_address_or_a_value_is_not_where_it_starts() -> None:
    app = visited("preset=article&honda_tax_share=0.25&jpy_per_usd=120")
    assert drawn_as_visited(app) == {"finance"}
    expected = {**preset_values("article", "2025-07"), "honda_tax_share": 0.25, "jpy_per_usd": 120.0}
    assert view_of(app).scenario.values == expected
    app.session_state["nissan_jpy_gap"] = 3.0
    assert drawn_as_visited(app) == {"finance", ASSUMPTIONS["nissan_jpy_gap"].group}
    app.button(key="undo").click()
    drawn_as_visited(app)
    assert app.slider(key="nissan_jpy_gap").value == preset_values("article", "2025-07")["nissan_jpy_gap"]
    choose_preset(app, "alliance_good")
    assert view_of(app).scenario.values == preset_values("alliance_good", PRESETS["alliance_good"].edition)


def test_a_bad_value_of_a_later_address_is_taken_out_by_its_slider() -> None:
    app = visited("preset=article")
    assert drawn_as_visited(app) == set()
    app.query_params["preset"] = "tariffs_25"
    app.query_params["software_rd_share"] = "abc"
    assert drawn_as_visited(app) == {"alliance"}
    assert "software_rd_share" not in app.query_params
    assert "abc" in app.warning[0].value


@pytest.mark.parametrize("preset", MAIN_PRESETS)
def test_choosing_a_preset_moves_every_slider_to_it(preset: str) -> None:
    other = "article" if preset == "status_quo" else "status_quo"
    app = opened(f"preset={other}&japan_tariff_share=0.3&jpy_per_usd=120", sliders=True)
    choose_preset(app, preset)
    assert values_of(app) == preset_values(preset, PRESETS[preset].edition)
    assert app.selectbox(key="edition_choice").value == PRESETS[preset].edition
    assert app.query_params["preset"] == preset
    assert app.sidebar.caption[0].value == PRESETS[preset].sentence


def test_ready_scenarios_are_listed_by_their_facts_each_with_what_it_is() -> None:
    app = opened()
    app.session_state[redraw.PRESETS] = True
    drawn(app)
    told = [element.value for element in (*app.sidebar.markdown, *app.sidebar.caption)]
    assert [words for words in told if ": facts of " in words] == [
        "**Today: facts of November 2026**",
        "**History: facts of May 2026**",
        "**History: facts of July 2025**",
    ]
    for name, preset in MAIN_PRESETS.items():
        assert app.button(key=f"preset_{name}").label == preset.label
        assert markdown_text(preset.sentence) in told


def test_a_scenario_on_other_facts_says_so_and_can_be_used_on_todays() -> None:
    app = choose_preset(opened(), "article")
    (told,) = app.info
    assert told.proto.title == "Other facts"
    words = unescaped(told.value).replace("\N{NO-BREAK SPACE}", " ")
    assert "stands on the facts of July 2025, the one before on those of November 2026" in words
    assert "Nissan \N{MINUS SIGN}JPY 315 bn in FY2030/3" in words
    app.button(key="on_todays_facts").click()
    drawn(app)
    assert view_of(app).scenario.edition == DEFAULT_EDITION
    assert view_of(app).scenario.asked == preset_values("article", DEFAULT_EDITION)
    assert not app.info
    assert not choose_preset(choose_preset(app, "status_quo"), "japan_back_at_25").info


def test_the_notice_of_other_facts_goes_when_it_was_understood() -> None:
    app = choose_preset(opened(), "article")
    app.button(key="dismiss_notices").click()
    assert not drawn(app).info
    assert not choose_preset(app, "status_quo").info


def test_an_edited_preset_is_called_edited() -> None:
    app = opened("preset=article", sliders=True)
    assert view_of(app).preset_label == "The article's case"
    app.slider(key="japan_tariff_share").set_value(0.2)
    drawn(app)
    assert view_of(app).preset_label == "The article's case (edited)"
    assert app.sidebar.caption[0].value == "The article's case (edited): 1 value edited."
    assert moved_by_group(app) == {}
    app.slider(key="usmca_deduction_share").set_value(0.1)
    app.slider(key="honda_tax_share").set_value(0.2)
    drawn(app)
    assert app.sidebar.caption[0].value == "The article's case (edited): 3 values edited."
    assert moved_by_group(app) == {GROUPS["policy"]: 1, GROUPS["finance"]: 1}


def test_what_was_edited_is_listed_with_what_it_was_and_can_be_taken_back_one_by_one() -> None:
    app = opened("preset=article&japan_tariff_share=0.2&honda_tax_share=0.25", sliders=True)
    app.session_state["edited_list"] = True
    drawn(app)
    told = [caption.value for caption in app.expander(key="edited_list").caption]
    assert told == [
        markdown_text(f"{named_with_role(key)}: {assumption_value(key, now)}, was {assumption_value(key, was)}")
        for key, now, was in (("japan_tariff_share", 0.2, 0.25), ("honda_tax_share", 0.25, 0.3))
    ]
    app.button(key="reset_japan_tariff_share").click()
    drawn(app)
    assert values_of(app) == {**preset_values("article", "2025-07"), "honda_tax_share": 0.25}


def test_reset_to_preset_takes_back_every_edit_and_nothing_else() -> None:
    app = opened(
        "preset=article&edition=2026-05&japan_tariff_share=0.2&honda_tax_share=0.25&year=FY2028/3", sliders=True
    )
    app.button(key="reset_preset").click()
    drawn(app)
    assert values_of(app) == preset_values("article", "2026-05")
    assert app.selectbox(key="edition_choice").value == "2026-05"
    assert app.selectbox(key="year").value == "FY2028/3"
    assert app.button(key="reset_preset").disabled


def test_status_quo_goes_back_to_the_current_edition_with_nothing_moved() -> None:
    app = opened("preset=article&japan_tariff_share=0.2", sliders=True)
    app.button(key="reset_status_quo").click()
    drawn(app)
    assert values_of(app) == preset_values("status_quo", DEFAULT_EDITION)
    assert app.selectbox(key="edition_choice").value == DEFAULT_EDITION
    assert not view_of(app).scenario.changed()


def test_changing_the_edition_keeps_what_was_edited_and_takes_the_rest_from_the_edition() -> None:
    app = opened("japan_tariff_share=0.2&jpy_per_usd=120", sliders=True)
    app.selectbox(key="edition_choice").select("2025-07")
    drawn(app)
    assert values_of(app) == {
        **preset_values("status_quo", "2025-07"),
        "japan_tariff_share": 0.2,
        "jpy_per_usd": 120.0,
    }
    assert app.session_state["scenario_start"][1] == "status_quo"
    assert app.selectbox(key="year").value == "FY2030/3"
    assert app.query_params["edition"] == "2025-07"


def test_undo_and_redo_walk_through_the_scenarios_of_the_session() -> None:
    app = opened(sliders=True)
    assert app.button(key="undo").disabled
    assert app.button(key="redo").disabled
    seen = [values_of(app)]
    for key, value in (("japan_tariff_share", 0.2), ("honda_tax_share", 0.25)):
        app.slider(key=key).set_value(value)
        seen.append(values_of(drawn(app)))
    choose_preset(app, "article")
    seen.append(values_of(drawn(app)))
    for before in (2, 1, 0):
        app.button(key="undo").click()
        assert values_of(drawn(app)) == seen[before]
    assert app.button(key="undo").disabled
    for after in (1, 2, 3):
        app.button(key="redo").click()
        assert values_of(drawn(app)) == seen[after]
    assert app.button(key="redo").disabled
    assert app.session_state["scenario_start"][1] == "article"


def test_a_new_move_after_undo_forgets_what_was_undone() -> None:
    app = opened(sliders=True)
    app.slider(key="japan_tariff_share").set_value(0.2)
    drawn(app).button(key="undo").click()
    drawn(app).slider(key="honda_tax_share").set_value(0.25)
    drawn(app)
    assert app.button(key="redo").disabled
    app.button(key="undo").click()
    assert values_of(drawn(app)) == preset_values("status_quo", DEFAULT_EDITION)


def typed(app: AppTest, key: str, text: str) -> AppTest:
    """Type over the value of an assumption and press Enter."""
    box_of(app, f"typed_{key}").set_value(text)
    return drawn(app)


def said(app: AppTest, key: str) -> list[str]:
    """What stands below the box of an assumption, as a visitor reads it."""
    label = ASSUMPTIONS[key].label
    told = [unescaped(element.value) for element in (*app.sidebar.caption, *app.sidebar.warning)]
    return [words for words in told if f"{label}: " in words]


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("japan_tariff_share", "17.3", 0.173),
        ("japan_tariff_share", "1,5", 0.015),
        ("japan_tariff_share", "25 %", 0.25),
        ("jpy_per_usd", "123.4", 123.4),
        ("platform_saving_jpy_bn", "55", 55.0),
        ("canton_honda_trucks_kveh", "60000", 60.0),
        ("honda_drift_jpy_bn", "\N{MINUS SIGN}5", -5.0),
    ],
)
def test_a_typed_value_moves_its_slider_exactly_and_what_was_applied_is_said(key: str, text: str, value: float) -> None:
    app = opened(sliders=True)
    before = view_of(app).scenario.values[key]
    typed(app, key, text)
    assert app.slider(key=key).value == value
    assert view_of(app).scenario.values[key] == value
    (words,) = said(app, key)
    number = boxes.of_assumption(ASSUMPTIONS[key])
    assert f"{ASSUMPTIONS[key].label}: {number.words(value)}, was {number.words(before)}." in words


def test_each_value_is_used_as_it_is_typed() -> None:
    app, key = opened(), "japan_tariff_share"
    for text, value in (("20", 0.2), ("30", 0.3), ("20", 0.2)):
        assert typed(app, key, text).slider(key=key).value == value
        assert box_of(app, f"typed_{key}").value == text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("abc", "not a plain number such as 15 or 7.5"),
        ("75", "above the highest value, 50\N{NO-BREAK SPACE}%"),
        ("1,500", "it may mean 1500\N{NO-BREAK SPACE}% or 1.5\N{NO-BREAK SPACE}%: type one of these"),
        ("[x](javascript:alert(1))", "not a plain number such as 15 or 7.5"),
    ],
)
def test_a_typed_value_that_cannot_be_used_is_named_and_the_one_before_stays(text: str, reason: str) -> None:
    key = "japan_tariff_share"
    app = typed(opened(), key, text)
    assert view_of(app).scenario.values[key] == 0.15
    (words,) = said(app, key)
    assert words == f"{ASSUMPTIONS[key].label}: “{text}” was not used: {reason}. 15\N{NO-BREAK SPACE}% stays."
    assert is_plain(app.sidebar.warning[0].value)
    assert box_of(app, f"typed_{key}").value == "15"


def test_the_box_shows_the_value_of_the_slider_also_after_it_moved() -> None:
    key = "japan_tariff_share"
    app = opened("japan_tariff_share=0.2")
    assert box_of(app, f"typed_{key}").value == "20"
    typed(app, key, "30").slider(key=key).set_value(0.1)
    drawn(app)
    assert box_of(app, f"typed_{key}").value == "10"
    assert not said(app, key)  # it told of a value that no longer holds


def test_what_the_browser_sends_of_a_box_that_it_has_not_drawn_anew_is_not_taken_for_typed() -> None:
    app, key = opened(), "japan_tariff_share"
    first = box_of(app, f"typed_{key}").key
    app.slider(key=key).set_value(0.2)
    drawn(app)
    moved = box_of(app, f"typed_{key}").key
    assert moved != first, "its text comes under a name that nothing listens to"
    assert box_of(typed(app, key, "30"), f"typed_{key}").key == moved, "who types keeps the box, and stays in it"
    assert app.slider(key=key).value == 0.3


@pytest.mark.parametrize("key", RATES)
def test_a_landmark_is_a_rate_of_the_table_with_its_source_and_puts_itself_on_the_slider(key: str) -> None:
    rates = {rate.id: rate for rate in tariff_rates()}
    app = opened(f"{key}={number_text(ASSUMPTIONS[key].maximum)}")
    for rate_id in RATES[key]:
        share = rates[rate_id].rate_share
        button = app.button(key=f"landmark_{key}_{number_text(share)}")
        assert quantity(share, "share") in unescaped(button.label)
        assert markdown_text(rates[rate_id].source) in button.help
        button.click()
        assert drawn(app).slider(key=key).value == share


def test_landmarks_of_the_levers_name_what_holds_today_in_the_order_of_the_track() -> None:
    today = edition(DEFAULT_EDITION).defaults
    for key in LEVERS:
        values = [landmark.value for landmark in landmarks(key)]
        assert values == sorted(values), key
        (holds,) = [mark for mark in landmarks(key) if mark.words.endswith((" today", " in guidance"))]
        assert holds.value == today[key]
        assert all(mark.source for mark in landmarks(key))


def test_the_year_in_focus_is_the_last_one_until_another_is_chosen() -> None:
    app = opened()
    assert app.selectbox(key="year").value == "FY2031/3"
    app.selectbox(key="year").select("FY2027/3")
    assert view_of(drawn(app)).year_label == "FY2027/3"
    assert view_of(opened("year=FY2028/3")).year_label == "FY2028/3"
