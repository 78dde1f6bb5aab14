"""The view that a run of the script shows."""

from model.links import Scenario
from pages.kit.view import View
from pages.session import choosing, history, showing
from pages.session.start import chosen_start, slider_values, year_index


def keep_view() -> None:
    """Compute the scenario in the sliders and keep it for the page."""
    asked = Scenario(*chosen_start(), slider_values())
    history.remember(asked)
    kept = choosing.kept_choices(showing.page_path())
    showing.show(View.of(asked, year_index(), showing.title(), kept))
