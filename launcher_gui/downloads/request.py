"""A download as the user asked for it, checked on the way in. Pure: accesses neither disk nor network."""

from __future__ import annotations

import ipaddress
import os
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yarl

from launcher_gui.downloads.redaction import split_secrets
from launcher_gui.downloads.rules.known_hash import Algorithm, KnownHash, known_hash
from launcher_gui.downloads.rules.naming import name_from_url, name_problem
from launcher_gui.downloads.sources.all_sources import canonical, form_of_scheme, link_schemes, locate
from launcher_gui.recovery.exceptions import InvalidInputError
from launcher_gui.text.message import Message, message

URL_LIMIT = 8192
_SHOWN_LIMIT = 200

_LABEL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")

_LINK, _FOLDER, _NAME = message("field.link"), message("field.folder"), message("field.name")
_NAME_REMEDY = message("name.choose_plain")
_FOLDER_REMEDY = message("folder.choose_target")
_ROW_REMEDY = message("input.add_again")


@dataclass(frozen=True, slots=True)
class DownloadRequest:
    """A download as the user asked for it, free of secrets.

    Attributes:
        url: The link, without user information, secret parameters and fragment.
        folder: The folder to save the file in, absolute.
        name: The file name, ``None`` to take it from the URL.
        sha256: Its expected SHA-256 in lower case, if known.
        pinned: The link to the exact version found at ``url``, where a site has versions.
        mirrors: Other links to the same file, in the order in which they are tried; the hash proves that they are.
        blake3: Its expected BLAKE3 in lower case, if known.
        earlier_destinations: Its destinations before the user moved it; saved data may still be there.
        earlier_urls: Its links before the user gave it another one for the same file.
    """

    url: str
    folder: str
    name: str | None
    sha256: str | None
    pinned: str | None = None
    mirrors: tuple[str, ...] = ()
    blake3: str | None = None
    earlier_destinations: tuple[str, ...] = ()
    earlier_urls: tuple[str, ...] = ()

    @property
    def destination(self) -> Path:
        """The path of the finished file."""
        located = None if self.name else locate(self.url)
        return Path(self.folder) / (self.name or (located and located.file.name) or name_from_url(self.url))

    @property
    def host(self) -> str:
        """The host of the link, with the port if the URL has one; IPv6 addresses in brackets."""
        return urlsplit(self.url).netloc.lower()

    @property
    def proof(self) -> KnownHash | None:
        """The hash that the file is checked against: the SHA-256, which is computed during the download, if known."""
        if self.sha256 is not None:
            return KnownHash(Algorithm.SHA256, self.sha256)
        return None if self.blake3 is None else KnownHash(Algorithm.BLAKE3, self.blake3)

    @property
    def is_known_by_hash(self) -> bool:
        """Whether its hash identifies the file, whichever server sends it; validators of servers do not count then."""
        return self.proof is not None and (self.pinned is not None or bool(self.mirrors))

    def with_hash(self, known: KnownHash) -> DownloadRequest:
        """Return it with an expected hash."""
        if known.algorithm is Algorithm.SHA256:
            return replace(self, sha256=known.digits)
        return replace(self, blake3=known.digits)

    def to_arguments(self) -> dict[str, Any]:
        """Return it as the JSON data of an operation."""
        return asdict(self)

    @classmethod
    def from_arguments(cls, arguments: dict[str, Any]) -> DownloadRequest:
        """Return the request in ``arguments``, checked again: a row of the store is not trusted.

        Raises:
            InvalidInputError: If a value is not allowed.
        """
        required, optional_too = ("url", "folder"), ("name", "sha256", "blake3")
        for field, optional in [(f, False) for f in required] + [(f, True) for f in optional_too]:
            value = arguments.get(field)
            if not isinstance(value, str) and not (optional and value is None):
                raise InvalidInputError(field, type(value).__name__, message("input.not_text"), _ROW_REMEDY)
        pinned, mirrors = arguments.get("pinned"), arguments.get("mirrors") or []
        if not isinstance(mirrors, list | tuple) or not all(isinstance(one, str) for one in (pinned or "", *mirrors)):
            raise InvalidInputError(_LINK, "", message("input.not_text"), _ROW_REMEDY)
        sha256, blake3 = arguments.get("sha256"), arguments.get("blake3")
        second = known_hash(f"blake3:{blake3}") if blake3 else None
        known = sha256 or (str(second) if second is not None else None)
        request = parse_request(arguments["url"], arguments["folder"], arguments.get("name"), known, mirrors)
        return replace(
            request,
            pinned=None if pinned is None else _checked_url(pinned),
            blake3=None if second is None else second.digits,
            earlier_destinations=tuple(map(_checked_folder, _texts(arguments, "earlier_destinations"))),
            earlier_urls=tuple(map(_checked_url, _texts(arguments, "earlier_urls"))),
        )

    def sent_elsewhere(self, url: str = "", folder: str = "", name: str = "") -> DownloadRequest:
        """Return the same download with another link, folder or name; empty arguments change nothing.

        Raises:
            InvalidInputError: If one of them is not valid.
        """
        new = replace(
            parse_request(url or self.url, folder or self.folder, name or self.destination.name, self.sha256),
            pinned=None if url else self.pinned,
            mirrors=self.mirrors,
            blake3=self.blake3,
        )
        here, moved = str(self.destination), new.destination != self.destination
        before = {self.url, *filter(None, [self.pinned])} - {new.url} if url else set()
        return replace(
            new,
            earlier_destinations=(*self.earlier_destinations, *([here] if moved else [])),
            earlier_urls=tuple(dict.fromkeys((*self.earlier_urls, *sorted(before)))),
        )


