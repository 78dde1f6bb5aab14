"""What the app is called, and its pages by name: for the frame around them and for link previews."""

from typing import Final

APP: Final = "Alliance Explorer"
TITLE: Final = f"{APP}: Honda and Nissan under US tariffs"
DESCRIPTION: Final = (
    "What US tariffs do to the profit of Honda and Nissan, and what an alliance of the two would change: "
    "move the assumptions and see both companies' profit beside their published guidance."
)

# What each page answers, to go on from the end of another.
# Pages have no icons: with them the menu would have no room for all.
PAGES: Final = (
    ("overview", "Overview", "What does it do to profit?"),
    ("tariffs", "Tariffs", "Who pays the tariffs?"),
    ("plant", "Canton plant", "Does Canton pay?"),
    ("alliance", "Alliance", "What is the alliance worth?"),
    ("investor", "Investor", "What is it per share?"),
    ("sensitivity", "Sensitivity", "Which input matters?"),
    ("uncertainty", "Uncertainty", "How likely is it?"),
    ("peers", "Peers", "Does it hold for others?"),
    ("compare", "Compare", ""),
    ("stocks", "Stocks", ""),
    ("article", "Article checked", "Which claims stand?"),
    ("sources", "Sources", ""),
)
FIRST: Final = "overview"
"""The page at the app's own address."""


def page_file(name: str) -> str:
    """Where a page is, as Streamlit is told: from the folder of the frame."""
    return f"{name}/page.py"


def path_prefix(base_path: str) -> str:
    """What the paths of all routes begin with: the app's base path with a slash before it, or nothing."""
    return f"/{base_path.strip('/')}" if base_path.strip("/") else ""
