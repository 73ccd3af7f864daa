"""Every wrong input is refused: one line with the problem and the remedy, and the right exit status."""

from __future__ import annotations

import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher_gui.entry import main
from launcher_gui.recovery.store.sqlite.schema import APPLICATION_ID, SCHEMA_VERSION

ID = "ID '{}' is not the id of a download. Use an id, or the beginning of just one, from 'list'."
NAME = "Choose a plain file name, or leave it empty to use the one in the link."
FOLDER = "Choose the folder to save the file in."
URL = "Paste the complete link, which begins with https://, http:// or hf://."


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A store and a folder for this test; restores the process's signal handlers."""
    monkeypatch.setenv("RECOVERY_STORE", str(tmp_path / "store.sqlite3"))
    monkeypatch.setenv("RECOVERY_MAX_RETRIES", "0")
    monkeypatch.chdir(tmp_path)
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def _refused(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 2) -> str:
    """Return the one line on standard error with which a command ends."""
    assert main(arguments) == status
    captured = capsys.readouterr()
    assert captured.out == ""
    (line,) = captured.err.splitlines()
    return line.removeprefix("comfyui-recovery: ")


@pytest.mark.parametrize("command", ["get", "add"])
@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ([""], f"link '' is empty. {URL}"),
        (["model.safetensors"], f"link 'model.safetensors' is not a complete web address. {URL}"),
        (["ftp://x.test/a"], f"link 'ftp://x.test/a' uses ftp:, which is not supported. {URL}"),
        (["file:///etc/passwd"], f"link 'file:///etc/passwd' uses file:, which is not supported. {URL}"),
        (["https:///a"], f"link 'https:///a' has no host. {URL}"),
        (["https://x.test:0/a"], f"link 'https://x.test:0/a' has a port that is not a number from 1 to 65535. {URL}"),
        (["https://x..test/a"], f"link 'https://x..test/a' has an invalid host name. {URL}"),
        (
            ["https://x.test/a", "--sha256", "12ab"],
            "SHA-256 '12ab' is not 64 hexadecimal digits. Enter all 64 hexadecimal digits, or leave it empty.",
        ),
        (
            ["https://x.test/a", "--name", "../a"],
            f"file name '../a' contains a path separator (/ or \\). {NAME}",
        ),
        (
            ["https://x.test/a", "--to", "~nobody-of-that-name/models"],
            f"folder '~nobody-of-that-name/models' names an unknown user. {FOLDER}",
        ),
    ],
)
def test_what_is_asked_for(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str, arguments: list[str], line: str
) -> None:
    """An invalid download is refused before anything is added to the list."""
    assert _refused(capsys, command, *arguments) == line
    assert main(["list"]) == 0
    assert capsys.readouterr().out == "No downloads yet. Add one with: add URL\n"


@pytest.mark.parametrize("command", ["get", "add"])
def test_where_it_goes(capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str) -> None:
    """An unusable destination is reported before anything is added to the list."""
    (tmp_path / "a.gguf").write_bytes(b"mine")
    (tmp_path / "file").write_bytes(b"mine")
    exists = _refused(capsys, command, "https://x.test/a.gguf", status=1)
    assert exists == f"a.gguf already exists in {tmp_path}. Choose another name, or move the existing file."
    is_file = _refused(capsys, command, "https://x.test/a.gguf", "--to", "file", status=1)
    assert is_file == f"{tmp_path / 'file'} is a file, not a folder. Choose another folder or fix this one."
    below = _refused(capsys, command, "https://x.test/a.gguf", "--to", "file/models", status=1)
    assert below.startswith(f"{tmp_path / 'file/models'} is a file")
    assert main(["list"]) == 0
    assert capsys.readouterr().out == "No downloads yet. Add one with: add URL\n"


