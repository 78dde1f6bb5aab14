"""What a link preview reads of a page, and where an address leads that is nearly one of ours."""

import time
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
import streamlit
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from starlette.applications import Starlette
from starlette.middleware import Middleware

from model.links import LONGEST_TITLE, from_query, scenario_of_preset, share_query, to_pairs
from pages.data_api import FILES, data_routes
from pages.shell import NAMES, PICTURE, PICTURE_SIZE, STREAMLITS_TITLE, MeantAddresses, page_routes
from pages.site import APP, DESCRIPTION, TITLE
from tests.model.scenarios import examples
from tests.pages.test_data_api import Answer, ask

INDEX = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")


def app_at(base: str = "") -> Starlette:
    return Starlette(
        routes=[*data_routes(base), *page_routes(INDEX, base)], middleware=[Middleware(MeantAddresses, base, FILES)]
    )


APP_AT_ROOT = app_at()


def get(path: str, query: str | bytes = "", app: Starlette = APP_AT_ROOT, **more: Any) -> Answer:
    return ask(path, query, app=app, **more)


class Head(HTMLParser):
    """What a program that makes previews sees: the title, and the content of each meta element by its name."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.title, self.metas, self.tags, self._in_title = "", {}, [], False  # type: ignore[var-annotated]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given_attributes = dict(attrs)
        self.tags.append((tag, tuple(given_attributes)))
        self._in_title = tag == "title"
        name = given_attributes.get("property") or given_attributes.get("name")
        if tag == "meta" and name:
            assert name not in self.metas, f"{name} is given twice"
            self.metas[name] = given_attributes["content"]

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False

    def handle_data(self, data: str) -> None:
        self.title += data if self._in_title else ""


def head(path: str, query: str = "", **more: Any) -> Head:
    answer = get(path, query, **more)
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return Head(answer.body.decode())


# ------------------------------------------------------------------ previews


@pytest.mark.parametrize(("path", "name"), NAMES.items())
def test_every_page_tells_a_preview_its_name_one_sentence_and_a_picture(path: str, name: str) -> None:
    found = head(f"/{path}", "preset=article")
    assert found.title == TITLE
    assert found.metas["description"] == found.metas["og:description"] == DESCRIPTION
    assert found.metas["og:title"] == (f"{name} | {APP}" if path else TITLE)
    assert found.metas["og:type"] == "website"
    assert found.metas["og:site_name"] == APP
    assert found.metas["twitter:card"] == "summary_large_image"
    assert DESCRIPTION.count(".") == 1
    assert DESCRIPTION.endswith(".")
    picture = urlsplit(found.metas["og:image"])
    assert (picture.scheme, picture.netloc) == ("http", "localhost")
    told = get(picture.path)
    assert (told.status, told.headers["content-type"]) == (200, "image/png")
    assert told.body == PICTURE.read_bytes()


def test_the_picture_has_the_size_that_is_told() -> None:
    with Image.open(PICTURE) as picture:
        assert picture.size == PICTURE_SIZE
    assert [head("/").metas[f"og:image:{side}"] for side in ("width", "height")] == ["1400", "900"]


def test_the_title_of_a_scenario_comes_first() -> None:
    link = share_query(scenario_of_preset("article"), "", "Board paper A & B", checked=True)
    assert head("/tariffs", link).metas["og:title"] == f"Board paper A & B | Tariffs | {APP}"
    assert head("/", link).metas["og:title"] == f"Board paper A & B | {APP}"
    assert head("/", "title=%20%0A").metas["og:title"] == TITLE
    assert head("/", "title=first&title=second").metas["og:title"] == f"first | {APP}"


@pytest.mark.parametrize(
    "title",
    [
        '"><script>alert(1)</script>',
        "'><img src=x onerror=alert(1)>",
        "</title><script>alert(1)</script>",
        '" http-equiv="refresh" content="0;url=https://example.com',
        "&quot;&gt;&lt;script&gt;",
        "\x00\x1b[31m\r\nSet-Cookie: x",
        "<title>Streamlit</title>",
        "\\1 \\g<0> %s {0}",
        "日本語の題名" * 40,
        "\ud800",
    ],
)
def test_a_hostile_title_is_words_and_nothing_else(title: str) -> None:
    plain, hostile = head("/tariffs"), head("/tariffs", f"title={quote(title, errors='surrogatepass')}")
    assert hostile.tags == plain.tags
    assert hostile.title == plain.title
    assert {k: v for k, v in hostile.metas.items() if k != "og:title"} == {
        k: v for k, v in plain.metas.items() if k != "og:title"
    }
    told = hostile.metas["og:title"].removesuffix(f" | Tariffs | {APP}")
    assert told.isprintable()
    assert len(told) <= LONGEST_TITLE


@given(st.binary(max_size=200))
@examples(100)
def test_no_query_breaks_a_page(query: bytes) -> None:
    answer = get("/tariffs", b"title=" + query)
    if answer.status != 307:
        assert Head(answer.body.decode()).title == TITLE


@pytest.mark.parametrize(
    ("headers", "origin"),
    [
        ({"X-Forwarded-Proto": "https"}, "https://localhost"),
        ({"X-Forwarded-Proto": "https, http"}, "https://localhost"),
        ({"X-Forwarded-Proto": 'javascript:"'}, "http://localhost"),
    ],
)
def test_the_picture_is_on_the_same_host_also_behind_a_proxy(headers: dict[str, str], origin: str) -> None:
    assert head("/", headers=headers).metas["og:image"] == f"{origin}/overview.png"


def test_the_picture_is_below_the_base_path() -> None:
    app = app_at("team/explorer")
    for path in ("/team/explorer/", "/team/explorer/tariffs"):
        picture = head(path, app=app).metas["og:image"]
        assert picture == "http://localhost/team/explorer/overview.png"
        assert get(urlsplit(picture).path, app=app).status == 200


def test_all_but_the_title_is_streamlits_own() -> None:
    before, after = INDEX.split(STREAMLITS_TITLE)
    for path in ("/", "/tariffs"):
        told = get(path).body.decode()
        assert told.startswith(before)
        assert told.endswith(after)
        assert "Streamlit</title>" not in told


@pytest.mark.parametrize("path", ["/", "/tariffs", "/overview.png"])
def test_a_page_answers_get_and_head_alike(path: str) -> None:
    whole, only_head = get(path), get(path, method="HEAD")
    assert (only_head.status, only_head.headers) == (200, whole.headers)
    assert int(whole.headers["content-length"]) == len(whole.body)
    assert get(path, method="POST").status == 405


def test_a_browser_that_has_the_page_is_not_sent_it_again() -> None:
    first = get("/tariffs", "title=A")
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "no-cache"
    again = get("/tariffs", "title=A", headers={"If-None-Match": f'"x", {tag.removeprefix("W/")}'})
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert get("/tariffs", "title=B", headers={"If-None-Match": tag}).status == 200
    picture = get("/overview.png").headers["etag"]
    assert get("/overview.png", headers={"If-None-Match": picture}).status == 304


# ----------------------------------------------------------------- addresses

ENDINGS = (*".,)]}>;:!?'\" /…”。）_", ").", "\N{ZERO WIDTH SPACE}")
LINK = "preset=article&jpy_per_usd=152&title=R%26D%20%2B%3F"


@pytest.mark.parametrize("path", NAMES)
def test_a_page_opens_in_any_case_and_with_what_a_sentence_puts_behind_it(path: str) -> None:
    names = [path + end for end in ENDINGS]
    if path:
        names += [path.upper(), path.title(), f"{path.title()}."]
    for name in names:
        answer = get(f"/{name}", LINK)
        assert (answer.status, answer.headers["location"]) == (307, f"/{path}?{LINK}"), name
        assert answer.headers["cache-control"] == "no-store"
        assert get(f"/{name}").headers["location"] == f"/{path}"
        assert get(f"/{name}", LINK, method="HEAD").headers["location"] == f"/{path}?{LINK}"
    assert get(f"/{path}", LINK).status == 200


@pytest.mark.parametrize("name", ["overview", "Overview", "overview/"])
def test_the_first_page_opens_by_its_name_too(name: str) -> None:
    assert get(f"/{name}", LINK).headers["location"] == f"/?{LINK}"


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("/data", "/data/"),
        ("/Data", "/data/"),
        ("/DATA/", "/data/"),
        ("/data/.", "/data/"),
        ("/data/profit.csv.", "/data/profit.csv"),
        ("/data/profit.csv)", "/data/profit.csv"),
        ("/data/profit.csv/", "/data/profit.csv"),
        ("/data/profit.csv ", "/data/profit.csv"),
        ("/Data/Profit.CSV", "/data/profit.csv"),
        ("/data/Results.json,", "/data/results.json"),
    ],
)
def test_a_data_address_is_meant_in_any_case_too(asked: str, meant: str) -> None:
    answer = get(asked, LINK)
    assert (answer.status, answer.headers["location"]) == (307, f"{meant}?{LINK}")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert get(meant, LINK).status == 200


@pytest.mark.parametrize("file", FILES)
def test_no_data_address_is_taken_for_another(file: str) -> None:
    app = MeantAddresses(APP_AT_ROOT, "", FILES)
    assert app.meant(f"/data/{file}", LINK) is None
    assert app.meant(f"/DATA/{file.upper()}.", LINK) == f"/data/{file}?{LINK}"


@pytest.mark.parametrize("ampersand", ["&amp;", "&amp;amp;", "&amp%3B"])
def test_a_page_is_told_an_escaped_ampersand_as_an_ampersand(ampersand: str) -> None:
    answer = get("/Tariffs", LINK.replace("&", ampersand))
    assert answer.headers["location"] == f"/tariffs?{LINK}"
    assert get("/tariffs", LINK.replace("&", ampersand)).headers["location"] == f"/tariffs?{LINK}"
    data = get("/data/profit.csv", LINK.replace("&", ampersand))
    assert (data.status, data.body) == (200, get("/data/profit.csv", LINK).body), "programs need not follow"
    assert get("/tariffs", "preset=article&amp;hello=1").status == 200, "named on the page as it came"


@pytest.mark.parametrize(
    "path",
    [
        "/nope",
        "/nope.",
        "/tariffs/x",
        "/x/tariffs.",
        "/static/js/x.js",
        "/_stcore/health",
        "/data/nope.csv",
        "/tariffsx",
    ],
)
def test_what_is_not_ours_is_left_alone(path: str) -> None:
    assert MeantAddresses(APP_AT_ROOT, "", FILES).meant(path, "a=b") is None


@pytest.mark.parametrize(
    ("path", "query"), [("/" + "!" * 60_000 + "a", ""), ("/tariffs" + "." * 60_000, ""), ("/", "&amp;" * 12_000)]
)
def test_a_very_long_address_costs_no_time(path: str, query: str) -> None:
    start = time.perf_counter()
    assert MeantAddresses(APP_AT_ROOT, "", FILES).meant(path, query) is None
    assert time.perf_counter() - start < 0.5


HOSTS = ("//example.com/tariffs.", "//example.com", "/\\example.com", "/tariffs.//example.com", "/https://example.com/")


@given(st.sampled_from(HOSTS) | st.text(max_size=30).map(lambda text: f"/{text}"), st.text(max_size=30))
@examples(300)
def test_an_address_leads_to_this_app_and_nowhere_else_and_only_once(path: str, query: str) -> None:
    for prefix in ("", "/team/explorer"):
        addresses = MeantAddresses(APP_AT_ROOT, prefix, FILES)
        meant = addresses.meant(prefix + path, query)
        if meant is None:
            continue
        to, _, rest = meant.partition("?")
        known = {f"{prefix}/{name}" for name in (*NAMES, "data/", *(f"data/{file}" for file in FILES))}
        assert to in known
        assert addresses.meant(to, rest) is None


def test_addresses_move_with_the_base_path() -> None:
    app = app_at("team/explorer")
    assert get("/team/explorer/Tariffs.", LINK, app=app).headers["location"] == f"/team/explorer/tariffs?{LINK}"
    assert get("/team/explorer/Data", app=app).headers["location"] == "/team/explorer/data/"
    assert get("/Tariffs", app=app).status == 404


def test_a_query_in_raw_letters_is_kept() -> None:
    answer = get("/Tariffs", "title=日産".encode())
    assert to_pairs(answer.headers["location"]) == [("title", "日産")]
    assert from_query(get("/Tariffs", LINK).headers["location"])[1] == ()
