"""Processes that die while they hold a partial file."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from launcher_gui.downloads.errors.disk_errors import DestinationBusyError
from launcher_gui.downloads.partial.install import forget_install, resume_install
from launcher_gui.downloads.partial.staging import Staging
from launcher_gui.downloads.rules.naming import partial_path
from tests.support.builders import staging_story as story
from tests.support.builders.files import Content


def check_span(path: Path, content: Content, start: int, end: int) -> None:
    with path.open("rb") as file:
        file.seek(start)
        assert file.read(end - start) == content.read(start, end)


@pytest.mark.parametrize("seed", range(5))
def test_a_killed_writer_loses_nothing(tmp_path: Path, seed: int) -> None:
    """Bytes before a SIGKILL are intact, and the lock is free at once."""
    destination, wanted = tmp_path / "m", random.Random(seed).randrange(1, 60)
    with story.tell("write", destination) as process:
        assert process.stdout is not None
        told = [int(process.stdout.readline()) for _ in range(wanted)]
        with pytest.raises(DestinationBusyError):
            Staging.open(destination)
        process.kill()
    with Staging.open(destination) as staging:
        assert staging.staged >= told[-1] == wanted * story.PIECE
        assert staging.staged == partial_path(destination).stat().st_size
        check_span(staging.path, story.ENDLESS, 0, staging.staged)


@pytest.mark.parametrize("seed", range(5))
def test_a_killed_writer_of_pieces_loses_nothing(tmp_path: Path, seed: int) -> None:
    """Segments in any order are known exactly, and gaps are not taken for data."""
    destination, wanted = tmp_path / "m", random.Random(seed).randrange(1, 150)
    with story.tell("scatter", destination, str(seed)) as process:
        assert process.stdout is not None
        told = [int(process.stdout.readline()) for _ in range(wanted)]
        process.kill()
    with Staging.open(destination) as staging:
        held = staging.held
        assert held.count >= told[-1]
        for start, end in [(0, held.prefix), *held.islands]:
            check_span(staging.path, story.ENDLESS, start, end)


@pytest.mark.parametrize("pieces", [[], ["pieces"]])
@pytest.mark.parametrize("links", ["links", "no-links"])
def test_death_at_every_step(tmp_path: Path, links: str, pieces: list[str]) -> None:
    """Wherever a download dies, the next process finishes it."""
    with story.tell("die", tmp_path, links, *pieces) as process:
        output, _ = process.communicate()
    assert process.returncode == 0
    steps = int(output)
    assert steps > 20
    for step in range(steps):
        request, destination = story.request_for(tmp_path / str(step)), tmp_path / str(step) / "m.safetensors"
        if not resume_install(request):
            assert not destination.exists()
            with Staging.open(destination) as staging:
                assert staging.set_aside is None
                for start, end in [(0, staging.staged), *staging.held.islands]:
                    check_span(staging.path, story.CONTENT, start, end)
                (story.go_on_in_pieces if pieces else story.go_on)(staging)
        assert destination.read_bytes() == story.CONTENT.read()
        assert resume_install(request)
        forget_install(destination)
        assert list(destination.parent.iterdir()) == [destination]
