"""Whether the process lives and whether it can serve, for whatever watches it.

`/healthz` answers while the server's event loop turns: a process that does not answer is to be replaced.
`/readyz` answers 200 where every data file is the one that was shipped, every table was made once, and the reference
of the current edition, computed anew, equals the published guidance that it stands on; else 503 with the reason:
visitors are to be sent elsewhere until it does. Files are read again only where one was written since.
"""

import json
from functools import cache
from typing import Any, Final

import numpy as np
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from data.checksums import require_shipped
from data.facts import facts
from model import MODEL_VERSION
from model.editions import COMPANIES, DEFAULT_EDITION, edition
from model.links import default_scenario
from model.projection import project
from pages.catalog import FIGURES
from pages.data_api import read_view
from pages.session import choices
from pages.site import path_prefix

_NO_CACHE: Final = {"Cache-Control": "no-store"}


def _answer(content: dict[str, Any], status: int = 200) -> Response:
    return Response(json.dumps(content), status, _NO_CACHE, "application/json")


async def healthz(request: Request) -> Response:
    """Alive: answered by the event loop itself."""
    return _answer({"alive": True})


def readyz(request: Request) -> Response:
    """Ready: the data are whole, every table can be made, and the model gives what it must."""
    try:
        what = check()
    except Exception as error:  # whatever is wrong, the answer is no
        return _answer({"ready": False, "reason": f"{type(error).__name__}: {error}"[:300]}, 503)
    return _answer({"ready": True, **what})


@cache
def make_every_table() -> int:
    """Make each table of the status quo, by embedded prices alone; gives their number, RuntimeError names a bad one."""
    view = read_view(f"{choices.STOCK_SOURCE.key}=snapshot")
    for name, figure in FIGURES.items():
        try:
            figure.table(view)
        except Exception as error:
            raise RuntimeError(f"table {name} cannot be made: {type(error).__name__}: {error}") from error
    return len(FIGURES)


def check() -> dict[str, Any]:
    """Edition, model version, numbers of facts and tables.

    Raises DataError where a data file is not the shipped one, RuntimeError where a table cannot be made or the
    reference is not the guidance.
    """
    require_shipped()
    tables = make_every_table()
    results, world = project(default_scenario().values, DEFAULT_EDITION), edition(DEFAULT_EDITION)
    for company in COMPANIES:
        profit = float(np.asarray(results.company[company]["operating_profit_jpy_bn"])[0])
        guided = world.facts[f"{company}_guided_operating_profit_jpy_bn"]
        if profit != guided:
            raise RuntimeError(f"reference profit of {company} is {profit}, guidance is {guided} JPY bn")
    return {"edition": DEFAULT_EDITION, "model_version": MODEL_VERSION, "facts": len(facts()), "tables": tables}


def health_routes(base_path: str = "") -> list[BaseRoute]:
    """The two routes under the app's base path."""
    prefix = path_prefix(base_path)
    return [Route(f"{prefix}/healthz", healthz, methods=["GET"]), Route(f"{prefix}/readyz", readyz, methods=["GET"])]
