"""Sharing on every page: links, receipt, title, snippet, and the page that is one chart."""

import contextlib
import html
import io
import json
import re
from urllib.parse import quote

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from model import MODEL_VERSION
from model.editions import DEFAULT_EDITION, edition
from model.links import (
    LONGEST_KEPT,
    LONGEST_LINK,
    LONGEST_TITLE,
    NOT_WHOLE,
    Scenario,
    default_scenario,
    fit_capacity,
    from_query,
    scenario_of_preset,
    share_query,
    to_pairs,
)
from model.presets import DEFAULT_PRESET
from model.projection import project
from model.receipt import fingerprint
from model.registry import ASSUMPTIONS
from pages.kit.exports import csv_text, xlsx_bytes
from pages.kit.view import View
from pages.overview.profit import PROFIT
from tests.pages.opened import (
    ADDRESS,
    PAGES,
    chart_specs,
    choose_preset,
    drawn,
    opened,
    opened_with_tables,
    values_of,
    view_of,
)
from tests.pages.test_links_to_pages import is_plain, unescaped

frame_alone = pytest.mark.usefixtures("frame_alone")
HOSTILE = ["<script>alert(1)</script>", "[x](javascript:alert(1))", '=HYPERLINK("http://x")', "**b** :red[x] $x$ `c`"]
DEFAULTS = edition(DEFAULT_EDITION).defaults
CHANGED = "1.0_2.0_3.0_4.0_5.0_6.0"


def saw_of(link: str) -> str:
    scenario, _ = from_query(link)
    return fingerprint(project(scenario.values, scenario.edition))


def shared(link: str, page: str = "overview") -> AppTest:
    """The app opened by a link, with Share open."""
    app = opened(link, page, sliders=True)
    app.session_state["share"] = True
    return drawn(app)


def link_of(app: AppTest) -> str:
    """The link that Share offers."""
    return snippet_of(app, "Link: ")


def snippet_of(app: AppTest, begins: str) -> str:
    """The snippet whose label begins so."""
    return next(text for label, text in texts_to_copy(app).items() if label.startswith(begins))


def texts_to_copy(app: AppTest) -> dict[str, str]:
    texts = [json_of(box) for box in app.get("bidi_component")]
    return {text["label"]: text["text"] for text in texts}


def json_of(box: object) -> dict[str, str]:
    found: dict[str, str] = json.loads(box.proto.json)  # type: ignore[attr-defined]
    return found


# ----------------------------------------------------------------- links


@frame_alone
@pytest.mark.parametrize("page", PAGES)
def test_every_page_offers_a_link_to_itself(page: str) -> None:
    app = shared("preset=article&japan_tariff_share=0.2&year=FY2028/3", page)
    link = link_of(app)
    path = "" if page == "overview" else page
    assert link.startswith(f"{ADDRESS}{path}?")
    assert from_query(link) == (view_of(app).scenario, ())
    assert dict(to_pairs(link))["year"] == "FY2028/3"
    assert dict(to_pairs(link))["saw"] == fingerprint(view_of(app).projection)
    assert len(link) < 250


@frame_alone
def test_a_shared_link_opens_as_what_was_shared_without_a_word() -> None:
    app = shared("preset=alliance_good&canton_honda_trucks_kveh=300&platform_saving_jpy_bn=42")
    again = opened(link_of(app), sliders=True)
    assert values_of(again) == view_of(app).scenario.values
    assert view_of(again).scenario == view_of(app).scenario
    assert not again.info
    assert not again.warning


@frame_alone
def test_the_body_is_drawn_only_when_share_is_open() -> None:
    assert not opened("").get("bidi_component")
    assert len(shared("").get("bidi_component")) == 3


@frame_alone
def test_share_offers_the_live_workbook_of_what_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[View, str]] = []
    monkeypatch.setattr("pages.sharing.workbook_bytes", lambda *given: made.append(given) or b"")
    app = shared("preset=alliance_good&japan_tariff_share=0.2&title=Plan&year=FY2028/3", "tariffs")
    assert "xlsx_workbook" in {button.key for button in app.get("download_button")}
    assert not made  # it is made when it is asked for


@frame_alone
def test_share_offers_the_scenario_as_a_file_that_needs_no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[View, str]] = []
    monkeypatch.setattr("pages.sharing.scenario_html", lambda *given: made.append(given) or b"")
    app = shared("preset=alliance_good&title=Plan")
    assert "html_scenario" in {button.key for button in app.get("download_button")}
    assert not made  # it is made when it is asked for


