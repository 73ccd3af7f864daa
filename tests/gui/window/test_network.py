"""A computer that loses its network: the window says what is waited for, and goes on by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from launcher_gui.downloads.transfer.network_state import NetworkState
from launcher_gui.models.operation_columns import Column
from launcher_gui.recovery.execution import runner
from tests.support.builders.files import KIB, ONE_MIB, sha256_of
from tests.support.gui.person import at_desk
from tests.support.servers.behaviours import Drop, Serve
from tests.support.servers.misbehaving import MisbehavingServer

NAME = "model.safetensors"


async def test_says_that_it_waits_for_the_network(
    misbehaving: MisbehavingServer, store_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No countdown runs and nothing is to be done: it says what it waits for, and goes on when that is back."""
    monkeypatch.setattr(runner, "BACK_LOOK_S", 0.05)
    monkeypatch.setenv("RECOVERY_MAX_RETRIES", "0")
    misbehaving.script(Serve(Drop(256 * KIB)))
    there: list[bool] = []
    machine = NetworkState(reaches=lambda _host: bool(there), slept_s=lambda: 0.0)
    async with at_desk(store_path, machine=machine) as person:
        await person.adds(misbehaving.url(), tmp_path)
        await person.sees(NAME, "Waiting to retry")
        assert person.cell(NAME, Column.NEXT) == "Waiting for the network: connection closed early"
        there.append(True)
        await person.sees(NAME, "Done")
    assert sha256_of(tmp_path / NAME) == ONE_MIB.sha256
