from functools import cache

import pytest
from altair.utils import schemapi
from streamlit.components.v2 import manifest_scanner
from streamlit.navigation.page import StreamlitPage


@pytest.fixture(scope="session", autouse=True)
def one_scan_of_installed_packages() -> None:
    """Look for Streamlit components once: every `AppTest` would read what each installed package says of itself."""
    manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


@pytest.fixture(scope="session", autouse=True)
def one_index_of_altairs_classes() -> None:
    """Sort its classes once: Altair does so for every value in a chart that is no column, such as a line at zero."""
    index = cache(schemapi._FromDict)
    schemapi._FromDict = lambda classes: index(tuple(classes))


@pytest.fixture
def frame_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw only the frame: what a test of the sidebar or the notices asks of every page costs far less without one."""
    monkeypatch.setattr(StreamlitPage, "run", lambda page: None)
