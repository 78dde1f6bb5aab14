"""Alliance Explorer: starts the pages.

`python app.py`, `streamlit run app.py` and `uvicorn app:app` all serve it. The entry script is
`pages/frame.py`, so that a first visit by a deep link opens the right page within its frame.
"""

import gc
import os
import re
import sys
from asyncio import create_task
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

import streamlit as st
from anyio import to_thread
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ROOT = Path(__file__).resolve().parent
if str(ROOT) not in sys.path:  # uvicorn may start anywhere
    sys.path.insert(0, str(ROOT))


INDEX = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
"""The page that Streamlit sends for every address."""


def content_policy() -> str:
    """What a page may load and run: its own files, and what Streamlit and its charts need, from nowhere else.

    Components arrive as text (blob:) and styles are written into the page ('unsafe-inline'). No text becomes a
    program: Streamlit reads the expressions of charts with an interpreter. The page's own inline script is
    allowed by its hash. Any site may embed a page: it holds nothing that belongs to a visitor.
    """
    scripts = re.findall(r"<script>(.*?)</script>", INDEX, re.DOTALL)
    hashes = [f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts]
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self' blob:", *hashes)),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "frame-src 'none'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
        )
    )


HEADERS = {
    "Content-Security-Policy": content_policy(),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class SecurityHeaders:
    """Headers that say what a page may do, and keep a browser from guessing types and telling other sites of it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request with the headers added."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


LONGEST_REASON = 500
"""Letters of it that are printed: a damaged file may be quoted."""


def end(error: Exception) -> NoReturn:
    """Stop the start with the one line that says why; a traceback of the server's would bury it."""
    said = str(error) or "not enough memory"
    if isinstance(error, ImportError):
        said = f"{said}; data, model and pages belong beside app.py, and into Python the packages of requirements.txt"
    words = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in said[:LONGEST_REASON])
    print(f"Alliance Explorer cannot start: {words}", file=sys.stderr, flush=True)
    os._exit(1)


SWITCH_S = 0.001
"""For how long a thread keeps the interpreter from others. The server's loop, which carries every message, has little
to do each time; at Python's own five milliseconds it waited that long each time for a page that was computed."""


@asynccontextmanager
async def warm_start(app: st.App) -> AsyncIterator[None]:
    """Compute the references and every table before the first visitor; what stands against it stops the start."""
    if told := allow_open_files():
        print(f"Alliance Explorer: {told}", file=sys.stderr, flush=True)
    try:
        keep_freed_memory()
        for name in editions():
            reference(name)
        backtest()
        await to_thread.run_sync(check)  # where no thread can be started, no page could be computed
    except (MemoryError, OSError, RuntimeError, ValueError) as error:
        end(error)
    sys.setswitchinterval(SWITCH_S)
    set_up_listening()
    hold_at_most(LARGEST_BYTES)
    # Streamlit looks for garbage after every run of the script: what is there now is none and need not be looked at.
    gc.collect()
    gc.freeze()
    giving = create_task(give_back_memory())
    yield
    giving.cancel()


try:
    from pages.limits import allow_open_files, give_back_memory, require_room, share_freed_memory

    require_room()
    share_freed_memory()  # before threads begin

    from data.checksums import require_shipped
    from data.prices.settings import price_host

    price_host()
    require_shipped()

    from model.backtest import backtest
    from model.editions import editions
    from model.projection import reference
    from model.sampling import keep_freed_memory
    from pages.askers import NamedAskers
    from pages.data_api import FILES, data_routes
    from pages.health import check, health_routes
    from pages.messages import LARGEST_BYTES, BoundedMessages
    from pages.shell import MeantAddresses, page_routes
    from pages.sockets import hold_at_most, set_up_listening
except (ImportError, MemoryError, OSError, RuntimeError, ValueError) as error:
    end(error)

BASE_PATH = st.get_option("server.baseUrlPath") or ""

app = st.App(
    ROOT / "pages" / "frame.py",
    routes=[*data_routes(BASE_PATH), *health_routes(BASE_PATH), *page_routes(INDEX, BASE_PATH)],
    middleware=[
        Middleware(SecurityHeaders),
        Middleware(BoundedMessages),
        Middleware(NamedAskers),
        Middleware(MeantAddresses, BASE_PATH, FILES),
    ],
    lifespan=warm_start,
)

if __name__ == "__main__":
    app.run()
