"""The partial file, its sidecar, and moving it into place."""