@frame_alone
def test_a_link_is_right_under_a_base_path_and_without_an_address() -> None:
    app = opened("", "tariffs")
    app.context = {"url": "https://proxy.example.com/team/explorer/tariffs"}
    app.session_state["share"] = True
    assert link_of(drawn(app)).startswith("https://proxy.example.com/team/explorer/tariffs?whole=1&edition=")
    app.context = {}
    assert link_of(drawn(app)).startswith("?whole=1&edition=")


@frame_alone
def test_a_cut_link_is_named_above_the_page_once_and_leaves_an_address_that_can_be_copied() -> None:
    link = link_of(shared("preset=usmca_lapses&pass_through_share=0.35&title=Board"))
    end = link.index("pass_through_share=0.3") + len("pass_through_share=0.3")
    for cut in (link[:end], link[: link.index("&model_version")], link[: link.index("&end=")]):
        again = opened(cut)
        (notice,) = again.warning
        assert (
            unescaped(notice.value) == "- **link**: this link is not whole: its end is missing; what was read is used."
        )
        assert not {"whole", "end", "saw"} & set(again.query_params)
    whole = opened(link)
    assert not whole.warning
    assert not {"whole", "end", "saw"} & set(whole.query_params)
    assert whole.query_params["pass_through_share"] == "0.35"


@frame_alone
def test_a_value_changed_by_hand_in_a_shared_link_is_no_cut() -> None:
    link = link_of(shared("preset=usmca_lapses&pass_through_share=0.35"))
    app = opened(link.replace("pass_through_share=0.35", "pass_through_share=0.4"), sliders=True)
    assert not app.warning
    assert app.slider(key="pass_through_share").value == 0.4
    assert "the link was changed after it was made" in app.info[0].value, "its receipt tells"


@frame_alone
def test_keys_of_sharing_services_are_passed_over_and_leave_the_address() -> None:
    app = opened("utm_source=mail&preset=article&fbclid=x&_=1")
    assert not app.warning
    assert view_of(app).scenario == scenario_of_preset("article")
    assert not {"utm_source", "fbclid", "_"} & set(app.query_params)
    (notice,) = opened("preset=article&utm=mail").warning
    assert "unknown key" in notice.value


def test_choices_of_a_page_are_shared() -> None:
    assert dict(to_pairs(link_of(shared("section=Facts", "sources"))))["section"] == "Facts"


def test_an_embed_snippet_is_escaped_and_shows_the_chart() -> None:
    app = shared(f"title={quote(HOSTILE[0])}")
    app.selectbox(key="share_chart").select("tariff_cost" if "tariff_cost" in charts_of(app) else charts_of(app)[1])
    drawn(app)
    snippet = snippet_of(app, "Embed")
    assert snippet.count("<") == 2
    source = html.unescape(re.search(r'src="([^"]*)"', snippet)[1])  # type: ignore[index]
    pairs = dict(to_pairs(source))
    assert pairs["embed"] == "true"
    assert pairs["chart"] == app.selectbox(key="share_chart").value
    assert len(chart_specs(opened(source))) == 1


def test_what_a_sandboxed_frame_needs_is_said_beside_the_snippet() -> None:
    (said,) = [caption.value for caption in shared("").caption if "sandbox" in caption.value]
    assert "`allow-scripts`" in said
    assert "`allow-same-origin`" in said


def charts_of(app: AppTest) -> list[str]:
    names: dict[str, dict[str, str]] = app.session_state["charts_by_page"]
    return list(names[""])


@frame_alone
@pytest.mark.parametrize("link", ["", 'preset=article&jpy_per_usd=133.7&year=FY2028/3&title=It\'s "mine"'])
def test_the_python_snippet_prints_the_numbers_of_the_app(link: str) -> None:
    app = shared(link)
    snippet = snippet_of(app, "Python")
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(snippet, {})
    view = view_of(app)
    printed = [line.split() for line in out.getvalue().splitlines()]
    assert len(printed) == 6
    for company, name, *year, value in printed:
        expected = (
            view.at_year(company, name)[0] if year else view.projection.once_company["alliance_npv_jpy_bn"][company]
        )
        assert float(value) == expected
        assert year in ([], [view.year_label])


# --------------------------------------------------------------- receipt


@frame_alone
@pytest.mark.parametrize("link", ["", "preset=article", "preset=alliance_good&jpy_per_usd=140&year=FY2028/3"])
def test_nothing_is_shown_where_all_results_agree(link: str) -> None:
    app = opened(f"{link}&saw={saw_of(link)}")
    assert not app.info
    assert not app.warning
    assert not app.error


