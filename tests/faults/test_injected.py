"""A few of the failing and killing system calls that ``tests.faults.injected`` covers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from launcher_gui.recovery.operation import OperationState
from tests.faults.injected import CALLS, KINDS, STRACE, check_failing_on, check_failing_once, run


def _why_not() -> str:
    """Return why system calls cannot be modified here, or an empty string."""
    if not STRACE:
        return "strace is not installed, and nothing else lets system calls fail"
    tried = subprocess.run(
        [STRACE, "-qq", "-o", os.devnull, "-e", "inject=getpid:error=EIO", sys.executable, "-c", ""],
        check=False,
        capture_output=True,
    )
    return "" if tried.returncode == 0 else f"strace may not trace here: {tried.stderr.decode().strip()}"


pytestmark = pytest.mark.skipif(bool(_why_not()), reason=_why_not())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("failing", ["pwrite64:error=EIO:when=300", "fdatasync:error=ENOSPC:when=7"])
def test_a_failing_system_call_breaks_nothing(kind: str, failing: str, store_path: Path) -> None:
    """After one disk error every call returns, and its record is true and complete."""
    check_failing_once(run(kind, failing, store_path))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("hindering", ["pwrite64:error=EINTR:when=100+7", "fdatasync:delay_enter=100ms:when=1+2"])
def test_interrupted_writes_and_slow_flushes_cost_nothing(kind: str, hindering: str, store_path: Path) -> None:
    """They are not failures: everything is recorded, and no error is reported."""
    ran = run(kind, hindering, store_path)
    check_failing_once(ran)
    assert (len(ran.operations), ran.errors) == (CALLS, "")


@pytest.mark.parametrize("kind", KINDS)
def test_a_disk_that_is_full_breaks_nothing(kind: str, store_path: Path) -> None:
    """With a full disk every call returns, and earlier records stay."""
    ran = run(kind, "pwrite64:error=ENOSPC:when=300+", store_path)
    check_failing_on(ran)
    assert ran.operations
    assert "disk is full" in ran.errors


def test_a_store_that_cannot_be_made_is_said_to_be_so(store_path: Path) -> None:
    """If the store cannot be created, calls run unrecorded, with a message and remedy."""
    ran = run("plain", "pwrite64:error=EIO:when=1+", store_path, fresh=True)
    check_failing_on(ran)
    assert ran.operations == []
    assert ran.errors.count("runs without being recorded") == CALLS
    assert "Choose another file with --store or RECOVERY_STORE." in ran.errors


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("killing", ["pwrite64:signal=KILL:when=301", "fdatasync:signal=KILL:when=4"])
def test_a_kill_within_a_write_loses_nothing(kind: str, killing: str, store_path: Path) -> None:
    """A kill between two writes of a commit or in a checkpoint loses no reported fact."""
    ran = run(kind, killing, store_path)
    assert ran.status == -signal.SIGKILL
    ended = [operation for operation in ran.operations if operation.state is OperationState.COMPLETED]
    assert len(ran.returned) <= len(ended) <= len(ran.returned) + 1
