"""Figures of one's own on the pages: the form, and the mark on every surface where an edition is named."""

import datetime
import io
import re
import zipfile
from urllib.parse import urlencode

import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from model.editions import DEFAULT_EDITION, base_of, derived, edition, edition_words
from model.links import NOT_WHOLE, from_query
from model.registry import BASE_FIGURES
from pages.catalog import FIGURES
from pages.data_api import BadQueryError, read_view, table_json
from pages.kit import today
from pages.kit.edition_age import age_words, is_old, listed_words, months_since, months_words
from pages.kit.exports import csv_text, plain_csv, png_bytes, provenance, svg_text, xlsx_bytes
from pages.kit.words import markdown_text
from pages.overview.profit import PROFIT
from pages.own_figures import MORE
from pages.session import redraw
from pages.sources.archive import archive
from pages.sources.edition_rows import edition_in_words, edition_table
from tests.pages.opened import FOLDER, PAGES, box_of, choose_preset, drawn, opened, view_of

OP, RATE = "honda_guided_operating_profit_jpy_bn", "reference_jpy_per_usd"
QUERY = f"{OP}=550&{RATE}=150"
OWN = derived(DEFAULT_EDITION, {OP: 550.0, RATE: 150.0})
MARK = "2026-11 with 2 figures of your own"
ADDRESS = "http://localhost:8501/"


@pytest.fixture(autouse=True)
def a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(today, "today", lambda: datetime.date(2026, 11, 28))


def said(app: AppTest) -> str:
    words = [*(m.value for m in app.markdown), *(c.value for c in app.caption), *(i.value for i in app.info)]
    return "\n".join(words)


def form(link: str = "") -> AppTest:
    """The app with the form open."""
    app = opened(link)
    app.session_state[redraw.OWN] = True
    return drawn(app)


def typed(app: AppTest, key: str, text: str) -> AppTest:
    box_of(app, key).set_value(text).run()
    assert not app.exception, [e.message for e in app.exception]
    return app


def to_query_of(lines: str) -> str:
    """The query of a comparison of these lines."""
    return urlencode({"with": lines})


# ---------------------------------------------------------------------- every surface says so


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_so_below_its_title(page: str) -> None:
    words = said(opened(QUERY, page))
    assert MARK in words
    assert markdown_text(listed_words(OWN)) in words
    assert "figures of your own" not in said(opened("", page))


@pytest.mark.parametrize("page", PAGES)
def test_ones_own_guidance_is_reference_and_scenario_on_every_page(page: str) -> None:
    view = view_of(opened(f"{QUERY}&year=FY2027/3", page))
    assert view.at_year("honda", "operating_profit_jpy_bn") == (550.0, 550.0)
    assert view.at_year("honda", "reference_profit_jpy_bn") == (550.0, 550.0)
    assert not view.scenario.changed()


def test_every_form_of_a_download_says_so() -> None:
    view = read_view(QUERY)
    table = PROFIT.table(view)
    lines = "\n".join(provenance(table, view, ADDRESS))
    published = "Yours: Honda: operating profit, guided = 550 instead of the published 500 (JPY bn)"
    for text in (lines, csv_text(table, view, ADDRESS), svg_text(PROFIT.chart(view), "It", table, view, ADDRESS)):
        assert f"Edition: {MARK}" in text
        assert published.replace(",", ";") in text.replace(",", ";")
    svg = svg_text(PROFIT.chart(view), "It", table, view, ADDRESS)
    assert f"edition {MARK}" in svg.partition("</desc>")[2]
    picture = Image.open(io.BytesIO(png_bytes(PROFIT.chart(view), "It", table, view, ADDRESS)))
    assert f"Edition: {MARK}" in picture.text["Description"]  # type: ignore[attr-defined]
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes(table, view, ADDRESS))) as book:
        strings = book.read("xl/sharedStrings.xml").decode()
    assert f"Edition: {MARK}" in strings
    assert published in strings
    assert "your own figure instead of 145" in strings
    plain = plain_csv(table, view.scenario.edition)
    assert published.replace(",", ";") in plain
    assert plain.startswith(plain_csv(table))


def test_a_download_opens_again_with_the_figures() -> None:
    view = read_view(f"{QUERY}&japan_tariff_share=0.2")
    link = next(line for line in provenance(PROFIT.table(view), view, ADDRESS) if line.startswith("Link: "))
    assert from_query(link.removeprefix("Link: "))[0] == view.scenario


@pytest.mark.parametrize("name", FIGURES)
def test_every_table_at_its_address_says_so(name: str) -> None:
    figure, view = FIGURES[name], read_view(QUERY)
    if figure.awaited or figure.refused(view):
        return
    told = table_json(figure.table(view), view)
    assert told["edition"] == OWN
    assert told["own_figures"][OP] == {
        "key": OP,
        "label": "Honda: operating profit, guided",
        "unit": "JPY bn",
        "value": 550.0,
        "published": 500.0,
    }
    assert from_query(told["link"])[0] == view.scenario


