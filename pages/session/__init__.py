"""A visitor's session: address, start, history, what is drawn again, choices."""
