"""File names: reading them from untrusted sources, and deriving the names of partial files.

Owns which file names are allowed. Knows nothing of existing folders, of requests, or of HTTP beyond the grammar of one
header. The same rules hold on every system, because model folders are shared between systems.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes

from launcher_gui.text.message import Message, message

FALLBACK_NAME = "download"
PART_SUFFIX = ".part"
SIDECAR_SUFFIX = ".part.json"
MAP_SUFFIX = ".part.map"
QUARANTINE_SUFFIX = ".quarantine"

# File systems allow 255 bytes (or UTF-16 units, of which UTF-8 never has fewer); the rest is for the suffixes.
NAME_LIMIT = 255 - 24

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_FORBIDDEN = '<>:"|?*'
_SEPARATORS = "/\\"
_EXTENSION_LIMIT = 32
_DEVICES = frozenset(
    ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"]
    + [f"{port}{number}" for port in ("COM", "LPT") for number in "0123456789¹²³"]
)
_WORKING_NAME = re.compile(r"\.part(?=(?:\.map|\.json(?:\.tmp)?)?$)", re.IGNORECASE)


def partial_path(destination: Path) -> Path:
    """Return the path of the partial file; never a name that a model loader would pick up."""
    return destination.with_name(destination.name + PART_SUFFIX)


def sidecar_path(destination: Path) -> Path:
    """Return the path of the record of the partial file."""
    return destination.with_name(destination.name + SIDECAR_SUFFIX)


def map_path(destination: Path) -> Path:
    """Return the path of the map of a partial file that is downloaded in segments."""
    return destination.with_name(destination.name + MAP_SUFFIX)


def safe_name(text: str) -> str:
    """Return a file name made from ``text`` that is harmless on every system; ``download`` if nothing is left."""
    return _repair(text) or FALLBACK_NAME


def name_problem(text: str) -> Message | None:
    """Return why ``text`` is not allowed as a file name, ``None`` if it is."""
    return next((problem for is_so, problem in _PROBLEMS if is_so(text)), None)


def name_from_url(url: str) -> str:
    """Return a safe name from the last segment of the URL's path."""
    path = re.split(r"[?#]", url, maxsplit=1)[0]
    path = re.sub(r"^[A-Za-z][A-Za-z0-9+.-]*:", "", path)
    if path.startswith("//"):
        _, _, path = path[2:].partition("/")
    return safe_name(unquote(path.rpartition("/")[2], errors="replace"))


def name_from_content_disposition(value: str) -> str | None:
    """Return the safe file name that a Content-Disposition header suggests, or ``None``.

    RFC 6266, section 4.3: ``filename*`` wins over ``filename``, and only the last path segment counts. Names without
    quotes that hold spaces are common and read up to the next semicolon.
    """
    parameters = _parameters(value)
    extended = parameters.get("filename*")
    if extended is not None and (decoded := _decode_extended(extended)) and (name := _repair(decoded)):
        return name
    return _repair(_undo_surrogates(parameters.get("filename", ""))) or None


def _repair(text: str) -> str:
    seen = "".join(character for character in text if not _is_unseen(character))
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", seen))[-1]
    name = re.sub(f"[{re.escape(_FORBIDDEN)}]", "_", name)
    name = _strip(name)
    if name.startswith("."):
        name = "_" + name[1:]  # a server must not hide a file
    if _is_device(name):
        name = "_" + name
    return _WORKING_NAME.sub("_part", _strip(_shorten(name)))


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in _UNSEEN


def _strip(name: str) -> str:
    return re.sub(r"[\s.]+$", "", name).lstrip()


def _is_device(name: str) -> bool:
    return name.partition(".")[0].rstrip().upper() in _DEVICES


def _shorten(name: str) -> str:
    if len(name.encode()) <= NAME_LIMIT:
        return name
    stem, dot, extension = name.rpartition(".")
    ending = f".{extension}" if dot and len(extension.encode()) <= _EXTENSION_LIMIT else ""
    kept = (stem if ending else name).encode()[: NAME_LIMIT - len(ending.encode())]
    return kept.decode(errors="ignore") + ending


_PARAMETER = re.compile(
    r""";\s*(?P<key>[!\#$&+\-.^_`|~%'*A-Za-z0-9]+)\s*=\s*
        (?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<plain>[^;"]*))""",
    re.VERBOSE | re.DOTALL,
)


def _parameters(value: str) -> dict[str, str]:
    """RFC 9110, section 5.6.6, read leniently; of a repeated name, the first counts."""
    found: dict[str, str] = {}
    for match in _PARAMETER.finditer(";" + value.partition(";")[2]):
        quoted = match["quoted"]
        content = match["plain"].strip() if quoted is None else re.sub(r"\\(.)", r"\1", quoted, flags=re.DOTALL)
        found.setdefault(match["key"].lower(), content)
    return found


def _decode_extended(value: str) -> str | None:
    """RFC 8187, section 3.2: ``charset'language'percent-encoded``; anything malformed counts as absent."""
    charset, first, rest = value.partition("'")
    _, second, encoded = rest.partition("'")
    if not (first and second) or charset.upper() not in {"UTF-8", "ISO-8859-1"}:
        return None
    try:
        return unquote_to_bytes(encoded).decode(charset)
    except UnicodeError:
        return None


def _undo_surrogates(text: str) -> str:
    """Return text whose undecodable bytes are read as ISO-8859-1, which is what older servers send."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogateescape" if _only_escapes(text) else "replace").decode("latin-1")
    return text


def _only_escapes(text: str) -> bool:
    return all("\udc80" <= character <= "\udcff" for character in text if "\ud800" <= character <= "\udfff")


_PROBLEMS: tuple[tuple[Callable[[str], bool], Message], ...] = (
    (lambda text: not text, message("input.empty")),
    (lambda text: any(character in _SEPARATORS for character in text), message("name.separator")),
    (lambda text: any(map(_is_unseen, text)), message("input.invisible")),
    (
        lambda text: any(character in _FORBIDDEN for character in text),
        message("name.forbidden", characters=" ".join(_FORBIDDEN)),
    ),
    (lambda text: set(text) == {"."}, message("name.dots")),
    (lambda text: text.endswith("."), message("name.ends_with_dot")),
    (lambda text: text != text.strip(), message("name.space")),
    (_is_device, message("name.device")),
    (lambda text: bool(_WORKING_NAME.search(text)), message("name.partial")),
    (lambda text: len(text.encode()) > NAME_LIMIT, message("name.too_long", limit=NAME_LIMIT)),
)
