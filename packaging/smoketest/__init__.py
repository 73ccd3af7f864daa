"""The smoke test of the installers: a clean Debian, an ordinary user, a real window, a slow server."""