@frame_alone
def test_results_that_differ_are_shown_beside_what_the_sender_saw() -> None:
    numbers = saw_of("preset=article").split("_")
    app = opened(f"preset=article&model_version={MODEL_VERSION}&saw={'_'.join(['999.9', *numbers[1:]])}")
    (notice,) = app.info
    told = unescaped(notice.value).replace("\N{NO-BREAK SPACE}", " ")
    (line,) = [line for line in told.splitlines() if line.startswith("-")]
    assert line == f"- **Honda: operating profit**: the sender saw JPY 999.9 bn, now it is JPY {numbers[0]} bn"
    assert f"Model of the link: {MODEL_VERSION}; model of this app: {MODEL_VERSION}; edition 2025-07." in told
    assert "the link was changed after it was made" in told
    assert "FY2030/3" in told


@frame_alone
def test_a_receipt_names_the_cause() -> None:
    (newer,) = opened(f"model_version=0.9&saw={CHANGED}").info
    assert "The model has changed since" in newer.value
    assert f"Model of the link: 0.9; model of this app: {MODEL_VERSION}" in unescaped(newer.value)
    (mended,) = opened(f"jpy_per_usd=x&saw={CHANGED}").info
    assert "Parts of the link could not be used" in mended.value
    assert len(newer.value.splitlines()) == 8


@frame_alone
@pytest.mark.parametrize("saw", ["x", "", "1.0", CHANGED + "_7.0", "1.0_2.0_3.0_4.0_5.0_nan", "<b>1</b>", "9" * 200])
def test_an_unreadable_receipt_is_named(saw: str) -> None:
    app = opened(f"saw={quote(saw)}")
    (notice,) = app.warning
    assert "not the results of a sender" in unescaped(notice.value)
    assert not app.info


@frame_alone
def test_the_receipt_leaves_the_address_and_goes_when_it_was_understood() -> None:
    app = opened(f"preset=article&title=Plan&saw={CHANGED}")
    assert "saw" not in app.query_params
    assert app.query_params["title"] == "Plan"
    app.slider(key="japan_tariff_share").set_value(0.2)
    assert drawn(app).info
    app.button(key="dismiss_notices").click()
    assert not drawn(app).info
    assert not drawn(app).info


@frame_alone
def test_of_two_receipts_the_first_is_read_and_the_other_named() -> None:
    app = opened(f"saw={saw_of('')}&saw={CHANGED}")
    (notice,) = app.warning
    assert "given more than once" in notice.value
    assert not app.info


# ----------------------------------------------------------------- title


@frame_alone
@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_is_shown_once_as_plain_words(title: str) -> None:
    app = opened(f"title={quote(title)}")
    (shown,) = [element.value for element in app.markdown if element.value.startswith("Shared as")]
    words = re.fullmatch(r"Shared as: \*\*(.*)\*\*", shown)
    assert words
    assert is_plain(words[1])
    assert unescaped(words[1]) == title
    assert not app.warning


@frame_alone
def test_a_title_that_is_too_long_is_cut_and_named() -> None:
    app = opened(f"title={'x' * 200}")
    assert view_of(app).title == "x" * LONGEST_TITLE
    assert "longer than 80 characters" in app.warning[0].value
    assert app.query_params["title"] == "x" * LONGEST_TITLE


@frame_alone
def test_a_typed_title_is_shown_shared_and_kept_on_other_pages() -> None:
    app = shared("preset=article")
    app.text_input(key="share_title").set_value("  My   plan ")
    drawn(app)
    assert view_of(app).title == "My plan"
    assert app.query_params["title"] == "My plan"
    assert dict(to_pairs(link_of(app)))["title"] == "My plan"
    app.switch_page("tariffs/page.py")
    assert view_of(drawn(app)).title == "My plan"
    choose_preset(app, "alliance_good")
    assert view_of(drawn(app)).title == ""
    assert "title" not in drawn(app).query_params


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_in_a_download_is_no_formula(title: str) -> None:
    view = View.of(default_scenario(), 4, title)
    table = PROFIT.table(view)
    lines = csv_text(table, view, ADDRESS).splitlines()
    (line,) = [line for line in lines if "Title: " in line]
    assert line == f"# Title: {title}".replace('"', "'")
    about = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(table, view, ADDRESS)))["About"]
    (cell,) = [row[0] for row in about.iter_rows() if str(row[0].value).startswith("Title: ")]
    assert (cell.data_type, cell.value) == ("s", f"Title: {title}")