def test_a_table_of_a_published_edition_has_no_such_key() -> None:
    view = read_view("")
    assert "own_figures" not in table_json(PROFIT.table(view), view)
    assert plain_csv(PROFIT.table(view), DEFAULT_EDITION) == plain_csv(PROFIT.table(view))


def test_data_refuses_a_figure_that_cannot_be() -> None:
    with pytest.raises(BadQueryError, match="honda_shares_bn: below the lowest value"):
        read_view("honda_shares_bn=0")


def test_a_chart_that_stands_alone_says_so() -> None:
    assert MARK in said(opened(f"{QUERY}&chart=profit")).replace("\\", "")


def test_compare_says_so_of_each_line() -> None:
    lines = f"preset=status_quo\n{OP}=600"
    view = read_view(to_query_of(lines))
    tables = [figure.table(view) for name, figure in FIGURES.items() if name.startswith("comparison")]
    page = said(opened(to_query_of(lines), "compare")).replace("\\", "").replace("\xa0", " ")
    assert "C: Yours: Honda: operating profit, guided JPY 600 bn, published JPY 500 bn." in page
    assert "different facts (2026-11 and 2026-11 with 1 figure of your own)" in page
    shown = {table.name: table.rows.astype(str).to_csv() for table in tables if len(table.rows)}
    assert shown
    for name, text in shown.items():
        assert "2026-11 with 1 figure of your own" in text or "Link 2, own figures" in text, name


def test_the_sources_show_it_beside_the_published_one() -> None:
    app = opened(f"{QUERY}&section=Editions", "sources")
    assert app.button_group(key="source_edition").value == OWN
    rows = edition_in_words(edition_table(OWN), edition_table(DEFAULT_EDITION)).set_index("Name")
    row = rows.loc[markdown_text(OP)]
    assert [re.sub(r"\\|\s", " ", cell) for cell in (row["Value"], row["In 2026-11"])] == ["JPY 550 bn", "JPY 500 bn"]
    assert "yours" in row["Source and note"]
    with zipfile.ZipFile(io.BytesIO(archive(read_view(QUERY), ADDRESS))) as zipped:
        assert {"edition-2026-11.csv", "edition-2026-11-yours.csv"} <= set(zipped.namelist())
        readme = zipped.read("README.txt").decode()
    assert f"Edition: {MARK}" in readme
    assert "  yours: " in readme


def test_the_sources_follow_another_figure() -> None:
    app = opened(f"{OP}=550&section=Editions", "sources")
    app.session_state[redraw.OWN] = True
    box_of(drawn(app), f"own_{OP}").set_value("560")
    assert drawn(app).button_group(key="source_edition").value == derived(DEFAULT_EDITION, {OP: 560.0})
    app.button(key="back_to_published").click()
    assert drawn(app).button_group(key="source_edition").value == DEFAULT_EDITION


def test_an_edition_is_named_in_words_in_one_way() -> None:
    for path in [*FOLDER.rglob("*.py"), *(FOLDER.parent / "model").rglob("*.py")]:
        found = re.findall(r"\{[\w.]*(?:scenario|receipt)\.edition\}", path.read_text(encoding="utf-8"))
        assert not found, f"{path.name}: {found} where `edition_words` says whether figures are one's own"


# ---------------------------------------------------------------------- the form


def test_the_form_is_closed_at_first_and_holds_every_figure() -> None:
    assert not [box for box in opened().text_input if (box.key or "").startswith("own_")]
    app = form()
    first = {box.key for box in app.text_input if (box.key or "").startswith("own_")}
    assert len(first) == 10
    app.toggle(key="own_figures_more").set_value(True).run()
    keys = {box.key for box in app.text_input if (box.key or "").startswith("own_")}
    assert keys == first | {f"own_{key}" for key in MORE}
    in_boxes = {key.removeprefix("own_") for key in keys if key and not key.startswith("own_rate_")}
    assert in_boxes | {RATE, "reference_nissan_jpy_gap"} == BASE_FIGURES.keys()
    assert any("published: JPY 500 bn" in c.value.replace("\xa0", " ").replace("\\", "") for c in app.caption)


def test_enter_applies_a_figure_and_the_address_holds_it() -> None:
    app = typed(form("japan_tariff_share=0.2&year=FY2027/3"), f"own_{OP}", "550")
    app = typed(app, "own_rate_honda", "150")
    view = view_of(app)
    assert base_of(view.scenario.edition) == DEFAULT_EDITION
    assert edition(view.scenario.edition).own == {OP: 550.0, RATE: 150.0, "reference_nissan_jpy_gap": 0.0}
    assert view.scenario.asked["jpy_per_usd"] == 150.0
    assert view.scenario.asked["japan_tariff_share"] == 0.2
    assert view.year_label == "FY2027/3"
    assert view.at_year("honda", "reference_profit_jpy_bn")[0] == 550.0
    assert app.query_params[OP] == "550"
    assert app.query_params["edition"] == DEFAULT_EDITION
    assert "jpy_per_usd" not in app.query_params
    assert box_of(app, "own_rate_nissan").value == "150"
    app.button(key="back_to_published").click().run()
    assert view_of(app).scenario.edition == DEFAULT_EDITION
    assert OP not in app.query_params
    app.button(key="undo").click()
    drawn(app)
    assert edition(view_of(app).scenario.edition).own[OP] == 550.0


