"""README's picture: `python -m tests.browser.readme_picture` takes it anew from a server of its own.

Previews of links show it too. The picture holds, as text, what the page said when it was taken, so that a test can
tell when it is out of date.
"""

import json
import sys
from typing import Final

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.servers import servers
from tests.browser.conftest import BROWSER_FLAGS, ROOT, chromium, settled
from tests.browser.test_accessibility import DRAWN

PICTURE: Final = ROOT / "pages" / "overview.png"
ADDRESS: Final = "?preset=alliance_good"
SIZE: Final = {"width": 1400, "height": 900}

SAID: Final = """() => [
  ...[...document.querySelectorAll('[data-testid="stTopNavLink"]')].map((link) => link.innerText),
  ...[...document.querySelectorAll('[data-testid="stMain"] :is(h1, h2, h3, p, td, th)')]
    .filter((e) => !e.closest('.st-key-edition_line')).map((e) => e.innerText),
  ...[...document.querySelectorAll('[data-testid="stMain"] [role="graphics-symbol"]')]
    .map((mark) => mark.getAttribute('aria-label')),
].filter(Boolean)"""


def opened(browser: Browser, server: str) -> Page:
    """The page that the picture shows."""
    page = browser.new_context(viewport=SIZE, color_scheme="light").new_page()
    page.goto(f"{server}/{ADDRESS}")
    settled(page)
    page.wait_for_function(DRAWN)
    return page


def said(page: Page) -> list[str]:
    """Words and numbers on the page, its charts included."""
    found: list[str] = page.evaluate(SAID)
    return found


def said_by_picture() -> list[str]:
    """Words and numbers of the page when the picture was taken."""
    found: list[str] = json.loads(Image.open(PICTURE).text["Said"])  # type: ignore[attr-defined]
    return found


def main() -> int:
    """Take the picture."""
    with servers(("app",)) as found, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*BROWSER_FLAGS])
        page = opened(browser, found["app"][0])
        page.screenshot(path=PICTURE)
        words = PngInfo()
        words.add_text("Said", json.dumps(said(page)), zip=True)
        image = Image.open(PICTURE).convert("P", palette=Image.Palette.ADAPTIVE, colors=256)
        image.save(PICTURE, optimize=True, pnginfo=words)
        browser.close()
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size // 1024} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
