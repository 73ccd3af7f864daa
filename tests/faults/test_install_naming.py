"""Giving a finished file its name: it replaces no file and is always complete."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import pytest

from launcher_gui.downloads.errors.disk_errors import DestinationExistsError, PartialGoneError
from launcher_gui.downloads.partial import sidecar
from launcher_gui.downloads.partial.install import forget_install, install, move_without_clobber, resume_install
from launcher_gui.downloads.partial.staging import Staging
from launcher_gui.downloads.request import DownloadRequest
from launcher_gui.downloads.rules.naming import partial_path, sidecar_path
from tests.support.builders import staging_story as story

CONTENT = story.CONTENT


@pytest.fixture
def request_(tmp_path: Path) -> DownloadRequest:
    return story.request_for(tmp_path)


@pytest.fixture(params=["links", "no links"])
def links(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system with hard links, and one without, like exFAT and some shares."""

    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise PermissionError(1, "Operation not permitted")

    if request.param == "no links":
        monkeypatch.setattr(os, "link", refuse)


def staged(request: DownloadRequest) -> Staging:
    staging = Staging.open(request.destination)
    staging.begin(story.recorded(), 0)
    staging.write(memoryview(CONTENT.read()))
    return staging


def install_again(request: DownloadRequest) -> None:
    install(partial_path(request.destination), request.destination, CONTENT.sha256)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.usefixtures("links")
def test_a_finished_file_gets_its_name(request_: DownloadRequest, tmp_path: Path) -> None:
    """The complete file has its name, the partial file is gone, the sidecar goes last."""
    with staged(request_) as staging:
        staging.install(CONTENT.sha256)
    assert request_.destination.read_bytes() == CONTENT.read()
    assert names(tmp_path) == ["m.safetensors", "m.safetensors.part.json"]
    assert resume_install(request_)
    forget_install(request_.destination)
    forget_install(request_.destination)
    assert names(tmp_path) == ["m.safetensors"]
    assert not resume_install(request_)


@pytest.mark.usefixtures("links")
@pytest.mark.parametrize("kind", ["file", "empty file", "folder", "broken link"])
def test_nothing_is_replaced(request_: DownloadRequest, kind: str) -> None:
    """A file that appeared under the name stays, and so does the partial file."""
    destination = request_.destination
    staging = staged(request_)
    match kind:
        case "file":
            destination.write_text("precious")
        case "empty file":
            destination.write_text("")
        case "folder":
            destination.mkdir()
        case "broken link":
            destination.symlink_to("nowhere")
    before = destination.lstat()
    with pytest.raises(DestinationExistsError):
        staging.install(CONTENT.sha256)
    assert os.path.samestat(before, destination.lstat())
    assert destination.lstat().st_size == before.st_size
    with Staging.open(destination) as again:
        assert again.staged == CONTENT.size
    if kind != "empty file":
        assert not resume_install(request_)


@pytest.mark.usefixtures("links")
def test_only_one_of_two_gets_a_name(tmp_path: Path) -> None:
    """The second of two files with one name is refused, and both are complete."""
    one, two, target = tmp_path / "one", tmp_path / "two", tmp_path / "target"
    one.write_text("1")
    two.write_text("2")
    move_without_clobber(one, target)
    with pytest.raises(FileExistsError):
        move_without_clobber(two, target)
    assert (target.read_text(), two.read_text(), one.exists()) == ("1", "2", False)


@pytest.mark.parametrize("finish", [resume_install, install_again])
def test_a_crash_between_link_and_unlink(
    request_: DownloadRequest, tmp_path: Path, finish: Callable[[DownloadRequest], object]
) -> None:
    """A file with both names is finished by the next process."""
    with staged(request_) as staging:
        staging.install(CONTENT.sha256)
    os.link(request_.destination, partial_path(request_.destination))
    finish(request_)
    assert names(tmp_path) == ["m.safetensors", "m.safetensors.part.json"]
    assert request_.destination.read_bytes() == CONTENT.read()


def test_a_crash_after_claiming_the_name(request_: DownloadRequest, tmp_path: Path) -> None:
    """Without hard links the empty placeholder is replaced by its file."""
    with staged(request_) as staging:
        staging.install(CONTENT.sha256)
    request_.destination.rename(partial_path(request_.destination))
    request_.destination.touch()
    assert resume_install(request_)
    assert names(tmp_path) == ["m.safetensors", "m.safetensors.part.json"]
    assert request_.destination.read_bytes() == CONTENT.read()


@pytest.mark.parametrize(
    "change",
    [
        {"url": "https://host.example/other.safetensors", "name": "m.safetensors"},
        {"sha256": "0" * 64},
    ],
)
def test_another_download_is_not_taken_for_finished(request_: DownloadRequest, change: dict[str, Any]) -> None:
    """A file from another address or with another hash does not count as installed."""
    with staged(request_) as staging:
        staging.install(CONTENT.sha256)
    assert not resume_install(replace(request_, **change))
    assert resume_install(replace(request_, sha256=None))


@pytest.mark.parametrize("kind", ["gone", "other size", "other time", "link", "folder"])
def test_a_file_that_was_changed_since_is_not_ours(request_: DownloadRequest, kind: str) -> None:
    """Only the very file in the sidecar counts as installed."""
    destination = request_.destination
    with staged(request_) as staging:
        staging.install(CONTENT.sha256)
    status = destination.stat()
    match kind:
        case "gone":
            destination.unlink()
        case "other size":
            destination.write_bytes(b"x")
            os.utime(destination, ns=(status.st_atime_ns, status.st_mtime_ns))
        case "other time":
            os.utime(destination, (status.st_atime + 10, status.st_mtime + 10))
        case "link":
            destination.rename(destination.with_name("elsewhere"))
            destination.symlink_to(destination.with_name("elsewhere"))
        case "folder":
            destination.unlink()
            destination.mkdir()
    assert not resume_install(request_)


def test_a_partial_without_a_record_is_installed_too(tmp_path: Path) -> None:
    """Installing works without a sidecar, but is not recorded."""
    part, destination = tmp_path / "m.part", tmp_path / "m"
    part.write_text("whole")
    install(part, destination)
    assert (destination.read_text(), names(tmp_path)) == ("whole", ["m"])
    assert sidecar.load(sidecar_path(destination)) is None


def test_a_partial_that_is_gone(tmp_path: Path) -> None:
    """Without a partial file nothing is installed, and no name is claimed."""
    with pytest.raises(PartialGoneError):
        install(tmp_path / "m.part", tmp_path / "m")
    with pytest.raises(FileNotFoundError):
        move_without_clobber(tmp_path / "m.part", tmp_path / "m")
    assert names(tmp_path) == []
