"""The server under the app: what it listens on, and how much of a message it holds."""

import gc
import os
import socket
from contextlib import suppress
from pathlib import Path
from typing import Final

from uvicorn import Config

_OPEN: Final = Path("/dev/fd")
RECEIVED_BYTES: Final = 32 * 1024
"""That the system keeps of a connection until they are read. A move of a slider sends 1 to 3 kB."""


def set_up_listening() -> int:
    """Let what is accepted from here on send each message when it is written, and hold little of what comes.

    Where Streamlit binds the socket it names no protocol, and asyncio leaves Nagle's algorithm on: the second part of
    an answer waits until the browser has acknowledged the first, 40 ms on one machine and a way there and back beyond
    it. And asyncio reads a quarter of a megabyte at once, which stays in memory when the message is too big until
    Python looks for garbage. What is accepted inherits both options. Gives how many sockets listen.
    """
    found = 0
    for number in [int(path.name) for path in _OPEN.iterdir()] if _OPEN.is_dir() else []:
        with suppress(OSError), _copied(number) as opened:
            listens = opened.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
            if listens and opened.family in (socket.AF_INET, socket.AF_INET6):
                opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVED_BYTES)
                found += 1
    return found


def _copied(number: int) -> socket.socket:
    """A socket beside the one behind a descriptor; OSError where there is none, and then nothing is left open.

    A copy of a pipe that stayed open would keep whoever reads from it waiting for its end for ever.
    """
    copy = os.dup(number)
    try:
        return socket.socket(fileno=copy)
    except OSError:
        os.close(copy)
        raise


def hold_at_most(message_bytes: int) -> int:
    """Let no connection from here on hold more of a message whose end has not come; how many servers that holds for.

    Streamlit's setting counts whole megabytes, and `uvicorn app:app` does not know it: it would hold sixteen of each.
    Nothing hands the server's settings to the app, so they are looked for.
    """
    found = [one for one in gc.get_objects() if type(one) is Config]
    for settings in found:
        settings.ws_max_size = message_bytes
    return len(found)
