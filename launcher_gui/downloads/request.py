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
from launcher_gui.downloads.sources.addresses import canonical, source_file
from launcher_gui.recovery.exceptions import InvalidInputError

URL_LIMIT = 8192
_SHOWN_LIMIT = 200

_LABEL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")

_URL_REMEDY = "Paste the file's full address, which begins with https://, http:// or hf://."
_NAME_REMEDY = "Choose a plain file name, or leave it empty to use the one in the URL."
_MIRROR_REMEDY = "Give it: only a hash proves that mirrors have the same file."
_FOLDER_REMEDY = "Choose the folder that the file should go to."


@dataclass(frozen=True, slots=True)
class DownloadRequest:
    """A download as it was asked for, free of secrets.

    Attributes:
        url: Where from, without user information, secret parameters and fragment.
        folder: Where to, absolute.
        name: What to call it, ``None`` to take the name from the URL.
        sha256: What it must hash to, in lower case, if known.
        pinned: The address of the very version that was found at ``url``, where a site names versions.
        mirrors: Where else the same file is, in the order in which they are tried; its hash proves it the same.
        blake3: What its BLAKE3 must be, in lower case, if known.
        earlier_destinations: Where it went before a person sent it elsewhere; what was fetched may still be there.
        earlier_urls: The addresses that it had before a person gave it another one for the same file.
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
        """Where the finished file will stand."""
        return Path(self.folder) / (self.name or name_from_url(self.url))

    @property
    def host(self) -> str:
        """The server that it comes from, with the port if the URL names one; IPv6 addresses in brackets."""
        return urlsplit(self.url).netloc.lower()

    @property
    def proof(self) -> KnownHash | None:
        """The hash that the file is checked against: a SHA-256, which is made while the file comes, if one is known."""
        if self.sha256 is not None:
            return KnownHash(Algorithm.SHA256, self.sha256)
        return None if self.blake3 is None else KnownHash(Algorithm.BLAKE3, self.blake3)

    @property
    def is_known_by_hash(self) -> bool:
        """Whether its hash tells what it is, whoever answers: what each server says of its own copy counts less."""
        return self.proof is not None and (self.pinned is not None or bool(self.mirrors))

    def with_hash(self, known: KnownHash) -> DownloadRequest:
        """Return it with a hash that the file must have."""
        if known.algorithm is Algorithm.SHA256:
            return replace(self, sha256=known.digits)
        return replace(self, blake3=known.digits)

    def to_arguments(self) -> dict[str, Any]:
        """Return it as the JSON data that an operation carries."""
        return asdict(self)

    @classmethod
    def from_arguments(cls, arguments: dict[str, Any]) -> DownloadRequest:
        """Return the request that ``arguments`` hold, checked again: a row is not to be believed.

        Raises:
            InvalidInputError: If something in it could not have been asked for.
        """
        required, optional_too = ("url", "folder"), ("name", "sha256", "blake3")
        for field, optional in [(f, False) for f in required] + [(f, True) for f in optional_too]:
            value = arguments.get(field)
            if not isinstance(value, str) and not (optional and value is None):
                raise InvalidInputError(field, type(value).__name__, "is not text", "Add the download again.")
        pinned, mirrors = arguments.get("pinned"), arguments.get("mirrors") or []
        if not isinstance(mirrors, list | tuple) or not all(isinstance(one, str) for one in (pinned or "", *mirrors)):
            raise InvalidInputError("address", "", "is not text", "Add the download again.")
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
        """Return the same download with another address, folder or name; what is empty stays as it is.

        Raises:
            InvalidInputError: If one of them makes no sense.
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
        raise InvalidInputError(field, "", "is not a list of texts", "Add the download again.")
    return list(values)


