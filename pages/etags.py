"""Tags of answers, by which a reader is spared what it has already."""

import hashlib

from starlette.requests import Request


def etag(content: bytes) -> str:
    """The tag of a content."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def has_already(request: Request, tag: str) -> bool:
    """Whether who asks has the content with this tag."""
    known = {part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")}
    return tag in known or "*" in known
