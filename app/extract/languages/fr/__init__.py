"""French: a small pack, words only."""
