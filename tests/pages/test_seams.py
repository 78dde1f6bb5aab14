"""Private names of Streamlit stand in one file, and each still does what the app needs it for."""

import ast
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from model.links import to_pairs
from pages.session import seams
from tests.pages.opened import FOLDER, opened

ROOT = FOLDER.parent
SEAMS = FOLDER / "session" / "seams.py"
PRIVATE_MODULES = ("streamlit.runtime", "streamlit.navigation", "streamlit.proto", "streamlit.web")
SOURCES = [ROOT / "app.py", *sorted(path for path in FOLDER.rglob("*.py") if path != SEAMS)]


def private_names(path: Path) -> list[str]:
    """Private modules of Streamlit that a file imports, and private names of Streamlit's pages and contexts."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    found = [name for name in modules if name.startswith(PRIVATE_MODULES)]
    of_page = {"_script_hash", "_can_be_called", "_page", "_url_path"}
    return found + [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in of_page]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_private_names_of_streamlit_stand_in_one_file(path: Path) -> None:
    assert private_names(path) == [], "put it into pages/session/seams.py, with a test here"


def test_the_file_of_private_names_is_found_out() -> None:
    assert {"streamlit.runtime.scriptrunner", "_script_hash", "_can_be_called"} <= set(private_names(SEAMS))


def told_by(script: Any) -> dict[str, Any]:
    app = AppTest.from_function(script).run()
    assert not app.exception, [error.message for error in app.exception]
    return dict(app.session_state["told"])


def test_a_script_is_told_that_nobody_pressed_back() -> None:
    def script() -> None:
        import streamlit as st

        from pages.session import seams

        st.session_state["told"] = {"by_history": seams.by_history()}

    assert told_by(script) == {"by_history": False}, "Streamlit no longer says whether Back or Forward was pressed"


def test_outside_a_run_nothing_is_known_and_nothing_fails() -> None:
    assert (seams.by_history(), seams.script_hash(), seams.query_string()) == (False, "", "")


def test_the_script_that_the_browser_asks_for_is_known_by_the_hash_of_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, str] = {}
    ask, hash_of = seams.script_hash, seams.hash_of
    monkeypatch.setattr(seams, "script_hash", lambda: seen.setdefault("asked", ask()))
    monkeypatch.setattr(seams, "hash_of", lambda page: seen.setdefault(page.url_path, hash_of(page)))
    opened("", "plant")
    assert seen["asked"] == seen["plant"], "a page link would lose the page's choices"


def test_a_page_runs_as_often_as_it_is_asked_to() -> None:
    def script() -> None:
        import streamlit as st

        from pages.session import seams

        page = st.navigation([st.Page(lambda: st.write("here"), title="Page")])
        for _ in range(3):
            seams.runs_again(page)()
        st.session_state["told"] = {}

    app = AppTest.from_function(script).run()
    assert not app.exception, "a slider's move could not draw the page again"
    assert [text.value for text in app.markdown] == ["here"] * 3


def test_the_address_is_rewritten_also_where_a_slider_is_bound_and_in_the_order_given() -> None:
    def script() -> None:
        import streamlit as st

        from pages.session import seams

        st.slider("Bound", 0, 9, key="bound", bind="query-params")
        seams.rewrite_query({"bound": "3", "edition": "x", "many": ["1", "2"]}, ["many", "edition", "bound"])
        told = {key: st.query_params.get_all(key) for key in st.query_params}
        st.session_state["told"] = {"order": list(told), **told}

    expected = {"order": ["many", "edition", "bound"], "many": ["1", "2"], "edition": ["x"], "bound": ["3"]}
    assert told_by(script) == expected, "a page link would take a step of history for each moved slider"


def test_the_query_is_told_as_the_browser_has_it() -> None:
    def script() -> None:
        import streamlit as st

        from pages.session import seams

        st.session_state["told"] = {"query": seams.query_string()}

    app = AppTest.from_function(script)
    app.query_params["preset"], app.query_params["a"] = "article", "b c"
    app.run()
    told = to_pairs(app.session_state["told"]["query"])
    assert told == [("preset", "article"), ("a", "b c")], "a page link could not keep the order of the address"


def test_a_slider_takes_another_text_than_the_one_in_the_address_which_stays() -> None:
    def script() -> None:
        import streamlit as st

        from pages.session import seams

        seams.read_as({"bound": "3"})
        value = st.slider("Bound", 0, 9, key="bound", bind="query-params")
        other = st.slider("Other", 0, 9, key="other", bind="query-params")
        st.session_state["told"] = {"bound": value, "other": other, "address": st.query_params.get_all("bound")}

    app = AppTest.from_function(script)
    app.query_params["bound"], app.query_params["other"] = ["4", "5"], "6"
    app.run()
    assert app.session_state["told"] == {"bound": 3, "other": 0, "address": ["4", "5"]}, (
        "a slider would take from a link what is refused of it"
    )
