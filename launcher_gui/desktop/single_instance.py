"""One window for each store: a second start hands its request to the window that is open.

The first start holds a lock, which its process releases when it dies, and listens on a socket beside it. A later start
finds the lock taken and connects to its holder. This module does not use Qt, so that a start that only hands over a
link does not load it and the packaged program needs no network library of Qt (decision 20).
"""

from __future__ import annotations

import contextlib
import errno
import getpass
import hashlib
import json
import logging
import os
import stat
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path

from launcher_gui.recovery.store.location import IN_MEMORY, default_path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

PATIENCE_S = 5.0
"""How long a second start waits for an answer of the open window."""

STARTING_S = 15.0
"""How long it waits for one that is not listening yet, or is about to exit."""

MESSAGE_LIMIT = 1024 * 1024
MOST_LINKS = 1_000
LINK_LIMIT = 8_192

_STEP_S = 0.05
_TAKEN_WITHIN_S = PATIENCE_S - 1.0  # sooner than the caller gives up
_SOCKET_PATH_LIMIT = 100  # the system's own limit is 104 to 108

_log = logging.getLogger(__name__)

Asked = tuple[str, ...] | None
"""Links to add, empty for an empty dialog; ``None`` just to show the window."""


class NoAnswerError(Exception):
    """The open window does not answer, so nothing was handed over."""


@dataclass(frozen=True, slots=True)
class Place:
    """The meeting point of all starts of one user with one store.

    Attributes:
        lock: The file that the first start locks.
        address: Where it listens.
    """

    lock: Path
    address: str


def place_of(store: str | None, environ: Mapping[str, str] = os.environ) -> Place | None:
    """Return the meeting point; ``None`` if no folder is private to the user, or the store ends with its process."""
    if store == IN_MEMORY:
        return None
    folder = _private_folder(environ)
    if folder is None:
        return None
    user = getpass.getuser() if sys.platform == "win32" else os.getuid()
    told = f"{user}\n{os.path.realpath(store or default_path(environ))}"
    name = f"comfyui-recovery-{hashlib.sha256(told.encode()).hexdigest()[:16]}"
    address = rf"\\.\pipe\{name}" if sys.platform == "win32" else str(folder / f"{name}.socket")
    return Place(folder / f"{name}.lock", address)


def arrive(
    store: str | None, asked: Asked, patience_s: float = PATIENCE_S, starting_s: float = STARTING_S
) -> Instance | None:
    """Become the window of ``store``, or hand ``asked`` over to the one that is open. Blocks.

    Args:
        store: The store's file, ``None`` for the default.
        asked: The request.
        patience_s: How long the open window may take to answer, in seconds.
        starting_s: How long it may take until it listens, in seconds.

    Returns:
        What the window has to keep, or ``None`` if another window has taken the request.

    Raises:
        NoAnswerError: If the open window does not answer.
    """
    place = place_of(store)
    if place is None:
        return Instance(None, None)
    message = json.dumps({"links": asked}).encode()
    deadline = time.monotonic() + starting_s
    while True:
        try:
            held = _hold(place.lock)
        except OSError as error:  # a file system without locks: better two windows than none
            _log.warning("whether a window is open cannot be told: %s", error)
            return Instance(None, None)
        if held is not None:
            return Instance(place, held)
        try:
            if _told(place.address, message, patience_s):
                return None
        except (OSError, EOFError):  # it is only just starting, or about to exit
            if time.monotonic() < deadline:
                time.sleep(_STEP_S)
                continue
        raise NoAnswerError(_no_answer(place.lock))


def read_message(data: bytes) -> Asked:
    """Return the request of another start; untrusted input until it has been parsed.

    Raises:
        ValueError: If it is not a request of this program.
    """
    message = json.loads(data)
    links = message["links"] if isinstance(message, dict) and set(message) == {"links"} else ()
    if links is None:
        return None
    if not isinstance(links, list) or len(links) > MOST_LINKS:
        raise ValueError("no list of links")
    if not all(isinstance(link, str) and len(link) <= LINK_LIMIT and link.isprintable() for link in links):
        raise ValueError("something that is no link")
    return tuple(links)


