"""How many draws are computed together."""

from typing import Final

DRAWS_AT_ONCE: Final = 1_250
"""Few enough to stay near the processor, many enough that calls cost little."""


def blocks(count: int) -> list[slice]:
    """So many draws in blocks of those that are computed together."""
    return [slice(start, min(start + DRAWS_AT_ONCE, count)) for start in range(0, count, DRAWS_AT_ONCE)]
