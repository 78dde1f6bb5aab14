"""Alive and ready mean what they say."""

import asyncio
import threading
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from data.checksums import require_shipped, shipped
from data.facts import facts
from data.prices.settings import HOST_VARIABLE
from data.prices.store import store
from model import MODEL_VERSION
from model.editions import DEFAULT_EDITION
from pages import health
from pages.catalog import FIGURES
from pages.data_api import AT_ONCE, MOST_WAITING, Desk
from pages.health import health_routes, make_every_table
from tests.copied import copied
from tests.pages.test_data_api import Answer, ask, run_apart

APP = Starlette(routes=health_routes())


def test_a_process_that_answers_is_alive_and_its_answer_is_never_kept() -> None:
    answer = ask("/healthz", app=APP)
    assert (answer.status, answer.json) == (200, {"alive": True})
    assert answer.headers["cache-control"] == "no-store"


def test_ready_names_what_it_serves() -> None:
    answer = ask("/readyz", app=APP)
    assert answer.status == 200
    assert answer.json == {
        "ready": True,
        "edition": DEFAULT_EDITION,
        "model_version": MODEL_VERSION,
        "facts": len(facts()),
        "tables": len(FIGURES),
    }


def test_a_file_that_is_damaged_while_the_process_runs_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = copied(tmp_path, "data") / "data"
    monkeypatch.setattr(health, "require_shipped", partial(require_shipped, folder))
    assert ask("/readyz", app=APP).status == 200
    for path in (folder / name for name in shipped(folder)):
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 2])
        answer = ask("/readyz", app=APP)
        assert (answer.status, answer.json["ready"]) == (503, False)
        assert path.name in answer.json["reason"]
        path.write_bytes(whole)
        assert ask("/readyz", app=APP).status == 200


def test_a_table_that_cannot_be_made_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(view: object) -> None:
        raise KeyError("japan")

    monkeypatch.setattr(health, "FIGURES", {"payers": SimpleNamespace(table=fails)})
    make_every_table.cache_clear()
    answer = ask("/readyz", app=APP)
    make_every_table.cache_clear()
    assert answer.status == 503
    assert "table payers cannot be made: KeyError: 'japan'" in answer.json["reason"]


def test_readiness_makes_tables_once_and_asks_no_price_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOST_VARIABLE, "http://127.0.0.1:9")
    asked = list[str]()
    monkeypatch.setattr(store(), "download", lambda symbol, *_: asked.append(symbol))
    make_every_table.cache_clear()
    for _ in range(3):
        assert ask("/readyz", app=APP).status == 200
    assert make_every_table.cache_info().misses == 1
    assert not asked


def test_a_model_that_misses_the_guidance_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    project = health.project
    monkeypatch.setattr(health, "project", lambda values, name: project({**values, "japan_tariff_share": 0.2}, name))
    answer = ask("/readyz", app=APP)
    assert answer.status == 503
    assert "guidance is 500" in answer.json["reason"]


def test_routes_stand_under_the_base_path() -> None:
    app = Starlette(routes=health_routes("/team/explorer/"))
    assert ask("/team/explorer/healthz", app=app).status == 200
    assert ask("/healthz", app=app).status == 404


def test_a_flood_of_data_requests_is_answered_in_turn_and_the_rest_is_turned_away() -> None:
    go_on, all_busy, at_once, most = threading.Event(), threading.Event(), 0, 0
    lock = threading.Lock()

    def slow(request: object) -> object:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
            if at_once == AT_ONCE:
                all_busy.set()
        go_on.wait(10)
        with lock:
            at_once -= 1
        return health._answer({})

    app = Starlette(routes=[Route("/data", Desk().serve(slow))])  # type: ignore[arg-type]
    answers = run_apart(flood(app, AT_ONCE + MOST_WAITING + 30, all_busy, go_on))
    assert most == AT_ONCE
    busy = [answer for answer in answers if answer.status == 503]
    assert len(busy) == 30
    assert all(answer.headers["retry-after"] == "2" and "too many" in answer.json["error"] for answer in busy)
    assert sum(answer.status == 200 for answer in answers) == AT_ONCE + MOST_WAITING


async def flood(app: Starlette, count: int, all_busy: threading.Event, go_on: threading.Event) -> list[Answer]:
    requests = [asyncio.create_task(send(app)) for _ in range(count)]
    while sum(request.done() for request in requests) < 30 or not all_busy.is_set():
        await asyncio.sleep(0.01)
    go_on.set()
    return list(await asyncio.gather(*requests))


async def send(app: Starlette) -> Answer:
    messages: list[dict] = []

    async def receive() -> dict:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def keep(message: dict) -> None:
        messages.append(message)

    scope = {"type": "http", "method": "GET", "path": "/data", "headers": [], "query_string": b"", "root_path": ""}
    await app(scope, receive, keep)
    headers = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
    return Answer(messages[0]["status"], headers, b"".join(m.get("body", b"") for m in messages[1:]))
