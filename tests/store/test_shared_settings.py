"""Settings in a store reach every process that uses it, running operations included."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher_gui.recovery import InvalidInputError, RecoveryStateError, SQLitePersistence, recoverable
from launcher_gui.recovery.integration import RecoveryIntegrator
from launcher_gui.recovery.process.shared_settings import SharedSettings
from launcher_gui.recovery.strategies import FixedStrategy


@pytest.fixture
def store(store_path: Path) -> Iterator[SQLitePersistence]:
    """Return a store for synchronous functions."""
    store = SQLitePersistence(store_path)
    yield store
    store.close_blocking()


def tries(store: SQLitePersistence, max_retries: int | None = None) -> int:
    """Return how often a function that always fails is tried."""
    tried = 0

    @recoverable(persistence=store, strategy=FixedStrategy(0), max_retries=max_retries)
    def fail() -> None:
        nonlocal tried
        tried += 1
        raise ConnectionError

    with pytest.raises(ConnectionError):
        fail()
    return tried


@pytest.mark.parametrize("kind", ["async", "plain"])
def test_another_process_obeys_while_it_runs(
    kind: str, store: SQLitePersistence, integrator: RecoveryIntegrator
) -> None:
    """Setting retries to zero ends running work in another process."""
    integrator.update_config({"max_retries": 1_000_000}, store)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.store.obeying", kind, store.path],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as other:
        assert other.stdout is not None
        for _ in range(10):  # more than the default would allow
            assert other.stdout.readline() == "tried\n"
        integrator.update_config({"max_retries": 0}, store)
        out, _ = other.communicate(timeout=30)
    assert out.endswith("gave up\n")


def test_a_function_obeys_its_own_store_alone(
    tmp_path: Path, store: SQLitePersistence, integrator: RecoveryIntegrator
) -> None:
    """Settings in one store do not affect functions that record elsewhere."""
    other = SQLitePersistence(tmp_path / "other.sqlite3")
    integrator.update_config({"max_retries": 6}, store)
    assert (tries(store), tries(other)) == (7, 4)
    assert integrator.config().max_retries == 3
    other.close_blocking()


def test_precedence_of_settings(
    store: SQLitePersistence, integrator: RecoveryIntegrator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Precedence is decorator, environment, process, store, default."""
    assert tries(store) == 4
    integrator.update_config({"max_retries": 6}, store)
    assert tries(store) == 7
    integrator.update_config({"max_retries": 5})
    assert tries(store) == 6
    monkeypatch.setenv("RECOVERY_MAX_RETRIES", "4")
    assert tries(store) == 5
    assert tries(store, max_retries=1) == 2
    monkeypatch.delenv("RECOVERY_MAX_RETRIES")
    integrator.update_config({"max_retries": None})
    assert tries(store) == 7
    integrator.update_config({"max_retries": None}, store)
    assert tries(store) == 4


def test_a_value_that_is_not_allowed_changes_nothing(store: SQLitePersistence, integrator: RecoveryIntegrator) -> None:
    """All changes are validated before any is written."""
    with pytest.raises(InvalidInputError, match="jitter"):
        integrator.update_config({"max_retries": 6, "jitter": 2}, store)
    assert SharedSettings.of(store).values == {}
    assert tries(store) == 4


def test_the_history_names_the_process(store: SQLitePersistence, integrator: RecoveryIntegrator) -> None:
    """The history shows who changed what."""
    integrator.update_config({"max_retries": 6}, store)
    session = store.connect()
    (change,) = session.tx.settings.history()
    session.close()
    assert (change.by, change.field, change.after) == (f"program {os.getpid()}", "max_retries", 6)


def test_a_store_in_memory_shares_nothing(integrator: RecoveryIntegrator) -> None:
    """Settings in a memory store are refused, since no other process could see them."""
    with pytest.raises(RecoveryStateError, match="memory"):
        integrator.update_config({"max_retries": 6}, SQLitePersistence(":memory:"))


def test_nothing_is_followed_once_the_store_is_closed(store: SQLitePersistence) -> None:
    """A closed store is no longer polled."""
    tries(store)
    assert SharedSettings.of(store).is_followed
    store.close_blocking()
    assert not SharedSettings.of(store).is_followed


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_forked_process_follows_for_itself(store: SQLitePersistence, integrator: RecoveryIntegrator) -> None:
    """A forked worker sees changes made after the fork."""
    tries(store)
    script = (
        "import os, sys, time\n"
        "from launcher_gui.recovery import SQLitePersistence\n"
        "from launcher_gui.recovery.process.shared_settings import SharedSettings\n"
        "store = SQLitePersistence(sys.argv[1])\n"
        "SharedSettings.of(store).follow()\n"
        "child = os.fork()\n"
        "if child:\n"
        "    sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"
        "settings = SharedSettings.of(store)\n"
        "settings.follow()\n"
        "print('ready', flush=True)\n"
        "deadline = time.monotonic() + 20\n"
        "while settings.values.get('max_retries') != 6 and time.monotonic() < deadline:\n"
        "    time.sleep(0.01)\n"
        "os._exit(0 if settings.values.get('max_retries') == 6 else 3)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script, store.path], stdout=subprocess.PIPE, text=True) as forking:
        assert forking.stdout is not None
        assert forking.stdout.readline() == "ready\n"
        integrator.update_config({"max_retries": 6}, store)
        assert forking.wait(30) == 0


async def test_a_setting_that_is_no_json_is_left_out(store: SQLitePersistence) -> None:
    """What a stranger has written into the store keeps no program from starting."""
    await store.write(lambda tx: tx.settings.change({"jitter": 0.1}, "window", 1.0))
    await store.write(lambda tx: tx.db.execute("INSERT INTO settings VALUES ('max_retries', 'many')").rowcount)
    assert await store.read(lambda tx: tx.settings.load()) == {"jitter": 0.1}