@pytest.mark.parametrize("text", ["", "nan", "1e9", "<script>", "=1+1", "0x10", "9" * 400])
def test_what_is_no_figure_is_refused_in_words(text: str) -> None:
    app = typed(form(), f"own_{OP}", text)
    assert view_of(app).scenario.edition == DEFAULT_EDITION
    assert any("was not used" in w.value and "stays" in w.value for w in app.warning)


def test_figures_at_odds_are_refused_in_words() -> None:
    app = form()
    app.toggle(key="own_figures_more").set_value(True).run()
    app = typed(app, "own_honda_us_output_kveh", "1500")
    assert view_of(app).scenario.edition == DEFAULT_EDITION
    assert any("are more than the 1030 thousand" in w.value.replace("\\", "") for w in app.warning)


def test_a_preset_keeps_them_on_the_same_facts_and_leaves_them_on_others() -> None:
    app = opened(QUERY)
    choose_preset(app, "japan_back_at_25")
    assert view_of(app).scenario.edition == OWN
    assert view_of(app).scenario.preset == "japan_back_at_25"
    choose_preset(app, "article")
    assert view_of(app).scenario.edition == "2025-07"
    assert OP not in app.query_params
    assert any(MARK in i.value.replace("\\", "") for i in app.info)
    app.button(key="undo").click()
    assert view_of(drawn(app)).scenario.edition == OWN
    assert not app.info


def test_a_claim_is_played_on_its_named_edition() -> None:
    app = opened("edition=2025-07&honda_guided_revenue_jpy_bn=21000", "article")
    assert edition(view_of(app).scenario.edition).own
    next(button for button in app.button if (button.key or "").startswith("play_")).click().run()
    assert app.session_state["scenario_start"][0] == "2025-07"
    assert "1 figure of your own" in app.session_state["figures_left"]


def test_the_picker_of_editions_leads_back_to_the_published_one() -> None:
    app = opened(QUERY)
    picker = app.selectbox(key="edition_choice")
    assert picker.value == OWN
    assert picker.options[0] == MARK
    picker.set_value(DEFAULT_EDITION).run()
    assert view_of(app).scenario.edition == DEFAULT_EDITION
    assert RATE not in app.query_params


def test_a_link_that_asks_for_what_cannot_be_is_told_and_opens() -> None:
    app = opened(f"{OP}=550&honda_shares_bn=0&year=FY2027/3")
    assert edition(view_of(app).scenario.edition).own == {OP: 550.0}
    (warning,) = (w.value.replace("\\", "") for w in app.warning)
    assert "Honda: shares outstanding" in warning
    assert "below the lowest value, 0.1 (bn shares)" in warning
    assert NOT_WHOLE not in warning
    assert "honda_shares_bn" not in app.query_params


# ---------------------------------------------------------------------- how old facts are


@pytest.mark.parametrize(("day", "old"), [("2026-05-30", False), ("2026-07-31", False), ("2026-08-01", True)])
def test_guidance_is_called_old_from_three_months(day: str, old: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(today, "today", lambda: datetime.date.fromisoformat(day))
    assert is_old(DEFAULT_EDITION) is old
    app = opened()
    assert (":material/schedule:" in said(app)) is old
    assert [b.label for b in app.button if b.key == "enter_guidance"] == ["Newer guidance? Enter it."] * old


def test_the_age_is_told_in_words() -> None:
    assert months_since("2026-05") == 6
    assert months_words(DEFAULT_EDITION) == "6 months old"
    assert age_words(DEFAULT_EDITION) == "Facts to November 2026; the newest published guidance is of May 2026."
    assert age_words("2025-07") == "Facts to July 2025; the newest published guidance is of May 2025."
    assert age_words(OWN) == age_words(DEFAULT_EDITION)


def test_guidance_of_ones_own_is_not_old() -> None:
    renewed = derived(DEFAULT_EDITION, {OP: 550.0, "nissan_guided_operating_profit_jpy_bn": 210.0})
    assert is_old(OWN)
    assert not is_old(renewed)


def test_the_way_to_the_form_opens_it() -> None:
    app = opened()
    app.button(key="enter_guidance").click().run()
    assert [box for box in app.text_input if box.key == f"own_{OP}"]


def test_half_an_update_is_named() -> None:
    words = said(opened(f"{OP}=550")).replace("\\", "")
    assert (
        "Half an update: Honda's operating profit is yours, its net income, revenue and planning rate are older."
        in words
    )
    whole = f"{QUERY}&reference_nissan_jpy_gap=0&honda_guided_net_income_jpy_bn=290&honda_guided_revenue_jpy_bn=23500"
    assert "Half an update" not in said(opened(whole))


def test_the_words_of_an_edition_are_one() -> None:
    assert edition_words(OWN) == MARK
