"""File names from untrusted sources."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from launcher_gui.downloads.rules.naming import (
    NAME_LIMIT,
    name_from_content_disposition,
    name_from_url,
    name_problem,
    partial_path,
    safe_name,
    sidecar_path,
)

HOSTILE = st.lists(
    st.characters()
    | st.sampled_from(
        [
            *[*"./\\:*?<>|\"'%;= \t\n\0~-$a", "..", "CON", "nul.", "COM1", "lpt¹", ".part", ".json", ".tmp", "x" * 120],
            *["\u202e", "\u200b", "\ufeff", "\u2028", "\ud800", "\udcff", "\u0301", "\u212a", "ä", "漢" * 40, "😀"],
        ]
    ),
    max_size=12,
).map("".join)


def lies_directly_in(folder: Path, name: str) -> bool:
    path = folder / name
    return Path(os.path.normpath(path)).parent == folder and path.name == name


@given(HOSTILE)
@example("..")
@example("x" * 300 + ".part")
@example("CON .txt")
@example("\u212aCON")
def test_a_repaired_name_is_fit(text: str) -> None:
    """A repaired name has no problem, whatever the input."""
    assert name_problem(safe_name(text)) is None


@given(HOSTILE)
@example("A\ud800\u0300")
def test_repairing_twice_changes_nothing(text: str) -> None:
    """Repairing a repaired name changes nothing."""
    assert safe_name(safe_name(text)) == safe_name(text)


@given(HOSTILE)
def test_a_fit_name_is_left_alone(text: str) -> None:
    """A repair changes only what is wrong, apart from Unicode form and hidden names."""
    if name_problem(text) is None and not text.startswith("."):
        assert safe_name(text) == unicodedata.normalize("NFC", text)


@given(HOSTILE, st.sampled_from(["{}", "https://h/{}", "https://h/a/../{}?x=/y#/z", "//{}", "file:///{}"]))
def test_no_url_leads_out_of_the_folder(text: str, shape: str) -> None:
    """No URL, percent-encoded or not, names anything outside the chosen folder."""
    for url in (shape.format(text), shape.format(quote(text, safe="", errors="replace"))):
        assert lies_directly_in(Path("/models/loras"), name_from_url(url))


@given(HOSTILE, st.sampled_from(["{}", "attachment; filename={}", 'attachment; filename="{}"', "a; filename*={}"]))
def test_no_header_leads_out_of_the_folder(text: str, shape: str) -> None:
    """No Content-Disposition, however malformed, names anything outside the chosen folder."""
    name = name_from_content_disposition(shape.format(text))
    assert name is None or (lies_directly_in(Path("/models/loras"), name) and name_problem(name) is None)


@given(HOSTILE)
def test_an_extended_name_arrives_as_it_was_sent(text: str) -> None:
    """RFC 8187 encoding transports any name, which is repaired like every other."""
    sent = text.encode(errors="replace").decode()
    header = f"attachment; filename=\"no\"; filename*=UTF-8''{quote(sent, safe='')}"
    assert name_from_content_disposition(header) == (safe_name(sent) if safe_name(sent) != "download" else "no")


@given(HOSTILE)
def test_working_names_fit_and_are_no_models(text: str) -> None:
    """The name of a partial file fits into a folder and is never loaded as a model."""
    destination = Path("/models") / safe_name(text)
    for path in (partial_path(destination), sidecar_path(destination)):
        assert len(path.name.encode()) <= 255 - len(".tmp")
        assert path.suffix in {".part", ".json"}
        assert path != destination


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("model.safetensors", "model.safetensors"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\System32\\evil.dll", "evil.dll"),
        ("C:evil.dll", "C_evil.dll"),
        ("model.ckpt:stream", "model.ckpt_stream"),
        ("..", "download"),
        ("", "download"),
        ("/", "download"),
        ("\u202e\u200b", "download"),
        ("con", "_con"),
        ("AUX.safetensors", "_AUX.safetensors"),
        ("com0.txt", "_com0.txt"),
        ("LPT³", "_LPT³"),
        ("console.txt", "console.txt"),
        ("name. . .", "name"),
        (" padded.bin ", "padded.bin"),
        (".bashrc", "_bashrc"),
        ("photo\u202egnp.exe", "photognp.exe"),
        ("a\nb\0c", "abc"),
        ("model.safetensors.part", "model.safetensors_part"),
        ("model.PART.json", "model_part.json"),
        ("cafe\u0301.pt", "caf\u00e9.pt"),
        ("漢" * 200 + ".safetensors", "漢" * ((NAME_LIMIT - 12) // 3) + ".safetensors"),
    ],
)
def test_repairs(text: str, expected: str) -> None:
    """Each kind of problem has its repair."""
    assert safe_name(text) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("a/b", "separator"),
        ("a\\b", "separator"),
        ("..", "folder"),
        ("a\0", "invisible"),
        ("a\u202eb", "invisible"),
        ("a\ud800", "invisible"),
        ("a:b", "Windows"),
        ("nul", "device"),
        ("Com1.safetensors", "device"),
        ("name.", "dot"),
        ("name ", "space"),
        ("x.part", "partial"),
        ("x.part.json", "partial"),
        ("漢" * 100, "longer"),
    ],
)
def test_problems_are_named(text: str, words: str) -> None:
    """Each problem has a description."""
    assert words in str(name_problem(text))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://host/a/model.safetensors", "model.safetensors"),
        ("https://host/a/model.safetensors?download=true", "model.safetensors"),
        ("https://host/a%20b%2Fc.bin#frag/ment", "c.bin"),
        ("https://host/%E6%BC%A2.pt", "漢.pt"),
        ("https://host/%ff%fe.pt", "\ufffd\ufffd.pt"),
        ("https://host", "download"),
        ("https://host/", "download"),
        ("https://host/folder/", "download"),
        ("https://host/..%2f..%2fx", "x"),
        ("https://host/api/download/models/12345", "12345"),
    ],
)
def test_names_from_urls(url: str, expected: str) -> None:
    """The name is the last segment of the path, decoded."""
    assert name_from_url(url) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        # The examples of RFC 6266, section 5.
        ('Attachment; filename="example.html"', "example.html"),
        ('INLINE; FILENAME= "an example.html"', "an example.html"),
        ("attachment; filename*= UTF-8''%e2%82%ac%20rates", "€ rates"),
        ("attachment; filename=\"EURO rates\"; filename*=utf-8''%e2%82%ac%20rates", "€ rates"),
        # Order does not matter, the extended form wins.
        ("attachment; filename*=UTF-8'en'b.bin; filename=a.bin", "b.bin"),
        # RFC 8187: ISO-8859-1 may be understood; what is malformed counts as absent.
        ("attachment; filename*=iso-8859-1''caf%E9.pt", "café.pt"),
        ("attachment; filename=a.bin; filename*=UTF-8''%ff%fe", "a.bin"),
        ("attachment; filename=a.bin; filename*=koi8-r''b", "a.bin"),
        ("attachment; filename=a.bin; filename*=b.bin", "a.bin"),
        # Quoted pairs, and semicolons inside quotes.
        (r'attachment; filename="a\"b\\c.bin"', "c.bin"),
        ('attachment; filename="a;b.bin"; size=5', "a;b.bin"),
        # Common in practice.
        ("attachment; filename=two words.bin; x=y", "two words.bin"),
        ("attachment;filename=a.bin", "a.bin"),
        ("attachment; filename=a.bin; filename=b.bin", "a.bin"),
        ('attachment; filename="caf\udce9.pt"', "café.pt"),
        # Without a usable name.
        ("attachment", None),
        ("", None),
        ('attachment; filename=""', None),
        ('attachment; filename=".."', None),
        ("attachment; name=a.bin", None),
    ],
)
def test_names_from_headers(header: str, expected: str | None) -> None:
    """RFC 6266 and RFC 8187 are followed, and common deviations are accepted."""
    assert name_from_content_disposition(header) == expected
