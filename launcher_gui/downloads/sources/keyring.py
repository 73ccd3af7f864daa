"""The system's keyring: where tokens are kept between runs. Every call of it is made on a thread.

A keyring may ask the person to unlock it, and waits for them; it may hang; there may be none. The thread is one that
the program does not wait for when it ends.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from launcher_gui.recovery.runtime.tasks import run_in_daemon_thread

SERVICE = "comfyui-recovery"
"""What the keyring calls the program; a site's name stands where it keeps user names."""

PATIENCE_S = 60.0
"""How long a person may take to unlock it."""

T = TypeVar("T")


class KeyringError(Exception):
    """The keyring did not do what it was asked; the message says why, as the end of a sentence."""


async def read(name: str) -> str | None:
    """Return the secret that is kept under ``name``, if there is one.

    Raises:
        KeyringError: If there is no keyring, or it does not answer.
    """

    def work() -> str | None:
        import keyring  # noqa: PLC0415 it looks through the system's services, which takes its time

        return keyring.get_password(SERVICE, name)

    return await _on_a_thread(work)


async def write(name: str, secret: str) -> None:
    """Keep ``secret`` under ``name``, in place of what was kept there.

    Raises:
        KeyringError: If there is no keyring, or it does not take it.
    """

    def work() -> None:
        import keyring  # noqa: PLC0415 as above

        keyring.set_password(SERVICE, name, secret)
        if keyring.get_password(SERVICE, name) != secret:  # one that is switched off takes everything and keeps nothing
            raise KeyringError("it did not keep what it was given")

    await _on_a_thread(work)


async def remove(name: str) -> None:
    """Forget what is kept under ``name``; it need not be there.

    Raises:
        KeyringError: If there is no keyring, or it does not answer.
    """

    def work() -> None:
        import keyring  # noqa: PLC0415 as above

        if keyring.get_password(SERVICE, name) is not None:
            keyring.delete_password(SERVICE, name)

    await _on_a_thread(work)


async def _on_a_thread(work: Callable[[], T]) -> T:
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await run_in_daemon_thread(work, "keyring")
    except TimeoutError:
        raise KeyringError("it does not answer; it may be locked") from None
    except Exception as error:  # noqa: BLE001 each keyring has errors of its own
        raise KeyringError(_words(error)) from None


def _words(error: Exception) -> str:
    """Return why it failed, without what the keyring itself says: that may repeat what it was given."""
    if isinstance(error, KeyringError):
        return str(error)
    return {"NoKeyringError": "there is none on this computer", "KeyringLocked": "it is locked"}.get(
        type(error).__name__, f"it failed with {type(error).__name__}"
    )
