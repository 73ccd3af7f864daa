"""Telling whether another process is still there."""

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
    """A process does not take itself for gone while its lease runs."""
    assert not is_gone(this_process("window", NOW), NOW + LEASE_S)


def test_a_lease_that_ran_out_is_the_end() -> None:
    """Whoever is not heard of for longer than a lease counts as gone, living or not."""
    assert is_gone(this_process("window", NOW), NOW + LEASE_S + 0.1)


def test_every_incarnation_is_another() -> None:
    """Starting twice in one process makes two owners."""
    assert this_process("window", NOW).id != this_process("window", NOW).id


@needs_proc
def test_a_dead_process_is_noticed_at_once() -> None:
    """A process that has ended is gone, however long its lease still runs."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        stat = Path(f"/proc/{child.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        owner = replace(this_process("window", NOW), pid=child.pid, process_started=stat[19])
        assert not is_gone(owner, NOW)
        child.kill()
    assert is_gone(owner, NOW)


@needs_proc
def test_a_dead_process_that_nobody_has_reaped_is_gone() -> None:
    """A zombie holds its process id but does no work."""
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    stat = Path(f"/proc/{child.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    owner = replace(this_process("window", NOW), pid=child.pid, process_started=stat[19])
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)  # dead, and still in the table
    assert is_gone(owner, NOW)
    child.communicate()


@needs_proc
def test_a_process_id_that_was_given_out_again_proves_nothing() -> None:
    """A living process of the same number that began at another time is not the owner."""
    owner = this_process("window", NOW)
    assert is_gone(replace(owner, process_started=owner.process_started + "0"), NOW)


def test_processes_of_other_machines_have_their_lease() -> None:
    """A process id of another host, boot or container says nothing here."""
    owner = replace(this_process("window", NOW), host="elsewhere", process_started="1")
    assert not is_gone(owner, NOW)


def test_a_process_without_a_start_mark_has_its_lease() -> None:
    """Where the platform told no mark, only the lease decides."""
    assert not is_gone(replace(this_process("window", NOW), process_started="", pid=2**22 + 1), NOW)


@pytest.mark.parametrize("error", [PermissionError, OSError(24, "Too many open files")])
def test_what_cannot_be_read_is_not_dead(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that has run out of descriptors does not take the work of all others away."""
    owner = this_process("window", NOW)

    def refuse(*_: object, **__: object) -> str:
        raise error

    real = Path.read_text
    monkeypatch.setattr(Path, "read_text", lambda path, **k: refuse() if path.name == "stat" else real(path, **k))
    assert not is_gone(owner, NOW)
