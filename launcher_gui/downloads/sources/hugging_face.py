"""Hugging Face.

What the code relies on, and where it is documented:

- Files are at ``/<owner>/<repository>/resolve/<revision>/<path>`` (https://huggingface.co/docs/xet/file-id); ``blob``
  in place of ``resolve`` is the page about the file. Data sets and spaces have ``datasets/`` or ``spaces/`` before
  the owner, and a revision with a slash is percent-encoded.
- ``hf://[datasets/|spaces/]<owner>/<repository>[@<revision>]/<path>`` names the same
  (https://huggingface.co/docs/huggingface_hub/guides/hf_file_system).
- A file's address answers with X-Repo-Commit, the commit that the revision means now. For large files it redirects to a
  signed address elsewhere, and its own X-Linked-Etag and X-Linked-Size are the file's SHA-256 and length, both for LFS
  and Xet (huggingface_hub, ``file_download.py``: ``get_hf_file_metadata``).
- Refusals carry X-Error-Code: RepoNotFound, RevisionNotFound, EntryNotFound, GatedRepo. Without a token a repository
  that is private or missing answers 401 alike (huggingface_hub, ``utils/_http.py``: ``hf_raise_for_status``).
- ``/api/whoami-v2`` answers with ``name`` (huggingface_hub, ``hf_api.py``: ``whoami``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

from launcher_gui.downloads.errors.refusals import SiteRefusalError
from launcher_gui.downloads.errors.remedies import FailureKind
from launcher_gui.downloads.rules.headers import parse_content_length
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
from launcher_gui.text.message import Message, message

HOME = "https://huggingface.co"

_HOSTS = frozenset({"huggingface.co", "www.huggingface.co", "hf.co"})
_KINDS = frozenset({"datasets", "spaces"})
_NOISE = frozenset({"download"})
_NAME = re.compile(r"[A-Za-z0-9][\w.-]{0,95}", re.ASCII)
_COMMIT = re.compile(r"[0-9a-f]{40}")
_SHA256 = re.compile(r'"?([0-9a-f]{64})"?')
_DISABLED = "Access to this resource is disabled."
_BAD_TOKEN = "Invalid credentials in Authorization header"  # noqa: S105 the site's words about one
_HOPS = 5


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file in a repository.

    Attributes:
        kind: ``datasets``, ``spaces``, or empty for models.
        repository: Owner and name, with a slash between.
        revision: A branch, a tag or a commit.
        path: Its path within the repository.
        query: Further fields of the address.
    """

    kind: str
    repository: str
    revision: str
    path: str
    query: str = ""

    @property
    def url(self) -> str:
        """Its canonical address."""
        return with_query(f"{self.page}/resolve/{quote(self.revision, safe='')}/{quote(self.path)}", self.query)

    @property
    def page(self) -> str:
        """The repository's page, with its licence."""
        return f"{HOME}/{self.kind}/{self.repository}" if self.kind else f"{HOME}/{self.repository}"

    @property
    def is_pinned(self) -> bool:
        """Whether its revision is a commit."""
        return is_commit(self.revision)

    @property
    def name(self) -> None:
        """The address ends with the name."""
        return

    def at(self, commit: str) -> HubFile:
        """Return the same file at ``commit``."""
        return replace(self, revision=commit)


@dataclass(frozen=True, slots=True)
class Identity:
    """What the site knows about a file.

    Attributes:
        commit: The commit that its revision means.
        sha256: Its SHA-256, for files in LFS or Xet.
        size: Its length in bytes, if stated.
    """

    commit: str | None
    sha256: str | None
    size: int | None


