"""Settings, the report and backups of the store from the command line, as processes."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from launcher_gui.recovery.config import fields_of
from launcher_gui.settings.schema import Settings
from tests.support.store.program import Ended, Program

HOLDS = (
    "jitter is 0.2: set by the environment variable RECOVERY_JITTER. "
    "Processes without this variable use the new value.\n"
)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program with an environment variable for a setting."""
    return Program(tmp_path / "data" / "store.sqlite3", {"jitter": 0.2})


def test_a_setting_is_changed_for_all_and_taken_back(program: Program) -> None:
    """`set` and `unset` apply to every process, `settings` shows each value's origin."""
    assert program.run("set", "max_retries", "5").out == "max_retries is 5 for the window and all commands.\n"
    assert program.run("set", "jitter", "0.1") == Ended(0, "", HOLDS)
    shown = {each["setting"]: (each["value"], each["from"]) for each in program.run("settings", "--json").objects}
    assert shown.keys() == {field for field, _, _ in fields_of(Settings)}
    assert shown["max_retries"] == (5, "store")
    assert shown["jitter"] == (0.2, "environment")
    assert shown["max_delay"] == (60.0, "default")
    assert program.run("unset", "max_retries").out == "max_retries is reset to its default: 8.\n"
    told = [(each["by"], each["setting"], each["before"], each["after"]) for each in history(program)]
    assert told == [
        ("command line", "max_retries", None, 5),
        ("command line", "jitter", None, 0.1),
        ("command line", "max_retries", 5, None),
    ]


def history(program: Program) -> list[dict[str, object]]:
    """Return who changed what."""
    return program.run("settings", "--history", "--json").objects


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("max_retries", "many", "max_retries 'many' is not a whole number. Use a whole number from 0 to 1,000,000."),
        ("jitter", "2", "jitter 2.0 is out of range. Use a number from 0 to 1."),
        ("retries", "2", "SETTING 'retries' is not a setting. Use one that 'settings' shows."),
    ],
)
def test_what_cannot_be_set_is_refused(program: Program, field: str, value: str, words: str) -> None:
    """A wrong name or value changes nothing, and the error lists what is allowed."""
    assert program.run("set", field, value) == Ended(2, "", f"comfyui-recovery: {words}\n")
    assert history(program) == []


def test_the_report_holds_no_secrets(program: Program, tmp_path: Path) -> None:
    """`export` writes data and text, readable by the owner only, without the link's token."""
    url = "http://user:hunter2@127.0.0.1:9/model.bin?token=s3cr3tvalue&x=1"
    added = program.run("add", url, "--to", str(tmp_path / "models"), "--json").objects[0]
    program.run("pause", str(added["id"]))
    written = program.run("export", str(added["id"])[:6], "--to", str(tmp_path), "--json").objects[0]
    files = [Path(file) for file in written["files"]]
    assert [file.suffix for file in files] == [".json", ".txt"]
    texts = [file.read_text(encoding="utf-8") for file in files]
    assert not any(secret in text for secret in ("hunter2", "s3cr3tvalue") for text in texts)
    assert not any(file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO) for file in files)
    (story,) = json.loads(texts[0])["operations"]
    assert story["operation"]["state"] == "paused"
    assert [each["kind"] for each in story["commands"]] == ["pause"]
    assert "command line asked: pause; done: done" in texts[1]


def test_a_report_that_cannot_be_written_says_so(program: Program, tmp_path: Path) -> None:
    """A missing folder is named, with the remedy."""
    missing = str(tmp_path / "missing")
    assert program.run("export", "--to", missing) == Ended(
        2,
        "",
        f"comfyui-recovery: FOLDER '{missing}' cannot take the report: no such file or directory. "
        "Choose another folder with --to.\n",
    )


def test_a_copy_of_the_store_is_a_store(program: Program, tmp_path: Path) -> None:
    """`backup` copies everything into a new private file, and replaces none."""
    program.run("add", "http://127.0.0.1:9/model.bin", "--to", str(tmp_path / "models"))
    copy = tmp_path / "copy.sqlite3"
    assert program.run("backup", str(copy)).status == 0
    assert not copy.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    assert program.run("--store", str(copy), "list", "--json").objects == program.operations()
    again = program.run("backup", str(copy))
    assert again == Ended(2, "", f"comfyui-recovery: FILE '{copy}' already exists. Choose another name.\n")
    missing = program.run("backup", str(tmp_path / "missing" / "copy.sqlite3"))
    assert (missing.status, "no such file or directory" in missing.err) == (2, True)
