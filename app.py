"""Alliance Explorer: starts the pages.

`python app.py`, `streamlit run app.py` and `uvicorn app:app` all serve it. The entry script is
`pages/frame.py`, so that a first visit by a deep link opens the right page within its frame.
"""

import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import Response

ROOT = Path(__file__).resolve().parent
if str(ROOT) not in sys.path:  # uvicorn may start anywhere
    sys.path.insert(0, str(ROOT))


class SecurityHeaders(BaseHTTPMiddleware):
    """Headers that keep a browser from guessing types and from leaking the scenario to other sites."""

    async def dispatch(self, request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        """Answer the request with the headers added."""
        response = await call_next(request)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        return response


@asynccontextmanager
async def warm_start(app: st.App) -> AsyncIterator[None]:
    """Read the facts and compute the references before the first visitor; a broken file stops the start."""
    from model.backtest import backtest
    from model.editions import editions
    from model.projection import reference
    from model.sampling import keep_freed_memory

    keep_freed_memory()
    for name in editions():
        reference(name)
    backtest()
    yield


from pages.data_api import data_routes  # noqa: E402  (needs the root on the path)

app = st.App(
    ROOT / "pages" / "frame.py",
    routes=data_routes(st.get_option("server.baseUrlPath") or ""),
    middleware=[Middleware(SecurityHeaders)],
    lifespan=warm_start,
)

if __name__ == "__main__":
    app.run()
