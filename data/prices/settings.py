"""Where prices are asked for: Yahoo Finance, unless the environment says otherwise.

ALLIANCE_PRICE_HOST: empty for Yahoo Finance; `off` to show the snapshot and ask nobody; or the address of
another host that speaks Yahoo's chart format, such as http://127.0.0.1:8080.
"""

import os
from typing import Final

HOST_VARIABLE: Final = "ALLIANCE_PRICE_HOST"
OFF: Final = "off"


def price_host() -> str:
    """The host to ask instead of Yahoo's, or nothing; an address without its scheme is taken as http."""
    host = os.environ.get(HOST_VARIABLE, "").strip().rstrip("/")
    return host if not host or "://" in host or host == OFF else f"http://{host}"


def switched_off() -> bool:
    """Whether this server shows the snapshot only."""
    return price_host() == OFF
