"""What is typed is what is applied: no button is handed what a box held when the page was drawn."""

import ast
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from tests.pages.opened import FOLDER

SOURCES = sorted(path for path in FOLDER.rglob("*.py") if "__pycache__" not in path.parts)
BOXES = {"text_input", "text_area", "number_input", "date_input", "time_input", "datetime_input", "data_editor"}
LISTS = {"selectbox", "multiselect"}
"""They are boxes, too, where they take what is in no list."""

BUTTONS = {"button", "form_submit_button", "download_button", "link_button", "page_link", "copy_text"}
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def called(node: ast.AST) -> str:
    """The name of what is called, such as "button"."""
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "attr", "") or getattr(node.func, "id", "")


def is_box(node: ast.AST) -> bool:
    takes_new = isinstance(node, ast.Call) and any(k.arg == "accept_new_options" for k in node.keywords)
    return called(node) in BOXES or (called(node) in LISTS and takes_new)


def holds(node: ast.AST, names: set[str]) -> bool:
    """Whether an expression holds a box, or a name of what one held."""
    return any(is_box(part) or (isinstance(part, ast.Name) and part.id in names) for part in ast.walk(node))


def assigned(node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Targets with their values, of every way to give a name."""
    for part in ast.walk(node):
        if isinstance(part, ast.Assign):
            yield from ((target, part.value) for target in part.targets)
        elif isinstance(part, ast.AnnAssign | ast.AugAssign | ast.NamedExpr) and part.value is not None:
            yield part.target, part.value
        elif isinstance(part, ast.For | ast.comprehension):
            yield part.target, part.iter


def from_boxes(scope: ast.AST) -> set[str]:
    """Names within a function or a file whose value is from a box, directly or by way of other names."""
    names: set[str] = set()
    while True:
        found = {
            name.id
            for target, value in assigned(scope)
            if holds(value, names)
            for name in ast.walk(target)
            if isinstance(name, ast.Name)
        }
        if found <= names:
            return names
        names |= found


def given_a_box(source: str) -> list[int]:
    """Lines of buttons that are given what a box held when they were drawn."""
    tree = ast.parse(source)
    functions = [node for node in ast.walk(tree) if isinstance(node, SCOPES)]
    outside = ast.Module([node for node in tree.body if not isinstance(node, (*SCOPES, ast.ClassDef))], [])
    return sorted(
        {
            node.lineno
            for scope in (*functions, outside)
            for node in ast.walk(scope)
            if isinstance(node, ast.Call) and called(node) in BUTTONS and holds(node, from_boxes(scope))
        }
    )


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_no_button_is_given_what_a_box_held_when_it_was_drawn(path: Path) -> None:
    assert not given_a_box(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_numbers_and_days_are_typed_as_texts(path: Path) -> None:
    """Streamlit's box for numbers reads 1,5 as 15, and its box for days does nothing at Enter."""
    calls = {called(node) for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))}
    assert not calls & {"number_input", "date_input", "time_input", "datetime_input"}


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("typed = st.number_input('x')\nst.button('Apply', on_click=put, args=(typed,))", [2]),
        ("ends = [c.text_input('x') for c in cols]\nlow, high = sorted(ends)\nst.button('A', args=(low,))", [3]),
        ("def f():\n  typed = st.text_area('x')\n  st.button('A', on_click=lambda: put(typed.strip()))", [3]),
        ("if (typed := box.text_input('x')):\n  with a:\n    c.form_submit_button('A', kwargs={'v': typed})", [3]),
        ("one = st.selectbox('x', o, accept_new_options=True)\nst.button('A', args=(one,))", [2]),
        ("st.button('A', args=(st.text_input('x'),))", [1]),
        ("text = st.text_input('x')\nlink = f'?a={text}'\ncopy_text('Link', link, 'k')", [3]),
        ("st.text_input('x', key='k')\nst.button('A', on_click=lambda: put(st.session_state['k']))", []),
        ("one = st.selectbox('x', o)\nst.button('A', args=(one,))", []),
        ("def f():\n  typed = st.text_input('x')\ndef g(typed):\n  st.button('A', args=(typed,))", []),
    ],
)
def test_such_a_button_is_found_however_it_is_written(source: str, lines: list[int]) -> None:
    assert given_a_box(dedent(source)) == lines
