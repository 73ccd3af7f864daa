"""User input is checked, and URLs lose their secrets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launcher_gui.downloads.redaction import split_secrets
from launcher_gui.downloads.request import DownloadRequest, parse_request, problems
from launcher_gui.recovery.exceptions import InvalidInputError

URL = "https://host.example/models/model.safetensors"
HASH = "0123456789abcdef" * 4
SECRET = "s3cr3t-Value_0123456789"


def refusal(**changes: Any) -> InvalidInputError:
    with pytest.raises(InvalidInputError) as caught:
        parse_request(**{"url": URL, "folder": "/models", **changes})
    return caught.value


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("", "is empty"),
        ("   ", "is empty"),
        ("model.safetensors", "not a complete web address"),
        ("host.example/model.safetensors", "not a complete web address"),
        ("localhost:8080/x", "not a complete web address"),
        ("//host/x", "not a complete web address"),
        ("https:/host/x", "not a complete web address"),
        ("https:host", "not a complete web address"),
        ("ftp://host/x", "uses ftp:"),
        ("file:///etc/passwd", "uses file:"),
        ("hf:user/model", "form hf://owner"),
        ("javascript:alert", "uses javascript:"),
        ("C:\\models\\x", "backslash"),
        ("https://good.example\\@evil.example/x", "backslash"),
        ("https://", "has no host"),
        ("https:///x", "has no host"),
        ("https://:80/x", "has no host"),
        ("https://user@/x", "has no host"),
        ("https://host:0/x", "has a port"),
        ("https://host:65536/x", "has a port"),
        ("https://host:http/x", "has a port"),
        ("https://[::1]:99999/x", "has a port"),
        ("https://a..b/x", "invalid host name"),
        ("https://-a/x", "invalid host name"),
        (f"https://{'a' * 64}.example/x", "invalid host name"),
        (f"https://{'a.' * 130}example/x", "invalid host name"),
        ("https://ho%73t/x", "invalid host name"),
        ("https://[::1/x", "not a valid web address"),
        ("https://[v1.x]/x", "not a valid web address"),
        ("https://[fe80::zz]/x", "not a valid web address"),
        ("https://ho st/x", "space"),
        ("https://host/a\tb", "space"),
        ("https://host/a\nb", "space"),
        ("https://host/a\0b", "invisible"),
        ("https://host/a\u202eb", "invisible"),
        ("https://host/a\ud800", "invisible"),
        ("https://host/" + "a" * 9000, "longer than"),
    ],
)
def test_urls_that_cannot_be_meant(url: str, problem: str) -> None:
    """Every kind of bad URL is refused with its problem and a remedy."""
    error = refusal(url=url)
    assert problem in str(error.problem)
    assert error.field == "link"
    assert "https://" in str(error.remedy)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        (URL, "host.example"),
        (f"  {URL}\n", "host.example"),
        ("HTTP://Host.Example:8080/x", "host.example:8080"),
        ("https://127.0.0.1/x", "127.0.0.1"),
        ("http://[::1]:80/x", "[::1]:80"),
        ("http://[fe80::1%25eth0]/x", "[fe80::1%25eth0]"),
        ("https://bücher.example/x", "bücher.example"),
        ("https://host.example./x", "host.example."),
        ("https://under_score.example/x", "under_score.example"),
        ("https://localhost", "localhost"),
    ],
)
def test_urls_that_are_fine(url: str, host: str) -> None:
    """Reachable URLs are accepted."""
    assert parse_request(url, "/models").host == host


@pytest.mark.parametrize("prefix", ["", "sha256:", "SHA256:", "  "])
@pytest.mark.parametrize("digits", [HASH, HASH.upper()])
def test_hashes_are_taken_as_people_paste_them(prefix: str, digits: str) -> None:
    """A hash may be in either case and have its usual prefix."""
    assert parse_request(URL, "/models", sha256=prefix + digits).sha256 == HASH


@pytest.mark.parametrize("sha256", ["abc", HASH + "0", HASH[:-1] + "g", "md5:" + HASH, "sha256:", HASH[:-1] + "\uff10"])
def test_malformed_hashes(sha256: str) -> None:
    """An impossible hash is refused."""
    assert refusal(sha256=sha256).field == "SHA-256"


@pytest.mark.parametrize("name", ["../x", "a/b", "nul", "x.", "x.part", "a\0", "x" * 256])
def test_bad_names(name: str) -> None:
    """A harmful name is refused, not repaired: the user chose it."""
    assert refusal(name=name).field == "file name"


@pytest.mark.parametrize("folder", ["", "  ", "/a\0b", "/a\nb", "/a\udcff", "~nobody-of-this-name/x"])
def test_bad_folders(folder: str) -> None:
    """An impossible folder is refused."""
    assert refusal(folder=folder).field == "folder"


def test_folders_become_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A stored request means the same wherever the next process starts."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", "/home/ann")
    assert parse_request(URL, "models/../loras").folder == str(tmp_path / "loras")
    assert parse_request(URL, "~/models").folder == "/home/ann/models"


def test_empty_optional_fields_mean_none() -> None:
    """Empty fields of a dialog count as absent."""
    assert parse_request(URL, "/models", "", " ") == DownloadRequest(URL, "/models", None, None)


def test_destination() -> None:
    """The chosen name counts, else the URL's."""
    assert parse_request(URL, "/models").destination == Path("/models/model.safetensors")
    assert parse_request(URL, "/models", "mine.pt").destination == Path("/models/mine.pt")


