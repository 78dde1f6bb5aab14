"""Alive and ready mean what they say."""

from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette

from data.checksums import require_shipped, shipped
from data.facts import facts
from data.prices.settings import HOST_VARIABLE
from data.prices.store import store
from model import MODEL_VERSION
from model.editions import DEFAULT_EDITION
from pages import health
from pages.catalog import FIGURES
from pages.health import health_routes, make_every_table
from tests.copied import copied
from tests.pages.test_data_api import ask

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
