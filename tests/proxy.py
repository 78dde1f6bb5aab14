"""The deployed proxy on loopback, before servers on other ports."""

import asyncio
import os
import re
import shutil
import subprocess
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.browser.conftest import HOST, ROOT, free_port

CONFIGURATION = ROOT / "deploy" / "nginx.conf"


@dataclass
class Proxy:
    """nginx with the deployed configuration; it works in `folder` and logs there."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def log(self) -> str:
        """What it printed: who asked for what, and what went wrong."""
        return (self.folder / "log.txt").read_text(encoding="utf-8")

    def start(self) -> None:
        """Start it, or start it again."""
        # Started by root, its workers would be somebody who may not enter the folder; deployed, it has no root.
        user = " user root;" if os.geteuid() == 0 else ""
        command = ["nginx", "-p", str(self.folder), "-c", str(self.folder / "nginx.conf"), "-g", f"daemon off;{user}"]
        with (self.folder / "log.txt").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        limit = time.monotonic() + 20
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > limit:
                pytest.fail(f"nginx did not start:\n{self.log}")
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def stop(self) -> None:
        """End it at once, as a lost network would."""
        if self.process:
            self.process.terminate()  # closes what is open at once; killed, it would leave its workers behind
            self.process.wait()


def before(servers: tuple[str, str], folder: Path, **changed: str) -> Proxy:
    """The proxy before two servers, not started; changed: directives that have another value than deployed."""
    if shutil.which("nginx") is None:
        pytest.skip("no nginx: install it with apt-get install nginx-light or brew install nginx")
    port = free_port()
    text = CONFIGURATION.read_text(encoding="utf-8").replace("listen 8080", f"listen {HOST}:{port}")
    for name, server in zip(("app1", "app2"), servers, strict=True):
        text = text.replace(f"server {name}:8501", f"server {server}")
    assert not re.search(r"app\d", text)
    for directive, value in changed.items():
        text, found = re.subn(rf"^( *{directive}) [^;]+;", rf"\1 {value};", text, flags=re.MULTILINE)
        assert found == 1
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    return Proxy(port, folder)


@dataclass
class Answer:
    """What the proxy answered; a status of 0 is none."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)


async def connected(proxy: Proxy, of: str, path: str, **headers: str) -> tuple[Answer, asyncio.StreamWriter]:
    """The head of the answer to one who asks from an address, and the connection."""
    reader, writer = await asyncio.open_connection(HOST, proxy.port, local_addr=(of, 0))
    lines = [f"GET {path} HTTP/1.1", "Host: explorer", *(f"{k.replace('_', '-')}: {v}" for k, v in headers.items())]
    writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
    try:
        status, *rest = (await reader.readuntil(b"\r\n\r\n")).decode().splitlines()
    except (OSError, asyncio.IncompleteReadError):
        return Answer(), writer
    return Answer(int(status.split()[1]), dict(line.split(": ", 1) for line in rest if line)), writer


async def ask(proxy: Proxy, of: str, path: str, **headers: str) -> Answer:
    """The head of the answer to one who asks from an address and leaves."""
    answer, writer = await connected(proxy, of, path, Connection="close", **headers)
    writer.close()
    return answer
