"""Sources: where every number comes from."""
