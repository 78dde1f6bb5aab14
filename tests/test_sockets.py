"""Answers are sent when they are written, and little is held of what comes."""

import os
import socket

import pytest
from uvicorn import Config

from pages.sockets import RECEIVED_BYTES, hold_at_most, set_up_listening


def test_what_is_accepted_sends_at_once_where_no_protocol_is_named() -> None:
    with socket.socket(socket.AF_INET) as listening, socket.socket(socket.AF_INET) as asking:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        assert listening.proto == 0  # asyncio sets the option for TCP by name only
        assert set_up_listening() >= 1
        asking.connect(listening.getsockname())
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            assert accepted.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF) <= 2 * RECEIVED_BYTES  # Linux doubles it
        assert not asking.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)  # it does not listen


def test_a_server_holds_no_more_of_a_message_than_it_is_told() -> None:
    server = Config("app:app")
    assert server.ws_max_size > 1_000
    assert hold_at_most(1_000) >= 1
    assert server.ws_max_size == 1_000


def test_whoever_reads_from_a_pipe_still_hears_of_its_end() -> None:
    reading, writing = os.pipe()
    set_up_listening()
    os.close(writing)
    os.set_blocking(reading, False)
    try:
        assert os.read(reading, 1) == b"", "a copy of the other end is open"
    except BlockingIOError:
        pytest.fail("a copy of the other end is open")
    finally:
        os.close(reading)
