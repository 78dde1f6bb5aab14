"""Addresses of the page being shown: its own, those of its data, and those to share.

They begin with what the visitor's browser shows, so that they are right behind a proxy and under a base
path. Embedding is not passed on. Where the browser has not told, they begin with nothing.
"""

from html import escape
from urllib.parse import urlencode

import streamlit as st

from model.links import share_query
from model.receipt import fingerprint
from pages.catalog import DATED
from pages.kit.view import View
from pages.session import showing
from pages.site import path_prefix


def page_address() -> str:
    """The address of the page being shown, without its query."""
    if st.context.is_embedded and (origin := st.context.headers.get("Origin", "")).startswith("http"):
        # Inside another site the browser tells that site's address; the origin is ours also there.
        return f"{origin}{path_prefix(st.get_option('server.baseUrlPath') or '')}/{showing.page_path()}"
    return st.context.url.partition("?")[0] if st.context.url else ""


def app_address() -> str:
    """The address of the app, which ends in a slash; empty where the browser has not told."""
    address = page_address().rstrip("/")
    path = showing.page_path()
    if path and address.endswith(f"/{path}"):
        address = address.removesuffix(f"/{path}")
    return f"{address}/" if address else ""


def linked_view() -> View:
    """The view that links describe: the one being shown, with its dates where it shows the latest."""
    view = showing.current_view()
    dated = DATED.get(showing.page_path())
    return dated(view) if dated else view


def data_address(table: str, form: str = "csv") -> str:
    """Where a table of the scenario being shown can be read by a program."""
    return f"{app_address()}data/{table}.{form}?{linked_view().link}"


def shared_address() -> str:
    """The link to the page as it is shown, with its title and the receipt of its results."""
    view = linked_view()
    saw = fingerprint(view.projection)
    query = share_query(view.scenario, saw, view.title, view.looked_at, checked=True)
    app = app_address()
    return f"{app}{showing.page_path()}?{query}" if app else f"?{query}"


def embed_snippet(chart: str, title: str) -> str:
    """HTML that shows one chart of the page inside another site; without a chart it shows the page."""
    asked = {"embed": "true"} | ({"chart": chart} if chart else {})
    address = f"{shared_address()}&{urlencode(asked)}"
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" '
        'width="100%" height="560" style="border:0" loading="lazy"></iframe>'
    )


def python_snippet() -> str:
    """A program that computes the scenario from its link and prints the headline results of the year in focus."""
    return f"""\
from model.links import from_query
from model.projection import project

scenario, refused = from_query({shared_address()!r})
results = project(scenario.values, scenario.edition)
year = results.years.index({showing.current_view().year_label!r})
for company, outputs in results.company.items():
    for name in ("operating_profit_jpy_bn", "net_tariff_cost_jpy_bn"):
        print(company, name, results.years[year], float(outputs[name][year]))
    print(company, "alliance_npv_jpy_bn", results.once_company["alliance_npv_jpy_bn"][company])
"""
