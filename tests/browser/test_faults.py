"""What breaks around the app has a defined outcome: said at the start, or survived with every slider where it was."""

import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from pages.messages import LARGEST_BYTES, TOO_BIG
from tests.browser.conftest import HOST, ROOT, STREAMLIT_RUN, Server, Start, Visit, free_port, rerun, settled, window
from tests.browser.seen import downloaded, expect_slider, follow, metric, query, slider
from tests.copied import RUN, copied, started

NO_FOLDER = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "TMPDIR"), "/proc/none")
PROFIT = "Nissan: operating profit"


def started_in_vain(folder: Path, *, within: Sequence[str] = (), **environment: str) -> str:
    """The one line with which a start from this folder ends; within: a command that starts it."""
    run = started(folder, within=within, **environment)
    assert run.returncode == 1
    assert "Traceback" not in run.stdout + run.stderr
    (line,) = [line for line in run.stderr.splitlines() if "Alliance Explorer cannot start" in line]
    assert len(line) < 800
    return line


# Every file and every way to be damaged are tried in tests/data/test_checksums.py; here, that the start asks for it.
@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("facts.csv", None),
        ("editions/2026-05.csv", "\x00" * 5_000),
        ("tariff_rates.csv", ""),
        ("SOURCES.md", None),
        ("checksums.csv", "file,lines,sha256\n"),
    ],
)
def test_a_broken_data_file_stops_the_start_with_one_line_that_names_it(
    tmp_path: Path, file: str, content: str | None
) -> None:
    broken = copied(tmp_path, *RUN) / "data" / file
    broken.unlink() if content is None else broken.write_text(content, encoding="utf-8")
    assert Path(file).name in started_in_vain(tmp_path)


def test_streamlits_own_command_stops_as_well(tmp_path: Path) -> None:
    (copied(tmp_path, *RUN) / "data" / "claims.csv").unlink()
    words = [word.format(port=free_port()) for word in STREAMLIT_RUN]
    run = subprocess.run(
        [sys.executable, *words], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
    )
    assert run.returncode == 1
    assert "cannot start: claims.csv: no such file" in run.stderr
    assert "Traceback" not in run.stdout + run.stderr


@pytest.mark.parametrize("left", [None, ()], ids=["missing", "empty"])
def test_without_its_data_the_start_says_what_it_looked_for(tmp_path: Path, left: tuple[()] | None) -> None:
    copied(tmp_path, "app.py", ".streamlit", "model", "pages")
    if left is not None:
        (tmp_path / "data").mkdir()
    assert "No module named 'data" in started_in_vain(tmp_path)


def test_a_price_host_that_cannot_be_meant_stops_the_start() -> None:
    line = started_in_vain(ROOT, ALLIANCE_PRICE_HOST="none")
    assert 'ALLIANCE_PRICE_HOST is "none"' in line
    assert "http(s)://host[:port]" in line


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not hold to the limit of addresses")
def test_with_too_little_memory_the_start_ends_and_says_so() -> None:
    limited = ["sh", "-c", 'ulimit -v 700000; exec "$0" "$@"']
    assert "ulimit -v" in started_in_vain(ROOT, within=limited)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_small_number_of_open_files_is_raised_and_told_where_it_cannot_be(start: Start, tmp_path: Path) -> None:
    told = "files may be open at once (ulimit -n), too few for 250 visitors"
    for hard, said in (("hard", ""), ("256", f"256 {told}")):
        program = tmp_path / "limited.py"
        program.write_text(
            "import os, resource, sys\n"
            "hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]\n"
            f"resource.setrlimit(resource.RLIMIT_NOFILE, (256, {hard}))\n"
            "os.execv(sys.executable, [sys.executable, *sys.argv[1:]])\n"
        )
        server = start(str(program), *STREAMLIT_RUN)
        server.stop()
        printed = server.log.read_text()
        assert (said in printed) if said else (told not in printed), hard


def test_without_a_folder_to_write_to_every_page_still_opens(browser: Browser, start: Start) -> None:
    with window(browser, start(environment=NO_FOLDER)) as visit:
        page = visit.open("?japan_tariff_share=0.2")
        expect_slider(page, "japan_tariff_share", 0.2)
        follow(page, "Sources")
        expect(page.get_by_role("heading", level=1)).to_have_text("Where the numbers come from")


# Streamlit, in a process that can open no file for writing: each try ends as on a full disk.
FULL_DISK = """
import errno, os, runpy, sys
def refuse(event, given):
    if event == "open" and isinstance(given[2], int) and given[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        if given[0] != os.devnull:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), given[0])
sys.addaudithook(refuse)
runpy.run_module("streamlit", run_name="__main__", alter_sys=True)
"""


def test_on_a_full_disk_sliders_move_and_every_form_downloads(browser: Browser, start: Start) -> None:
    with window(browser, start("-c", FULL_DISK, *STREAMLIT_RUN[2:])) as visit:
        page = visit.open("?preset=article")
        before = metric(page, PROFIT).inner_text()
        with rerun(page):
            slider(page, "japan_tariff_share").press("ArrowLeft")
        expect(metric(page, PROFIT)).not_to_have_text(before)
        for form in ("csv", "xlsx", "svg", "png"):
            assert len(downloaded(page, "profit", form)[1]) > 500, form


