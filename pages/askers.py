"""Who asks for data by a request: its address, for whatever is rationed by address."""

from starlette.types import ASGIApp, Receive, Scope, Send

from data.prices.askers import ASKER


class NamedAskers:
    """Tells whoever answers a request, in whatever thread, which address it comes from."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with its address told."""
        if scope["type"] == "http":
            ASKER.set((scope.get("client") or ("",))[0])
        await self.app(scope, receive, send)
