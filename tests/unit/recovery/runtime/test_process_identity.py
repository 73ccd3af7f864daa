"""Detecting whether another process is alive."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from launcher_gui.recovery.runtime.process_identity import LEASE_S, is_gone, this_process

NOW = 1_700_000_000.0

needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the kernel tells start marks in /proc")


def test_this_process_is_there() -> None:
    """A process considers itself alive while its lease runs."""
    assert not is_gone(this_process("window", NOW), NOW + LEASE_S)


def test_a_lease_that_ran_out_is_the_end() -> None:
    """An owner without heartbeats for a lease counts as lost, alive or not."""
    assert is_gone(this_process("window", NOW), NOW + LEASE_S + 0.1)


def test_every_incarnation_is_another() -> None:
    """Two starts in one process make two owners."""
    assert this_process("window", NOW).id != this_process("window", NOW).id


@needs_proc
def test_a_dead_process_is_noticed_at_once() -> None:
    """An ended process is lost before its lease expires."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        stat = Path(f"/proc/{child.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        owner = replace(this_process("window", NOW), pid=child.pid, process_started=stat[19])
        assert not is_gone(owner, NOW)
        child.kill()
    assert is_gone(owner, NOW)


@needs_proc
def test_a_dead_process_that_nobody_has_reaped_is_gone() -> None:
    """A zombie counts as lost."""
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    stat = Path(f"/proc/{child.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    owner = replace(this_process("window", NOW), pid=child.pid, process_started=stat[19])
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)  # dead, and still in the table
    assert is_gone(owner, NOW)
    child.communicate()


@needs_proc
def test_a_process_id_that_was_given_out_again_proves_nothing() -> None:
    """A process with the same id and another start time is not the owner."""
    owner = this_process("window", NOW)
    assert is_gone(replace(owner, process_started=owner.process_started + "0"), NOW)


def test_processes_of_other_machines_have_their_lease() -> None:
    """Process ids of another host, boot or container are not compared."""
    owner = replace(this_process("window", NOW), host="elsewhere", process_started="1")
    assert not is_gone(owner, NOW)


def test_a_process_without_a_start_mark_has_its_lease() -> None:
    """Without a start mark only the lease decides."""
    assert not is_gone(replace(this_process("window", NOW), process_started="", pid=2**22 + 1), NOW)


@pytest.mark.parametrize("error", [PermissionError, OSError(24, "Too many open files")])
def test_what_cannot_be_read_is_not_dead(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    """Running out of file descriptors does not make other owners lost."""
    owner = this_process("window", NOW)

    def refuse(*_: object, **__: object) -> str:
        raise error

    real = Path.read_text
    monkeypatch.setattr(Path, "read_text", lambda path, **k: refuse() if path.name == "stat" else real(path, **k))
    assert not is_gone(owner, NOW)
