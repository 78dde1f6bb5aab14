import pytest
from streamlit.navigation.page import StreamlitPage


@pytest.fixture
def frame_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw only the frame: what a test of the sidebar or the notices asks of every page costs far less without one."""
    monkeypatch.setattr(StreamlitPage, "run", lambda page: None)
