"""Every run tries the same; a skipped test says what is missing, and on a build server nothing may be missing."""

import gc
import os

import pytest
from hypothesis import settings

settings.register_profile("same_every_time", derandomize=True, deadline=None)
settings.load_profile("same_every_time")

# No test asks Yahoo: those about prices start a stand-in on loopback. Servers that tests start inherit it.
os.environ["ALLIANCE_PRICE_HOST"] = "off"


LONGEST = (
    "code_quality",
    "plant",
    "alliance",
    "downloads_reopen",
    "corners",
    "tariffs",
    "article",
    "investor",
    "stocks",
)
LONGEST_IN_BROWSER = ("accessibility", "two_servers", "links_in_browser", "faults", "sharing_in_browser", "look")
"""Groups that take longest: they begin first, so that both cores end at about the same time."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of one page run on one core, where a page that was opened for one of them is there for the others.

    First what needs no browser, last what does; of each, the longest groups first.
    """
    turns: dict[pytest.Item, tuple[bool, int]] = {}
    for item in items:
        page = str(getattr(item, "callspec", None) and item.callspec.params.get("page", ""))  # type: ignore[attr-defined]
        name = page.removesuffix(".py") if page.endswith(".py") else item.path.stem.removeprefix("test_")
        item.add_marker(pytest.mark.xdist_group(name))
        in_browser = item.path.parent.name == "browser"
        longest = LONGEST_IN_BROWSER if in_browser else LONGEST
        turns[item] = in_browser, longest.index(name) if name in longest else len(longest)
    items.sort(key=turns.__getitem__)


def pytest_collection_finish() -> None:
    """What was imported stays until the end: the collector of garbage need not look at it again and again."""
    gc.collect()
    gc.freeze()


def _skipped(config: pytest.Config) -> list[str]:
    """Every test that did not run, on a build server; nothing elsewhere."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or os.environ.get("CI", "").lower() in ("", "0", "false"):
        return []
    return [report.nodeid for report in reporter.stats.get("skipped", [])]


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if session.exitstatus == pytest.ExitCode.OK and _skipped(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    skipped = _skipped(config)
    if skipped:
        terminalreporter.write_line(f"failed: skipped where nothing may be skipped: {', '.join(skipped)}", red=True)
