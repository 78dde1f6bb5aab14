"""A link opens the app with its values; what it cannot use is named beside what was used instead."""

import re
from urllib.parse import quote

import pytest

from model import MODEL_VERSION
from model.editions import DEFAULT_EDITION
from model.links import Scenario, from_query, number_text, to_pairs, to_query
from model.presets import PRESETS, preset_values
from model.registry import ASSUMPTIONS
from pages.data_api import BadQueryError, read_view
from pages.kit.words import WORD_JOINER, assumption_value, markdown_text
from pages.session.reading import read_pairs
from tests.pages.opened import PAGES, moved_by_group, opened, values_of, view_of

pytestmark = pytest.mark.usefixtures("frame_alone")

LINKS = [
    "japan_tariff_share=0.25",
    "preset=article",
    "preset=article&japan_tariff_share=0.2",
    "preset=alliance_good&jpy_per_usd=140&year=FY2028/3",
    "edition=2025-07&pass_through_share=0.5&own_elasticity=-2.5&market_elasticity=-2.5",
    "canton_honda_trucks_kveh=75.5&success_probability_share=0.123456789",
    "preset=tariffs_25&edition=2025-07",
    "japan_tariff_share=1.5e-1&usmca_tariff_share=.1",
]


@pytest.mark.parametrize("link", LINKS)
def test_a_link_puts_its_values_into_the_sliders(link: str) -> None:
    app = opened(link, sliders=True)
    scenario, refusals = from_query(link)
    assert not refusals
    assert values_of(app) == scenario.values
    assert not app.warning


@pytest.mark.parametrize("page", PAGES)
def test_every_page_takes_the_full_link(page: str) -> None:
    values = {key: a.minimum for key, a in ASSUMPTIONS.items()}
    link = to_query(Scenario("2025-07", "article", values))
    assert values_of(opened(link, page, sliders=True)) == values


def test_the_address_says_edition_model_and_preset_once_something_was_chosen() -> None:
    app = opened("japan_tariff_share=0.25")
    assert app.query_params["edition"] == DEFAULT_EDITION
    assert app.query_params["preset"] == "status_quo"
    assert "model_version" in app.query_params
    assert dict(opened().query_params) == {}


REFUSED = [
    ("japan_tariff_share=abc", "Tariff on cars from Japan", "abc", "not a plain number", "15 %"),
    ("japan_tariff_share=0.9", "Tariff on cars from Japan", "0.9", "above the highest value, 0.5", "15 %"),
    ("japan_tariff_share=-0.1", "Tariff on cars from Japan", "-0.1", "below the lowest value, 0", "15 %"),
    ("japan_tariff_share=nan", "Tariff on cars from Japan", "nan", "not a plain number", "15 %"),
    ("japan_tariff_share=1e999", "Tariff on cars from Japan", "1e999", "not a finite number", "15 %"),
    ("japan_tariff_share=", "Tariff on cars from Japan", "", "not a plain number", "15 %"),
    ("japan_tariff_share=%200.2", "Tariff on cars from Japan", " 0.2", "not a plain number", "15 %"),
    ("japan_tariff_share=0.2_5", "Tariff on cars from Japan", "0.2_5", "not a plain number", "15 %"),
    ("japan_tariff_share=٠.٢", "Tariff on cars from Japan", "٠.٢", "not a plain number", "15 %"),
    ("preset=article&japan_tariff_share=x", "Tariff on cars from Japan", "x", "not a plain number", "25 %"),
    (
        "japan_tariff_share=0.2&japan_tariff_share=0.3",
        "Tariff on cars from Japan",
        "0.3",
        "given more than once",
        "0.2",
    ),
    ("preset=nope", "preset", "nope", "unknown preset", "status_quo"),
    ("edition=1999-01", "edition", "1999-01", "unknown edition", DEFAULT_EDITION),
    ("model_version=0.0", "model_version", "0.0", "unknown model version", MODEL_VERSION),
    ("japan_tarif_share=0.2", "japan_tarif_share", "0.2", "unknown key", "nothing"),
    ("year=FY1999/3", "year", "FY1999/3", "not a fiscal year", "FY2031/3"),
    ("year=FY1999/3&year=FY2028/3", "year", "FY1999/3", "not a fiscal year", "FY2031/3"),
    ("year=", "year", "", "not a fiscal year", "FY2031/3"),
]


@pytest.mark.parametrize(("link", "name", "value", "reason", "used"), REFUSED)
def test_what_a_link_asks_in_vain_is_named_with_what_was_used(
    link: str, name: str, value: str, reason: str, used: str
) -> None:
    app = opened(link)
    (notice,) = app.warning
    told = unescaped(notice.value).replace("\N{NO-BREAK SPACE}", " ")
    assert f"- **{name}**: “{value}” was not used: {reason}" in told
    assert re.search(rf"Used instead: (the first, )?{re.escape(used)}\.$", told)


@pytest.mark.parametrize("link", [link for link, *_ in REFUSED])
def test_what_a_notice_says_was_used_is_what_the_sliders_show(link: str) -> None:
    app = opened(link, sliders=True)
    asked = read_pairs(to_pairs(link))
    assert values_of(app) == asked.scenario.asked
    assert view_of(app).scenario == asked.scenario.in_world(asked.first_world)


@pytest.mark.parametrize("link", [link for link, *_ in REFUSED])
def test_data_refuses_what_a_page_names(link: str) -> None:
    named = opened(link).session_state["link_refusals"]
    with pytest.raises(BadQueryError) as refused:
        read_view(link)
    assert refused.value.refusals == named


