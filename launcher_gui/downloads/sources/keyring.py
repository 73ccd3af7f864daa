"""The system's keyring: where tokens are kept between runs. Every call of it is made on a thread.

A keyring may ask the user to unlock it, and waits; it may hang; there may be none. The program does not wait for the
thread when it ends.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from launcher_gui.recovery.runtime.tasks import run_in_daemon_thread
from launcher_gui.text.message import Message, message

SERVICE = "comfyui-recovery"
"""What the keyring calls the program; a site's name stands where it keeps user names."""

PATIENCE_S = 60.0
"""How long the user may take to unlock it."""

T = TypeVar("T")


class KeyringError(Exception):
    """The keyring failed.

    Attributes:
        why: What went wrong.
    """

    def __init__(self, why: Message) -> None:
        self.why = why
        super().__init__(str(why))


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
            raise KeyringError(message("keyring.not_saved"))

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
        raise KeyringError(message("keyring.no_answer")) from None
    except Exception as error:  # noqa: BLE001 each keyring has errors of its own
        raise KeyringError(_why(error)) from None


def _why(error: Exception) -> Message:
    """Return why it failed, without the text of the keyring itself: that may repeat the token."""
    if isinstance(error, KeyringError):
        return error.why
    match type(error).__name__:
        case "NoKeyringError":
            return message("keyring.missing")
        case "KeyringLocked":
            return message("keyring.locked")
        case name:
            return message("keyring.failed", error=name)
