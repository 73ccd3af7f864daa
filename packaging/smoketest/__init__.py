"""The smoke test of what is delivered: a clean Debian, an ordinary user, a real window, a slow server."""
