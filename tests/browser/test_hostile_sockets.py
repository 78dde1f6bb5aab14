"""Hostile requests at the socket of a real server: each is answered or refused, none breaks it or its answers.

What is sent comes from a seed, so that every run sends the same.
"""

import json
import random
import re
import socket
import string
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import BadStatusLine, HTTPResponse
from itertools import islice
from urllib.parse import quote, urlsplit

import pytest

from model.links import PAGE_KEYS
from model.presets import PRESETS
from model.registry import ASSUMPTIONS
from pages.desk import MOST_WAITING
from pages.site import PAGES
from tests.browser.conftest import HOST, Server, Start
from tests.links.hostile import TEXTS

SEED = 20261127
MANY = 800
PATIENCE_S = 60.0
REFUSED = {400, 403, 404, 405, 413, 414, 431, 501, 503}
GOOD = {200, 206, 304, 307, 308}
CHEAP_FILES = ("profit.csv", "profit.json", "results.json", "nope.csv", "comparison_results.csv", "facts.csv")
PLANTED = "x-planted"


@pytest.fixture(scope="module")
def attacked(start: Start) -> Server:
    """A server of its own, whose log holds nothing of others."""
    return start()


@dataclass
class Answer:
    """status: 0 where the connection was closed without an answer"""

    status: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def header(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name]


def send(server: Server, request: bytes) -> Answer:
    """The first answer to these bytes."""
    with socket.create_connection((HOST, urlsplit(server.url).port), PATIENCE_S) as s:
        try:
            s.sendall(request)
            response = HTTPResponse(s, method=request.split(b" ", 1)[0].decode("latin-1"))
            response.begin()
            return Answer(response.status, tuple(response.getheaders()), response.read())
        except (ConnectionError, BadStatusLine):
            return Answer()


def get(server: Server, path: str, **headers: str) -> Answer:
    lines = [f"GET {path} HTTP/1.1", "Host: x", "Connection: close"]
    lines += [f"{key.replace('_', '-')}: {value}" for key, value in headers.items()]
    return send(server, ("\r\n".join(lines) + "\r\n\r\n").encode())


# ------------------------------------------------------------ what is sent


def requests(seed: int) -> Iterator[bytes]:
    """Without end: requests that are hostile in one place or in several."""
    rng = random.Random(seed)
    while True:
        method = rng.choice(["GET"] * 12 + ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get", "G\x00T", "💥"])
        version = rng.choice(["HTTP/1.1"] * 12 + ["HTTP/1.0", "HTTP/9.9", "HTTP/1.1\r\nX-Planted: 1", "nonsense"])
        line = f"{method} {_path(rng)}{_query(rng)} {version}"
        lines = [line, "Host: x", "Connection: close", *(_header(rng) for _ in range(rng.randrange(4)))]
        yield ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "surrogatepass") + _body(rng)


def _path(rng: random.Random) -> str:
    file = rng.choice(CHEAP_FILES)
    return rng.choice(
        [f"/data/{file}"] * 8
        + ["/data/", "/", f"/{rng.choice(PAGES)[0]}"]
        + [
            f"/data/{quote(rng.choice(TEXTS), safe='', errors='surrogatepass')}",
            f"/data/../{file}",
            f"/data/%2e%2e/{file}",
            f"/data/..%5c{file}",
            f"//data//{file}",
            f"/data/{file}%00",
            f"/data/{file}%0d%0aX-Planted:%201",
            f"/DATA/{file.upper()}.)",
            f"/data/{'a' * 20_000}",
            f"http://elsewhere.example/data/{file}",
            f"/static/../../app.py{rng.choice(['', '%00', '%2f..'])}",
            "*",
            "",
        ]
    )


def _query(rng: random.Random) -> str:
    kind = rng.randrange(10)
    if kind == 0:
        return ""
    if kind == 1:
        return "?" + "".join(chr(rng.choice([rng.randrange(33, 127), rng.randrange(160, 2_000)])) for _ in range(40))
    if kind == 2:
        return "?" + rng.choice(["&", "amp;a&", "%41", "a=1&", "?", "%"]) * rng.choice([1, 400, 4_000])
    if kind == 3:
        return "?with=" + quote("\n".join(_pairs(rng) for _ in range(rng.randrange(1, 9))))
    return "?" + _pairs(rng)


