"""Alive and ready mean what they say."""

import pytest
from starlette.applications import Starlette

from data.facts import DataError, facts
from model import MODEL_VERSION
from model.editions import DEFAULT_EDITION
from pages import health
from pages.health import health_routes
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
    }


def test_without_readable_facts_it_is_not_ready_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable() -> None:
        raise DataError("facts.csv, row 7, column value: not a number")

    monkeypatch.setattr(health, "facts", unreadable)
    answer = ask("/readyz", app=APP)
    assert (answer.status, answer.json["ready"]) == (503, False)
    assert "facts.csv, row 7" in answer.json["reason"]


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
