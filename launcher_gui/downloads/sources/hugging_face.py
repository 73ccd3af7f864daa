"""Hugging Face: what it says of a file, and why it refuses one. Pure.

What is relied upon, and where it is written down:

- A file's address answers with X-Repo-Commit, the commit that the revision means now. For large files it redirects to a
  signed address elsewhere, and its own X-Linked-Etag and X-Linked-Size are the file's SHA-256 and length, whether it
  lies in LFS or Xet (huggingface_hub, ``file_download.py``: ``get_hf_file_metadata``).
- Refusals carry X-Error-Code: RepoNotFound, RevisionNotFound, EntryNotFound, GatedRepo. Without a token a repository
  that is private or missing answers 401 alike (huggingface_hub, ``utils/_http.py``: ``hf_raise_for_status``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from launcher_gui.downloads.errors.refusals import SiteRefusalError
from launcher_gui.downloads.errors.remedies import FailureKind
from launcher_gui.downloads.rules.headers import parse_content_length
from launcher_gui.downloads.sources.addresses import HUB, hub_path, is_commit

SITE = "Hugging Face"

_TOKEN_PAGE = "https://huggingface.co/settings/tokens"  # noqa: S105 - where one is made
_SHA256 = re.compile(r'"?([0-9a-f]{64})"?')
_DISABLED = "Access to this resource is disabled."
_BAD_TOKEN = "Invalid credentials in Authorization header"  # noqa: S105 - what the site says of one


@dataclass(frozen=True, slots=True)
class Identity:
    """What the site says a file is.

    Attributes:
        commit: The commit that its revision means.
        sha256: What it hashes to, for files that the site keeps in LFS or Xet.
        size: Its length in bytes, if stated.
    """

    commit: str | None
    sha256: str | None
    size: int | None


def identity(headers: Mapping[str, str]) -> Identity:
    """Return what the headers of the resolving hop say; what cannot be parsed counts as absent."""
    commit = headers.get("X-Repo-Commit", "").strip()
    linked = _SHA256.fullmatch(headers.get("X-Linked-Etag", "").strip().removeprefix("W/"))
    return Identity(
        commit=commit if is_commit(commit) else None,
        sha256=linked[1] if linked else None,
        size=parse_content_length(headers.get("X-Linked-Size", "")),
    )


def refusal(url: str, status: int, headers: Mapping[str, str], *, with_token: bool) -> SiteRefusalError | None:
    """Return why the site refused, ``None`` where its answer says nothing that the status does not.

    Args:
        url: What was asked for.
        status: What it answered with.
        headers: The answer's headers.
        with_token: Whether it was told who asks.
    """
    file = hub_path(urlsplit(url).path)
    page = file.page if file is not None else HUB
    repository = file.repository if file is not None else "the repository"
    code, words = headers.get("X-Error-Code", ""), headers.get("X-Error-Message", "")

    def refused(trouble: FailureKind, message: str, fix: str) -> SiteRefusalError:
        return SiteRefusalError(SITE, status, trouble, message, fix, page, f"{code or 'no error code'}: {words}")

    if code == "GatedRepo" and with_token:
        return refused(
            FailureKind.LICENCE,
            f"{repository} is only for those who accepted its terms",
            f"Accept the terms at {page} with the account that your token belongs to, then resume.",
        )
    if code == "GatedRepo":
        return refused(
            FailureKind.TOKEN_NEEDED,
            f"{repository} is only for those who signed in and accepted its terms",
            f"Accept the terms at {page}, make a token at {_TOKEN_PAGE} and enter it (or give it as HF_TOKEN), "
            "then resume.",
        )
    if code == "EntryNotFound":
        return refused(
            FailureKind.NOT_FOUND,
            f"{repository} has no such file",
            f"Look for the file at {page}: it may have been moved.",
        )
    if code == "RevisionNotFound":
        return refused(
            FailureKind.NOT_FOUND,
            f"{repository} has no such revision",
            f"Look for the revision at {page}, or leave it out.",
        )
    if status == 401 and (words == _BAD_TOKEN or (with_token and not code)):
        return refused(
            FailureKind.TOKEN_REFUSED,
            f"{SITE} did not accept the token",
            f"Make a new token at {_TOKEN_PAGE} and enter it (or give it as HF_TOKEN), then resume.",
        )
    if words == _DISABLED:
        return refused(FailureKind.NOT_FOUND, f"{SITE} has closed {repository}", "Look for another copy of the model.")
    if code == "RepoNotFound" or status == 401:
        who = "that your token may see" if with_token else "that anybody may see"
        fix = "Check the address" if with_token else "Check the address, or give a token as HF_TOKEN if it is private"
        return refused(FailureKind.NOT_FOUND, f"{SITE} has no {repository} {who}", f"{fix}.")
    return None