class HuggingFace(Source[HubFile]):
    """Hugging Face, or a mirror of it."""

    domain = "huggingface.co"
    label = "Hugging Face"
    aliases = ("hf", "huggingface")
    homes = (Home(HOME, "hub_endpoint", "Hugging Face address", "HF_ENDPOINT"),)
    token_variable = "HF_TOKEN"  # noqa: S105 the name of a variable
    token_page = f"{HOME}/settings/tokens"
    account_url = f"{HOME}/api/whoami-v2"
    scheme = "hf"
    scheme_form = "hf://owner/repository/path or hf://owner/repository@revision/path"

    def file_at(self, address: str) -> HubFile | None:
        """Return the file that an ``hf://`` or web address names."""
        if address[:5].lower() == "hf://":
            return _from_uri(address[5:])
        parts = split_address(address, _HOSTS)
        file = None if parts is None else _from_path(parts.path)
        return None if parts is None or file is None else replace(file, query=kept_query(parts.query, noise=_NOISE))

    async def look_up(self, file: HubFile, client: SiteClient) -> LookedUp:
        """Return the commit that the revision means now, and the SHA-256 and size of large files."""
        target = file.url
        for _ in range(_HOPS):
            answer = await client.head(target)
            known, onward = identity(answer.headers), answer.headers.get("Location", "")
            # A repository that was renamed redirects within the site, and says nothing about the file yet.
            if answer.status in {301, 302, 307, 308} and known.sha256 is None and onward.startswith("/"):
                target = urljoin(answer.url, onward)
                continue
            pinned = file if known.commit is None else file.at(known.commit)
            return LookedUp(self.label, pinned.url, pinned.is_pinned, known.sha256, None, known.size)
        raise bad_answer(target, self)

    def account_name(self, data: Any) -> Any:
        """Return the user name in the answer of whoami."""
        return data["name"]

    def refusal(self, answer: Answer, *, with_token: bool) -> SiteRefusalError | None:
        """Return why the site refused, by X-Error-Code and X-Error-Message."""
        if answer.status < 400:
            return None
        file = _from_path(urlsplit(answer.url).path)
        page, repository = (HOME, self.label) if file is None else (file.page, file.repository)
        code, words = answer.headers.get("X-Error-Code", ""), answer.headers.get("X-Error-Message", "")
        refused = self._reason(answer.status, code, words, page, repository, with_token=with_token)
        if refused is None:
            return None
        kind, why, fix = refused
        return SiteRefusalError(self.label, answer.status, kind, why, fix, page, f"{code or 'no error code'}: {words}")

    def _reason(
        self, status: int, code: str, words: str, page: str, repository: str, *, with_token: bool
    ) -> tuple[FailureKind, Message, Message] | None:
        token_page, variable = self.token_page, self.token_variable
        if code == "GatedRepo" and with_token:
            why = message("site.licence_needed", repository=repository)
            return FailureKind.LICENCE, why, message("site.accept_licence", page=page)
        if code == "GatedRepo":
            why = message("site.gated", repository=repository)
            fix = message("site.accept_licence_and_add_token", page=page, token_page=token_page, variable=variable)
            return FailureKind.TOKEN_NEEDED, why, fix
        if code == "EntryNotFound":
            return FailureKind.NOT_FOUND, message("site.no_file", repository=repository), _look(page)
        if code == "RevisionNotFound":
            fix = message("site.check_revision", page=page)
            return FailureKind.NOT_FOUND, message("site.no_revision", repository=repository), fix
        if status == 401 and (words == _BAD_TOKEN or (with_token and not code)):
            why = message("site.token_refused", site=self.label)
            return FailureKind.TOKEN_REFUSED, why, message("site.new_token", token_page=token_page, variable=variable)
        if words == _DISABLED:
            why = message("site.disabled", site=self.label, repository=repository)
            return FailureKind.NOT_FOUND, why, message("site.other_copy")
        if code == "RepoNotFound" or status == 401:
            if with_token:
                why = message("site.no_repository_for_token", site=self.label, repository=repository)
                return FailureKind.NOT_FOUND, why, message("site.check_link")
            why = message("site.no_repository", site=self.label, repository=repository)
            return FailureKind.NOT_FOUND, why, message("site.check_link_or_add_token", variable=variable)
        return None


HUGGING_FACE = HuggingFace()


def identity(headers: Mapping[str, str]) -> Identity:
    """Return what the headers of a file's address say; what cannot be parsed counts as absent."""
    commit = headers.get("X-Repo-Commit", "").strip()
    linked = _SHA256.fullmatch(headers.get("X-Linked-Etag", "").strip().removeprefix("W/"))
    return Identity(
        commit=commit if is_commit(commit) else None,
        sha256=linked[1] if linked else None,
        size=parse_content_length(headers.get("X-Linked-Size", "")),
    )


def is_commit(revision: str) -> bool:
    """Return whether ``revision`` is a commit rather than a branch or a tag."""
    return _COMMIT.fullmatch(revision) is not None


def _look(page: str) -> Message:
    return message("site.look_for_file", page=page)


def _from_path(path: str) -> HubFile | None:
    """Return the file that the path of a web address names, at the site or at a mirror."""
    segments = path.split("/")[1:]
    kind = segments.pop(0) if segments and segments[0] in _KINDS else ""
    if len(segments) < 5 or segments[2] not in {"resolve", "blob", "raw"}:
        return None
    owner, name, _, revision, *rest = segments
    if revision == "refs" and len(rest) > 2:
        revision, rest = "/".join([revision, *rest[:2]]), rest[2:]
    return _checked(kind, owner, name, unquote(revision), unquote("/".join(rest)))


def _from_uri(rest: str) -> HubFile | None:
    kind, _, after = rest.partition("/")
    if kind not in _KINDS:
        kind, after = "", rest.removeprefix("models/")
    owner, _, after = after.partition("/")
    name, _, path = after.partition("/")
    name, at, revision = name.partition("@")
    if at and revision == "refs":  # refs/pr/1 and refs/convert/parquet have slashes of their own
        second, _, path = path.partition("/")
        third, _, path = path.partition("/")
        revision = f"refs/{second}/{third}"
    return _checked(kind, owner, name, unquote(revision) if at else "main", unquote(path))


def _checked(kind: str, owner: str, name: str, revision: str, path: str) -> HubFile | None:
    inside = [segment not in {"", ".", ".."} for segment in [*path.split("/"), *revision.split("/")]]
    if not (_NAME.fullmatch(owner) and _NAME.fullmatch(name) and all(inside)):
        return None
    return HubFile(kind, f"{owner}/{name}", revision, path)
