"""Settings files: a written file can be imported, and any other is refused completely."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launcher_gui.recovery.exceptions import InvalidInputError
from launcher_gui.settings.schema import Settings
from launcher_gui.settings.settings_file import from_file, to_file


def file(**settings: object) -> bytes:
    """Return a file of ``settings``."""
    return json.dumps({"kind": "comfyui-recovery settings", "format": 1, "settings": settings}).encode()


@given(st.integers(0, 50), st.sampled_from(["system", "light", "dark"]), st.text(max_size=40))
def test_what_is_written_can_be_taken_over(retries: int, theme: str, folder: str) -> None:
    """A round trip restores every setting, whatever its text."""
    settings = Settings(max_retries=retries, theme=theme, download_folder=folder.replace("@", ""))
    assert Settings(**from_file(to_file(settings).encode("utf-8", "surrogatepass"))) == settings


def test_passwords_stay_here() -> None:
    """The password in a URL is not exported."""
    changed: dict[str, Any] = {"hub_endpoint": "https://ada:s3cr3t@mirror.example/x"}
    written = to_file(dataclasses.replace(Settings(), **changed))
    assert "s3cr3t" not in written
    assert from_file(written.encode())["hub_endpoint"] == "https://mirror.example/x"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "it is not JSON"),
        (b"\xff\xfe", "it is not JSON"),
        (b"[" * 100_000, "it is not JSON"),
        (b"[]", "contains no settings of this program"),
        (b'{"settings": {}}', "contains no settings of this program"),
        (file(max_retries=3, colour="red"), "is not a setting"),
        (file(max_retries=3, jitter=7), "is out of range"),
        (file(max_retries="3"), "is not a whole number"),
        (file(theme="pink"), "is not one of the choices"),
        (file(proxy="http://ada:s3cr3t@proxy.example"), "contains a password"),
        (file(max_retries=None), "has no value"),
    ],
)
def test_what_is_not_wholly_right_is_refused(data: bytes, problem: str) -> None:
    """One invalid setting refuses the file, and is named without its secret."""
    with pytest.raises(InvalidInputError, match=problem) as refused:
        from_file(data)
    assert "s3cr3t" not in str(refused.value)


@pytest.mark.parametrize(
    ("proxy", "problem"),
    [
        ("", ""),
        ("http://proxy.example:3128", ""),
        ("proxy.example:3128", ""),
        ("https://[::1]:8080/", ""),
        ("socks5://proxy.example", "is not the address of an HTTP proxy"),
        ("http://proxy.example:99999", "is not the address of an HTTP proxy"),
        ("http://", "is not the address of an HTTP proxy"),
        ("http://proxy.example/path", "is not the address of an HTTP proxy"),
        ("http://[bad", "is not the address of an HTTP proxy"),
        ("ada:pw@proxy.example:1", "contains a password"),
    ],
)
def test_a_proxy_is_an_address_without_a_password(proxy: str, problem: str) -> None:
    """Only a usable proxy is accepted, and without a secret."""
    if not problem:
        assert Settings(proxy=proxy).proxy == proxy
        return
    with pytest.raises(InvalidInputError, match=problem):
        Settings(proxy=proxy)
