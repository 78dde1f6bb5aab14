"""Every way to start serves the same app."""

import urllib.request
from pathlib import Path

import pytest

from tests.browser.conftest import HOST, ROOT, STREAMLIT_RUN, Start

WAYS = {
    "streamlit run app.py": STREAMLIT_RUN,
    "python app.py": ("app.py",),
    "uvicorn app:app": ("-m", "uvicorn", "app:app", f"--host={HOST}", "--port={port}"),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_way_to_start_answers_and_sends_its_headers(start: Start, way: str) -> None:
    server = start(*WAYS[way])
    with urllib.request.urlopen(f"{server.url}/sources?preset=article", timeout=10) as response:
        assert response.status == 200
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "same-origin"
        policy = dict(part.split(" ", 1) for part in response.headers["Content-Security-Policy"].split("; "))
        assert policy["default-src"] == "'self'"
        assert not {"'unsafe-eval'", "'unsafe-inline'", "*"} & set(policy["script-src"].split())
    server.stop()
    assert "Traceback" not in server.log.read_text()


def test_the_app_starts_from_any_folder(start: Start, tmp_path: Path) -> None:
    start("-m", "uvicorn", "--app-dir", str(ROOT), "app:app", f"--host={HOST}", "--port={port}", folder=tmp_path).stop()
