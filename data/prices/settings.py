"""Where prices are asked for: Yahoo Finance, unless the environment says otherwise.

ALLIANCE_PRICE_HOST: empty for Yahoo Finance; `off` to show the snapshot and ask nobody; or the address of
another host that speaks Yahoo's chart format, such as http://127.0.0.1:8080.
"""

import os
import re
from typing import Final

HOST_VARIABLE: Final = "ALLIANCE_PRICE_HOST"
OFF: Final = "off"
_ADDRESS: Final = re.compile(
    r"https?://([a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f:.]+\])(:(?P<port>[0-9]{1,5}))?",
    re.ASCII,
)
_LARGEST_PORT: Final = 65_535


class SettingError(ValueError):
    """The environment says something that cannot be meant."""


def price_host() -> str:
    """The host to ask instead of Yahoo's, `off`, or nothing; SettingError where the variable holds anything else."""
    given = os.environ.get(HOST_VARIABLE, "")
    host = given.strip().lower().removesuffix("/")
    if host in ("", OFF):
        return host
    found = _ADDRESS.fullmatch(host)
    if not found or int(found["port"] or 80) not in range(1, _LARGEST_PORT + 1):
        raise SettingError(
            f'{HOST_VARIABLE} is "{given[:80]}": allowed are nothing (Yahoo Finance), {OFF} (nobody is asked), '
            "and an address http(s)://host[:port] such as http://127.0.0.1:8080"
        )
    return host


def switched_off() -> bool:
    """Whether this server shows the snapshot only."""
    return price_host() == OFF
