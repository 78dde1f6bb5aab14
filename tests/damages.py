"""Ways in which a data file is damaged."""

from collections.abc import Callable
from typing import Final


def cut_at_a_row(raw: bytes, rows: int) -> bytes:
    return b"".join(raw.splitlines(keepends=True)[:-rows])


def with_wrong_letters(raw: bytes) -> bytes:
    """Two letters change places in the middle: no form is broken."""
    at = next(at for at in range(len(raw) // 2, len(raw)) if raw[at : at + 2].isalnum() and raw[at] != raw[at + 1])
    return raw[:at] + raw[at : at + 2][::-1] + raw[at + 2 :]


def with_a_byte_of_another_code(raw: bytes) -> bytes:
    at = len(raw) // 2
    return raw[:at] + b"\xe9" + raw[at:]


DAMAGES: Final[dict[str, Callable[[bytes], bytes | None]]] = {
    "half": lambda raw: raw[: len(raw) // 2],
    "without its last row": lambda raw: cut_at_a_row(raw, 1),
    "without its last four rows": lambda raw: cut_at_a_row(raw, 4),
    "without its last letter but one": lambda raw: raw[:-2] + raw[-1:],
    "empty": lambda raw: b"",
    "header alone": lambda raw: raw.splitlines(keepends=True)[0],
    "wrong letters": with_wrong_letters,
    "another code": with_a_byte_of_another_code,
    "zeros": lambda raw: bytes(len(raw)),
    "missing": lambda raw: None,
}
