"""What a visitor downloads is what the model computes for the link inside it."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import openpyxl
import pandas as pd
from PIL import Image
from playwright.sync_api import expect

from model.links import from_query
from model.projection import project, reference
from tests.browser.conftest import Visit, rerun
from tests.browser.seen import downloaded, link_of, metric, slider
from tests.browser.test_sharing_in_browser import open_share


def test_a_csv_holds_the_numbers_of_the_link_inside_it(visit: Visit) -> None:
    page = visit.open("?preset=article")
    with rerun(page):
        slider(page, "japan_tariff_share").press("ArrowLeft")
    expect(page).to_have_url(re.compile("japan_tariff_share=0.245"))
    name, content = downloaded(page, "profit")
    assert name == "profit.csv"
    assert re.match(rf"{visit.server.url}/?\?whole=1&edition=2025-07&model_version=", link_of(content))
    scenario, refusals = from_query(link_of(content))
    assert not refusals
    assert scenario.values["japan_tariff_share"] == 0.245
    rows = pd.read_csv(io.BytesIO(content), comment="#")
    computed = {"Scenario": project(scenario.values, scenario.edition), "Reference": reference(scenario.edition)}
    for case, projection in computed.items():
        for company in ("honda", "nissan"):
            own = rows[(rows["company"] == company.capitalize()) & (rows["case"] == case)]
            assert own["fiscal_year"].tolist() == list(projection.years)
            for column in ("operating_profit_jpy_bn", "operating_margin_share"):
                assert own[column].tolist() == np.asarray(projection.company[company][column]).tolist()


def test_the_link_inside_a_csv_opens_the_page_with_the_same_figures(visit: Visit) -> None:
    page = visit.open("?preset=alliance_good&jpy_per_usd=131")
    shown = [metric(page, f"{name}: operating profit").inner_text() for name in ("Honda", "Nissan")]
    _, content = downloaded(page, "tariff_by_origin")
    page = visit.open("?" + link_of(content).partition("?")[2])
    for name, text in zip(("Honda", "Nissan"), shown, strict=True):
        expect(metric(page, f"{name}: operating profit")).to_have_text(text)


def test_workbook_and_pictures_download_and_say_where_they_come_from(visit: Visit) -> None:
    page = visit.open("?preset=article")
    for form, words_of in WORDS_OF.items():
        name, content = downloaded(page, "profit", form)
        assert name == f"profit.{form}"
        assert re.search(rf"Link: {visit.server.url}/?\?whole=1&edition=2025-07", words_of(content)), form


def test_a_scenario_is_downloaded_as_a_file_that_opens_without_the_app(visit: Visit, tmp_path: Path) -> None:
    page = visit.open("?preset=alliance_good&title=Board%20plan&year=FY2028/3")
    shown = metric(page, "Honda: operating profit").inner_text()
    open_share(page)
    page.locator(".st-key-share_scenario summary").click()
    with page.expect_download() as waiting:
        page.locator(".st-key-html_scenario").get_by_role("button").click()
    assert waiting.value.suggested_filename == "alliance-explorer.html"
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    alone = page.context.new_page()
    alone.goto(file.as_uri())
    expect(alone.locator("h1")).to_have_text("Board plan")
    expect(alone.locator('[data-result="operating_profit_jpy_bn.honda"] .value')).to_have_text(shown)
    address = str(alone.locator("#open").get_attribute("href"))
    assert address.startswith(f"{visit.server.url}/?whole=1&edition=2026-05")
    alone.close()


def words_of_workbook(content: bytes) -> str:
    return "\n".join(str(row[0]) for row in openpyxl.load_workbook(io.BytesIO(content))["About"].values)


WORDS_OF: dict[str, Callable[[bytes], str]] = {
    "xlsx": words_of_workbook,
    "svg": lambda content: "".join(ElementTree.fromstring(content.decode()).itertext()),
    "png": lambda content: str(Image.open(io.BytesIO(content)).text["Description"]),
}
"""What each form of a download says about itself."""
