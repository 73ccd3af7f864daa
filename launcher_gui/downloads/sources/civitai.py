"""Civitai: what it says of a file, and why it refuses one. Pure.

What is relied upon, and where it is written down:

- ``/api/v1/model-versions/<version>`` lists the version's files with ``name``, ``sizeKB``, ``primary``, ``type``,
  ``metadata`` and ``hashes`` (SHA256, BLAKE3 and others, in upper case), and has ``availability``,
  ``earlyAccessEndsAt`` and ``usageControl`` (https://developer.civitai.com/site/reference/model-versions).
  ``/api/v1/models/<model>`` has ``modelVersions``, newest first.
- A key goes into ``Authorization: Bearer`` (https://developer.civitai.com/site/, civitai/civitai#240).
- Where a key is needed, the download answers 401 with ``{"error", "message"}``, or redirects to a login page with
  ``reason=download-auth`` in its query (seen at the site: alexandersokol/sd-model-organizer#80, DekoMoon/civitdl#90).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from launcher_gui.downloads.errors.refusals import SiteRefusalError
from launcher_gui.downloads.errors.remedies import FailureKind
from launcher_gui.downloads.rules.naming import safe_name
from launcher_gui.downloads.sources.addresses import CIVITAI, CivitaiFile

SITE = "Civitai"

_TOKEN_PAGE = "https://civitai.com/user/account"  # noqa: S105 - where one is made
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Listed:
    """What the site says of a file.

    Attributes:
        version: The version's number.
        name: Its name, safe to use, if it has one.
        sha256: What it hashes to, if listed.
        blake3: The same by BLAKE3.
        size: Roughly how many bytes it has; the site rounds.
        early_access_until: Until when only some may have it, in ISO 8601; empty if that is not said, ``None`` if all
            may.
        offered: Whether it may be downloaded at all, rather than used on the site alone.
    """

    version: str
    name: str | None
    sha256: str | None
    blake3: str | None
    size: int | None
    early_access_until: str | None
    offered: bool


def newest_version(answer: Any) -> str | None:
    """Return the number of a model's newest version, from what the site says of the model."""
    versions = answer.get("modelVersions") if isinstance(answer, dict) else None
    first = versions[0] if isinstance(versions, list) and versions else None
    number = first.get("id") if isinstance(first, dict) else None
    return str(number) if type(number) is int and number > 0 else None


def listed(answer: Any, file: CivitaiFile) -> Listed | None:
    """Return what the site says of ``file``, ``None`` if its answer makes no sense.

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


def refusal(url: str, status: int, location: str, *, with_token: bool) -> SiteRefusalError | None:
    """Return why the site refused, ``None`` where it did not or its answer says nothing that the status does not.

    Args:
        url: What was asked for.
        status: What it answered with.
        location: Where it redirects to, if it does.
        with_token: Whether it was told who asks.
    """
    target = urlsplit(location)
    to_login = 300 <= status < 400 and "download-auth" in parse_qs(target.query).get("reason", [])
    detail = f"{status} at {urlsplit(url).path}"
    if to_login or status == 401:
        if with_token:
            return SiteRefusalError(
                SITE,
                status,
                FailureKind.TOKEN_REFUSED,
                f"{SITE} did not accept the key",
                f"Make a new API key at {_TOKEN_PAGE} and enter it (or give it as CIVITAI_API_KEY), then resume.",
                _TOKEN_PAGE,
                detail,
            )
        return SiteRefusalError(
            SITE,
            status,
            FailureKind.TOKEN_NEEDED,
            f"{SITE} gives this model only to those who signed in",
            f"Make an API key at {_TOKEN_PAGE} and enter it (or give it as CIVITAI_API_KEY), then resume.",
            _TOKEN_PAGE,
            detail,
        )
    return None


def early_access(version: str, until: str, status: int) -> SiteRefusalError:
    """Return the refusal of a version that is not for everybody yet."""
    page, day = f"{CIVITAI}/model-versions/{version}", until[:10]
    when = f" until {day}" if re.fullmatch(r"[0-9-]{10}", day) else ""
    return SiteRefusalError(
        SITE,
        status,
        FailureKind.LICENCE,
        f"the model is in early access{when}: {SITE} gives it only to those who paid for it",
        f"Unlock it at {page} with the account of your API key, or resume once early access is over.",
        page,
        f"version {version}, early access ends {until or 'at an unknown time'}",
    )


def not_offered(version: str) -> SiteRefusalError:
    """Return the refusal of a version that may be used on the site alone."""
    page = f"{CIVITAI}/model-versions/{version}"
    return SiteRefusalError(
        SITE,
        403,
        FailureKind.NOT_FOUND,
        "the model's creator does not offer it for download",
        f"Choose another version at {page}.",
        page,
        f"version {version} may be used on the site alone",
    )


def _chosen(entries: list[dict[str, Any]], choice: str) -> dict[str, Any]:
    wanted = {field: values[0] for field, values in parse_qs(choice).items()}

    def fits(entry: dict[str, Any]) -> bool:
        metadata = entry.get("metadata") if isinstance(entry.get("metadata"), dict) else {}
        known = {**(metadata or {}), "type": entry.get("type")}
        return all(known.get(field) == value for field, value in wanted.items())

    fitting = [entry for entry in entries if fits(entry)] if wanted else entries
    primary = [entry for entry in fitting if entry.get("primary") is True]
    return next(iter(primary or fitting), {})


def _hash(hashes: Any, kind: str) -> str | None:
    value = hashes.get(kind)
    digits = value.strip().lower() if isinstance(value, str) else ""
    return digits if _SHA256.fullmatch(digits) else None