def _texts(arguments: dict[str, Any], field: str) -> list[str]:
    values = arguments.get(field) or []
    if not isinstance(values, list | tuple) or not all(isinstance(one, str) for one in values):
        raise InvalidInputError(field, "", message("input.not_texts"), _ROW_REMEDY)
    return list(values)


def parse_request(
    url: str, folder: str, name: str | None = None, sha256: str | None = None, mirrors: Sequence[str] = ()
) -> DownloadRequest:
    """Return a request for what the user typed; empty optional fields mean none.

    The SHA-256 may be another hash with its name in front: ``blake3:`` and its digits.

    Raises:
        InvalidInputError: For the first field that is not valid.
    """
    request = DownloadRequest(
        url=_checked_url(url),
        folder=_checked_folder(folder),
        name=_checked_name(name),
        sha256=None,
        mirrors=tuple(_checked_url(mirror) for mirror in mirrors),
    )
    if (known := known_hash(sha256)) is not None:
        request = request.with_hash(known)
    if request.mirrors and request.proof is None and locate(request.url) is None:
        raise InvalidInputError("SHA-256", "", message("input.missing"), message("hash.for_mirrors"))
    return request


def problems(url: str, folder: str, name: str | None = None, sha256: str | None = None) -> dict[str, Message]:
    """Return what is wrong with each field that ``parse_request`` would refuse, by field."""
    checks: dict[str, Callable[[], object]] = {
        "url": lambda: _checked_url(url),
        "folder": lambda: _checked_folder(folder),
        "name": lambda: _checked_name(name),
        "sha256": lambda: known_hash(sha256),
    }
    found: dict[str, Message] = {}
    for field, check in checks.items():
        try:
            check()
        except InvalidInputError as error:
            found[field] = error.sentences
    return found


def _checked_url(url: str) -> str:
    url = canonical(url.strip())
    if not url:
        raise _refused_url(url, message("input.empty"))
    if len(url) > URL_LIMIT:
        raise _refused_url(url, message("link.too_long", limit=URL_LIMIT))
    if any(character.isspace() or unicodedata.category(character) in {"Cc", "Cf", "Cs"} for character in url):
        raise _refused_url(url, message("link.space"))
    if "\\" in url:
        raise _refused_url(url, message("link.backslash"))  # some programs read it as "/", and so another host
    _check_scheme(url)
    public, _ = split_secrets(url)
    try:
        parts = urlsplit(public)
        _check_port(url, parts.netloc)
        _check_host(url, parts.hostname or "", bracketed="[" in parts.netloc)
        yarl.URL(public)
    except InvalidInputError:
        raise
    except ValueError:
        raise _refused_url(url, message("link.not_valid")) from None
    return public


def _check_scheme(url: str) -> None:
    scheme, colon, rest = url.partition(":")
    if not colon or not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", scheme) or (rest and rest[0].isdigit()):
        raise _refused_url(url, message("link.not_full"))
    if (form := form_of_scheme(scheme.lower())) is not None:
        raise _refused_url(url, message("link.site_form", form=form))
    if scheme.lower() not in {"http", "https"}:
        raise _refused_url(url, message("link.scheme", scheme=scheme.lower()))
    if not rest.startswith("//"):
        raise _refused_url(url, message("link.not_full"))


def _check_port(url: str, netloc: str) -> None:
    _, colon, port = netloc.rpartition("]")[2].rpartition(":")
    if colon and not (re.fullmatch(r"[0-9]{1,5}", port) and 0 < int(port) < 65536):
        raise _refused_url(url, message("link.port"))


def _check_host(url: str, host: str, *, bracketed: bool) -> None:
    if not host:
        raise _refused_url(url, message("link.no_host"))
    if bracketed:
        ipaddress.IPv6Address(host.partition("%")[0])
        return
    ascii_host = host if host.isascii() else (yarl.URL.build(scheme="https", host=host).raw_host or "")
    labels = ascii_host.removesuffix(".").split(".")
    if len(ascii_host) > 254 or not all(_LABEL.fullmatch(label) for label in labels):
        raise _refused_url(url, message("link.host"))


def _refused_url(url: str, problem: Message) -> InvalidInputError:
    *others, last = link_schemes()
    remedy = message("link.paste_full", schemes=", ".join(others), last=last)
    return InvalidInputError(_LINK, _shown_url(url), problem, remedy)


def _shown_url(url: str) -> str:
    """Return the part of an invalid URL that may be shown: where its secrets end is unknown then."""
    _, at, after = url.rpartition("@")
    return _shortened(("…@" if at else "") + split_secrets(after)[0])


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN_LIMIT else text[: _SHOWN_LIMIT - 1] + "…"


def _checked_folder(folder: str) -> str:
    if not folder.strip():
        raise InvalidInputError(_FOLDER, folder, message("input.empty"), _FOLDER_REMEDY)
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in folder):
        raise InvalidInputError(_FOLDER, _shortened(folder), message("input.invisible"), _FOLDER_REMEDY)
    expanded = os.path.expanduser(folder)  # noqa: PTH111 - Path's raises where this returns the text unchanged
    if expanded.startswith("~"):
        raise InvalidInputError(_FOLDER, _shortened(folder), message("folder.unknown_user"), _FOLDER_REMEDY)
    return os.path.abspath(expanded)  # noqa: PTH100 - Path.absolute would keep the ".."


def _checked_name(name: str | None) -> str | None:
    if not name:
        return None
    if (problem := name_problem(name)) is not None:
        raise InvalidInputError(_NAME, _shortened(name), problem, _NAME_REMEDY)
    return name
