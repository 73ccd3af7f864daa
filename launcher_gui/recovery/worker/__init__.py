"""The worker that takes queued operations, and the upkeep of the history."""