def test_of_two_years_in_focus_a_page_and_data_take_the_first_and_the_address_keeps_it() -> None:
    link = "preset=article&year=FY2028/3&year=FY2029/3"
    app = opened(link)
    assert view_of(app).year_label == read_view(link).year_label == "FY2028/3"
    assert app.query_params["year"] == "FY2028/3"


def test_many_refused_values_are_counted_rather_than_listed() -> None:
    (notice,) = opened("&".join(f"{key}=x" for key in ASSUMPTIONS)).warning
    assert len(notice.value.splitlines()) == 13
    assert notice.value.splitlines()[-1] == f"- and {len(ASSUMPTIONS) - 12} more"


def test_a_notice_goes_when_it_was_understood_and_stays_until_then() -> None:
    app = opened("japan_tariff_share=abc").run()
    assert app.warning
    app.button(key="dismiss_notices").click().run()
    assert not app.warning
    assert not app.run().warning


@pytest.mark.parametrize(
    ("link", "limit", "used"),
    [
        (
            "canton_honda_trucks_kveh=300",
            "Canton can build 410 thousand a year, which leaves room for 200 thousand trucks for Honda",
            200.0,
        ),
        (
            "canton_base_kveh=400&canton_honda_trucks_kveh=100&canton_capacity_kveh=450",
            "Canton can build 450 thousand a year, which leaves room for 50 thousand trucks for Honda",
            50.0,
        ),
        (
            "canton_base_kveh=450",
            "Canton can build 410 thousand a year, which leaves room for 410 thousand Nissan's own cars",
            0.0,
        ),
        (
            "preset=alliance_good&canton_capacity_kveh=250",
            "Canton can build 250 thousand a year, which leaves room for 40 thousand trucks for Honda",
            40.0,
        ),
    ],
)
def test_more_cars_than_canton_can_build_names_the_limit_and_computes_as_many_as_fit(
    link: str, limit: str, used: float
) -> None:
    app = opened(link, sliders=True)
    (notice,) = app.error
    assert limit in unescaped(notice.value)
    assert view_of(app).scenario.values["canton_honda_trucks_kveh"] == used
    assert values_of(app)["canton_capacity_kveh"] >= used
    # It goes with the next run in which everything fits.
    app.slider(key="canton_base_kveh").set_value(50.0)
    app.slider(key="canton_honda_trucks_kveh").set_value(0.0).run()
    assert not app.error


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "![x](https://evil.example/x.png)",
    ":red[x]",
    ":material/home: :smile:",
    "$x$",
    "`x` **x** __x__ ~~x~~",
    "www.example.com",
    "WWW.example.com",
    "https://example.com/x",
    "name@example.com",
    "x\n# heading\n- item",
    "x | y\n--- | ---",
    "\\",
]


def unescaped(text: str) -> str:
    """Markdown without its escapes: what a reader sees."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text).replace(WORD_JOINER, "")


def is_plain(markdown: str) -> bool:
    """Whether every mark is escaped and no address is whole."""
    bare = re.sub(r"\\[!-/:-@\[-`{-~]", "", markdown)
    return not re.search(r"[!-/:-@\[-`{-~]", bare) and not re.search(r"www\\?\.|\\?:\\?/|[^ ]@", bare, re.IGNORECASE)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("key", ["japan_tariff_share", "preset", "edition", "model_version", "year"])
def test_hostile_values_are_shown_as_plain_words(key: str, text: str) -> None:
    (notice,) = opened(f"{key}={quote(text)}").warning
    shown = re.search("“(.*?)” was not used", notice.value)
    assert shown, notice.value
    assert is_plain(shown[1])
    assert unescaped(shown[1]).split() == text.replace("\n", "\N{REPLACEMENT CHARACTER}").split() or key == "year"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_keys_are_shown_as_plain_words(text: str) -> None:
    (notice,) = opened(f"{quote(text)}=1").warning
    shown = re.fullmatch(r"- \*\*(.*?)\*\*: “1” was not used: unknown key. Used instead: nothing.", notice.value)
    assert shown, notice.value
    assert is_plain(shown[1])


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_given_first_of_two_is_shown_as_plain_words(text: str) -> None:
    (notice,) = opened(f"japan_tariff_share={quote(text)}&japan_tariff_share=0.2").warning
    used = re.search("Used instead: (.*).$", notice.value.splitlines()[0])
    assert used
    assert is_plain(used[1])


def test_labels_and_used_values_are_words_too() -> None:
    (notice,) = opened("canton_contribution_usd=x").warning
    assert markdown_text(assumption_value("canton_contribution_usd", 2000.0)) in notice.value
    assert number_text(2000.0) in unescaped(notice.value).replace(",", "")


@pytest.mark.parametrize(
    ("link", "counts"),
    [
        ("", {}),
        ("japan_tariff_share=0.25", {}),
        (
            "usmca_deduction_share=0.5&usmca_parts_rule_share=0.5&honda_tax_share=0.2",
            {"Policy: what the US charges": 2, "Finance": 1},
        ),
        ("preset=alliance_good", {}),
        ("preset=alliance_good&software_rd_share=0.3&japan_tariff_share=abc", {"Alliance": 1}),
    ],
)
def test_groups_say_how_many_of_their_values_were_changed_from_the_first_run_on(
    link: str, counts: dict[str, int]
) -> None:
    assert moved_by_group(opened(link)) == counts


@pytest.mark.parametrize("preset", PRESETS)
def test_the_link_of_a_page_reads_back_as_what_the_page_shows(preset: str) -> None:
    view = view_of(opened(f"preset={preset}&japan_tariff_share=0.2"))
    scenario, refusals = from_query(view.link)
    assert not refusals
    assert scenario == view.scenario
    assert scenario.values == {**preset_values(preset, PRESETS[preset].edition), "japan_tariff_share": 0.2}
