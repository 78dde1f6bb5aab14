"""What a visitor sees: the frame around every page, one script per page, and the parts they share."""
