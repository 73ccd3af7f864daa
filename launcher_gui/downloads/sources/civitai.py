"""Civitai.

What the code relies on, and where it is documented:

- A model's page is ``/models/<model>?modelVersionId=<version>``, its file ``/api/download/models/<version>``.
  ``type``, ``format``, ``size`` and ``fp`` in the query choose among several files of one version
  (https://developer.civitai.com/site/reference/model-versions); ``fileId`` names one. civitai.red and civitai.green
  show the same models.
- ``/api/v1/model-versions/<version>`` lists the version's files with ``id``, ``name``, ``sizeKB``, ``primary``,
  ``type``, ``metadata`` and ``hashes`` (SHA256, BLAKE3 and others, in upper case), and has ``availability``,
  ``earlyAccessEndsAt`` and ``usageControl``. ``/api/v1/models/<model>`` has ``modelVersions``, newest first.
- A key goes into ``Authorization: Bearer`` (https://developer.civitai.com/site/, civitai/civitai#240). Downloads
  redirect to signed addresses, which refuse a request with a second kind of authorization.
- Where a key is needed, the download answers 401 with ``{"error", "message"}``, or redirects to a login page with
  ``reason=download-auth`` in its query (alexandersokol/sd-model-organizer#80, DekoMoon/civitdl#90).
- ``/api/v1/me`` answers with ``username`` (https://developer.civitai.com/site/reference/me).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import aiohttp

from launcher_gui.downloads.errors.http_errors import HttpStatusError
from launcher_gui.downloads.errors.refusals import BadAnswerError, SiteRefusalError
from launcher_gui.downloads.errors.remedies import FailureKind
from launcher_gui.downloads.rules.naming import safe_name
from launcher_gui.downloads.sources.source import (
    Answer,
    Home,
    LookedUp,
    SiteClient,
    Source,
    bad_answer,
    kept_query,
    split_address,
    with_query,
)
from launcher_gui.text.message import message

HOME = "https://civitai.com"

_HOSTS = frozenset({"civitai.com", "www.civitai.com", "civitai.green", "civitai.red", "www.civitai.red"})
_PAGE = re.compile(r"/(?:[a-z]{2}/)?models/([0-9]{1,12})(?:/[^/]*)?/?")
_DOWNLOAD = re.compile(r"/api/download/models/([0-9]{1,12})/?")
_NUMBER = re.compile(r"[0-9]{1,12}")
_CHOOSING = ("fileId", "type", "format", "size", "fp")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class CivitaiFile:
    """A file of a model's version.

    Attributes:
        model: The model's number, if the address names it.
        version: The version's number; ``None`` for the newest one.
        choice: The query that chooses among the files of the version (``format=SafeTensor``).
    """

    model: str | None
    version: str | None
    choice: str = ""

    @property
    def url(self) -> str:
        """Its canonical address."""
        if self.version is None:
            return with_query(f"{HOME}/models/{self.model}", self.choice)
        return with_query(f"{HOME}/api/download/models/{self.version}", self.choice)

    @property
    def page(self) -> str:
        """The page of the version, or of the model if its newest version is meant."""
        return f"{HOME}/models/{self.model}" if self.version is None else f"{HOME}/model-versions/{self.version}"

    @property
    def is_pinned(self) -> bool:
        """Whether the address names one version."""
        return self.version is not None

    @property
    def name(self) -> str | None:
        """Two files of one version have different names from the start, so that both can be queued."""
        number = dict(parse_qsl(self.choice)).get("fileId", "")
        return f"{self.version or self.model}-{number}" if _NUMBER.fullmatch(number) else None


@dataclass(frozen=True, slots=True)
class Listed:
    """What the site's list says about a file.

    Attributes:
        version: The version's number.
        name: Its name, safe to use, if it has one.
        sha256: Its SHA-256, if listed.
        blake3: Its BLAKE3, if listed.
        size: Its approximate size in bytes; the site rounds.
        early_access_until: When early access ends, in ISO 8601; empty if that is not given, ``None`` if there is none.
        offered: Whether it may be downloaded at all, rather than used on the site only.
    """

    version: str
    name: str | None
    sha256: str | None
    blake3: str | None
    size: int | None
    early_access_until: str | None
    offered: bool


class Civitai(Source[CivitaiFile]):
    """Civitai, or a mirror of it."""

    domain = "civitai.com"
    label = "Civitai"
    aliases = ("civitai",)
    homes = (Home(HOME, "civitai_endpoint", "Civitai address"),)
    token_variable = "CIVITAI_API_KEY"  # noqa: S105 the name of a variable
    token_page = f"{HOME}/user/account"
    account_url = f"{HOME}/api/v1/me"

    def file_at(self, address: str) -> CivitaiFile | None:
        """Return the file that a page or a download address names."""
        parts = split_address(address, _HOSTS)
        if parts is None:
            return None
        if (download := _DOWNLOAD.fullmatch(parts.path)) is not None:
            return CivitaiFile(None, download[1], kept_query(parts.query, _CHOOSING))
        if (page := _PAGE.fullmatch(parts.path)) is not None:
            fields = dict(reversed(parse_qsl(parts.query)))  # of a repeated field, the first counts
            version = fields.get("modelVersionId", "")
            # The other fields of a page choose what the page shows, not a file.
            choice = urlencode({name: fields[name] for name in _CHOOSING if name in fields}, errors="replace")
            return CivitaiFile(page[1], version if _NUMBER.fullmatch(version) else None, kept_query(choice, _CHOOSING))
        return None

    async def look_up(self, file: CivitaiFile, client: SiteClient) -> LookedUp:
        """Return what the list of the version's files says, after a look for the newest version if none is named."""
        if file.version is None:
            version = newest_version(await client.json(f"{HOME}/api/v1/models/{file.model}"))
            if version is None:
                raise bad_answer(file.url, self)
            file = CivitaiFile(file.model, version, file.choice)
        entry = await self._listed(file, client)
        if entry is None:
            raise bad_answer(file.url, self)
        if not entry.offered:
            raise self._not_offered(entry)
        return LookedUp(self.label, file.url, file.is_pinned, entry.sha256, entry.name, entry.size, entry.blake3)

    def account_name(self, data: Any) -> Any:
        """Return the user name in the answer of ``me``."""
        return data["username"]

    def refusal(self, answer: Answer, *, with_token: bool) -> SiteRefusalError | None:
        """Return the refusal in a 401 or in a redirect to the login page."""
        target = urlsplit(answer.headers.get("Location", ""))
        to_login = 300 <= answer.status < 400 and "download-auth" in parse_qs(target.query).get("reason", [])
        if not to_login and answer.status != 401:
            return None
        page, variable, detail = self.token_page, self.token_variable, f"{answer.status} at {urlsplit(answer.url).path}"
        if with_token:
            why = message("site.token_refused", site=self.label)
            fix = message("site.new_token", token_page=page, variable=variable)
            return SiteRefusalError(self.label, answer.status, FailureKind.TOKEN_REFUSED, why, fix, page, detail)
        why = message("site.sign_in", site=self.label)
        fix = message("site.add_token", token_page=page, variable=variable)
        return SiteRefusalError(self.label, answer.status, FailureKind.TOKEN_NEEDED, why, fix, page, detail)

    async def explain(self, file: CivitaiFile, refused: SiteRefusalError, client: SiteClient) -> SiteRefusalError:
        """Return early access as the reason for ``refused`` if the list of files says so."""
        if file.version is None:
            return refused
        try:
            entry = await self._listed(file, client)
        except (SiteRefusalError, HttpStatusError, BadAnswerError, aiohttp.ClientError):
            return refused
        if entry is None or entry.early_access_until is None:
            return refused
        return self._early_access(file, entry.early_access_until, refused.status)

    async def _listed(self, file: CivitaiFile, client: SiteClient) -> Listed | None:
        return listed(await client.json(f"{HOME}/api/v1/model-versions/{file.version}"), file)

    def _early_access(self, file: CivitaiFile, until: str, status: int) -> SiteRefusalError:
        day = until[:10]
        if re.fullmatch(r"[0-9-]{10}", day):
            why = message("civitai.early_access_until", day=day, site=self.label)
        else:
            why = message("civitai.early_access", site=self.label)
        fix = message("civitai.unlock", page=file.page)
        detail = f"version {file.version}, early access ends {until or 'at an unknown time'}"
        return SiteRefusalError(self.label, status, FailureKind.LICENCE, why, fix, file.page, detail)

    def _not_offered(self, entry: Listed) -> SiteRefusalError:
        page = CivitaiFile(None, entry.version).page
        why, fix = message("civitai.not_offered"), message("civitai.other_version", page=page)
        detail = f"version {entry.version} may be used on the site only"
        return SiteRefusalError(self.label, 403, FailureKind.NOT_FOUND, why, fix, page, detail)