class Instance:
    """The window of a store, as later starts find it.

    Args:
        place: Where they find it; ``None`` if they cannot.
        held: The lock's descriptor.
    """

    def __init__(self, place: Place | None, held: int | None) -> None:
        self._place = place
        self._held = held
        self._thread: threading.Thread | None = None
        self._ending = False

    def listen(self, call_soon: Callable[..., object], heard: Callable[[Asked], None]) -> None:
        """Pass requests of later starts to ``heard``.

        Args:
            call_soon: Runs a function on the window's event loop, from any thread. A start gets its answer only when
                the function has run, so a window that hangs has not accepted the request.
            heard: Receives the request.
        """
        if self._place is None:
            return
        try:
            listener = _listener(self._place.address)
        except OSError as error:
            _log.warning("later starts cannot be heard: %s", error)
            return
        self._thread = threading.Thread(
            target=self._serve, args=(listener, call_soon, heard), name="other starts", daemon=True
        )
        self._thread.start()

    def hush(self) -> None:
        """Accept no more requests; later starts wait until this process has ended, and then become the window."""
        if self._thread is None or self._place is None or self._ending:
            return
        self._ending = True
        with contextlib.suppress(OSError):  # to wake it; not joined here, since it may be waiting for the loop
            Client(self._place.address).close()

    def close(self) -> None:
        """Release the lock, so that another process can become the window of the store."""
        self.hush()
        if self._thread is not None:
            self._thread.join(PATIENCE_S)
            self._thread = None
        if self._held is not None and self._place is not None:
            with contextlib.suppress(OSError):  # Windows keeps open files
                self._place.lock.unlink()
            os.close(self._held)
            self._held = None

    def _serve(self, listener: Listener, call_soon: Callable[..., object], heard: Callable[[Asked], None]) -> None:
        with listener:
            while not self._ending:
                with contextlib.suppress(OSError, EOFError), listener.accept() as connection:
                    if not self._ending:
                        _answer(connection, call_soon, heard)


def _listener(address: str) -> Listener:
    if sys.platform == "win32":
        return Listener(address)
    Path(address).unlink(missing_ok=True)  # left by a killed process: the lock is ours
    made = Listener(address, backlog=16)
    Path(address).chmod(0o600)
    return made


def _answer(connection: Connection, call_soon: Callable[..., object], heard: Callable[[Asked], None]) -> None:
    if not connection.poll(PATIENCE_S):
        return
    try:
        asked = read_message(connection.recv_bytes(MESSAGE_LIMIT))
    except (ValueError, KeyError, RecursionError):
        connection.send_bytes(b"refused")
        return
    taken: Future[None] = Future()

    def take() -> None:
        if taken.set_running_or_notify_cancel():
            if not _has_left(connection):
                heard(asked)
            taken.set_result(None)

    try:
        call_soon(take)
        taken.result(_TAKEN_WITHIN_S)
    except (TimeoutError, RuntimeError):  # the caller has been told that nothing was handed over
        taken.cancel()
        return
    connection.send_bytes(b"taken")


def _has_left(connection: Connection) -> bool:
    """Return whether the other side has hung up: after its message it sends nothing else."""
    try:
        return connection.poll(0)
    except OSError:
        return True


def _told(address: str, message: bytes, patience_s: float) -> bool:
    with Client(address) as connection:
        connection.send_bytes(message)
        return connection.poll(patience_s) and connection.recv_bytes(16) == b"taken"


def _hold(lock: Path) -> int | None:
    """Return the descriptor of the lock, ``None`` if another process holds it."""
    held = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if sys.platform == "win32":
            os.lseek(held, 0x7FFFFFFE, os.SEEK_SET)
            msvcrt.locking(held, msvcrt.LK_NBLCK, 1)
            os.lseek(held, 0, os.SEEK_SET)
        else:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(held)
        if error.errno in {errno.EACCES, errno.EAGAIN, errno.EDEADLK}:
            return None
        raise
    if not _is_still(lock, held):  # its last holder has removed it meanwhile
        os.close(held)
        return None
    os.ftruncate(held, 0)
    os.write(held, str(os.getpid()).encode())
    return held


def _is_still(path: Path, fd: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(fd))
    except FileNotFoundError:
        return False


def _no_answer(lock: Path) -> str:
    try:
        number = lock.read_text(encoding="ascii")
    except (OSError, ValueError):
        number = ""
    who = f" (process {number})" if number.isdigit() else ""
    return (
        f"The window that is open on this store{who} does not answer, so nothing was handed over to it. "
        "Wait until it does, or end it, and start again; another --store opens a window of its own."
    )


def _private_folder(environ: Mapping[str, str]) -> Path | None:
    if sys.platform == "win32":
        return Path(tempfile.gettempdir())  # in the user's own profile
    session = Path(environ.get("XDG_RUNTIME_DIR", ""))
    own = Path(tempfile.gettempdir()) / f"comfyui-recovery-{os.getuid()}"
    for folder in (session, own):
        if not folder.is_absolute() or len(str(folder)) + 48 > _SOCKET_PATH_LIMIT:
            continue
        with contextlib.suppress(OSError):
            if folder is own:
                folder.mkdir(mode=0o700, exist_ok=True)
            found = folder.lstat()
            if stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077:
                return folder
    return None
