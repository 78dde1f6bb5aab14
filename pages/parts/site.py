"""What the app is called, and its pages by name: for the frame around them and for link previews."""

from typing import Final

APP: Final = "Alliance Explorer"
TITLE: Final = f"{APP}: Honda and Nissan under US tariffs"
DESCRIPTION: Final = (
    "What US tariffs do to the profit of Honda and Nissan, and what an alliance of the two would change: "
    "move the assumptions and see both companies' profit beside their published guidance."
)

# What each page answers, to go on from the end of another, and the group of sliders that matters to it most: it is
# open when the page is the first one visited.
# Pages have no icons: with them the menu would have no room for all.
PAGES: Final = (
    ("overview.py", "Overview", "What does it do to profit?", "policy"),
    ("tariffs.py", "Tariffs", "Who pays the tariffs?", "policy"),
    ("plant.py", "Canton plant", "Does Canton pay?", "plant"),
    ("alliance.py", "Alliance", "What is the alliance worth?", "alliance"),
    ("investor.py", "Investor", "What is it per share?", "finance"),
    ("sensitivity.py", "Sensitivity", "Which input matters?", ""),
    ("uncertainty.py", "Uncertainty", "How likely is it?", ""),
    ("peers.py", "Peers", "Does it hold for others?", ""),
    ("compare.py", "Compare", "", ""),
    ("stocks.py", "Stocks", "", "alliance"),
    ("article.py", "Article checked", "Which claims stand?", ""),
    ("sources.py", "Sources", "", ""),
)
FIRST: Final = "overview"
"""The page at the app's own address."""
