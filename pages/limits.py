"""What the system lets this process have: files that are open at once, and room for memory."""

import asyncio
import ctypes
import sys
from collections.abc import Callable
from typing import Any, Final

from anyio import to_thread

FILES_NEEDED: Final = 1_100
"""Of 250 visitors, each of whom holds four, and of the app itself."""
LEAST_ROOM_BYTES: Final = 1_500_000_000
"""Of addresses, not of memory in use: libraries and threads reserve much that they never touch."""
_MANY_FILES: Final = 10_240  # as many as macOS gives where it names no limit

_M_ARENA_MAX: Final = -8
"""The GNU C library's own name for the setting (malloc.h)."""

_ARENAS: Final = 1
_GIVE_BACK_S: Final = 2.0


class LimitError(RuntimeError):
    """The system gives less than the app can start with."""


def require_room() -> None:
    """LimitError where `ulimit -v` leaves so little that the app would start and never answer."""
    if sys.platform == "win32":
        return
    import resource

    room = resource.getrlimit(resource.RLIMIT_AS)[0]
    if room != resource.RLIM_INFINITY and room < LEAST_ROOM_BYTES:
        raise LimitError(
            f"the limit of its memory (ulimit -v) is {room / 1e6:,.0f} MB of addresses, "
            f"and it needs {LEAST_ROOM_BYTES / 1e6:,.0f}"
        )


def allow_open_files() -> str:
    """Raise the limit of open files as far as this process may; a sentence where that is too few, else nothing."""
    if sys.platform == "win32":
        return ""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = max(soft, _MANY_FILES) if hard == resource.RLIM_INFINITY else hard
    if soft not in (wanted, resource.RLIM_INFINITY):
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
        except (OSError, ValueError):  # the system has a bound of its own below the one it names
            pass
    if soft == resource.RLIM_INFINITY or soft >= FILES_NEEDED:
        return ""
    return f"{soft:,} files may be open at once (ulimit -n), too few for 250 visitors, who take {FILES_NEEDED:,}"


def share_freed_memory() -> None:
    """Let all threads take memory from one arena.

    The GNU C library gives each thread one of its own, up to eight for each processor, and what one of them keeps the
    others cannot use: twenty visitors who draw took 600 MB instead of 350. Elsewhere this does nothing.
    """
    if mallopt := _of_library("mallopt"):
        mallopt(_M_ARENA_MAX, _ARENAS)


async def give_back_memory() -> None:
    """Give the system what is free between what is in use, again and again; by itself the library gives its end."""
    while trim := _of_library("malloc_trim"):
        await asyncio.sleep(_GIVE_BACK_S)
        await to_thread.run_sync(trim, 0)


def _of_library(name: str) -> Callable[..., Any] | None:
    """A function of the GNU C library; nothing where that is not there."""
    library = ctypes.CDLL(None) if sys.platform.startswith("linux") else None
    return getattr(library, name, None)