def test_two_to_one_destination(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A second download to the same file is refused with a remedy; the same one again is not."""
    assert main(["add", "https://x.test/a.gguf"]) == 0
    operation_id = capsys.readouterr().out[:16]
    for command in ("add", "get"):
        assert _refused(capsys, command, "https://y.test/a.gguf", status=1) == (
            f"another download is already saving to {tmp_path / 'a.gguf'} (operation {operation_id}, queued). "
            "Resume or remove that one, or choose another name."
        )
    assert main(["add", "https://x.test/a.gguf"]) == 0
    assert capsys.readouterr().out[:16] == operation_id


@pytest.mark.parametrize("command", ["show", "resume", "pause", "cancel", "retry", "remove"])
@pytest.mark.parametrize("given", ["zz", "", "  "])
def test_unknown_id(capsys: pytest.CaptureFixture[str], command: str, given: str) -> None:
    """An unknown id is reported."""
    assert _refused(capsys, command, given) == ID.format(given)


def test_ambiguous_prefix(capsys: pytest.CaptureFixture[str]) -> None:
    """A prefix of an id must match one download only; upper case matches, too."""
    ids: list[str] = []
    while len({identifier[0] for identifier in ids}) == len(ids):  # at the latest the 17th repeats a first digit
        assert main(["add", f"https://x.test/{len(ids)}.gguf"]) == 0
        ids.append(capsys.readouterr().out[:16])
    prefix = ids[-1][0]
    assert _refused(capsys, "pause", prefix) == (
        f"ID '{prefix}' fits several downloads. Use an id, or the beginning of just one, from 'list'."
    )
    assert main(["pause", ids[-1].upper()]) == 0
    assert capsys.readouterr().out == f"{ids[-1]}  {len(ids) - 1}.gguf: paused\n"


def test_unknown_scope(capsys: pytest.CaptureFixture[str]) -> None:
    """A breaker that does not exist cannot be reset."""
    assert _refused(capsys, "reset-breaker", "x.test") == (
        "SCOPE 'x.test' has no recorded failures. Use a host listed by 'breakers'."
    )


def test_no_scope(capsys: pytest.CaptureFixture[str]) -> None:
    """A breaker without a name cannot be isolated."""
    assert _refused(capsys, "isolate-breaker", " ") == "SCOPE ' ' is empty. Use the name of a host."


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("RECOVERY_MAX_RETRIES", "abc", "'abc' is not a whole number. Use a whole number from 0 to 1,000,000."),
        ("RECOVERY_MAX_RETRIES", "", "'' is not a whole number. Use a whole number from 0 to 1,000,000."),
        ("RECOVERY_STALL_TIMEOUT", "-1", "-1.0 is out of range. Use a number from 0.05 to 86,400 seconds."),
        ("RECOVERY_STALL_TIMEOUT", "nan", "nan is out of range. Use a number from 0.05 to 86,400 seconds."),
        ("RECOVERY_AUTO_RESUME", "maybe", "'maybe' is not true or false. Use true or false."),
        ("RECOVERY_CONCURRENT_DOWNLOADS", "0", "0 is out of range. Use a whole number from 1 to 64."),
    ],
)
def test_settings(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, variable: str, value: str, words: str
) -> None:
    """An invalid setting is reported with its value and what is allowed."""
    monkeypatch.setenv(variable, value)
    assert _refused(capsys, "list") == f"{variable} {words}"


def test_store_that_cannot_be_used(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A file that is not a store, a newer store, a folder and an impossible path are reported and not changed."""
    elsewhere = "Choose another file with --store or RECOVERY_STORE."
    newer, other, text = tmp_path / "newer.db", tmp_path / "other.db", tmp_path / "notes.txt"
    text.write_text("mine")
    for path, application in ((newer, APPLICATION_ID), (other, 5)):
        with sqlite3.connect(path) as db:
            db.executescript(f"PRAGMA application_id = {application}; PRAGMA user_version = {SCHEMA_VERSION + 1};")
            db.execute("CREATE TABLE mine (a)")
        db.close()
    before = {path: path.read_bytes() for path in (newer, other, text)}
    assert _refused(capsys, "--store", str(newer), "list", status=1) == (
        f"The store {newer} was written by a newer version of this program (format {SCHEMA_VERSION + 1}; "
        f"this version supports up to {SCHEMA_VERSION}). Update this program, or choose another file with --store or "
        "RECOVERY_STORE."
    )
    assert _refused(capsys, "list", "--store", str(other), status=1) == (
        f"The store {other} is another program's database. {elsewhere}"
    )
    assert _refused(capsys, "--store", str(text), "list", status=1).startswith(f"The store {text} is not a database. ")
    assert (
        _refused(capsys, "--store", str(tmp_path), "list", status=1) == f"The store {tmp_path} is a folder. {elsewhere}"
    )
    assert _refused(capsys, "--store", "/proc/nowhere/a.db", "list", status=1) == (
        f"The store /proc/nowhere/a.db cannot be opened: no such file or directory. {elsewhere}"
    )
    assert {path: path.read_bytes() for path in (newer, other, text)} == before


@pytest.mark.parametrize(
    "arguments",
    [["frobnicate"], ["get"], ["resume"], ["pause", "--all", "abc"], ["list", "abc"], ["--unknown"]],
)
def test_usage(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    """Arguments that are not valid end with the usage and status 2."""
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert capsys.readouterr().err.startswith("usage: comfyui-recovery")


@pytest.mark.parametrize("arguments", [["--help"], ["get", "--help"], ["--version"]])
def test_help(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    """Help and version are printed on standard output, with status 0."""
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 0
    assert capsys.readouterr().out != ""
