"""The dated facts and the loaders that refuse a bad row."""
