"""The worker that runs queued operations, and the trimming of the history."""
