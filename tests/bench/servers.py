"""The app and what it is measured against, each on a server of its own."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.browser.conftest import HOST, ROOT, free_port

APPS: Final = {"floor": "tests/bench/floor.py", "same": "tests/bench/same.py", "app": "app.py"}


@contextmanager
def servers(names: tuple[str, ...] = tuple(APPS)) -> Iterator[dict[str, tuple[str, int]]]:
    """Address and process id of the server of each app, while they run."""
    started: dict[str, tuple[str, subprocess.Popen[bytes]]] = {}
    try:
        for name in names:
            port = free_port()
            words = ["-m", "streamlit", "run", APPS[name], f"--server.port={port}", f"--server.address={HOST}"]
            quiet = subprocess.DEVNULL
            environment = {**os.environ, "PYTHONPATH": str(ROOT)}
            process = subprocess.Popen([sys.executable, *words], cwd=ROOT, env=environment, stdout=quiet, stderr=quiet)
            started[name] = (f"http://{HOST}:{port}", process)
        for url, process in started.values():
            wait(url, process)
        yield {name: (url, process.pid) for name, (url, process) in started.items()}
    finally:
        for _, process in started.values():
            process.terminate()
            process.wait()


def wait(url: str, process: subprocess.Popen[bytes]) -> None:
    """Until a server answers; RuntimeError where it ends before."""
    while process.poll() is None:
        try:
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=2).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"the server of {url} ended before it answered")


def memory_mb(pid: int) -> float:
    """Memory that a process holds [MB]; Linux only."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def quantile(values: list[float], share: float) -> float:
    """The value below which this share of the values lies, the nearest one."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]
