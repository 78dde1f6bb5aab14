"""Who asks for prices: the address of a visitor or a program, told by whoever answers it, within its own thread."""

from contextvars import ContextVar
from typing import Final

ASKER: Final[ContextVar[str]] = ContextVar("asker", default="")
"""Empty where nobody told."""