def test_problems_name_every_field_at_once() -> None:
    """A dialog can mark every problem while the user types."""
    found = problems("nonsense", "", "a/b", "12")
    assert set(found) == {"url", "folder", "name", "sha256"}
    assert str(found["url"]) == (
        "The link is not a complete web address. Paste the complete link, which begins with https://, http:// or hf://."
    )
    assert problems(URL, "/models", None, None) == {}


def test_a_request_survives_its_row() -> None:
    """A stored request can be read back."""
    request = parse_request(URL, "/models", "mine.pt", HASH)
    assert DownloadRequest.from_arguments(request.to_arguments()) == request


@pytest.mark.parametrize(
    "change",
    [
        {"url": None},
        {"url": 5},
        {"url": "file:///etc/passwd"},
        {"folder": None},
        {"name": "../../.bashrc"},
        {"name": 1},
        {"sha256": ["x"]},
        {"sha256": "zz"},
    ],
)
def test_a_tampered_row_is_refused(change: dict[str, Any]) -> None:
    """A row that the program cannot have written is refused."""
    arguments = {**parse_request(URL, "/models", "mine.pt", HASH).to_arguments(), **change}
    with pytest.raises(InvalidInputError):
        DownloadRequest.from_arguments(arguments)


SECRET_NAMES = st.sampled_from(
    [
        *["token", "access_token", "hf_token", "api_key", "apikey", "api-key", "auth", "password", "secret"],
        *["client_secret", "sig", "signature", "Policy", "Key-Pair-Id", "AWSAccessKeyId", "X-Goog-Signature"],
        *["X-Amz-Signature", "X-Amz-Credential", "X-Amz-Security-Token"],
    ]
).flatmap(lambda name: st.sampled_from([name, name.upper(), name.lower(), name.title()]))


@given(
    name=SECRET_NAMES,
    before=st.lists(st.sampled_from(["a=1", "b", "", "download=true", "=", "x=%20"]), max_size=3),
    after=st.lists(st.sampled_from(["c=3", "", "d"]), max_size=2),
    mark=st.sampled_from(["&", ";"]),
    user=st.sampled_from(["", "u@", f"u:{SECRET}@", f"{SECRET}@"]),
)
def test_no_secret_is_left(name: str, before: list[str], after: list[str], mark: str, user: str) -> None:
    """A secret anywhere in a URL is neither stored nor shown, and other parameters stay."""
    url = f"https://{user}host.example/x?{mark.join([*before, f'{name}={SECRET}', *after])}#{SECRET}"
    public, removed = split_secrets(url)
    assert removed
    assert SECRET not in public
    assert split_secrets(public) == (public, False)
    assert parse_request(url, "/models").url == public
    assert [field for field in [*before, *after] if field and field not in public] == []


@pytest.mark.parametrize(
    "url",
    [
        "https://user:{}/ss@host/x",
        "https://user:{}#ss@host/x",
        "https://user:{}?ss@host/x",
        "ftp://user:{}@host/x",
        "user:{}@host/x",
        "https://host:port/x?token={}",
        "https://ho st/x?token={}",
        "nonsense?token={}",
        "nonsense#{}",
    ],
)
def test_refusals_do_not_repeat_secrets(url: str) -> None:
    """The part of a refused URL that is shown has no secrets, even if the URL cannot be parsed."""
    error = refusal(url=url.format(SECRET))
    assert SECRET not in str(error)
    assert SECRET not in "".join(map(str, problems(url.format(SECRET), "/models").values()))


@given(st.text(max_size=40))
def test_any_text_is_either_refused_or_understood(text: str) -> None:
    """Any text is accepted or refused with the right error."""
    for url in (text, f"https://{text}", f"https://h/{text}"):
        split_secrets(url)
        if not problems(url, "/models"):
            request = parse_request(url, "/models")
            assert parse_request(request.url, "/models") == request


@given(st.lists(st.tuples(st.sampled_from(["url", "folder", "name"]), st.sampled_from("abc")), max_size=6))
def test_a_download_that_is_sent_elsewhere_knows_where_it_was(moves: list[tuple[str, str]]) -> None:
    """Each earlier destination and URL is kept, and all of them are stored."""
    request = parse_request("https://x.org/0.bin?id=0", "/models", None, "ab" * 32)
    places, urls = [str(request.destination)], [request.url]
    for field, letter in moves:
        to = {"url": f"https://x.org/0.bin?id={letter}", "folder": f"/models/{letter}", "name": f"{letter}.bin"}
        request = request.sent_elsewhere(**{field: to[field]})
        places.append(str(request.destination))
        urls.append(request.url)
    assert {*request.earlier_destinations, str(request.destination)} == set(places)
    assert {*request.earlier_urls, request.url} == set(urls)
    assert request.sha256 == "ab" * 32
    row = json.loads(json.dumps(request.to_arguments()))
    assert DownloadRequest.from_arguments(row) == request


@pytest.mark.parametrize("field", ["earlier_destinations", "earlier_urls"])
def test_a_row_is_not_believed_about_where_it_was(field: str) -> None:
    """Data that this program cannot have written is refused."""
    row = parse_request("https://x.org/0.bin", "/models").to_arguments()
    for nonsense in ("text", [1], [["x"]]):
        with pytest.raises(InvalidInputError):
            DownloadRequest.from_arguments({**row, field: nonsense})
