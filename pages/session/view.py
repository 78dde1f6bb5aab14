"""The view that a run of the script shows."""

from pages.kit.view import View
from pages.session import choosing, history, pins, showing
from pages.session.start import asked_scenario, year_index


def keep_view() -> None:
    """Compute the scenario in the sliders and keep it for the page."""
    asked = asked_scenario()
    history.remember(asked)
    showing.bind_title(asked)
    kept = choosing.kept_choices(showing.page_path())
    showing.show(View.of(asked, year_index(), showing.title(), kept, pins.pinned()))