# ------------------------------------------------- one chart, data links


def test_an_embedded_chart_is_alone_with_its_source_and_the_way_to_its_page() -> None:
    whole, (first, *_) = opened_with_tables("preset=article", "tariffs")
    assert len(chart_specs(whole)) > 1
    app = opened(f"embed=true&preset=article&chart={first.name}&title=Plan", "tariffs")
    ((_, described),) = chart_specs(app)
    assert described.startswith(first.title)
    assert not app.title
    assert not app.metric
    assert not app.get("download_button")
    origin = unescaped(next(c.value for c in app.caption if first.title in unescaped(c.value)))
    assert "Plan: The article's case" in origin
    assert f"edition 2025-07; model {MODEL_VERSION}" in origin
    (button,) = [b for b in app.get("link_button") if b.proto.label == "Open in Alliance Explorer"]
    assert button.proto.url.startswith(f"{ADDRESS}tariffs?")
    assert not {"embed", "chart"} & dict(to_pairs(button.proto.url)).keys()
    app.slider(key="japan_tariff_share").set_value(0.2)
    assert len(chart_specs(drawn(app))) == 1


@pytest.mark.parametrize("name", ["nope", "<b>x</b>", "profit"])
def test_a_chart_that_the_page_does_not_have_is_named_and_the_page_shown_whole(name: str) -> None:
    app = opened(f"chart={quote(name)}", "tariffs")
    (notice,) = app.warning
    assert "not a chart of this page" in notice.value
    assert unescaped(notice.value).startswith(f"- **chart**: “{name}”")
    assert app.title
    assert len(chart_specs(app)) == len(chart_specs(opened("", "tariffs")))
    assert len(drawn(app).warning) == 1


@pytest.mark.parametrize("page", ["overview", "tariffs"])
def test_each_chart_offers_the_address_of_its_data(page: str) -> None:
    app, shown = opened_with_tables("preset=article&year=FY2028/3&title=Plan", page)
    assert not [b for b in app.get("link_button") if b.proto.label == "Data link"]  # closed, it costs nothing
    for table in shown:
        app.session_state[f"download_{table.name}"] = True
    drawn(app)
    links = [b.proto.url for b in app.get("link_button") if b.proto.label == "Data link"]
    assert len(links) == len(shown)
    for link, table in zip(links, shown, strict=True):
        assert link.startswith(f"{ADDRESS}data/{table.name}.csv?")
        assert from_query(link) == (scenario_of_preset("article"), ())
        pairs = dict(to_pairs(link))
        assert pairs["year"] == "FY2028/3"
        assert "title" not in pairs


def test_the_link_of_share_is_that_of_the_model() -> None:
    app = shared("preset=tariffs_25")
    view = view_of(app)
    saw = fingerprint(view.projection)
    year = [("year", view.year_label)]
    assert link_of(app) == f"{ADDRESS}?{share_query(view.scenario, saw, '', year, checked=True)}"
    assert not [caption.value for caption in app.caption if "letters" in caption.value]


def test_a_link_longer_than_is_read_says_so_in_share_and_has_no_data_address() -> None:
    app = opened(f"with=preset%3Darticle%0A{'%22' * 9_000}", "compare")
    app.session_state["share"] = app.session_state["download_comparison_results"] = True
    drawn(app)
    link = link_of(app)
    assert len(link) > LONGEST_LINK
    said = " ".join(caption.value for caption in app.caption)
    assert f"The link has {len(link):,} letters, and 20,000 of a link are read: it may not open." in said
    (button,) = (b.proto for b in app.get("link_button") if b.proto.label == "Data link")
    assert button.disabled
    assert "and 20,000 are read" in button.help


def test_a_link_with_every_slider_moved_says_that_it_may_be_cut() -> None:
    moved = {key: a.maximum if a.maximum != DEFAULTS[key] else a.minimum for key, a in ASSUMPTIONS.items()}
    asked = Scenario(DEFAULT_EDITION, DEFAULT_PRESET, fit_capacity(moved)[0])
    app = shared(f"{share_query(asked)}&title=Everything+at+its+highest")
    link = link_of(app)
    assert len(link) > LONGEST_KEPT
    assert from_query(link)[0] == view_of(app).scenario
    said = [caption.value for caption in app.caption]
    assert f"The link has {len(link):,} letters, more than 2,000: some programs cut such links." in " ".join(said)
    assert "The link has no room for the whole title." in said
    cut, *_ = from_query(link[:1990])[1]
    assert cut.reason == NOT_WHOLE
