"""What visitors choose on a page is declared once: it is read, refused, kept and shared from there."""

import ast
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.links import PAGE_KEYS, scenario_of_preset
from model.registry import ASSUMPTIONS
from pages.kit.view import View
from pages.session import choices
from pages.session.choices import CHOICES, EVERYWHERE, Choice, changed_choices, read_choices
from tests.pages.opened import FOLDER, PAGES, drawn, opened, view_of

EVERY_PAGES_KEYS = {"embed", "embed_options", "chart", "saw", "title", "pin", "year"}
each_choice = pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice.key)


def test_links_know_every_choice_and_no_name_stands_for_two_things() -> None:
    keys = [choice.key for choice in CHOICES]
    assert len(set(keys)) == len(keys)
    assert set(keys) | EVERY_PAGES_KEYS == PAGE_KEYS
    assert not set(keys) & EVERY_PAGES_KEYS
    assert not PAGE_KEYS & {"edition", "preset", "model_version", *ASSUMPTIONS}


@each_choice
def test_a_choice_belongs_to_a_page_and_its_default_is_left_out_of_links(choice: Choice[object]) -> None:
    assert choice.page == EVERYWHERE or choice.page in PAGES
    assert choice.of(View.of(scenario_of_preset("status_quo"), 0)) == choice.default
    assert read_choices([(choice.key, choice.text(choice.default))])[0] == {}
    given = list(choice.default) if isinstance(choice.default, tuple) else choice.default  # as a control gives it
    assert changed_choices({choice.key: "x", "other": "y"}, choice, given) == {"other": "y"}


@pytest.mark.parametrize(
    ("choice", "value", "text"),
    [
        (choices.BAR_SHARE, 0.07, "0.07"),
        (choices.MILESTONES_NEEDED, 1, "1"),
        (choices.MILESTONES[0], True, "true"),
        (choices.PAYBACK_OF, "Honda", "Honda"),
        (choices.WITH, "preset=article\npreset=tariffs_25", "preset=article\npreset=tariffs_25"),
    ],
)
def test_what_is_chosen_reads_back(choice: Choice[object], value: object, text: str) -> None:
    kept = changed_choices({}, choice, value)
    assert kept == {choice.key: text}
    assert read_choices(kept.items()) == (kept, ())
    view = View.of(scenario_of_preset("article"), 2, choices=kept)
    assert choice.of(view) == value
    assert f"{choice.key}={quote(text, safe='')}".replace("%20", "+") in view.link


@pytest.mark.parametrize(
    ("key", "text", "reason"),
    [
        ("stance_bar_share", "0.9", "above the highest value, 0.3"),
        ("stance_bar_share", "nan", "not a plain number such as 0.15"),
        ("stance_milestones_needed", "1.5", "not a whole number"),
        ("stance_contract_signed", "yes", "neither true nor false"),
        ("payback_of", "<b>Ford", "not one of Both, Honda, Nissan"),
        ("section", "facts", "not one of"),
    ],
)
def test_a_bad_choice_is_named_with_the_reason_and_what_is_used(key: str, text: str, reason: str) -> None:
    kept, (refused,) = read_choices([(key, text)])
    assert not kept
    assert (refused.key, refused.value) == (key, text)
    assert reason in refused.reason
    assert refused.used


def test_a_choice_given_twice_is_the_first_and_lines_are_joined() -> None:
    kept, (refused,) = read_choices([("payback_of", "Honda"), ("payback_of", "Nissan"), ("with", "a"), ("with", "b")])
    assert kept == {"payback_of": "Honda", "with": "a\nb"}
    assert (refused.value, refused.reason) == ("Nissan", "given more than once")


def test_a_page_reads_its_own_choices_only() -> None:
    pairs = [("preset", "article"), ("payback_of", "Ford"), ("verdict", "Wrong")]
    assert read_choices(pairs, "article") == ({"verdict": "Wrong"}, ())


@given(st.lists(st.tuples(st.sampled_from([choice.key for choice in CHOICES]), st.text(max_size=70)), max_size=6))
def test_no_text_breaks_the_reading_of_choices(pairs: list[tuple[str, str]]) -> None:
    kept, refusals = read_choices(pairs)
    assert read_choices(kept.items()) == (kept, ())
    assert all(len(refused.value) <= 61 and refused.value.isprintable() for refused in refusals)


def test_controls_inside_pages_are_not_bound_to_the_address_by_streamlit() -> None:
    for page in FOLDER.rglob("*.py"):
        calls = [node for node in ast.walk(ast.parse(page.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
        bound = [call for call in calls if any(keyword.arg == "bind" for keyword in call.keywords)]
        assert not bound or page.name == "sidebar.py", page


def test_a_bad_choice_in_a_link_is_named_on_its_page_and_a_good_one_is_kept_over_page_links() -> None:
    app = opened("preset=alliance_good&payback_of=Ford&stance_bar_share=0.1", "investor")
    assert "“Ford”" in "".join(warning.value for warning in app.warning)
    assert view_of(app).choices == {"stance_bar_share": "0.1"}
    drawn(app.switch_page("plant/page.py"))
    assert view_of(app).choices == {}
    drawn(app.switch_page("investor/page.py"))
    assert view_of(app).choices == {"stance_bar_share": "0.1"}
    assert app.slider(key="choice_stance_bar_share").value == 0.1


def test_a_control_writes_its_choice_and_its_default_takes_it_away() -> None:
    app = opened("preset=alliance_good", "investor")
    app.slider(key="choice_stance_bar_share").set_value(0.2)
    drawn(app)
    assert app.query_params["stance_bar_share"] == "0.2"
    app.slider(key="choice_stance_bar_share").set_value(choices.BAR_SHARE.default)
    drawn(app)
    assert "stance_bar_share" not in app.query_params


def test_a_page_and_its_address_never_say_two_things() -> None:
    app = opened("preset=alliance_good&stance_bar_share=0.1", "investor")
    app.query_params["stance_bar_share"] = "0.2"  # as after Back, where Streamlit does not say that it was Back
    app.query_params["payback_of"] = "Honda"
    drawn(app)
    assert app.slider(key="choice_stance_bar_share").value == 0.1
    assert app.query_params["stance_bar_share"] == "0.1"
    assert "payback_of" not in app.query_params