def parse_request(
    url: str, folder: str, name: str | None = None, sha256: str | None = None, mirrors: Sequence[str] = ()
) -> DownloadRequest:
    """Return a request for what a person typed; empty optional fields mean none.

    What is typed as SHA-256 may be another hash that says so: ``blake3:`` and its digits.

    Raises:
        InvalidInputError: For the first field that cannot be meant.
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
    if request.mirrors and request.proof is None and source_file(request.url) is None:
        raise InvalidInputError("SHA-256", "", "is missing", _MIRROR_REMEDY)
    return request


def problems(url: str, folder: str, name: str | None = None, sha256: str | None = None) -> dict[str, str]:
    """Return a message for every field that ``parse_request`` would refuse, by field."""
    checks: dict[str, Callable[[], object]] = {
        "url": lambda: _checked_url(url),
        "folder": lambda: _checked_folder(folder),
        "name": lambda: _checked_name(name),
        "sha256": lambda: known_hash(sha256),
    }
    found: dict[str, str] = {}
    for field, check in checks.items():
        try:
            check()
        except InvalidInputError as error:
            found[field] = str(error.sentences)
    return found


def _checked_url(url: str) -> str:
    url = canonical(url.strip())
    if not url:
        raise _refused_url(url, "is empty")
    if len(url) > URL_LIMIT:
        raise _refused_url(url, f"is longer than {URL_LIMIT} characters")
    if any(character.isspace() or unicodedata.category(character) in {"Cc", "Cf", "Cs"} for character in url):
        raise _refused_url(url, "contains a space or a character that cannot be seen")
    if "\\" in url:
        raise _refused_url(url, "contains a backslash")  # some read it as "/", and so another host
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
        raise _refused_url(url, "is not a web address that makes sense") from None
    return public


def _check_scheme(url: str) -> None:
    scheme, colon, rest = url.partition(":")
    if not colon or not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", scheme) or (rest and rest[0].isdigit()):
        raise _refused_url(url, "is not a full web address")
    if scheme.lower() == "hf":
        raise _refused_url(url, "is not of the form hf://owner/repository/path, or hf://owner/repository@revision/path")
    if scheme.lower() not in {"http", "https"}:
        raise _refused_url(url, f"uses {scheme.lower()}:, which is not supported")
    if not rest.startswith("//"):
        raise _refused_url(url, "is not a full web address")


def _check_port(url: str, netloc: str) -> None:
    _, colon, port = netloc.rpartition("]")[2].rpartition(":")
    if colon and not (re.fullmatch(r"[0-9]{1,5}", port) and 0 < int(port) < 65536):
        raise _refused_url(url, "has a port that is not a number from 1 to 65535")


def _check_host(url: str, host: str, *, bracketed: bool) -> None:
    if not host:
        raise _refused_url(url, "has no host")
    if bracketed:
        ipaddress.IPv6Address(host.partition("%")[0])
        return
    ascii_host = host if host.isascii() else (yarl.URL.build(scheme="https", host=host).raw_host or "")
    labels = ascii_host.removesuffix(".").split(".")
    if len(ascii_host) > 254 or not all(_LABEL.fullmatch(label) for label in labels):
        raise _refused_url(url, "has a host that is not a valid name")


def _refused_url(url: str, problem: str) -> InvalidInputError:
    return InvalidInputError("URL", _shown_url(url), problem, _URL_REMEDY)


def _shown_url(url: str) -> str:
    """Return what may be repeated of a URL that could not be read: where its secrets end is then unsure."""
    _, at, after = url.rpartition("@")
    return _shortened(("…@" if at else "") + split_secrets(after)[0])


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN_LIMIT else text[: _SHOWN_LIMIT - 1] + "…"


def _checked_folder(folder: str) -> str:
    if not folder.strip():
        raise InvalidInputError("folder", folder, "is empty", _FOLDER_REMEDY)
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in folder):
        raise InvalidInputError(
            "folder", _shortened(folder), "contains a character that cannot be seen", _FOLDER_REMEDY
        )
    expanded = os.path.expanduser(folder)  # noqa: PTH111 - Path's raises where this leaves the text alone
    if expanded.startswith("~"):
        raise InvalidInputError("folder", _shortened(folder), "names a user who is not known here", _FOLDER_REMEDY)
    return os.path.abspath(expanded)  # noqa: PTH100 - Path.absolute would keep the ".."


def _checked_name(name: str | None) -> str | None:
    if not name:
        return None
    if (problem := name_problem(name)) is not None:
        raise InvalidInputError("file name", _shortened(name), problem, _NAME_REMEDY)
    return name
