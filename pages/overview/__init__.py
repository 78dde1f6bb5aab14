"""Overview: what happens to profit."""
