"""The Investor page: what the alliance is worth per share, what would have to be true, and what to wait for."""