CIVITAI = Civitai()


def newest_version(answer: Any) -> str | None:
    """Return the number of a model's newest version, from the site's answer about the model."""
    versions = answer.get("modelVersions") if isinstance(answer, dict) else None
    first = versions[0] if isinstance(versions, list) and versions else None
    number = first.get("id") if isinstance(first, dict) else None
    return str(number) if type(number) is int and number > 0 else None


def listed(answer: Any, file: CivitaiFile) -> Listed | None:
    """Return what the site lists for ``file``, ``None`` if its answer is not valid.

    Of several files of a version the one that the address chooses counts, else the primary one.
    """
    if not isinstance(answer, dict) or file.version is None:
        return None
    files = answer.get("files")
    entries = [entry for entry in files if isinstance(entry, dict)] if isinstance(files, list) else []
    entry = _chosen(entries, file.choice)
    hashes = entry.get("hashes") if isinstance(entry.get("hashes"), dict) else {}
    size_kb, name, ends = entry.get("sizeKB"), entry.get("name"), answer.get("earlyAccessEndsAt")
    early = answer.get("availability") == "EarlyAccess"
    return Listed(
        version=file.version,
        name=safe_name(name) if isinstance(name, str) and name.strip() else None,
        sha256=_hash(hashes, "SHA256"),
        blake3=_hash(hashes, "BLAKE3"),
        size=round(size_kb * 1024) if isinstance(size_kb, int | float) and 0 < size_kb < 1e12 else None,
        early_access_until=(ends if isinstance(ends, str) else "") if early else None,
        offered=answer.get("usageControl", "Download") == "Download",
    )


def _chosen(entries: list[dict[str, Any]], choice: str) -> dict[str, Any]:
    wanted = {name: values[0] for name, values in parse_qs(choice).items() if name in _CHOOSING}

    def fits(entry: dict[str, Any]) -> bool:
        metadata = entry.get("metadata") if isinstance(entry.get("metadata"), dict) else {}
        known = {**(metadata or {}), "type": entry.get("type"), "fileId": str(entry.get("id"))}
        return all(known.get(field) == value for field, value in wanted.items())

    fitting = [entry for entry in entries if fits(entry)] if wanted else entries
    primary = [entry for entry in fitting if entry.get("primary") is True]
    return next(iter(primary or fitting), {})


def _hash(hashes: Any, kind: str) -> str | None:
    value = hashes.get(kind)
    digits = value.strip().lower() if isinstance(value, str) else ""
    return digits if _SHA256.fullmatch(digits) else None
