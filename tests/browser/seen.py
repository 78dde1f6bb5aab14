"""What a visitor reads on a page."""

import csv
import io
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

from model.registry import ASSUMPTIONS, LEVERS
from pages.site import PAGES
from tests.browser.conftest import rerun


def slider(page: Page, key: str) -> Locator:
    """The slider of an assumption, as a screen reader finds it, once its group was open."""
    return page.locator(f".st-key-{key}").get_by_role("slider", include_hidden=True)


def open_group(page: Page, key: str) -> None:
    """Open the group that holds an assumption's slider, where it is closed; a lever's stands above all groups."""
    if key in LEVERS:
        expect(slider(page, key)).to_be_visible()
        return
    group = page.locator(f".st-key-group_{ASSUMPTIONS[key].group} details")
    if group.get_attribute("open") is None:
        with rerun(page):
            group.locator("summary").click()
    expect(slider(page, key)).to_be_visible()


UNFOLD = """(within) => document.querySelectorAll(`${within} details:not([open]) > summary`)
  .forEach((summary) => summary.click())"""


def unfold(page: Page, within: str = "") -> None:
    """Open all that can be unfolded on the page, or within a selector, at once, as a busy browser hears of clicks."""
    page.evaluate(UNFOLD, within)


def expect_slider(page: Page, key: str, value: float) -> None:
    """The slider shows this value, sooner or later; its group is open."""
    expect(slider(page, key)).to_have_value(re.compile(rf"^{re.escape(f'{value:g}')}$"))


def metric(page: Page, label: str) -> Locator:
    """The value of a headline figure."""
    box = page.get_by_test_id("stMetric").filter(has_text=label)
    return box.get_by_test_id("stMetricValue")


def choose_preset(page: Page, label: str) -> None:
    """Choose a ready scenario from the list in the sidebar."""
    with rerun(page):
        page.locator(".st-key-ready_scenarios").get_by_role("button").click()
    page.get_by_role("button", name=label, exact=True).click()


def follow(page: Page, title: str) -> None:
    """Go to a page by the menu of a wide window, as a person does: where it is in a section, that is opened first."""
    section = next(section for _, found, section, *_ in PAGES if found == title)
    with rerun(page):
        if section:
            page.get_by_test_id("stTopNavSection").filter(has_text=section).click()
            page.get_by_test_id("stTopNavPopover").get_by_text(title, exact=True).click()
        else:
            page.get_by_test_id("stTopNavLink").filter(has_text=title).click()


def query(page: Page) -> dict[str, str]:
    """The query of the address bar."""
    return {key: values[-1] for key, values in parse_qs(urlsplit(page.url).query).items()}


def open_downloads(page: Page, table: str) -> None:
    """Open what a table offers to download."""
    opener = downloads_of(page, table)
    if opener.get_attribute("aria-expanded") != "true":
        with rerun(page):
            opener.click()
        # A chart that is drawn later moves what was opened out of sight, where nothing scrolls to it by itself.
        opener.evaluate("button => button.scrollIntoView({block: 'center'})")


def close_downloads(page: Page, table: str) -> None:
    """Close what a table offers to download."""
    with rerun(page):
        page.keyboard.press("Escape")
    expect(downloads_of(page, table)).to_have_attribute("aria-expanded", "false")


def downloads_of(page: Page, table: str) -> Locator:
    """The button that opens what a table offers to download."""
    return page.locator(f".st-key-download_{table}").get_by_role("button", name="Download")


def downloaded(page: Page, table: str, form: str = "csv") -> tuple[str, bytes]:
    """Name and content of a download, which is closed again."""
    open_downloads(page, table)
    with page.expect_download() as waiting:
        page.locator(f".st-key-{form}_{table}").get_by_role("button", name=form.upper(), exact=True).click()
    download = waiting.value
    close_downloads(page, table)
    return download.suggested_filename, Path(download.path()).read_bytes()


def data_link(page: Page, table: str) -> str:
    """The address of a table's data."""
    open_downloads(page, table)
    address = page.locator(f".st-key-data_link_{table} a").first.get_attribute("href")
    close_downloads(page, table)
    assert address
    return address


def rows_of(content: bytes) -> list[dict[str, str]]:
    """Rows of a downloaded CSV."""
    lines = content.decode("utf-8-sig").splitlines()
    return list(csv.DictReader(io.StringIO("\n".join(line for line in lines if line and not line.startswith("#")))))


def link_of(content: bytes) -> str:
    """The link inside a downloaded CSV."""
    (link,) = re.findall(r"^# Link: (\S+)\r?$", content.decode("utf-8-sig"), re.MULTILINE)
    return str(link)
