"""Keyrings of our own, so that no test touches anybody's: some that keep secrets and some that do not."""

from __future__ import annotations

import contextlib
import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import keyring
from keyring.backend import KeyringBackend
from keyring.backends import fail

FILE_VARIABLE = "TEST_KEYRING_FILE"
"""Names the file of a ``FileKeyring``, which several processes share."""


class MemoryKeyring(KeyringBackend):
    """Keeps secrets as long as it lives, and notes on which threads it was asked."""

    priority = 0.5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self.threads: set[threading.Thread] = set()

    def get_password(self, service: str, username: str) -> str | None:
        self.threads.add(threading.current_thread())
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.threads.add(threading.current_thread())
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.threads.add(threading.current_thread())
        del self.kept[service, username]


class FileKeyring(KeyringBackend):
    """Keeps secrets in the file that the environment names."""

    priority = 0.5

    @property
    def _file(self) -> Path:
        return Path(os.environ[FILE_VARIABLE])

    def _read(self) -> dict[str, str]:
        return dict(json.loads(self._file.read_text())) if self._file.exists() else {}

    def get_password(self, service: str, username: str) -> str | None:
        return self._read().get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._file.write_text(json.dumps({**self._read(), f"{service} {username}": password}))

    def delete_password(self, service: str, username: str) -> None:
        kept = self._read()
        del kept[f"{service} {username}"]
        self._file.write_text(json.dumps(kept))


class LockedKeyring(MemoryKeyring):
    """Waits for an unlock that does not come, until it is released."""

    def __init__(self) -> None:
        super().__init__()
        self.unlocked = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.unlocked.wait(30.0)
        return super().get_password(service, username)


class LeakyKeyring(MemoryKeyring):
    """Fails with a message that repeats what it was given."""

    def set_password(self, service: str, username: str, password: str) -> None:  # noqa: ARG002
        raise RuntimeError(f"cannot keep {password}")


@contextlib.contextmanager
def using(backend: KeyringBackend | None) -> Iterator[None]:
    """Let the whole process use ``backend``, ``None`` for a computer without a keyring."""
    none = fail.Keyring()  # type: ignore[no-untyped-call]
    keyring.set_keyring(backend or none)
    try:
        yield
    finally:
        keyring.set_keyring(none)
