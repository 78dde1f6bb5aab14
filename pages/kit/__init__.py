"""What pages are built with."""
