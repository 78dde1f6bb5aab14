"""What a visitor sees: the frame around every page, a folder for each page, and what pages are built with."""
