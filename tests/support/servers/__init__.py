"""Real servers on loopback, well behaved and not."""
