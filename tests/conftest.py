"""Every run tries the same; a skipped test says what is missing, and on a build server nothing may be missing."""

import gc
import os
import re
from pathlib import Path

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

settings.register_profile("same_every_time", derandomize=True, deadline=None)
settings.load_profile("same_every_time")

# No test asks Yahoo: those about prices start a stand-in on loopback. Servers that tests start inherit it.
os.environ["ALLIANCE_PRICE_HOST"] = "off"


ROOT = Path(__file__).resolve().parents[1]
PAGES = {path.parent.name for path in (ROOT / "pages").glob("*/page.py")}
LONGEST = (
    "plant",
    "corners",
    "stocks",
    "alliance",
    "tariffs",
    "article",
    "investor",
    "downloads_reopen",
    "sensitivity",
)
LONGEST_IN_BROWSER = ("accessibility", "links_in_browser", "sharing_in_browser", "faults", "look", "two_servers")
"""Groups that take longest: they begin first, so that both cores end at about the same time."""


def group_of(test: str) -> str:
    """The page that a test is about, where its parameters name one, else the name of its file."""
    path, _, name = test.partition("::")
    page = next((word for word in re.split(r"[-\[\]]", name)[1:] if word in PAGES), Path(path).stem)
    return page.removeprefix("test_")


class ByGroup(LoadScopeScheduling):
    """Tests of one page run on one core, where a page that was opened for one of them is there for the others.

    The mark xdist_group does not do it: what xdist 3.8 notes in a test for it, pytest 9.2 does not read.
    """

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByGroup:
    return ByGroup(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """First what needs no browser, last what does; of each, the longest groups first."""

    def turn(item: pytest.Item) -> tuple[bool, int]:
        name, in_browser = group_of(item.nodeid), item.path.parent.name == "browser"
        longest = LONGEST_IN_BROWSER if in_browser else LONGEST
        return in_browser, longest.index(name) if name in longest else len(longest)

    items.sort(key=turn)


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
