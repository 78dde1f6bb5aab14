"""Every private name of Streamlit that the app uses, each for want of a public one. A test holds what each does.

Streamlit tells a script neither whether Back or Forward brought the visitor, nor which page's script is running, nor
does it write an address without a step of history, nor let a slider take another text than the one that stands in
the address, nor run a page twice. A new version may move any of these.
"""

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlencode

import streamlit as st
from streamlit.navigation.page import StreamlitPage as StreamlitPage
from streamlit.runtime.scriptrunner import get_script_run_ctx

from data.prices.askers import ASKER
from pages.session.turns import Asker


def by_history() -> bool:
    """Whether Back or Forward brought the visitor here: then the address decides, also where it says nothing."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def script_hash() -> str:
    """The script of the page that the browser asks for, by its hash; empty outside a run."""
    context = get_script_run_ctx()
    return context.page_script_hash if context else ""


def query_string() -> str:
    """The query as the browser has it: Streamlit's own copy is in another order once a slider has moved."""
    context = get_script_run_ctx()
    return context.query_string if context else ""


def rewrite_query(query: Mapping[str, str | list[str]], order: Sequence[str]) -> None:
    """Replace the query for what runs next, in this order, without a message to the browser and so without a step.

    Also what is bound to a slider, which may not be written by `st.query_params`.
    """
    context = get_script_run_ctx()
    assert context is not None
    with context.session_state.query_params() as params:
        params.clear_with_no_forward_msg(preserve_embed=True)
        for key in order:
            params.set_with_no_forward_msg(key, query[key])


def read_as(texts: Mapping[str, str]) -> None:
    """Let what is bound to the address and drawn in this run take these texts from it, whatever the address says."""
    context = get_script_run_ctx()
    assert context is not None
    with context.session_state.query_params() as params:
        params.set_initial_query_params(urlencode(texts))


def asker(kind: str) -> Asker:
    """Who wants a run of this kind: the session and the address it comes from.

    A run of the whole script takes two turns, the sidebar's and the page's; a slider's move takes one.
    """
    context = get_script_run_ctx()
    session, address = context.session_id if context else "", st.context.ip_address or ""
    if context and context.fragment_ids_this_run:
        return Asker(session, address, f"{kind} alone")
    return Asker(session, address, kind, turns=2)


def name_asker() -> None:
    """Tell whatever is rationed by address, for as long as this run goes on, which address the session comes from."""
    ASKER.set(st.context.ip_address or "")


def hash_of(page: StreamlitPage) -> str:
    """The hash of a page's script, as `script_hash` gives it."""
    found: str = page._script_hash
    return found


def runs_again(page: StreamlitPage) -> Callable[[], None]:
    """What runs a page once more: Streamlit means it to be run once, and a fragment is the same call again."""
    page._can_be_called = True
    return page.run