def test_over_a_slow_network_a_slider_still_gets_its_answer(visit: Visit) -> None:
    network = visit.page.context.new_cdp_session(visit.page)
    network.send("Network.enable")
    slow = {"offline": False, "latency": 400, "downloadThroughput": 200_000, "uploadThroughput": 50_000}
    page = visit.open("?preset=article")
    network.send("Network.emulateNetworkConditions", slow)
    before = metric(page, PROFIT).inner_text()
    with rerun(page):
        slider(page, "japan_tariff_share").press("ArrowLeft")
    expect(metric(page, PROFIT)).not_to_have_text(before)


def test_a_server_that_restarts_while_a_slider_moves_finds_every_value_in_the_address(
    browser: Browser, start: Start
) -> None:
    port = free_port()
    first = start(at=port)
    with window(browser, first) as visit:
        page = visit.open("tariffs?preset=article&usmca_tariff_share=0.1")
        with rerun(page):
            slider(page, "japan_tariff_share").press("ArrowLeft")
        slider(page, "japan_tariff_share").press("ArrowLeft")
        first.process.kill()
        first.process.wait()
        with rerun(page):
            start(at=port)
        expect_slider(page, "usmca_tariff_share", 0.1)
        expect(slider(page, "japan_tariff_share")).to_have_value("0.24")
        with rerun(page):
            slider(page, "japan_tariff_share").press("ArrowRight")
        expect(slider(page, "japan_tariff_share")).to_have_value("0.245")
        assert query(page)["preset"] == "article"
        forget_lost_connection(visit)


def forget_lost_connection(visit: Visit) -> None:
    """A browser reports every request that a dead server did not answer; anything else stays an error."""
    lost = ("net::ERR_CONNECTION_REFUSED", "WebSocket connection", "net::ERR_INTERNET_DISCONNECTED", "502", "ERR_EMPTY")
    visit.errors[:] = [error for error in visit.errors if not any(sign in error for sign in lost)]


def test_two_tabs_of_one_browser_keep_to_themselves(visit: Visit) -> None:
    one = visit.open("?japan_tariff_share=0.2")
    other = visit.page.context.new_page()
    other.goto(f"{visit.server.url}/?japan_tariff_share=0.3")
    settled(other)
    shown = metric(one, PROFIT).inner_text()
    slider(other, "japan_tariff_share").press("ArrowRight")
    expect(slider(other, "japan_tariff_share")).to_have_value("0.305")
    expect(metric(other, PROFIT)).not_to_have_text(shown)
    expect_slider(one, "japan_tariff_share", 0.2)
    expect(metric(one, PROFIT)).to_have_text(shown)


def test_a_flood_of_data_requests_leaves_the_pages_alive(visit: Visit) -> None:
    page, stop, statuses = visit.open(""), threading.Event(), Counter[int]()

    def ask() -> None:
        while not stop.is_set():
            try:
                with urllib.request.urlopen(
                    f"{visit.server.url}/data/profit.csv?jpy_per_usd=151", timeout=30
                ) as answer:
                    statuses[answer.status] += 1
            except urllib.error.HTTPError as error:
                statuses[error.code] += 1

    flood = [threading.Thread(target=ask) for _ in range(20)]
    for thread in flood:
        thread.start()
    try:
        before = metric(page, PROFIT).inner_text()
        with rerun(page):
            slider(page, "japan_tariff_share").press("ArrowRight")
        expect(metric(page, PROFIT)).not_to_have_text(before)
    finally:
        stop.set()
        for thread in flood:
            thread.join()
    assert statuses[200] > 20
    assert set(statuses) <= {200, 503}


def sent_before_closed(connection: socket.socket, size: int) -> int:
    """How many bytes the other side took, of so many."""
    sent = 0
    try:
        while sent < size:
            sent += connection.send(b"\x00" * 65536)
    except OSError:
        pass
    return sent


def test_a_message_or_a_file_that_is_too_large_is_refused_and_the_server_lives(server: Server) -> None:
    port = int(server.url.rpartition(":")[2])
    with socket.create_connection((HOST, port), timeout=10) as connection:
        connection.sendall(
            f"GET /_stcore/stream HTTP/1.1\r\nHost: {HOST}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Protocol: streamlit\r\n\r\n".encode()
        )
        assert b"101" in connection.recv(4096)
        size = 200 * 1024 * 1024
        connection.sendall(b"\x82\xff" + size.to_bytes(8, "big") + b"\x00" * 4)
        assert sent_before_closed(connection, size) < size
    address = f"ws://{HOST}:{port}/_stcore/stream"
    with connect(address, subprotocols=["streamlit"]) as visitor:  # type: ignore[list-item]
        visitor.send(b"\x00" * (LARGEST_BYTES + 1))
        with pytest.raises(ConnectionClosed):
            visitor.recv()
        assert visitor.close_code == TOO_BIG
    with connect(address, subprotocols=["streamlit"]) as visitor:  # type: ignore[list-item]

        def endless() -> Iterator[bytes]:
            yield b"\x00" * (LARGEST_BYTES + 1)
            with pytest.raises(ConnectionClosed):
                visitor.recv(timeout=10)
            assert visitor.close_code == TOO_BIG

        with pytest.raises(ConnectionClosed):  # its end never comes, and it is not held until then
            visitor.send(endless())
    request = urllib.request.Request(f"{server.url}/_stcore/upload_file/none/none", data=b"x" * 2_000_000, method="PUT")
    with pytest.raises((urllib.error.HTTPError, OSError)):
        urllib.request.urlopen(request, timeout=10)
    with urllib.request.urlopen(f"{server.url}/readyz", timeout=10) as answer:
        assert answer.status == 200
