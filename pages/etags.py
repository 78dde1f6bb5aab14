"""Tags of answers, by which a reader is spared what it has already."""

import hashlib
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response


def tagged(
    request: Request, content: bytes, media_type: str, caching: str, headers: Mapping[str, str] | None = None
) -> Response:
    """The content with its tag, or an empty answer where who asks has it.

    The tag is weak: it stands for the content, whether it is sent compressed or not. What compresses says by itself,
    in `Vary`, that answers differ by coding; it leaves empty ones alone, which have to say it too.
    """
    tag = etag(content)
    known = {"ETag": tag, "Cache-Control": caching, **(headers or {})}
    if has_already(request, tag):
        return Response(status_code=304, headers={**known, "Vary": "Accept-Encoding"})
    return Response(content, headers=known, media_type=media_type)


def etag(content: bytes) -> str:
    """The weak tag of a content."""
    return f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'


def has_already(request: Request, tag: str) -> bool:
    """Whether who asks has the content with this weak tag, however strong it says that its own is."""
    known = {part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")}
    return tag.removeprefix("W/") in known or "*" in known
