"""One attempt at a download: bytes from a response into a partial file."""
