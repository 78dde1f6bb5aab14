"""Every run tries the same; a skipped test says what is missing, and on a build server nothing may be missing."""

import os

import pytest
from hypothesis import settings

settings.register_profile("same_every_time", derandomize=True, deadline=None)
settings.load_profile("same_every_time")

# No test asks Yahoo: those about prices start a stand-in on loopback. Servers that tests start inherit it.
os.environ["ALLIANCE_PRICE_HOST"] = "off"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of one page run on one core, where a page that was opened for one of them is there for the others."""
    for item in items:
        page = str(getattr(item, "callspec", None) and item.callspec.params.get("page", ""))  # type: ignore[attr-defined]
        name = page.removesuffix(".py") if page.endswith(".py") else item.path.stem.removeprefix("test_")
        item.add_marker(pytest.mark.xdist_group(name))


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
