"""The identity of this process as an owner, and whether another owner is still alive."""

from __future__ import annotations

import os
import platform
import secrets
from pathlib import Path

from launcher_gui.recovery.operation import Owner
from launcher_gui.text.message import Message, foreign, message

LEASE_S = 15.0
"""An owner without a heartbeat for this long counts as gone."""

HEARTBEAT_S = 3.0
"""Seconds between heartbeats: several per lease, so that a late one does no harm."""


def this_process(kind: str, now: float) -> Owner:
    """Return this process as a new owner, alive from ``now``."""
    pid = os.getpid()
    return Owner(secrets.token_hex(8), pid, _process_started(pid) or "", _this_host(), kind, now, now + LEASE_S)


def is_gone(owner: Owner, now: float) -> bool:
    """Return whether ``owner`` is dead: its process has ended on this machine, or its lease has run out."""
    return why_gone(owner, now) is not None


def why_gone(owner: Owner, now: float) -> Message | None:
    """Return the evidence by which ``owner`` is taken for dead, ``None`` if it is alive.

    A process id alone proves nothing, because the system reuses it; the kernel's start time goes with it. Where the
    platform does not report that time, only the lease decides.
    """
    if owner.host == _this_host() and owner.process_started:
        mark = _process_started(owner.pid)
        if mark is not None and mark != owner.process_started:
            return message("owner.ended", program=program_message(owner.kind), pid=owner.pid)
    if now > owner.lease_until:
        silence = round(silence_s(owner, now))
        return message("owner.silent", program=program_message(owner.kind), pid=owner.pid, silence_s=silence)
    return None


def program_message(kind: str) -> Message:
    """Return the name of a kind of process as it is shown."""
    known = {"window": message("program.window"), "command line": message("program.command_line")}
    return known.get(kind) or foreign(kind)


def silence_s(owner: Owner, now: float) -> float:
    """Return the seconds since the last heartbeat of ``owner``."""
    return max(0.0, now - (owner.lease_until - LEASE_S))


def machine_elsewhere(owner: Owner, now: float) -> str | None:
    """Return the name of the other machine where ``owner`` is alive; ``None`` if it is this one or unknown.

    Two running kernels have two boot ids; a machine that was just restarted keeps its name.
    """
    theirs, here = owner.host.split("/"), _this_host().split("/")
    known = len(theirs) == len(here) and theirs[1] and here[1]
    if not known or theirs[0] == here[0] or theirs[1] == here[1] or now > owner.lease_until:
        return None
    return theirs[0]


def _this_host() -> str:
    return f"{platform.node()}/{_read('/proc/sys/kernel/random/boot_id')}/{_pid_namespace()}"


def _pid_namespace() -> str:
    """Return the PID namespace of this process: each container on a machine has its own."""
    try:
        return str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        return ""


def _process_started(pid: int) -> str | None:
    """Return the kernel's start time of ``pid`` (proc(5): field 22 of stat).

    Empty if there is no such process; ``None`` if that is unknown, which must not count as dead.
    """
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return "" if Path("/proc/self/stat").exists() else None
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()
    if len(fields) < 20:
        return None
    return "" if fields[0] in {"Z", "X"} else fields[19]


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""
