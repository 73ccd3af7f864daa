"""One broker for all tests here, with a database for each."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.servers.celery_place import Place
from tests.support.servers.redis import RedisServer

_numbers = itertools.count()


@pytest.fixture(scope="session")
def redis() -> Iterator[RedisServer]:
    """One broker for all tests here; each has its own database."""
    with RedisServer() as server:
        yield server


@pytest.fixture
def place(tmp_path: Path, redis: RedisServer) -> Iterator[Place]:
    """Return the test's own database."""
    made = Place(tmp_path, redis.url.removesuffix("/0") + f"/{next(_numbers)}")
    yield made
    made.close()
