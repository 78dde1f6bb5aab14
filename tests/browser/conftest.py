"""A real server, a real browser, and pages that fail their test when they call another host or report an error."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
STREAMLIT_RUN = ("-m", "streamlit", "run", "app.py", "--server.port={port}", f"--server.address={HOST}")
BROWSER_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = ("chromium", "chromium-browser", "google-chrome")
MAC_BROWSERS = ("Google Chrome", "Chromium")
LONGEST_START_S = 60.0
PATIENCE_MS = 60_000  # for a machine that does much else; what is there is seen at once

Start = Callable[..., "Server"]


def chromium() -> str | None:
    """Where a Chromium is: named by the environment, on the path, or among the applications of a Mac."""
    applications = [f"/Applications/{name}.app/Contents/MacOS/{name}" for name in MAC_BROWSERS]
    found = [os.environ.get("CHROMIUM"), *map(shutil.which, NAMES), *(a for a in applications if Path(a).exists())]
    return next((path for path in found if path), None)


@dataclass
class Server:
    """A running server; `log` is what it printed, `url` is empty while only its log can tell."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def answers(self) -> bool:
        """Whether it answers the question for its health."""
        told = re.search(r"Local URL: (http://\S+)", self.log.read_text())
        self.url = self.url or (told[1].replace("localhost", HOST) if told else "")
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=5) as response:
                return response.status == 200
        except (OSError, ValueError):
            return False

    def wait(self) -> None:
        """Wait until it answers, or fail with what it printed."""
        limit = time.monotonic() + LONGEST_START_S
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > limit:
                pytest.fail(f"the server did not start:\n{self.log.read_text()}")
            time.sleep(0.05)

    def stop(self) -> None:
        """End it and wait until it is gone."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def free_port() -> int:
    with socket.socket() as s:
        s.bind((HOST, 0))
        port: int = s.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Start servers by a Python command, "{port}" being a free port; they end with the session.

    Without a command it is `streamlit run app.py`.
    base_path: where the app is under the server's root; at: the port, a free one unless given
    environment: what differs from this process's
    """
    servers: list[Server] = []

    def started(
        *command: str,
        folder: Path = ROOT,
        base_path: str = "",
        at: int | None = None,
        environment: dict[str, str] | None = None,
    ) -> Server:
        words = [*(command or STREAMLIT_RUN), *([f"--server.baseUrlPath={base_path}"] if base_path else [])]
        port = str(at or free_port())
        url = f"http://{HOST}:{port}" if any("{port}" in word for word in words) else ""
        url += f"/{base_path}" if base_path else ""
        log = tmp_path_factory.mktemp("server") / "log.txt"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, *(word.format(port=port) for word in words)],
                cwd=folder,
                env={**os.environ, "PYTHONUNBUFFERED": "1", **(environment or {})},
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        servers.append(Server(url, process, log))
        servers[-1].wait()
        return servers[-1]

    yield started
    for server in servers:
        server.stop()


@pytest.fixture(scope="session")
def server(start: Start) -> Server:
    """The server that most tests share."""
    return start()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytest.skip(f"no browser: install one of {', '.join(NAMES)} or set CHROMIUM to the path of a Chromium")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=[*BROWSER_FLAGS])
        yield found
        found.close()


@dataclass
class Visit:
    """A visitor's window, with everything that it asked for and everything that went wrong in it."""

    page: Page
    server: Server
    requests: list[Request] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, address: str, server: Server | None = None) -> Page:
        """Go to an address of the app, such as "sources?preset=article", and wait until it is drawn."""
        self.server = server or self.server
        self.page.goto(f"{self.server.url}/{address}")
        settled(self.page)
        return self.page

    def check(self) -> None:
        """Nothing may have left for another host, and nothing may have failed."""
        foreign = {request.url for request in self.requests if not self._own(request.url)}
        assert not foreign
        assert not self.errors

    def _own(self, url: str) -> bool:
        parts = urlsplit(url)
        return parts.scheme in ("data", "blob") or parts.hostname == HOST


# Counts the runs of the app's script that ended: as drawn, and as told by the server in messages that end with the
# field script_finished. A run that ends before the browser has drawn its beginning is only told.
ENDED = [ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY]
COUNT_RUNS = (
    f"const FIELD = {ForwardMsg.SCRIPT_FINISHED_FIELD_NUMBER << 3}, ENDED = {ENDED}, LONGEST_BYTES = 200;"
    + """
window.drawnRuns = 0;
window.toldRuns = 0;
window.lastTold = 0;
new MutationObserver((changes) => {
  for (const change of changes) {
    if (change.target.getAttribute("data-test-script-state") === "notRunning") window.drawnRuns += 1;
  }
}).observe(document, {subtree: true, attributes: true, attributeFilter: ["data-test-script-state"]});
window.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    this.addEventListener("message", ({data}) => {
      if (!(data instanceof ArrayBuffer) || data.byteLength > LONGEST_BYTES) return;
      const [field, status] = new Uint8Array(data.slice(-2));
      if (field !== FIELD || !ENDED.includes(status)) return;
      window.toldRuns += 1;
      window.lastTold = performance.now();
    });
  }
};
"""
)
LONGEST_UNSEEN_MS = 500
RUNS = "[window.drawnRuns, window.toldRuns]"
RAN_SINCE = f"""([drawn, told]) => window.drawnRuns > drawn
  || window.toldRuns > told && performance.now() - window.lastTold > {LONGEST_UNSEEN_MS}"""
IDLE = """() => document.querySelector('[data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]')
  && !document.querySelector('[data-stale="true"]')"""


def settled(page: Page) -> None:
    """Wait until the script has ended and what it left on the page is not stale."""
    page.wait_for_selector('[data-testid="stSidebar"] [class*="st-key-group_"]', state="attached")
    page.wait_for_function(IDLE)


@contextmanager
def rerun(page: Page) -> Iterator[None]:
    """Do something that makes the script run, and wait until a run has ended since."""
    before = page.evaluate(RUNS)
    yield
    page.wait_for_function(RAN_SINCE, arg=before)
    settled(page)


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Visit]:
    """A window of 1400 x 900 in a session of its own; when the test ends, nothing may have gone wrong in it."""
    with window(browser, server) as found:
        yield found


@contextmanager
def window(browser: Browser, server: Server, width: int = 1400, height: int = 900) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
    context.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    page = context.new_page()
    page.add_init_script(COUNT_RUNS)
    found = Visit(page, server)

    def note(message: ConsoleMessage) -> None:
        # Streamlit finds out where its server is by asking beside the address that was opened, before it asks above it.
        asked_beside = re.search(r"/\w+/_stcore/(health|host-config)$", message.location.get("url", ""))
        if message.type == "error" and not asked_beside:
            found.errors.append(f"{message.text} ({message.location.get('url', '')})")

    page.on("request", lambda request: found.requests.append(request))
    page.on("console", note)
    page.on("pageerror", lambda error: found.errors.append(str(error)))
    yield found
    exceptions = page.locator('[data-testid="stException"]').count()
    context.close()
    found.check()
    assert exceptions == 0
