"""What an address names: a plain file, one at Hugging Face, or one at Civitai. Pure, and below the rest of the room.

The forms, and where they are written down:

- Hugging Face has files at ``/<owner>/<repository>/resolve/<revision>/<path>`` (https://huggingface.co/docs/xet/file-id);
  ``blob`` in place of ``resolve`` is the page about the file. Data sets and spaces have ``datasets/`` or ``spaces/``
  before the owner, and a revision with a slash is percent-encoded.
- ``hf://[datasets/|spaces/]<owner>/<repository>[@<revision>]/<path>`` names the same
  (https://huggingface.co/docs/huggingface_hub/guides/hf_file_system).
- Civitai has a page at ``/models/<model>?modelVersionId=<version>`` and the file at
  ``/api/download/models/<version>``, with ``type``, ``format``, ``size`` and ``fp`` in the query to choose among
  several of one version (https://developer.civitai.com/site/reference/model-versions).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, quote, unquote, urlsplit

HUB = "https://huggingface.co"
CIVITAI = "https://civitai.com"

_HUB_HOSTS = frozenset({"huggingface.co", "www.huggingface.co", "hf.co"})
_CIVITAI_HOSTS = frozenset({"civitai.com", "www.civitai.com", "civitai.green", "civitai.red"})
_KINDS = frozenset({"datasets", "spaces"})
_NAME = re.compile(r"[A-Za-z0-9][\w.-]{0,95}", re.ASCII)
_COMMIT = re.compile(r"[0-9a-f]{40}")
_PAGE = re.compile(r"/(?:[a-z]{2}/)?models/([0-9]{1,12})(?:/[^/]*)?/?")
_DOWNLOAD = re.compile(r"/api/download/models/([0-9]{1,12})/?")
_NUMBER = re.compile(r"[0-9]{1,12}")
_CHOOSING = ("type", "format", "size", "fp")


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file in a repository.

    Attributes:
        kind: ``datasets``, ``spaces``, or empty for models.
        repository: Owner and name, with a slash between.
        revision: A branch, a tag or a commit.
        path: Its path within the repository.
    """

    kind: str
    repository: str
    revision: str
    path: str

    @property
    def url(self) -> str:
        """Where it is, at the site itself."""
        return f"{HUB}/{self._place}/resolve/{quote(self.revision, safe='')}/{quote(self.path)}"

    @property
    def page(self) -> str:
        """Where a person reads and accepts the repository's terms."""
        return f"{HUB}/{self._place}"

    @property
    def is_pinned(self) -> bool:
        """Whether its revision is a commit."""
        return is_commit(self.revision)

    def at(self, commit: str) -> HubFile:
        """Return the same file at ``commit``."""
        return replace(self, revision=commit)

    @property
    def _place(self) -> str:
        return f"{self.kind}/{self.repository}" if self.kind else self.repository


@dataclass(frozen=True, slots=True)
class CivitaiFile:
    """A file of a model's version.

    Attributes:
        model: The model's number, if that is all that the address names: its newest version is meant.
        version: The version's number.
        choice: What tells it from other files of the version (``format=SafeTensor``), as it stands in a query.
    """

    model: str | None
    version: str | None
    choice: str = ""

    @property
    def url(self) -> str:
        """Where it is, at the site itself."""
        if self.version is None:
            return f"{CIVITAI}/models/{self.model}"
        return f"{CIVITAI}/api/download/models/{self.version}" + (f"?{self.choice}" if self.choice else "")

    @property
    def is_pinned(self) -> bool:
        """Whether the address names one version."""
        return self.version is not None


def is_commit(revision: str) -> bool:
    """Return whether ``revision`` is a commit, which never becomes another one."""
    return _COMMIT.fullmatch(revision) is not None


def source_file(address: str) -> HubFile | CivitaiFile | None:
    """Return the file that an address names at a site that is known, ``None`` for any other address."""
    return hub_file(address) or civitai_file(address)


def page_of(url: str) -> str:
    """Return the page that tells of the file at ``url``: the model's where the site is known, else the site's first."""
    match source_file(url):
        case HubFile() as file:
            return file.page
        case CivitaiFile(model=None, version=version):
            return f"{CIVITAI}/model-versions/{version}"
        case CivitaiFile() as file:
            return file.url
        case None:
            parts = urlsplit(url)
            return f"{parts.scheme}://{parts.netloc}/"


def canonical(address: str) -> str:
    """Return the web address under which a file is kept on record: sites that are known have several for one file."""
    file = source_file(address)
    return address if file is None else file.url


def hub_file(address: str) -> HubFile | None:
    """Return the file that an ``hf://`` or web address names, ``None`` if it is not one of a file there."""
    if address[:5].lower() == "hf://":
        return _from_uri(address[5:])
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    default_port = {"http": 80, "https": 443}.get(parts.scheme.lower())
    if default_port is None or host not in _HUB_HOSTS or port not in {None, default_port}:
        return None
    return hub_path(parts.path)


def civitai_file(address: str) -> CivitaiFile | None:
    """Return the file that a web address names, ``None`` if it is not one of a file there."""
    try:
        parts = urlsplit(address)
        if parts.scheme.lower() not in {"http", "https"} or parts.hostname not in _CIVITAI_HOSTS or parts.port:
            return None
        query = parse_qs(parts.query)
    except ValueError:
        return None
    if (found := _DOWNLOAD.fullmatch(parts.path)) is not None:
        chosen = [f"{field}={query[field][0].replace(' ', '%20')}" for field in _CHOOSING if field in query]
        return CivitaiFile(None, found[1], "&".join(part for part in chosen if re.fullmatch(r"[\w=%.-]+", part)))
    if (found := _PAGE.fullmatch(parts.path)) is not None:
        version = query.get("modelVersionId", [""])[0]
        return CivitaiFile(found[1], version if _NUMBER.fullmatch(version) else None)
    return None


def hub_path(path: str) -> HubFile | None:
    """Return the file that the path of a web address names, at whatever mirror it is."""
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
