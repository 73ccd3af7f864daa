"""GitHub: the files of releases.

What the code relies on, and where it is documented:

- A release's file is at ``/<owner>/<repository>/releases/download/<tag>/<file>``, that of the newest release at
  ``.../releases/latest/download/<file>`` (https://docs.github.com/repositories/releasing-projects-on-github/linking-to-releases);
  both redirect to a signed address at release-assets.githubusercontent.com. They need no token and take none.
- ``/repos/<owner>/<repository>/releases/tags/<tag>`` and ``.../releases/latest`` of the API list ``assets`` with
  ``name``, ``size`` and ``digest``, which is ``sha256:`` and the digits for files uploaded since June 2025
  (https://docs.github.com/rest/releases/releases).
- The API answers 403 or 429 beyond its rate limit, with Retry-After, or with x-ratelimit-remaining 0 and
  x-ratelimit-reset (https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api). A token raises the
  limit from 60 to 5,000 requests an hour; ``/user`` answers with ``login``.
- GITHUB_SERVER_URL and GITHUB_API_URL name the two addresses of a GitHub Enterprise server, as in GitHub Actions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from launcher_gui.downloads.errors.refusals import SiteRefusalError
from launcher_gui.downloads.errors.remedies import FailureKind
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

HOME = "https://github.com"
API = "https://api.github.com"

_HOSTS = frozenset({"github.com", "www.github.com"})
_NAME = re.compile(r"[\w.-]{1,100}", re.ASCII)
_FILE = re.compile(r"/([^/]+)/([^/]+)/releases/(?:latest/download|download/(.+))/([^/]+)")
_DIGEST = re.compile(r"sha256:([0-9a-f]{64})")
_API_PATH = re.compile(r".*/repos/([^/]+)/([^/]+)/releases/.*")


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """A file of a release.

    Attributes:
        repository: Owner and name, with a slash between.
        tag: The tag of the release; ``None`` for the newest one.
        file: The file's name.
        query: Further fields of the address.
    """

    repository: str
    tag: str | None
    file: str
    query: str = ""

    @property
    def url(self) -> str:
        """Its canonical address."""
        place = "latest/download" if self.tag is None else f"download/{quote(self.tag, safe='')}"
        return with_query(f"{HOME}/{self.repository}/releases/{place}/{quote(self.file)}", self.query)

    @property
    def page(self) -> str:
        """The page of the release."""
        place = "latest" if self.tag is None else f"tag/{quote(self.tag, safe='')}"
        return f"{HOME}/{self.repository}/releases/{place}"

    @property
    def listing(self) -> str:
        """The address of the release in the API."""
        place = "latest" if self.tag is None else f"tags/{quote(self.tag, safe='')}"
        return f"{API}/repos/{self.repository}/releases/{place}"

    @property
    def is_pinned(self) -> bool:
        """Whether the address names one release."""
        return self.tag is not None

    @property
    def name(self) -> None:
        """The address ends with the name."""
        return


class GitHub(Source[ReleaseFile]):
    """GitHub, or a GitHub Enterprise server."""

    domain = "github.com"
    label = "GitHub"
    aliases = ("github",)
    homes = (
        Home(HOME, "github_server_url", "GitHub address", "GITHUB_SERVER_URL", takes_token=False),
        Home(API, "github_api_url", "GitHub API address", "GITHUB_API_URL"),
    )
    token_variable = "GITHUB_TOKEN"  # noqa: S105 the name of a variable
    token_page = f"{HOME}/settings/tokens"
    account_url = f"{API}/user"

    def file_at(self, address: str) -> ReleaseFile | None:
        """Return the file that the address of a release's file names."""
        parts = split_address(address, _HOSTS)
        found = None if parts is None else _FILE.fullmatch(parts.path)
        if parts is None or found is None:
            return None
        owner, repository, tag, name = found[1], found[2], found[3], unquote(found[4])
        segments = [name, *unquote(tag or "latest").split("/")]
        if any(one in {"", ".", ".."} for one in segments) or "/" in name:
            return None
        if not (_NAME.fullmatch(owner) and _NAME.fullmatch(repository)):
            return None
        return ReleaseFile(f"{owner}/{repository}", tag and unquote(tag), name, kept_query(parts.query))

    async def look_up(self, file: ReleaseFile, client: SiteClient) -> LookedUp:
        """Return what the release lists: its tag, and the file's digest and size."""
        release = await client.json(file.listing)
        assets = release.get("assets") if isinstance(release, dict) else None
        if not isinstance(assets, list):
            raise bad_answer(file.listing, self)
        entry = next((one for one in assets if isinstance(one, dict) and one.get("name") == file.file), None)
        if entry is None:
            why = message("github.no_file", repository=file.repository, name=file.file)
            fix = message("site.look_for_file", page=file.page)
            raise SiteRefusalError(self.label, 404, FailureKind.NOT_FOUND, why, fix, file.page, file.listing)
        tag, size, digest = release.get("tag_name"), entry.get("size"), entry.get("digest")
        if file.tag is None and isinstance(tag, str) and tag:
            file = replace(file, tag=tag)
        listed = _DIGEST.fullmatch(digest) if isinstance(digest, str) else None
        size = size if type(size) is int and size >= 0 else None
        return LookedUp(self.label, file.url, file.is_pinned, listed[1] if listed else None, None, size)

    def account_name(self, data: Any) -> Any:
        """Return the user name in the answer of ``user``."""
        return data["login"]

    def refusal(self, answer: Answer, *, with_token: bool) -> SiteRefusalError | None:
        """Return what the API's refusals mean; a file itself has no refusals of its own."""
        status, variable, path = answer.status, self.token_variable, urlsplit(answer.url).path
        page, detail, retry_after_s = self.token_page, f"{status} at {path}", answer.retry_after_s
        exhausted = answer.headers.get("x-ratelimit-remaining", "").strip() == "0"
        if status == 429 or (status == 403 and (retry_after_s is not None or exhausted)):
            kind, why = FailureKind.THROTTLED, message("site.rate_limited", site=self.label)
            if with_token:
                fix = message("site.wait")
            else:
                fix = message("site.wait_or_add_token", token_page=page, variable=variable)
            return SiteRefusalError(self.label, status, kind, why, fix, page, detail, retry_after_s)
        if status == 401:
            why = message("site.token_refused", site=self.label)
            fix = message("site.new_token", token_page=page, variable=variable)
            return SiteRefusalError(self.label, status, FailureKind.TOKEN_REFUSED, why, fix, page, detail)
        if status == 404 and (found := _API_PATH.fullmatch(path)) is not None:
            repository = f"{found[1]}/{found[2]}"
            page = f"{HOME}/{repository}/releases"
            why, fix = message("github.no_release", repository=repository), message("site.look_for_file", page=page)
            return SiteRefusalError(self.label, status, FailureKind.NOT_FOUND, why, fix, page, detail)
        return None


GITHUB = GitHub()
