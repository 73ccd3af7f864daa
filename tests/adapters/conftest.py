"""A broker for all tests here, and a place in it for each."""

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
    """One broker for all tests here; each has a database of its own in it."""
    with RedisServer() as server:
        yield server


@pytest.fixture
def place(tmp_path: Path, redis: RedisServer) -> Iterator[Place]:
    """Return a place of the test's own."""
    made = Place(tmp_path, redis.url.removesuffix("/0") + f"/{next(_numbers)}")
    yield made
    made.close()