def _pairs(rng: random.Random) -> str:
    pairs = []
    for _ in range(rng.randrange(1, 6)):
        key = rng.choice([*ASSUMPTIONS, *PAGE_KEYS, "preset", "edition", "model_version", "whole", "__proto__"])
        good = rng.choice(list(PRESETS)) if key == "preset" else f"{rng.uniform(0, 1):.3f}"
        value = good if rng.random() < 0.5 else rng.choice(TEXTS)
        pairs.append(f"{key}={quote(value, safe='', errors='surrogatepass')}")
    return "&".join(pairs)


def _header(rng: random.Random) -> str:
    text = rng.choice(TEXTS).replace("\r", "").replace("\n", "")
    name = rng.choice(
        [
            "If-None-Match",
            "Accept-Encoding",
            "Range",
            "X-Forwarded-For",
            "X-Forwarded-Proto",
            "Cookie",
            "Origin",
            "Host",
        ]
    )
    return rng.choice(
        [f"{name}: {text}"] * 4
        + [
            f"{name}: {'x' * rng.choice([1_000, 70_000])}",
            "If-None-Match: *",
            "If-None-Match: " + ",".join(f'"{n}"' for n in range(2_000)),
            "Range: bytes=0-,5-4,-1",
            "Accept-Encoding: gzip;q=0, br, *",
            "Content-Length: -1",
            "Content-Length: 5",
            "Transfer-Encoding: chunked",
            "Expect: 100-continue",
            "Upgrade: websocket",
            "no colon here",
            ": no name",
            f"X-{rng.choice(string.punctuation)}: 1",
            " folded",
        ]
    )


def _body(rng: random.Random) -> bytes:
    return rng.choice([b""] * 6 + [b"0\r\n\r\n", b"5\r\nhello\r\n0\r\n\r\n", rng.randbytes(100)])


# ------------------------------------------------------------------ claims


def test_whatever_is_sent_is_answered_or_refused_and_the_server_goes_on(attacked: Server) -> None:
    told: dict[int, int] = {}
    for request in islice(requests(SEED), MANY):
        answer = send(attacked, request)
        told[answer.status] = told.get(answer.status, 0) + 1
        assert answer.status in GOOD | REFUSED | {0}, request[:300]
        assert not answer.header(PLANTED), request[:300]
        assert len(answer.header("vary")) < 2, request[:300]
        assert {urlsplit(place).netloc for place in answer.header("location")} <= {"", "x"}, request[:300]
        assert b"Traceback" not in answer.body, request[:300]
        if answer.status == 400 and answer.header("content-type") == ["application/json"] and answer.body:
            assert json.loads(answer.body)["refused"]
    assert told[200] > MANY / 20
    assert told[400] > MANY / 20
    assert get(attacked, "/data/profit.csv").status == 200
    assert get(attacked, "/healthz").status == 200
    assert attacked.process.poll() is None
    assert not re.search(r"Traceback|ERROR|Exception|never retrieved", attacked.log.read_text(errors="replace"))


@pytest.mark.parametrize("coding", ["", "gzip"])
@pytest.mark.parametrize("path", ["/data/", "/data/profit.csv", "/data/nope.csv", "/tariffs"])
def test_vary_is_said_once_and_one_weak_tag_stands_for_both_codings(attacked: Server, path: str, coding: str) -> None:
    answer = get(attacked, path, Accept_Encoding=coding)
    assert answer.header("vary") == ["Accept-Encoding"]
    assert answer.header("content-encoding") == [coding] * bool(coding)
    assert answer.header("etag") == get(attacked, path).header("etag")
    for tag in answer.header("etag"):
        again = get(attacked, path, Accept_Encoding=coding, If_None_Match=tag)
        assert (again.status, again.body, again.header("vary")) == (304, b"", ["Accept-Encoding"])


def test_many_who_ask_for_much_and_leave_keep_nobody_from_an_answer(attacked: Server) -> None:
    """Half a minute of computing, were it done: who asks next has no turn in time then, having the same address."""
    crowd = [socket.create_connection((HOST, urlsplit(attacked.url).port), PATIENCE_S) for _ in range(MOST_WAITING)]
    for n, s in enumerate(crowd):
        s.sendall(f"GET /data/break_even.csv?jpy_per_usd=12{n / 100} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    for s in crowd:
        s.close()
    assert get(attacked, "/data/profit.csv?jpy_per_usd=133.3").status == 200
