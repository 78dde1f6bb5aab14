"""What stands around the pages as a browser, or a program, first asks for them.

Streamlit sends one file for all pages, which is called Streamlit: a link in a chat would unfurl without a name or a
picture. Each page is sent here with its own name, the title of a shared scenario, one sentence and a picture; the rest
of the file is Streamlit's. An address that was mistyped, or changed on its way, leads to the one that was meant.
"""

import re
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from model.links import LONGEST_LINK, clean_title, to_pairs, unescaped
from pages.etags import tagged
from pages.site import APP, DESCRIPTION, FIRST, PAGES, TITLE, path_prefix

PICTURE: Final = Path(__file__).parent / "overview.png"
PICTURE_SIZE: Final = (1400, 900)
PICTURE_SAYS: Final = "The Overview page with a scenario beside its reference"
PICTURE_SECONDS: Final = 24 * 60 * 60

STREAMLITS_TITLE: Final = "<title>Streamlit</title>"

NAMES: Final = {"" if name == FIRST else name: title for name, title, *_ in PAGES}
"""Name of each page by its path."""

_AT_THE_END: Final = re.compile(r"[\W_]+$")
LONGEST_NAME: Final = 100
"""Letters of a name that is looked at: the search for what stands at its end must stay short."""


def preview(path: str, query: str, address: str) -> str:
    """The elements of a page's head that say what it is.

    path: of the page, empty for the first
    query: of the link; its title names the scenario
    address: of the app, without a slash at its end
    """
    title = clean_title(dict(reversed(to_pairs(query))).get("title", "")) if len(query) <= LONGEST_LINK else ""
    names = [*filter(None, (title, NAMES[path] if path else "")), APP]
    said = {
        "og:type": "website",
        "og:site_name": APP,
        "og:title": " | ".join(names) if len(names) > 1 else TITLE,
        "og:description": DESCRIPTION,
        "og:image": f"{address}/{PICTURE.name}",
        "og:image:width": str(PICTURE_SIZE[0]),
        "og:image:height": str(PICTURE_SIZE[1]),
        "og:image:alt": PICTURE_SAYS,
    }
    return "\n    ".join(
        (
            f"<title>{escape(TITLE)}</title>",
            f'<meta name="description" content="{escape(DESCRIPTION)}">',
            *(f'<meta property="{name}" content="{escape(text)}">' for name, text in said.items()),
            '<meta name="twitter:card" content="summary_large_image">',
        )
    )


def origin(request: Request) -> str:
    """Scheme and host that the reader sees, also behind a proxy that ends the encryption."""
    asked = request.headers.get("x-forwarded-proto", "").partition(",")[0].strip().lower()
    scheme = asked if asked in ("http", "https") else request.scope["scheme"]
    return f"{scheme}://{request.headers.get('host', '')}"


def page_routes(index: str, base_path: str = "") -> list[BaseRoute]:
    """The HTML of every page, and the picture of its preview.

    index: Streamlit's file
    """
    prefix, pixels = path_prefix(base_path), PICTURE.read_bytes()

    def route(path: str) -> Route:
        async def page(request: Request) -> Response:
            query = request.scope["query_string"].decode("utf-8", "replace")
            head = preview(path, f"?{query}", f"{origin(request)}{prefix}")
            content = index.replace(STREAMLITS_TITLE, head, 1).encode()
            return tagged(request, content, "text/html; charset=utf-8", "no-cache")

        return Route(f"{prefix}/{path}", page, methods=["GET"])

    async def picture(request: Request) -> Response:
        return tagged(request, pixels, "image/png", f"public, max-age={PICTURE_SECONDS}")

    return [*map(route, NAMES), Route(f"{prefix}/{PICTURE.name}", picture, methods=["GET"])]


class MeantAddresses:
    """Leads from an address in other letters, or with a full stop, a bracket or a slash at its end, to the one meant.

    Only to addresses of this app, which are known by name. The query goes along, free of what a program that took the
    link for HTML has put into it: a page reads its own address in the browser, where it has to be right.
    """

    def __init__(self, app: ASGIApp, base_path: str, files: Iterable[str]) -> None:
        """files: names of what is below `/data/`."""
        self.app = app
        self._prefix = path_prefix(base_path)
        self._meant = {path: path for path in NAMES} | {FIRST: "", "data": "data/"}
        self._meant |= {f"data/{file}".lower(): f"data/{file}" for file in files}

    def meant(self, path: str, query: str) -> str | None:
        """The path and query that were meant, where they are not those that were asked for."""
        name = path.removeprefix(f"{self._prefix}/")
        if not path.startswith(f"{self._prefix}/") or len(name) > LONGEST_NAME or len(query) > LONGEST_LINK:
            return None
        found = self._meant.get(_AT_THE_END.sub("", name).lower())
        if found is None:
            return None
        plain = query if found.startswith("data/") else unescaped(query)
        if (found, plain) == (name, query):
            return None
        return f"{self._prefix}/{found}{'?' if plain else ''}{plain}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the address that was meant, or let the app answer."""
        meant = None
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            meant = self.meant(scope["path"], scope["query_string"].decode("utf-8", "replace"))
        if meant is None:
            await self.app(scope, receive, send)
            return
        headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-store"}
        await RedirectResponse(meant, 307, headers)(scope, receive, send)
