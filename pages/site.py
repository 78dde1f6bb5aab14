"""What the app is called, and its pages by name: for the frame around them and for link previews."""

from typing import Final

APP: Final = "Alliance Explorer"
TITLE: Final = f"{APP}: Honda and Nissan under US tariffs"
DESCRIPTION: Final = (
    "What US tariffs do to the profit of Honda and Nissan, and what an alliance of the two would change: "
    "move the assumptions and see both companies' profit beside their published guidance."
)

WHY: Final = "Why"
HOW_SURE: Final = "How sure"
EVIDENCE: Final = "Evidence"

# Name, title, section of the menu (none for what stands in the menu itself), what the page answers, and the pages that
# answer what it leaves open.
# Pages have no icons: with them the menu would have no room for all.
PAGES: Final = (
    ("overview", "Overview", "", "What does it do to profit?", ("tariffs", "alliance")),
    ("tariffs", "Tariffs", WHY, "Who pays the tariffs?", ("sensitivity", "plant")),
    ("plant", "Canton plant", WHY, "Does Canton pay?", ("alliance",)),
    ("alliance", "Alliance", WHY, "What is the alliance worth?", ("investor", "uncertainty")),
    ("investor", "Investor", WHY, "What is it per share?", ("uncertainty",)),
    ("sensitivity", "Sensitivity", HOW_SURE, "Which input matters?", ("uncertainty",)),
    ("uncertainty", "Uncertainty", HOW_SURE, "How likely is it?", ("sensitivity", "compare")),
    ("peers", "Peers", EVIDENCE, "Does it hold for others?", ("sources",)),
    ("compare", "Compare", "", "How do scenarios differ?", ("uncertainty",)),
    ("stocks", "Stocks", EVIDENCE, "What did share prices do?", ("investor",)),
    ("article", "Article checked", EVIDENCE, "Which claims stand?", ("alliance", "sources")),
    ("sources", "Sources", EVIDENCE, "Where are the numbers from?", ("article",)),
)
WITHOUT_SLIDERS: Final = ("stocks", "article", "sources")
"""Pages of evidence, which say little or nothing of what the sliders hold: there they are put away."""

FIRST: Final = "overview"
"""The page at the app's own address."""


def page_file(name: str) -> str:
    """Where a page is, as Streamlit is told: from the folder of the frame."""
    return f"{name}/page.py"


def path_prefix(base_path: str) -> str:
    """What the paths of all routes begin with: the app's base path with a slash before it, or nothing."""
    return f"/{base_path.strip('/')}" if base_path.strip("/") else ""
